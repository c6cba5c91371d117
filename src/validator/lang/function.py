"""The functions and aggregates of the rule language, each declared once: types, doc, meaning and wording.

The checker reads the types, the evaluator the meaning, mutants what is opposite, explanations how a call
is shown, and the reference page is made of the rest: a new function is one declaration here.
"""

from __future__ import annotations

from collections.abc import Callable
from datetime import date
from fractions import Fraction

from validator.exact import truth as t
from validator.exact.interval import EVERYTHING, Interval
from validator.exact.linear import Linear, enclosed, extreme, known
from validator.lang.types import COUNT, DAYS, NUMBER, TRUTH, Kind, Type
from validator.model.quantity import Number, size, thin
from validator.model.record import record

_LARGEST_DECIMALS = 30
OfNumbers = Callable[[object, tuple[Linear, ...]], Linear]


@record
class Function:
    """A function: kinds of its parameters, its type, its doc, its meaning.

    ``variadic`` functions take the last parameter one or more times. A ``result`` of None means
    the joined type of the arguments. ``missing`` says what a missing argument does. What the function
    means is said ``of_numbers`` that may be unknown (with a key that tells this call from others),
    ``of_texts`` all of which are known, or ``of_presence``, of whether its argument has a value; what
    ``skips_blanks`` is its first argument that has one. ``shown`` is how a call is written in an
    explanation. ``opposite`` is another function, and what ``can_be_left_out`` leaves its argument, for
    the mutants of a rule.
    """

    name: str
    parameters: tuple[Kind | None, ...]
    result: Type | None
    doc: str
    missing: str
    example: str
    variadic: bool = False
    optional: int = 0
    fields_only: bool = False
    of_numbers: OfNumbers | None = None
    of_texts: Callable[..., int] | None = None
    of_presence: Callable[[bool], t.Truth] | None = None
    skips_blanks: bool = False
    shown: str = ""
    opposite: str = ""
    can_be_left_out: bool = False


def _absolute(key: object, numbers: tuple[Linear, ...]) -> Linear:
    number = numbers[0]
    if number.is_known:
        return known(size(number.constant))
    around = number.range()
    if around.low is not None and around.low >= 0:
        return number
    if around.high is not None and around.high <= 0:
        return number.scaled(-1)
    ends = None if around.low is None or around.high is None else max(-around.low, around.high)
    return enclosed(key, Interval(0, ends), number, nominal=size(number.constant))


def _round(key: object, numbers: tuple[Linear, ...]) -> Linear:
    number = numbers[0]
    places = numbers[1].constant if len(numbers) > 1 else 0
    if len(numbers) > 1 and (not numbers[1].is_known or places.denominator != 1):
        return enclosed(key, EVERYTHING, *numbers)
    scale = thin(Fraction(10) ** max(-_LARGEST_DECIMALS, min(_LARGEST_DECIMALS, int(places))))
    around = number.range()
    low = None if around.low is None else round_half_up(around.low, scale)
    high = None if around.high is None else round_half_up(around.high, scale)
    nominal = round_half_up(number.constant, scale)
    return enclosed(key, Interval(low, high), number, nominal=nominal)


def round_half_up(value: Number, scale: Number) -> Number:
    """Return *value* rounded to 1/*scale*, a tie away from zero."""
    scaled = size(value) * scale + Fraction(1, 2)
    rounded = thin(Fraction(scaled.numerator // scaled.denominator, scale))
    return rounded if value >= 0 else -rounded


def _day(key: object, numbers: tuple[Linear, ...], part: Callable[[date], int], most: int) -> Linear:
    around = numbers[0].range()
    if around.is_point and around.low is not None:
        return known(part(date.fromordinal(int(around.low))))
    return enclosed(key, Interval(1, most), numbers[0])


_UNKNOWN = "A missing argument makes the result unknown."

FUNCTIONS: dict[str, Function] = {
    function.name: function
    for function in (
        Function(
            name="present",
            parameters=(None,),
            result=TRUTH,
            fields_only=True,
            doc="Whether the field has a value that could be read.",
            missing="False for a missing value; never unknown.",
            example="present(resolved)",
            of_presence=t.of,
            opposite="missing",
        ),
        Function(
            name="missing",
            parameters=(None,),
            result=TRUTH,
            fields_only=True,
            doc="Whether the field has no value; the opposite of `present`.",
            missing="True for a missing value; never unknown.",
            example="missing(resolved) or resolved > 0",
            of_presence=lambda is_there: t.of(not is_there),
            opposite="present",
        ),
        Function(
            name="first",
            parameters=(None,),
            variadic=True,
            result=None,
            doc="The first argument that has a value.",
            missing="Missing arguments are skipped; missing only if all are.",
            example="first(resolved, received, 0)",
            skips_blanks=True,
        ),
        Function(
            name="abs",
            parameters=(Kind.NUMBER,),
            result=None,
            doc="The number without its sign.",
            missing=_UNKNOWN,
            example="abs(row.deducted)",
            of_numbers=_absolute,
            shown="|{}|",
            can_be_left_out=True,
        ),
        Function(
            name="round",
            parameters=(Kind.NUMBER, Kind.NUMBER),
            optional=1,
            result=None,
            doc="The number rounded to so many decimals (none if not said), a tie away from zero.",
            missing=_UNKNOWN,
            example="round(received / 12, 1)",
            of_numbers=_round,
            can_be_left_out=True,
        ),
        Function(
            name="min",
            parameters=(Kind.NUMBER,),
            variadic=True,
            result=None,
            doc="The smallest argument, or with `for … in …` the smallest over a collection.",
            missing=_UNKNOWN,
            example="min(received, resolved)",
            of_numbers=extreme,
            opposite="max",
        ),
        Function(
            name="max",
            parameters=(Kind.NUMBER,),
            variadic=True,
            result=None,
            doc="The greatest argument, or with `for … in …` the greatest over a collection.",
            missing=_UNKNOWN,
            example="max(received, resolved)",
            of_numbers=lambda key, numbers: extreme(key, numbers, greatest=True),
            opposite="min",
        ),
        Function(
            name="days",
            parameters=(Kind.DATE, Kind.DATE),
            result=DAYS,
            doc="Days from the first date to the second, negative if the second is earlier.",
            missing=_UNKNOWN,
            example="days(period.from, period.to)",
            of_numbers=lambda _, numbers: numbers[1].minus(numbers[0]),
        ),
        Function(
            name="year",
            parameters=(Kind.DATE,),
            result=NUMBER,
            doc="The year of a date.",
            missing=_UNKNOWN,
            example="year(period.to)",
            of_numbers=lambda key, numbers: _day(key, numbers, lambda day: day.year, 9999),
        ),
        Function(
            name="month",
            parameters=(Kind.DATE,),
            result=NUMBER,
            doc="The month of a date, 1 to 12.",
            missing=_UNKNOWN,
            example="month(period.to)",
            of_numbers=lambda key, numbers: _day(key, numbers, lambda day: day.month, 12),
        ),
        Function(
            name="starts_with",
            parameters=(Kind.TEXT, Kind.TEXT),
            result=TRUTH,
            doc="Whether the first text begins with the second.",
            missing=_UNKNOWN,
            example='starts_with(row.code, "1.")',
            of_texts=str.startswith,
        ),
        Function(
            name="contains",
            parameters=(Kind.TEXT, Kind.TEXT),
            result=TRUTH,
            doc="Whether the second text stands somewhere in the first, case ignored.",
            missing=_UNKNOWN,
            example='contains(unit.name, "x")',
            of_texts=lambda text, part: part.casefold() in text.casefold(),
        ),
        Function(
            name="length",
            parameters=(Kind.TEXT,),
            result=COUNT,
            doc="The number of characters of a text.",
            missing=_UNKNOWN,
            example="length(row.code) > 0",
            of_texts=len,
        ),
    )
}


@record
class AggregateDoc:
    """An aggregate or quantifier over a collection."""

    name: str
    result: Type | None
    doc: str
    missing: str
    example: str


AGGREGATES: dict[str, AggregateDoc] = {
    aggregate.name: aggregate
    for aggregate in (
        AggregateDoc(
            name="sum",
            result=None,
            doc="The sum over the members (that meet the condition); 0 if none does.",
            missing="A missing value is unknown, and so is the sum unless its bounds decide.",
            example="sum(row.awarded for row in scores)",
        ),
        AggregateDoc(
            name="count",
            result=COUNT,
            doc="How many members there are (that meet the condition).",
            missing="A member whose condition is unknown may or may not count.",
            example="count(row for row in scores if row.max > 0)",
        ),
        AggregateDoc(
            name="min",
            result=None,
            doc="The smallest value; not applicable if no member meets the condition.",
            missing=_UNKNOWN,
            example="min(row.max for row in scores)",
        ),
        AggregateDoc(
            name="max",
            result=None,
            doc="The greatest value; not applicable if no member meets the condition.",
            missing=_UNKNOWN,
            example="max(row.max for row in scores)",
        ),
        AggregateDoc(
            name="unique",
            result=TRUTH,
            doc="Whether no two members have the same value.",
            missing="Two known equal values are enough for false; otherwise a missing one is unknown.",
            example="unique(row.code for row in scores)",
        ),
    )
}
