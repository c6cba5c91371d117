"""Small reports of units for one period, written into a folder as they come in."""

from __future__ import annotations

from pathlib import Path

import pytest

HALF = "{kind: half_year, from: 2023-12-15, to: 2024-06-14}"
QUARTER = "{kind: quarter, from: 2023-12-15, to: 2024-03-14}"
LAST_YEAR = "{kind: year, from: 2022-12-15, to: 2023-12-14}"
GOOD = "hoso: {received: 10, resolved: 8, pending: 2}\n"
BAD = "hoso: {received: 10, resolved: 12}\n"
UNITS = """\
units:
  - {id: huyen, name: Huyện Tân Sơn, level: district}
  - {id: xa-a, name: Xã Bắc Lý, level: commune, parent: huyen}
  - {id: xa-b, name: Xã Đồng Văn, level: commune, parent: huyen}
  - {id: xa-c, name: Xã Hòa Bình, level: commune, parent: huyen}
"""


def report(unit, body=GOOD, *, period=HALF, submitted="", form="cchc", name=""):
    """The text of a report; *unit* is an id or the inside of a ``unit:``."""
    who = unit if "{" in unit else f"{{id: {unit}, name: {name or unit}, level: commune}}"
    day = f"\n  submitted: {submitted}" if submitted else ""
    return f"report:\n  form: {form}\n  unit: {who}\n  period: {period}{day}\n{body}"


class Desk:
    """A folder of submissions, and an archive beside it."""

    def __init__(self, root):
        self.folder, self.archive = root / "in", root / "archive"
        self.folder.mkdir()
        self.archive.mkdir()

    def put(self, name, text):
        return _write(self.folder / name, text)

    def keep(self, name, text):
        return _write(self.archive / name, text)


def _write(path, text):
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_bytes(text if isinstance(text, bytes) else text.encode("utf-8"))
    return path


@pytest.fixture
def desk(tmp_path):
    return Desk(tmp_path)


def rows(review):
    """The rows by the id of their unit (else by its name)."""
    return {row.unit.id or row.unit.name: row for row in review.units}


def file_of(submission):
    return Path(submission.path).name


def notes(row):
    return [each.id.partition("/")[2] for each in row.notes]


def findings(review, unit):
    """The findings on a unit by id, with the last part of the id only."""
    found = review.details[rows(review)[unit].key].result.diagnostics
    return {each.id.partition("/")[2]: each for each in found}
