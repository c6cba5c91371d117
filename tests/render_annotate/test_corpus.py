"""On real reports, how many numbers of findings get a comment at the number itself."""

from __future__ import annotations

from collections import Counter

import pytest

from validator import check
from validator.model.verdict import Verdict
from validator.readers.compartment import Compartments
from validator.readers.docx import main_part
from validator.readers.docx_trace import trace
from validator.readers.xlsx_book import open_book
from validator.render.annotate_cell import Cells
from validator.render.annotate_package import Package
from validator.render.annotate_place import Places
from validator.render.annotate_plan import spots_of


@pytest.mark.parametrize(
    ("name", "exact", "others"),
    [
        ("ha-trung-2023", 20, 1),
        ("bach-thong-2023", 20, 2),
        ("cau-ke-6-thang-2023", 6, 0),
        ("ben-quan-2024", 5, 0),
    ],
)
def test_numbers_of_word_reports_are_found(corpus, name, exact, others):
    path = corpus / f"{name}.docx"
    package = Package(path.read_bytes())
    main = main_part(package.archive)
    traced = trace(package.archive, main, package.tree(main)[0])
    counts = Counter()
    for spot in spots(path):
        anchor = Places(traced).find(spot)
        counts["none" if anchor is None else "exact" if anchor.is_exact else "paragraph"] += 1
        if anchor is not None and anchor.is_exact:
            text = "".join(traced.passed[anchor.paragraph].parts)[anchor.start : anchor.end]
            # A figure without words before it is shown with those after it.
            assert text
            assert spot.raw.startswith(text) or (not spot.raw and text in spot.title)
    assert counts["exact"] >= exact
    assert counts["paragraph"] + counts["none"] <= others


def test_numbers_of_a_workbook_are_found(corpus):
    path = corpus / "bach-thong-2023-phu-luc.xlsx"
    package = Package(path.read_bytes())
    cells = Cells(package, open_book(package.archive, Compartments("")))
    found = [(spot, cells.find(spot)) for spot in spots(path)]
    assert sum(anchor is not None and spot.raw in cells.text(anchor) for spot, anchor in found) >= 13
    assert all(anchor is not None for spot, anchor in found if spot.location.cell)


def spots(path):
    """Return the places of all failing findings of a report."""
    (result,) = check([path], lang="vi").files
    failing = [each for each in result.diagnostics if each.verdict is Verdict.FAIL]
    return [spot for each in failing for spot in spots_of(each, result.path)]
