"""A report that was read, as JSON for programs: every cell with its place, and what was not bound."""

from __future__ import annotations

import json
from datetime import date
from typing import TYPE_CHECKING, Any

from validator.diagnostics.shown import reach_text, unbound_why
from validator.model.quantity import Quantity
from validator.model.record import record_fields
from validator.model.words import text_in
from validator.render.place import place
from validator.render.written import written_value
from validator.wording.in_language import in_language

if TYPE_CHECKING:
    from validator.model.field import FieldDef, Form
    from validator.model.location import Location
    from validator.model.reach import Reach
    from validator.model.report import Cell, Report, Scalar


def report_json(report: Report, form: Form, reach: Reach | None, lang: str) -> str:
    """Return *report* and its reach as one JSON object."""
    cells = [
        _cell(path, each, form.fields[path], lang) for path, found in report.cells.items() for each in found
    ]
    cells += [
        _cell(f"{name}[{number}].{column}", cell, form.tables[name].columns[column], lang)
        for name, rows in report.tables.items()
        for number, row in enumerate(rows, start=1)
        for column, cell in row.cells.items()
    ]
    found = {
        "unit": {name: getattr(report.unit, name) for name in record_fields(report.unit)},
        "period": {
            "kind": report.period.kind,
            "from": _day(report.period.start),
            "to": _day(report.period.end),
        },
        "submitted": _day(report.submitted),
        "form": report.form,
        "cells": cells,
        **_reach(reach, lang),
    }
    return json.dumps(found, ensure_ascii=False, indent=2) + "\n"


def _cell(path: str, cell: Cell, definition: FieldDef, lang: str) -> dict[str, Any]:
    return {
        "path": path,
        "label": text_in(definition.label, lang),
        "code": cell.location.row_code,
        "raw": cell.raw,
        "value": _value(cell.value),
        "written": written_value(cell, definition),
        "location": _location(cell.location, lang),
        "confidence": cell.confidence,
    }


def _value(value: Scalar | None) -> str | bool | None:
    """Return a value exactly: a number as a decimal or a fraction in a text."""
    if isinstance(value, Quantity):
        return str(value.value)
    return value.isoformat() if isinstance(value, date) else value


def _location(location: Location, lang: str) -> dict[str, Any]:
    parts = {name: getattr(location, name) for name in record_fields(location)}
    known = {name: value for name, value in parts.items() if value not in (None, "")}
    return {**known, "text": place(location, lang)}


def _reach(reach: Reach | None, lang: str) -> dict[str, Any]:
    if reach is None:
        return {"unbound": [], "reach": None}
    unbound = [
        {
            "raw": each.raw,
            "text": each.text,
            "location": _location(each.location, lang),
            "why": in_language(unbound_why(each), lang),
            "code": each.why,
            "fields": list(each.close),
        }
        for each in reach.unbound
    ]
    counts = {
        "rows": reach.rows,
        "rows_bound": reach.rows_bound,
        "table_rows": reach.table_rows,
        "figures": reach.figures,
        "figures_bound": reach.figures_bound,
        "others": dict(reach.others),
        "text": in_language(reach_text(reach), lang),
    }
    return {"unbound": unbound, "reach": counts}


def _day(day: date | None) -> str | None:
    return day.isoformat() if day else None
