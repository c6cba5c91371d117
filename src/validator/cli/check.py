"""``validator check PATH…``: checks reports and shows what does not agree."""

from __future__ import annotations

import os
import shutil
import sys
from functools import lru_cache
from typing import TYPE_CHECKING, Any

from validator.api import STDIN, PackError, check, load_pack, version
from validator.checking.file import NOTHING_COMPARED
from validator.cli.given import given_by
from validator.cli.main import CLEAN, FINDINGS, UNUSABLE
from validator.cli.output import outputs, write_outputs
from validator.cli.progress import progress_bar
from validator.cli.target import inputs_of, refuse_inputs
from validator.cli.wrong_use import require_archive
from validator.diagnostics.problem import explain_problem
from validator.model.diagnostic import FileResult, RunResult
from validator.model.verdict import Severity, Verdict
from validator.render.option import Options
from validator.render.renderer import FORMATS, renderer

if TYPE_CHECKING:
    from collections.abc import Sequence

    from validator.checking.many import Source
    from validator.cli.output import Output
    from validator.model.diagnostic import Diagnostic
    from validator.packs.pack import RulePack

_RANKS = {severity.value: severity.rank for severity in Severity} | {"never": -1}
_STDIN_LIMIT = 50 * 1024 * 1024
_NARROWEST, _WIDEST = 40, 200


def run(options: Any) -> int:
    """Run the command and return its exit code."""
    default = "table" if sys.stdout.isatty() else "plain"
    chosen = outputs(options, FORMATS, default)
    require_archive(options.archive)
    refuse_inputs((each.file for each in chosen), inputs_of(options))
    try:
        packs = [load_pack(name) for name in options.pack]
        result, standard_input = _check(options, packs, chosen)
    except PackError as error:
        # Whoever reads the files of an earlier run must not take them for those of this one.
        _write([each for each in chosen if each.file], broken_run(error, options.lang), options, b"")
        raise
    _write(chosen, result, options, standard_input)
    return exit_code(result, options.fail_on)


def _check(options: Any, packs: list[RulePack], chosen: Sequence[Output]) -> tuple[RunResult, bytes]:
    standard_input = sys.stdin.buffer.read(_STDIN_LIMIT + 1) if "-" in options.paths else b""
    sources: list[Source] = [
        (STDIN, standard_input) if path == "-" else path for path in dict.fromkeys(options.paths)
    ]
    with progress_bar(wanted=not options.quiet) as progress:
        result = check(
            sources,
            packs=packs,
            select=options.select,
            ignore=options.ignore,
            lang=options.lang,
            undecided=options.verbose or any(each.format in ("json", "junit") for each in chosen),
            claims=not options.no_claims,
            archive=options.archive,
            units=options.units,
            given=given_by(options),
            progress=progress,
        )
    return result, standard_input


def _write(chosen: Sequence[Output], result: RunResult, options: Any, standard_input: bytes) -> None:
    shown = text_layout(options, standard_input)
    filed = text_layout(options, standard_input, terminal=False)
    write_outputs(chosen, lambda each: renderer(each.format)(result, filed if each.file else shown))


def broken_run(error: PackError, lang: str) -> RunResult:
    """Return the run of a pack that cannot be used: nothing but its faults."""
    found: dict[str, list[Diagnostic]] = {}
    for problem in error.problems:
        told = explain_problem(problem, lang, verdict=Verdict.ERROR)
        found.setdefault(problem.location.file, []).append(told)
    files = [FileResult(path=path, diagnostics=tuple(each), judged=False) for path, each in found.items()]
    return RunResult(version=version(), files=tuple(files))


def exit_code(result: RunResult, fail_on: str) -> int:
    """Return 2 if no file could be judged, 1 for findings at or over *fail_on*, else 0.

    What was explained is no finding here. Where nothing is found because nothing was compared, in no
    file of the run, that is 2 as well; a single such file among others is a finding.
    """
    if not any(file.judged for file in result.files):
        return UNUSABLE
    worst = _RANKS[fail_on]
    found = {
        diagnostic.id
        for file in result.files
        for diagnostic in file.diagnostics
        if diagnostic.verdict in (Verdict.FAIL, Verdict.ERROR)
        and diagnostic.severity.rank <= worst
        and not diagnostic.waiver
    }
    if not result.compared.decided and found <= {NOTHING_COMPARED}:
        return UNUSABLE
    return FINDINGS if found else CLEAN


def text_layout(options: Any, standard_input: bytes = b"", *, terminal: bool | None = None) -> Options:
    """Return how text is to be laid out: for the terminal there is, or for a file."""

    @lru_cache(maxsize=8)
    def lines(file: str) -> list[str]:
        from validator.readers.encoding import text_or_nothing

        return text_or_nothing(standard_input if file == STDIN else file).splitlines()

    def source_line(file: str, number: int) -> str | None:
        found = lines(file)
        return found[number - 1] if 0 < number <= len(found) else None

    terminal = sys.stdout.isatty() if terminal is None else terminal
    width = shutil.get_terminal_size((100, 24)).columns
    return Options(
        lang=options.lang,
        width=max(_NARROWEST, min(_WIDEST, width)),
        colour=terminal and not options.no_color and not os.environ.get("NO_COLOR"),
        verbose=options.verbose,
        quiet=options.quiet,
        source_line=source_line,
    )
