"""What is read of a passage: cues, and mentions, each a number in its sentence."""

from __future__ import annotations

from bisect import bisect_left
from enum import Enum
from fractions import Fraction
from functools import lru_cache
from typing import TYPE_CHECKING

from validator.model.record import record

if TYPE_CHECKING:
    from collections.abc import Iterator

    from validator.text.passage import Passage
    from validator.text.token import Exact, Token


@lru_cache(maxsize=256)
def _power_of_ten(power: int) -> Exact:
    return 10**power if power >= 0 else Fraction(1, 10**-power)


class MentionKind(Enum):
    """What a number counts."""

    COUNT = "count"
    MONEY = "money"
    PERCENT = "percent"
    POINTS = "points"
    NAME = "name"

    __hash__ = object.__hash__  # that of an enumeration is not compiled


@record
class Cue:
    """Words that signal something: the tokens from ``first`` up to ``last`` (exclusive)."""

    first: int
    last: int
    tags: frozenset[str]


@record
class Mention:
    """A number in its sentence.

    ``value`` is as written, ``scale`` the power of ten of its scale word, ``amount`` both together.
    ``first`` and ``last`` are token indexes, ``start`` and ``end`` characters. ``is_quantity``: it
    counts things or money. ``before`` and ``after`` are the folded words around it up to the next
    boundary. ``role`` is ``over`` or ``under`` in ``a/b``; ``naming`` says whether the words after the unit
    name a ``kind`` or are a ``predicate``.
    """

    passage: int
    first: int
    last: int
    start: int
    end: int
    kind: MentionKind
    value: Exact
    decimals: int
    text: str
    scale: int = 0
    odd: bool = False
    unit: str = ""
    group: str = ""
    noun: str = ""
    unit_is_near: bool = False
    before: tuple[str, ...] = ()
    after: tuple[str, ...] = ()
    tags: frozenset[str] = frozenset()
    is_quantity: bool = False
    depth: int = 0
    bracket: int = 0
    sentence: int = 0
    clause: int = 0
    naming: str = ""
    role: str = ""
    amount: Exact = 0

    @property
    def key(self) -> tuple[int, int]:
        """Its passage and first token: which number of the document it is."""
        return self.passage, self.first

    @property
    def step(self) -> Exact:
        """What one more in the last written place would add, in base units."""
        return _power_of_ten(self.scale - self.decimals)

    @property
    def is_garbled(self) -> bool:
        """Whether the digits and separators make no number."""
        return self.kind is MentionKind.NAME and self.text.count(",") > 1


@record
class Reading:
    """A passage read: its tokens, cues and mentions.

    Depths and sentences are by token, and empty where there is no mention; places are the first
    tokens of mentions and cues, for looking them up.
    """

    passage: Passage
    index: int
    tokens: tuple[Token, ...]
    cues: tuple[Cue, ...]
    mentions: tuple[Mention, ...] = ()
    depths: tuple[int, ...] = ()
    sentences: tuple[int, ...] = ()
    mention_places: tuple[int, ...] = ()
    cue_places: tuple[int, ...] = ()

    def quote(self, start: int, end: int) -> str:
        """The words of the passage from *start* to *end*, blanks collapsed."""
        return " ".join(self.passage.text[start:end].split())

    def announces(self, position: int) -> bool:
        """Whether a word that announces parts ends at a token."""
        near = self.cues_between(max(0, position - 4), position)
        return any(cue.last == position and cue.tags & {"parts_all", "parts_some"} for cue in near)

    def mentions_from(self, first: int) -> Iterator[Mention]:
        """The mentions at or after a token."""
        for index in range(bisect_left(self.mention_places, first), len(self.mentions)):
            yield self.mentions[index]

    def mentions_between(self, first: int, last: int) -> tuple[Mention, ...]:
        """The mentions from one token up to another (exclusive)."""
        start = bisect_left(self.mention_places, first)
        end = bisect_left(self.mention_places, last, start)
        return self.mentions[start:end]

    def cues_between(self, first: int, last: int) -> tuple[Cue, ...]:
        """The cues that begin at a token from *first* up to *last* (exclusive)."""
        start = bisect_left(self.cue_places, first)
        end = bisect_left(self.cue_places, last, start)
        return self.cues[start:end]


def is_one_amount(high: Mention, low: Mention) -> bool:
    """Whether a figure in a smaller scale follows one in a larger scale at once."""
    scaled = high.scale > low.scale > 0 and high.last == low.first
    return scaled and low.amount < 10**high.scale and not high.decimals
