"""A slow, simple second opinion: what a rule means, by trying values one after another.

For each completion of the missing values, a comparison is true if some rounding of the written
values satisfies it, and undefined if all of them divide by zero. Of the completions and roundings
infinitely many are left out, but for linear comparisons never one that matters: besides a few
round values, the values at which both sides of a comparison are equal are tried.

It shares the typed tree with the engine, and no code.
"""

from __future__ import annotations

from datetime import date
from fractions import Fraction
from itertools import product
from math import ceil, floor

from oracle_values import Values, thin

from validator.lang.ir import (
    Aggregate,
    Call,
    ColumnRef,
    Compare,
    Constant,
    FieldRef,
    If,
    InSet,
    Logic,
    Named,
    Product,
    Quantifier,
    Sum,
    children,
    walk,
)
from validator.lang.types import Kind
from validator.model.field import FieldType

TRUE, FALSE, UNDEFINED = "true", "false", "undefined"
FAR = Fraction(1000)
NUMBERS = (Fraction(0), Fraction(1), Fraction(2), Fraction(5, 2), Fraction(-3), FAR, -FAR)


class NoValue(Exception):  # noqa: N818
    """A division by zero, or the extreme of nothing."""


class Oracle(Values):
    """Tries one rule on one report with its joins."""

    def __init__(self, rule, context, *, cut_off=False):
        super().__init__(rule, context, cut_off=cut_off)
        self._options = {}
        self._compared = {}

    # Numbers at one choice of values

    def number(self, node, bindings, values):
        match node:
            case Constant():
                return node.value.toordinal() if isinstance(node.value, date) else thin(node.value)
            case FieldRef() | ColumnRef():
                return self._value(node, bindings, values)
            case Named():
                return self.number(node.body, bindings, values)
            case Sum():
                return sum(sign * self.number(term, bindings, values) for sign, term in node.terms)
            case Product():
                return self._product(node, bindings, values)
            case If():
                return self._chosen(node, bindings, values)
            case Aggregate():
                return self._aggregate(node, bindings, values)
            case Call():
                return self._call(node, bindings, values)
        raise NotImplementedError(node)

    def _value(self, node, bindings, values):
        key, cell = self.slot(node, bindings)
        if key in values:
            return values[key]
        if cell is None:
            assert node.policy == "zero", node
            return 0
        return cell.value.toordinal() if isinstance(cell.value, date) else thin(cell.value.value)

    def _product(self, node, bindings, values):
        result = 1
        for operator, factor in node.factors:
            number = self.number(factor, bindings, values)
            if operator == "/" and number == 0:
                raise NoValue
            result = thin(Fraction(result) / number) if operator == "/" else result * number
        return result

    def _chosen(self, node, bindings, values):
        condition = self.truth(node.condition, bindings, values)
        if condition == UNDEFINED:
            raise NoValue
        return self.number(node.yes if condition == TRUE else node.no, bindings, values)

    def _aggregate(self, node, bindings, values):
        if not self.members(node, bindings):
            raise NoValue
        inner = list(self.taking_part(node, bindings, values))
        if node.name == "count":
            return len(inner)
        numbers = [self.number(node.body, each, values) for each in inner]
        if node.name == "sum":
            return sum(numbers)
        if not numbers:
            raise NoValue
        return min(numbers) if node.name == "min" else max(numbers)

    def taking_part(self, node, bindings, values):
        """Yield the bindings of each member that meets the condition."""
        for member in self.members(node, bindings):
            inner = {**bindings, node.variable: member}
            if node.condition is None or self.truth(node.condition, inner, values) == TRUE:
                yield inner

    def _call(self, node, bindings, values):
        if node.name == "first":
            for argument in node.arguments[:-1]:
                if not isinstance(argument, FieldRef | ColumnRef) or self.slot(argument, bindings)[1]:
                    return self.number(argument, bindings, values)
            return self.number(node.arguments[-1], bindings, values)
        numbers = [self.number(argument, bindings, values) for argument in node.arguments]
        match node.name:
            case "abs":
                return abs(numbers[0])
            case "min":
                return min(numbers)
            case "max":
                return max(numbers)
            case "days":
                return numbers[1] - numbers[0]
            case "year":
                return Fraction(date.fromordinal(int(numbers[0])).year)
            case "round":
                scale = 10 ** int(numbers[1]) if len(numbers) > 1 else 1
                size = floor(abs(numbers[0]) * scale + Fraction(1, 2))
                return Fraction(size if numbers[0] >= 0 else -size, scale)
        raise NotImplementedError(node)

    # Truth of one completion

    def truth(self, node, bindings, values):  # noqa: PLR0911 - one for each kind of node
        match node:
            case Constant():
                return TRUE if node.value else FALSE
            case FieldRef() | ColumnRef():
                key, cell = self.slot(node, bindings)
                return TRUE if (values[key] if cell is None else cell.value) else FALSE
            case Named():
                return self.truth(node.body, bindings, values)
            case Compare():
                return self._compare(node, bindings, values)
            case InSet():
                return self._in_set(node, bindings, values)
            case If():
                condition = self.truth(node.condition, bindings, values)
                if condition == UNDEFINED:
                    return UNDEFINED
                return self.truth(node.yes if condition == TRUE else node.no, bindings, values)
            case Logic():
                found = [self.truth(operand, bindings, values) for operand in node.operands]
                return _connect(node.operator, found)
            case Quantifier():
                return self._quantifier(node, bindings, values)
            case Aggregate(name="unique"):
                return self._unique(node, bindings, values)
            case Call(name="present" | "missing"):
                found = self.slot(node.arguments[0], bindings)[1] is not None
                return TRUE if found == (node.name == "present") else FALSE
        raise NotImplementedError(node)

    def _quantifier(self, node, bindings, values):
        if not self.members(node, bindings):
            return UNDEFINED
        members = list(self.taking_part(node, bindings, values))
        found = [self.truth(node.body, inner, values) for inner in members]
        decided = [each for each in found if each != UNDEFINED]
        if found and not decided:
            return UNDEFINED
        return _connect("and" if node.name == "all" else "or", decided)

    def _unique(self, node, bindings, values):
        if not self.members(node, bindings):
            return UNDEFINED
        keys = [self.plain(node.body, inner, values) for inner in self.taking_part(node, bindings, values)]
        return TRUE if len(keys) == len(set(keys)) else FALSE

    def plain(self, node, bindings, values):
        """Return a text or another value that is not rounded."""
        if node.type.kind in (Kind.NUMBER, Kind.DATE):
            return self.number(node, bindings, values)
        if isinstance(node, Constant):
            return node.value
        if isinstance(node, FieldRef | ColumnRef):
            key, cell = self.slot(node, bindings)
            return values[key] if cell is None else cell.value
        raise NotImplementedError(node)

    def _in_set(self, node, bindings, values):
        options = self._options.setdefault(
            id(node), [Compare(node.item, "=", each, None, node.type, node.span) for each in node.options]
        )
        return _connect("or", [self._compare(each, bindings, values) for each in options])

    def _compare(self, node, bindings, values):
        if node.left.type.kind is Kind.TEXT:
            same = self.plain(node.left, bindings, values) == self.plain(node.right, bindings, values)
            return TRUE if same == (node.operator == "=") else FALSE
        if node.left.type.kind is Kind.TRUTH:
            sides = [self.truth(each, bindings, values) for each in (node.left, node.right)]
            if UNDEFINED in sides:
                return UNDEFINED
            return TRUE if (sides[0] == sides[1]) == (node.operator == "=") else FALSE
        here = (node.left, node.operator, node.right, node.slack)
        used = [
            slot for each in here if each and not isinstance(each, str) for slot in self.slots(each, bindings)
        ]
        key = (
            *map(id, here),
            *(id(each) for each in bindings.values()),
            *(values.get(slot) for slot in used),
        )
        if key not in self._compared:
            self._compared[key] = self._try(node, bindings, values)
        return self._compared[key]

    def _try(self, node, bindings, values):
        """Return whether some rounding satisfies a comparison of numbers."""
        result = UNDEFINED
        for rounded in self._rounded(node, bindings, values):
            try:
                if self.holds(node, bindings, {**values, **rounded}):
                    return TRUE
            except NoValue:
                continue
            result = FALSE
        return result

    def holds(self, node, bindings, values):
        left, right = (self.number(each, bindings, values) for each in (node.left, node.right))
        slack = self.number(node.slack, bindings, values) if node.slack else 0
        match node.operator:
            case "=":
                return abs(left - right) <= slack
            case "≠":
                return left != right
            case "<":
                return left < right
            case "≤":
                return left <= right
            case ">":
                return left > right
        return left >= right

    # Which values to try

    def _rounded(self, node, bindings, values):
        """Yield roundings: all corners of the box, and the points of its edges where the sides are equal."""
        slots = [each for each in self.slots(node, bindings) if each in self.written]
        choices = {each: self.written[each][1] for each in slots}
        for chosen in product(*choices.values()):
            yield dict(zip(slots, chosen, strict=True))
        for free in slots:
            others = [each for each in slots if each != free]
            for chosen in product(*(choices[each] for each in others)):
                fixed = dict(zip(others, chosen, strict=True))
                for root in self._roots(node, bindings, {**values, **fixed}, free):
                    if choices[free][0] <= root <= choices[free][-1]:
                        yield {**fixed, free: root}

    def difference(self, node, bindings, values):
        return self.number(node.left, bindings, values) - self.number(node.right, bindings, values)

    def _roots(self, node, bindings, values, free):
        """Yield the values of *free* at which a straight line through two points meets the other side."""
        for at in (0, Fraction(1, 2)):
            try:
                first, second = (
                    self.difference(node, bindings, {**values, free: each}) for each in (at, at + 1)
                )
                slack = self.number(node.slack, bindings, values) if node.slack else 0
            except NoValue:
                continue
            if first != second:
                slope = second - first
                yield from (thin(at - Fraction(first + each) / slope) for each in {slack, -slack})
                return

    def candidates(self, slot):
        """Return the values to try for a blank."""
        field = self.blanks[slot]
        if field.type is FieldType.BOOLEAN:
            return [True, False]
        if field.type in (FieldType.TEXT, FieldType.CHOICE):
            return list(field.choices) or ["anything", "another", *self._texts(self.rule), *self._words()]
        found = set(NUMBERS) | {each for each in (field.minimum, field.maximum) if each is not None}
        middle = {each: value for each, (value, _) in self.written.items()}
        for node, bindings in self.comparisons:
            used = self.slots(node, bindings)
            if slot not in used:
                continue
            others = [each for each in used if each in self.blanks and each != slot]
            for chosen in product(*(self._simple(each) for each in others)):
                values = {**middle, **self.anything(), **dict(zip(others, chosen, strict=True))}
                for root in self._roots(node, bindings, values, slot):
                    found |= {root, Fraction(floor(root)), Fraction(ceil(root)), root + 1}
                if field.type is FieldType.COUNT and _divides(node):
                    found |= self._turns(node, bindings, values, slot)
        return sorted(thin(each) for each in found if _possible(field, each))

    def _turns(self, node, bindings, values, slot):
        """Return small values of a count that divides, and those around which the difference changes sign."""
        found = {Fraction(each) for each in range(40)}
        slots = [each for each in self.slots(node, bindings) if each in self.written]
        for chosen in product(*(self.written[each][1] for each in slots)):
            fixed = {**values, **dict(zip(slots, chosen, strict=True))}
            low, high = 39, 10**7
            while high - low > 1:
                middle = (low + high) // 2
                signs = [
                    self._sign(node, bindings, {**fixed, slot: Fraction(each)}) for each in (low, middle)
                ]
                low, high = (middle, high) if signs[0] == signs[1] else (low, middle)
            found |= {Fraction(low - 1), Fraction(low), Fraction(high), Fraction(high + 1)}
        return found

    def _sign(self, node, bindings, values):
        try:
            difference = self.difference(node, bindings, values)
            slack = self.number(node.slack, bindings, values) if node.slack else 0
        except NoValue:
            return None
        return (difference > slack) - (difference < -slack)

    def anything(self):
        return {each: self._simple(each)[0] for each in self.blanks}

    def _simple(self, slot):
        field = self.blanks[slot]
        if not field.type.is_numeric and field.type is not FieldType.DATE:
            return [field.type is FieldType.BOOLEAN]
        return [each for each in range(4) if _possible(field, each)]

    def _texts(self, node):
        if isinstance(node, Constant):
            return [node.value] if isinstance(node.value, str) else []
        return [text for child in children(node) for text in self._texts(child)]

    def _words(self):
        """Return the texts of the report, any of which a missing text may equal."""
        cells = [each for statements in self.context.report.cells.values() for each in statements]
        for rows in self.context.report.tables.values():
            cells += [each for row in rows for each in row.cells.values()]
        return sorted({each.value for each in cells if isinstance(each.value, str)})

    def divides(self):
        """Whether there is a division."""
        return _divides(self.rule)

    def denies(self):
        """Whether a comparison is turned round: what is more lenient of it is stricter of the whole."""
        return any(
            (isinstance(node, Compare) and node.operator == "≠")
            or (isinstance(node, Logic) and node.operator in ("not", "implies"))
            for node in walk(self.rule)
        )

    def outcomes(self):
        """Return every outcome found."""
        slots = list(self.blanks)
        found = set()
        for chosen in product(*(self.candidates(slot) for slot in slots)):
            found.add(self.truth(self.rule, {}, dict(zip(slots, chosen, strict=True))))
            if len(found) == 3:
                break
        return found


def _divides(node):
    if isinstance(node, Product) and any(operator == "/" for operator, _ in node.factors):
        return True
    return any(_divides(each) for each in children(node))


def _possible(field, value):
    low = Fraction(0) if field.minimum is None and field.type is FieldType.COUNT else field.minimum
    if field.type in (FieldType.COUNT, FieldType.DATE) and value.denominator != 1:
        return False
    if field.type is FieldType.DATE and not 1 <= value <= 3_000_000:
        return False
    return (low is None or value >= low) and (field.maximum is None or value <= field.maximum)


def _connect(operator, found):
    if operator == "not":
        return {TRUE: FALSE, FALSE: TRUE, UNDEFINED: UNDEFINED}[found[0]]
    if operator == "implies":
        return _connect("or", [_connect("not", found[:1]), found[1]])
    strong, weak = (FALSE, TRUE) if operator == "and" else (TRUE, FALSE)
    if strong in found:
        return strong
    return UNDEFINED if UNDEFINED in found else weak
