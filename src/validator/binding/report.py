"""A Document and the forms on offer → the Report it is, what was noticed, and the reach of both."""

from __future__ import annotations

from functools import partial
from itertools import pairwise
from typing import TYPE_CHECKING

from validator.binding.appendix import figure_rows
from validator.binding.bind_rows import RowsToCells
from validator.binding.bind_text import cells_of_text
from validator.binding.found import Found
from validator.binding.head import Head, choose_form, read_head
from validator.binding.loose import is_noisy, lines_of, loose_blocks, without
from validator.binding.loose_row import LooseBinder
from validator.binding.narrative import TextBinder, text_targets
from validator.binding.near import nearest_form
from validator.binding.other import numbers_of_table
from validator.binding.recognition import load_recognition
from validator.binding.role_binder import RoleBinder
from validator.binding.role_context import letterhead_name
from validator.binding.row_roles import RowRoles
from validator.binding.running import running_text
from validator.binding.score_table import score_table
from validator.binding.targets import note_targets, row_targets
from validator.binding.text_table import text_rows
from validator.model.document import Block, Document, Table
from validator.model.location import Location
from validator.model.problem import NO_FORM, Problem
from validator.model.reach import Reach, reach_of
from validator.model.record import evolve, field, record
from validator.model.report import Cell, Period, Report, Unit
from validator.readers.compartment import Compartments
from validator.readers.continued import join_continued
from validator.readers.given import Given
from validator.readers.notation import Notation, load_notation

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from validator.binding.appendix import FigureRow
    from validator.binding.recognition import Recognition
    from validator.model.field import Form
    from validator.model.report import Row


@record
class BoundReport:
    """The report found in a document, or None if its form is not known."""

    report: Report | None
    problems: tuple[Problem, ...] = ()
    reach: Reach = field(default_factory=Reach)


def bind_document(
    document: Document,
    forms: Mapping[str, Form],
    given: Given | None = None,
    notation: Notation | None = None,
) -> BoundReport:
    """Return the report that *document* is, read by the form it has or that was given."""
    known, written, wanted = load_recognition(), notation or load_notation(), given or Given()
    apart, noisy = Compartments(document.file), is_noisy(document)
    choose = partial(choose_form, document, forms.values(), known)
    name = wanted.form or apart.one(Location(), choose, None)
    if name is None or name not in forms:
        problems = (*apart.told(), _no_form(document, forms, name, known))
        return BoundReport(report=None, problems=problems, reach=_of_tables(document, known))
    unread = Head(unit=Unit(), period=Period())
    head = apart.one(Location(), partial(read_head, document.surely_read, known, written), unread)
    unit, period = wanted.unit or head.unit, wanted.period or head.period
    binding = _Binding(forms[name], known, written, unit, period, noisy=noisy)
    parts = [_surely_read(part) for part in (_signed_on(head, forms[name]), *binding.parts(document, apart))]
    cells: dict[str, tuple[Cell, ...]] = {}
    tables: dict[str, tuple[Row, ...]] = {}
    for part in parts:
        for cell in part.cells:
            cells[cell.path] = (*cells.get(cell.path, ()), cell)
        for table, rows in part.tables.items():
            tables[table] = (*tables.get(table, ()), *rows)
    order = {path: place for place, path in enumerate(forms[name].fields)}
    problems = (*apart.told(), *(problem for part in parts for problem in part.problems))
    reach = reach_of([part.reach for part in parts])
    report = Report(
        form=name,
        unit=unit,
        period=period,
        cells=dict(sorted(cells.items(), key=lambda each: order.get(each[0], 0))),
        tables=tables,
        file=document.file,
        submitted=head.signed_on,
        is_whole=reach.is_whole and not problems,
    )
    return BoundReport(report=report, problems=problems, reach=reach)


def _surely_read(found: Found) -> Found:
    """Return what was found without figures that may have been misread: these are unknown, and no fault."""
    return evolve(
        found,
        cells=tuple(cell for cell in found.cells if not cell.location.doubt),
        tables={name: tuple(map(_sure_row, rows)) for name, rows in found.tables.items()},
        problems=tuple(problem for problem in found.problems if not problem.location.doubt),
    )


def _sure_row(row: Row) -> Row:
    cells = {name: cell for name, cell in row.cells.items() if not cell.location.doubt}
    return row if len(cells) == len(row.cells) else evolve(row, cells=cells)


def _of_tables(document: Document, known: Recognition) -> Reach:
    """Return the numbers in the tables of a document, none of which belongs to a field."""
    tables = (each for each in document.blocks if isinstance(each, Table))
    return reach_of([numbers_of_table(each, known, "no-columns").reach for each in tables])


def _signed_on(head: Head, form: Form) -> Found:
    """Return the day of the dateline as the field that the form has for it."""
    definition = form.fields.get(str(form.binding.get("date")))
    if definition is None or head.signed is None or head.signed_on is None:
        return Found()
    place = evolve(head.signed.location, excerpt=" ".join(head.signed.text.split()), pointer=definition.path)
    cell = Cell(
        path=definition.path,
        value=head.signed_on,
        raw=head.signed_raw,
        location=place,
        text=place.excerpt,
    )
    return Found(cells=(cell,))


def _no_form(document: Document, forms: Mapping[str, Form], name: str | None, known: Recognition) -> Problem:
    """Return what is told of a document whose form is not known: which is near, and what it lacks of it."""
    place = Location(file=document.file)
    args: dict[str, object] = {"form": name or "", "known": ", ".join(sorted(forms))}
    if name:
        return Problem(code="document/unknown-form", location=place, args=args)
    near = nearest_form(document, forms.values(), known)
    args["suggestion"] = near.form if near else ""
    if near:
        args |= {part: getattr(near, part) for part in _COUNTED}
        args["missing"] = _first_of(near.missing)
    return Problem(code=NO_FORM, location=place, args=args)


def _first_of(missing: Sequence[str]) -> str:
    """Return the beginning of the first of what is missing, and how many more there are."""
    words = missing[0].split() if missing else []
    short = " ".join(words[:_MOST_WORDS]) + (" …" if len(words) > _MOST_WORDS else "")
    return f"“{short}”" + (f" (+{len(missing) - 1})" if len(missing) > 1 else "")


_COUNTED = ("title_words", "title_found", "columns", "columns_found", "rows", "rows_found")
_MOST_WORDS = 5


class _Binding:
    """Binds the parts of one document, each in its own compartment."""

    def __init__(
        self,
        form: Form,
        known: Recognition,
        notation: Notation,
        unit: Unit,
        period: Period,
        *,
        noisy: bool,
    ) -> None:
        self.form, self.known, self.notation = form, known, notation
        self.unit, self.period, self.noisy = unit, period, noisy
        self.year = period.end.year if period.end else None
        self.rows, self.notes = row_targets(form, known), note_targets(form)
        self.roles = RowRoles(form, known, unit, period)

    def parts(self, document: Document, apart: Compartments) -> list[Found]:
        """Bind the document part by part, in reading order as far as its tables go."""
        loose = loose_blocks(document, self.known)
        running = without(document, loose).blocks
        found = [apart.together(running, _place, self._text, Found())]
        found += [
            apart.one(block.location, partial(self._table, block, above), Found())
            for above, block in pairwise((None, *join_continued(document.blocks)))
            if isinstance(block, Table)
        ]
        if loose:
            found.append(apart.together(loose, _place, self._lost_table, Found()))
        return found

    def _text(self, blocks: Sequence[Block | Table]) -> Found:
        """Bind the running text."""
        running = running_text(blocks, self.known, noisy=self.noisy)
        binder = TextBinder(text_targets(self.form, self.known), self.year)
        claims = binder.bind(running)
        if not self.noisy:
            roles = RoleBinder(self.form, self.known, self.unit, self.period, letterhead_name(blocks))
            claims = roles.bind(claims, running, binder)
        tables, taken = text_rows(self.form, running, self.known, self.notation)
        return evolve(cells_of_text(claims, self.notation, taken), tables=tables)

    def _table(self, table: Table, above: Block | Table | None) -> Found:
        """Bind a table as one the form declares, or as an appendix; else list its numbers.

        The line right above it may say what its amounts are counted in.
        """
        declared = score_table(table, self.form, self.known, self.notation)
        if declared is not None:
            return declared
        line = above.text if isinstance(above, Block) else ""
        figures = figure_rows(table, self.known, self.year, line)
        if figures is not None and figures.columns and (found := self._levels(table, line, figures.columns)):
            return found
        if figures is None or figures.why:
            why = figures.why if figures else "no-columns"
            return numbers_of_table(table, self.known, why)
        return self._rows(figures.rows)

    def _rows(self, rows: Sequence[FigureRow], level: str = "") -> Found:
        """Bind the rows of one column of figures, all of one level if given."""
        roles = None if self.noisy else self.roles
        binder = RowsToCells(
            self.rows, self.notes, self.known, self.notation, self.unit.level, noisy=self.noisy, roles=roles
        )
        return binder.bind(rows, level)

    def _levels(self, table: Table, above: str, columns: Sequence[tuple[int, str]]) -> Found | None:
        """Bind a table that has a column for each level, if every heading names another one."""
        levels = {column: self.roles.level_of(heading) for column, heading in columns}
        if self.noisy or "" in levels.values() or len(set(levels.values())) < len(levels):
            return None
        found: list[Found] = []
        for column, level in levels.items():
            figures = figure_rows(table, self.known, self.year, above, column)
            found += [self._rows(figures.rows, level)] if figures else []
        return Found(
            cells=tuple(cell for each in found for cell in each.cells),
            problems=tuple(problem for each in found for problem in each.problems),
            reach=reach_of([each.reach for each in found]),
        )

    def _lost_table(self, blocks: Sequence[Block]) -> Found:
        """Bind the lines of an appendix whose table is lost."""
        units = frozenset(unit for each in self.rows for unit in each.units)
        lines = lines_of(blocks, units, self.known)
        return LooseBinder(lines, self.rows, self.known, self.notation, self.unit.level).bind()


def _place(block: Block | Table) -> Location:
    return block.location
