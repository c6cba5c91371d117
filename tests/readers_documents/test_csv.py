import pytest


@pytest.mark.parametrize("delimiter", [",", ";", "\t"])
def test_the_delimiter_is_found(read, write, delimiter):
    lines = [["STT", "Chỉ tiêu", "Số"], ["1.1", "Hồ sơ", "794"], ["1.2", "Tỷ lệ", "98"]]
    found = read(write("\n".join(delimiter.join(line) for line in lines), "a.csv"))
    assert found.rows() == lines
    assert found.cell("98").location.line == 3
    assert found.cell("98").location.column_name == "Số"


def test_quoted_cells_may_hold_delimiters_and_line_breaks(read, write):
    found = read(write('STT;Chỉ tiêu;Số\n1;"Hồ sơ; mới\nnhận";"41,4"\n2;Cũ;5\n', "a.csv"))
    assert found.rows()[1] == ["1", "Hồ sơ; mới\nnhận", "41,4"]


def test_the_mark_of_excel_for_the_delimiter_is_believed(read, write):
    found = read(write("\ufeffsep=;\nSTT;Số\n1;41,4\n", "a.csv"))
    assert found.rows() == [["STT", "Số"], ["1", "41,4"]]


def test_utf_16_from_excel_is_read(read, write):
    found = read(write("STT\tSố\n1\t41,4\n".encode("utf-16"), "a.csv"))
    assert found.rows() == [["STT", "Số"], ["1", "41,4"]]
