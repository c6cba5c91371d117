"""The demo form, and a way to read a report of it."""

from __future__ import annotations

import pytest

from validator.model.field import FieldDef, FieldType, Form, TableDef
from validator.readers.structured import read_structured

FIELDS = {
    "hoso.received": FieldType.COUNT,
    "hoso.new": FieldType.COUNT,
    "hoso.carried_over": FieldType.COUNT,
    "hoso.resolved": FieldType.COUNT,
    "hoso.on_time": FieldType.COUNT,
    "hoso.on_time_pct": FieldType.PERCENT,
    "budget.plan": FieldType.MONEY,
    "budget.actual": FieldType.MONEY,
    "budget.pct": FieldType.PERCENT,
    "signed": FieldType.DATE,
    "published": FieldType.BOOLEAN,
    "rating": FieldType.CHOICE,
    "note": FieldType.TEXT,
    "score": FieldType.NUMBER,
    "hồ_sơ.đã_trả": FieldType.COUNT,
}
COLUMNS = {
    "code": FieldType.TEXT,
    "max": FieldType.NUMBER,
    "awarded": FieldType.NUMBER,
    "deducted": FieldType.NUMBER,
}


@pytest.fixture(scope="session")
def form():
    """The fields and the table of the demo form, and a few of the other types."""
    fields = {
        path: FieldDef(
            path=path,
            type=kind,
            choices=("tốt", "khá") if kind is FieldType.CHOICE else (),
            label={"vi": f"Nhãn {path}", "en": f"Label {path}"},
        )
        for path, kind in FIELDS.items()
    }
    columns = {name: FieldDef(path=f"scores.{name}", type=kind) for name, kind in COLUMNS.items()}
    return Form(name="demo", fields=fields, tables={"scores": TableDef(name="scores", columns=columns)})


@pytest.fixture(scope="session")
def read(form):
    """Read text (or bytes) as a report of the demo form; a header is put before it."""

    def read_text(body, *, name="report.yaml", header="report: {form: demo}\n"):
        data = body if isinstance(body, bytes) else (header + body).encode()
        return read_structured(data, {"demo": form}, file=name)

    return read_text
