"""`validator review` and `accept` as their users run them."""

from __future__ import annotations

import io
import json
import resource
import signal
import subprocess
import zipfile

import pytest

from .conftest import COMMAND, PROJECT

EXAMPLE = PROJECT / "examples" / "review"
FORMATS = ("table", "plain", "json", "html", "xlsx")
GOOD = """\
report: {form: cchc, unit: {id: xa-a, name: Xã A}, period: {kind: half_year,
    from: 2023-12-15, to: 2024-06-14}}
hoso: {received: 10, resolved: 8, pending: 2}
"""
BAD = GOOD.replace("resolved: 8", "resolved: 12")
CUT = GOOD + "plan: {tasks: 21, done: 13, pct: '61%'}\n"


@pytest.fixture
def folder(tmp_path):
    def write(**files):
        place = tmp_path / "in"
        place.mkdir(exist_ok=True)
        for name, text in files.items():
            path = place / name.replace("_", ".")
            path.write_bytes(text if isinstance(text, bytes) else text.encode("utf-8"))
        return place

    return write


class TestExitCodes:
    def test_nothing_to_tell_is_0(self, run, folder):
        assert run("review", folder(a_yaml=GOOD)).code == 0

    def test_findings_are_1(self, run, folder):
        assert run("review", folder(a_yaml=BAD)).code == 1

    def test_a_file_that_cannot_be_read_is_a_finding(self, run, folder):
        told = run("review", folder(a_yaml=GOOD, b_docx=b"PK\x03\x04 broken"))
        assert told.code == 1
        assert "b.docx" in told.out

    @pytest.mark.parametrize(
        ("level", "cut", "bad"),
        [("error", 0, 1), ("warning", 1, 1), ("info", 1, 1), ("never", 0, 0)],
    )
    def test_fail_on_says_from_which_severity(self, run, folder, level, cut, bad):
        assert run("review", folder(a_yaml=CUT), "--fail-on", level).code == cut
        assert run("review", folder(a_yaml=BAD), "--fail-on", level).code == bad

    def test_no_report_that_could_be_judged_is_2(self, run, folder):
        assert run("review", folder(b_docx=b"PK\x03\x04 broken")).code == 2

    def test_an_empty_folder_is_2_and_told(self, run, folder):
        told = run("review", folder())
        assert (told.code, told.out) == (2, "")
        assert len(told.err.splitlines()) <= 3

    def test_a_folder_that_is_not_there_is_2(self, run, tmp_path):
        told = run("review", tmp_path / "khong-co")
        assert told.code == 2
        assert "khong-co" in told.out + told.err

    @pytest.mark.parametrize("period", ["quý 1", "2024-13", "2024-Q9"])
    def test_a_wrong_period_is_2(self, run, folder, period):
        told = run("review", folder(a_yaml=GOOD), "--period", period)
        assert told.code == 2
        assert period in told.err

    def test_a_list_of_units_that_is_not_there_is_2(self, run, folder):
        told = run("review", folder(a_yaml=GOOD), "--units", "khong-co.yaml")
        assert told.code == 2
        assert "khong-co.yaml" in told.err

    def test_a_unit_that_is_its_own_ancestor_is_told_at_its_line(self, run, folder, tmp_path):
        units = tmp_path / "don-vi.yaml"
        lines = "units:\n  - {id: a, name: Xã A, parent: b}\n  - {id: b, name: Xã B, parent: a}\n"
        units.write_text(lines, encoding="utf-8")
        told = run("review", folder(a_yaml=GOOD), "--units", units)
        assert (told.code, told.out) == (2, "")
        assert "don-vi.yaml:2" in told.err.replace(", dòng ", ":")

    def test_a_wrong_format_is_2(self, run, folder):
        told = run("review", folder(a_yaml=GOOD), "--format", "sarif")
        assert told.code == 2
        assert all(name in told.err for name in FORMATS)


class TestFormats:
    def test_two_runs_tell_the_same(self, run, folder, tmp_path):
        place = folder(a_yaml=BAD, b_yaml=CUT.replace("xa-a", "xa-b"))
        forms = ("plain", "json", "html")
        for seed in "1234":
            wanted = [f"--format={form}={tmp_path / f'{seed}.{form}'}" for form in forms]
            run("review", place, *wanted, PYTHONHASHSEED=seed)
        for form in forms:
            assert len({(tmp_path / f"{seed}.{form}").read_bytes() for seed in "1234"}) == 1, form

    @pytest.mark.parametrize("form", FORMATS)
    def test_a_file_holds_what_is_shown(self, run, folder, tmp_path, form):
        place = folder(a_yaml=BAD)
        out = tmp_path / "out.bin"
        told = run("review", place, "--format", f"{form}={out}")
        assert (told.code, told.out) == (1, "")
        if form == "json":
            assert json.loads(out.read_text(encoding="utf-8"))["units"]
        elif form == "xlsx":
            assert zipfile.is_zipfile(out)
        else:
            assert "Xã A" in out.read_text(encoding="utf-8")
            assert run("review", place, "--format", form).out == out.read_text(encoding="utf-8")

    def test_several_at_once(self, run, folder, tmp_path):
        place = folder(a_yaml=BAD)
        wanted = [f"--format={form}={tmp_path / form}" for form in FORMATS]
        told = run("review", place, *wanted, "--format", "plain")
        assert told.code == 1
        assert "Xã A" in told.out
        assert all((tmp_path / form).stat().st_size for form in FORMATS)

    def test_english(self, run, folder):
        told = run("review", folder(a_yaml=BAD, units_yaml=TWO), "--lang", "en", "--format", "plain")
        assert "2 errors, 0 warnings" in told.out
        assert "Not reported (1): Xã B" in told.out

    def test_the_output_names_no_other_words_when_quiet(self, run, folder, tmp_path):
        told = run("review", folder(a_yaml=GOOD), "--quiet", "--output-dir", tmp_path / "out")
        assert (tmp_path / "out" / "review.html").exists()
        assert "Đã ghi" not in told.out


TWO = "units:\n  - {id: xa-a, name: Xã A}\n  - {id: xa-b, name: Xã B}\n"


class TestOutputFolder:
    def test_the_example_goes_back_whole_and_nothing_of_it_changes(self, run, tmp_path):
        before = {path: path.read_bytes() for path in EXAMPLE.rglob("*") if path.is_file()}
        told = run(
            "review", EXAMPLE / "2024-06-thang", "--units", EXAMPLE / "units.yaml",
            "--archive", EXAMPLE / "archive", "--output-dir", tmp_path / "out",
        )  # fmt: skip
        assert told.code == 1
        assert {path: path.read_bytes() for path in EXAMPLE.rglob("*") if path.is_file()} == before
        found = sorted(
            str(path.relative_to(tmp_path))
            for path in tmp_path.rglob("*")
            if path.is_file() and path.suffix != ".json"
        )
        assert len(found) == 18
        assert f"{len(found)} tệp" in told.out.splitlines()[-1]
        for name in found:
            if name.endswith((".docx", ".xlsx")):
                assert zipfile.ZipFile(io.BytesIO((tmp_path / name).read_bytes())).testzip() is None

    def test_a_folder_among_the_reports_is_refused_before_anything_is_written(self, run, folder):
        place = folder(a_yaml=BAD)
        told = run("review", place, "--output-dir", place / "ket-qua")
        assert told.code == 2
        assert str(place / "ket-qua") in told.err
        assert sorted(path.name for path in place.iterdir()) == ["a.yaml"]

    def test_a_disk_that_fills_is_told_and_no_part_is_left(self, limited, folder, tmp_path):
        units = {f"{number}_yaml": BAD.replace("xa-a", f"xa-{number}") for number in range(5)}
        # Enough for the slips and the workbook, too little for the page.
        code, told = limited(42_000, "review", folder(**units), "--output-dir", tmp_path / "out")
        assert code == 2
        assert "review.html" in told
        left = {
            path.name for path in (tmp_path / "out").rglob("*") if path.is_file() and path.suffix != ".json"
        }
        assert left == {"phieu-cchc.docx", "danh-sach-gui.xlsx", "review.xlsx"}

    def test_a_disk_too_full_to_work_on_is_told(self, limited, folder, tmp_path):
        code, told = limited(100, "review", folder(a_yaml=BAD), "--output-dir", tmp_path / "out")
        assert code == 2
        assert "ngoài dự kiến" not in told
        assert "File too large" in told
        assert not (tmp_path / "out").exists()


@pytest.fixture
def limited(environment, tmp_path):
    """Run ``validator`` where no file can be longer than so many bytes; return exit code and complaints."""

    def start(size, *arguments):
        def limit():
            signal.signal(signal.SIGXFSZ, signal.SIG_IGN)
            resource.setrlimit(resource.RLIMIT_FSIZE, (size, size))

        scratch = tmp_path / "scratch"
        scratch.mkdir()
        done = subprocess.run(
            [COMMAND, *map(str, arguments)],
            capture_output=True,
            check=False,
            preexec_fn=limit,
            env={**environment, "TMPDIR": str(scratch)},
        )
        told = done.stderr.decode("utf-8")
        assert "Traceback" not in told
        assert list(scratch.iterdir()) == []
        return done.returncode, told

    return start


class TestAccept:
    def test_a_report_is_filed_once_and_its_correction_numbered(self, run, folder, tmp_path):
        place, archive = folder(a_yaml=GOOD, b_yaml=BAD), tmp_path / "kho"
        first = run("accept", place / "a.yaml", "--archive", archive)
        again = run("accept", place / "a.yaml", "--archive", archive)
        other = run("accept", place / "b.yaml", "--archive", archive)
        assert [each.code for each in (first, again, other)] == [0, 0, 0]
        assert [path.name for path in sorted((archive / "xa-a").iterdir())] == [
            "cchc_2023-12-15_2024-06-14.yaml", "cchc_2023-12-15_2024-06-14_v2.yaml",
        ]  # fmt: skip
        assert "đã có" in again.out
        assert "đính chính thứ 1" in other.out

    def test_a_document_is_filed_and_the_next_period_held_against_it(self, run, tmp_path):
        document = EXAMPLE / "2024-06-thang" / "xa-an-lac.docx"
        units = EXAMPLE / "units.yaml"
        assert run("accept", document, "--archive", tmp_path, "--units", units).code == 0
        assert (tmp_path / "an-lac" / "cchc_2023-12-15_2024-06-14.yaml").exists()

    def test_what_cannot_be_filed_is_told_and_2(self, run, folder, tmp_path):
        place = folder(a_yaml=GOOD.replace("unit: {id: xa-a, name: Xã A}, ", ""))
        told = run("accept", place / "a.yaml", "--archive", tmp_path / "kho")
        assert told.code == 2
        assert "đơn vị" in told.err
        assert not (tmp_path / "kho").exists()

    def test_the_archive_is_used_by_check(self, run, folder, tmp_path):
        before = (
            GOOD.replace("half_year", "year")
            .replace("2024-06", "2023-12")
            .replace("2023-12-15", "2022-12-15")
        )
        now = GOOD.replace("pending: 2", "pending: 2, carried_over: 5")
        place = folder(a_yaml=before, b_yaml=now)
        assert run("accept", place / "a.yaml", "--archive", tmp_path / "kho").code == 0
        told = run("check", place / "b.yaml", "--archive", tmp_path / "kho", "--format", "json")
        assert "cchc/carried-over-differs-from-prior-pending" in told.ids
