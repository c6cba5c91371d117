"""``validator units LIST``: shows the units of a list as they are understood, or writes them as YAML."""

from __future__ import annotations

import sys
from pathlib import Path
from typing import TYPE_CHECKING, Any

from validator.cli.main import CLEAN
from validator.cli.problems import problems_text
from validator.cli.target import refuse_inputs
from validator.model.location import Location
from validator.model.problem import FileError, Problem, ValidatorError, fault_detail
from validator.render.units_list import units_text, units_yaml
from validator.submissions.recognition import read_unit_list
from validator.writing import replace_file

if TYPE_CHECKING:
    from validator.readers.unit_list import UnitListResult


def run(options: Any) -> int:
    """Run the command: 0; a list that has faults raises them all, and nothing is written."""
    refuse_inputs([options.out], [options.list])
    found: UnitListResult = read_unit_list(options.list)
    if found.units is None:
        raise FileError(found.problems)
    sys.stderr.write(problems_text(found.problems, options.lang))
    if options.out:
        _write(Path(options.out), units_yaml(found.units))
    sys.stdout.write(units_text(found.units, options.lang))
    return CLEAN


def _write(target: Path, text: str) -> None:
    try:
        replace_file(target, text.encode("utf-8", "replace"))
    except OSError as fault:
        args = {"path": str(target), "detail": fault_detail(fault)}
        raise ValidatorError(
            Problem(code="review/cannot-write", location=Location(file=str(target)), args=args)
        ) from fault
