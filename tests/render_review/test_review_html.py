"""The page for the reviewer as markup: well formed, complete, harmless, made piece by piece."""

from __future__ import annotations

import re
from base64 import b64encode
from collections import Counter
from collections.abc import Mapping
from hashlib import sha256
from html.parser import HTMLParser
from pathlib import Path

import pytest

from validator.model.diagnostic import Compared
from validator.model.problem import ValidatorError
from validator.model.record import evolve
from validator.model.review import Topic
from validator.render import review_html as module
from validator.render.review_html import review_html
from validator.wording.message import catalogue

TEMPLATES = Path(module.__file__).parent / "review_page"
VOID = {"br", "hr", "img", "input", "link", "meta", "col", "wbr"}
IN_NO_PARAGRAPH = {"p", "div", "ul", "dl", "table", "section", "article", "h2", "h3", "h4", "h5", "details"}
UNSEEN = re.compile(r"[\x00-\x08\x0b-\x1f\x7f-\x9f\u200e\u200f\u202a-\u202e\u2066-\u2069]")


class Page(HTMLParser):
    """Elements with their attributes, texts, and what is wrong with the nesting."""

    def __init__(self, text):
        super().__init__()
        self.elements, self.faults, self.open = [], [], []
        self.texts = Counter()
        self.inside = {"script": "", "style": "", "title": ""}
        self.feed(text)
        self.close()

    def handle_starttag(self, tag, attrs):
        assert len(attrs) == len(dict(attrs)), f"an attribute twice: {tag} {attrs}"
        self.elements.append((tag, dict(attrs)))
        if "p" in self.open and tag in IN_NO_PARAGRAPH:
            self.faults.append(f"<{tag}> in a paragraph at {self.getpos()}")
        if tag not in VOID:
            self.open.append(tag)

    def handle_endtag(self, tag):
        if not self.open or self.open.pop() != tag:
            self.faults.append(f"</{tag}> at {self.getpos()}")

    def handle_data(self, data):
        if self.open and self.open[-1] in self.inside:
            self.inside[self.open[-1]] += data
        else:
            self.texts[" ".join(data.split())] += 1

    def all(self, tag):
        return [attributes for name, attributes in self.elements if name == tag]

    def attribute(self, name):
        return [attributes[name] for _, attributes in self.elements if name in attributes]


@pytest.fixture(scope="module", params=["vi", "en"])
def lang(request):
    return request.param


@pytest.fixture(scope="module")
def text(sample_review, lang):
    return "".join(review_html(sample_review(lang)))


@pytest.fixture(scope="module")
def page(text):
    return Page(text)


def test_every_element_is_closed_where_it_was_opened(page):
    assert page.faults == []
    assert page.open == []


def test_the_page_names_its_language_and_period(page, lang, sample_review):
    assert page.all("html")[0]["lang"] == lang
    assert sample_review().period_text in page.inside["title"]


def test_ids_are_unique_and_made_of_counters(page):
    ids = Counter(page.attribute("id"))
    assert [name for name, count in ids.items() if count > 1] == []
    fixed = re.compile(
        r"matrix|matrix-table|matrix-caption|run|shown|print-all|print-text|filters|filter-[a-z]+"
    )
    assert [name for name in ids if not re.fullmatch(r"u\d+([tfm]\d+|o)?h?|u\d+[ft]h", name)
            and not fixed.fullmatch(name)] == []  # fmt: skip


def test_every_link_leads_somewhere_on_the_page(page):
    ids = set(page.attribute("id"))
    links = page.attribute("href")
    assert len(links) > 40
    assert [link for link in links if link[0] != "#" or link[1:] not in ids] == []
    for name in ("aria-labelledby", "for", "data-unit"):
        assert set(page.attribute(name)) <= ids, name


def test_nothing_is_fetched_from_elsewhere(page):
    assert not {"src", "srcset", "action", "data", "poster", "style", "background"} & {
        name for _, attributes in page.elements for name in attributes
    }
    assert not {"link", "img", "iframe", "object", "embed", "base"} & {tag for tag, _ in page.elements}
    for source in (page.inside["style"], page.inside["script"]):
        assert not re.search(r"url\(|@import|https?:|fetch\(|XMLHttp|import\(", source)


def test_the_policy_allows_the_inlined_script_and_style_alone(page):
    policy = next(
        each["content"] for each in page.all("meta") if each.get("http-equiv") == "Content-Security-Policy"
    )
    assert policy.startswith("default-src 'none'; ")
    for name in ("script", "style"):
        assert len(page.all(name)) == 1
        digest = b64encode(sha256(page.inside[name].encode()).digest()).decode()
        assert f"{name}-src 'sha256-{digest}';" in policy
    assert "unsafe" not in policy


def test_hostile_text_is_shown_and_does_nothing(page, text, sample):
    assert not UNSEEN.search(text)
    assert [name for _, attributes in page.elements for name in attributes if name.startswith("on")] == []
    assert page.inside["script"] == (TEMPLATES / "page.js").read_text(encoding="utf-8")
    shown = " ".join(page.texts)
    assert sample.MARKUP in shown
    assert sample.FORMULA in shown
    assert "Xã ../../x <b>& \"'\u2407" in page.texts
    assert "\ufffd4202 gnáht 6\ufffd \ufffd12" in page.texts


def test_all_words_are_in_the_catalogue(page, text):
    assert not re.search(r"\bpage/[a-z]", text)
    assert not [words for words in page.texts if re.search(r"\{[a-z]+\}", words)]


def test_templates_use_all_words_and_no_others():
    source = "".join(path.read_text(encoding="utf-8") for path in TEMPLATES.glob("*.j2"))
    source += "".join(path.read_text(encoding="utf-8") for path in TEMPLATES.glob("*.py"))
    known = catalogue("en", "page").keys()
    used = set(re.findall(r'\bw(?:ord)?\("([a-z-]+)"', source))
    counted = set(re.findall(r'\bn\("([a-z-]+)"', source)) | {"error", "warning", "info", "explained"}
    assert {name for name in used if not name.endswith("-")} <= known
    assert {f"{name}-{number}" for name in counted for number in ("one", "many")} <= known
    families = ("with-", "state-", "standing-")
    found = {name for name in known if f'"{name}"' in source or name.startswith(families)}
    assert known - found - {f"{name}-{number}" for name in counted for number in ("one", "many")} <= {
        "error", "warning", "info", "nothing", "missing",
    }  # fmt: skip


def test_the_head_counts_units_and_findings(page, sample_review):
    figures = re.compile(r"^\d+$")
    order = [words for words in page.texts if figures.match(words)]
    assert {"4", "1", "5", "6"} <= set(order)
    review = sample_review()
    assert page.texts[review.never_applied[0]]
    assert str(review.rules_loaded) in page.texts


def test_each_cell_says_its_counts_in_words(text):
    cell = re.search(r'<td data-topic="0"[^>]*>(.*?)</td>', text, re.DOTALL)
    words = " ".join(re.sub(r"<[^>]+>", " ", cell[1]).split())
    assert re.fullmatch(r"1 (lỗi|error) \d/\d", words)


def test_units_without_a_report_are_marked(text, lang):
    rows = re.findall(r'<tr class="(\w+)" data-unit="(\w+)"', text)
    assert rows == [
        ("submitted", "u1"), ("submitted", "u2"), ("submitted", "u3"),
        ("missing", "u4"), ("unreadable", "u5"), ("submitted", "u6"),
    ]  # fmt: skip
    words = {"vi": ("Chưa nộp", "Đã nộp, chưa đọc được"), "en": ("Not reported", "Sent, not read")}[lang]
    assert all(text.count(each) >= 3 for each in words)


def test_a_unit_shows_versions_explanations_and_what_changed(page):
    shown = " ".join(page.texts)
    assert "phu-loc-lan-1.xlsx" in shown
    assert "02 hồ sơ của kỳ trước được mở lại" in shown
    assert "Giải trình cho cchc/online-share-differs không còn hiệu lực" in shown
    assert "→ 980 ≠ 951 + 25 = 976" in shown
    assert "24 > 22" in shown


def test_files_that_count_for_no_unit_are_listed(page):
    shown = " ".join(page.texts)
    assert "hong/bao-cao.pdf" in shown
    assert "cu/phu-loc-2023.yaml" in shown
    assert "ghi-chu.txt" in shown


def test_every_control_has_a_label(page):
    labelled = set(page.attribute("for"))
    controls = [*page.all("input"), *page.all("select")]
    assert len(controls) >= 4
    assert [each for each in controls if each["id"] not in labelled] == []


def test_every_table_has_a_caption(page):
    assert len(page.all("table")) == len(page.all("caption"))


def test_findings_of_one_cause_stand_together_and_a_topic_without_them_points_there(sample_review):
    review = sample_review()
    unit = review.units[2]
    detail = review.details[unit.key]
    found = tuple(evolve(each, group="hoso.received") for each in detail.result.diagnostics)
    changed = evolve(detail, result=evolve(detail.result, diagnostics=found))
    text = "".join(review_html(evolve(review, details={unit.key: changed})))
    assert text.count('<div class="cause"') == 1
    assert "2 phát hiện có thể do cùng một số liệu" in text
    assert '<p class="elsewhere"><a href="#u3f2">' in text
    page = Page(text)
    assert {link[1:] for link in page.attribute("href")} <= set(page.attribute("id"))


def test_findings_of_no_known_topic_are_not_lost(sample_review):
    review = evolve(sample_review(), topics=(Topic(id="staff", title="Biên chế"),))
    text = "".join(review_html(review))
    assert text.count('<article class="finding') == "".join(review_html(sample_review())).count(
        '<article class="finding'
    )
    assert "Nội dung khác" in text


def test_where_several_forms_are_reported_each_row_and_section_names_its_form(sample_review):
    review = sample_review()
    other = evolve(review.units[1], form="kstt", key="binh-minh-kstt")
    several = evolve(
        review, units=(review.units[1], other), form_titles={**review.form_titles, "kstt": "Kiểm soát TTHC"}
    )
    text = "".join(review_html(several))
    assert "<td>Kiểm soát TTHC</td>" in text
    assert "Xã Bình Minh – Kiểm soát TTHC</h2>" in text
    assert "Xã Bình Minh – " not in "".join(review_html(review))


def test_no_finding_is_not_called_agreement_where_nothing_was_decided(sample_review):
    review = sample_review()
    unit = evolve(review.units[1], tallies={})
    detail = review.details[unit.key]
    silent = evolve(detail, result=evolve(detail.result, diagnostics=()))
    undecided = "".join(review_html(evolve(review, units=(unit,), details={unit.key: silent})))
    assert "Chưa có quy tắc nào kết luận được với báo cáo này." in undecided
    agreeing = evolve(unit, compared=Compared(figures=12, agree=5))
    decided = "".join(review_html(evolve(review, units=(agreeing,), details={unit.key: silent})))
    assert "Không thấy điều gì không khớp trong 5/12 con số." in decided


def test_many_findings_are_cut_off_openly(sample):
    text = "".join(review_html(sample.many_findings(2000)))
    assert text.count('<article class="finding') == 300
    assert "… và 1700 phát hiện khác không liệt kê ở trang này." in text
    assert len(text) < 1_000_000


class Watched(Mapping):
    """Details that remember which were asked for."""

    def __init__(self, details):
        self.details, self.asked = details, []

    def __getitem__(self, key):
        self.asked.append(key)
        return self.details[key]

    def __iter__(self):
        return iter(self.details)

    def __len__(self):
        return len(self.details)


def test_details_are_looked_up_one_by_one(sample_review):
    review = sample_review()
    watched = Watched(review.details)
    chunks = review_html(evolve(review, details=watched))
    next(chunks)
    assert watched.asked == []
    next(chunks)
    assert watched.asked == ["an-lac"]
    rest = list(chunks)
    assert len(rest) == len(review.units)
    assert [key for key in watched.asked if key in watched.details] == [*review.details]


def test_a_review_of_nothing_is_a_page(sample_review):
    empty = evolve(sample_review(), units=(), topics=(), details={}, period_text="", form_titles={})
    page = Page("".join(review_html(empty)))
    assert page.faults == []


def test_without_jinja_the_command_that_installs_it_is_told(monkeypatch, sample_review):
    monkeypatch.setattr(module, "find_spec", lambda name: None)
    with pytest.raises(ValidatorError) as told:
        review_html(sample_review())
    assert told.value.problem.args == {"extra": "documents", "library": "jinja2"}


def _themes():
    """The colours of the page by name, light and dark."""
    style = (TEMPLATES / "page.css").read_text(encoding="utf-8")
    light, dark = re.findall(r":root \{(.*?)\}", style, re.DOTALL)[:2]
    found = {name: dict(re.findall(r"--([a-z-]+): (#[0-9a-f]+)", block)) for name, block in
             (("light", light), ("dark", dark))}  # fmt: skip
    return {name: found["light"] | colours for name, colours in found.items()}


def _luminance(colour):
    digits = colour[1:] if len(colour) == 7 else "".join(digit * 2 for digit in colour[1:])
    parts = [int(digits[at : at + 2], 16) / 255 for at in (0, 2, 4)]
    red, green, blue = (
        part / 12.92 if part <= 0.04045 else ((part + 0.055) / 1.055) ** 2.4 for part in parts
    )
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue


PAIRS = [
    *((ink, ground) for ink in ("ink", "soft", "accent") for ground in ("paper", "card", "raised")),
    *((kind, ground) for kind in ("error", "warning", "info", "explained")
      for ground in (f"{kind}-soft", "card", "raised")),
    ("mark-ink", "mark"), ("mark-ink", "target"), ("accent", "accent-soft"),
]  # fmt: skip


@pytest.mark.parametrize("theme", ["light", "dark"])
@pytest.mark.parametrize(("ink", "ground"), PAIRS)
def test_text_stands_out_from_its_ground(theme, ink, ground):
    colours = _themes()[theme]
    lighter, darker = sorted((_luminance(colours[ink]), _luminance(colours[ground])), reverse=True)
    assert (lighter + 0.05) / (darker + 0.05) >= 4.5


def test_tells_what_can_no_longer_be_checked_and_why(sample_review):
    page = "".join(review_html(sample_review("vi")))
    dropped = page.partition('<div class="dropped">')[2].partition("</div>")[0]
    for told in (
        "Không còn căn cứ để đối chiếu (1)",
        "Hồ sơ đang giải quyết nhiều hơn",
        "Lý do: số liệu không còn",
    ):
        assert told in dropped
