"""The registry of functions and aggregates: names, types, and what they do with missing values.

The reference page is made from it; `check` reads the types, the interpreters the names.
"""

from __future__ import annotations

from validator.lang.types import COUNT, DAYS, NUMBER, TRUTH, Kind, Type
from validator.model.record import record


@record
class Function:
    """A function: kinds of its parameters, its type, its doc.

    ``variadic`` functions take the last parameter one or more times. A ``result`` of None means
    the joined type of the arguments. ``missing`` says what a missing argument does.
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
        ),
        Function(
            name="missing",
            parameters=(None,),
            result=TRUTH,
            fields_only=True,
            doc="Whether the field has no value; the opposite of `present`.",
            missing="True for a missing value; never unknown.",
            example="missing(resolved) or resolved > 0",
        ),
        Function(
            name="first",
            parameters=(None,),
            variadic=True,
            result=None,
            doc="The first argument that has a value.",
            missing="Missing arguments are skipped; missing only if all are.",
            example="first(resolved, received, 0)",
        ),
        Function(
            name="abs",
            parameters=(Kind.NUMBER,),
            result=None,
            doc="The number without its sign.",
            missing=_UNKNOWN,
            example="abs(row.deducted)",
        ),
        Function(
            name="round",
            parameters=(Kind.NUMBER, Kind.NUMBER),
            optional=1,
            result=None,
            doc="The number rounded to so many decimals (none if not said), a tie away from zero.",
            missing=_UNKNOWN,
            example="round(received / 12, 1)",
        ),
        Function(
            name="min",
            parameters=(Kind.NUMBER,),
            variadic=True,
            result=None,
            doc="The smallest argument, or with `for … in …` the smallest over a collection.",
            missing=_UNKNOWN,
            example="min(received, resolved)",
        ),
        Function(
            name="max",
            parameters=(Kind.NUMBER,),
            variadic=True,
            result=None,
            doc="The greatest argument, or with `for … in …` the greatest over a collection.",
            missing=_UNKNOWN,
            example="max(received, resolved)",
        ),
        Function(
            name="days",
            parameters=(Kind.DATE, Kind.DATE),
            result=DAYS,
            doc="Days from the first date to the second, negative if the second is earlier.",
            missing=_UNKNOWN,
            example="days(period.from, period.to)",
        ),
        Function(
            name="year",
            parameters=(Kind.DATE,),
            result=NUMBER,
            doc="The year of a date.",
            missing=_UNKNOWN,
            example="year(period.to)",
        ),
        Function(
            name="month",
            parameters=(Kind.DATE,),
            result=NUMBER,
            doc="The month of a date, 1 to 12.",
            missing=_UNKNOWN,
            example="month(period.to)",
        ),
        Function(
            name="starts_with",
            parameters=(Kind.TEXT, Kind.TEXT),
            result=TRUTH,
            doc="Whether the first text begins with the second.",
            missing=_UNKNOWN,
            example='starts_with(row.code, "1.")',
        ),
        Function(
            name="contains",
            parameters=(Kind.TEXT, Kind.TEXT),
            result=TRUTH,
            doc="Whether the second text stands somewhere in the first, case ignored.",
            missing=_UNKNOWN,
            example='contains(unit.name, "x")',
        ),
        Function(
            name="length",
            parameters=(Kind.TEXT,),
            result=COUNT,
            doc="The number of characters of a text.",
            missing=_UNKNOWN,
            example="length(row.code) > 0",
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
