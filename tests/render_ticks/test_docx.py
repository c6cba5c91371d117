"""A Word document keeps its text and all its parts; its figures are shaded, and a legend says why."""

from __future__ import annotations

import io
import re
import zipfile

import docx
import pytest

from validator.model.tick import TickKind

from .conftest import EXAMPLE, Ticked, documents, known, read, texts

SHADES = {
    "D9EAD3": TickKind.TIED,
    "F4C7C3": TickKind.DIFFERS,
    "FFF2CC": TickKind.OPEN,
    "E7E6E6": TickKind.NAME,
}
SHADED = re.compile(r"<w:r>(?:(?!</w:r>).)*?<w:shd [^>]*w:fill=\"(\w+)\"/>(?:(?!</w:r>).)*</w:r>", re.DOTALL)


def parts(path):
    with zipfile.ZipFile(io.BytesIO(path.read_bytes())) as package:
        return {name: package.read(name) for name in package.namelist()}


def shaded(path):
    """Return the shaded texts of a copy with their kinds, the legend and the list left out."""
    text = parts(path)["word/document.xml"].decode()
    found = [
        (SHADES[match[1]], "".join(re.findall(r"<w:t[^>]*>([^<]*)", match[0])))
        for match in SHADED.finditer(text)
    ]
    return [each for each in found if each[1].strip() not in {kind.sign for kind in TickKind}]


@pytest.mark.parametrize("path", documents("corpus/office/*.docx", "desk/*.docx"), ids=lambda path: path.stem)
def test_the_text_of_a_copy_is_that_of_the_document(path, tmp_path):
    ticked = known(path)
    before = path.read_bytes()
    was, now = texts(read(path)), texts(read(ticked.copy(tmp_path / "copy.docx")))
    assert path.read_bytes() == before
    start = next(at for at in range(len(now)) if now[at : at + len(was)] == was)
    assert 0 < start <= 8
    assert "con số" in "".join(now[:start])


def test_all_other_parts_are_as_they_were(tmp_path):
    copy = known(EXAMPLE).copy(tmp_path / "copy.docx")
    was, now = parts(EXAMPLE), parts(copy)
    assert was.keys() == now.keys()
    assert {name for name in was if was[name] != now[name]} == {"word/document.xml"}
    assert copy.read_bytes() == known(EXAMPLE).copy(tmp_path / "again.docx").read_bytes()


def test_every_figure_is_shaded_as_its_kind_has_it(tmp_path):
    ticked = known(EXAMPLE)
    found = shaded(ticked.copy(tmp_path / "copy.docx"))
    assert found == [(each.kind, each.text) for each in ticked.ticks.figures]


def test_a_figure_in_several_runs_is_shaded_in_all_of_them(tmp_path):
    made = docx.Document()
    paragraph = made.add_paragraph("Xã có 4")
    paragraph.add_run("0").bold = True
    paragraph.add_run(" hộ, gồm 25 hộ A và 15 hộ B; ")
    paragraph.add_run("mức 7").italic = True
    made.save(tmp_path / "runs.docx")
    copy = Ticked(tmp_path / "runs.docx").copy(tmp_path / "copy.docx")
    assert [text for _, text in shaded(copy)][:2] == ["4", "0"]
    runs = [run for paragraph in docx.Document(copy).paragraphs for run in paragraph.runs]
    assert [run.bold for run in runs if run.text == "0"] == [True]
    assert [run.italic for run in runs if run.text in {"mức ", "7"}] == [True, True]


def test_wide_digits_are_marked_as_any(tmp_path, write):
    ticked = write("Tổ có ４０ hộ, gồm ２５ hộ A và １６ hộ B; đạt ９２，５％.")
    copy = ticked.copy(tmp_path / "copy.docx")
    assert [text for _, text in shaded(copy)] == ["４０", "２５", "１６", "９２，５％"]


def test_the_legend_says_the_sum_and_the_list_what_was_compared(tmp_path):
    ticked = known(EXAMPLE)
    lines = texts(read(ticked.copy(tmp_path / "copy.docx")))
    counts = [ticked.ticks.count(kind) for kind in TickKind]
    assert any(f"{sum(counts)} con số = {counts[0]} khớp + {counts[1]} không khớp" in line for line in lines)
    listed = next(line for line in lines if "520 ≠ 210 + 300 + 0 + 12 = 522" in line)
    assert "300 (mục II.1.a, “sơ tiếp nhận trực tuyến: 300 hồ sơ”)" in listed
    english = texts(read(ticked.copy(tmp_path / "english.docx", "en")))
    assert any(f"{sum(counts)} figures = {counts[0]} tied" in line for line in english)


def test_figures_in_notes_and_boxes_are_marked_or_told(tmp_path, write):
    ticked = write("Một đoạn không có gì.", "Có 12 hộ.")
    ticked.path.write_bytes(_with_box(ticked.path.read_bytes()))
    boxed = Ticked(ticked.path)
    assert boxed.kinds("34") == ["open"]
    assert "34" in [text for _, text in shaded(boxed.copy(tmp_path / "copy.docx"))]


def _with_box(data):
    """Put a text box with a figure into a document."""
    box = (
        '<w:r><w:pict><v:shape xmlns:v="urn:schemas-microsoft-com:vml"><v:textbox><w:txbxContent><w:p><w:r>'
        "<w:t>Trong khung có 34 hộ.</w:t></w:r></w:p></w:txbxContent></v:textbox></v:shape></w:pict></w:r>"
    )
    out = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(data)) as source, zipfile.ZipFile(out, "w") as target:
        for name in source.namelist():
            content = source.read(name)
            if name == "word/document.xml":
                content = content.replace(b"</w:p>", f"{box}</w:p>".encode(), 1)
            target.writestr(name, content)
    return out.getvalue()
