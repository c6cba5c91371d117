"""Running text → what each figure means: its own words in the light of those around."""

from __future__ import annotations

from typing import TYPE_CHECKING

from validator.binding.meaning import Said
from validator.binding.role_context import Context
from validator.binding.role_field import Meaning
from validator.binding.role_words import after_all, lead_of, trail_of
from validator.model.record import evolve
from validator.text.item import Item, items_of
from validator.text.read import read_passage
from validator.text.token import TokenKind

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from validator.binding.label import Labels
    from validator.binding.meaning import Meanings, Trait
    from validator.binding.role_context import Own
    from validator.binding.role_words import Words
    from validator.text.item import Items, Stated
    from validator.text.mention import Reading
    from validator.text.passage import Passage
    from validator.text.role import RoleBook
    from validator.text.vocabulary import Lexicon, Vocabulary


class RoleReader:
    """Reads the passages of a document in order."""

    def __init__(
        self,
        meanings: Meanings,
        labels: Labels,
        book: RoleBook,
        lexicon: Lexicon,
        vocabulary: Vocabulary,
        own: Own,
    ) -> None:
        self.known: Mapping[tuple[int, int], Meaning] = {}
        """What figures mean that were bound before, by block and character."""
        self.loose: frozenset[tuple[int, int]] = frozenset()
        """Those of them whose words say too little to hold where a part is spoken of."""
        self.meanings, self.labels, self.book, self.own = meanings, labels, book, own
        self.lexicon, self.vocabulary = lexicon, vocabulary
        self.causes = frozenset(phrase[0] for phrase in book.lists["cause"])

    def read(self, passage: Passage) -> tuple[Reading, Items]:
        """Return what a passage says, word by word, and its figures with what belongs to each."""
        reading = read_passage(passage, 0, self.lexicon, self.vocabulary)
        return reading, items_of(reading, self.book)

    def heading(self, reading: Reading, above: Context) -> Context:
        """Return what a line without figures says of those below it."""
        said = self.said(tuple(each.key for each in reading.tokens if each.kind is TokenKind.WORD))
        measure = said.measures[-1] if said.measures else above.meaning.measure
        topics = self.topics(said.traits)
        if not topics & self.meanings.levels:
            topics |= above.meaning.traits & self.meanings.levels
        if measure == above.meaning.measure:
            topics |= above.meaning.traits
        barred = said.is_narrow or bool(said.traits & self.meanings.never) or self._is_other(reading)
        stage = self.meanings.stage_of(said.traits) if not (said.left or barred) else ""
        meaning = Meaning(measure=measure, traits=topics)
        return Context(meaning=meaning, stage=stage, is_barred=above.is_barred or barred)

    def _is_other(self, reading: Reading) -> bool:
        return self.own.time.is_other(reading.tokens)

    def said(self, words: Sequence[str], *, is_unit: bool = False) -> Said:
        """Return what words say, those of the unit's own name left out."""
        found = self.meanings.read(self.labels.named(tuple(self._without_names(words))), is_unit=is_unit)
        left = tuple(each for each in found.left if each not in self.own.names)
        if found.traits & _GIVEN:
            # Who gives what is to be done is above those that do it.
            found = evolve(found, traits=found.traits - self.own.above)
        is_told = not self.own.levelled or found.traits & self.meanings.levels
        is_above = self.own.level in found.above and (self.own.level == self.own.lowest or not is_told)
        return evolve(found, left=left, is_narrow=found.is_narrow or is_above)

    def is_carried(self, piece: Item | Stated, before: Said) -> bool:
        """Whether words around a figure say that it was left from the time that they name."""
        after = self.said(piece.trail) if isinstance(piece, Item) else before
        return _CARRIED in before.traits | after.traits

    def is_limit(self, words: Words) -> bool:
        """Whether words name nothing but a time limit, so that what is dealt with was named before."""
        said = self.said(words)
        return bool(said.traits) and said.traits <= self.meanings.limits and not (said.left or said.measures)

    def without_plan(self, own: Said, measure: str) -> Said:
        """Return the words of a percentage without those for what was planned, which money is a share of."""
        is_of_plan = own.measures and measure in self.meanings.planned
        return evolve(own, traits=own.traits - _PLANNED) if is_of_plan else own

    def begun(self, said: Said) -> frozenset[str]:
        """Return the measures of which words begin to tell anew: by whom or by what plan, all understood."""
        named = said.traits & self.meanings.ahead if not (said.left or said.is_narrow) else frozenset()
        return frozenset(measure for each in named for measure in self.meanings.only_of.get(each, ()))

    def is_more(self, words: Words) -> bool:
        """Whether words before a label may say that not all is meant, as a mere reason does not."""
        said = self.said(words)
        return bool(said.measures if self.meanings.gives_reason(words) else said.left)

    def counts_places(self, reading: Reading, item: Item, before: Said) -> bool:
        """Whether a sentence begins with a number of units, of which all its other figures are then said."""
        if self.trail(reading, item) in self.meanings.alone:
            return False
        is_place = item.mention.group == "unit:place" and item.mention.unit_is_near and before == Said()
        counted = self.said(item.trail, is_unit=True)
        return is_place and not (
            counted.measures or self.meanings.named(counted.traits, self.meanings.measures)
        )

    def is_base(self, items: Items, item: Item) -> bool:
        """Whether an item is what the figure before it is a part of: "40 out of 50 files"."""
        if not item.order or item.lead not in self.meanings.base_words or item.mark:
            return False
        part = items.items[item.order - 1]
        return not part.trail and part.base is None

    def in_place(self, items: Items, item: Item, own: Said, around: Context, above: Context) -> Said:
        """Return a figure's words in the light of what stands about and above it."""
        own |= Said() if around.is_figure or own.traits else self.total(item, own, above)
        return self.beside(items, item, own, around.stage if around.is_figure else "")

    def total(self, item: Item, own: Said, above: Context) -> Said:
        """Return what a heading says of a mere total below it: "a) Received. Total: 40 files"."""
        measure = above.meaning.measure
        is_other = set(own.measures) - {measure, self.meanings.turned.get(measure, measure)}
        is_told = above.stage and _CLOSING in item.roles and not is_other
        return Said(traits=frozenset({above.stage})) if is_told else Said()

    def beside(self, items: Items, item: Item, own: Said, stage: Trait) -> Said:
        """Return a figure's words in the light of those beside it: what is left, beside new ones, is old.

        *stage* is that of the figure before it, of which time limits are said.
        """
        m = self.meanings
        near = (each for each in items.items[max(0, item.order - 1) : item.order + 2] if each is not item)
        around: set[Trait] = set()
        for each in near if own.traits & m.turning else ():
            if each.mention.sentence == item.mention.sentence:
                around |= self.said((*each.lead, *each.trail)).traits
        turned = {one: new for by in around for one, new in m.beside.get(by, {}).items()}
        if item.mark not in {";", "."} and not own.traits & m.stages:
            turned |= m.after_stage.get(stage, {})
        if turned.keys().isdisjoint(own.traits):
            return own
        return evolve(own, traits=frozenset(turned.get(each, each) for each in own.traits))

    def _without_names(self, words: Sequence[str]) -> Sequence[str]:
        for place, word in enumerate(words):
            # The field of work that a unit is named after is all that it does.
            is_field = (
                word in self.own.called and tuple(words[max(0, place - 2) : place]) in self.meanings.fields
            )
            if is_field:
                end = next(
                    (at for at in range(place, len(words)) if words[at] not in self.own.called), len(words)
                )
                words = (*words[: place - 2], *words[end:])
                break
        for name in self.own.whole_names:
            place = 0
            while place <= len(words) - len(name):
                if tuple(words[place : place + len(name)]) == name:
                    words = (*words[:place], *words[place + len(name) :])
                else:
                    place += 1
        return words

    def topics(self, traits: frozenset[Trait]) -> frozenset[Trait]:
        """Return the traits that hold for all that stands below: those that are no role of one figure."""
        m = self.meanings
        of_one = m.stages | m.limits | m.never | m.single | frozenset(m.dimension_of)
        return traits & (m.levels | (traits - of_one))

    def lead(self, reading: Reading, item: Item) -> Words:
        """Return the words before a figure."""
        return lead_of(reading, item, self.meanings.joins)

    def trail(self, reading: Reading, item: Item) -> Words:
        """Return the words after a figure, up to a cause where there is more than is understood."""
        words = trail_of(reading, item, self.meanings.joins)
        words += after_all(reading, item, words)
        begin = self.meanings.unit_length(words)
        end = next(
            (at for at, each in enumerate(words) if at >= begin and each in self.meanings.beyond), len(words)
        )
        words = words[:end]
        said = self.said(words)
        if not said.left and not said.is_narrow:
            return words
        cause = next((at for at, each in enumerate(words) if at and each in self.causes), len(words))
        return words[:cause]


_PLANNED = frozenset({"estimate", "assigned", "given", "granted", "paper_plan"})
_CLOSING = "closing"
_CARRIED, _GIVEN = "carried", frozenset({"given", "assigned"})
