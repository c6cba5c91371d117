"""What words say a figure is: its measure and its traits, the roles of `rules/roles` among them."""

from __future__ import annotations

from collections import defaultdict
from functools import cache
from typing import TYPE_CHECKING, Any

from validator.model.record import evolve, field, record
from validator.resources import load_words, rules_folder
from validator.text.fold import accented
from validator.text.role import load_roles

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping, Sequence

    from validator.text.role import RoleBook

Trait = str
Words = tuple[str, ...]
_LONGEST_NAME, _LABEL = 4, (3, 4)
PERCENT: Trait = "percent"
"""A share, and not a count, of what else is said."""


@record
class Said:
    """What a run of words says: measures in order, traits, whether it narrows, words left over.

    ``above`` are the levels of whose units it says what units above them do.
    """

    measures: tuple[str, ...] = ()
    traits: frozenset[Trait] = frozenset()
    is_narrow: bool = False
    left: Words = ()
    above: frozenset[str] = frozenset()

    def __or__(self, other: Said) -> Said:
        return Said(
            measures=(*self.measures, *other.measures),
            traits=self.traits | other.traits,
            is_narrow=self.is_narrow or other.is_narrow,
            left=(*self.left, *other.left),
            above=self.above | other.above,
        )


@record
class Meanings:
    """The words of a language for measures and traits; phrases by their first word, longest first."""

    phrases: Mapping[str, tuple[tuple[Words, frozenset[str]], ...]]
    measures: frozenset[str]
    covers: Mapping[Trait, frozenset[Trait]]
    only_of: Mapping[Trait, frozenset[str]]
    stages: frozenset[Trait]
    limits: frozenset[Trait]
    yearly: frozenset[Trait]
    planned: frozenset[str]
    turned: Mapping[str, str]
    silent: frozenset[Trait]
    plain: frozenset[Trait]
    helping: frozenset[Trait] = frozenset()
    agents: frozenset[Trait] = frozenset()
    instead: Mapping[str, Mapping[Trait, Trait]] = field(default_factory=dict)
    harmless: Mapping[str, frozenset[Trait]] = field(default_factory=dict)
    beside: Mapping[Trait, Mapping[Trait, Trait]] = field(default_factory=dict)
    after_stage: Mapping[Trait, Mapping[Trait, Trait]] = field(default_factory=dict)
    alone: Mapping[Words, str] = field(default_factory=dict)
    placed: Mapping[Words, str] = field(default_factory=dict)
    """What units below one's own are called right after how many there are, with what that is."""
    never: frozenset[Trait]
    levels: frozenset[Trait]
    single: frozenset[Trait]
    general: Mapping[Words, frozenset[str]]
    mild: frozenset[Trait]
    together: Mapping[Trait, frozenset[Trait]]
    joined: frozenset[Words]
    shared: frozenset[Words]
    needs: Mapping[str, Trait]
    hints: Mapping[str, frozenset[Trait]] = field(default_factory=dict)
    base_words: frozenset[Words]
    becomes: Mapping[str, Mapping[str, str]]
    reasons: frozenset[Words]
    ahead: frozenset[Trait]
    aside: frozenset[Trait]
    passed_on: frozenset[Trait]
    beyond: frozenset[str]
    dimension_of: Mapping[Trait, frozenset[str]]
    fields: frozenset[Words] = frozenset()
    """The two words before the name of a field of work."""
    areas: Mapping[Words, frozenset[Words]]
    """What units whose names begin with some words call all that they govern."""

    def read(self, keys: Sequence[str], *, is_unit: bool = False) -> Said:
        """Return what folded words say, the longest phrases first.

        What a figure counts narrows it not, though it narrows others: the words right after it are its unit.
        """
        measures: list[str] = []
        traits: set[Trait] = set()
        above: set[str] = set()
        is_narrow = False
        met, left = self._parted(tuple(keys))
        for place, tags in met:
            is_counted = is_unit and not place and bool(tags & self.measures)
            is_narrow = is_narrow or (_NARROW in tags and not is_counted)
            measures += sorted(tags & self.measures)
            above |= {tag.removeprefix(_ABOVE) for tag in tags if tag.startswith(_ABOVE)}
            traits |= (
                {tag for tag in tags if not tag.startswith(_ABOVE)} - self.measures - _MARKS - self.silent
            )
        return Said(
            measures=tuple(measures),
            traits=frozenset(traits - _PARTS | {_GROSS} if _adds_up([tags for _, tags in met]) else traits),
            is_narrow=is_narrow,
            left=left,
            above=frozenset(above),
        )

    def _parted(self, keys: Words) -> tuple[list[tuple[int, frozenset[str]]], Words]:
        """Part words into phrases so that the fewest are left over, the longest phrases first."""
        count = len(keys)
        best = [0] * (count + 1)
        steps: list[tuple[int, frozenset[str] | None]] = [(1, None)] * count
        for place in range(count - 1, -1, -1):
            best[place] = best[place + 1] + 1
            for words, tags in self.phrases.get(keys[place], ()):
                end = place + len(words)
                if keys[place:end] == words and best[end] < best[place]:
                    best[place], steps[place] = best[end], (len(words), tags)
        met: list[tuple[int, frozenset[str]]] = []
        left: list[str] = []
        place = 0
        while place < count:
            length, found = steps[place]
            if found is None:
                left.append(keys[place])
            else:
                met.append((place, found))
            place += length
        return met, tuple(left)

    def joins(self, left: Words, right: Words) -> bool:
        """Whether a comma stands within one name: words name one measure, or are known to be one."""
        if any((*left[-a:], *right[:b]) in self.joined for a in (1, 2) for b in (1, 2)):
            return True
        ends = (self.read(left[-size:]).measures for size in range(1, min(len(left), _LONGEST_NAME) + 1))
        one = next((each[0] for each in ends if each), "")
        begins = (
            tags
            for words, tags in self.phrases.get(right[0] if right else "", ())
            if right[: len(words)] == words
        )
        return bool(one) and one in next(begins, ())

    def unit_length(self, keys: Words) -> int:
        """Return how many words at the beginning of a text name what is counted."""
        for words, tags in self.phrases.get(keys[0], ()) if keys else ():
            if tags & self.measures and keys[: len(words)] == words:
                return len(words)
        return 0

    @property
    def turning(self) -> frozenset[Trait]:
        """The traits that mean another thing beside a figure of some trait."""
        return frozenset(one for each in self.beside.values() for one in each)

    @property
    def places(self) -> frozenset[str]:
        """The measures of units below one's own."""
        return frozenset(self.placed.values())

    def place_unit(self, keys: Words) -> str:
        """Return what a text counts that begins with what units below one's own are called."""
        return next((self.placed[keys[:size]] for size in (4, 3, 2, 1) if keys[:size] in self.placed), "")

    def place_label(self, keys: Words) -> str:
        """Return what a label counts that names units below one's own, and not what one of them is."""
        names = (keys[at : at + size] for size in _LABEL for at in range(len(keys)))
        return next(
            (self.placed[words] for words in names if len(words) >= min(_LABEL) and words in self.placed), ""
        )

    def general_unit(self, keys: Words) -> Words | None:
        """Return the words with which a text begins if they may count many things."""
        found = next((words for words in (keys[:2], keys[:1]) if words in self.general), None)
        for words, tags in self.phrases.get(keys[0], ()) if keys else ():
            if found and len(words) > len(found) and keys[: len(words)] == words and tags & self.measures:
                return None
        return found

    def named(self, traits: Iterable[Trait], among: Iterable[str]) -> str:
        """Return the measure that traits are of, where all that belong to few belong to it alone."""
        told = [self.only_of[each] for each in traits if each in self.only_of and each not in self.mild]
        common = frozenset(among).intersection(*told) if told else frozenset()
        return next(iter(common)) if len(common) == 1 else ""

    def of_files(self, measure: str, traits: Iterable[Trait]) -> str:
        """Return what is counted below a heading: files where it names procedures and words a stage."""
        is_stage = any(each in self.stages or each in self.limits for each in traits)
        return self.turned.get(measure, measure) if is_stage else measure

    def gives_reason(self, words: Words) -> bool:
        """Whether words tell why or in what mind something was done, and not of what or by whom."""
        return any(words[:size] in self.reasons for size in (1, 2, 3))

    def is_kind(self, measure: str, traits: frozenset[Trait]) -> bool:
        """Whether traits name one of several kinds of a measure, and not what becomes of them all."""
        kept = self.settled(measure, traits) - self.stages - self.levels
        return any(each in self.dimension_of for each in kept)

    def is_strange(self, measure: str, traits: Iterable[Trait]) -> bool:
        """Whether a trait belongs to other measures, so that words were not understood."""
        return any(
            each not in self.mild | self.harmless.get(measure, frozenset())
            and measure not in self.only_of.get(each, frozenset((measure,)))
            for each in traits
        )

    def stage_of(self, traits: frozenset[Trait]) -> Trait:
        """Return the stage that a figure speaks of, for the words for time limits after it."""
        named = sorted(traits & self.stages) or sorted(
            stage
            for each in traits & self.limits
            for stage in self.covers.get(each, ())
            if stage in self.stages
        )
        return named[0] if named else ""

    def settled(self, measure: str, traits: Iterable[Trait]) -> frozenset[Trait]:
        """Return the traits that tell: without those that others say already, and those of other measures."""
        turned = self.instead.get(measure, {})
        kept = {
            each
            for each in (turned.get(one, one) for one in traits)
            if each not in self.silent | self.plain
            and measure in self.only_of.get(each, frozenset((measure,)))
        }
        for name, both in self.together.items():
            if both <= kept:
                kept = kept - both | {name}
        kept -= self.helping
        said = {less for each in {*kept, *(self.plain & set(traits))} for less in self.covers.get(each, ())}
        kept = self._of_period(measure, kept - said)
        return frozenset(RECEIVED if each == _GROSS and measure == CASE else each for each in kept)

    def _of_period(self, measure: str, traits: set[Trait]) -> set[Trait]:
        """Return traits with "during the period" read: files that came in then, unless more is said."""
        if _THIS_PERIOD not in traits:
            return traits
        rest = traits - {_THIS_PERIOD}
        if measure != CASE or rest - {RECEIVED} - self.levels:
            return rest
        return rest - {RECEIVED} | ({IN_PERIOD} if RECEIVED in rest else {_NEW})


_THIS_PERIOD, IN_PERIOD, _NEW = "this_period", "in_period", "new"
_PARTS = frozenset({"carried", "received", "new"})
_JOIN = "join"
_EMPTY, _NARROW, _ABOVE = "empty", "narrow", "above "
_MARKS = frozenset({_EMPTY, _NARROW})
_GROSS, RECEIVED, CASE, _CARRIED = "gross", "received", "case", "carried"
MORE_THAN_PERIOD = frozenset({_GROSS, RECEIVED, _CARRIED})
"""Where files of these are counted, those that came in during the period are not all."""


def _adds_up(met: Sequence[frozenset[str]]) -> bool:
    """Whether what came in and what was left from before are named together: "received and carried over"."""
    return any(
        _JOIN in join
        and (before & _PARTS)
        and (after & _PARTS)
        and (_CARRIED in before) != (_CARRIED in after)
        for before, join, after in zip(met, met[1:], met[2:], strict=False)
    )


@cache
def load_meanings(language: str = "vi") -> Meanings:
    """Return the measures and traits of a language, read once."""
    data = load_words(rules_folder() / "measures" / f"{language}.yaml")
    roles = load_roles(language)
    known = Meanings(
        phrases=_by_first(_merged(data, roles)),
        measures=frozenset({*data["counted"], *data["placed"]}),
        covers=_sets(data["covers"]),
        only_of=_sets(data["only_of"]),
        stages=frozenset(data["stages"]),
        limits=frozenset(data["limits"]),
        yearly=frozenset(data["yearly"]),
        planned=frozenset(data["planned"]),
        turned=data["turned"],
        silent=frozenset(data["silent"]),
        plain=frozenset(data["plain"]),
        never=frozenset(data["never"]),
        levels=next(each.roles for each in roles.dimensions if each.name == "level"),
        single=frozenset(data["single"]),
        general={_folded(unit): frozenset(names) for unit, names in data["general"].items()},
        needs=data["needs"],
        mild=frozenset(data["mild"]),
        together=_sets(data["together"]),
        joined=frozenset(map(_folded, data["joined"])),
        base_words=frozenset(map(_folded, data["base_words"])),
        shared=frozenset(map(_folded, data["shared"])),
        becomes=data["becomes"],
        reasons=frozenset(map(_folded, data["reasons"])),
        ahead=frozenset(data["ahead"]),
        aside=frozenset(data["aside"]),
        passed_on=frozenset(data["passed_on"]),
        beyond=frozenset(accented(word) for word in data["beyond"]),
        dimension_of=roles.dimension_of,
        areas={_folded(kind): frozenset(map(_folded, names)) for kind, names in data["areas"].items()},
    )
    return _in_context(known, data)


def _in_context(known: Meanings, data: Mapping[str, Any]) -> Meanings:
    """Return meanings with what traits mean of some measures, and beside others."""
    return evolve(
        known,
        hints=_sets(data["hints"]),
        helping=frozenset(data["helping"]),
        agents=frozenset(data["agents"]),
        instead=data["instead"],
        harmless=_sets(data["harmless"]),
        beside=data["beside"],
        after_stage=data["after_stage"],
        alone={_folded(unit): measure for unit, measure in data["alone"].items()},
        placed={_folded(words): name for name, each in data["placed"].items() for words in each},
        fields=frozenset(map(_folded, data["fields"])),
    )


def _merged(data: Mapping[str, Any], roles: RoleBook) -> dict[Words, frozenset[str]]:
    """Return what phrases say: those of measures and traits before those of roles."""
    merged: dict[Words, frozenset[str]] = {
        words: tags for group in roles.phrases.values() for words, tags in group
    }
    own: dict[Words, set[str]] = defaultdict(set)
    for name, phrases in _phrases_of(data):
        for phrase in phrases:
            own[_folded(phrase)].add(name)
    for words, tags in own.items():
        is_weak = all(tag == _EMPTY or tag.startswith(_ABOVE) for tag in tags)
        merged[words] = frozenset(tags) | merged.get(words, frozenset()) if is_weak else frozenset(tags)
    return merged


def _phrases_of(data: Mapping[str, Any]) -> Iterable[tuple[str, list[str]]]:
    yield from data["counted"].items()
    yield from data["traits"].items()
    yield _NARROW, [*data["narrow"], *data["others"]]
    for level, phrases in data["above"].items():
        yield _ABOVE + level, phrases
    yield _EMPTY, [*data["empty"], *data["general"]]


def _folded(phrase: object) -> Words:
    return tuple([accented(word) for word in str(phrase).split()])


def _sets(data: Mapping[str, list[str]]) -> dict[str, frozenset[str]]:
    return {name: frozenset(names) for name, names in data.items()}


def _by_first(
    merged: Mapping[Words, frozenset[str]],
) -> dict[str, tuple[tuple[Words, frozenset[str]], ...]]:
    first: dict[str, list[tuple[Words, frozenset[str]]]] = defaultdict(list)
    for words, tags in merged.items():
        first[words[0]].append((words, tags))
    return {key: tuple(sorted(group, key=lambda each: -len(each[0]))) for key, group in first.items()}
