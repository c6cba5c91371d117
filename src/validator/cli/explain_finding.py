"""``validator explain-finding FILE RULE``: files an explanation of a finding beside its report."""

from __future__ import annotations

import sys
from typing import TYPE_CHECKING, Any

from validator.api import explain_finding, load_pack
from validator.cli.given import given_by
from validator.cli.main import CLEAN
from validator.model.location import Location
from validator.model.problem import Problem, ValidatorError
from validator.readers.notation import Refusal, load_notation
from validator.render.terminal import clean
from validator.wording.message import message

if TYPE_CHECKING:
    from datetime import date


def run(options: Any) -> int:
    """Run the command and return its exit code."""
    path = explain_finding(
        options.path,
        options.rule,
        reason=options.reason,
        by=options.by,
        on=_day(options.date),
        field=options.field,
        replace=options.replace,
        packs=[load_pack(name) for name in options.pack],
        archive=options.archive,
        units=options.units,
        beside=options.beside,
        given=given_by(options),
    )
    sys.stdout.write(clean(message("waiver/written", options.lang, {"path": path})) + "\n")
    return CLEAN


def _day(text: str) -> date | None:
    """Return the day that *text* names, None if it is left to be today."""
    found = load_notation().read_date(text) if text else None
    if isinstance(found, Refusal):
        problem = Problem(code="waiver/no-such-day", location=Location(), args={"raw": text})
        raise ValidatorError(problem)
    return found
