import pytest

from validator.model.document import BlockKind


def p(text="", properties="", run=""):
    return f"<w:p><w:pPr>{properties}</w:pPr><w:r><w:rPr>{run}</w:rPr><w:t>{text}</w:t></w:r></w:p>"


def tc(content, properties=""):
    inside = content if content.startswith("<") else p(content)
    return f"<w:tc><w:tcPr>{properties}</w:tcPr>{inside}</w:tc>"


def tr(*cells, properties=""):
    return f"<w:tr><w:trPr>{properties}</w:trPr>{''.join(cells)}</w:tr>"


NUMBERING = """
<w:abstractNum w:abstractNumId="0">
  <w:lvl w:ilvl="0"><w:start w:val="1"/><w:numFmt w:val="upperRoman"/><w:lvlText w:val="%1."/></w:lvl>
  <w:lvl w:ilvl="1"><w:start w:val="1"/><w:numFmt w:val="decimal"/>
  <w:isLgl/><w:lvlText w:val="%1.%2."/></w:lvl>
  <w:lvl w:ilvl="2"><w:start w:val="1"/><w:numFmt w:val="lowerLetter"/><w:lvlText w:val="%3)"/></w:lvl>
</w:abstractNum>
<w:abstractNum w:abstractNumId="1">
  <w:lvl w:ilvl="0"><w:numFmt w:val="bullet"/><w:lvlText w:val="&#xF02D;"/></w:lvl>
</w:abstractNum>
<w:num w:numId="1"><w:abstractNumId w:val="0"/></w:num>
<w:num w:numId="2"><w:abstractNumId w:val="1"/></w:num>
<w:num w:numId="3"><w:abstractNumId w:val="0"/>
  <w:lvlOverride w:ilvl="0"><w:startOverride w:val="4"/></w:lvlOverride></w:num>
"""


def numbered(text, number=1, depth=0):
    return p(text, f'<w:numPr><w:ilvl w:val="{depth}"/><w:numId w:val="{number}"/></w:numPr>')


def test_automatic_numbering_gives_the_marker_that_word_prints(read, make_docx):
    body = (
        numbered("Chung")
        + numbered("Một", depth=1)
        + numbered("Hai", depth=1)
        + numbered("Văn bản", depth=2)
        + numbered("Kết quả")
        + numbered("Ba", depth=1)
        + numbered("Gạch đầu dòng", number=2)
        + numbered("Bắt đầu từ bốn", number=3)
    )
    found = read(make_docx(body, numbering=NUMBERING))
    assert [b.marker for b in found.blocks] == ["I.", "1.1.", "1.2.", "a)", "II.", "2.1.", "-", "IV."]
    assert found.blocks[3].location.section == "I.1.2.a"


def test_styles_make_headings_and_hand_their_numbering_down(read, make_docx):
    styles = """
    <w:style w:type="paragraph" w:styleId="H1"><w:name w:val="heading 1"/>
      <w:pPr><w:numPr><w:numId w:val="1"/></w:numPr></w:pPr></w:style>
    <w:style w:type="paragraph" w:styleId="Own"><w:basedOn w:val="H1"/></w:style>"""
    body = p("Chung", '<w:pStyle w:val="Own"/>') + p("Nội dung.")
    found = read(make_docx(body, numbering=NUMBERING, styles=styles))
    assert (found.blocks[0].kind, found.blocks[0].marker) == (BlockKind.HEADING, "I.")
    assert found.blocks[1].location.section == "I"


def test_tracked_changes_are_read_as_accepted(read, make_docx):
    body = (
        "<w:p><w:r><w:t>Có </w:t></w:r><w:del><w:r><w:delText>10</w:delText></w:r></w:del>"
        "<w:ins><w:r><w:t>12</w:t></w:r></w:ins><w:r><w:t> hồ sơ</w:t></w:r>"
        "<w:moveFrom><w:r><w:t> cũ</w:t></w:r></w:moveFrom></w:p>"
        "<w:p><w:pPr><w:rPr><w:del/></w:rPr></w:pPr><w:r><w:t>Nối </w:t></w:r></w:p>"
        "<w:p><w:r><w:t>liền.</w:t></w:r></w:p>"
    )
    assert read(make_docx(body)).texts == ["Có 12 hồ sơ", "Nối liền."]


def test_a_deleted_row_is_gone(read, make_docx):
    body = (
        "<w:tbl>"
        + tr(tc("STT"), tc("Số"))
        + tr(tc("1"), tc("5"), properties="<w:del/>")
        + tr(tc("1"), tc("6"))
        + "</w:tbl>"
    )
    assert read(make_docx(body)).rows() == [["STT", "Số"], ["1", "6"]]


def test_merged_cells_keep_their_place_and_extent(read, make_docx):
    restart, goes_on = '<w:vMerge w:val="restart"/>', "<w:vMerge/>"
    two = '<w:gridSpan w:val="2"/>'
    body = (
        p("BIỂU THỐNG KÊ SỐ LIỆU")
        + "<w:tbl>"
        + tr(tc("STT", restart), tc("Chỉ tiêu", restart), tc("Kết quả", two), properties="<w:tblHeader/>")
        + tr(tc("", goes_on), tc("", goes_on), tc("Đơn vị"), tc("Số liệu"), properties="<w:tblHeader/>")
        + tr(tc("1.1"), tc("Hồ sơ"), tc("Hồ sơ"), tc("794"))
        + "</w:tbl>"
    )
    found = read(make_docx(body))
    (table,) = found.tables
    assert (table.rows, table.columns, table.header_rows) == (3, 4, (0, 1))
    assert table.title == "BIỂU THỐNG KÊ SỐ LIỆU"
    assert (found.cell("STT").row_span, found.cell("Kết quả").column_span) == (2, 2)
    value = found.cell("794")
    assert (value.row, value.column) == (2, 3)
    assert (value.location.row, value.location.column_name) == (3, "Số liệu")


def test_a_letterhead_names_no_columns(read, make_docx):
    cells = tc("UBND XÃ A") + tc("CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM An Lạc, ngày 18 tháng 6 năm 2024")
    document = read(make_docx(f"<w:tbl>{tr(cells)}</w:tbl>")).document
    assert [cell.location.column_name for cell in document.blocks[0].cells] == [None, None]


def test_automatic_numbers_in_cells_are_part_of_what_the_page_shows(read, make_docx):
    body = "<w:tbl>" + tr(tc("TT"), tc("Số")) + tr(tc(numbered("")), tc("5")) + "</w:tbl>"
    assert read(make_docx(body, numbering=NUMBERING)).rows()[1] == ["I.", "5"]


def test_a_nested_table_follows_the_one_that_holds_it(read, make_docx):
    inner = "<w:tbl>" + tr(tc("a"), tc("1")) + "</w:tbl>"
    body = "<w:tbl>" + tr(tc(p("Ngoài") + inner), tc("2")) + "</w:tbl>"
    found = read(make_docx(body))
    assert found.rows(0) == [["Ngoài", "2"]]
    assert found.rows(1) == [["a", "1"]]


def test_a_text_box_is_read_once(read, make_docx):
    box = "<w:txbxContent>" + p("Trong hộp") + "</w:txbxContent>"
    body = (
        "<w:p><w:r><mc:AlternateContent>"
        f"<mc:Choice><w:drawing><wps:txbx>{box}</wps:txbx></w:drawing></mc:Choice>"
        f"<mc:Fallback><w:pict><v:textbox>{box}</v:textbox></w:pict></mc:Fallback>"
        "</mc:AlternateContent></w:r><w:r><w:t>Ngoài hộp</w:t></w:r></w:p>"
    )
    found = read(make_docx(body))
    assert [(b.kind, b.text) for b in found.blocks] == [
        (BlockKind.PARAGRAPH, "Ngoài hộp"),
        (BlockKind.TEXT_BOX, "Trong hộp"),
    ]


def test_footnotes_follow_the_paragraph_that_refers_to_them(read, make_docx):
    body = '<w:p><w:r><w:t>Theo kế hoạch</w:t></w:r><w:r><w:footnoteReference w:id="2"/></w:r></w:p>'
    notes = '<w:footnote w:id="0" w:type="separator">' + p("-") + "</w:footnote>"
    notes += '<w:footnote w:id="2">' + p("Kế hoạch số 13.") + "</w:footnote>"
    found = read(make_docx(body, footnotes=notes))
    assert [(b.kind, b.marker, b.text) for b in found.blocks] == [
        (BlockKind.PARAGRAPH, "", "Theo kế hoạch¹"),
        (BlockKind.FOOTNOTE, "1", "Kế hoạch số 13."),
    ]


def test_of_a_field_only_the_result_is_text(read, make_docx):
    def char(kind):
        return f'<w:r><w:fldChar w:fldCharType="{kind}"/></w:r>'

    body = (
        f"<w:p>{char('begin')}<w:r><w:instrText> =SUM(ABOVE) </w:instrText></w:r>{char('separate')}"
        f"<w:r><w:t>794</w:t></w:r>{char('end')}"
        '<w:fldSimple w:instr="PAGE"><w:r><w:t> hồ sơ</w:t></w:r></w:fldSimple></w:p>'
    )
    assert read(make_docx(body)).texts == ["794 hồ sơ"]


def test_links_and_content_controls_are_read_through(read, make_docx):
    body = (
        "<w:sdt><w:sdtContent><w:p><w:hyperlink><w:r><w:t>Có </w:t></w:r></w:hyperlink>"
        "<w:sdt><w:sdtContent><w:r><w:t>5</w:t></w:r></w:sdtContent></w:sdt></w:p></w:sdtContent></w:sdt>"
    )
    assert read(make_docx(body)).texts == ["Có 5"]


def test_tabs_hyphens_and_raised_digits_are_shown_as_on_the_page(read, make_docx):
    body = (
        "<w:p><w:r><w:t>91/QĐ</w:t><w:noBreakHyphen/><w:t>UB</w:t><w:softHyphen/><w:t>ND</w:t><w:tab/></w:r>"
        '<w:r><w:t>lĩnh vực</w:t></w:r><w:r><w:rPr><w:vertAlign w:val="superscript"/></w:rPr>'
        "<w:t>1</w:t></w:r></w:p>"
    )
    assert read(make_docx(body)).texts == ["91/QĐ-UBND\tlĩnh vực¹"]


def test_items_parted_by_line_breaks_are_items_of_their_own(read, make_docx):
    body = "<w:p><w:r><w:t>- Mới: 5</w:t><w:br/><w:t>- Cũ: 3</w:t></w:r></w:p>"
    assert read(make_docx(body)).texts == ["- Mới: 5", "- Cũ: 3"]


def test_entries_of_a_label_and_a_figure_are_lines_of_their_own(read, make_docx):
    body = "<w:p><w:r><w:t>Trực tuyến: 60 hồ sơ</w:t><w:br/><w:t>Trực tiếp: 45 hồ sơ</w:t></w:r></w:p>"
    assert read(make_docx(body)).texts == ["Trực tuyến: 60 hồ sơ", "Trực tiếp: 45 hồ sơ"]


def test_lines_that_follow_the_end_of_another_are_paragraphs_of_their_own(read, make_docx):
    lines = ["Trong đó:", "Mới: 5 hồ sơ;", "Cũ: 3 hồ sơ.", "Lời dài", "xuống dòng giữa câu"]
    body = f"<w:p><w:r>{'<w:br/>'.join(f'<w:t>{line}</w:t>' for line in lines)}</w:r></w:p>"
    assert read(make_docx(body)).texts == [*lines[:3], "Lời dài\nxuống dòng giữa câu"]


@pytest.mark.parametrize("run", ["<w:strike/>", "<w:dstrike/>", '<w:rStyle w:val="Bỏ"/>'])
def test_text_that_is_struck_through_is_not_in_force_and_told_once(read, make_docx, run):
    styles = '<w:style w:type="character" w:styleId="Bỏ"><w:rPr><w:strike/></w:rPr></w:style>'
    line = f"<w:p><w:r><w:rPr>{run}</w:rPr><w:t>21</w:t></w:r><w:r><w:t>22 hồ sơ</w:t></w:r></w:p>"
    kept = p("23 hồ sơ", run='<w:strike w:val="0"/>')
    found = read(make_docx(line + kept, styles=styles))
    assert found.texts == ["22 hồ sơ", "23 hồ sơ"]
    assert [(each.code, each.args["count"]) for each in found.problems] == [("document/struck-text", 1)]


def test_the_mark_of_a_note_stands_where_it_is_referred_to(read, make_docx):
    styles = (
        '<w:style w:type="character" w:styleId="Mark">'
        '<w:rPr><w:vertAlign w:val="superscript"/></w:rPr></w:style>'
    )
    note = '<w:footnote w:id="2"><w:p><w:r><w:t>Trong đó mới 1.000.</w:t></w:r></w:p></w:footnote>'
    body = (
        '<w:p><w:r><w:t>Tiếp nhận 1.200</w:t></w:r><w:r><w:rPr><w:rStyle w:val="Mark"/></w:rPr>'
        '<w:footnoteReference w:id="2"/></w:r><w:r><w:t> hồ sơ, cũ 30</w:t></w:r>'
        '<w:r><w:rPr><w:rStyle w:val="Mark"/></w:rPr><w:t>5</w:t></w:r></w:p>'
    )
    found = read(make_docx(body, styles=styles, footnotes=note))
    assert found.texts == ["Tiếp nhận 1.200¹ hồ sơ, cũ 30⁵", "1 Trong đó mới 1.000."]


def test_a_table_that_frames_one_text_in_a_cell_is_that_text(read, make_docx):
    framed = f"<w:tbl>{tr(tc(p('21')))}</w:tbl>" + p("")
    table = f"<w:tbl>{tr(tc(p('STT')), tc(p('Số liệu')))}{tr(tc(p('1')), tc(framed))}</w:tbl>"
    found = read(make_docx(table))
    assert (len(found.tables), found.rows()) == (1, [["STT", "Số liệu"], ["1", "21"]])


def test_hidden_text_is_left_out_and_said(read, make_docx):
    found = read(make_docx(p("Thấy") + p("ẩn", run="<w:vanish/>")))
    assert found.texts == ["Thấy"]
    assert found.codes == ["document/hidden-text"]


def test_a_font_before_unicode_is_converted(read, make_docx):
    font = '<w:rFonts w:ascii=".VnTime" w:hAnsi=".VnTime"/>'
    capitals = '<w:rFonts w:ascii=".VnTimeH" w:hAnsi=".VnTimeH"/>'
    vni = '<w:rFonts w:ascii="VNI-Times"/>'
    found = read(
        make_docx(p("Tæng sè hå s¬", run=font) + p("b¸o c¸o", run=capitals) + p("Toång soá", run=vni))
    )
    assert found.texts == ["Tổng số hồ sơ", "BÁO CÁO", "Tổng số"]
    assert found.codes == ["document/legacy-font", "document/legacy-font"]


def test_pages_are_counted_where_word_noted_them(read, make_docx):
    body = (
        p("Trang đầu.") + "<w:p><w:r><w:lastRenderedPageBreak/><w:t>Trang sau.</w:t></w:r></w:p>" + p("Nữa.")
    )
    found = read(make_docx(body))
    assert found.blocks[0].location.page == 1
    assert found.blocks[2].location.page == 2


def test_the_strict_form_of_the_format_is_read_too(read, make_docx, tmp_path):
    import zipfile

    path = make_docx(p("Chữ"))
    with zipfile.ZipFile(path) as package:
        parts = {name: package.read(name) for name in package.namelist()}
    strict = tmp_path / "strict.docx"
    with zipfile.ZipFile(strict, "w") as package:
        for name, content in parts.items():
            package.writestr(
                name,
                content.replace(
                    b"http://schemas.openxmlformats.org/wordprocessingml/2006/main",
                    b"http://purl.oclc.org/ooxml/wordprocessingml/main",
                ),
            )
    assert read(strict).texts == ["Chữ"]


@pytest.mark.parametrize(
    ("name", "tables", "rows"),
    [
        ("ha-trung-2023", 0, 0),
        ("bach-thong-2023", 1, 135),
        ("ben-quan-2024", 1, 18),
        ("cau-ke-6-thang-2023", 0, 0),
    ],
)
def test_real_documents_are_read_whole(read, corpus, name, tables, rows):
    found = read(corpus / "office" / f"{name}.docx")
    assert found.problems == ()
    assert len(found.tables) == tables
    assert max((table.rows for table in found.tables), default=0) == rows


def test_what_was_given_as_bytes_is_placed_in_the_file_it_is_called(make_docx):
    from validator.binding.submitted import read_submitted
    from validator.readers.given import Given

    body = p("BIỂU SỐ LIỆU") + "<w:tbl>" + tr(tc("STT"), tc("Số")) + tr(tc("1"), tc("5")) + "</w:tbl>"
    document = read_submitted(make_docx(body).read_bytes(), "xa.docx", {}, Given()).document
    places = [place for block in document.blocks for place in (block, *getattr(block, "cells", ()))]
    assert {each.location.file for each in places} == {"xa.docx"}
