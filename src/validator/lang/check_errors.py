"""One function per fault that the checker can find; words are put to them elsewhere."""

from __future__ import annotations

from typing import TYPE_CHECKING

from validator.model.problem import Problem
from validator.model.suggestion import nearest
from validator.model.verdict import Severity

if TYPE_CHECKING:
    from collections.abc import Iterable

    from validator.lang.source import Source
    from validator.lang.types import Type

Span = tuple[int, int]
KEYWORDS = frozenset({"and", "or", "not", "implies", "if", "then", "else", "in", "for", "all", "any"})


def describe(kind: Type) -> str:
    """Return the catalogue key of a type's name."""
    return kind.measure.value if kind.measure else kind.kind.value


def _problem(code: str, source: Source, span: Span, **args: object) -> Problem:
    return Problem(code=f"type/{code}", location=source.locate(*span), args=args)


def undeclared_field(source: Source, span: Span, name: str, known: Iterable[str]) -> Problem:
    """A name that no field, table, header or definition has."""
    if name in KEYWORDS:
        return Problem(code="syntax/keyword-as-name", location=source.locate(*span), args={"found": name})
    near = nearest(name, known)
    code = "unknown-field-near" if near else "unknown-field"
    return _problem(code, source, span, name=name, near=near)


def whole_table(source: Source, span: Span, name: str) -> Problem:
    """A table used as if it were a value."""
    return _problem("whole-table", source, span, name=name)


def undeclared_column(source: Source, span: Span, name: str, table: str, known: Iterable[str]) -> Problem:
    """A column that the table does not have."""
    columns = tuple(known)
    near = nearest(name, columns)
    code = "unknown-column-near" if near else "unknown-column"
    return _problem(code, source, span, name=name, table=table, near=near, known=", ".join(columns))


def not_a_collection(source: Source, span: Span, name: str, known: Iterable[str]) -> Problem:
    """Something after ``in`` that is neither a table nor ``children``."""
    return _problem("not-a-collection", source, span, name=name, known=", ".join(known))


def no_such_function(source: Source, span: Span, name: str, known: Iterable[str]) -> Problem:
    """A call of a function that the registry does not have."""
    near = nearest(name, known)
    code = "unknown-function-near" if near else "unknown-function"
    return _problem(code, source, span, name=name, near=near)


def aggregate_without_for(source: Source, span: Span, name: str) -> Problem:
    """An aggregate called like a function, without saying what it runs over."""
    return _problem("aggregate-without-for", source, span, name=name)


def column_without_row(source: Source, span: Span, table: str, column: str) -> Problem:
    """A table's column written as if the table had one row."""
    return _problem("column-without-row", source, span, table=table, column=column)


def wrong_arity(source: Source, span: Span, name: str, expected: str, found: int) -> Problem:
    """Too many or too few arguments."""
    return _problem("wrong-arity", source, span, name=name, expected=expected, found=found)


def type_mismatch(source: Source, span: Span, operator: str, left: Type, right: Type) -> Problem:
    """Two operands that do not go together, such as cases and money."""
    return _problem(
        "mismatch", source, span, operator=operator, left=f"@{describe(left)}", right=f"@{describe(right)}"
    )


def unexpected_type(source: Source, span: Span, expected: str, found: Type) -> Problem:
    """An operand that is not of the kind its place asks for."""
    return _problem("expected", source, span, expected=f"@{expected}", found=f"@{describe(found)}")


def not_ordered(source: Source, span: Span, operator: str, found: Type) -> Problem:
    """An order comparison of texts or truths."""
    return _problem("not-ordered", source, span, operator=operator, found=f"@{describe(found)}")


def slack_without_equality(source: Source, span: Span, operator: str) -> Problem:
    """``±`` after an operator other than ``=``."""
    return _problem("slack-without-equality", source, span, operator=operator)


def no_such_choice(source: Source, span: Span, value: str, choices: tuple[str, ...]) -> Problem:
    """A text compared with a choice field that can never have it."""
    return _problem("unknown-choice", source, span, value=value, known=", ".join(choices))


def field_expected(source: Source, span: Span, name: str) -> Problem:
    """An expression where a function needs a field's name."""
    return _problem("field-expected", source, span, name=name)


def whole_member(source: Source, span: Span, name: str) -> Problem:
    """A row or report used as if it were a value."""
    return _problem("whole-member", source, span, name=name)


def name_taken(source: Source, span: Span, name: str) -> Problem:
    """A variable that hides a field of the same name."""
    return _problem("variable-hides-field", source, span, name=name)


def units_differ(source: Source, span: Span, left: str, right: str) -> Problem:
    """Counts of different things added or compared; suspect, not wrong."""
    problem = _problem("units-differ", source, span, left=left, right=right)
    return Problem(code=problem.code, location=problem.location, severity=Severity.WARNING, args=problem.args)
