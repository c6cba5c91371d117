"""A fault of a file, a pack or a call, as data: words come later."""

from __future__ import annotations

import errno
from typing import TYPE_CHECKING, Any

from validator.model.record import field, record
from validator.model.verdict import Severity

if TYPE_CHECKING:
    from collections.abc import Mapping

    from validator.model.diagnostic import Label
    from validator.model.location import Location

NO_FORM = "document/no-form"
"""The id of the note that a document is of no known form."""
FIGURES = "exact-figures"
"""The argument that holds the exact numbers a problem is about, as texts, where it is about any."""

GROUNDS = "grounds"
"""The argument that names those arguments which say what the problem is about, where others only explain."""


@record
class Problem:
    """Something that could not be read or is not as it should be.

    ``code`` names the fault (``read/duplicate-key``, ``type/unknown-field``); the message
    catalogues hold its words under ``problem.<code>`` and its cure under ``problem.<code>.help``,
    with ``args`` put in by name. ``labels`` are the places that it is about, if there are several.
    """

    code: str
    location: Location
    severity: Severity = Severity.ERROR
    args: Mapping[str, object] = field(default_factory=dict)
    labels: tuple[Label, ...] = ()


class ValidatorError(Exception):
    """Wrong use or a missing extra: the caller must change the call. Carries its problem.

    As text it is the code and the arguments of the problem; its words are in the message catalogues.
    """

    def __init__(self, problem: Problem) -> None:
        super().__init__(problem.code)
        self.problem = problem

    def __str__(self) -> str:  # type: ignore[explicit-override]  # typing.override is 3.12's
        """Return what a programmer sees at the end of a traceback."""
        told = ", ".join(f"{name}: {value}" for name, value in self.problem.args.items())
        return f"{self.problem.code} ({told})" if told else self.problem.code

    def __reduce__(  # type: ignore[explicit-override]  # typing.override is 3.12's
        self,
    ) -> tuple[type[ValidatorError], tuple[Any, ...]]:
        """Return how to make the same error in another process."""
        return type(self), (self.problem,)


class FileError(ValidatorError):
    """A file that a run cannot do without has faults; ``problems`` holds all of them."""

    def __init__(self, problems: tuple[Problem, ...]) -> None:
        super().__init__(problems[0])
        self.problems = problems

    def __reduce__(  # type: ignore[explicit-override]  # typing.override is 3.12's
        self,
    ) -> tuple[type[ValidatorError], tuple[Any, ...]]:
        """Return how to make the same error, with all of its problems, in another process."""
        return type(self), (self.problems,)


MARK = "@"
"""What begins a value that is a code of the catalogue (``@system/…``), to be worded with the message."""

_CODES = {
    errno.ENOENT: "system/no-such-file",
    errno.EACCES: "system/not-allowed",
    errno.EPERM: "system/not-allowed",
    errno.EROFS: "system/read-only",
    errno.ENOSPC: "system/no-space",
    errno.EDQUOT: "system/no-space",
    errno.EFBIG: "system/file-too-large",
    errno.EISDIR: "system/is-a-folder",
    errno.ENOTDIR: "system/not-a-folder",
    errno.ENAMETOOLONG: "system/name-too-long",
    errno.EEXIST: "system/exists-already",
    errno.ELOOP: "system/links-in-a-circle",
    errno.ETIMEDOUT: "system/busy",
}


def fault_detail(fault: BaseException) -> str:
    """Return what is wrong, for an argument of a problem: a code of the catalogue or the system's words."""
    code = _CODES.get(getattr(fault, "errno", None) or 0)
    return f"{MARK}{code}" if code else getattr(fault, "strerror", None) or str(fault)
