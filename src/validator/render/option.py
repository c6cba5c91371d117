"""How a run is to be shown: language, width, colour, how much."""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING

from validator.model.record import record
from validator.model.verdict import Severity, Verdict
from validator.wording.message import message

if TYPE_CHECKING:
    from validator.model.diagnostic import Diagnostic

NEVER = "never"
"""The value of ``fail_on`` with which no finding fails the run."""
SourceLine = Callable[[str, int], str | None]


def _no_source(_file: str, _line: int) -> str | None:
    return None


@record
class Options:
    """What a renderer needs to know besides the run.

    ``source_line`` gives a line of a text file, without its line break, or None if it cannot;
    code frames are drawn from it. ``quiet`` leaves out the counts at the end. ``undecided``
    shows as well what could not be decided, and why, as ``verbose`` does. ``fail_on`` is the least
    severity (or ``never``) with which a finding fails the run: formats that know of failing say the same.
    ``ids`` shows the ids of rules to people too, who are authors of rules then, as ``verbose`` does.
    """

    lang: str = "vi"
    width: int = 80
    colour: bool = False
    verbose: bool = False
    undecided: bool = False
    ids: bool = False
    quiet: bool = False
    fail_on: str = Severity.INFO.value
    source_line: SourceLine = _no_source

    @property
    def shows_undecided(self) -> bool:
        """Whether what could not be decided is shown."""
        return self.undecided or self.verbose

    @property
    def shows_ids(self) -> bool:
        """Whether people are shown the ids of rules."""
        return self.ids or self.verbose

    def fails(self, found: Diagnostic) -> bool:
        """Whether a finding fails the run; what was explained does not."""
        if found.verdict not in (Verdict.FAIL, Verdict.ERROR) or found.waiver:
            return False
        return self.fail_on != NEVER and found.severity.rank <= Severity(self.fail_on).rank

    def word(self, key: str, **args: object) -> str:
        """The words of ``render/key`` in the language of the run."""
        return message(f"render/{key}", self.lang, args)
