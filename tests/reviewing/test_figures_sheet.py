"""The sheet of figures: every figure with its state, exact sums, and what people wrote, which outlives it."""

from __future__ import annotations

import io
import re
import zipfile
from fractions import Fraction
from functools import partial
from xml.etree import ElementTree as ET

import pytest

pytest.importorskip("xlsxwriter")

import validator
from validator.model.problem import ValidatorError
from validator.model.quantity import Quantity
from validator.readers.remark import read_remarks
from validator.reviewing.figures_sum import Column

from .conftest import BAD, UNITS, report

MAIN = "{http://schemas.openxmlformats.org/spreadsheetml/2006/main}"
KEYS, HEAD = 4, 5


class Sheet:
    """A sheet as Excel sees it: texts and numbers by row and column, the numbers as they are written."""

    def __init__(self, path, number=1):
        self.package = zipfile.ZipFile(path)
        root = ET.fromstring(self.package.read(f"xl/worksheets/sheet{number}.xml"))  # noqa: S314 - our own
        self.cells = {cell.get("r"): cell for cell in root.iter(f"{MAIN}c")}
        self.column = {
            text: name[:-1] for name in self.cells if (text := self.text(name)) and name.endswith("4")
        }
        self.row = {
            text: int(name[1:])
            for name in self.cells
            if name[0] == "A" and name[1:].isdigit() and (text := self.text(name))
        }

    def text(self, name):
        return "".join(self.cells[name].itertext()) if name in self.cells else ""

    def at(self, unit, field):
        return self.text(f"{self.column[field]}{self.row[unit]}")

    def fill(self, unit, field):
        """The colour of a cell."""
        styles = ET.fromstring(self.package.read("xl/styles.xml"))  # noqa: S314 - as above
        look = styles.find(f"{MAIN}cellXfs")[
            int(self.cells[f"{self.column[field]}{self.row[unit]}"].get("s"))
        ]
        fill = styles.find(f"{MAIN}fills")[int(look.get("fillId"))]
        return next((each.get("rgb") for each in fill.iter(f"{MAIN}fgColor")), "")

    def notes(self):
        parts = [name for name in self.package.namelist() if "comments" in name]
        found = {}
        for part in parts:
            for each in ET.fromstring(self.package.read(part)).iter(f"{MAIN}comment"):  # noqa: S314 - as above
                found[each.get("ref")] = "".join(each.itertext())
        return found


@pytest.fixture
def made(desk, tmp_path):
    """Review the desk and write the sheet; return it, opened."""
    target = tmp_path / "figures.xlsx"
    desk.put("units.yaml", UNITS)

    def write(units=UNITS):
        desk.put("units.yaml", units)
        review = validator.review(desk.folder)
        write.done = validator.write_figures(review, target)
        return Sheet(target)

    write.path = target
    return write


def put(path, unit, field, text):
    """Write *text* into a cell, as Excel would."""
    sheet = Sheet(path)
    name = f"{sheet.column[field]}{sheet.row[unit]}"
    _edit(
        path,
        lambda xml: re.sub(
            rf'<c r="{name}"( s="\d+")[^>]*?(/>|>.*?</c>)',
            rf'<c r="{name}"\1 t="inlineStr"><is><t>{text}</t></is></c>',
            xml,
        ),
    )


def _edit(path, change, part="xl/worksheets/sheet1.xml", more=()):
    data = path.read_bytes()
    target = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(data)) as old, zipfile.ZipFile(target, "w", zipfile.ZIP_DEFLATED) as new:
        for each in old.namelist():
            text = old.read(each)
            new.writestr(each, change(text.decode()).encode() if each == part else text)
        for name, text in more:
            new.writestr(name, text)
    path.write_bytes(target.getvalue())


def test_every_figure_of_a_unit_has_its_cell_and_its_place(desk, made):
    desk.put("a.yaml", report("xa-a", "hoso: {received: 10, resolved: '08', on_time_pct: '97,39%'}\n"))
    sheet = made()
    assert [sheet.at("xa-a", f"hoso.{name}") for name in ("received", "resolved", "on_time_pct")] == [
        "10",
        "8",
        "0.9739",
    ]
    assert "dòng 5" in Sheet(made.path, 2).text(f"{sheet.column['hoso.received']}{sheet.row['xa-a']}")
    heads = [sheet.text(f"{column}{HEAD}") for column in sheet.column.values()]
    assert "Tỷ lệ hồ sơ giải quyết đúng hạn (%)" in heads


def test_the_sum_is_that_of_the_figures_that_are_stated(desk, made):
    stated = {"xa-a": "1.034", "xa-b": "999", "xa-c": "-"}
    for unit, number in stated.items():
        desk.put(f"{unit}.yaml", report(unit, f"hoso: {{received: '{number}', resolved: '{number}'}}\n"))
    sheet = made()
    own = [sheet.at(unit, "hoso.received") for unit in stated]
    assert (
        sheet.at("#sum:", "hoso.received") == str(sum(int(each) for each in own if each.isdigit())) == "2033"
    )
    assert sheet.at("#stated:", "hoso.received") == "2/3"
    assert sheet.at("#lacking:", "hoso.received") == "thiếu 1 đơn vị"


def test_who_has_sent_nothing_is_lacking_and_not_zero(desk, made):
    desk.put("a.yaml", report("xa-a"))
    sheet = made()
    assert sheet.at("xa-b", "hoso.received") == ""
    assert sheet.at("#stated:", "hoso.received") == "1/3"


def test_percentages_are_never_added_but_worked_out_of_the_sums(desk, made):
    desk.put(
        "a.yaml",
        report("xa-a", "hoso: {resolved: 100, early: 40, on_time: 50, late: 10, on_time_pct: '90%'}\n"),
    )
    desk.put(
        "b.yaml",
        report("xa-b", "hoso: {resolved: 300, early: 100, on_time: 200, late: 0, on_time_pct: '100%'}\n"),
    )
    desk.put("c.yaml", report("xa-c", "survey: {satisfied_pct: '95%'}\n"))
    sheet = made()
    assert sheet.at("#sum:", "hoso.on_time_pct") == "0.975"  # 390 of 400, not 95 %
    assert sheet.at("#sum:", "survey.satisfied_pct") == "–"


def test_what_does_not_add_up_by_the_pack_is_not_added(desk, made):
    desk.put("a.yaml", report("xa-a", "tasks: {assigned: 10}\n"))
    assert made().at("#sum:", "tasks.assigned") == "không cộng"


@pytest.mark.parametrize(
    ("written", "cell", "total"),
    [
        ("9007199254740993", "9007199254740993", "9007199254740993"),  # more digits than Excel holds
        ("1.000.000.000.000.000", "1000000000000000", "1000000000000000"),
        ("0,1 triệu đồng", "0.1", "0.1"),
        ("9,999 tỷ đồng", "9999", "9999"),
        ("7.494.120 đồng", "7.49412", "7.49412"),
    ],
)
def test_numbers_are_held_exactly_or_as_text(desk, made, written, cell, total):
    field = "budget.revenue.plan" if "đồng" in written else "hoso.received"
    group, _, name = field.rpartition(".")
    body = (
        f"{group}: {{{name}: '{written}'}}\n"
        if "." not in group
        else f"budget: {{revenue: {{{name}: '{written}'}}}}\n"
    )
    desk.put("a.yaml", report("xa-a", body))
    sheet = made()
    name = f"{sheet.column[field]}{sheet.row['xa-a']}"
    assert sheet.text(name) == cell
    is_text = sheet.cells[name].get("t") == "inlineStr"
    assert is_text == (cell == "9007199254740993")
    assert ("Excel không giữ được" in sheet.notes().get(name, "")) == is_text
    if field == "hoso.received":
        assert sheet.at("#sum:", field) == total


def test_decimals_are_added_without_binary_dust():
    column = Column(3)
    for at, number in enumerate(("1/10", "1/5", "7/10")):
        column.add(Quantity(Fraction(number)), at, f"xa {at}")
    assert column.total == 1
    assert [each.unit for each in column.highest] == ["xa 2", "xa 1", "xa 0"]


def test_a_figure_that_does_not_agree_is_seen_without_colour_and_says_why(desk, made):
    desk.put("a.yaml", report("xa-a", BAD))
    desk.put("b.yaml", report("xa-b"))
    sheet = made()
    assert sheet.fill("xa-a", "hoso.received") != sheet.fill("xa-b", "hoso.received")
    note = sheet.notes()[f"{sheet.column['hoso.received']}{sheet.row['xa-a']}"]
    assert "10" in note
    assert "dòng 5" in note
    styles = sheet.package.read("xl/styles.xml").decode()
    assert "≠" in styles


def test_what_a_unit_has_explained_has_a_look_of_its_own(desk, made):
    body = "budget: {investment: {plan: '10 triệu đồng', actual: '12 triệu đồng'}}\n"
    path = desk.put("a.yaml", report("xa-a", body))
    before = made().fill("xa-a", "budget.investment.actual")
    found = validator.check(path).files[0].diagnostics
    soft = next(each for each in found if each.verdict.value == "fail" and each.severity.value == "warning")
    validator.explain_finding(path, soft.id, reason="Vốn năm trước chuyển sang")
    assert made().fill("xa-a", "budget.investment.actual") != before


def test_status_and_remarks_outlive_a_rerun(desk, made):
    desk.put("a.yaml", report("xa-a"))
    desk.put("b.yaml", report("xa-b"))
    made()
    put(made.path, "xa-a", "status", "Đã gửi đơn vị")
    put(made.path, "xa-a", "remark", "gọi lại &amp; hỏi")
    put(made.path, "#sum:", "remark", "chờ Xã C")
    desk.put("c.yaml", report("xa-c", BAD))
    sheet = made()
    assert (sheet.at("xa-a", "status"), sheet.at("xa-a", "remark")) == ("Đã gửi đơn vị", "gọi lại & hỏi")
    assert sheet.at("#sum:", "remark") == "chờ Xã C"
    assert sheet.at("xa-c", "hoso.received") == "10"
    assert (made.done.kept, made.done.gone) == (1, 0)


def test_a_column_that_somebody_added_is_kept(desk, made):
    desk.put("a.yaml", report("xa-a"))
    sheet = made()
    for row, text in ((HEAD, "Người theo dõi"), (sheet.row["xa-a"], "Lan")):
        cell = f'<c r="ZZ{row}" t="inlineStr"><is><t>{text}</t></is></c></row>'
        _edit(made.path, partial(re.sub, rf'(?<=<row r="{row}")(.*?)</row>', rf"\1{cell}"))
    made()
    again = made()
    heads = {
        again.text(f"{name}{HEAD}"): name for name in {each.rstrip("0123456789") for each in again.cells}
    }
    assert again.text(f"{heads['Người theo dõi']}{again.row['xa-a']}") == "Lan"


def test_a_unit_that_is_gone_keeps_its_remark_apart_until_it_comes_back(desk, made):
    desk.put("a.yaml", report("xa-a"))
    desk.put("c.yaml", report("xa-c"))
    made()
    put(made.path, "xa-c", "remark", "sáp nhập?")
    fewer = "\n".join(line for line in UNITS.splitlines() if "xa-c" not in line) + "\n"
    (desk.folder / "c.yaml").unlink()
    sheet = made(fewer)
    assert sheet.at("xa-c", "remark") == "sáp nhập?"
    assert sheet.row["xa-c"] > sheet.row["#sum:"]
    assert (made.done.kept, made.done.gone) == (1, 1)
    desk.put("c.yaml", report("xa-c"))
    sheet = made()
    assert sheet.at("xa-c", "remark") == "sáp nhập?"
    assert sheet.row["xa-c"] < sheet.row["#sum:"]


def test_a_unit_known_by_its_name_keeps_its_remark_when_it_gets_an_id(desk, made):
    desk.put("a.yaml", report("{name: Xã Bắc Lý, level: commune}"))
    (desk.folder / "units.yaml").unlink()
    validator.write_figures(validator.review(desk.folder), made.path)
    put(made.path, "Xã Bắc Lý", "remark", "đã xem")
    assert made().at("xa-a", "remark") == "đã xem"


def test_what_is_struck_through_and_shared_is_read_whole(desk, made):
    desk.put("a.yaml", report("xa-a"))
    sheet = made()
    name = f"{sheet.column['remark']}{sheet.row['xa-a']}"
    texts = (
        f'<sst xmlns="{MAIN[1:-1]}"><si><r><rPr><strike/></rPr><t>gọi </t></r><r><t>đã gọi</t></r></si></sst>'
    )
    _edit(
        made.path,
        lambda xml: re.sub(rf'<c r="{name}"( s="\d+")/>', rf'<c r="{name}"\1 t="s"><v>0</v></c>', xml),
        more=[("xl/sharedStrings.xml", texts)],
    )
    assert read_remarks(made.path).forms["cchc"].rows["xa-a"].text == "gọi đã gọi"


def _refusal(made):
    before = made.path.read_bytes() if made.path.exists() else None
    with pytest.raises(ValidatorError) as caught:
        made()
    assert (made.path.read_bytes() if made.path.exists() else None) == before
    return caught.value.problem.code.removeprefix("figures/")


def test_a_file_that_is_open_or_not_ours_is_never_written_over(desk, made):
    desk.put("a.yaml", report("xa-a"))
    made.path.write_bytes(b"something else")
    assert _refusal(made) == "not-ours"
    made.path.unlink()
    made()
    lock = made.path.with_name("~$figures.xlsx")
    lock.write_bytes(b"")
    assert _refusal(made) == "is-open"
    lock.unlink()
    assert made()


def test_what_somebody_added_as_a_sheet_is_never_lost(desk, made):
    desk.put("a.yaml", report("xa-a"))
    made()
    _edit(made.path, lambda xml: xml.replace("places", "ghi chú"), part="xl/worksheets/sheet2.xml")
    assert _refusal(made) == "other-sheets"


def test_without_its_keys_a_sheet_is_not_written_over(desk, made):
    desk.put("a.yaml", report("xa-a"))
    made()
    _edit(made.path, lambda xml: re.sub(r'<row r="4".*?</row>', "", xml))
    assert _refusal(made) in ("no-keys", "other-sheets")


def test_only_workbooks_are_written(desk, tmp_path):
    desk.put("a.yaml", report("xa-a"))
    with pytest.raises(ValidatorError) as caught:
        validator.write_figures(validator.review(desk.folder), tmp_path / "figures.csv")
    assert caught.value.problem.code == "figures/not-xlsx"


def test_where_nothing_was_read_nothing_is_written(desk, made):
    desk.put("units.yaml", UNITS)
    desk.put("a.txt", "Kính gửi các đơn vị")
    assert _refusal(made) == "no-figures"


def test_the_same_review_gives_the_same_bytes(desk, made):
    desk.put("a.yaml", report("xa-a", BAD))
    made()
    before = made.path.read_bytes()
    made()
    assert made.path.read_bytes() == before


def test_the_superiors_own_report_is_held_against_the_sum(desk, made):
    body = "hoso: {commune: {received: 33, resolved: 16, overdue: 2}}\n"
    desk.put("h.yaml", report("{id: huyen, name: Huyện Tân Sơn, level: district}", body))
    for unit in ("xa-a", "xa-b", "xa-c"):
        desk.put(
            f"{unit}.yaml",
            report(
                unit, "hoso: {received: 10, resolved: 8}\n" if unit != "xa-c" else "hoso: {received: 13}\n"
            ),
        )
    desk.put("xa-b.yaml", report("xa-b", "hoso: {received: 10, resolved: 9}\n"))
    sheet = made()
    assert "huyen" not in sheet.row
    assert sheet.at("#own:huyen", "hoso.received") == "33"
    assert sheet.at("#gap:huyen", "hoso.received") == "khớp"
    assert sheet.at("#gap:huyen", "hoso.resolved") == "-1"  # 16 is less than 8 + 9, whoever is lacking


def test_low_shares_are_marked_by_the_data_not_by_the_program(desk, made):
    desk.put("a.yaml", report("xa-a", "hoso: {on_time_pct: '91%'}\n"))
    sheet = made()
    rules = sheet.package.read("xl/worksheets/sheet1.xml").decode()
    column = sheet.column["hoso.on_time_pct"]
    assert f"AND(ISNUMBER({column}6),{column}6&lt;0.95)" in rules


def test_heads_stay_in_view_and_on_every_page(desk, made):
    desk.put("a.yaml", report("xa-a"))
    sheet = made()
    xml = sheet.package.read("xl/worksheets/sheet1.xml").decode()
    assert 'topLeftCell="D6"' in xml
    assert "$A:$C" in sheet.package.read("xl/workbook.xml").decode()
