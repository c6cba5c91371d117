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
