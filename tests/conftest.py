"""Settings for all tests."""

from __future__ import annotations

import sys

import pytest
from hypothesis import settings

# A slow or busy machine is no reason to fail.
settings.register_profile("patient", deadline=None)
settings.load_profile("patient")


@pytest.fixture(autouse=True)
def _fresh_wall():
    """Let the process that reads documents be a copy of this one as the test left it."""
    yield
    wall = sys.modules.get("validator.checking.wall")
    if wall is not None:
        wall.fresh_wall()
