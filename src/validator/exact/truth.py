"""Truth over all completions: the set of outcomes that filling in the missing values can give.

Bit 1 is true, bit 2 false, bit 4 undefined (a division by zero). Kleene's *unknown* is the set
{true, false}; the connectives work outcome by outcome, so one table serves every combination.
"""

from __future__ import annotations

from functools import cache
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterable

TRUE = 1
FALSE = 2
UNDEFINED = 4
UNKNOWN = TRUE | FALSE
ABSENT = 8
"""Of a member of a collection only: it does not belong."""

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


def member(condition: Truth, body: Truth) -> Truth:
    """Return the outcomes of one member: those of its *body* where its *condition* is true, else absent."""
    return (body if condition & TRUE else 0) | (ABSENT if condition & (FALSE | UNDEFINED) else 0)


def quantified(members: Iterable[Truth], *, every: bool) -> Truth:
    """Return the outcomes of ``all`` or ``any``; undefined members count only if there are no others."""
    result = ABSENT
    for each in members:
        result = _stronger(result, each, every)
    empty = TRUE if every else FALSE
    return result & ~ABSENT | (empty if result & ABSENT else 0)


@cache
def _stronger(one: Truth, other: Truth, every: bool) -> Truth:  # noqa: FBT001 - cached by position
    """Return which outcome can prevail over the other, if one is drawn from each set."""
    result = up_to_one = up_to_other = 0
    for outcome in (ABSENT, UNDEFINED, *((TRUE, FALSE) if every else (FALSE, TRUE))):
        up_to_one |= one & outcome
        up_to_other |= other & outcome
        if (one & outcome and up_to_other) or (other & outcome and up_to_one):
            result |= outcome
    return result
