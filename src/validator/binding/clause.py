"""A passage → its clauses: the words before and after one number, and the clause that each is part of."""

from __future__ import annotations

import re
from functools import cache
from typing import TYPE_CHECKING

from validator.binding.number import DATE, FIGURE, OTHER, NumberKind
from validator.binding.recognition import DAY, SPAN, STRANGE, YEAR
from validator.model.record import record

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from validator.binding.number import Masked, Number
    from validator.binding.recognition import Recognition

_KINDS = {"year": YEAR, "period": SPAN}
_FIGURE = re.compile(f"{FIGURE}(?: ?/ ?{FIGURE}(?! ?/))?")
_MASKS = re.compile(f"[{FIGURE}{DATE}{OTHER}]")


@record
class Clause:
    """Words around at most one figure, ``number`` (its place among the numbers of the passage).

    ``of`` is the number after a stroke, of which the figure is a part: « 11/20 ».
    ``part_of`` is the clause whose parts are being listed; ``is_aside`` says that the clause only
    compares what stands before it.
    """

    before: str
    after: str = ""
    number: int | None = None
    of: int | None = None
    part_of: int | None = None
    sentence: int = 0
    is_aside: bool = False

    @property
    def leads(self) -> tuple[str, ...]:
        """What stands before the last colon of the words before the number."""
        return tuple(self.before.rstrip(" :").split(":")[:-1])

    @property
    def label(self) -> str:
        """The words next before the number."""
        return self.before.rstrip(" :").rpartition(":")[2]


@record
class Clauses:
    """The clauses of a passage; ``opens`` is the clause whose parts follow below, if any."""

    clauses: tuple[Clause, ...]
    opens: int | None = None


def clauses_of(masked: Masked, known: Recognition, is_own: Callable[[Number], bool]) -> Clauses:
    """Return the clauses of a passage in their order; *is_own* tells the year and span of its report."""
    reader = _Reader(known.asides)
    text = _shown(masked, is_own)
    places = (place for place, number in enumerate(masked.numbers) if _mask(number, is_own) == FIGURE)
    done = 0
    for sign in _signs(known.of_which, known.asides, known.joiner).finditer(text):
        if sign["aside"] or sign["and"]:
            # Before the number such a word is part of the label, after it begins another clause.
            if FIGURE not in text[done : sign.start()]:
                continue
            reader.take(text[done : sign.start()], places)
            done = sign.end() if sign["and"] else sign.start()
            continue
        if sign["which"] and FIGURE not in text[done : sign.start()] and text[done : sign.start()].strip():
            continue
        reader.take(text[done : sign.start()], places)
        reader.turn(sign[0], is_of_which=bool(sign["which"]))
        done = sign.end()
    reader.take(text[done:], places)
    return Clauses(clauses=tuple(reader.found), opens=reader.opens())


class _Reader:
    """Collects clauses and follows which of them is being taken apart."""

    def __init__(self, asides: tuple[str, ...]) -> None:
        self.asides = asides
        self.found: list[Clause] = []
        self.sentence = 0
        self.part_of: int | None = None
        self.last: int | None = None
        self.outside: list[tuple[int | None, int | None]] = []

    def take(self, words: str, places: Iterator[int]) -> None:
        """Add the clause that *words* are, with its figure if it has just one."""
        text = words.strip(" -+*•")
        if not text:
            return
        figures = [next(places) for _ in range(text.count(FIGURE))]
        follows = bool(self.found) and self.found[-1].sentence == self.sentence
        is_aside = follows and text.startswith(self.asides)
        found = _FIGURE.search(text)
        alone = found is not None and found[0].count(FIGURE) == len(figures)
        before, after = (text[: found.start()], text[found.end() :]) if found else (text, "")
        clause = Clause(
            before=before if alone else text.replace(FIGURE, STRANGE),
            after=after.strip() if alone else "",
            number=figures[0] if alone else None,
            of=figures[1] if alone and len(figures) > 1 else None,
            part_of=self.part_of,
            sentence=self.sentence,
            is_aside=is_aside,
        )
        if figures and not is_aside:
            self.last = len(self.found)
        self.found.append(clause)

    def turn(self, sign: str, *, is_of_which: bool) -> None:
        """Follow a sign between clauses."""
        if is_of_which:
            self.part_of = self.last if self.last is not None else self.part_of
        elif sign == "(":
            self.outside.append((self.part_of, self.last))
            self.part_of = self.last
        elif sign == ")":
            self.part_of, self.last = self.outside.pop() if self.outside else (None, self.last)
        elif sign in ".\n":
            self.sentence += 1
            self.part_of = None
            self.outside.clear()

    def opens(self) -> int | None:
        """Return the clause whose parts would follow the last word."""
        ends_open = self.part_of is not None and not any(
            each.part_of == self.part_of and each.number is not None for each in self.found
        )
        if ends_open:
            return self.part_of
        whole = [place for place, each in enumerate(self.found) if each.number is not None]
        return whole[0] if len(whole) == 1 else None


def _mask(number: Number, is_own: Callable[[Number], bool]) -> str:
    if number.kind is NumberKind.DATE:
        return DAY
    if not number.other:
        return FIGURE
    return _KINDS.get(number.other, STRANGE) if is_own(number) else STRANGE


def _shown(masked: Masked, is_own: Callable[[Number], bool]) -> str:
    """Return the text with the mask of each number telling what it is."""
    numbers = iter(masked.numbers)
    return _MASKS.sub(lambda _: _mask(next(numbers), is_own), masked.text)


@cache
def _signs(of_which: frozenset[tuple[str, ...]], asides: tuple[str, ...], joiner: str) -> re.Pattern[str]:
    which = "|".join(re.escape(" ".join(each)) for each in sorted(of_which, key=len, reverse=True))
    words = "|".join(map(re.escape, asides)) or "(?!)"
    return re.compile(
        rf"[.;,()\n]|\b(?P<which>{which})\b ?[,:]?|\b(?P<and>{joiner})\b|\b(?P<aside>{words})\b"
    )
