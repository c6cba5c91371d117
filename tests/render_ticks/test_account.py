"""Every figure is of one kind, the kinds add up to all figures, and they are those that check counts."""

from __future__ import annotations

import re

import pytest

from validator.api import check
from validator.model.tick import TickKind
from validator.render.tick_words import tick_sum

from .conftest import EXAMPLE, documents, known, texts


@pytest.mark.parametrize("path", documents("corpus/office/*.docx", "desk/*.docx"), ids=lambda path: path.stem)
def test_the_kinds_add_up_and_are_those_of_check(path):
    plain, ticked = check(path).files[0].compared, known(path)
    counts = {kind: ticked.ticks.count(kind) for kind in TickKind}
    assert sum(counts.values()) == len(ticked.ticks.figures) > 0
    assert ticked.result.compared == plain
    assert counts[TickKind.TIED] == plain.agree
    assert counts[TickKind.DIFFERS] == plain.differ
    assert counts[TickKind.OPEN] == plain.open
    assert all(str(count) in tick_sum(ticked.ticks, "vi") for count in counts.values())


@pytest.mark.parametrize("path", documents("corpus/office/*.docx", "desk/*.docx"), ids=lambda path: path.stem)
def test_no_number_of_the_document_is_left_out(path):
    ticked = known(path)
    digits = sum(len(re.findall("[0-9]", text)) for text in texts(ticked.ticks.document))
    told = sum(len(re.findall("[0-9]", each.text)) for each in ticked.ticks.figures)
    assert told == digits


def test_a_figure_leads_to_those_that_it_was_compared_with():
    ticks = known(EXAMPLE).ticks
    failing = [tie for tie in ticks.ties if not tie.holds]
    assert ["520", "210", "300", "12"] in [[ticks.figures[at].text for at in tie.figures] for tie in failing]
    for number, each in enumerate(ticks.figures):
        assert all(number in ticks.ties[at].figures for at in each.comparisons)
        assert bool(each.comparisons) == (each.kind in {TickKind.TIED, TickKind.DIFFERS})
        disagrees = any(not ticks.ties[at].holds for at in each.comparisons)
        assert disagrees == (each.kind is TickKind.DIFFERS)


def test_a_document_of_no_known_form_has_tick_marks_too(write):
    ticked = write(
        "Báo cáo số 12/BC-HTX ngày 05/3/2024",
        "Hợp tác xã có 40 thành viên, gồm 25 nam và 15 nữ.",
        "Hợp tác xã đã hoàn thành 17/30 nhiệm vụ, đạt 92%.",
        "Diện tích trồng mới là 7 ha.",
    )
    assert ticked.kinds("40") == ticked.kinds("25") == ticked.kinds("15") == ["tied"]
    assert ticked.kinds("30") == ticked.kinds("17") == ticked.kinds("92%") == ["differs"]
    assert ticked.kinds("7") == ["open"]
    assert ticked.kinds("05/3/2024") == ["name"]


def test_numbers_of_rows_and_columns_are_no_quantities(write):
    ticked = write(
        [
            ("TT", "Tên", "Năm 2023", "Số lượng"),
            ("(1)", "(2)", "(3)", "(4)"),
            ("1", "Mục một", "11", "52"),
            ("1.1", "Mục hai", "31", "97"),
            ("1.2", "Mục ba", "64", "08"),
            ("2", "Mục bốn", "5.000", "12,5%"),
        ]
    )
    for text in ("(1)", "(4)", "1", "1.1", "1.2", "2", "2023"):
        assert ticked.kinds(text) == ["name"], text
    for text in ("11", "52", "97", "64", "5.000", "12,5%"):
        assert ticked.kinds(text) == ["open"], text


def test_a_date_that_nothing_is_compared_with_is_no_figure_of_check():
    ticks = known(EXAMPLE)
    day = [each for each in ticks.ticks.figures if each.text.endswith("16 tháng 12 năm 2024")]
    assert [each.kind for each in day] == [TickKind.NAME]


def test_only_documents_have_tick_marks(tmp_path):
    report = tmp_path / "report.yaml"
    report.write_text("report: {form: demo}\n", encoding="utf-8")
    assert check(report, ticks=True).files[0].ticks is None
