"""By how much the two sides of a comparison differ, in words; never 0 where they do."""

from __future__ import annotations

from typing import TYPE_CHECKING

from validator.diagnostics.formula import kind_of
from validator.diagnostics.number import number_text, telling
from validator.lang.ir import Compare
from validator.lang.types import Kind
from validator.model.quantity import size
from validator.model.words import say

if TYPE_CHECKING:
    from validator.diagnostics.formula import Formula
    from validator.diagnostics.number import Style
    from validator.lang.ir import Node
    from validator.lang.types import Type
    from validator.model.quantity import Number


def difference_words(node: Node, formula: Formula) -> str:
    """Return by how much the sides of a comparison differ, empty where that cannot be said."""
    if not isinstance(node, Compare) or node.left.type.kind not in (Kind.NUMBER, Kind.DATE):
        return ""
    left, right = formula.value(node.left), formula.value(node.right)
    if left is None or right is None:
        return ""
    gap = left.minus(right)
    if gap.has_missing:
        return ""
    if node.left.type.kind is Kind.DATE:
        return say("explain/days", {"days": abs(int(gap.constant))})
    words = gap_words(size(gap.constant), kind_of(node), formula.style)
    least = gap.range().least_distance
    if least and least != size(gap.constant):
        told = {"difference": words, "least": gap_words(least, kind_of(node), formula.style)}
        return say("explain/least-difference", told)
    return words


def gap_words(value: Number, kind: Type, style: Style) -> str:
    """Word a difference; one that is none is never written as 0."""
    return _points(number_text(value, kind, telling(value, 0, kind, style))[0])


def _points(text: str) -> str:
    """Word the difference of two shares as percentage points; any other difference is left alone."""
    if not text.endswith("%"):
        return text
    points = text.removesuffix("%")
    if "," in points:
        points = points.rstrip("0").rstrip(",")
    return say("explain/points", {"points": points})
