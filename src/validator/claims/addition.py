"""A total and its parts: which of the numbers belong together, and what may be said of them."""

from __future__ import annotations

from fractions import Fraction
from typing import TYPE_CHECKING

from validator.claims.claim import Claim, ClaimKind, ClaimVerdict
from validator.claims.judge import amount_of, bounds, number_of, written
from validator.claims.prose import Prose, make_claim
from validator.model.record import record
from validator.text.qualifier import HEDGED

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from validator.claims.judge import Exact
    from validator.text.mention import Mention

_SURE_SHARE = Fraction(1, 20)
"""A list that leaves out or exceeds no more than this share of its total is meant to be complete."""
_REMARK = 24
_SURE_LEAST = 20
"""Below this total a small remainder may as well be a part that nobody named."""


@record
class Addition:
    """A total with the parts read after it.

    ``strong``: the words promise all parts. ``clean``: nothing in the list is of another kind and
    the list ends where the text does. ``closed``: the labels are of a family that makes up a whole,
    so that parts beyond the total are a fault however large. ``open``: words or marks say that the
    list names some of many, or nothing says that it names all.
    """

    total: Mention
    parts: tuple[Mention, ...]
    strong: bool
    clean: bool
    closed: bool = False
    open: bool = False


def runs_of(total: Mention, parts: Sequence[Mention]) -> Iterator[tuple[Mention, ...]]:
    """Consecutive groups of two or more parts, from the first on, that each make up the total."""
    start = 0
    limits, spans = bounds(total), [bounds(part) for part in parts]
    while start < len(parts) - 1:
        end = _end_of_run(limits, spans, start)
        if end is None:
            return
        yield tuple(parts[start:end])
        start = end


def _end_of_run(total: tuple[Exact, Exact], spans: Sequence[tuple[Exact, Exact]], start: int) -> int | None:
    """The end of the shortest group from *start* that makes up the total."""
    low_total, high_total = total
    low: Exact = 0
    high: Exact = 0
    for end in range(start, len(spans)):
        least, most = spans[end]
        low, high = low + least, high + most
        if low > high_total:
            return None
        if end > start and low_total <= high:
            return end + 1
    return None


def all_runs(total: Mention, parts: Sequence[Mention]) -> Iterator[tuple[Mention, ...]]:
    """Consecutive groups anywhere that each make up the total, none sharing a part."""
    start = 0
    limits, spans = bounds(total), [bounds(part) for part in parts]
    while start < len(parts) - 1:
        end = _end_of_run(limits, spans, start)
        if end is not None:
            yield tuple(parts[start:end])
        start = end or start + 1


def judge_addition(prose: Prose, addition: Addition) -> Claim | None:
    """The claim of a breakdown that does not add up: failed if it is meant to be complete."""
    total, parts = addition.total, addition.parts
    if len(parts) < 2 or total.amount <= 0:
        return None
    rest = total.amount - sum((part.amount for part in parts), Fraction(0))
    decided = _is_decided(prose, addition, rest)
    if decided and _is_told(prose, addition, abs(rest)):
        decided = False
    if decided and rest > 0 and addition.open:
        return sum_claim(prose, total, parts, ClaimVerdict.UNDECIDED, "list-may-be-open")
    if not decided:
        related = all(not part.group or part.group == total.group for part in parts)
        if not related or not addition.strong or any(part.amount > total.amount for part in parts):
            return None
        return sum_claim(prose, total, parts, ClaimVerdict.UNDECIDED, "")
    return sum_claim(prose, total, parts, ClaimVerdict.FAIL)


def _is_decided(prose: Prose, addition: Addition, rest: Fraction) -> bool:
    """Whether the list is meant to be complete, so that the difference is a fault."""
    total, parts = addition.total, addition.parts
    if not addition.clean or not _are_alike(prose, total, parts) or any(p.odd for p in (total, *parts)):
        return False
    if any(part.amount > total.amount or _is_vague(part) for part in parts) or _is_vague(total):
        return False
    if addition.closed and rest < 0:
        return True
    if not addition.strong and _may_overlap(parts):
        return False
    small = abs(rest) <= total.amount * _SURE_SHARE
    if total.amount >= _SURE_LEAST:
        return small
    return addition.strong and abs(rest) <= 1


def _is_told(prose: Prose, addition: Addition, difference: Fraction) -> bool:
    """Whether the sentence goes on with just the number by which the parts differ: one counted twice."""
    last = addition.parts[-1]
    following = prose.readings[last.passage].mentions_between(last.last, last.last + _REMARK)
    return any(each.amount == difference and each.sentence == last.sentence for each in following)


def leaves_nothing(parts: Sequence[Mention]) -> bool:
    """Whether the last part is named as what is left: "others", "the rest"."""
    return bool(parts) and bool(parts[-1].tags & {"rest", "other", "after:other", "after:rest"})


def _may_overlap(parts: Sequence[Mention]) -> bool:
    """Whether some parts are named by kind and others by what they do: two divisions of one total."""
    return {"kind", "predicate"} <= {part.naming for part in parts}


def _is_vague(mention: Mention) -> bool:
    """Whether a word makes the number a bound or a guess; an estimate is split like any number."""
    return HEDGED in mention.tags and "at:estimate" not in mention.tags


def _are_alike(prose: Prose, total: Mention, parts: Sequence[Mention]) -> bool:
    """Whether all parts are counted in the total's unit, or in kinds of it."""
    units = {part.unit for part in parts if part.unit}
    if not units or units <= {total.unit}:
        return not any(part.noun for part in parts) or bool(units)
    if not all(part.group == total.group for part in parts if part.group):
        return False
    if prose.vocabulary.hypernyms.get(total.group) == total.unit or len(units) == len(parts):
        return True
    return all(unit.split()[0] == total.unit.split()[0] for unit in units) if total.unit else False


def sum_claim(
    prose: Prose,
    total: Mention,
    parts: Sequence[Mention],
    verdict: ClaimVerdict = ClaimVerdict.PASS,
    reason: str = "parts-differ-from-total",
) -> Claim:
    """Word a total and its parts as a claim."""
    same_scale = len({mention.scale for mention in (total, *parts)}) == 1
    shown = number_of if same_scale else amount_of
    numbers: dict[str, str | tuple[str, ...]] = {
        "total": shown(total),
        "parts": tuple(shown(part) for part in parts),
    }
    help_args: dict[str, str] = {}
    if verdict is not ClaimVerdict.PASS and reason:
        made = sum((part.amount for part in parts), Fraction(0))
        scale = total.scale if same_scale else 0
        decimals = max(mention.decimals for mention in (total, *parts)) if same_scale else 0
        help_args = {
            "total": total.text,
            "parts": " + ".join(part.text for part in parts),
            "sum": written(made / 10**scale, decimals).replace(".", ","),
            "difference": written(abs(made - total.amount) / 10**scale, decimals).replace(".", ","),
        }
    return make_claim(
        prose,
        ClaimKind.SUM,
        verdict,
        (total, *parts),
        numbers,
        reason=reason if help_args else "",
        cure=help_args,
    )
