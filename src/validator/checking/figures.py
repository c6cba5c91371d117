"""A file that was judged → every figure of it, by indicator, with its places and what came of it."""

from __future__ import annotations

import sys
from collections import defaultdict
from typing import TYPE_CHECKING

from validator.checking.compared import Written
from validator.checking.number import texts_of
from validator.model.document import Block
from validator.model.figure import FigureState, LooseFigure, UnitFigure, UnitFigures
from validator.model.quantity import Quantity
from validator.model.record import evolve
from validator.model.tick import TickKind
from validator.model.verdict import Verdict
from validator.model.words import together

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping

    from validator.checking.ledger import BlockKey, Key, Ledger, Span
    from validator.model.diagnostic import Diagnostic
    from validator.model.document import TableCell
    from validator.model.field import FieldDef
    from validator.model.location import Location
    from validator.model.report import Cell
    from validator.submissions.entry import Reading

_STATES = {TickKind.TIED: FigureState.AGREES, TickKind.DIFFERS: FigureState.DIFFERS}
_LONGEST = 200


def unit_figures(
    reading: Reading, ledger: Ledger, found: Iterable[Diagnostic], fields: Mapping[str, FieldDef]
) -> UnitFigures:
    """Return the figures of a report that was judged, with what was *found* about each."""
    if reading.report is None:
        return UnitFigures()
    written, about = Written(reading), _Findings(found)
    figures: dict[str, UnitFigure] = {}
    taken: set[Key] = set()
    for path, cells in reading.report.cells.items():
        field = fields.get(path)
        if field is None or not field.type.is_numeric or not cells:
            continue
        places = tuple(map(written.place, cells))
        figures[path] = _figure(path, cells, places, ledger, about)
        taken |= {key for place in places for key in ledger.keys_at(place)}
    return UnitFigures(figures=figures, loose=tuple(_loose(reading, ledger, about, taken)))


def _figure(
    path: str, cells: tuple[Cell, ...], places: tuple[Location, ...], ledger: Ledger, about: _Findings
) -> UnitFigure:
    kinds = {ledger.kind_at(place) for place in places}
    kind = next((each for each in _STATES if each in kinds), TickKind.OPEN)
    kind = TickKind.DIFFERS if TickKind.DIFFERS in kinds else kind
    value = cells[0].value
    told = about.of(path, places)
    return UnitFigure(
        value=value if isinstance(value, Quantity) else None,
        state=_state(kind, told),
        raws=tuple(each.raw for each in cells),
        places=places,
        found=tuple(dict.fromkeys(together((each.title, each.explanation), ": ") for each in told)),
    )


def _state(kind: TickKind, told: Iterable[Diagnostic]) -> FigureState:
    """Return what came of a figure; one that does not agree is explained if all that was found is."""
    waivers = [bool(each.waiver) for each in told]
    if kind is TickKind.DIFFERS and waivers and all(waivers):
        return FigureState.EXPLAINED
    return _STATES.get(kind, FigureState.OPEN)


def _loose(reading: Reading, ledger: Ledger, about: _Findings, taken: set[Key]) -> Iterator[LooseFigure]:
    """Yield the figures that belong to no indicator, in reading order."""
    documents = () if reading.document is None else (reading.document, *reading.beside)
    texts = {key: each for document in documents for key, each in texts_of(document).items()}
    cells = {} if texts or reading.report is None else _of_tables(reading)
    order = {block: at for at, block in enumerate(texts or cells)}
    found = sorted(ledger.figures(), key=lambda each: (order.get(each[0][0], len(order)), each[1]))
    bound = {_row_of(block) for block, _ in taken} - {()}
    for key, span in found:
        kind = ledger.kind(key)
        if key in taken or kind is TickKind.NAME or key[0] not in order:
            continue
        if kind is TickKind.OPEN and _is_first(key[0]) and _row_of(key[0]) in bound:
            continue  # a row whose figure is known begins with its number, whatever numbers those are
        raw, place = _written(texts[key[0]], span) if texts else cells[key[0]]
        yield LooseFigure(raw=raw, place=place, state=_state(kind, about.of("", (place,))))


def _row_of(block: BlockKey) -> BlockKey:
    """Return the row of a table that a cell is in (`Location.block`), of other places nothing."""
    return block[:4] if block[1] == "table" else ()


def _is_first(block: BlockKey) -> bool:
    return block[1] == "table" and block[4] == 1


def _of_tables(reading: Reading) -> dict[BlockKey, tuple[str, Location]]:
    report = reading.report
    rows = () if report is None else (row for each in report.tables.values() for row in each)
    return {
        cell.location.block: (cell.raw[:_LONGEST], cell.location)
        for row in rows
        for cell in row.cells.values()
    }


def _written(source: Block | TableCell, span: Span) -> tuple[str, Location]:
    """Return a figure of a document as it is written, and where."""
    end = min(span[1], len(source.text))
    if isinstance(source, Block):
        place = source.location_at(span[0], end)
    elif span[1] == sys.maxsize:
        place = source.location
    else:
        place = evolve(source.location, start=span[0], end=end)
    return source.text[span[0] : end].strip()[:_LONGEST], place


class _Findings:
    """What does not agree, by the field and by the place of the figures that it is about."""

    def __init__(self, found: Iterable[Diagnostic]) -> None:
        self._by_path: dict[str, list[tuple[str, Diagnostic]]] = defaultdict(list)
        self._by_block: dict[BlockKey, list[tuple[Location, Diagnostic]]] = defaultdict(list)
        for each in found:
            if each.verdict is Verdict.FAIL:
                for label in each.fields:
                    self._by_block[label.location.block].append((label.location, each))
                    if label.path:
                        self._by_path[label.path].append((label.location.file, each))

    def of(self, path: str, places: Iterable[Location]) -> tuple[Diagnostic, ...]:
        """Return the findings on a field, or on a figure at one of some places, each once."""
        told: dict[int, Diagnostic] = {}
        files = {"", *(place.file for place in places)}
        for file, each in self._by_path.get(path, ()):
            if file in files:  # other reports have a figure of that name, too
                told[id(each)] = each
        for place in places:
            for other, each in self._by_block.get(place.block, ()):
                if other.overlaps(place):
                    told[id(each)] = each
        return tuple(told.values())
