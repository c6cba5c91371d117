"""The figures of a passage in their order → what each means, in the light of those before and above it."""

from __future__ import annotations

from itertools import chain
from typing import TYPE_CHECKING

from validator.binding.label import path_of
from validator.binding.meaning import PERCENT
from validator.binding.role_bar import ELSEWHEN, Bar
from validator.binding.role_context import Context, Figure
from validator.binding.role_field import Meaning
from validator.binding.role_words import (
    is_share_of_base,
    segments_before,
    subject_of,
    words_before,
)
from validator.model.record import evolve
from validator.text.fold import accented
from validator.text.item import Item, Stated
from validator.text.mention import MentionKind

if TYPE_CHECKING:
    from collections.abc import Iterator

    from validator.binding.meaning import Said, Trait, Words
    from validator.binding.role_reading import RoleReader
    from validator.text.item import Items
    from validator.text.mention import Mention, Reading
    from validator.text.passage import Passage

_MOST_LEFT = 3


def figures_of(reader: RoleReader, passage: Passage, above: Context) -> tuple[list[Figure], Context]:
    """Return the figures of a passage that mean something, and what it says to those below it."""
    reading, items = reader.read(passage)
    if not items.items and not items.stated:
        return [], reader.heading(reading, above)
    walk = Walk(reader, reading, items, above)
    figures = list(walk.figures())
    return figures, walk.below()


class Walk:
    """Goes through the figures of one passage in their order."""

    def __init__(self, reader: RoleReader, reading: Reading, items: Items, above: Context) -> None:
        self.reader, self.m = reader, reader.meanings
        self.reading, self.items, self.above = reading, items, above
        self.last = Context(meaning=above.meaning, stage=above.stage)
        self.whole: Context | None = above if above.is_figure else None
        self.outside: dict[int, Context] = {}
        self.found: dict[int, Context] = {}
        self.refused: set[str] = set()
        self.refused_parts: set[str] = set()
        self.others: frozenset[Trait] = frozenset()
        """The levels below the unit's own that a sentence begins to speak of."""
        self.barred: set[int] = set()
        self.sentence = -1
        self.is_narrow = self.is_of_part = False
        self.bar = Bar(reader, reading, is_barred=above.is_barred)
        self.topic = ""
        self.spoken: set[Trait] = set(above.meaning.traits)
        self.subject: tuple[str, ...] = ()
        self.intro: frozenset[Trait] = frozenset()
        self.levels: dict[str, frozenset[Trait]] = {}
        self.level = above.meaning.traits & self.m.levels

    def figures(self) -> Iterator[Figure]:
        """Yield the figures that mean something."""
        pieces: list[Item | Stated] = [*self.items.items, *self.items.stated]
        for piece in sorted(pieces, key=lambda each: each.mention.first):
            if piece.mention.sentence != self.sentence:
                self._begin(piece)
            is_barred = self.bar.is_barred(piece)
            self.barred.update({piece.order} if is_barred and isinstance(piece, Item) else ())
            found = list(self._share(piece) if isinstance(piece, Stated) else self._item(piece))
            if not is_barred:
                yield from found

    def below(self) -> Context:
        """Return what the passage says to the list items under it: its last figure outside brackets."""
        last = next((each.order for each in reversed(self.items.items) if not each.mention.depth), None)
        if last is None:
            return evolve(self.above, is_figure=False)
        known = self.found.get(last, Context())
        is_barred = self.above.is_barred or last in self.barred or known.is_refused
        return evolve(known, is_barred=is_barred, is_figure=bool(known.meaning.measure))

    def _begin(self, piece: Item | Stated) -> None:
        """Begin a sentence: its first words may narrow all its figures, or name their level."""
        first, self.sentence = self.sentence < 0, piece.mention.sentence
        said = self.reader.said(words_before(self.reading, piece.mention))
        self.spoken |= said.traits
        subject = self.reader.said(subject_of(self.reading, piece.mention))
        self.subject = subject.measures
        is_of_places = isinstance(piece, Item) and self.reader.counts_places(self.reading, piece, said)
        # What stands before the label of the first figure is said of all: when, or of whom.
        label = self.reader.lead(self.reading, piece) if isinstance(piece, Item) else piece.lead
        led_in = self._led_in(piece, len(label))
        is_more = any(map(self.reader.is_more, led_in))
        self.is_of_part = said.is_narrow
        self.is_narrow = said.is_narrow or bool(subject.left) or is_more or is_of_places
        self.intro = self.reader.said(tuple(chain.from_iterable(led_in))).traits & self.m.ahead
        self.bar.begin()
        if isinstance(piece, Item) and piece.roles & _ALL:
            self.refused.clear()
            self.levels.clear()
        self.topic = said.measures[-1] if said.measures else ""
        self.refused -= self.reader.begun(said)
        named = said.traits & self.m.levels
        kept = self.level if self.reading.passage.level else self.above.meaning.traits & self.m.levels
        self.level = named or kept
        self.others = named & self.reader.own.below
        if not first:
            self.whole = None
            topic = self._topic(self.last.meaning)
            if named or self.last.belongs:
                topic = evolve(topic, traits=topic.traits - self.m.levels)
            stage = self.last.stage if self.reader.is_limit(label) else ""
            self.last = evolve(self.last, stage=stage, meaning=topic, is_refused=False)

    def _led_in(self, piece: Item | Stated, label: int) -> list[tuple[str, ...]]:
        """Return what stands in the sentence before the label of its first figure, clause by clause."""
        before = segments_before(self.reading, piece.mention)
        while before and label > 0:
            label -= len(before.pop())
        return before

    def _topic(self, meaning: Meaning) -> Meaning:
        return Meaning(measure=meaning.measure, traits=self.reader.topics(meaning.traits))

    def _item(self, item: Item) -> Iterator[Figure]:
        """Find out what a count or an amount means, and remember it for those after it."""
        following = self.items.items[item.order + 1 : item.order + 2]
        if following and self.reader.is_base(self.items, following[0]):
            return
        around = self._around(item)
        after = self.reader.said(self.reader.trail(self.reading, item), is_unit=True)
        own = self.reader.said(self.reader.lead(self.reading, item)) | after
        is_base = self.reader.is_base(self.items, item)
        if is_base:
            own |= self.reader.said(self.reader.lead(self.reading, self.items.items[item.order - 1]))
        own = self.reader.in_place(self.items, item, own, around, self.above)
        measure, is_own = self._measure(item, own, after, around)
        known = self.reader.known.get(self._place(item.mention))
        sure: bool | None
        if known is not None:
            is_loose = self._place(item.mention) in self.reader.loose
            told = self._told(known, measure if is_own else known.measure, own, around)
            meaning, sure = Meaning() if is_loose and (self.is_of_part or own.is_narrow) else told, True
        elif not measure or measure == _UNKNOWN.meaning.measure:
            self._remember(item, _UNKNOWN)
            return
        else:
            meaning, sure = self._meaning(measure, own, around, is_own=is_own)
            sure = None if is_share_of_base(item) else sure
            # "Village 3 received 40": what is numbered, and not counted, is whose figures follow.
            self.is_narrow |= bool(own.left) and not is_own and not item.mention.depth
        self._keep(item, own, around, meaning, is_refused=sure is None)
        if not item.mention.is_quantity:
            return
        if is_base:
            self.found[item.order - 1] = self.found[item.order]
            yield from self._figure(self.items.items[item.order - 1].mention, meaning, sure=sure)
            yield from self._base(item.mention, meaning, sure=sure)
            return
        whole, is_against = around.meaning if around.is_part else Meaning(), known not in {None, meaning}
        for figure in self._figure(item.mention, meaning, sure=sure):
            yield evolve(figure, is_against=is_against, whole=whole)
        for figure in self._base(item.base, meaning, sure=sure) if item.base is not None else ():
            yield evolve(figure, is_against=is_against)

    def _keep(self, item: Item, own: Said, around: Context, meaning: Meaning, *, is_refused: bool) -> None:
        """Keep what an item means, and whether others of its measure are refused with it."""
        stage = self.m.stage_of(meaning.traits) or around.stage
        context = Context(meaning=meaning, stage=stage, is_figure=True, belongs=around.is_part)
        self._remember(item, evolve(context, is_refused=is_refused))
        if self._is_lone(meaning.measure, own):
            if not around.is_refused and self.last is self.found[item.order]:
                self.last = evolve(self.last, is_refused=False)
            return
        is_other = item.mention.depth or item.order in self.barred or own.traits & self.m.aside
        if is_refused and not is_other and not self._is_bare(own, meaning):
            is_part = around.is_part and self.whole is not self.above
            (self.refused_parts if is_part else self.refused).add(meaning.measure)

    def _told(self, known: Meaning, measure: str, own: Said, around: Context) -> Meaning:
        """Return what words say of a figure bound before, if they surely give another time limit or level."""
        meaning, sure = self._meaning(measure, own, around, is_own=True)
        if self.others - known.traits:
            return meaning if sure else Meaning()
        # Who did it may be named by its level, and not all of that level meant: the desk named before tells.
        is_agent = bool(self.level)
        telling = self.m.limits | self.m.ahead | (frozenset() if is_agent else self.m.levels)
        told = meaning.traits & telling
        return meaning if sure and told and told != known.traits & telling else known

    def _is_bare(self, own: Said, meaning: Meaning) -> bool:
        """Whether a figure says too little, and nothing that is not understood."""
        strange = self.m.is_strange(meaning.measure, own.traits) or own.traits & self.m.never
        return not (own.left or own.is_narrow or self.is_narrow or strange)

    def _is_lone(self, measure: str, own: Said) -> bool:
        """Whether what is not understood of a figure narrows it alone: it is one of several kinds."""
        is_narrow = own.is_narrow or self.is_narrow or self.m.is_strange(measure, own.traits)
        return not is_narrow and self.m.is_kind(measure, own.traits)

    def _remember(self, item: Item, context: Context) -> None:
        """Keep what an item means for those after it, and for the list items below."""
        self.found[item.order] = context
        if item.mention.depth == 0 and not context.meaning.traits & self.m.aside:
            self.last = context

    def _place(self, mention: Mention) -> tuple[int, int]:
        return id(self.reading.passage.source), self.reading.passage.offset + mention.start

    def _base(self, mention: Mention, meaning: Meaning, *, sure: bool | None) -> Iterator[Figure]:
        """Return the base of a fraction, which some forms ask for by itself."""
        # Of places the base is how many there are, whatever is said of the part.
        traits = frozenset() if meaning.measure in self.m.places else meaning.traits
        base = Meaning(measure=meaning.measure, traits=traits | {_BASE})
        return self._figure(mention, base, sure=sure)

    def _figure(self, mention: Mention, meaning: Meaning, *, sure: bool | None) -> Iterator[Figure]:
        if sure is not None:
            yield Figure(passage=self.reading.passage, mention=mention, meaning=meaning, is_sure=sure)

    def _around(self, item: Item) -> Context:
        """Return the figure whose part an item is, else the one before it, else what stands above."""
        if item.mention.depth > 0:
            if item.mention.bracket not in self.outside:
                before = self._before(item)
                self.outside[item.mention.bracket] = before or self.last
            return evolve(self.outside[item.mention.bracket], is_figure=True, is_part=True)
        before = self._before(item)
        if item.mark in {";", "."} or item.announced:
            self.refused_parts.clear()
        starts = item.announced in {"all", "some"} or item.announced == item.mark == ":"
        if starts and item.mark == ";" and self.whole is not None and self.whole is not self.above:
            # "T, district a, commune b; of which c": of T or of b.
            self.whole = evolve(self.whole, is_refused=True)
        elif starts and before is not None and before.belongs and self._is_one_of_levels(item):
            # "so many, of the districts a, of the communes b; of these c": of all, or of the communes?
            self.whole = evolve(before, is_refused=True)
        elif starts and before is not None:
            self.whole = before
        elif item.mark in {";", "."} and self.above.is_figure:
            self.whole = None
        return evolve(self.whole, is_part=True) if self.whole else self.last

    def _is_one_of_levels(self, item: Item) -> bool:
        """Whether figures of two levels stand before an item in its sentence, the last right before it."""
        same = (each for each in self.items.items[: item.order] if each.mention.depth == 0)
        told = [self.found.get(each.order) for each in same if each.mention.sentence == item.mention.sentence]
        levels = [each.meaning.traits & self.m.levels for each in told if each is not None]
        return len(levels) > 1 and bool(levels[-1]) and bool(levels[-2]) and levels[-1] != levels[-2]

    def _before(self, item: Item) -> Context | None:
        """Return the nearest figure before an item that stands outside its bracket."""
        for order in range(item.order - 1, -1, -1):
            other = self.items.items[order].mention
            if other.sentence != item.mention.sentence:
                return None
            if other.depth == 0:
                return self.found.get(order)
        return None

    def _measure(self, item: Item, own: Said, after: Said, around: Context) -> tuple[str, bool]:
        """Return what an item counts, and whether its own words say so."""
        trail = self.reader.trail(self.reading, item)
        general = self.m.general_unit(trail)
        label = next((each for each in own.measures if path_of(each)), "")
        is_counted = item.mention.unit_is_near or general is not None or after.measures
        if label and (not is_counted or self.reader.labels.counts(label, trail)):
            return label, True
        if self.reader.own.below and not after.measures and (place := self._places(item, trail, general)):
            return place, True
        is_of_places = trail[:1] and trail[0] in self.reader.own.places and not after.measures
        measures = () if is_of_places else tuple(each for each in own.measures if not path_of(each))
        named = self.m.named(own.traits, self.m.general[general]) if general else ""
        named = named or (self.m.alone.get(trail, "") if self._before(item) is None else "")
        measure = after.measures[0] if after.measures and general is None else (measures or (named,))[0]
        if measure:
            turned = self.m.becomes.get(measure, {})
            return next((turned[each] for each in measures if each in turned), measure), True
        near = item.mention.unit_is_near and item.mention.kind is not MentionKind.MONEY
        if general is None and near and " ".join(trail).startswith(accented(item.mention.unit)):
            return "", False
        before = around.meaning.measure if around.is_figure else ""
        measure = before or self.topic or around.meaning.measure or self.above.meaning.measure
        measure = before or self.m.of_files(measure, own.traits)
        return (measure if general is None or measure in self.m.general[general] else ""), False

    def _places(self, item: Item, trail: Words, general: Words | None) -> str:
        """Return what counts units below one's own, by the words after a figure or those of its label."""
        lead = self.reader.lead(self.reading, item) if general or not trail else ()
        return self.m.place_unit(trail) or self.m.place_label(lead)

    def _meaning(
        self, measure: str, own: Said, around: Context, *, is_own: bool
    ) -> tuple[Meaning, bool | None]:
        """Return the meaning of a figure, and whether it is sure: None where it is not to be taken."""
        m = self.m
        self.spoken |= own.traits
        led = {each for each in self.intro if measure in m.only_of.get(each, ())}
        traits = m.settled(measure, own.traits | led | self._needed(measure, around))
        strange = m.is_strange(measure, own.traits)
        kept = self._inherited(measure, traits, around)
        whole = m.settled(measure, traits | kept | (m.hints.get(measure, frozenset()) & self.spoken))
        levels = whole & m.levels or self.level or self.levels.get(measure, frozenset())
        if own.traits & m.agents or measure in m.places:
            # What an agent of its own does is not of the level spoken of before, and places are of none.
            levels = frozenset() if measure in m.places else traits & m.levels
        if not around.is_part:
            # What is said next of the measure is of the same level, where the form tells levels apart.
            self.levels[measure] = frozenset(
                each for each in levels if (measure, each) in self.reader.own.levelled
            )
        whole = (whole - m.levels) | levels
        if self.reader.own.level == self.reader.own.lowest:
            whole -= {self.reader.own.level}
        meaning = Meaning(measure=measure, traits=whole)
        if self.subject and measure not in self.subject:
            return meaning, None
        is_narrow = own.is_narrow or (self.is_narrow and measure not in m.places)
        bare = not (traits or own.traits & m.plain) and around.is_figure and around.meaning.measure == measure
        if bare or strange or whole & m.never or is_narrow or not (is_own or traits):
            return meaning, None
        if measure in self.refused | self.refused_parts or (
            around.is_refused and around.meaning.measure == measure
        ):
            return meaning, None
        is_part = around.is_part and bool(traits) and around.meaning.measure == measure
        if len(own.left) > (_MOST_LEFT if is_part else 0):
            return meaning, None
        return meaning, not own.left

    def _needed(self, measure: str, around: Context) -> frozenset[Trait]:
        """Return what a measure is only meant with: a trait spoken of, or the figure it belongs to."""
        need = self.m.needs.get(measure, "")
        if need and need == around.meaning.measure and around.is_figure and not around.is_refused:
            return around.meaning.traits | {need}
        return frozenset({need}) & self.spoken

    def _inherited(self, measure: str, traits: frozenset[Trait], around: Context) -> frozenset[Trait]:
        """Return the traits that go over from the figure around: topics, and the stage of a time limit."""
        m = self.m
        given = around.meaning.traits if around.meaning.measure == measure else frozenset()
        topics = self.reader.topics(given)
        kept = topics if around.is_part or not self.reader.topics(traits) - m.levels else topics & m.levels
        kept |= given & m.passed_on if around.is_part else frozenset()
        roles = traits - m.levels
        if not roles and traits:
            kept |= given - m.levels
        if "late" in traits and not traits & m.stages:
            kept |= {around.stage} if around.stage in m.stages else frozenset()
        return kept - {PERCENT} - (m.levels if traits & m.levels else frozenset())

    def _share(self, stated: Stated) -> Iterator[Figure]:
        """Find out what a percentage is a share of: its own words, else the figure that it is said of."""
        if stated.mention.kind is not MentionKind.PERCENT:
            return
        own, after = self.reader.said(stated.lead), self.reader.said(stated.trail)
        if stated.lead not in self.m.shared:
            own |= after
        if after.traits & ELSEWHEN:
            return
        holder = self.found.get(stated.owner, Context()) if stated.owner is not None else self.last
        named = "" if own.measures else self.m.named(own.traits, self.m.measures)
        measure = own.measures[0] if own.measures else named or holder.meaning.measure
        if not holder.is_figure and not own.measures:
            measure = self.m.of_files(measure, own.traits)
        own = self.reader.without_plan(own, measure)
        traits = self.m.settled(measure, own.traits)
        if own.measures or traits:
            meaning, sure = self._meaning(measure, own, holder, is_own=True)
        else:
            # Said of the figure before it, by its place alone or by a word for that.
            follows = stated.owner is not None and (not stated.lead or stated.lead in self.m.shared)
            is_one = follows and not (own.left or holder.is_refused or holder.meaning.traits & _SPLIT)
            meaning, sure = holder.meaning, True if is_one and measure else None
        if own.measures and not stated.mention.depth:
            self.last = Context(meaning=self._topic(meaning), stage=self.m.stage_of(meaning.traits))
        share = Meaning(measure=meaning.measure, traits=meaning.traits | {PERCENT})
        yield from self._figure(stated.mention, share, sure=sure)


_UNKNOWN = Context(meaning=Meaning(measure="?"))
"""After a figure of which nobody knows what it counts nothing goes on."""
_ALL = frozenset({"closing", "whole"})
"""Words for all of something: what narrowed the sentences before is over."""
_BASE = "base"
_SPLIT = frozenset({"on_time", "early"})
"""A share of these is one of several; a form asks for both together."""
