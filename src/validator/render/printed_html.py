"""A run as one page that needs nothing else, to look at and to print: a part for each report."""

from __future__ import annotations

from functools import cache
from importlib.util import find_spec
from pathlib import Path
from typing import TYPE_CHECKING

from validator.readers.reader import missing_extra
from validator.render.page import environment, policy
from validator.render.printed import left_aside, printed, say

if TYPE_CHECKING:
    from jinja2 import Environment

    from validator.model.diagnostic import FileResult, RunResult
    from validator.render.option import Options

_FOLDER = Path(__file__).resolve().parent
_STYLES = ("review_page/page.css", "printed_page/page.css")


class HtmlWriter:
    """Writes a run as a page. Raises ValidatorError where Jinja2 is not installed."""

    def __init__(self, options: Options) -> None:
        if find_spec("jinja2") is None:
            raise missing_extra("documents", "jinja2")
        self._options = options
        self._templates = _templates()
        self._names: list[str] = []

    def file(self, file: FileResult) -> str:
        """Return the part of one report."""
        page = printed(file, self._options)
        self._names.append(page.name)
        return self._made("report", page=page, number=len(self._names))

    def head(self, _run: RunResult) -> str:
        """Return what stands before the reports."""
        style = _style()
        name = self._names[0] if len(self._names) == 1 else ""
        return self._made("head", style=style, policy=policy(style), name=name)

    def tail(self, run: RunResult) -> str:
        """Return the end of the page."""
        return self._made("foot", left=left_aside(run, self._options))

    def _made(self, part: str, **values: object) -> str:
        lang = self._options.lang

        def word(key: str, **args: object) -> str:
            return say(key, lang, **args)

        return self._templates.get_template(f"{part}.html.j2").render(w=word, lang=lang, **values)


@cache
def _templates() -> Environment:
    return environment(_FOLDER / "printed_page")


@cache
def _style() -> str:
    return "\n".join((_FOLDER / name).read_text(encoding="utf-8") for name in _STYLES)
