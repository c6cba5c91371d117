"""What is known of a figure when it is met: what stands above and before it, and whose report it is."""

from __future__ import annotations

from typing import TYPE_CHECKING

from validator.binding.role_field import Meaning
from validator.model.record import record
from validator.text.fold import accented

if TYPE_CHECKING:
    from validator.binding.meaning import Trait
    from validator.binding.role_time import OwnTime
    from validator.model.report import Unit
    from validator.text.mention import Mention
    from validator.text.passage import Passage

_NONE = Meaning()


@record
class Context:
    """What stands above or before a figure: its meaning goes on unless the figure's words say otherwise."""

    meaning: Meaning = _NONE
    stage: Trait = ""
    is_barred: bool = False
    is_figure: bool = False
    is_refused: bool = False
    is_part: bool = False


@record
class Figure:
    """A figure with what it means; ``is_sure`` where every word of it was understood."""

    passage: Passage
    mention: Mention
    meaning: Meaning
    is_sure: bool


@record
class Own:
    """Of whom and when the report is, and what its headings say of other times."""

    level: str
    lowest: str
    time: OwnTime
    names: frozenset[str]


_NUMERALS = frozenset({"i", "ii", "iii", "iv"})


def own_words(unit: Unit) -> frozenset[str]:
    """Return the words that say nothing in a unit's own report: those of its name, and numerals."""
    return frozenset(accented(word) for word in (unit.name or "").split()) | _NUMERALS
