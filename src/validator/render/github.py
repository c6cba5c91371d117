"""A run as annotations of GitHub workflows: a command a line, which GitHub shows beside the change."""

from __future__ import annotations

from typing import TYPE_CHECKING

from validator.model.verdict import Severity
from validator.render.finding import files, findings
from validator.render.layout import clean
from validator.render.place import place

if TYPE_CHECKING:
    from validator.model.diagnostic import Diagnostic, RunResult
    from validator.render.option import Options

_COMMANDS = {Severity.ERROR: "error", Severity.WARNING: "warning", Severity.INFO: "notice"}


def render_github(run: RunResult, options: Options) -> str:
    """One annotation a finding; a finding that was explained is a notice."""
    return "".join(
        _annotation(found, file.path, options) + "\n" for file in files(run) for found in findings(file)
    )


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
    command = "notice" if found.waiver else _COMMANDS[found.severity]
    written = ",".join(f"{name}={_property(clean(str(value)))}" for name, value in properties.items())
    return f"::{command} {written}::{_data(_message(found, options))}"


def _message(found: Diagnostic, options: Options) -> str:
    difference = f" ({options.word('difference')}: {found.difference})" if found.difference else ""
    words = [found.title, found.explanation + difference]
    if found.location.line is None:
        words.append(place(found.location, options.lang))
    lines = [clean(". ".join(part for part in words if part) or found.id)]
    lines += [clean(found.help)] if found.help else []
    lines += [f"{options.word('waiver')}: {clean(found.waiver)}"] if found.waiver else []
    return "\n".join(lines)


def _data(text: str) -> str:
    """Text such that it cannot end the command and begin another."""
    return text.replace("%", "%25").replace("\r", "%0D").replace("\n", "%0A")


def _property(text: str) -> str:
    return _data(text).replace(":", "%3A").replace(",", "%2C")
