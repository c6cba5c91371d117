"""One page of a PDF → its words and ruling lines with their places, by way of pdfium.

Places are in points from the lower left corner of the page as it is read.
"""

from __future__ import annotations

import ctypes
import itertools
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from typing import Any

from validator.model.document import Seen
from validator.model.record import record
from validator.readers.joining import raised

_BLANKS = frozenset({0, 9, 10, 13, 32, 0x3000})
_LINE_ENDS = frozenset({10, 13})
_NO_BREAK = -1
# What pdfium gives for a hyphen at the end of a line.
_HYPHENS = frozenset({0x02, 0xFFFE, 0xAD})
_HYPHEN = ord("-")
_MOST_CHARACTERS = 200_000
_MOST_RULINGS = 6_000
_THIN = 3.0
_BOLD_WEIGHT = 600

# A length on the page in points; such lengths never meet the numbers of a report.
Length = Any
Point = tuple[Length, Length]
Turn = Callable[[Point], Point]


@dataclass(slots=True)
class Word:
    """Signs that no blank parts: where they begin and end, their base line and size.

    ``first`` is the number of the first sign, ``run`` that of the piece of line it was drawn in;
    ``seen`` says how a figure was recognised in a picture.
    """

    text: str
    left: Length
    right: Length
    base: Length
    size: Length
    first: int
    run: int
    seen: Seen | None = None


@record(kw_only=False)
class Ruling:
    """A straight line along the page or down it; ``at`` is its place across its direction."""

    upright: bool
    at: Length
    start: Length
    end: Length


@dataclass(slots=True)
class Page:
    """What stands on a page; ``number`` counts from 1."""

    number: int
    width: Length
    height: Length
    words: list[Word]
    rulings: list[Ruling]
    has_picture: bool
    bold: frozenset[int] = frozenset()
    is_recognised: bool = False


def read_page(document: Any, number: int) -> Page:
    """Return page *number* (from 1) of an open pdfium *document*."""
    import pypdfium2.raw as pdfium

    page = document[number - 1]
    try:
        width, height = page.get_size()
        turn = _turn(page.get_rotation(), width, height)
        text_page = page.get_textpage()
        try:
            words = list(_words(pdfium, text_page.raw, turn))
            bold = _bold(pdfium, text_page.raw, words)
        finally:
            text_page.close()
        rulings, has_picture = _drawn(pdfium, page, turn)
        return Page(number, width, height, words, rulings, has_picture, bold)
    finally:
        page.close()


def _turn(rotation: int, width: Length, height: Length) -> Turn | None:
    """Return how a point of the page's own space lies on the page as it is read."""
    match rotation:
        case 90:
            return lambda point: (point[1], height - point[0])
        case 180:
            return lambda point: (width - point[0], height - point[1])
        case 270:
            return lambda point: (width - point[1], point[0])
        case _:
            return None


def _words(pdfium: Any, text_page: Any, turn: Turn | None) -> Iterator[Word]:
    """Yield the words of a page in the order in which the file draws them."""
    codes = _codes(pdfium, text_page)
    measure = _Measure(pdfium, text_page, turn)
    start = run = 0
    codes = _rejoined(codes, measure)
    for place, code in enumerate([*codes, 0]):
        if code == _NO_BREAK:
            continue
        if code in _HYPHENS and place + 1 < len(codes):
            # A hyphen at the end of a line: what follows stands on the next one.
            codes[place] = _HYPHEN
            yield measure.word(codes, start, place + 1, run)
            start, run = place + 1, run + 1
            continue
        if code not in _BLANKS:
            continue
        if place > start:
            yield measure.word(codes, start, place, run)
        start = place + 1
        run += code in _LINE_ENDS


def _rejoined(codes: list[int], measure: _Measure) -> list[int]:
    """Return *codes* without the line ends that the library puts inside a word.

    It takes a sign that is drawn from another font for one of another line.
    """
    for place in range(1, len(codes) - 1):
        if codes[place] not in _LINE_ENDS or codes[place - 1] in _BLANKS:
            continue
        after = place + 1
        while after < len(codes) and codes[after] in _LINE_ENDS:
            after += 1
        if after < len(codes) and codes[after] not in _BLANKS and measure.are_one_word(place - 1, after):
            codes[place:after] = [_NO_BREAK] * (after - place)
    return codes


def _codes(pdfium: Any, text_page: Any) -> list[int]:
    """Return the code of each sign of a page."""
    count = min(pdfium.FPDFText_CountChars(text_page), _MOST_CHARACTERS)
    buffer = (ctypes.c_ushort * (count + 1))()
    written = pdfium.FPDFText_GetText(text_page, 0, count, buffer)
    if written == count + 1:
        return list(buffer)[:count]
    # Signs and codes do not correspond one to one, so each sign is asked for.
    return [pdfium.FPDFText_GetUnicode(text_page, place) for place in range(count)]


class _Measure:
    """Asks pdfium for the places of signs."""

    def __init__(self, pdfium: Any, text_page: Any, turn: Turn | None) -> None:
        self.pdfium = pdfium
        self.text_page = text_page
        self.turn = turn
        self._lengths = [ctypes.c_double() for _ in range(4)]

    def word(self, codes: list[int], start: int, end: int, run: int) -> Word:
        """Return the word of the signs from *start* up to *end*."""
        text = "".join(chr(code) for code in codes[start:end] if code != _NO_BREAK)
        size = self.pdfium.FPDFText_GetFontSize(self.text_page, start)
        left, right = self.box(start)
        if end - 1 > start:
            other, end_right = self.box(end - 1)
            left, right = min(left, other), max(right, end_right)
        if text.rstrip(".,;:)")[-1:].isdigit() and not text.isdigit():
            text = self._raised(text, start, size)
        return Word(text, left, right, self._base(start), max(size, 1), start, run)

    def box(self, place: int) -> tuple[Length, Length]:
        """Return where a sign begins and ends along the page."""
        left, right, bottom, top = self._lengths
        self.pdfium.FPDFText_GetCharBox(self.text_page, place, left, right, bottom, top)
        if self.turn is None:
            return left.value, right.value
        one = self.turn((left.value, bottom.value))[0]
        other = self.turn((right.value, top.value))[0]
        return min(one, other), max(one, other)

    def are_one_word(self, before: int, after: int) -> bool:
        """Whether two signs stand on one base line, with less than a blank between them."""
        size = max(self.pdfium.FPDFText_GetFontSize(self.text_page, before), 1)
        if abs(self._base(before) - self._base(after)) > size / 10:
            return False
        gap = self.box(after)[0] - self.box(before)[1]
        return bool(-size / 2 < gap < size / 10)

    def _base(self, place: int) -> Length:
        """Return the height of the line on which a sign stands."""
        x, y = self._lengths[:2]
        self.pdfium.FPDFText_GetCharOrigin(self.text_page, place, x, y)
        return y.value if self.turn is None else self.turn((x.value, y.value))[1]

    def _raised(self, text: str, start: int, size: Any) -> str:
        """Write the small digits of a footnote mark behind a word as raised ones."""
        end = len(text.rstrip(".,;:)"))
        begin = end
        while begin > 0 and text[begin - 1].isdigit():
            begin -= 1
        if begin == 0 or (not text[begin - 1].isalpha() and text[begin - 1] not in '.,;:)"”'):
            return text
        small = self.pdfium.FPDFText_GetFontSize(self.text_page, start + begin)
        if small * 10 > size * 8:
            return text
        return text[:begin] + raised(text[begin:end]) + text[end:]


def _bold(pdfium: Any, text_page: Any, words: list[Word]) -> frozenset[int]:
    """Return the runs of words that are set in bold: both their first and their last word."""
    ends: dict[int, tuple[Word, Word]] = {}
    for word in words:
        ends[word.run] = (ends.get(word.run, (word,))[0], word)
    name = ctypes.create_string_buffer(128)
    flags = ctypes.c_int()

    def is_bold(word: Word) -> bool:
        if pdfium.FPDFText_GetFontWeight(text_page, word.first) >= _BOLD_WEIGHT:
            return True
        length = pdfium.FPDFText_GetFontInfo(text_page, word.first, name, 128, flags)
        return 0 < length <= 128 and b"bold" in name.value.lower()

    return frozenset(run for run, (first, last) in ends.items() if is_bold(first) and is_bold(last))


def _drawn(pdfium: Any, page: Any, turn: Turn | None) -> tuple[list[Ruling], bool]:
    """Return the ruling lines of a page, and whether it holds a picture."""
    rulings: list[Ruling] = []
    has_picture = False
    turned = turn or (lambda point: point)
    for drawn in page.get_objects(max_depth=3):
        if drawn.type == pdfium.FPDF_PAGEOBJ_IMAGE:
            has_picture = True
        elif drawn.type == pdfium.FPDF_PAGEOBJ_PATH and len(rulings) < _MOST_RULINGS:
            rulings.extend(_rulings_of(pdfium, drawn, turned))
    return rulings, has_picture


def _rulings_of(pdfium: Any, drawn: Any, turn: Turn) -> Iterator[Ruling]:
    """Yield the ruling lines that one path draws."""
    count = pdfium.FPDFPath_CountSegments(drawn.raw)
    if count <= 5:
        edges = [ctypes.c_float() for _ in range(4)]
        if not pdfium.FPDFPageObj_GetBounds(drawn.raw, *edges):
            return
        left, bottom, right, top = (edge.value for edge in edges)
        one, other = turn((left, bottom)), turn((right, top))
        yield from _sides(one, other, filled=_is_filled(pdfium, drawn))
        return
    matrix = drawn.get_matrix()
    points: list[Point] = []
    for place in range(min(count, 4 * _MOST_RULINGS)):
        segment = pdfium.FPDFPath_GetPathSegment(drawn.raw, place)
        if pdfium.FPDFPathSegment_GetType(segment) == pdfium.FPDF_SEGMENT_MOVETO:
            yield from _strokes(points)
            points = []
        x, y = ctypes.c_float(), ctypes.c_float()
        pdfium.FPDFPathSegment_GetPoint(segment, x, y)
        points.append(turn(matrix.on_point(x.value, y.value)))
    yield from _strokes(points)


def _is_filled(pdfium: Any, drawn: Any) -> bool:
    """Whether a path is an area of colour without an outline."""
    fill, stroke = ctypes.c_int(), ctypes.c_int()
    pdfium.FPDFPath_GetDrawMode(drawn.raw, fill, stroke)
    return bool(fill.value) and not stroke.value


def _strokes(points: list[Point]) -> Iterator[Ruling]:
    """Yield the ruling lines of one run of a path: a thin box is one line, else each side is."""
    if len(points) < 2:
        return
    xs, ys = [point[0] for point in points], [point[1] for point in points]
    if max(xs) - min(xs) <= _THIN or max(ys) - min(ys) <= _THIN:
        yield from _sides((min(xs), min(ys)), (max(xs), max(ys)), filled=True)
        return
    for one, other in itertools.pairwise(points):
        if abs(one[0] - other[0]) < 1 or abs(one[1] - other[1]) < 1:
            yield from _sides(one, other, filled=True)


def _sides(one: Point, other: Point, *, filled: bool) -> Iterator[Ruling]:
    """Yield the line between two corners, or the four sides of the box that they span."""
    left, right = sorted((one[0], other[0]))
    bottom, top = sorted((one[1], other[1]))
    if right - left <= _THIN and top - bottom > _THIN:
        yield Ruling(upright=True, at=(left + right) / 2, start=bottom, end=top)
    elif top - bottom <= _THIN and right - left > _THIN:
        yield Ruling(upright=False, at=(bottom + top) / 2, start=left, end=right)
    elif not filled and right - left > _THIN:
        for at in (left, right):
            yield Ruling(upright=True, at=at, start=bottom, end=top)
        for at in (bottom, top):
            yield Ruling(upright=False, at=at, start=left, end=right)
