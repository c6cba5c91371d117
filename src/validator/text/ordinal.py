"""Numbers that only tell members of a row apart: ``zone 1: 14; zone 2: 23``, ``round 1 - 14; …``."""

from __future__ import annotations

from itertools import pairwise
from typing import TYPE_CHECKING

from validator.text.token import TokenKind

if TYPE_CHECKING:
    from collections.abc import Sequence

    from validator.text.token import Token

_LEAST, _MOST = 2, 999
_DASHES = frozenset("-–")


def ordinals(tokens: Sequence[Token]) -> frozenset[int]:
    """The places of the numbers that stand between one word, said again each time, and a figure.

    After a colon they differ; a dash may join a range, so that they count up from one there.
    """
    rows: dict[tuple[str, bool], list[int]] = {}
    for at in range(1, len(tokens) - 2):
        word, number, mark, figure = tokens[at - 1 : at + 3]
        if not (word.kind is TokenKind.WORD and _may_name(number) and figure.kind is TokenKind.NUMBER):
            continue
        is_dash = mark.key in _DASHES
        if mark.key == ":" or (is_dash and number.end < mark.start and mark.end < figure.start):
            rows.setdefault((word.key, is_dash), []).append(at)
    found: set[int] = set()
    for (_, is_dash), places in rows.items():
        values = [numeral.value for at in places if (numeral := tokens[at].numeral)]
        steps = [other - one for one, other in pairwise(values)]
        is_row = values[0] == 1 and set(steps) == {1} if is_dash else len(set(values)) == len(values)
        if len(places) >= _LEAST and is_row:
            found.update(places)
    return frozenset(found)


def _may_name(token: Token) -> bool:
    """Whether a number is a small whole one, written without marks."""
    numeral = token.numeral
    return numeral is not None and token.text.isdigit() and numeral.value <= _MOST
