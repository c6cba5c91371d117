"""``validator compare OLD NEW``: what was corrected, what is still there, what is new."""

from __future__ import annotations

import sys
from pathlib import Path
from typing import TYPE_CHECKING, Any

from validator.api import compare
from validator.cli.arguments import COMPARED
from validator.cli.given import given_by
from validator.cli.main import CLEAN, FINDINGS, UNUSABLE, is_given_up
from validator.cli.progress import screen
from validator.model.location import Location
from validator.model.problem import Problem, ValidatorError
from validator.model.verdict import Severity
from validator.render.option import NEVER
from validator.render.renderer import render_comparison

if TYPE_CHECKING:
    from collections.abc import Sequence

    from validator.cli.output import Output
    from validator.model.comparison import Comparison

_NARROWEST = 60


def run(options: Any) -> int:
    """Run the command: 0 if the new version has no open error, 1 if it has, 2 if a file is unusable."""
    form = options.format or ("table" if sys.stdout.isatty() else "plain")
    return _show(options, options.old, options.new, form, Severity.ERROR.value)


def run_since(options: Any, chosen: Sequence[Output]) -> int:
    """Run ``check FILE --since OLD``: what of the earlier version is mended, still there, and new.

    The exit code is that of ``check``: of what is open in FILE. Raises `ValidatorError` for what a
    comparison of two versions of one report does not know.
    """
    paths = tuple(dict.fromkeys(options.paths))
    is_one = len(paths) == 1 and not {"-", options.since} & set(paths)
    if not is_one or any(Path(each).is_dir() for each in (*paths, options.since)):
        raise _wrong("since-one-report", old=options.since)
    form = chosen[0]
    if len(chosen) > 1 or form.file or form.format not in COMPARED:
        raise _wrong("since-formats", formats=", ".join(COMPARED))
    taken = {
        "--select": options.select,
        "--ignore": options.ignore,
        "--ticks": options.ticks,
        "--annotate": options.annotate,
        "--undecided": options.undecided,
    }
    others = [name for name, given in taken.items() if given]
    if others:
        raise _wrong("since-alone", options=", ".join(others))
    return _show(options, options.since, paths[0], form.format, options.fail_on)


def _show(options: Any, old: str, new: str, form: str, fail_on: str) -> int:
    compared = compare(
        old,
        new,
        packs=options.pack,
        archive=options.archive,
        units=options.units,
        lang=options.lang,
        claims=not options.no_claims,
        given=given_by(options),
    )
    code = exit_code(compared, fail_on)
    sys.stdout.write(render_comparison(compared, form, screen(options, narrowest=_NARROWEST), code))
    return code


def exit_code(compared: Comparison, fail_on: str) -> int:
    """Return 2 if nothing was compared or a rule not run, 1 for what is open at or over *fail_on*, else 0."""
    open_ones = (*(new for _, new in compared.remaining), *compared.fresh)
    if compared.unread or any(map(is_given_up, open_ones)):
        return UNUSABLE
    worst = -1 if fail_on == NEVER else Severity(fail_on).rank
    return FINDINGS if any(each.severity.rank <= worst for each in open_ones) else CLEAN


def _wrong(code: str, **args: object) -> ValidatorError:
    return ValidatorError(Problem(code=f"cli/{code}", location=Location(), args=args))
