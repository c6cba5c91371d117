"""All that comes of examples/review, as golden files; ``UPDATE_GOLDEN=1`` writes them."""

from __future__ import annotations

import os
import re
from pathlib import Path

import pytest
from dump import docx_comments, slip_text, workbook_text, xlsx_comments

from validator import compare, load_pack, review, rollup, write_review
from validator.api import version
from validator.cli.review import rendered
from validator.render.comparison import render_comparison
from validator.render.option import Options
from validator.render.rollup_yaml import rollup_yaml

ROOT = Path(__file__).parents[2]
GOLDEN = ROOT / "tests" / "golden" / "review" / "example"
FOLDER = "examples/review/2024-06-thang"
UNITS = "examples/review/units.yaml"
ARCHIVE = "examples/review/archive"


@pytest.fixture(scope="module", autouse=True)
def at_the_root():
    """Paths are shown as they are given: from the root of the repository."""
    before = Path.cwd()
    os.chdir(ROOT)
    yield
    os.chdir(before)


@pytest.fixture(scope="module")
def reviewed(at_the_root):
    """The review of the example in both languages."""
    return {lang: review(FOLDER, units=UNITS, archive=ARCHIVE, lang=lang) for lang in ("vi", "en")}


@pytest.fixture(scope="module")
def returned(reviewed, tmp_path_factory):
    """What goes back to the units, by its path."""
    folder = tmp_path_factory.mktemp("out")
    done = write_review(reviewed["vi"], folder, sources=FOLDER)
    return {str(path.relative_to(folder)): path.read_bytes() for path in done.paths}


def golden(name, text):
    path = GOLDEN / name
    text = text.replace(version(), "0.0.0")
    if os.environ.get("UPDATE_GOLDEN"):
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(text, encoding="utf-8", newline="\n")
    assert text == path.read_text(encoding="utf-8")


def whole(content):
    return content if isinstance(content, str) else "".join(content)


@pytest.mark.parametrize("lang", ["vi", "en"])
@pytest.mark.parametrize("form", ["plain", "json"])
def test_in_both_languages(reviewed, form, lang):
    golden(
        f"review.{lang}.{form.replace('plain', 'txt')}",
        whole(rendered(reviewed[lang], form, Options(lang=lang))),
    )


def test_table(reviewed):
    golden("review-160.vi.table", rendered(reviewed["vi"], "table", Options(lang="vi", width=160)))


def test_page(reviewed):
    page = whole(rendered(reviewed["vi"], "html", Options(lang="vi")))
    page = re.sub(r"(<(style|script)[^>]*>).*?(</\2>)", r"\1…\3", page, flags=re.DOTALL)
    golden("review.vi.html", re.sub(r"sha256-[\w+/=]+", "sha256-…", page))


SLIPS = (
    "an-lac", "dong-tam", "hop-tien", "pho-moi", "phu-thinh", "tan-lap", "tan-lap-ha", "tan-son", "vinh-hoa",
)  # fmt: skip
COPIES = {
    "an-lac": "an-lac/xa-an-lac-lan-2.chu-thich.docx",
    "dong-tam": "dong-tam/xa-dong-tam.chu-thich.xlsx",
    "pho-moi": "pho-moi/thi-tran-pho-moi.chu-thich.docx",
    "tan-lap": "tan-lap/xa-tan-lap.chu-thich.docx",
    "tan-lap-ha": "tan-lap-ha/xa-tan-lap-ha.chu-thich.xlsx",
    "tan-son": "tan-son/huyen-tan-son.chu-thich.docx",
}


def test_what_is_written(returned):
    slips = {f"{unit}/phieu-cchc.docx" for unit in SLIPS}
    assert set(returned) == {*slips, *COPIES.values(), "review.html", "review.xlsx"}


@pytest.mark.parametrize("unit", SLIPS)
def test_slip(returned, unit):
    golden(f"slip-{unit}.vi.txt", slip_text(returned[f"{unit}/phieu-cchc.docx"]))


@pytest.mark.parametrize("unit", COPIES)
def test_comments(returned, unit):
    comments = docx_comments if COPIES[unit].endswith("docx") else xlsx_comments
    golden(f"comments-{unit}.vi.txt", comments(returned[COPIES[unit]]))


def test_workbook(returned):
    golden("matrix.vi.txt", workbook_text(returned["review.xlsx"]))


def test_comparison():
    compared = compare(f"{FOLDER}/xa-an-lac.docx", f"{FOLDER}/xa-an-lac-lan-2.docx")
    golden("compare-an-lac.vi.txt", render_comparison(compared, "plain", Options(lang="vi")))


def test_rollup():
    rolled = rollup(FOLDER, form="cchc", units=UNITS)
    golden("rollup.vi.yaml", rollup_yaml(rolled, load_pack("cchc").form, "vi"))
