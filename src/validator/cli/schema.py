"""``validator schema``: prints the JSON Schema of a pack's reports, of pack files or of results."""

from __future__ import annotations

import json
import sys
from pathlib import Path
from typing import Any

from validator.api import load_pack
from validator.cli.main import CLEAN

_RESULT = Path(__file__).resolve().parent.parent / "render" / "result.schema.json"


def run(options: Any) -> int:
    """Run the command and return its exit code."""
    sys.stdout.write(_schema_text(options))
    return CLEAN


def _schema_text(options: Any) -> str:
    if options.result:
        return _RESULT.read_text(encoding="utf-8")
    if options.packs:
        from validator.packs.schema import packs_schema

        return _text(packs_schema(options.lang))
    from validator.readers.schema import report_schema

    return _text(report_schema(load_pack(options.pack).form, options.lang))


def _text(schema: dict[str, Any]) -> str:
    return json.dumps(schema, ensure_ascii=False, indent=2) + "\n"
