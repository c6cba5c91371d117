"""Comments in Word documents stand at the number, or at its paragraph, and change nothing else."""

from __future__ import annotations

import io
import zipfile

import docx
import pytest

from validator.model.location import Location
from validator.model.record import evolve
from validator.model.verdict import Severity, Verdict
from validator.readers.formats import DOCX
from validator.render.annotate import NotAnnotatedError, annotated_copy

from .conftest import W, p, run, table, tc


def test_a_comment_covers_just_the_digits(make_docx, submitted):
    given = submitted(make_docx(p("Mở đầu."), p("Đã tiếp nhận 794 hồ sơ.")))
    copy = given.finding(given.at("794")).annotated()
    (note,) = copy.notes["794"]
    assert "[1] Lỗi: Không khớp lần 1" in note
    assert "794 ≠ 793" in note


@pytest.mark.parametrize(
    "runs",
    [
        (run("Có 7"), run("9", "<w:b/>"), run("4 hồ sơ")),
        (run("Có "), f"<w:ins>{run('7')}</w:ins>", run("94 hồ sơ")),
        (run("Có 7"), f"<w:del><w:r><w:delText>8</w:delText></w:r></w:del>{run('94 hồ sơ')}"),
        (run("Có "), f"<w:hyperlink>{run('79')}</w:hyperlink>", run("4 hồ sơ")),
        (run("Có 7\u200b"), run("94 hồ sơ")),
    ],
    ids=["bold", "inserted", "deleted", "link", "hidden character"],
)
def test_a_number_over_several_runs_is_covered_whole(make_docx, submitted, runs):
    given = submitted(make_docx(p(*runs)))
    copy = given.finding(given.at("794")).annotated()
    assert [text.replace("\u200b", "") for text in copy.notes] == ["794"]


def test_a_number_in_a_font_from_before_unicode(make_docx, submitted):
    old = '<w:rFonts w:ascii="VNI-Times"/>'
    given = submitted(make_docx(p(run("Toång soá 1.034 hoà sô", old)), p(run("Tæng sè", old), "794")))
    assert given.document.blocks[0].text.startswith("Tổng số 1.034")
    assert list(given.finding(given.at("1.034")).annotated().notes) == ["1.034"]


def test_the_look_of_a_run_that_is_parted_stays(make_docx, submitted):
    given = submitted(make_docx(p(run("Có 794 hồ sơ", '<w:b/><w:color w:val="FF0000"/>'))))
    copy = given.finding(given.at("794")).annotated()
    texts = {
        "".join(each.itertext()): [child.tag.rpartition("}")[2] for child in each.find(f"{{{W}}}rPr")]
        for each in copy.tree("word/document.xml").iter(f"{{{W}}}r")
        if each.find(f"{{{W}}}rPr") is not None
    }
    assert texts == {"Có ": ["b", "color"], "794": ["b", "color"], " hồ sơ": ["b", "color"]}


def test_the_result_of_a_field_is_a_number_like_any_other(make_docx, submitted):
    field = (
        '<w:r><w:fldChar w:fldCharType="begin"/></w:r><w:r><w:instrText>REF 794</w:instrText></w:r>'
        f'<w:r><w:fldChar w:fldCharType="separate"/></w:r>{run("794")}'
        '<w:r><w:fldChar w:fldCharType="end"/></w:r>'
    )
    given = submitted(make_docx(p("Có ", field, " hồ sơ")))
    assert list(given.finding(given.at("794")).annotated().notes) == ["794"]


def test_a_number_in_a_cell(make_docx, submitted):
    rows = table(
        (tc("STT"), tc("Chỉ tiêu"), tc("Số liệu"), tc("Ghi chú")),
        (tc("1"), tc("Tiếp nhận"), tc("794"), tc("có 12 trong 794 hồ sơ")),
        (tc("2"), tc("Giải quyết"), tc("794"), tc("")),
    )
    given = submitted(make_docx(p("BIỂU SỐ LIỆU"), rows))
    place = evolve(given.at("794").location, row=3, column_name="Số liệu", excerpt="Giải quyết: 794")
    copy = given.finding(given.label("794", place), given.at("12")).annotated()
    assert (set(copy.notes), copy.marked) == ({"794"}, ["12"])
    cells = list(copy.tree("word/document.xml").iter(f"{{{W}}}tc"))
    assert [
        place for place, cell in enumerate(cells) if cell.find(f".//{{{W}}}commentRangeStart") is not None
    ] == [10]


def test_merged_cells_and_nested_tables(make_docx, submitted):
    inner = table((tc("Phần"), tc("Số")), (tc("Trực tuyến"), tc("332")))
    rows = table(
        (tc("Chỉ tiêu", '<w:gridSpan w:val="2"/>'), tc("Số liệu")),
        (tc("Hồ sơ", '<w:vMerge w:val="restart"/>'), tc("Mới"), tc("451")),
        (tc("có 11 hồ sơ cũ", "<w:vMerge/>"), tc(f"{inner}<w:p/>"), tc("332")),
    )
    given = submitted(make_docx(p("BIỂU SỐ LIỆU"), rows))
    nested = given.document.blocks[2].cells[-1]
    copy = given.finding(given.label("332", nested.location), given.at("11")).annotated()
    assert (set(copy.notes), copy.marked) == ({"332"}, ["11"])
    inside = copy.tree("word/document.xml").findall(f".//{{{W}}}tbl//{{{W}}}tbl//{{{W}}}commentRangeStart")
    assert len(inside) == 1


def test_of_a_number_that_is_repeated_the_place_tells_which(make_docx, submitted):
    filler = " trong đó có nhiều việc phải làm tiếp theo kế hoạch đã được phê duyệt từ đầu năm của đơn vị"
    given = submitted(make_docx(p(f"Đầu năm có 12 hồ sơ,{filler}; cuối năm có 12 hồ sơ,{filler}.")))
    text = given.document.blocks[0].text
    second = evolve(
        given.document.blocks[0].location,
        excerpt="…" + text[text.rindex("12") - 40 : text.rindex("12") + 30] + "…",
    )
    copy = given.finding(given.label("12", second)).annotated()
    body = "".join(
        "|" if each.tag.endswith("commentRangeStart") and each.get(f"{{{W}}}id") == "1" else each.text or ""
        for each in copy.tree("word/document.xml").iter(f"{{{W}}}commentRangeStart", f"{{{W}}}t")
    )
    assert "cuối năm có |12" in body


def test_where_the_place_does_not_tell_which_the_paragraph_is_marked(make_docx, submitted):
    given = submitted(make_docx(p("Có 12 hồ sơ mới và 12 hồ sơ cũ.")))
    copy = given.finding(given.at("12")).annotated()
    assert list(copy.notes) == ["Có 12 hồ sơ mới và 12 hồ sơ cũ."]


def test_a_part_of_a_longer_number_is_no_occurrence(make_docx, submitted):
    given = submitted(make_docx(p("Có 1.034 hồ sơ, quá hạn 34, đạt 34,5%, tăng 134.")))
    copy = given.finding(given.label("34", given.document.blocks[0].location)).annotated()
    assert list(copy.notes) == ["34"]


def test_a_note_at_the_foot_is_commented_on_where_it_is_referred_to(make_docx, submitted):
    reference = '<w:r><w:footnoteReference w:id="2"/></w:r>'
    path = make_docx(
        p("Mở đầu."),
        p("Có hồ sơ quá hạn", reference),
        footnotes=f'<w:footnote w:id="2">{p("Gồm 15 hồ sơ đất đai.")}</w:footnote>',
    )
    given = submitted(path)
    copy = given.finding(given.at("15")).annotated()
    assert list(copy.notes) == ["Có hồ sơ quá hạn"]
    assert "word/footnotes.xml" not in copy.changed


def test_a_text_box_is_commented_on_where_it_is_tied(make_docx, submitted):
    box = (
        "<w:r><mc:AlternateContent><mc:Choice><w:drawing><wps:txbx><w:txbxContent>"
        f"{p('Tổng 82 thủ tục')}</w:txbxContent></wps:txbx></w:drawing></mc:Choice>"
        "</mc:AlternateContent></w:r>"
    )
    given = submitted(make_docx(p("Xem khung bên", box), p("Hết.")))
    copy = given.finding(given.at("82")).annotated()
    (text,) = copy.notes
    assert text.startswith("Xem khung bên")


def test_existing_comments_stay_and_ids_do_not_clash(tmp_path, submitted):
    written = docx.Document()
    paragraph = written.add_paragraph("Đã tiếp nhận 794 hồ sơ")
    for text in ("ý kiến một", "ý kiến hai"):
        written.add_comment(runs=paragraph.runs, text=text, author="Cán bộ", initials="CB")
    written.save(tmp_path / "report.docx")
    given = submitted(tmp_path / "report.docx")
    copy = given.finding(given.at("794")).annotated()
    texts = ["\n".join(each) for each in copy.comments.values()]
    assert len(texts) == 4
    assert texts[:2] == ["ý kiến một", "ý kiến hai"]
    assert "794" in copy.notes
    again = docx.Document(io.BytesIO(copy.data))
    assert sorted(each.author for each in again.comments) == ["Cán bộ", "Cán bộ", *["Kiểm tra số liệu"] * 2]


def test_all_other_parts_are_byte_identical(tmp_path, submitted):
    written = docx.Document()
    written.add_heading("BÁO CÁO")
    written.add_paragraph("Đã tiếp nhận 794 hồ sơ", style="List Bullet")
    written.sections[0].header.paragraphs[0].text = "Mật"
    written.save(tmp_path / "report.docx")
    given = submitted(tmp_path / "report.docx")
    copy = given.finding(given.at("794")).annotated()
    assert copy.changed == {"[Content_Types].xml", "word/document.xml", "word/_rels/document.xml.rels"}
    assert set(copy.package.namelist()) - set(copy.original.namelist()) == {"word/comments.xml"}
    assert "794" in copy.notes


def test_the_other_numbers_are_marked_and_one_finding_is_one_comment(make_docx, submitted):
    given = submitted(make_docx(p("Tiếp nhận 794 hồ sơ"), p("Giải quyết 677 hồ sơ"), p("Còn 113 hồ sơ")))
    given.finding(given.at("794"), given.at("677")).finding(given.at("677"), given.at("794"), given.at("113"))
    copy = given.annotated()
    assert {text: len(notes) for text, notes in copy.notes.items()} == {"794": 1, "677": 1}
    assert "[1] Lỗi: Không khớp lần 1" in copy.notes["794"][0]
    assert "lần 2" not in copy.notes["794"][0]
    assert "[2] Lỗi: Không khớp lần 2" in copy.notes["677"][0]
    assert copy.marked == ["113"]


def test_an_explained_finding_says_so(make_docx, submitted):
    given = submitted(make_docx(p("Tiếp nhận 794 hồ sơ")))
    given.finding(given.at("794"), severity=Severity.WARNING, waiver="Một hồ sơ rút lại.", help="Xem lại.")
    copy = given.annotated()
    (note,) = copy.notes["794"]
    assert "Cảnh báo (đã giải trình)" in note
    assert "Một hồ sơ rút lại." in note
    assert "Cần xem: Xem lại." in note
    assert "Trong đó đã giải trình: 1" in copy.summary


def test_what_has_no_place_is_told_at_the_top(make_docx, submitted):
    given = submitted(make_docx(p("BÁO CÁO"), p("Tiếp nhận 794 hồ sơ")))
    given.finding(title="Thiếu phụ lục")
    given.finding(given.label("5", Location(file="other.docx", paragraph=2)), title="Khác kỳ trước")
    given.finding(given.label("5", Location(file=str(given.path), paragraph=99)), title="Chỗ không có")
    copy = given.annotated()
    assert not copy.notes
    (key,) = copy.covered
    assert copy.covered[key] == "BÁO CÁO"
    for title in ("Thiếu phụ lục", "Khác kỳ trước", "Chỗ không có", "đoạn 99"):
        assert title in copy.summary
    assert "Phát hiện: 3 lỗi" in copy.summary


def test_only_what_fails_is_commented(make_docx, submitted):
    given = submitted(make_docx(p("Tiếp nhận 794 hồ sơ")))
    given.finding(given.at("794"), verdict=Verdict.UNDECIDED)
    copy = given.annotated()
    assert not copy.notes
    assert "Không khớp lần 1" not in copy.summary


def test_a_fault_of_reading_stands_at_what_it_quotes(make_docx, submitted):
    given = submitted(make_docx(p("Chi 49,14,52 tỷ đồng, đạt 49%")))
    place = given.document.blocks[0].location
    given.finding(location=place, title="Không đọc được số `49,14,52 tỷ đồng` ở 49%", explanation="")
    assert list(given.annotated().notes) == ["49,14,52"]


def test_a_line_of_a_paragraph_that_was_parted(make_docx, submitted):
    lines = "<w:r><w:t>- Mới: 451</w:t><w:br/><w:t>- Cũ: 11</w:t><w:br/><w:t>- Khác: 3</w:t></w:r>"
    given = submitted(make_docx(p(lines)))
    assert len(given.document.blocks) == 3
    copy = given.finding(given.at("11"), given.at("3", block="Khác: 3")).annotated()
    assert (set(copy.notes), copy.marked) == ({"11"}, ["3"])


def test_hostile_text_becomes_harmless(make_docx, submitted):
    given = submitted(make_docx(p("Tiếp nhận 794 hồ sơ")))
    title = "=cmd|' /C calc'!A0 <w:p>&amp;\x00\x1b[31m\u202e￾\ud800 ]]>"
    given.finding(given.at("794"), title=title, explanation="x" * 100_000, help="\n\n")
    copy = given.annotated()
    (note,) = copy.notes["794"]
    assert "<w:p>&amp;" in note
    assert "\u202e" not in note
    assert len(note) < 5_000


def test_very_many_comments_are_bounded_and_the_rest_is_told(make_docx, submitted):
    given = submitted(make_docx(*(p(f"Chỉ tiêu {number} hồ sơ") for number in range(1000, 1400))))
    for number in range(1000, 1400):
        given.finding(given.at(str(number)))
    copy = given.annotated()
    assert len(copy.notes) == 300
    assert "không có nhận xét riêng trong tài liệu: 100" in copy.summary
    assert "và 40 phát hiện khác" in copy.summary


def test_the_same_input_gives_the_same_bytes(make_docx, submitted):
    given = submitted(make_docx(p("Tiếp nhận 794 hồ sơ")))
    given.finding(given.at("794"))
    assert given.annotated().data == given.annotated().data


def test_english_words(make_docx, submitted):
    given = submitted(make_docx(p("Tiếp nhận 794 hồ sơ")))
    copy = given.finding(given.at("794")).annotated(lang="en")
    assert any(lines[0].startswith("[1] Error") for lines in copy.comments.values())


def test_a_document_without_a_paragraph_gets_one(make_docx, submitted):
    given = submitted(make_docx())
    copy = given.finding(title="Không có nội dung").annotated()
    assert "Không có nội dung" in copy.summary


@pytest.mark.parametrize("tag", ["<!DOCTYPE x [<!ENTITY a 'b'>]>", "<broken>"])
def test_what_readers_refuse_is_not_written(make_docx, submitted, tag):
    path = make_docx(p("794"))
    result = submitted(path).result
    rewritten(path, lambda name, content: tag.encode() + content if name == "word/document.xml" else content)
    assert refused_part(path.read_bytes(), result) == "word/document.xml"


@pytest.mark.parametrize("media_type", ["application/pdf", "text/plain", "application/msword"])
def test_formats_without_comments(media_type, make_docx, submitted):
    assert annotated_copy(b"%PDF-", media_type, submitted(make_docx(p("794"))).result, "vi") is None


def refused_part(data, result):
    """Return the part for whose sake no copy is made."""
    with pytest.raises(NotAnnotatedError) as raised:
        annotated_copy(data, DOCX, result, "vi")
    problem = raised.value.problem
    assert problem.code == (
        "document/not-annotated-part" if problem.args["part"] else "document/not-annotated"
    )
    assert problem.location.file == result.path
    return problem.args["part"]


def rewritten(path, change):
    """Write a package again, each part as *change* has it."""
    with zipfile.ZipFile(path) as package:
        parts = {name: package.read(name) for name in package.namelist()}
    with zipfile.ZipFile(path, "w") as package:
        for name, content in parts.items():
            package.writestr(name, change(name, content))
    return path


def test_a_document_of_no_known_language_is_left_alone(make_docx, submitted):
    path = make_docx(p("Tiếp nhận 794 hồ sơ"))
    rewritten(
        path, lambda name, content: content.replace(b"w:", b"") if name.endswith("ent.xml") else content
    )
    assert refused_part(path.read_bytes(), submitted(path).result) == "word/document.xml"


def test_a_list_of_types_that_is_broken_leaves_no_copy(make_docx, submitted):
    path = make_docx(p("Tiếp nhận 794 hồ sơ"))
    rewritten(path, lambda name, content: b"<Types" if name.startswith("[") else content)
    assert refused_part(path.read_bytes(), submitted(path).result) == "[Content_Types].xml"


@pytest.mark.parametrize("size", [0, 10, 400])
def test_a_package_that_was_cut_off_leaves_no_copy(make_docx, submitted, size):
    path = make_docx(p("Tiếp nhận 794 hồ sơ"))
    assert refused_part(path.read_bytes()[:size], submitted(path).result) == ""


@pytest.mark.parametrize("comments", [b"<w:comments", b"", b"<!DOCTYPE a [<!ENTITY b 'c'>]><a/>"])
def test_comments_of_its_own_that_are_broken_are_named(make_docx, submitted, comments):
    path = make_docx(p("Tiếp nhận 794 hồ sơ"), comments="")
    rewritten(path, lambda name, content: comments if name == "word/comments.xml" else content)
    assert refused_part(path.read_bytes(), submitted(path).result) == "word/comments.xml"
