"""The text of a report beside its findings: the figures marked where they stand, long texts cut openly."""

from __future__ import annotations

import re

import pytest

from validator.binding.found import excerpt
from validator.model.diagnostic import Label
from validator.model.document import Anchor, Block, BlockKind, Document, Table, TableCell
from validator.model.location import Location
from validator.model.record import evolve
from validator.model.review import UnitDetail
from validator.render.review_html import review_html
from validator.render.review_page.locate import Locator, Spot
from validator.render.review_page.marking import merged, segments
from validator.render.review_page.passage import passages
from validator.render.review_page.selection import (
    LEAST_OF_UNIT,
    MOST_IN_ALL,
    MOST_OF_UNIT,
    allowance,
    selected,
)

FILE = "x.docx"


def block(text, paragraph=1, **more):
    return Block(
        kind=BlockKind.PARAGRAPH, text=text, location=Location(file=FILE, paragraph=paragraph), **more
    )


def detail_of(*blocks, sample):
    document = Document(file=FILE, media_type="", blocks=blocks)
    return UnitDetail(result=evolve(sample.an_lac_result(), path=FILE, diagnostics=()), document=document)


@pytest.fixture
def find(sample):
    """The words that are found for a figure in some blocks, ¶ for a whole piece."""

    def found(blocks, raw, **place):
        known = passages(detail_of(*blocks, sample=sample))
        spot = Locator(known, FILE).find(Location(**({"file": FILE} | place)), raw)
        if spot is None:
            return None
        text = known[spot.passage].pieces[spot.piece].text
        return text[spot.start : spot.end] + f"@{spot.start}" if spot.end else "¶"

    return found


def test_a_figure_that_stands_once_in_its_paragraph_is_found(find):
    assert find([block("có 12 xã và 3 thôn")], "12", paragraph=1) == "12@3"


def test_part_of_a_longer_number_is_no_figure(find):
    text = "tổng 1.412 hồ sơ, 412,5 và 4120; còn 412."
    assert find([block(text)], "412", paragraph=1) == f"412@{text.rindex('412')}"


def test_of_equal_figures_the_one_whose_surroundings_are_quoted_is_meant(find):
    text = "nhận 12 hồ sơ trực tiếp, " + "a " * 70 + "và trả 12 hồ sơ"
    second = text.rindex("12")
    quoted = excerpt(text, second, second + 2)
    assert find([block(text)], "12", paragraph=1, excerpt=quoted) == f"12@{second}"
    assert find([block(text)], "12", paragraph=1) == "¶"


def test_line_and_column_tell_the_figure_of_a_text_file(find):
    text = "có 12 xã\nvà 12 thôn"
    anchored = block(text, anchors=(Anchor(offset=0, line=4, column=1), Anchor(offset=9, line=5, column=1)))
    assert find([anchored], "12", line=5, column=4, paragraph=1) == "12@12"
    assert find([anchored], "12", line=4, column=4) == "12@3"


def test_other_spaces_in_the_text_do_not_hide_a_figure(find):
    assert find([block("thu 25,16\u00a0 tỷ đồng")], "25,16 tỷ", paragraph=1) == "25,16\u00a0 tỷ@4"


def test_a_figure_that_is_not_in_its_paragraph_marks_the_paragraph(find):
    assert find([block("ba xã")], "3", paragraph=1) == "¶"


def test_a_figure_of_another_file_is_not_marked_here(find):
    assert find([block("có 3 xã")], "3", paragraph=1, file="khac.docx") is None


def cells(rows):
    at = Location(file=FILE, table=1)
    return Table(
        rows=len(rows),
        columns=len(rows[0]),
        location=at,
        header_rows=(0,),
        cells=tuple(
            TableCell(
                text=text,
                row=row,
                column=column,
                location=evolve(at, row=row + 1, column_name=rows[0][column]),
            )
            for row, texts in enumerate(rows)
            for column, text in enumerate(texts)
        ),
    )


def test_a_cell_is_told_by_table_row_and_column(find):
    table = cells([("Chỉ tiêu", "Số liệu", "Ghi chú"), ("Hồ sơ", "12", "12/30 = 40%")])
    assert find([table], "12", table=1, row=2, column_name="Số liệu") == "12@0"
    assert find([table], "30", table=1, row=2, column_name="Ghi chú") == "30@3"
    assert find([table], "12", table=1, row=2, column_name="Không có") == "¶"


def test_a_blank_cell_is_marked_as_a_whole(find):
    table = cells([("Chỉ tiêu", "Số liệu"), ("Hồ sơ", "")])
    assert find([table], "", table=1, row=2, column_name="Số liệu") == "¶"


def test_a_text_of_monstrous_length_is_marked_as_a_whole(find):
    assert find([block("a" * 200_000 + " 12")], "12", paragraph=1) == "¶"


def test_a_table_without_title_is_called_after_its_sheet(sample_review):
    assert "<caption>Biểu 1</caption>" in "".join(review_html(sample_review()))


def test_marks_of_several_findings_on_one_figure_are_one():
    marks = merged([(Spot(0, 0, 3, 5), 2), (Spot(0, 0, 3, 5), 1), (Spot(0, 0, 4, 9), 3), (Spot(0, 0), 4)])
    assert [(mark.start, mark.end, mark.findings) for mark in marks[0, 0]] == [
        (0, 0, (4,)),
        (3, 9, (1, 2, 3)),
    ]


def test_text_is_cut_along_its_marks_without_loss():
    marks = merged([(Spot(0, 0, 3, 5), 1), (Spot(0, 0, 9, 10), 2)])[0, 0]
    cut = list(segments("có 12 xã 3", marks))
    assert [(each.text, bool(each.mark)) for each in cut] == [
        ("có ", False), ("12", True), (" xã ", False), ("3", True),
    ]  # fmt: skip


def test_of_a_long_paragraph_the_surroundings_of_its_marks_are_shown():
    text = "a" * 50_000 + "12" + "b" * 50_000
    marks = merged([(Spot(0, 0, 50_000, 50_002), 1)])[0, 0]
    cut = list(segments(text, marks))
    assert [each.left_out for each in cut] == [49_700, 0, 0, 0, 49_700]
    assert sum(len(each.text) + each.left_out for each in cut) == len(text)


def test_of_a_long_paragraph_without_marks_the_beginning_is_shown():
    cut = list(segments("a" * 50_000, ()))
    assert [(len(each.text), each.left_out) for each in cut] == [(3000, 0), (0, 47_000)]


def test_a_short_document_is_shown_whole(sample):
    found = passages(detail_of(*(block("x" * 100, number) for number in range(20)), sample=sample))
    assert selected(found, {3}, 20_000) == frozenset(range(20))


def test_a_long_document_is_shown_around_its_marks(sample):
    heading = evolve(block("Mục II", 50), kind=BlockKind.HEADING)
    blocks = [block("x" * 1000, number) for number in range(50)]
    blocks += [heading, *(block("x" * 1000, number) for number in range(51, 100))]
    found = passages(detail_of(*blocks, sample=sample))
    assert selected(found, {60}, 20_000) == {50, 59, 60, 61}


def test_the_page_as_a_whole_is_bounded():
    assert allowance(1) == MOST_OF_UNIT
    assert allowance(200) * 200 <= MOST_IN_ALL
    assert allowance(10**6) == LEAST_OF_UNIT


def test_what_is_not_shown_is_counted_and_links_lead_only_to_what_is(sample, sample_review):
    review = sample_review()
    result = sample.an_lac_result()
    blocks = [block("x" * 1000, number) for number in range(1, 200)]
    blocks[120] = block("tiếp nhận 3.402 hồ sơ", 121)
    at = Location(file=FILE, paragraph=121)
    far = Location(file=FILE, paragraph=9999)
    labels = (
        Label(path="a", label="A", raw="3.402", location=at),
        Label(path="b", label="B", raw="7", location=far),
    )
    found = evolve(result.diagnostics[1], fields=labels)
    detail = UnitDetail(
        result=evolve(result, path=FILE, diagnostics=(found,)),
        document=Document(file=FILE, media_type="", blocks=tuple(blocks)),
    )
    text = "".join(review_html(evolve(review, units=review.units[:1], details={"an-lac": detail})))
    assert re.findall(r"… (\d+) đoạn không hiển thị …", text) == ["119", "77"]
    assert "196 đoạn, dòng không hiển thị" in text
    assert len(text) < 60_000
    links = set(re.findall(r'class="to-mark" href="#(\w+)"', text))
    assert links == set(re.findall(r'<mark id="(\w+)"', text)) == {"u1m1"}


def test_rows_that_are_left_out_of_a_table_are_counted(sample, sample_review):
    review = sample_review()
    table = cells(
        [("Chỉ tiêu", "Số liệu"), *((f"Hồ sơ {number} " + "x" * 800, "12") for number in range(200))]
    )
    at = Location(file=FILE, table=1, row=102, column_name="Số liệu")
    result = sample.an_lac_result()
    found = evolve(result.diagnostics[1], fields=(Label(path="a", label="A", raw="12", location=at),))
    detail = UnitDetail(
        result=evolve(result, path=FILE, diagnostics=(found,)),
        document=Document(file=FILE, media_type="", blocks=(table,)),
    )
    text = "".join(review_html(evolve(review, units=review.units[:1], details={"an-lac": detail})))
    assert re.findall(r"… (\d+) dòng không hiển thị …", text) == ["99", "98"]
    assert '<td><mark id="u1m1" tabindex="-1">12</mark>' in text


def test_cells_that_reach_over_rows_and_columns_keep_the_table_in_shape(sample, sample_review):
    at = Location(file=FILE, table=1)
    table = Table(
        rows=3,
        columns=3,
        location=at,
        cells=(
            TableCell(text="A", row=0, column=0, row_span=2, location=at),
            TableCell(text="B", row=0, column=1, column_span=2, location=at),
            TableCell(text="C", row=1, column=2, location=at),
            TableCell(text="D", row=2, column=1, location=at),
        ),
    )
    detail = detail_of(table, sample=sample)
    review = sample_review()
    text = "".join(review_html(evolve(review, units=review.units[:1], details={"an-lac": detail})))
    body = re.search(r"<tbody>((?:(?!<tbody>).)*D</td>.*?)</tbody>", text, re.DOTALL)[1]
    assert re.sub(r"\s*\n\s*", "", body) == (
        '<tr><td rowspan="2">A</td><td colspan="2">B</td></tr>'
        "<tr><td></td><td>C</td></tr>"
        "<tr><td></td><td>D</td><td></td></tr>"
    )


def test_lines_of_a_structured_report_are_numbered_and_marked(sample_review):
    text = "".join(review_html(sample_review()))
    assert '<span class="marker">7</span>   resolved: <mark id="u2m2" tabindex="-1">405</mark>' in text
