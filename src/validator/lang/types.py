"""The types of expressions, and which numbers may be added, compared and divided."""

from __future__ import annotations

from enum import Enum
from functools import cache

from validator.model.field import FieldDef, FieldType
from validator.model.record import record


class Kind(Enum):
    """What an expression gives."""

    NUMBER = "number"
    TEXT = "text"
    DATE = "date"
    TRUTH = "truth"


class Measure(Enum):
    """What a number measures; `LITERAL` is a bare number in a rule, which fits any of them."""

    LITERAL = "literal"
    COUNT = "count"
    NUMBER = "number"
    RATIO = "ratio"
    MONEY = "money"
    DAYS = "days"


@record(kw_only=False)
class Type:
    """A kind; numbers also have a measure and may have a unit word, choices their options."""

    kind: Kind
    measure: Measure | None = None
    unit: str | None = None
    choices: tuple[str, ...] = ()


TEXT = Type(Kind.TEXT)
DATE = Type(Kind.DATE)
TRUTH = Type(Kind.TRUTH)
LITERAL = Type(Kind.NUMBER, Measure.LITERAL)
NUMBER = Type(Kind.NUMBER, Measure.NUMBER)
RATIO = Type(Kind.NUMBER, Measure.RATIO)
COUNT = Type(Kind.NUMBER, Measure.COUNT)
DAYS = Type(Kind.NUMBER, Measure.DAYS)

_FIELD_TYPES = {
    FieldType.COUNT: COUNT,
    FieldType.NUMBER: NUMBER,
    FieldType.PERCENT: RATIO,
    FieldType.MONEY: Type(Kind.NUMBER, Measure.MONEY),
    FieldType.DATE: DATE,
    FieldType.TEXT: TEXT,
    FieldType.CHOICE: TEXT,
    FieldType.BOOLEAN: TRUTH,
}
_ALIKE = {
    frozenset({Measure.COUNT, Measure.NUMBER}): Measure.NUMBER,
    frozenset({Measure.RATIO, Measure.NUMBER}): Measure.NUMBER,
    frozenset({Measure.DAYS, Measure.NUMBER}): Measure.NUMBER,
    frozenset({Measure.DAYS, Measure.COUNT}): Measure.NUMBER,
}
_SCALAR = frozenset({Measure.LITERAL, Measure.NUMBER, Measure.RATIO})


def type_of_field(field: FieldDef) -> Type:
    """Return the type of a reference to *field*."""
    return _shared(field.type, field.unit, field.choices)


@cache
def _shared(kind: FieldType, unit: str | None, choices: tuple[str, ...]) -> Type:
    """Return one object for equal types, which keeps compiled packs small."""
    base = _FIELD_TYPES[kind]
    return Type(base.kind, base.measure, unit, choices)


def join(left: Type, right: Type) -> Type | None:
    """Return the type of a sum (or of both sides of a comparison), None if they do not go together."""
    if left.kind is not Kind.NUMBER or right.kind is not Kind.NUMBER:
        return Type(left.kind) if left.kind is right.kind else None
    if left.measure is Measure.LITERAL:
        return right
    if right.measure in (Measure.LITERAL, left.measure):
        return left
    measure = _ALIKE.get(frozenset({left.measure, right.measure} - {None}))  # type: ignore[arg-type]
    return Type(Kind.NUMBER, measure) if measure else None


def units_differ(left: Type, right: Type) -> bool:
    """Whether two counts count different things, which is suspect but not wrong."""
    both = left.measure is Measure.COUNT and right.measure is Measure.COUNT
    return both and None not in (left.unit, right.unit) and left.unit != right.unit


def product(left: Type, right: Type) -> Type | None:
    """Return the type of ``left × right``, None if it has no meaning (money × money)."""
    if left.measure is Measure.LITERAL:
        return right
    if right.measure in _SCALAR:
        return left
    if left.measure in _SCALAR:
        return right
    if left.measure is Measure.MONEY and right.measure is Measure.MONEY:
        return None
    return left if left.measure is Measure.MONEY else right


def quotient(left: Type, right: Type) -> Type | None:
    """Return the type of ``left / right``, None if it has no meaning (cases / money)."""
    if left.measure is right.measure:
        return RATIO if left.measure is not Measure.LITERAL else LITERAL
    if right.measure is Measure.MONEY:
        return None
    if right.measure in _SCALAR or left.measure is Measure.MONEY:
        return left
    return RATIO if left.measure is not Measure.DAYS else NUMBER
