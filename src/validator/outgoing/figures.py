"""The sheet of figures written to its file: what people wrote there is kept, no other file written over."""

from __future__ import annotations

import tempfile
from pathlib import Path
from typing import IO, TYPE_CHECKING

from validator.model.location import Location
from validator.model.problem import Problem, ValidatorError, fault_detail
from validator.model.record import record
from validator.model.remark import Remarks
from validator.packs.forms import packs_for
from validator.readers.formats import FORMATS, XLSX
from validator.readers.reader import Unreadable
from validator.readers.regular import file_state
from validator.readers.remark import Filled, read_remarks, with_names
from validator.render.figures_xlsx import FormFigures, figures_xlsx, unit_keys
from validator.writing import replace_file

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence

    from validator.model.review import Review

_PIECE = 1 << 20


@record
class FiguresWritten:
    """The file, how many units' remarks were kept in it, and of how many that the review does not have."""

    path: Path
    kept: int = 0
    gone: int = 0


def require_free(path: Path) -> Filled:
    """Return what people wrote into the sheet at *path*, nothing if there is none.

    Raises `ValidatorError` if the sheet cannot be written there: it is open in an office program, it is no
    sheet of figures, or something in it would be lost.
    """
    if path.suffix.lower() != FORMATS[XLSX].suffix:
        raise _wrong("not-xlsx", path)
    for lock in (f"~${path.name}", f".~lock.{path.name}#"):
        if path.with_name(lock).exists():
            raise _wrong("is-open", path, lock=lock)
    if not path.exists():
        return Filled(forms={})
    try:
        found = read_remarks(path)
    except Unreadable as fault:
        raise _wrong("not-ours" if fault.code == "damaged" else "not-readable", path) from fault
    if not found.is_ours:
        raise _wrong("not-ours", path)
    if found.broken or not found.forms:
        raise _wrong("no-keys", path, sheet=", ".join(found.broken) or "1")
    if found.others:
        raise _wrong("other-sheets", path, sheets=", ".join(found.others))
    return found


def write_figures(review: Review, path: str | Path, *, packs: Sequence[str | Path] = ()) -> FiguresWritten:
    """Write the sheet of figures of *review* to *path*, whole or not at all.

    Every unit's figures of every indicator stand in it with their places. Status, remarks and columns that
    people added are taken over from the sheet that is there. *packs* are those of the review. Raises
    `ValidatorError` if the file is open or no sheet of figures, if nothing was read, or it cannot be written.
    """
    path = Path(path)
    before = file_state(path)
    filled = require_free(path)
    forms = dict(_forms(review, filled, packs))
    if not forms:
        raise _wrong("no-figures", path)
    with tempfile.TemporaryFile() as target:
        figures_xlsx(review, forms, target)
        target.seek(0)
        if file_state(path) != before:
            raise _wrong("is-open", path, lock=f"~${path.name}")
        try:
            replace_file(path, _pieces(target))
        except PermissionError as fault:
            raise _wrong("is-open", path, lock=f"~${path.name}") from fault
        except (OSError, ValueError) as fault:
            detail = fault_detail(fault)
            raise ValidatorError(
                Problem(
                    code="cli/cannot-write-file",
                    location=Location(),
                    args={"path": str(path), "detail": detail},
                )
            ) from fault
    return _written(review, path, forms)


def _forms(review: Review, filled: Filled, packs: Sequence[str | Path]) -> Iterator[tuple[str, FormFigures]]:
    """Yield the forms of the review, and those of which people wrote something before."""
    for name in dict.fromkeys((*review.indicators, *filled.forms)):
        chosen = packs_for(name, packs)
        found = filled.forms.get(name, Remarks())
        if chosen and (review.indicators.get(name) or found.rows):
            yield name, FormFigures(packs=chosen, remarks=with_names(found, _names(review, name)))


def _names(review: Review, form: str) -> Mapping[str, str]:
    """Return the keys of the units of a form by their names, where a name is that of one unit."""
    units = [each for each in review.units if each.form == form]
    found: dict[str, set[str]] = {}
    for unit, key in zip(units, unit_keys(units), strict=True):
        found.setdefault(unit.unit.name or "", set()).add(key)
    return {name: next(iter(keys)) for name, keys in found.items() if name and len(keys) == 1}


def _written(review: Review, path: Path, forms: Mapping[str, FormFigures]) -> FiguresWritten:
    kept, gone = 0, 0
    for name, form in forms.items():
        units = [each for each in review.units if each.form == name and each.unit.id not in review.superiors]
        there = set(unit_keys(units))
        rows = [key for key in form.remarks.rows if not key.startswith("#")]
        kept += len(rows)
        gone += sum(key not in there for key in rows)
    return FiguresWritten(path=path, kept=kept, gone=gone)


def _pieces(file: IO[bytes]) -> Iterator[bytes]:
    while piece := file.read(_PIECE):
        yield piece


def _wrong(code: str, path: Path, **args: object) -> ValidatorError:
    return ValidatorError(
        Problem(code=f"figures/{code}", location=Location(file=str(path)), args={"path": str(path), **args})
    )
