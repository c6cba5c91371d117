"""``validator accept`` of folders, zips, whole periods: what is filed and what not is said, nothing half."""

from __future__ import annotations

import shutil
import zipfile
from pathlib import Path

import pytest

EXAMPLE = Path(__file__).parents[2] / "examples" / "review"
HALF = "{kind: half_year, from: 2023-12-15, to: 2024-06-14}"
UNITS = "Tên đơn vị;Cấp trên\nXã A;Huyện T\nXã B;Huyện T\nXã C;Huyện T\nHuyện T;\n"


def report(name, received, *, period=HALF, submitted=""):
    day = f", submitted: {submitted}" if submitted else ""
    unit = f"{{name: {name}, level: commune}}"
    return f"report: {{form: cchc, unit: {unit}, period: {period}{day}}}\nhoso: {{received: {received}}}\n"


@pytest.fixture
def desk(tmp_path):
    """Write files into a folder by their names; return the folder."""

    def write(**files):
        for name, text in files.items():
            path = tmp_path / "in" / name.replace("__", "/")
            path.parent.mkdir(parents=True, exist_ok=True)
            path.write_bytes(text if isinstance(text, bytes) else text.encode())
        return tmp_path / "in"

    (tmp_path / "units.csv").write_text(UNITS, encoding="utf-8")
    return write


@pytest.fixture
def accept(run, tmp_path):
    """Accept into one archive; return the exit code, all that is told, and what the archive holds."""

    def command(*sources, units=True):
        listed = ("--units", tmp_path / "units.csv") if units else ()
        code, out, err = run("accept", *sources, "--archive", tmp_path / "kho", *listed)
        held = {path.relative_to(tmp_path / "kho").as_posix() for path in (tmp_path / "kho").rglob("*.yaml")}
        return code, out + err, held

    return command


A, B = "a/cchc_2023-12-15_2024-06-14.yaml", "b/cchc_2023-12-15_2024-06-14.yaml"


def test_a_folder_is_filed_and_who_is_still_missing_is_named(desk, accept):
    code, told, held = accept(desk(**{"1.yaml": report("Xã A", 4), "x__2.yaml": report("Xã B", 5)}))
    assert (code, held) == (0, {A, B})
    assert "Đã lưu 2 báo cáo" in told
    assert "Xã C" in told
    assert "Huyện T" not in told.partition("Chưa có")[2]


def test_of_versions_in_a_folder_the_newest_is_filed_and_the_others_are_said(desk, accept):
    folder = desk(**{
        "moi.yaml": report("Xã A", 4, submitted="2024-06-20"),
        "a-cu.yaml": report("Xã A", 9, submitted="2024-06-15"),
        "lap-lai.yaml": report("Xã A", 4, submitted="2024-06-19"),
    })  # fmt: skip
    code, told, held = accept(folder)
    assert (code, held) == (0, {A})
    assert [name for name in ("a-cu.yaml", "lap-lai.yaml") if name not in told] == []
    assert 'received: "4"' in (folder.parent / "kho" / A).read_text(encoding="utf-8")


def test_versions_that_are_named_are_filed_one_after_the_other(desk, accept):
    folder = desk(**{"1.yaml": report("Xã A", 4), "2.yaml": report("Xã A", 9)})
    assert len(accept(folder / "1.yaml", folder / "2.yaml")[2]) == 2


def test_reports_of_other_periods_in_a_folder_are_filed_as_of_those(desk, accept):
    quarter = "{kind: quarter, from: 2023-12-15, to: 2024-03-14}"
    _, _, held = accept(desk(**{"1.yaml": report("Xã A", 4), "q.yaml": report("Xã A", 2, period=quarter)}))
    assert held == {A, "a/cchc_2023-12-15_2024-03-14.yaml"}


def test_what_is_refused_is_said_and_the_others_are_filed(desk, accept):
    folder = desk(**{
        "1.yaml": report("Xã A", 4),
        "la.yaml": report("Xã Lạ", 4),
        "hong.docx": b"PK\x03\x04 half",
        "khong-ky.yaml": report("Xã B", 4, period="{kind: half_year}"),
    })  # fmt: skip
    code, told, held = accept(folder)
    assert (code, held) == (2, {A})
    assert [name for name in ("la.yaml", "hong.docx", "khong-ky.yaml") if name not in told] == []
    assert "3 tệp không lưu được" in told


def test_all_or_none_leaves_the_archive_as_it_was(desk, accept, tmp_path):
    folder = desk(**{"1.yaml": report("Xã A", 4), "2.yaml": report("Xã B", 4), "la.yaml": report("Xã Lạ", 4)})
    code, told, held = accept(folder, "--all-or-none")
    assert (code, held, (tmp_path / "kho").exists()) == (2, set(), False)
    assert "Chưa lưu báo cáo nào" in told
    (folder / "la.yaml").unlink()
    assert accept(folder, "--all-or-none")[::2] == (0, {A, B})


def test_all_or_none_takes_back_what_it_filed_when_the_disk_fills(desk, accept, monkeypatch, tmp_path):
    from validator import filing

    folder = desk(**{"1.yaml": report("Xã A", 4), "2.yaml": report("Xã B", 4)})
    written = []

    def fill_up(target, data):
        written.append(target)
        if len(written) == 2:
            raise OSError(28, "No space left on device")
        target.write_bytes(data)

    monkeypatch.setattr(filing, "create_file", fill_up)
    code, _, held = accept(folder, "--all-or-none")
    assert (code, held, len(written)) == (2, set(), 2)


def test_a_zip_is_filed_like_a_folder_whatever_its_names_say(desk, accept, tmp_path):
    place = desk()
    place.mkdir()
    with zipfile.ZipFile(place / "nop.zip", "w", zipfile.ZIP_DEFLATED) as packed:
        packed.writestr("Xã A/bao cao.yaml", report("Xã A", 4))
        packed.writestr("../../leo.yaml", report("Xã B", 5))
        packed.writestr("/tuyet doi/c.yaml", report("Xã C", 6))
        packed.writestr("bom.docx", b"\0" * 120_000_000)
        packed.writestr("trong.zip", b"PK\x03\x04")
    code, told, held = accept(place / "nop.zip")
    assert code == 2
    assert held == {A, B, "c/cchc_2023-12-15_2024-06-14.yaml"}
    assert [name for name in ("bom.docx", "trong.zip") if name not in told] == []
    there = {path.name for path in tmp_path.iterdir()}
    assert there == {"in", "kho", "units.csv"}


def test_a_narrative_and_its_appendix_in_a_folder_are_one_report_and_nothing_else_is(accept, tmp_path):
    folder = tmp_path / "in"
    shutil.copytree(EXAMPLE / "2024-06-thang", folder)
    shutil.copy(EXAMPLE / "units.yaml", tmp_path / "units.csv.yaml")
    code, told, held = accept(folder, "--units", tmp_path / "units.csv.yaml", units=False)
    assert code == 2
    assert "an-lac/cchc_2023-12-15_2024-06-14.yaml" in held
    assert not any("_v2" in name for name in held)
    assert "xa-an-lac.docx" in told
    assert "bao-cao-cchc.docx" in told
