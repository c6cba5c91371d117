"""``validator rollup PATH…``: the superior's report, computed from those of its units."""

from __future__ import annotations

import os
import sys
from pathlib import Path
from typing import TYPE_CHECKING, Any

from validator.api import form_of, load_pack, rollup
from validator.cli.given import require_form
from validator.cli.main import CLEAN, FINDINGS
from validator.cli.target import inputs_of, refuse_inputs
from validator.model.limits import limits_of
from validator.model.location import Location
from validator.model.problem import Problem, ValidatorError, fault_detail
from validator.readers.formats import DOCX, FORMATS, XLSX
from validator.readers.kind import units_beside
from validator.render.rollup_yaml import rollup_summary, rollup_yaml
from validator.render.terminal import clean
from validator.wording.message import message
from validator.writing import create_file, replace_file

if TYPE_CHECKING:
    from validator.model.field import Form
    from validator.model.rollup import Rollup

_STANDARD = "-"


def run(options: Any) -> int:
    """Run the command: 0, or 1 if files could not be used or the superior's own report differs."""
    target = None if options.out == _STANDARD else Path(options.out)
    # `os.path` never raises, whatever the name.
    if target is not None and os.path.exists(target) and not options.force:  # noqa: PTH110 - never raises, whatever the name
        raise _wrong("rollup/target-exists", path=options.out)
    if target is not None:
        refuse_inputs([options.out], (*inputs_of(options), options.form_file))
    if options.form_file:
        _require_same_kind(options)
    packs = [load_pack(name) for name in options.pack]
    require_form(options.form, options.pack)
    rolled = rollup(
        options.paths,
        form=options.form,
        packs=packs,
        units=options.units or units_beside(options.paths),
        parent=options.parent,
        period=options.period,
        lang=options.lang,
        ocr=options.ocr,
        limits=limits_of(options.limit_seconds, options.limit_memory),
    )
    form = form_of(rolled.report, options.pack)
    if options.form_file and target is not None:
        _fill(rolled, form, target, options)
    else:
        data = _data(rolled, form, options)
        if target is None:
            sys.stdout.write(data.decode("utf-8", "replace"))
        else:
            _write(target, data, force=options.force)
    sys.stderr.write(clean(rollup_summary(rolled, options.lang)) + "\n")
    return FINDINGS if rolled.contradictions or rolled.unused or rolled.unread else CLEAN


def _data(rolled: Rollup, form: Form, options: Any) -> bytes:
    """Return the computed report in the format that the name of the file says."""
    suffix = Path(options.out).suffix.lower()
    if suffix == FORMATS[XLSX].suffix:
        from validator.render.rollup_xlsx import rollup_xlsx

        return rollup_xlsx(rolled, form, options.lang)
    if suffix == FORMATS[DOCX].suffix:
        from validator.render.rollup_docx import rollup_docx

        return rollup_docx(rolled, form, options.lang)
    return rollup_yaml(rolled, form, options.lang).encode("utf-8", "replace")


def _require_same_kind(options: Any) -> None:
    suffix = Path(options.form_file).suffix.lower()
    if Path(options.out).suffix.lower() != suffix:
        raise _wrong("rollup/form-file-out", path=options.form_file, suffix=suffix)


def _fill(rolled: Rollup, form: Form, target: Path, options: Any) -> None:
    """Fill the blank form, write who makes up each figure beside it, and say how much was filled."""
    from validator.outgoing.filling import fill_form
    from validator.render.rollup_xlsx import sources_xlsx

    filled = fill_form(rolled, form, Path(options.form_file), options.lang, options.pack)
    sources = target.with_name(f"{target.stem}.{message('rollup/file-sources', options.lang)}.xlsx")
    if os.path.exists(sources) and not options.force:  # noqa: PTH110 - as above
        raise _wrong("rollup/target-exists", path=str(sources))
    refuse_inputs([str(sources)], (*inputs_of(options), options.form_file))
    _write(target, filled.data, force=options.force)
    _write(sources, sources_xlsx(rolled, form, options.lang, filled.blank), force=options.force)
    args = {"count": filled.filled, "path": options.out, "blank": len(filled.blank), "sources": str(sources)}
    sys.stderr.write(clean(message("rollup/filled", options.lang, args)) + "\n")


def _write(target: Path, data: bytes, *, force: bool) -> None:
    try:
        (replace_file if force else create_file)(target.resolve(), data)
    except FileExistsError as fault:
        raise _wrong("rollup/target-exists", path=str(target)) from fault
    except (OSError, ValueError) as fault:
        raise _wrong("cli/cannot-write-file", path=str(target), detail=fault_detail(fault)) from fault


def _wrong(code: str, **args: object) -> ValidatorError:
    return ValidatorError(Problem(code=code, location=Location(), args=args))
