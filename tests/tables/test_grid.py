"""Cells as rows and columns, and the rows that only number the columns."""

import pytest

from validator.model.document import TableCell
from validator.model.location import Location
from validator.tables.grid import begins_with_number, filled, is_number, is_numbering, rows_of


def cell(text, row, column):
    return TableCell(text=text, row=row, column=column, location=Location())


def test_rows_and_their_cells_come_in_order_whatever_the_order_of_the_cells():
    rows = rows_of([cell("d", 1, 1), cell(" ", 1, 0), cell("b", 0, 2), cell("a", 0, 0)])
    assert [(number, list(row)) for number, row in rows.items()] == [(0, [0, 2]), (1, [0, 1])]
    assert filled(rows[1]) == ["d"]


def test_of_a_long_table_the_first_rows_are_looked_at():
    assert list(rows_of([cell("a", row, 0) for row in range(5)], most=2)) == [0, 1]


@pytest.mark.parametrize(
    "row",
    [
        "(1) (2) (3)",
        "1 2 3",
        "5 6 7",
        "A B 1 2",
        "A B 1",
        "A B C",
        "( 1 ) ( 2 ) ( 3 )=(1)+(2)",
        "(1) (2) 3=1+2",
    ],
)
def test_a_row_that_numbers_the_columns(row):
    texts = row.replace("( ", "(").replace(" )", ")").split()
    assert is_numbering(texts)


@pytest.mark.parametrize(
    "row", ["1 2", "2 1 3", "1 2 4", "0 0 0", "B C D", "A B 7", "1 2 x", "A 1 B", "120 121 122"]
)
def test_a_row_of_figures_or_words_does_not(row):
    assert not is_numbering(row.split())


def test_a_number_alone_and_one_with_more():
    assert [is_number(each) for each in ("1.200", " -3,5 % ", "12 người", "x")] == [True, True, False, False]
    assert [begins_with_number(each) for each in ("12 người", "người 12")] == [True, False]
