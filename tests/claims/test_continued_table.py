"""A table that a page end has parted is read as one: a total below stands against the parts above."""

import pytest

from validator.claims import find_claims, load_vocabulary
from validator.model.document import Block, BlockKind, Document, Table, TableCell
from validator.model.location import Location

HEADED = (
    ("STT", "Lĩnh vực", "Số hồ sơ tiếp nhận", "Đã giải quyết"),
    ("1", "Đất đai", "10", "9"),
    ("2", "Hộ tịch", "20", "18"),
)
BETWEEN = Block(kind=BlockKind.PARAGRAPH, text="Số liệu khác như sau.", location=Location(paragraph=1))


def table(number, rows, header_rows=()):
    cells = tuple(
        TableCell(
            text=text,
            row=row,
            column=column,
            location=Location(table=number, row=row + 1, table_column=column + 1),
        )
        for row, texts in enumerate(rows)
        for column, text in enumerate(texts)
    )
    place = Location(table=number)
    return Table(cells=cells, rows=len(rows), columns=len(rows[0]), location=place, header_rows=header_rows)


def totals(*between, total):
    below = table(2, (("3", "Xây dựng", "30", "30"), ("", "Tổng cộng", total, "57")))
    blocks = (table(1, HEADED, (0,)), *between, below)
    found = find_claims(Document(file="", media_type="", blocks=blocks), load_vocabulary())
    return {
        (claim.numbers["total"], claim.numbers["parts"]): claim.verdict.value
        for claim in found.claims
        if claim.kind.value == "sum"
    }


@pytest.mark.parametrize(("total", "verdict"), [("60", "pass"), ("63", "fail"), ("6", "fail")])
def test_a_total_after_a_page_end_is_held_against_all_its_parts(total, verdict):
    assert totals(total=total) == {(total, ("10", "20", "30")): verdict, ("57", ("9", "18", "30")): "pass"}


def test_a_table_below_other_text_is_a_table_of_its_own():
    assert totals(BETWEEN, total="63") == {}
