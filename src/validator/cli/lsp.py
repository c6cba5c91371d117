"""``validator lsp``: serves an editor over standard input and output until it leaves."""

from __future__ import annotations

from typing import Any

from validator.cli.main import CLEAN


def run(options: Any) -> int:
    """Run the command and return its exit code."""
    from validator.lsp.server import serve

    serve(options.lang)
    return CLEAN
