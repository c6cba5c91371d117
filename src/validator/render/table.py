"""A run as tables for a terminal: one row a finding, details on request, counts at the end."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

from rich.console import Group as Stack

from validator.render.detail import short_values, undecided_words, value_words
from validator.render.finding import Open, findings, group_words, grouped, undecided, whole
from validator.render.frame import frame
from validator.render.place import place_in
from validator.render.screen import drawn, indented, preformatted, styled, table
from validator.render.summary import counts, figures, never_applied, passed_over, verdict

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence

    from rich.console import RenderableType
    from rich.table import Table

    from validator.model.diagnostic import Diagnostic, FileResult, RunResult
    from validator.render.finding import Group
    from validator.render.option import Options

_HEADINGS = ("severity", "place", "explanation", "difference")
_NARROW_SHARE = 5
"""Place and difference take at most a fifth of the width each: the words of the finding need the rest."""


class TableWriter(Open):
    """Every file with something to tell, then the counts of the run."""

    def __init__(self, options: Options) -> None:
        self.options = options

    def file(self, file: FileResult) -> str:
        """Return what is told of a file."""
        shown = list(_file(file, self.options))
        return drawn([_heading(file, self.options), *shown, ""], self.options) if shown else ""

    def tail(self, run: RunResult) -> str:
        """Return the counts."""
        return "" if self.options.quiet else drawn(_ending(run, self.options), self.options)


def render_table(run: RunResult, options: Options) -> str:
    """Return the whole of a run."""
    return whole(TableWriter(options), run)


def _heading(file: FileResult, options: Options) -> RenderableType:
    words = " · ".join(filter(None, [file.path or options.word("run"), file.unit, file.period]))
    return styled(words, "heading", link=_link(file.path) if options.colour else "")


def _link(path: str) -> str:
    """The address of a file that a terminal can open; what stands in an archive has none."""
    try:
        return Path(path).resolve().as_uri() if path and Path(path).is_file() else ""
    except (OSError, ValueError):
        return ""


def _file(file: FileResult, options: Options) -> Iterator[RenderableType]:
    if not file.judged:
        yield styled(options.word("not-judged"))
    if file.reach:
        yield styled(file.reach, "faint")
    found = findings(file)
    words = figures(file.compared, options)
    if words and (found or file.reach or options.shows_undecided):
        yield styled(words)
    if found:
        yield _table(list(grouped(found)), file.path, options)
    if options.verbose:
        for diagnostic in found:
            yield ""
            yield from _details(diagnostic, options)
    if options.shows_undecided:
        yield from _undecided(undecided(file), options)


def _table(groups: list[Group], file: str, options: Options) -> Table:
    made = table([options.word(key) for key in _HEADINGS])
    made.columns[0].no_wrap = True
    for column in (made.columns[1], made.columns[3]):
        column.max_width = options.width // _NARROW_SHARE
    for group in groups:
        if len(group.findings) > 1:
            made.add_row("", "", indented(group_words(group, options), "▸ ", "heading"), "")
        for found in group.findings:
            made.add_row(*_row(found, file, options))
        made.add_section()
    return made


def _row(found: Diagnostic, file: str, options: Options) -> tuple[RenderableType, ...]:
    severity = [styled(options.word(found.severity.value), found.severity.value)]
    if found.waiver:
        severity.append(styled(f"({options.word('explained')})"))
    where = place_in(found.location, file, options.lang) or options.word("whole-file")
    return Stack(*severity), styled(where), Stack(*_words(found, options)), styled(found.difference)


def _words(found: Diagnostic, options: Options) -> Iterator[RenderableType]:
    """What does not agree, by how much, the figures that take part, what to look at, by which rule."""
    if found.title:
        yield styled(found.title, "heading")
    if found.explanation:
        yield styled(found.explanation)
    if not options.verbose:
        for value in short_values(found, options):
            yield indented(value, "· ")
        if found.help:
            yield indented(found.help, "→ ", "faint")
        if found.waiver:
            yield indented(f"{options.word('waiver')}: {found.waiver}", "✓ ")
    if options.shows_ids:
        yield styled(found.id, "faint")


def _details(found: Diagnostic, options: Options) -> Iterator[RenderableType]:
    """Everything known about a finding, for a terminal."""
    severity = options.word(found.severity.value)
    yield styled(_sentence(found, severity), found.severity.value)
    if found.explanation:
        difference = f" ({options.word('difference')}: {found.difference})" if found.difference else ""
        yield indented(found.explanation + difference)
    yield from map(preformatted, frame(found, options))
    if found.fields:
        yield indented(f"{options.word('values')}:")
        for label in found.fields:
            yield indented(value_words(label, found, options), "    - ")
    for key, text in (("help", found.help), ("basis", found.basis), ("waiver", found.waiver)):
        if text:
            yield indented(f"{options.word(key)}: {text}")


def _sentence(found: Diagnostic, severity: str) -> str:
    return ": ".join(filter(None, [severity, found.id, found.title]))


def _undecided(found: Sequence[Diagnostic], options: Options) -> Iterator[RenderableType]:
    """The rules that could not be decided, each with what is missing."""
    if found:
        yield ""
        yield styled(f"{options.word('undecided-heading')}:")
    for diagnostic in found:
        yield indented(undecided_words(diagnostic, options), "  - ")


def _ending(run: RunResult, options: Options) -> Iterable[RenderableType]:
    yield styled(verdict(run, options))
    yield styled(" · ".join(counts(run, options)))
    for told in (never_applied(run, options), passed_over(run, options)):
        if told:
            yield styled(told)
