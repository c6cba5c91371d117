"""Reports, packs and caches made to mislead, to steer the terminal or to exhaust the machine."""

from __future__ import annotations

import os
import pickle
import shutil
import subprocess
import time
import unicodedata
from hashlib import blake2b, sha256
from pathlib import Path

import pytest

from validator.model.record import evolve
from validator.packs.files import pack_files
from validator.packs.load import compile_pack
from validator.packs.stored import to_text

from .conftest import BAD, COMMAND, GOOD, PROJECT

ESCAPES = "\\e[31m\\e]0;title\\a\\x9b2J\\u202e"
MANY_ROWS = 30_000


@pytest.fixture(scope="session")
def run(run_process):
    return run_process


@pytest.mark.parametrize("form", ["table", "plain", "json"])
def test_values_cannot_steer_the_terminal(run, report, form):
    text = BAD.replace("Xã Mẫu", f'"Xã {ESCAPES}"').replace("received: 10", f'received: "10{ESCAPES}"')
    told = run("check", report(text), "--format", form, "--verbose")
    assert told.code == 1
    for character in "\x1b\x07\x9b\u202e":
        assert character not in told.out


def test_markup_is_shown_as_it_stands(run, report):
    told = run(
        "check", report(BAD.replace("Xã Mẫu", '"[bold red]Xã[/] [link=http://x]"')), "--format", "plain"
    )
    assert "[bold red]Xã[/] [link=http://x]" in told.out


def test_a_huge_label_is_wrapped_and_a_huge_value_cut(run, report):
    text = BAD.replace("Xã Mẫu", "x" * 100_000).replace("received: 10", f'received: "{"một " * 20_000}"')
    told = run("check", report(text), "--format", "table", COLUMNS="80", timeout=30)
    assert told.code == 1
    assert max(map(len, told.out.splitlines())) <= 80


def test_decomposed_letters_are_the_same_letters(run, report, tmp_path):
    for form in ("NFC", "NFD"):
        report(unicodedata.normalize(form, BAD.replace("new: 7", 'new: "7"')), f"{form}.yaml")
    told = run("check", tmp_path, "--format", "json")
    one, two = told.json["files"]
    assert [each["explanation"] for each in one["diagnostics"]] == [
        each["explanation"] for each in two["diagnostics"]
    ]
    shown = run("check", tmp_path, "--format", "plain").out
    assert shown == unicodedata.normalize("NFC", shown)


@pytest.mark.slow
def test_many_rows_are_judged_or_refused_in_good_time(run, report):
    rows = "".join(f"  - {{code: r{n}, max: 2, awarded: 1, deducted: 1}}\n" for n in range(MANY_ROWS))
    told = run("check", report(GOOD + "scores:\n" + rows), "--format", "json", timeout=30)
    assert told.code in (0, 2)
    if told.code == 2:
        assert told.ids == ["read/too-many-values"]


def many_rules(folder, count):
    """A pack of *count* rules in a new folder."""
    folder.mkdir()
    names = "\n".join(f"  f{n}: {{type: count, label: {{vi: Chỉ tiêu {n}}}}}" for n in range(count + 2))
    head = f"pack: big\nversion: 1.0.0\nform: big\ntitle: {{vi: Lớn}}\nfields:\n{names}\n"
    (folder / "pack.yaml").write_text(head, encoding="utf-8")
    rules = "\n".join(
        f"  - {{id: rule-{n}, title: {{vi: Số {n}}}, assert: f{n} ≤ f{n + 1} + f{n + 2}, severity: error}}"
        for n in range(count)
    )
    (folder / "all.yaml").write_text(f"rules:\n{rules}\n", encoding="utf-8")
    return folder


def test_a_pack_of_two_thousand_rules(run, report, tmp_path):
    pack = many_rules(tmp_path / "big", 2000)
    values = "\n".join(f"f{n}: {10 if n != 1000 else 30}" for n in range(2002))
    told = run(
        "check", report(f"report: {{form: big}}\n{values}\n"), "--pack", pack, "--format", "json", timeout=90
    )
    assert told.ids == ["big/rule-1000"]
    assert told.json["summary"]["decided"] == 2000


def test_thousands_of_rows_that_fail_are_counted_not_all_told(run, report, tmp_path):
    pack = tmp_path / "pack"
    pack.mkdir()
    demo = Path(__file__).parent / "demo" / "rules" / "pack.yaml"
    (pack / "pack.yaml").write_bytes(demo.read_bytes())
    rules = "\n".join(
        f'  - {{id: {name}, title: {{vi: Không khớp}}, assert: "all row in scores: {text}", severity: error}}'
        for name, text in (("one", "row.awarded ≤ row.max"), ("two", "row.max - row.awarded = row.deducted"))
    )
    (pack / "scores.yaml").write_text(f"rules:\n{rules}\n", encoding="utf-8")
    rows = "".join(f"  - {{code: r{n}, max: 2, awarded: 3, deducted: 1}}\n" for n in range(3000))
    told = run("check", report(GOOD + "scores:\n" + rows), "--pack", pack, timeout=60)
    assert told.code == 1
    assert told.out.count("3 > 2") == 200
    assert told.out.count("và 2800 dòng khác") == 2
    assert "dòng r0, cột awarded" in told.out


def judged(run, report, cache):
    """What a run says of a bad report with a cache folder of its own."""
    return run("check", report(BAD), "--format", "json", VALIDATOR_CACHE=str(cache))


class Bomb:
    """A pickle that would leave a mark if it were loaded."""

    def __reduce__(self):
        return (os.mkdir, (str(Path(os.environ["MARK"])),))


@pytest.fixture(scope="module")
def filled(run, tmp_path_factory):
    """A cache of two packs."""
    cache = tmp_path_factory.mktemp("filled") / "cache"
    for name in ("demo-report.yaml", "ha-trung-2023.yaml"):
        run("check", PROJECT / "examples" / name, VALIDATOR_CACHE=str(cache))
    return cache


@pytest.mark.parametrize("spoil", ["truncate", "corrupt", "empty", "replace", "folder", "swap"])
def test_a_spoilt_cache_is_never_believed(run, report, filled, tmp_path, spoil, monkeypatch):
    cache = tmp_path / "cache"
    shutil.copytree(filled, cache)
    expected = judged(run, report, cache)
    kept = sorted(cache.glob("*.pack"))
    assert len(kept) == 2
    monkeypatch.setenv("MARK", str(tmp_path / "mark"))
    contents = [path.read_bytes() for path in kept]
    for path, data, other in zip(kept, contents, reversed(contents), strict=True):
        match spoil:
            case "truncate":
                path.write_bytes(data[: len(data) // 2])
            case "corrupt":
                path.write_bytes(data[:-20] + bytes(byte ^ 255 for byte in data[-20:]))
            case "empty":
                path.write_bytes(b"")
            case "replace":
                path.write_bytes(pickle.dumps(Bomb()))
            case "folder":
                path.unlink()
                path.mkdir()
            case "swap":
                path.write_bytes(other)
    told = judged(run, report, cache)
    assert (told.code, told.json, told.err) == (expected.code, expected.json, "")
    assert not (tmp_path / "mark").exists()


def lenient(key):
    """A compiled pack in which no rule is left, as if it were the demo pack under *key*."""
    folder = PROJECT / "rules" / "demo"
    files, _ = pack_files(folder)
    result = compile_pack(files, str(folder))
    assert result.pack is not None
    return key.encode(), to_text(evolve(result, pack=evolve(result.pack, rules=()))).encode()


def sealed(secret, key, payload):
    return blake2b(key + payload, key=secret, digest_size=32).digest() + payload


@pytest.mark.parametrize("seal", ["known", "guessed", "old"])
def test_a_planted_pack_changes_no_verdict_and_runs_nothing(run, report, tmp_path, seal, monkeypatch):
    cache, state = tmp_path / "cache", tmp_path / "state"
    variables = {"VALIDATOR_CACHE": str(cache), "XDG_STATE_HOME": str(state)}
    monkeypatch.setenv("MARK", str(tmp_path / "mark"))
    arguments = ("check", report(BAD), "--format", "json")
    expected = run(*arguments, **variables)
    (kept,) = cache.glob("*.pack")
    for payload in (lenient(kept.stem)[1], pickle.dumps(Bomb())):
        key = kept.stem.encode()
        match seal:
            case "known":  # what a cache was believed by before there was a secret
                kept.write_bytes(sha256(key + payload).digest() + payload)
            case "guessed":
                kept.write_bytes(sealed(bytes(32), key, payload))
            case "old":  # the secret of another machine
                kept.write_bytes(sealed((state / "validator" / "cache-secret").read_bytes(), key, payload))
                (state / "validator" / "cache-secret").write_bytes(os.urandom(32))
        assert run(*arguments, **variables).json == expected.json
        assert not (tmp_path / "mark").exists()


def test_not_even_a_sealed_file_runs_code(run, report, tmp_path, monkeypatch):
    cache, state = tmp_path / "cache", tmp_path / "state"
    variables = {"VALIDATOR_CACHE": str(cache), "XDG_STATE_HOME": str(state), "MARK": str(tmp_path / "mark")}
    monkeypatch.setenv("MARK", str(tmp_path / "mark"))
    arguments = ("check", report(BAD), "--format", "json")
    expected = run(*arguments, **variables)
    (kept,) = cache.glob("*.pack")
    secret = (state / "validator" / "cache-secret").read_bytes()
    for payload in (pickle.dumps(Bomb()), b'[["mark"],[["os.mkdir",[1]]]]', b"[" * 10_000):
        kept.write_bytes(sealed(secret, kept.stem.encode(), payload))
        told = run(*arguments, **variables)
        assert (told.json, told.err) == (expected.json, "")
        assert not (tmp_path / "mark").exists()


@pytest.mark.skipif(os.name == "nt", reason="links and modes are those of POSIX")
@pytest.mark.parametrize(
    "change", ["linked-file", "linked-folder", "open-file", "open-secret", "linked-secret"]
)
def test_a_cache_that_may_be_of_others_is_not_read(run, report, tmp_path, change):
    """A pack without rules is put in the cache, rightly sealed: if it is read, nothing is compared."""
    cache, state = tmp_path / "cache", tmp_path / "state"
    variables = {"VALIDATOR_CACHE": str(cache), "XDG_STATE_HOME": str(state)}
    arguments = ("check", report(BAD), "--format", "json")
    run(*arguments, **variables)
    (kept,) = cache.glob("*.pack")
    secret = state / "validator" / "cache-secret"
    kept.write_bytes(sealed(secret.read_bytes(), *lenient(kept.stem)))
    assert run(*arguments, **variables).ids == ["check/nothing-compared"]
    match change:
        case "linked-file":
            kept.rename(tmp_path / "elsewhere.pack")
            kept.symlink_to(tmp_path / "elsewhere.pack")
        case "linked-folder":
            cache.rename(tmp_path / "elsewhere")
            cache.symlink_to(tmp_path / "elsewhere")
        case "open-file":
            kept.chmod(0o666)
        case "open-secret":
            secret.chmod(0o666)
        case "linked-secret":
            secret.rename(tmp_path / "elsewhere")
            secret.symlink_to(tmp_path / "elsewhere")
    assert run(*arguments, **variables).ids == ["demo/received-differs-from-parts"]


def test_what_a_killed_process_left_is_swept(run, report, tmp_path):
    cache = tmp_path / "cache"
    cache.mkdir(mode=0o700)
    for name, age in (("tmpold.part", 7200), ("tmpnew.part", 60)):
        (cache / name).write_bytes(b"half")
        os.utime(cache / name, (time.time() - age,) * 2)
    judged(run, report, cache)
    assert [path.name for path in cache.glob("*.part")] == ["tmpnew.part"]


def test_a_cache_that_others_may_write_is_not_used(run, report, tmp_path):
    cache = tmp_path / "cache"
    cache.mkdir()
    cache.chmod(0o777)
    assert judged(run, report, cache).ids == ["demo/received-differs-from-parts"]
    assert list(cache.iterdir()) == []


@pytest.mark.parametrize("place", ["/dev/null", "/proc/nowhere", "x" * 5000, "file"])
def test_a_cache_that_cannot_be_written_is_no_fault(run, report, tmp_path, place):
    (tmp_path / "file").write_text("")
    cache = tmp_path / "file" if place == "file" else place
    told = judged(run, report, cache)
    assert told.ids == ["demo/received-differs-from-parts"]
    assert told.err == ""


def test_a_pack_that_was_changed_is_read_anew(run, report, tmp_path):
    pack = tmp_path / "pack"
    pack.mkdir()
    for path in (Path(__file__).parent / "demo" / "rules").iterdir():
        (pack / path.name).write_bytes(path.read_bytes())
    assert run("check", report(BAD), "--pack", pack).code == 1
    rules = pack / "hoso.yaml"
    text = rules.read_text(encoding="utf-8").replace(
        "received = new + carried_over", "received > new - carried_over"
    )
    rules.write_text(text, encoding="utf-8")
    assert run("check", report(BAD), "--pack", pack).code == 0


def test_several_processes_fill_one_cache_at_once(report, environment, tmp_path):
    path = report(BAD)
    variables = {**environment, "VALIDATOR_CACHE": str(tmp_path / "cache")}
    started = [
        subprocess.Popen(
            [COMMAND, "check", str(path)], stdout=subprocess.PIPE, stderr=subprocess.PIPE, env=variables
        )
        for _ in range(6)
    ]
    told = [process.communicate(timeout=60) for process in started]
    assert {process.returncode for process in started} == {1}
    assert {err for _, err in told} == {b""}
    assert len({out for out, _ in told}) == 1
    assert [each.suffix for each in (tmp_path / "cache").iterdir()] == [".pack"]
