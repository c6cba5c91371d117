"""The page to print: one report in the words of its readers, as HTML and for Word, the same every time."""

from __future__ import annotations

import html
import io
import re

import pytest

docx = pytest.importorskip("docx")

from validator.model.diagnostic import Compared, Diagnostic, FileResult, Label, RunResult  # noqa: E402
from validator.model.location import Location  # noqa: E402
from validator.model.record import evolve  # noqa: E402
from validator.model.verdict import Severity, Verdict  # noqa: E402
from validator.render.renderer import rendered  # noqa: E402


def words_of(page):
    """Return the words of a page, a line for each element."""
    body = page.partition("</style>")[2]
    lines = (" ".join(html.unescape(each).split()) for each in re.sub(r"<[^>]*>", "\n", body).split("\n"))
    return "".join(f"{line}\n" for line in lines if line)


def opened(data):
    return docx.Document(io.BytesIO(data))


def text_of(data):
    lines = []
    for item in opened(data).iter_inner_content():
        if hasattr(item, "rows"):
            lines += [
                " | ".join(cell.text.strip().replace("\n", " / ") for cell in row.cells) for row in item.rows
            ]
        else:
            lines.append(item.text)
    return "".join(line.rstrip() + "\n" for line in lines)


def run_of(*files, **more):
    return RunResult(version="1.2.3", files=files, **more)


CLEAN = FileResult(path="o/a/sach.docx", unit="Xã Sạch", compared=Compared(figures=12, agree=5))


@pytest.mark.parametrize("lang", ["vi", "en"])
def test_what_a_page_says(sample_run, options, golden, lang):
    golden(f"printed-html.{lang}.txt", words_of(rendered("html", sample_run, options(lang=lang))))
    golden(f"printed-docx.{lang}.txt", text_of(rendered("docx", sample_run, options(lang=lang))))


@pytest.mark.parametrize("form", ["html", "docx"])
def test_a_page_is_the_same_whenever_it_is_made(sample_run, options, form):
    assert rendered(form, sample_run, options()) == rendered(form, sample_run, options())


def test_a_page_needs_nothing_else_and_obeys_nothing(options):
    found = Diagnostic(
        id="a/b",
        severity=Severity.ERROR,
        verdict=Verdict.FAIL,
        title="<script>alert(1)</script>\x1b[31m \u202e",
        location=Location(file="sach.docx"),
    )
    page = rendered("html", run_of(evolve(CLEAN, diagnostics=(found,))), options())
    assert "&lt;script&gt;" in page
    assert not re.search(r"<script|src=|href=|url\(|@import|\x1b|\u202e", page)
    assert "default-src 'none'" in html.unescape(page)
    assert "@media print" in page
    assert "<script>alert(1)</script>" in text_of(
        rendered("docx", run_of(evolve(CLEAN, diagnostics=(found,))), options())
    )


@pytest.mark.parametrize("form", ["html", "docx"])
def test_nobody_reads_ids_or_folders(sample_run, options, form):
    page = rendered(form, sample_run, options())
    words = words_of(page) if form == "html" else text_of(page)
    assert "cchc/" not in words
    assert "read/" not in words
    assert "o/a/" not in (words_of if form == "html" else text_of)(rendered(form, run_of(CLEAN), options()))


@pytest.mark.parametrize("form", ["html", "docx"])
def test_a_clean_report_says_how_much_was_looked_at_and_not_that_it_is_right(options, form):
    page = rendered(form, run_of(CLEAN), options())
    words = words_of(page) if form == "html" else text_of(page)
    assert "Không thấy điều gì không khớp trong 5/12 con số; 7 con số còn lại chưa đối chiếu được" in words
    assert "đúng" not in words
    nothing = rendered(form, run_of(evolve(CLEAN, compared=Compared(figures=12))), options())
    assert "Chưa đối chiếu được con số nào" in (words_of(nothing) if form == "html" else text_of(nothing))


def test_in_a_report_of_two_files_the_other_one_is_named(options):
    here = Location(file="o/loi-van.docx", section="I.1", quote="tổng 5 hồ sơ")
    there = Location(
        file="o/phu-luc.xlsx", sheet="PL", cell="D42", table_title="BIỂU", row_label="Tổng", column_name="Số"
    )
    figures = (
        Label(path="a", label="Tổng", raw="5", location=here),
        Label(path="a", label="Tổng", raw="6", location=there),
    )
    told = {"id": "a/b", "severity": Severity.WARNING, "verdict": Verdict.FAIL, "title": "khác nhau"}
    file = FileResult(
        path=here.file,
        parts=(there.file,),
        compared=Compared(figures=2, differ=2),
        diagnostics=(
            Diagnostic(**told, location=here, fields=figures),
            Diagnostic(**told, location=there, fields=figures[1:]),
        ),
    )
    words = words_of(rendered("html", run_of(file), options()))
    assert "loi-van.docx, phu-luc.xlsx\n" in words
    assert "Mục I.1, “tổng 5 hồ sơ”\n" in words
    assert "Tổng: 6 (phu-luc.xlsx, trang tính PL, ô D42)\n" in words
    assert "phu-luc.xlsx, trang tính PL, ô D42, dòng “Tổng”, cột Số\n" in words


def test_findings_of_one_cause_name_each_other_and_explained_ones_stand_apart(sample_run, options):
    first, second, third = sample_run.files[0].diagnostics[:3]
    file = evolve(sample_run.files[0], diagnostics=(first, second, evolve(third, waiver="do làm tròn")))
    words = text_of(rendered("docx", run_of(file), options()))
    assert "Có thể cùng do một số liệu với mục 2." in words
    assert words.index("Nội dung không khớp đã được giải trình") < words.index("do làm tròn")


def test_what_stayed_undecided_is_listed_when_asked(sample_run, options):
    plain, asked = (words_of(rendered("html", sample_run, options(undecided=each))) for each in (False, True))
    line = "Nhiệm vụ trễ hạn nhiều hơn nhiệm vụ được giao: thiếu Nhiệm vụ được giao"
    assert line not in plain
    assert line in asked


def test_files_of_a_folder_that_are_no_reports_are_named(options):
    page = rendered("html", run_of(CLEAN, passed_over=("o/a/anh.png",)), options())
    assert "anh.png" in words_of(page)
    assert "o/a/" not in words_of(page)
