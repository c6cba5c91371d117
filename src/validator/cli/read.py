"""``validator read FILE``: prints the report found in a document, to be saved, corrected and checked."""

from __future__ import annotations

import sys
from typing import TYPE_CHECKING, Any

from validator.api import form_of, load_pack, read_report
from validator.cli.given import given_by
from validator.cli.main import CLEAN, UNUSABLE
from validator.cli.problems import problems_text

if TYPE_CHECKING:
    from validator.readers.structured import ReadResult


def run(options: Any) -> int:
    """Run the command and return its exit code."""
    packs = [load_pack(name) for name in options.pack]
    found = read_report(options.path, packs[0] if packs else None, given=given_by(options))
    if found.problems:
        sys.stderr.write(problems_text(found.problems, options.lang))
    if found.report is None:
        return UNUSABLE
    sys.stdout.write(_text(found, options))
    return CLEAN


def _text(found: ReadResult, options: Any) -> str:
    report = found.report
    if report is None:
        return ""
    form = form_of(report, options.pack)
    if options.format == "json":
        from validator.render.report_json import report_json

        return report_json(report, form, found.reach, options.lang)
    from validator.render.report_yaml import report_yaml

    return report_yaml(report, form, found.reach, options.lang)
