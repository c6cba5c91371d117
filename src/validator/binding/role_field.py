"""The form's fields by what they mean: measure and traits, read from the words of their labels."""

from __future__ import annotations

import re
from collections import defaultdict
from typing import TYPE_CHECKING

from validator.binding.meaning import PERCENT
from validator.model.field import FieldType
from validator.model.record import record
from validator.text.fold import accented

if TYPE_CHECKING:
    from collections.abc import Mapping

    from validator.binding.meaning import Meanings, Trait
    from validator.model.field import FieldDef, Form

_WORD = re.compile(r"[^\W\d_]+")
_BASE, _DONE = "base", frozenset({"resolved"})
_TIMELY, _ON_TIME = "timely", "on_time"
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

    def find(self, meaning: Meaning, own_level: str) -> FieldDef | None:
        """Return the field that a figure states; a form that does not part levels means the unit's own."""
        traits, tried = meaning.traits, [meaning.traits]
        if own_level in traits and (meaning.measure, own_level) not in self.levelled:
            tried.append(traits - {own_level})
        if {_TIMELY, PERCENT} <= traits:
            tried.append(traits - {_TIMELY} | {_ON_TIME})
        if _BASE in traits:
            tried += [traits - {_BASE} - {each} for each in traits & _DONE]
        found = (self.by_meaning.get(Meaning(measure=meaning.measure, traits=each)) for each in tried)
        return next((each for each in found if each is not None), None)


def role_fields(form: Form, meanings: Meanings, level: str | None, lowest: str) -> RoleFields:
    """Return the fields of *form* whose labels say all by known words, or that say what they mean."""
    found: dict[Meaning, list[FieldDef]] = defaultdict(list)
    for definition in form.fields.values():
        if definition.type not in _TYPES:
            continue
        meaning = _meaning_of(definition, meanings)
        if meaning is None or (level == lowest and meaning.traits & meanings.levels):
            continue
        found[meaning].append(definition)
    levels = frozenset((each.measure, name) for each in found for name in each.traits & meanings.levels)
    single = {each: fields[0] for each, fields in found.items() if len(fields) == 1}
    paths = {each.path: meaning for meaning, fields in found.items() for each in fields}
    return RoleFields(by_meaning=single, meaning_of=paths, levelled=levels)


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


def words_in(text: str) -> tuple[str, ...]:
    """Return the folded words of a text."""
    return tuple([accented(word) for word in _WORD.findall(text)])
