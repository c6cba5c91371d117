"""Changes whose figures stand in a row: a percentage, by so many points, on …; from …, up by …, to …."""

from __future__ import annotations

from typing import TYPE_CHECKING

from validator.claims.addition import sum_claim
from validator.claims.claim import ClaimVerdict
from validator.claims.grown import sum_of_change, way_of
from validator.claims.judge import adds_up
from validator.claims.share_part import roles_in
from validator.claims.structure import same_unit
from validator.text.mention import MentionKind
from validator.text.qualifier import HEDGED

if TYPE_CHECKING:
    from collections.abc import Iterator

    from validator.claims.claim import Claim
    from validator.claims.structure import Node, Text
    from validator.text.item import Stated
    from validator.text.mention import Mention

_FAR = 24
_CLOSED = 2
"""A closing bracket and one word that says nothing."""


def find_spans(text: Text, node: Node) -> Iterator[Claim]:
    """Yield the changes of a passage that say what there was, what there is and the difference."""
    yield from _by_points(text, node)
    yield from _grown(text, node)


def counts_alike(one: Mention, other: Mention) -> bool:
    """Whether two figures are counted in units of one group."""
    return one.unit_is_near and other.unit_is_near and one.group == other.group


def _by_points(text: Text, node: Node) -> Iterator[Claim]:
    """``p %, up by d points on last year (q %)``: what it was and by how much it changed make what it is."""
    stated = node.found.stated
    for first, second, third in zip(stated, stated[1:], stated[2:], strict=False):
        a, b, c = first.mention, second.mention, third.mention
        if not a.sentence == b.sentence == c.sentence or not _is_level(a):
            continue
        if b.kind is MentionKind.POINTS:
            way, by, then = way_of(second.roles), b, c
            told = _is_held_against(text, node, by, then)
        else:
            way, by, then = _way_of_points(text, node, b, third), c, b
            told = by.kind is MentionKind.POINTS and _is_held_against(text, node, a, then)
        if not way or not told or not _is_level(then):
            continue
        total, parts = sum_of_change(then, a, by, way)
        verdict = ClaimVerdict.PASS if adds_up(total, parts) else ClaimVerdict.FAIL
        yield sum_claim(text.prose, total, parts, verdict)


def _way_of_points(text: Text, node: Node, then: Mention, by: Stated) -> str:
    """The way of ``…, last year q %, up by d points`` and of ``above the plan (q %) by d points``."""
    if by.mention.depth == then.depth:
        return way_of(by.roles)
    reading = node.found.reading
    if reading is None or then.depth != by.mention.depth + 1:
        return ""
    if by.mention.first - then.last > _CLOSED:
        return ""  # Other words behind the bracket begin another comparison.
    near = reading.mentions_between(max(0, then.first - _FAR), then.first)
    start = max((m.last for m in near if m.is_quantity or m.kind is MentionKind.PERCENT), default=0)
    keys = [token.key for token in reading.tokens[start : then.first]]
    return way_of(roles_in(text, keys))


def _is_level(mention: Mention) -> bool:
    return mention.kind is MentionKind.PERCENT and not mention.tags & {HEDGED, "at:aim"}


def _is_held_against(text: Text, node: Node, by: Mention, then: Mention) -> bool:
    """Whether the words between a change and a percentage say that it is what there was."""
    reading = node.found.reading
    if reading is None or then.depth not in {by.depth, by.depth + 1}:
        return False
    keys = [token.key for token in reading.tokens[by.last : then.first]]
    if ";" in keys:
        return False
    return bool(roles_in(text, keys) & {"compared", "other_period"}) or text.book.says("aims", keys)


def _grown(text: Text, node: Node) -> Iterator[Claim]:
    """``From a …, up by b, to c``: the first and the second are the third."""
    for first, by, last in zip(node.items, node.items[1:], node.items[2:], strict=False):
        way = way_of(by.roles)
        if not way or not first.lead or not last.lead or first.mention.sentence != last.mention.sentence:
            continue
        if not text.book.starts("from_words", first.lead) or not text.book.starts("to_words", last.lead):
            continue
        if not (same_unit(first, by) and same_unit(first, last)):
            continue
        total, parts = sum_of_change(first.mention, last.mention, by.mention, way)
        verdict = ClaimVerdict.PASS if adds_up(total, parts) else ClaimVerdict.FAIL
        yield sum_claim(text.prose, total, parts, verdict)
