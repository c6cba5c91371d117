"""The form's fields as lists of running text name them, found by the words of a label."""

from __future__ import annotations

import re
from collections import defaultdict
from typing import TYPE_CHECKING

from validator.binding.targets import strings
from validator.model.record import record
from validator.text.fold import folded, words

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

    from validator.binding.recognition import Recognition
    from validator.model.field import FieldDef, Form

    Words = tuple[str, ...]

_BRACKETS = re.compile(r"\(([^()]*)\)")
_LEAST_WORDS = 3
_LEAST_COUNTED = 2
_LITTLE = 2


@record
class ListTarget:
    """A field that a clause may state; ``vocabulary`` are the words that may be said around it.

    ``forms`` are its labels without fillers, each with the words of its brackets.
    """

    definition: FieldDef
    forms: tuple[tuple[Words, Words], ...]
    units: frozenset[Words]
    sections: tuple[str, ...]
    lines: frozenset[str]
    under: tuple[str, ...]
    vocabulary: frozenset[str]
    is_of_text: bool

    @property
    def unit(self) -> str | None:
        """What the field counts."""
        return self.definition.unit

    @property
    def topic(self) -> str:
        """The first step of the field's path."""
        return self.definition.path.partition(".")[0]


@record
class Listed:
    """A field that a clause may mean.

    ``qualifier`` are the words that its surroundings must say besides, ``said`` the words of its label;
    it ``is_short`` where some of them stand after the number, as the unit does.
    """

    target: ListTarget
    qualifier: frozenset[str] = frozenset()
    said: Words = ()
    is_short: bool = False
    units: frozenset[Words] = frozenset()

    def counts(self, unit: Words) -> bool:
        """Whether *unit* is a word for what the field counts."""
        return unit in self.units


class ListedTargets:
    """The fields of a form by the bare words of their labels, and by what they are parts of."""

    def __init__(self, form: Form, known: Recognition) -> None:
        self.known = known
        self.by_label: dict[Words, list[tuple[ListTarget, frozenset[str]]]] = defaultdict(list)
        self.by_parent: dict[str, list[ListTarget]] = defaultdict(list)
        self.by_path: dict[str, ListTarget] = {}
        self.told: dict[str, frozenset[str]] = {}
        self.contested: dict[tuple[Words, str], bool] = {}
        self.units = {each: names for names in known.same_units for each in names}
        for definition in form.fields.values():
            if not definition.binding:
                continue
            target = _target(definition, known)
            self.by_path[target.definition.path] = target
            for name in target.under:
                self.by_parent[name].append(target)
        self._index()

    def _index(self) -> None:
        """Note which fields a label may mean; brackets that tell no two fields apart may be left out."""
        shared: dict[Words, set[str]] = defaultdict(set)
        for path, target in self.by_path.items():
            for bare, _ in target.forms:
                shared[bare].add(path)
        tiers: set[tuple[str, ...]] = set()
        for target in self.by_path.values():
            for bare, qualifier in target.forms:
                tells = qualifier and len(shared[bare]) > 1
                self.by_label[bare].append((target, frozenset(qualifier) if tells else frozenset()))
                tiers |= {qualifier} if tells else set()
        self.tiers = tuple((" ".join(each), frozenset(each)) for each in sorted(tiers))

    def tier_of(self, text: str) -> frozenset[str]:
        """Return the words of *text* that tell the fields of one label apart, such as whose they are."""
        if text not in self.told:
            bare = f" {' '.join(_bare_words(text, self.known))} "
            found = [words_ for each, words_ in self.tiers if f" {each} " in bare]
            self.told[text] = frozenset().union(*found)
        return self.told[text]

    def like(self, labels: Iterable[Words], unit: Words) -> list[Listed]:
        """Return the fields that one of some readings of a label means, alone or with the unit's words."""
        found: dict[tuple[str, frozenset[str]], Listed] = {}
        for short, tried in self._readings(labels, unit):
            for target, qualifier in self.by_label.get(tried, ()):
                each = _listed(target, qualifier, tried, self._units(target), is_short=short)
                least = _LEAST_COUNTED if not short and each.counts(unit) else _LEAST_WORDS
                if len(tried) >= least:
                    found.setdefault((target.definition.path, qualifier), each)
        return list(found.values())

    def _readings(self, labels: Iterable[Words], unit: Words) -> Iterable[tuple[bool, Words]]:
        """Yield the words of a label, and whether those of the unit are among them."""
        counted = self._bare(unit)
        plain = words(self.known.empty.sub(" ", " ".join(counted)))
        for each in dict.fromkeys(map(self._bare, labels)):
            if each:
                yield False, each
            for unit_words in dict.fromkeys((counted, plain) if unit else ()):
                yield True, unit_words + each
                yield True, each + unit_words

    def is_contested(self, listed: Listed) -> bool:
        """Whether a label of another topic has the words that were said and little more, of the same unit."""
        key = (listed.said, listed.target.topic)
        if key not in self.contested:
            said = frozenset(listed.said)
            self.contested[key] = any(
                target.topic != listed.target.topic
                and target.unit == listed.target.unit
                and any(
                    said <= frozenset(bare) and len(bare) <= len(said) + _LITTLE for bare, _ in target.forms
                )
                for target in self.by_path.values()
            )
        return self.contested[key]

    def _units(self, target: ListTarget) -> frozenset[Words]:
        return frozenset().union(*(self.units.get(each, (each,)) for each in target.units))

    def parts(self, parent: str, labels: Iterable[Words]) -> list[Listed]:
        """Return the parts of *parent* that a label means that leaves out what the parent says."""
        above = self.by_path.get(parent)
        if above is None:
            return []
        said = {word for bare, _ in above.forms for word in bare}
        said |= {word for unit in above.units for word in unit}
        wanted = {tuple(each for each in self._bare(label) if each not in said) for label in labels} - {()}
        return [
            _listed(target, frozenset(), (), self._units(target), is_short=False)
            for target in self.by_parent.get(parent, ())
            if any(
                not qualifier and tuple(each for each in bare if each not in said) in wanted
                for bare, qualifier in target.forms
            )
        ]

    def nearest(self, found: list[Listed]) -> tuple[Listed, ...]:
        """Return the fields that fit best: with a qualifier that is said, else stated in text.

        A field of rows alone that has more of the words is as good as one of text.
        """
        qualified = [each for each in found if each.qualifier]
        found = qualified or found
        whole = [each for each in found if not each.is_short]
        found = whole or found
        of_text = [each for each in found if each.target.is_of_text]
        most = max((len(each.said) for each in found), default=0)
        return tuple(of_text if any(len(each.said) == most for each in of_text) else found)

    def _bare(self, label: Words) -> Words:
        return tuple(each for each in label if each not in self.known.fillers)


def _listed(
    target: ListTarget, qualifier: frozenset[str], said: Words, units: frozenset[Words], *, is_short: bool
) -> Listed:
    return Listed(target=target, qualifier=qualifier, said=said, is_short=is_short, units=units)


def _target(definition: FieldDef, known: Recognition) -> ListTarget:
    bind: Mapping[str, object] = definition.binding
    labels = [*strings(bind.get("labels")), definition.label.get("vi", "")]
    forms: dict[tuple[Words, Words], None] = {}
    for label in labels:
        forms.setdefault((_bare_words(label, known), ()))
        for bracket in _BRACKETS.findall(label):
            bare = _bare_words(_BRACKETS.sub(" ", label), known)
            forms.setdefault((bare, _bare_words(bracket, known)))
    sections = tuple(known.abbreviations.shorten(folded(each)) for each in strings(bind.get("section")))
    lines = frozenset(known.abbreviations.shorten(folded(each)) for each in strings(bind.get("lines")))
    said = (*sections, *lines, *(" ".join(bare) for bare, _ in forms))
    unit = [definition.unit] if definition.unit else []
    return ListTarget(
        definition=definition,
        forms=tuple(each for each in forms if each[0]),
        units=frozenset(known.abbreviations.words(each) for each in (*unit, *strings(bind.get("units")))),
        sections=sections,
        lines=lines,
        under=strings(bind.get("under")),
        vocabulary=frozenset(word for each in said for word in words(each)),
        is_of_text=bool(bind.get("phrases")),
    )


def _bare_words(label: str, known: Recognition) -> Words:
    return tuple(each for each in known.abbreviations.words(label) if each not in known.fillers)
