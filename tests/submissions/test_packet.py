"""Reports that come in a zip are read like any others; what it does not give away is told by name."""

from __future__ import annotations

import io
import struct
import tempfile
import unicodedata
import zipfile
from pathlib import Path

import pytest

from validator import check
from validator.submissions import packet

REPORT = """\
report: {{form: cchc, unit: {{id: {unit}}}, period: {{kind: year, from: 2024-01-01, to: 2024-12-31}}}}
hoso: {{received: 10, resolved: {resolved}}}
"""
WORD = Path(__file__).parents[2] / "examples" / "documents" / "an-lac-2024.docx"
GOOD, BAD = REPORT.format(unit="a", resolved=8), REPORT.format(unit="b", resolved=12)


@pytest.fixture
def sent(tmp_path):
    """Write a zip of files by their names; return its path."""

    def write(name="nop.zip", how=zipfile.ZIP_DEFLATED, **files):
        path = tmp_path / "in" / name
        path.parent.mkdir(exist_ok=True)
        with zipfile.ZipFile(path, "w", how) as target:
            for member, content in files.items():
                target.writestr(member.replace("__", "/"), content)
        return path

    return write


def told(path):
    """What is told of each file, by its name below the folder: its findings, or none."""
    run = check(path, undecided=False)
    folder = path if path.is_dir() else path.parent
    return {Path(each.path).relative_to(folder).as_posix(): ids(each) for each in run.files}


def ids(file):
    return [each.id.partition("/")[2] for each in file.diagnostics if each.severity.value == "error"]


@pytest.fixture(autouse=True)
def no_leftovers(monkeypatch, tmp_path_factory):
    place = tmp_path_factory.mktemp("temporary")
    monkeypatch.setattr(tempfile, "tempdir", str(place))
    yield
    assert list(place.iterdir()) == []


def test_the_reports_within_are_checked_under_the_name_of_the_zip_and_theirs(sent):
    path = sent(**{"a.yaml": GOOD, "Xã B__b.yaml": BAD})
    found = told(path)
    assert list(found) == ["nop.zip/Xã B/b.yaml", "nop.zip/a.yaml"]
    assert found["nop.zip/a.yaml"] == []
    assert "resolved-exceed-received" in found["nop.zip/Xã B/b.yaml"]
    assert told(path.parent) == found


def test_findings_are_located_in_the_file_within(sent):
    path = sent(**{"b.yaml": BAD})
    (file,) = check(path).files
    assert {each.location.file for each in file.diagnostics} == {f"{path}/b.yaml"}


def test_a_word_document_called_zip_and_a_zip_called_word_are_what_they_are(sent, tmp_path):
    plain = sent("that.zip", **{"a.yaml": GOOD})
    plain.rename(plain.with_name("zip.docx"))
    (plain.parent / "word.zip").write_bytes(WORD.read_bytes())
    assert set(told(plain.parent)) == {"zip.docx/a.yaml", "word.zip"}
    assert check(plain.parent / "word.zip").files[0].judged


def test_explanations_within_go_with_their_report(sent):
    reason = 'explanations:\n  - {rule: cchc/resolved-exceed-received, reason: "vì"}\n'
    path = sent(**{"b.yaml": BAD, "b.giai-trinh.yaml": reason})
    (file,) = check(path).files
    assert any(each.topic == "waiver" for each in file.diagnostics)


@pytest.mark.parametrize(
    "name", ["../../ngoai.yaml", "/etc/a.yaml", "C:\\a\\b.yaml", "..\\..\\a.yaml", "con.yaml"]
)
def test_no_name_leads_out(sent, tmp_path, name):
    before = set(Path("/etc").iterdir())
    path = sent(**{name: GOOD})
    (found,) = told(path)
    assert ".." not in Path(found).parts
    assert found.startswith("nop.zip/")
    assert set(Path("/etc").iterdir()) == before
    assert sorted(each.name for each in tmp_path.rglob("*")) == ["in", "nop.zip"]


def test_two_files_of_one_name_are_both_read(tmp_path):
    path = tmp_path / "a.zip"
    with zipfile.ZipFile(path, "w") as target:
        target.writestr("x/../a.yaml", GOOD)
        target.writestr("x/a.yaml", BAD)
    assert sorted(map(bool, told(path).values())) == [False, True]


def test_a_zip_within_a_zip_is_told_and_not_opened(sent):
    inner = io.BytesIO()
    with zipfile.ZipFile(inner, "w") as target:
        target.writestr("b.yaml", BAD)
    assert told(sent(**{"a.yaml": GOOD, "trong.zip": inner.getvalue()})) == {
        "nop.zip/a.yaml": [],
        "nop.zip/trong.zip": ["packet-nested"],
    }


def test_what_is_packed_beyond_measure_is_told_and_the_rest_read(sent):
    assert told(sent(**{"a.yaml": GOOD, "bom.txt": b"0" * 50_000_000})) == {
        "nop.zip/a.yaml": [],
        "nop.zip/bom.txt": ["packet-zip-bomb"],
    }


def test_all_files_together_have_a_bound(sent, monkeypatch):
    monkeypatch.setattr(packet, "MOST_UNPACKED", 3 * len(GOOD))
    found = told(sent(how=zipfile.ZIP_STORED, **{f"{each}.yaml": GOOD for each in range(5)}))
    assert list(found.values()) == [[], [], [], ["packet-zip-bomb"], ["packet-zip-bomb"]]


def test_so_has_their_number(sent, monkeypatch):
    monkeypatch.setattr(packet, "MOST_FILES", 3)
    found = told(sent(**{f"{each}.yaml": GOOD for each in range(5)}))
    assert found == {
        "nop.zip/0.yaml": [],
        "nop.zip/1.yaml": [],
        "nop.zip/2.yaml": [],
        "nop.zip": ["packet-too-many"],
    }


def test_a_broken_zip_is_told(sent):
    path = sent(**{"a.yaml": GOOD})
    path.write_bytes(path.read_bytes()[:-30])
    assert told(path) == {"nop.zip": ["packet-damaged"]}


def test_one_broken_file_within_stops_no_other(sent):
    path = sent(how=zipfile.ZIP_STORED, **{"a.yaml": GOOD, "b.yaml": BAD})
    data = path.read_bytes()
    path.write_bytes(data.replace(b"resolved: 12", b"resolved: 99", 1))
    assert told(path) == {"nop.zip/a.yaml": [], "nop.zip/b.yaml": ["packet-damaged"]}


def test_a_file_under_a_password_is_told(sent):
    path = sent(how=zipfile.ZIP_STORED, **{"a.yaml": GOOD})
    data = bytearray(path.read_bytes())
    for signature, place in ((b"PK\x03\x04", 6), (b"PK\x01\x02", 8)):
        at = data.index(signature) + place
        data[at : at + 2] = struct.pack("<H", 1)
    path.write_bytes(data)
    assert told(path) == {"nop.zip/a.yaml": ["packet-encrypted"]}


def test_a_zip_without_a_report_is_told(sent):
    path = sent(**{"anh.png": b"\x89PNG", ".DS_Store": b"x"})
    assert told(path) == {"nop.zip": ["packet-nothing-inside"]}
    assert [Path(each).name for each in check(path).passed_over] == ["anh.png"]


@pytest.mark.parametrize(
    ("name", "encoding"),
    [("Xã Bình An.yaml", "utf-8"), ("Xa\u0303 Binh An.yaml", "cp1258"), ("Résumé.yaml", "cp437")],
)
def test_names_are_read_in_the_encoding_they_are_written_in(sent, name, encoding):
    written = name.encode(encoding)
    path = sent(**{"0" * len(written): GOOD})
    path.write_bytes(path.read_bytes().replace(b"0" * len(written), written))
    assert list(told(path)) == [f"nop.zip/{unicodedata.normalize('NFC', name)}"]
