"""A number as somebody wrote it: exact value, spacing of its last digit, unit of measure."""

from __future__ import annotations

from fractions import Fraction

from validator.model.record import record


@record(kw_only=False)
class Quantity:
    """An exact number in base units (đồng for money, 1 for 100 %).

    ``step`` is what one more in the last written place would add, in base units: 1/1000 for
    ``98,8%``, 10 000 000 for ``25,16 tỷ đồng``. Whether the value is known only to half a step
    is the field's matter (see ``FieldDef.is_rounded``). ``unit`` is the unit word as written.
    """

    value: Fraction
    step: Fraction = Fraction(0)
    unit: str | None = None
