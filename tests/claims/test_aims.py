"""Results that words hold against an aim, in one sentence or two: seen when it is so, and when it is not."""

from pathlib import Path

import pytest
import yaml

KINDS = yaml.safe_load((Path(__file__).parent / "aims.yaml").read_text(encoding="utf-8"))
FIGURES = ((62, 71), (17, 94))
TEXTS = [(text, kind) for kind in KINDS for text in kind.get("texts", ())]
TRAPS = [text for kind in KINDS for text in kind.get("traps", ())]


@pytest.mark.parametrize(("text", "kind"), TEXTS)
@pytest.mark.parametrize("figures", FIGURES)
@pytest.mark.parametrize("holds", [True, False])
def test_what_words_say_of_an_aim_is_seen(text, kind, figures, holds, find, line):
    more = kind["more"]
    aim, result = figures if more == holds else figures[::-1]
    lines = [line(claim) for claim in find(text.format(k=aim, r=result)).claims]
    verdict = "pass" if holds else "fail" if kind["firm"] else "undecided"
    low, high = (aim, result) if more else (result, aim)
    assert f"leq {verdict}: {low} <= {high}" in lines
    assert [found for found in lines if found.startswith("leq fail")] == [
        found for found in lines if found == f"leq fail: {low} <= {high}"
    ]


@pytest.mark.parametrize("text", TRAPS)
@pytest.mark.parametrize(("small", "large"), FIGURES)
def test_nothing_is_said_of_what_is_no_aim(text, small, large, find, line):
    for aim, result in ((small, large), (large, small)):
        lines = [line(claim) for claim in find(text.format(k=aim, r=result)).claims]
        assert [found for found in lines if found.startswith("leq")] == []
