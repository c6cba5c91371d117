"""What the prose says wrongly is told unless a rule tells it of the very same figures."""

from __future__ import annotations

from typing import TYPE_CHECKING

from validator import check

if TYPE_CHECKING:
    from pathlib import Path

HEAD = """ỦY BAN NHÂN DÂN XÃ SƠN HÀ
BÁO CÁO
Công tác cải cách hành chính 6 tháng đầu năm 2024
I. CẢI CÁCH THỦ TỤC HÀNH CHÍNH
- Tổng số hồ sơ đã tiếp nhận: 25 hồ sơ.
- Hồ sơ đã giải quyết: 23 hồ sơ.
- Hồ sơ đang giải quyết: 1 hồ sơ.
"""


def _ids(folder: Path, text: str) -> list[str]:
    path = folder / "bao-cao.txt"
    path.write_text(HEAD + text, encoding="utf-8")
    run = check([path], packs=["cchc"])
    return sorted(found.id for found in run.files[0].diagnostics if found.verdict.value == "fail")


def test_figures_of_other_things_with_the_same_digits_are_other_figures(tmp_path: Path) -> None:
    alone = _ids(tmp_path, "")
    found = _ids(tmp_path, "Xã mở 25 lớp tập huấn, gồm 23 lớp trực tuyến và 1 lớp trực tiếp.")
    assert sorted([*alone, "claims/parts-differ-from-total"]) == found


def test_a_claim_stays_when_the_rule_about_other_figures_no_longer_fails(tmp_path: Path) -> None:
    text = "Xã mở 25 lớp tập huấn, gồm 23 lớp trực tuyến và 1 lớp trực tiếp."
    path = tmp_path / "bao-cao.txt"
    path.write_text(HEAD.replace(": 1 hồ sơ", ": 2 hồ sơ") + text, encoding="utf-8")
    run = check([path], packs=["cchc"])
    told = [found.id for found in run.files[0].diagnostics if found.verdict.value == "fail"]
    assert told == ["claims/parts-differ-from-total"]


def test_what_a_rule_tells_of_the_same_figures_is_told_once(tmp_path: Path) -> None:
    text = "- Tổng số hồ sơ đã tiếp nhận: 25 hồ sơ, gồm: trực tiếp 10 hồ sơ, trực tuyến 16 hồ sơ."
    found = _ids(tmp_path, text)
    assert "cchc/received-differs-from-channels" in found
    assert "claims/parts-differ-from-total" not in found
