"""What the words say to be at most something: seen when it is so, and no less when it is not."""

from pathlib import Path

import pytest
import yaml

KINDS = yaml.safe_load((Path(__file__).parent / "bounds.yaml").read_text(encoding="utf-8"))
FIGURES = ((17, 23), (5, 48), (112, 306))
TEXTS = [(text, kind["firm"]) for kind in KINDS for text in kind.get("texts", ())]
TRAPS = [text for kind in KINDS for text in kind.get("traps", ())]


@pytest.mark.parametrize("text", [text for text, _ in TEXTS])
@pytest.mark.parametrize(("small", "large"), FIGURES)
def test_a_bound_is_seen_when_it_holds(text, small, large, find, line):
    lines = [line(claim) for claim in find(text.format(a=small, b=large)).claims]
    assert f"leq pass: {small} <= {large}" in lines
    assert [found for found in lines if " fail:" in found] == []


@pytest.mark.parametrize(("text", "firm"), TEXTS)
@pytest.mark.parametrize(("small", "large"), FIGURES)
def test_a_bound_is_seen_when_it_does_not_hold(text, firm, small, large, find, line):
    lines = [line(claim) for claim in find(text.format(a=large, b=small)).claims]
    assert f"leq {'fail' if firm else 'undecided'}: {large} <= {small}" in lines


@pytest.mark.parametrize("text", TRAPS)
@pytest.mark.parametrize(("small", "large"), FIGURES)
def test_nothing_is_said_of_what_is_no_bound(text, small, large, find, line):
    lines = [line(claim) for claim in find(text.format(a=large, b=small)).claims]
    assert [found for found in lines if found.startswith("leq") or " fail:" in found] == []
