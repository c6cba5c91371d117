"""One run that every renderer is shown, and the golden files of what came out."""

from __future__ import annotations

import os
from pathlib import Path

import pytest

from validator.model.diagnostic import Compared, Diagnostic, FileResult, Label, RunResult
from validator.model.location import Location
from validator.model.verdict import Severity, Verdict
from validator.render.option import Options

GOLDEN = Path(__file__).parents[1] / "golden" / "render"
SOURCE = {
    ("ha-trung.yaml", 12): "  resolved: 794",
    ("ha-trung.yaml", 20): 'budget: {plan: "55,036 tỷ đồng", actual: "25,16 tỷ đồng", pct: "50,28%", note: "'
    + "số liệu đến hết kỳ báo cáo " * 4
    + '"}',
}


def _at(line, column, length, file="ha-trung.yaml"):
    return Location(file=file, line=line, column=column, end_column=column + length)


def _label(path, label, raw, line, column):
    return Label(path=path, label=label, raw=raw, location=_at(line, column, len(raw)))


RESOLVED = _label("hoso.resolved", "Hồ sơ đã giải quyết", "794", 12, 13)
RECEIVED = _label("hoso.received", "Tổng số hồ sơ đã tiếp nhận", "794", 10, 13)
EARLY = _label("hoso.early", "Giải quyết trước hạn", "677", 13, 10)
ON_TIME = _label("hoso.on_time", "Giải quyết đúng hạn", "113", 14, 12)
OVERDUE = _label("hoso.overdue", "Giải quyết quá hạn", "3", 15, 12)
PENDING = _label("hoso.pending", "Hồ sơ đang giải quyết", "1", 16, 12)
PLAN = _label("budget.plan", "Dự toán", "55,036 tỷ đồng", 20, 17)
ACTUAL = _label("budget.actual", "Thực hiện", "25,16 tỷ đồng", 20, 43)
SHARE = _label("budget.pct", "Tỷ lệ thực hiện", "50,28%", 20, 65)

HA_TRUNG = FileResult(
    path="ha-trung.yaml",
    compared=Compared(figures=78, agree=26, differ=4),
    unit="Thị trấn Hà Trung",
    period="năm 2023 (10/11/2022 – 10/11/2023)",
    form="cchc",
    diagnostics=(
        Diagnostic(
            id="cchc/resolved-differs-from-parts",
            severity=Severity.ERROR,
            verdict=Verdict.FAIL,
            title="Hồ sơ đã giải quyết không bằng tổng trước hạn, đúng hạn và quá hạn",
            explanation="794 ≠ 677 + 113 + 3 = 793",
            difference="1 hồ sơ",
            fields=(RESOLVED, EARLY, ON_TIME, OVERDUE),
            location=RESOLVED.location,
            help="Đối chiếu bốn số với sổ theo dõi hồ sơ, sửa số không khớp hoặc giải trình.",
            basis="Thông tư 01/2020/TT-VPCP, biểu II.06a, (7) = (8) + (9) + (10)",
            group="hoso.resolved",
        ),
        Diagnostic(
            id="cchc/received-differs-from-resolved-and-pending",
            severity=Severity.ERROR,
            verdict=Verdict.FAIL,
            title="Hồ sơ tiếp nhận không bằng đã giải quyết cộng đang giải quyết",
            explanation="794 ≠ 794 + 1 = 795",
            difference="1 hồ sơ",
            fields=(RECEIVED, RESOLVED, PENDING),
            location=RECEIVED.location,
            group="hoso.resolved",
        ),
        Diagnostic(
            id="cchc/budget-share-differs",
            severity=Severity.WARNING,
            verdict=Verdict.FAIL,
            reason="truncated",
            title="Tỷ lệ thực hiện dự toán không khớp",
            explanation="50,28% ≠ 25,16 tỷ đồng / 55,036 tỷ đồng = 45,72%",
            difference="4,56 điểm phần trăm",
            fields=(SHARE, ACTUAL, PLAN),
            location=SHARE.location,
            help="45,72% của 55,036 tỷ đồng là 25,16 tỷ đồng; 50,28% là 27,67 tỷ đồng.",
        ),
        Diagnostic(
            id="cchc/tasks-late-exceed-given",
            severity=Severity.ERROR,
            verdict=Verdict.UNDECIDED,
            reason="missing",
            title="Nhiệm vụ trễ hạn nhiều hơn nhiệm vụ được giao",
            explanation="thiếu Nhiệm vụ được giao",
            location=Location(file="ha-trung.yaml"),
        ),
    ),
)

APPENDIX = Location(
    file="bach-thong.docx",
    page=14,
    table=2,
    table_title="Phụ lục II",
    row=31,
    row_code="3.3.1",
    row_label="Tỷ lệ hồ sơ giải quyết đúng hạn",
    column_name="Số liệu",
    excerpt="3.3.1 | Tỷ lệ hồ sơ giải quyết đúng hạn | % | 49,14,52",
)

BACH_THONG = FileResult(
    path="bach-thong.docx",
    unit="Huyện Bạch Thông",
    diagnostics=(
        Diagnostic(
            id="read/not-a-number",
            severity=Severity.ERROR,
            verdict=Verdict.ERROR,
            title="“49,14,52” không đọc được thành số",
            location=APPENDIX,
            help="Viết lại con số, dùng dấu phẩy cho phần thập phân.",
        ),
    ),
)

UNREADABLE = FileResult(
    path="hong.yaml",
    judged=False,
    diagnostics=(
        Diagnostic(
            id="read/invalid-yaml",
            severity=Severity.ERROR,
            verdict=Verdict.ERROR,
            title="Tệp không phải YAML hợp lệ",
            explanation="thiếu dấu ngoặc vuông đóng [/b] \x1b[31m",
            location=Location(file="hong.yaml", line=3),
        ),
    ),
)

CLEAN = FileResult(
    path="sach.yaml", unit="Xã Sạch", period="năm 2023", compared=Compared(figures=12, agree=5)
)


def _source_line(file, line):
    return SOURCE.get((file, line))


@pytest.fixture(scope="session")
def sample_run():
    return RunResult(
        version="1.2.3",
        files=(HA_TRUNG, BACH_THONG, UNREADABLE, CLEAN),
        rules_loaded=40,
        applicable=120,
        decided=95,
        undecided=25,
        never_applied=("cchc/total-differs-from-communes", "cchc/carried-over-differs-from-prior-pending"),
    )


@pytest.fixture
def options():
    return lambda **changes: Options(source_line=_source_line, **changes)


@pytest.fixture
def golden():
    """Compare with a golden file; ``UPDATE_GOLDEN=1`` writes it."""

    def compare(name, text):
        path = GOLDEN / name
        if os.environ.get("UPDATE_GOLDEN"):
            path.parent.mkdir(parents=True, exist_ok=True)
            path.write_text(text, encoding="utf-8", newline="\n")
        assert text == path.read_text(encoding="utf-8")

    return compare
