"""A slice of the differential run (`benchmarks/differential.py`), of which a million pairs differ in none."""

from __future__ import annotations

import importlib.util
import random
from pathlib import Path

import pytest
from small_world import report, rule

from validator.engine.context import Context
from validator.model.verdict import Verdict

PAIRS = 10_000
FILE = Path(__file__).resolve().parents[2] / "benchmarks" / "differential.py"


@pytest.fixture(scope="module")
def differential():
    spec = importlib.util.spec_from_file_location("differential", FILE)
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module


@pytest.mark.parametrize("seed", [3, 4])
def test_evaluator_plan_and_oracle_come_to_the_same(differential, seed):
    counts, found = differential.differing(PAIRS, seed)
    assert found == []
    assert counts["pairs"] >= PAIRS
    assert counts["oracle: exact"] > PAIRS * 0.7
    assert min(counts[each.value] for each in Verdict if each is not Verdict.ERROR) > PAIRS * 0.05


def test_a_verdict_that_differs_is_found(differential, monkeypatch):
    real = differential.run_rule

    def mistaken(rule, context):
        found = real(rule, context)
        return differential.evolve(found, verdict=Verdict.PASS) if found.verdict is Verdict.FAIL else found

    monkeypatch.setattr(differential, "run_rule", mistaken)
    assert differential.differing(100, seed=3)[1]


def test_an_evaluator_that_differs_from_the_oracle_is_found(differential, monkeypatch):
    node, context = rule("a = b").assertion, Context(report=report(a=3, b=2), children=())

    def fault():
        return differential._against_oracle(node, context, differential.Counter(), random.Random(1))  # noqa: S311

    assert fault() is None
    monkeypatch.setattr(differential.Evaluator, "truth", lambda *_: differential.t.TRUE)
    assert fault() is not None
