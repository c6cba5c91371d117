"""How alike two labels are, in thousandths; digits and telling words are never guessed.

Clean text must have the same words but for fillers and one slip of the pen. Text that a machine
recognised may differ in letters that look alike.
"""

from __future__ import annotations

import re
from functools import cache
from typing import TYPE_CHECKING, Generic, TypeVar

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

EXACT = 1000
_WITHOUT_FILLERS = 970
_ONE_SLIP = 950
_LEAST_WORDS_FOR_SLIP = 5
_LEAST_LETTERS_FOR_SLIP = 4
_LOOK_ALIKE = str.maketrans({"0": "o", "6": "o", "1": "i", "l": "i", "|": "i", "8": "s", "9": "g", "5": "s"})

Words = tuple[str, ...]


def clean_likeness(one: Words, other: Words, fillers: frozenset[str]) -> int:
    """Return how alike two labels of clean text are: 0 unless they surely mean the same."""
    if one == other:
        return EXACT
    bare, plain = _bare(one, fillers), _bare(other, fillers)
    if bare == plain and len(bare) > 1:
        return _WITHOUT_FILLERS - abs(len(one) - len(other))
    if len(bare) == len(plain) >= _LEAST_WORDS_FOR_SLIP:
        unlike = [(a, b) for a, b in zip(bare, plain, strict=True) if a != b]
        if len(unlike) == 1 and _is_slip(*unlike[0]):
            return _ONE_SLIP
    return 0


def noisy_likeness(one: Words, other: Words) -> int:
    """Return how alike two labels are when one was read by a machine; digits must agree."""
    if _digits(one) != _digits(other) or not one or not other:
        return 0
    first, second = _skeleton(one), _skeleton(other)
    longest = max(len(first), len(second))
    if abs(len(first) - len(second)) * 3 > longest:
        return 0
    return EXACT - EXACT * _distance(first, second) // longest


@cache
def _bare(label: Words, fillers: frozenset[str]) -> Words:
    return tuple(word for word in label if word not in fillers)


def _is_slip(one: str, other: str) -> bool:
    """Whether two words differ in one letter, and are long enough for that to be a slip."""
    if min(len(one), len(other)) < _LEAST_LETTERS_FOR_SLIP or not (one.isalpha() and other.isalpha()):
        return False
    return _distance(one, other) == 1


@cache
def _digits(label: Words) -> Words:
    """Return the words that are numbers; letters read as digits stand within words."""
    return tuple(word for word in label if word.isdigit())


@cache
def _skeleton(label: Words) -> str:
    """Return the letters of a label with those that a machine confuses made one."""
    text = "".join(word if word.isdigit() else word.translate(_LOOK_ALIKE) for word in label)
    return re.sub(r"ir|ur|ii", "u", text)


def _distance(one: str, other: str) -> int:
    from rapidfuzz.distance import Levenshtein

    return Levenshtein.distance(one, other)


Labelled = TypeVar("Labelled")


class LabelIndex(Generic[Labelled]):
    """What clean labels stand for, found by the label, without its fillers, or with one slip."""

    def __init__(self, labels: Iterable[tuple[Words, Labelled]], fillers: frozenset[str]) -> None:
        self.fillers = fillers
        self.by_bare: dict[Words, list[tuple[Words, Labelled]]] = {}
        self.by_length: dict[int, list[Words]] = {}
        for label, each in labels:
            bare = _bare(label, fillers)
            if bare not in self.by_bare:
                self.by_length.setdefault(len(bare), []).append(bare)
            self.by_bare.setdefault(bare, []).append((label, each))

    def like(self, label: Words) -> list[tuple[int, Labelled]]:
        """Return what *label* may stand for, with how alike the labels are."""
        bare = _bare(label, self.fillers)
        near = [bare] if bare in self.by_bare else self.by_length.get(len(bare), [])
        found = [
            (clean_likeness(label, other, self.fillers), each)
            for key in near
            if bare == key or _shares_most(bare, key)
            for other, each in self.by_bare[key]
        ]
        return [each for each in found if each[0]]


def _shares_most(one: Words, other: Words) -> bool:
    """Whether two labels of one length differ in one word only."""
    return sum(a != b for a, b in zip(one, other, strict=True)) == 1


class Labels:
    """Labels to compare many times with text that a machine read, prepared for it."""

    def __init__(self, labels: Iterable[Words]) -> None:
        self.by_digits: dict[Words, dict[Words, str]] = {}
        for label in labels:
            self.by_digits.setdefault(_digits(label), {})[label] = _skeleton(label)

    def nearest(self, words: Words, least: int) -> list[tuple[int, Words]]:
        """Return the labels at least so alike, with how alike they are, the most alike first."""
        from rapidfuzz import process
        from rapidfuzz.distance import Levenshtein

        choices = self.by_digits.get(_digits(words))
        skeleton = _skeleton(words)
        if not choices or not skeleton:
            return []
        most = len(skeleton) * EXACT // least * (EXACT - least) // EXACT + 2
        near = process.extract(
            skeleton, choices, scorer=Levenshtein.distance, score_cutoff=most, limit=None, processor=None
        )
        found = [(noisy_likeness(words, label), label) for _, _, label in near]
        return sorted((each for each in found if each[0] >= least), key=lambda each: -each[0])


def goes_through(part: Sequence[str], whole: Sequence[str]) -> bool:
    """Whether the words of *part* occur in *whole* in their order."""
    rest = iter(whole)
    return all(word in rest for word in part)
