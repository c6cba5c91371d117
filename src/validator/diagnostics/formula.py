"""A comparison with the numbers of the report put in: ``794 ≠ 677 + 113 + 3 = 793``."""

from __future__ import annotations

import re
from datetime import date
from fractions import Fraction
from itertools import islice
from typing import TYPE_CHECKING

from validator.diagnostics.number import Style, decimals_of, number_text, telling
from validator.exact.linear import Undefined
from validator.lang.function import FUNCTIONS
from validator.lang.ir import (
    Aggregate,
    Call,
    ColumnRef,
    Compare,
    Constant,
    FieldRef,
    HeaderRef,
    If,
    Logic,
    Named,
    Node,
    Product,
    Quantifier,
    Sum,
    children,
    walk,
)
from validator.lang.operator import COMPARISONS
from validator.lang.types import Kind, Measure
from validator.model.field import FieldDef, FieldType
from validator.model.quantity import Quantity
from validator.readers.notation import load_notation

if TYPE_CHECKING:
    from collections.abc import Iterator

    from validator.engine.context import Bindings
    from validator.engine.trace import Trace
    from validator.exact.linear import Linear
    from validator.lang.types import Type
    from validator.model.report import Cell

BLANK = "?"
# Reports pad small counts (03); in a formula that only distracts.
_LEADING_ZEROS = re.compile(r"^([-+]?)0+(?=\d)")
_MOST_TERMS = 8
_MOST_REFERENCES = 200
_GROUPED = 4
Reference = FieldRef | ColumnRef


def kind_of(node: Compare) -> Type:
    """Return what both sides of a comparison are; a bare number in the rule is what stands beside it."""
    return node.left.type if node.left.type.measure is not Measure.LITERAL else node.right.type


class Formula:
    """Writes the nodes of one comparison in the style of its numbers."""

    def __init__(self, trace: Trace, bindings: Bindings, node: Node) -> None:
        self.trace = trace
        self.bindings = bindings
        self.node = node
        self.references = tuple(self._references(node, bindings))
        self.cells = tuple(cell for _, cell in self.references if cell is not None)
        written = _style(tuple((each.field, cell) for each, cell in self.references), node)
        self.style = self._telling(node, written)

    def _telling(self, node: Node, style: Style) -> Style:
        """Return *style*, finer if both sides of the comparison would be written alike though they differ."""
        if not isinstance(node, Compare) or node.left.type.kind is not Kind.NUMBER:
            return style
        left, right = self.value(node.left), self.value(node.right)
        if left is None or right is None or left.has_missing or right.has_missing:
            return style
        return telling(left.constant, right.constant, kind_of(node), style)

    def compare(self, node: Compare, *, holds: bool) -> str:
        """Return both sides with the sign that really holds between them."""
        operator = node.operator if holds else COMPARISONS[node.operator].opposite
        left, right = self._side(node.left), self._side(node.right)
        slack = f" (± {self.write(node.slack)})" if node.slack else ""
        return f"{left} {operator} {right}{slack}"

    def open(self, node: Compare) -> str:
        """Return both sides as they stand, for a comparison that is not decided."""
        return f"{self.write(node.left)} {node.operator} {self.write(node.right)}"

    def _side(self, node: Node) -> str:
        text = self.write(node)
        if node.type.kind is not Kind.NUMBER or _is_simple(node):
            return text
        value = self.value(node)
        if value is None or (value.has_missing and value.spread(missing=True).low is None):
            return text
        if value.has_missing:
            low = value.range().low
            return text if low is None else f"{text} ≥ {number_text(low, node.type, self.style)[0]}"
        result, exact = number_text(value.constant, node.type, self.style)
        return text if text == result else f"{text} {'=' if exact else '≈'} {result}"

    def value(self, node: Node) -> Linear | None:
        """Return the value of *node*, None if it is undefined."""
        try:
            return self.trace.number(node, self.bindings)
        except Undefined:
            return None

    def write(self, node: Node, *, inside: int = 0) -> str:
        """Return *node* with values put in; *inside* is how tightly the surroundings bind."""
        match node:
            case FieldRef() | ColumnRef():
                return self._reference(node)
            case Constant():
                return _constant(node)
            case Sum():
                text = self._sum(node)
                return f"({text})" if inside > 1 else text
            case Product():
                text = self._product(node)
                return f"({text})" if inside > 2 else text
            case Named():
                return self.write(node.body, inside=inside)
            case Aggregate(name="sum"):
                text = self._members(node)
                return f"({text})" if inside > 1 and " " in text else text
            case Aggregate() | If():
                return self._result(node)
            case Call():
                return self._call(node)
            case HeaderRef():
                return self._header(node)
            case _:
                return self._result(node)

    def _reference(self, node: Reference) -> str:
        cell = self.trace.cell(node, self.bindings)
        if cell is None:
            is_zero = node.policy == "zero" and self.trace.is_at_hand(node, self.bindings)
            return "0" if is_zero else BLANK
        if isinstance(cell.value, bool | date):
            return f"{cell.value:%d/%m/%Y}" if isinstance(cell.value, date) else cell.raw.strip()
        text = _LEADING_ZEROS.sub(r"\1", " ".join(cell.raw.split()))
        is_bare = node.field.type is FieldType.PERCENT and text[-1:].isdigit()
        return f"{text}%" if is_bare else text

    def _sum(self, node: Sum) -> str:
        parts: list[str] = []
        for index, (sign, term) in enumerate(node.terms):
            text = self.write(term, inside=2 if sign < 0 else 1)
            if index == 0:
                parts.append(f"-{text}" if sign < 0 else text)
            else:
                parts.append(f"{'-' if sign < 0 else '+'} {text}")
        return " ".join(parts)

    def _product(self, node: Product) -> str:
        text = self.write(node.factors[0][1], inside=2)
        for operator, factor in node.factors[1:]:
            sign = "/" if operator == "/" else "×"
            text += f" {sign} {self.write(factor, inside=3)}"
        return text

    def _members(self, node: Aggregate) -> str:
        found = self.trace.bound(node, self.bindings)
        if found is None:
            return BLANK
        texts = [
            Formula(self.trace, inner, node.body).write(node.body, inside=1)
            for condition, inner in found
            if condition & 1
        ]
        if not texts:
            return "0"
        if len(texts) <= _MOST_TERMS:
            return " + ".join(texts)
        return " + ".join([*texts[: _GROUPED - 1], "…", texts[-1]]) + f" [{len(texts)}]"

    def _call(self, node: Call) -> str:
        function = FUNCTIONS[node.name]
        if function.skips_blanks:
            present = (each for each in node.arguments if not self._is_blank(each))
            return self.write(next(present, node.arguments[-1]), inside=3)
        texts = [self.write(argument) for argument in node.arguments]
        return (function.shown or f"{node.name}({{}})").format("; ".join(texts))

    def _is_blank(self, node: Node) -> bool:
        return isinstance(node, FieldRef | ColumnRef) and self.trace.cell(node, self.bindings) is None

    def _header(self, node: HeaderRef) -> str:
        if node.type.kind is Kind.DATE:
            value = self.trace.number(node, self.bindings)
            return BLANK if value.has_missing else f"{date.fromordinal(int(value.constant)):%d/%m/%Y}"
        text = self.trace.text(node, self.bindings)
        return BLANK if text is None else f"“{text}”"

    def _result(self, node: Node) -> str:
        if node.type.kind is not Kind.NUMBER:
            return BLANK
        value = self.value(node)
        if value is None or value.has_missing:
            return BLANK
        return number_text(value.constant, node.type, self.style)[0]

    def _references(self, node: Node, bindings: Bindings) -> list[tuple[Reference, Cell | None]]:
        found: list[tuple[Reference, Cell | None]] = []
        seen: set[object] = set()
        for reference, inner in islice(references(self.trace, node, bindings), _MOST_REFERENCES):
            key = (self.trace.origin(reference, inner), reference.field.path)
            if key not in seen:
                seen.add(key)
                found.append((reference, self.trace.cell(reference, inner)))
        return found


def references(trace: Trace, node: Node, bindings: Bindings) -> Iterator[tuple[Reference, Bindings]]:
    """Yield the field and column references at and below *node*, each member of a collection in turn."""
    match node:
        case FieldRef() | ColumnRef():
            yield node, bindings
        case Aggregate() | Quantifier():
            for condition, inner in trace.bound(node, bindings) or ():
                if condition & 1:
                    yield from references(trace, node.body, inner)
        case _:
            for each in children(node):
                yield from references(trace, each, bindings)


def _is_simple(node: Node) -> bool:
    match node:
        case Named():
            return _is_simple(node.body)
        case FieldRef() | ColumnRef() | Constant() | HeaderRef():
            return True
        case Call():
            return FUNCTIONS[node.name].skips_blanks
        case Aggregate():
            return node.name != "sum"
        case Logic() | Compare():
            return True
        case _:
            return False


def _constant(node: Constant) -> str:
    if isinstance(node.value, date):
        return f"{node.value:%d/%m/%Y}"
    return f"“{node.value}”" if isinstance(node.value, str) else node.raw.replace(".", ",")


def style_of(field: FieldDef, cells: tuple[Cell, ...]) -> Style:
    """Return the style of the numbers in *cells*, which all state *field*."""
    return _style(tuple((field, cell) for cell in cells), None)


def _style(found: tuple[tuple[FieldDef, Cell | None], ...], node: Node | None) -> Style:
    grouped, percent, percent_decimals, decimals = False, False, 2, 0
    scale, money, money_decimals = Fraction(1), "", 0
    for field, cell in found:
        if cell is None or not isinstance(cell.value, Quantity):
            percent = percent or field.type is FieldType.PERCENT
            continue
        grouped = grouped or (_GROUP_MARK in cell.raw and field.type is not FieldType.PERCENT)
        match field.type:
            case FieldType.PERCENT:
                written = decimals_of(cell.value.step, Fraction(1, 100))
                percent_decimals = max(percent_decimals, written) if percent else max(2, written)
                percent = True
            case FieldType.MONEY:
                if not money:
                    money = cell.value.unit or field.unit or ""
                    scale = load_notation().declared_scale(money)
                money_decimals = max(money_decimals, decimals_of(cell.value.step, scale))
            case _:
                decimals = max(decimals, decimals_of(cell.value.step))
    percent = percent or any(
        isinstance(each, Constant) and each.raw.endswith("%") and each.type.measure is Measure.RATIO
        for each in (walk(node) if node else ())
    )
    return Style(
        grouped=grouped,
        percent=percent,
        percent_decimals=percent_decimals,
        decimals=decimals,
        scale=scale,
        money=money,
        money_decimals=money_decimals,
    )


_GROUP_MARK = "."
