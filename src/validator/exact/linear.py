"""Numbers that are not quite known: a constant plus multiples of named unknowns.

An *atom* is what is not known about one value: how it was rounded, or the whole value if it is
missing. Equal atoms are collected before anything is judged, so that ``a - a`` is 0 whatever
``a`` is. What is not linear is enclosed in an interval of its own, which can only make a verdict
more lenient (see "Written digits are the tolerance" in the language's design).
"""

from __future__ import annotations

from fractions import Fraction
from math import gcd
from typing import TYPE_CHECKING

from validator.exact.interval import EVERYTHING, POINT_ZERO, Interval
from validator.model.quantity import reciprocal, size, thin
from validator.model.record import field, record

if TYPE_CHECKING:
    from collections.abc import Iterable

    from validator.model.quantity import Number


class Undefined(Exception):  # noqa: N818 - an outcome of arithmetic, not an error of the program
    """A division by zero, or the extreme of nothing; its argument is the reason's code."""


class Absent(Undefined):
    """What runs over a table that was not read, or over units where there are none."""


@record(kw_only=False)
class Atom:
    """Something unknown, told from others by its key.

    A *missing* atom ranges over every completion; other atoms over the roundings of a known
    value. ``whole`` says that only integers are possible. Of a ``quotient`` dividend and divisor are kept.
    """

    key: object
    range: Interval = field(compare=False)
    missing: bool = field(compare=False)
    whole: bool = field(compare=False, default=False)
    quotient: tuple[Linear, Linear] | None = field(compare=False, default=None)


@record(kw_only=False)
class Linear:
    """``constant`` + Σ coefficient × atom; ``partial`` if some completions leave it undefined."""

    constant: Number
    terms: tuple[tuple[Atom, Number], ...] = ()
    partial: bool = False

    @property
    def is_known(self) -> bool:
        """Whether the value is one exact number."""
        return not self.terms and not self.partial

    @property
    def has_missing(self) -> bool:
        """Whether a missing value takes part."""
        return any(atom.missing for atom, _ in self.terms)

    def partly(self) -> Linear:
        """Return the number, undefined for some completions."""
        return Linear(self.constant, self.terms, partial=True)

    def scaled(self, factor: Number) -> Linear:
        """Return the number times *factor*."""
        if factor == 0:
            return Linear(0, (), self.partial)
        terms = tuple((atom, coefficient * factor) for atom, coefficient in self.terms)
        return Linear(self.constant * factor, terms, self.partial)

    def plus(self, other: Linear) -> Linear:
        """Return the sum, equal atoms collected."""
        partial = self.partial or other.partial
        constant = self.constant + other.constant
        if not other.terms or not self.terms:
            return Linear(constant, self.terms or other.terms, partial)
        collected = dict(self.terms)
        for atom, coefficient in other.terms:
            collected[atom] = collected.get(atom, 0) + coefficient
        terms = tuple((atom, coefficient) for atom, coefficient in collected.items() if coefficient)
        return Linear(constant, terms, partial)

    def minus(self, other: Linear) -> Linear:
        """Return the difference."""
        return self.plus(other.scaled(-1))

    def spread(self, *, missing: bool) -> Interval:
        """Return how far the atoms of one sort can move the number from its constant."""
        total = POINT_ZERO
        for atom, coefficient in self.terms:
            if atom.missing is missing:
                total = total.plus(atom.range.scaled(coefficient))
        return total

    def range(self) -> Interval:
        """Return every value the number may have."""
        around = self.spread(missing=False).plus(self.spread(missing=True))
        return around.plus(Interval(self.constant, self.constant))

    def grid(self) -> Number | None:
        """Return the step of the lattice on which the missing part lies, None if it is continuous."""
        step: Number | None = None
        for atom, coefficient in self.terms:
            if not atom.missing:
                continue
            if not atom.whole:
                return None
            step = size(coefficient) if step is None else _common(step, size(coefficient))
        return step

    @property
    def is_whole(self) -> bool:
        """Whether only integers are possible."""
        if self.constant.denominator != 1:
            return False
        return all(atom.whole and coefficient.denominator == 1 for atom, coefficient in self.terms)


def known(value: Number) -> Linear:
    """Return an exactly known number."""
    return Linear(thin(value))


def total(numbers: Iterable[Linear]) -> Linear:
    """Return the sum of many numbers, equal atoms collected in one go."""
    constant: Number = 0
    partial = False
    collected: dict[Atom, Number] = {}
    for number in numbers:
        constant += number.constant
        partial = partial or number.partial
        for atom, coefficient in number.terms:
            collected[atom] = collected.get(atom, 0) + coefficient
    terms = tuple((atom, coefficient) for atom, coefficient in collected.items() if coefficient)
    return Linear(constant, terms, partial)


def enclosed(
    key: object,
    around: Interval,
    *parts: Linear,
    partial: bool = False,
    nominal: Number | None = None,
) -> Linear:
    """Return a number of which only an interval is known, missing if one of its *parts* is.

    *nominal* is what it would be if every value were exactly as written; explanations show it.
    """
    missing = any(part.has_missing for part in parts)
    undefined = partial or any(part.partial for part in parts)
    if around.is_point and around.low is not None:
        return Linear(around.low, (), undefined)
    if missing:
        return Linear(0, ((Atom(key, around, missing=True), 1),), undefined)
    middle = nominal
    if middle is None:
        middle = around.low if around.low is not None else around.high or 0
    shifted = around.plus(Interval(-middle, -middle))
    return Linear(middle, ((Atom(key, shifted, missing=False), 1),), undefined)


def times(key: object, left: Linear, right: Linear) -> Linear:
    """Return the product; exact if one side is an exact number."""
    for one, other in ((left, right), (right, left)):
        if not one.terms:
            return Linear(0, (), one.partial).plus(other.scaled(one.constant))
    nominal = left.constant * right.constant
    return enclosed(key, left.range().times(right.range()), left, right, nominal=nominal)


def divide(key: object, left: Linear, right: Linear) -> Linear | None:
    """Return the quotient, None if the divisor is 0; partial if it may be 0."""
    if not right.terms:
        if right.constant == 0:
            return None
        return Linear(0, (), right.partial).plus(left.scaled(reciprocal(right.constant)))
    divisor = right.range()
    if divisor == POINT_ZERO:
        return None
    smallest = 1 if right.is_whole else None
    around = left.range().times(divisor.inverse(smallest))
    may_be_zero = right.has_missing and divisor.holds_zero() and _is_on_grid(right)
    nominal = left.constant * reciprocal(right.constant) if right.constant else None
    found = enclosed(key, around, left, right, partial=may_be_zero, nominal=nominal)
    return _with_quotient(found, left, right) if right.has_missing else found


def _is_on_grid(number: Linear) -> bool:
    """Whether a sum of whole unknowns can be 0: ``2 * c - 1`` cannot."""
    step = number.grid()
    rounded = any(not atom.missing for atom, _ in number.terms)
    return step is None or rounded or number.constant % step == 0


def _with_quotient(found: Linear, left: Linear, right: Linear) -> Linear:
    """Return a number of one unknown that keeps what was divided, for who can tell its values exactly."""
    terms = tuple(
        (Atom(atom.key, atom.range, missing=atom.missing, whole=atom.whole, quotient=(left, right)), factor)
        for atom, factor in found.terms
    )
    return Linear(found.constant, terms, found.partial)


def extreme(
    key: object, numbers: tuple[Linear, ...], *, greatest: bool = False, hull: bool = False
) -> Linear:
    """Return the least or greatest of *numbers*, or with *hull* something between the two."""
    if all(number.is_known for number in numbers) and not hull:
        values = [number.constant for number in numbers]
        return known(max(values) if greatest else min(values))
    ranges = [number.range() for number in numbers]
    lows, highs = [each.low for each in ranges], [each.high for each in ranges]
    low = _least(lows) if hull or not greatest else _greatest_low(lows)
    high = _most(highs) if hull or greatest else _least_high(highs)
    if hull and len(numbers) > 1:
        doubt = Linear(0, ((Atom(("doubt", key), EVERYTHING, missing=True), 1),))
        return enclosed(key, Interval(low, high), doubt, *numbers)
    nominal = (max if greatest else min)(number.constant for number in numbers)
    return enclosed(key, Interval(low, high), *numbers, nominal=nominal)


def _least(ends: list[Number | None]) -> Number | None:
    return None if None in ends else min(end for end in ends if end is not None)


def _most(ends: list[Number | None]) -> Number | None:
    return None if None in ends else max(end for end in ends if end is not None)


def _greatest_low(ends: list[Number | None]) -> Number | None:
    return max((end for end in ends if end is not None), default=None)


def _least_high(ends: list[Number | None]) -> Number | None:
    return min((end for end in ends if end is not None), default=None)


def _common(one: Number, other: Number) -> Number:
    """Return the greatest number of which both are whole multiples."""
    denominator = one.denominator * other.denominator
    return thin(
        Fraction(gcd(one.numerator * other.denominator, other.numerator * one.denominator), denominator)
    )
