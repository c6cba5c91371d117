"""Two readings of one page of a scan → its words, each figure with how sure it is."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from validator.model.document import Seen
from validator.model.record import evolve, record
from validator.readers.pdf_page import Length, Word

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

_LEAST_CONFIDENCE, _GARBLED = 60, 30
"""Per cent under which a figure is in doubt, and any word."""
_BULLETS = frozenset("-+•*")
_DIGIT = re.compile(r"[0-9]")
_ENDS = ".,;:()[]\"'“”’|_-–—"
_BAND = 24
"""Points of height in which words are looked for together."""


@record(kw_only=False)
class Spot:
    """A word that was recognised: the box of its ink, in points, its base line, size and confidence."""

    text: str
    left: Length
    bottom: Length
    right: Length
    top: Length
    base: Length
    size: Length
    confidence: int


def compared(first: list[Spot], second: list[Spot]) -> list[Word]:
    """Return the words of the *first* reading, and figures that only the *second* one has.

    A figure that the two read differently, or without confidence, is in doubt, and so is what reads
    so badly that it may be a figure.
    """
    own, others = _Bands(first), _Bands(second)
    words = [_word(spot, list(others.over(spot))) for spot in first]
    words += [_word(spot, []) for spot in second if _has_digit(spot) and not any(own.over(spot))]
    return words


def numbered(words: list[Word]) -> list[Word]:
    """Return *words*, the figures among them with the line of the page that they stand in.

    Lines are counted as people do: from the top, whatever stands at one height as one; specks are none.
    """
    lines: list[Length] = []
    printed = (word for word in words if sum(map(str.isalnum, word.text)) > 1)
    for word in sorted(printed, key=lambda each: -each.base):
        if not lines or lines[-1] - word.base > word.size / 2:
            lines.append(word.base)
    for word in words:
        if word.seen is not None:
            above = sum(base >= word.base - word.size / 2 for base in lines)
            word.seen = evolve(word.seen, line=max(1, above))
    return words


class _Bands:
    """The words of a reading by height, so that each is compared with its neighbours only."""

    def __init__(self, spots: Iterable[Spot]) -> None:
        self._bands: dict[int, list[Spot]] = {}
        for spot in spots:
            self._bands.setdefault(int(spot.bottom // _BAND), []).append(spot)

    def over(self, spot: Spot) -> Iterator[Spot]:
        """Yield the words that lie over the middle of *spot*, or whose middle it lies over."""
        band = int(spot.bottom // _BAND)
        for near in (band - 1, band, band + 1):
            for other in self._bands.get(near, ()):
                across = min(spot.right, other.right) - max(spot.left, other.left)
                upright = min(spot.top, other.top) - max(spot.bottom, other.bottom)
                narrow = min(spot.right - spot.left, other.right - other.left)
                low = min(spot.top - spot.bottom, other.top - other.bottom)
                if across * 2 > narrow and upright * 2 > low:
                    yield other


def _word(spot: Spot, others: list[Spot]) -> Word:
    """Return *spot* as a word, held against what another reading has at its place."""
    others.sort(key=lambda other: other.left)
    text, other = spot.text, "".join(each.text for each in others)
    if len(others) == 1 and _is_better(others[0], spot):
        text, other = other, text
    least = min([spot.confidence, *(each.confidence for each in others)])
    differ = text.strip(_ENDS) != other.strip(_ENDS)
    is_figure = any(map(_has_digit, (spot, *others)))
    is_unclear = least < (_LEAST_CONFIDENCE if is_figure else _GARBLED)
    seen = None
    if is_figure or (is_unclear and text not in _BULLETS):
        box = (round(spot.left), round(spot.bottom), round(spot.right), round(spot.top))
        doubt = is_unclear or differ
        seen = Seen(text, box, least, doubt=doubt, other=other if differ else "")
    return Word(text, spot.left, spot.right, spot.base, max(spot.size, 1), 0, 0, seen)


def _is_better(one: Spot, other: Spot) -> bool:
    """Whether *one* is the likelier reading: it has a digit, as the other may have, and is more certain."""
    return (_has_digit(one), one.confidence) > (_has_digit(other), other.confidence)


def _has_digit(spot: Spot) -> bool:
    return _DIGIT.search(spot.text) is not None
