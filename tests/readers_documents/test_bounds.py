"""What is far longer than any report is cut, and told with its place; the rest is read."""

import pytest

from validator.readers import bounds

LONG = "tràn lan " * 20_000


@pytest.fixture
def long_document(make_docx, make_xlsx, write):
    """Write a document of each kind that holds a text too long and, behind it, one that is not."""

    def make(kind):
        match kind:
            case "docx":
                return make_docx(
                    "".join(f"<w:p><w:r><w:t>{each}</w:t></w:r></w:p>" for each in (LONG, "Hết"))
                )
            case "xlsx":
                row = '<c t="inlineStr"><is><t>{}</t></is></c>'
                return make_xlsx({"S": [row.format(LONG), "", row.format("Hết")]})
            case "csv":
                return write(f"a,b\n{LONG},2\nHết,3\n", "a.csv")
            case _:
                return write(f"{LONG}\n\nHết", "a.txt")

    return make


def words(found):
    cells = [cell.text for table in found.tables for cell in table.cells]
    return [*(block.text for block in found.blocks if hasattr(block, "text")), *cells]


@pytest.mark.parametrize("kind", ["docx", "xlsx", "csv", "txt"])
def test_a_text_that_is_too_long_is_cut_and_the_rest_is_read(read, long_document, kind):
    path = long_document(kind)
    found = read(path)
    assert found.codes == ["document/too-much-text"]
    assert max(map(len, words(found))) <= bounds.MOST_OF_ONE
    assert "Hết" in words(found)


def test_the_place_is_told(read, long_document):
    place = read(long_document("xlsx")).problems[0].location
    assert (place.sheet, place.cell) == ("S", "A1")
    assert read(long_document("csv")).problems[0].location.line == 2
    assert read(long_document("txt")).problems[0].location.line == 1
    problem = read(long_document("docx")).problems[0]
    assert problem.args["start"].startswith("tràn lan tràn lan")
    assert problem.args["count"] == 1


@pytest.mark.parametrize("kind", ["docx", "xlsx", "csv", "txt", "pdf"])
def test_a_document_that_is_too_long_is_read_up_to_a_place(read, long_document, make_pdf, monkeypatch, kind):
    monkeypatch.setattr(bounds, "MOST_OF_ALL", 50)
    lines = "".join(
        f"BT /F1 12 Tf 85 {700 - 60 * at} Td (one two three four {at}.) Tj ET " for at in range(9)
    )
    path = make_pdf([lines]) if kind == "pdf" else long_document(kind)
    found = read(path)
    assert "document/document-too-long" in found.codes
    assert sum(map(len, words(found))) <= 50
    assert "Hết" not in words(found)


@pytest.mark.parametrize("kind", ["docx", "xlsx", "csv", "txt", "tabs", "pdf"])
def test_of_many_small_parts_no_more_are_made_than_are_read(
    read, write, make_docx, make_xlsx, make_pdf, monkeypatch, kind
):
    monkeypatch.setattr(bounds, "MOST_PARTS", 8)
    match kind:
        case "docx":
            path = make_docx("<w:p><w:r><w:t>một</w:t></w:r></w:p>" * 30)
        case "xlsx":
            path = make_xlsx({"S": ["<c><v>1</v></c>"] * 30})
        case "pdf":
            path = make_pdf(["BT /F1 12 Tf 85 700 Td (One two three.) Tj ET"] * 30)
        case "tabs":
            path = write("1\t2\t3\n" * 30)
        case _:
            path = write("1,2\n" * 30, f"a.{kind}")
    found = read(path)
    assert found.codes == ["document/too-many-parts"]
    assert 0 < len(words(found)) <= 8
    assert found.problems[0].args["most"] == 8


def test_many_cells_that_share_one_long_text_are_not_all_looked_at(read, make_xlsx, monkeypatch):
    monkeypatch.setattr(bounds, "MOST_OF_ALL", 300_000)
    row = '<c t="s"><v>0</v></c><c><v>1</v></c>'
    found = read(make_xlsx({"S": [row] * 50, "T": [row] * 50}, texts=[f"<t>{LONG}</t>"]))
    assert found.codes == ["document/too-much-text", "document/document-too-long"]
    assert found.problems[0].args["count"] == 3
    assert sum(map(len, words(found))) <= 300_000


def test_a_paragraph_of_line_breaks_is_told_too(read, make_docx):
    lines = "<w:t>một hai ba</w:t><w:br/>" * 12_000
    found = read(make_docx(f"<w:p><w:r>{lines}</w:r></w:p>"))
    assert found.codes == ["document/too-much-text"]


def test_what_is_just_within_the_bound_is_whole(read, write):
    text = ("x" * 99 + " ") * (bounds.MOST_OF_ONE // 100 - 1) + "x" * 100
    found = read(write(text))
    assert (found.codes, [len(each) for each in words(found)]) == ([], [bounds.MOST_OF_ONE])


def test_the_pages_behind_too_much_text_are_not_even_opened(read, make_pdf, monkeypatch):
    from validator.readers import pdf

    opened = []
    read_page = pdf.read_page
    monkeypatch.setattr(pdf, "read_page", lambda of, number: opened.append(number) or read_page(of, number))
    monkeypatch.setattr(bounds, "MOST_OF_ALL", 50)
    page = "BT /F1 12 Tf 85 700 Td (one two three four five six seven.) Tj ET"
    found = read(make_pdf([page] * 9))
    assert opened == [1, 2]
    assert found.codes == ["document/document-too-long"]
    assert found.problems[0].location.page == 2
