"""``check --ticks``: what is written, what is said, and what is refused in one message."""

from __future__ import annotations

import json
import shutil
from pathlib import Path

import pytest

from validator.api import check
from validator.model.tick import TickKind
from validator.readers.given import Given

EXAMPLE = Path(__file__).parents[2] / "examples" / "documents" / "an-lac-2024.docx"


@pytest.mark.parametrize("name", ["out.docx", "out.html", "OUT.HTM"])
def test_a_copy_is_written_and_the_sum_is_said(given, tmp_path, run, name):
    plain, _, _ = run("check", given)
    before = given.read_bytes()
    code, out, _ = run("check", given, "--ticks", tmp_path / name)
    assert code == plain == 1
    assert given.read_bytes() == before
    assert (tmp_path / name).stat().st_size > 1000
    compared = check(given).files[0].compared
    words = f"con số = {compared.agree} khớp + {compared.differ} không khớp + {compared.open} chưa đối chiếu"
    assert words in out.splitlines()[-1]


def test_what_is_for_programs_stays_so(given, tmp_path, run):
    out_file = tmp_path / "out.html"
    _, out, err = run("check", given, "--ticks", out_file, "--format", "json", "--lang", "en")
    assert json.loads(out)
    assert " figures = " in err
    assert " no quantities" in err
    _, out, err = run("check", given, "--ticks", out_file, "-q")
    assert "con số = " not in out + err


def test_the_input_is_never_written_over(given, run):
    before = given.read_bytes()
    link = given.with_name("link.docx")
    link.symlink_to(given)
    for out in (given, link):
        code, _, err = run("check", given, "--ticks", out)
        assert (code, "[cli/output-is-input]" in err) == (2, True)
    assert given.read_bytes() == before


@pytest.mark.parametrize(
    ("out", "code"),
    [
        ("out.pdf", "copy-suffix"),
        ("out", "copy-suffix"),
        ("out.xlsx", "copy-format"),
        ("folder.html", "copy-taken"),
        ("nowhere/out.html", "cannot-write-file"),
    ],
)
def test_what_cannot_be_written_is_refused_before_anything_is_read(given, tmp_path, run, out, code):
    (tmp_path / "folder.html").mkdir()
    found, shown, err = run("check", given, "--ticks", tmp_path / out)
    assert (found, shown) == (2, "")
    assert f"[cli/{code}]" in err
    assert err.count("[cli/") == 1


def test_tick_marks_are_of_one_document(given, tmp_path, run):
    other = Path(shutil.copy(given, tmp_path / "other.docx"))
    report = tmp_path / "report.yaml"
    report.write_text("report: {form: demo}\n", encoding="utf-8")
    third = Path(shutil.copy(given, tmp_path / "third.docx"))
    for paths in ((given, other, third), (tmp_path,), (given, tmp_path), ("-",), (report,), (given, report)):
        code, _, err = run("check", *paths, "--ticks", tmp_path / "out.html")
        assert (code, "[cli/copy-one-report]" in err) == (2, True), paths
    code, _, err = run("check", given, "--no-claims", "--ticks", tmp_path / "out.html")
    assert (code, "[cli/ticks-without-claims]" in err) == (2, True)
    assert not (tmp_path / "out.html").exists()


NARRATIVE = (
    "ỦY BAN NHÂN DÂN XÃ MẪU ĐÔNG",
    "BÁO CÁO",
    "Kết quả thực hiện công tác cải cách hành chính năm 2024",
    "Trong năm, tổng số hồ sơ tiếp nhận giải quyết TTHC: 40 hồ sơ; hồ sơ đã giải quyết: 35 hồ sơ.",
)
ROWS = (
    ("STT", "Chỉ tiêu", "Đơn vị tính", "Số liệu"),
    ("3.2", "Kết quả giải quyết TTHC", "", ""),
    ("3.2.1", "Tổng số hồ sơ tiếp nhận giải quyết TTHC", "Hồ sơ", 41),
    ("3.2.1.1", "Hồ sơ đã giải quyết", "Hồ sơ", 35),
)


@pytest.fixture
def pair(tmp_path):
    """A narrative and its appendix in two files."""
    import docx
    import xlsxwriter

    made = docx.Document()
    for line in NARRATIVE:
        made.add_paragraph(line)
    made.save(tmp_path / "words.docx")
    with xlsxwriter.Workbook(str(tmp_path / "rows.xlsx")) as book:
        sheet = book.add_worksheet()
        for number, row in enumerate(ROWS):
            sheet.write_row(number, 0, row)
    return tmp_path / "rows.xlsx", tmp_path / "words.docx"


@pytest.mark.parametrize(
    ("out", "shown"),
    [
        ("out.docx", ["words.docx"]),
        ("out.xlsx", ["rows.xlsx"]),
        ("out.html", ["words.docx", "rows.xlsx"]),
    ],
)
def test_a_narrative_and_its_appendix_are_one_report(pair, tmp_path, run, out, shown):
    options = ("--form", "cchc", "--lang", "en")
    code, _, _ = run("check", *pair, *options)
    ended, told, _ = run("check", *pair, *options, "--ticks", tmp_path / out)
    assert ended == code
    last = told.splitlines()[-1]
    assert [name for name in ("words.docx", "rows.xlsx") if f"{name}: " in last] == shown
    assert (tmp_path / out).exists()


def test_the_figures_of_both_files_add_up_and_each_names_those_of_the_other(pair):
    given = Given(form="cchc")
    (found,) = check(pair, ticks=True, given=given).files
    assert found.parts
    both = (found.ticks, *found.ticks.beside)
    kinds = [sum(each.count(kind) for each in both) for kind in TickKind]
    compared = found.compared
    assert kinds[:3] == [compared.agree, compared.differ, compared.open]
    words, rows = both
    for one, other in ((words, "rows.xlsx"), (rows, "words.docx")):
        outside = {(Path(each.location.file).name, each.text) for tie in one.ties for each in tie.outside}
        assert {name for name, _ in outside} == {other}
        assert "35" in {text for _, text in outside}


def test_two_documents_that_are_no_one_report_have_no_copy(given, tmp_path, run):
    other = Path(shutil.copy(given, tmp_path / "other.docx"))
    code, out, err = run("check", given, other, "--ticks", tmp_path / "out.html", "--lang", "en")
    assert code == 2
    assert "other.docx" in out
    assert "not one report" in err
    assert not (tmp_path / "out.html").exists()


def test_without_a_readable_document_there_is_no_copy(tmp_path, run):
    broken = tmp_path / "broken.docx"
    broken.write_bytes(EXAMPLE.read_bytes()[:1000])
    code, _, err = run("check", broken, "--ticks", tmp_path / "out.html")
    assert code == 2
    assert "out.html" in err
    assert not (tmp_path / "out.html").exists()


def test_the_copy_and_another_output_do_not_share_a_file(given, tmp_path, run):
    out = tmp_path / "out.html"
    code, _, err = run("check", given, "--ticks", out, "--format", f"junit={out}")
    assert (code, "[cli/copy-taken]" in err) == (2, True)
