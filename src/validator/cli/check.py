"""``validator check PATH…``: checks reports and shows what does not agree."""

from __future__ import annotations

import sys
from contextlib import ExitStack
from functools import lru_cache, partial
from typing import TYPE_CHECKING, Any

from validator.api import STDIN, check, load_pack, version
from validator.checking.file import NOTHING_COMPARED
from validator.cli.given import given_by, require_archive
from validator.cli.main import CLEAN, FINDINGS, UNUSABLE, is_given_up
from validator.cli.output import Package, Stream, outputs, require_files, write_outputs
from validator.cli.progress import progress_bar, screen
from validator.cli.target import inputs_of, refuse_inputs
from validator.diagnostics.problem import explain_problem
from validator.model.diagnostic import FileResult, RunResult
from validator.model.problem import ValidatorError
from validator.model.record import evolve
from validator.model.verdict import Severity, Verdict
from validator.render.renderer import DOCX, FORMATS, rendered, writer
from validator.wording.in_language import in_language

if TYPE_CHECKING:
    from collections.abc import Sequence

    from validator.checking.many import Source
    from validator.cli.copy import Copier
    from validator.cli.output import Output
    from validator.model.diagnostic import Diagnostic
    from validator.packs.pack import RulePack
    from validator.render.option import Options

_RANKS = {severity.value: severity.rank for severity in Severity} | {"never": -1}
_STDIN_LIMIT = 50 * 1024 * 1024


def run(options: Any) -> int:
    """Run the command and return its exit code."""
    default = "table" if sys.stdout.isatty() else "plain"
    chosen = outputs(options, FORMATS, default)
    require_files(chosen, (DOCX,))
    require_archive(options.archive)
    if options.since:
        from validator.cli.compare import run_since

        return run_since(options, chosen)
    refuse_inputs((options.ticks, options.annotate, *(each.file for each in chosen)), inputs_of(options))
    copiers = _copiers(options)
    for number, each in enumerate(copiers):
        each.refuse(chosen, [other.out for other in copiers[:number]])
    try:
        packs = [load_pack(name) for name in options.pack]
        return _check(options, packs, chosen, copiers)
    except ValidatorError as error:
        # Whoever reads the files of an earlier run must not take them for those of this one.
        filed = [each for each in chosen if each.file]
        broken = evolve(broken_run(error, options.lang), exit_code=UNUSABLE)
        layout = text_layout(options, terminal=False)
        write_outputs(filed, lambda each: rendered(each.format, broken, layout))
        raise


def _check(options: Any, packs: list[RulePack], chosen: Sequence[Output], copiers: Sequence[Copier]) -> int:
    standard_input = sys.stdin.buffer.read(_STDIN_LIMIT + 1) if "-" in options.paths else b""
    sources: list[Source] = [
        (STDIN, standard_input) if path == "-" else path for path in dict.fromkeys(options.paths)
    ]
    streams = _streams(chosen, options, standard_input)
    with ExitStack() as at_end:
        for each in streams:
            at_end.callback(each.close)
        result = _result(options, packs, sources, (*streams, *copiers))
        for copier in copiers:
            copier.write()
        failed = any(each.has_failed for each in copiers)
        code = UNUSABLE if failed else exit_code(result, options.fail_on)
        ended = evolve(result, exit_code=code)
        write_outputs(chosen, lambda each: streams[chosen.index(each)].pieces(ended))
    for copier in copiers:
        copier.tell(chosen)
    return code


def _copiers(options: Any) -> tuple[Copier, ...]:
    if not (options.ticks or options.annotate):
        return ()
    from validator.cli.copy import copiers_of

    return copiers_of(options)


def _result(
    options: Any,
    packs: list[RulePack],
    sources: Sequence[Source],
    streams: Sequence[Stream | Package | Copier],
) -> RunResult:
    with progress_bar(wanted=not options.quiet) as progress:
        return check(
            sources,
            packs=packs,
            select=options.select,
            ignore=options.ignore,
            lang=options.lang,
            undecided=options.verbose or options.undecided,
            claims=not options.no_claims,
            ticks=bool(options.ticks),
            archive=options.archive,
            units=options.units,
            given=given_by(options),
            progress=progress,
            told=partial(_take, streams),
        )


def _take(streams: Sequence[Stream | Package | Copier], file: FileResult) -> None:
    for each in streams:
        each.file(file)


def _streams(chosen: Sequence[Output], options: Any, standard_input: bytes) -> list[Stream | Package]:
    """Return what writes each output; nothing is shown in between on a terminal, which has a bar there."""
    shown = text_layout(options, standard_input)
    filed = text_layout(options, standard_input, terminal=False)
    at_once = not sys.stdout.isatty()

    def stream(each: Output) -> Stream | Package:
        if each.format == DOCX:
            from validator.render.printed_docx import DocxWriter

            return Package(DocxWriter(filed))
        return Stream(each, writer(each.format, filed if each.file else shown), at_once=at_once)

    return [stream(each) for each in chosen]


def broken_run(error: ValidatorError, lang: str) -> RunResult:
    """Return a run that came to nothing, because a pack cannot be used, say: nothing but the faults."""
    found: dict[str, list[Diagnostic]] = {}
    for problem in getattr(error, "problems", (error.problem,)):
        told = in_language(explain_problem(problem, verdict=Verdict.ERROR), lang)
        found.setdefault(problem.location.file, []).append(told)
    files = [FileResult(path=path, diagnostics=tuple(each), judged=False) for path, each in found.items()]
    return RunResult(version=version(), files=tuple(files))


def exit_code(result: RunResult, fail_on: str) -> int:
    """Return 2 if no file could be judged or a rule not be run, 1 for findings at or over *fail_on*, else 0.

    What was explained is no finding here. Where nothing is found because nothing was compared, in no
    file of the run, that is 2 as well; a single such file among others is a finding.
    """
    every = [diagnostic for file in result.files for diagnostic in file.diagnostics]
    if not any(file.judged for file in result.files) or any(map(is_given_up, every)):
        return UNUSABLE
    worst = _RANKS[fail_on]
    found = {
        diagnostic.id
        for diagnostic in every
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

    return evolve(
        screen(options, terminal=terminal),
        verbose=options.verbose,
        undecided=getattr(options, "undecided", False),
        quiet=options.quiet,
        fail_on=options.fail_on,
        source_line=source_line,
    )
