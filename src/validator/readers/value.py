"""One written value → a value of its field's type, or the fault that stands in its way."""

from __future__ import annotations

import re
import unicodedata
from fractions import Fraction
from typing import TYPE_CHECKING

from validator.model.field import FieldType
from validator.model.record import field, record
from validator.model.suggestion import nearest
from validator.readers.notation import Notation, Refusal, read_plain

if TYPE_CHECKING:
    from collections.abc import Mapping
    from datetime import date

    from validator.model.field import FieldDef
    from validator.model.quantity import Quantity
    from validator.model.report import Scalar
    from validator.readers.tree import ScalarNode

_CODES = {
    Refusal.TOO_LONG: "number-too-long",
    Refusal.NOT_A_NUMBER: "unreadable-number",
    Refusal.AMBIGUOUS: "unreadable-number",
    Refusal.NOT_FINITE: "number-not-finite",
    Refusal.WRONG_UNIT: "number-wrong-unit",
    Refusal.NOT_A_DATE: "unreadable-date",
    Refusal.IMPOSSIBLE_DATE: "impossible-date",
}
_LONGEST_SHOWN = 60
_THOUSANDTH = Fraction(1, 1000)
_TENFOLD = 10
"""A thousand per cent."""


@record
class Fault:
    """Why a value was not taken: the code of the problem without its area, and its arguments."""

    code: str
    args: Mapping[str, object] = field(default_factory=dict)


def read_value(node: ScalarNode, definition: FieldDef, notation: Notation) -> Scalar | Fault | None:
    """Read *node* as the field's type says; None where a mark says that there is no value.

    A bare number follows YAML and JSON, everything else the notation of the country.
    """
    kind = definition.type
    if kind is FieldType.TEXT:
        return composed(node.text)
    found: Scalar | Fault | None
    if kind.is_numeric:
        found = _number(node, definition, notation)
    elif notation.is_nothing(node.text):
        return None
    elif kind is FieldType.DATE:
        found = _date(node, notation)
    elif kind is FieldType.BOOLEAN:
        found = _boolean(node, notation)
    else:
        found = _choice(node.text, definition)
    if isinstance(found, Fault):
        return Fault(code=found.code, args={"raw": shown(node.text), **found.args})
    return found


def composed(text: str) -> str:
    """Return *text* in NFC, so that equal words compare equal."""
    return text if text.isascii() else unicodedata.normalize("NFC", text)


def shown(raw: str) -> str:
    """Return *raw* short enough for a message."""
    return raw if len(raw) <= _LONGEST_SHOWN else raw[:_LONGEST_SHOWN] + "…"


def _number(node: ScalarNode, definition: FieldDef, notation: Notation) -> Quantity | Fault | None:
    found = _plain_or_written(node, definition, notation)
    if isinstance(found, Refusal):
        return None if notation.has_no_figure(node.text) else Fault(code=_CODES[found])
    if definition.type is FieldType.COUNT and (
        found.value.denominator != 1 or found.value < 0 or _may_be_a_group(node, found)
    ):
        negative, comma = found.value < 0, notation.data.decimal in node.text
        cure = "@negative-count" if negative else "@comma-in-count" if comma else "@point-in-count"
        return Fault(code="not-a-count", args={"cure": cure})
    if definition.type is FieldType.PERCENT and abs(found.value) >= _TENFOLD and _is_grouped(node, notation):
        # No percentage has thousands, and elsewhere than here the point begins decimals.
        return Fault(code=_CODES[Refusal.AMBIGUOUS])
    return found


def _is_grouped(node: ScalarNode, notation: Notation) -> bool:
    """Whether a number is written with a point before three digits and no decimals that tell what it is."""
    return any(mark in node.text for mark in notation.data.group) and notation.data.decimal not in node.text


def _may_be_a_group(node: ScalarNode, found: Quantity) -> bool:
    """Whether the decimals of a whole number may be meant as thousands: ``1,000`` is no sure one."""
    digits = re.match(r"[^0-9]*[0-9]{1,3}[.,][0-9]{3}(?![0-9])", node.text)
    return digits is not None and found.step == _THOUSANDTH


def _plain_or_written(node: ScalarNode, definition: FieldDef, notation: Notation) -> Quantity | Refusal:
    if not node.quoted:
        scale = notation.declared_scale(definition.unit)
        found = read_plain(node.text, definition.type, scale=scale)
        if found is not Refusal.NOT_A_NUMBER:
            return found
    return notation.read(node.text, definition.type, unit=definition.unit)


def _boolean(node: ScalarNode, notation: Notation) -> bool | Fault:
    found = notation.parse_boolean(node.text)
    return Fault(code="unreadable-boolean") if found is None else found


def _date(node: ScalarNode, notation: Notation) -> date | Fault:
    found = notation.read_date(node.text)
    return Fault(code=_CODES[found]) if isinstance(found, Refusal) else found


def _choice(text: str, definition: FieldDef) -> str | Fault:
    """Take one of the declared choices, whatever its letter case and composition."""
    wanted = _folded(text)
    for choice in definition.choices:
        if _folded(choice) == wanted:
            return choice
    return Fault(
        code="not-a-choice",
        args={
            "choices": ", ".join(definition.choices),
            "suggestion": nearest(text, definition.choices),
        },
    )


def _folded(text: str) -> str:
    return unicodedata.normalize("NFC", text).casefold().strip()
