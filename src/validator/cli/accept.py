"""``validator accept FILE… --archive DIR``: files reports, so that the next period is held against them."""

from __future__ import annotations

import sys
from typing import TYPE_CHECKING, Any

from validator.api import accept_all, period_text
from validator.cli.given import given_by
from validator.cli.main import CLEAN, UNUSABLE
from validator.cli.problems import problems_text
from validator.model.location import Location
from validator.model.problem import Problem, ValidatorError
from validator.render.terminal import clean
from validator.wording.in_language import in_language
from validator.wording.message import message

if TYPE_CHECKING:
    from validator.filing import Acceptance


def run(options: Any) -> int:
    """Run the command: 0 if every file was filed, 2 if one was not; the others are filed all the same."""
    refused = False
    found = accept_all(
        options.files,
        options.archive,
        packs=options.pack,
        units=options.units,
        given=given_by(options),
        lang=options.lang,
    )
    for each in found:
        if isinstance(each, ValidatorError):
            sys.stderr.write(problems_text((each.problem,), options.lang))
            refused = True
            continue
        if each.faults:
            sys.stderr.write(problems_text(each.faults, options.lang))
        sys.stdout.write("".join(f"{line}\n" for line in _told(each, options.lang)))
    if not found:
        args = {"files": ", ".join(options.files)}
        raise ValidatorError(Problem(code="archive/nothing", location=Location(), args=args))
    return UNUSABLE if refused else CLEAN


def _told(done: Acceptance, lang: str) -> tuple[str, ...]:
    """Say where a report lies now, and what was understood of it."""
    key = "already-filed" if not done.is_new else "filed" if done.version == 1 else "filed-correction"
    key = "filed-whole" if done.completes else key
    where = {"path": str(done.path), "version": done.version - 1}
    what = {
        "unit": done.unit.name or done.unit.id,
        "period": in_language(period_text(done.period), lang),
        "figures": done.figures,
    }
    lines = [message(f"archive/{key}", lang, where), message("archive/filed-of", lang, what)]
    if len(done.files) > 1:
        lines.append(message("archive/filed-with", lang, {"files": ", ".join(done.files)}))
    if done.missing:
        lines.append(message(f"archive/without-{done.missing}", lang, {}))
    return tuple("  " * bool(number) + clean(line).strip() for number, line in enumerate(lines))
