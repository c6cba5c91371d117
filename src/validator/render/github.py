"""A run as annotations of GitHub workflows: a command a line, which GitHub shows beside the change."""

from __future__ import annotations

from typing import TYPE_CHECKING

from validator.model.verdict import Severity
from validator.render.detail import sentence
from validator.render.finding import Open, findings, is_finding, undecided
from validator.render.terminal import clean

if TYPE_CHECKING:
    from validator.model.diagnostic import Diagnostic, FileResult, RunResult
    from validator.render.option import Options

_COMMANDS = {Severity.ERROR: "error", Severity.WARNING: "warning", Severity.INFO: "notice"}


class GithubWriter(Open):
    """One annotation a finding; one that was explained, or where asked for could not be decided, is a notice.

    A run that ends badly although nothing was annotated ends with an annotation of its own.
    """

    def __init__(self, options: Options) -> None:
        self.options = options
        self._count = 0

    def file(self, file: FileResult) -> str:
        """Return the annotations of a file."""
        found = findings(file)
        self._count += len(found)
        left = undecided(file) if self.options.shows_undecided else ()
        return "".join(_annotation(each, file.path, self.options) + "\n" for each in (*found, *left))

    def tail(self, run: RunResult) -> str:
        """Return what is to be said of the whole."""
        if self._count or not run.exit_code:
            return ""
        return f"::error title=validator::{_data(self.options.word('ended-badly', code=run.exit_code))}\n"


def _annotation(found: Diagnostic, path: str, options: Options) -> str:
    where = found.location
    columns: dict[str, object] = {}
    if where.line is not None:
        columns["line"] = where.line
        if where.column is not None:
            columns["col"] = where.column
            # GitHub's last column is inclusive, ours is not.
            columns["endColumn"] = max(where.column, (where.end_column or where.column + 1) - 1)
    properties = {"file": (where.file or path).replace("\\", "/"), **columns, "title": found.id}
    command = _COMMANDS[found.severity] if is_finding(found) and not found.waiver else "notice"
    written = ",".join(f"{name}={_property(clean(str(value)))}" for name, value in properties.items())
    return f"::{command} {written}::{_data(_message(found, options))}"


def _message(found: Diagnostic, options: Options) -> str:
    lines = [clean(sentence(found, options))]
    lines += [clean(found.help)] if found.help else []
    lines += [f"{options.word('waiver')}: {clean(found.waiver)}"] if found.waiver else []
    return "\n".join(lines)


def _data(text: str) -> str:
    """Text such that it cannot end the command and begin another."""
    return text.replace("%", "%25").replace("\r", "%0D").replace("\n", "%0A")


def _property(text: str) -> str:
    return _data(text).replace(":", "%3A").replace(",", "%2C")
