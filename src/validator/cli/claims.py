"""``validator claims FILE``: the arithmetic, dates and citations that a document states by itself."""

from __future__ import annotations

import os
import sys
from pathlib import Path
from typing import Any

_NARROWEST, _WIDEST = 60, 200


def run(options: Any) -> int:
    """Run the command: 0 if nothing fails, 1 if a claim does, 2 if the file cannot be read."""
    from validator.checking.plain import read_claims
    from validator.claims import claim_problems
    from validator.cli.main import CLEAN, FINDINGS, UNUSABLE
    from validator.cli.problems import problems_text
    from validator.model.limits import limits_of
    from validator.render.claims import render_claims
    from validator.render.option import Options
    from validator.render.terminal import is_colour_wanted, terminal_width

    limits = limits_of(options.limit_seconds, options.limit_memory)
    problems, result = read_claims(Path(options.file), limits)
    if problems:
        sys.stderr.write(problems_text(problems, options.lang))
    if options.format == "json":
        from validator.render.claims import claims_text

        code = UNUSABLE if result is None else FINDINGS if claim_problems(result.claims) else CLEAN
        sys.stdout.write(claims_text(result, problems, options.lang, code, unchecked=options.unchecked))
        return code
    if result is None:
        return UNUSABLE
    form = options.format or ("table" if sys.stdout.isatty() else "plain")
    layout = Options(
        lang=options.lang,
        width=max(_NARROWEST, min(_WIDEST, terminal_width(120))),
        colour=is_colour_wanted(no_color=False, is_terminal=sys.stdout.isatty(), environment=os.environ),
    )
    sys.stdout.write(render_claims(result, form, layout, unchecked=options.unchecked))
    return FINDINGS if claim_problems(result.claims) else CLEAN
