"""Below the grid: sums, who is missing, the ends of each column, the superior's own report against them."""

from __future__ import annotations

from fractions import Fraction
from typing import TYPE_CHECKING

from validator.model.figure import FigureState
from validator.model.remark import Remark
from validator.render.bulk_sheet import number_cell, text_cell
from validator.render.figures_cell import shown
from validator.render.figures_frame import FIRST

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping

    from validator.model.quantity import Number
    from validator.render.figures_sheet import Grid
    from validator.reviewing.figures_sum import Held, Ranked, Totals

_TWO_DECIMALS = Fraction(1, 10_000)
_MOST_DECIMALS = 12
_HIGH = 32  # two lines
NOBODY = Remark()


class Below:
    """Writes the rows below a grid, each with its name in the column of units."""

    def __init__(self, grid: Grid, remarks: dict[str, Remark]) -> None:
        """Write below *grid*; what people wrote of a row of sums is taken out of *remarks*."""
        self._grid, self._frame, self._remarks = grid, grid.frame, remarks

    def sums(self, totals: Totals, shares: Mapping[str, Fraction], title: str, of: str = "") -> None:
        """Write the sums, the shares worked out from them, and how many units each is of."""
        self._row(f"#sum:{of}", title, lambda at, path: self._sum(at, path, totals, shares), bold=True)
        self._row(f"#stated:{of}", self._say("stated-by"), lambda at, path: self._count(at, path, totals))
        self._row(f"#lacking:{of}", self._say("lacking"), lambda at, path: self._lacking(at, path, totals))

    def ends(self, totals: Totals, ranked: int) -> None:
        """Write the units with the most and the least of each indicator."""
        for number in range(ranked):
            title = self._say("highest", number=number + 1)
            self._end(f"#highest:{number}", title, totals, number, highest=True)
        for number in range(ranked):
            title = self._say("lowest", number=number + 1)
            self._end(f"#lowest:{number}", title, totals, number, highest=False)

    def superior(self, key: str, name: str, held: Mapping[str, Held]) -> None:
        """Write the figures of the superior's own report, and how they differ from the sums."""
        title = self._say("own-report", unit=name)
        self._row(
            f"#own:{key}", title, lambda at, path: self._own(at, held.get(path)), bold=True, is_high=True
        )
        self._row(
            f"#gap:{key}", self._say("gap"), lambda at, path: self._gap(at, held.get(path)), is_high=True
        )

    def skip(self) -> None:
        """Leave a row free."""
        self._grid.row += 1

    def _say(self, key: str, **args: object) -> str:
        return self._frame.say(key, **args)

    def _row(
        self,
        key: str,
        title: str,
        cell: Callable[[int, str], str],
        *,
        bold: bool = False,
        is_high: bool = False,
    ) -> None:
        frame, row = self._frame, self._grid.row
        remark = self._remarks.pop(key, NOBODY)
        cells = [
            *self._grid.remarked(key, title, "head" if bold else "text", remark),
            *(cell(at, path) for at, path in enumerate(frame.paths)),
            *self._grid.others(row, remark),
        ]
        self._grid.sheet.write_row_xml(row, "".join(cells), frame.last, _HIGH if is_high else 0)
        self._grid.row += 1

    def _number(self, at: int, value: Number, *, step: Fraction | None = None, state: str = "open") -> str:
        """Return a number; one that Excel would not hold exactly is a text."""
        frame, column, row = self._frame, self._frame.columns[FIRST + at], self._grid.row
        found = shown(value, Fraction(0) if step is None else step, frame.fields[at])
        kind = FigureState(state)
        if found is None:
            return text_cell(column, row, frame.text_look(kind), _written(value))
        return number_cell(column, row, frame.number_look(kind, found.format, bold=True), found.number)

    def _text(self, at: int, text: str, look: str = "text") -> str:
        return text_cell(self._frame.columns[FIRST + at], self._grid.row, self._frame.plain[look], text)

    def _sum(self, at: int, path: str, totals: Totals, shares: Mapping[str, Fraction]) -> str:
        column = totals.columns[path]
        if totals.is_added(path) and column.count:
            return self._number(at, column.total)
        if path in shares:
            return self._number(at, shares[path], step=_TWO_DECIMALS)
        key = "not-added" if not self._frame.is_share(at) and column.count else "nothing"
        return self._text(at, self._say(key), "none")

    def _count(self, at: int, path: str, totals: Totals) -> str:
        return self._text(at, f"{totals.columns[path].count}/{totals.members}", "number")

    def _lacking(self, at: int, path: str, totals: Totals) -> str:
        lacking = totals.members - totals.columns[path].count
        return self._text(at, self._say("lacking-units", count=lacking) if lacking else "", "number")

    def _end(self, key: str, title: str, totals: Totals, number: int, *, highest: bool) -> None:
        def cell(at: int, path: str) -> str:
            column = totals.columns[path]
            found = column.highest if highest else column.lowest
            return self._text(at, self._ranked(at, found[number]) if number < len(found) else "", "text")

        self._row(key, title, cell, is_high=True)

    def _ranked(self, at: int, found: Ranked) -> str:
        field = self._frame.fields[at]
        value = Fraction(found.value)
        words = _written(value * 100, self._frame.say("decimal")) + "%" if self._frame.is_share(at) else ""
        if not words:
            made = shown(found.value, Fraction(0), field)
            number = made.number if made else _written(value)
            words = number.replace(".", self._frame.say("decimal"))
        return f"{words} – {found.unit}"

    def _own(self, at: int, held: Held | None) -> str:
        if held is None or held.own.value is None:
            return self._text(at, "–", "none")
        return self._number(at, held.own.value.value, step=held.own.value.step)

    def _gap(self, at: int, held: Held | None) -> str:
        if held is None:
            return self._text(at, "–", "none")
        if held.why == "agrees":
            return self._text(at, self._say("gap-agrees"), "fine")
        if held.why == "differs":
            return self._number(at, held.gap, state="differs")
        made = shown(held.gap, Fraction(0), self._frame.fields[at])
        number = (made.number if made else _written(held.gap)).replace(".", self._say("decimal"))
        return self._text(at, self._say(f"gap-{held.why}", gap=number, count=held.lacking))


def _written(value: Number, decimal: str = ".") -> str:
    """Return a number with all its decimals, of one without end as many as can be read."""
    number = Fraction(value)
    places = 0
    while (number * 10**places).denominator != 1 and places < _MOST_DECIMALS:
        places += 1
    digits = str(abs(int(number * 10**places))).rjust(places + 1, "0")
    sign = "-" if number < 0 else ""
    return sign + (f"{digits[:-places]}{decimal}{digits[-places:]}" if places else digits)
