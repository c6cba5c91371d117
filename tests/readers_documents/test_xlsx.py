import pytest

from validator.model.verdict import Severity
from validator.readers.number_format import shown

from .conftest import rewritten


def text(reference, content):
    return f'<c r="{reference}" t="inlineStr"><is><t>{content}</t></is></c>'


def number(reference, stored, style=0, formula=""):
    inside = f"<f>{formula}</f>" if formula else ""
    return f'<c r="{reference}" s="{style}">{inside}<v>{stored}</v></c>'


HEADER = text("A1", "STT") + text("B1", "Chỉ tiêu") + text("C1", "Số liệu")


@pytest.mark.parametrize(
    ("stored", "code", "expected"),
    [
        ("0.983", "0.0%", "98,3%"),
        ("0.983", "0%", "98%"),
        ("41.4", "0.0", "41,4"),
        ("41.4", "0.00", "41,40"),
        ("41.4", "General", "41,4"),
        ("0.30000000000000004", "General", "0,3"),
        ("6.4000000000000004", "0.0", "6,4"),
        ("1.15", "0.0", "1,2"),
        ("2.5", "0", "3"),
        ("-2.5", "0", "-3"),
        ("7161", "#,##0", "7.161"),
        ("1234567.891", "#,##0.00", "1.234.567,89"),
        ("121737000", "#,##0,", "121.737"),
        ("5", "00", "05"),
        ("0", "0", "0"),
        ("0", "#,##0;-#,##0;-", "0"),
        ("0", '_-* #,##0_-;-* #,##0_-;_-* "-"_-;_-@_-', "0"),
        ("0", '_(* #,##0.00_);_(* \\(#,##0.00\\);_(* "-"??_);_(@_)', "0"),
        ("0", "0;0;;@", "0"),
        ("5", ";;;", "5"),
        ("0", '0;-0;"none"', "0"),
        ("-21", "#,##0;(#,##0)", "-21"),
        ("-21", "#,##0;[Red]#,##0", "-21"),
        ("-1234.5", "_(* #,##0.00_);_(* \\(#,##0.00\\);_(@_)", "-1.234,50"),
        ("-5", "[>999]#,##0;0", "-5"),
        ("1234", "[>=1000]#,##0;0.0", "1.234"),
        ("12", "[>=1000]#,##0;0.0", "12,0"),
        ("21", '0"hs"', "21 hs"),
        ("1.5", "0." + "0" * 100, "1,5" + "0" * 29),
        ("1.5", "0." + "0" * 10_000, "1,5"),
        ("1e999999999", "0", "1e999999999"),
        ("21", "dd/mm/yyyy", "21/01/1900"),
        ("59", "dd/mm/yyyy", "28/02/1900"),
        ("60", "dd/mm/yyyy", "29/02/1900"),
        ("61", "dd/mm/yyyy", "01/03/1900"),
        ("21", "d/m/yy", "21/1/00"),
        ("1.5", "[h]:mm", "36:00"),
        ("-12", "#,##0;(#,##0)", "-12"),
        ("12", '0" hồ sơ"', "12 hồ sơ"),
        ("12.5", "0.##", "12,5"),
        ("12", "0.0#", "12,0"),
        ("1E+3", "General", "1000"),
        ("1.2E-2", "General", "0,012"),
        ("45170", "dd/mm/yyyy", "01/09/2023"),
        ("45170.75", "dd/mm/yyyy h:mm", "01/09/2023 18:00"),
        ("45170", "[$-42A]dd/mm/yyyy;@", "01/09/2023"),
        ("12", "[Red]0.0;[Blue]-0.0", "12,0"),
        ("12", "@", "12"),
        (
            "99999999999999999999999999999999999999999999999",
            "0",
            "99999999999999999999999999999999999999999999999",
        ),
        ("1E+999999", "0", "1E+999999"),
        ("not a number", "0", "not a number"),
    ],
)
def test_a_number_is_shown_as_its_format_writes_it(stored, code, expected):
    assert shown(stored, code) == expected


def test_cells_have_sheet_row_column_and_reference(read, make_xlsx):
    row = text("A2", "1.1") + text("B2", "Tỷ lệ") + number("C2", "0.983", style=1)
    found = read(make_xlsx({"Phụ lục II": [HEADER, row]}, formats=["0.0%"]))
    value = found.cell("98,3%")
    place = value.location
    assert (place.sheet, place.cell, place.row, place.column_name) == ("Phụ lục II", "C2", 2, "Số liệu")
    assert found.problems == ()


def test_a_formula_gives_its_kept_value_and_is_named(read, make_xlsx):
    row = text("A2", "1") + text("B2", "Tổng") + number("C2", "794", formula="SUM(C3:C5)")
    found = read(make_xlsx({"S": [HEADER, row]}))
    assert found.cell("794").formula == "=SUM(C3:C5)"


def test_a_formula_without_a_kept_value_is_a_finding(read, make_xlsx):
    row = text("A2", "1") + text("B2", "Tổng") + '<c r="C2"><f>SUM(C3:C5)</f></c>'
    found = read(make_xlsx({"S": [HEADER, row]}))
    assert found.codes == ["document/no-cached-value"]
    assert found.problems[0].location.cell == "C2"


def test_cells_that_share_a_formula_all_name_it(read, make_xlsx):
    first = text("A2", "1") + '<c r="C2"><f t="shared" ref="C2:C3" si="0">A2*2</f><v>2</v></c>'
    second = text("A3", "2") + '<c r="C3"><f t="shared" si="0"/><v>4</v></c>'
    found = read(make_xlsx({"S": [HEADER, first, second]}))
    assert found.cell("4").formula == "=A2*2"


def test_an_error_in_a_cell_is_a_finding_with_its_place(read, make_xlsx):
    row = text("A2", "1") + text("B2", "Tổng") + '<c r="C2" t="e"><f>A9/0</f><v>#REF!</v></c>'
    found = read(make_xlsx({"S": [HEADER, row]}))
    assert found.codes == ["document/cell-error"]
    assert found.cell("#REF!").location.cell == "C2"


def test_hidden_sheets_rows_and_columns_are_read_and_said(read, make_xlsx):
    rows = [HEADER, f'<row r="2" hidden="1">{text("A2", "1")}{text("B2", "Ẩn")}{number("C2", 5)}</row>']
    columns = '<col min="3" max="4" hidden="1"/>'
    found = read(make_xlsx({"S": rows, "T": [HEADER]}, columns=columns, states={"T": "hidden"}))
    assert found.cell("5").location.cell == "C2"
    assert found.codes == [
        "document/hidden-rows",
        "document/hidden-columns",
        "document/hidden-sheet",
        "document/hidden-columns",
    ]
    assert {problem.severity for problem in found.problems} == {Severity.INFO}


def test_a_row_below_others_is_told_as_hidden_by_its_own_number(read, make_xlsx):
    title = text("A1", "Biểu số liệu")
    hidden = f'<row r="4" hidden="1">{text("A4", "1")}{text("B4", "Ẩn")}{number("C4", 5)}</row>'
    flat = f'<row r="5" ht="0">{text("A5", "2")}{text("B5", "Dẹt")}{number("C5", 6)}</row>'
    found = read(make_xlsx({"S": [title, HEADER.replace("1", "3"), hidden, flat]}))
    assert [dict(each.args)["rows"] for each in found.problems] == ["4–5"]


@pytest.mark.parametrize(
    "settings", ['fullCalcOnLoad="1"', 'calcCompleted="0"', 'calcMode="manual" calcOnSave="0"']
)
def test_a_result_that_the_workbook_asks_to_work_out_anew_is_not_taken(read, make_xlsx, settings):
    rows = [HEADER, text("A2", "1") + text("B2", "Biên chế") + number("C2", 0, formula="20+1")]
    found = read(make_xlsx({"S": rows}, calculation=f"<calcPr {settings}/>"))
    assert found.codes == ["document/stale-value"]
    assert found.problems[0].location.cell == "C2"
    assert found.rows() == [["STT", "Chỉ tiêu", "Số liệu"], ["1", "Biên chế"]]


def test_a_result_that_was_worked_out_is_taken(read, make_xlsx):
    rows = [HEADER, text("A2", "1") + text("B2", "Biên chế") + number("C2", 21, formula="20+1")]
    found = read(make_xlsx({"S": rows}, calculation='<calcPr calcId="191029"/>'))
    assert (found.codes, found.rows()[1]) == ([], ["1", "Biên chế", "21"])


def test_what_is_struck_through_is_not_in_force_and_told_once(read, make_xlsx):
    runs = "<is><r><rPr><strike/></rPr><t>21</t></r><r><t>22</t></r></is>"
    shared = '<r><rPr><strike val="1"/></rPr><t>30</t></r><r><rPr><strike val="0"/></rPr><t>31</t></r>'
    rows = [
        HEADER,
        text("A2", "1") + f'<c r="C2" t="inlineStr">{runs}</c>',
        text("A3", "2") + '<c r="C3" t="s"><v>0</v></c>',
        text("A4", "3") + number("C4", 5, style=1) + text("D4", "x"),
    ]
    found = read(make_xlsx({"S": rows}, texts=[shared], struck_styles=[1], formats=["0"]))
    assert found.rows()[1:] == [["1", "22"], ["2", "31"], ["3", "x"]]
    assert [(each.code, dict(each.args)["cells"]) for each in found.problems] == [
        ("document/struck-cells", "C2, C3, C4")
    ]


def test_raised_digits_are_marks_and_no_part_of_the_number(read, make_xlsx):
    run = '<is><r><t>1.200</t></r><r><rPr><vertAlign val="superscript"/></rPr><t>1</t></r></is>'
    found = read(make_xlsx({"S": [HEADER, text("A2", "1") + f'<c r="C2" t="inlineStr">{run}</c>']}))
    assert found.rows()[1] == ["1", "1.200¹"]


@pytest.mark.parametrize(
    "cell",
    [
        '<c r="C2"><v>1e999999999</v></c>',
        '<c r="C2"><v>NaN</v></c>',
        '<c r="C2"><v>abc</v></c>',
        '<c r="C2" t="s"><v>-1</v></c>',
        '<c r="C2" t="s"><v>99999999999999999999</v></c>',
    ],
)
def test_a_cell_that_cannot_be_read_is_told_and_the_others_are_read(read, make_xlsx, cell):
    rows = [HEADER, text("A2", "1") + cell, text("A3", "2") + number("C3", 7)]
    found = read(make_xlsx({"S": rows}))
    assert found.codes == ["document/cell-unreadable"]
    assert found.problems[0].location.cell == "C2"
    assert found.cell("7").location.cell == "C3"


def test_a_damaged_part_costs_itself_alone(read, make_xlsx):
    path = make_xlsx({"S": [HEADER, text("A2", "1") + number("C2", 7)], "T": [HEADER]})
    damaged = rewritten(path, {"xl/worksheets/s2.xml": "<worksheet><sheetData>", "xl/styles.xml": "<x"})
    found = read(damaged)
    assert found.rows() == [["STT", "Chỉ tiêu", "Số liệu"], ["1", "7"]]
    assert [(each.code, each.args["part"]) for each in found.problems] == [
        ("document/part-lost", "xl/styles.xml"),
        ("document/part-lost", "xl/worksheets/s2.xml"),
    ]


def test_merged_cells_have_their_extent(read, make_xlsx):
    header = [
        text("A1", "STT") + text("B1", "Kết quả"),
        text("B2", "Đơn vị") + text("C2", "Số liệu"),
        text("A3", "1") + text("B3", "%") + number("C3", 5),
    ]
    merges = '<mergeCells><mergeCell ref="A1:A2"/><mergeCell ref="B1:C1"/></mergeCells>'
    found = read(make_xlsx({"S": header}, after=merges))
    assert (found.cell("STT").row_span, found.cell("Kết quả").column_span) == (2, 2)
    assert found.cell("5").location.column_name == "Số liệu"
    assert found.tables[0].header_rows == (0, 1)


def test_lines_above_a_table_are_its_title_and_letterhead(read, make_xlsx):
    rows = [
        text("A1", "UBND HUYỆN") + text("C1", "CỘNG HÒA"),
        text("A3", "BIỂU THỐNG KÊ"),
        text("A5", "STT") + text("B5", "Chỉ tiêu") + text("C5", "Số"),
        text("A6", "1") + text("B6", "Hồ sơ") + number("C6", 5),
        text("A7", "II. Phần hai"),
        text("A8", "2") + text("B8", "Việc") + number("C8", 6),
        text("A10", "3") + text("B10", "Người") + number("C10", 7),
    ]
    rows = [f'<row r="{place}">{row}</row>' for place, row in zip((1, 3, 5, 6, 7, 8, 10), rows, strict=True)]
    found = read(make_xlsx({"S": rows}, after='<mergeCells><mergeCell ref="A3:C3"/></mergeCells>'))
    assert found.texts == ["UBND HUYỆN", "CỘNG HÒA", "BIỂU THỐNG KÊ"]
    (table,) = found.tables
    assert table.title == "BIỂU THỐNG KÊ"
    assert found.cell("7").location.row == 10
    assert found.cell("7").location.column_name == "Số"


def test_shared_texts_of_several_runs_are_one_text(read, make_xlsx):
    texts = ["<t>Chỉ tiêu</t>", "<r><t>Hồ </t></r><r><t>sơ</t></r><rPh><t>x</t></rPh>"]
    row = '<c r="A2" t="s"><v>1</v></c><c r="B2" t="s"><v>0</v></c><c r="C2" t="s"><v>99</v></c>'
    found = read(make_xlsx({"S": [HEADER, row]}, texts=texts))
    assert found.rows()[1] == ["Hồ sơ", "Chỉ tiêu"]


def test_a_very_long_sheet_is_read_up_to_a_bound_and_said(read, make_xlsx, monkeypatch):
    from validator.readers import xlsx

    monkeypatch.setattr(xlsx, "MOST_CELLS", 30)
    rows = [number(f"A{row}", row) + number(f"B{row}", row) for row in range(1, 101)]
    found = read(make_xlsx({"S": rows}))
    assert found.codes == ["document/too-many-cells"]
    assert len(found.tables[0].cells) == 30


def test_the_real_appendix_keeps_its_decimals(read, corpus):
    found = read(corpus / "office" / "bach-thong-2023-phu-luc.xlsx")
    assert found.cell("98,3").location.cell == "D48"
    assert found.tables[0].header_rows == (0, 1)
