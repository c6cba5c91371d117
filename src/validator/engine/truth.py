"""Truth over all completions: the set of outcomes that filling in the missing values can give.

Bit 1 is true, bit 2 false, bit 4 undefined (a division by zero). Kleene's *unknown* is the set
{true, false}; the connectives work outcome by outcome, so one table serves every combination.
"""

from __future__ import annotations

from functools import cache

TRUE = 1
FALSE = 2
UNDEFINED = 4
UNKNOWN = TRUE | FALSE

Truth = int

_OUTCOMES = (TRUE, FALSE, UNDEFINED)


def _and(left: Truth, right: Truth) -> Truth:
    if FALSE in (left, right):
        return FALSE
    return UNDEFINED if UNDEFINED in (left, right) else TRUE


def _or(left: Truth, right: Truth) -> Truth:
    if TRUE in (left, right):
        return TRUE
    return UNDEFINED if UNDEFINED in (left, right) else FALSE


@cache
def conjunction(left: Truth, right: Truth) -> Truth:
    """Return the outcomes of ``left and right``; false wins over undefined."""
    return _combine(left, right, is_and=True)


@cache
def disjunction(left: Truth, right: Truth) -> Truth:
    """Return the outcomes of ``left or right``; true wins over undefined."""
    return _combine(left, right, is_and=False)


def _combine(left: Truth, right: Truth, *, is_and: bool) -> Truth:
    result = 0
    for one in _OUTCOMES:
        for other in _OUTCOMES:
            if left & one and right & other:
                result |= _and(one, other) if is_and else _or(one, other)
    return result


def negation(value: Truth) -> Truth:
    """Return the outcomes of ``not value``."""
    return (TRUE if value & FALSE else 0) | (FALSE if value & TRUE else 0) | value & UNDEFINED


def of(value: bool) -> Truth:  # noqa: FBT001 - the point of the function
    """Return the truth of a known condition."""
    return TRUE if value else FALSE
