"""Tables that the form declares → rows: columns by their headings, figures within a column by phrases."""

from __future__ import annotations

from collections import Counter, defaultdict
from typing import TYPE_CHECKING

from validator.binding.appendix import is_code, short_title, split_code
from validator.binding.bind_text import cells_of_text
from validator.binding.found import Found, cell_of, excerpt, fault_of
from validator.binding.narrative import TextBinder, fits, text_targets
from validator.binding.phrase import compile_phrase
from validator.binding.running import Running, running_of
from validator.binding.targets import strings
from validator.binding.written import read_written
from validator.model.document import Block, BlockKind
from validator.model.field import FieldType
from validator.model.reach import Reach, Unbound, reach_of
from validator.model.record import evolve, record
from validator.model.report import Row
from validator.tables.grid import filled, is_numbering, rows_of
from validator.text.fold import folded, words

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from validator.binding.masked import Number
    from validator.binding.recognition import Recognition
    from validator.model.document import Table, TableCell
    from validator.model.field import FieldDef, Form, TableDef
    from validator.model.location import Location
    from validator.model.problem import Problem
    from validator.model.report import Cell
    from validator.readers.notation import Notation

_MOST_HEADER_ROWS = 5


@record
class _Line:
    """One row of the table of a document: its cells by the form's columns, its code, its place."""

    cells: Mapping[str, TableCell]
    code: str
    words: tuple[str, ...]
    location: Location


def score_table(table: Table, form: Form, known: Recognition, notation: Notation) -> Found | None:
    """Return the rows of *table* if it is one that *form* declares, else None."""
    for definition in form.tables.values():
        needs = strings(definition.binding.get("needs"))
        places = _columns(table, definition)
        if needs and all(need in places for need in needs) and _mentions(table, definition):
            return _TableBinder(table, form, definition, known, notation).bind(places)
    return None


def _mentions(table: Table, definition: TableDef) -> bool:
    """Whether the headings have the words that tell the table from others with as many columns."""
    rows = set(table.header_rows) or {0}
    heading = " ".join(folded(cell.text) for cell in table.cells if cell.row in rows)
    return all(folded(each) in heading for each in strings(definition.binding.get("mentions")))


def _columns(table: Table, definition: TableDef) -> dict[str, int]:
    """Return the table's column for each of the form's columns whose heading it has."""
    headings: dict[int, list[tuple[str, ...]]] = defaultdict(list)
    rows = set(table.header_rows) or {0}
    for cell in table.cells:
        if cell.row in rows and cell.row < _MOST_HEADER_ROWS and cell.text.strip():
            for column in range(cell.column, cell.column + cell.column_span):
                headings[column].append(words(cell.text))
    found: dict[str, tuple[int, int]] = {}
    for column, texts in headings.items():
        best = max(((_fit(texts, each), name) for name, each in definition.columns.items()), default=(0, ""))
        if best[0] and best[0] > found.get(best[1], (0, 0))[0]:
            found[best[1]] = (best[0], column)
    return {name: column for name, (_, column) in found.items()}


def _fit(texts: Sequence[tuple[str, ...]], column: FieldDef) -> int:
    """Return how many words of a heading name *column*; a printed column number is proof."""
    best = 0
    whole = tuple(word for text in texts for word in text)
    for each in strings(column.binding.get("headings")):
        name = words(each)
        if len(name) == 1 and name[0].isdigit():
            best = max(best, 100 if (name[0],) in texts else 0)
        elif any(text[: len(name)] == name for text in (*texts, whole)):
            best = max(best, len(name))
    return best


class _TableBinder:
    """Reads the rows of one declared table."""

    def __init__(
        self, table: Table, form: Form, definition: TableDef, known: Recognition, notation: Notation
    ) -> None:
        self.table, self.form, self.definition = table, form, definition
        self.known, self.notation = known, notation
        self.problems: list[Problem] = []
        self.unbound: list[Unbound] = []
        self.others: Counter[str] = Counter()
        self.cells: list[Cell] = []
        self.skip = [words(each) for each in strings(definition.binding.get("skip"))]

    def bind(self, places: Mapping[str, int]) -> Found:
        """Return the rows whose columns stand at *places*."""
        lines = self._lines(places)
        codes = [line.code for line in lines if line.code]
        rows: list[Row] = []
        texts: list[Found] = []
        for line in lines:
            if any(line.words[: len(each)] == each for each in self.skip):
                self._totals(line)
            elif not any(code.startswith(line.code + ".") for code in codes if line.code):
                row, found = self._row(line)
                texts.append(found)
                rows += [row] if row.cells else []
        own = Reach(table_rows=len(rows), others=dict(self.others), unbound=tuple(self.unbound))
        return Found(
            cells=(*self.cells, *(cell for each in texts for cell in each.cells)),
            tables={self.definition.name: tuple(rows)} if rows else {},
            problems=(*self.problems, *(problem for each in texts for problem in each.problems)),
            reach=reach_of([own, *(each.reach for each in texts)]),
        )

    def _lines(self, places: Mapping[str, int]) -> list[_Line]:
        grid = rows_of(cell for cell in self.table.cells if cell.row not in self.table.header_rows)
        found = []
        for number in sorted(grid):
            cells = {name: grid[number][at] for name, at in places.items() if at in grid[number]}
            texts = filled(grid[number])
            if not texts or is_numbering(texts):
                continue
            code = next((each for name, each in self._codes(cells)), "")
            first = next((words(text) for text in texts if not is_code(text)), ())
            place = next(iter(grid[number].values())).location
            label = next(
                (cells[n].text for n in cells if self.definition.columns[n].type is FieldType.TEXT), ""
            )
            title = short_title(self.table.title, self.known)
            place = evolve(place, row_code=code or None, table_title=title, row_label=_short(label) or None)
            found.append(_Line(cells=cells, code=code, words=first, location=place))
        return found

    def _codes(self, cells: Mapping[str, TableCell]) -> list[tuple[str, str]]:
        """Return the codes of a row, by the form's column."""
        found = []
        for name, column in self.definition.columns.items():
            source = column.binding.get("code_of")
            if name in cells and source and is_code(cells[name].text):
                found.append((name, cells[name].text.strip().rstrip(".")))
            elif source in cells and (code := split_code(cells[str(source)].text)[0]):
                found.append((name, code))
        return found

    def _row(self, line: _Line) -> tuple[Row, Found]:
        cells: dict[str, Cell] = {}
        for name, cell in line.cells.items():
            self._cell(name, cell.text, cell.location, line, cells)
        for name, code in self._codes(line.cells):
            self._plain(name, code, line, cells)
        for name, column in self.definition.columns.items():
            if column.binding.get("group_of") and line.code:
                self._plain(name, line.code.partition(".")[0], line, cells)
        texts = [self._inside(name, line, cells) for name in self._text_columns()]
        found = [each for each in texts if each is not None]
        row = Row(cells=cells, location=line.location)
        merged = Found(
            cells=tuple(cell for each in found for cell in each.cells),
            problems=tuple(problem for each in found for problem in each.problems),
            reach=reach_of([each.reach for each in found]),
        )
        return row, merged

    def _text_columns(self) -> list[str]:
        sources = {
            str(each.binding["in"]) for each in self.definition.columns.values() if "in" in each.binding
        }
        return sorted(sources)

    def _plain(self, name: str, text: str, line: _Line, cells: dict[str, Cell]) -> None:
        cells.pop(name, None)
        self._cell(name, text, line.location, line, cells)

    def _cell(self, name: str, text: str, at: Location, line: _Line, cells: dict[str, Cell]) -> None:
        column = self.definition.columns[name]
        source = next((n for n, _ in self._codes(line.cells)), "")
        raw = text
        if source and column.type is FieldType.TEXT and name != source:
            raw = split_code(text)[1] if column.binding.get("uncoded") else text
        written = read_written(raw, column, self.notation)
        if written is None:
            return
        place = _in_line(at, line)
        cells[name] = cell_of(column, raw.strip(), written, place, text="", confidence="certain")
        problem = fault_of(column, raw, written, place)
        self.problems += [problem] if problem else []

    def _inside(self, source: str, line: _Line, cells: dict[str, Cell]) -> Found | None:
        """Bind the numbers in the words of a column, to other columns and to fields of the form."""
        cell = line.cells.get(source)
        if cell is None or not cell.text.strip():
            return None
        block = Block(kind=BlockKind.PARAGRAPH, text=cell.text, location=_in_line(cell.location, line))
        heading = self.known.abbreviations.shorten(folded(line.location.row_label or ""))
        passage = running_of(block, self.known, (heading,))
        taken = self._claims(source, passage, line, cells)
        bindings = TextBinder(text_targets(self.form, self.known)).bind([passage])
        rest = [each for each in bindings if each.definition or each.number.start not in taken]
        return cells_of_text(rest, self.notation)

    def _claims(self, source: str, passage: Running, line: _Line, cells: dict[str, Cell]) -> set[int]:
        """Give each number to the column whose longest phrase fits it, if that is one column."""
        claims: dict[int, list[tuple[int, str, Number]]] = defaultdict(list)
        for name, column in self.definition.columns.items():
            if column.binding.get("in") != source:
                continue
            for each in strings(column.binding.get("phrases")):
                phrase = compile_phrase(each, self.known.copula, self.known, is_date=False)
                for match in phrase.matches(passage.masked.text):
                    number = passage.masked.number_at(match.start("n"))
                    if fits(number, column):
                        claims[number.start].append((phrase.weight, name, number))
        chosen: dict[str, list[Number]] = defaultdict(list)
        for found in claims.values():
            best = max(weight for weight, _, _ in found)
            names = {name: number for weight, name, number in found if weight == best}
            if len(names) == 1:
                chosen[next(iter(names))].append(next(iter(names.values())))
        taken: set[int] = set()
        for name, numbers in chosen.items():
            if len({number.raw for number in numbers}) == 1:
                number = numbers[0]
                block, start, end = passage.block, number.start, number.end
                place = evolve(block.location_at(start, end), excerpt=excerpt(block.text, start, end))
                self._cell(name, number.raw, place, line, cells)
                taken |= {each.start for each in numbers}
        return taken

    def _totals(self, line: _Line) -> None:
        """Read a row of totals into the fields that the form has for them."""
        for name, path in (self.definition.binding.get("totals") or {}).items():
            definition, cell = self.form.fields.get(str(path)), line.cells.get(name)
            if definition is None or cell is None:
                continue
            written = read_written(cell.text, definition, self.notation)
            if written is None:
                continue
            place = evolve(cell.location, table_title=line.location.table_title)
            self.cells.append(cell_of(definition, cell.text, written, place, text="", confidence="certain"))


def _in_line(place: Location, line: _Line) -> Location:
    """Return a place in a line by the names that the line has."""
    at = line.location
    return evolve(place, row_code=at.row_code, row_label=at.row_label, table_title=at.table_title)


def _short(label: str) -> str:
    text = " ".join(split_code(label)[1].split())
    return text if len(text) <= 80 else text[:80].rsplit(" ", 1)[0] + "…"
