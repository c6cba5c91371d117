"""Rows that are like no label of the form → fields that mean the same, by their words and their parents'."""

from __future__ import annotations

import re
from collections import Counter
from typing import TYPE_CHECKING

from validator.binding.meaning import PERCENT, Said, load_meanings
from validator.binding.role_context import own_words
from validator.binding.role_field import Meaning, role_fields
from validator.binding.role_time import own_time
from validator.binding.targets import RowTarget
from validator.model.field import FieldType
from validator.model.record import evolve, record
from validator.text.role import load_roles
from validator.text.token import TokenKind, tokenise
from validator.text.vocabulary import load_vocabulary

if TYPE_CHECKING:
    from collections.abc import Sequence

    from validator.binding.appendix import FigureRow
    from validator.binding.meaning import Trait
    from validator.binding.recognition import Recognition
    from validator.binding.row import RowBinding
    from validator.model.field import FieldDef, Form
    from validator.model.report import Period, Unit

_OPEN = frozenset({"no-field", "elsewhere", "close"})
_FIGURE = re.compile(r"[-+]?[0-9][0-9.,]*\s*%?(?:\s*[^\W\d_].*)?")


@record
class Sense:
    """What a row says together with its parents; ``is_known`` where every word of it was understood."""

    measure: str = ""
    traits: frozenset[Trait] = frozenset()
    is_known: bool = True
    is_figure: bool = True
    depth: tuple[int, ...] = ()


_WHOLE = "whole"
_NOTHING = Sense(is_known=False)


class RowRoles:
    """Binds rows of appendices by what they mean."""

    def __init__(self, form: Form, known: Recognition, unit: Unit, period: Period) -> None:
        vocabulary = load_vocabulary()
        self.meanings, self.book = load_meanings(), load_roles("vi")
        self.lexicon = vocabulary.lexicon(degraded=False)
        self.fields = role_fields(form, self.meanings, unit.level, known.lowest)
        self.level, self.is_lowest = unit.level or "", unit.level == known.lowest
        self.names = own_words(unit)
        self.time = own_time(period, self.lexicon, known, unit.level)

    def bind(
        self, found: Sequence[RowBinding], targets: Sequence[RowTarget], level: Trait = ""
    ) -> tuple[RowBinding, ...]:
        """Return *found* with what meanings tell of rows that have no field; *level* heads their column."""
        by_path = {each.path: each for each in targets}
        taken = {each.path for each in found if each.path}
        senses = self._senses(found, level)
        fields = {
            each.row.order: field
            for each, sense in zip(found, senses, strict=True)
            if (field := self._field(each, sense, level)) is not None and field.path not in taken
        }
        claimed = Counter(field.path for field in fields.values())
        return tuple(
            evolve(each, target=by_path.get(field.path, RowTarget(definition=field, labels=())), why="")
            if (field := fields.get(each.row.order)) is not None and claimed[field.path] == 1
            else each
            for each in found
        )

    def level_of(self, heading: str) -> Trait:
        """Return the level of a column of figures by the words right over it, or that it is of all levels."""
        lines = [each for each in heading.split("\n") if any(map(str.isalpha, each))]
        text = lines[-1] if lines else ""
        said = self._said(text, is_heading=True)
        if said is None or said.left or said.is_narrow or said.measures or said.traits - self.meanings.levels:
            return ""
        if said.traits:
            return next(iter(said.traits)) if len(said.traits) == 1 else ""
        return _WHOLE if self.book.says("sum_row", _words_of(text, self)) else ""

    def _field(self, binding: RowBinding, sense: Sense, level: Trait) -> FieldDef | None:
        """Return the field that a row without one means."""
        row = binding.row
        if binding.target is not None or binding.why not in _OPEN or not sense.is_known or not sense.measure:
            return None
        if not _FIGURE.fullmatch(row.value.strip()):
            return None
        is_share = self._is_share(row)
        meaning = Meaning(measure=sense.measure, traits=sense.traits | ({PERCENT} if is_share else set()))
        levelled = any(measure == sense.measure for measure, _ in self.fields.levelled)
        if levelled and not level and not self.is_lowest and not sense.traits & self.meanings.levels:
            return None
        field = self.fields.find(meaning, self.level)
        if field is None or (field.type is FieldType.PERCENT) != is_share:
            return None
        return (
            field if not binding.close or field.path in binding.close or binding.why == "elsewhere" else None
        )

    def _senses(self, found: Sequence[RowBinding], level: Trait) -> list[Sense]:
        """Return what each row means, in the light of those that it stands below."""
        senses: list[Sense] = []
        above: list[Sense] = []
        for each in found:
            depth = _depth(each.row)
            while above and above[-1].depth >= depth:
                above.pop()
            parent = above[-1] if above else self._top(each.row, level)
            sense = evolve(self._sense(each, parent), depth=depth, is_figure=bool(each.row.value.strip()))
            senses.append(sense)
            above.append(sense)
        return senses

    def _top(self, row: FigureRow, level: Trait) -> Sense:
        """Return what the title of a table and the heading of its column say of every row."""
        # A sentence that happens to stand above the table does not head it.
        lines = [each for each in row.heading.split("\n") if not each.rstrip().endswith(".")]
        heading = self._said("\n".join(lines), is_heading=True)
        if heading is None or heading.is_narrow or heading.traits & self.meanings.never:
            return _NOTHING
        return Sense(traits=frozenset({level}) - {"", _WHOLE})

    def _sense(self, binding: RowBinding, parent: Sense) -> Sense:
        """Return what one row says below another."""
        row, m, own = binding.row, self.meanings, self._said(binding.row.label)
        if binding.path in self.fields.meaning_of:
            meaning = self.fields.meaning_of[binding.path]
            return Sense(measure=meaning.measure, traits=meaning.traits - {PERCENT})
        if own is None or own.left or own.is_narrow or own.traits & m.never or not parent.is_known:
            return _NOTHING
        measure = self._measure(row, own, parent)
        if not measure or m.is_strange(measure, own.traits):
            return _NOTHING
        whole = self._whole(measure, m.settled(measure, own.traits), parent)
        # What says no more than the row above it is not a part of it.
        is_said = parent.is_figure and measure == parent.measure and whole == parent.traits
        is_bare = is_said and not self._is_share(row)
        is_needed = measure in m.needs and m.needs[measure] not in whole
        return Sense(
            measure=measure, traits=whole, is_known=not (is_bare or is_needed or self._is_split(whole))
        )

    def _whole(self, measure: str, own: frozenset[Trait], parent: Sense) -> frozenset[Trait]:
        """Return the traits of a row, those that go over from its parent among them."""
        m = self.meanings
        kept = self._kept(parent.traits, own) if measure == parent.measure else parent.traits & m.levels
        needed = {m.needs[measure]} & parent.traits if measure in m.needs else set()
        if own & m.levels:
            kept -= m.levels
        whole = m.settled(measure, own | kept | needed)
        return whole - {self.level} if self.is_lowest else whole

    def _kept(self, above: frozenset[Trait], own: frozenset[Trait]) -> frozenset[Trait]:
        """Return what the row above says of its parts: not that it is the whole of them."""
        wholes = {
            each
            for dimension in self.book.dimensions
            if dimension.roles & own and dimension.name in _WHOLES
            for each in dimension.of
        }
        return above - wholes

    def _is_split(self, traits: frozenset[Trait]) -> bool:
        """Whether traits exclude each other, so that a row does not stand where it seems to."""
        return any(
            len(dimension.roles & traits) > 1 and dimension.name != _INNER
            for dimension in self.book.dimensions
        )

    def _measure(self, row: FigureRow, own: Said, parent: Sense) -> str:
        """Return what a row counts: by its label, its unit, or the row above it."""
        if own.measures:
            return own.measures[0]
        unit = self._said(row.unit)
        words = _words_of(row.unit, self)
        general = self.meanings.general.get(words)
        if general is not None:
            return parent.measure if parent.measure in general else ""
        if unit is not None and unit.measures:
            return unit.measures[0]
        return parent.measure

    def _said(self, text: str, *, is_heading: bool = False) -> Said | None:
        """Return what a text says, or None where it is of another time; a heading may name other papers."""
        tokens = tokenise(text, self.lexicon)
        if self.time.is_other([each for each in tokens if not (is_heading and each.kind is TokenKind.DATE)]):
            return None
        words = tuple([each.key for each in tokens if each.kind is TokenKind.WORD])
        found = self.meanings.read(words)
        left = tuple(each for each in found.left if each not in self.names)
        return evolve(found, left=left, is_narrow=found.is_narrow or self.level in found.above)

    def _is_share(self, row: FigureRow) -> bool:
        words = _words_of(row.label, self)
        is_rate = any(words[: len(each)] == each for each in self.book.lists["share_column"])
        return is_rate or "%" in row.unit or "%" in row.value


_WHOLES = frozenset({"stage", "promptness", "completeness"})
_INNER = "promptness"


def _words_of(text: str, roles: RowRoles) -> tuple[str, ...]:
    tokens = tokenise(text, roles.lexicon)
    return tuple([each.key for each in tokens if each.kind is TokenKind.WORD])


def _depth(row: FigureRow) -> tuple[int, int]:
    """How deep a row stands: by its number, then by the mark before its label; one without is a part."""
    label = row.label.lstrip()
    mark = 3 if label[:1] in ("+", "*") else 2 if label[:1] in ("-", "–", "•") else 1
    if row.code:
        return (_NUMBERED + row.code.count("."), mark)
    if row.mark.strip(". )"):
        letters = row.mark.strip(". )(")
        is_high = letters.isupper()
        return (
            0 if is_high and len(letters) == 1 and letters not in _ROMANS else 1 if is_high else _LETTERED,
            mark,
        )
    return (_UNCODED, mark)


_NUMBERED, _LETTERED, _UNCODED = 10, 50, 99
_ROMANS = frozenset("IVX")
