"""``validator accept FILE --archive DIR``: files a report, so that the next period is held against it."""

from __future__ import annotations

import sys
from typing import Any

from validator.api import accept
from validator.cli.given import given_by
from validator.cli.main import CLEAN
from validator.diagnostics.message import message
from validator.render.layout import clean


def run(options: Any) -> int:
    """Run the command and return its exit code."""
    done = accept(
        options.file,
        options.archive,
        packs=options.pack,
        units=options.units,
        given=given_by(options),
        lang=options.lang,
    )
    key = "already-filed" if not done.is_new else "filed" if done.version == 1 else "filed-correction"
    args = {"path": str(done.path), "version": done.version - 1}
    sys.stdout.write(clean(message(f"archive/{key}", options.lang, args)) + "\n")
    return CLEAN
