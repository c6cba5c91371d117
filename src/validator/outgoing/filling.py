"""A superior's blank form with the sums of its units; nothing else in it is changed.

Each empty cell of the form's tables is given a number of its own, the form is read as any report is, and
which number was read as which field says which cell is whose.
"""

from __future__ import annotations

from fractions import Fraction
from typing import TYPE_CHECKING

from validator.model.field import FieldType
from validator.model.location import Location
from validator.model.problem import Problem, ValidatorError
from validator.model.quantity import Quantity
from validator.model.record import record
from validator.packs.forms import packs_for
from validator.readers.encoding import read_bytes
from validator.readers.formats import DOCX, FORMATS, XLSX
from validator.readers.given import Given
from validator.readers.notation import load_notation
from validator.readers.reader import Unreadable
from validator.render.blank_form import Written, filled_form, marked, marker
from validator.render.figures_cell import plain_number
from validator.render.rollup_rows import rollup_rows
from validator.submissions.reading import read
from validator.wording.message import message

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence
    from pathlib import Path

    from validator.model.field import FieldDef, Form
    from validator.model.report import Cell
    from validator.model.rollup import Rollup
    from validator.render.rollup_rows import RollupRow

_LARGEST = 200 * 1024 * 1024
_SHEETS, _TEXTS = FORMATS[XLSX].suffixes, (FORMATS[DOCX].suffix,)
_PERCENT = Fraction(1, 100)


@record
class FilledForm:
    """The form with its figures: how many were filled in, and of which fields cells stayed blank and why."""

    data: bytes
    filled: int
    blank: Mapping[str, str]


def fill_form(
    rolled: Rollup, form: Form, blank: Path, lang: str, packs: Sequence[str | Path] = ()
) -> FilledForm:
    """Return the form at *blank* with the figures of *rolled* that are exact.

    Raises `ValidatorError` if it is no .docx or .xlsx, cannot be read, or has no cell for any field.
    """
    suffix = blank.suffix.lower()
    if suffix not in (*_SHEETS, *_TEXTS):
        raise _wrong("form-file-kind", blank)
    data = read_bytes(str(blank), limit=_LARGEST)
    if isinstance(data, Problem):
        raise ValidatorError(data)
    is_sheet = suffix in _SHEETS
    try:
        numbered, count = filled_form(data, is_sheet=is_sheet, texts=None)
        places = _places(numbered, blank.name, rolled, packs, count)
        if not places:
            raise _wrong("form-file-no-cells", blank)
        rows = {row.path: row for row in rollup_rows(rolled, form, lang)}
        texts: dict[int, Written] = {}
        why: dict[str, str] = {}
        for at, cell in places.items():
            written = _written(rows.get(cell.path), form.fields[cell.path], cell, is_sheet=is_sheet)
            if written is not None:
                texts[at] = written
            else:
                row = rows.get(cell.path)
                why[cell.path] = row.why if row and row.why else message("rollup/blank-nobody", lang)
        done, _ = filled_form(data, is_sheet=is_sheet, texts=texts)
    except Unreadable as fault:
        raise ValidatorError(
            Problem(
                code=f"document/{fault.code}",
                location=Location(file=str(blank)),
                args={"file": blank.name, **fault.values},
            )
        ) from fault
    return FilledForm(data=done, filled=len(texts), blank=why)


def _places(
    numbered: bytes, name: str, rolled: Rollup, packs: Sequence[str | Path], count: int
) -> dict[int, Cell]:
    """Return which empty cell is read as which field."""
    report = rolled.report
    given = Given(form=report.form, unit=report.unit, period=report.period)
    found = read(numbered, name, packs_for(report.form, packs), given).report
    places: dict[int, Cell] = {}
    for cells in found.cells.values() if found is not None else ():
        for cell in cells:
            at = marked(cell.raw)
            if at is not None and 0 <= at < count:
                places[at] = cell
    return dict(sorted(places.items()))


def _written(row: RollupRow | None, field: FieldDef, place: Cell, *, is_sheet: bool) -> Written | None:
    """Return what is written into a place, in the unit of its row; None if nothing exact can be."""
    value = row.cell.value if row is not None and row.cell is not None else None
    scale = _scale(field, place)
    if not isinstance(value, Quantity) or scale is None:
        return None
    number = plain_number(value.value / scale)
    if number is None:
        return None
    if is_sheet:
        return Written(text=number, is_number=True)
    whole, _, decimals = number.partition(".")
    notation = load_notation().data
    grouped = f"{int(whole):,}".replace(",", notation.group[:1]) if abs(int(whole)) >= 1000 else whole
    return Written(text=f"{grouped}{notation.decimal}{decimals}" if decimals else grouped)


def _scale(field: FieldDef, place: Cell) -> Fraction | None:
    """Return what one of the numbers of a row stands for: a million where it is in millions."""
    if isinstance(place.value, Quantity):
        at = marked(place.raw)
        return None if at is None else place.value.value / int(marker(at))
    return (
        _PERCENT
        if field.type is FieldType.PERCENT
        else Fraction(1)
        if field.type is FieldType.COUNT
        else None
    )


def _wrong(code: str, path: Path) -> ValidatorError:
    return ValidatorError(Problem(code=f"rollup/{code}", location=Location(), args={"path": str(path)}))
