"""Two files that hold versions of one report → how they differ."""

from __future__ import annotations

import re
from functools import partial
from typing import TYPE_CHECKING

from validator.checking.file import judge_alone
from validator.diagnostics.problem import explain_problem
from validator.diagnostics.shown import period_text
from validator.model.comparison import Comparison
from validator.model.document import Block, TableCell
from validator.model.location import Location
from validator.model.problem import Problem, ValidatorError
from validator.model.record import evolve
from validator.model.report import Report
from validator.model.verdict import Severity, Verdict
from validator.packs.forms import form_of
from validator.readers.regular import is_same_file
from validator.reviewing.comparison import compare_versions
from validator.submissions.appendix import pairs
from validator.submissions.entry import Reading, entry_of
from validator.submissions.whole import whole_reports

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    from validator.checking.file import Judgement
    from validator.model.document import Document
    from validator.model.report import Unit
    from validator.submissions.choice import Choice

_DECIDED = (Verdict.PASS, Verdict.FAIL)


def compare_files(old: str | Path, new: str | Path, choice: Choice) -> Comparison:
    """Return how the report in *new* differs from that in *old*; files that cannot be judged are told."""
    before, after = (_one_report(source, choice) for source in (old, new))
    judged = tuple(judge_alone(each, choice) for each in (before, after))
    unread = tuple(
        each.result for read, each in zip((before, after), judged, strict=True) if read.report is None
    )
    if before.report is None or after.report is None:
        return Comparison(old=str(old), new=str(new), unread=unread)
    compared = compare_judged(before, judged[0], after, judged[1], choice)
    doubts = _doubts(before.report, after.report)
    if pairs([entry_of(before), entry_of(after)]):
        doubts = iter([_doubt("appendix", after.report, old=before.path, new=after.path)])
    return evolve(compared, notes=tuple(explain_problem(each) for each in doubts))


def _one_report(source: str | Path, choice: Choice) -> Reading:
    """Return the one report in a file, a folder or a zip; raises `ValidatorError` if there are several."""
    found = whole_reports((source,), choice)
    reports = [each for each in found if each.report is not None]
    if len(reports) > 1:
        args = {"path": str(source), "count": len(reports)}
        raise ValidatorError(Problem(code="compare/several", location=Location(file=str(source)), args=args))
    if not found:
        problem = Problem(
            code="cli/no-reports", location=Location(file=str(source)), args={"path": str(source)}
        )
        return Reading(path=str(source), problems=(problem,))
    return (reports or list(found))[0]


def compare_judged(
    before: Reading, old: Judgement, after: Reading, new: Judgement, choice: Choice
) -> Comparison:
    """Return how two versions that were read and judged differ."""
    passages = None
    if before.document is not None:
        passages = partial(has_passage, old=before.document, new=after.document)
    report = after.report or Report()
    return compare_versions(
        before.report or Report(),
        old.result,
        report,
        new.result,
        form_of(report, choice.packs),
        unsettled=_unsettled(old, new),
        has_passage=passages,
    )


def _unsettled(old: Judgement, new: Judgement) -> dict[str, Verdict]:
    """Return the rules without a pass or a failure; a review does not tell of each of them.

    Those of the old version's form alone are not run on the new one.
    """
    before, after = _verdicts(old), _verdicts(new)
    found = dict.fromkeys(before, Verdict.NOT_APPLICABLE) | after
    return {name: verdict for name, verdict in found.items() if verdict not in _DECIDED}


def _verdicts(judged: Judgement) -> dict[str, Verdict]:
    return {one.rule.full_id: one.verdict for each in judged.results for one in each.results}


def _doubts(old: Report, new: Report) -> Iterator[Problem]:
    """Yield what speaks against the two being versions of one report."""
    if old.file == new.file or is_same_file(old.file, new.file):
        yield _doubt("same-file", new, path=new.file)
        return
    if old.form != new.form:
        yield _doubt("other-form", new, old=old.form or "", new=new.form or "")
    if _are_other_units(old.unit, new.unit):
        yield _doubt("other-unit", new, old=_name(old.unit), new=_name(new.unit))
    windows = [(each.period.kind, each.period.start, each.period.end) for each in (old, new)]
    if all(any(window) for window in windows) and windows[0] != windows[1]:
        one, other = (period_text(each.period) for each in (old, new))
        yield _doubt("other-period", new, old=one, new=other)


def _doubt(code: str, report: Report, **args: object) -> Problem:
    place = Location(file=report.file)
    return Problem(code=f"compare/{code}", location=place, severity=Severity.WARNING, args=args)


def _are_other_units(old: Unit, new: Unit) -> bool:
    """Whether two units are known to be different ones: by their ids, else by their names."""
    if old.id and new.id:
        return old.id != new.id
    names = (old.name, new.name)
    return all(names) and len({" ".join(name.casefold().split()) for name in names if name}) > 1


def _name(unit: Unit) -> str:
    return unit.name or unit.id or ""


_WORD = re.compile(r"[^\W\d_]+")
_ALIKE = 60


def has_passage(place: Location, old: Document, new: Document | None) -> bool:
    """Return whether *new* has a passage with most of the words that stand at a place of *old*.

    What is no document (None) has no passages. True if the passage cannot be found in *old*:
    nothing then shows that it is gone.
    """
    if new is None:
        return False
    words = next((_words(text) for text, where in _passages(old) if _is_at(where, place)), frozenset())
    if not words:
        return True
    return any(
        100 * len(words & other) >= _ALIKE * len(words)
        for other in (_words(text) for text, _ in _passages(new))
    )


def _passages(document: Document) -> Iterator[tuple[str, Location]]:
    for block in document.blocks:
        parts: tuple[Block | TableCell, ...] = (block,) if isinstance(block, Block) else block.cells
        yield from ((part.text, part.location) for part in parts)


def _is_at(where: Location, place: Location) -> bool:
    if place.paragraph is not None or where.paragraph is not None:
        return (where.paragraph, where.table, where.cell) == (place.paragraph, place.table, place.cell)
    if place.line is not None and where.line is not None:
        return where.line == place.line
    return where == place


def _words(text: str) -> frozenset[str]:
    return frozenset(word.casefold() for word in _WORD.findall(text))
