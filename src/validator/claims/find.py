"""Document → claims: read every passage once, then ask each kind of claim for its own."""

from __future__ import annotations

import gc
from contextlib import contextmanager
from itertools import chain
from operator import attrgetter
from typing import TYPE_CHECKING

from validator.binding.head import read_head
from validator.binding.recognition import load_recognition
from validator.claims.aim import find_aims
from validator.claims.bound import find_bounds
from validator.claims.change import find_changes
from validator.claims.citation import find_citations
from validator.claims.claim import ClaimVerdict
from validator.claims.contradiction import find_contradictions
from validator.claims.date import find_dates
from validator.claims.day import days_of
from validator.claims.doubt import Doubts
from validator.claims.equation import find_equations
from validator.claims.fits import find_fits
from validator.claims.held import find_held
from validator.claims.identity_word import load_identity
from validator.claims.ladder import find_ladders
from validator.claims.last_year import find_last_year
from validator.claims.limit import find_limits
from validator.claims.moved import find_moved
from validator.claims.number_word import find_number_words
from validator.claims.own_name import find_own_names
from validator.claims.own_period import find_own_periods
from validator.claims.part_choice import with_chosen_sums
from validator.claims.prose import Prose
from validator.claims.reach import Reach, Unchecked, measure_reach, quantities_of
from validator.claims.restatement import find_restatements
from validator.claims.share import find_unreadable
from validator.claims.share_find import find_shares
from validator.claims.share_judge import with_chosen
from validator.claims.share_told import Told
from validator.claims.slip import of_one_share, unless_no_slip
from validator.claims.structure import structure_of
from validator.claims.subset import find_subsets
from validator.claims.sum_average import find_averages
from validator.claims.sum_find import candidates, judge_sums, parts_of
from validator.claims.sum_yield import find_yields
from validator.claims.table import find_tables
from validator.claims.table_aim import find_table_aims
from validator.claims.table_share import find_table_shares
from validator.claims.table_sum import find_table_sums, lists_of_tables
from validator.model.document import Table
from validator.model.record import evolve, record
from validator.readers.compartment import Compartments
from validator.readers.continued import join_continued
from validator.resources import rules_folder
from validator.text.fold import has_marks
from validator.text.grid_line import grids_of
from validator.text.passage import is_run_together, split_passages, with_blank_groups
from validator.text.read import read_cell, read_passage
from validator.text.role import load_roles
from validator.text.vocabulary import load_vocabulary

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence

    from validator.claims.claim import Claim
    from validator.claims.last_year import LastYear
    from validator.claims.structure import Text
    from validator.model.diagnostic import Compared
    from validator.model.document import Block, Document
    from validator.model.location import Location
    from validator.model.problem import Problem
    from validator.text.grid import Grid
    from validator.text.passage import Passage
    from validator.text.vocabulary import Vocabulary

_FINDERS = (
    find_unreadable,
    find_bounds,
    find_number_words,
    find_dates,
    find_citations,
)
_SAMPLE, _SAMPLE_TEXT, _ENOUGH_WORDS = 400, 2000, 1500
_TELLING, _MARKED = 12, 6
"""A text is English where one word in so many tells so, and no more than one in so many has a mark."""


def read_prose(document: Document, vocabulary: Vocabulary) -> Prose:
    """Read the passages of a document that hold numbers."""
    passages = with_blank_groups(split_passages(document))
    vocabulary = language_of(passages, vocabulary)
    degraded = _is_degraded(passages, vocabulary)
    lexicon = vocabulary.lexicon(degraded=degraded)
    readings = {
        index: read_passage(passage, index, lexicon, vocabulary)
        for index, passage in enumerate(passages)
        if passage.has_digits and passage.is_prose
    }
    cells = {
        index: read_cell(passage, index, lexicon, vocabulary)
        for index, passage in enumerate(passages)
        if passage.in_table and not passage.is_prose
    }
    months = load_identity(vocabulary.name, degraded=degraded).months
    return Prose(
        passages=passages,
        readings=readings,
        cells=cells,
        lexicon=lexicon,
        vocabulary=vocabulary,
        foreign=degraded and _is_foreign(passages, vocabulary),
        days={
            index: found for index, reading in readings.items() if (found := tuple(days_of(reading, months)))
        },
    )


@record
class ClaimsResult:
    """The claims of a document by place, how far they reach, and the numbers they leave out.

    ``figures`` are the places of all numbers that count or measure something, in sentences and in cells
    with words; ``unchecked`` are those of the running text that take part in no decided claim.
    ``problems`` tell of blocks that could not be read for claims, or not to their end. ``last_year`` are
    the figures of the same period of last year, which only last year's report bears out or not.
    ``compared`` is the account of all figures, tables included, where somebody asks for it.
    """

    claims: tuple[Claim, ...]
    reach: Reach
    unchecked: tuple[Unchecked, ...]
    figures: tuple[Location, ...] = ()
    problems: tuple[Problem, ...] = ()
    last_year: tuple[LastYear, ...] = ()
    compared: Compared | None = None

    @property
    def is_of_figures(self) -> bool:
        """Whether any figures were compared to an end."""
        return any(claim.is_of_figures for claim in self.claims)


def find_claims(document: Document, vocabulary: Vocabulary) -> ClaimsResult:
    """Find and judge what a document states by itself: sums, shares, bounds, dates, citations.

    The vocabulary holds the words of one language (see `load_vocabulary`). Nothing is raised for
    what a document says; a claim whose meaning is in doubt is undecided, never failed. A block that
    brings a fault of this program to light is left out and told.
    """
    apart = Compartments(document.file)
    nothing = ClaimsResult(claims=(), reach=Reach(numbers=0, checked=0, claims=0), unchecked=())

    def find(blocks: Sequence[Block | Table]) -> ClaimsResult:
        return _find(evolve(document, blocks=join_continued(blocks)), vocabulary)

    with _no_search_for_cycles():
        found = apart.together(document.blocks, attrgetter("location"), find, nothing)
    return evolve(found, problems=(*found.problems, *apart.told()))


@contextmanager
def _no_search_for_cycles() -> Iterator[None]:
    """Records hold no cycles, and looking for some takes a third of the time."""
    was_enabled = gc.isenabled()
    gc.disable()
    try:
        yield
    finally:
        if was_enabled:
            gc.enable()


def read_text(document: Document, vocabulary: Vocabulary) -> tuple[Text, tuple[Grid, ...]]:
    """Read a document as a tree of passages with their figures, and its tables."""
    prose = read_prose(document, vocabulary)
    text = structure_of(prose, load_roles(prose.vocabulary.name, degraded=prose.degraded))
    grids = tuple(grids_of(prose.passages, prose.readings, prose.cells, text.book, prose.lexicon))
    for grid in grids:
        prose.quotes.update(grid.quotes)
    return text, grids


def _find(document: Document, vocabulary: Vocabulary) -> ClaimsResult:
    text, grids = read_text(document, vocabulary)
    prose = text.prose
    lists = (*candidates(text), *lists_of_tables(text, grids))
    told = list(judge_sums(text, lists))
    sums = [*find_table_sums(text, grids), *find_tables(prose)]
    sums += find_table_shares(text, grids)
    parts, named = parts_of(lists), Told(text, grids)
    sums += find_shares(text, parts)
    sums += find_changes(text, named, parts)
    sums += find_moved(text)
    sums += find_subsets(text)
    sums += find_ladders(text)
    sums = with_chosen(text, named, parts, sums)
    sums += find_held(text)
    sums += find_aims(text)
    sums += find_table_aims(text, grids)
    sums += [*find_averages(text), *find_yields(text, grids)]
    sums += [*find_equations(prose), *find_restatements(text, grids)]
    told = with_chosen_sums(text, lists, told, sums)
    sums += find_fits(text, grids, [*told, *sums])
    others = chain(chain.from_iterable(finder(prose) for finder in _FINDERS), find_contradictions(text))
    others = chain(others, _of_head(document, prose))
    found = of_one_share(_distinct(chain(told, map(unless_no_slip, chain(sums, others)))))
    if prose.foreign:
        found = (_without_verdict(claim, "language-unclear") for claim in found)
    found = (_unless_run_together(claim, prose) for claim in found)
    if doubts := Doubts(document):
        found = map(doubts.judged, found)
    claims = sorted(found, key=lambda claim: claim.location.sort_key)
    reach, unchecked = measure_reach(prose, claims)
    figures = tuple(map(prose.place, quantities_of(prose)))
    return ClaimsResult(
        claims=tuple(claims),
        reach=reach,
        unchecked=unchecked,
        figures=figures,
        problems=tuple(find_limits(prose, document.file)),
        last_year=() if prose.foreign else tuple(find_last_year(text, grids)),
    )


def _without_verdict(claim: Claim, reason: str) -> Claim:
    """Accuse nobody in another language: its points, commas, days and words may mean something else."""
    if claim.verdict not in (ClaimVerdict.FAIL, ClaimVerdict.TRUNCATED):
        return claim
    return evolve(claim, verdict=ClaimVerdict.UNDECIDED, reason=reason)


def _unless_run_together(claim: Claim, prose: Prose) -> Claim:
    """Accuse nobody of figures whose words and neighbours ran into each other."""
    if claim.verdict not in (ClaimVerdict.FAIL, ClaimVerdict.TRUNCATED):
        return claim
    passages = {passage for passage, _ in claim.used if passage in prose.readings}
    is_there = any(is_run_together(prose.passages[passage].text) for passage in passages)
    return _without_verdict(claim, "text-run-together") if is_there else claim


def _of_head(document: Document, prose: Prose) -> Iterator[Claim]:
    """What the text says of its own unit, and period, held against the head of the document."""
    known = load_recognition()
    head = read_head(document.surely_read, known, prose.vocabulary.notation)
    if head.unit.name:
        yield from find_own_names(prose, head.unit.name, known)
    yield from find_own_periods(prose, known)


def _distinct(claims: Iterable[Claim]) -> Iterable[Claim]:
    """Drop a claim that says the same of the same numbers twice."""
    seen: set[object] = set()
    for claim in claims:
        key = (claim.kind, tuple(sorted(claim.numbers.items())), claim.used)
        if key not in seen:
            seen.add(key)
            yield claim


def language_of(passages: tuple[Passage, ...], vocabulary: Vocabulary) -> Vocabulary:
    """The vocabulary of the language that a document is in: the one given, unless its words are English."""
    english = load_vocabulary(str(rules_folder() / "claims" / "en.yaml"))
    if vocabulary.name == english.name:
        return vocabulary
    words: list[str] = []
    for passage in passages[:_SAMPLE]:
        text = passage.text[:_SAMPLE_TEXT]
        if isinstance(passage.source, Table):
            text = " ".join(cell.text for cell in passage.source.cells[:_SAMPLE])
        words += [word.strip(".,;:()").casefold() for word in text.split()]
        if len(words) > _ENOUGH_WORDS:
            break
    words = [word for word in words if word[:1].isalpha()]
    told = [word for word in words if word in english.telling]
    marked = sum([not word.isascii() for word in words])
    is_english = len(set(told)) > 1 and len(told) * _TELLING > len(words) and marked * _MARKED < len(words)
    return english if is_english else vocabulary


def _is_degraded(passages: tuple[Passage, ...], vocabulary: Vocabulary) -> bool:
    """Whether too few words carry diacritics for them to be relied on."""
    words = marked = 0
    for passage in passages[:_SAMPLE]:
        found = [word for word in passage.text[:_SAMPLE_TEXT].split() if word[:1].isalpha()]
        words += len(found)
        marked += sum(map(has_marks, found))
        if words > _ENOUGH_WORDS:
            break
    return words > 0 and marked < words * vocabulary.reliable_diacritics


def _is_foreign(passages: tuple[Passage, ...], vocabulary: Vocabulary) -> bool:
    """Whether a text without diacritics is of another language: many of its words are that language's."""
    words = own = 0
    for passage in passages[:_SAMPLE]:
        found = [word.strip(",.;:()").casefold() for word in passage.text[:_SAMPLE_TEXT].split()]
        words += len(found)
        own += sum(word in vocabulary.foreign.words for word in found)
        if words > _ENOUGH_WORDS:
            break
    return own > words * vocabulary.foreign.least
