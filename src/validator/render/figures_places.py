"""Where each figure of the grid stands, in a sheet of the same columns; and the figures of no indicator."""

from __future__ import annotations

from typing import TYPE_CHECKING

from validator.readers.remark import LOOSE_KEY, PLACES_KEY
from validator.render.bulk_sheet import look_of, text_cell
from validator.render.figures_frame import FIRST, FIRST_ROW, HEAD, NUMBER, UNIT
from validator.render.figures_sheet import places
from validator.render.place import place
from validator.wording.in_language import in_language

if TYPE_CHECKING:
    from validator.model.figure import UnitFigures
    from validator.render.figures_frame import Frame

_LAST_ROW = 1_048_575
_WIDTHS = (26, 16, 18, 60)
_COLUMNS = "ABCD"


class PlacesSheet:
    """The sheet of places of one form: a figure's place stands where the figure stands in the grid."""

    def __init__(self, frame: Frame) -> None:
        """Write the heads."""
        self._frame = frame
        self._sheet = frame.book.bulk(frame.say("places-sheet"))
        self._row = FIRST_ROW
        self._look = look_of(frame.book.made_look("text", text_wrap=False))
        columns = frame.columns
        frame.set_up(self._sheet, own=False)
        title = text_cell(columns[NUMBER], 0, frame.plain["title"], frame.say("places-title"))
        self._sheet.write_row_xml(0, title, NUMBER)
        frame.mark(self._sheet, (PLACES_KEY,))
        heads = (
            text_cell(columns[at], HEAD, frame.plain["head"], head) for at, head in enumerate(frame.heads())
        )
        self._sheet.write_row_xml(HEAD, "".join(heads), frame.last, frame.head_height())

    def add(self, name: str, figures: UnitFigures) -> None:
        """Add the row of a unit."""
        frame, columns, row, look = self._frame, self._frame.columns, self._row, self._look
        lang, found = frame.book.lang, figures.figures
        cells = [text_cell(columns[UNIT], row, look, name)]
        for at, path in enumerate(frame.paths):
            if path in found:
                told = "; ".join(places(found[path], lang))
                cells.append(text_cell(columns[FIRST + at], row, look, told))
        self._sheet.write_row_xml(row, "".join(cells), frame.last)
        self._row += 1


class LooseSheet:
    """The figures that belong to no indicator, a row each."""

    def __init__(self, frame: Frame) -> None:
        """Write the heads."""
        self._frame, self._book = frame, frame.book
        self._sheet = frame.book.bulk(frame.say("loose-sheet"))
        self._row = FIRST_ROW
        sheet, plain = self._sheet, frame.plain
        for at, width in enumerate(_WIDTHS):
            sheet.set_column(at, at, width)
        sheet.write_row_xml(0, text_cell("A", 0, plain["title"], frame.say("loose-title")), 0)
        frame.mark(sheet, (LOOSE_KEY,))
        names = [frame.say(f"loose-{name}") for name in ("unit", "figure", "state", "place")]
        heads = (text_cell(_COLUMNS[at], HEAD, plain["head"], head) for at, head in enumerate(names))
        sheet.write_row_xml(HEAD, "".join(heads), 3)
        sheet.freeze_panes(FIRST_ROW, 1)
        sheet.repeat_rows(HEAD)
        sheet.set_landscape()
        sheet.fit_to_pages(1, 0)

    def add(self, name: str, figures: UnitFigures) -> None:
        """Add the figures of a unit, as far as Excel takes rows."""
        frame, row_look = self._frame, self._frame.plain["text"]
        for each in figures.loose:
            if self._row > _LAST_ROW:
                return
            where = place(in_language(each.place, self._book.lang), self._book.lang)
            look = frame.text_look(each.state)
            cells = (
                text_cell("A", self._row, row_look, name),
                text_cell("B", self._row, look, each.raw),
                text_cell("C", self._row, look, frame.say(f"state-{each.state.value}")),
                text_cell("D", self._row, row_look, where),
            )
            self._sheet.write_row_xml(self._row, "".join(cells), 3)
            self._row += 1

    def close(self) -> None:
        """Set the filter over what was written."""
        self._sheet.autofilter(HEAD, 0, max(FIRST_ROW, self._row - 1), 3)
