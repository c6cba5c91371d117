"""A run as tables for a terminal: one row a finding, details on request, counts at the end."""

from __future__ import annotations

from typing import TYPE_CHECKING

from validator.render.colour import paint
from validator.render.detail import details, short_values, undecided_lines
from validator.render.finding import findings, grouped, undecided
from validator.render.layout import clean, indent, pad, share_out, wrap
from validator.render.place import place, place_in
from validator.render.summary import counts, figures, never_applied, passed_over, verdict
from validator.render.writer import Open, whole

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from validator.model.diagnostic import Diagnostic, FileResult, RunResult
    from validator.render.finding import Group
    from validator.render.option import Options

Row = tuple[tuple[str, ...], ...]
_HEADINGS = ("severity", "rule", "place", "explanation", "difference")
_GAP = "  "


class TableWriter(Open):
    """Every file with something to tell, then the counts of the run."""

    def __init__(self, options: Options) -> None:
        self.options = options

    def file(self, file: FileResult) -> str:
        """Return what is told of a file."""
        shown = list(_file(file, self.options))
        return _text([*_heading(file, self.options), *shown, ""]) if shown else ""

    def tail(self, run: RunResult) -> str:
        """Return the counts."""
        return "" if self.options.quiet else _text(_ending(run, self.options))


def render_table(run: RunResult, options: Options) -> str:
    """Return the whole of a run."""
    return whole(TableWriter(options), run)


def _text(lines: Iterable[str]) -> str:
    return "".join(line.rstrip() + "\n" for line in lines)


def _heading(file: FileResult, options: Options) -> Iterator[str]:
    words = " · ".join(filter(None, [file.path or options.word("run"), file.unit, file.period]))
    for line in wrap(words, options.width):
        yield paint(line, "heading", colour=options.colour)


def _file(file: FileResult, options: Options) -> Iterator[str]:
    if not file.judged:
        yield from indent(options.word("not-judged"), options.width)
    if file.reach:
        for line in indent(file.reach, options.width):
            yield paint(line, "faint", colour=options.colour)
    found = findings(file)
    words = figures(file.compared, options)
    if words and (found or file.reach or options.verbose):
        yield from indent(words, options.width)
    if found:
        yield from _table(list(grouped(found)), file.path, options)
    if options.verbose:
        for diagnostic in found:
            yield ""
            yield from details(diagnostic, options)
        yield from undecided_lines(undecided(file), options)


def _table(groups: list[Group], file: str, options: Options) -> Iterator[str]:
    heading: Row = tuple((options.word(key),) for key in _HEADINGS)
    rows = [_row(found, file, options) for group in groups for found in group.findings]
    widths = share_out([heading, *rows], options.width)
    rule = "─" * (sum(widths) + len(_GAP) * (len(widths) - 1))
    yield rule
    yield from (paint(line, "heading", colour=options.colour) for line in _cells(heading, widths))
    yield rule
    for number, group in enumerate(groups):
        if number:
            yield ""
        yield from _group(group, file, widths, options)
    yield rule


def _group(group: Group, file: str, widths: list[int], options: Options) -> Iterator[str]:
    if len(group.findings) > 1:
        for line in indent(group_words(group, options), options.width, first="▸ "):
            yield paint(line, "heading", colour=options.colour)
    for found in group.findings:
        first, *rest = _cells(_row(found, file, options), widths)
        severity = first[: widths[0]]
        yield paint(severity, found.severity.value, colour=options.colour) + first[widths[0] :]
        yield from rest
        if not options.verbose:
            yield from _below(found, " " * (widths[0] + len(_GAP)), options)


def _below(found: Diagnostic, lead: str, options: Options) -> Iterator[str]:
    """Title, figures and help, under the row and as wide as they may be."""
    if found.title and found.explanation:
        for line in indent(found.title, options.width, first=lead):
            yield paint(line, "heading", colour=options.colour)
    for value in short_values(found, options):
        yield from indent(value, options.width, first=lead + "· ")
    if found.help:
        for line in indent(found.help, options.width, first=lead + "→ "):
            yield paint(line, "faint", colour=options.colour)
    if found.waiver:
        yield from indent(f"{options.word('waiver')}: {found.waiver}", options.width, first=lead + "✓ ")


def group_words(group: Group, options: Options) -> str:
    """What the findings of a group have in common."""
    count, shared = len(group.findings), group.shared
    if shared is None:
        return options.word("group", count=count)
    where = place(shared.location, options.lang)
    return options.word(
        "group-of", count=count, label=shared.label or shared.path, raw=shared.raw, place=where
    )


def _row(found: Diagnostic, file: str, options: Options) -> Row:
    severity = options.word(found.severity.value)
    return (
        (severity, f"({options.word('explained')})") if found.waiver else (severity,),
        (found.id,),
        (place_in(found.location, file, options.lang) or options.word("whole-file"),),
        (found.explanation or found.title,),
        (found.difference,),
    )


def _cells(row: Row, widths: list[int]) -> Iterator[str]:
    columns = [
        [line for paragraph in cell for line in wrap(paragraph, width)]
        for cell, width in zip(row, widths, strict=True)
    ]
    for number in range(max(map(len, columns))):
        line = _GAP.join(
            pad(column[number] if number < len(column) else "", width)
            for column, width in zip(columns, widths, strict=True)
        )
        yield line.rstrip()


def _ending(run: RunResult, options: Options) -> Iterable[str]:
    yield from wrap(verdict(run, options), options.width)
    yield from wrap(" · ".join(counts(run, options)), options.width)
    for told in (never_applied(run, options), passed_over(run, options)):
        if told:
            yield from wrap(clean(told), options.width)
