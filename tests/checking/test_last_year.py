"""What a report says of the same period of last year, held against last year's report in the archive."""

from __future__ import annotations

from datetime import date

import pytest

from validator import check, review
from validator.engine.join import choose_last_year
from validator.model.record import record
from validator.model.report import Period

HEAD = """ỦY BAN NHÂN DÂN
XÃ TÂN HÀ

BÁO CÁO
Công tác cải cách hành chính 6 tháng đầu năm 2025

II. KẾT QUẢ

"""
CLOSING = "\n\nTrên đây là báo cáo của UBND xã Tân Hà.\n"
FILED = """report:
  {{form: cchc, unit: {{id: tan-ha, name: Xã Tân Hà}}, period: {{kind: {kind}, from: {start}, to: {end}}}}}
hoso: {{{figures}}}
"""
HALF = {"kind": "half_year", "start": "2024-01-01", "end": "2024-06-30"}
QUARTER = {"kind": "quarter", "start": "2024-04-01", "end": "2024-06-30"}


@pytest.fixture
def told(tmp_path):
    """Check a report against an archive of versions; return the findings about last year."""

    def look(body, *figures, lang="vi", undecided=False, **period):
        archive = tmp_path / "archive"
        (archive / "tan-ha").mkdir(parents=True)
        days = period or HALF
        for number, each in enumerate(figures, start=1):
            name = f"cchc_{days['start']}_{days['end']}" + (f"_v{number}" if number > 1 else "") + ".yaml"
            (archive / "tan-ha" / name).write_text(FILED.format(figures=each, **days), encoding="utf-8")
        path = tmp_path / "a.txt"
        path.write_text(HEAD + body + CLOSING, encoding="utf-8")
        run = check(path, archive=archive, undecided=undecided, lang=lang)
        return [each for each in run.files[0].diagnostics if each.id.startswith("claims/last-year")]

    return look


PROSE = "Tổng số hồ sơ tiếp nhận: 1.600 hồ sơ, tăng so với cùng kỳ năm trước ({figure} hồ sơ)."
BEHIND = "Tổng số hồ sơ tiếp nhận là 1.600 hồ sơ, tăng so với {figure} hồ sơ của cùng kỳ."
COLON = "Tổng số hồ sơ tiếp nhận: 1.600 hồ sơ (cùng kỳ năm 2024: {figure} hồ sơ)."


@pytest.mark.parametrize("body", [PROSE, BEHIND, COLON])
def test_a_figure_that_last_years_report_does_not_bear_out_is_told_with_both_places(told, body):
    (found,) = told(body.format(figure="1.740"), "received: 1470")
    assert (found.id, found.severity.value) == ("claims/last-year-differs", "warning")
    here, there = found.fields
    assert (here.raw, there.raw) == ("1.740", "1470")
    assert here.path == there.path == "hoso.received"
    assert here.location.file.endswith("a.txt")
    assert there.location.file.endswith("cchc_2024-01-01_2024-06-30.yaml")


@pytest.mark.parametrize("body", [PROSE, BEHIND, COLON])
def test_a_figure_that_last_years_report_gives_agrees(told, body):
    assert told(body.format(figure="1.470"), "received: 1470", undecided=True) == []


def test_it_is_said_in_english_too(told):
    (found,) = told(PROSE.format(figure="1.740"), "received: 1470", lang="en")
    assert (
        found.title == "The figure of the same period of last year is 1.740 here, 1470 in last year's report"
    )


def test_a_figure_that_a_correction_gives_agrees(told):
    assert told(PROSE.format(figure="1.740"), "received: 1470", "received: 1740", undecided=True) == []


@pytest.mark.parametrize(("figures", "period"), [("resolved: 1400", HALF), ("received: 1470", QUARTER)])
def test_it_is_undecided_where_the_archive_has_no_such_field_or_report(told, figures, period):
    (found,) = told(PROSE.format(figure="1.740"), figures, undecided=True, **period)
    assert (found.id, found.verdict.value) == ("claims/last-year-unknown", "undecided")


@pytest.mark.parametrize(
    "body",
    [
        # Of the list or of its last part: nobody knows.
        "Tổng số hồ sơ tiếp nhận: 1.600 hồ sơ, trong đó 1.200 hồ sơ trực tuyến, tăng so với cùng kỳ (1.740).",
        "Tổng số hồ sơ tiếp nhận: 1.600 hồ sơ, tăng so với cùng kỳ quý trước (1.740 hồ sơ).",
        "Tổng số hồ sơ tiếp nhận: 1.600 hồ sơ (cùng kỳ năm 2023: 1.740 hồ sơ).",
        # Six months of last year are not last year.
        "Tổng số hồ sơ tiếp nhận: 1.600 hồ sơ (năm trước: 1.740 hồ sơ).",
        "Tổng số hồ sơ tiếp nhận: 1.600 hồ sơ, so với cùng kỳ năm trước tăng 174 hồ sơ.",
    ],
)
def test_what_may_be_of_something_else_is_not_held_against_it(told, body):
    assert told(body, "received: 1470", undecided=True) == []


def test_an_option_leaves_it_out(tmp_path, told):
    told(PROSE.format(figure="1.740"), "received: 1470")
    run = check(tmp_path / "a.txt", archive=tmp_path / "archive", ignore=["claims/last-year-differs"])
    assert not [each for each in run.files[0].diagnostics if each.id == "claims/last-year-differs"]


@record
class _Filed:
    period: Period


def test_the_same_period_of_last_year_is_known_by_its_days():
    period = Period(kind="half_year", start=date(2024, 12, 15), end=date(2025, 6, 14))
    same = _Filed(period=Period(kind="half_year", start=date(2024, 1, 1), end=date(2024, 6, 30)))
    others = [
        _Filed(period=Period(kind="quarter", start=date(2024, 4, 1), end=date(2024, 6, 30))),
        _Filed(period=Period(kind="half_year", start=date(2024, 7, 1), end=date(2024, 12, 31))),
        _Filed(period=Period(kind="half_year", start=date(2023, 1, 1), end=date(2023, 6, 30))),
    ]
    assert choose_last_year(period, others) is None
    assert choose_last_year(period, [*others, same]) is same
    assert choose_last_year(Period(), [same]) is None


STOOD = "Tổng số hồ sơ tiếp nhận: 1.600 hồ sơ (cùng kỳ năm trước {figure} hồ sơ)."


@pytest.mark.parametrize(("figure", "kind"), [("1.470", "tied"), ("1.740", "differs")])
def test_it_counts_among_the_figures_and_has_a_tick_mark(tmp_path, figure, kind):
    archive, path = filed(tmp_path), tmp_path / "a.txt"
    path.write_text(HEAD + STOOD.format(figure=figure) + CLOSING, encoding="utf-8")
    before = check(path).files[0].compared
    found = check(path, archive=archive, ticks=True).files[0]
    assert found.compared.figures == before.figures
    assert found.compared.decided == before.decided + 1
    ((mark,), (tie,)) = (
        [each for each in found.ticks.figures if each.text == figure],
        [each for each in found.ticks.ties if "1470" in [one.text for one in each.outside]],
    )
    assert mark.kind.value == kind
    assert tie.holds == (kind == "tied")


def test_a_review_holds_it_against_the_archive_as_well(tmp_path):
    archive, folder = filed(tmp_path), tmp_path / "in"
    folder.mkdir()
    (folder / "a.txt").write_text(HEAD + STOOD.format(figure="1.740") + CLOSING, encoding="utf-8")
    (detail,) = review(folder, archive=archive).details.values()
    (found,) = (each for each in detail.result.diagnostics if each.id.startswith("claims/last-year"))
    assert (found.id, [each.raw for each in found.fields]) == (
        "claims/last-year-differs",
        ["1.740", "1470"],
    )
    assert detail.result.compared.differ == 1
    (detail,) = review(folder).details.values()
    assert not [each for each in detail.result.diagnostics if each.id.startswith("claims/last-year")]


def test_a_review_finds_last_years_report_in_its_folders_too(tmp_path):
    folder = tmp_path / "in"
    folder.mkdir()
    (folder / "before.yaml").write_text(FILED.format(figures="received: 1470", **HALF), encoding="utf-8")
    (folder / "a.txt").write_text(HEAD + STOOD.format(figure="1.740") + CLOSING, encoding="utf-8")
    details = review(folder, period="2025-H1").details.values()
    told = [each.id for detail in details for each in detail.result.diagnostics]
    assert told.count("claims/last-year-differs") == 1


def filed(folder):
    """An archive with last year's report."""
    place = folder / "archive" / "tan-ha"
    place.mkdir(parents=True)
    text = FILED.format(figures="received: 1470", **HALF)
    (place / "cchc_2024-01-01_2024-06-30.yaml").write_text(text, encoding="utf-8")
    return folder / "archive"
