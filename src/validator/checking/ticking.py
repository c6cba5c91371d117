"""The account of a document → tick marks: each figure with the comparisons that it took part in."""

from __future__ import annotations

from typing import TYPE_CHECKING

from validator.checking.compared import Decision, account
from validator.checking.last_year import Against
from validator.checking.number import texts_of
from validator.claims.claim import Claim
from validator.diagnostics.formula import Formula
from validator.engine.trace import trace_of
from validator.lang.ir import Compare
from validator.model.document import Block
from validator.model.location import Location
from validator.model.record import evolve
from validator.model.tick import Outside, Tick, TickKind, Ticks, Tie
from validator.model.words import by_language, say, together

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator, Mapping

    from validator.checking.ledger import BlockKey, Key, Ledger, Noted, Span
    from validator.engine.result import ReportResult
    from validator.model.document import Document, TableCell
    from validator.packs.pack import RulePack
    from validator.submissions.entry import Reading

_LONGEST = 200


def tick_marks(
    reading: Reading,
    results: tuple[ReportResult, ...],
    packs: tuple[RulePack, ...],
    wants: Callable[[str], bool],
    before: tuple[Against, ...] = (),
) -> Ticks | None:
    """Return the tick marks of a file that was read and of its appendices, None if it is no document."""
    if reading.document is None:
        return None
    ledger = account(reading, results, packs, wants, before, names=True)
    noted = sorted(_distinct(ledger.noted), key=lambda each: each.holds)
    documents = (reading.document, *reading.beside)
    written = {key: each for document in documents for key, each in texts_of(document).items()}
    figures: dict[str, dict[Key, Tick]] = {document.file: {} for document in documents}
    for key, span in _in_reading_order(ledger, written):
        # What stands in none of the documents, such as a header that was given, belongs to the first.
        own = figures.get(str(key[0][0]), figures[reading.document.file])
        own[key] = evolve(_tick(reading.path, key[0], span, written), kind=ledger.kind(key))
    first, *others = (_of_document(document, figures, noted) for document in documents)
    return evolve(first, beside=tuple(others))


def _of_document(
    document: Document, figures: Mapping[str, Mapping[Key, Tick]], noted: Iterable[Noted]
) -> Ticks:
    """Return the tick marks of one document of a report."""
    own = figures[document.file]
    number = {key: at for at, key in enumerate(own)}
    ties: list[Tie] = []
    of_figure: dict[Key, list[int]] = {}
    for each in noted:
        here = sorted((key for key in each.figures if key in number), key=number.__getitem__)
        for key in here:
            of_figure.setdefault(key, []).append(len(ties))
        if here:
            outside = tuple(_outside(each, document.file, figures))
            places = tuple(number[key] for key in here)
            ties.append(Tie(title=_title(each), holds=each.holds, figures=places, outside=outside))
    ticks = (evolve(tick, comparisons=tuple(of_figure.get(key, ()))) for key, tick in own.items())
    return Ticks(document=document, figures=tuple(ticks), ties=tuple(ties))


def _in_reading_order(
    ledger: Ledger, written: Mapping[BlockKey, Block | TableCell]
) -> list[tuple[Key, Span]]:
    order = {block: at for at, block in enumerate(written)}
    return sorted(ledger.figures(), key=lambda each: (order.get(each[0][0], len(order)), each[1]))


def _distinct(noted: Iterable[Noted]) -> Iterator[Noted]:
    """Drop what says of the same figures what a rule has said, and what one rule says twice."""
    seen: set[object] = set()
    for each in noted:
        said = (frozenset(each.figures), each.holds)
        rule = each.what.result.rule.full_id if isinstance(each.what, Decision) else ""
        if (said if not rule else (said, rule)) not in seen:
            seen |= {said, (said, rule)}
            yield each


def _tick(file: str, block: BlockKey, span: Span, written: Mapping[BlockKey, Block | TableCell]) -> Tick:
    """Return a figure with its text and place, of no kind yet."""
    source = written.get(block)
    if source is None:
        return Tick(text="", location=Location(file=file), kind=TickKind.NAME)
    end = min(span[1], len(source.text))
    is_whole = span[0] == 0 and span[1] > len(source.text)
    if is_whole:
        place = source.location
    elif isinstance(source, Block):
        place = source.location_at(span[0], end)
    else:
        place = evolve(source.location, start=span[0], end=end)
    return Tick(text=source.text[span[0] : end].strip()[:_LONGEST], location=place, kind=TickKind.NAME)


def _title(noted: Noted) -> str:
    """What is compared: the equation of a rule, with its title if it fails, or the kind of a claim."""
    what = noted.what
    if isinstance(what, Against):
        return say("ticks/last-year")
    if isinstance(what, Claim):
        return say(f"ticks/claim-{what.kind.value}")
    if not isinstance(what, Decision):
        return say("ticks/stated-alike" if noted.holds else "ticks/stated-differently")
    decider, node = what.decider, what.decider.node
    formula = Formula(trace_of(what.result), decider.bindings, node)
    equation = formula.compare(node, holds=noted.holds) if isinstance(node, Compare) else ""
    if noted.holds:
        return equation or say("ticks/rule", {"rule": what.result.rule.full_id})
    rule = what.result.rule
    return together((by_language(rule.title, rule.full_id), equation), ": ")


def _outside(noted: Noted, file: str, figures: Mapping[str, Mapping[Key, Tick]]) -> Iterator[Outside]:
    """Yield the figures that took part from elsewhere: other documents of the report, other reports."""
    for name, ticks in figures.items():
        for tick in (ticks[key] for key in noted.figures if name != file and key in ticks):
            yield Outside(text=tick.text, location=tick.location)
    cells = noted.what.cells if isinstance(noted.what, Decision | Against) else ()
    for each in cells:
        if each.location.file not in {"", file, *figures}:
            yield Outside(text=each.raw[:_LONGEST], location=each.location)
