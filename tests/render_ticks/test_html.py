"""The page has every figure as a mark with sign, words and links, is inert, and can be read in any light."""

from __future__ import annotations

import html
import re
from html.parser import HTMLParser
from pathlib import Path

import pytest

import validator
from validator.model.tick import TickKind

from .conftest import EXAMPLE, Ticked, known

STYLE = (Path(validator.__file__).parent / "render" / "tick_page" / "page.css").read_text(encoding="utf-8")
TAGS = {
    *("html", "head", "meta", "title", "style", "body", "header", "main", "article", "section", "nav"),
    *("h1", "h2", "p", "ul", "ol", "li", "mark", "span", "sup", "small", "br", "a", "div"),
    *("table", "caption", "tr", "td", "th"),
}
HOSTILE = '<script>alert(1)</script> 12" onload=x <img src=//evil.example/a> </style></p> \u202e{{ 7*7 }} 40'


class Page(HTMLParser):
    """The marks of a page with their texts, and all tags and attributes."""

    def __init__(self, text):
        super().__init__()
        self.tags, self.ids, self.links, self.marks, self.inside = [], set(), [], [], ""
        self.feed(text)

    def handle_starttag(self, tag, attrs):
        found = dict(attrs)
        self.tags.append((tag, found))
        if "id" in found:
            assert found["id"] not in self.ids
            self.ids.add(found["id"])
        if tag == "a":
            self.links.append(found["href"])
        if tag == "mark" and "id" in found:
            self.marks.append([found["class"], found["title"], ""])
            self.inside = "mark"
        if tag in {"span", "sup"} and self.inside:
            self.inside = tag

    def handle_endtag(self, tag):
        if tag == "mark":
            self.inside = ""
        elif self.inside == tag:
            self.inside = "mark"

    def handle_data(self, data):
        if self.inside == "mark":
            self.marks[-1][2] += data


def page(ticked, tmp_path, lang="vi"):
    text = ticked.copy(tmp_path / "page.html", lang).read_text(encoding="utf-8")
    return text, Page(text)


def test_every_figure_is_a_mark_that_leads_to_what_it_is_tied_to(tmp_path):
    ticked = known(EXAMPLE)
    _, found = page(ticked, tmp_path)
    assert [(each[0], each[2]) for each in found.marks] == [
        (each.kind.value, each.text) for each in ticked.ticks.figures
    ]
    assert all(link.startswith("#") and link[1:] in found.ids for link in found.links)
    told = {each[2]: each[1] for each in found.marks}
    assert "515 = 400 + 110 + 5" in told["110"]
    assert "khớp với 515 (mục II.1.a, “Số hồ sơ đã giải quyết: 515 hồ sơ, trong”)" in told["110"]
    assert told["2024"] == "không phải số lượng"
    for _, words, text in found.marks:
        assert f"với {text} (" not in words or text in {"05", "25", "40"}


def test_the_sum_and_the_kinds_stand_at_the_head_in_both_languages(tmp_path):
    ticked = known(EXAMPLE)
    for lang, words in (("vi", "con số = "), ("en", "figures = ")):
        text, _ = page(Ticked(EXAMPLE, lang=lang), tmp_path, lang)
        assert f"{len(ticked.ticks.figures)} {words}" in text
        assert text.index(words) < text.index("<main>")
        assert all(kind.sign in text for kind in TickKind)


def test_what_a_document_holds_is_text_and_nothing_more(write, tmp_path):
    ticked = write(HOSTILE, [(HOSTILE, "25"), ("Tổng", HOSTILE)], name="<img src=x onerror=alert(1)>.docx")
    text, found = page(ticked, tmp_path)
    assert {tag for tag, _ in found.tags} <= TAGS
    assert not [
        name for _, attrs in found.tags for name in attrs if name.startswith("on") or name in {"src", "style"}
    ]
    assert "\u202e" not in text
    assert "{{ 7*7 }}" in text
    assert "default-src 'none'" in html.unescape(text)


def test_a_long_text_is_shown_whole(write, tmp_path):
    text, found = page(write("chữ " * 3000 + "12 hộ " + "chữ " * 3000), tmp_path)
    assert text.count("chữ") >= 6000
    assert [each[2] for each in found.marks] == ["12"]


def test_the_page_is_made_of_any_readable_document(tmp_path):
    given = tmp_path / "text.txt"
    given.write_text("Có 40 hộ, gồm 25 hộ A và 15 hộ B.\n", encoding="utf-8")
    _, found = page(Ticked(given), tmp_path)
    assert [each[0] for each in found.marks] == ["tied"] * 3


def _light(colour):
    parts = [int(colour[at : at + 2], 16) / 255 for at in (1, 3, 5)]
    lines = [part / 12.92 if part <= 0.04045 else ((part + 0.055) / 1.055) ** 2.4 for part in parts]
    return 0.2126 * lines[0] + 0.7152 * lines[1] + 0.0722 * lines[2]


@pytest.mark.parametrize("block", re.findall(r":root \{(.*?)\}", STYLE, re.DOTALL))
def test_the_ink_stands_out_from_every_mark(block):
    colours = dict(re.findall(r"--([a-z]+): (#[0-9a-f]{3,6});", block))
    colours = {
        name: value if len(value) == 7 else "#" + "".join(each * 2 for each in value[1:])
        for name, value in colours.items()
    }
    for ground in ("paper", "tied", "differs", "open", "name"):
        lighter, darker = sorted((_light(colours["ink"]), _light(colours[ground])), reverse=True)
        assert (lighter + 0.05) / (darker + 0.05) >= 7, ground
    soft, paper = sorted((_light(colours["soft"]), _light(colours["paper"])), reverse=True)
    assert (soft + 0.05) / (paper + 0.05) >= 4.5
