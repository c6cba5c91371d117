"""The words for whole numbers of a language, and the numbers that runs of them are."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from validator.model.record import record

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping, Sequence

_MOST_WORDS = 24


@record
class NumberWords:
    """The words for numbers of one language, folded as the lexicon folds."""

    digits: Mapping[str, int]
    adds: Mapping[str, int]
    times: Mapping[str, int]
    thousands: Mapping[str, int]
    links: frozenset[str]
    doubtful: frozenset[str]
    naming: frozenset[str]
    leads: tuple[str, ...]

    def value(self, words: Sequence[str]) -> int | None:
        """The whole number that *words* are, all of them; None if they are none.

        Within a thousand, ``digits`` wait for a word that ``times`` them, and ``adds`` stand for
        themselves; ``thousands`` close a group, each smaller than the one before.
        """
        total = group = 0
        digit: int | None = None
        least = 0
        read = False
        for word in words:
            if word in self.digits:
                if digit is not None:
                    return None
                digit = self.digits[word]
            elif word in self.adds and digit is None and group % 100 == 0:
                group += self.adds[word]
            elif word in self.times and digit is not None and group % (self.times[word] * 10) == 0:
                group, digit = group + digit * self.times[word], None
            elif word in self.thousands and read and (not least or self.thousands[word] < least):
                least = self.thousands[word]
                total, group, digit = total + (group + (digit or 0)) * least, 0, None
            elif not (word in self.links and read and digit is None):
                return None
            read = True
        return total + group + (digit or 0) if read and words[-1] not in self.links else None

    def at_end(self, words: Sequence[str]) -> tuple[int, int] | None:
        """The value and the length of the longest number that *words* end with."""
        for start in range(max(0, len(words) - _MOST_WORDS), len(words)):
            value = self.value(words[start:])
            if value is not None:
                return value, len(words) - start
        return None

    def at_start(self, words: Sequence[str]) -> tuple[int, int] | None:
        """The value and the length of the longest number that *words* begin with."""
        for end in range(min(len(words), _MOST_WORDS), 0, -1):
            value = self.value(words[:end])
            if value is not None:
                return value, end
        return None


def number_words(data: Mapping[str, Any] | None, fold: Callable[[str], str]) -> NumberWords | None:
    """Return the number words of a vocabulary file, None if it has none; *fold* is the lexicon's."""
    if data is None:
        return None

    def values(name: str) -> dict[str, int]:
        return {fold(str(word)): int(value) for word, value in data[name].items()}

    def words(name: str) -> frozenset[str]:
        return frozenset(fold(str(word)) for word in data[name])

    return NumberWords(
        digits=values("digits"),
        adds=values("adds"),
        times=values("times"),
        thousands=values("thousands"),
        links=words("links"),
        doubtful=words("doubtful"),
        naming=words("naming"),
        leads=tuple(str(each).casefold() for each in data["leads"]),
    )
