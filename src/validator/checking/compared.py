"""Which figures of a file were compared: each counted once, by the place where it stands."""

from __future__ import annotations

from datetime import date
from functools import lru_cache
from typing import TYPE_CHECKING

from validator.checking.ledger import Ledger
from validator.diagnostics.formula import references
from validator.engine.trace import deciders, trace_of
from validator.lang.ir import Aggregate, ColumnRef, Compare, FieldRef, If, Logic, Quantifier, unnamed, walk
from validator.lang.scope import SELF
from validator.model.record import evolve, record
from validator.model.verdict import Verdict
from validator.packs.forms import load_pack

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator, Mapping

    from validator.checking.last_year import Against
    from validator.checking.ledger import BlockKey
    from validator.claims import ClaimsResult
    from validator.engine.result import Decider, ReportResult, RuleResult
    from validator.lang.ir import Node
    from validator.model.diagnostic import Compared
    from validator.model.document import Block, Document, TableCell
    from validator.model.location import Location
    from validator.model.report import Cell, Report
    from validator.packs.pack import RulePack
    from validator.submissions.entry import Reading

_BRANCHING = (Logic, If, Quantifier, Aggregate, ColumnRef)


def compared_figures(
    reading: Reading,
    results: tuple[ReportResult, ...],
    packs: Iterable[RulePack],
    wants: Callable[[str], bool],
    before: Iterable[Against] = (),
) -> Compared:
    """Return how many figures a file has, and how many of them were compared with others."""
    return account(reading, results, packs, wants, before).compared


def account(
    reading: Reading,
    results: tuple[ReportResult, ...],
    packs: Iterable[RulePack],
    wants: Callable[[str], bool],
    before: Iterable[Against] = (),
    *,
    names: bool = False,
) -> Ledger:
    """Return the figures of a file with what came of comparing them.

    A figure is a number of the form, or a number of the running text or of a table that belongs to no
    field; a date of a document is one if it was compared. It was compared if it took part in a rule that
    was decided, in a claim of the prose that was, if it is stated twice, or if it was held against last
    year's report (*before*). With *names* the numbers that are no quantities are in the account as well,
    which changes no count of it.
    """
    written = Written(reading)
    ledger = Ledger(*_places(reading, written, names=names))
    folders = {pack.name: pack.folder for pack in packs}
    for each in results:
        for one in each.results:
            if one.verdict in (Verdict.PASS, Verdict.FAIL):
                _note_rule(ledger, one, written, None if names else folders[each.pack])
        if reading.report is not None and wants(f"{each.pack}/restated-differently"):
            _note_statements(ledger, reading.report, each, written)
    if reading.claims is not None:
        _note_claims(ledger, reading.claims, wants)
    _note_last_year(ledger, before, wants)
    return ledger


def _note_last_year(ledger: Ledger, before: Iterable[Against], wants: Callable[[str], bool]) -> None:
    """Note the figures of last year that were held against last year's report."""
    for against in before:
        from validator.checking.last_year import DIFFERS  # few reports have any

        if against.holds is not None and wants(DIFFERS):
            ledger.note((against.told.then,), differ=not against.holds, what=against)


def _note_rule(ledger: Ledger, result: RuleResult, written: Written, folder: str | None) -> None:
    """Note the figures of a rule: of its comparisons one by one, or of all together if it has a *folder*."""
    differ = result.verdict is Verdict.FAIL
    if folder is not None:
        ledger.note(map(written.place, filter(_is_figure, cells_of(result, folder))), differ=differ)
        return
    for each in _decisions(result):
        ledger.note(map(written.place, filter(_is_figure, each.cells)), differ=differ, what=each)


class Written:
    """Where statements stand in the text of a document, if their places name whole paragraphs only."""

    def __init__(self, reading: Reading) -> None:
        self._documents = _documents(reading)
        self._texts: Mapping[BlockKey, Block | TableCell] | None = None

    def place(self, cell: Cell) -> Location:
        """Return the place of *cell*, down to its characters where they stand in the paragraph just once."""
        place = cell.location
        if place.start is not None or place.paragraph is None or place.table is not None:
            return place
        from validator.checking.number import texts_of, written_at  # of no concern to structured reports

        if self._texts is None:
            self._texts = {key: each for found in self._documents for key, each in texts_of(found).items()}
        block = self._texts.get(place.block)
        found = None if block is None else written_at(block.text, cell.raw)
        return place if found is None else evolve(place, start=found[0], end=found[1])


def _note_claims(ledger: Ledger, found: ClaimsResult, wants: Callable[[str], bool]) -> None:
    """Note the figures of the claims that were asked for."""
    from validator.claims import codes_of

    for claim in found.claims:
        codes = codes_of(claim) or ("claims/",)
        if claim.is_of_figures and any(map(wants, codes)):
            ledger.note(claim.figures, differ=not claim.holds, what=claim)


def _places(reading: Reading, written: Written, *, names: bool) -> tuple[list[Location], list[Location]]:
    """Return where the quantities of a file stand, and where numbers and dates that are none do."""
    quantities: list[Location] = []
    others: list[Location] = []
    if reading.report is not None:
        for cell in filter(_is_figure, _cells(reading.report)):
            is_name = isinstance(cell.value, date) and reading.document is not None
            (others if is_name else quantities).append(written.place(cell))
    if reading.reach is not None:
        quantities += (each.location for each in reading.reach.unbound if _has_digit(each.raw))
    if reading.claims is not None:
        quantities += reading.claims.figures
        quantities += (
            place for each in reading.claims.claims if each.is_of_figures for place in each.figures
        )
    for document in _documents(reading):
        from validator.checking.number import numbers_of  # as above

        for place, is_quantity in numbers_of(document, in_words=names):
            (quantities if is_quantity else others).append(place)
    return quantities, others


def _documents(reading: Reading) -> tuple[Document, ...]:
    return () if reading.document is None else (reading.document, *reading.beside)


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


def _note_statements(ledger: Ledger, report: Report, result: ReportResult, written: Written) -> None:
    """Note the figures that are stated more than once."""
    for cells in report.cells.values():
        readable = [cell for cell in cells if cell.value is not None and _is_figure(cell)]
        if len(readable) > 1:
            ledger.note(map(written.place, readable), differ=False)
    for each in result.restated:
        found = filter(_is_figure, (each.first, each.other, *each.also))
        ledger.note(map(written.place, found), differ=True)


def cells_of(result: RuleResult, folder: str) -> tuple[Cell, ...]:
    """Return the statements that the verdict of a rule rests on, those of joined reports too."""
    report = result.context.report
    paths = _plain_paths(folder, result.rule.id)
    if paths is not None:
        first = (report.cells.get(path, ())[:1] for path in paths)
        return tuple(cell for cells in first for cell in cells if cell.value is not None)
    return tuple(cell for each in _decisions(result) for cell in each.cells)


@record
class Decision:
    """One of the comparisons that decided a rule, with the statements it rests on."""

    result: RuleResult
    decider: Decider
    cells: tuple[Cell, ...]


def _decisions(result: RuleResult) -> Iterator[Decision]:
    """Yield the comparisons that decided a rule, each with the statements it rests on."""
    trace = trace_of(result)
    for decider in deciders(result):
        found = (
            trace.cell(reference, bindings)
            for reference, bindings in references(trace, decider.node, decider.bindings)
        )
        cells = tuple(cell for cell in found if cell is not None)
        yield Decision(result=result, decider=decider, cells=cells)


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
