"""A rule gets another id; its tests follow, and the old id becomes an alias."""

from __future__ import annotations

import pytest

from validator.lsp.buffer import files_shown
from validator.lsp.position import Point
from validator.lsp.rename import renamable, rename
from validator.lsp.view import view_of
from validator.model.problem import Problem
from validator.packs.load import load_pack_folder
from validator.packs.rule_test import read_rule_tests

ASSERT = "assert: received >= new"


def view(pack, **buffers):
    return view_of(pack, files_shown(pack, {str(pack / name): text for name, text in buffers.items()})[0])


def changed(text, edits):
    """Return *text* with edits (start, end, new) made, each a (line, column) from 0."""
    lines = text.split("\n")
    starts = [sum(len(line) + 1 for line in lines[:number]) for number in range(len(lines))]
    for (line, column), (last, end), new in sorted(edits, reverse=True):
        text = text[: starts[line] + column] + new + text[starts[last] + end :]
    return text


def after(pack, edits):
    """Write edits of the module to the files of the pack."""
    found = {}
    for edit in edits:
        start, end = edit.stretch.start, edit.stretch.end
        found.setdefault(edit.file.path, []).append(
            ((start.line - 1, start.column - 1), (end.line - 1, end.column - 1), edit.text)
        )
    for name, each in found.items():
        path = pack / name
        path.write_text(changed(path.read_text(encoding="utf-8"), each), encoding="utf-8")


def test_rename_over_the_wire(client, pack):
    path = pack / "hoso.yaml"
    client.open(path)
    found = client.at("prepareRename", path, 2, 10)
    assert found["placeholder"] == "received-below-new"
    edit = client.at("rename", path, 2, 10, newName="new-above-received")
    assert edit["changes"].keys() == {path.as_uri(), (pack / "hoso.test.yaml").as_uri()}
    for uri, edits in edit["changes"].items():
        file = pack / uri.rpartition("/")[2]
        places = [
            (tuple(each["range"]["start"].values()), tuple(each["range"]["end"].values()), each["newText"])
            for each in edits
        ]
        file.write_text(changed(file.read_text(encoding="utf-8"), places), encoding="utf-8")
    pack_now = load_pack_folder(pack).pack
    renamed = pack_now.rules[0]
    assert (renamed.id, renamed.aliases) == ("new-above-received", ("received-below-new",))
    tests = read_rule_tests(pack_now)
    assert (tests.problems, len(tests.cases)) == ((), 2)
    text = (pack / "hoso.test.yaml").read_text(encoding="utf-8")
    assert "rule: small/new-above-received," in text


def test_an_editor_that_knows_versions_is_told_which_text_is_meant(start, pack):
    editor, path = start(workspace={"workspaceEdit": {"documentChanges": True}}), pack / "hoso.yaml"
    editor.open(path)
    editor.type(path, path.read_text(encoding="utf-8"), version=7)
    found = editor.at("rename", path, 2, 10, newName="new-above-received")["documentChanges"]
    meant = {each["textDocument"]["uri"]: each["textDocument"]["version"] for each in found}
    assert meant == {path.as_uri(): 7, (pack / "hoso.test.yaml").as_uri(): None}
    assert all(each["edits"] for each in found)


@pytest.mark.parametrize(
    ("aliases", "left"),
    [
        ("aliases: [older]", ("older", "received-below-new")),
        ("aliases: []", ("received-below-new",)),
        ("aliases:", ("received-below-new",)),
        ("aliases: older", ("older", "received-below-new")),
        ("aliases:\n      - older\n      - oldest", ("older", "oldest", "received-below-new")),
        ("aliases: [newer, older]", ("older", "received-below-new")),
        ("aliases:\n    - newer\n    - older", ("older", "received-below-new")),
    ],
)
def test_the_old_id_joins_the_aliases_however_they_are_written(pack, aliases, left):
    path = pack / "hoso.yaml"
    path.write_text(
        path.read_text(encoding="utf-8").replace(ASSERT, f"{ASSERT}\n    {aliases}"), encoding="utf-8"
    )
    now = view(pack)
    after(pack, rename(now, now.files[str(path)], Point(3, 12), "newer"))
    found = load_pack_folder(pack)
    assert found.problems == ()
    assert (found.pack.rules[0].id, found.pack.rules[0].aliases) == ("newer", left)


def test_a_rule_in_braces_and_one_named_in_a_test(pack):
    tests = pack / "hoso.test.yaml"
    tests.write_text(
        tests.read_text(encoding="utf-8").replace("rule: received-below-new", "rule: 'awarded-above-max'"),
        encoding="utf-8",
    )
    now = view(pack)
    after(pack, rename(now, now.files[str(tests)], Point(2, 16), "above-max"))
    found = load_pack_folder(pack).pack
    assert (found.rules[1].id, found.rules[1].aliases) == ("above-max", ("awarded-above-max",))
    assert "rule: above-max," in tests.read_text(encoding="utf-8")


@pytest.mark.parametrize(
    ("new", "code"),
    [
        ("awarded-above-max", "lsp/id-taken"),
        ("Not An Id", "lsp/odd-id"),
        ("", "lsp/odd-id"),
    ],
)
def test_a_new_id_is_refused(pack, new, code):
    now = view(pack)
    found = rename(now, now.files[str(pack / "hoso.yaml")], Point(3, 12), new)
    assert isinstance(found, Problem)
    assert found.code == code


def test_nothing_is_changed_by_halves(client, pack):
    tests, rules = pack / "hoso.test.yaml", pack / "hoso.yaml"
    client.open(tests, "tests: [")
    client.open(rules)
    asked = {
        "textDocument": {"uri": rules.as_uri()},
        "position": {"line": 2, "character": 10},
        "newName": "new-id",
    }
    answer = client.answer("textDocument/rename", asked)
    assert "hoso.test.yaml" in answer["error"]["message"]


def test_nothing_but_ids_can_be_renamed(pack):
    now = view(pack)
    file = now.files[str(pack / "hoso.yaml")]
    assert renamable(now, file, Point(5, 16)) is None
    assert rename(now, file, Point(5, 16), "x").code == "lsp/no-rule-here"
    assert rename(now, file, Point(3, 12), "received-below-new") == ()
