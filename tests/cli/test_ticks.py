"""``check --ticks``: what is written, what is said, and what is refused in one message."""

from __future__ import annotations

import json
import shutil
from pathlib import Path

import pytest

from validator.api import check
from validator.cli.main import main

EXAMPLE = Path(__file__).parents[2] / "examples" / "documents" / "an-lac-2024.docx"


@pytest.fixture
def given(tmp_path):
    return Path(shutil.copy(EXAMPLE, tmp_path / "given.docx"))


def run(capsys, *args):
    code = main([str(each) for each in args])
    shown = capsys.readouterr()
    return code, shown.out, shown.err


@pytest.mark.parametrize("name", ["out.docx", "out.html", "OUT.HTM"])
def test_a_copy_is_written_and_the_sum_is_said(given, tmp_path, capsys, name):
    plain, _, _ = run(capsys, "check", given)
    before = given.read_bytes()
    code, out, _ = run(capsys, "check", given, "--ticks", tmp_path / name)
    assert code == plain == 1
    assert given.read_bytes() == before
    assert (tmp_path / name).stat().st_size > 1000
    compared = check(given).files[0].compared
    words = f"con số = {compared.agree} khớp + {compared.differ} không khớp + {compared.open} chưa đối chiếu"
    assert words in out.splitlines()[-1]


def test_what_is_for_programs_stays_so(given, tmp_path, capsys):
    out_file = tmp_path / "out.html"
    _, out, err = run(capsys, "check", given, "--ticks", out_file, "--format", "json", "--lang", "en")
    assert json.loads(out)
    assert " figures = " in err
    assert " no quantities" in err
    _, out, err = run(capsys, "check", given, "--ticks", out_file, "-q")
    assert "con số = " not in out + err


def test_the_input_is_never_written_over(given, capsys):
    before = given.read_bytes()
    link = given.with_name("link.docx")
    link.symlink_to(given)
    for out in (given, link):
        code, _, err = run(capsys, "check", given, "--ticks", out)
        assert (code, "[cli/output-is-input]" in err) == (2, True)
    assert given.read_bytes() == before


@pytest.mark.parametrize(
    ("out", "code"),
    [
        ("out.pdf", "ticks-suffix"),
        ("out", "ticks-suffix"),
        ("out.xlsx", "ticks-format"),
        ("folder.html", "ticks-taken"),
        ("nowhere/out.html", "cannot-write-file"),
    ],
)
def test_what_cannot_be_written_is_refused_before_anything_is_read(given, tmp_path, capsys, out, code):
    (tmp_path / "folder.html").mkdir()
    found, shown, err = run(capsys, "check", given, "--ticks", tmp_path / out)
    assert (found, shown) == (2, "")
    assert f"[cli/{code}]" in err
    assert err.count("[cli/") == 1


def test_tick_marks_are_of_one_document(given, tmp_path, capsys):
    other = Path(shutil.copy(given, tmp_path / "other.docx"))
    report = tmp_path / "report.yaml"
    report.write_text("report: {form: demo}\n", encoding="utf-8")
    for paths in ((given, other), (tmp_path,), ("-",), (report,)):
        code, _, err = run(capsys, "check", *paths, "--ticks", tmp_path / "out.html")
        assert (code, "[cli/ticks-one-document]" in err) == (2, True), paths
    code, _, err = run(capsys, "check", given, "--no-claims", "--ticks", tmp_path / "out.html")
    assert (code, "[cli/ticks-without-claims]" in err) == (2, True)
    assert not (tmp_path / "out.html").exists()


def test_without_a_readable_document_there_is_no_copy(tmp_path, capsys):
    broken = tmp_path / "broken.docx"
    broken.write_bytes(EXAMPLE.read_bytes()[:1000])
    code, _, err = run(capsys, "check", broken, "--ticks", tmp_path / "out.html")
    assert code == 2
    assert "out.html" in err
    assert not (tmp_path / "out.html").exists()


def test_the_copy_and_another_output_do_not_share_a_file(given, tmp_path, capsys):
    out = tmp_path / "out.html"
    code, _, err = run(capsys, "check", given, "--ticks", out, "--format", f"junit={out}")
    assert (code, "[cli/ticks-taken]" in err) == (2, True)
