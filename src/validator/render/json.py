"""A run as JSON, in the structure of ``result.schema.json``."""

from __future__ import annotations

import json
import re
from pathlib import Path
from typing import TYPE_CHECKING, Any

from validator.model.diagnostic import Label
from validator.model.record import record_fields
from validator.render.finding import count_by_severity, count_explained, files
from validator.render.place import place

if TYPE_CHECKING:
    from validator.model.diagnostic import Compared, Diagnostic, FileResult, RunResult
    from validator.model.location import Location
    from validator.render.option import Options

# What UTF-8 cannot write, a terminal may obey or turns text around: JSON has an escape for it.
_TO_ESCAPE = re.compile("[\x7f-\x9f\u200e\u200f\u202a-\u202e\u2066-\u2069\ud800-\udfff]")
SCHEMA_FILE = Path(__file__).resolve().parent / "result.schema.json"


def render_json(run: RunResult, options: Options) -> str:
    """The run as one JSON object; text is kept as it was written, absent text is null."""
    return json_text(_run(run, options.lang))


def json_text(data: Any) -> str:
    """*data* as JSON, its text as it was written but for what would steer a terminal."""
    text = json.dumps(data, ensure_ascii=False, indent=2)
    return _TO_ESCAPE.sub(lambda match: f"\\u{ord(match[0]):04x}", text) + "\n"


def _run(run: RunResult, lang: str) -> dict[str, Any]:
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
        },
        "files": [_file(file, lang) for file in files(run)],
    }


def _file(file: FileResult, lang: str) -> dict[str, Any]:
    return {
        "path": file.path,
        "unit": file.unit or None,
        "period": file.period or None,
        **({"reach": file.reach} if file.reach else {}),
        **({"parts": list(file.parts)} if file.parts else {}),
        **({"figures": figures_data(file.compared)} if file.judged else {}),
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
        "location": _location(label.location, lang),
    }


def _location(location: Location, lang: str) -> dict[str, Any]:
    """The parts that are set, and the whole in words."""
    parts = {name: getattr(location, name) for name in record_fields(location)}
    known = {name: value for name, value in parts.items() if value not in (None, "")}
    return {**known, "text": place(location, lang)}
