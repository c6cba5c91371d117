"""Changes whose figures stand in a row: from … to …, by so much; a percentage, by so many points, on …."""

from __future__ import annotations

from typing import TYPE_CHECKING

from validator.claims.addition import sum_claim
from validator.claims.claim import ClaimVerdict
from validator.claims.judge import adds_up
from validator.claims.share_part import roles_in
from validator.claims.structure import same_unit
from validator.text.mention import MentionKind
from validator.text.qualifier import HEDGED

if TYPE_CHECKING:
    from collections.abc import Iterator

    from validator.claims.claim import Claim
    from validator.claims.structure import Node, Text
    from validator.text.mention import Mention

UP, DOWN = "up", "down"


def find_spans(text: Text, node: Node) -> Iterator[Claim]:
    """Yield the changes of a passage that say what there was, what there is and the difference."""
    yield from _from_to(text, node)
    yield from _by_points(text, node)
    yield from _grown(text, node)
    yield from _counted(text, node)


def way_of(roles: frozenset[str]) -> str:
    """Which way roles say that a figure went, if any."""
    return UP if UP in roles else DOWN if DOWN in roles else ""


def counts_alike(one: Mention, other: Mention) -> bool:
    """Whether two figures are counted in units of one group."""
    return one.unit_is_near and other.unit_is_near and one.group == other.group


def _from_to(text: Text, node: Node) -> Iterator[Claim]:
    """``from 5.12 % to 2.60 %, down by 2.52 points``: the first less the second is the third."""
    stated = node.found.stated
    for first, second, by in zip(stated, stated[1:], stated[2:], strict=False):
        way = way_of(by.roles)
        a, b, c = first.mention, second.mention, by.mention
        if not way or not a.sentence == b.sentence == c.sentence or b.first - a.last > _NEAR:
            continue
        if c.kind is not MentionKind.POINTS or not a.tags & {"at:from_word", HEDGED}:
            continue
        total, parts = (a, (b, c)) if way == DOWN else (b, (a, c))
        verdict = ClaimVerdict.PASS if adds_up(total, parts) else ClaimVerdict.FAIL
        yield sum_claim(text.prose, total, parts, verdict)


_NEAR = 4


def _by_points(text: Text, node: Node) -> Iterator[Claim]:
    """``p %, up by d points on last year (q %)``: what it was and by how much it changed make what it is."""
    stated = node.found.stated
    for first, by, second in zip(stated, stated[1:], stated[2:], strict=False):
        way = way_of(by.roles)
        a, b, c = first.mention, by.mention, second.mention
        if not way or b.kind is not MentionKind.POINTS or not a.sentence == b.sentence == c.sentence:
            continue
        if not (_is_level(a) and _is_level(c) and _is_held_against(text, node, b, c)):
            continue
        total, parts = (a, (c, b)) if way == UP else (c, (a, b))
        verdict = ClaimVerdict.PASS if adds_up(total, parts) else ClaimVerdict.FAIL
        yield sum_claim(text.prose, total, parts, verdict)


def _is_level(mention: Mention) -> bool:
    return mention.kind is MentionKind.PERCENT and not mention.tags & {HEDGED, "at:aim"}


def _is_held_against(text: Text, node: Node, by: Mention, then: Mention) -> bool:
    """Whether the words between a change and a percentage say that it is what there was."""
    reading = node.found.reading
    if reading is None or then.depth not in {by.depth, by.depth + 1}:
        return False
    keys = [token.key for token in reading.tokens[by.last : then.first]]
    return ";" not in keys and bool(roles_in(text, keys) & {"compared", "other_period"})


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
        total, parts = (
            (last.mention, (first.mention, by.mention))
            if way == UP
            else (first.mention, (last.mention, by.mention))
        )
        verdict = ClaimVerdict.PASS if adds_up(total, parts) else ClaimVerdict.FAIL
        yield sum_claim(text.prose, total, parts, verdict)


def _counted(text: Text, node: Node) -> Iterator[Claim]:
    """``From a up to c people, up by b people``: the first and the third are the second."""
    for first, last, by in zip(node.items, node.items[1:], node.items[2:], strict=False):
        one, two, three = first.mention, last.mention, by.mention
        worded = text.book.says("from_words", first.lead[-1:]) and text.book.starts("to_words", last.lead)
        if not worded or not way_of(by.roles) or last.mark or first.base or not counts_alike(two, three):
            continue
        alike = one.kind is two.kind and (not one.unit_is_near or same_unit(first, last))
        if (
            alike
            and one.sentence == three.sentence
            and one.depth == two.depth
            and three.depth - two.depth < 2
        ):
            total, parts = (two, (one, three)) if way_of(by.roles) == UP else (one, (two, three))
            verdict = ClaimVerdict.PASS if adds_up(total, parts) else ClaimVerdict.FAIL
            yield sum_claim(text.prose, total, parts, verdict)
