"""The form's fields by what they mean: measure and traits, read from the words of their labels."""

from __future__ import annotations

from collections import defaultdict
from typing import TYPE_CHECKING

from validator.binding.label import path_of
from validator.binding.meaning import PERCENT
from validator.binding.once import once
from validator.model.field import FieldType
from validator.model.record import field, record
from validator.text.fold import words_in

if TYPE_CHECKING:
    from collections.abc import Mapping

    from validator.binding.meaning import Meanings, Trait
    from validator.model.field import FieldDef, Form

_BASE, _DONE = "base", frozenset({"resolved"})
_EARLY, _TIMELY, _ON_TIME = "early", "timely", "on_time"
_SENT_BACK = frozenset({"returned", "withdrawn"})
_TYPES = frozenset({FieldType.COUNT, FieldType.NUMBER, FieldType.PERCENT, FieldType.MONEY})


@record
class Meaning:
    """What a field asks for or a figure states: no measure is no meaning."""

    measure: str = ""
    traits: frozenset[Trait] = frozenset()


@record
class RoleFields:
    """The fields of a form by meaning; those that mean the same are no help and left out."""

    by_meaning: Mapping[Meaning, FieldDef]
    meaning_of: Mapping[str, Meaning]
    levelled: frozenset[tuple[str, Trait]] = frozenset()
    early: frozenset[str] = frozenset()
    """The measures of which the form asks apart for what is done before its time."""
    by_label: Mapping[str, FieldDef] = field(default_factory=dict)
    """The fields that only their labels tell."""

    def find(self, meaning: Meaning, own_level: str) -> FieldDef | None:
        """Return the field that a figure states; a form that does not part levels means the unit's own."""
        named = self.by_label.get(path_of(meaning.measure))
        if named is not None:
            share = {PERCENT} if named.type is FieldType.PERCENT else set()
            return named if meaning.traits - {own_level} == share else None
        traits, tried = meaning.traits, [meaning.traits]
        if own_level in traits and (meaning.measure, own_level) not in self.levelled:
            tried.append(traits - {own_level})
        if _TIMELY in traits and (PERCENT in traits or meaning.measure not in self.early):
            tried.append(traits - {_TIMELY} | {_ON_TIME})
        if traits & _SENT_BACK:
            tried.append(traits - _SENT_BACK | {"sent_back"})
        if _BASE in traits:
            tried += [each - {_BASE} - _DONE for each in tried if each & _DONE]
        found = (self.by_meaning.get(Meaning(measure=meaning.measure, traits=each)) for each in tried)
        return next((each for each in found if each is not None), None)


@once
def role_fields(form: Form, meanings: Meanings, level: str | None, lowest: str) -> RoleFields:
    """Return the fields of *form* whose labels say all by known words, or that say what they mean."""
    found: dict[Meaning, list[FieldDef]] = defaultdict(list)
    by_label: dict[str, FieldDef] = {}
    for definition in form.fields.values():
        if definition.type not in _TYPES:
            continue
        meaning = _meaning_of(definition, meanings)
        if meaning is None and _is_told_by_label(definition, level):
            by_label[definition.path] = definition
        if meaning is None or (level == lowest and meaning.traits & meanings.levels):
            continue
        found[meaning].append(definition)
    levels = frozenset((each.measure, name) for each in found for name in each.traits & meanings.levels)
    single = {each: fields[0] for each, fields in found.items() if len(fields) == 1}
    paths = {each.path: meaning for meaning, fields in found.items() for each in fields}
    early = frozenset(each.measure for each in found if _EARLY in each.traits)
    return RoleFields(by_meaning=single, meaning_of=paths, levelled=levels, early=early, by_label=by_label)


def _is_told_by_label(definition: FieldDef, level: str | None) -> bool:
    """Whether a field of such a unit is known by its label, as long as the pack does not say otherwise."""
    is_of_level = not definition.levels or level is None or level in definition.levels
    return bool(definition.binding) and is_of_level and definition.binding.get("means", _LABEL) == _LABEL


_LABEL = "label"
"""What a pack writes where a field means what its label says and nothing else."""


def _meaning_of(definition: FieldDef, meanings: Meanings) -> Meaning | None:
    told = definition.binding.get("means")
    if told:
        measure, *traits = str(told).split()
        return _typed(definition, measure, frozenset(traits)) if measure in meanings.measures else None
    said = meanings.read(words_in(definition.label.get("vi", "")))
    measures = said.measures or meanings.read(words_in(definition.unit or "")).measures
    if said.left or said.is_narrow or not measures or said.traits & meanings.never:
        return None
    if meanings.is_strange(measures[0], said.traits):
        return None
    return _typed(definition, measures[0], meanings.settled(measures[0], said.traits))


def _typed(definition: FieldDef, measure: str, traits: frozenset[Trait]) -> Meaning:
    percent = {PERCENT} if definition.type is FieldType.PERCENT else frozenset()
    return Meaning(measure=measure, traits=traits | percent)
