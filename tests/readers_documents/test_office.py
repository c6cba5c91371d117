import shutil
import subprocess
import sys

import pytest

from validator.model import limits
from validator.model.limits import Limits

PAGE = "BT /F1 12 Tf 85 700 Td (Received 794 files in the year.) Tj ET\n"
PICTURE = "q 400 0 0 600 50 100 cm BI /W 1 /H 1 /CS /G /BPC 8 ID \x80 EI Q\n"
OLE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + b"\x00" * 504 + "WordDocument".encode("utf-16-le") + b"\x00" * 600


@pytest.fixture
def programs(tmp_path, monkeypatch):
    """Put stand-ins for programs on the path; each is a Python script."""
    if sys.platform == "win32":
        pytest.skip("the stand-ins are scripts for a Unix shell")
    folder = tmp_path / "bin"
    folder.mkdir()
    monkeypatch.setenv("PATH", str(folder))

    def put(name, script):
        program = folder / name
        program.write_text(f"#!{sys.executable}\nimport sys, shutil, time\n{script}\n", "utf-8")
        program.chmod(0o755)

    return put


def test_libreoffice_that_gives_nothing_is_said(read, write, programs):
    programs("soffice", "")
    assert read(write(OLE, "a.doc")).codes == ["document/conversion-failed"]


def test_libreoffice_that_hangs_is_ended(read, write, programs, monkeypatch):
    monkeypatch.setattr(limits, "_CONVERSION", 1)
    programs("soffice", "time.sleep(60)")
    found = read(write(OLE, "a.doc"), limits=Limits(seconds=1))
    assert found.codes == ["document/conversion-timeout"]
    assert found.problems[0].args["seconds"] == 1


def test_an_old_file_is_read_as_the_converted_copy_with_its_own_name(read, write, make_docx, programs):
    copy = make_docx("<w:p><w:r><w:t>Chữ</w:t></w:r></w:p>", name="copy.docx")
    programs(
        "soffice",
        f"""
import os
out = sys.argv[sys.argv.index("--outdir") + 1]
os.makedirs(out)
shutil.copyfile({str(copy)!r}, os.path.join(out, "document.docx"))""",
    )
    old = write(OLE, "-a b.doc")
    found = read(old)
    assert found.texts == ["Chữ"]
    assert found.document.media_type == "application/msword"
    assert found.blocks[0].location.file == str(old)


@pytest.mark.slow
@pytest.mark.skipif(shutil.which("soffice") is None, reason="LibreOffice is not installed")
@pytest.mark.parametrize("name", ["cau-ke-6-thang-2023.doc", "ben-quan-2024.odt"])
def test_real_old_and_open_files_read_as_the_word_file_does(read, corpus, name):
    path = corpus / "office" / name
    word = read(path.with_suffix(".docx"))
    found = read(path)
    assert " ".join(found.texts).split() == " ".join(word.texts).split()
    assert [table.rows for table in found.tables] == [table.rows for table in word.tables]


@pytest.mark.slow
@pytest.mark.skipif(shutil.which("soffice") is None, reason="LibreOffice is not installed")
@pytest.mark.parametrize("target", ["xls", "ods"])
def test_old_and_open_workbooks_keep_their_values(read, make_xlsx, tmp_path, target):
    rows = [
        '<c r="A1" t="inlineStr"><is><t>STT</t></is></c><c r="B1" t="inlineStr"><is><t>Số</t></is></c>',
        '<c r="A2"><v>1</v></c><c r="B2" s="1"><v>0.983</v></c>',
    ]
    source = make_xlsx({"S": rows}, formats=["0.0%"])
    profile = f"-env:UserInstallation={(tmp_path / 'profile').as_uri()}"
    command = [
        "soffice",
        profile,
        "--headless",
        "--convert-to",
        target,
        "--outdir",
        str(tmp_path),
        str(source),
    ]
    subprocess.run(command, check=True, capture_output=True, timeout=120)
    assert read(source.with_suffix(f".{target}")).rows() == [["STT", "Số"], ["1", "98,3%"]]
