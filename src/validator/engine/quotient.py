"""A comparison with one quotient whose blanks are whole numbers → exactly the outcomes it can have.

``88,9 % = 10 / (7 + c)`` holds for no whole c, though for some fraction. Multiplied by its divisor the
comparison is linear in the blank, so that its truth changes only where a corner of the roundings makes
both sides equal: the whole numbers around these places, and one in each gap, stand for all others.
"""

from __future__ import annotations

from itertools import product
from math import ceil, floor
from typing import TYPE_CHECKING

from validator.exact.linear import Atom, Linear, divide
from validator.model.quantity import reciprocal
from validator.model.record import record

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from validator.exact.interval import Interval
    from validator.exact.truth import Truth
    from validator.model.quantity import Number

    Judge = Callable[[Linear], Truth]

_MOST_TRIED = 64
"""How many values of a bounded blank are tried one after another beside another blank."""


@record
class Parted:
    """``rest`` + ``factor`` × ``top`` / ``bottom``, where blanks are only in the quotient."""

    rest: Linear
    factor: Number
    top: Linear
    bottom: Linear

    def at(self, blank: _Blank, value: Number) -> Parted:
        """Return the same with *value* in place of a blank."""
        top, bottom = (_filled(each, blank, value) for each in (self.top, self.bottom))
        return Parted(rest=self.rest, factor=self.factor, top=top, bottom=bottom)


@record(kw_only=False)
class _Blank:
    """Blanks that count alike wherever they stand: their sum is any whole number ``within``."""

    atoms: frozenset[Atom]
    within: Interval

    @property
    def values(self) -> tuple[int, ...]:
        """Every value if they are few, else none."""
        low, high = self.within.low, self.within.high
        if low is None or high is None or high - low >= _MOST_TRIED:
            return ()
        return tuple(range(ceil(low), floor(high) + 1))


def parted(difference: Linear) -> Parted | None:
    """Return *difference* with its quotient apart, None if a blank is no whole number within it."""
    missing = [pair for pair in difference.terms if pair[0].missing]
    quotient = missing[0][0].quotient if len(missing) == 1 else None
    if quotient is None:
        return None
    (atom, factor), (top, bottom) = missing[0], quotient
    inside = [each for part in (top, bottom) for each, _ in part.terms]
    if any(each.missing and not each.whole for each in inside):
        return None
    around = {each for each, _ in difference.terms if not each.missing}
    if any(not each.missing and each in around for each in inside):
        return None
    rest = Linear(difference.constant, tuple(pair for pair in difference.terms if pair[0] is not atom))
    return Parted(rest=rest, factor=factor, top=top, bottom=bottom)


def outcomes(parts: Parted, judge: Judge, slack: Number) -> Truth | None:
    """Return every outcome of *judge* over the whole blanks of *parts*, None if they are too many to try."""
    blanks = _blanks(parts)
    if not blanks:
        return _settled(parts, judge)
    *few, last = sorted(blanks, key=lambda each: not each.values)
    if not all(each.values for each in few):
        return None
    result = 0
    for chosen in product(*(each.values for each in few)):
        filled = parts
        for blank, value in zip(few, chosen, strict=True):
            filled = filled.at(blank, value)
        for each in _candidates(filled, last, slack):
            found = _settled(filled.at(last, each), judge)
            if found is None:
                return None
            result |= found
    return result


def _blanks(parts: Parted) -> list[_Blank]:
    """Return the blanks, those that count alike in both parts of the quotient as one."""
    seen: dict[Atom, list[Number]] = {}
    for index, part in enumerate((parts.top, parts.bottom)):
        for atom, coefficient in part.terms:
            if atom.missing:
                seen.setdefault(atom, [0, 0])[index] = coefficient
    alike: dict[tuple[Number, ...], list[Atom]] = {}
    for atom, coefficients in seen.items():
        alike.setdefault(tuple(coefficients), []).append(atom)
    found = []
    for atoms in alike.values():
        total = atoms[0].range
        for each in atoms[1:]:
            total = total.plus(each.range)
        found.append(_Blank(frozenset(atoms), total))
    return found


def _filled(number: Linear, blank: _Blank, value: Number) -> Linear:
    coefficient = next((each for atom, each in number.terms if atom in blank.atoms), 0)
    rest = tuple(pair for pair in number.terms if pair[0] not in blank.atoms)
    return Linear(number.constant + coefficient * value, rest)


def _settled(parts: Parted, judge: Judge) -> Truth | None:
    """Return the outcome where every blank has a value; nothing if that divides by zero."""
    if parts.bottom.terms and parts.bottom.range().holds_zero():
        return None
    quotient = divide("settled", parts.top, parts.bottom)
    return 0 if quotient is None else judge(parts.rest.plus(quotient.scaled(parts.factor)))


def _candidates(parts: Parted, blank: _Blank, slack: Number) -> Iterator[Number]:
    """Yield whole values of the last *blank*, one at least for each stretch on which nothing changes."""
    low, high = blank.within.low, blank.within.high
    near = {each for root in _changes(parts, blank, slack) for each in (floor(root), ceil(root))}
    near |= {0} if low is None and high is None else {ceil(each) for each in (low,) if each is not None}
    near |= {floor(each) for each in (high,) if each is not None}
    near |= {each + step for each in near for step in (-1, 1)}
    for each in sorted(near):
        if (low is None or each >= low) and (high is None or each <= high):
            yield each


def _changes(parts: Parted, blank: _Blank, slack: Number) -> Iterator[Number]:
    """Yield where the divisor is 0, and where a corner of the roundings makes both sides equal."""
    top, bottom = (_Line.of(each, blank) for each in (parts.top, parts.bottom))
    rest = parts.rest.range()
    ends = {end for end in (rest.low, rest.high) if end is not None}
    ends |= {end + sign * slack for end in ends for sign in (-1, 1)} if slack else set()
    yield from bottom.zeros()
    for end, over, under in product(ends, top.edges, bottom.edges):
        # end + factor × (over + a·c) / (under + b·c) = 0
        slope = end * bottom.slope + parts.factor * top.slope
        if slope:
            yield -(end * under + parts.factor * over) * reciprocal(slope)


@record(kw_only=False)
class _Line:
    """What a sum is by the value of a blank: a slope, and where its roundings begin and end at 0."""

    slope: Number
    edges: frozenset[Number]

    @staticmethod
    def of(number: Linear, blank: _Blank) -> _Line:
        coefficient = next((each for atom, each in number.terms if atom in blank.atoms), 0)
        around = _filled(number, blank, 0).range()
        return _Line(coefficient, frozenset(end for end in (around.low, around.high) if end is not None))

    def zeros(self) -> Iterator[Number]:
        if self.slope:
            yield from (-edge * reciprocal(self.slope) for edge in self.edges)
