"""What one file may cost before it is given up: seconds and megabytes, settable by option and environment."""

from __future__ import annotations

import os

from validator.model.location import Location
from validator.model.problem import Problem, ValidatorError
from validator.model.record import record

SECONDS_NAME = "VALIDATOR_LIMIT_SECONDS"
MEMORY_NAME = "VALIDATOR_LIMIT_MEMORY"
_MOST_SECONDS = 86_400
_CONVERSION, _RECOGNITION = 3, 45
"""How many times as long other programs may take: LibreOffice, which starts anew for each file, and OCR."""
_FEWEST_MEGABYTES, _MOST_MEGABYTES = 50, 1_000_000


@record
class Limits:
    """Whole seconds and megabytes that reading one file may take.

    The programs that convert a file first have time of their own, in proportion.
    """

    seconds: int = 20
    memory: int = 500

    @property
    def conversion_seconds(self) -> int:
        """How long LibreOffice may take for a file of another format."""
        return _CONVERSION * self.seconds

    @property
    def recognition_seconds(self) -> int:
        """How long the recognition of a scan, which is asked for by hand, may take."""
        return _RECOGNITION * self.seconds


def limits_of(seconds: str | None = None, memory: str | None = None) -> Limits:
    """Return the limits as written in options, else in the environment, else the usual ones.

    Raises `ValidatorError` for what is no whole number or out of range.
    """
    usual = Limits()
    return Limits(
        seconds=_number(seconds, "--limit-seconds", SECONDS_NAME, usual.seconds, 1, _MOST_SECONDS),
        memory=_number(
            memory, "--limit-memory", MEMORY_NAME, usual.memory, _FEWEST_MEGABYTES, _MOST_MEGABYTES
        ),
    )


def _number(written: str | None, option: str, variable: str, usual: int, least: int, most: int) -> int:
    name = option if written is not None else variable
    text = (os.environ.get(variable, "") if written is None else written).strip()
    if not text and written is None:
        return usual
    if not (text.isascii() and text.isdigit() and len(text) < 10 and least <= int(text) <= most):
        args = {"name": name, "text": text, "least": least, "most": most}
        raise ValidatorError(Problem(code="cli/bad-limit", location=Location(), args=args))
    return int(text)
