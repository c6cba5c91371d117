"""Where in the text of a block or cell the number of a label stands, if that can be told."""

from __future__ import annotations

import re
import unicodedata
from typing import TYPE_CHECKING

from validator.binding.found import excerpt
from validator.model.record import record
from validator.readers.digit import with_plain_digits

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from validator.render.annotate_plan import Spot

Span = tuple[int, int]

_LEADING_NUMBER = re.compile(r"[0-9](?:[0-9.,]*[0-9])?")
_NAMED = re.compile(r"[^\s\"“”'‘’`()\[\];:]*[0-9][^\s\"“”'‘’`()\[\];:]*")
_CLUSTER = re.compile("[^\u0300-\u036f][\u0300-\u036f]*|[\u0300-\u036f]+")
_LONGEST_MARKER = 60


def span_of(text: str, spot: Spot) -> Span | None:
    """Return where in *text* the number of *spot* stands; None where it may be one of several."""
    if not spot.raw:
        return _span_named(text, spot.title)
    tries = [spot.raw]
    number = _LEADING_NUMBER.match(spot.raw)
    if number is not None and number[0] != spot.raw:
        tries.append(number[0])
    for written in tries:
        found = _fitting(text, list(_occurrences(text, written)), spot.location.excerpt)
        if len(found) == 1:
            return found[0]
        if found:
            return None
    return None


def _span_named(text: str, title: str) -> Span | None:
    """Return where the first figure of a title stands, if the text has it once.

    Figures further on in a title may have been worked out.
    """
    named = _NAMED.search(title)
    found = [] if named is None else list(_occurrences(text, named[0].rstrip(".,")))
    return found[0] if len(found) == 1 else None


def _occurrences(text: str, written: str) -> Iterator[Span]:
    """Yield where *written* stands by itself, not as a part of a longer number."""
    words = [re.escape(word) for word in written.split()]
    if not words:
        return
    before = r"(?<![0-9])(?<![0-9][.,])" if written[:1].isdigit() else ""
    after = r"(?![0-9])(?![.,][0-9])" if written[-1:].isdigit() else ""
    for match in re.finditer(before + r"\s+".join(words) + after, text):
        yield match.span()


def _fitting(text: str, spans: list[Span], around: str | None) -> list[Span]:
    """Return those of *spans* around which the words are as the place says.

    The excerpt of a row tells its words instead; then a number must stand there only once.
    """
    if around is None or len(spans) < 2:
        return spans
    exact = [span for span in spans if excerpt(text, *span) == around]
    if exact:
        return exact
    region = _region(text, around)
    return [] if region is None else [span for span in spans if region[0] <= span[0] and span[1] <= region[1]]


def _region(text: str, around: str) -> Span | None:
    """Return where the words of an excerpt stand, if they do once."""
    words = [re.escape(word) for word in around.strip("…").split()]
    found = [match.span() for match in re.finditer(r"\s+".join(words), text)] if words else []
    return found[0] if len(found) == 1 else None


@record
class Skeleton:
    """The visible characters of a text, composed, and where in the text each stands."""

    text: str
    places: tuple[int, ...]

    @classmethod
    def of(cls, text: str) -> Skeleton:
        """Return the skeleton of *text*."""
        signs: list[str] = []
        places: list[int] = []
        for match in _CLUSTER.finditer(with_plain_digits(text)):
            for sign in unicodedata.normalize("NFC", match.group()):
                if sign.isprintable() and not sign.isspace():
                    signs.append(sign)
                    places.append(match.start())
        return cls(text="".join(signs), places=tuple(places))


def aligned(text: str, sources: Sequence[str]) -> dict[int, tuple[int, int]]:
    """Return for the places of *text* which of its *sources* they came from, and where in it.

    Only what is the same on both sides is told; what is not sure is left out.
    """
    whole = Skeleton.of(text)
    found: dict[int, tuple[int, int]] = {}
    done = 0
    for number, source in enumerate(sources):
        part = Skeleton.of(source)
        at = _overlap(whole.text, done, part.text, is_only=len(sources) == 1)
        if at is None:
            continue
        first, skipped, length = at
        for step in range(length):
            found[whole.places[first + step]] = (number, part.places[skipped + step])
        done = first + length
    return found


def _overlap(whole: str, done: int, part: str, *, is_only: bool) -> tuple[int, int, int] | None:
    """Return where in *whole* *part* stands, how much of it was taken off, and the common length."""
    if not part:
        return None
    if is_only and whole and part.count(whole) == 1:
        return 0, part.index(whole), len(whole)
    first = whole.find(part, done, done + len(part) + _LONGEST_MARKER)
    if first >= 0:
        return first, 0, len(part)
    for skipped in range(1, min(len(part), _LONGEST_MARKER) if done == 0 else 0):
        if whole.startswith(part[skipped:]):
            return 0, skipped, len(part) - skipped
    return None
