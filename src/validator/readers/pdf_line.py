"""Words of PDF pages outside tables → lines → paragraphs."""

from __future__ import annotations

import itertools
import re
from dataclasses import dataclass
from statistics import median
from typing import TYPE_CHECKING

from validator.model.document import Anchor, BlockKind
from validator.model.record import record
from validator.readers.joining import is_full, join, raised
from validator.readers.notation import SUPERSCRIPTS
from validator.readers.numbering import split_marker
from validator.readers.paragraph import RawParagraph
from validator.readers.pdf_page import Length, Page, Word

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

_PAGE_NUMBER = re.compile(r"[-–—\s]*(?:\d{1,4}|[ivxIVX]{1,5})(?:\s*/\s*\d{1,4})?[-–—\s]*\Z")
# A number such as 134/KH-UBND is parted after its hyphen.
_HYPHENATED = re.compile(r"\w-\Z")
_NOTE_NUMBER = re.compile(r"\d{1,3}(?=\s+[^\W\d_])")
_WIDE_GAP = 3
_INDENT = 12


@dataclass(slots=True)
class Line:
    """Words on one base line with no wide gap between them."""

    text: str
    left: Length
    right: Length
    base: Length
    size: Length
    first_width: Length
    strong: bool
    page: int
    beside: bool = False
    seen: tuple[Anchor, ...] = ()


@record
class Measures:
    """What is usual in one document: its margins, the step from line to line, its size."""

    left: Length
    right: Length
    pitch: Length
    size: Length
    indents: bool


def lines_of(page: Page) -> list[Line]:
    """Return the lines of *page* from top to bottom, without its page number."""
    rows: list[list[Word]] = []
    for word in sorted(page.words, key=lambda word: (-word.base, word.left)):
        if rows and abs(rows[-1][0].base - word.base) <= max(word.size, rows[-1][0].size) * 4 / 10:
            rows[-1].append(word)
        else:
            rows.append([word])
    lines = _in_columns([_row_lines(row, page) for row in rows])
    for place in (0, -1):
        if len(lines) > 1 and _is_page_number(lines[place], page):
            del lines[place]
    return lines


def _row_lines(row: list[Word], page: Page) -> list[Line]:
    """Return the lines of one base line: one, or several that stand side by side."""
    parts = list(_parts(sorted(row, key=lambda word: word.left)))
    if len(parts) > 1 and all(_is_figure(part) for part in parts[1:]):
        # A label and its figures, as in a table that no lines rule.
        words = [word for part in parts for word in part]
        whole = _line(words, page, beside=True)
        gaps = [gap for part in parts for gap in ("\t", *" " * (len(part) - 1))]
        whole.text, whole.seen = _joined(words, gaps[1:], page)
        return [whole]
    return [_line(part, page, beside=len(parts) > 1) for part in parts]


def _is_figure(words: list[Word]) -> bool:
    """Whether words are a number and perhaps its unit."""
    return words[0].text[:1].isdigit() and len(words) <= 2


def _in_columns(rows: list[list[Line]]) -> list[Line]:
    """Return the lines of all rows; two columns, as of a letterhead, one after the other."""
    lines: list[Line] = []
    beside: list[list[Line]] = []
    for row in [*rows, []]:
        if len(row) == 2:
            beside.append(row)
            continue
        lines += [left for left, _ in beside] + [right for _, right in beside]
        beside.clear()
        lines += row
    return lines


def measure(lines: list[Line]) -> Measures:
    """Return the measures of a document from all its lines."""
    body = [line for line in lines if not line.beside] or lines
    lefts = sorted(line.left for line in body)
    rights = sorted(line.right for line in body)
    steps = [
        above.base - below.base
        for above, below in itertools.pairwise(body)
        if above.page == below.page and above.base > below.base
    ]
    left = lefts[len(lefts) // 10]
    back = sum(
        below.left < above.left - _INDENT and below.left < left + _INDENT
        for above, below in itertools.pairwise(body)
    )
    return Measures(
        left=left,
        right=rights[len(rights) * 19 // 20],
        pitch=median(steps) if steps else 0,
        size=median(line.size for line in body),
        indents=back * 8 > len(body),
    )


def paragraphs_of(lines: Iterable[Line], usual: Measures) -> list[RawParagraph]:
    """Return the paragraphs that *lines* make, in the same order."""
    paragraphs: list[RawParagraph] = []
    above: Line | None = None
    first = False
    for line in lines:
        raw = _paragraph(line, usual)
        goes_on = above is not None and not _begins(line, above, usual, after_first=first)
        if goes_on and not is_full(paragraphs[-1]):
            last = paragraphs[-1]
            strong = last.strong and raw.strong
            join(last, raw, glue="" if _HYPHENATED.search(last.text) else " ")
            last.strong, last.centred = strong, last.centred and raw.centred
            first = False
        else:
            raw.after_page_break = above is not None and above.page != line.page
            if raw.kind is None and _is_small(line, usual):
                _mark_note(raw, paragraphs)
            paragraphs.append(raw)
            first = True
        above = line
    return paragraphs


def _begins(line: Line, above: Line, usual: Measures, *, after_first: bool) -> bool:
    """Whether *line* begins a paragraph rather than going on from the line above."""
    if line.beside or above.beside or line.strong != above.strong:
        return True
    if _is_centred(line, usual) and _is_centred(above, usual):
        width = above.right - above.left + line.first_width + above.size
        return bool(width < (usual.right - usual.left) * 9 / 10)
    if abs(line.size - above.size) > 1 or line.text[:1] in SUPERSCRIPTS:
        return True
    if split_marker(line.text)[0] is not None and not _is_mid_sentence(line, above, usual):
        return True
    if line.page == above.page:
        if above.base - line.base > usual.pitch * 135 / 100:
            return True
    elif above.text.endswith((".", ";", ":")) and not usual.indents:
        return True
    if above.right + line.first_width + above.size * 3 / 10 < usual.right:
        return True
    if usual.indents and line.left > usual.left + _INDENT:
        return line.left > above.left + _INDENT or (after_first and abs(line.left - above.left) < 4)
    return False


def _is_mid_sentence(line: Line, above: Line, usual: Measures) -> bool:
    """Whether a full line that ends in the middle of a sentence is followed by ``5. Xy``."""
    full = above.right + line.first_width + above.size * 3 / 10 >= usual.right
    ends_open = above.text[-1:].isalnum() or above.text.endswith(",")
    plain_number = re.match(r"\d{1,2}[.)]\s", line.text) is None
    return full and ends_open and plain_number and not line.strong and line.left < usual.left + 4


def _paragraph(line: Line, usual: Measures) -> RawParagraph:
    return RawParagraph(
        text=line.text,
        strong=line.strong,
        centred=_is_centred(line, usual),
        page=line.page,
        anchors=line.seen,
        kind=BlockKind.FOOTNOTE if line.text[:1] in SUPERSCRIPTS else None,
    )


def _is_centred(line: Line, usual: Measures) -> bool:
    """Whether a line stands in the middle between the margins and fills less than all."""
    middle = (line.left + line.right) / 2
    centre = (usual.left + usual.right) / 2
    return bool(abs(middle - centre) < _INDENT and line.left > usual.left + _INDENT)


def _is_small(line: Line, usual: Measures) -> bool:
    return bool(line.size * 10 < usual.size * 9)


def _mark_note(raw: RawParagraph, paragraphs: list[RawParagraph]) -> None:
    """Mark small print as a footnote where it is numbered or stands below another."""
    number = _NOTE_NUMBER.match(raw.text)
    if number is not None:
        raw.kind = BlockKind.FOOTNOTE
        raw.text = raised(number.group()) + raw.text[number.end() :]
    elif paragraphs and paragraphs[-1].kind is BlockKind.FOOTNOTE and paragraphs[-1].page == raw.page:
        raw.kind = BlockKind.FOOTNOTE


def _parts(row: list[Word]) -> Iterator[list[Word]]:
    """Part the words of a base line where a wide gap sets them side by side."""
    part = [row[0]]
    for before, word in itertools.pairwise(row):
        if word.left - before.right > _WIDE_GAP * word.size:
            yield part
            part = []
        part.append(word)
    yield part


def _line(words: list[Word], page: Page, *, beside: bool) -> Line:
    # Raised marks and accents may be drawn apart from the word that they belong to.
    gaps = [
        "" if word.left - before.right < before.size / 20 else " "
        for before, word in itertools.pairwise(words)
    ]
    text, seen = _joined(words, gaps, page)
    if len(words) > 1 and words[0].text.isdigit() and words[0].size * 10 < words[1].size * 8:
        text = raised(words[0].text) + text[len(words[0].text) :]
    return Line(
        text=text,
        left=words[0].left,
        right=words[-1].right,
        base=words[0].base,
        size=median(word.size for word in words),
        first_width=words[0].right - words[0].left,
        strong=all(word.run in page.bold for word in words),
        page=page.number,
        beside=beside,
        seen=seen,
    )


def _joined(words: list[Word], gaps: Iterable[str], page: Page) -> tuple[str, tuple[Anchor, ...]]:
    """Return the text of words with *gaps* between them, and where in it figures were recognised."""
    text = ""
    seen: list[Anchor] = []
    for gap, word in zip(("", *gaps), words, strict=True):
        text += gap
        if word.seen is not None:
            seen.append(Anchor(len(text), page=page.number, seen=word.seen))
        text += word.text
    return text, tuple(seen)


def _is_page_number(line: Line, page: Page) -> bool:
    """Whether a line in the margin at the top or bottom only counts the pages."""
    in_margin = line.base > page.height * 9 / 10 or line.base < page.height / 10
    return in_margin and _PAGE_NUMBER.match(line.text) is not None
