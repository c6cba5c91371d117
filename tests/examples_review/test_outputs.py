"""All that comes of examples/review, as golden files; ``UPDATE_GOLDEN=1`` writes them."""

from __future__ import annotations

import html
import json
import os
import re
from pathlib import Path

import pytest
from dump import docx_comments, slip_text, workbook_text, xlsx_comments

from validator import compare, load_pack, review, rollup, write_review
from validator.api import version
from validator.cli.review import rendered
from validator.render.option import Options
from validator.render.renderer import render_comparison
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
def test_in_both_languages(reviewed, lang):
    golden(f"review.{lang}.txt", whole(rendered(reviewed[lang], "plain", Options(lang=lang))))


IDENTITIES = {"id", "severity", "verdict", "reason", "standing", "path", "file", "form", "kind", "from", "to"}


def outline(value, key=""):
    """JSON without its words: keys, numbers, ids and places, in which no language may differ."""
    if isinstance(value, dict):
        return {name: outline(each, name) for name, each in value.items()}
    if isinstance(value, list):
        return [outline(each, key) for each in value]
    return value if not isinstance(value, str) or key in IDENTITIES else bool(value)


@pytest.fixture(scope="module")
def for_programs(reviewed):
    """The review as JSON in both languages."""
    return {
        lang: json.loads(whole(rendered(each, "json", Options(lang=lang)))) for lang, each in reviewed.items()
    }


def test_programs_are_told_the_same_in_both_languages(for_programs):
    assert outline(for_programs["vi"]) == outline(for_programs["en"])
    golden("review.findings.txt", "".join(f"{line}\n" for line in told(for_programs["vi"])))


def told(review):
    """What the review found, a line each."""
    for unit in review["units"]:
        yield f"{unit['unit']['id']} {unit['standing']} {json.dumps(unit['figures'])}"
        for found in unit["diagnostics"]:
            words = found["explanation"] or found["title"]
            yield f"  {found['severity']} {found['verdict']} {found['id']} | {words}"


def test_table(reviewed):
    golden("review-160.vi.table", rendered(reviewed["vi"], "table", Options(lang="vi", width=160)))


def test_page(reviewed, for_programs):
    """The page has the words of every finding; how it looks is tested in a browser."""
    page = html.unescape(whole(rendered(reviewed["vi"], "html", Options(lang="vi"))))
    shown = " ".join(re.sub(r"<[^>]*>", " ", page).split())
    found = [each for unit in for_programs["vi"]["units"] for each in unit["diagnostics"]]
    titles = [each["title"] for each in found if each["verdict"] == "fail"]
    assert titles
    assert [title for title in titles if title not in shown] == []


SLIPS = (
    "an-lac", "dong-tam", "hop-tien", "pho-moi", "phu-thinh", "tan-lap", "tan-lap-ha", "tan-son", "vinh-hoa",
)  # fmt: skip
COPIES = {
    "an-lac": "gui-don-vi/an-lac/xa-an-lac-lan-2.chu-thich.docx",
    "dong-tam": "gui-don-vi/dong-tam/xa-dong-tam.chu-thich.xlsx",
    "pho-moi": "gui-don-vi/pho-moi/thi-tran-pho-moi.chu-thich.docx",
    "tan-lap": "gui-don-vi/tan-lap/xa-tan-lap.chu-thich.docx",
    "tan-lap-ha": "gui-don-vi/tan-lap-ha/xa-tan-lap-ha.chu-thich.xlsx",
    "tan-son": "gui-don-vi/tan-son/huyen-tan-son.chu-thich.docx",
}


def test_what_is_written(returned):
    slips = {f"gui-don-vi/{unit}/phieu-cchc.docx" for unit in SLIPS}
    assert set(returned) == {*slips, *COPIES.values(), "danh-sach-gui.xlsx", "review.html", "review.xlsx"}


@pytest.mark.parametrize("unit", SLIPS)
def test_slip(returned, unit):
    golden(f"slip-{unit}.vi.txt", slip_text(returned[f"gui-don-vi/{unit}/phieu-cchc.docx"]))


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
