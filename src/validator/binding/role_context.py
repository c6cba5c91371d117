"""What is known of a figure when it is met: what stands above and before it, and whose report it is."""

from __future__ import annotations

from typing import TYPE_CHECKING

from validator.binding.head import with_letterhead
from validator.binding.role_field import Meaning
from validator.model.document import Document
from validator.model.record import record
from validator.text.fold import accented, words_in

if TYPE_CHECKING:
    from collections.abc import Sequence

    from validator.binding.meaning import Trait
    from validator.binding.role_time import OwnTime
    from validator.model.document import Block, Table
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
    belongs: bool = False
    """Whether it is itself one of several parts of another figure."""


@record
class Figure:
    """A figure with what it means; ``is_sure`` where every word of it was understood.

    ``is_against``: a phrase of the pack was found in its words, which say another thing.
    """

    passage: Passage
    mention: Mention
    meaning: Meaning
    is_sure: bool
    is_against: bool = False
    whole: Meaning = _NONE
    """What the figure means that it is a part of."""


@record
class Own:
    """Of whom and when the report is, and what its headings say of other times."""

    level: str
    lowest: str
    time: OwnTime
    names: frozenset[str]
    levelled: frozenset[tuple[str, Trait]] = frozenset()
    """The measures of which the form asks for levels."""
    whole_names: tuple[tuple[str, ...], ...] = ()
    """What its letterhead calls it."""
    called: frozenset[str] = frozenset()
    """The words of all its names."""
    places: frozenset[str] = frozenset()
    """What units are counted in, which nothing that a unit does is."""
    below: frozenset[Trait] = frozenset()
    above: frozenset[Trait] = frozenset()
    """The levels below and above its own."""


_LETTERHEAD = 8
_NUMERALS = frozenset({"i", "ii", "iii", "iv"})


def letterhead_name(blocks: Sequence[Block | Table]) -> tuple[tuple[str, ...], ...]:
    """Return how a letterhead names who reports: its last line in capitals above the number."""
    lines: list[str] = []
    for block in with_letterhead(Document(file="", media_type="", blocks=tuple(blocks)))[:_LETTERHEAD]:
        for line in block.text.splitlines():
            if any(each.isdigit() for each in line):
                return tuple(words for each in lines[-1:] if (words := words_in(each)))
            lines += [line] if line.isupper() else []
    return ()


def own_words(unit: Unit) -> frozenset[str]:
    """Return the words that say nothing in a unit's own report: those of its name, and numerals."""
    return frozenset(accented(word) for word in (unit.name or "").split()) | _NUMERALS
