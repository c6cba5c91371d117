"""The whole way of a period: sixty files of a province, letters, corrections, acceptance, the sum of all."""

from __future__ import annotations

import io
import re
import zipfile
from contextlib import redirect_stderr, redirect_stdout

import pytest

from validator import review, rollup, write_review
from validator.cli.main import main
from validator.model.review import Standing

from . import make_reports as made

NAMES = made.names()


@pytest.fixture(scope="module")
def desk(tmp_path_factory):
    folder = tmp_path_factory.mktemp("sixty")
    made.write(folder)
    return folder


@pytest.fixture(scope="module")
def first(desk):
    """The review of what came first, with what goes back."""
    found = review(desk / "lan-1", units=desk / "danh-sach-don-vi.xlsx")
    write_review(found, desk / "ket-qua", sources=desk / "lan-1")
    return found


@pytest.fixture(scope="module")
def letters(first, desk):
    """The texts of all files that go to each commune, by its name."""
    folders = {row.unit.name: desk / "ket-qua" / "gui-don-vi" / row.unit.id for row in first.units}
    return {name: {path.name: text_of(path) for path in place.iterdir()} for name, place in folders.items()}


@pytest.fixture(scope="module")
def accepted(first, desk):
    """Exit code and words of accepting both deliveries."""
    out, err = io.StringIO(), io.StringIO()
    sources = [str(desk / name) for name in ("lan-1", "lan-2")]
    options = ["--archive", str(desk / "kho"), "--units", str(desk / "danh-sach-don-vi.xlsx")]
    with redirect_stdout(out), redirect_stderr(err):
        code = main(["accept", *sources, *options])
    return code, out.getvalue(), err.getvalue()


def text_of(path):
    with zipfile.ZipFile(path) as file:
        parts = [name for name in sorted(file.namelist()) if name.endswith(".xml")]
        whole = " ".join(file.read(name).decode("utf-8", "replace") for name in parts)
    return " ".join(re.sub(r"<[^>]*>", " ", whole).split())


def slip(files):
    return next(text for name, text in files.items() if name.startswith("phieu-"))


def test_the_same_run_makes_the_same_files():
    assert len(made.first()) == 60
    assert (made.first(), made.second(), made.units()) == (made.first(), made.second(), made.units())


def test_the_examples_of_the_guide_are_made_of_the_same(pytestconfig):
    folder = pytestconfig.rootpath / "examples" / "documents"
    files = {name: data for name, data in made.examples().items() if name.endswith(".docx")}
    assert {name: (folder / name).read_bytes() for name in files} == files
    assert (folder / "an-phong-phu-luc.xlsx").exists()


def test_every_unit_is_found_and_only_what_is_planted_is_told(first):
    assert [row.unit.name for row in first.units] == NAMES
    told = {
        NAMES.index(row.unit.name)
        for row in first.units
        if any(tally.errors or tally.warnings for tally in row.tallies.values())
    }
    assert told == set(made.planted())
    standing = {number: first.units[number].standing for number in range(57)}
    assert [n for n in standing if standing[n] is Standing.MISSING] == list(made.SILENT)
    broken = [made.HALF_A_FILE, made.EMPTY, made.PICTURE]
    assert [n for n in standing if standing[n] is Standing.UNREADABLE] == broken


def test_a_narrative_and_its_appendix_are_one_report(first):
    for number in made.SPLIT:
        row = first.units[number]
        assert (row.older, len(first.details[row.key].parts)) == ((), 1)


def test_each_letter_is_addressed_and_of_its_kind(letters):
    for number, name in enumerate(NAMES):
        text = slip(letters[name])
        assert f"Kính gửi: Ủy ban nhân dân {name[:1].lower()}{name[1:]} (" in text
        assert f"{made._plain(name)}@namson.example" in text
        kind = (
            "ĐÔN ĐỐC" if number in made.SILENT
            else "GỬI LẠI" if number in (made.HALF_A_FILE, made.EMPTY, made.PICTURE)
            else "CHỈNH SỬA" if number in made.planted()
            else "KẾT QUẢ"
        )  # fmt: skip
        assert kind in re.search(r"PHIẾU [\w ,]+?BÁO CÁO", text)[0]


def test_no_file_names_another_unit_or_one_of_its_figures(letters):
    received = {name: _printed(made.figures(number)["received"]) for number, name in enumerate(NAMES)}
    for report in made.reports():
        # Two units may state one number for different things.
        own = {_printed(value) for value in (*report.text.values(), *report.rows.values())}
        others = [other for other in NAMES if other not in report.name]
        for text in letters[report.name].values():
            assert not [each for each in others if re.search(rf"\b{each}\b(?! Hạ)", text, re.IGNORECASE)]
            assert not [each for each in others if received[each] in text and received[each] not in own]
            assert not re.search(r"lan-1/|/tmp|cchc/|claims/", text)


def _printed(value):
    return value if isinstance(value, str) else f"{value:,}".replace(",", ".")


def test_the_list_of_letters_names_every_file(first, letters, desk):
    text = text_of(desk / "ket-qua" / "danh-sach-gui.xlsx")
    for row in first.units:
        assert [name for name in letters[row.unit.name] if name not in text] == []
        assert f"gui-don-vi/{row.unit.id}" in text


def test_after_the_corrections_nothing_is_left_but_what_nobody_corrected(desk):
    found = review(desk / "lan-2", units=desk / "danh-sach-don-vi.xlsx")
    assert not [row.unit.name for row in found.units if any(tally.errors for tally in row.tallies.values())]


def test_the_period_is_accepted_and_said(accepted, desk):
    code, out, err = accepted
    assert code == 2
    assert len(list((desk / "kho").glob("*/*.yaml"))) == 51
    assert not list((desk / "kho").rglob("*_v2*"))
    assert "Đã lưu 51 báo cáo" in out
    assert "Chưa có báo cáo của 6 đơn vị" in out
    assert [each for each in ("48-", "47-") if each not in err] == []
    assert "03-xa-dong-lac.docx" not in re.sub(r"(?m)^  .*$", "", out)


def test_the_sum_of_the_archive_is_the_sum_of_what_was_accepted(accepted, desk):
    rolled = rollup(desk / "kho", units=desk / "danh-sach-don-vi.xlsx", parent="so-noi-vu-tinh-nam-son")
    there = [n for n in range(57) if n not in (made.EMPTY, made.PICTURE, *made.SILENT) or n in made.SENT_LATE]
    assert len(rolled.units) == len(there)
    wanted = sum(int(made.figures(number)["received"]) for number in there)
    (cell,) = [cells[0] for path, cells in rolled.report.cells.items() if path == "hoso.commune.received"]
    assert cell.value.value == wanted
