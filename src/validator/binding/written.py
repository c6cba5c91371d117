"""What a cell says → a value of its field: ``71 (264/371)``, ``100%``, ``05``, a coded choice."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from validator.model.field import FieldType
from validator.model.record import record
from validator.readers.tree import ScalarNode
from validator.readers.value import Fault, read_value
from validator.text.fold import folded

if TYPE_CHECKING:
    from collections.abc import Mapping

    from validator.model.field import FieldDef
    from validator.model.report import Scalar
    from validator.readers.notation import Notation

# A letter beside the digits may be a digit itself: 2l, 7O.
_LEADING = re.compile(
    r"(?:[-+*•]\s+)?([0-9][0-9.,]*(?:\s*%|(?: [0-9]{3})+(?![0-9]))?)(?![^\W_])\s*(.*)", re.DOTALL
)
_WORD = re.compile(r"[^\W\d_]+")
# A word or a sign of a currency behind the digits: the amount says its unit itself.
_AMOUNT_WORD = re.compile(r"[0-9]\s*[^\W\d_]|[^\W\d_]\s*[0-9]|[$\u20ab\u20ac]")
_BRACKETS = re.compile(r"\([^()]*\)")


@record
class Written:
    """The value of a cell (None if it cannot be read, ``fault`` says why) and its text in a report."""

    value: Scalar | None
    text: str
    fault: Fault | None = None


def read_written(
    raw: str,
    definition: FieldDef,
    notation: Notation,
    *,
    unit: str = "",
    values: Mapping[str, str] | None = None,
) -> Written | None:
    """Read what stands in a cell or in a sentence; None where nothing is written.

    An amount of money takes its unit from its own words, else from *unit*; without either its
    unit is unknown, and so is the amount.
    """
    text = " ".join(notation.clean(raw).split())
    if not text or (not definition.type.is_numeric and notation.is_nothing(text)):
        return None
    if definition.type is FieldType.CHOICE:
        return _choice(text, definition, notation, values or {})
    faults: list[Fault] = []
    for attempt in _attempts(text, definition, notation):
        if definition.type is FieldType.MONEY and not (unit or _AMOUNT_WORD.search(attempt)):
            faults.append(Fault(code="unit-missing"))
            continue
        written = _with_unit(attempt, definition, unit)
        found = read_value(_node(written), definition, notation)
        if found is None:
            return None
        if not isinstance(found, Fault):
            return Written(value=found, text=written)
        faults.append(found)
    return Written(value=None, text=text, fault=faults[0])


def _attempts(text: str, definition: FieldDef, notation: Notation) -> list[str]:
    """Return what *text* may say, the whole of it first, then a number with a remark."""
    found = [text]
    leading = _LEADING.fullmatch(text)
    if leading and definition.type.is_numeric:
        number, rest = leading.groups()
        if _is_remark(_BRACKETS.sub("", rest), notation):
            found.append(number.rstrip(" .,"))
    return found


def _with_unit(text: str, definition: FieldDef, unit: str) -> str:
    """Return a number with the unit that its column states, where it carries none itself."""
    match definition.type:
        case FieldType.MONEY if unit and not _AMOUNT_WORD.search(text):
            return f"{text} {unit}".lower()
        case FieldType.PERCENT if text[-1:].isdigit():
            return f"{text}%"
        case _:
            return text


def _is_remark(rest: str, notation: Notation) -> bool:
    """Whether what follows a number is words about it, not the rest of it, as in 2 l or 49,14,52."""
    first = _WORD.search(rest)
    if re.search(r"[0-9]", rest):
        return False
    return first is None or (len(first[0]) > 1 and first[0].casefold() not in notation.data.number_words)


def _choice(text: str, definition: FieldDef, notation: Notation, values: Mapping[str, str]) -> Written:
    """Read a coded choice, or the words of one of the choices."""
    meant = values.get(text.rstrip(".").lstrip("0") or "0")
    if meant is None:
        meant = next((each for each in definition.choices if folded(each) == folded(text)), text)
    found = read_value(_node(meant), definition, notation)
    if isinstance(found, Fault):
        return Written(value=None, text=text, fault=found)
    return Written(value=found, text=meant)


def _node(text: str) -> ScalarNode:
    """Return *text* as the node of a quoted scalar, which follows the country's notation."""
    return ScalarNode(text=text, quoted=True, line=1, column=1)
