"""What stands around a clause: headings, who speaks of what time, and the words that speak of more."""

from __future__ import annotations

import re
from collections import defaultdict
from functools import lru_cache
from typing import TYPE_CHECKING

from validator.binding.recognition import STRANGE
from validator.binding.targets import strings
from validator.text.fold import folded, words

if TYPE_CHECKING:
    from collections.abc import Sequence

    from validator.binding.listed import ListTarget
    from validator.binding.number import Number
    from validator.binding.passage import Passage
    from validator.binding.recognition import Recognition
    from validator.model.field import Form
    from validator.model.report import Period, Unit

    Words = tuple[str, ...]

_YEAR = re.compile(r"\b(?:19|20)[0-9]{2}\b")
_MASK = re.compile("[\ue000-\uf8ff]")
_KEPT = 4096
_MONTHS = {"half_year": "6", "nine_months": "9"}


class Surroundings:
    """Judges the words around a clause for one report."""

    def __init__(self, form: Form, known: Recognition, unit: Unit, period: Period) -> None:
        self.known = known
        self.year = str(period.end.year) if period.end else ""
        self.months = _MONTHS.get(period.kind or "", "")
        self.topics: dict[str, set[str]] = defaultdict(set)
        self.sections: dict[str, set[str]] = defaultdict(set)
        for definition in form.fields.values():
            topic = definition.path.partition(".")[0]
            for each in strings(definition.binding.get("section")):
                section = known.abbreviations.shorten(folded(each))
                self.topics[section].add(topic)
                self.sections[topic].add(section)
        own = [word for word, level in known.levels if level == unit.level == known.lowest]
        names = [known.abbreviations.shorten(folded(unit.name or "")), *own] if own else []
        self.level = _any_of(names)
        self.own = _any_of([*names, known.in_period.get(period.kind or "", "")])
        self.bare = lru_cache(_KEPT)(self._bare)
        self.topics_of = lru_cache(_KEPT)(self._topics_of)

    def is_own(self, number: Number) -> bool:
        """Whether a year or a length of time is that of the report."""
        return number.raw in (self.year, self.months)

    def _bare(self, text: str) -> tuple[Words, ...] | None:
        """Return readings of what a clause speaks of, each with fewer words that say nothing of it.

        None if a number among them is strange.
        """
        rest = self.known.neutral.sub(" ", self.own.sub(" ", text))
        if _MASK.search(rest):
            return None
        whole = self.known.abbreviations.words(_MASK.sub(" ", text))
        spoken, least = self.known.abbreviations.words(rest), words(self.known.empty.sub(" ", rest))
        return whole, spoken, least

    def said(self, text: str) -> frozenset[str]:
        """Return the words that are more than those that speak of the report itself."""
        bare = self.bare(text)
        if bare is None:
            return frozenset((STRANGE,))
        return frozenset(bare[-1]) - self.known.fillers

    def part(self, text: str) -> frozenset[str]:
        """Return the words that say that a sentence counts a part of what the form asks, or others."""
        return frozenset(word for found in self.known.partial.finditer(text) for word in words(found[0]))

    def others(self, text: str) -> frozenset[str]:
        """Return the words of those that a sentence begins to speak of, where they are not the unit."""
        found = self.known.others.match(text)
        return frozenset(words(found[0])) - self.known.fillers if found else frozenset()

    def is_elsewhere(self, passage: Passage) -> bool:
        """Whether a heading says that what follows is of another time, or only intended."""
        return any(
            self.known.elsewhere.search(each)
            or any(year != self.year for year in _YEAR.findall(each) if self.year)
            for each in passage.sections
        )

    def is_own_level(self, text: str) -> bool:
        """Whether *text* names the level of a unit that has none below it: all its figures are its own."""
        return self.level.search(text) is not None

    def is_in(self, passage: Passage, target: ListTarget, *, strictly: bool) -> bool:
        """Whether a field may stand below the headings of a passage.

        *strictly* if the innermost heading that has a topic must be the field's.
        """
        wanted = target.sections or tuple(self.sections.get(target.topic, ()))
        if not wanted:
            return True
        if strictly:
            inner = next((each for each in reversed(passage.headings) if self.topics_of(each)), None)
            if inner is not None:
                return any(each in inner for each in wanted)
        return passage.is_in(wanted)

    def _topics_of(self, heading: str) -> frozenset[str]:
        return frozenset(
            topic for section, topics in self.topics.items() if section in heading for topic in topics
        )


def _any_of(names: Sequence[str]) -> re.Pattern[str]:
    found = "|".join(re.escape(name) for name in names if name)
    return re.compile(rf"(?<![a-z0-9])(?:{found})(?![a-z0-9])" if found else "(?!)")
