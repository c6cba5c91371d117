"""Marks in the text: which characters belong to which findings, and the text cut along them."""

from __future__ import annotations

from typing import TYPE_CHECKING

from validator.model.record import record

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping

    from validator.render.review_page.locate import Spot

_LONG, _AROUND = 3000, 300
PieceKey = tuple[int, int]


@record
class Mark:
    """Marked characters of a piece and the numbers of the findings about them; none: all of it."""

    start: int
    end: int
    findings: tuple[int, ...]
    id: str = ""


@record(kw_only=False)
class Segment:
    """Text that is marked or not, or ``left_out`` characters of a long text."""

    text: str = ""
    mark: Mark | None = None
    left_out: int = 0


def merged(spots: Iterable[tuple[Spot, int]]) -> dict[PieceKey, tuple[Mark, ...]]:
    """The marks of each piece, made of spots with the number of their finding; none overlap."""
    by_piece: dict[PieceKey, list[tuple[int, int, int]]] = {}
    for spot, finding in spots:
        by_piece.setdefault((spot.passage, spot.piece), []).append((spot.start, spot.end, finding))
    return {key: tuple(_united(spans)) for key, spans in by_piece.items()}


def _united(spans: list[tuple[int, int, int]]) -> Iterator[Mark]:
    start, end, findings = 0, 0, set[int]()
    for first, last, finding in sorted(spans):
        if (findings and first < end) or (first, last) == (start, end):
            end = max(end, last)
        else:
            if findings:
                yield Mark(start=start, end=end, findings=tuple(sorted(findings)))
            start, end, findings = first, last, set()
        findings.add(finding)
    yield Mark(start=start, end=end, findings=tuple(sorted(findings)))


def mark_of(spot: Spot, marks: Mapping[PieceKey, tuple[Mark, ...]]) -> Mark | None:
    """The mark that a spot became a part of."""
    for mark in marks.get((spot.passage, spot.piece), ()):
        if mark.start <= spot.start and spot.end <= mark.end and (spot.end > 0) == (mark.end > 0):
            return mark
    return None


def segments(text: str, marks: tuple[Mark, ...]) -> Iterator[Segment]:
    """*text* along its marks; of a long text only what stands around them, else its beginning."""
    at, is_long = 0, len(text) > _LONG
    for mark in marks:
        if mark.end == 0:
            continue
        yield from _plain(text, at, mark.start, first=at == 0, last=False, is_long=is_long)
        yield from _marked(text, mark)
        at = mark.end
    yield from _plain(text, at, len(text), first=at == 0, last=True, is_long=is_long)


def _marked(text: str, mark: Mark) -> Iterator[Segment]:
    end = min(mark.end, mark.start + _LONG)
    yield Segment(text[mark.start : end], mark)
    if end < mark.end:
        yield Segment(left_out=mark.end - end)


def _plain(text: str, start: int, end: int, *, first: bool, last: bool, is_long: bool) -> Iterator[Segment]:
    """Text between marks, without the middle of it if that is long."""
    if not is_long or end - start <= 2 * _AROUND:
        if start < end:
            yield Segment(text[start:end])
        return
    head = start + (_LONG if first and last else 0 if first else _AROUND)
    tail = end - (0 if last else _AROUND)
    if head > start:
        yield Segment(text[start:head])
    if tail > head:
        yield Segment(left_out=tail - head)
    if end > tail:
        yield Segment(text[tail:end])
