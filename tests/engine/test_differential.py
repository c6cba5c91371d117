"""A small slice of the differential run (`benchmarks/differential.py`): no verdict differs."""

from __future__ import annotations

import importlib.util
from pathlib import Path

import pytest
from small_world import report, rule

from validator.engine.context import Context
from validator.model.verdict import Verdict

FILE = Path(__file__).resolve().parents[2] / "benchmarks" / "differential.py"


@pytest.fixture(scope="module")
def differential():
    spec = importlib.util.spec_from_file_location("differential", FILE)
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module


def test_evaluator_quick_looks_and_oracle_come_to_the_same(differential):
    counts, found = differential.differing(600, seed=3)
    assert found == []
    assert counts["verdicts"] == 600
    assert counts["exact"] > 400
    assert min(counts[each] for each in ("pass", "fail", "undecided", "in batch", "table absent")) > 10


def test_a_verdict_that_differs_is_found(differential, monkeypatch):
    real = differential.run_rule

    def mistaken(rule, context):
        found = real(rule, context)
        return differential.evolve(found, verdict=Verdict.PASS) if found.verdict is Verdict.FAIL else found

    monkeypatch.setattr(differential, "run_rule", mistaken)
    assert differential.differing(100, seed=3)[1]


def test_an_evaluator_that_differs_from_the_oracle_is_found(differential, monkeypatch):
    context = Context(report=report(a=3, b=2), children=())
    assert differential._against_oracle(rule("a = b"), context, differential.Counter()) is None
    monkeypatch.setattr(differential.Evaluator, "truth", lambda *_: differential.t.TRUE)
    assert differential._against_oracle(rule("a = b"), context, differential.Counter()) is not None
