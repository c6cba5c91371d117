"""What speaks for a percentage's being the share of one number in another, beside its being right.

The names are those of the weights in ``rules/claims/ranking.yaml``.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from validator.claims.claim import ClaimVerdict
from validator.claims.structure import is_result, same_unit
from validator.model.record import record

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence

    from validator.claims.claim import MentionKey
    from validator.claims.figure import Figure
    from validator.claims.match_share import ShareMatch
    from validator.claims.structure import Text

_BITS, _DIGITS = (1, 2, 4, 6, 8), (2, 3, 4, 5)
_NEAR, _PASSAGES, _FAR = 3, 3, 12
_HUNDRED = 100
_TOTALS = frozenset({"whole", "gross", "closing"})
_EARLIER = frozenset({"compared", "other_period"})


@record
class ShareSurroundings:
    """What the matches of a document say of each other: percentages by base, pairs by percentage."""

    text: Text
    of_base: Mapping[MentionKey, frozenset[MentionKey]]
    pairs: Mapping[MentionKey, int]


def share_surroundings(text: Text, matches: Sequence[ShareMatch]) -> ShareSurroundings:
    """Look at all matches of a document together."""
    of_base: dict[MentionKey, set[MentionKey]] = {}
    pairs: dict[MentionKey, set[object]] = {}
    for match in matches:
        of_base.setdefault(match.base.key, set()).add(match.stated.key)
        amounts = match.part.mention.amount, match.base.mention.amount
        pairs.setdefault(match.stated.key, set()).add(amounts)
    return ShareSurroundings(
        text=text,
        of_base={key: frozenset(found) for key, found in of_base.items()},
        pairs={key: len(found) for key, found in pairs.items()},
    )


def evidence_of_share(match: ShareMatch, around: ShareSurroundings) -> list[str]:
    """What speaks for and against a match."""
    return [
        *_of_chance(match, around),
        *_of_part(match),
        *_of_place(match, around.text),
        *_of_base(match, around.text),
    ]


def _true(facts: Mapping[str, bool]) -> Iterator[str]:
    return (name for name, holds in facts.items() if holds)


def _of_chance(match: ShareMatch, around: ShareSurroundings) -> Iterator[str]:
    stated, base, part = match.stated.mention, match.base.mention, match.part.mention
    size = stated.value.numerator * 10**stated.decimals // stated.value.denominator
    made = (4 * max(1, size) // match.tried).bit_length()
    yield from (f"bits_{least}" for least in _BITS if made >= least)
    yield from (f"base_digits_{least}" for least in _DIGITS if base.amount >= 10 ** (least - 1))
    yield from (f"part_digits_{least}" for least in _DIGITS if part.amount >= 10 ** (least - 1))
    alike = len(around.of_base[match.base.key])
    yield from _true(
        {
            "cut_off": match.verdict is ClaimVerdict.TRUNCATED,
            "hundred": stated.value == _HUNDRED,
            "above_hundred": stated.value > _HUNDRED,
            "decimal": stated.decimals > 0,
            "decimals": stated.decimals > 1,
            "only_pair": around.pairs[match.stated.key] == 1,
            "shared_base_2": alike > 1,
            "shared_base_3": alike > 2,
            "degraded": around.text.prose.degraded,
        }
    )


def _of_part(match: ShareMatch) -> Iterator[str]:
    p, n = match.stated, match.part
    owner, in_row = p.item.order, p.cell is not None and n.cell is not None
    owned = p.node is not None and n.node is p.node and 0 <= owner == n.item.order
    owned = owned and n.item.base is not n.mention
    yield from _true(
        {
            "added": bool(match.added),
            "part_owner": owned,
            "part_not_owner": p.node is not None and owner >= 0 and not owned,
            "part_next": n.at == p.at - 1,
            "part_near": 1 < abs(n.at - p.at) <= _NEAR,
            "part_far": match.is_far,
            "part_after": n.at > p.at,
            "part_same_sentence": _sentence(n) == _sentence(p),
            "part_other_passage": not in_row and n.mention.passage != p.mention.passage,
            "part_in_row": in_row,
            "part_named": bool(p.roles & n.roles),
            "part_change": "change" in n.roles,
            "part_no_result": not is_result(n.item),
            "stated_change": "change" in p.roles or "at:growth" in p.mention.tags,
        }
    )


def _of_place(match: ShareMatch, text: Text) -> Iterator[str]:
    p, n, d = match.stated, match.part, match.base
    gap = abs(d.mention.passage - p.mention.passage)
    in_table = p.cell is not None and d.cell is not None and p.cell[0] == d.cell[0]
    passages = text.prose.passages
    yield from _true(
        {
            "fraction": n.item.base is d.mention,
            "base_same_sentence": _sentence(d) == _sentence(p),
            "base_same_passage": gap == 0,
            "base_near": 0 < gap <= _PASSAGES,
            "base_far": gap > _FAR,
            "base_after": d.at > p.at,
            "base_next": d.at in (p.at + 1, n.at - 1),
            "base_same_section": passages[d.mention.passage].section == passages[p.mention.passage].section,
            "base_in_row": in_table and (d.cell or ())[1:2] == (p.cell or ())[1:2],
            "base_in_column": in_table and (d.cell or ())[2:] == (n.cell or ())[2:],
            "base_in_table": d.cell is not None and not in_table,
        }
    )


def _of_base(match: ShareMatch, text: Text) -> Iterator[str]:
    p, n, d = match.stated, match.part, match.base
    asked = text.book.named(p.item.trail)
    bases = frozenset(role for part, of in text.book.bases if part & n.roles for role in of)
    named = set(p.item.trail[:4]) & {*d.item.trail[:3], *d.item.lead[-4:]}
    yield from _true(
        {
            "base_total": "total" in d.mention.tags or bool(_TOTALS & d.roles),
            "base_first": d.node is not None and d.item is d.node.main,
            "base_no_result": not is_result(d.item),
            "base_asked": bool(asked & d.roles),
            "base_named": len(named) > 1,
            "base_role": bool(bases & d.roles),
            "base_other_role": bool(bases) and not bases & d.roles,
            "base_earlier": bool(_EARLIER & d.roles),
            "same_amount": n.mention.amount == d.mention.amount,
            "unit_same": bool(d.mention.unit) and n.mention.unit == d.mention.unit,
            "unit_other": not same_unit(n.item, d.item),
            "roles_same": bool(n.roles) and n.roles == d.roles,
            "roles_meet": bool(n.roles & d.roles),
        }
    )


def _sentence(figure: Figure) -> tuple[int, int]:
    return figure.mention.passage, figure.mention.sentence
