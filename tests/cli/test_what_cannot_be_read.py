"""What cannot be read is told in a sentence that people understand; the rest is checked all the same."""

from __future__ import annotations

import json

import pytest

MOST_WORDS = 25
OLE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + b"\0" * 512
PROGRAMS = ("LibreOffice", "soffice", "tesser", "pip", "python", "XML", "zip", "Traceback", "validator")
BLANK_PDF = (
    b"%PDF-1.4\n1 0 obj<</Type/Catalog/Pages 2 0 R>>endobj 2 0 obj<</Type/Pages/Kids[3 0 R]/Count 1>>endobj "
    b"3 0 obj<</Type/Page/Parent 2 0 R/MediaBox[0 0 99 99]>>endobj\ntrailer<</Root 1 0 R>>"
)


@pytest.fixture
def folder(given, tmp_path):
    """A folder as it comes: a report, and what was meant to be one."""
    place = tmp_path / "o"
    place.mkdir()
    whole = given.read_bytes()
    (place / "xa.docx").write_bytes(whole)
    (place / "nua.docx").write_bytes(whole[: len(whole) // 2])
    (place / "mat-khau.docx").write_bytes(OLE + "EncryptedPackage".encode("utf-16-le") + b"\0\0")
    (place / "anh.docx").write_bytes(b"\xff\xd8\xff\xe0 JFIF")
    (place / "trang.pdf").write_bytes(BLANK_PDF)
    (place / "rong.xlsx").write_bytes(b"")
    return place


@pytest.mark.parametrize("lang", ["vi", "en"])
def test_each_file_is_told_in_short_sentences_and_the_report_is_checked(folder, run, lang):
    code, out, _ = run("check", folder, "--format", "json", "--lang", lang)
    files = {each["path"].rpartition("/")[2]: each for each in json.loads(out)["files"]}
    assert code == 1
    assert len(files["xa.docx"]["diagnostics"]) >= 4
    assert files["xa.docx"]["figures"]["agree"] == 7
    ids = {
        name: [one["id"] for one in each["diagnostics"]] for name, each in files.items() if name != "xa.docx"
    }
    assert ids == {
        "nua.docx": ["document/damaged"],
        "mat-khau.docx": ["document/encrypted"],
        "anh.docx": ["document/is-picture"],
        "trang.pdf": ["document/no-text"],
        "rong.xlsx": ["document/empty-file"],
    }
    for name, each in files.items():
        told = each["diagnostics"][0]
        if name == "xa.docx":
            continue
        assert name in told["title"]
        for words in (told["title"], told["help"]):
            assert 0 < len(words.split()) <= MOST_WORDS
            assert not [each for each in PROGRAMS if each in words]


def test_a_picture_that_somebody_names_is_called_one(tmp_path, run):
    photo = tmp_path / "anh-chup.png"
    photo.write_bytes(b"\x89PNG\r\n\x1a\n\0\0\0\rIHDR")
    code, out, _ = run("check", photo)
    assert code == 2
    assert "Tệp anh-chup.png là ảnh, không có chữ để đối chiếu." in out
    assert "Gửi bản Word hoặc Excel gốc" in out


def test_a_document_of_no_known_form_is_checked_by_its_sentences(tmp_path, run):
    text = tmp_path / "ghi-chep.txt"
    text.write_text("Tổng số 10 hồ sơ, gồm 6 hồ sơ cũ và 3 hồ sơ mới.\n" * 3, encoding="utf-8")
    code, out, _ = run("check", text)
    assert code == 1
    assert "Không nhận ra mẫu báo cáo của tài liệu này; chỉ đối chiếu được phép tính" in out
    assert "Tổng không khớp các thành phần" in out
    help_line = next(each for each in out.splitlines() if "Không mẫu nào giống" in each)
    assert len(help_line.partition(": ")[2].split()) <= MOST_WORDS
