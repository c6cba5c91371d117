"""The numbers of a passage: what each is written as, and whether it is a figure or something else."""

from __future__ import annotations

import re
from bisect import bisect_right
from enum import Enum
from functools import cache
from operator import itemgetter
from typing import TYPE_CHECKING

from validator.model.field import FieldType
from validator.model.record import record
from validator.readers.notation import HARD_BLANKS
from validator.text.fold import Folded, fold, folded

if TYPE_CHECKING:
    from validator.binding.recognition import Recognition
    from validator.readers.notation import Notation

FIGURE, DATE, OTHER = "\ue000", "\ue001", "\ue002"
"""What a number is replaced by in a masked text: a figure, a date, something else."""

_NUMBER = re.compile(r"(?:(?<![a-z0-9])|(?<=[^a-z0-9][a-z]))[0-9](?:[0-9.,]*[0-9])?")
# Letters that are typed or scanned for digits, at the end of a number.
_MISREAD = re.compile(r"[loi](?![a-z0-9])")
# A machine that misreads letters as digits does so within words.
_NOISY_NUMBER = re.compile(r"(?<![a-z0-9])[0-9](?:[0-9.,]*[0-9])?(?![a-ce-z])")
_GROUPED = re.compile(r"(?<![0-9.,])[1-9][0-9]{0,2}(?: [0-9]{3})+(?:,[0-9]+)?(?![0-9]|[.,][0-9])")
# An amount or a percentage is never the number of a paragraph or of a rank.
_OF_PLAIN_NUMBERS = frozenset({"legal", "period", "ordinal", "phone"})
_GROUP_BLANKS = frozenset(HARD_BLANKS)


class NumberKind(Enum):
    """What a number is written as."""

    PLAIN = "plain"
    PERCENT = "percent"
    MONEY = "money"
    DATE = "date"
    GARBLED = "garbled"


@record
class Number:
    """A number of a text: ``raw`` with its percent sign or money words, at ``start`` to ``end``.

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


def mask(text: str, known: Recognition, notation: Notation, *, noisy: bool = False) -> Masked:
    """Find the numbers of *text* and put a mask in the place of each."""
    seen = fold(text)
    spans = _spans(text, seen, known, notation, _NOISY_NUMBER if noisy else _NUMBER)
    parts: list[str] = []
    numbers: list[Number] = []
    done = 0
    for start, end, kind, other in spans:
        first, last = seen.span(start, end)
        raw = text[first:last].strip()
        written, coin = kind, _partner(text, seen, end, spans) if kind is NumberKind.PLAIN else ""
        if kind not in (NumberKind.DATE, NumberKind.PERCENT) and not other and _is_garbled(raw, notation):
            written = NumberKind.GARBLED
        elif coin:
            written, raw = NumberKind.MONEY, f"{raw} {coin}"
        number = Number(
            kind=written, raw=raw, start=first, end=last, other=other, is_weak=other in known.weak
        )
        parts += [seen.text[done:start], number.mask]
        numbers.append(number)
        done = end
    parts.append(seen.text[done:])
    return Masked(text=known.abbreviations.shorten("".join(parts)), numbers=tuple(numbers))


def _is_garbled(raw: str, notation: Notation) -> bool:
    """Whether the separators of a number do not agree, as in 49,14,52."""
    digits = re.match(r"[0-9.,]*[0-9]", raw)
    return digits is not None and notation.parse(digits[0], FieldType.NUMBER) is None


def _partner(text: str, seen: Folded, end: int, spans: list[Span]) -> str:
    """Return the money words of the amount after a stroke, which both amounts share."""
    after = bisect_right(spans, end, key=itemgetter(0))
    for start, last, kind, _ in spans[after : after + 1]:
        if kind is NumberKind.MONEY and seen.text[end:start].strip() == "/":
            first, stop = seen.span(start, last)
            return text[first:stop].lstrip("0123456789., ")
    return ""


Span = tuple[int, int, NumberKind, str]


def _spans(
    text: str, seen: Folded, known: Recognition, notation: Notation, digits: re.Pattern[str]
) -> list[Span]:
    """Return where numbers stand in the folded text, dates first, none within another."""
    others = [
        (kind, [each.span() for each in pattern.finditer(seen.text)]) for kind, pattern in known.numbers
    ]
    taken = [each.span() for each in known.whole_dates.finditer(seen.text)]
    found: list[Span] = [(*span, NumberKind.DATE, "date") for span in taken]
    for start, end in _plain_numbers(text, seen, digits):
        if _last_from(taken, end - 1)[1] > start:
            continue
        tail, kind = _tail(seen.text, end, notation, known)
        other = next((name for name, spans in others if end <= _last_from(spans, start)[1]), "")
        other = "" if kind is not NumberKind.PLAIN and other in _OF_PLAIN_NUMBERS else other
        found.append((start, end if other else tail, NumberKind.PLAIN if other else kind, other))
    return _compounds(text, seen, sorted(found), notation)


def _compounds(text: str, seen: Folded, spans: list[Span], notation: Notation) -> list[Span]:
    """Make amounts in falling scales that follow each other at once the one amount that they are."""
    found: list[Span] = []
    for start, end, kind, other in spans:
        high = found[-1] if found else (0, 0, NumberKind.PLAIN, "")
        if kind is high[2] is NumberKind.MONEY and not seen.text[high[1] : start].strip():
            first, last = seen.span(high[0], end)
            if notation.parse(text[first:last], FieldType.MONEY) is not None:
                found[-1] = (high[0], end, kind, other)
                continue
        found.append((start, end, kind, other))
    return found


def _plain_numbers(text: str, seen: Folded, digits: re.Pattern[str]) -> list[tuple[int, int]]:
    """Return the numbers, those that hard blanks group in threes as one."""
    grouped = [
        each.span()
        for each in _GROUPED.finditer(seen.text)
        if all(
            text[seen.starts[place]] in _GROUP_BLANKS
            for place in range(*each.span())
            if seen.text[place] == " "
        )
    ]
    single = [
        each.span()
        for each in digits.finditer(seen.text)
        if each.start() >= _last_from(grouped, each.start())[1]
        and text[seen.starts[each.start()]].isdecimal()
    ]
    return sorted([*grouped, *single])


def _last_from(spans: list[tuple[int, int]], place: int) -> tuple[int, int]:
    """Return the last of some spans in order, none within another, that begins at or before *place*."""
    after = bisect_right(spans, place, key=itemgetter(0))
    return spans[after - 1] if after else (0, 0)


def _tail(text: str, end: int, notation: Notation, known: Recognition) -> tuple[int, NumberKind]:
    """Return where the number ends with its percent sign or money words, and what that makes it."""
    percent, money = _tails(notation, known)
    if found := percent.match(text, end):
        return found.end(), NumberKind.PERCENT
    if found := money.match(text, end):
        return found.end(), NumberKind.MONEY
    if found := _MISREAD.match(text, end):
        return found.end(), NumberKind.GARBLED
    return end, NumberKind.PLAIN


@cache
def _patterns(
    percent: frozenset[str],
    scales: frozenset[str],
    currency: frozenset[str],
    not_scales: frozenset[str],
    not_money: frozenset[str],
) -> tuple[re.Pattern[str], re.Pattern[str]]:
    def any_of(each: frozenset[str]) -> str:
        return "|".join(re.escape(word) for word in sorted(each, key=len, reverse=True)) or "(?!)"

    scale = rf"(?:{any_of(scales)})(?![a-z0-9])"
    coin = rf"(?:{any_of(currency)})(?![a-z0-9])"
    none = rf"(?! ?(?:{any_of(not_money | not_scales)})(?![a-z0-9]))"
    return (
        re.compile(rf" ?(?:%|(?:{any_of(percent)})(?![a-z0-9]))"),
        re.compile(rf"{none}(?: ?{scale}){{0,2}} ?{coin}|{none}(?: ?{scale}){{1,2}}"),
    )


def _tails(notation: Notation, known: Recognition) -> tuple[re.Pattern[str], re.Pattern[str]]:
    data = notation.data
    return _patterns(
        _folded(data.percent), _folded(data.scales), _folded(data.currency), frozenset(), known.not_money
    )


def _folded(names: object) -> frozenset[str]:
    return frozenset(folded(each) for each in names) - {""}  # type: ignore[attr-defined]
