"""Web pages under whatever name: their paragraphs, tables, and what they hide."""

import pytest

from validator.model.document import BlockKind
from validator.readers.kind import is_document

TABLE = (
    "<table><caption>Biểu 1</caption><thead><tr><th>STT</th><th>Chỉ tiêu</th><th>Số liệu</th></tr></thead>"
    "<tbody><tr><td>1</td><td>Biên chế</td><td>21</td></tr></tbody></table>"
)


def page(body, head='<meta charset="utf-8">'):
    return f"<html><head><title>Không đọc</title>{head}</head><body>{body}</body></html>"


@pytest.mark.parametrize("name", ["a.doc", "a.xls", "a.docx", "a.html", "a.htm", "a.txt", "a"])
@pytest.mark.parametrize(
    "before", ["", "\ufeff", "<!DOCTYPE html>\n", '<?xml version="1.0"?>', "<!-- x -->\n"]
)
def test_a_page_is_known_by_its_content(read, write, name, before):
    path = write((before + page("<p>Mới: 5</p>" + TABLE)).encode(), name)
    found = read(path)
    assert is_document(path)
    assert (found.codes, found.texts, found.rows()[1]) == ([], ["Mới: 5"], ["1", "Biên chế", "21"])


@pytest.mark.parametrize("name", ["a.md", "a.txt", "a.yaml"])
def test_a_text_that_begins_with_a_tag_is_no_page(read, write, name):
    path = write("<p>Mới: 5</p>\n", name)
    assert is_document(path) == (name != "a.yaml")
    assert read(path).document.media_type != "text/html"


def test_a_page_in_two_byte_characters_and_one_in_an_archive_are_read(read, write):
    wide = write(page("<p>Mới: 5</p>").encode("utf-16"), "wide.doc")
    mail = (
        'MIME-Version: 1.0\nContent-Type: multipart/related; boundary="x"\n\n--x\nContent-Type: text/html; '
        'charset="utf-8"\nContent-Transfer-Encoding: 8bit\n\n' + page("<p>Mới: 5</p>") + "\n--x--\n"
    )
    assert read(wide).texts == read(write(mail.encode(), "mail.doc")).texts == ["Mới: 5"]


def test_headings_lists_and_line_breaks_have_their_structure(read, write):
    body = (
        "<h1>Báo cáo</h1><p>Trong  \n đó:<br>- Mới: 5<br>- Cũ: 3</p><ol start=2><li>Hai</li><li>Ba</li>"
        "</ol><ul><li>Chấm</li></ul><div>Cuối<span> cùng</span></div>"
    )
    found = read(write(page(body), "a.html"))
    assert found.blocks[0].kind is BlockKind.HEADING
    assert found.texts[1:] == ["Trong đó:", "- Mới: 5", "- Cũ: 3", "2. Hai", "3. Ba", "- Chấm", "Cuối cùng"]


def test_spans_frames_and_the_title_of_a_table_are_kept(read, write):
    body = (
        "<table><tr><td>STT</td><td colspan=2>Số</td></tr><tr><td rowspan=2>1</td><td>5</td><td>6</td></tr>"
        "<tr><td>7</td><td><table><tr><td>8</td></tr></table></td></tr></table>"
    )
    found = read(write(page(body), "a.html"))
    assert len(found.tables) == 1
    assert [(cell.row, cell.column, cell.text) for cell in found.tables[0].cells] == [
        *[(0, 0, "STT"), (0, 1, "Số"), (1, 0, "1"), (1, 1, "5"), (1, 2, "6")],
        *[(2, 1, "7"), (2, 2, "8")],
    ]
    titled = read(write(page(TABLE), "b.html"))
    assert (titled.tables[0].title, titled.tables[0].header_rows) == ("Biểu 1", (0,))


def test_what_is_not_shown_or_struck_through_is_left_out_and_told(read, write):
    body = (
        "<p>Mới: <s>21</s> 22<sup>1</sup></p><p style='display:none'>Ẩn</p><script>var a = 5;</script>"
        "<p><span style='text-decoration: line-through'>30</span>31</p>"
    )
    found = read(write(page(body), "a.html"))
    assert found.texts == ["Mới: 22¹", "31"]
    assert [(each.code, each.args["count"]) for each in found.problems] == [
        ("document/hidden-text", 1),
        ("document/struck-text", 2),
    ]


@pytest.mark.parametrize(
    ("content", "code"),
    [
        (page("<div>" * 400 + "sâu 21"), "document/unsafe-xml"),
        ('MIME-Version: 1.0\nContent-Type: multipart/related; boundary="x"\n\n--x--\n', "document/damaged"),
    ],
)
def test_a_page_that_cannot_be_read_whole_is_refused_in_words(read, write, content, code):
    found = read(write(content, "a.doc"))
    assert (found.document, found.codes) == (None, [code])


def test_a_table_without_end_is_read_to_a_bound_and_that_is_told(read, write):
    rows = "<tr>" + "<td>1</td>" * 1500 + "</tr>"
    found = read(write(page(f"<table>{rows}</table>"), "a.html"))
    assert found.codes == ["document/too-many-cells"]
    assert len(found.tables[0].cells) == 1000
