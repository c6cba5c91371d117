"""The slip a unit gets: what it says, that it is the same every time, that nothing in it is obeyed."""

from __future__ import annotations

import io
import zipfile
from datetime import date

import pytest

docx = pytest.importorskip("docx")

from docx.oxml.ns import qn  # noqa: E402 - after it is known to be there

from validator.model.problem import ValidatorError  # noqa: E402
from validator.model.record import evolve  # noqa: E402
from validator.render.slip_docx import slip_docx  # noqa: E402

UNITS = ("an-lac", "binh-minh", "phu-loc", "dong-ha", "tan-tien", "x-1")


def slip(review, key):
    unit = next(unit for unit in review.units if unit.key == key)
    return slip_docx(unit, review.details.get(key), review)


def opened(data):
    return docx.Document(io.BytesIO(data))


def text_of(data):
    """Paragraphs and tables in the order of the page, a cell's paragraphs after ``/``."""
    lines = []
    for item in opened(data).iter_inner_content():
        if hasattr(item, "rows"):
            lines += [
                " | ".join(cell.text.strip().replace("\n", " / ") for cell in row.cells) for row in item.rows
            ]
        else:
            lines.append(item.text)
    return "".join(line.rstrip() + "\n" for line in lines)


def tables(data):
    return [table for table in opened(data).tables if table.style.name == "Table Grid"]


@pytest.mark.parametrize("lang", ["vi", "en"])
@pytest.mark.parametrize("key", UNITS)
def test_what_a_slip_says(sample_review, golden_review, key, lang):
    golden_review(f"slip-{key}.{lang}.txt", text_of(slip(sample_review(lang), key)))


@pytest.mark.parametrize("key", UNITS)
def test_a_slip_is_the_same_whenever_it_is_made(sample_review, key):
    assert slip(sample_review("vi"), key) == slip(sample_review("vi"), key)


def test_no_clock_is_read(sample_review):
    data = slip(sample_review("vi"), "an-lac")
    with zipfile.ZipFile(io.BytesIO(data)) as package:
        assert {entry.date_time for entry in package.infolist()} == {(1980, 1, 1, 0, 0, 0)}
    assert opened(data).core_properties.created.date() == date(2024, 6, 14)


def test_the_table_keeps_the_order_of_the_form_and_has_room_for_the_answer(sample_review):
    review = sample_review("vi")
    asked = [found for found in review.details["an-lac"].result.diagnostics if found.verdict.value == "fail"]
    rows = tables(slip(review, "an-lac"))[0].rows[1:]
    assert [row.cells[2].paragraphs[0].text for row in rows] == [found.title for found in asked[:3]]
    assert {row.cells[-1].text for row in rows} == {""}


def test_figures_are_to_be_checked_never_altered_unseen(sample_review):
    rows = tables(slip(sample_review("vi"), "phu-loc"))[0].rows[1:]
    asked = [row.cells[4].paragraphs[0].text for row in rows]
    assert asked == ["Kiểm tra lại, chỉnh sửa nếu chưa đúng.", "Kiểm tra lại hoặc giải trình."]


def test_the_head_of_a_table_comes_again_on_every_page_and_rows_stay_whole(sample_review):
    for table in tables(slip(sample_review("vi"), "binh-minh")):
        head, *rows = (row._tr.trPr for row in table.rows)
        assert head.find(qn("w:tblHeader")) is not None
        assert all(row.find(qn("w:cantSplit")) is not None for row in (head, *rows))
        assert all(row.find(qn("w:tblHeader")) is None for row in rows)


def test_a_value_that_is_missing_from_the_report_itself_is_not_asked_for(sample_review):
    text = text_of(slip(sample_review("vi"), "an-lac"))
    assert "Tỷ lệ trực tuyến toàn trình" not in text
    assert "2/5 xã chưa có báo cáo đọc được: Xã Đông Hà, Xã Tân Tiến" in text


def test_what_a_document_says_is_never_obeyed(sample_review, sample):
    data = slip(sample_review("vi"), "x-1")
    with zipfile.ZipFile(io.BytesIO(data)) as package:
        xml = package.read("word/document.xml").decode()
    assert "<script>" not in xml
    assert "&lt;script&gt;alert(1)&lt;/script&gt;" in xml
    assert not set("\u202e\u200f\x07\x1b\x00") & set(xml)
    assert sample.FORMULA in text_of(data)


@pytest.mark.parametrize("text", ["\ufffe", "\uffff", "\ud800", "\x00", "\U0001fffe"])
def test_characters_that_no_xml_may_hold_do_not_stop_a_slip(sample_review, text):
    review = sample_review("vi")
    unit = next(unit for unit in review.units if unit.key == "an-lac")
    odd = evolve(unit, unit=evolve(unit.unit, name=f"Xã {text} A"))
    assert "Kính gửi: Ủy ban nhân dân xã " in text_of(slip_docx(odd, review.details["an-lac"], review))


def test_a_report_in_which_all_agrees_is_told_so(sample_review):
    review = sample_review("vi")
    unit = evolve(review.units[0], notes=())
    detail = review.details["an-lac"]
    clean = evolve(detail, result=evolve(detail.result, diagnostics=()))
    for known in (clean, None):
        text = text_of(slip_docx(unit, known, review))
        assert "THÔNG BÁO KẾT QUẢ" in text
        assert "Chưa phát hiện số liệu không khớp" in text


def test_thousands_of_findings_fit(sample):
    review = sample.many_findings(2000)
    assert len(tables(slip(review, "binh-minh"))[0].rows) == 2001


def test_a_missing_extra_says_what_to_install(sample_review, monkeypatch):
    monkeypatch.setattr("validator.render.package.find_spec", lambda name: None)
    with pytest.raises(ValidatorError) as raised:
        slip(sample_review("vi"), "an-lac")
    assert raised.value.problem.code == "document/missing-extra"
    assert raised.value.problem.args["extra"] == "documents"
