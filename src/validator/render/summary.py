"""What every readable form ends with: how much was checked, and what never was."""

from __future__ import annotations

from typing import TYPE_CHECKING

from validator.render.finding import count_by_severity, count_explained

if TYPE_CHECKING:
    from validator.model.diagnostic import Compared, RunResult
    from validator.render.option import Options

_FEW = 3


def counts(run: RunResult, options: Options) -> list[str]:
    """Files and rules: loaded, applicable, decided, undecided."""
    unjudged = sum(not file.judged for file in run.files)
    return [
        options.word("summary-files", files=len(run.files)),
        *([options.word("summary-unjudged", count=unjudged)] if unjudged else []),
        options.word("summary-loaded", count=run.rules_loaded),
        options.word("summary-applicable", count=run.applicable),
        options.word("summary-decided", count=run.decided),
        options.word("summary-undecided", count=run.undecided),
    ]


def verdict(run: RunResult, options: Options) -> str:
    """How many findings there are, or in how many figures nothing was found; never that all is right."""
    found, explained = count_by_severity(run), count_explained(run)
    if explained:
        words = options.word("summary-findings", **found)
        return "; ".join((words, options.word("summary-explained", count=explained)))
    compared = run.compared
    if any(found.values()) or not compared.decided:
        return options.word("summary-findings", **found)
    return options.word("nothing-found-in", decided=compared.decided, figures=compared.figures)


def figures(compared: Compared, options: Options) -> str:
    """How many figures a file has, and what came of comparing them; nothing if it has none."""
    if not compared.figures:
        return ""
    args = {name: getattr(compared, name) for name in ("figures", "agree", "differ", "open")}
    return options.word("figures", **args)


def never_applied(run: RunResult, options: Options) -> str:
    """The rules that applied to nothing, by name where they are few or all is asked for."""
    rules = run.never_applied
    if not rules:
        return ""
    key = "never-applied" if options.verbose or len(rules) <= _FEW else "never-applied-count"
    words = options.word(key, count=len(rules), rules=", ".join(rules))
    return words[:1].upper() + words[1:]


def passed_over(run: RunResult, options: Options) -> str:
    """The files of folders that are no reports, by name where they are few or all is asked for."""
    names = run.passed_over
    if not names:
        return ""
    shown = names if options.verbose else names[:_FEW]
    more = len(names) - len(shown)
    key = "passed-over-more" if more else "passed-over"
    return options.word(key, count=len(names), files=", ".join(shown), more=more)
