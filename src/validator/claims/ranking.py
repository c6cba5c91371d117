"""How much each piece of evidence weighs, in whole hundredths of log-odds.

The weights are learnt by ``benchmarks/train_ranking.py``. They rank what fits, and say from where on it is
told. No verdict depends on them.
"""

from __future__ import annotations

from functools import cache
from typing import TYPE_CHECKING

from validator.model.record import record
from validator.resources import load_words, rules_folder

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping


@record
class Ranking:
    """The weights of one kind of match: where it starts, what each name adds, what must be reached."""

    start: int
    least: int
    weights: Mapping[str, int]

    def score(self, evidence: Iterable[str]) -> int:
        """How strongly the evidence speaks for a match."""
        weights = self.weights
        return self.start + sum([weights.get(name, 0) for name in evidence])


@cache
def load_ranking(kind: str) -> Ranking:
    """The weights for ``sums`` or ``shares``."""
    data = load_words(rules_folder() / "claims" / "ranking.yaml")[kind]
    return Ranking(start=data["start"], least=data["least"], weights=data["weights"])


@cache
def load_choosing() -> Mapping[str, int]:
    """The weights by which the figures of a percentage are chosen (``benchmarks/train_choosing.py``)."""
    weights: Mapping[str, int] = load_words(rules_folder() / "claims" / "choosing.yaml")["bases"]
    return weights
