"""Pages of scanned PDF files → words with their places; each page is read at two sizes."""

from __future__ import annotations

import math
import time
from contextlib import ExitStack
from functools import cached_property
from statistics import median
from typing import TYPE_CHECKING, Any, Self

from validator.model.record import evolve
from validator.readers.ocr_engine import open_engine
from validator.readers.ocr_image import Ruled, ink_of, turned
from validator.readers.ocr_reading import Spot, compared, numbered
from validator.readers.pdf_page import Length, Page
from validator.readers.pdf_table import boxes_of
from validator.readers.reader import Unreadable

if TYPE_CHECKING:
    from collections.abc import Iterator
    from types import TracebackType

    from validator.readers.ocr_engine import Engine

_SIZES = (300, 200)
"""Dots an inch of the two readings."""
_INCH = 72
_MOST_DOTS = 6_000
"""Along a side of a picture: pages larger than a poster are read at a smaller size."""
_WHITE = 255
_EDGE, _INSIDE = 30, 1
_STRAIGHT = 0.001
_POOR = 55
_ALIKE = 6

Look = tuple[list[Spot], Ruled]


class Recogniser:
    """Reads pages of a PDF as pictures, within so many *seconds* for all of them."""

    def __init__(self, seconds: int) -> None:
        self._opened = ExitStack()
        self._seconds = seconds
        self._end = time.monotonic() + seconds

    @cached_property
    def _engine(self) -> Engine:
        return self._opened.enter_context(open_engine())

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, fault: BaseException | None, trace: TracebackType | None
    ) -> None:
        self._opened.__exit__(kind, fault, trace)

    def read(self, document: Any, number: int) -> Page:
        """Return page *number* (from 1) of an open pdfium *document* as it is seen."""
        _ = self._engine  # what it lacks is told before pictures are made, for which it brings a library too
        page = document[number - 1]
        try:
            width, height = page.get_size()
            most = _MOST_DOTS * _INCH / max(width, height)
            large, small = (max(1, round(min(size, most))) for size in _SIZES)
            look, turn = self._upright(page, large)
            second, _ = self._look(page, small, turn)
        finally:
            page.close()
        if turn % 180:
            width, height = height, width
        words = numbered(compared(look[0], second))
        return Page(number, width, height, words, look[1].rulings(), has_picture=True, is_recognised=True)

    def _upright(self, page: Any, dots: int) -> tuple[Look, int]:
        """Return what is read of a page, turned so that it reads best, and by how much that is."""
        look = self._look(page, dots, 0)
        letters = sum(len(spot.text) for spot in look[0])
        if not letters or _certainty(look) >= _POOR * letters:
            return look, 0
        tries = [(look, 0), *((self._look(page, dots, turn), turn) for turn in (90, 180, 270))]
        return max(tries, key=lambda tried: _certainty(tried[0]))

    def _look(self, page: Any, dots: int, turn: int) -> Look:
        """Return the words of a page at so many dots an inch, and its ruling lines."""
        engine = self._engine  # says what is not installed before a picture is asked for
        picture = page.render(scale=dots / _INCH, rotation=turn, grayscale=True).to_pil().convert("L")
        skew = engine.skew(picture, dots)
        if abs(skew) > _STRAIGHT:
            picture = turned(picture, math.degrees(skew))
        ruled = Ruled(picture, dots / _INCH)
        clear = ruled.erased(picture)
        sheet = _Sheet(picture.height, dots)
        cells = [sheet.part(box) for box in boxes_of(ruled.rulings())]
        spots: list[Spot] = []
        for box in cells:
            spots += self._spots(sheet, clear.crop(box), box[:2], whole=False)
            clear.paste(_WHITE, box)
        spots += self._spots(sheet, clear, (0, 0), whole=True)
        return _evened(spots), ruled

    def _spots(self, sheet: _Sheet, picture: Any, corner: tuple[int, int], *, whole: bool) -> Iterator[Spot]:
        """Yield the words of the part of a page that begins at *corner*."""
        if time.monotonic() > self._end:
            raise Unreadable("ocr-timeout", seconds=self._seconds)
        found = ink_of(picture, _EDGE)
        if found is None:
            return
        inked, (x, y) = found
        across, down = corner[0] + x, corner[1] + y
        for word in self._engine.words(inked, sheet.dots, whole=whole):
            yield Spot(
                word.text,
                sheet.along(across + word.left),
                sheet.up(down + word.bottom),
                sheet.along(across + word.right),
                sheet.up(down + word.top),
                sheet.up(down + word.base),
                sheet.along(word.size),
                word.confidence,
            )


class _Sheet:
    """Dots of a picture of a page, from its upper left corner, and points, from the lower left one."""

    def __init__(self, height: int, dots: int) -> None:
        self.height = height
        self.dots = dots

    def along(self, dot: int) -> Length:
        return dot * _INCH / self.dots

    def up(self, dot: int) -> Length:
        return (self.height - dot) * _INCH / self.dots

    def part(self, box: tuple[Length, ...]) -> tuple[int, int, int, int]:
        """Return what lies inside the edges of a cell."""
        left, bottom, right, top = (round(edge * self.dots / _INCH) for edge in box)
        inside = round(_INSIDE * self.dots / _INCH)
        start, above = left + inside, self.height - top + inside
        return start, above, max(start + 1, right - inside), max(above + 1, self.height - bottom - inside)


def _certainty(look: Look) -> int:
    return sum(spot.confidence * len(spot.text) for spot in look[0])


def _evened(spots: list[Spot]) -> list[Spot]:
    """Give words of nearly the usual size that size: what is measured of letters wavers."""
    if not spots:
        return spots
    usual = median(spot.size for spot in spots)
    return [spot if abs(spot.size - usual) * _ALIKE > usual else evolve(spot, size=usual) for spot in spots]
