"""LibreOffice opens the marked copies and shows the legend."""

from __future__ import annotations

import os
import re
import shutil
import subprocess

import pytest
import xlsxwriter

from .conftest import EXAMPLE, Ticked, known

PROGRAM = shutil.which("soffice")


@pytest.mark.slow
def test_libreoffice_opens_the_copies(tmp_path):
    if PROGRAM is None:
        if "libreoffice" in os.environ.get("VALIDATOR_REQUIRE", ""):
            pytest.fail("LibreOffice is required but not there")
        pytest.skip("LibreOffice is not installed")
    with xlsxwriter.Workbook(str(tmp_path / "given.xlsx")) as book:
        sheet = book.add_worksheet("Số liệu")
        sheet.write_row(0, 0, ("Chỉ tiêu", "Số lượng"))
        sheet.write_row(1, 0, ("Tổng số", 40))
    copies = [
        known(EXAMPLE).copy(tmp_path / "text.docx"),
        Ticked(tmp_path / "given.xlsx").copy(tmp_path / "book.xlsx"),
    ]
    profile = f"-env:UserInstallation={(tmp_path / 'profile').as_uri()}"
    command = [PROGRAM, profile, "--headless", "--convert-to", "html", "--outdir", str(tmp_path / "out")]
    subprocess.run([*command, *map(str, copies)], check=True, capture_output=True, timeout=180)
    for each in copies:
        shown = (tmp_path / "out" / f"{each.stem}.html").read_text(encoding="utf-8", errors="replace")
        assert re.search(r"\d+ con số = \d+ khớp", re.sub(r"<[^>]+>|\s+", " ", shown).replace("  ", " "))
