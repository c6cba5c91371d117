"""The references of functions, aggregates and operators as Markdown, made from the registry."""

from __future__ import annotations

from typing import TYPE_CHECKING

from validator.lang.function import AGGREGATES, FUNCTIONS
from validator.lang.operator import OPERATORS

if TYPE_CHECKING:
    from validator.lang.function import AggregateDoc, Function
    from validator.lang.operator import Operator
    from validator.lang.types import Type

_HEAD = """# Functions

Made by `validator functions` from the registry of the rule language; do not edit.
A number may be a count, a percentage, money or a plain number.
"""


def function_reference() -> str:
    """Return the page that describes every function and aggregate."""
    functions = [_function(function) for function in FUNCTIONS.values()]
    aggregates = [_aggregate(aggregate) for aggregate in AGGREGATES.values()]
    parts = [_HEAD, *functions, "## Over collections\n", *aggregates]
    return "\n".join(parts)


def _function(function: Function) -> str:
    names = [kind.value if kind else "value" for kind in function.parameters]
    if function.fields_only:
        names = ["field" for _ in names]
    required = len(names) - function.optional
    names = [name if index < required else f"[{name}]" for index, name in enumerate(names)]
    arguments = ", ".join(names) + (", …" if function.variadic else "")
    return _entry(f"{function.name}({arguments})", function.result, function)


def _aggregate(aggregate: AggregateDoc) -> str:
    call = f"{aggregate.name}(… for row in table [if condition])"
    return _entry(call, aggregate.result, aggregate, level=3)


def _entry(call: str, result: Type | None, entry: Function | AggregateDoc, level: int = 2) -> str:
    lines = [f"{'#' * level} `{call}`", "", entry.doc, ""]
    lines += [f"- Gives: {_gives(result)}", f"- Missing values: {entry.missing}"]
    return "\n".join([*lines, f"- Example: `{entry.example}`", ""])


def _gives(result: Type | None) -> str:
    if result is None:
        return "the type of its arguments"
    return result.measure.value if result.measure else result.kind.value


_OPERATORS = """# Operators

Made by `validator reference operators` from the registry of the rule language; do not edit. From the loosest
to the tightest; brackets group. *Blank* is a value that the report does not state: see
[the rule language](../language.md). Functions have [a page of their own](functions.md).

| operator | meaning | blanks | example |
|---|---|---|---|
"""


def operator_reference() -> str:
    """Return the page that describes every operator."""
    return _OPERATORS + "".join(_row(operator) for operator in OPERATORS)


def _row(operator: Operator) -> str:
    written = " ".join(f"`{spelling}`" for spelling in operator.written)
    return f"| {written} | {operator.meaning} | {operator.missing} | `{operator.example}` |\n"
