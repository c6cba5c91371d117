"""What would make a share right: the share of these numbers, and the numbers of this share.

The idea is GRIM's (Brown and Heathers 2017): with whole numbers only some percentages are possible.
"""

from __future__ import annotations

from fractions import Fraction
from typing import TYPE_CHECKING

from validator.diagnostics.formula import style_of
from validator.diagnostics.number import Style, decimals_of, number_text
from validator.lang.ir import ColumnRef, Compare, FieldRef, Node, Product
from validator.lang.types import RATIO, Measure, Type, type_of_field
from validator.model.field import FieldType
from validator.model.quantity import Quantity, reciprocal
from validator.model.record import evolve, record

if TYPE_CHECKING:
    from validator.diagnostics.formula import Formula
    from validator.model.quantity import Number

_HALF = Fraction(1, 2)


@record
class Inverse:
    """In words: the stated share, the right one, and the numerator that the stated one would need."""

    stated: str
    numerator: str
    denominator: str
    right: str
    needed: str


def inverse(node: Node, formula: Formula) -> Inverse | None:
    """Return the inverse of a failed ``share = numerator / denominator``, None of anything else."""
    sides = _share_and_fraction(node)
    if sides is None:
        return None
    share, fraction = sides
    cell = formula.trace.cell(share, formula.bindings)
    top, bottom = (formula.value(factor) for _, factor in fraction.factors)
    known = top is not None and bottom is not None and not (top.has_missing or bottom.has_missing)
    if cell is None or not isinstance(cell.value, Quantity) or not known or top is None or bottom is None:
        return None
    decimals = decimals_of(cell.value.step, Fraction(1, 100))
    style = Style(percent=True, percent_decimals=decimals)
    return Inverse(
        stated=" ".join(cell.raw.split()),
        numerator=formula.write(fraction.factors[0][1], inside=2),
        denominator=formula.write(fraction.factors[1][1], inside=3),
        right=number_text(top.constant * reciprocal(bottom.constant), RATIO, style)[0],
        needed=_needed(cell.value, bottom.constant, fraction.factors[0][1].type, formula.style),
    )


def rounded_side(formula: Formula) -> str:
    """Return what a lone rounded figure would be if it were rounded from the other side, else nothing."""
    node = formula.node
    if not isinstance(node, Compare):
        return ""
    for stated, other in ((node.left, node.right), (node.right, node.left)):
        if not isinstance(stated, FieldRef | ColumnRef) or not stated.field.is_rounded:
            continue
        cell = formula.trace.cell(stated, formula.bindings)
        value = formula.value(other)
        if cell is None or not isinstance(cell.value, Quantity) or value is None or value.has_missing:
            continue
        kind = type_of_field(stated.field)
        digits = decimals_of(cell.value.step, Fraction(1, 100))
        style = evolve(style_of(stated.field, (cell,)), percent_decimals=digits)
        return number_text(value.constant, kind, style)[0]
    return ""


def _share_and_fraction(node: Node) -> tuple[FieldRef | ColumnRef, Product] | None:
    if not isinstance(node, Compare) or node.operator != "=":
        return None
    for share, fraction in ((node.left, node.right), (node.right, node.left)):
        is_share = isinstance(share, FieldRef | ColumnRef) and share.field.type is FieldType.PERCENT
        if is_share and isinstance(fraction, Product) and [op for op, _ in fraction.factors[1:]] == ["/"]:
            return share, fraction  # type: ignore[return-value]
    return None


def _needed(share: Quantity, denominator: Number, kind: Type, style: Style) -> str:
    """Return the numerators that would give the stated share; empty if no whole number does."""
    if kind.measure is not Measure.COUNT:
        return number_text(share.value * denominator, kind, style)[0]
    half = share.step * _HALF
    low = ((share.value - half) * denominator).__ceil__()
    high = ((share.value + half) * denominator).__floor__()
    if low > high or denominator <= 0:
        return ""
    first, last = (number_text(end, kind, style)[0] for end in (low, high))
    return first if low == high else f"{first}–{last}"
