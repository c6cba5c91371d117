from validator.model.document import BlockKind
from validator.readers.outline import sections


def test_headings_have_their_number_as_marker_and_their_depth_as_level(read, write):
    found = read(write("I. TÌNH HÌNH\n\n1. Thể chế\n\na) Văn bản\n\nĐã ban hành 3 văn bản.\n\nII. KẾT QUẢ\n"))
    assert [(b.kind, b.marker, b.level, b.location.section) for b in found.blocks] == [
        (BlockKind.HEADING, "I.", 1, "I"),
        (BlockKind.HEADING, "1.", 2, "I.1"),
        (BlockKind.HEADING, "a)", 3, "I.1.a"),
        (BlockKind.PARAGRAPH, "", 0, "I.1.a"),
        (BlockKind.HEADING, "II.", 1, "II"),
    ]


def test_a_number_of_several_parts_is_not_repeated_in_the_section(read, write):
    found = read(write("II. KẾT QUẢ\n\n2. Thủ tục\n\n2.1. Rà soát\n\nCó 23 thủ tục.\n"))
    assert found.blocks[-1].location.section == "II.2.1"


def test_markdown_marks_are_not_part_of_the_text_but_columns_count_them(read, write):
    found = read(write("#### **II. KẾT QUẢ**\n\nĐạt **96,79%** và $470/824 = 57\\%$.\n"))
    heading, paragraph = found.blocks
    assert (heading.marker, heading.text) == ("II.", "KẾT QUẢ")
    assert paragraph.text == "Đạt 96,79% và 470/824 = 57%."
    place = paragraph.location_at(paragraph.text.index("96,79"), paragraph.text.index("96,79") + 6)
    assert (place.line, place.column, place.end_column) == (3, 7, 13)
    assert paragraph.location_at(paragraph.text.index("470")).column == 20


def test_bullets_nest_by_indent_and_by_sign(read, write):
    found = read(write("- Tổng số 794, trong đó:\n  - + Trực tiếp: 451\n    - + Quý 4: 3\n- Khác\n\n+ Con\n"))
    assert [(b.marker, b.level) for b in found.blocks] == [("-", 1), ("+", 2), ("+", 3), ("-", 1), ("+", 2)]


def test_wrapped_lines_are_one_paragraph_with_a_place_for_each_part(read, write):
    long = "Trong kỳ đã tiếp nhận tổng cộng rất nhiều hồ sơ của người dân và doanh"
    found = read(
        write(f"{long}\nnghiệp, đạt 98 phần trăm so với kế hoạch đã được giao từ đầu năm đến\nnay.\n")
    )
    (paragraph,) = found.blocks
    assert paragraph.text.startswith(long + " nghiệp")
    assert paragraph.location_at(paragraph.text.index("98")).line == 2


def test_a_sentence_cut_by_a_page_end_is_made_whole_past_a_footnote(read, write):
    first = "Kế hoạch năm nay gồm 34 mục tiêu với 54 nhiệm vụ gắn với trách nhiệm của từng cơ quan, các"
    found = read(write(f"{first} kế hoạch\n\n¹ Văn bản số 142 ngày 02/02/2023.\n\nCCHC để thực hiện.\n"))
    assert [b.kind for b in found.blocks] == [BlockKind.PARAGRAPH, BlockKind.FOOTNOTE]
    assert found.blocks[0].text.endswith("cơ quan, các kế hoạch CCHC để thực hiện.")
    assert found.blocks[1].marker == "¹"


def test_tabs_make_a_table_with_recurring_headers_and_rows_parted_by_a_page_end(read, write):
    text = (
        "BIỂU THỐNG KÊ\n\n"
        "STT\tChỉ tiêu\tKết quả\t\tGhi chú\n\t\tĐơn vị\tSố liệu\t\n"
        "1.1\tVăn bản\tVăn bản\t5\tsố liệu của\n\n"
        "STT\tChỉ tiêu\tKết quả\t\tGhi chú\n\t\tĐơn vị\tSố liệu\t\n\t\t\t\thuyện\n"
        "1.2\tTỷ lệ\t%\t41,4\t\n"
    )
    found = read(write(text))
    (table,) = found.tables
    assert table.title == "BIỂU THỐNG KÊ"
    assert table.header_rows == (0, 1, 3, 4)
    value = found.cell("41,4")
    assert (value.location.column_name, value.location.line) == ("Số liệu", 10)
    assert found.cell("số liệu của huyện").location.column_name == "Ghi chú"


def test_pipes_make_a_table(read, write):
    found = read(write("| STT | Chỉ tiêu | Số |\n|---|:--|--:|\n| 1 | Hồ sơ | 12 |\n", "a.md"))
    assert found.rows() == [["STT", "Chỉ tiêu", "Số"], ["1", "Hồ sơ", "12"]]


def test_strokes_between_cells_make_a_table_without_a_frame(read, write):
    text = "Kết quả:\nLĩnh vực | Nhận | Trả\nHộ tịch | 12 | 9\nĐất đai | 7 | 7\n\nLời văn | một gạch.\n"
    found = read(write(text, "a.txt"))
    (table,) = found.tables
    assert [cell.text for cell in table.cells][3:6] == ["Hộ tịch", "12", "9"]
    last = table.cells[-1].location
    assert (last.line, last.column) == (4, 15)
    assert found.texts[-1] == "Lời văn | một gạch."


def test_one_stroke_is_a_table_only_in_three_lines_together(read, write):
    assert not read(write("Hồ sơ | 12\nVăn bản | 9\n", "a.txt")).tables
    assert read(write("Hồ sơ | 12\nVăn bản | 9\nCuộc họp | 3\n", "b.txt")).tables


def test_a_quantity_at_the_start_of_a_line_is_not_a_number_of_a_heading(read, write):
    found = read(write("2.5 triệu đồng đã chi.\n\n1.034 hồ sơ đã nhận.\n\n08 nhiệm vụ.\n"))
    assert [b.marker for b in found.blocks] == ["", "", ""]


def test_zero_width_characters_and_marks_of_direction_are_taken_out_of_numbers(read, write):
    found = read(write("Tiếp nhận 1\u200b034 hồ sơ, \u202a677\u202c đúng hạn.\n"))
    assert found.texts == ["Tiếp nhận 1034 hồ sơ, 677 đúng hạn."]
    assert found.blocks[0].location_at(found.blocks[0].text.index("hồ")).column == 17


def test_no_break_and_thin_spaces_stay_for_the_reading_of_numbers(read, write):
    found = read(write("Tiếp nhận 1\u00a0034 và 1\u202f035 hồ sơ.\n"))
    assert "1\u00a0034" in found.texts[0]
    assert "1\u202f035" in found.texts[0]


def test_decomposed_letters_are_composed_and_columns_stay_true(read, write):
    import unicodedata

    found = read(write(unicodedata.normalize("NFD", "Tổng số hồ sơ là 12.") + "\n"))
    assert found.texts == ["Tổng số hồ sơ là 12."]
    block = found.blocks[0]
    assert block.location_at(block.text.index("12")).column > block.text.index("12") + 1


def test_windows_1258_and_utf_16_are_read(read, write):
    text = "Đã tiếp nhận 12 hồ sơ của người dân.\n"
    assert read(write(text.encode("utf-16"))).texts == [text.strip()]
    import unicodedata

    stored = unicodedata.normalize("NFD", "Đa tiêp nhân 12 hô sơ.").encode("cp1258", "ignore")
    assert read(write(stored)).document is not None


def test_text_in_the_fonts_before_unicode_is_converted_and_said(read, write):
    tcvn3 = "Tæng sè hå s¬ ®· tiÕp nhËn lµ 794 hå s¬, trong ®ã trùc tiÕp 451 hå s¬.\n"
    found = read(write(tcvn3.encode("latin-1")))
    assert found.texts == ["Tổng số hồ sơ đã tiếp nhận là 794 hồ sơ, trong đó trực tiếp 451 hồ sơ."]
    assert found.codes == ["document/legacy-font"]
    vni = "Toång soá hoà sô ñaõ tieáp nhaän laø 794 hoà sô, trong ñoù tröïc tieáp 451 hoà sô.\n"
    assert read(write(vni)).texts == [
        "Tổng số hồ sơ đã tiếp nhận là 794 hồ sơ, trong đó trực tiếp 451 hồ sơ."
    ]


def test_sections_give_the_headings_above_each_block(read, write):
    found = read(write("I. CHUNG\n\n1. Thể chế\n\nĐoạn.\n\nPHỤ LỤC SỐ LIỆU\n\nĐoạn khác.\n"))
    paths = [tuple(step.title for step in path) for path in sections(found.document)]
    assert paths == [
        ("CHUNG",),
        ("CHUNG", "Thể chế"),
        ("CHUNG", "Thể chế"),
        ("PHỤ LỤC SỐ LIỆU",),
        ("PHỤ LỤC SỐ LIỆU",),
    ]


def test_letters_after_letters_are_no_roman_numerals(read, write):
    found = read(write("I. CHUNG\n\nh) Một\n\ni) Hai\n\nk) Ba\n"))
    assert [b.location.section for b in found.blocks] == ["I", "I.h", "I.i", "I.k"]


def test_what_markdown_strikes_through_is_left_out_and_told(read, write):
    text = "Mới: ~~21~~ 22 hồ sơ, ~ 30 ~~ tin.\n"
    found = read(write(text, "a.md"))
    assert " ".join(found.texts[0].split()) == "Mới: 22 hồ sơ, ~ 30 ~~ tin."
    assert [(each.code, each.args["count"]) for each in found.problems] == [("document/struck-text", 1)]
    assert read(write(text, "a.txt")).codes == []
