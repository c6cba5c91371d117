"""``validator rollup PATH…``: the superior's report, computed from those of its units."""

from __future__ import annotations

import os
import sys
from pathlib import Path
from typing import Any

from validator.api import form_of, load_pack, rollup
from validator.cli.given import require_form
from validator.cli.main import CLEAN, FINDINGS
from validator.cli.target import inputs_of, refuse_inputs
from validator.model.limits import limits_of
from validator.model.location import Location
from validator.model.problem import Problem, ValidatorError, fault_detail
from validator.readers.kind import units_beside
from validator.render.rollup_yaml import rollup_summary, rollup_yaml
from validator.render.terminal import clean
from validator.writing import create_file, replace_file

_STANDARD = "-"


def run(options: Any) -> int:
    """Run the command: 0, or 1 if files could not be used or the superior's own report differs."""
    target = None if options.out == _STANDARD else Path(options.out)
    # `os.path` never raises, whatever the name.
    if target is not None and os.path.exists(target) and not options.force:  # noqa: PTH110 - never raises, whatever the name
        raise _wrong("rollup/target-exists", path=options.out)
    if target is not None:
        refuse_inputs([options.out], inputs_of(options))
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
    text = rollup_yaml(rolled, form_of(rolled.report, options.pack), options.lang)
    if target is None:
        sys.stdout.write(text)
    else:
        _write(target, text, force=options.force)
    sys.stderr.write(clean(rollup_summary(rolled, options.lang)) + "\n")
    return FINDINGS if rolled.contradictions or rolled.unused or rolled.unread else CLEAN


def _write(target: Path, text: str, *, force: bool) -> None:
    data = text.encode("utf-8", "replace")
    try:
        (replace_file if force else create_file)(target.resolve(), data)
    except FileExistsError as fault:
        raise _wrong("rollup/target-exists", path=str(target)) from fault
    except (OSError, ValueError) as fault:
        raise _wrong("cli/cannot-write-file", path=str(target), detail=fault_detail(fault)) from fault


def _wrong(code: str, **args: object) -> ValidatorError:
    return ValidatorError(Problem(code=code, location=Location(), args=args))
