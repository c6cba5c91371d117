"""Pictures of pages → their ruling lines, and the pictures without these."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Any

from validator.readers.pdf_page import Ruling

if TYPE_CHECKING:
    from collections.abc import Iterator

_DARK, _WHITE = 160, 255
_SHORTEST = 24
"""Points: longer than any stroke of a letter, shorter than a row is high and a column wide."""
_MARGIN = 2
_FLAT = 4
"""A line is so many times as long as thick."""
_BEYOND = 1 << 40
_MOST_RUNS = 60_000
Run = tuple[int, int, int]
"""A row of dots, and from which to which column (exclusive) it is dark."""


class Ruled:
    """The ruling lines of a page's *picture*, of which *scale* dots are a point."""

    def __init__(self, picture: Any, scale: Any) -> None:
        self.scale = scale
        self.width, self.height = picture.size
        black = picture.point([0 if grey < _DARK else _WHITE for grey in range(256)])
        shortest = int(_SHORTEST * scale)
        self._level = list(_runs(black, shortest))
        self._upright = list(_runs(black.transpose(_transposed()), shortest))

    def rulings(self) -> list[Ruling]:
        """Return the lines in points from the lower left corner."""
        scale, height = self.scale, self.height
        level = [
            Ruling(upright=False, at=(height - row) / scale, start=start / scale, end=end / scale)
            for row, start, end in _lines(self._level)
        ]
        upright = [
            Ruling(upright=True, at=row / scale, start=(height - end) / scale, end=(height - start) / scale)
            for row, start, end in _lines(self._upright)
        ]
        return level + upright

    def erased(self, picture: Any) -> Any:
        """Return *picture* without its lines, so that none is read as a letter."""
        from PIL import ImageDraw

        clear = picture.copy()
        drawing = ImageDraw.Draw(clear)
        for row, start, end in self._level:
            drawing.rectangle((start, row - _MARGIN, end, row + _MARGIN), fill=_WHITE)
        for row, start, end in self._upright:
            drawing.rectangle((row - _MARGIN, start, row + _MARGIN, end), fill=_WHITE)
        return clear


def turned(picture: Any, degrees: Any) -> Any:
    """Return *picture* turned by a little, with white corners."""
    from PIL import Image

    return picture.rotate(degrees, resample=Image.Resampling.BICUBIC, fillcolor=_WHITE)


def ink_of(picture: Any, edge: int) -> tuple[Any, tuple[int, int]] | None:
    """Return the part of *picture* that holds ink, with a white edge, and where it begins."""
    from PIL import ImageOps

    box = picture.point([_WHITE if grey < _DARK else 0 for grey in range(256)]).getbbox()
    if box is None:
        return None
    return ImageOps.expand(picture.crop(box), border=edge, fill=_WHITE), (box[0] - edge, box[1] - edge)


def _transposed() -> Any:
    from PIL import Image

    return Image.Transpose.TRANSPOSE


def _runs(black: Any, shortest: int) -> Iterator[Run]:
    """Yield the long dark runs of each row of dots."""
    width, height = black.size
    dots = black.tobytes()
    dark = re.compile(rb"\x00{%d,}" % shortest)
    count = 0
    for row in range(height):
        for found in dark.finditer(dots, row * width, (row + 1) * width):
            yield row, found.start() - row * width, found.end() - row * width
            count += 1
            if count == _MOST_RUNS:
                return


def _lines(runs: list[Run]) -> Iterator[Run]:
    """Yield the runs of neighbouring rows as one line each; a thick dark area is none."""
    growing: list[list[int]] = []
    for row, start, end in [*runs, (_BEYOND, 0, 0)]:
        for line in [each for each in growing if row - each[3] > 1]:
            growing.remove(line)
            if (line[3] - line[0]) * _FLAT <= line[2] - line[1]:
                yield (line[0] + line[3]) // 2, line[1], line[2]
        for line in growing:
            if start <= line[2] and end >= line[1]:
                line[1:] = [min(line[1], start), max(line[2], end), row]
                break
        else:
            growing.append([row, start, end, row])
