"""Tables of aims and results with a column that judges them: planned 456, done 350, "over"."""

from __future__ import annotations

from typing import TYPE_CHECKING

from validator.claims.at_most import compared, is_at_most
from validator.claims.claim import ClaimVerdict

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from validator.claims.claim import Claim
    from validator.claims.structure import Text
    from validator.text.grid import Column, Grid, Row

_OVER, _UNDER, _MET = "judged_over", "judged_under", "judged_met"


def find_table_aims(text: Text, grids: Sequence[Grid]) -> Iterator[Claim]:
    """Yield each row's aim and result, where the last words of the row say how they stand."""
    for grid in grids:
        plans = [column for column in grid.counts() if text.book.says("aims", column.words)]
        results = [column for column in grid.counts() if text.book.says("result_column", column.words)]
        if len(plans) != 1 or len(results) != 1 or plans[0] is results[0]:
            continue
        last = max(plans[0].index, results[0].index)
        if not any(column.kind == "label" and column.index > last for column in grid.columns):
            continue
        for row in grid.rows:
            claim = _judged(text, row, plans[0], results[0])
            if claim is not None:
                yield claim


def _judged(text: Text, row: Row, plan: Column, result: Column) -> Claim | None:
    then, now = row.figures.get(plan.index), row.figures.get(result.index)
    name = next((each for each in (_UNDER, _OVER, _MET) if text.book.ends(each, row.words)), None)
    if then is None or now is None or name is None or then.kind is not now.kind:
        return None
    if text.book.says("at_most", row.words) or "down" in row.roles:
        return None  # Of what is to be kept low, more is worse.
    small, large = (now, then) if name == _UNDER else (then, now)
    verdict = ClaimVerdict.PASS if is_at_most(small, large) else ClaimVerdict.FAIL
    if verdict is ClaimVerdict.FAIL and name == _MET:
        verdict = ClaimVerdict.UNDECIDED
    said = next(phrase for phrase in text.book.lists[name] if row.words[-len(phrase) :] == phrase)
    shown = " ".join(row.label.split()[-len(said) :])
    return compared(text.prose, now, then, verdict, above=name != _UNDER, said=shown)
