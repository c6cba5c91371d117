"""The operators of the rule language and what they mean, as data: the reference is made of it."""

from __future__ import annotations

import operator as python
from typing import TYPE_CHECKING

from validator.model.record import record

if TYPE_CHECKING:
    from collections.abc import Callable

    from validator.model.quantity import Number


@record
class Comparison:
    """A comparison of two exact numbers: whether it ``holds``, and its spelling in Python.

    ``mirror`` is how it reads with its sides changed over, ``opposite`` what holds where it does not.
    """

    sign: str
    holds: Callable[[Number, Number], bool]
    mirror: str
    opposite: str
    python: str


@record
class Operator:
    """An operator: how it is written (first the canonical way), what it means, what blanks do to it."""

    written: tuple[str, ...]
    meaning: str
    missing: str
    example: str
    compares: tuple[Comparison, ...] = ()


_UNKNOWN = "Unknown, unless every completion of the blanks gives the same answer."
_SUM = "A blank makes the result unknown, within the bounds of its type."

# From the loosest to the tightest, as the grammar has them.
OPERATORS = (
    Operator(
        written=("implies",),
        meaning="Where the left holds, the right holds too.",
        missing="True if the left is false or the right is true, whatever is blank.",
        example="received = 0 implies resolved = 0",
    ),
    Operator(
        written=("or",),
        meaning="At least one side holds.",
        missing="True if one side is true, whatever is blank.",
        example="received > 0 or resolved = 0",
    ),
    Operator(
        written=("and",),
        meaning="Both sides hold.",
        missing="False if one side is false, whatever is blank.",
        example="received > 0 and resolved > 0",
    ),
    Operator(
        written=("not",),
        meaning="What follows does not hold.",
        missing="Unknown if what follows is.",
        example="not received = 0",
    ),
    Operator(
        written=("all … in … if …:",),
        meaning="Every row (of those with `if`) meets the condition; not applicable without rows.",
        missing="False if one row fails, unknown if none fails and one is.",
        example="all row in scores if present(row.awarded): row.awarded ≤ row.max",
    ),
    Operator(
        written=("any … in … if …:",),
        meaning="A row at least (of those with `if`) meets the condition; not applicable without rows.",
        missing="True if one row meets it, unknown if one is unknown and none meets it.",
        example="any row in scores: row.awarded = row.max",
    ),
    Operator(
        written=("if … then … else …",),
        meaning="The first branch where the condition holds, else the second; in a calculation, in brackets.",
        missing="Where the condition is unknown, known only if both branches agree.",
        example="if received > 100 then on_time_pct ≥ 90% else on_time_pct ≥ 80%",
    ),
    Operator(
        written=("=", "=="),
        meaning="Equal, within the digits as written. Comparisons chain: `0 ≤ a ≤ b`.",
        missing=_UNKNOWN,
        example="on_time_pct = on_time / resolved",
        compares=(Comparison(sign="=", holds=python.eq, mirror="=", opposite="≠", python="=="),),
    ),
    Operator(
        written=("≠", "!="),
        meaning="Not equal.",
        missing=_UNKNOWN,
        example="received ≠ resolved",
        compares=(Comparison(sign="≠", holds=python.ne, mirror="≠", opposite="=", python="!="),),
    ),
    Operator(
        written=("<", ">"),
        meaning="Less, greater; also of dates.",
        missing=_UNKNOWN,
        example="resolved > 0",
        compares=(
            Comparison(sign="<", holds=python.lt, mirror=">", opposite="≥", python="<"),
            Comparison(sign=">", holds=python.gt, mirror="<", opposite="≤", python=">"),
        ),
    ),
    Operator(
        written=("≤", "<="),
        meaning="At most.",
        missing=_UNKNOWN,
        example="0 ≤ on_time ≤ resolved ≤ received",
        compares=(Comparison(sign="≤", holds=python.le, mirror="≥", opposite=">", python="<="),),
    ),
    Operator(
        written=("≥", ">="),
        meaning="At least.",
        missing=_UNKNOWN,
        example="on_time_pct ≥ 95%",
        compares=(Comparison(sign="≥", holds=python.ge, mirror="≤", opposite="<", python=">="),),
    ),
    Operator(
        written=("±", "+-"),
        meaning="After an equality: so much slack is allowed, and the message shows it.",
        missing=_UNKNOWN,
        example="received = resolved ± 2",
    ),
    Operator(
        written=("in {…}",),
        meaning="Equal to one of the values.",
        missing=_UNKNOWN,
        example="received in {0, 10, 20}",
    ),
    Operator(
        written=("not in {…}",),
        meaning="Equal to none of the values.",
        missing=_UNKNOWN,
        example="received not in {1, 2}",
    ),
    Operator(
        written=("+",),
        meaning="Sum of numbers of one kind.",
        missing=_SUM,
        example="received = resolved + by_post",
    ),
    Operator(
        written=("-", "−"),
        meaning="Difference of numbers of one kind; before a number its opposite.",
        missing=_SUM,
        example="received - resolved ≥ 0",
    ),
    Operator(
        written=("*", "×"),
        meaning="Product; money is not multiplied by money.",
        missing="A blank makes the result unknown, but 0 times a blank is 0.",
        example="on_time * 2 ≥ resolved",
    ),
    Operator(
        written=("/", "÷"),
        meaning="Quotient, an exact fraction; of two counts or two amounts it is a share.",
        missing="A blank makes the result unknown. Division by zero: the rule is not applicable.",
        example="on_time_pct = on_time / resolved",
    ),
)

COMPARISONS = {each.sign: each for operator in OPERATORS for each in operator.compares}
