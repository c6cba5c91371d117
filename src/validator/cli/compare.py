"""``validator compare OLD NEW``: what was corrected, what is still there, what is new."""

from __future__ import annotations

import sys
from typing import TYPE_CHECKING, Any

from validator.api import compare
from validator.cli.check import is_given_up
from validator.cli.given import given_by
from validator.cli.main import CLEAN, FINDINGS, UNUSABLE
from validator.cli.progress import screen
from validator.model.verdict import Severity
from validator.render.renderer import render_comparison

if TYPE_CHECKING:
    from validator.model.comparison import Comparison

_NARROWEST = 60


def run(options: Any) -> int:
    """Run the command: 0 if the new version has no open error, 1 if it has, 2 if a file is unusable."""
    compared = compare(
        options.old,
        options.new,
        packs=options.pack,
        archive=options.archive,
        units=options.units,
        lang=options.lang,
        claims=not options.no_claims,
        given=given_by(options),
    )
    form = options.format or ("table" if sys.stdout.isatty() else "plain")
    code = exit_code(compared)
    sys.stdout.write(render_comparison(compared, form, screen(options, narrowest=_NARROWEST), code))
    return code


def exit_code(compared: Comparison) -> int:
    """Return 2 if nothing was compared or a rule not run, 1 if the new version has an open error, else 0."""
    open_ones = (*(new for _, new in compared.remaining), *compared.fresh)
    if compared.unread or any(map(is_given_up, open_ones)):
        return UNUSABLE
    return FINDINGS if any(each.severity is Severity.ERROR for each in open_ones) else CLEAN
