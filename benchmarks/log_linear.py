"""A log-linear chooser: of the candidates of one question the right one, or none of them.

An example is one question: its candidates, each with the names of what is seen of it and the group that it
is weighed in, and which of them are right. Every name weighs in general, and more or less in each group.
Learnt in plain Python by stochastic gradients (Adagrad) with a ridge, in a fixed order: the same data give
the same weights.
"""

from __future__ import annotations

import math
import random
from dataclasses import dataclass
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

RATE, RIDGE, ROUNDS, RARE = 0.25, 0.4, 12, 3
LEAST_SLOPE = 1e-4


@dataclass
class Example:
    """One question: the evidence and group of each candidate, and the places of those that are right."""

    candidates: list[tuple[str, list[str]]]
    right: frozenset[int]
    weight: float = 1.0


def learnt(examples: Sequence[Example], rounds: int = ROUNDS, ridge: float = RIDGE) -> dict[str, int]:
    """The weights, in hundredths, by name and by ``group:name``; names seen seldom have none."""
    seen: dict[str, int] = {}
    for example in examples:
        for name in {name for candidate in example.candidates for name in _names(*candidate)}:
            seen[name] = seen.get(name, 0) + 1
    place = {name: at for at, name in enumerate(sorted(name for name, n in seen.items() if n >= RARE))}
    rows = [
        (
            [[place[name] for name in _names(*each) if name in place] for each in example.candidates],
            example.right,
            example.weight,
        )
        for example in examples
        if example.candidates
    ]
    weights, squares = [0.0] * len(place), [1.0] * len(place)
    order = random.Random(1)
    pull = ridge / max(1, len(rows))
    for _ in range(rounds):
        order.shuffle(rows)
        for held, right, weight in rows:
            _step(weights, squares, held, right, weight, pull)
    return {name: made for name, at in place.items() if (made := round(100 * weights[at]))}


def _names(group: str, evidence: Iterable[str]) -> Iterable[str]:
    for name in evidence:
        yield name
        yield f"{group}:{name}"


def _step(
    weights: list[float],
    squares: list[float],
    held: Sequence[Sequence[int]],
    right: frozenset[int],
    weight: float,
    pull: float,
) -> None:
    """Move the weights up the slope of one example: each right candidate against the wrong ones and none."""
    scores = [sum([weights[at] for at in row]) for row in held]
    wrong = [at for at in range(len(held)) if at not in right]
    moved: dict[int, float] = {}
    for goal in right or (None,):
        among = wrong if goal is None else [goal, *wrong]
        top = max(0.0, max((scores[at] for at in among), default=0.0))
        chances = {at: math.exp(scores[at] - top) for at in among}
        whole = math.exp(-top) + sum(chances.values())
        for at in among:
            slope = (at == goal) - chances[at] / whole
            if abs(slope) > LEAST_SLOPE:
                for place in held[at]:
                    moved[place] = moved.get(place, 0.0) + slope
    for place, plain in moved.items():
        slope = weight * plain - pull * weights[place]
        squares[place] += slope * slope
        weights[place] += RATE * slope / math.sqrt(squares[place])
