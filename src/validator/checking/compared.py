"""Which figures of a file were compared: each counted once, by the place where it stands."""

from __future__ import annotations

import sys
from bisect import bisect_right
from collections import defaultdict
from functools import lru_cache
from typing import TYPE_CHECKING

from validator.checking.forms import load_pack
from validator.diagnostics.formula import references
from validator.engine.evaluate import Evaluator
from validator.engine.trace import deciders
from validator.lang.ir import Aggregate, ColumnRef, Compare, FieldRef, If, Logic, Quantifier, unnamed, walk
from validator.lang.scope import SELF
from validator.model.diagnostic import Compared
from validator.model.verdict import Verdict

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator, Mapping

    from validator.checking.reading_in import Reading
    from validator.claims import ClaimsResult
    from validator.engine.result import ReportResult, RuleResult
    from validator.lang.ir import Node
    from validator.model.location import Location
    from validator.model.report import Cell, Report
    from validator.packs.pack import RulePack

_BRANCHING = (Logic, If, Quantifier, Aggregate, ColumnRef)


class Ledger:
    """The figures of a file by place; of each is noted whether it agreed with others or did not.

    What overlaps is one figure: a number bound to a field is the number that stands in the sentence.
    """

    def __init__(self, places: Iterable[Location]) -> None:
        spans: dict[object, list[tuple[int, int]]] = defaultdict(list)
        for place in places:
            spans[place.block].append(_span(place))
        self._spans = {block: _merged(found) for block, found in spans.items()}
        self._agree: set[tuple[object, int]] = set()
        self._differ: set[tuple[object, int]] = set()

    def note(self, places: Iterable[Location], *, differ: bool) -> None:
        """Note that the figures at some places were compared; a place without a figure is passed over."""
        for place in places:
            start, end = _span(place)
            there = self._spans.get(place.block, [])
            at = bisect_right(there, (end, end)) - 1
            while at >= 0 and there[at][1] > start:
                if there[at][0] < end:
                    (self._differ if differ else self._agree).add((place.block, at))
                at -= 1

    @property
    def compared(self) -> Compared:
        """The counts; a figure that does not agree with one other does not agree, whatever it agrees with."""
        return Compared(
            figures=sum(map(len, self._spans.values())),
            agree=len(self._agree - self._differ),
            differ=len(self._differ),
        )


def _span(place: Location) -> tuple[int, int]:
    if place.start is None or place.end is None:
        return 0, sys.maxsize
    return place.start, max(place.end, place.start + 1)


def _merged(spans: list[tuple[int, int]]) -> list[tuple[int, int]]:
    """Return spans in order, those that overlap as one."""
    found: list[tuple[int, int]] = []
    for start, end in sorted(spans):
        if found and start < found[-1][1]:
            found[-1] = (found[-1][0], max(end, found[-1][1]))
        else:
            found.append((start, end))
    return found


def compared_figures(
    reading: Reading,
    results: tuple[ReportResult, ...],
    packs: Iterable[RulePack],
    wants: Callable[[str], bool],
) -> Compared:
    """Return how many figures a file has, and how many of them were compared with others.

    A figure is a number or date of the form, or a number of the running text or of a table that
    belongs to no field. It was compared if it took part in a rule that was decided, in a claim of
    the prose that was, or if it is stated twice.
    """
    ledger = Ledger(_places(reading))
    folders = {pack.name: pack.folder for pack in packs}
    for each in results:
        for one in each.results:
            if one.verdict in (Verdict.PASS, Verdict.FAIL):
                cells = cells_of(one, folders[each.pack])
                ledger.note((cell.location for cell in cells), differ=one.verdict is Verdict.FAIL)
        if reading.report is not None and wants(f"{each.pack}/restated-differently"):
            _note_statements(ledger, reading.report, each)
    if reading.claims is not None:
        _note_claims(ledger, reading.claims, wants)
    return ledger.compared


def _note_claims(ledger: Ledger, found: ClaimsResult, wants: Callable[[str], bool]) -> None:
    """Note the figures of the claims that were asked for."""
    from validator.claims import codes_of

    for claim in found.claims:
        codes = codes_of(claim) or ("claims/",)
        if claim.is_of_figures and any(map(wants, codes)):
            ledger.note(claim.figures, differ=not claim.holds)


def _places(reading: Reading) -> Iterator[Location]:
    """Yield where the figures of a file stand."""
    if reading.report is not None:
        yield from (cell.location for cell in _cells(reading.report) if _is_figure(cell))
    if reading.reach is not None:
        yield from (each.location for each in reading.reach.unbound if _has_digit(each.raw))
    if reading.claims is not None:
        yield from reading.claims.figures
        yield from (place for each in reading.claims.claims if each.is_of_figures for place in each.figures)


def _cells(report: Report) -> Iterator[Cell]:
    for cells in report.cells.values():
        yield from cells
    for rows in report.tables.values():
        for row in rows:
            yield from row.cells.values()


def _is_figure(cell: Cell) -> bool:
    """Whether a statement is a number or a date, also one that could not be read."""
    if cell.value is None:
        return _has_digit(cell.raw)
    return not isinstance(cell.value, str | bool)


def _has_digit(text: str) -> bool:
    return any(map(str.isdigit, text))


def _note_statements(ledger: Ledger, report: Report, result: ReportResult) -> None:
    """Note the figures that are stated more than once."""
    for cells in report.cells.values():
        readable = [cell.location for cell in cells if cell.value is not None]
        if len(readable) > 1:
            ledger.note(readable, differ=False)
    for each in result.restated:
        found = (each.first, each.other, *each.also)
        ledger.note((cell.location for cell in found), differ=True)


def cells_of(result: RuleResult, folder: str) -> tuple[Cell, ...]:
    """Return the statements that the verdict of a rule rests on, those of joined reports too."""
    report = result.context.report
    paths = _plain_paths(folder, result.rule.id)
    if paths is not None:
        first = (report.cells.get(path, ())[:1] for path in paths)
        return tuple(cell for cells in first for cell in cells if cell.value is not None)
    evaluator = Evaluator(result.context)
    found = (
        evaluator.cell(reference, bindings)
        for decider in deciders(result)
        for reference, bindings in references(evaluator, decider.node, decider.bindings)
    )
    return tuple(cell for cell in found if cell is not None)


@lru_cache(maxsize=4096)
def _plain_paths(folder: str, rule: str) -> tuple[str, ...] | None:
    """Return the fields of a rule that always rests on the same ones, None where it depends."""
    assertion = _assertions(folder)[rule]
    nodes = walk(assertion)
    fields = [node for node in nodes if isinstance(node, FieldRef)]
    is_plain = isinstance(unnamed(assertion), Compare) and not any(
        isinstance(node, _BRANCHING) for node in nodes
    )
    if not is_plain or any(node.source != SELF for node in fields):
        return None
    return tuple(dict.fromkeys(node.field.path for node in fields))


@lru_cache(maxsize=16)
def _assertions(folder: str) -> Mapping[str, Node]:
    return {rule.id: rule.assertion for rule in load_pack(folder).rules}
