"""The renderers by the name of their format."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Callable

    from validator.model.diagnostic import RunResult
    from validator.render.option import Options

FORMATS = ("table", "plain", "json", "sarif", "junit", "github")


def renderer(name: str) -> Callable[[RunResult, Options], str]:
    """The renderer of one of ``FORMATS``; only that one is imported."""
    match name:
        case "table":
            from validator.render.table import render_table as render
        case "plain":
            from validator.render.plain import render_plain as render
        case "json":
            from validator.render.json import render_json as render
        case "sarif":
            from validator.render.sarif import render_sarif as render
        case "junit":
            from validator.render.junit import render_junit as render
        case "github":
            from validator.render.github import render_github as render
        case _:
            raise ValueError(name)
    return render
