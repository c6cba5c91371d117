"""How many figures were compared: each once, by its place; nothing compared is no pass."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from validator import check
from validator.checking.compared import Ledger
from validator.cli.main import main
from validator.model.location import Location
from validator.model.problem import ValidatorError

if TYPE_CHECKING:
    from pathlib import Path

HEAD = """ỦY BAN NHÂN DÂN XÃ SƠN HÀ
BÁO CÁO
Công tác cải cách hành chính 6 tháng đầu năm 2024
I. CẢI CÁCH THỦ TỤC HÀNH CHÍNH
"""
NO_FORM = "THÔNG BÁO\nXã đã trả đúng hạn 45/50 hồ sơ, đạt {share}%.\n"


def at(start: int, end: int, paragraph: int = 1) -> Location:
    return Location(file="a.txt", paragraph=paragraph, start=start, end=end)


def counts(ledger: Ledger) -> tuple[int, int, int, int]:
    found = ledger.compared
    return found.figures, found.agree, found.differ, found.open


def written(folder: Path, text: str, name: str = "bao-cao.txt") -> Path:
    path = folder / name
    path.write_text(text, encoding="utf-8")
    return path


def test_a_figure_is_counted_once_whoever_found_it() -> None:
    ledger = Ledger([at(3, 5), at(3, 6), at(9, 10), at(3, 5, paragraph=2)])
    ledger.note([at(3, 5)], differ=False)
    ledger.note([at(4, 6), at(40, 41)], differ=False)
    assert counts(ledger) == (3, 1, 0, 2)


def test_a_figure_that_does_not_agree_with_one_other_does_not_agree() -> None:
    ledger = Ledger([at(3, 5), at(9, 10)])
    ledger.note([at(3, 5)], differ=True)
    ledger.note([at(3, 5), at(9, 10)], differ=False)
    assert counts(ledger) == (2, 1, 1, 0)


def test_a_cell_is_one_figure_as_a_whole() -> None:
    cell = Location(file="a.docx", table=1, row=2, table_column=3)
    ledger = Ledger([cell])
    ledger.note([Location(file="a.docx", table=1, row=2, table_column=3, start=0, end=2)], differ=False)
    assert counts(ledger) == (1, 1, 0, 0)


def test_the_counts_of_a_document_add_up(tmp_path: Path) -> None:
    text = HEAD + "- Tổng số hồ sơ đã tiếp nhận: 25 hồ sơ.\nXã có 3 thôn. Đã trả 45/50 giấy, đạt 90%.\n"
    (file,) = check([written(tmp_path, text)], packs=["cchc"]).files
    found = file.compared
    assert (found.figures, found.agree, found.differ, found.open) == (5, 3, 0, 2)


@pytest.mark.parametrize(("share", "code"), [("90", 0), ("80", 1)])
def test_a_document_whose_form_is_not_known_is_checked(tmp_path: Path, share: str, code: int, capsys) -> None:
    assert main(["check", "-v", str(written(tmp_path, NO_FORM.format(share=share)))]) == code
    said = capsys.readouterr().out
    assert ("claims/share-differs" in said) is bool(code)
    assert "Không nhận ra mẫu báo cáo" in said
    assert "3 con số" in said


def test_a_document_without_anything_to_compare_is_no_pass(tmp_path: Path, capsys) -> None:
    path = written(tmp_path, HEAD + "- Tổng số hồ sơ đã tiếp nhận: 25 hồ sơ.\n")
    assert main(["check", "-v", str(path)]) == 2
    assert "check/nothing-compared" in capsys.readouterr().out


def test_what_was_not_compared_among_others_is_a_finding(tmp_path: Path, capsys) -> None:
    paths = [
        written(tmp_path, NO_FORM.format(share="90"), "a.txt"),
        written(tmp_path, "Không có gì.", "b.txt"),
    ]
    assert main(["check", "-v", *map(str, paths)]) == 1
    assert main(["check", "-v", *map(str, paths), "--ignore", "check/nothing-compared"]) == 0
    assert capsys.readouterr().out.count("check/nothing-compared") == 1


def test_a_rule_none_of_whose_figures_is_stated_is_not_decided(tmp_path: Path) -> None:
    text = "report: {form: cchc, unit: {id: xa, level: commune}, period: {kind: year}}\n"
    run = check([written(tmp_path, text, "a.yaml")])
    assert (run.decided, run.files[0].diagnostics[-1].id) == (0, "check/nothing-compared")


@pytest.mark.parametrize("pattern", ["claims/*", "claims/share-differs", "share-differs"])
def test_claims_are_selected_by_their_ids(tmp_path: Path, pattern: str) -> None:
    run = check([written(tmp_path, NO_FORM.format(share="80"))], select=[pattern])
    assert "claims/share-differs" in {each.id for each in run.files[0].diagnostics}


def test_what_was_not_selected_is_not_compared(tmp_path: Path) -> None:
    path = str(written(tmp_path, NO_FORM.format(share="80")))
    assert main(["check", path, "--select", "claims/parts-differ-from-total"]) == 2


@pytest.mark.parametrize("option", ["select", "ignore"])
@pytest.mark.parametrize("pattern", ["nosuch/*", "claims/share-difers", "no-such-rule"])
def test_an_id_or_pattern_that_nothing_fits_is_refused(tmp_path: Path, option: str, pattern: str) -> None:
    path = written(tmp_path, NO_FORM.format(share="80"))
    assert main(["check", str(path), f"--{option}", pattern]) == 2
    assert main(["review", str(tmp_path), f"--{option}", pattern]) == 2
    with pytest.raises(ValidatorError):
        check([path], **{option: [pattern]})


@pytest.mark.parametrize(
    "name", ["claims/share-differs", "read/no-header", "cchc/restated-differently", "check/nothing-compared"]
)
def test_every_id_is_explained(name: str, capsys) -> None:
    assert main(["explain", name]) == 0
    assert capsys.readouterr().out.startswith(name)
