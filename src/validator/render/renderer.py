"""The formats by name, each with what writes it."""

from __future__ import annotations

from importlib import import_module
from typing import TYPE_CHECKING

from validator.render.finding import whole

if TYPE_CHECKING:
    from collections.abc import Callable

    from validator.model.comparison import Comparison
    from validator.model.diagnostic import RunResult
    from validator.render.finding import Writer
    from validator.render.option import Options

_WRITERS = {
    "table": ("table", "TableWriter"),
    "plain": ("plain", "PlainWriter"),
    "json": ("json", "JsonWriter"),
    "jsonl": ("json", "JsonLinesWriter"),
    "sarif": ("sarif", "SarifWriter"),
    "junit": ("junit", "JunitWriter"),
    "github": ("github", "GithubWriter"),
    "html": ("printed_html", "HtmlWriter"),
}
DOCX = "docx"
"""The format that is no text: a file of an office program."""
FORMATS = (*_WRITERS, DOCX)
WITHOUT_HEAD = frozenset({"table", "plain", "jsonl", "github"})
"""The formats in which nothing stands before the files that is known only at the end."""


def writer(name: str, options: Options) -> Writer:
    """Return what writes one run in one of ``FORMATS`` that is text; only that one is imported."""
    if name not in _WRITERS:
        raise ValueError(name)
    module, made = _WRITERS[name]
    found: Writer = getattr(import_module(f"validator.render.{module}"), made)(options)
    return found


def render_comparison(compared: Comparison, form: str, options: Options, exit_code: int | None = None) -> str:
    """Return two versions held against each other as a table, plain or json.

    *exit_code* is what the command ends with, for programs.
    """
    if form == "table":
        from validator.render.comparison_table import comparison_table

        return comparison_table(compared, options)
    from validator.render.comparison import comparison_json, comparison_text

    if form == "json":
        return comparison_json(compared, options, exit_code)
    return comparison_text(compared, options)


def rendered(name: str, run: RunResult, options: Options) -> str | bytes:
    """Return a run that is held as a whole in one of ``FORMATS``."""
    if name == DOCX:
        from validator.render.printed_docx import printed_docx

        return printed_docx(run, options)
    return renderer(name)(run, options)


def renderer(name: str) -> Callable[[RunResult, Options], str]:
    """Return what renders runs that are held as a whole in one of ``FORMATS`` that is text."""
    if name not in _WRITERS:
        raise ValueError(name)
    return lambda run, options: whole(writer(name, options), run)
