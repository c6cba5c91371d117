"""The *value* interpreter: a typed tree on one report, exact, over all roundings and completions."""

from __future__ import annotations

from datetime import date
from fractions import Fraction
from typing import TYPE_CHECKING, assert_never

from validator.engine.call import call_number, call_truth, first_given
from validator.engine.compare import compare
from validator.engine.lookup import NotingLookup, conditioned
from validator.engine.quotient import outcomes, parted
from validator.exact import truth as t
from validator.exact.interval import Interval
from validator.exact.linear import Absent, Atom, Linear, Undefined, divide, extreme, known, times, total
from validator.lang.ir import (
    Aggregate,
    Call,
    ColumnRef,
    Compare,
    Constant,
    FieldRef,
    HeaderRef,
    If,
    InSet,
    Logic,
    Named,
    Node,
    Product,
    Quantifier,
    Sum,
    VariableRef,
)
from validator.lang.types import Kind

if TYPE_CHECKING:
    from collections.abc import Iterator

    from validator.engine.context import Bindings, Context, Member
    from validator.engine.lookup import Key
    from validator.exact.truth import Truth
    from validator.model.quantity import Number


class Evaluator(NotingLookup):
    """Evaluates nodes on one context; ``cut_off`` also lets written digits be cut off, not rounded.

    ``truths``, ``numbers`` and ``texts`` keep what came out, by node and variables: an undefined number
    as its reason, a number that stands in the report or the rule not at all.
    """

    def __init__(self, context: Context, *, cut_off: bool = False, is_bounded: bool = False) -> None:
        super().__init__(context, cut_off=cut_off, is_bounded=is_bounded)
        self.truths: dict[Key, Truth] = {}
        self.numbers: dict[Key, Linear | Undefined] = {}
        self.texts: dict[Key, str | None] = {}

    # Truth

    def truth(self, node: Node, bindings: Bindings) -> Truth:
        """Return the outcomes that *node* can have."""
        key = id(node), self.identity(bindings) if bindings else ()
        found = self.truths[key] = self._truth(node, bindings)
        return found

    def _truth(self, node: Node, bindings: Bindings) -> Truth:
        match node:
            case Compare():
                return self._compare(node, bindings)
            case Logic():
                return self._logic(node, bindings)
            case Quantifier():
                return self._quantifier(node, bindings)
            case Named():
                return self.truth(node.body, bindings)
            case InSet():
                return self._in_set(node, bindings)
            case If():
                return self._if(node, bindings)
            case Aggregate():
                return self._unique(node, bindings)
            case Call():
                return call_truth(self, node, bindings)
            case Constant():
                return t.of(node.value is True)
            case FieldRef() | ColumnRef():
                cell = self.cell(node, bindings)
                return t.UNKNOWN if cell is None else t.of(cell.value is True)
            case HeaderRef() | VariableRef() | Sum() | Product():
                raise TypeError(node)
            case _:
                assert_never(node)

    def _compare(self, node: Compare, bindings: Bindings) -> Truth:
        if node.left.type.kind in (Kind.TEXT, Kind.TRUTH):
            return self._equal(node.left, node.right, bindings, negated=node.operator == "≠")
        try:
            difference = self.number(node.left, bindings).minus(self.number(node.right, bindings))
            slack = self.number(node.slack, bindings) if node.slack else None
        except Undefined:
            return t.UNDEFINED
        if slack is None or slack.is_known:
            return _decided(difference, node.operator, slack.constant if slack else 0)
        if slack.partial:
            difference = difference.partly()
        least, most = slack.range().low, slack.range().high
        if not slack.has_missing and most is not None:
            return compare(difference, node.operator, most)
        # The greatest slack shows whether the sides can agree, the least whether they can fail to.
        possible = t.TRUE if most is None else compare(difference, node.operator, most)
        certain = t.FALSE if least is None or least < 0 else compare(difference, node.operator, least)
        undefined = t.UNDEFINED if difference.partial else 0
        return possible & t.TRUE | certain & t.FALSE | undefined

    def _equal(self, left: Node, right: Node, bindings: Bindings, *, negated: bool) -> Truth:
        if left.type.kind is Kind.TRUTH:
            one, other = self.truth(left, bindings), self.truth(right, bindings)
            same = t.disjunction(t.conjunction(one, other), t.conjunction(t.negation(one), t.negation(other)))
        else:
            text, expected = self.text(left, bindings), self.text(right, bindings)
            same = t.UNKNOWN if text is None or expected is None else t.of(text == expected)
        return t.negation(same) if negated else same

    def _logic(self, node: Logic, bindings: Bindings) -> Truth:
        values = [self.truth(operand, bindings) for operand in node.operands]
        match node.operator:
            case "not":
                return t.negation(values[0])
            case "implies":
                return t.disjunction(t.negation(values[0]), values[1])
        combine = t.conjunction if node.operator == "and" else t.disjunction
        result = values[0]
        for value in values[1:]:
            result = combine(result, value)
        return result

    def _in_set(self, node: InSet, bindings: Bindings) -> Truth:
        result = t.FALSE
        for option in node.options:
            if node.item.type.kind is Kind.TEXT:
                one = self._equal(node.item, option, bindings, negated=False)
            else:
                one = self._compare(Compare(node.item, "=", option, None, node.type, node.span), bindings)
            result = t.disjunction(result, one)
        return result

    def _if(self, node: If, bindings: Bindings) -> Truth:
        condition = self.truth(node.condition, bindings)
        result = self.truth(node.yes, bindings) if condition & t.TRUE else 0
        result |= self.truth(node.no, bindings) if condition & t.FALSE else 0
        return result | condition & t.UNDEFINED

    # Collections

    def bound(
        self, node: Quantifier | Aggregate, bindings: Bindings
    ) -> Iterator[tuple[Truth, Bindings]] | None:
        """Return for each member whether it meets the condition, with its bindings."""
        members = self.members(node.collection, bindings)
        return None if members is None else conditioned(node, self._each(node, members, bindings), self.truth)

    def _each(
        self, node: Quantifier | Aggregate, members: tuple[Member, ...], bindings: Bindings
    ) -> Iterator[Bindings]:
        for member in members:
            self.spend(node)
            yield {**bindings, node.variable: member}

    def present(self, node: Quantifier | Aggregate, bindings: Bindings) -> Iterator[tuple[Truth, Bindings]]:
        """Return the members as `bound` does; raises `Absent` if there are none to speak of."""
        members = self.bound(node, bindings) if self.members(node.collection, bindings) else None
        if members is None:
            self.is_absent = True
            raise Absent("absent")
        return members

    def _quantifier(self, node: Quantifier, bindings: Bindings) -> Truth:
        try:
            members = self.present(node, bindings)
        except Absent:
            return t.UNDEFINED
        # The body is not asked where it cannot matter: what it lacks is not missed.
        found = [
            t.member(condition, self.truth(node.body, inner) if condition & t.TRUE else t.UNDEFINED)
            for condition, inner in members
        ]
        return t.quantified(found, every=node.name == "all")

    def _unique(self, node: Aggregate, bindings: Bindings) -> Truth:
        try:
            members = self.present(node, bindings)
        except Absent:
            return t.UNDEFINED
        sure: set[object] = set()
        keys: list[object] = []
        repeated = False
        for condition, inner in members:
            if not condition & t.TRUE:
                continue
            value = self._key(node.body, inner)
            if condition == t.TRUE and value is not None:
                repeated = repeated or value in sure
                sure.add(value)
            keys.append(value)
        if repeated:
            return t.FALSE
        # A missing value may equal any other; one that may not belong counts like the rest here.
        doubtful = None in keys or len(set(keys)) < len(keys)
        return t.UNKNOWN if doubtful and len(keys) > 1 else t.TRUE

    def _key(self, node: Node, bindings: Bindings) -> object:
        if node.type.kind is Kind.TEXT:
            return self.text(node, bindings)
        if node.type.kind is Kind.TRUTH:
            value = self.truth(node, bindings)
            return value if value in (t.TRUE, t.FALSE) else None
        try:
            number = self.number(node, bindings)
        except Undefined:
            return None
        return None if number.has_missing else number.constant

    # Numbers (dates are their day numbers)

    def number(self, node: Node, bindings: Bindings) -> Linear:
        """Return the value of a number or date; raises `Undefined` for a division by zero."""
        match node:
            case FieldRef() | ColumnRef():
                return self.reference(node, bindings)
            case Constant():
                value = node.value
                return known(value.toordinal() if isinstance(value, date) else Fraction(value))
        key = id(node), self.identity(bindings) if bindings else ()
        try:
            found = self.numbers[key] = self._number(node, bindings)
        except Undefined as reason:
            self.numbers[key] = reason
            raise
        return found

    def _number(self, node: Node, bindings: Bindings) -> Linear:
        match node:
            case Sum():
                result = known(0)
                for sign, term in node.terms:
                    number = self.number(term, bindings)
                    result = result.plus(number if sign > 0 else number.scaled(-1))
                return result
            case Product():
                return self._product(node, bindings)
            case Named():
                return self.number(node.body, bindings)
            case Aggregate():
                return self._aggregate(node, bindings)
            case Call():
                return call_number(self, node, bindings)
            case If():
                return self._choose(node, bindings)
            case HeaderRef():
                return self.header_date(node, bindings)
            case _:
                raise TypeError(node)

    def _product(self, node: Product, bindings: Bindings) -> Linear:
        result = self.number(node.factors[0][1], bindings)
        for index, (operator, factor) in enumerate(node.factors[1:]):
            # Spans do not tell nodes apart: each definition counts its own from 0.
            key = (id(node), index, self.identity(bindings))
            operand = self.number(factor, bindings)
            combined = (divide if operator == "/" else times)(key, result, operand)
            if combined is None:
                raise Undefined("division-by-zero")
            result = combined
        return result

    def _choose(self, node: If, bindings: Bindings) -> Linear:
        condition = self.truth(node.condition, bindings)
        wanted = ((t.TRUE, node.yes), (t.FALSE, node.no))
        branches = [self._defined(branch, bindings) for outcome, branch in wanted if condition & outcome]
        found = tuple(branch for branch in branches if branch is not None)
        if not found:
            raise Undefined("division-by-zero")
        chosen = found[0]
        if len(found) > 1:
            chosen = extreme((id(node), self.identity(bindings)), found, hull=True)
        return chosen.partly() if None in branches or condition & t.UNDEFINED else chosen

    def _defined(self, node: Node, bindings: Bindings) -> Linear | None:
        """Return the value of a number, None if it divides by zero."""
        try:
            return self.number(node, bindings)
        except Undefined:
            return None

    def _aggregate(self, node: Aggregate, bindings: Bindings) -> Linear:
        members = self.present(node, bindings)
        key = (id(node), self.identity(bindings))
        if node.name in ("min", "max"):
            return self._extreme(node, members, key)
        # How many rows or units there are is stated by their being there.
        self.is_stated = self.is_stated or node.name == "count"
        numbers: list[Linear] = []
        partial = False
        for index, (condition, inner) in enumerate(members):
            if not condition & t.TRUE:
                continue
            if condition == t.TRUE:
                numbers.append(known(1) if node.name == "count" else self.number(node.body, inner))
                continue
            one = known(1) if node.name == "count" else self._defined(node.body, inner)
            partial = partial or one is None
            if one is not None:
                numbers.append(self._perhaps((key, index), one))
        found = total(numbers)
        return found.partly() if partial else found

    def _extreme(self, node: Aggregate, members: Iterator[tuple[Truth, Bindings]], key: object) -> Linear:
        """Return the least or greatest over the members, which is undefined if none may belong."""
        numbers: list[Linear] = []
        sure = doubtful = partial = False
        for condition, inner in members:
            if not condition & t.TRUE:
                continue
            sure, doubtful = sure or condition == t.TRUE, doubtful or condition != t.TRUE
            one = self.number(node.body, inner) if condition == t.TRUE else self._defined(node.body, inner)
            if one is None:
                partial = True
            else:
                numbers.append(one)
        if not numbers:
            raise Undefined("empty-collection")
        found = extreme(key, tuple(numbers), hull=doubtful, greatest=node.name == "max")
        return found.partly() if partial or not sure else found

    @staticmethod
    def _perhaps(key: object, number: Linear) -> Linear:
        """Return a number that counts or does not, which is not known."""
        around = number.range()
        low = None if around.low is None else min(around.low, 0)
        high = None if around.high is None else max(around.high, 0)
        atom = Atom(key, Interval(low, high), missing=True, whole=number.is_whole)
        return Linear(0, ((atom, 1),), number.partial)

    def text(self, node: Node, bindings: Bindings) -> str | None:
        """Return the value of a text, None if it is missing."""
        found = self.texts[id(node), self.identity(bindings)] = self._text(node, bindings)
        return found

    def _text(self, node: Node, bindings: Bindings) -> str | None:
        match node:
            case Constant():
                return str(node.value)
            case FieldRef() | ColumnRef():
                cell = self.cell(node, bindings)
                return None if cell is None else str(cell.value)
            case HeaderRef():
                found = self.header(node, bindings)
                return None if found is None else str(found)
            case Named():
                return self.text(node.body, bindings)
            case If():
                condition = self.truth(node.condition, bindings)
                yes = self.text(node.yes, bindings) if condition & t.TRUE else None
                no = self.text(node.no, bindings) if condition & t.FALSE else None
                certain = yes == no and not condition & t.UNDEFINED
                return yes if condition == t.TRUE else no if condition == t.FALSE or certain else None
            case Call():
                return self.text(first_given(self, node, bindings), bindings)
            case _:
                raise TypeError(node)


def _decided(difference: Linear, operator: str, slack: Number) -> Truth:
    """Return the outcomes of ``difference operator 0``, exactly also where a blank count divides."""
    found = compare(difference, operator, slack)
    if found & t.UNKNOWN != t.UNKNOWN:
        return found
    parts = parted(difference)
    exact = None if parts is None else outcomes(parts, lambda each: compare(each, operator, slack), slack)
    return found if exact is None else exact & t.UNKNOWN | found & t.UNDEFINED
