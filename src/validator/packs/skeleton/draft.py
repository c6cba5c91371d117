"""What a blank form shows of a pack, and the names that its words become."""

from __future__ import annotations

import re
import unicodedata

from validator.lang.check_errors import KEYWORDS
from validator.lang.scope import CHILDREN, JOINED
from validator.model.record import record


@record
class DraftField:
    """A field or column: its name within the pack or table, the form's words, its code on the form."""

    name: str
    label: str
    type: str = "count"
    unit: str = ""
    code: str = ""


@record
class DraftSum:
    """A total and its signed parts, by names; ``printed`` as the form says it, empty for a formula."""

    total: str
    parts: tuple[tuple[int, str], ...]
    printed: str = ""


@record
class DraftTable:
    """One table of a form: with ``name`` a table of rows, without one fields of the report."""

    name: str = ""
    label: str = ""
    fields: tuple[DraftField, ...] = ()
    sums: tuple[DraftSum, ...] = ()

    @property
    def by_name(self) -> dict[str, DraftField]:
        """The fields by their names."""
        return {field.name: field for field in self.fields}

    def is_sound(self, found: DraftSum) -> bool:
        """Whether both sides of a sum measure the same, so that a rule can compare them."""
        known = self.by_name
        names = (found.total, *(part for _, part in found.parts))
        if not all(name in known and known[name].type != "text" for name in names) or not found.parts:
            return False
        return len({(known[name].type == "percent", known[name].type == "money") for name in names}) == 1


_STROKE = {"\u0111": "d", "\u0110": "D"}
_WORDS, _LONGEST = 6, 40
_TAKEN = KEYWORDS | {*JOINED, CHILDREN, "report", "form", "unit", "period", "true", "false"}


def plain_words(text: str) -> list[str]:
    """Return the words of *text* in small letters without marks."""
    bare = "".join(_STROKE.get(letter, letter) for letter in text)
    letters = unicodedata.normalize("NFD", bare)
    folded = "".join(letter for letter in letters if not unicodedata.combining(letter)).lower()
    return re.findall(r"[a-z0-9]+", folded)


def name_of(text: str, fallback: str) -> str:
    """Return a name for a field called *text* on the form."""
    chosen = "_".join(plain_words(text)[:_WORDS])[:_LONGEST].strip("_") or fallback
    if chosen[0].isdigit():
        chosen = f"{fallback}_{chosen}"
    return f"{chosen}_" if chosen in _TAKEN else chosen


def unique(name: str, taken: set[str], code: str = "") -> str:
    """Return *name*, or with its code or a number if it is taken, and take it."""
    chosen = name
    if chosen in taken and code:
        chosen = f"{name}_{code}"
    number = 2
    while chosen in taken:
        chosen = f"{name}_{number}"
        number += 1
    taken.add(chosen)
    return chosen


def rule_id(name: str, ending: str) -> str:
    """Return the id of a rule about a field."""
    return f"{'-'.join(plain_words(name))}-{ending}"
