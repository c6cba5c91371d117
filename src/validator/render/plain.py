"""A run in sentences: no lines, no colour, nothing wrapped; for logs and for listening."""

from __future__ import annotations

from typing import TYPE_CHECKING

from validator.render.detail import short_values, undecided_words, value_words
from validator.render.finding import Open, findings, group_words, grouped, undecided, whole
from validator.render.place import place_in
from validator.render.summary import counts, figures, never_applied, passed_over, verdict
from validator.render.terminal import clean

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from validator.model.diagnostic import Diagnostic, FileResult, RunResult
    from validator.render.option import Options


class PlainWriter(Open):
    """Every file with something to tell, then the counts of the run."""

    def __init__(self, options: Options) -> None:
        self.options = options

    def file(self, file: FileResult) -> str:
        """Return what is told of a file."""
        shown = list(_file(file, self.options))
        return _text([_heading(file, self.options), *shown, ""]) if shown else ""

    def tail(self, run: RunResult) -> str:
        """Return the counts."""
        options = self.options
        if options.quiet:
            return ""
        lines = [verdict(run, options), ", ".join(counts(run, options))]
        return _text(filter(None, [*lines, never_applied(run, options), passed_over(run, options)]))


def render_plain(run: RunResult, options: Options) -> str:
    """Return the whole of a run."""
    return whole(PlainWriter(options), run)


def _text(lines: Iterable[str]) -> str:
    return "".join(_indented(line) + "\n" for line in lines)


def _indented(line: str) -> str:
    text = line.lstrip(" ")
    return " " * (len(line) - len(text)) + clean(text).rstrip()


def _heading(file: FileResult, options: Options) -> str:
    name = options.word("file-line", path=file.path) if file.path else options.word("run")
    return ", ".join(filter(None, [name, file.unit, file.period])) + "."


def _file(file: FileResult, options: Options) -> Iterator[str]:
    if not file.judged:
        yield f"  {options.word('not-judged')}"
    if file.reach:
        yield f"  {file.reach}."
    if _is_told(file, options) and (words := figures(file.compared, options)):
        yield f"  {words}."
    for group in grouped(findings(file)):
        together = len(group.findings) > 1
        if together:
            yield f"  {group_words(group, options)}:"
        for found in group.findings:
            yield from _finding(found, file.path, "    " if together else "  ", options)
    open_questions = undecided(file) if options.shows_undecided else ()
    if open_questions:
        yield f"  {options.word('undecided-heading')}:"
        yield from (f"    {undecided_words(found, options)}" for found in open_questions)


def _is_told(file: FileResult, options: Options) -> bool:
    """Whether anything else is told of a file: of one in which nothing was found the run tells."""
    return bool(file.reach or findings(file) or options.shows_undecided)


def _finding(found: Diagnostic, file: str, lead: str, options: Options) -> Iterator[str]:
    severity = options.word(found.severity.value)
    head = f"{severity[:1].upper()}{severity[1:]}"
    if found.waiver:
        head += f" ({options.word('explained')})"
    yield f"{lead}{head}: {found.title or found.explanation or found.id}"
    parts = [
        ("rule", found.id if options.shows_ids else ""),
        ("place", place_in(found.location, file, options.lang) or options.word("whole-file")),
        ("explanation", found.explanation if found.title else ""),
        ("difference", found.difference),
        ("help", found.help),
        ("waiver", found.waiver),
    ]
    if not options.verbose:
        parts[-2:-2] = [("values", value) for value in short_values(found, options)]
    else:
        parts += [("values", value_words(label, found, options)) for label in found.fields]
        parts.append(("basis", found.basis))
    for key, text in parts:
        if text:
            yield f"{lead}  {options.word(key)}: {text}"
