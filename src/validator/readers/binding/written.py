"""What a cell says → a value of its field: ``71 (264/371)``, ``100%``, ``05``, a coded choice."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from validator.model.field import FieldType
from validator.model.record import record
from validator.readers.binding.fold import folded
from validator.readers.tree import ScalarNode
from validator.readers.value import Fault, read_value

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
    """Read what stands in a cell or in a sentence; None where nothing is written."""
    text = " ".join(notation.clean(raw).split())
    if not text or (not definition.type.is_numeric and notation.is_nothing(text)):
        return None
    if definition.type is FieldType.CHOICE:
        return _choice(text, definition, notation, values or {})
    faults: list[Fault] = []
    for attempt in _attempts(text, definition, notation, unit):
        found = read_value(_node(attempt), definition, notation)
        if found is None:
            return None
        if not isinstance(found, Fault):
            return Written(value=found, text=attempt)
        faults.append(found)
    return Written(value=None, text=text, fault=faults[0])


def _attempts(text: str, definition: FieldDef, notation: Notation, unit: str) -> list[str]:
    """Return what *text* may say, the whole of it first."""
    scaled = unit if definition.type is FieldType.MONEY else ""
    found = [f"{text} {scaled}".lower()] if scaled else []
    found.append(f"{text}%" if definition.type is FieldType.PERCENT and text[-1:].isdigit() else text)
    leading = _LEADING.fullmatch(text)
    if leading and definition.type.is_numeric:
        number, rest = leading.groups()
        if _is_remark(_BRACKETS.sub("", rest), notation):
            bare = number.rstrip(" .,")
            found.append(f"{bare}%" if definition.type is FieldType.PERCENT and bare[-1].isdigit() else bare)
    return found


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
