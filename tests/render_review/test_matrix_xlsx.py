"""The reviewer's workbook: what it says, where its links lead, that its texts stay texts."""

from __future__ import annotations

import io
import re
import warnings
import zipfile
from xml.etree import ElementTree as ET

import pytest

pytest.importorskip("xlsxwriter")

from validator.model.location import Location
from validator.model.problem import ValidatorError
from validator.model.record import evolve
from validator.model.review import Tally, Topic
from validator.render.matrix_xlsx import matrix_xlsx
from validator.render.workbook import place_link

MAIN = "{http://schemas.openxmlformats.org/spreadsheetml/2006/main}"
TO_PART = "{http://schemas.openxmlformats.org/officeDocument/2006/relationships}id"
LINKS = {"an-lac": "an-lac/phiếu #1.docx", "phu-loc": "phu-loc/phieu.docx", "x-1": "C:x"}


class Opened:
    """A workbook as its XML has it."""

    def __init__(self, data):
        self.package = zipfile.ZipFile(io.BytesIO(data))
        sheets = self.xml("xl/workbook.xml").find(f"{MAIN}sheets")
        self.names = [sheet.get("name") for sheet in sheets]
        self.sheets = {
            name: self.xml(f"xl/worksheets/sheet{number}.xml")
            for number, name in enumerate(self.names, start=1)
        }

    def xml(self, part):
        return ET.fromstring(self.package.read(part))  # noqa: S314 - our own

    def defined(self):
        return {
            (each.get("name"), self.names[int(each.get("localSheetId"))]): each.text
            for each in self.xml("xl/workbook.xml").iter(f"{MAIN}definedName")
        }

    def cells(self, name):
        """Text by the address of the cell."""
        return {cell.get("r"): "".join(cell.itertext()) for cell in self.sheets[name].iter(f"{MAIN}c")}

    def links(self, name):
        """Where the cells of a sheet lead: an address of the workbook or a file."""
        number = self.names.index(name) + 1
        part = f"xl/worksheets/_rels/sheet{number}.xml.rels"
        known = part in self.package.namelist()
        targets = {each.get("Id"): each.get("Target") for each in (self.xml(part) if known else ())}
        return {
            link.get("ref"): link.get("location") or targets[link.get(TO_PART)]
            for link in self.sheets[name].iter(f"{MAIN}hyperlink")
        }


def text_of(data):
    book = Opened(data)
    lines = []
    for name in book.names:
        lines.append(f"== {name}")
        lines += [
            " | ".join("".join(cell.itertext()).replace("\n", " / ") for cell in row)
            for row in book.sheets[name].iter(f"{MAIN}row")
        ]
        lines += [f"{cell} -> {target}" for cell, target in book.links(name).items()]
    return "".join(line.rstrip() + "\n" for line in lines)


@pytest.fixture
def book(sample_review):
    return Opened(matrix_xlsx(sample_review("vi"), LINKS))


@pytest.mark.parametrize("lang", ["vi", "en"])
def test_what_the_workbook_says(sample_review, golden_review, lang):
    golden_review(f"matrix.{lang}.txt", text_of(matrix_xlsx(sample_review(lang), LINKS)))


def test_the_workbook_is_the_same_whenever_it_is_made(sample_review):
    assert matrix_xlsx(sample_review("vi"), LINKS) == matrix_xlsx(sample_review("vi"), LINKS)


def test_every_sheet_has_a_frozen_head_a_filter_and_a_page_to_print(book):
    defined = book.defined()
    for name, sheet in book.sheets.items():
        assert sheet.find(f".//{MAIN}pane").get("state") == "frozen", name
        assert sheet.find(f"{MAIN}autoFilter") is not None, name
        assert sheet.find(f"{MAIN}pageSetup").get("orientation") == "landscape", name
        assert sheet.find(f"{MAIN}pageSetup").get("fitToHeight") == "0", name
        assert ("_xlnm.Print_Titles", name) in defined
        assert ("_xlnm.Print_Area", name) in defined


def test_a_cell_of_the_matrix_leads_to_the_first_finding_of_the_unit(book):
    inner = {cell: target for cell, target in book.links("Tổng hợp").items() if "!" in target}
    assert inner
    for cell, target in inner.items():
        sheet, address = re.fullmatch(r"'(.+)'!(A\d+)", target).groups()
        row = re.sub(r"\D", "", cell)
        unit = book.cells("Tổng hợp")[f"B{row}"]
        found = book.cells(sheet)
        assert found[address] == unit
        assert found.get(f"A{int(address[1:]) - 1}") != unit


def test_a_unit_leads_to_what_goes_back_to_it(book):
    outer = [target for target in book.links("Tổng hợp").values() if "!" not in target]
    assert outer == ["an-lac\\phiếu%20%231.docx", "phu-loc\\phieu.docx", "C:x"]


def test_colour_is_never_the_only_sign(book):
    # What follows says how much was looked at.
    cells = {re.sub(r" \(.*\)$| \d+/\d+$", "", text) for text in book.cells("Tổng hợp").values()}
    assert {"1 lỗi", "1 cảnh báo", "1 đã giải trình", "khớp", "chưa đủ dữ liệu", "CHƯA NỘP"} <= cells


def test_nothing_is_a_formula_or_a_link_to_the_net(book, sample):
    for name, sheet in book.sheets.items():
        assert sheet.find(f".//{MAIN}f") is None
        assert not any("http" in target for target in book.links(name).values())
    texts = {text for name in book.names for text in book.cells(name).values()}
    assert sample.FORMULA in texts
    assert not any(set("\u202e\u200f\x07\x1b\x00") & set(text) for text in texts)
    styles = book.xml("xl/styles.xml")
    used = {int(cell.get("s")) for sheet in book.sheets.values() for cell in sheet.iter(f"{MAIN}c")}
    looks = list(styles.find(f"{MAIN}cellXfs"))
    assert all(looks[style].get("quotePrefix") == "1" for style in used)


def test_names_of_sheets_are_valid_and_unlike(sample_review):
    titles = ("A" * 40, "a" * 40, "Sổ [1]: *?/\\", "''", "", "History", "=1+1", "\x07")
    topics = tuple(Topic(id=f"t{number}", title=title) for number, title in enumerate(titles))
    review = sample_review("en")
    unit = evolve(review.units[0], tallies={topic.id: Tally(errors=1) for topic in topics})
    names = Opened(matrix_xlsx(evolve(review, topics=topics, units=(unit,)), {})).names
    assert len(names) > len(topics)
    assert len({name.casefold() for name in names}) == len(names)
    assert all(0 < len(name) <= 31 and not re.search(r"[\[\]:*?/\\]", name) for name in names)
    assert not any(
        name.startswith("'") or name.endswith("'") or name.casefold() == "history" for name in names
    )


def test_findings_of_a_topic_without_a_column_are_not_lost(sample_review, sample):
    review = evolve(sample_review("vi"), topics=())
    book = Opened(matrix_xlsx(review, {}))
    assert book.names == ["Tổng hợp", "Nội dung khác", "Tình hình nộp"]
    assert "Biên chế có mặt nhiều hơn biên chế được giao" in book.cells("Nội dung khác").values()


def test_a_topic_without_findings_has_a_column_and_no_sheet(sample_review):
    review = sample_review("vi")
    book = Opened(
        matrix_xlsx(evolve(review, topics=(*review.topics, Topic(id="plan", title="Kế hoạch"))), {})
    )
    assert "Kế hoạch" in book.cells("Tổng hợp").values()
    assert "Kế hoạch" not in book.names


def test_a_text_is_cut_where_excel_would_refuse_it(sample_review):
    review = sample_review("vi")
    detail = review.details["an-lac"]
    long = evolve(detail.result.diagnostics[1], explanation="\U0001f600" * 40_000)
    details = {"an-lac": evolve(detail, result=evolve(detail.result, diagnostics=(long,)))}
    cells = Opened(matrix_xlsx(evolve(review, details=details), {})).cells("Hồ sơ thủ tục hành chính")
    assert cells["E2"] == "\U0001f600" * (32_767 // 2)


def test_details_are_looked_up_one_at_a_time(sample_review):
    review = sample_review("vi")

    class Counted(dict):
        asked = ()

        def get(self, key, default=None):
            self.asked = (*self.asked, key)
            return super().get(key, default)

        def values(self):
            raise AssertionError

        items = values

    details = Counted(review.details)
    matrix_xlsx(evolve(review, details=details), {})
    assert details.asked == (*(unit.key for unit in review.units), "tan-tien")


def test_thousands_of_findings_fit(sample):
    with warnings.catch_warnings():
        warnings.simplefilter("error")
        book = Opened(matrix_xlsx(sample.many_findings(2000), {}))
    assert len(list(book.sheets["Hồ sơ thủ tục hành chính"].iter(f"{MAIN}row"))) == 2001
    assert book.sheets["Hồ sơ thủ tục hành chính"].find(f"{MAIN}autoFilter").get("ref") == "A1:L2001"


def test_a_full_sheet_goes_on_in_another(sample, monkeypatch):
    monkeypatch.setattr("validator.render.workbook._LAST_ROW", 100)
    book = Opened(matrix_xlsx(sample.many_findings(250), {}))
    assert book.names[1:4] == [
        "Hồ sơ thủ tục hành chính",
        "Hồ sơ thủ tục hành chính (2)",
        "Hồ sơ thủ tục hành chính (3)",
    ]
    assert sum(len(list(book.sheets[name].iter(f"{MAIN}row"))) - 1 for name in book.names[1:4]) == 250


def test_a_missing_extra_says_what_to_install(sample_review, monkeypatch):
    monkeypatch.setattr("validator.render.package.find_spec", lambda name: None)
    with pytest.raises(ValidatorError) as raised:
        matrix_xlsx(sample_review("vi"), {})
    assert raised.value.problem.args["extra"] == "documents"


def test_the_place_of_a_finding_leads_to_the_commented_copy(sample_review):
    review = sample_review("vi")
    row = next(each for each in review.units if each.key in review.details)
    book = matrix_xlsx(review, {}, {row.key: "a b/phụ lục.chu-thich.xlsx"})
    with zipfile.ZipFile(io.BytesIO(book)) as package:
        targets = "".join(
            package.read(name).decode() for name in package.namelist() if name.endswith(".rels")
        )
    assert "chu-thich.xlsx" in targets


def test_in_a_workbook_the_link_leads_to_the_cell():
    place = Location(sheet="Phụ lục 'II'", cell="D12")
    assert place_link("a.xlsx", place) == "external:./a.xlsx#'Phụ lục ''II'''!D12"
    assert place_link("a.docx", Location(paragraph=3)) == "external:./a.docx"


def test_of_many_topics_those_without_findings_are_folded_away(sample_review):
    quiet = tuple(Topic(id=f"quiet-{number}", title=f"Chủ đề {number}") for number in range(8))
    review = sample_review("vi")
    book = Opened(matrix_xlsx(evolve(review, topics=(*review.topics, *quiet)), {}))
    columns = book.sheets[book.names[0]].find(f"{MAIN}cols")
    hidden = [int(each.get("max")) - int(each.get("min")) + 1 for each in columns if each.get("hidden")]
    assert sum(hidden) >= len(quiet)
