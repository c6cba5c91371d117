"""LibreOffice opens the copies and shows the comments."""

from __future__ import annotations

import os
import re
import shutil
import subprocess

import docx
import pytest
import xlsxwriter

PROGRAM = shutil.which("soffice")


@pytest.fixture
def convert(tmp_path):
    """Convert files with LibreOffice; skip where there is none, unless it is said to be required."""
    if PROGRAM is None:
        if "libreoffice" in os.environ.get("VALIDATOR_REQUIRE", ""):
            pytest.fail("LibreOffice is required but not there")
        pytest.skip("LibreOffice is not installed")

    def run(target, *paths):
        out = tmp_path / target
        profile = f"-env:UserInstallation={(tmp_path / 'profile').as_uri()}"
        command = [
            PROGRAM,
            profile,
            "--headless",
            "--convert-to",
            target,
            "--outdir",
            str(out),
            *map(str, paths),
        ]
        subprocess.run(command, check=True, capture_output=True, timeout=180)
        return [out / f"{path.stem}.{target}" for path in paths]

    return run


@pytest.mark.slow
def test_libreoffice_shows_the_comments(tmp_path, submitted, convert):
    written = docx.Document()
    written.add_paragraph("BÁO CÁO")
    paragraph = written.add_paragraph("Đã tiếp nhận 7")
    paragraph.add_run("94").bold = True
    paragraph.add_run(" hồ sơ, trong đó 677 hồ sơ trước hạn.")
    written.add_comment(runs=paragraph.runs, text="ý kiến cũ")
    written.save(tmp_path / "text.docx")
    with xlsxwriter.Workbook(str(tmp_path / "book.xlsx")) as book:
        sheet = book.add_worksheet("Số liệu")
        sheet.write_row(0, 0, ("Chỉ tiêu", "Số liệu"))
        sheet.write_row(1, 0, ("Tiếp nhận", 794))
        sheet.write_row(2, 0, ("Trước hạn", 677))
        sheet.write_comment("B3", "ý kiến cũ")
    for name in ("text.docx", "book.xlsx"):
        given = submitted(tmp_path / name)
        given.finding(given.at("794"), given.at("677"), title="Tiếp nhận không khớp")
        given.path.write_bytes(given.annotated().data)
    paths = [tmp_path / "text.docx", tmp_path / "book.xlsx"]
    for made in convert("pdf", *paths):
        assert made.read_bytes().startswith(b"%PDF-")
    for made in [*convert("fodt", paths[0]), *convert("fods", paths[1])]:
        found = re.findall(
            r"<office:annotation[ >].*?</office:annotation>", made.read_text("utf-8"), re.DOTALL
        )
        words = [re.sub(r"<[^>]+>", "", each) for each in found]
        assert sum("Kết quả kiểm tra số liệu" in each for each in words) == 1
        assert sum("[1] Lỗi: Tiếp nhận không khớp" in each for each in words) == 1
        assert sum("ý kiến cũ" in each for each in words) == 1
