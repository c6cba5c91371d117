"""How a reader gives up in the middle of a file; `read_document` turns it into a problem."""

from __future__ import annotations


class Unreadable(Exception):  # noqa: N818 - names a state of the file, not a fault of ours
    """The file cannot be read; ``code`` and ``args`` are those of the problem to report."""

    def __init__(self, code: str, **args: object) -> None:
        super().__init__(code)
        self.code = code
        self.values = args
