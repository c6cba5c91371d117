"""``validator new pack NAME`` and ``validator new rule PACK/TOPIC ID``: writes skeletons to go on from."""

from __future__ import annotations

import re
import sys
from pathlib import Path
from typing import TYPE_CHECKING, Any, NoReturn

from validator.api import PackError
from validator.cli.main import CLEAN
from validator.cli.pack_files import write_text
from validator.model.location import Location
from validator.model.problem import Problem, ValidatorError
from validator.packs.library import find_folder
from validator.packs.load import load_pack_folder
from validator.packs.skeleton.emit import pack_files_of
from validator.packs.skeleton.from_form import draft_of
from validator.packs.skeleton.plain import appended, new_pack, new_rule
from validator.wording.message import message

if TYPE_CHECKING:
    from validator.packs.skeleton.draft import DraftTable

_NAME = re.compile(r"[a-z0-9]+(-[a-z0-9]+)*")


def run(options: Any) -> int:
    """Run the command and return its exit code."""
    if options.what == "pack":
        written, tables = _new_pack(options)
    else:
        written, tables = _new_rule(options), ()
    lines = [message("new/written", options.lang, {"file": str(path)}) for path in written]
    if options.from_form:
        counts = {
            "tables": len(tables),
            "fields": sum(len(table.fields) for table in tables),
            "rules": sum(len(table.sums) for table in tables),
        }
        lines.append(message("new/found", options.lang, counts))
    sys.stdout.write("\n".join(lines) + "\n")
    return CLEAN


def _word(key: str, lang: str, args: dict[str, object]) -> str:
    return message(f"new/{key}", lang, args)


def _new_pack(options: Any) -> tuple[list[Path], tuple[DraftTable, ...]]:
    if len(options.names) != 1:
        _refuse("new/pack-usage")
    folder = Path(options.names[0])
    if not _NAME.fullmatch(folder.name):
        _refuse("new/odd-name", name=folder.name)
    if folder.exists():
        _refuse("new/already-there", path=str(folder))
    tables = _draft(options.from_form) if options.from_form else ()
    if tables:
        files = pack_files_of(folder.name, tables, _word)
    else:
        files = new_pack(folder.name, _word, options.lang)
    folder.mkdir(parents=True)
    for name, text in files.items():
        write_text(folder / name, text)
    faults = load_pack_folder(folder).problems if tables else ()
    if any(problem.severity.value == "error" for problem in faults):
        raise PackError(faults)
    return [folder / name for name in files], tables


def _draft(path: str) -> tuple[DraftTable, ...]:
    from validator.checking.plain import read_plain
    from validator.model.limits import limits_of

    found = read_plain(Path(path), limits_of())
    if found.document is None:
        raise PackError(found.problems)
    tables = draft_of(found.document, found.problems)
    if not tables:
        _refuse("new/no-table", path=path)
    return tables


def _new_rule(options: Any) -> list[Path]:
    if len(options.names) != 2 or options.from_form:
        _refuse("new/rule-usage")
    place, rule = options.names
    name, _, topic = place.rpartition("/")
    if not name:
        _refuse("new/rule-usage")
    for each in (topic, rule):
        if not _NAME.fullmatch(each):
            _refuse("new/odd-name", name=each)
    folder = find_folder(name)
    loaded = load_pack_folder(folder)
    pack = loaded.pack
    if pack is None:
        raise PackError(loaded.problems)
    if any(known.is_named(rule) for known in pack.rules):
        _refuse("new/rule-there", rule=rule, pack=pack.name)
    texts = new_rule(pack, rule, _word, options.lang)
    paths = [folder / f"{topic}.yaml", folder / f"{topic}.test.yaml"]
    files: dict[Path, tuple[str, bytes]] = {}
    for path, key, text in zip(paths, ("rules", "tests"), texts, strict=True):
        before = path.read_bytes() if path.exists() else b""
        whole = appended(before.decode("utf-8-sig"), key, text)
        if whole is None:
            _refuse("new/cannot-append", path=str(path), key=key)
        files[path] = whole, before
    for path, (whole, before) in files.items():
        write_text(path, whole, before)
    return paths


def _refuse(code: str, **args: object) -> NoReturn:
    raise ValidatorError(Problem(code=code, location=Location(), args=args))
