"""``--format`` and ``--output``: several formats of one run, in files that are whole or not there."""

from __future__ import annotations

import json
import xml.etree.ElementTree as ET

import pytest

from validator.cli.main import main
from validator.readers.document import read_document

OPEN = "report: {form: demo}\nhoso: {received: 10, new: 7, resolved: 9}\n"
BAD = "report: {form: demo}\nhoso: {received: 10, new: 7, carried_over: 2}\n"


@pytest.fixture
def here(tmp_path, monkeypatch):
    monkeypatch.chdir(tmp_path)
    (tmp_path / "bad.yaml").write_text(BAD, encoding="utf-8")
    return tmp_path


def run(capsys, *arguments):
    code = main([*arguments, "--lang", "en"])
    captured = capsys.readouterr()
    return code, captured.out, captured.err


def names(folder):
    return sorted(path.name for path in folder.iterdir())


def test_several_formats_at_once(here, capsys):
    code, out, _ = run(
        capsys,
        "check",
        "bad.yaml",
        "--format",
        "plain",
        "--format",
        "sarif=out.sarif",
        "--format",
        "junit=out.xml",
    )
    assert code == 1
    assert "10 ≠ 7 + 2 = 9" in out
    log = json.loads((here / "out.sarif").read_text(encoding="utf-8"))
    assert [each["ruleId"] for each in log["runs"][0]["results"]] == ["demo/received-differs-from-parts"]
    assert ET.parse(here / "out.xml").getroot().get("failures") == "1"  # noqa: S314 - written by ourselves
    assert names(here) == ["bad.yaml", "out.sarif", "out.xml"]


def test_the_output_of_the_one_format_goes_to_a_file(here, capsys):
    assert run(capsys, "check", "bad.yaml", "--format", "github", "--output", "out.txt") == (1, "", "")
    assert (here / "out.txt").read_text(encoding="utf-8").startswith("::error file=bad.yaml,line=2,")


def test_a_file_is_replaced_and_a_link_is_followed(here, capsys):
    (here / "real.json").write_text("old", encoding="utf-8")
    (here / "link.json").symlink_to("real.json")
    run(capsys, "check", "bad.yaml", "--format", "json=link.json")
    assert json.loads((here / "real.json").read_text(encoding="utf-8"))["summary"]["files"] == 1
    assert (here / "link.json").is_symlink()


@pytest.mark.parametrize(
    ("options", "words"),
    [
        (["--format", "xml"], "no output format xml"),
        (["--format", "xml=out.xml"], "no output format xml"),
        (["--format", "json", "--format", "sarif"], "json, sarif"),
        (["--format", "json=a.json", "--output", "b.json"], "b.json"),
        (["--format", "json=no/such/folder.json"], "no/such/folder.json"),
        (["--format", "json=."], "cannot be written"),
    ],
)
@pytest.mark.parametrize("command", [["check", "bad.yaml"], ["test", "demo"]])
def test_what_cannot_be_written_is_wrong_use(here, capsys, command, options, words):
    code, _, err = run(capsys, *command, *options)
    assert code == 2
    assert words in err
    assert names(here) == ["bad.yaml"]


def test_a_broken_pack_replaces_the_results_of_an_earlier_run(here, capsys):
    broken = here / "broken"
    broken.mkdir()
    (broken / "pack.yaml").write_text(
        "pack: x\nversion: 1\nform: demo\nfields: {a: {type: counts}}\n", encoding="utf-8"
    )
    code, out, err = run(capsys, "check", "bad.yaml", "--pack", "broken", "--format", "sarif=out.sarif")
    assert (code, out) == (2, "")
    assert "broken/pack.yaml:4" in err
    (result,) = json.loads((here / "out.sarif").read_text(encoding="utf-8"))["runs"][0]["results"]
    assert result["locations"][0]["physicalLocation"]["artifactLocation"]["uri"] == "broken/pack.yaml"


def test_rule_tests_have_the_same_formats(here, capsys):
    code, out, _ = run(capsys, "test", "demo", "--format", "plain", "--format", "junit=tests.xml")
    assert code == 0
    root = ET.parse(here / "tests.xml").getroot()  # noqa: S314 - written by ourselves
    assert root.get("tests") == out.split()[0]
    assert root.get("failures") == "0"


def test_a_rule_test_that_fails_is_an_annotation_and_a_known_gap_is_none(here, capsys):
    pack = here / "p"
    pack.mkdir()
    (pack / "pack.yaml").write_text(
        "pack: p\nversion: 1\nform: p\nfields: {a: {type: count}}\n", encoding="utf-8"
    )
    (pack / "r.yaml").write_text("rules:\n  - {id: a-small, assert: a > 5}\n", encoding="utf-8")
    tests = (
        "tests:\n"
        "  - {rule: a-small, expect: pass, report: {a: 1}}\n"
        "  - {rule: a-small, expect: pass, todo: later, report: {a: 1}}\n"
        "  - {rule: a-small, expect: pass, todo: done, report: {a: 9}}\n"
    )
    (pack / "r.test.yaml").write_text(tests, encoding="utf-8")
    code, out, _ = run(capsys, "test", "p", "--format", "github")
    assert code == 1
    (line,) = out.splitlines()
    assert line.startswith(
        "::error file=p/r.test.yaml,line=2,col=5,endColumn=5,title=p/a-small::p/a-small gives"
    )
    assert line.endswith('expected: pass; got: fail, says "1 ≤ 5"')
    _, out, _ = run(capsys, "test", "p")
    assert "line 3: p/a-small has a known gap: later" in out
    assert "line 4: p/a-small passes although marked as a known gap: done" in out
    assert "2 of 3" not in out


@pytest.mark.parametrize("form", ["table", "plain", "sarif", "github", "json", "junit"])
def test_what_could_not_be_decided_is_told_in_every_format_that_is_asked_for_it(here, capsys, form):
    (here / "open.yaml").write_text(OPEN, encoding="utf-8")
    code, without, _ = run(capsys, "check", "open.yaml", "--format", form)
    assert code == 0
    assert "chuyển qua" not in without
    code, told, _ = run(capsys, "check", "open.yaml", "--format", form, "--undecided")
    assert code == 0
    assert "demo/received-differs-from-parts" in told
    assert "chuyển qua" in told.encode().decode("unicode_escape" if form == "sarif" else "utf-8")


def test_what_could_not_be_decided_is_no_alarm_for_machines(here, capsys):
    (here / "open.yaml").write_text(OPEN, encoding="utf-8")
    log = json.loads(run(capsys, "check", "open.yaml", "--format", "sarif", "--undecided")[1])
    told = {(each.get("kind"), each["level"]) for each in log["runs"][0]["results"]}
    assert told == {("open", "none")}
    lines = run(capsys, "check", "open.yaml", "--format", "github", "--undecided")[1].splitlines()
    assert lines
    assert all(line.startswith("::notice file=open.yaml") for line in lines)


def test_a_page_to_print_is_one_file_and_our_reader_opens_the_one_for_word(given, tmp_path, capsys):
    html, word = tmp_path / "a.html", tmp_path / "a.docx"
    arguments = ["check", str(given), "--format", f"html={html}", "--format", f"docx={word}"]
    assert run(capsys, *arguments) == (1, "", "")
    assert "20 figures were looked at: 7 agree, 13 do not agree, 0 could not be compared." in text_of(word)
    assert "92% ≠ 38 / 40 = 95,00%" in text_of(word)
    assert str(tmp_path) not in html.read_text(encoding="utf-8") + text_of(word)
    before = word.read_bytes()
    run(capsys, *arguments)
    assert word.read_bytes() == before


def test_a_file_for_word_is_not_shown_on_a_screen(here, capsys):
    code, out, err = run(capsys, "check", "bad.yaml", "--format", "docx")
    assert (code, out) == (2, "")
    assert "Add --output NAME.docx" in err


@pytest.mark.parametrize("form", ["html", "docx"])
def test_a_run_that_comes_to_nothing_leaves_a_page_that_says_so(here, capsys, form):
    (here / "rules").mkdir()
    (here / "rules" / "pack.yaml").write_text("pack: [", encoding="utf-8")
    out = here / f"out.{form}"
    code, _, err = run(capsys, "check", "bad.yaml", "--pack", "rules", "--format", f"{form}={out}")
    assert code == 2
    assert "pack.yaml" in err
    assert "This file could not be checked." in (text_of(out) if form == "docx" else out.read_text("utf-8"))


def text_of(path):
    cells = []
    for block in read_document(path).document.blocks:
        cells += [cell.text for cell in block.cells] if hasattr(block, "cells") else [block.text]
    return "\n".join(cells)
