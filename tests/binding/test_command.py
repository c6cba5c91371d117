"""``validator read`` and ``validator check`` on documents."""

import json
import subprocess
import sys
import zipfile
from pathlib import Path

import pytest

from validator.cli.main import main

REPORT = Path(__file__).parent / "reports" / "commune-with-appendix.md"


def run(capsys, *arguments):
    code = main([str(each) for each in arguments])
    printed = capsys.readouterr()
    return code, printed.out, printed.err


def test_read_prints_a_report_that_reads_as_the_same_report(capsys, tmp_path):
    code, text, errors = run(capsys, "read", REPORT)
    assert (code, errors) == (0, "")
    saved = tmp_path / "saved.yaml"
    saved.write_text(text, encoding="utf-8")
    again = json.loads(run(capsys, "read", saved, "--format", "json")[1])
    first = json.loads(run(capsys, "read", REPORT, "--format", "json")[1])
    assert [(cell["path"], cell["value"]) for cell in again["cells"]] == [
        (cell["path"], cell["value"]) for cell in first["cells"]
    ]
    assert [again[key] for key in ("unit", "period", "form")] == [
        first[key] for key in ("unit", "period", "form")
    ]


def test_read_says_beside_each_value_where_it_stands(capsys):
    text = run(capsys, "read", REPORT)[1]
    (line,) = (each for each in text.splitlines() if "public_units" in each)
    assert "dòng 4.3 “Số ĐVSNCL trực thuộc”, cột Số liệu" in line


def test_read_as_json_holds_cells_and_what_is_left_over(capsys):
    found = json.loads(run(capsys, "read", REPORT, "--format", "json")[1])
    assert found.keys() >= {"unit", "period", "form", "cells", "unbound", "reach"}
    cell = next(each for each in found["cells"] if each["path"] == "org.public_units")
    assert cell.keys() >= {"path", "label", "code", "raw", "value", "location", "confidence"}
    assert (cell["code"], cell["raw"], cell["value"]) == ("4.3", "12", "12")
    left = next(each for each in found["unbound"] if each["raw"] == "17")
    assert left.keys() >= {"raw", "text", "location", "why"}
    assert found["reach"]["rows"] == 13


def test_what_is_given_counts_more_than_what_the_document_says(capsys):
    arguments = ("--unit", "Huyện Bình An", "--period", "2023-H1", "--format", "json")
    found = json.loads(run(capsys, "read", REPORT, *arguments)[1])
    assert found["unit"]["level"] == "district"
    assert found["period"] == {"kind": "half_year", "from": "2023-01-01", "to": "2023-06-30"}


@pytest.mark.parametrize("text", ["hôm qua", "2023-13", "2023-05-01..2023-01-01", ""])
def test_a_period_that_is_none_is_refused(capsys, text):
    code, _, errors = run(capsys, "read", REPORT, "--period", text or "?")
    assert code == 2
    assert "2022-12-15..2023-12-14" in errors


def test_check_says_how_far_a_document_was_understood(capsys):
    code, text, _ = run(capsys, "check", REPORT, "--format", "plain")
    assert code in (0, 1)
    assert "Phụ lục: 10/13 dòng có số liệu nhận diện được" in text
    assert "thuyết minh:" in text


def test_the_result_as_json_holds_the_reach(capsys):
    found = json.loads(run(capsys, "check", REPORT, "--format", "json")[1])
    assert "10/13" in found["files"][0]["reach"]


def test_a_document_of_no_known_form_is_told_and_can_be_named(capsys, tmp_path):
    letter = tmp_path / "letter.txt"
    letter.write_text("Kính mời dự họp lúc 8 giờ ngày 01/02/2024.", encoding="utf-8")
    code, text, _ = run(capsys, "check", letter, "-v", "--format", "plain")
    assert code == 2
    assert "--form" in text
    named = run(capsys, "check", letter, "-v", "--form", "cchc", "--format", "plain")
    assert named[0] == 2  # nothing in it is a figure of the form, so nothing agrees
    assert "document/no-form" in text
    assert "document/no-form" not in named[1]


def test_the_content_decides_whether_a_file_is_a_document(capsys, tmp_path):
    disguised = tmp_path / "report.yaml"
    with zipfile.ZipFile(disguised, "w") as package:
        package.writestr("nothing", "here")
    text = run(capsys, "check", disguised, "--format", "plain")[1]
    assert "YAML" not in text


def test_a_structured_report_may_be_named_as_text(capsys, tmp_path):
    report = tmp_path / "report.txt"
    report.write_text(
        "report: {form: cchc}\nhoso: {resolved: 5, early: 2, on_time: 3, late: 0}\n", encoding="utf-8"
    )
    assert run(capsys, "check", report, "--format", "plain")[0] in (0, 1)


def test_a_folder_of_documents_passes_over_lock_files_and_other_texts(capsys, tmp_path):
    (tmp_path / "report.md").write_text(REPORT.read_text(encoding="utf-8"), encoding="utf-8")
    (tmp_path / "README.md").write_text("Ghi chú.", encoding="utf-8")
    (tmp_path / "~$report.docx").write_bytes(b"lock")
    found = json.loads(run(capsys, "check", tmp_path, "--format", "json")[1])
    assert [Path(each["path"]).name for each in found["files"]] == ["report.md"]


def test_a_structured_report_needs_no_module_for_documents(tmp_path):
    report = tmp_path / "report.yaml"
    report.write_text("report: {form: cchc}\nhoso: {received: 5}\n", encoding="utf-8")
    script = (
        "import sys; from validator.api import check; check([sys.argv[1]]);"
        "print(sorted(n for n in sys.modules if n.startswith('validator.binding')"
        " or n in ('rapidfuzz', 'pypdfium2', 'validator.readers.document')))"
    )
    done = subprocess.run(
        [sys.executable, "-c", script, str(report)], capture_output=True, text=True, check=True
    )
    assert done.stdout.strip() == "[]"
