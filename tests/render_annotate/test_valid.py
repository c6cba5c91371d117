"""Copies and pages that are written hang together as Word and Excel ask: nothing has to be repaired."""

from __future__ import annotations

import io
import zipfile
from pathlib import Path

import pytest

from validator import check
from validator.cli.main import main
from validator.model.diagnostic import RunResult
from validator.readers.media_type import media_type_of
from validator.render.annotate import annotated_copy
from validator.render.option import Options
from validator.render.renderer import rendered
from validator.render.ticks import ticked_copy

from .open_xml import faults_of

EXAMPLES = Path(__file__).parents[2] / "examples"
DOCUMENTS = (
    EXAMPLES / "documents" / "an-lac-2024.docx",
    EXAMPLES / "review" / "2024-06-thang" / "xa-dong-tam.xlsx",
)


@pytest.fixture(scope="module", params=DOCUMENTS, ids=lambda each: each.suffix[1:])
def judged(request):
    """A document of the examples as it was judged."""
    (file,) = check(request.param, ticks=True).files
    assert file.diagnostics
    return request.param, file


def test_a_copy_with_comments_is_no_less_valid_than_its_document(judged):
    path, file = judged
    data = path.read_bytes()
    copy = annotated_copy(data, media_type_of(path), file, "vi")
    assert faults_of(copy.data) == faults_of(data) == []


def test_a_copy_with_tick_marks_is_no_less_valid_than_its_document(judged):
    path, file = judged
    assert faults_of(ticked_copy(path.read_bytes(), f"out{path.suffix}", file.ticks, "vi")) == []


def test_a_page_to_print_is_valid(judged):
    _, file = judged
    assert faults_of(rendered("docx", RunResult(version="1", files=(file,)), Options())) == []


def test_a_sheet_of_explanations_is_valid(tmp_path, capsys):
    arguments = ["explain-finding", str(DOCUMENTS[0]), "--sheet", str(tmp_path / "s.xlsx")]
    assert main(arguments) == 0, capsys.readouterr()
    assert faults_of((tmp_path / "s.xlsx").read_bytes()) == []


def test_faults_are_seen():
    """The check itself finds what it is for."""
    broken = io.BytesIO()
    with zipfile.ZipFile(DOCUMENTS[0]) as whole, zipfile.ZipFile(broken, "w") as target:
        for name in whole.namelist():
            data = whole.read(name)
            if name == "word/document.xml":
                paragraph = b'<w:p><w:pPr><w:jc w:val="left"/><w:keepNext/></w:pPr></w:p>'
                data = data.replace(b"<w:body>", b"<w:body>" + paragraph, 1)
                data = data.replace(b"</w:p>", b'<w:commentRangeStart w:id="7"/></w:p>', 1)
            target.writestr(name, data)
        target.writestr("word/lost.bin", b"")
    found = " ".join(faults_of(broken.getvalue()))
    assert "pPr has" in found
    assert "not written" in found
    assert "word/lost.bin has no type" in found
