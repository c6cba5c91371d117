"""Figures that may have been misread in a picture are unknown: nobody is accused by them."""

import re

import pytest

from validator.claims import find_claims, load_vocabulary
from validator.claims.claim import ClaimVerdict
from validator.model.document import Anchor, Block, BlockKind, Document, Seen, Table, TableCell, seen_at
from validator.model.location import Location

FALSE = "Thôn có 50 hộ trồng nấm, gồm 20 hộ trồng nấm rơm và 25 hộ trồng nấm sò."
TRUE = "Thôn có 45 hộ trồng nấm, gồm 20 hộ trồng nấm rơm và 25 hộ trồng nấm sò."


def seen(text, *, doubt):
    return Seen(text, (90, 700, 120, 712), 88, doubt=doubt)


def block(text, doubtful=(), number=1):
    anchors = tuple(
        Anchor(found.start(), page=1, seen=seen(found[0], doubt=found[0] in doubtful))
        for found in re.finditer(r"\d+|\w+\?", text)
    )
    place = Location(file="scan.pdf", page=1, paragraph=number)
    return Block(kind=BlockKind.PARAGRAPH, text=text, location=place, anchors=anchors)


def table(rows, doubtful=()):
    place = Location(file="scan.pdf", page=1, table=1)
    cells = []
    for row, texts in enumerate(rows):
        for column, text in enumerate(texts):
            at = Location(file="scan.pdf", page=1, table=1, row=row + 1, table_column=column + 1)
            figures = [seen(text, doubt=(row, column) in doubtful)]
            cells.append(TableCell(text=text, row=row, column=column, location=seen_at(at, figures)))
    size = (len(rows), len(rows[0]))
    return Table(cells=tuple(cells), rows=size[0], columns=size[1], location=place, header_rows=(0,))


def sums(*blocks):
    document = Document(file="scan.pdf", media_type="application/pdf", blocks=blocks)
    claims = find_claims(document, load_vocabulary()).claims
    return [(each.verdict, each.reason) for each in claims if each.kind.value == "sum"]


def test_figures_read_alike_are_compared():
    assert sums(block(FALSE))[0][0] is ClaimVerdict.FAIL
    assert sums(block(TRUE))[0][0] is ClaimVerdict.PASS


@pytest.mark.parametrize("doubtful", ["50", "20", "25"])
def test_a_sum_with_a_figure_in_doubt_is_undecided(doubtful):
    assert sums(block(FALSE, doubtful)) == [(ClaimVerdict.UNDECIDED, "figure-in-doubt")]


def test_a_sum_that_holds_with_a_figure_in_doubt_is_no_pass():
    assert sums(block(TRUE, "25")) == [(ClaimVerdict.UNDECIDED, "figure-in-doubt")]


def test_a_part_that_was_not_made_out_accuses_nobody():
    text = FALSE.replace("nấm sò.", "nấm sò, s? hộ trồng mộc nhĩ.")
    assert {verdict for verdict, _ in sums(block(text, ("s?",)))} <= {ClaimVerdict.UNDECIDED}


def test_a_figure_in_doubt_elsewhere_changes_nothing():
    other = block("Hợp tác xã có 31 máy.", "31", number=2)
    assert sums(block(FALSE), other)[0][0] is ClaimVerdict.FAIL


ROWS = [("Vật nuôi", "Số con"), ("Trâu", "34"), ("Bò", "128"), ("Tổng số", "163")]


def test_a_column_with_a_cell_in_doubt_accuses_nobody():
    assert [verdict for verdict, _ in sums(table(ROWS))] == [ClaimVerdict.FAIL]
    assert sums(table(ROWS, {(1, 1)})) == [(ClaimVerdict.UNDECIDED, "figure-in-doubt")]
    assert sums(table(ROWS, {(2, 0)})) == [(ClaimVerdict.UNDECIDED, "figure-in-doubt")]


def test_a_place_tells_box_confidence_and_doubt():
    place = block(FALSE, "20").location_at(FALSE.index("20"), FALSE.index("20") + 2)
    assert (place.box, place.confidence, place.doubt) == ((90, 700, 120, 712), 88, True)
    assert block(FALSE).location_at(0, 4).box is None
