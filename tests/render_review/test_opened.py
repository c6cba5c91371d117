"""LibreOffice opens what is written and makes pages of it."""

from __future__ import annotations

import os
import shutil
import subprocess

import pytest

pytest.importorskip("docx")
pytest.importorskip("xlsxwriter")

from validator.model.diagnostic import RunResult
from validator.render.matrix_xlsx import matrix_xlsx
from validator.render.option import Options
from validator.render.renderer import rendered
from validator.render.slip_docx import slip_docx

OFFICE = shutil.which("soffice")
REQUIRED = "libreoffice" in os.environ.get("VALIDATOR_REQUIRE", "").replace(",", " ").split()


@pytest.mark.slow
@pytest.mark.skipif(not OFFICE and not REQUIRED, reason="LibreOffice is not installed")
def test_slips_and_workbook_become_pages(sample_review, tmp_path):
    assert OFFICE, "LibreOffice is required and not installed"
    review = sample_review("vi")
    for unit in review.units:
        data = slip_docx(unit, review.details.get(unit.key), review)
        (tmp_path / f"{unit.key}.docx").write_bytes(data)
    (tmp_path / "matrix.xlsx").write_bytes(matrix_xlsx(review, {"an-lac": "an-lac.docx"}))
    run = RunResult(version="1", files=tuple(each.result for each in review.details.values()))
    (tmp_path / "printed.docx").write_bytes(rendered("docx", run, Options()))
    files = sorted(path for path in tmp_path.iterdir() if path.suffix in {".docx", ".xlsx"})
    profile = f"-env:UserInstallation={(tmp_path / 'profile').as_uri()}"
    command = [
        OFFICE,
        "--headless",
        profile,
        "--convert-to",
        "pdf",
        "--outdir",
        str(tmp_path),
        *map(str, files),
    ]
    subprocess.run(command, check=True, capture_output=True, timeout=300)
    for path in files:
        assert path.with_suffix(".pdf").read_bytes().startswith(b"%PDF"), path.name
