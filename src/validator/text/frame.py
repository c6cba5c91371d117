"""Tokens → where each stands: how deep in brackets, in which sentence, in which clause."""

from __future__ import annotations

from typing import TYPE_CHECKING

from validator.model.record import record
from validator.text.token import TokenKind

if TYPE_CHECKING:
    from collections.abc import Sequence

    from validator.text.token import Token

OPEN, CLOSE = frozenset("([{"), frozenset(")]}")
_STOPS = frozenset(".!?")
_BREAKS = frozenset(".!?,;()")


@record
class Frame:
    """Where each token of a passage stands: brackets, sentence, clause."""

    depths: tuple[int, ...]
    brackets: tuple[int, ...]
    sentences: tuple[int, ...]
    clauses: tuple[int, ...]


def frame_of(tokens: tuple[Token, ...]) -> Frame:
    """Find out where each token stands."""
    marks = [at for at, token in enumerate(tokens) if token.kind is TokenKind.MARK]
    depths, brackets = _nesting(tokens, marks)
    sentences, clauses = _boundaries(tokens, marks, depths)
    return Frame(depths=depths, brackets=brackets, sentences=sentences, clauses=clauses)


def _nesting(tokens: tuple[Token, ...], marks: Sequence[int]) -> tuple[tuple[int, ...], tuple[int, ...]]:
    """For each token the depth of brackets around it and the innermost one's number."""
    depths: list[int] = []
    brackets: list[int] = []
    open_ones, made = [0], 0
    for position in marks:
        token = tokens[position]
        if token.key in OPEN or token.key in CLOSE:
            last = position + (token.key in CLOSE)
            depths.extend([len(open_ones) - 1] * (last - len(depths)))
            brackets.extend([open_ones[-1]] * (last - len(brackets)))
            if token.key in OPEN:
                made += 1
                open_ones.append(made)
            elif len(open_ones) > 1:
                open_ones.pop()
    depths.extend([len(open_ones) - 1] * (len(tokens) - len(depths)))
    brackets.extend([open_ones[-1]] * (len(tokens) - len(brackets)))
    return tuple(depths), tuple(brackets)


def _boundaries(
    tokens: tuple[Token, ...], marks: Sequence[int], depths: tuple[int, ...]
) -> tuple[tuple[int, ...], tuple[int, ...]]:
    """For each token the number of its sentence and of its clause."""
    sentences: list[int] = []
    clauses: list[int] = []
    sentence = clause = 0
    for position in marks:
        token = tokens[position]
        if token.key not in _BREAKS:
            continue
        sentences.extend([sentence] * (position + 1 - len(sentences)))
        clauses.extend([clause] * (position + 1 - len(clauses)))
        follower = tokens[position + 1] if position + 1 < len(tokens) else None
        if token.key not in _STOPS:
            clause += 1
        elif follower is not None and _starts_sentence(token, follower):
            sentence += depths[position] == 0
            clause += 1
    sentences.extend([sentence] * (len(tokens) - len(sentences)))
    clauses.extend([clause] * (len(tokens) - len(clauses)))
    return tuple(sentences), tuple(clauses)


def _starts_sentence(stop: Token, follower: Token) -> bool:
    return follower.start > stop.end and not follower.text[:1].islower()
