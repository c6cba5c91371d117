"""``check --since``: what of an earlier version is mended, still there, and new."""

from __future__ import annotations

import json

import pytest

HEAD = """ỦY BAN NHÂN DÂN XÃ SƠN HÀ
BÁO CÁO
Công tác cải cách hành chính 6 tháng đầu năm 2024
I. KẾT QUẢ
Số hồ sơ đã tiếp nhận: 25 hồ sơ.
"""
OLD = f"""{HEAD}
Đến nay, xã giải quyết 200 thủ tục, gồm 112 thủ tục toàn trình, 57 thủ tục một phần và 32 thủ tục khác.
Trường đã sửa 38/40 phòng học, đạt 92%.
"""
NEW = f"""{HEAD}
Đến nay, xã giải quyết 201 thủ tục, gồm 112 thủ tục toàn trình, 57 thủ tục một phần và 32 thủ tục khác.
Trường đã sửa 38/40 phòng học, đạt 92%.
Trường có 40 lớp, gồm 21 lớp sáng và 17 lớp chiều.
"""


@pytest.fixture
def versions(tmp_path):
    old, new = tmp_path / "old.txt", tmp_path / "new.txt"
    old.write_text(OLD, encoding="utf-8")
    new.write_text(NEW, encoding="utf-8")
    return old, new


def test_mended_still_there_and_new_are_told(versions, run):
    old, new = versions
    code, out, _ = run("check", new, "--since", old, "--format", "plain")
    assert code == 1
    assert "Đã chỉnh sửa: 1, còn tồn tại: 1, mới phát sinh: 1, không còn căn cứ: 0" in out
    _, out, _ = run("check", new, "--since", old, "--format", "json")
    told = json.loads(out)
    assert (len(told["corrected"]), len(told["remaining"]), len(told["fresh"])) == (1, 1, 1)


def test_the_exit_code_is_that_of_what_is_open(versions, run):
    old, new = versions
    assert run("check", new, "--since", old, "--fail-on", "never")[0] == 0
    new.write_text(OLD.replace("200 thủ tục", "201 thủ tục").replace("92%", "95%"), encoding="utf-8")
    assert run("check", new, "--since", old)[0] == 0


@pytest.mark.parametrize(
    ("options", "code"),
    [
        (("--select", "claims/*"), "since-alone"),
        (("--format", "sarif"), "since-formats"),
        (("--format", "json=out.json"), "since-formats"),
        (("--annotate", "out.docx"), "since-alone"),
    ],
)
def test_what_two_versions_cannot_be_asked_is_refused(versions, run, options, code):
    old, new = versions
    found, out, err = run("check", new, "--since", old, *options)
    assert (found, out) == (2, "")
    assert f"[cli/{code}]" in err


def test_one_report_is_held_against_one(versions, run, tmp_path):
    old, new = versions
    for paths in ((new, old), (tmp_path,), ("-",), (old,)):
        code, _, err = run("check", *paths, "--since", old)
        assert (code, "[cli/since-one-report]" in err) == (2, True), paths
