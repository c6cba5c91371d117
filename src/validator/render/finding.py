"""What of a run is shown: findings in groups, counts, what stayed undecided; and how all is written."""

from __future__ import annotations

from collections import Counter
from typing import TYPE_CHECKING, Protocol

from validator.model.diagnostic import Diagnostic, FileResult, Label
from validator.model.record import evolve, record
from validator.model.verdict import Severity, Verdict
from validator.render.place import place

if TYPE_CHECKING:
    from collections.abc import Iterator

    from validator.model.diagnostic import RunResult
    from validator.model.location import Location
    from validator.render.option import Options

_SHOWN = frozenset({Verdict.FAIL, Verdict.ERROR})


@record
class Group:
    """Findings shown together, and the cell they share; a single finding shares with nobody."""

    findings: tuple[Diagnostic, ...]
    shared: Label | None = None


def is_finding(diagnostic: Diagnostic) -> bool:
    """Whether a person is to act on it: a failed rule or a problem, not an open question."""
    return diagnostic.verdict in _SHOWN


def findings(file: FileResult) -> tuple[Diagnostic, ...]:
    """The findings of a file."""
    return tuple(filter(is_finding, file.diagnostics))


def undecided(file: FileResult) -> tuple[Diagnostic, ...]:
    """The rules of a file for which values are missing."""
    return tuple(found for found in file.diagnostics if found.verdict is Verdict.UNDECIDED)


def files(run: RunResult) -> tuple[FileResult, ...]:
    """The files of a run, and after them the notes of the run by the file they are about."""
    result = {file.path: file for file in run.files}
    for note in run.notes:
        path = note.location.file
        known = result.get(path, FileResult(path=path, judged=True))
        result[path] = evolve(known, diagnostics=(*known.diagnostics, note))
    return tuple(result.values())


def count_by_severity(run: RunResult) -> dict[str, int]:
    """How many findings the run has of each severity; explained ones are counted apart."""
    counts = Counter(found.severity for file in files(run) for found in findings(file) if not found.waiver)
    return {severity.value: counts[severity] for severity in Severity}


def count_explained(run: RunResult) -> int:
    """How many findings of the run were explained."""
    return sum(bool(found.waiver) for file in files(run) for found in findings(file))


def grouped(found: tuple[Diagnostic, ...]) -> Iterator[Group]:
    """Groups in the order of their first finding."""
    members: dict[object, list[Diagnostic]] = {}
    for number, diagnostic in enumerate(found):
        key = (diagnostic.group, _named_place(diagnostic)) if diagnostic.group else number
        members.setdefault(key, []).append(diagnostic)
    for group in members.values():
        yield Group(findings=tuple(group), shared=_shared(group) if len(group) > 1 else None)


def group_words(group: Group, options: Options) -> str:
    """What the findings of a group have in common."""
    count, shared = len(group.findings), group.shared
    if shared is None:
        return options.word("group", count=count)
    where = place(shared.location, options.lang)
    return options.word(
        "group-of", count=count, label=shared.label or shared.path, raw=shared.raw, place=where
    )


def _named_place(found: Diagnostic) -> Location | None:
    """Where the cell is that the group is named after: a path may be stated in several places."""
    return next((label.location for label in found.fields if label.path == found.group), None)


def _shared(group: list[Diagnostic]) -> Label | None:
    """The cell that all findings of a group use, first of all the one the group is named after."""
    common = [label for label in group[0].fields if all(_uses(diagnostic, label) for diagnostic in group[1:])]
    named = [label for label in common if label.path == group[0].group]
    return next(iter(named or common), None)


def _uses(diagnostic: Diagnostic, label: Label) -> bool:
    return any(other.path == label.path and other.location == label.location for other in diagnostic.fields)


class Writer(Protocol):
    """Writes one run in one format; the files are given first, and none of them is held."""

    def file(self, file: FileResult) -> str:
        """Return the text of one file."""

    def head(self, run: RunResult) -> str:
        """Return what stands before the files, once all of them were given."""

    def tail(self, run: RunResult) -> str:
        """Return what stands after the files; of the files of *run* only outlines are looked at."""


class Open:
    """A writer of a format in which nothing stands before the files."""

    def head(self, _run: RunResult) -> str:
        """Return nothing."""
        return ""


def whole(writer: Writer, run: RunResult) -> str:
    """Return the text of a run that is held as a whole."""
    body = "".join(map(writer.file, files(run)))
    return writer.head(run) + body + writer.tail(run)
