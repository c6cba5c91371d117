"""Faults of a pack are told while it is being typed in."""

from __future__ import annotations

import subprocess
import sys

from validator.lsp.buffer import faults_by_file, files_shown, pack_folder


def codes(faults):
    return [fault["code"] for fault in faults]


def test_a_sound_pack_has_no_faults(client, pack):
    client.open(pack / "hoso.yaml")
    assert client.faults(pack / "hoso.yaml") == []
    assert client.leave() == 0


def test_a_fault_is_told_at_its_place_while_typing_and_goes_when_mended(client, pack):
    path = pack / "hoso.yaml"
    client.open(path)
    assert client.faults(path) == []
    text = path.read_text(encoding="utf-8")
    client.type(path, text.replace("received >= new", "received >= newer"))
    [fault] = client.faults(path)
    assert fault["code"].startswith("type/")
    assert fault["range"] == {"start": {"line": 4, "character": 24}, "end": {"line": 4, "character": 29}}
    assert (fault["severity"], fault["source"]) == (1, "validator")
    assert "newer" in fault["message"]
    client.type(path, text, version=3)
    assert client.faults(path) == []


def test_broken_yaml_is_a_fault_and_the_server_lives_on(client, pack):
    path = pack / "hoso.yaml"
    client.open(path)
    client.faults(path)
    client.type(path, "rules:\n  - {id: 'x")
    assert codes(client.faults(path)) == ["read/yaml-open-quote"]
    client.type(path, path.read_text(encoding="utf-8"), version=3)
    assert client.faults(path) == []
    assert client.leave() == 0


def test_a_change_of_the_pack_file_is_felt_in_the_rules_that_are_not_open(client, pack):
    head = pack / "pack.yaml"
    client.open(head, head.read_text(encoding="utf-8").replace("hoso.new:", "hoso.newly:"))
    assert codes(client.faults(pack / "hoso.yaml"))
    client.type(head, head.read_text(encoding="utf-8"))
    assert client.faults(pack / "hoso.yaml") == []


def test_a_test_of_an_unknown_rule_is_a_fault(client, pack):
    path = pack / "hoso.test.yaml"
    client.open(path, path.read_text(encoding="utf-8").replace("rule: received-below-new", "rule: none-such"))
    assert codes(client.faults(path))[0].startswith("pack/test-unknown-rule")


def test_columns_are_counted_in_utf_16(client, pack):
    path = pack / "hoso.yaml"
    text = path.read_text(encoding="utf-8").replace("basis: Circular 1", 'when: unit.name = "😀" and old = 1')
    client.open(path, text)
    [fault] = client.faults(path)
    assert fault["range"]["start"] == {"line": 5, "character": 31}


def test_columns_are_counted_in_the_units_agreed_on(start, pack):
    client = start(encodings=["utf-8"])
    assert client.capabilities["positionEncoding"] == "utf-8"
    path = pack / "hoso.yaml"
    text = path.read_text(encoding="utf-8").replace("basis: Circular 1", 'when: unit.name = "😀" and old = 1')
    client.open(path, text)
    [fault] = client.faults(path)
    assert fault["range"]["start"] == {"line": 5, "character": 33}


def test_a_closed_file_counts_as_it_is_on_disk(client, pack):
    path = pack / "hoso.yaml"
    client.open(path, "rules: 1")
    assert client.faults(path)
    client.tell("textDocument/didClose", {"textDocument": {"uri": path.as_uri()}})
    assert client.faults(path) == []


def test_files_of_no_pack_are_left_alone(client, pack, tmp_path):
    other = tmp_path / "other.yaml"
    client.open(other, "a: [")
    client.open(pack / "hoso.yaml")
    assert client.faults(pack / "hoso.yaml") == []
    assert not [message for message in client.aside if "other" in str(message)]


def test_every_beginning_of_a_file_is_read_without_a_crash(pack):
    for name in ("hoso.yaml", "pack.yaml", "hoso.test.yaml"):
        path = pack / name
        text = path.read_text(encoding="utf-8")
        for end in range(0, len(text), 7):
            files, unreadable = files_shown(pack, {str(path): text[:end]})
            assert str(path) in faults_by_file(pack, files, unreadable)


def test_a_huge_or_odd_buffer_is_a_fault(pack):
    path = str(pack / "hoso.yaml")
    for text, code in (("# " + "x" * 5_000_000, "read/too-large"), ("a: \ud800\0", "read/binary")):
        files, unreadable = files_shown(pack, {path: text})
        assert [each.code for each in faults_by_file(pack, files, unreadable)[path]] == [code]


def test_a_new_pack_need_not_be_saved(tmp_path):
    path = str(tmp_path / "pack.yaml")
    assert pack_folder(path, {}) is None
    assert pack_folder(path, {path: ""}) == tmp_path
    assert pack_folder(str(tmp_path / "notes.txt"), {path: ""}) is None
    files, unreadable = files_shown(tmp_path, {path: ""})
    assert faults_by_file(tmp_path, files, unreadable)[path]


def test_without_the_extra_the_command_says_what_installs_it():
    script = (
        "import sys; sys.modules['pygls'] = None\n"
        "import importlib.util as util; known = util.find_spec\n"
        "util.find_spec = lambda name, *more: None if name == 'pygls' else known(name, *more)\n"
        "from validator.cli.main import main; sys.exit(main(['lsp', '--lang', 'en']))"
    )
    done = subprocess.run([sys.executable, "-c", script], capture_output=True, text=True, check=False)
    assert done.returncode == 2
    assert "pip install '.[lsp]'" in done.stderr
