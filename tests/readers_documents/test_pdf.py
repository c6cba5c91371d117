import pytest

from validator.model.document import BlockKind


def line(x, y, text, font="F1", size=12):
    return f"BT /{font} {size} Tf {x} {y} Td ({text}) Tj ET\n"


def rule(*points):
    return "".join(f"{x} {y} m {u} {v} l S\n" for x, y, u, v in points)


def grid(xs, ys):
    level = [(xs[0], y, xs[-1], y) for y in ys]
    upright = [(x, ys[0], x, ys[-1]) for x in xs]
    return rule(*level, *upright)


FULL = "We have received in all 794 files of the people of the town this year in"


def test_wrapped_lines_are_paragraphs_with_their_page(read, make_pdf):
    page = line(85, 700, FULL) + line(85, 685, "person or by post.") + line(85, 660, "II. RESULTS", "F2")
    page += line(85, 640, FULL) + line(85, 625, "all.")
    found = read(make_pdf([page, line(85, 700, "- On time: 677 files.")]))
    assert found.texts == [
        f"{FULL} person or by post.",
        "II. RESULTS",
        f"{FULL} all.",
        "- On time: 677 files.",
    ]
    assert found.blocks[1].kind is BlockKind.HEADING
    assert [b.location.page for b in found.blocks] == [1, 1, 1, 2]
    assert found.blocks[3].location.section == "II"


def test_a_sentence_over_a_page_end_is_one_paragraph_with_both_pages(read, make_pdf):
    found = read(
        make_pdf([line(85, 90, FULL), line(85, 740, "all, of which 451 on paper.") + line(85, 700, FULL)])
    )
    first = found.blocks[0]
    assert first.text == f"{FULL} all, of which 451 on paper."
    assert first.location_at(first.text.index("794")).page == 1
    assert first.location_at(first.text.index("451")).page == 2


def test_page_numbers_are_no_text(read, make_pdf):
    found = read(make_pdf([line(85, 700, f"{FULL}.") + line(300, 30, "12")] * 2))
    assert found.texts == [f"{FULL}.", f"{FULL}."]


def test_what_stands_side_by_side_stays_apart(read, make_pdf):
    found = read(make_pdf([line(85, 700, "TOWN COUNCIL") + line(350, 700, "REPUBLIC") + line(85, 600, FULL)]))
    assert found.texts[:2] == ["TOWN COUNCIL", "REPUBLIC"]


def test_ruled_tables_have_cells_merged_headers_and_column_names(read, make_pdf):
    xs, ys = [80, 130, 300, 380, 460], [700, 680, 660, 640]
    level = [(80, 700, 460, 700), (300, 680, 460, 680), (80, 660, 460, 660), (80, 640, 460, 640)]
    upright = [
        (80, 700, 80, 640),
        (130, 700, 130, 640),
        (300, 700, 300, 640),
        (380, 680, 380, 640),
        (460, 700, 460, 640),
    ]
    page = rule(*level, *upright)
    page += line(85, 685, "No") + line(135, 685, "Item") + line(305, 685, "Result")
    page += line(305, 665, "Unit") + line(385, 665, "Value")
    page += (
        line(85, 645, "1.1")
        + line(135, 645, "Files received")
        + line(305, 645, "files")
        + line(385, 645, "41,4")
    )
    page += line(85, 720, "TABLE OF FIGURES")
    found = read(make_pdf([page]))
    (table,) = found.tables
    assert (table.rows, table.columns) == (len(ys) - 1, len(xs) - 1)
    assert table.title == "TABLE OF FIGURES"
    assert (found.cell("No").row_span, found.cell("Result").column_span) == (2, 2)
    value = found.cell("41,4")
    assert (value.location.page, value.location.row, value.location.column_name) == (1, 3, "Value")


def test_a_table_over_pages_is_one_table_without_its_recurring_header(read, make_pdf):
    xs = [80, 130, 300, 380]
    head = grid(xs, [700, 680, 660]) + line(85, 685, "No") + line(135, 685, "Item") + line(305, 685, "Value")
    first = head + line(85, 665, "1.1") + line(135, 665, "Files that were") + line(305, 665, "12")
    second = head + line(135, 665, "received") + grid(xs, [660, 640])
    second += line(85, 645, "1.2") + line(135, 645, "Others") + line(305, 645, "13")
    found = read(make_pdf([first, second]))
    (table,) = found.tables
    assert table.header_rows == (0, 2)
    assert found.rows() == [
        ["No", "Item", "Value"],
        ["1.1", "Files that were received", "12"],
        ["No", "Item", "Value"],
        ["1.2", "Others", "13"],
    ]
    assert found.cell("13").location.page == 2


def test_thin_boxes_rule_tables_too(read, make_pdf):
    xs, ys = [80, 130, 300], [700, 680, 660]
    boxes = "".join(f"{xs[0]} {y} {xs[-1] - xs[0]} 0.5 re f\n" for y in ys)
    boxes += "".join(f"{x} {ys[-1]} 0.5 {ys[0] - ys[-1]} re f\n" for x in xs)
    page = boxes + line(85, 685, "No") + line(135, 685, "Value") + line(85, 665, "1") + line(135, 665, "12")
    assert read(make_pdf([page])).rows() == [["No", "Value"], ["1", "12"]]


def test_a_small_raised_digit_after_a_word_is_a_footnote_mark(read, make_pdf):
    page = "BT /F1 12 Tf 85 700 Td (of the town) Tj /F1 7 Tf 5 Ts (1) Tj 0 Ts /F1 12 Tf ( is.) Tj ET\n"
    assert read(make_pdf([page])).texts == ["of the town¹ is."]


def test_numbered_small_print_at_the_foot_is_a_footnote_and_no_sentence_ends_at_it(read, make_pdf):
    first = line(85, 715, FULL) + line(85, 700, FULL) + line(85, 100, "1 Plan No 13 of the town.", size=9)
    found = read(make_pdf([first, line(85, 700, "all, of which 451 on paper.")]))
    assert [(b.kind, b.marker, b.text) for b in found.blocks] == [
        (BlockKind.PARAGRAPH, "", f"{FULL} {FULL} all, of which 451 on paper."),
        (BlockKind.FOOTNOTE, "¹", "Plan No 13 of the town."),
    ]


def test_a_letterhead_in_two_columns_is_read_column_by_column(read, make_pdf):
    page = line(85, 700, "COUNCIL") + line(350, 700, "REPUBLIC")
    page += line(85, 680, "OF THE TOWN") + line(350, 680, "Freedom") + line(85, 600, FULL)
    assert read(make_pdf([page])).texts[:4] == ["COUNCIL", "OF THE TOWN", "REPUBLIC", "Freedom"]


def test_a_figure_apart_from_its_label_stays_with_it(read, make_pdf):
    page = line(85, 700, "Files received") + line(350, 700, "794 files")
    page += line(85, 680, "On time") + line(350, 680, "677 files")
    assert read(make_pdf([page])).texts == ["Files received\t794 files", "On time\t677 files"]


def test_a_title_over_two_centred_lines_is_one_title(read, make_pdf):
    page = line(85, 400, FULL) + line(110, 700, "REPORT ON THE RESULTS OF REFORM IN THE", "F2", 13)
    page += line(188, 685, "NEIGHBOURHOODS IN 2023", "F2", 13)
    title = "REPORT ON THE RESULTS OF REFORM IN THE NEIGHBOURHOODS IN 2023"
    assert title in read(make_pdf([page])).texts


def test_scanned_pages_between_others_are_said(read, make_pdf):
    picture = "q 400 0 0 600 50 100 cm BI /W 1 /H 1 /CS /G /BPC 8 ID \x80 EI Q\n"
    found = read(make_pdf([line(85, 700, FULL), picture]))
    assert found.codes == ["document/pages-without-text"]
    assert found.problems[0].args["pages"] == "2"


def test_a_long_file_is_read_up_to_a_bound_and_said(read, make_pdf, monkeypatch):
    from validator.readers import pdf

    monkeypatch.setattr(pdf, "MOST_PAGES", 3)
    found = read(make_pdf([line(85, 700, f"Page {number} of the report.") for number in range(6)]))
    assert len(found.blocks) == 3
    assert found.codes == ["document/too-many-pages"]


@pytest.mark.parametrize("name", ["ha-trung-2023", "bach-thong-2023", "ben-quan-2024", "cau-ke-6-thang-2023"])
def test_the_same_report_reads_alike_as_word_and_as_pdf(read, corpus, name):
    word = read(corpus / "office" / f"{name}.docx")
    pdf = read(corpus / "office" / f"{name}.pdf")
    assert " ".join(pdf.texts).split() == " ".join(word.texts).split()
    assert abs(len(pdf.blocks) - len(word.blocks)) <= 2


@pytest.mark.parametrize("other", ["bach-thong-2023.docx", "bach-thong-2023.pdf"])
def test_the_appendix_has_the_same_rows_in_every_format(read, corpus, other):
    def rows(path):
        found = read(path)
        (table,) = found.tables
        kept = {}
        for cell in table.cells:
            if cell.row not in table.header_rows:
                kept.setdefault(cell.row, []).append("".join(cell.text.split()))
        return [row for row in kept.values() if any(row)]

    text = next((corpus / "seeds").glob("001*"))
    assert rows(corpus / "office" / other) == rows(text)
