"""The reference of operators as Markdown, made from the registry."""

from __future__ import annotations

from typing import TYPE_CHECKING

from validator.lang.operator import OPERATORS

if TYPE_CHECKING:
    from validator.lang.operator import Operator

_HEAD = """# Operators

Made by `validator reference operators` from the registry of the rule language; do not edit. From the loosest
to the tightest; brackets group. *Blank* is a value that the report does not state: see
[the rule language](../language.md). Functions have [a page of their own](functions.md).

| operator | meaning | blanks | example |
|---|---|---|---|
"""


def operator_reference() -> str:
    """Return the page that describes every operator."""
    return _HEAD + "".join(_row(operator) for operator in OPERATORS)


def _row(operator: Operator) -> str:
    written = " ".join(f"`{spelling}`" for spelling in operator.written)
    return f"| {written} | {operator.meaning} | {operator.missing} | `{operator.example}` |\n"
