"""Settings for all tests."""

from __future__ import annotations

from hypothesis import settings

# A slow or busy machine is no reason to fail.
settings.register_profile("patient", deadline=None)
settings.load_profile("patient")
