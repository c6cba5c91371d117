"""``validator lint [PACK…]``: shows what is to be doubted in rule packs, and mends what is mechanical."""

from __future__ import annotations

import sys
from pathlib import Path
from typing import TYPE_CHECKING, Any

from validator.api import version
from validator.cli.main import CLEAN, FINDINGS, UNUSABLE
from validator.cli.pack_files import folders, write_text
from validator.cli.problems import problems_text
from validator.cli.progress import screen
from validator.diagnostics.problem import lint_run
from validator.engine.lint.run import LINTS, lint_packs
from validator.model.record import evolve
from validator.model.verdict import Severity
from validator.packs.lint.fix import fix_text
from validator.packs.lint.registry import lint_reference
from validator.packs.lint.subject import read_explanations
from validator.render.option import Options
from validator.render.renderer import renderer
from validator.wording.in_language import in_language
from validator.wording.message import message

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from validator.engine.lint.run import LintResult
    from validator.model.problem import Problem

_FIXABLE = frozenset(lint.id for lint in LINTS if lint.fixable)
_RANKS = {severity.value: severity.rank for severity in Severity} | {"never": -1}


def run(options: Any) -> int:
    """Run the command and return its exit code."""
    if options.reference:
        sys.stdout.write(lint_reference(LINTS))
        return CLEAN
    chosen = folders(options.packs)
    explanations, unread = read_explanations(options.explanations)
    result = lint_packs(chosen, explanations)
    fixed: tuple[str, ...] = ()
    if options.fix:
        fixed = _fix(result.problems)
        result = lint_packs(chosen, explanations)
    problems = (*unread, *result.problems)
    unusable = result.broken or any(problem.severity is Severity.ERROR for problem in unread)
    failing = any(problem.severity.rank <= _RANKS[options.fail_on] for problem in problems)
    code = UNUSABLE if unusable else FINDINGS if failing else CLEAN
    sys.stdout.write(lint_text(problems, result, options, fixed, code=code))
    return code


def _fix(problems: Iterable[Problem]) -> tuple[str, ...]:
    """Mend the files of the fixable *problems* and return those that were changed."""
    by_file: dict[str, list[Problem]] = {}
    for problem in problems:
        if problem.code in _FIXABLE:
            by_file.setdefault(problem.location.file, []).append(problem)
    changed: list[str] = []
    for file, found in sorted(by_file.items()):
        before = Path(file).read_bytes()
        text = before.decode("utf-8")
        mended = fix_text(text, file, found)
        if mended != text:
            write_text(Path(file), mended, before)
            changed.append(file)
    return tuple(changed)


def lint_text(
    problems: Sequence[Problem],
    result: LintResult,
    options: Any,
    fixed: Sequence[str] = (),
    *,
    code: int | None = None,
) -> str:
    """Return the findings in the format asked for; notes are counted, and shown if asked for."""
    form = options.format or ("table" if sys.stdout.isatty() else "plain")
    lang = options.lang
    if form == "json":
        found = in_language(lint_run(problems, rules=result.rules, version=version()), lang)
        return renderer(form)(evolve(found, exit_code=code), Options(lang=lang))
    shown = [each for each in problems if options.verbose or each.severity is not Severity.INFO]
    if form == "plain":
        text = problems_text(shown, lang)
    else:
        found = in_language(lint_run(shown, rules=result.rules, version=version()), lang)
        layout = evolve(screen(options), verbose=options.verbose, quiet=True, ids=True)
        text = renderer(form)(found, layout) if shown else ""
    lines = [message("lint/fixed", lang, {"file": file}) for file in fixed]
    parts = (text.rstrip("\n") + "\n" if text else "", *lines, _summary(problems, result, options))
    return "\n".join(part for part in parts if part) + "\n"


def _summary(problems: Sequence[Problem], result: LintResult, options: Any) -> str:
    counts = {
        severity.value: sum(problem.severity is severity for problem in problems) for severity in Severity
    }
    fixable = sum(problem.code in _FIXABLE for problem in problems)
    args = {**counts, "packs": result.packs, "rules": result.rules, "fixable": fixable}
    lines = [message("lint/summary", options.lang, args)]
    if counts["info"] and not options.verbose:
        lines.append(message("lint/notes-hidden", options.lang, args))
    if fixable and not options.fix:
        lines.append(message("lint/can-be-fixed", options.lang, args))
    return "\n".join(lines)
