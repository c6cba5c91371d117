"""The same document in another format gives equal or weaker verdicts, never others."""

from __future__ import annotations

import os
import shutil
import subprocess
from pathlib import Path

import docx
import pytest

from validator import check
from validator.model.verdict import Severity

PROGRAM = shutil.which("soffice")
EXAMPLES = Path(__file__).parents[2] / "examples"
REVIEWED = [
    EXAMPLES / "review" / "2024-06-thang" / f"{name}.docx" for name in ("xa-tan-lap", "huyen-tan-son")
]
ROWS = [
    ("STT", "Chỉ tiêu thống kê", "Đơn vị tính", "Số liệu", "Ghi chú"),
    ("4.1", "Tổng số biên chế được giao trong năm", "Người", "21¹", ""),
    ("4.2", "Tổng số biên chế có mặt tại thời điểm báo cáo", "Người", "1.022", ""),
    ("6.1", "Tỷ lệ thực hiện kế hoạch giải ngân vốn đầu tư công", "%", "90,5", ""),
    ("6.1.1", "Kế hoạch được giao", "Triệu đồng", "7.001", "so với 6.002 của năm trước"),
    ("6.1.2", "Đã thực hiện", "Triệu đồng", "7.000,5", ""),
]


def of_money(folder):
    """Write a report whose appendix has amounts and narrow columns that wrap their units."""
    written = docx.Document()
    for line in (
        "ỦY BAN NHÂN DÂN XÃ HOA LÂM",
        "BÁO CÁO",
        "Kết quả công tác cải cách hành chính năm 2024",
        "5. Cải cách tài chính công",
        "Kế hoạch vốn đầu tư công được giao 7.001 triệu đồng; đã giải ngân 7.000,5 triệu đồng.",
        "PHỤ LỤC",
    ):
        written.add_paragraph(line)
    table = written.add_table(len(ROWS), len(ROWS[0]), style="Table Grid")
    for row, texts in enumerate(ROWS):
        for column, text in enumerate(texts):
            table.cell(row, column).text = text
    path = folder / "of-money.docx"
    written.save(str(path))
    return path


def convert(folder, target, paths):
    """Convert files with LibreOffice in one call; return the copies."""
    profile = f"-env:UserInstallation={(folder / 'profile').as_uri()}"
    out = folder / f"{paths[0].suffix[1:]}-{target}"
    command = [PROGRAM, profile, "--headless", "--convert-to", target, "--outdir", str(out)]
    subprocess.run([*command, *map(str, paths)], check=True, capture_output=True, timeout=180)
    return [out / f"{path.stem}.{target}" for path in paths]


@pytest.fixture(scope="module")
def originals(tmp_path_factory):
    """Reports as they are written, and the folder to convert them in."""
    if PROGRAM is None:
        if "libreoffice" in os.environ.get("VALIDATOR_REQUIRE", ""):
            pytest.fail("LibreOffice is required but not there")
        pytest.skip("LibreOffice is not installed")
    folder = tmp_path_factory.mktemp("formats")
    return [EXAMPLES / "documents" / "an-lac-2024.docx", *REVIEWED, of_money(folder)]


@pytest.fixture(scope="module")
def known(originals):
    """What is found in the originals."""
    return findings(originals)


def findings(paths):
    """Return what is found in each file by its stem: the rule and how it explains itself."""
    return {
        Path(each.path).stem: {
            (found.id, found.explanation) for found in each.diagnostics if found.severity is not Severity.INFO
        }
        for each in check(paths).files
    }


@pytest.mark.slow
def test_the_page_as_it_is_printed_is_read_as_well_as_its_source(originals, known):
    assert findings(convert(originals[-1].parent, "pdf", originals)) == known


@pytest.mark.slow
@pytest.mark.parametrize("target", ["odt", "doc"])
def test_another_format_of_a_document_accuses_of_nothing_new(originals, known, target):
    # The reader converts as this does, a call for each file.
    folder = originals[-1].parent
    copies = convert(folder, "docx", convert(folder, target, originals))
    for name, found in findings(copies).items():
        # A conversion may lose the cells of a table: then less is compared, and that is told.
        assert {each for each in found if each[0] != "check/nothing-compared"} <= known[name], name


@pytest.mark.slow
def test_the_reader_of_such_a_format_gives_the_same(originals, known):
    copies = convert(originals[-1].parent, "odt", originals[-1:])
    assert findings(copies) == {originals[-1].stem: known[originals[-1].stem]}
