"""``validator fmt [PACK…] [--check]``: writes the files of packs in their canonical form."""

from __future__ import annotations

import sys
from typing import TYPE_CHECKING, Any

from validator.cli.main import CLEAN, FINDINGS, UNUSABLE
from validator.cli.pack_files import folders, write_text
from validator.cli.problems import problems_text
from validator.packs.files import pack_files
from validator.packs.format import format_text
from validator.packs.load import file_tree
from validator.wording.message import message

if TYPE_CHECKING:
    from pathlib import Path

    from validator.model.problem import Problem
    from validator.packs.pack import PackFile


def run(options: Any) -> int:
    """Run the command and return its exit code."""
    changed: list[str] = []
    problems: list[Problem] = []
    total = 0
    for folder in folders(options.packs):
        files, unreadable = pack_files(folder)
        problems.extend(unreadable)
        for file in files:
            total += 1
            if _format(file, folder, problems, check=options.check):
                changed.append(file.path)
    sys.stderr.write(problems_text(problems, options.lang))
    code = "fmt-would-change" if options.check else "fmt-changed"
    lines = [message(f"lint/{code}", options.lang, {"file": file}) for file in changed]
    counts = {"files": total, "changed": len(changed), "same": total - len(changed)}
    lines.append(message("lint/fmt-summary", options.lang, counts))
    sys.stdout.write("\n".join(lines) + "\n")
    if problems:
        return UNUSABLE
    return FINDINGS if changed and options.check else CLEAN


def _format(file: PackFile, folder: Path, problems: list[Problem], *, check: bool) -> bool:
    """Whether a file was (or with *check* would be) changed; a file that cannot be read is noted."""
    found: list[Problem] = []
    tree, _ = file_tree(file, found)
    if tree is None or found:
        problems.extend(found)
        return False
    text = file.data.decode("utf-8-sig")
    formatted = format_text(text, file.path)
    if formatted.encode() == file.data:
        return False
    if not check:
        write_text(folder / file.name, formatted, file.data)
    return True
