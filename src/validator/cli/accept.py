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
    from collections.abc import Iterator, Sequence

    from validator.filing import Acceptance, Accepted

_HELD_BACK = "archive/held-back"
_MOST_NAMES = 20


def run(options: Any) -> int:
    """Run the command: 0 if every report was filed, 2 if one was not."""
    found = accept_all(
        options.files,
        options.archive,
        packs=options.pack,
        units=options.units,
        given=given_by(options),
        lang=options.lang,
        all_or_none=options.all_or_none,
    )
    if not found.reports:
        args = {"files": ", ".join(options.files)}
        raise ValidatorError(Problem(code="archive/nothing", location=Location(), args=args))
    for each in found.reports:
        if isinstance(each, ValidatorError):
            if each.problem.code != _HELD_BACK:
                sys.stderr.write(problems_text((each.problem,), options.lang))
            continue
        if each.faults:
            sys.stderr.write(problems_text(each.faults, options.lang))
        sys.stdout.write("".join(f"{line}\n" for line in _told(each, options.lang)))
    sys.stdout.write("".join(f"{clean(line)}\n" for line in _summary(found, options.lang)))
    return UNUSABLE if any(isinstance(each, ValidatorError) for each in found.reports) else CLEAN


def _summary(found: Accepted, lang: str) -> Iterator[str]:
    """Say what became of several reports, which files do not count, and who is still missing."""
    refused = [each for each in found.reports if isinstance(each, ValidatorError)]
    filed = [each for each in found.reports if not isinstance(each, ValidatorError)]
    if any(each.problem.code == _HELD_BACK for each in refused):
        yield message("archive/none-filed", lang, {"count": len(refused) - _held(refused)})
    elif len(found.reports) > 1:
        again = sum(not each.is_new for each in filed)
        args = {"count": len(filed) - again, "again": again, "refused": len(refused)}
        yield message("archive/filed-all", lang, args)
    for old, new in found.superseded:
        yield message("archive/superseded", lang, {"old": old, "new": new})
    for name in found.left:
        yield message("archive/left", lang, {"path": name})
    if found.absent and len(found.reports) > 1:
        names = [each.name or each.id or "" for each in found.absent]
        told = {"count": len(names), "names": ", ".join(names[:_MOST_NAMES])}
        yield message(f"archive/absent{'-more' if len(names) > _MOST_NAMES else ''}", lang, told)


def _held(refused: Sequence[ValidatorError]) -> int:
    return sum(each.problem.code == _HELD_BACK for each in refused)


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
