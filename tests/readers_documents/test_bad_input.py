import os
import socket
import sys
import zipfile
from pathlib import Path

import pytest

from validator.model.verdict import Severity
from validator.readers import document as document_reader
from validator.readers.document import read_document
from validator.readers.formats import CSV, DOC, DOCX, ENCRYPTED, PDF, RTF, TEXT, XLS, XLSX
from validator.readers.kind import is_document
from validator.readers.media_type import media_type_of

OLE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
BODY = "<w:p><w:r><w:t>Chữ</w:t></w:r></w:p>"


def ole(stream):
    return OLE + b"\x00" * 504 + stream.encode("utf-16-le") + b"\x00\x00" + b"\x00" * 600


def test_an_empty_file(read, write):
    assert read(write(b"", "a.docx")).codes == ["document/empty-file"]


def test_a_file_that_is_not_there(read, tmp_path):
    found = read(tmp_path / "none.docx")
    assert (found.document, found.codes) == (None, ["read/no-such-file"])


def test_a_folder(read, tmp_path):
    assert read(tmp_path).codes == ["read/is-a-folder"]


@pytest.mark.parametrize("name", ["a.docx", "a.xlsx", "a.pdf", "a.txt", "a.csv", "a.doc", "a.odt", "a.rtf"])
@pytest.mark.skipif(not hasattr(os, "mkfifo"), reason="the system has no named pipes")
def test_a_pipe_is_not_waited_for(read, tmp_path, name):
    os.mkfifo(tmp_path / name)
    assert is_document(tmp_path / name)
    assert read(tmp_path / name).codes == ["read/not-a-file"]


@pytest.mark.skipif(not Path("/dev/zero").exists(), reason="the system has no devices")
def test_a_device(read, tmp_path):
    (tmp_path / "a.docx").symlink_to("/dev/zero")
    assert read(tmp_path / "a.docx").codes == ["read/not-a-file"]


@pytest.mark.skipif(not hasattr(socket, "AF_UNIX"), reason="the system has no such sockets")
def test_a_socket(read, tmp_path, monkeypatch):
    monkeypatch.chdir(tmp_path)  # the name of a socket must be short
    with socket.socket(socket.AF_UNIX) as ours:
        ours.bind("a.docx")
        assert read(tmp_path / "a.docx").codes == ["read/not-a-file"]


@pytest.mark.parametrize("target", ["none.docx", "a.docx"])
def test_a_link_that_leads_nowhere(read, tmp_path, target):
    (tmp_path / "a.docx").symlink_to(target)
    assert read(tmp_path / "a.docx").codes == ["read/broken-link"]


def test_a_name_that_is_too_long(read, tmp_path):
    assert read(tmp_path / ("a" * 300 + ".docx")).codes == ["read/name-too-long"]


def test_a_name_that_cannot_be(read):
    assert read(Path("a\0.docx")).codes == ["read/unreadable-file"]


def test_a_file_beyond_the_bound_is_not_read(read, write, monkeypatch):
    monkeypatch.setattr(document_reader, "MOST_BYTES", 1_000)
    assert read(write("x" * 2_000)).codes == ["document/too-large"]


def test_the_content_decides_and_not_the_name(make_docx, make_xlsx, make_pdf, write):
    assert media_type_of(make_docx(BODY, name="a.pdf")) == DOCX
    assert media_type_of(make_xlsx({"S": []}, name="b.docx")) == XLSX
    assert media_type_of(make_pdf([""], name="c.txt")) == PDF
    assert media_type_of(write("{\\rtf1 x}", "d.doc")) == RTF
    assert media_type_of(write("1,2", "e.docx")) == TEXT
    assert media_type_of(write("1,2", "e.csv")) == CSV
    assert media_type_of(write(ole("WordDocument"), "f.docx")) == DOC
    assert media_type_of(write(ole("Workbook"), "g.xlsx")) == XLS


def test_an_encrypted_office_file(read, write):
    path = write(ole("EncryptedPackage"), "a.docx")
    assert media_type_of(path) == ENCRYPTED
    assert read(path).codes == ["document/encrypted"]


PICTURES = (
    b"\x89PNG\r\n\x1a\n" + bytes(range(256)) * 4,
    b"\xff\xd8\xff\xe1 Exif" + bytes(300),
    b"RIFF\x00\x01\x00\x00WEBPVP8 " + bytes(300),
    b"\x00\x00\x00\x18ftypheic" + bytes(300),
    b"II*\x00" + bytes(300),
)


@pytest.mark.parametrize("data", PICTURES)
@pytest.mark.parametrize("name", ["a.png", "a.docx", "a.pdf", "a.txt"])
def test_a_picture_is_called_one_whatever_its_name(read, write, data, name):
    assert read(write(data, name)).codes == ["document/is-picture"]


def test_other_binary_files(read, write):
    assert read(write(b"\x7fELF" + bytes(range(256)) * 4, "a.bin")).codes == ["document/unknown-format"]


@pytest.mark.parametrize(
    ("data", "line", "column", "sign"),
    [
        ("Báo cáo\nTiếp nhận 1\x000 hồ sơ\n".encode(), 2, 12, "U+0000"),
        (bytes(300), 1, 1, "U+0000"),
        (b"%XYZ\r\n\x1a\n" + bytes(range(256)) * 4, 2, 1, "U+001A"),
        (("a" * 9000 + "\n\x01").encode(), 2, 1, "U+0001"),
    ],
)
@pytest.mark.parametrize("name", ["a.txt", "a.md", "a.csv"])
def test_of_a_text_that_holds_what_no_text_has_the_place_is_told(read, write, data, line, column, sign, name):
    (problem,) = read(write(data, name)).problems
    assert (problem.code, problem.args["sign"]) == ("read/binary", sign)
    assert (problem.location.line, problem.location.column) == (line, column)


def test_an_archive_that_is_no_document(read, tmp_path):
    path = tmp_path / "a.docx"
    with zipfile.ZipFile(path, "w") as package:
        package.writestr("report.txt", "x")
    assert read(path).codes == ["document/unknown-archive"]


@pytest.mark.parametrize("keep", [4, 60, 400, 900])
def test_a_file_cut_short(read, make_docx, keep):
    path = make_docx(BODY * 200)
    path.write_bytes(path.read_bytes()[:keep])
    found = read(path)
    assert found.document is None
    assert len(found.codes) == 1


def test_a_part_whose_bytes_were_changed(read, make_docx):
    path = make_docx(BODY * 500)
    data = bytearray(path.read_bytes())
    place = data.index(b"word/document.xml") + 40
    data[place : place + 30] = b"\x00" * 30
    path.write_bytes(bytes(data))
    assert read(path).codes == ["document/damaged"]


def test_a_member_whose_name_is_no_text(read, tmp_path):
    path = tmp_path / "a.docx"
    with zipfile.ZipFile(path, "w") as package:
        package.writestr("word/document.xml", "<a/>")
        package.writestr("\u1ebfx.xml", "<a/>")
    path.write_bytes(path.read_bytes().replace("\u1ebfx.xml".encode(), b"\xff\xfe\xfdx.xml"))
    assert read(path).codes == ["document/damaged"]


def test_a_declared_type_that_does_not_unpack(read, tmp_path):
    path = tmp_path / "a.odt"
    with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as package:
        package.writestr("mimetype", "application/vnd.oasis.opendocument.text")
    data = bytearray(path.read_bytes())
    place = data.index(b"mimetype") + 8
    data[place : place + 6] = b"\xff" * 6
    path.write_bytes(data)
    assert read(path).codes == ["document/damaged"]


@pytest.mark.parametrize("method", [zipfile.ZIP_LZMA, zipfile.ZIP_BZIP2, zipfile.ZIP_DEFLATED])
def test_a_part_that_does_not_unpack(read, make_docx, tmp_path, method):
    source, path = make_docx(BODY * 50), tmp_path / "b.docx"
    with zipfile.ZipFile(source) as old, zipfile.ZipFile(path, "w", method) as new:
        for name in old.namelist():
            new.writestr(name, old.read(name))
    with zipfile.ZipFile(path) as package:
        start = package.getinfo("word/document.xml").header_offset + 30 + len("word/document.xml")
    data = bytearray(path.read_bytes())
    data[start + 9 : start + 20] = b"\xff" * 11
    path.write_bytes(data)
    assert read(path).codes == ["document/damaged"]


def test_xml_that_does_not_parse(read, make_docx):
    assert read(make_docx("<w:p>")).codes == ["document/damaged"]


def cut(path, made, start):
    """Write the document *made* without what its text has from *start* on."""
    with zipfile.ZipFile(made) as old, zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as new:
        for name in old.namelist():
            data = old.read(name)
            new.writestr(name, data[: data.index(start)] if name == "word/document.xml" else data)
    return path


def paragraph(text):
    return f"<w:p><w:r><w:t>{text}</w:t></w:r></w:p>"


def test_what_stands_before_the_damage_is_read_and_told_as_a_part(read, make_docx, tmp_path):
    made = make_docx("".join(paragraph(f"{number} hồ sơ") for number in range(5)))
    found = read(cut(tmp_path / "b.docx", made, b"3 h"))
    assert [each.text for each in found.document.blocks] == ["0 hồ sơ", "1 hồ sơ", "2 hồ sơ"]
    assert found.codes == ["document/part-lost"]
    assert found.problems[0].severity is Severity.ERROR


def test_of_a_table_the_rows_before_the_damage_are_read(read, make_docx, tmp_path):
    cells = "<w:tr><w:tc>{}</w:tc><w:tc>{}</w:tc></w:tr>"
    rows = "".join(cells.format(paragraph(f"dòng {number}"), paragraph(f"{number}1")) for number in range(4))
    found = read(cut(tmp_path / "b.docx", make_docx(f"<w:tbl>{rows}</w:tbl>"), b"21<"))
    (table,) = found.document.blocks
    assert [cell.text for cell in table.cells] == ["dòng 0", "01", "dòng 1", "11"]
    assert found.codes == ["document/part-lost"]


@pytest.mark.parametrize("name", ["_rels/.rels", "word/_rels/document.xml.rels", "word/styles.xml"])
def test_a_list_of_parts_that_is_damaged_costs_no_text(read, make_docx, tmp_path, name):
    made, path = make_docx(paragraph("12 hồ sơ")), tmp_path / "b.docx"
    with zipfile.ZipFile(made) as old, zipfile.ZipFile(path, "w") as new:
        for each in {*old.namelist(), name}:
            new.writestr(each, b"<Relationships><R" if each == name else old.read(each))
    assert [each.text for each in read(path).document.blocks] == ["12 hồ sơ"]


def test_a_zip_bomb(read, make_docx):
    bomb = make_docx("<w:p><w:r><w:t>" + "0" * 50_000_000 + "</w:t></w:r></w:p>")
    assert bomb.stat().st_size < 100_000
    assert read(bomb).codes == ["document/zip-bomb"]


def test_a_package_that_understates_the_size_of_a_part(read, make_docx, monkeypatch):
    from validator.readers import docx

    monkeypatch.setattr(docx, "_MOST_TEXT", 1_000)
    assert read(make_docx(BODY * 100)).codes == ["document/zip-bomb"]


def test_an_xml_bomb_and_external_entities(read, make_docx, tmp_path):
    for declared in (
        '<!DOCTYPE a [<!ENTITY b "bbbbbbbbbb"><!ENTITY c "&b;&b;&b;&b;">]>',
        '<!DOCTYPE a [<!ENTITY b SYSTEM "file:///etc/passwd">]>',
        '<!DOCTYPE a SYSTEM "http://127.0.0.1/a.dtd">',
    ):
        path = make_docx(BODY)
        with zipfile.ZipFile(path) as package:
            parts = {name: package.read(name).decode() for name in package.namelist()}
        text = parts["word/document.xml"].replace("?>", f"?>{declared}", 1)
        parts["word/document.xml"] = text
        with zipfile.ZipFile(tmp_path / "bomb.docx", "w") as package:
            for name, content in parts.items():
                package.writestr(name, content)
        assert read(tmp_path / "bomb.docx").codes == ["document/unsafe-xml"]


def test_very_deep_xml(read, make_docx):
    deep = "<w:sdt><w:sdtContent>" * 5_000 + "</w:sdtContent></w:sdt>" * 5_000
    assert read(make_docx(deep)).codes == ["document/unsafe-xml"]


def test_paths_in_a_package_lead_nowhere(read, make_docx, tmp_path):
    path = make_docx(BODY)
    with zipfile.ZipFile(path, "a") as package:
        package.writestr("../../outside.txt", "x")
        package.writestr("/absolute.txt", "x")
    assert read(path).texts == ["Chữ"]
    assert not (tmp_path.parent / "outside.txt").exists()


def test_parts_named_outside_the_package_are_not_looked_up(read, make_docx, tmp_path):
    path = make_docx(BODY)
    with zipfile.ZipFile(path) as package:
        parts = {name: package.read(name) for name in package.namelist()}
    parts["word/_rels/document.xml.rels"] = (
        b'<Relationships xmlns="http://schemas.openxmlformats.org/package/2006/relationships">'
        b'<Relationship Id="a" Type="x/styles" Target="../../../../etc/passwd"/>'
        b'<Relationship Id="b" Type="x/footnotes" TargetMode="External" Target="http://127.0.0.1/"/>'
        b"</Relationships>"
    )
    with zipfile.ZipFile(path, "w") as package:
        for name, content in parts.items():
            package.writestr(name, content)
    assert read(path).texts == ["Chữ"]


def test_absurd_extents_do_not_cost_memory(read, make_docx, make_xlsx):
    body = (
        '<w:tbl><w:tr><w:tc><w:tcPr><w:gridSpan w:val="999999999"/></w:tcPr>' + BODY + "</w:tc>"
        '<w:tc><w:tcPr><w:gridSpan w:val="-3"/></w:tcPr>' + BODY + "</w:tc></w:tr></w:tbl>"
    )
    assert read(make_docx(body)).tables[0].columns <= 2_000
    row = '<c r="A1"><v>1</v></c><c r="B1"><v>2</v></c>'
    merged = '<mergeCells><mergeCell ref="A1:XFD1048576"/></mergeCells>'
    assert read(make_xlsx({"S": [row]}, after=merged)).document is not None


def test_a_pdf_that_is_damaged_or_locked(read, write, make_pdf):
    assert read(write(b"%PDF-1.7\n%%EOF", "a.pdf")).codes == ["document/damaged"]
    locked = make_pdf(["BT /F1 12 Tf 85 700 Td (x y z w) Tj ET"])
    data = locked.read_bytes().replace(
        b"trailer << ",
        b"trailer << /ID [<00> <00>] /Encrypt << /Filter /Standard /V 1 /R 2 /P -4 "
        b"/O <" + b"11" * 32 + b"> /U <" + b"22" * 32 + b"> >> ",
    )
    locked.write_bytes(data)
    assert read(locked).codes == ["document/encrypted"]


def test_without_libreoffice_an_old_format_says_what_to_do(read, write, monkeypatch):
    monkeypatch.setenv("PATH", "")
    found = read(write(ole("WordDocument"), "a.doc"))
    assert found.codes == ["document/needs-libreoffice"]


def test_without_the_extra_the_command_that_installs_it_is_named_for_that_file(make_pdf, monkeypatch):
    path = make_pdf(["BT /F1 12 Tf 85 700 Td (x) Tj ET"])
    monkeypatch.setitem(sys.modules, "pypdfium2", None)
    found = read_document(path)
    assert found.document is None
    (problem,) = found.problems
    assert problem.code == "document/missing-extra"
    assert problem.args["extra"] == "documents"
    assert problem.location.file == str(path)


def test_every_problem_has_words_in_both_languages():
    import json
    import re

    source = Path(document_reader.__file__).parent
    catalogues = {
        language: json.loads((source.parent / "messages" / language / "document.json").read_text("utf-8"))
        for language in ("vi", "en")
    }
    assert catalogues["vi"].keys() == catalogues["en"].keys()
    code = re.compile(
        r'(?:refusal|Unreadable|_add_fault|note|problem)\(\s*"([a-z0-9-]+)"|code="document/([a-z0-9-]+)"'
    )
    used = {
        name
        for path in source.glob("*.py")
        if "document/" in path.read_text("utf-8") or "Unreadable" in path.read_text("utf-8")
        for pair in code.findall(path.read_text("utf-8"))
        for name in pair
        if name
    }
    assert used - catalogues["en"].keys() <= set()
    for language in catalogues.values():
        assert all(entry["text"] and entry["help"] for entry in language.values())


def test_a_text_far_beyond_any_report_is_not_read(read, write, monkeypatch):
    from validator.readers import text

    monkeypatch.setattr(text, "MOST_BYTES", 1_000)
    assert read(write("x" * 2_000)).codes == ["document/too-large"]


def test_an_endless_wrapped_paragraph_is_parted(read, write):
    found = read(write("x" * 79 + "\n" + ("y" * 79 + "\n") * 2_000))
    assert max(len(block.text) for block in found.blocks) < 40_000
