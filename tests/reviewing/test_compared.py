"""A review says how much was looked at, and what it found in a document of no known form."""

from __future__ import annotations

from typing import TYPE_CHECKING

from validator import review
from validator.render.option import Options
from validator.render.review_plain import review_plain

if TYPE_CHECKING:
    from pathlib import Path

REPORT = """ỦY BAN NHÂN DÂN XÃ SƠN HÀ
BÁO CÁO
Công tác cải cách hành chính 6 tháng đầu năm 2024
I. CẢI CÁCH THỦ TỤC HÀNH CHÍNH
- Tổng số hồ sơ đã tiếp nhận: 25 hồ sơ.
- Hồ sơ đã giải quyết: 20 hồ sơ.
"""


def test_a_unit_in_which_nothing_was_found_says_in_how_many_figures(tmp_path: Path) -> None:
    (tmp_path / "xa-son-ha.txt").write_text(REPORT, encoding="utf-8")
    (unit,) = (found := review([tmp_path])).units
    assert 0 < unit.compared.decided <= unit.compared.figures == 2
    assert f"trong {unit.compared.decided}/2 con số" in review_plain(found, Options())


def test_a_cell_counts_the_rules_that_the_report_has_figures_for(tmp_path: Path) -> None:
    (tmp_path / "xa-son-ha.txt").write_text(REPORT, encoding="utf-8")
    (unit,) = review([tmp_path]).units
    tally = unit.tallies["hoso"]
    assert 0 < tally.decided < tally.asked
    assert not unit.tallies.keys() & {"hoso-commune", "hoso-district"}


def test_what_is_wrong_in_a_document_of_no_known_form_is_told(tmp_path: Path) -> None:
    (tmp_path / "xa-son-ha.txt").write_text(REPORT, encoding="utf-8")
    text = "THÔNG BÁO\nXã đã trả đúng hạn 45/50 hồ sơ, đạt 80%.\n"
    (tmp_path / "thong-bao.txt").write_text(text, encoding="utf-8")
    found = review([tmp_path])
    assert next(each.id for file in found.unread for each in file.diagnostics) == "claims/share-differs"
    assert "đúng hạn 45 trên 50 hồ sơ là 90,00% ≠ 80%" in review_plain(found, Options())
