"""The figures of a claim as a person reads them: each with the words of the text that say what it is."""

from __future__ import annotations

from typing import TYPE_CHECKING

from validator.claims.claim import ClaimKind
from validator.claims.judge import amount_of
from validator.model.diagnostic import Label
from validator.model.words import say
from validator.text.mention import MentionKind
from validator.text.token import TokenKind

if TYPE_CHECKING:
    from validator.model.location import Location
    from validator.text.mention import Mention, Reading

_MOST_BEFORE, _MOST_AFTER = 9, 7
_ANNOUNCING = frozenset({"parts_all", "parts_some"})
_AND = "and"
_NO_PART_OF_NAME = _ANNOUNCING | {"link", _AND, "share", "open_list", "vague", "rest"}
"""What a name neither begins nor ends with: words that announce, link or weigh."""
_ROLES = {
    ClaimKind.SUM: ("total", "part"),
    ClaimKind.LEQ: ("smaller", "larger"),
    ClaimKind.RESTATEMENT: ("said",),
}


def roles_of(kind: ClaimKind, many: int) -> tuple[str, ...]:
    """What each of so many figures is in a claim of a kind, in the order in which claims name them."""
    if kind is ClaimKind.PERCENT:
        return (*("numerator",) * (many - 2), "base", "share")
    named = _ROLES.get(kind, ("said",))
    return (*named, *(named[-1],) * many)[:many]


def label_of(
    reading: Reading, mention: Mention, place: Location, role: str, *, shows_column: bool = True
) -> Label:
    """A figure with its words, its text, its place and its exact value in base units.

    The words are those before it; a figure without any is shown with those after it, as the text
    has them, and called what it is in the calculation. That of a cell is called by its row and, where
    *shows_column*, its column.
    """
    raw, name = _written(reading, mention), ""
    if reading.passage.in_table:
        column = place.column_name if shows_column else ""
        name = ", ".join(filter(None, (place.row_label, column)))
    if not name:
        name = _trimmed(reading, *_before(reading, mention))
    if not name:
        raw = " ".join(filter(None, (raw, _trimmed(reading, *_after(reading, mention)))))
    return Label(
        path="",
        label=name or say(f"claims/role-{role}"),
        raw=raw,
        location=place,
        value=amount_of(mention),
        role=role,
    )


def _written(reading: Reading, mention: Mention) -> str:
    """A figure as it stands there, with the sign of a percentage."""
    shown = reading.quote(mention.start, mention.end)
    is_share = mention.kind is MentionKind.PERCENT
    return f"{shown}%" if is_share and shown[-1:].isdigit() else shown


def _before(reading: Reading, mention: Mention) -> tuple[int, int]:
    """The tokens of the label before a figure: back to a mark, another figure or an announcement."""
    tokens, end = reading.tokens, mention.first
    if end and tokens[end - 1].key == ":":
        end -= 1
    first = end
    while first > 0 and end - first < _MOST_BEFORE and tokens[first - 1].kind is TokenKind.WORD:
        first -= 1
    cues = reading.cues_between(first, end)
    starts = [cue.last for cue in cues if cue.tags & _ANNOUNCING]
    if first and tokens[first - 1].kind is TokenKind.NUMBER:
        # "57 of one sort and 32 of another": the words up to "and" are of the figure before.
        joined = [cue.last for cue in cues if _AND in cue.tags]
        starts.append(joined[-1] if joined else end)
    return max([first, *starts]), end


def _after(reading: Reading, mention: Mention) -> tuple[int, int]:
    tokens, first = reading.tokens, mention.last
    last = first
    while last < len(tokens) and last - first < _MOST_AFTER and tokens[last].kind is TokenKind.WORD:
        last += 1
    cues = reading.cues_between(first, last)
    return first, min([last, *(cue.first for cue in cues if cue.tags & _ANNOUNCING or _AND in cue.tags)])


def _trimmed(reading: Reading, first: int, last: int) -> str:
    """The words of a stretch without those that only announce or link, as the text writes them."""
    moved = True
    while moved and first < last:
        moved = False
        for cue in reading.cues_between(first, last):
            if not cue.tags & _NO_PART_OF_NAME:
                continue
            if cue.first == first:
                first, moved = min(cue.last, last), True
            elif cue.last == last:
                last, moved = cue.first, True
    if first >= last:
        return ""
    return reading.quote(reading.tokens[first].start, reading.tokens[last - 1].end)
