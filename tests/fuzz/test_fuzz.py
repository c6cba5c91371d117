"""A small slice of the run over broken files (`benchmarks/fuzz.py`): no fault of ours comes to light."""

from __future__ import annotations

import importlib.util
import sys
from pathlib import Path

import pytest

FILE = Path(__file__).resolve().parents[2] / "benchmarks" / "fuzz.py"


@pytest.fixture
def fuzz(monkeypatch):
    spec = importlib.util.spec_from_file_location("fuzz", FILE)
    module = importlib.util.module_from_spec(spec)
    monkeypatch.setitem(sys.modules, "fuzz", module)
    spec.loader.exec_module(module)
    # Conversions are for the whole run.
    monkeypatch.setattr(module.shutil, "which", lambda _: None)
    return module


@pytest.mark.slow
def test_broken_files_bring_no_fault_to_light(fuzz):
    found = fuzz.fuzz(documents_count=30, reports_count=40, packs_count=20, seed=7)
    assert {name: tally.count for name, tally in found.items()} == {
        "documents": 30,
        "reports": 40,
        "packs": 20,
    }
    assert [each for tally in found.values() for each in tally.faults] == []
    assert found["documents"].codes["judged"] > 5
    assert found["packs"].codes["loaded"] > 2
