"""How a run is to be shown: language, width, colour, how much."""

from __future__ import annotations

from collections.abc import Callable

from validator.diagnostics.message import message
from validator.model.record import record

SourceLine = Callable[[str, int], str | None]


def _no_source(_file: str, _line: int) -> str | None:
    return None


@record
class Options:
    """What a renderer needs to know besides the run.

    ``source_line`` gives a line of a text file, without its line break, or None if it cannot;
    code frames are drawn from it. ``quiet`` leaves out the counts at the end.
    """

    lang: str = "vi"
    width: int = 80
    colour: bool = False
    verbose: bool = False
    quiet: bool = False
    source_line: SourceLine = _no_source

    def word(self, key: str, **args: object) -> str:
        """The words of ``render/key`` in the language of the run."""
        return message(f"render/{key}", self.lang, args)
