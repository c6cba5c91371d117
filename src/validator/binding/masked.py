"""A passage that was read → its folded words with a sign in the place of each number, for phrases."""

from __future__ import annotations

import re
from bisect import bisect_right
from enum import Enum
from operator import itemgetter
from typing import TYPE_CHECKING

from validator.model.record import record
from validator.text.fold import Folded, fold
from validator.text.mention import MentionKind
from validator.text.token import TokenKind

if TYPE_CHECKING:
    from collections.abc import Iterator

    from validator.binding.recognition import Recognition
    from validator.text.mention import Mention, Reading

FIGURE, DATE, OTHER = "\ue000", "\ue001", "\ue002"
"""What a number is replaced by in a masked text: a figure, a date, something else."""

# An amount or a percentage is never the number of a paragraph or of a rank.
_OF_PLAIN_NUMBERS = frozenset({"legal", "period", "ordinal", "phone"})
_NAME, _YEAR = "ordinal", re.compile(r"(?:19|20)[0-9]{2}")
_NO_FIGURES = {
    TokenKind.DATE: "date",
    TokenKind.MONTH: "date",
    TokenKind.YEARS: "year",
    TokenKind.SYMBOL: "document",
}


class NumberKind(Enum):
    """What a number is written as."""

    PLAIN = "plain"
    PERCENT = "percent"
    MONEY = "money"
    DATE = "date"
    GARBLED = "garbled"


_KINDS = {
    MentionKind.PERCENT: NumberKind.PERCENT,
    MentionKind.POINTS: NumberKind.PERCENT,
    MentionKind.MONEY: NumberKind.MONEY,
}


@record
class Number:
    """A number of a text: ``raw`` with its percent sign or money words, at ``start`` to ``end`` of its block.

    ``other`` names what it is when it is no figure (a date, a document's number …); if that
    ``is_weak`` a phrase may take it all the same.
    """

    kind: NumberKind
    raw: str
    start: int
    end: int
    other: str = ""
    is_weak: bool = False

    @property
    def mask(self) -> str:
        """The character that stands for the number in a masked text."""
        if self.kind is NumberKind.DATE:
            return DATE
        return OTHER if self.other and not self.is_weak else FIGURE


@record
class Masked:
    """A folded, shortened text in which each number is one character, and the numbers in order."""

    text: str
    numbers: tuple[Number, ...]

    @property
    def places(self) -> tuple[int, ...]:
        """Where the mask of each number stands in the text."""
        return tuple(place for place, each in enumerate(self.text) if each in (FIGURE, DATE, OTHER))

    def number_at(self, position: int) -> Number:
        """Return the number whose mask stands at *position* of the text."""
        before = self.text[:position]
        return self.numbers[sum(before.count(each) for each in (FIGURE, DATE, OTHER))]


def mask(reading: Reading, known: Recognition) -> Masked:
    """Put a mask in the place of each number that was read in a passage."""
    text, offset = reading.passage.text, reading.passage.offset
    seen = fold(text)
    parts: list[str] = []
    numbers: list[Number] = []
    done = 0
    for each in sorted(_numbers(reading, seen, known), key=lambda one: one.start):
        start, end = seen.at(each.start), seen.at(each.end - 1) + 1
        if start < done:
            continue
        parts += [seen.text[done:start], each.mask]
        numbers.append(_moved(each, offset))
        done = end
    parts.append(seen.text[done:])
    return Masked(text=known.abbreviations.shorten("".join(parts)), numbers=tuple(numbers))


def _moved(number: Number, offset: int) -> Number:
    return Number(
        kind=number.kind,
        raw=number.raw,
        start=number.start + offset,
        end=number.end + offset,
        other=number.other,
        is_weak=number.is_weak,
    )


def _numbers(reading: Reading, seen: Folded, known: Recognition) -> Iterator[Number]:
    """Yield the numbers of a passage, days written out first: what stands in them is none."""
    text = reading.passage.text
    taken = [seen.span(*found.span()) for found in known.whole_dates.finditer(seen.text)]
    for start, end in taken:
        yield Number(kind=NumberKind.DATE, raw=text[start:end].strip(), start=start, end=end, other="date")
    for token in reading.tokens:
        other = _NO_FIGURES.get(token.kind, "")
        if other and not _is_inside(taken, token.start, token.end):
            kind = NumberKind.DATE if token.kind is TokenKind.DATE else NumberKind.PLAIN
            yield Number(kind=kind, raw=token.text, start=token.start, end=token.end, other=other)
    named = [
        (kind, [seen.span(*found.span()) for found in pattern.finditer(seen.text)])
        for kind, pattern in known.numbers
    ]
    for at, mention in enumerate(reading.mentions):
        if not _is_inside(taken, mention.start, mention.start + 1):
            follows = reading.mentions[at + 1] if at + 1 < len(reading.mentions) else None
            yield _number(reading, mention, follows, named, known)


def _number(
    reading: Reading,
    mention: Mention,
    follows: Mention | None,
    named: list[tuple[str, list[tuple[int, int]]]],
    known: Recognition,
) -> Number:
    token, text = reading.tokens[mention.first], reading.passage.text
    is_name = mention.kind is MentionKind.NAME and token.numeral is not None
    other = next((name for name, spans in named if _is_inside(spans, mention.start, token.end)), "")
    kind = NumberKind.GARBLED if token.numeral is None else _KINDS.get(mention.kind, NumberKind.PLAIN)
    if kind is not NumberKind.PLAIN and other in _OF_PLAIN_NUMBERS:
        other = ""
    if is_name and not other:
        other = "year" if _YEAR.fullmatch(token.text) else _NAME
    end = token.end if other else mention.end
    raw = text[mention.start : end]
    if mention.role == "over" and follows is not None and kind is NumberKind.MONEY and raw == token.text:
        # The amount after a stroke has the money words of both.
        raw += f" {text[reading.tokens[follows.first].end : follows.end].strip()}"
    return Number(
        kind=NumberKind.PLAIN if other and kind is not NumberKind.GARBLED else kind,
        raw=raw,
        start=mention.start,
        end=end,
        other=other,
        is_weak=other in known.weak,
    )


def _is_inside(spans: list[tuple[int, int]], start: int, end: int) -> bool:
    """Whether a stretch stands within one of some spans in order, none within another."""
    after = bisect_right(spans, start, key=itemgetter(0))
    return bool(after) and end <= spans[after - 1][1]
