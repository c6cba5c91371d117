"""Plain text and Markdown → `Document`, with line and column of every piece of text."""

from __future__ import annotations

import os
import re
from dataclasses import dataclass, field
from functools import partial

from validator.model.document import Anchor, Document
from validator.model.location import Location
from validator.model.verdict import Severity
from validator.readers.assembly import assemble
from validator.readers.bounds import Bounds
from validator.readers.clean import Cleaned, clean_line
from validator.readers.compartment import Compartments
from validator.readers.encoding import TextResult, decode
from validator.readers.formats import MARKDOWN
from validator.readers.joining import is_footnote, is_full, join
from validator.readers.legacy_encoding import decoded, recognised
from validator.readers.numbering import split_marker
from validator.readers.paragraph import RawCell, RawItem, RawParagraph, RawTable
from validator.readers.reader import DocumentResult, Input, Unreadable
from validator.readers.regular import open_regular

_HASHES = re.compile(r"\s{0,3}(#{1,6})\s+(?=\S)")
_STRONG = re.compile(r"\s*(?:#{1,6}\s+)?[*_]{2,3}(?=\S).*[*_]{2,3}[\s:.]*\Z")
_STRUCK = re.compile(r"~~(?=[^\s~])[^~\n]+(?<=[^\s~])~~")
_PIPES = re.compile(r"\s*\|.*\|\s*\Z")
_FIGURE = re.compile(r"\s*\d[\d.,\s]*%?\s*")
_PIPE_RULE = re.compile(r"[\s|:-]+\Z")
_RULE = re.compile(r"\s*(?:[-_=*]\s*){3,}\Z")
MOST_BYTES = 20_000_000
_SEMICOLON, _LEAST_MARKS, _LEAST_ROWS = ";", 2, 3
_LONG = 90
_SHORT = 30
_PAGE_BREAK_LINES = 2
_SAMPLE = 200_000


def read(given: Input) -> DocumentResult:
    """Read a text file, whatever its encoding."""
    result = decode_file(given)
    if result.text is None:
        return DocumentResult(document=None, problems=result.problems)
    bounds, apart = Bounds(), Compartments(given.file)
    text, struck = bounds.lines(bounds.text(_lined(result.text))), 0
    if given.media_type == MARKDOWN:
        text, struck = _STRUCK.subn(lambda found: " " * len(found[0]), text)
    items = text_items(text, apart)
    blocks = assemble(given.file, items, apart)
    document = Document(file=given.file, media_type=given.media_type, blocks=blocks)
    notes = [given.problem("struck-text", Severity.INFO, count=struck)] if struck else []
    problems = (*result.problems, *notes, *apart.told(), *bounds.problems(given))
    return DocumentResult(document=document, problems=problems)


def decode_file(given: Input) -> TextResult:
    """Return the text of a file; text in a font encoding older than Unicode is converted."""
    return decode_text(bytes_of(given), given)


def bytes_of(given: Input) -> bytes:
    """Return the content of a file that is text; of one that is too large nothing is read."""
    with open_regular(given.path) as file:
        size = os.fstat(file.fileno()).st_size
        data = file.read(MOST_BYTES + 1)
    if len(data) > MOST_BYTES:
        raise Unreadable("too-large", size=size // 1_000_000, most=MOST_BYTES // 1_000_000)
    return data


def decode_text(data: bytes, given: Input) -> TextResult:
    """Return the text that *data* is; text in a font encoding older than Unicode is converted."""
    result = decode(data, given.file)
    if result.text is None:
        return result
    is_legacy = any(problem.code == "read/assumed-encoding" for problem in result.problems)
    text = data.decode("latin-1") if is_legacy and b"\x00" not in data else result.text
    encoding = recognised(text[:_SAMPLE])
    if encoding is None:
        return result
    note = given.problem("legacy-font", Severity.INFO, encoding=encoding.upper(), count=1)
    return TextResult(text=decoded(text, encoding), problems=(note,))


@dataclass(slots=True)
class _Gathered:
    """The lines of the text, what was made of them so far, and the blank lines just passed."""

    lines: list[str]
    wrap: int
    items: list[RawItem] = field(default_factory=list)
    blank: int = 0


def text_items(text: str, apart: Compartments) -> list[RawItem]:
    """Return the paragraphs and tables of *text*; what cannot be read is told by *apart*."""
    lines = _lined(text).split("\n")
    gathered = _Gathered(lines, _wrap_width(lines))
    number = 0
    while number < len(lines):
        take = partial(_take, gathered, number)
        number = apart.one(Location(line=number + 1), take, number + 1)
    return gathered.items


def _lined(text: str) -> str:
    """Return *text* with all line ends in one spelling."""
    return text.replace("\r\n", "\n").replace("\r", "\n")


def _take(gathered: _Gathered, number: int) -> int:
    """Take a table or a line from line *number* on and return the number of the next."""
    line = gathered.lines[number]
    if "\f" in line:
        gathered.blank += _PAGE_BREAK_LINES + 1
        gathered.lines[number] = line = line.replace("\f", " ")
    if not line.strip():
        gathered.blank += 1
        return number + 1
    lines = gathered.lines
    if _is_tabbed(line) or _PIPES.match(line) or _is_piped(lines, number) or _has_semicolons(lines, number):
        return _take_table(gathered, number)
    if not _RULE.match(line):
        _take_line(gathered, number, line)
    gathered.blank = 0
    return number + 1


def _take_line(gathered: _Gathered, number: int, line: str) -> None:
    """Add a line as a paragraph, or join it to the one it goes on from."""
    hashes = _HASHES.match(line)
    start = hashes.end() if hashes else 0
    cleaned = clean_line(line[start:])
    if not cleaned.text.strip():
        return
    raw = RawParagraph(
        text=cleaned.text.rstrip(),
        anchors=_anchors(cleaned, number + 1, start),
        heading=len(hashes.group(1)) if hashes else 0,
        strong=bool(_STRONG.match(line)),
        after_page_break=gathered.blank > _PAGE_BREAK_LINES,
        indent=len(line.expandtabs(4)) - len(line.expandtabs(4).lstrip()),
    )
    before = _joinable(gathered, raw)
    if before is None:
        gathered.items.append(raw)
    else:
        join(before, raw)


def _joinable(gathered: _Gathered, raw: RawParagraph) -> RawParagraph | None:
    """Return the paragraph whose next wrapped line *raw* is, or None where it begins one."""
    if gathered.blank or raw.heading or not gathered.items:
        return None
    before = gathered.items[-1]
    if not isinstance(before, RawParagraph) or before.heading or is_footnote(raw) or is_full(before):
        return None
    if split_marker(raw.text.lstrip())[0] is not None:
        return None
    return before if is_footnote(before) or _is_wrapped(gathered, before, raw) else None


def _is_wrapped(gathered: _Gathered, before: RawParagraph, raw: RawParagraph) -> bool:
    """Whether *raw* is the next line of *before* in a text with wrapped lines."""
    if before.strong or raw.strong:
        return before.strong and raw.strong and len(before.text) > gathered.wrap // 2
    last = before.anchors[-1].line or 1
    full = len(gathered.lines[last - 1].rstrip()) >= gathered.wrap * 8 // 10
    return full or (raw.text.lstrip()[0].islower() and len(before.text) > gathered.wrap)


def _anchors(cleaned: Cleaned, line: int, start: int) -> tuple[Anchor, ...]:
    """Return the anchors of one cleaned line that began at column *start*."""
    return tuple(Anchor(now, line, start + before + 1) for now, before in cleaned.shifts)


def _wrap_width(lines: list[str]) -> int:
    """Return the width at which lines are wrapped: that of most of the longer lines."""
    widths = sorted(len(line.rstrip()) for line in lines if len(line.strip()) > _SHORT)
    if not widths:
        return _LONG
    return widths[len(widths) * 9 // 10]


def _is_tabbed(line: str) -> bool:
    """Whether a line is a row of a table whose cells are parted by tabs."""
    if "\t" not in line.rstrip().lstrip(" "):
        return False
    # A line whose last tab has nothing before it is only indented.
    return bool(line[: line.rindex("\t")].strip())


def _is_piped(lines: list[str], number: int) -> bool:
    """Whether a table begins at line *number* whose cells are parted by strokes, none around the row.

    One stroke may stand in any sentence, and a scan has some where lines of a table were: lines with
    one are a table only where three follow each other and figures stand alone behind most strokes.
    """
    strokes = lines[number].count("|")
    following = lines[number + 1 : number + (2 if strokes > 1 else 3)]
    if not strokes or not following or any(line.count("|") != strokes for line in following):
        return False
    behind = [line.partition("|")[2] for line in (lines[number], *following)]
    return strokes > 1 or sum(bool(_FIGURE.fullmatch(cell)) for cell in behind) > 1


def _has_semicolons(lines: list[str], number: int) -> bool:
    """Whether a table with cells parted by semicolons begins at line *number*: figures in both next rows."""
    marks = lines[number].count(_SEMICOLON)
    following = lines[number + 1 : number + _LEAST_ROWS]
    if marks < _LEAST_MARKS or len(following) < _LEAST_ROWS - 1:
        return False
    return all(line.count(_SEMICOLON) == marks and _is_row_of_figures(line) for line in following)


def _is_row_of_figures(line: str) -> bool:
    """Whether all cells between semicolons are figures but the first."""
    return all(_FIGURE.fullmatch(cell) for cell in line.split(_SEMICOLON)[1:])


def _take_table(gathered: _Gathered, number: int) -> int:
    """Take the rows of a table from line *number* on and return the number of the next line."""
    tabbed = _is_tabbed(gathered.lines[number])
    table = RawTable(cells=[])
    row, last, width = 0, number, 0
    broken: set[int] = set()
    while number < len(gathered.lines):
        line = gathered.lines[number]
        number += 1
        if not line.strip():
            if tabbed and "\t" in line:
                row += 1
            continue
        cells = _split(line, tabbed=tabbed, width=width)
        if not cells or (row and last < number - 2 and abs(len(cells) - width) > 1):
            break
        if _PIPE_RULE.match(line) and not tabbed:
            last = number - 1
            continue
        if row and last < number - 2:
            broken.add(row)
        for column, (offset, text) in enumerate(cells):
            table.cells.append(_cell(text, row, column, number, offset))
        row, last, width = row + 1, number - 1, max(width, len(cells))
    table.broken_before = frozenset(broken)
    gathered.items.append(table)
    gathered.blank = 0
    return last + 1


def _split(line: str, *, tabbed: bool, width: int) -> list[tuple[int, str]]:
    """Return offset and text of each cell of *line*, none where it is no row."""
    if tabbed:
        is_row = _is_tabbed(line) or line.count("\t") == width - 1 > 0
        parts = line.split("\t") if is_row else []
        offset = 0
    elif _PIPES.match(line):
        parts = line.strip()[1:-1].split("|")
        offset = line.index("|") + 1
    elif "|" in line and (not width or line.count("|") == width - 1):
        parts, offset = line.split("|"), 0
    elif line.count(_SEMICOLON) >= _LEAST_MARKS and (
        not width or (line.count(_SEMICOLON) == width - 1 and _is_row_of_figures(line))
    ):
        parts, offset = line.split(_SEMICOLON), 0
    else:
        return []
    cells: list[tuple[int, str]] = []
    for part in parts:
        cells.append((offset, part))
        offset += len(part) + 1
    return cells


def _cell(text: str, row: int, column: int, line: int, offset: int) -> RawCell:
    """Return the cell that stands at *offset* of *line*."""
    lead = len(text) - len(text.lstrip())
    return RawCell(
        text=clean_line(text.strip()).text,
        row=row,
        column=column,
        line=line,
        text_column=offset + lead + 1,
    )
