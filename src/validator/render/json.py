"""A run as JSON, in the structure of ``result.schema.json``."""

from __future__ import annotations

import json
import re
from pathlib import Path
from typing import TYPE_CHECKING, Any

from validator.model.diagnostic import Label
from validator.model.record import record_fields
from validator.render.finding import Open, count_by_severity, count_explained, whole
from validator.render.place import place

if TYPE_CHECKING:
    from validator.model.diagnostic import Compared, Diagnostic, FileResult, RunResult
    from validator.model.location import Location
    from validator.render.option import Options

# What UTF-8 cannot write, a terminal may obey or turns text around: JSON has an escape for it.
_TO_ESCAPE = re.compile("[\x7f-\x9f\u200e\u200f\u202a-\u202e\u2066-\u2069\ud800-\udfff]")
SCHEMA_FILE = Path(__file__).resolve().parent / "result.schema.json"


class JsonWriter:
    """The run as one JSON object; text is kept as it was written, absent text is null."""

    def __init__(self, options: Options) -> None:
        self._lang = options.lang
        self._items = Items(spaces=4)

    def file(self, file: FileResult) -> str:
        """Return the object of a file."""
        return self._items.add(_text(_file(file, self._lang)))

    def head(self, run: RunResult) -> str:
        """Return what stands before the files."""
        return self._items.around(_text(_run(run)))[0]

    def tail(self, run: RunResult) -> str:
        """Return what stands after them."""
        return self._items.around(_text(_run(run)))[1] + "\n"


class JsonLinesWriter(Open):
    """The run as JSON Lines: a record a file as it is judged, and at the end one that sums up."""

    def __init__(self, options: Options) -> None:
        self._lang = options.lang

    def file(self, file: FileResult) -> str:
        """Return the line of a file."""
        return _text({"type": "file", **_file(file, self._lang)}, indent=None) + "\n"

    def tail(self, run: RunResult) -> str:
        """Return the last line."""
        summed = {name: value for name, value in _run(run).items() if name != "files"}
        return _text({"type": "summary", **summed}, indent=None) + "\n"


class Items:
    """The items of the last list in a JSON text, written one by one; *spaces* is how far they stand in."""

    _MARK = '"@"'

    def __init__(self, spaces: int) -> None:
        self._pad = "\n" + " " * spaces
        self._count = 0

    def add(self, text: str) -> str:
        """Return an item of JSON as it stands in the list."""
        self._count += 1
        return ("," if self._count > 1 else "") + self._pad + text.replace("\n", self._pad)

    def around(self, text: str) -> tuple[str, str]:
        """Return what stands before and after the items; *text* has a mark in the list."""
        before, _, after = text.rpartition(self._MARK)
        return (before.rstrip(), after) if self._count else (before.rstrip(), after.lstrip())

    @classmethod
    def mark(cls) -> str:
        """Return what holds the place of the items."""
        return cls._MARK.strip('"')


def render_json(run: RunResult, options: Options) -> str:
    """Return the whole of a run."""
    return whole(JsonWriter(options), run)


def json_text(data: Any) -> str:
    """*data* as JSON, its text as it was written but for what would steer a terminal."""
    return _text(data) + "\n"


def _text(data: Any, indent: int | None = 2) -> str:
    text = json.dumps(data, ensure_ascii=False, indent=indent)
    return _TO_ESCAPE.sub(lambda match: f"\\u{ord(match[0]):04x}", text)


def _run(run: RunResult) -> dict[str, Any]:
    return {
        "version": run.version,
        "summary": {
            "files": len(run.files),
            "rules_loaded": run.rules_loaded,
            "applicable": run.applicable,
            "decided": run.decided,
            "undecided": run.undecided,
            "figures": figures_data(run.compared),
            "findings": count_by_severity(run),
            "explained": count_explained(run),
            **({} if run.exit_code is None else {"exit_code": run.exit_code}),
        },
        "files": [Items.mark()],
    }


def _file(file: FileResult, lang: str) -> dict[str, Any]:
    return {
        "path": file.path,
        "unit": file.unit or None,
        "period": file.period or None,
        **({"reach": file.reach} if file.reach else {}),
        **({"parts": list(file.parts)} if file.parts else {}),
        **({"figures": figures_data(file.compared)} if file.judged else {}),
        "passed": list(file.passed),
        "undecided": list(file.undecided),
        "diagnostics": [diagnostic_data(found, lang) for found in file.diagnostics],
    }


def figures_data(found: Compared) -> dict[str, int]:
    """The counts of figures as plain data."""
    return {"total": found.figures, "agree": found.agree, "differ": found.differ, "open": found.open}


def diagnostic_data(found: Diagnostic, lang: str) -> dict[str, Any]:
    """One finding as plain data."""
    return {
        "id": found.id,
        "severity": found.severity.value,
        "verdict": found.verdict.value,
        "reason": found.reason or None,
        "title": found.title,
        "explanation": found.explanation,
        "difference": found.difference or None,
        "fields": [label_data(label, lang) for label in found.fields or (_place_alone(found.location),)],
        "help": found.help or None,
        "basis": found.basis or None,
        **({"waiver": found.waiver} if found.waiver else {}),
    }


def _place_alone(location: Location) -> Label:
    """A problem has a place but no figure: the place is kept as a field without words."""
    return Label(path=location.pointer or "", label="", raw=location.excerpt or "", location=location)


def label_data(label: Label, lang: str) -> dict[str, Any]:
    """One figure as plain data."""
    return {
        "path": label.path,
        "label": label.label,
        "raw": label.raw,
        **({"value": label.value} if label.value else {}),
        **({"role": label.role} if label.role else {}),
        "location": _location(label.location, lang),
    }


def _location(location: Location, lang: str) -> dict[str, Any]:
    """The parts that are set, and the whole in words."""
    parts = {name: getattr(location, name) for name in record_fields(location)}
    known = {name: value for name, value in parts.items() if value not in (None, "")}
    return {**known, "text": place(location, lang)}
