"""Settings for all tests."""

from __future__ import annotations

import signal
import sys
from functools import cache
from pathlib import Path
from unittest.mock import patch

import pytest
from hypothesis import settings

# A slow or busy machine is no reason to fail.
settings.register_profile("patient", deadline=None)
settings.load_profile("patient")


# What is started in the background may be made to ignore signals, and the commands that tests run with it.
for _name in ("SIGINT", "SIGHUP"):
    _signal = getattr(signal, _name, None)
    if _signal is not None and signal.getsignal(_signal) is signal.SIG_IGN:
        signal.signal(_signal, signal.default_int_handler if _name == "SIGINT" else signal.SIG_DFL)

DOCUMENT = Path(__file__).parents[1] / "examples" / "review" / "2024-06-thang" / "xa-an-lac.docx"


@pytest.fixture(autouse=True)
def _fresh_wall():
    """Let the process that reads documents be a copy of this one as the test left it."""
    yield
    wall = sys.modules.get("validator.submissions.wall")
    if wall is not None and wall._Wall.worker is not None:
        wall.fresh_wall()
        _warm(wall)


@cache
def _warm(wall):
    """Check a document in this process, once: its copies begin with the packs and words at hand."""
    from validator import check

    with patch.object(wall, "is_inside", lambda: True):
        check([DOCUMENT])
