"""``validator reference PAGE``: prints a page of the reference, of the language or of a pack."""

from __future__ import annotations

import sys
from typing import TYPE_CHECKING, Any

from validator.api import PackError, load_pack
from validator.cli.main import CLEAN
from validator.diagnostics.code_reference import code_reference
from validator.engine.lint.run import LINTS
from validator.lang.reference import function_reference, operator_reference
from validator.packs.lint.registry import lint_reference
from validator.packs.rule_test import read_rule_tests
from validator.render.pack_reference import pack_reference

if TYPE_CHECKING:
    from collections.abc import Callable

PAGES: dict[str, Callable[[], str]] = {
    "operators": operator_reference,
    "functions": function_reference,
    "lints": lambda: lint_reference(LINTS),
    "codes": code_reference,
}


def run(options: Any) -> int:
    """Run the command and return its exit code."""
    sys.stdout.write(reference_page(options.page))
    return CLEAN


def reference_page(name: str) -> str:
    """Return the page *name*: one of `PAGES`, or else that of a pack, by name or folder."""
    if name in PAGES:
        return PAGES[name]()
    pack = load_pack(name)
    tests = read_rule_tests(pack)
    if tests.is_broken:
        raise PackError(tests.problems)
    return pack_reference(pack, tests.cases)
