"""Fields whose labels say more than measures and roles do: the label itself names what is counted.

The words of such a label are one word to those who read meanings, a measure of that field alone.
"""

from __future__ import annotations

from collections import defaultdict
from functools import lru_cache
from typing import TYPE_CHECKING

from validator.binding.once import once
from validator.binding.targets import strings
from validator.model.record import evolve
from validator.text.fold import folded, words_in

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping, Sequence

    from validator.binding.meaning import Meanings
    from validator.binding.recognition import Recognition
    from validator.model.field import FieldDef

    Words = tuple[str, ...]

_LEAST_WORDS = 3
_KEPT = 4_096
_SIGN = "="


def measure_of(path: str) -> str:
    """Return the measure that the label of a field is."""
    return _SIGN + path


def path_of(measure: str) -> str:
    """Return the field whose label a measure is; nothing of other measures."""
    return measure.removeprefix(_SIGN) if measure.startswith(_SIGN) else ""


@once
def labels_of(
    by_label: Mapping[str, FieldDef], meanings: Meanings, known: Recognition
) -> tuple[Labels, Meanings]:
    """Return the labels that alone tell fields, and meanings in which these are measures too."""
    labels = Labels(by_label.values(), meanings, known)
    return labels, _with_labels(meanings, labels.paths)


def _with_labels(meanings: Meanings, paths: Iterable[str]) -> Meanings:
    names = {measure_of(path) for path in paths}
    phrases = {**meanings.phrases, **{name: (((name,), frozenset({name})),) for name in names}}
    return evolve(meanings, phrases=phrases, measures=meanings.measures | names)


class Labels:
    """Finds the labels of fields among words: long or short forms, with or without words that say nothing."""

    def __init__(self, fields: Iterable[FieldDef], meanings: Meanings, known: Recognition) -> None:
        self.known = known
        named: dict[Words, set[str]] = defaultdict(set)
        self.units: dict[str, frozenset[Words]] = {}
        same = {each: names for names in known.same_units for each in names}
        for definition in fields:
            unit = known.abbreviations.words(definition.unit or "")
            self.units[measure_of(definition.path)] = same.get(unit, frozenset({unit}))
            for label in (definition.label.get("vi", ""), *strings(definition.binding.get("labels"))):
                is_its_own = definition.binding.get("means") or not _is_understood(
                    label, definition, meanings
                )
                words = known.abbreviations.words(label) if is_its_own else ()
                named[tuple(each for each in words if each not in known.fillers)].add(definition.path)
        self.first: dict[str, list[tuple[Words, str]]] = defaultdict(list)
        for words, paths in named.items():
            if len(words) >= _LEAST_WORDS and len(paths) == 1:
                self.first[words[0]].append((words, measure_of(*paths)))
        for group in self.first.values():
            group.sort(key=lambda each: -len(each[0]))
        self.paths = frozenset(path for paths in named.values() for path in paths if len(paths) == 1)
        self.long = _long_forms(known)
        self.named = lru_cache(_KEPT)(self._named)

    def _named(self, keys: Words) -> Words:
        """Return words with each label of a field among them as one."""
        plain = self._plain(keys)
        found: list[str] = []
        place = at = 0
        while at < len(plain):
            end, name = self._label_at(plain, at)
            if name:
                found += (*keys[place : plain[at][1]], name)
                place = plain[end - 1][2]
            at = max(end, at + 1)
        return (*found, *keys[place:]) if found else keys

    def counts(self, measure: str, unit: Words) -> bool:
        """Whether what begins with the words for a unit may be what a field with this label counts."""
        words = self.known.abbreviations.words(" ".join(unit))
        return not words or any(words[: len(each)] == each for each in self.units.get(measure, ()))

    def _plain(self, keys: Words) -> list[tuple[str, int, int]]:
        """Return words without marks, long forms shortened, each with where it begins and ends."""
        words = [folded(each) for each in keys]
        plain: list[tuple[str, int, int]] = []
        at = 0
        while at < len(words):
            length, word = next(
                (
                    (len(long), short)
                    for long, short in self.long.get(words[at], ())
                    if tuple(words[at : at + len(long)]) == long
                ),
                (1, words[at]),
            )
            plain.append((word, at, at + length))
            at += length
        return plain

    def _label_at(self, plain: Sequence[tuple[str, int, int]], at: int) -> tuple[int, str]:
        """Return the end of the longest label that begins at a word, and its measure."""
        for words, name in self.first.get(plain[at][0], ()):
            place, end = 0, at
            while end < len(plain) and place < len(words):
                if plain[end][0] == words[place]:
                    place += 1
                elif plain[end][0] not in self.known.fillers:
                    break
                end += 1
            if place == len(words):
                return end, name
        return at, ""


def _is_understood(label: str, definition: FieldDef, meanings: Meanings) -> bool:
    """Whether a label says by known words what is counted, so that others may say the same."""
    said = meanings.read(words_in(label))
    measures = said.measures or meanings.read(words_in(definition.unit or "")).measures
    return bool(measures) and not (said.left or said.is_narrow)


def _long_forms(known: Recognition) -> Mapping[str, Sequence[tuple[Words, str]]]:
    found: dict[str, list[tuple[Words, str]]] = defaultdict(list)
    for long, short in known.abbreviations.short.items():
        words = tuple(long.replace(",", " ").split())
        found[words[0]].append((words, short))
    return {word: sorted(group, key=lambda each: -len(each[0])) for word, group in found.items()}
