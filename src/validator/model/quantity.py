"""A number as somebody wrote it: exact value, spacing of its last digit, unit of measure."""

from __future__ import annotations

from fractions import Fraction

from validator.model.record import record


@record(kw_only=False)
class Quantity:
    """An exact number in base units (one of the currency for money, 1 for 100 %).

    ``step`` is what one more in the last written place would add, in base units: 1/1000 for
    ``98,8%``, 10 000 000 for 25,16 billion. Whether the value is known only to half a step
    is the field's matter (see ``FieldDef.is_rounded``). ``unit`` is the unit word as written.
    """

    value: Fraction
    step: Fraction = Fraction(0)
    unit: str | None = None


Number = int | Fraction
"""An exact number to reckon with: a whole one as an int, which is a tenth of the work."""


def thin(value: Number) -> Number:
    """Return a whole number as an int, others as they are."""
    return value.numerator if value.denominator == 1 else value


def size(value: Number) -> Number:
    """Return *value* without its sign."""
    return value if value >= 0 else -value


def reciprocal(value: Number) -> Number:
    """Return 1 / *value*."""
    return thin(Fraction(1, value))
