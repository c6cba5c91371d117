"""One review that every renderer of reviews is shown, and the golden files of what came out."""

from __future__ import annotations

import importlib.util
import os
from pathlib import Path

import pytest

GOLDEN = Path(__file__).parents[1] / "golden" / "review"


def _sample():
    spec = importlib.util.spec_from_file_location(
        "sample_review", Path(__file__).with_name("sample_review.py")
    )
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module


SAMPLE = _sample()


@pytest.fixture(scope="session")
def sample():
    """The module of the sample, for its parts (`HOSTILE`, `many_findings` …)."""
    return SAMPLE


@pytest.fixture(scope="session")
def sample_review():
    """The review in a language: ``sample_review("en")``."""
    return SAMPLE.sample_review


@pytest.fixture
def golden_review():
    """Compare with a golden file; ``UPDATE_GOLDEN=1`` writes it."""

    def compare(name, text):
        path = GOLDEN / name
        if os.environ.get("UPDATE_GOLDEN"):
            path.parent.mkdir(parents=True, exist_ok=True)
            path.write_text(text, encoding="utf-8", newline="\n")
        assert text == path.read_text(encoding="utf-8")

    return compare
