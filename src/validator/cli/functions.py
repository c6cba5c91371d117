"""``validator functions``: prints the functions of the rule language."""

from __future__ import annotations

import sys
from typing import Any

from validator.cli.main import CLEAN
from validator.lang.reference import function_reference


def run(_options: Any) -> int:
    """Run the command and return its exit code."""
    sys.stdout.write(function_reference())
    return CLEAN
