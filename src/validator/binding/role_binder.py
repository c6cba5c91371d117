"""Figures that neither phrases nor lists explain → the fields that mean the same."""

from __future__ import annotations

import re
from bisect import bisect_right
from collections import defaultdict
from itertools import chain
from typing import TYPE_CHECKING

from validator.binding.label import labels_of
from validator.binding.meaning import CASE, IN_PERIOD, MORE_THAN_PERIOD, RECEIVED, load_meanings
from validator.binding.narrative import fits, shortened
from validator.binding.once import once
from validator.binding.role_context import Context, Own, own_words
from validator.binding.role_field import Meaning, role_fields
from validator.binding.role_reading import RoleReader
from validator.binding.role_time import own_time
from validator.binding.role_walk import figures_of
from validator.binding.targets import strings
from validator.model.document import Block, BlockKind
from validator.model.record import evolve
from validator.text.fold import accented, folded, words, words_in
from validator.text.role import load_roles
from validator.text.vocabulary import load_vocabulary

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from validator.binding.meaning import Meanings
    from validator.binding.narrative import NumberBinding, TextBinder
    from validator.binding.recognition import Recognition
    from validator.binding.role_context import Figure
    from validator.binding.running import Running
    from validator.model.field import FieldDef, Form
    from validator.model.report import Period, Unit
    from validator.text.passage import Passage
    from validator.text.token import Exact

    Names = tuple[tuple[str, ...], ...]
    Found = dict[tuple[int, int], tuple[Figure, FieldDef | None]]

_PLAIN, _DASH = 1, 2
_DOT, _DEEPEST = re.compile(r"[.\u00b7] "), 4
"""A point before a blank begins what stands under crosses."""
_LEADS = ":"
_ROW = re.compile(r"\D+:\s*\d[\d.,]*")
"""A label and its figure, with which a line begins in a table written as lines."""


class RoleBinder:
    """Binds what is left of the running text of one document."""

    def __init__(
        self, form: Form, known: Recognition, unit: Unit, period: Period, letterhead: Names = ()
    ) -> None:
        vocabulary = load_vocabulary()
        lexicon = vocabulary.lexicon(degraded=False)
        meanings = load_meanings()
        self.known = known
        self.masks: dict[int, dict[int, int]] = {}
        self.fields = role_fields(form, meanings, unit.level, known.lowest)
        self.own = Own(
            level=unit.level or "",
            lowest=known.lowest,
            time=own_time(period, lexicon, known, unit.level),
            names=own_words(unit),
            below=_before(known.order, unit.level),
            above=_before(known.order[::-1], unit.level),
            levelled=self.fields.levelled,
            whole_names=_names(letterhead, meanings),
            called=frozenset(chain.from_iterable(letterhead)) | own_words(unit),
            places=frozenset(map(accented, known.level_words.values())),
        )
        labels, labelled = labels_of(self.fields.by_label, meanings, known)
        self.reader = RoleReader(labelled, labels, load_roles("vi"), lexicon, vocabulary, self.own)
        self.openers = _openers(form, known)

    def bind(
        self, bindings: Sequence[NumberBinding], running: Sequence[Running], text: TextBinder
    ) -> tuple[NumberBinding, ...]:
        """Return *bindings* with what roles tell of those that have no field."""
        self.reader.known = {
            _place(each): self.fields.meaning_of[each.definition.path]
            for each in bindings
            if each.definition is not None and each.definition.path in self.fields.meaning_of
        }
        self.reader.loose = frozenset(
            _place(each)
            for each in bindings
            if each.definition is not None and each.definition.binding.get("lines")
        )
        found = {
            (id(figure.passage.source), figure.passage.offset + figure.mention.start): (figure, field)
            for figure, field in self._with_period(tuple(self.figures(running)))
        }
        self._open(text)
        made = [self._bound(each, found) for each in bindings]
        doubted = _doubted(bindings, made, found)
        return tuple(
            old if new.definition is not None and new.definition.path in doubted else new
            for old, new in zip(bindings, made, strict=True)
        )

    def _with_period(
        self, found: Sequence[tuple[Figure, FieldDef | None]]
    ) -> Iterator[tuple[Figure, FieldDef | None]]:
        """Yield figures, what came in during the period being all unless the document counts more apart."""
        m = self.reader.meanings
        apart = {
            figure.meaning.traits & m.levels
            for figure, _ in found
            if figure.meaning.measure == CASE and figure.meaning.traits & MORE_THAN_PERIOD
            if IN_PERIOD not in figure.whole.traits
        }
        for figure, field in found:
            meaning = figure.meaning
            levels = meaning.traits - {IN_PERIOD}
            if levels != meaning.traits and levels <= m.levels and levels not in apart:
                meaning = evolve(meaning, traits=levels | {RECEIVED})
                yield evolve(figure, meaning=meaning), self.fields.find(meaning, self.own.level)
            else:
                yield figure, field

    def _bound(self, binding: NumberBinding, found: Found) -> NumberBinding:
        number = binding.number
        known = found.get(_place(binding))
        if known is None or binding.close or (number.other and not number.is_weak):
            return binding
        figure, field = known
        if binding.definition is not None and not figure.is_against:
            return binding
        if field is None:
            return evolve(binding, definition=None, why="no-field") if figure.is_against else binding
        if not self._is_open(binding, field) or not fits(number, field):
            return binding
        return evolve(binding, definition=field, why="")

    def _open(self, text: TextBinder) -> None:
        """Note which opening words hold in each passage, and of which units they tell fields apart."""
        self.opened = {passage.order: opened for passage, opened in text.seen}
        self.lines = {target.definition.path: frozenset(target.lines) for target in text.targets}
        self.units = {target.definition.unit for target in text.targets if target.lines}

    def _is_open(self, binding: NumberBinding, field: FieldDef) -> bool:
        """Whether the words that opened the passage, if any, may be followed by the field."""
        if field.unit not in self.units:
            return True
        opened = self.opened.get(binding.passage.order, ())
        place = self._shown(binding.passage)[binding.number.start]
        found = bisect_right(opened, place, key=lambda each: each[0])
        held = {each for each in (opened[found - 1][1] if found else ()) if self._is_telling(each)}
        return not held or bool(held & self.lines.get(field.path, frozenset()))

    def _is_telling(self, opener: str) -> bool:
        """Whether words that open a passage say more than measures and roles, which are read anyway."""
        said = self.reader.said(words_in(self.openers[opener]))
        return bool(said.left) or said.is_narrow

    def _shown(self, passage: Running) -> dict[int, int]:
        """Return where the mask of each number of a passage stands, by where the number starts."""
        if passage.order not in self.masks:
            starts = (each.start for each in passage.masked.numbers)
            self.masks[passage.order] = dict(zip(starts, passage.masked.places, strict=True))
        return self.masks[passage.order]

    def _beside(self, above: Context, beside: Meaning) -> Context:
        """Return what stands above a line with what goes on from one *beside* it before: by what plan."""
        kept = beside.traits & self.reader.meanings.ahead
        if not kept or above.is_figure or above.meaning.measure not in {"", beside.measure}:
            return above
        traits = above.meaning.traits | (
            kept if not above.meaning.traits & self.reader.meanings.ahead else set()
        )
        return evolve(above, meaning=Meaning(measure=beside.measure, traits=traits))

    def _only_leads(self, passage: Passage) -> bool:
        """Whether a line says no more than that parts of the figure before it follow: "of which:"."""
        return words(passage.text) in self.known.of_which

    def _end(
        self,
        above: list[tuple[tuple[int, int, int], Context]],
        numbers: dict[tuple[int, ...], int | None],
        passage: Passage,
        rank: tuple[int, int, int],
    ) -> None:
        """Take off what a passage does not stand below: "2.3." ends "2.2.", though no heading itself."""
        path = _path(passage.marker)
        ended = numbers.get((*path[:-1], path[-1] - 1)) if path else None
        if ended is not None:
            del above[ended:]
        while above and above[-1][0] >= rank:
            above.pop()
        if path:
            numbers[path] = len(above) if passage.heading else None

    def figures(self, running: Sequence[Running]) -> Iterator[tuple[Figure, FieldDef | None]]:
        """Yield the figures of running text that mean something, with the field that means the same."""
        above: list[tuple[tuple[int, int, int], Context]] = []
        numbers: dict[tuple[int, ...], int | None] = {}
        row, beside, beside_rank, latest = "", Meaning(), (0, 0, 0), Context()
        leading: tuple[int, int, int] | None = None
        for passage in (each.passage for each in running):
            rank = _rank(passage)
            if leading and rank[0] == _PLAIN:
                # What follows an item that leads in its parts is one of them, with or without a mark.
                rank = (*leading[:2], leading[2] + 1)
            else:
                leading = rank if rank[0] > _PLAIN and passage.text.rstrip().endswith(_LEADS) else None
            self._end(above, numbers, passage, rank)
            context = above[-1][1] if above else Context()
            is_row = _ROW.match(passage.text.strip()) is not None
            if is_row and row:
                # A row that names no measure counts what the one before it counts, not what the title names.
                context = evolve(context, meaning=evolve(context.meaning, measure=row))
            context = self._beside(context, beside if beside_rank == rank else Meaning())
            found, below = figures_of(self.reader, passage, context)
            row = below.meaning.measure if is_row else ""
            beside, beside_rank = below.meaning, rank
            if self._only_leads(passage):
                below = latest
            latest = below if found or below.is_figure else latest
            if passage.heading and self.known.elsewhere.search(folded(passage.text)):
                below = evolve(below, is_barred=True)
            if passage.heading or passage.level or passage.text.rstrip().endswith(_LEADS):
                above.append((rank, below))
            for figure in found:
                field = self.fields.find(figure.meaning, self.own.level)
                # What is said of the unit's own level may be a part of what is said of all.
                is_own = field is not None and self.own.level in figure.meaning.traits
                is_part = is_own and field and self.own.level not in self.fields.meaning_of[field.path].traits
                yield evolve(figure, is_sure=figure.is_sure and not is_part), field


def _names(letterhead: Names, meanings: Meanings) -> Names:
    """Return what a unit is called by its letterhead, and what all that it governs is."""
    areas = meanings.areas
    called = (areas[kind] for name in letterhead for kind in areas if name[: len(kind)] == kind)
    return (*letterhead, *chain.from_iterable(map(sorted, called)))


def _before(levels: tuple[str, ...], own: str | None) -> frozenset[str]:
    """Return the levels before the unit's own."""
    return frozenset(levels[: levels.index(own)]) if own in levels else frozenset()


def _place(binding: NumberBinding) -> tuple[int, int]:
    return id(binding.passage.block), binding.number.start


def _doubted(before: Sequence[NumberBinding], after: Sequence[NumberBinding], found: Found) -> frozenset[str]:
    """Return the fields that have two values where roles gave one that is not sure, or both.

    Words that mean the same field twice with other figures mean more likely a part of it once: what a
    document says twice in its own words is compared by the words, among its claims.
    """
    values: dict[str, set[Exact]] = defaultdict(set)
    by_roles: dict[str, set[Exact]] = defaultdict(set)
    unsure: set[str] = set()
    for old, new in zip(before, after, strict=True):
        known = found.get(_place(new))
        if new.definition is None or known is None:
            continue
        figure = known[0]
        values[new.definition.path].add(figure.mention.amount)
        if old.definition is not new.definition:
            by_roles[new.definition.path].add(figure.mention.amount)
        if old.definition is not new.definition and not figure.is_sure:
            unsure.add(new.definition.path)
    unsure |= {path for path, each in by_roles.items() if len(each) > 1}
    return frozenset(path for path, each in values.items() if len(each) > 1 and path in unsure)


def _rank(passage: Passage) -> tuple[int, int, int]:
    """How deep a passage stands: headings, paragraphs, numbers and letters, dashes and dots, by level."""
    source = passage.source
    if passage.heading:
        return (0, passage.level, 0)
    marker = passage.marker or _DOT.match(passage.text.lstrip()[:2])
    if not (isinstance(source, Block) and source.kind is BlockKind.LIST_ITEM) and not marker:
        return (_PLAIN, 0, 0)
    rank = _marker_rank(passage.marker) if passage.marker or not marker else _DEEPEST
    return (2 if rank < _DASH else 3, max(1, passage.level), rank)


def _path(marker: str) -> tuple[int, ...]:
    """The numbers of a marker such as "2.3."; none of others."""
    parts = marker.rstrip(".)").split(".")
    return tuple(map(int, parts)) if all(each.isdecimal() and each.isascii() for each in parts) else ()


def _marker_rank(marker: str) -> int:
    """How deep a marker stands by custom: numbers, letters, dashes, crosses, dots."""
    if not marker or marker[0].isdigit() or marker.rstrip(".)").isupper():
        return 0
    if marker[0].isalpha():
        return 1
    return next((2 + at for at, marks in enumerate(("-–", "+")) if marker[0] in marks), 4)


@once
def _openers(form: Form, known: Recognition) -> dict[str, str]:
    """Return the words that open passages, as they are by how they are looked for."""
    lines = [line for each in form.fields.values() for line in strings(each.binding.get("lines"))]
    return dict(zip(shortened(lines, known), lines, strict=True))
