"""``validator check PATH…``: checks reports and shows what does not agree."""

from __future__ import annotations

import os
import shutil
import sys
from functools import lru_cache
from typing import TYPE_CHECKING, Any

from validator.api import STDIN, check, load_pack
from validator.cli.given import given_by
from validator.cli.main import CLEAN, FINDINGS, UNUSABLE
from validator.model.verdict import Severity, Verdict
from validator.render.option import Options
from validator.render.renderer import renderer

if TYPE_CHECKING:
    from pathlib import Path

    from validator.model.diagnostic import RunResult

_RANKS = {severity.value: severity.rank for severity in Severity} | {"never": -1}
_STDIN_LIMIT = 50 * 1024 * 1024
_NARROWEST, _WIDEST = 40, 200


def run(options: Any) -> int:
    """Run the command and return its exit code."""
    packs = [load_pack(name) for name in options.pack]
    standard_input = sys.stdin.buffer.read(_STDIN_LIMIT + 1) if "-" in options.paths else b""
    sources: list[str | Path | bytes] = [standard_input if path == "-" else path for path in options.paths]
    _known_rules(options, packs)
    form = options.format or ("table" if sys.stdout.isatty() else "plain")
    result = check(
        sources,
        packs=packs,
        select=options.select,
        ignore=options.ignore,
        lang=options.lang,
        undecided=options.verbose or form == "json",
        given=given_by(options),
    )
    text = renderer(form)(result, _layout(options, standard_input))
    sys.stdout.write(text)
    return exit_code(result, options.fail_on)


def exit_code(result: RunResult, fail_on: str) -> int:
    """Return 2 if no file could be judged, 1 for findings at or over *fail_on*, else 0."""
    if not any(file.judged for file in result.files):
        return UNUSABLE
    worst = _RANKS[fail_on]
    found = any(
        diagnostic.verdict in (Verdict.FAIL, Verdict.ERROR) and diagnostic.severity.rank <= worst
        for file in result.files
        for diagnostic in file.diagnostics
    )
    return FINDINGS if found else CLEAN


def _known_rules(options: Any, packs: list[Any]) -> None:
    """Refuse a rule name that no pack knows: a slip in ``--ignore`` would hide nothing, silently."""
    plain = [name for name in (*options.select, *options.ignore) if not set(name) & set("*?[")]
    names = [name for name in plain if name.partition("/")[0] not in ("read", "claims", "document")]
    if names:
        from validator.cli.rule_names import require_known

        require_known(names, packs)


def _layout(options: Any, standard_input: bytes) -> Options:
    @lru_cache(maxsize=8)
    def lines(file: str) -> list[str]:
        from validator.readers.encoding import decode, read_bytes

        data = standard_input if file == STDIN else read_bytes(file)
        text = decode(data).text if isinstance(data, bytes) else None
        return (text or "").splitlines()

    def source_line(file: str, number: int) -> str | None:
        found = lines(file)
        return found[number - 1] if 0 < number <= len(found) else None

    terminal = sys.stdout.isatty()
    width = shutil.get_terminal_size((100, 24)).columns
    return Options(
        lang=options.lang,
        width=max(_NARROWEST, min(_WIDEST, width)),
        colour=terminal and not options.no_color and not os.environ.get("NO_COLOR"),
        verbose=options.verbose,
        quiet=options.quiet,
        source_line=source_line,
    )
