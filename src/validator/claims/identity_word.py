"""The words that tell one figure from another, loaded from ``rules/identity``."""

from __future__ import annotations

from functools import cache
from typing import TYPE_CHECKING

from validator.model.record import record
from validator.resources import load_words, rules_folder
from validator.text.fold import accented, rough

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence


@record
class IdentityWords:
    """The words of a language, folded: ``stretch`` gives the kind of time that a word names."""

    stretch: Mapping[str, str]
    numbers: Mapping[str, int]
    months: Mapping[str, int]
    ending: frozenset[str]
    filler: frozenset[str]
    heading: frozenset[str]
    back: tuple[tuple[str, ...], ...]
    respectively: tuple[tuple[str, ...], ...]
    assessment: tuple[tuple[str, ...], ...]
    for_whom: frozenset[str]
    recalling: tuple[tuple[str, ...], ...]
    plain: frozenset[str]
    more_than: tuple[tuple[str, ...], ...]
    less_than: tuple[tuple[str, ...], ...]
    rank: tuple[tuple[str, ...], ...]
    same_period: tuple[tuple[str, ...], ...]
    last_year: tuple[tuple[str, ...], ...]


@cache
def load_identity(language: str, *, degraded: bool = False) -> IdentityWords:
    """Load the words of a language; *degraded* for text whose diacritics cannot be relied on."""
    data = load_words(rules_folder() / "identity" / f"{language}.yaml")
    fold = rough if degraded else accented

    def phrases(name: str) -> tuple[tuple[str, ...], ...]:
        return tuple([tuple([fold(word) for word in str(phrase).split()]) for phrase in data[name]])

    return IdentityWords(
        stretch={fold(str(word)): kind for kind, words in data["stretches"].items() for word in words},
        numbers={fold(str(word)): number for word, number in data["numbers"].items()},
        months={fold(str(word)): number for word, number in data["months"].items()},
        ending=frozenset(fold(str(word)) for word in data["ending"]),
        filler=frozenset(fold(str(word)) for word in data["filler"]),
        heading=frozenset(fold(str(word)) for word in data["heading"]),
        back=phrases("back"),
        respectively=phrases("respectively"),
        assessment=phrases("assessment"),
        recalling=phrases("recalling"),
        plain=frozenset(fold(str(word)) for word in data["plain"]),
        more_than=phrases("more_than"),
        less_than=phrases("less_than"),
        rank=phrases("rank"),
        same_period=phrases("same_period"),
        last_year=phrases("last_year"),
        for_whom=frozenset(fold(str(word)) for word in data["for_whom"]),
    )


def find_phrase(keys: Sequence[str], phrases: Sequence[tuple[str, ...]]) -> int | None:
    """Where in a run of words the first of some phrases begins; None if none is there."""
    near = [phrase for phrase in phrases if phrase[0] in keys]
    if not near:
        return None
    firsts = {phrase[0] for phrase in near}
    for at, key in enumerate(keys):
        if key in firsts and any(tuple(keys[at : at + len(each)]) == each for each in near):
            return at
    return None
