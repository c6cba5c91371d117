"""The lints that need no engine, in the order of their ids, and the page that describes lints."""

from __future__ import annotations

from typing import TYPE_CHECKING

from validator.packs.lint.lacking import NO_FAILING_TEST, NO_HELP, NO_NUMBER, NO_PASSING_TEST, ONE_LANGUAGE
from validator.packs.lint.naming import (
    NESTED_MEMBERS,
    OLD_ID,
    PACK_NAME_TAKEN,
    UNUSUAL_SPELLING,
    USELESS_ALIAS,
)
from validator.packs.lint.unused import (
    EQUATION_WITHOUT_RULE,
    EXPLANATION_OF_NO_RULE,
    REPEATED_RULE,
    UNUSED_DEFINITION,
    UNUSED_FIELD,
)

if TYPE_CHECKING:
    from collections.abc import Iterable

    from validator.packs.lint.lint import Lint

LINTS = (
    EQUATION_WITHOUT_RULE,
    EXPLANATION_OF_NO_RULE,
    NESTED_MEMBERS,
    NO_FAILING_TEST,
    NO_HELP,
    NO_NUMBER,
    NO_PASSING_TEST,
    OLD_ID,
    ONE_LANGUAGE,
    PACK_NAME_TAKEN,
    REPEATED_RULE,
    UNUSED_DEFINITION,
    UNUSED_FIELD,
    UNUSUAL_SPELLING,
    USELESS_ALIAS,
)


_HEAD = """# Lints

Made by `validator lint --reference` from the registry; do not edit. `validator lint` shows errors and
warnings, and notes (info) with `--verbose`; it mends what is called mechanical with `--fix`. Faults that keep
a pack from being loaded (`pack/…`, `syntax/…`, `type/…`) are told by the same command, for all
packs in one run.
"""


def lint_reference(lints: Iterable[Lint]) -> str:
    """Return the page that describes every lint."""
    return "\n".join([_HEAD, *(_entry(lint) for lint in lints)])


def _entry(lint: Lint) -> str:
    lines = [f"## `{lint.id}`", "", lint.why, "", f"- Severity: {lint.severity.value}"]
    lines.append(f"- Mechanical: {'yes, mended by `--fix`' if lint.fixable else 'no'}")
    return "\n".join([*lines, ""])
