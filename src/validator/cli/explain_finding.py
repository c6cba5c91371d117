"""``validator explain-finding``: files explanations of findings beside their reports, one or very many."""

from __future__ import annotations

import os
import sys
from pathlib import Path
from typing import TYPE_CHECKING, Any

from validator.api import explain_finding, load_pack
from validator.cli.given import given_by
from validator.cli.main import CLEAN, FINDINGS, UNUSABLE
from validator.model.location import Location
from validator.model.problem import Problem, ValidatorError, fault_detail
from validator.readers.formats import FORMATS, XLSX
from validator.readers.notation import Refusal, load_notation
from validator.render.terminal import clean
from validator.wording.message import message

if TYPE_CHECKING:
    from datetime import date

    from validator.checking.reasons import Filed
    from validator.explaining.explainable import Where


def run(options: Any) -> int:
    """Run the command and return its exit code."""
    _refuse_clashes(options)
    if options.sheet:
        return _write_sheet(options)
    if options.filled:
        return _read_sheet(options)
    if not options.rule:
        raise _wrong("explain-needs-rule")
    if options.all:
        return _explain_all(options)
    if os.path.isdir(options.path):  # noqa: PTH112 - never raises
        raise _wrong("explain-folder", path=options.path)
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
    _say("written", options.lang, path=path)
    return CLEAN


def _explain_all(options: Any) -> int:
    from validator.explaining.public import explain_findings

    with_progress, day = _where(options), _day(options.date)
    filed = explain_findings(
        with_progress,
        options.rule,
        reason=options.reason,
        by=options.by,
        on=day,
        field=options.field,
        replace=options.replace,
    )
    _tell(filed, options.lang)
    return CLEAN


def _write_sheet(options: Any) -> int:
    from validator.cli.target import inputs_of, refuse_inputs
    from validator.explaining.public import sheet_of_findings
    from validator.writing import create_file

    out = options.sheet
    if not out.lower().endswith(FORMATS[XLSX].suffixes[0]):
        raise _wrong("sheet-suffix", path=out)
    if os.path.lexists(out):
        raise _wrong("sheet-there", path=out)
    options.paths = [options.path]
    refuse_inputs((out,), inputs_of(options))
    made = sheet_of_findings(_where(options), rule=options.rule or "", lang=options.lang)
    if not made.findings:
        _say("sheet-nothing", options.lang)
    else:
        try:
            create_file(Path(out), made.data)
        except FileExistsError as fault:
            raise _wrong("sheet-there", path=out) from fault
        except (OSError, ValueError) as fault:
            raise _wrong("cannot-write-file", path=out, detail=fault_detail(fault)) from fault
        _say("sheet-made", options.lang, path=out, count=made.findings, files=made.reports)
    counts = {"errors": made.errors, "packed": len(made.packed), "unread": len(made.unread)}
    for key, count in counts.items():
        if count:
            _say(f"sheet-{key}", options.lang, count=count)
    return CLEAN


def _read_sheet(options: Any) -> int:
    """Return 0 if all rows with a reason were taken, 1 if some were, 2 if none."""
    from validator.cli.problems import problems_text
    from validator.explaining.public import explain_from_sheet

    at, day = _where(options), _day(options.date)
    taken = explain_from_sheet(at, options.filled, by=options.by, on=day, replace=options.replace)
    sys.stderr.write(problems_text(taken.problems, options.lang))
    _tell(taken.filed, options.lang, left_blank=taken.blank, not_taken=len(taken.problems))
    if not taken.problems:
        return CLEAN
    return FINDINGS if taken.filed.written or taken.filed.already else UNUSABLE


def _where(options: Any) -> Where:
    from validator.explaining.public import where

    return where(
        options.path,
        packs=[load_pack(name) for name in options.pack],
        archive=options.archive,
        units=options.units,
        beside=options.beside,
        given=given_by(options),
    )


def _tell(filed: Filed, lang: str, *, left_blank: int = 0, not_taken: int = 0) -> None:
    _say("written-many", lang, count=filed.written, files=len(filed.files))
    counts = {"already-there": filed.already, "left-blank": left_blank, "not-taken": not_taken}
    for key, count in counts.items():
        if count:
            _say(key, lang, count=count)


def _say(key: str, lang: str, **args: object) -> None:
    sys.stdout.write(clean(message(f"waiver/{key}", lang, args)) + "\n")


def _refuse_clashes(options: Any) -> None:
    """Refuse options that say two things at once."""
    told = {
        "--reason": options.reason,
        "--all": options.all,
        "--field": options.field,
        "--replace": options.replace and options.sheet,
        "--by": options.by and options.sheet,
        "--date": options.date and options.sheet,
        "RULE": options.filled and options.rule,
        "--from": options.sheet and options.filled,
    }
    option = "--sheet" if options.sheet else "--from" if options.filled else ""
    others = [name for name, given in told.items() if given]
    if option and others:
        raise _wrong("explain-alone", option=option, others=", ".join(others))


def _day(text: str) -> date | None:
    """Return the day that *text* names, None if it is left to be today."""
    found = load_notation().read_date(text) if text else None
    if isinstance(found, Refusal):
        problem = Problem(code="waiver/no-such-day", location=Location(), args={"raw": text})
        raise ValidatorError(problem)
    return found


def _wrong(code: str, **args: object) -> ValidatorError:
    return ValidatorError(Problem(code=f"cli/{code}", location=Location(), args=args))
