"""Scans are read by the extra ``ocr`` alone; what is unclear in them is unknown."""

import os
import sys
from pathlib import Path

import pytest

from validator.claims import find_claims, load_vocabulary
from validator.claims.claim import ClaimVerdict
from validator.cli.main import main
from validator.model import limits
from validator.model.limits import Limits

SCAN = Path(__file__).parent / "scans" / "cooperative.pdf"
PICTURE = "q 400 0 0 600 50 100 cm BI /W 1 /H 1 /CS /G /BPC 8 ID \x80 EI Q\n"
TEXT = "BT /F1 12 Tf 85 700 Td (Received 794 files in the year.) Tj ET\n"


@pytest.fixture(scope="module")
def needs_ocr():
    try:
        import tesserocr  # noqa: F401
    except ImportError:
        if "ocr" in os.environ.get("VALIDATOR_REQUIRE", ""):
            raise
        pytest.skip("the extra ocr is not installed")


@pytest.fixture(scope="module")
def scan(needs_ocr):
    from validator.readers.document import read_document

    return read_document(SCAN, ocr=True)


def test_a_scan_laid_askew_is_read_with_its_tones(scan):
    texts = [each.text for each in scan.document.blocks if hasattr(each, "text")]
    first = "Trong năm, hợp tác xã đã trồng 1.250 cây ăn quả, gồm 730 cây bưởi, 410 cây xoài và 110 cây mận; "
    second = "Tổ sửa chữa nhận 486 lượt máy bơm hỏng, gồm 295 lượt tại xưởng và 191 lượt lưu động."
    assert texts[:2] == [first + "đạt 104,2% kế hoạch (1.200 cây).", second]


def test_a_ruled_table_of_a_scan_is_a_table(scan):
    cells = [cell.text for cell in scan.document.blocks[-1].cells]
    assert cells[4:] == ["1", "Trâu", "34", "41", "2", "Bò lai", "128", "127", "", "Tổng số", "162", "168"]


def test_figures_of_a_scan_have_box_and_confidence(scan):
    block = scan.document.blocks[0]
    place = block.location_at(block.text.index("730"), block.text.index("730") + 3)
    left, bottom, right, top = place.box
    assert 85 < left < right < 520
    assert 740 < bottom < top < 770
    assert place.confidence > 60
    assert place.doubt is None
    cell = next(cell for cell in scan.document.blocks[-1].cells if cell.text == "162")
    assert 330 < cell.location.box[0] < cell.location.box[2] < 430


def test_what_is_unclear_is_told_and_is_never_a_finding(scan):
    assert [each.code for each in scan.problems] == ["document/read-by-ocr", "document/figures-in-doubt"]
    assert scan.problems[1].args["count"] == len(scan.problems[1].labels) == 1
    place = scan.problems[1].labels[0].location
    assert (place.page, place.page_line) == (1, 5)
    claims = find_claims(scan.document, load_vocabulary()).claims
    told = {claim.numbers["total"]: claim.verdict for claim in claims if "total" in claim.numbers}
    assert told["1250"] is told["486"] is ClaimVerdict.PASS
    assert told.get("36") in {None, ClaimVerdict.UNDECIDED}
    assert not {claim.verdict for claim in claims} & {ClaimVerdict.FAIL, ClaimVerdict.TRUNCATED}


def test_the_command_reads_a_scan_behind_the_wall(needs_ocr, capsys):
    assert main(["claims", str(SCAN), "--ocr", "--format", "json"]) == 0
    assert '"confidence"' in capsys.readouterr().out


def test_a_page_laid_sideways_is_turned(needs_ocr, read, tmp_path):
    from PIL import Image
    from pypdfium2 import PdfDocument

    picture = PdfDocument(SCAN)[0].render(scale=200 / 72, grayscale=True).to_pil()
    lying = tmp_path / "lying.pdf"
    picture.transpose(Image.Transpose.ROTATE_90).save(lying, resolution=200)
    assert read(lying, ocr=True).texts[1].startswith("Tổ sửa chữa nhận 486 lượt")


def test_only_pages_without_text_are_recognised(needs_ocr, read, make_pdf):
    found = read(make_pdf([TEXT, PICTURE]), ocr=True)
    assert found.texts == ["Received 794 files in the year."]
    assert found.codes == ["document/read-by-ocr", "document/pages-without-text"]


def test_a_scan_needs_ocr(read):
    found = read(SCAN)
    assert found.document is None
    assert found.codes == ["document/needs-ocr"]


def test_a_picture_without_text_holds_none(needs_ocr, read, make_pdf):
    assert read(make_pdf([PICTURE]), ocr=True).codes == ["document/no-text"]


def test_without_the_package_it_is_said_what_to_install(read, monkeypatch):
    monkeypatch.setitem(sys.modules, "tesserocr", None)
    found = read(SCAN, ocr=True)
    assert found.codes == ["document/ocr-missing"]
    assert found.problems[0].args["program"] == "tesserocr"


def test_a_folder_of_letters_without_vietnamese_is_said(needs_ocr, read, tmp_path, monkeypatch):
    monkeypatch.setenv("TESSDATA_PREFIX", str(tmp_path))
    found = read(SCAN, ocr=True)
    assert found.codes == ["document/ocr-missing"]
    assert str(tmp_path) in found.problems[0].args["program"]


def test_letters_that_are_damaged_are_said(needs_ocr, read, tmp_path, monkeypatch, capfd):
    (tmp_path / "vie.traineddata").write_bytes(b"nothing")
    monkeypatch.setenv("TESSDATA_PREFIX", str(tmp_path))
    assert read(SCAN, ocr=True).codes == ["document/ocr-failed"]


def test_recognition_ends_in_time(needs_ocr, read, monkeypatch):
    monkeypatch.setattr(limits, "_RECOGNITION", 0)
    found = read(SCAN, ocr=True, limits=Limits(seconds=1))
    assert found.codes == ["document/ocr-timeout"]


def test_text_that_can_be_read_needs_no_package(read, make_pdf, monkeypatch):
    monkeypatch.setitem(sys.modules, "tesserocr", None)
    assert read(make_pdf([TEXT]), ocr=True).codes == []
