"""The reference of lints as Markdown, made from the registry."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterable

    from validator.packs.lint.lint import Lint

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
