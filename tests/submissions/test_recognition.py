"""Which declared unit a report is of."""

from __future__ import annotations

import pytest

from validator.model.document import Block, BlockKind, Document
from validator.model.location import Location
from validator.model.report import Report, Unit
from validator.model.unit_list import DeclaredUnit, UnitList
from validator.submissions.recognition import UnitFinder


def declared(unit_id, name, parent=None, level="commune", synonyms=()):
    unit = Unit(id=unit_id, name=name, level=level, parent=parent)
    return DeclaredUnit(unit=unit, synonyms=synonyms, location=Location())


FINDER = UnitFinder(
    UnitList(
        units=(
            declared("tan-son", "Huyện Tân Sơn", level="district"),
            declared("thanh-ba", "Huyện Thanh Ba", level="district"),
            declared("an-lac", "Xã An Lạc", "tan-son", synonyms=("UBND An Lạc Đông",)),
            declared("tan-lap", "Xã Tân Lập", "tan-son"),
            declared("tan-lap-ha", "Xã Tân Lập Hạ", "tan-son"),
            declared("tan-lap-tb", "Xã Tân Lập", "thanh-ba"),
        )
    )
)


def document(*lines):
    blocks = tuple(Block(kind=BlockKind.PARAGRAPH, text=line, location=Location()) for line in lines)
    return Document(file="", media_type="", blocks=blocks)


def found(unit=None, lines=None, path="x.docx"):
    text = None if lines is None else document(*lines)
    match = FINDER.find(Report(unit=unit or Unit()), text, path)
    return match.unit.id if match.unit else [each.id for each in match.candidates]


def test_the_id_of_a_structured_report_counts():
    assert found(Unit(id="tan-lap-tb", name="Xã Tân Lập")) == "tan-lap-tb"


@pytest.mark.parametrize(
    "name", ["Xã An Lạc", "XÃ AN LẠC", "xã an lac", "An Lạc", "UBND An Lạc Đông", "Xa\u0303 An Lạc"]
)
def test_names_are_compared_without_case_and_marks(name):
    assert found(Unit(name=name)) == "an-lac"


def test_a_longer_name_is_not_taken_for_the_shorter_one_in_it():
    assert found(lines=["ỦY BAN NHÂN DÂN XÃ TÂN LẬP HẠ"]) == "tan-lap-ha"


def test_the_head_names_the_superior_too_and_the_lowest_unit_counts():
    assert found(lines=["UBND HUYỆN TÂN SƠN", "UBND XÃ AN LẠC"]) == "an-lac"
    assert found(lines=["UBND HUYỆN TÂN SƠN"]) == "tan-son"


def test_who_is_addressed_is_not_who_reports():
    assert found(lines=["UBND HUYỆN TÂN SƠN", "Kính gửi: UBND xã An Lạc"]) == "tan-son"


def test_two_units_of_one_name_are_told_apart_by_the_superior():
    assert found(Unit(name="Xã Tân Lập"), ["UBND HUYỆN THANH BA", "UBND XÃ TÂN LẬP"]) == "tan-lap-tb"
    assert found(Unit(name="Xã Tân Lập", parent="tan-son")) == "tan-lap"
    assert found(Unit(name="Xã Tân Lập"), [], "thanh-ba/bao-cao.docx") == "tan-lap-tb"


def test_where_nothing_decides_no_unit_is_guessed():
    assert found(Unit(name="Xã Tân Lập"), ["UBND XÃ TÂN LẬP"]) == ["tan-lap", "tan-lap-tb"]
    assert found(Unit(name="Xã Khác"), ["UBND XÃ KHÁC"]) == []


def test_a_sheet_without_a_head_is_known_by_the_name_of_its_file():
    assert found(lines=[], path="nop/PL_xa_An-Lac_6T.xlsx") == "an-lac"
    assert found(Unit(id="other", name="Xã Khác"), path="an-lac.yaml") == []


TONES = UnitFinder(
    UnitList(
        units=(
            declared("bac-linh", "Huyện Bắc Lĩnh", level="district"),
            declared("dong-hoa-1", "Xã Đông Hòa", "bac-linh"),
            declared("dong-hoa-2", "Xã Đồng Hòa", "bac-linh"),
        )
    )
)


def by_marks(name, lines=(), path="x.docx", level="commune"):
    match = TONES.find(Report(unit=Unit(name=name, level=level)), document(*lines), path)
    return match.unit.id if match.unit else [each.id for each in match.candidates]


@pytest.mark.parametrize(
    ("name", "unit"),
    [
        ("Xã Đông Hòa", "dong-hoa-1"),
        ("Xã Đồng Hoà", "dong-hoa-2"),
        ("XÃ ĐỒNG HÒA", "dong-hoa-2"),
        ("xa dong hoa", ["dong-hoa-1", "dong-hoa-2"]),
        ("Xã Đống Hòa", []),
    ],
)
def test_units_that_differ_by_a_tone_are_told_apart(name, unit):
    assert by_marks(name) == unit


def test_a_unit_that_is_not_declared_is_not_the_superior_that_it_writes_to():
    lines = ["UBND HUYỆN BẮC LĨNH", "UBND XÃ LẠ", "theo Kế hoạch của UBND huyện Bắc Lĩnh"]
    assert by_marks("Xã Lạ", lines) == []
    assert by_marks("Xã Lạ", lines, "dong-hoa-1.docx") == []


def test_a_file_named_after_another_unit_is_doubted():
    match = FINDER.find(Report(unit=Unit(name="Xã An Lạc")), document("UBND XÃ AN LẠC"), "Xã Tân Lập Hạ.docx")
    assert (match.unit.id, match.by_file.id) == ("an-lac", "tan-lap-ha")


def test_the_folder_names_the_unit_where_the_file_does_not():
    assert FINDER.of_unread("nop/Xã An Lạc/Scan_001.pdf").id == "an-lac"
    assert found(lines=[], path="nop/Xã An Lạc/Scan_001.docx") == "an-lac"
