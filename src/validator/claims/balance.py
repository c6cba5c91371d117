"""Balances between neighbours: received = resolved + pending, and what is left of a number."""

from __future__ import annotations

from typing import TYPE_CHECKING

from validator.claims.addition import sum_claim
from validator.claims.claim import Claim, ClaimKind, ClaimVerdict, MentionKey
from validator.claims.judge import adds_up
from validator.text.qualifier import HEDGED

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from validator.claims.prose import Prose
    from validator.text.mention import Mention, Reading

_AHEAD = 16
_MOST = 24
_LEVEL_BACK = 3
_SMALL_GAP = 20
"""A difference of less than one part in this many is a slip; a larger one, another scope."""


def find_balances(prose: Prose, sums: Iterable[Claim]) -> Iterator[Claim]:
    """Yield balances; *sums* are the breakdowns already found, which say what a total contains."""
    broken_down = _parts_of_totals(sums)
    for reading in prose.readings.values():
        for position, mention in enumerate(reading.mentions):
            if not mention.is_quantity or mention.role == "under":
                continue
            if _stage(mention) == "received" and mention.depth == 0:
                yield from _case_balance(prose, reading, position, broken_down)
            if _stage(mention) == "pending" and mention.depth == 1:
                yield from _level_balance(prose, reading, position)


def _parts_of_totals(sums: Iterable[Claim]) -> set[MentionKey]:
    """The numbers that stand as parts of a total that adds up."""
    return {
        key
        for claim in sums
        if claim.kind is ClaimKind.SUM and claim.verdict is ClaimVerdict.PASS
        for key in claim.used
    }


def _stage(mention: Mention) -> str:
    """The stage of a case that the label names, the most particular first."""
    for stage in ("pending", "resolved", "received"):
        if f"stage_{stage}" in mention.tags or f"after:stage_{stage}" in mention.tags:
            return stage
    return ""


def _has_state(mention: Mention) -> bool:
    return any(tag.startswith(("state_", "after:state_")) for tag in mention.tags)


def _case_balance(
    prose: Prose, reading: Reading, position: int, broken_down: set[MentionKey]
) -> Iterator[Claim]:
    received = reading.mentions[position]
    scope = list(_scope(prose, reading, position))
    resolved = next((m for m in scope if _stage(m) == "resolved"), None)
    if resolved is None or resolved.amount > received.amount * 2:
        return
    pending = [m for m in scope if _stage(m) == "pending"][:2]
    if not pending:
        return
    late = [m for m in scope if (m not in pending and _has_state(m) and m.first > pending[0].first) or False][
        :1
    ]
    for parts in ((resolved, *pending), (resolved, pending[0]), (resolved, *pending, *late)):
        if adds_up(received, parts):
            yield sum_claim(prose, received, parts)
            return
    if _is_firm(received, resolved, pending, scope, broken_down):
        yield sum_claim(prose, received, (resolved, pending[0]), ClaimVerdict.FAIL, "balance-differs")


def _scope(prose: Prose, reading: Reading, position: int) -> Iterator[Mention]:
    """What follows a received total up to the next one: outside brackets, of the same unit."""
    received, count = reading.mentions[position], 0
    readings = [
        reading,
        *(r for r in prose.around(reading.index, back=0, ahead=_AHEAD) if r.index > reading.index),
    ]
    for other in readings:
        start = position + 1 if other.index == reading.index else 0
        for mention in other.mentions[start : start + _MOST]:
            if not mention.is_quantity or mention.depth or mention.role or mention.unit != received.unit:
                continue
            if (_stage(mention) == "received" and "total" in mention.tags) or count == _MOST:
                return
            count += 1
            yield mention


def _is_firm(
    received: Mention,
    resolved: Mention,
    pending: list[Mention],
    scope: list[Mention],
    broken_down: set[MentionKey],
) -> bool:
    """Whether nothing but a slip explains the difference."""
    if len(pending) != 1 or "total" not in received.tags or "fresh" in received.tags or _has_state(resolved):
        return False
    if any(HEDGED in mention.tags for mention in (received, resolved, *pending)):
        return False
    if _has_state(pending[0]) or pending[0].amount > resolved.amount:
        return False
    carried = [m for m in scope if m.tags & {"state_carried", "after:state_carried"}]
    if any((m.passage, m.first) not in broken_down for m in carried):
        return False
    rest = received.amount - resolved.amount - pending[0].amount
    # What was given back or withdrawn is neither resolved nor pending.
    others = [m for m in scope if m not in (resolved, pending[0])]
    left = any(m.amount == rest or m.tags & {"state_left", "after:state_left"} for m in others)
    return not left and abs(rest) * _SMALL_GAP <= received.amount


def _level_balance(prose: Prose, reading: Reading, position: int) -> Iterator[Claim]:
    """Of one level of administration: received in a passage before = resolved + pending here."""
    pending = reading.mentions[position]
    resolved = next(
        (m for m in reading.mentions[:position] if m.is_quantity and not m.depth and _stage(m) == "resolved"),
        None,
    )
    if resolved is None or not _levels(resolved) or resolved.unit != pending.unit:
        return
    for other in prose.around(reading.index, back=_LEVEL_BACK, ahead=0):
        if other.index == reading.index or not any(_stage(m) == "received" for m in other.mentions[:_MOST]):
            continue
        for received in other.mentions[:_MOST]:
            if (
                received.is_quantity
                and received.unit == resolved.unit
                and _levels(received) == _levels(resolved)
            ):
                holds = adds_up(received, (resolved, pending))
                gap = abs(received.amount - resolved.amount - pending.amount)
                if holds or gap * _SMALL_GAP <= received.amount:
                    verdict = ClaimVerdict.PASS if holds else ClaimVerdict.FAIL
                    yield sum_claim(prose, received, (resolved, pending), verdict, "balance-differs")
                return


def _levels(mention: Mention) -> frozenset[str]:
    return frozenset(tag for tag in mention.tags if tag.startswith("level_"))
