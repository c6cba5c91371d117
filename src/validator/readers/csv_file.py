"""CSV files that hold tables of a document → `Document`; the delimiter is found, not asked for."""

from __future__ import annotations

import csv
from collections import Counter

from validator.model.document import Document
from validator.model.location import Location
from validator.model.problem import Problem
from validator.model.verdict import Severity
from validator.readers.assembly import assemble
from validator.readers.bounds import Bounds
from validator.readers.compartment import Compartments
from validator.readers.csv_shift import Row, Shift, shift_in
from validator.readers.paragraph import RawCell, RawItem
from validator.readers.reader import DocumentResult, Input
from validator.readers.sheet import Grid, column_letters, items_of
from validator.readers.text import decode_file

_DELIMITERS = ",;\t|"
_SAMPLE_LINES = 50
_MOST_CELLS = 100_000
_MOST_FIELD = 10_000_000


def read(given: Input) -> DocumentResult:
    """Read a CSV file."""
    result = decode_file(given)
    if result.text is None:
        return DocumentResult(document=None, problems=result.problems)
    lines = result.text.replace("\r\n", "\n").replace("\r", "\n").split("\n")
    grid = Grid(name="")
    problems = [*result.problems]
    delimiter = delimiter_of(lines)
    rows, fault = _rows(lines, delimiter)
    if delimiter == "," and (shift := shift_in(rows)) is not None:
        return DocumentResult(document=None, problems=(*problems, _shifted(given, shift)))
    _fill(grid, rows)
    if fault is not None:
        place = Location(file=given.file, line=fault)
        code = "too-many-cells" if len(grid.cells) >= _MOST_CELLS else "broken-csv"
        args = {"file": given.path.name, "sheet": given.path.name, "most": _MOST_CELLS, "row": fault}
        problems.append(
            Problem(code=f"document/{code}", location=place, severity=Severity.WARNING, args=args)
        )
    bounds, apart = Bounds(), Compartments(given.file)
    nothing: list[RawItem] = []
    items = apart.one(Location(), lambda: items_of(grid), nothing)
    for item in items:
        item.sheet = None
    blocks = assemble(given.file, bounds.items(items), apart)
    problems += [*apart.told(), *bounds.problems(given)]
    document = Document(file=given.file, media_type=given.media_type, blocks=blocks)
    return DocumentResult(document=document, problems=tuple(problems))


def delimiter_of(lines: list[str]) -> str:
    """Return the delimiter that parts most lines into the same number of cells."""
    sample = [line for line in lines if line.strip()][:_SAMPLE_LINES]
    if sample and sample[0].lower().startswith("sep=") and len(sample[0].strip()) == 5:
        return sample[0].strip()[4]
    best, best_score = ",", 0
    for delimiter in _DELIMITERS:
        try:
            rows = csv.reader(sample, delimiter=delimiter)
            widths = Counter(len(row) for row in rows)
        except csv.Error:
            continue
        width, count = max(widths.items(), key=lambda item: (item[0] > 1, item[1]), default=(1, 0))
        score = count * 10 + min(width, 9) if width > 1 else 0
        if score > best_score:
            best, best_score = delimiter, score
    return best


def _shifted(given: Input, shift: Shift) -> Problem:
    """Return what is told of a file whose figures do not stand in their columns."""
    args = {
        "file": given.path.name,
        "row": shift.row.line,
        "count": shift.row.width,
        "width": shift.width,
        "parted": ",".join(shift.parted).strip(),
    }
    place = Location(file=given.file, line=shift.row.line)
    return Problem(code="document/comma-parts-cells", location=place, args=args)


def _rows(lines: list[str], delimiter: str) -> tuple[list[Row], int | None]:
    """Return the rows of *lines*, and the line at which it had to stop, if any."""
    csv.field_size_limit(_MOST_FIELD)
    start = 1 if lines and lines[0].lower().startswith("sep=") else 0
    reader = csv.reader((f"{line}\n" for line in lines[start:]), delimiter=delimiter)
    rows: list[Row] = []
    count = 0
    try:
        for cells in reader:
            number = len(rows) + 1 + start
            rows.append(Row(number=number, line=reader.line_num + start, cells=tuple(cells)))
            count += sum(1 for text in cells if text.strip())
            if count >= _MOST_CELLS:
                return rows, reader.line_num + start
    except csv.Error:
        return rows, reader.line_num + start
    return rows, None


def _fill(grid: Grid, rows: list[Row]) -> None:
    """Put the cells of *rows* in *grid*."""
    for place, row in enumerate(rows):
        for column, text in enumerate(row.cells):
            if text.strip():
                name = f"{column_letters(column)}{row.number}"
                cell = RawCell(text=text, row=place, column=column, line=row.line, cell=name)
                grid.cells.append(cell)
