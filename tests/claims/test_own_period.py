"""Periods left in from another report, in reports written for the purpose."""

import pytest

FILLER = "\n".join(f"\nNội dung thứ {number} đã thực hiện đầy đủ.\n" for number in range(1, 16))


def report(title, data="", opening="", body="", closing=""):
    lines = [
        "BÁO CÁO",
        title,
        data,
        f"UBND phường Sông Mây báo cáo kết quả thực hiện {opening} như sau:",
        FILLER,
    ]
    return "\n\n".join(each for each in (*lines, body, closing) if each) + "\n"


def told(find, text):
    return [
        claim.reason
        for claim in find(text).claims
        if (claim.reason or "").endswith(("period", "period-differs"))
    ]


QUARTER = "Công tác cải cách hành chính quý III năm 2026"
YEAR = "Công tác cải cách hành chính năm 2024"


@pytest.mark.parametrize(
    ("parts", "expected"),
    [
        (
            {
                "title": QUARTER,
                "opening": "quý III năm 2026",
                "closing": "Trên đây là báo cáo quý III năm 2026.",
            },
            [],
        ),
        ({"title": QUARTER, "opening": "quý II năm 2026"}, ["period-differs"]),
        ({"title": QUARTER, "closing": "Trên đây là báo cáo quý II năm 2026."}, ["period-differs"]),
        ({"title": QUARTER, "closing": "Trên đây là báo cáo quý III năm 2025."}, ["period-differs"]),
        ({"title": QUARTER, "closing": "Trên đây là báo cáo công tác cải cách hành chính năm 2026."}, []),
        (
            {
                "title": QUARTER,
                "closing": "Trên đây là báo cáo quý III, phương hướng nhiệm vụ quý IV năm 2026.",
            },
            [],
        ),
        (
            {
                "title": "Kết quả quý II và 6 tháng đầu năm 2026",
                "closing": "Trên đây là báo cáo 6 tháng đầu năm 2026.",
            },
            [],
        ),
        ({"title": QUARTER, "body": "BIỂU SỐ LIỆU QUÝ II NĂM 2026"}, ["period-differs"]),
        # What is to come, or was to be mended, the months of the quarter, and the year so far.
        ({"title": QUARTER, "body": "IV. NHIỆM VỤ QUÝ IV NĂM 2026"}, []),
        ({"title": QUARTER, "body": "V. CÔNG VIỆC TRỌNG TÂM THÁNG 10 NĂM 2026"}, []),
        ({"title": QUARTER, "body": "KẾT QUẢ KHẮC PHỤC TỒN TẠI QUÝ II NĂM 2026"}, []),
        ({"title": QUARTER, "body": "KẾT QUẢ THÁNG 7 NĂM 2026"}, []),
        ({"title": QUARTER, "body": "BIỂU SỐ LIỆU 9 THÁNG NĂM 2026"}, []),
        ({"title": QUARTER, "closing": "Trên đây là báo cáo quý IV năm 2026."}, ["period-differs"]),
        ({"title": QUARTER, "body": "SO SÁNH VỚI CÙNG KỲ QUÝ III NĂM 2025"}, []),
        ({"title": QUARTER, "data": "(số liệu từ ngày 15/6/2026 đến ngày 14/9/2026)"}, []),
        (
            {"title": QUARTER, "data": "(số liệu từ ngày 15/3/2026 đến ngày 14/6/2026)"},
            ["window-differs-from-period"],
        ),
        ({"title": YEAR, "data": "(số liệu từ ngày 15/12/2023 đến ngày 14/12/2024)"}, []),
        (
            {"title": YEAR, "body": "Biên chế được giao năm 2023: 21 người; có mặt 20 người."},
            ["year-differs-from-period"],
        ),
        ({"title": YEAR, "body": "Biên chế được giao năm 2024: 21 người; có mặt 20 người."}, []),
        ({"title": YEAR, "body": "Biên chế được giao năm 2023: 21 người, năm 2024: 20 người."}, []),
        ({"title": YEAR, "body": "So với số được giao năm 2023: 21 người, biên chế giảm 01 người."}, []),
    ],
)
def test_a_period_left_in_is_told(find, parts, expected):
    assert told(find, report(**parts)) == expected
