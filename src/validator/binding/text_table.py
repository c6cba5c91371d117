"""Tables that running text spells out → rows: each row's numbers are found by its own phrases."""

from __future__ import annotations

from collections import defaultdict
from typing import TYPE_CHECKING

from validator.binding.bind_text import cells_of_text
from validator.binding.narrative import TextBinder, TextTarget, phrases_of
from validator.binding.targets import strings
from validator.model.field import FieldDef
from validator.model.record import evolve
from validator.model.report import Cell, Row

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from validator.binding.narrative import NumberBinding
    from validator.binding.recognition import Recognition
    from validator.binding.running import Running
    from validator.model.field import Form, TableDef
    from validator.readers.notation import Notation

_MARK = "#"


def text_rows(
    form: Form, found: Sequence[Running], known: Recognition, notation: Notation
) -> tuple[Mapping[str, tuple[Row, ...]], frozenset[tuple[int, int]]]:
    """Return the rows by table, and where the numbers stand that they took."""
    targets = [each for table in form.tables.values() for each in _targets(table, known)]
    if not targets:
        return {}, frozenset()
    bindings = [each for each in TextBinder(targets).bind(found) if each.definition]
    cells: dict[tuple[str, int], dict[str, Cell]] = defaultdict(dict)
    for cell in cells_of_text(bindings, notation).cells:
        name, _, rest = cell.path.partition(_MARK)
        index, _, column = rest.partition(".")
        definition = form.tables[name].columns[column]
        place = evolve(cell.location, pointer=None)
        cells[name, int(index)].setdefault(column, evolve(cell, path=definition.path, location=place))
    tables: dict[str, tuple[Row, ...]] = {}
    for (name, place_in_pack), row in sorted(cells.items()):
        tables[name] = (*tables.get(name, ()), _row(form.tables[name], place_in_pack, row))
    return tables, frozenset(_key(each) for each in bindings)


def _key(binding: NumberBinding) -> tuple[int, int]:
    return binding.passage.order, binding.number.start


def _targets(table: TableDef, known: Recognition) -> list[TextTarget]:
    found = []
    for index, entry in enumerate(table.binding.get("text") or ()):
        for name, column in table.columns.items():
            if name not in entry:
                continue
            definition = FieldDef(
                path=f"{table.name}{_MARK}{index}.{name}", type=column.type, unit=column.unit
            )
            phrases = phrases_of(strings(entry[name]), column.type, known)
            found.append(TextTarget(definition=definition, phrases=phrases))
    return found


def _row(table: TableDef, index: int, cells: Mapping[str, Cell]) -> Row:
    """Return a row with what the pack sets of it."""
    entry = table.binding["text"][index]
    place = next(iter(cells.values())).location
    fixed = {
        name: Cell(path=table.columns[name].path, value=str(text), raw=str(text), location=place)
        for name, text in (entry.get("set") or {}).items()
        if name in table.columns
    }
    return Row(cells={**fixed, **cells}, location=place)
