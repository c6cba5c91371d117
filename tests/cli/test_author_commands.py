"""The commands lint, fmt and new, as their users run them."""

from __future__ import annotations

import json

import pytest

from validator.cli.main import main
from validator.packs.library import load_folder

HEAD = """\
pack: small
version: 1.0.0
form: small
fields:
  a: {type: count}
  b: {type: count}
"""
CLEAN = """\
rules:
  - {id: differs, title: {vi: A khác B, en: A differs}, assert: a = b, help: {vi: A, en: A}, aliases: [old]}
"""
TESTS = """\
tests:
  - {rule: differs, expect: pass, report: {a: 1, b: 1}}
  - {rule: old, expect: fail, report: {a: 1, b: 2}}
"""


@pytest.fixture
def pack(tmp_path):
    folder = tmp_path / "small"
    folder.mkdir()
    for name, text in (("pack.yaml", HEAD), ("r.yaml", CLEAN), ("r.test.yaml", TESTS)):
        (folder / name).write_text(text, encoding="utf-8")
    return folder


@pytest.fixture
def run(capsys):
    def run(*arguments):
        load_folder.cache_clear()  # each call stands for a run of its own
        code = main([*map(str, arguments), "--lang", "en"])
        captured = capsys.readouterr()
        return code, captured.out, captured.err

    return run


# lint


def test_the_shipped_packs_are_clean(run):
    code, out, err = run("lint")
    assert (code, err) == (0, "")
    assert "0 errors, 0 warnings" in out


def test_a_finding_is_shown_at_its_place_with_its_cure(run, pack):
    (pack / "r.yaml").write_text(CLEAN.replace("a = b", "a ≥ 0"), encoding="utf-8")
    code, out, _ = run("lint", pack, "--format", "plain")
    assert code == 1
    assert (
        f"{pack / 'r.yaml'}:2:65: error: The rule differs holds whatever the report says. [lint/never-fails]"
        in out
    )
    assert "^^^^^\n  → Correct the expression" in out
    summary = "1 packs, 1 rules: 1 errors, 0 warnings, 2 notes."
    assert out.endswith(f"{summary}\nNotes are shown with --verbose.\n1 of these can be mended with --fix.\n")


def test_notes_are_counted_and_shown_when_asked(run, pack):
    assert "old id" not in run("lint", pack)[1]
    code, out, _ = run("lint", pack, "--verbose")
    assert code == 0
    assert "by its old id old. [lint/old-id]" in out
    assert run("lint", pack, "--fail-on", "info")[0] == 1


@pytest.mark.parametrize("form", ["table", "plain", "json"])
def test_every_format_tells_every_finding(run, pack, form, monkeypatch):
    monkeypatch.setenv("COLUMNS", "200")
    (pack / "r.test.yaml").unlink()
    out = run("lint", pack, "--format", form)[1]
    assert out.count("lint/no-failing-test") == out.count("lint/no-passing-test") == 1
    if form == "json":
        assert json.loads(out)


def test_what_is_mechanical_is_mended(run, pack):
    (pack / "r.yaml").write_text(CLEAN.replace("a = b", "(a) == b"), encoding="utf-8")
    code, out, _ = run("lint", pack, "--fix")
    assert code == 0
    assert f"Mended: {pack / 'r.yaml'}" in out
    assert (pack / "r.yaml").read_text(encoding="utf-8") == CLEAN
    assert (pack / "r.test.yaml").read_text(encoding="utf-8") == TESTS.replace("old", "differs")
    assert run("lint", pack, "--verbose", "--fail-on", "info")[0] == 0


def test_a_broken_pack_is_told_with_the_findings_on_the_others(run, pack):
    broken = pack.parent / "broken"
    broken.mkdir()
    (broken / "pack.yaml").write_text(HEAD, encoding="utf-8")
    (broken / "r.yaml").write_text("rules:\n  - {id: x, assert: a = bb}\n", encoding="utf-8")
    (pack / "r.test.yaml").unlink()
    code, out, _ = run("lint", pack.parent)
    assert code == 2
    assert "type/unknown-field" in out
    assert "lint/no-failing-test" in out


def test_explanations_are_held_against_the_rules(run, pack):
    file = pack.parent / "commune.giai-trinh.yaml"
    file.write_text(
        "explanations:\n  - {rule: small/gone, reason: x, who: y, date: 2026-01-01}\n", encoding="utf-8"
    )
    for given in (file, pack.parent):
        code, out, _ = run("lint", pack, "--explanations", given)
        assert code == 1
        assert "bound to the rule small/gone" in out
    assert run("lint", pack, "--explanations", pack.parent / "none.yaml")[0] == 2


def test_the_page_of_lints_is_printed(run):
    code, out, _ = run("lint", "--reference")
    assert code == 0
    assert out.startswith("# Lints\n")


def test_a_pack_that_is_not_there_is_wrong_use(run):
    assert run("lint", "no-such-pack")[0] == 2
    assert run("fmt", "no-such-pack")[0] == 2


def test_what_is_suspect_when_a_pack_is_loaded_is_told_too(run, pack):
    (pack / "pack.yaml").write_text(
        HEAD.replace("b: {type: count", "b: {type: count, unit: x"), encoding="utf-8"
    )
    text = (
        (pack / "pack.yaml")
        .read_text(encoding="utf-8")
        .replace("a: {type: count", "a: {type: count, unit: y")
    )
    (pack / "pack.yaml").write_text(text, encoding="utf-8")
    code, out, _ = run("lint", pack)
    assert code == 1
    assert "[type/units-differ]" in out


# fmt


def test_files_are_written_in_their_canonical_form(run, pack):
    (pack / "r.yaml").write_text(CLEAN.replace("a = b", "a==b"), encoding="utf-8")
    code, out, _ = run("fmt", pack, "--check")
    assert code == 1
    assert f"Would be written anew: {pack / 'r.yaml'}" in out
    assert "a==b" in (pack / "r.yaml").read_text(encoding="utf-8")
    code, out, _ = run("fmt", pack)
    assert code == 0
    assert "3 files: 1 differ from the canonical form, 2 do not." in out
    assert (pack / "r.yaml").read_text(encoding="utf-8") == CLEAN
    assert run("fmt", pack, "--check")[0] == 0


@pytest.mark.parametrize("content", [b"rules: [", b"\x00\x01\xff", b"rules: []\x00", b""])
def test_a_file_that_cannot_be_read_is_told_and_left(run, pack, content):
    (pack / "broken.yaml").write_bytes(content)
    code, _, err = run("fmt", pack)
    assert code == 2
    assert "broken.yaml" in err
    assert (pack / "broken.yaml").read_bytes() == content


def test_the_shipped_packs_are_canonical(run):
    assert run("fmt", "--check")[0] == 0


# new


def test_a_new_pack_is_clean_and_says_what_to_fill_in(run, tmp_path):
    folder = tmp_path / "mine"
    assert run("new", "pack", folder)[0] == 0
    assert run("lint", folder, "--fail-on", "info")[0] == 0
    assert run("fmt", folder, "--check")[0] == 0
    code, out, _ = run("test", folder)
    assert code == 1
    assert "Fill in: write what total-differs-from-parts asserts" in out
    assert "2 of 3 test cases pass, 1 fail." in out


@pytest.mark.parametrize("topic", ["totals", "another"])
def test_a_new_rule_is_clean_and_says_what_to_fill_in(run, tmp_path, topic):
    folder = tmp_path / "mine"
    run("new", "pack", folder)
    assert run("new", "rule", f"{folder}/{topic}", "first-thing-differs")[0] == 0
    assert run("new", "rule", f"{folder}/{topic}", "second-thing-differs")[0] == 0
    assert run("lint", folder, "--fail-on", "info")[0] == 0
    code, out, _ = run("test", folder)
    assert code == 1
    assert "Fill in: write what second-thing-differs asserts" in out
    assert "6 of 9 test cases pass, 3 fail." in out


@pytest.mark.parametrize(
    ("arguments", "words"),
    [
        (("pack", "{pack}"), "is there already"),
        (("pack", "{pack}/Odd Name"), "cannot be a name"),
        (("pack", "one", "two"), "needs one name"),
        (("rule", "{pack}/r"), "needs the pack with the topic"),
        (("rule", "{pack}/r", "differs"), "has a rule differs already"),
        (("rule", "{pack}/r", "old"), "has a rule old already"),
        (("rule", "{pack}/r", "Not-An-Id"), "cannot be a name"),
        (("rule", "no-such-pack/r", "x"), "no-such-pack"),
        (("rule", "{pack}/flow", "x"), "Nothing can be added to"),
        (("pack", "{pack}-two", "--from-form", "{pack}/pack.yaml"), "No table"),
        (("pack", "{pack}-two", "--from-form", "{pack}/none.xlsx"), "none.xlsx"),
    ],
)
def test_what_cannot_be_written_is_refused(run, pack, arguments, words):
    (pack / "flow.yaml").write_text("rules: [{id: z, assert: a > b}]\n", encoding="utf-8")
    before = {path: path.read_bytes() for path in pack.iterdir()}
    code, _, err = run("new", *(each.format(pack=pack) for each in arguments))
    assert code == 2
    assert words in err
    assert {path: path.read_bytes() for path in pack.iterdir()} == before
    assert not pack.with_name("small-two").exists()


# Bad input

HOSTILE = {
    "a file of another kind": ("x.yaml", b"\x89PNG\r\n\x1a\n\x00\x00"),
    "an empty file": ("x.yaml", b""),
    "a huge file": ("x.yaml", b"# " + b"x" * (5 * 1024 * 1024)),
    "an expression too long": ("x.yaml", b"rules:\n  - {id: x, assert: a = " + b"a + " * 25_000 + b"a}\n"),
    "brackets too deep": ("x.yaml", b"rules:\n  - {id: x, assert: '" + b"(" * 10_000 + b"a'}\n"),
    "lists too deep": ("x.yaml", b"[" * 10_000),
    "an odd id": ("x.yaml", 'rules:\n  - {id: "Đ/..\\u202e", assert: a = b}\n'.encode()),
    "definitions in a circle": (
        "x.yaml",
        b"define: {p: q + 1, q: p + 1}\nrules:\n  - {id: x, assert: p > 1}\n",
    ),
    "a test of no rule": ("x.test.yaml", b"tests:\n  - {rule: gone, expect: pass, report: {}}\n"),
    "a line that is no key": ("x.yaml", b"rules\n"),
}


@pytest.mark.parametrize("name", HOSTILE)
def test_what_is_wrong_with_a_pack_is_told_at_its_place(run, pack, name):
    file, content = HOSTILE[name]
    (pack / file).write_bytes(content)
    for command in ("lint", "fmt"):
        code, out, err = run(command, pack)
        assert code in ((2,) if command == "lint" else (0, 2))
        assert "Traceback" not in out + err
        assert command == "fmt" or str(pack / file) in out + err
    assert (pack / file).read_bytes() == content


def test_a_folder_without_packs_is_told(run, tmp_path):
    for command in ("lint", "fmt"):
        code, _, err = run(command, tmp_path)
        assert code == 2
        assert str(tmp_path) in err
