"""``validator accept FILE… --archive DIR``: files reports, so that the next period is held against them."""

from __future__ import annotations

import sys
from typing import TYPE_CHECKING, Any

from validator.api import accept, period_text
from validator.cli.given import given_by
from validator.cli.main import CLEAN, UNUSABLE
from validator.cli.problems import problems_text
from validator.diagnostics.message import message
from validator.model.problem import FileError, ValidatorError
from validator.render.layout import clean

if TYPE_CHECKING:
    from validator.filing import Acceptance


def run(options: Any) -> int:
    """Run the command: 0 if every file was filed, 2 if one was not; the others are filed all the same."""
    refused = False
    for file in options.files:
        try:
            done = accept(
                file,
                options.archive,
                packs=options.pack,
                units=options.units,
                given=given_by(options),
                lang=options.lang,
            )
        except FileError:
            raise  # a fault of the list of units, not of the report
        except ValidatorError as error:
            sys.stderr.write(problems_text((error.problem,), options.lang))
            refused = True
            continue
        if done.faults:
            sys.stderr.write(problems_text(done.faults, options.lang))
        sys.stdout.write("".join(f"{line}\n" for line in _told(done, options.lang)))
    return UNUSABLE if refused else CLEAN


def _told(done: Acceptance, lang: str) -> tuple[str, ...]:
    """Say where a report lies now, and what was understood of it."""
    key = "already-filed" if not done.is_new else "filed" if done.version == 1 else "filed-correction"
    where = {"path": str(done.path), "version": done.version - 1}
    what = {
        "unit": done.unit.name or done.unit.id,
        "period": period_text(done.period, lang),
        "figures": done.figures,
    }
    lines = (message(f"archive/{key}", lang, where), message("archive/filed-of", lang, what))
    return tuple("  " * number + clean(line).strip() for number, line in enumerate(lines))
