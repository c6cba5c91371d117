"""A folder of small reports with soft findings, and a sheet that is filled in as people do it."""

from __future__ import annotations

import pytest

from validator.cli.main import main
from validator.model.document import Table
from validator.readers.document import read_document

PACK = """\
pack: small
version: 1.0.0
form: small
fields:
  a: {type: count, label: {vi: Số A, en: A}}
  b: {type: count, label: {vi: Số B, en: B}}
  c: {type: count}
tables: {t: {columns: {code: {type: text}, max: {type: number}, got: {type: number}}}}
"""
RULES = """\
rules:
  - {id: a-differs-from-b, title: {vi: a khác b, en: a differs from b}, assert: a = b, severity: warning}
  - {id: c-exceeds-a, title: {vi: c lớn hơn a, en: c exceeds a}, assert: c ≤ a, severity: error}
  - {id: got-exceeds-max, title: {vi: vượt tối đa, en: got exceeds max}, severity: info,
     assert: "all row in t: row.got ≤ row.max"}
"""
REPORT = """\
report: {{form: small, unit: {{name: {unit}}}}}
a: {a}
b: {b}
c: {c}
t:
  - {{code: I.1, max: 2, got: 3}}
  - {{code: I.2, max: 2, got: 4}}
"""
RULE = "small/a-differs-from-b"


@pytest.fixture
def pack(tmp_path):
    folder = tmp_path / "rules"
    folder.mkdir()
    (folder / "pack.yaml").write_text(PACK, encoding="utf-8")
    (folder / "small.yaml").write_text(RULES, encoding="utf-8")
    return folder


@pytest.fixture
def write():
    """Write a report; four findings may be explained, one may not."""

    def written(path, a=5, b=7, c=6, unit="Xã A"):
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(REPORT.format(a=a, b=b, c=c, unit=unit), encoding="utf-8")
        return path

    return written


@pytest.fixture
def folder(tmp_path, write):
    """Three reports in a folder, one of them in a folder below."""
    place = tmp_path / "reports"
    for name, b in (("a", 7), ("b", 8), ("sub/c", 9)):
        write(place / f"{name}.yaml", b=b, unit=f"Xã {name[-1].upper()}")
    return place


@pytest.fixture
def run(pack, capsys):
    """Run the command; return its exit code, what it printed and its errors."""

    def command(source, *arguments, name="explain-finding"):
        code = main([name, str(source), *map(str, arguments), "--pack", str(pack)])
        told = capsys.readouterr()
        return code, told.out, told.err

    return command


@pytest.fixture
def sheet(tmp_path, run, folder):
    """Write the sheet of the folder and return it as people see it."""

    def made(*arguments, source=folder):
        out = tmp_path / "s.xlsx"
        code, told, err = run(source, "--sheet", out, *arguments)
        assert (code, err) == (0, ""), told
        return Filled(out)

    return made


class Filled:
    """A workbook as a list of rows, changed and written anew."""

    def __init__(self, path):
        self.path = path
        self.name = "Giải trình"
        self.head, self.rows = [], []
        for block in read_document(path).document.blocks:
            if not isinstance(block, Table):
                self.head.append([block.text])
                continue
            rows = [[""] * block.columns for _ in range(block.rows)]
            for cell in block.cells:
                rows[cell.row][cell.column] = cell.text
            self.columns, self.rows = rows[0], rows[1:]

    def at(self, column):
        return self.columns.index(column)

    def column(self, column):
        return [row[self.at(column)] for row in self.rows]

    def fill(self, column, *texts):
        for row, text in zip(self.rows, texts, strict=False):
            row[self.at(column)] = text
        return self

    def move(self, order):
        self.rows = [[row[at] for at in order] for row in self.rows]
        self.columns = [self.columns[at] for at in order]
        return self

    def save(self, merged=""):
        xlsxwriter = pytest.importorskip("xlsxwriter")
        with xlsxwriter.Workbook(str(self.path)) as book:
            book.add_worksheet("Ghi chú").write("A1", "của tôi")
            page = book.add_worksheet(self.name)
            for number, row in enumerate([*self.head, self.columns, *self.rows]):
                for column, text in enumerate(row):
                    if text.startswith("="):
                        page.write_formula(number, column, text, None, "chữ")
                    elif text:
                        page.write_string(number, column, text)
            if merged:
                page.merge_range(merged, self.rows[0][self.at("Lý do giải trình")])
        return self.path
