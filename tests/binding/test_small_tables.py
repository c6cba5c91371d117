"""Small tables in the body of a report: their figures are bound where their shape tells, else counted."""

import pytest

HEAD = """UBND XÃ AN LẠC

# BÁO CÁO

Công tác cải cách hành chính năm 2024

(Số liệu tính từ ngày 15/12/2023 đến ngày 14/12/2024)

## II. KẾT QUẢ

Kết quả như sau:

"""
ASSIGNED, PRESENT = "Tổng số biên chế được giao trong năm", "Tổng số biên chế có mặt tại thời điểm báo cáo"


def table(*rows):
    return HEAD + "".join(f"| {' | '.join(row)} |\n" for row in rows) + "\nTrên đây là báo cáo.\n"


@pytest.mark.parametrize(
    "rows",
    [
        ((ASSIGNED, "21"), (PRESENT, "22")),
        ((ASSIGNED, PRESENT), ("21", "22")),
        (("Chỉ tiêu", "Năm 2023", "Năm 2024"), (ASSIGNED, "19", "21"), (PRESENT, "20", "22")),
        (("Nội dung", "Số lượng"), (ASSIGNED, "21"), (PRESENT, "22")),
    ],
    ids=["pairs", "columns", "years", "headed"],
)
def test_labels_and_figures_side_by_side_are_bound(read_text, rows):
    found = read_text(table(*rows))
    assert {path: cells[0].raw for path, cells in found.report.cells.items()} == {
        "staff.assigned": "21",
        "staff.present": "22",
    }
    assert (found.reach.rows, found.reach.rows_bound) == (2, 2)


HEADED = (
    ("STT", "Chỉ tiêu thống kê", "Đơn vị tính", "Số liệu"),
    ("4", "Cải cách tổ chức bộ máy", "", ""),
    ("4.1", ASSIGNED, "Người", "21"),
)


def page(*parts):
    """Return a web page of the head and the parts: tables of rows, or texts."""
    head = "".join(f"<p>{line.lstrip('# ')}</p>" for line in HEAD.splitlines() if line)
    return f"<html><body>{head}{''.join(map(_element, parts))}</body></html>"


def _element(part):
    if isinstance(part, str):
        return f"<p>{part}</p>"
    rows = ("".join(f"<td>{text}</td>" for text in row) for row in part)
    return f"<table>{''.join(f'<tr>{row}</tr>' for row in rows)}</table>"


@pytest.mark.parametrize(
    "further",
    [
        [(("4.2", PRESENT, "Người", "22"),)],
        [(("5", "Kế hoạch", "", ""),), (("4.2", PRESENT, "Người", "22"),)],
    ],
    ids=["once", "twice"],
)
def test_a_table_that_goes_on_without_its_header_has_the_columns_of_the_one_above(read_text, further):
    found = read_text(page(HEADED, *further), "report.html")
    present = found.report.cells["staff.present"]
    assert [(cell.raw, cell.location.table) for cell in present] == [("22", 1 + len(further))]
    assert found.reach.rows == found.reach.rows_bound == 2


@pytest.mark.parametrize(
    "below",
    [
        ((("4.2", PRESENT, "Người", "22", "", ""),),),
        ("Các số liệu khác được nêu dưới đây.", (("4.2", PRESENT, "Người", "22"),)),
    ],
    ids=["other-columns", "text-between"],
)
def test_a_table_that_does_not_go_on_has_no_columns_of_another(read_text, below):
    found = read_text(page(HEADED, *below), "report.html")
    assert "staff.present" not in found.report.cells
    assert [each.raw for each in found.reach.unbound] == ["22"]


@pytest.mark.parametrize(
    ("rows", "count"),
    [
        (
            (
                ("TT", "Lĩnh vực", "Tiếp nhận", "Trả"),
                ("1", "Đất đai", "100", "90"),
                ("2", "Hộ tịch", "50", "50"),
            ),
            4,
        ),
        ((("Khu vực", "Quý I", "Quý II"), ("Thôn Đông", "12", "13"), ("Thôn Đoài", "14", "15")), 4),
        ((("21",),), 1),
    ],
    ids=["matrix", "periods", "alone"],
)
def test_figures_of_other_tables_are_counted(read_text, rows, count):
    reach = read_text(table(*rows)).reach
    assert (reach.figures, reach.figures_bound, len(reach.unbound)) == (count, 0, count)
