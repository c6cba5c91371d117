"""The grid of the sheet of figures: a row a unit, a column an indicator, what people wrote kept beside it."""

from __future__ import annotations

from typing import TYPE_CHECKING

from validator.model.figure import FigureState, UnitFigures
from validator.model.review import Standing
from validator.model.words import Words
from validator.render.bulk_sheet import look_of, number_cell, text_cell
from validator.render.figures_cell import shown
from validator.render.figures_frame import (
    COMPARED,
    FIRST,
    FIRST_ROW,
    HEAD,
    NUMBER,
    REMARK,
    SENT,
    STATUS,
    UNIT,
    Frame,
)
from validator.render.place import place
from validator.render.terminal import clean
from validator.wording.in_language import in_language

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping

    from validator.model.figure import UnitFigure
    from validator.model.remark import Remark
    from validator.model.review import Review, UnitReview
    from validator.reviewing.review_data import Threshold

_MOST_NOTES = (
    5_000  # notes are drawings, and Excel gets slow with many; the places stand on a sheet of their own
)
_MOST_TOLD = 3
_LEGEND = 32
_NOTE_WIDTH, _NOTE_LINE, _NOTE_LETTERS = 340, 17, 48
_TOLD = (FigureState.DIFFERS, FigureState.EXPLAINED)


class Grid:
    """One form's grid, filled from top to bottom."""

    def __init__(self, frame: Frame, review: Review) -> None:
        """Write the title, the legend and the heads."""
        self.frame, self._review = frame, review
        self.sheet = frame.book.bulk(frame.say("sheet"))
        self.row = FIRST_ROW
        self._number, self._notes = 0, 0
        self._noted: list[tuple[int, tuple[str, ...]]] = []
        self._top()

    def _top(self) -> None:
        frame, sheet, columns = self.frame, self.sheet, self.frame.columns
        frame.set_up(sheet, own=True)
        period = self._review.period_text
        title = frame.say("title-of-period", period=period) if period else frame.say("title")
        sheet.write_row_xml(0, text_cell(columns[NUMBER], 0, frame.plain["title"], title), NUMBER)
        sheet.write_row_xml(
            1, text_cell(columns[NUMBER], 1, frame.plain["note"], frame.say("how-to-use")), NUMBER
        )
        legend = [(frame.text_look(each), f"state-{each.value}") for each in FigureState]
        legend += [(look_of(frame.book.low_look(name)), name) for name in ("low", "very-low")]
        cells = [
            text_cell(columns[UNIT + at], 2, look, frame.say(key)) for at, (look, key) in enumerate(legend)
        ]
        sheet.write_row_xml(2, "".join(cells), UNIT + len(legend), _LEGEND)
        frame.mark(sheet, frame.keys())
        heads = (
            text_cell(columns[at], HEAD, frame.plain["head"], head) for at, head in enumerate(frame.heads())
        )
        sheet.write_row_xml(HEAD, "".join(heads), frame.last, frame.head_height())

    def add(self, unit: UnitReview, key: str, figures: UnitFigures, remark: Remark) -> None:
        """Add the row of a unit."""
        self._number += 1
        frame, columns, row = self.frame, self.frame.columns, self.row
        is_there = unit.standing is Standing.SUBMITTED
        look = frame.plain[
            "text" if is_there else "missing" if unit.standing is Standing.MISSING else "unreadable"
        ]
        compared = unit.compared
        words = {"decided": compared.decided, "figures": compared.figures}
        told = frame.say("compared", **words) if compared.figures else ""
        cells = [
            text_cell(columns[0], row, frame.plain["text"], key),
            number_cell(columns[NUMBER], row, frame.plain["number"], str(self._number)),
            text_cell(columns[UNIT], row, look, unit.unit.name or unit.unit.id or ""),
            text_cell(columns[SENT], row, look, frame.say(f"sent-{unit.state}")),
            text_cell(columns[COMPARED], row, frame.plain["text"], told),
            *self._remark(row, remark),
            *(self._figure(at, figures.figures.get(path)) for at, path in enumerate(frame.paths)),
            *self.others(row, remark),
        ]
        self.sheet.write_row_xml(row, "".join(cells), frame.last)
        for column, lines in self._noted:
            self._note(column, lines)
        self._noted.clear()
        self.row += 1

    def gone(self, rows: Mapping[str, Remark]) -> None:
        """Add what people wrote of units that this review does not have."""
        if not rows:
            return
        frame, columns = self.frame, self.frame.columns
        title = text_cell(columns[NUMBER], self.row + 1, frame.plain["title"], frame.say("gone"))
        self.sheet.write_row_xml(self.row + 1, title, NUMBER)
        self.row += 2
        for key, remark in rows.items():
            cells = [
                text_cell(columns[0], self.row, frame.plain["text"], key),
                text_cell(columns[UNIT], self.row, frame.plain["text"], remark.name),
                *self._remark(self.row, remark),
                *self.others(self.row, remark),
            ]
            self.sheet.write_row_xml(self.row, "".join(cells), frame.last)
            self.row += 1

    def mark_low(self, thresholds: Mapping[str, Threshold]) -> None:
        """Mark the shares of units that are low, by what the data says is low."""
        formats = (self.frame.book.sign("very-low"), self.frame.book.sign("low"))
        for at, path in enumerate(self.frame.paths):
            found = thresholds.get(path)
            if found is None or not self.frame.is_share(at) or self.row <= FIRST_ROW:
                continue
            name = self.frame.columns[FIRST + at]
            for limit, look in zip((found.very_low, found.low), formats, strict=True):
                number = shown(limit, limit, self.frame.fields[at])
                if number is None:
                    continue
                here = f"{name}{FIRST_ROW + 1}"
                rule = {
                    "type": "formula",
                    "criteria": f"=AND(ISNUMBER({here}),{here}<{number.number})",
                    "format": look,
                    "stop_if_true": True,
                }
                self.sheet.conditional_format(FIRST_ROW, FIRST + at, self.row - 1, FIRST + at, rule)

    def close_rows(self) -> None:
        """Set the filter and the statuses on offer over the rows of units."""
        last = max(self.row - 1, FIRST_ROW)
        self.sheet.autofilter(HEAD, NUMBER, last, self.frame.last)
        offer = {"validate": "list", "source": self.frame.statuses(), "error_type": "information"}
        self.sheet.data_validation(FIRST_ROW, STATUS, last, STATUS, offer | {"show_error": False})

    def remarked(self, key: str, title: str, look: str, remark: Remark) -> Iterator[str]:
        """Yield the cells of a row of sums that stand before its numbers."""
        frame, columns, row = self.frame, self.frame.columns, self.row
        yield text_cell(columns[0], row, frame.plain["text"], key)
        yield text_cell(columns[UNIT], row, frame.plain[look], title)
        yield from self._remark(row, remark)

    def _remark(self, row: int, remark: Remark) -> Iterator[str]:
        look = self.frame.plain["text"]
        yield text_cell(self.frame.columns[STATUS], row, look, remark.status)
        yield text_cell(self.frame.columns[REMARK], row, look, remark.text)

    def others(self, row: int, remark: Remark) -> Iterable[str]:
        """Return the cells of the columns that people have added."""
        frame = self.frame
        first = frame.last - len(frame.others) + 1
        return (
            text_cell(frame.columns[first + at], row, frame.plain["text"], remark.others.get(name, ""))
            for at, name in enumerate(frame.others)
        )

    def _figure(self, at: int, figure: UnitFigure | None) -> str:
        frame, column = self.frame, self.frame.columns[FIRST + at]
        if figure is None:
            return f'<c r="{column}{self.row + 1}" s="{frame.plain["none"]}"/>'
        value = figure.value
        found = None if value is None else shown(value.value, value.step, frame.fields[at])
        if found is None or figure.state in _TOLD:
            self._noted.append((FIRST + at, tuple(self._told(figure, is_exact=found is not None))))
        if found is None:
            raw = " ".join(figure.raws[0].split())
            return text_cell(column, self.row, frame.text_look(figure.state), raw)
        return number_cell(column, self.row, frame.number_look(figure.state, found.format), found.number)

    def _note(self, column: int, lines: tuple[str, ...]) -> None:
        """Put a note at a figure of which there is more to say than its number."""
        if not lines or self._notes >= _MOST_NOTES:
            return
        self._notes += 1
        height = _NOTE_LINE * (1 + sum(1 + len(line) // _NOTE_LETTERS for line in lines))
        options = {"author": "", "width": _NOTE_WIDTH, "height": height}
        self.sheet.write_comment(self.row, column, "\n".join(map(clean, lines)), options)

    def _told(self, figure: UnitFigure, *, is_exact: bool) -> Iterator[str]:
        if figure.state in _TOLD:
            yield from (in_language(each, self.frame.book.lang) for each in figure.found[:_MOST_TOLD])
            yield from places(figure, self.frame.book.lang)
        if figure.value is None:
            yield self.frame.say("no-number")
        elif not is_exact:
            yield self.frame.say("not-exact")


def places(figure: UnitFigure, lang: str) -> Iterator[str]:
    """Yield where the statements of a figure stand, each with its number where they differ."""
    is_alike = len(figure.raws) == 1 or len(set(figure.raws)) == 1
    for raw, where in zip(figure.raws, figure.places, strict=True):
        told = place(in_language(where, lang) if isinstance(where.column_name, Words) else where, lang)
        yield told if is_alike else f"{raw}: {told}"
