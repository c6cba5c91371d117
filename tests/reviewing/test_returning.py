"""What goes back to units and reviewer: written whole, beside the submissions, harmless."""

from __future__ import annotations

import errno
import io
import os
import re
import shutil
import zipfile
from pathlib import Path

import pytest

from validator import ValidatorError, review, write_review

from .conftest import BAD, UNITS, report

EXAMPLES = Path(__file__).parents[2] / "examples" / "review" / "2024-06-thang"
FORMULA = "=cmd|' /C calc'!A0"
MARKUP = "<script>alert(1)</script><img src=x onerror=alert(2)>"
CONTROL = "\x1b[31m\x00\x07\u202e"


def contents(folder):
    return {
        str(path.relative_to(folder)): path.read_bytes()
        for path in folder.rglob("*")
        if path.is_file() and path.suffix != ".json"
    }


@pytest.fixture
def returned(desk, tmp_path):
    """Review the desk, write what goes back, and return what lies in the folder then."""

    def write():
        found = review(desk.folder)
        done = write_review(found, tmp_path / "out", sources=desk.folder)
        assert sorted(done.paths) == sorted(
            path for path in (tmp_path / "out").rglob("*") if path.is_file() and path.suffix != ".json"
        )
        return contents(tmp_path / "out")

    return write


def yaml_text(text):
    return '"' + "".join(c if c.isprintable() and c not in '\\"' else f"\\u{ord(c):04x}" for c in text) + '"'


class TestFolder:
    def test_each_unit_has_a_slip_and_the_reviewer_a_page_and_a_workbook(self, desk, returned):
        desk.put("units.yaml", UNITS)
        desk.put("a.yaml", report("xa-a", BAD))
        assert sorted(returned()) == [
            "danh-sach-gui.xlsx",
            "gui-don-vi/xa-a/phieu-cchc.docx",
            "gui-don-vi/xa-b/phieu-cchc.docx",
            "gui-don-vi/xa-c/phieu-cchc.docx",
            "review.html",
            "review.xlsx",
        ]

    def test_submissions_stay_as_they_are_and_nothing_is_written_elsewhere(self, desk, returned, tmp_path):
        for name in ("xa-an-lac.docx", "xa-tan-lap-ha.xlsx", "xa-tan-lap-ha.giai-trinh.yaml"):
            shutil.copy(EXAMPLES / name, desk.folder)
        before = contents(desk.folder)
        assert [name for name in returned() if ".chu-thich." in name]
        assert contents(desk.folder) == before
        assert {path.name for path in tmp_path.iterdir()} == {"in", "archive", "out"}

    def test_writing_again_replaces_what_was_written(self, desk, returned):
        path = desk.put("a.yaml", report("xa-a", BAD))
        first = returned()
        path.write_text(report("xa-a"), encoding="utf-8")
        second = returned()
        assert set(first) == set(second)
        assert first["review.html"] != second["review.html"]

    def test_what_else_lies_there_is_left_alone(self, desk, returned, tmp_path):
        desk.put("a.yaml", report("xa-a"))
        (tmp_path / "out").mkdir()
        mine = tmp_path / "out" / "ghi-chu.txt"
        mine.write_text("của tôi", encoding="utf-8")
        done = write_review(review(desk.folder), tmp_path / "out", sources=desk.folder)
        assert mine not in done.paths
        assert mine.read_text(encoding="utf-8") == "của tôi"

    @pytest.mark.parametrize("name", ["in", "in/ket-qua", "in/../in/a/b"])
    def test_a_folder_among_the_submissions_is_refused(self, desk, tmp_path, name):
        desk.put("a.yaml", report("xa-a"))
        found = review(desk.folder)
        with pytest.raises(ValidatorError) as told:
            write_review(found, tmp_path / name, sources=desk.folder)
        assert told.value.problem.code == "review/output-in-input"
        assert [path.name for path in desk.folder.iterdir()] == ["a.yaml"]

    def test_a_file_among_the_submissions_is_not_written_over(self, desk, tmp_path):
        path = desk.put("gui-don-vi/an-lac/phieu-cchc.docx", (EXAMPLES / "xa-an-lac.docx").read_bytes())
        found = review(path)
        with pytest.raises(ValidatorError):
            write_review(found, desk.folder, sources=path)
        assert path.read_bytes() == (EXAMPLES / "xa-an-lac.docx").read_bytes()

    def test_a_submission_that_changed_since_has_no_copy_and_that_is_told(self, desk, tmp_path):
        path = desk.put("a.docx", (EXAMPLES / "xa-an-lac.docx").read_bytes())
        found = review(desk.folder)
        path.write_bytes((EXAMPLES / "xa-tan-lap.docx").read_bytes())
        done = write_review(found, tmp_path / "out", sources=desk.folder)
        assert [each.code for each in done.problems] == ["review/changed-since"]

    def test_two_forms_of_one_unit_have_a_slip_each(self, desk, returned):
        desk.put("a.yaml", report("xa-a"))
        desk.put("b.yaml", report("xa-a", "hoso: {received: 3}\n", form="demo"))
        assert {"gui-don-vi/xa-a/phieu-cchc.docx", "gui-don-vi/xa-a/phieu-demo.docx"} <= set(returned())

    def test_units_with_the_same_name_have_slips_each(self, desk, returned):
        for number in range(3):
            desk.put(f"{number}.yaml", report("{level: commune}", f"hoso: {{received: {number}}}\n"))
            desk.put(f"x/{number}.yaml", report("{level: commune}", f"hoso: {{received: {10 + number}}}\n"))
        assert len([name for name in returned() if "phieu" in name]) == 6


class TestFaults:
    def test_a_disk_that_fills_half_way_leaves_whole_files_only(self, desk, tmp_path, monkeypatch):
        desk.put("units.yaml", UNITS)
        desk.put("a.yaml", report("xa-a", BAD))
        found = review(desk.folder)
        flushed = []

        def fill_up(handle):
            flushed.append(handle)
            if len(flushed) > 2:
                raise OSError(errno.ENOSPC, os.strerror(errno.ENOSPC))

        monkeypatch.setattr(os, "fsync", fill_up)
        with pytest.raises(ValidatorError) as told:
            write_review(found, tmp_path / "out", sources=desk.folder)
        assert told.value.problem.code == "review/cannot-write"
        written = contents(tmp_path / "out")
        assert sorted(written) == ["gui-don-vi/xa-a/phieu-cchc.docx", "gui-don-vi/xa-b/phieu-cchc.docx"]
        assert all(zipfile.is_zipfile(io.BytesIO(data)) for data in written.values())

    def test_what_was_there_before_stays_whole(self, desk, tmp_path, returned, monkeypatch):
        desk.put("a.yaml", report("xa-a", BAD))
        before = returned()
        monkeypatch.setattr(os, "fsync", full)
        with pytest.raises(ValidatorError):
            write_review(review(desk.folder), tmp_path / "out", sources=desk.folder)
        assert contents(tmp_path / "out") == before

    def test_a_folder_that_is_a_file_is_told(self, desk, tmp_path):
        desk.put("a.yaml", report("xa-a"))
        (tmp_path / "out").write_text("", encoding="utf-8")
        with pytest.raises(ValidatorError) as told:
            write_review(review(desk.folder), tmp_path / "out", sources=desk.folder)
        assert told.value.problem.code == "review/cannot-write"


def full(*_):
    raise OSError(errno.ENOSPC, os.strerror(errno.ENOSPC))


class TestHostileNames:
    NAMES = (FORMULA, MARKUP, CONTROL + "Xã", "../../etc", "a/b\\c", "@SUM(1+1)", "+1+1", "-1-1", "x" * 500)

    @pytest.fixture
    def written(self, desk, returned):
        for number, name in enumerate(self.NAMES):
            unit = f"{{name: {yaml_text(name)}, level: commune}}"
            desk.put(f"{number}.yaml", report(unit, BAD))
        return returned()

    def test_files_lie_in_safe_folders(self, written):
        for name in written:
            assert re.fullmatch(r"(?:gui-don-vi/[a-z0-9-]+/)?[a-z0-9.-]+", name), name
        assert len([name for name in written if "phieu" in name]) == len(self.NAMES)

    def test_the_workbook_has_no_formula(self, written):
        with zipfile.ZipFile(io.BytesIO(written["review.xlsx"])) as book:
            sheets = [book.read(name) for name in book.namelist() if name.startswith("xl/worksheets/sheet")]
            links = [book.read(name) for name in book.namelist() if name.endswith(".rels")]
        assert not [sheet for sheet in sheets if b"<f>" in sheet or b"<f " in sheet]
        assert b"cmd|" in b"".join(sheets)
        assert not [each for each in links if b"cmd|" in each or b".." in each]

    def test_the_page_has_no_markup_but_its_own(self, written):
        page = written["review.html"].decode("utf-8")
        assert "alert(1)" in page
        assert "<script>alert" not in page
        assert "<img" not in page
        assert not re.search("[\x00-\x08\x0b\x0c\x0e-\x1f\u202e]", page)

    def test_slips_are_well_formed(self, written):
        from docx import Document

        slips = [Document(io.BytesIO(data)) for name, data in written.items() if name.endswith(".docx")]
        texts = ["\n".join(each.text for each in slip.paragraphs) for slip in slips]
        assert any(FORMULA in text for text in texts)
        assert any("<script>" in text for text in texts)


class TestHostileFigures:
    def test_what_a_report_says_is_text_everywhere(self, desk, returned):
        words = yaml_text(FORMULA + MARKUP + CONTROL)
        desk.put("a.yaml", report("xa-a", f"hoso: {{received: {words}, resolved: 3}}\n"))
        desk.put("b.yaml", report("xa-b", "hoso: {received: '=1+1', resolved: '=2'}\n"))
        written = returned()
        with zipfile.ZipFile(io.BytesIO(written["review.xlsx"])) as book:
            for name in book.namelist():
                assert b"<f>" not in book.read(name)
        page = written["review.html"].decode("utf-8")
        assert "<script>alert" not in page
        assert "<img" not in page
        assert "\x1b" not in page


class TestAgain:
    """A second run into the same folder."""

    def test_what_people_changed_is_kept_and_the_new_one_stands_beside_it(self, desk, tmp_path):
        desk.put("xa-a.yaml", report("{id: xa-a}", BAD))
        out = tmp_path / "out"
        write_review(review(desk.folder), out)
        slip = next(out.rglob("phieu-*.docx"))
        slip.write_bytes(b"filled in by hand")
        done = write_review(review(desk.folder), out)
        assert slip.read_bytes() == b"filled in by hand"
        assert slip.with_name("phieu-cchc-2.docx") in done.paths
        assert [each.code for each in done.problems] == ["review/kept-changed"]

    def test_what_is_no_longer_wanted_goes_if_nobody_changed_it(self, desk, tmp_path):
        desk.put("xa-a.yaml", report("{id: xa-a}", BAD))
        desk.put("xa-b.yaml", report("{id: xa-b}", BAD))
        out = tmp_path / "out"
        write_review(review(desk.folder), out)
        (desk.folder / "xa-b.yaml").unlink()
        (out / "mine.txt").write_text("mine", encoding="utf-8")
        write_review(review(desk.folder), out)
        assert sorted(path.name for path in out.iterdir() if path.is_file()) == [
            ".validator.json", "danh-sach-gui.xlsx", "mine.txt", "review.html", "review.xlsx",
        ]  # fmt: skip
        assert not list((out / "gui-don-vi" / "xa-b").glob("*"))

    def test_the_folder_of_single_files_is_a_folder_of_reports(self, desk):
        path = desk.put("xa-a.yaml", report("{id: xa-a}", BAD))
        with pytest.raises(ValidatorError, match="output-in-input"):
            write_review(review(path or desk.folder / "xa-a.yaml"), desk.folder)
