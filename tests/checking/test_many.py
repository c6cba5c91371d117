"""Many files at once: the same is told on several processes as on one, in order, with progress."""

from __future__ import annotations

import shutil
from pathlib import Path

import pytest

from validator import ValidatorError, check
from validator.checking import many

ROOT = Path(__file__).resolve().parents[2]
DOCUMENT = ROOT / "examples" / "documents" / "an-lac-2024.docx"
REPORT = ROOT / "examples" / "demo-report.yaml"

DEADLY = """
import os
from validator.checking.file import check_sent

def checker(choice):
    return lambda sent: os._exit(9) if sent.source.name == "xa-3.docx" else check_sent(sent, choice)
"""


@pytest.fixture
def folder(tmp_path):
    for number in range(8):
        shutil.copy(DOCUMENT, tmp_path / f"xa-{number}.docx")
    shutil.copy(REPORT, tmp_path / "bao-cao.yaml")
    (tmp_path / "hong.docx").write_bytes(b"PK\x03\x04 broken")
    return tmp_path


def test_processes_tell_what_one_process_tells(folder, monkeypatch):
    parallel = check([folder])
    monkeypatch.setattr(many, "_ENOUGH_DOCUMENTS", 1000)
    assert parallel == check([folder])
    assert [Path(each.path).name for each in parallel.files] == sorted(path.name for path in folder.iterdir())


def test_a_broken_file_stops_no_other(folder):
    judged = {Path(each.path).name: each.judged for each in check([folder]).files}
    assert judged.pop("hong.docx") is False
    assert all(judged.values())


def test_a_file_that_ends_the_program_stops_no_other(folder, tmp_path_factory, monkeypatch):
    place = tmp_path_factory.mktemp("module")
    (place / "deadly_checker.py").write_text(DEADLY, encoding="utf-8")
    monkeypatch.syspath_prepend(place)
    import deadly_checker

    monkeypatch.setattr(many, "_checker", deadly_checker.checker)
    found = {Path(each.path).name: each for each in check([folder]).files}
    assert len(found) == 10
    assert [each.id for each in found["xa-3.docx"].diagnostics] == ["read/crashed"]
    assert [name for name, each in found.items() if not each.judged] == ["hong.docx", "xa-3.docx"]


def test_progress_counts_to_the_end(folder):
    told = []
    check([folder], progress=lambda done, total: told.append((done, total)))
    assert told == [(done, 10) for done in range(1, 11)]


def test_a_document_is_told_its_claims_once_and_beside_its_rules():
    found = [each.id for each in check([DOCUMENT], undecided=False).files[0].diagnostics]
    assert found == [
        "cchc/task-share-differs",
        "cchc/received-differs-from-channels",
        "claims/parts-differ-from-total",
        "cchc/staff-present-exceed-assigned",
    ]
    without = [each.id for each in check([DOCUMENT], undecided=False, claims=False).files[0].diagnostics]
    assert without == [each for each in found if not each.startswith("claims/")]


def test_a_report_is_judged_by_packs_for_its_form_only():
    alone = check([REPORT], packs=["demo"])
    together = check([REPORT], packs=["demo", "kstt", "cchc"])
    assert together == alone


def test_all_bytes_are_checked_each_under_its_name():
    good = REPORT.read_bytes()
    wrong = good.replace(b"98,8%", b"42,7%")
    run = check([good, b"no report", DOCUMENT.read_bytes(), ("xa-b.yaml", wrong), bytearray(good)])
    told = {each.path: (each.judged, [found.id for found in each.diagnostics]) for each in run.files}
    finding = [found.id for found in check(REPORT).files[0].diagnostics]
    assert told["<bytes 1>"] == told["<bytes 4>"] == (True, finding)
    assert told["xa-b.yaml"] == (True, [])
    assert told["<bytes 2>"][0] is False
    assert told["<bytes 3>"][0] is True
    assert len(told) == 5


def test_bytes_alone_are_one_file():
    (file,) = check(REPORT.read_bytes()).files
    assert (file.path, file.judged) == ("<bytes 1>", True)


@pytest.mark.parametrize("source", [3, 0.5, None, ("name", "text"), (b"data", "name"), ["a"]])
def test_what_cannot_be_a_source_is_refused(source):
    with pytest.raises(ValidatorError) as error:
        check([REPORT, source])
    assert error.value.problem.code == "read/no-source"


def test_the_name_of_bytes_tells_running_text_from_yaml():
    text = "Ngày 31/11/2024, xã nộp báo cáo."
    as_text, as_yaml = (check([(f"a.{suffix}", text.encode())]).files[0] for suffix in ("txt", "yaml"))
    assert not any(found.id.startswith("read/yaml") for found in as_text.diagnostics)
    assert as_text.diagnostics != as_yaml.diagnostics
