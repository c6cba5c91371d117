"""Lists, clauses and small reports by many hands: every figure that is bound, and none else."""

from pathlib import Path

import pytest
import yaml

HEADS = {
    "commune": "UBND XÃ AN LẠC\n\nAn Lạc, ngày 12 tháng 12 năm 2024",
    "district": "UBND HUYỆN SƠN HÀ\n\nSơn Hà, ngày 12 tháng 12 năm 2024",
}
TITLE = "\n\n# BÁO CÁO\n\nCông tác cải cách hành chính {period}\n\n## II. KẾT QUẢ\n\n### {under}\n\n"
CASES = yaml.safe_load(Path(__file__).with_name("narratives.yaml").read_text(encoding="utf-8"))
# Of the figures of the cases written before the reading of lists was, so many of a hundred are to be found.
LEAST_FOUND = 95


def document(case):
    if "level" not in case:
        return case["text"]
    period = case.get("period", "năm 2024")
    return HEADS[case["level"]] + TITLE.format(period=period, under=case["under"]) + case["text"]


def name_of(case):
    return case.get("name") or " ".join(case["text"].split()[:8])


@pytest.mark.parametrize("case", CASES, ids=name_of)
def test_the_figures_of_a_narrative_are_bound_and_no_others(case, read_text):
    found = read_text(document(case)).report.cells
    bound = {path: [cell.raw for cell in cells] for path, cells in found.items() if path != "document.date"}
    assert bound == case["cells"]


def test_nearly_all_figures_of_cases_written_beforehand_are_found():
    cases = [case for case in CASES if case["hand"] == "before"]
    found, missed = (
        sum(len(each) for case in cases for each in case.get(kind, {}).values())
        for kind in ("cells", "missed")
    )
    assert found * 100 >= LEAST_FOUND * (found + missed)


def test_a_report_that_contradicts_its_appendix_is_not_called_clean(tmp_path):
    from validator import check

    (case,) = (case for case in CASES if name_of(case) == "commune, contradicts its appendix")
    path = tmp_path / "report.md"
    path.write_text(document(case), encoding="utf-8")
    found = [each.id for each in check([path], claims=False, undecided=False).files[0].diagnostics]
    assert len([each for each in found if each.endswith("restated-differently")]) == 2


def test_a_period_is_found_in_a_title_that_breaks(read_text):
    text = HEADS["commune"] + "\n\n# BÁO CÁO\n\nCông tác cải cách hành chính 6 tháng đầu\n\nnăm 2024\n"
    assert read_text(text).report.period.kind == "half_year"


@pytest.mark.parametrize(
    ("days", "kind"),
    [("15/12/2023 đến ngày 14/6/2024", "half_year"), ("15/12/2023 đến ngày 10/11/2024", "year")],
)
def test_the_days_of_the_data_say_how_long_the_period_is(days, kind, read_text):
    text = HEADS["commune"] + "\n\n# BÁO CÁO\n\nCông tác cải cách hành chính năm 2024\n\n"
    period = read_text(text + f"(Số liệu từ ngày {days})\n").report.period
    assert period.kind == kind


def test_the_levels_of_a_row_do_not_restrict_running_text(read_text):
    case = {"level": "district", "under": "2. Cải cách TTHC", "text": "- Số hồ sơ đã giải quyết: 90 hồ sơ"}
    assert [each.raw for each in read_text(document(case)).report.cells["hoso.resolved"]] == ["90"]


def test_a_field_of_rows_is_not_meant_by_a_clause_that_only_resembles_it(read_text):
    text = "- Tiếp nhận qua BCCI: 12 hồ sơ; tiếp nhận trực tuyến toàn trình: 10 hồ sơ"
    case = {"level": "commune", "under": "2. Cải cách TTHC", "text": text}
    assert not [path for path in read_text(document(case)).report.cells if path.startswith("hoso.table")]


def test_a_long_list_is_read_line_by_line(read_text):
    lines = "\n".join(f"- Thôn {each} tiếp nhận {each} hồ sơ" for each in range(300))
    case = {"level": "commune", "under": "2. Cải cách TTHC", "text": lines}
    assert set(read_text(document(case)).report.cells) == {"document.date"}
