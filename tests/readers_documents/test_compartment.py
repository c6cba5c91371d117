"""A fault of this program costs the block that brought it to light, and that is told."""

import pytest

from validator.model.location import Location
from validator.model.problem import Problem, ValidatorError
from validator.readers.compartment import Compartments
from validator.readers.reader import Unreadable


def broken(*_):
    raise IndexError("list index out of range")


def test_one_block_is_lost_and_named():
    apart = Compartments("a.docx")
    assert apart.one(Location(table=2), broken, "nothing") == "nothing"
    assert [(each.code, each.location) for each in apart.problems] == [
        ("read/block-lost", Location(file="a.docx", table=2))
    ]
    assert "IndexError" in str(apart.problems[0].args["error"])


def test_work_on_all_blocks_goes_on_without_those_it_fails_on():
    apart = Compartments("a.docx")

    def total(parts):
        return sum(100 // part for part in parts)

    found = apart.together([1, 0, 2], lambda part: Location(paragraph=part), total, -1)
    assert (found, [each.location.paragraph for each in apart.problems]) == (150, [0])


def test_work_that_fails_on_blocks_only_together_is_lost_as_a_whole():
    apart = Compartments("a.docx")

    def alone(parts):
        return parts[0] if len(parts) == 1 else broken()

    assert apart.together([1, 2], lambda _: Location(), alone, -1) == -1
    assert [each.location.file for each in apart.problems] == ["a.docx"]


def test_a_damaged_part_is_told_and_other_reasons_to_give_up_pass():
    apart = Compartments("a/b.docx")

    def gives_up(code):
        def work():
            raise Unreadable(code)

        return work

    assert apart.part("styles.xml", Location(), gives_up("damaged"), 0) == 0
    assert [(each.code, each.args["file"]) for each in apart.problems] == [("document/part-lost", "b.docx")]
    with pytest.raises(Unreadable):
        apart.part("styles.xml", Location(), gives_up("zip-bomb"), 0)


@pytest.mark.parametrize(
    "fault", [MemoryError(), ValidatorError(Problem(code="document/missing-extra", location=Location()))]
)
def test_wrong_use_and_lack_of_memory_pass_through(fault):
    def work():
        raise fault

    with pytest.raises(type(fault)):
        Compartments("a").one(Location(), work, None)


def test_who_mends_the_program_sees_the_fault_itself(monkeypatch):
    monkeypatch.setenv("VALIDATOR_DEBUG", "1")
    with pytest.raises(IndexError):
        Compartments("a").one(Location(), broken, None)


def test_a_flood_of_lost_blocks_is_told_as_a_number():
    apart = Compartments("a")
    for place in range(50):
        apart.one(Location(line=place + 1), broken, None)
    codes = [each.code for each in apart.told()]
    assert codes == ["read/block-lost"] * 20 + ["read/more-blocks-lost"]
    assert apart.told()[-1].args["count"] == 30


@pytest.mark.parametrize(
    ("where", "name", "lost"),
    [
        ("validator.readers.docx.read_table", "report.docx", {"table": 1}),
        ("validator.readers.docx.paragraph_style", "report.docx", {"paragraph": 1}),
    ],
)
def test_a_word_file_is_read_around_the_block_at_fault(read, make_docx, monkeypatch, where, name, lost):
    body = (
        "<w:p><w:r><w:t>Một</w:t></w:r></w:p>"
        "<w:tbl><w:tr><w:tc><w:p><w:r><w:t>Ô</w:t></w:r></w:p></w:tc></w:tr></w:tbl>"
    )
    calls = []
    whole = __import__(where.rpartition(".")[0], fromlist=["x"])
    original = getattr(whole, where.rpartition(".")[2])

    def once(*given, **named):
        calls.append(1)
        return broken() if len(calls) == 1 else original(*given, **named)

    monkeypatch.setattr(where, once)
    found = read(make_docx(body, name=name))
    assert [each.code for each in found.problems] == ["read/block-lost"]
    for part, number in lost.items():
        assert getattr(found.problems[0].location, part) == number
    assert len(found.all) == 1


@pytest.fixture
def here(monkeypatch):
    """Read in this process, where what is patched is patched."""
    monkeypatch.setattr("validator.submissions.wall.is_inside", lambda: True)


def test_a_table_that_cannot_be_bound_leaves_the_others_and_the_text(here, monkeypatch, tmp_path):
    from validator.api import read_report
    from validator.binding import report

    heading = "UBND XÃ AN LẠC\n\n# BÁO CÁO\n\nCông tác cải cách hành chính năm 2024\n\n"
    table = (
        "| STT | Chỉ tiêu | Đơn vị tính | Số liệu | Ghi chú |\n|---|---|---|---|---|\n"
        "| 4.1 | Tổng số biên chế được giao trong năm | Người | 21 | |\n\n"
    )
    path = tmp_path / "report.md"
    path.write_text(f"{heading}{table}Đoạn ngăn hai bảng.\n\n{table}", encoding="utf-8")
    bind, calls = report.figure_rows, []

    def once(*given):
        calls.append(1)
        return broken() if len(calls) == 1 else bind(*given)

    monkeypatch.setattr(report, "figure_rows", once)
    found = read_report(path)
    assert [(each.code, each.location.table) for each in found.problems] == [("read/block-lost", 1)]
    assert [cell.raw for cell in found.report.cells["staff.assigned"]] == ["21"]


def test_a_head_that_cannot_be_read_leaves_the_figures(here, monkeypatch, tmp_path):
    from validator.api import read_report
    from validator.binding import report

    path = tmp_path / "report.md"
    path.write_text(
        "UBND XÃ AN LẠC\n\n# BÁO CÁO\n\nCông tác cải cách hành chính năm 2024\n\n"
        "| STT | Chỉ tiêu | Đơn vị tính | Số liệu |\n|---|---|---|---|\n"
        "| 4.1 | Tổng số biên chế được giao trong năm | Người | 21 |\n",
        encoding="utf-8",
    )
    monkeypatch.setattr(report, "read_head", broken)
    found = read_report(path)
    assert [each.code for each in found.problems] == ["read/block-lost"]
    assert [cell.raw for cell in found.report.cells["staff.assigned"]] == ["21"]
