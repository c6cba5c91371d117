"""Hover, completion and going to the definition, asked as an editor asks."""

from __future__ import annotations

import pytest

from validator.lsp.buffer import files_shown
from validator.lsp.complete import offers
from validator.lsp.declaration import declaration
from validator.lsp.hover import hover
from validator.lsp.position import Point, from_editor, to_editor
from validator.lsp.view import view_of


def marked(pack, text, name="hoso.yaml"):
    """Return what the modules are asked about a text with a mark (¦) at the cursor."""
    before = text.partition("¦")[0]
    point = Point(before.count("\n") + 1, len(before) - before.rfind("\n"))
    path = str(pack / name)
    view = view_of(pack, files_shown(pack, {path: text.replace("¦", "")})[0])
    return view, view.files[path], point


def rule(expression):
    return f"within: hoso\nrules:\n  - id: a\n    assert: {expression}\n"


def names(pack, text, name="hoso.yaml"):
    return [offer.name for offer in offers(*marked(pack, text, name), "en")]


def told(pack, text, name="hoso.yaml"):
    found = hover(*marked(pack, text, name), "en")
    return found[0] if found else None


@pytest.mark.parametrize(
    ("expression", "words"),
    [
        ("rec¦eived >= new", ["`hoso.received`", "count", "hồ sơ", "Applications received"]),
        ("hoso.new¦ >= 0", ["`hoso.new`", "New applications"]),
        ("'all row in scores: row.ma¦x > 0'", ["`scores.max`", "number", "điểm", "Highest"]),
        ("'all row in sco¦res: row.max > 0'", ["`scores`", "table", "Scores", "`awarded`"]),
        ("sum(row.aw¦arded for row in scores) > 0", ["`scores.awarded`"]),
        ("su¦m(row.awarded for row in scores) > 0", ["`sum`", "sum over the members"]),
        ("ab¦s(new) > 0", ["`abs`", "without its sign"]),
        ("prior.rec¦eived > 0", ["`hoso.received`"]),
        ("unit.le¦vel = 'x'", ["`unit.level`", "text"]),
        ("received > ha¦lf", ["`half`", "`hoso.received / 2`"]),
        ("'all kid in children: kid.ne¦w > 0'", ["`hoso.new`"]),
    ],
)
def test_hover_tells_what_a_name_means(pack, expression, words):
    shown = told(pack, rule(expression))
    assert all(word in shown for word in words), shown


@pytest.mark.parametrize("expression", ["none_¦such > 0", "1¦2 > 0", 'unit.name = "rec¦eived"', "new ¦"])
def test_hover_is_silent_where_nothing_is_named(pack, expression):
    assert told(pack, rule(expression)) is None


def test_hover_on_a_rule_tells_its_title_and_basis(pack, client):
    path = pack / "hoso.test.yaml"
    client.open(path)
    shown = client.at("hover", path, 1, 14)["contents"]["value"]
    assert "**Received below new**" in shown
    assert "Basis: Circular 1" in shown
    assert "`received >= new`" in shown


def test_hover_in_block_scalars_and_definitions(pack):
    assert "`hoso.new`" in told(pack, rule(">\n      received\n      >= n¦ew"))
    assert "`hoso.new`" in told(pack, rule("|\n      received\n      >= n¦ew"))
    assert "`hoso.new`" in told(pack, "within: hoso\ndefine:\n  twice: 2 * n¦ew\n")


def test_completion_offers_short_names_first_then_all_else(pack):
    found = names(pack, rule("rec¦"))
    assert found[:3] == ["received", "new", "share"]
    assert {"hoso.received", "scores", "half", "unit.level", "sum", "abs", "implies", "prior"} <= set(found)


@pytest.mark.parametrize(
    ("text", "wanted"),
    [
        (rule("received = ¦"), "new"),
        (rule("hoso.¦"), "hoso.new"),
        (rule("prior.¦"), "prior.received"),
        (rule("'all row in scores: row.¦'"), "row.max"),
        (rule("'all row in scores: row.max > row.aw¦'"), "row.awarded"),
        (rule("sum(row.¦ for row in scores) > 1"), "row.max"),
        (rule("sum(row.¦"), "row.max"),
        (rule('"all row in scores: row.¦'), "row.max"),
        (rule("all row in scores: row.¦"), "row.max"),
        (rule("all kid in children: kid.¦"), "kid.received"),
        ("within: hoso\nrules:\n  - {id: a, assert: rec¦", "received"),
        ("within: hoso\nrules:\n  - id: a\n    when: ¦\n    assert: new > 1\n", "received"),
        ("within: hoso\ndefine:\n  twice: 2 * ¦\n", "new"),
    ],
)
def test_completion_while_typing(pack, text, wanted):
    assert wanted in names(pack, text)


@pytest.mark.parametrize(
    "text",
    [rule('unit.name = "rec¦"'), rule("12.¦"), "within: hoso\nrules:\n  - id: rec¦\n    assert: new > 1\n"],
)
def test_completion_is_silent_outside_of_names(pack, text):
    assert names(pack, text) == []


def test_columns_are_not_offered_outside_of_the_bracket_that_binds_the_row(pack):
    assert "row.max" not in names(pack, rule("sum(row.max for row in scores) > ¦"))


def test_completion_replaces_what_was_typed(client, pack):
    path = pack / "hoso.yaml"
    client.open(path, rule('unit.name = "😀" and hoso.rec'))
    items = client.at("completion", path, 3, 41)
    found = next(item for item in items if item["label"] == "hoso.received")
    assert found["textEdit"]["range"] == {
        "start": {"line": 3, "character": 33},
        "end": {"line": 3, "character": 41},
    }
    assert found["detail"] == "count · hồ sơ · Applications received"


def test_completion_after_a_blank_is_put_where_the_cursor_is(pack):
    for expression in ("received = ", ""):
        view, file, point = marked(pack, rule(expression + "¦"))
        assert {offer.stretch.start for offer in offers(view, file, point, "en")} == {point}


def test_definition_of_a_field_is_in_the_pack_file(client, pack):
    path = pack / "hoso.yaml"
    client.open(path)
    found = client.at("definition", path, 4, 15)
    assert found["uri"] == (pack / "pack.yaml").as_uri()
    assert found["range"] == {"start": {"line": 5, "character": 2}, "end": {"line": 5, "character": 15}}


@pytest.mark.parametrize(
    ("text", "line"),
    [
        (rule("'all row in scores: row.ma¦x > 0'"), 13),
        (rule("'all row in sco¦res: row.max > 0'"), 10),
        (rule("ha¦lf > 0"), 16),
    ],
)
def test_definition_of_columns_tables_and_definitions(pack, text, line):
    file, stretch = declaration(*marked(pack, text))
    assert (file.name, stretch.start.line) == ("pack.yaml", line)


def test_definition_of_a_rule_is_its_id(pack):
    text = (pack / "hoso.test.yaml").read_text(encoding="utf-8").replace("small/rec", "small/r¦ec")
    file, stretch = declaration(*marked(pack, text, "hoso.test.yaml"))
    assert (file.name, stretch.start) == ("hoso.yaml", Point(3, 9))


def test_fields_are_known_while_the_pack_file_is_broken(pack):
    path = pack / "hoso.yaml"
    buffers = {str(pack / "pack.yaml"): "pack: [", str(path): rule("new > 1")}
    view = view_of(pack, files_shown(pack, buffers)[0])
    assert hover(view, view.files[str(path)], Point(4, 13), "en")


@pytest.mark.parametrize("name", ["hoso.yaml", "pack.yaml", "hoso.test.yaml"])
def test_no_place_of_no_beginning_of_a_file_is_a_crash(pack, name):
    text = (pack / name).read_text(encoding="utf-8")
    for end in range(0, len(text), 11):
        view, file, point = marked(pack, text[:end] + "¦", name)
        for each in (point, Point(point.line, 1), Point(point.line + 3, 9)):
            hover(view, file, each, "vi")
            declaration(view, file, each)
            offers(view, file, each, "vi")


def test_positions_count_in_units_of_the_encoding():
    lines = ["a😀ồb", ""]
    for encoding, units in (("utf-16", 4), ("utf-8", 8), ("utf-32", 3)):
        assert to_editor(Point(1, 4), lines, encoding) == (0, units)
        assert from_editor(0, units, lines, encoding) == Point(1, 4)
    assert from_editor(0, 2, lines) == Point(1, 2)
    assert from_editor(7, 5, lines) == Point(8, 1)
    assert to_editor(Point(9, 1), lines) == (1, 0)
