"""``validator claims FILE``: the arithmetic, dates and citations that a document states by itself."""

from __future__ import annotations

import sys
from pathlib import Path
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from validator.claims import ClaimsResult

_NARROWEST = 60


def run(options: Any) -> int:
    """Run the command: 0 if nothing fails, 1 if a claim does, 2 if nothing was compared."""
    from validator.checking.plain import read_claims
    from validator.cli.problems import problems_text
    from validator.cli.progress import screen
    from validator.model.limits import limits_of
    from validator.render.claims import render_claims

    limits = limits_of(options.limit_seconds, options.limit_memory)
    problems, result = read_claims(Path(options.file), limits, ocr=options.ocr)
    if problems:
        sys.stderr.write(problems_text(problems, options.lang))
    code = _exit_code(result)
    if options.format == "json":
        from validator.render.claims import claims_text

        sys.stdout.write(claims_text(result, problems, options.lang, code, unchecked=options.unchecked))
    elif result is not None:
        form = options.format or ("table" if sys.stdout.isatty() else "plain")
        layout = screen(options, narrowest=_NARROWEST)
        sys.stdout.write(render_claims(result, form, layout, unchecked=options.unchecked))
    return code


def _exit_code(result: ClaimsResult | None) -> int:
    """Return the code by the rule of ``check``: where nothing was compared, nothing agrees."""
    from validator.claims import claim_problems
    from validator.cli.main import CLEAN, FINDINGS, UNUSABLE

    if result is not None and claim_problems(result.claims):
        return FINDINGS
    return CLEAN if result is not None and result.is_of_figures else UNUSABLE
