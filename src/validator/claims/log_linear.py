"""Weights of a log-linear choice: what each name of evidence adds, in general and in its group.

They are learnt by ``benchmarks/log_linear.py`` and are whole hundredths of log-odds, of the base two, so that
chances are had without any fractions: of the candidates of one question, or none of them.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from validator.model.record import record

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping, Sequence

_STEP, _MIDDLE, _MOST = 100, 32, 3_000
CERTAIN = 1_000


@record
class Weights:
    """Weights by group and name."""

    by_group: Mapping[str, Mapping[str, int]]

    def score(self, group: str, evidence: Iterable[str]) -> int:
        """How strongly evidence speaks for a candidate."""
        weights = self.by_group[group]
        return sum([weights.get(name, 0) for name in evidence])


def weights_of(data: Mapping[str, int], groups: Iterable[str]) -> Weights:
    """Weights by name and by ``group:name``, put together for each group."""
    general = {name: weight for name, weight in data.items() if ":" not in name}
    by_group = {group: dict(general) for group in groups}
    for name, weight in data.items():
        group, mark, own = name.partition(":")
        if mark and group in by_group:
            by_group[group][own] = by_group[group].get(own, 0) + weight
    return Weights(by_group=by_group)


def odds(score: int) -> int:
    """Two to the power of a score in hundredths, in whole parts; between powers a straight line."""
    held = max(-_MOST, min(_MOST, score))
    whole, part = divmod(held, _STEP)
    return (_STEP + part) << (_MIDDLE + whole)


NONE = odds(0)
"""The odds of none of the candidates, against which all are weighed."""


def chances(scores: Sequence[int]) -> list[int]:
    """The chance of each candidate, in thousandths; that it is none of them takes the rest."""
    weighed = [odds(score) for score in scores]
    whole = NONE + sum(weighed)
    return [CERTAIN * each // whole for each in weighed]
