"""A finding in the words of a comment, line by line; the first line of a note is the strong one."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from validator.diagnostics.shown import file_name
from validator.model.location import Location
from validator.model.record import evolve
from validator.render.detail import short_values
from validator.render.option import Options
from validator.render.place import place
from validator.render.terminal import clean
from validator.wording.message import message

if TYPE_CHECKING:
    from collections.abc import Iterable

    from validator.model.diagnostic import Diagnostic, FileResult

Lines = tuple[str, ...]

_LONGEST_LINE = 1000
# What XML cannot hold even as a reference, besides the control characters that `clean` shows.
_FORBIDDEN = re.compile("[^\t\n\r\u0020-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")


class Wording:
    """The words of comments in one language, harmless in any XML part."""

    def __init__(self, lang: str) -> None:
        self._options = Options(lang=lang)

    def word(self, key: str, **args: object) -> str:
        """The words of ``annotate/key``."""
        return harmless(message(f"annotate/{key}", self._options.lang, args))

    def finding(self, number: int, found: Diagnostic) -> Lines:
        """Everything known about a finding."""
        found = _briefly_placed(found)
        difference = f" ({self._shown('difference')}: {found.difference})" if found.difference else ""
        lines = [
            f"[{number}] {self._severity(found)}: {found.title or found.id}",
            f"{found.explanation}{difference}" if found.explanation else "",
            *(f"– {value}" for value in short_values(found, self._options)),
            *(
                f"{self._shown(key)}: {text}" if text else ""
                for key, text in (
                    ("help", found.help),
                    ("waiver", found.waiver),
                    ("basis", found.basis),
                )
            ),
        ]
        return _harmless_lines(lines)

    def placed_finding(self, number: int, found: Diagnostic) -> Lines:
        """A finding with its place in words, for where no comment stands at it."""
        title, *rest = self.finding(number, found)
        where = place(brief(found.location), self._options.lang)
        return (title, *_harmless_lines([f"{self._shown('place')}: {where}"] if where else []), *rest)

    def summary(self, result: FileResult, found: Iterable[Diagnostic]) -> list[str]:
        """What is said first of all: whose report it is and how much does not agree."""
        each = list(found)
        counts = {
            name: sum(one.severity.value == name for one in each) for name in ("error", "warning", "info")
        }
        about = ", ".join(filter(None, [result.unit, result.period]))
        figures = {"decided": result.compared.decided, "figures": result.compared.figures}
        key = "summary-findings" if each else "nothing-found-in"
        lines = [self.word("summary-title"), about, self._options.word(key, **counts, **figures)]
        explained = sum(bool(one.waiver) for one in each)
        if explained:
            lines.append(self.word("summary-explained", count=explained))
        return list(_harmless_lines(lines))

    def _severity(self, found: Diagnostic) -> str:
        severity = self._shown(found.severity.value)
        return f"{severity} ({self.word('explained')})" if found.waiver else severity

    def _shown(self, key: str) -> str:
        words = self._options.word(key)
        return words[:1].upper() + words[1:]


def _briefly_placed(found: Diagnostic) -> Diagnostic:
    fields = tuple(evolve(each, location=brief(each.location)) for each in found.fields)
    return evolve(found, location=brief(found.location), fields=fields)


def brief(location: Location) -> Location:
    """Of a file its name, of a place in a workbook only what finds it: the sheet and the cell."""
    file = file_name(location.file)
    if location.cell is None:
        return evolve(location, file=file)
    return Location(file=file, sheet=location.sheet, cell=location.cell)


def _harmless_lines(lines: Iterable[str]) -> Lines:
    return tuple(harmless(line) for line in lines if line)


def harmless(text: str) -> str:
    """*text* on one line, of bounded length, of characters that XML can hold."""
    shown = clean(text[: _LONGEST_LINE + 1])
    if len(shown) > _LONGEST_LINE:
        shown = shown[: _LONGEST_LINE - 1] + "…"
    return _FORBIDDEN.sub("\ufffd", shown)
