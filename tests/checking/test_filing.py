"""`accept` files a report in the archive: each version a new file, whole or not at all."""

from __future__ import annotations

import errno
import os
import subprocess
import sys
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import pytest

from validator import ValidatorError, accept, read_report
from validator.binding.given_unit import given_unit
from validator.readers.given import Given
from validator.submissions.archive import filed_reports

REPORT = """\
report:
  form: cchc
  unit: {{id: {unit}, name: Xã A}}
  period: {{kind: half_year, from: 2023-12-15, to: 2024-06-14}}
hoso: {{received: {received}}}
"""
NAME = "cchc_2023-12-15_2024-06-14"


@pytest.fixture
def archive(tmp_path):
    return tmp_path / "archive"


@pytest.fixture
def report(tmp_path):
    def write(received=10, unit="xa-a", name="a.yaml"):
        path = tmp_path / name
        path.write_text(REPORT.format(unit=unit, received=received), encoding="utf-8")
        return path

    return write


def held(archive):
    return sorted(str(path.relative_to(archive)) for path in archive.rglob("*") if path.is_file())


class TestVersions:
    def test_the_first_is_named_by_form_and_days(self, report, archive):
        done = accept(report(), archive)
        assert held(archive) == [f"xa-a/{NAME}.yaml"]
        assert (done.path, done.version, done.is_new) == (archive / f"xa-a/{NAME}.yaml", 1, True)

    def test_what_was_filed_reads_as_the_same_report(self, report, archive):
        filed = read_report(accept(report(), archive).path).report
        assert (filed.unit.id, filed.cells["hoso.received"][0].value.value) == ("xa-a", 10)

    def test_the_same_figures_are_filed_once(self, report, archive):
        accept(report(1000), archive)
        done = accept(report('"1.000"', name="b.yaml"), archive)
        assert (done.version, done.is_new) == (1, False)
        assert held(archive) == [f"xa-a/{NAME}.yaml"]

    def test_other_figures_are_a_correction_and_the_first_stays_as_it_was(self, report, archive):
        first = accept(report(10), archive).path
        before = first.read_bytes()
        done = accept(report(11), archive)
        assert (done.version, done.path.name) == (2, f"{NAME}_v2.yaml")
        assert first.read_bytes() == before

    def test_going_back_to_the_first_figures_is_a_correction_too(self, report, archive):
        for received in (10, 11, 10):
            last = accept(report(received), archive)
        assert (last.version, last.is_new) == (3, True)

    def test_a_gap_in_the_numbers_is_not_filled(self, report, archive):
        for received in (10, 11, 12):
            accept(report(received), archive)
        (archive / "xa-a" / f"{NAME}_v2.yaml").unlink()
        assert accept(report(13), archive).version == 4

    def test_a_high_number_is_followed_by_the_next_one(self, report, archive):
        first = accept(report(10), archive).path
        first.rename(first.with_name(f"{NAME}_v9999.yaml"))
        assert [accept(report(n), archive).version for n in (11, 12)] == [10000, 10001]
        assert not accept(report(12), archive).is_new

    def test_a_file_of_that_name_that_is_no_report_is_not_overwritten(self, report, archive):
        taken = archive / "xa-a" / f"{NAME}.yaml"
        taken.parent.mkdir(parents=True)
        taken.write_text("của tôi: [", encoding="utf-8")
        done = accept(report(), archive)
        assert taken.read_text(encoding="utf-8") == "của tôi: ["
        assert done.path.name == f"{NAME}_v2.yaml"


class TestDaysThatFitNoKind:
    """A year up to 25 November: only what the report says tells which period it is."""

    DAYS = "kind: year, from: 2023-01-01, to: 2023-11-25"

    @pytest.fixture
    def odd(self, report):
        def write(received, days=self.DAYS):
            path = report(received)
            text = path.read_text(encoding="utf-8")
            text = text.replace("kind: half_year, from: 2023-12-15, to: 2024-06-14", days)
            path.write_text(text, encoding="utf-8")
            return path

        return write

    def test_the_same_figures_are_filed_once(self, odd, archive):
        assert accept(odd(10), archive).is_new
        assert not accept(odd(10), archive).is_new
        assert len(held(archive)) == 1

    def test_other_figures_are_the_next_version(self, odd, archive):
        assert [accept(odd(each), archive).version for each in (10, 11, 12)] == [1, 2, 3]

    def test_a_correction_of_the_whole_year_is_one_of_the_same_report(self, odd, archive):
        accept(odd(10), archive)
        assert accept(odd(11, "kind: year, from: 2023-01-01, to: 2023-12-31"), archive).version == 2
        assert accept(odd(12), archive).version == 3

    def test_another_period_of_as_many_days_is_another_report(self, odd, archive):
        accept(odd(10), archive)
        other = "kind: year, from: 2024-01-01, to: 2024-11-24"
        assert accept(odd(11, other), archive).version == 1

    def test_a_report_without_a_kind_is_known_by_its_days(self, odd, archive):
        days = "from: 2023-01-01, to: 2023-11-25"
        assert [accept(odd(each, days), archive).version for each in (10, 11)] == [1, 2]
        assert not accept(odd(11, days), archive).is_new

    def test_a_broken_file_of_that_name_is_told_and_not_overwritten(self, odd, archive):
        taken = archive / "xa-a" / "cchc_2023-01-01_2023-11-25.yaml"
        taken.parent.mkdir(parents=True)
        taken.write_text("report: [", encoding="utf-8")
        done = accept(odd(10), archive)
        assert (done.version, taken.read_text(encoding="utf-8")) == (2, "report: [")
        assert [each.code for each in done.faults] == ["archive/unreadable"]


class TestUnits:
    @pytest.mark.parametrize(
        "unit",
        [
            "../../ngoai", "..", ".", "/etc/passwd", "a/b", "a\\b", "=cmd|' /C calc'!A0", "xã-đồng-tâm",
            "x" * 300, "CON", "a\x07b", "a:b", "~", "-rf", "🙂",
        ],
    )  # fmt: skip
    def test_every_id_has_a_safe_folder_in_the_archive(self, report, archive, unit, tmp_path):
        path = report(unit=Quoted(unit))
        done = accept(path, archive)
        inside = done.path.resolve().relative_to(archive.resolve())
        assert len(inside.parts) == 2
        assert inside.parts[0].replace("-", "").isalnum()
        assert inside.parts[0].isascii()
        assert sorted(each.name for each in tmp_path.iterdir()) == ["a.yaml", "archive"]
        assert read_report(done.path).report.unit.id == read_report(path).report.unit.id

    @pytest.mark.parametrize("unit", ["con", "nul", "lpt1"])
    def test_names_of_devices_are_no_folders(self, report, archive, unit):
        assert accept(report(unit=unit), archive).path.parent.name != unit

    def test_ids_that_look_alike_have_folders_of_their_own(self, report, archive):
        for number, unit in enumerate(("a/b", "a b", "A-B", "a-b", "x" * 200, "x" * 201)):
            assert accept(report(number, Quoted(unit)), archive).version == 1

    def test_who_does_not_say_is_asked(self, tmp_path, archive):
        path = tmp_path / "a.yaml"
        path.write_text(REPORT.format(unit="xa-a", received=1).replace("id: xa-a, ", ""), encoding="utf-8")
        with pytest.raises(ValidatorError) as told:
            accept(path, archive)
        assert told.value.problem.code == "archive/unit-unknown"
        assert accept(path, archive, given=Given(unit=given_unit("Xã An Lạc"))).path.parent.name == "an-lac"
        assert not [each for each in held(archive) if "an-lac" not in each]

    def test_no_days_no_filing(self, tmp_path, archive):
        path = tmp_path / "a.yaml"
        path.write_text("report: {form: cchc, unit: {id: a}}\nhoso: {received: 1}\n", encoding="utf-8")
        with pytest.raises(ValidatorError) as told:
            accept(path, archive)
        assert told.value.problem.code == "archive/no-days"
        assert not archive.exists()

    def test_what_cannot_be_read_is_not_filed(self, tmp_path, archive):
        path = tmp_path / "a.docx"
        path.write_bytes(b"PK\x03\x04 broken")
        with pytest.raises(ValidatorError):
            accept(path, archive)
        assert not archive.exists()


class Quoted(str):
    """Text as a double quoted YAML scalar."""

    __slots__ = ()

    def __format__(self, _):
        return '"' + "".join(c if c not in '\\"' and c >= " " else f"\\u{ord(c):04x}" for c in self) + '"'


class TestSeveralAtOnce:
    def test_threads_never_share_a_version(self, report, archive):
        paths = [report(number, name=f"{number}.yaml") for number in range(12)]
        with ThreadPoolExecutor(12) as pool:
            done = list(pool.map(lambda path: accept(path, archive), paths))
        assert sorted(each.version for each in done) == list(range(1, 13))
        assert len(held(archive)) == 12
        assert sorted(received(each.path) for each in done) == list(range(12))

    def test_nor_do_processes(self, report, archive):
        script = "import sys; from validator import accept; accept(sys.argv[1], sys.argv[2])"
        started = [
            subprocess.Popen([sys.executable, "-c", script, report(number, name=f"{number}.yaml"), archive])
            for number in range(4)
        ]
        assert [each.wait(timeout=60) for each in started] == [0] * 4
        assert sorted(received(archive / name) for name in held(archive)) == [0, 1, 2, 3]


def received(path):
    return int(read_report(path).report.cells["hoso.received"][0].raw)


class TestFaults:
    def test_a_full_disk_leaves_nothing_behind(self, report, archive, monkeypatch):
        accept(report(10), archive)
        monkeypatch.setattr(os, "fsync", full)
        with pytest.raises(ValidatorError) as told:
            accept(report(11), archive)
        assert told.value.problem.code == "archive/cannot-file"
        assert told.value.problem.args["detail"] == "@system/no-space"
        assert held(archive) == [f"xa-a/{NAME}.yaml"]

    @pytest.mark.parametrize("kind", ["file", "dangling link", "link in a circle"])
    @pytest.mark.parametrize("what", ["archive", "archive/xa-a"])
    def test_what_is_in_the_way_of_the_folder_is_named(self, report, tmp_path, kind, what):
        path = tmp_path / what
        path.parent.mkdir(exist_ok=True)
        if kind == "file":
            path.write_text("", encoding="utf-8")
        else:
            path.symlink_to(tmp_path / "nowhere" if kind == "dangling link" else path)
        with pytest.raises(ValidatorError) as told:
            accept(report(), tmp_path / "archive")
        assert told.value.problem.code == "archive/in-the-way"
        assert told.value.problem.args["path"] == str(path)

    def test_nor_does_one_where_links_are_unknown(self, report, archive, monkeypatch):
        monkeypatch.setattr(os, "link", full)
        monkeypatch.setattr(Path, "replace", full)
        with pytest.raises(ValidatorError):
            accept(report(10), archive)
        assert held(archive) == []

    def test_without_links_filing_works_all_the_same(self, report, archive, monkeypatch):
        monkeypatch.setattr(os, "link", without_links)
        accept(report(10), archive)
        accept(report(11), archive)
        assert held(archive) == [f"xa-a/{NAME}.yaml", f"xa-a/{NAME}_v2.yaml"]

    def test_not_even_an_empty_folder_is_left_behind(self, report, archive, monkeypatch):
        monkeypatch.setattr(os, "fsync", full)
        with pytest.raises(ValidatorError):
            accept(report(), archive / "2024")
        assert not archive.exists()

    def test_a_limit_on_the_size_of_files_leaves_nothing_behind(self, report, archive):
        script = (
            "import resource, signal, sys; from validator import accept, ValidatorError\n"
            "signal.signal(signal.SIGXFSZ, signal.SIG_IGN)\n"
            "resource.setrlimit(resource.RLIMIT_FSIZE, (40, 40))\n"
            "try: accept(sys.argv[1], sys.argv[2])\n"
            "except ValidatorError as told: print(told.problem.code)\n"
        )
        done = subprocess.run(
            [sys.executable, "-c", script, report(), archive], capture_output=True, text=True, check=True
        )
        assert done.stdout == "archive/cannot-file\n"
        assert held(archive) == []

    def test_an_archive_that_is_a_file_is_told(self, report, archive):
        archive.write_text("", encoding="utf-8")
        with pytest.raises(ValidatorError) as told:
            accept(report(), archive)
        assert told.value.problem.code == "archive/in-the-way"

    def test_what_a_killed_writer_left_is_in_nobodys_way(self, report, archive):
        folder = archive / "xa-a"
        folder.mkdir(parents=True)
        (folder / f".{NAME}.yaml.{os.getpid()}.part").write_text("nửa", encoding="utf-8")
        assert accept(report(), archive).version == 1


def full(*_):
    raise OSError(errno.ENOSPC, os.strerror(errno.ENOSPC))


def without_links(*_):
    raise OSError(errno.EPERM, os.strerror(errno.EPERM))


class TestParts:
    """A narrative and its appendix that are filed one after the other become one report."""

    HEAD = "UBND XÃ AN LẠC\nBÁO CÁO\nCông tác cải cách hành chính năm 2024\n"
    NARRATIVE = HEAD + "II. CẢI CÁCH THỦ TỤC HÀNH CHÍNH\n- Tổng số hồ sơ đã tiếp nhận: {received} hồ sơ.\n"
    APPENDIX = (
        "UBND XÃ AN LẠC\nBIỂU THỐNG KÊ SỐ LIỆU VỀ KẾT QUẢ THỰC HIỆN CÔNG TÁC CCHC NĂM 2024\n"
        "STT,Chỉ tiêu,Đơn vị tính,Số liệu\n4.2.1,Tổng số biên chế được giao trong năm,Người,21\n"
    )
    NAME = "an-lac/cchc_2024-01-01_2024-12-31"

    @pytest.fixture
    def parts(self, tmp_path):
        narrative, appendix = tmp_path / "loi-van.txt", tmp_path / "phu-luc.csv"
        narrative.write_text(self.NARRATIVE.format(received=10), encoding="utf-8")
        appendix.write_text(self.APPENDIX, encoding="utf-8")
        return {"narrative": narrative, "appendix": appendix}

    @pytest.mark.parametrize("order", [("narrative", "appendix"), ("appendix", "narrative")])
    def test_the_second_completes_the_first_and_takes_its_place(self, parts, archive, order):
        first, second = (accept(parts[name], archive) for name in order)
        assert (first.missing, first.completes) == (order[1], False)
        assert (second.missing, second.completes, second.version) == ("", True, 1)
        assert held(archive) == [f"{self.NAME}.yaml", f"{self.NAME}_whole.yaml"]
        whole = read_report(second.path).report
        assert whole.parts == {"narrative": "loi-van.txt", "appendix": "phu-luc.csv"}
        assert {"hoso.received", "staff.assigned"} <= whole.cells.keys()
        counted, _ = filed_reports(archive)
        assert [each.path for each in counted] == [second.path]

    def test_either_part_is_known_again(self, parts, archive):
        for name in ("narrative", "appendix"):
            accept(parts[name], archive)
        again = [accept(part, archive) for part in parts.values()]
        assert [each.is_new for each in again] == [False, False]
        assert len(held(archive)) == 2

    def test_a_part_with_another_figure_is_a_correction(self, parts, archive):
        for name in ("narrative", "appendix"):
            accept(parts[name], archive)
        parts["narrative"].write_text(self.NARRATIVE.format(received=12), encoding="utf-8")
        done = accept(parts["narrative"], archive)
        assert (done.version, done.completes, done.missing) == (2, False, "appendix")

    def test_a_report_says_of_which_files_it_is(self, parts, archive):
        done = accept(list(parts.values()), archive)
        assert (done.missing, done.completes) == ("", False)
        assert set(read_report(done.path).report.parts) == {"narrative", "appendix"}
