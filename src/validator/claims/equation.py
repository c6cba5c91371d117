"""Equations that a text writes out: ``8.5 + 9.0 + 7.5 = 25``, ``25 = 14 + 11``."""

from __future__ import annotations

from typing import TYPE_CHECKING

from validator.claims.addition import sum_claim
from validator.claims.claim import ClaimVerdict
from validator.claims.judge import adds_up
from validator.text.mention import MentionKind
from validator.text.token import TokenKind

if TYPE_CHECKING:
    from collections.abc import Iterator

    from validator.claims.claim import Claim
    from validator.claims.prose import Prose
    from validator.text.mention import Mention, Reading

_UNIT, _LABEL = 3, 12
_SIGNS, _TIMES = frozenset("+=-–−×*:"), "x"
"""What takes off, multiplies or divides makes another equation, which is not looked at."""


def find_equations(prose: Prose) -> Iterator[Claim]:
    """Yield every sum that stands written with its signs, whether or not it holds."""
    for reading in prose.readings.values():
        if "+" not in reading.passage.text:
            continue
        for total, parts in _equations(reading):
            verdict = ClaimVerdict.PASS if adds_up(total, parts) else ClaimVerdict.FAIL
            yield sum_claim(prose, total, parts, verdict)


def _equations(reading: Reading) -> Iterator[tuple[Mention, tuple[Mention, ...]]]:
    run: list[Mention] = []
    signs: list[str] = []
    for mention in reading.mentions:
        sign = _sign(reading, run[-1], mention) if run else ""
        if not sign or mention.kind is MentionKind.NAME:
            yield from _made(run, signs)
            run, signs = ([mention], []) if mention.kind is not MentionKind.NAME else ([], [])
            continue
        run.append(mention)
        signs.append(sign)
    yield from _made(run, signs)


def _sign(reading: Reading, left: Mention, right: Mention) -> str:
    """The sign between two figures, units apart; empty if there is more, or none."""
    between = reading.tokens[left.last : right.first]
    if [token.key for token in between] == [_TIMES]:
        return _TIMES
    marks = [token.key for token in between if token.kind is TokenKind.MARK]
    longest = _LABEL if marks == ["+"] else _UNIT
    return marks[0] if len(marks) == 1 and marks[0] in _SIGNS and len(between) <= longest + 1 else ""


def _made(run: list[Mention], signs: list[str]) -> Iterator[tuple[Mention, tuple[Mention, ...]]]:
    if signs.count("=") != 1 or signs.count("+") != len(signs) - 1 or not signs.count("+"):
        return
    if signs[-1] == "=":
        yield run[-1], tuple(run[:-1])
    elif signs[0] == "=":
        yield run[0], tuple(run[1:])
