"""What a figure counts, named by several nouns with commas between: ``17 officers, clerks: …``."""

from __future__ import annotations

from itertools import pairwise
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from validator.text.mention import Mention, Reading

BREAKS = frozenset(",;:.!?|")
_OPENS_LIST = frozenset(":(")
_LONGEST = 6


def commas_of_name(reading: Reading, left: Mention, gap: list[int]) -> int:
    """How many commas behind a figure part the nouns that name what it counts, where a list opens then.

    *gap* are the places of the tokens between the figure and the next one.
    """
    tokens = reading.tokens
    breaks = [index for index, place in enumerate(gap) if tokens[place].key in BREAKS]
    for commas, (at, end) in enumerate(pairwise([*breaks, len(gap)]), start=1):
        if tokens[gap[at]].key != "," or not at or at + 1 == end or end - at > _LONGEST:
            break
        if not _is_name_like(reading, left, gap[at + 1], gap[end - 1] + 1):
            break
        follows = gap[end] if end < len(gap) else gap[-1] + 1
        if follows < len(tokens) and tokens[follows].key in _OPENS_LIST:
            return commas
    return 0


def _is_name_like(reading: Reading, left: Mention, first: int, last: int) -> bool:
    """Whether words are a unit of the figure's group, or what a later figure of the sentence counts."""
    cues = reading.cues_between(first, last) if left.unit_is_near else ()
    if any((cue.first, cue.last) == (first, last) and left.group in cue.tags for cue in cues):
        return True
    key, size = reading.tokens[first].key, len(reading.tokens)
    later = (m for m in reading.mentions_from(last) if m.sentence == left.sentence and m.last < size)
    return any(reading.tokens[m.last].key == key for m in later)
