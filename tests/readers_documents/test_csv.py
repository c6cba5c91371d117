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


HEADER = "STT,Chỉ tiêu,Số,Tỷ lệ\n"


@pytest.mark.parametrize(
    ("text", "line", "parted"),
    [
        (HEADER + "1,Hồ sơ,794,98,8\n2,Đúng hạn,700,88\n", 2, "794,98"),
        (HEADER + "1,Hồ sơ,794,98\n2,Đúng hạn,700,88,2%\n", 3, "700,88"),
        (HEADER + '1,Hồ sơ,794,"98,8"\n2,Đúng hạn,1.700,5,88\n', 3, "1.700,5"),
        (HEADER + "1,Hồ sơ, mới nhận,794,98\n", 2, "Hồ sơ, mới nhận"),
        ("STT, Chỉ tiêu, Tỷ lệ\n1, Hồ sơ, 98,8\n2, Đúng hạn, 88\n", 2, "98,8"),
        ("Chỉ tiêu,2023,2024\nThu,12,5,13,1\n", 2, "12,5"),
        ("Biểu số 1\n" + HEADER + "1,Hồ sơ,794,98,8\n", 3, "794,98"),
        ("A,B\nx,1\n\n" + HEADER + "1,Hồ sơ,794,98,8\n", 5, "794,98"),
    ],
)
def test_cells_that_a_comma_of_a_figure_or_a_text_shifts_are_told_and_not_judged(
    read, write, text, line, parted
):
    found = read(write(text, "a.csv"))
    (problem,) = found.problems
    assert (problem.code, problem.location.line) == ("document/comma-parts-cells", line)
    assert problem.args["parted"] == parted
    assert found.document is None


@pytest.mark.parametrize(
    "text",
    [
        HEADER + '1,Hồ sơ,794,"98,8"\n2,Đúng hạn,700,88\n',
        HEADER + "1,Hồ sơ,794,98\n2,Đúng hạn,700\n",
        HEADER + "1,Hồ sơ,794,98,,,\n",
        "STT,Chỉ tiêu,Số\n1,Hồ sơ,794,ghi chú\n",
        "Biểu 1,,,\n" + HEADER + "1,Hồ sơ,794,98\n",
        "UBND XÃ A,CỘNG HÒA\n" + HEADER + "1,Hồ sơ,794,98\n2,Cũ,1,2\n",
        "A,B\nx,1\n\n" + HEADER + "1,Hồ sơ,794,98\n",
        "STT;Chỉ tiêu;Tỷ lệ\n1;Hồ sơ;98,8\n2;Đúng hạn;88\n",
        "STT\tChỉ tiêu\tTỷ lệ\n1\tHồ sơ, mới\t98,8\n",
    ],
)
def test_what_only_lacks_cells_or_has_no_header_for_one_is_read(read, write, text):
    found = read(write(text, "a.csv"))
    assert found.codes == []
    assert found.rows()
