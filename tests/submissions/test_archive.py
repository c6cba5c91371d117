"""The archive: what its files are, and what is told of those that cannot be used."""

from __future__ import annotations

from pathlib import Path

import pytest

from validator import check, review
from validator.render.request import sort_out

YEAR = "{kind: year, from: 2022-12-15, to: 2023-12-14}"
HALF = "{kind: half_year, from: 2023-12-15, to: 2024-06-14}"
NAME = "cchc_2022-12-15_2023-12-14"
CARRIED = "cchc/carried-over-differs-from-prior-pending"


def report(body, period=YEAR, unit="xa-a", day=""):
    submitted = f", submitted: {day}" if day else ""
    return f"report: {{form: cchc, unit: {{id: {unit}, name: Xã A}}, period: {period}{submitted}}}\n{body}\n"


@pytest.fixture
def found(tmp_path):
    """Check a report against an archive of files; return the findings by id and the notes of the run."""
    path = tmp_path / "a.yaml"
    path.write_text(report("hoso: {received: 10, carried_over: 3}", HALF), encoding="utf-8")

    def look(**files):
        archive = tmp_path / "archive"
        archive.mkdir()
        for name, content in files.items():
            place = archive / name.replace("__", "/")
            place.parent.mkdir(parents=True, exist_ok=True)
            place.write_bytes(content if isinstance(content, bytes) else content.encode())
        run = check(path, archive=archive, undecided=False)
        found = (*run.files[0].diagnostics, *run.notes)
        return {each.id: each for each in found if each.id != "check/nothing-compared"}

    return look


def pending(count, **changes):
    return report(f"hoso: {{received: 9, pending: {count}}}", **changes)


def test_a_report_is_held_against_the_period_before(found):
    told = found(**{f"xa-a__{NAME}.yaml": pending(2)})
    assert list(told) == [CARRIED]
    assert told[CARRIED].explanation.startswith("3 ≠ 2")


def test_the_first_version_counts_and_its_correction_is_named(found):
    told = found(
        **{
            f"xa-a__{NAME}.yaml": pending(2),
            f"xa-a__{NAME}_v2.yaml": pending(3),
            f"xa-a__{NAME}_v10.yaml": pending(4),
        }
    )
    assert set(told) == {CARRIED, "joined/prior-corrected"}
    assert told["joined/prior-corrected"].explanation.endswith("bản đã nộp ghi 2, bản đính chính ghi 4")


def test_a_file_of_another_name_counts_by_what_it_says(found):
    assert set(found(**{"nam truoc.yaml": pending(2)})) == {CARRIED}


def test_of_two_dated_files_of_other_names_the_first_is_the_submitted_one(found):
    told = found(**{"a.yaml": pending(3, day="2024-01-20"), "b.yaml": pending(2, day="2023-12-20")})
    assert set(told) == {CARRIED, "joined/prior-corrected"}


def test_two_that_claim_to_be_the_submitted_one_are_told_and_neither_is_used(found):
    told = found(**{"x.yaml": pending(2), "y.yaml": pending(4)})
    assert set(told) == {"archive/conflict"}
    assert "x.yaml" in told["archive/conflict"].title


@pytest.mark.parametrize(
    "changes", [{"unit": "xa-b"}, {"period": "{kind: year, from: 2021-12-15, to: 2022-12-14}"}]
)
def test_a_file_that_says_something_else_than_its_name_is_told_and_not_used(found, changes):
    told = found(**{f"xa-a__{NAME}.yaml": pending(2, **changes)})
    assert set(told) == {"archive/header-differs"}


def test_a_broken_file_of_the_period_before_is_told(found):
    told = found(**{f"xa-a__{NAME}.yaml": "report: ["})
    assert list(told) == ["archive/unreadable"]
    assert Path(told["archive/unreadable"].location.file).name == f"{NAME}.yaml"


def test_a_broken_file_of_the_archive_is_told_of_the_run_and_the_report_only_hears_of_it(found, tmp_path):
    found(**{f"xa-a__{NAME}.yaml": "report: ["})
    (tmp_path / "b.yaml").write_text(report("hoso: {received: 11}", HALF), encoding="utf-8")
    run = check([tmp_path / "a.yaml", tmp_path / "b.yaml"], archive=tmp_path / "archive", undecided=False)
    assert [(each.id, each.severity.value) for each in run.notes] == [("archive/unreadable", "warning")]
    of_files = {
        each.severity.value for file in run.files for each in file.diagnostics if each.topic != "read"
    }
    assert of_files == {"info"}
    assert Path(run.notes[0].location.file).name == f"{NAME}.yaml"


def test_a_unit_is_not_asked_to_mend_the_archive(found, tmp_path):
    found(**{f"xa-a__{NAME}.yaml": "report: ["})
    told = review(tmp_path / "a.yaml", archive=tmp_path / "archive")
    assert [each.id for each in told.notes] == ["archive/unreadable"]
    (row,) = told.units
    assert not sort_out(told.details[row.key].result.diagnostics).open
    assert not any(tally.errors or tally.warnings for tally in row.tallies.values())


def test_a_broken_submitted_version_is_not_replaced_by_its_correction(found):
    told = found(**{f"xa-a__{NAME}.yaml": "report: [", f"xa-a__{NAME}_v2.yaml": pending(2)})
    assert CARRIED not in told


def test_a_file_that_names_no_unit_is_told(found):
    told = found(**{"x.yaml": "report: {form: cchc}\nhoso: {received: 1}\n"})
    assert set(told) == {"archive/no-unit"}


def test_files_that_are_no_reports_are_nobodys_business(found):
    told = found(
        **{
            f"xa-a__{NAME}.yaml": pending(3),
            "ghi chú.txt": "xin chào",
            ".git__config.yaml": "a: [",
            "anh.png": b"\x89PNG",
            "bao-cao.docx": b"PK\x03\x04 broken",
            f"xa-a__.{NAME}_v2.yaml.77.part": "nửa",
            f"xa-a__{NAME}.giai-trinh.yaml": "explanations: []",
            "units.yaml": "units: []",
        }
    )
    assert told == {}


def test_reports_of_other_units_forms_and_periods_are_not_looked_at(found):
    told = found(
        **{
            f"xa-b__{NAME}.yaml": pending(2, unit="xa-b"),
            "xa-a__demo_2022-12-15_2023-12-14.yaml": "report: [",
            "xa-a__cchc_2021-12-15_2022-12-14.yaml": "report: [",
        }
    )
    assert told.keys() == {"archive/nothing-before"}


def test_an_archive_that_is_not_there_is_told(tmp_path):
    path = tmp_path / "a.yaml"
    path.write_text(report("hoso: {received: 10}", HALF), encoding="utf-8")
    run = check(path, archive=tmp_path / "khong-co", undecided=False)
    assert [each.id for each in run.notes] == ["read/unreadable-file"]
