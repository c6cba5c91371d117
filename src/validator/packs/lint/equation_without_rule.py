"""Equations printed on the form that no rule checks."""

from __future__ import annotations

from typing import TYPE_CHECKING

from validator.lang.canonical import Key, canonical, column_key, equality, field_key
from validator.lang.ir import Compare
from validator.packs.lint.lint import Lint

if TYPE_CHECKING:
    from collections.abc import Iterator

    from validator.model.field import Form
    from validator.packs.lint.lint import Finding
    from validator.packs.lint.subject import Subject
    from validator.packs.pack import Equation


def _find(subject: Subject) -> Iterator[Finding]:
    checked = {
        canonical(node, policies=False)
        for node in subject.nodes()
        if isinstance(node, Compare) and node.operator == "="
    }
    for equation in subject.pack.equations:
        if _key(equation, subject.pack.form) not in checked:
            yield equation.location, {"equation": equation.text, "fields": equation.in_fields()}


def _key(equation: Equation, form: Form) -> Key:
    def key(path: str) -> Key:
        return field_key(path) if path in form.fields else column_key(path)

    return equality(key(equation.total), [(sign, key(part)) for sign, part in equation.parts])


EQUATION_WITHOUT_RULE = Lint(
    id="lint/equation-without-rule",
    find=_find,
    why="What the form itself says of its columns (`equations:` in pack.yaml) is the first thing a report "
    "is held against. A rule may differ from the print in the order of terms and in "
    "what it says of missing values.",
)
