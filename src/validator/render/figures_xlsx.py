"""The reviewer's sheet of figures: every unit's figures of every indicator, with sums and places (.xlsx)."""

from __future__ import annotations

from collections import Counter
from typing import IO, TYPE_CHECKING

from validator.model.figure import UnitFigures
from validator.model.record import record
from validator.model.remark import Remark, Remarks
from validator.readers.remark import MARK
from validator.render.package import require, stamp
from validator.reviewing.figures_sum import Totals
from validator.reviewing.review_data import load_review_data

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence

    from validator.model.field import Form
    from validator.model.review import Review, UnitReview
    from validator.packs.pack import RulePack
    from validator.render.figures_sheet import Grid
    from validator.render.workbook import Book

NOBODY = Remark()


@record
class FormFigures:
    """A form of the review: its packs, what people wrote of its units in the earlier sheet."""

    packs: Sequence[RulePack]
    remarks: Remarks = Remarks()

    @property
    def form(self) -> Form:
        """The form as the first of its packs declares it."""
        return self.packs[0].form


def figures_xlsx(review: Review, forms: Mapping[str, FormFigures], target: IO[bytes]) -> None:
    """Write the figures of *review* to *target* as an Excel workbook, for each form a sheet with its places.

    The same review gives the same bytes. Units go by one after the other, so that memory stays flat.
    Raises ValidatorError if the extra ``documents`` is not installed.
    """
    require("xlsxwriter")
    from validator.render.workbook import Book

    day = stamp(review.period.end or review.period.start)
    book = Book(target, review.lang, day.replace(tzinfo=None))
    book.mark(MARK, "1")
    for name, form in forms.items():
        _Sheets(book, review, name, form).write()
    book.close()


def unit_keys(units: Sequence[UnitReview]) -> Iterator[str]:
    """Yield by what the rows of units are known: the id, else the name; of several alike the number too."""
    seen: dict[str, int] = {}
    for each in units:
        key = each.unit.id or each.unit.name or each.key
        seen[key] = seen.get(key, 0) + 1
        yield key if seen[key] == 1 else f"{key}#{seen[key]}"


class _Sheets:
    """The sheets of one form."""

    def __init__(self, book: Book, review: Review, name: str, form: FormFigures) -> None:
        self._book, self._review, self._form, self._name = book, review, form, name
        self._paths = review.indicators.get(name, ())
        self._data = load_review_data()
        above = review.superiors
        rows = [each for each in review.units if each.form == name]
        self._units = [each for each in rows if each.unit.id not in above]
        self._above = [each for each in rows if each.unit.id in above]
        ranked = self._data.ranked
        self._all = Totals(form.form, self._paths, ranked)
        self._of = {each.unit.id: Totals(form.form, self._paths, ranked) for each in self._above}

    def write(self) -> None:
        """Write the grid with its sums, the places, and the figures of no indicator."""
        from validator.render.figures_frame import Frame
        from validator.render.figures_places import LooseSheet, PlacesSheet
        from validator.render.figures_sheet import Grid

        remarks = self._form.remarks
        frame = Frame(self._book, self._form.form, self._paths, remarks.columns)
        grid = Grid(frame, self._review)
        places, loose = PlacesSheet(frame), LooseSheet(frame)
        left = dict(remarks.rows)
        for unit, key in zip(self._units, unit_keys(self._units), strict=True):
            figures = self._figures(unit)
            name = unit.unit.name or unit.unit.id or ""
            grid.add(unit, key, figures, left.pop(key, NOBODY))
            places.add(name, figures)
            loose.add(name, figures)
            self._add(unit, name, figures)
        grid.close_rows()
        grid.mark_low(self._data.thresholds.get(self._name, {}))
        self._below(grid, left)
        for unit in self._above:
            loose.add(unit.unit.name or unit.unit.id or "", self._figures(unit))
        grid.gone({key: each for key, each in left.items() if not each.is_empty})
        loose.close()

    def _figures(self, unit: UnitReview) -> UnitFigures:
        try:
            return self._review.figures[unit.key]
        except KeyError:  # of a unit that has sent nothing
            return UnitFigures()

    def _add(self, unit: UnitReview, name: str, figures: UnitFigures) -> None:
        self._all.add(name, figures.figures)
        if unit.unit.parent in self._of:
            self._of[unit.unit.parent].add(name, figures.figures)

    def _below(self, grid: Grid, left: dict[str, Remark]) -> None:
        from validator.render.figures_totals import Below

        below, packs, period = Below(grid, left), self._form.packs, self._review.period
        levels = Counter(each.unit.level for each in self._units if each.unit.level)
        level = max(levels, key=lambda name: levels[name], default=None)
        below.skip()
        title = grid.frame.say("sum", count=self._all.members)
        below.sums(self._all, self._all.shares(packs, level, period), title)
        below.ends(self._all, self._data.ranked)
        for each in self._above:
            figures = self._figures(each).figures
            totals, name = self._of[each.unit.id], each.unit.name or each.unit.id or ""
            if figures or len(self._above) > 1:
                below.skip()
            if len(self._above) > 1:
                title = grid.frame.say("sum-of", unit=name, count=totals.members)
                below.sums(totals, totals.shares(packs, level, period), title, each.unit.id or "")
            if not figures:
                continue
            held = totals.held(figures, each.unit, packs, period)
            below.superior(each.unit.id or "", name, held)
