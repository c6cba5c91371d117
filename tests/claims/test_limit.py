"""What is not looked at to its end is told, as every other limit."""

import pytest

from validator.claims import find_claims, load_vocabulary
from validator.model.document import Block, BlockKind, Document, Table, TableCell
from validator.model.location import Location


def table(rows, columns):
    cells = tuple(
        TableCell(text=str(row + column), row=row, column=column, location=Location(table=1, row=row + 1))
        for row in range(rows)
        for column in range(columns)
    )
    return Table(cells=cells, rows=rows, columns=columns, location=Location(table=1))


def told_of(block):
    document = Document(file="a.docx", media_type="", blocks=(block,))
    return [
        (problem.code, problem.args, problem.location)
        for problem in find_claims(document, load_vocabulary()).problems
    ]


@pytest.mark.parametrize(
    ("rows", "columns", "code", "most"),
    [(2_001, 2, "claims/rows-not-looked-at", 2_000), (3, 41, "claims/table-too-wide", 40)],
)
def test_a_table_beyond_a_bound_is_told_with_its_place(rows, columns, code, most):
    assert told_of(table(rows, columns)) == [(code, {"most": most}, Location(file="a.docx", table=1))]


def test_a_table_within_bounds_is_not_told():
    assert told_of(table(2_000, 3)) == []


def test_a_passage_as_long_as_a_book_is_told():
    text = "đã nhận 12 hồ sơ và " * 7_000
    place = Location(paragraph=1)
    found = told_of(Block(kind=BlockKind.PARAGRAPH, text=text, location=place))
    assert [(code, args) for code, args, _ in found] == [("claims/passage-too-long", {"most": 40_000})]
