"""Lists and short clauses of running text → fields: a clause is read as a row of an appendix is.

The words of a clause must be those of a field's label, its unit that of the field, and all else that
is said in its sentence and above it must speak of the same thing; else nothing is bound.
"""

from __future__ import annotations

from bisect import bisect_right
from collections import defaultdict
from typing import TYPE_CHECKING

from validator.binding.clause import clauses_of
from validator.binding.listed import ListedTargets
from validator.binding.narrative import fits
from validator.binding.surroundings import Surroundings
from validator.model.document import BlockKind
from validator.model.record import evolve, record
from validator.text.fold import words

if TYPE_CHECKING:
    from collections.abc import Sequence

    from validator.binding.clause import Clause
    from validator.binding.listed import Listed
    from validator.binding.narrative import NumberBinding, TextBinder
    from validator.binding.number import Number
    from validator.binding.passage import Passage
    from validator.binding.recognition import Recognition
    from validator.model.field import FieldDef, Form
    from validator.model.report import Period, Unit

_LIST_RANK = 100


@record
class Lead:
    """A list item or a line with a colon that others stand below.

    ``path`` is the field whose parts they are, ``said`` the words of the lead that no field explains.
    """

    rank: int
    path: str = ""
    said: frozenset[str] = frozenset()


@record
class Choice:
    """What was decided about one clause: the fields that it may state; ``is_part`` of another's."""

    found: tuple[Listed, ...] = ()
    is_part: bool = False


class ListBinder:
    """Binds the numbers of lists and clauses that no phrase explains, each in the light of those above."""

    def __init__(self, form: Form, known: Recognition, unit: Unit, period: Period) -> None:
        self.known = known
        self.targets = ListedTargets(form, known)
        self.around = Surroundings(form, known, unit, period)
        self.leads: list[Lead] = []
        self.stated: set[str] = set()
        """The fields that were stated since the last heading."""

    def bind(self, bindings: Sequence[NumberBinding], text: TextBinder) -> tuple[NumberBinding, ...]:
        """Return *bindings* with what the lists of their passages state besides."""
        of_passage: dict[int, list[NumberBinding]] = defaultdict(list)
        for each in bindings:
            of_passage[each.passage.order].append(each)
        found: list[NumberBinding] = []
        for passage, opened in text.seen:
            found += self._passage(passage, of_passage[passage.order], opened)
        return tuple(found)

    def _passage(
        self, passage: Passage, bindings: list[NumberBinding], opened: Sequence[tuple[int, frozenset[str]]]
    ) -> list[NumberBinding]:
        rank = passage.rank
        if passage.block.kind is BlockKind.HEADING:
            self.leads, self.stated = [], set()
        elif passage.block.kind is not BlockKind.LIST_ITEM:
            self.leads = [each for each in self.leads if each.rank < _LIST_RANK]
        else:
            self.leads = [each for each in self.leads if each.rank < (rank or 0)]
        if rank is None and not any(not each.number.other for each in bindings):
            return bindings
        parts = clauses_of(passage.masked, self.known, self.around.is_own)
        reading = _Reading(self, passage, list(bindings), opened)
        reading.read(parts.clauses)
        if rank is not None and passage.block.kind is not BlockKind.HEADING:
            path = reading.paths[parts.opens] if parts.opens is not None else ""
            self.leads.append(
                Lead(rank=rank, path=path, said=frozenset() if path else frozenset(reading.all_said))
            )
        return reading.bindings


class _Reading:
    """Reads the clauses of one passage in their order."""

    def __init__(
        self,
        binder: ListBinder,
        passage: Passage,
        bindings: list[NumberBinding],
        opened: Sequence[tuple[int, frozenset[str]]],
    ) -> None:
        self.around, self.targets, self.known = binder.around, binder.targets, binder.known
        self.passage, self.bindings, self.opened = passage, bindings, opened
        self.stated = binder.stated
        self.lead = binder.leads[-1].path if binder.leads else ""
        self.tier = frozenset().union(*map(self._tier, passage.sections))
        self.above = self.tier.union(*(each.said for each in binder.leads))
        self.is_elsewhere = binder.around.is_elsewhere(passage)
        self.paths: list[str] = []
        self.places = passage.masked.places
        self.said: set[str] = set()
        self.all_said: set[str] = set()
        self.part: frozenset[str] = frozenset()
        self.said_of_parts: dict[int | None, frozenset[str]] = {}
        self.subject: frozenset[str] = frozenset()
        self.sentence = -1

    def read(self, clauses: Sequence[Clause]) -> None:
        """Decide every clause, each in the light of what was said before it."""
        for clause in clauses:
            if clause.sentence != self.sentence:
                self.sentence, self.said, self.part = clause.sentence, set(), frozenset()
                self.subject = self.around.others(clause.before)
            self.part |= self.around.part(clause.before)
            self.paths.append(self._clause(clause))

    def _clause(self, clause: Clause) -> str:
        """Return the path of the field that a clause states; else keep its words in mind."""
        if clause.is_aside:
            return ""
        if clause.number is not None:
            binding = self.bindings[clause.number]
            if not self.is_elsewhere:
                choice = self._choose(clause, binding.number)
                binding = self.bindings[clause.number] = _settled(self._own(binding, clause), choice)
            if binding.definition is not None:
                for each in clause.leads:
                    self._say(each)
                self._whole(clause, binding.definition)
                self.stated.add(binding.definition.path)
                return binding.definition.path
        if clause.part_of is None or not self.paths[clause.part_of]:
            self._say(clause.before)
            self._say(clause.after)
        else:
            said = self.around.said(clause.before) | self.around.said(clause.after)
            self.said_of_parts[clause.part_of] = self.said_of_parts.get(clause.part_of, said) | said
        return ""

    def _tier(self, text: str) -> frozenset[str]:
        """Return the words of *text* that say of whom of several the figures are."""
        return frozenset() if self.around.is_own_level(text) else self.targets.tier_of(text)

    def _own(self, binding: NumberBinding, clause: Clause) -> NumberBinding:
        """Take a phrase's word for a field only where no heading or sentence gives the figure to others."""
        target = self.targets.by_path.get(binding.definition.path) if binding.definition else None
        if target is None:
            return binding
        # A phrase that holds only after certain words is short: it needs them to be of the same thing.
        told = self.tier.union(
            self.subject, self.part if target.lines else (), *map(self._tier, clause.leads)
        )
        if told <= target.vocabulary:
            return binding
        return evolve(binding, definition=None, why="elsewhere", close=(target.definition.path,))

    def _whole(self, clause: Clause, part: FieldDef) -> None:
        """Bind the number after a stroke to what the field is a part of, where its sentence stated that."""
        if clause.of is None:
            return
        for name in self.targets.by_path[part.path].under if part.path in self.targets.by_path else ():
            whole, binding = self.targets.by_path.get(name), self.bindings[clause.of]
            if whole and name in self.paths and binding.why == "no-field" and whole.unit == part.unit:
                self.bindings[clause.of] = evolve(binding, definition=whole.definition, why="")

    def _say(self, text: str) -> None:
        said = self.around.said(text)
        self.said |= said
        self.all_said |= said

    def _choose(self, clause: Clause, number: Number) -> Choice:
        """Return the fields that a clause may state."""
        labels, unit = self.around.bare(clause.label), words(clause.after)
        if labels is None:
            return Choice()
        leads = frozenset().union(*(self.around.said(each) for each in clause.leads))
        parent = self.paths[clause.part_of] if clause.part_of is not None else self.lead
        if parent and not leads:
            said = self.said_of_parts.get(clause.part_of, frozenset())
            parts = [
                each
                for each in self.targets.parts(parent, labels)
                if self._agrees(each, number, unit) and said <= each.target.vocabulary
            ]
            if parts:
                return Choice(found=tuple(parts), is_part=True)
        found: list[Listed] = []
        rivals = self.targets.like(labels, unit)
        opened = self._opened(clause)
        others = opened.intersection(line for each in rivals for line in each.target.lines)
        for each in rivals:
            said = leads | self.above | (self.all_said if each.is_short else self.said)
            if self._agrees(each, number, unit) and self._fits(each, said, others):
                found.append(each)
        return Choice(found=self.targets.nearest(found))

    def _agrees(self, each: Listed, number: Number, unit: tuple[str, ...]) -> bool:
        """Whether the number is written as the field's is, and counts what the field counts."""
        return fits(number, each.target.definition) and (not unit or each.is_short or each.counts(unit))

    def _fits(self, each: Listed, said: frozenset[str], opened: frozenset[str]) -> bool:
        """Whether the field may stand here: its section, its passage, and what else is said.

        *opened* are the words that opened the passage of one of the fields with its label.
        """
        target = each.target
        if opened and not opened & target.lines:
            return False
        if each.qualifier and not (opened & target.lines or each.qualifier <= said):
            return False
        is_under = not target.under or not self.stated.isdisjoint(target.under)
        if not is_under and not target.is_of_text:
            return False
        if not is_under and self.targets.is_contested(each):
            return False
        return said <= target.vocabulary and self.around.is_in(
            self.passage, target, strictly=each.is_short or not is_under
        )

    def _opened(self, clause: Clause) -> frozenset[str]:
        """Return the words that opened the passage in which the number of a clause stands."""
        place = self.places[clause.number or 0]
        found = bisect_right(self.opened, place, key=lambda each: each[0])
        return self.opened[found - 1][1] if found else frozenset()


def _settled(binding: NumberBinding, choice: Choice) -> NumberBinding:
    """Return what phrases and the list say together; the place in a list says more than a phrase."""
    paths = {each.target.definition.path: each.target.definition for each in choice.found}
    if binding.definition is not None and (not choice.is_part or len(paths) != 1):
        return binding
    if len(paths) == 1:
        (definition,) = paths.values()
        if binding.close and definition.path not in binding.close:
            return binding
        return evolve(binding, definition=definition, why="", close=())
    if paths and binding.why == "no-field":
        return evolve(binding, why="close", close=tuple(sorted(paths)))
    return binding
