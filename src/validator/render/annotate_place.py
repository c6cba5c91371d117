"""The places of a finding → the paragraphs of a Word document, down to the characters."""

from __future__ import annotations

from typing import TYPE_CHECKING

from validator.model.document import Block, Table, TableCell
from validator.model.record import record
from validator.readers.paragraph import RawTable
from validator.render.annotate_match import aligned, span_of

if TYPE_CHECKING:
    from collections.abc import Iterator

    from validator.model.location import Location
    from validator.readers.docx_trace import Trace
    from validator.render.annotate_plan import Spot

_LONGEST_SPAN = 200
_Sources = tuple[int, ...]
_Cell = tuple[TableCell, _Sources]


@record(kw_only=False)
class Anchor:
    """Characters ``start`` to ``end`` of a paragraph that was read; both 0: all of it."""

    paragraph: int
    start: int = 0
    end: int = 0

    @property
    def is_exact(self) -> bool:
        """Whether it is at the number itself."""
        return self.end > 0


class Places:
    """Finds the paragraph, and the characters in it, that a location means."""

    def __init__(self, trace: Trace) -> None:
        self._passed = trace.passed
        self._number = {id(each.element): number for number, each in enumerate(trace.passed)}
        self._paragraphs: dict[int, tuple[str, _Sources]] = {}
        self._tables: dict[int, tuple[_Cell, ...]] = {}
        self._texts: dict[tuple[object, ...], tuple[str, _Sources]] = {}
        self._aligned: dict[tuple[object, ...], dict[int, tuple[int, int]]] = {}
        for block, raw in trace.blocks:
            if isinstance(block, Table) and isinstance(raw, RawTable):
                cells = self._tables[block.location.table or 0] = _cells(block, raw)
                self._texts |= {cell.location.block[1:]: (cell.text, sources) for cell, sources in cells}
            elif isinstance(block, Block) and not isinstance(raw, RawTable):
                self._paragraphs[block.location.paragraph or 0] = (block.text, raw.sources)
                self._texts[block.location.block[1:]] = (block.text, raw.sources)

    def find(self, spot: Spot) -> Anchor | None:
        """Return the anchor of *spot*, or None where the document has no such place."""
        place = spot.location
        exact = self._exact(place)
        if exact is not None:
            return exact
        if place.paragraph is not None:
            found = self._paragraphs.get(place.paragraph)
            return None if found is None else self._anchor(*found, spot)
        if place.table is None:
            return None
        row, named = self._cells_at(place)
        for cells in (named, row):
            holding = [each for each in cells if spot.raw and _holds(each[0].text, spot.raw)]
            if len(holding) == 1:
                return self._anchor(holding[0][0].text, holding[0][1], spot)
        if len(named) == 1 and not holding:
            return self._whole(named[0][1])
        # Which cell is meant is not sure: the first one stands for the row, or for the table.
        return next((self._whole(sources) for _, sources in row if sources), None)

    def _exact(self, place: Location) -> Anchor | None:
        """Return the characters that *place* means, where it says so and one paragraph has them all."""
        if place.start is None or place.end is None or place.end - place.start > _LONGEST_SPAN:
            return None
        found = list(self.characters(place))
        if not found or len({paragraph for paragraph, _ in found}) > 1:
            return None
        paragraph, signs = found[0][0], [sign for _, sign in found]
        if self._passed[paragraph].host is not None:
            return self._whole((paragraph,))
        return Anchor(paragraph, min(signs), max(signs) + 1)

    def characters(self, place: Location) -> Iterator[tuple[int, int]]:
        """Yield the visible characters of *place*: the paragraph that was read, and which sign of it."""
        key = place.block[1:]
        if key not in self._aligned:
            text, sources = self._texts.get(key, ("", ()))
            origin = aligned(text, ["".join(self._passed[number].parts) for number in sources])
            self._aligned[key] = {at: (sources[part], sign) for at, (part, sign) in origin.items()}
        found = self._aligned[key]
        if place.start is None or place.end is None:
            yield from found.values()
        else:
            yield from (found[at] for at in range(place.start, place.end) if at in found)

    def _cells_at(self, place: Location) -> tuple[list[_Cell], list[_Cell]]:
        """Return the cells of the row that *place* names (else all), and those of its column as well."""
        cells = self._tables.get(place.table or 0, ())
        row = [each for each in cells if place.row in {None, each[0].location.row}]
        return row, [each for each in row if each[0].location.column_name == place.column_name]

    def _anchor(self, text: str, sources: _Sources, spot: Spot) -> Anchor | None:
        """Return the characters of the number of *spot*, else the paragraph that *text* begins with."""
        span = span_of(text, spot)
        if span is not None:
            texts = ["".join(self._passed[number].parts) for number in sources]
            origin = aligned(text, texts)
            first, last = origin.get(span[0]), origin.get(span[1] - 1)
            if first is not None and last is not None and first[0] == last[0]:
                number = sources[first[0]]
                if self._passed[number].host is None:
                    return Anchor(number, first[1], last[1] + 1)
                return self._whole((number,))
        return self._whole(sources)

    def _whole(self, sources: _Sources) -> Anchor | None:
        """Return the first paragraph of *sources*, or the one that holds its box or refers to its note."""
        if not sources:
            return None
        host = self._passed[sources[0]].host
        return Anchor(sources[0] if host is None else self._number[id(host)])


def _cells(table: Table, raw: RawTable) -> tuple[_Cell, ...]:
    """Return the cells of a table, each with the paragraphs it was made of."""
    made = {(cell.row, cell.column): cell.sources for cell in raw.cells}
    return tuple((cell, made.get((cell.row, cell.column), ())) for cell in table.cells)


def _holds(text: str, raw: str) -> bool:
    return " ".join(raw.split()) in " ".join(text.split())
