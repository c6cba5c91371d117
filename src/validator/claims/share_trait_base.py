"""What speaks for a base, for a numerator and a base together, and for what stands beside other percentages.

The names are those of the weights in ``rules/claims/choosing.yaml``, as in `share_trait`.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from validator.claims.share_place import stated_near
from validator.claims.share_trait import TOLD, WINDOW, depth_of, named_true, shares_between
from validator.claims.structure import is_result, same_unit
from validator.text.mention import MentionKind
from validator.text.qualifier import HEDGED, PLANNED
from validator.text.token import TokenKind

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from validator.claims.share_place import Candidate, Guess, Place
    from validator.claims.share_trait import Asked
    from validator.claims.structure import Node, Text
    from validator.text.item import Item
    from validator.text.mention import Mention, Reading

_JOINS = (
    "explicit_base",
    "within",
    "base",
    "parts_all",
    "parts_some",
    "plan",
    "period_base",
    "total",
    "rest",
    "assigned",
    "growth",
    "and",
    "share",
    "predicate",
    "link",
)


def traits_of_base(asked: Asked, place: Place) -> Iterator[str]:
    """What speaks for a figure's being the base, whatever the numerator."""
    item, where, kind = place.item, place.where, asked.kind
    d = item.mention
    yield f"d:{where}{min(place.steps, 3)}:{kind}"
    yield f"d:{where}"
    yield f"d:{where}:trail={asked.trail}"
    if not place.addends and not place.afar:
        yield from _place_of_base(asked, place, d)
        yield from _before_base(asked, place, item)
    yield from _words_of_base(asked, place, item)
    for role in (*TOLD, "received", "gross", "granted"):
        if role in item.roles:
            yield f"d:role={role}:{kind}"
            yield f"d:role={role}:trail={asked.trail}"
    yield from named_true(
        {
            f"d:no_result:{kind}": not is_result(item),
            "d:hedged": HEDGED in d.tags,
            f"d:planned:{asked.trail}": PLANNED in d.tags,
            f"d:total:{where}": "total" in d.tags,
            "d:total": "total" in d.tags,
            f"d:main:{where}": place.node.main is item,
            f"d:under:{where}": place.under,
            "d:no_unit": not d.unit_is_near and d.kind is MentionKind.COUNT and not place.addends,
        }
    )


def _place_of_base(asked: Asked, place: Place, d: Mention) -> Iterator[str]:
    """Where a base of the percentage's own passage stands."""
    node, p = asked.node, asked.stated.mention
    if place.node is not node:
        return
    depth = depth_of(d, p)
    yield f"d:{place.where}:depth={depth}"
    if d.first > p.last:
        yield f"d:{place.where}{min(place.steps, 1)}:join={_join(asked.text, node, p, d)}:{depth}"
    if any(each.owner == place.item.order for each in stated_near(node, p.first, WINDOW)):
        yield "d:has_share"


def _before_base(asked: Asked, place: Place, item: Item) -> Iterator[str]:
    reading = asked.text.prose.reading_of(place.node.index)
    cue = _cue_of_base(reading, item.mention)
    yield f"d:cue={cue}"
    yield f"d:cue={cue}:{place.where}"
    items = place.node.items
    if 0 <= item.order < len(items) - 1 and items[item.order].mention is item.mention:
        following = items[item.order + 1]
        if following.announced:
            yield f"d:announces={following.announced}:{place.where.rstrip('+')}"
    elif place.node.passage.text.rstrip().endswith(":"):
        yield f"d:opens:{place.where.rstrip('+')}"


def _cue_of_base(reading: Reading, d: Mention) -> str:
    """What the words right before a figure say of its being a base."""
    cues = reading.cues_between(max(0, d.first - 6), d.first)
    tags = [tag for cue in cues[-2:] for tag in cue.tags]
    return next((tag for tag in _JOINS if tag in tags), "none")


def _words_of_base(asked: Asked, place: Place, item: Item) -> Iterator[str]:
    book, where = asked.text.book, place.where.rstrip("+")
    fold = asked.text.prose.lexicon.fold
    if asked.trail_words:
        unit = {fold(word) for word in item.mention.unit.split()}
        met = len(asked.trail_words & {*item.words, *unit})
        some = "all" if met == len(asked.trail_words) else "some" if met else "none"
        yield f"d:trail={some}"
        yield f"d:trail={some}:{where}"
        if met and set(item.lead) & asked.trail_words:
            yield "d:trail_lead"
    named = asked.trail_roles & book.telling
    if named:
        yield f"d:trail_roles={'met' if named & item.roles else 'none'}"
    if asked.lead_words:
        met = len(asked.lead_words & set(item.words))
        yield f"d:label={'some' if met else 'none'}"


# ── both ─────────────────────────────────────────────────────────────────────────────────────────


def traits_of_pair(asked: Asked, part: Place, base: Place) -> Iterator[str]:
    """What speaks for two figures' belonging together."""
    n, d = part.item, base.item
    a, b = n.mention, d.mention
    kind = asked.kind
    if base.under and base.item.order == n.order and base.node is part.node and not part.under:
        yield "h:fraction"
        yield f"h:fraction:{kind}"
    elif n.base is not None:
        yield "h:not_fraction"
    yield f"h:order={_order(asked, part, base)}"
    yield f"h:{part.where.rstrip('+')}/{base.where.rstrip('+')}"
    yield f"h:unit={_unit(n, d)}:{kind}"
    if part.afar or base.afar:
        beside = "one" if part.node is base.node else "two"
        yield f"h:{part.where}/{base.where}:{beside}"
        yield f"h:{part.where}/{base.where}:{beside}:{part.steps if part.afar else base.steps}"
    elif part.node is base.node and not part.addends and not base.addends and not base.under:
        yield from _together(asked, part, base)
    if part.addends and base.addends:
        yield "h:both_added"
    if part.addends and base.keys & part.keys:
        yield "h:base_in_part"
    if base.addends:
        yield f"h:sum={'in' if part.keys <= base.keys else 'out'}:{base.where}"
    listed = asked.lists.get(a.key)
    if listed is not None and not part.addends:
        is_total = listed.total.mention is b
        yield f"h:list={'total' if is_total else 'other'}:{'sure' if listed.sure else 'open'}"
        if any(each.mention is b for each in listed.parts):
            yield "h:parts_of_one_list"
    yield from _roles_of_pair(asked, part, base)


def _order(asked: Asked, part: Place, base: Place) -> str:
    """In which order numerator, base and percentage stand, and how near the two figures are."""
    spots = sorted(
        [
            (part.mention.key, "n"),
            (base.mention.key, "d"),
            ((asked.node.index, asked.stated.mention.first), "p"),
        ]
    )
    near = ""
    if part.node is base.node:
        near = str(min(3, abs(part.item.order - base.item.order)))
        near += "s" if part.mention.sentence == base.mention.sentence else "-"
    return "".join([name for _, name in spots]) + near


def _together(asked: Asked, part: Place, base: Place) -> Iterator[str]:
    a, b = part.mention, base.mention
    first = "dn" if b.first < a.first else "nd"
    apart = abs(part.item.order - base.item.order)
    yield f"h:{first}:depth={depth_of(b, a)}"
    if apart == 1:
        yield f"h:join={first}:{_join(asked.text, part.node, *((b, a) if first == 'dn' else (a, b)))}"
    if a.sentence == b.sentence and apart <= WINDOW:
        yield f"h:{first}:parted={part.node.is_parted(*((b, a) if first == 'dn' else (a, b)))}"
        between = range(min(part.item.order, base.item.order) + 1, max(part.item.order, base.item.order))
        alike = sum(
            [same_unit(part.node.items[at], base.item) for at in between if at < len(part.node.items)]
        )
        yield f"h:{first}:alike={min(alike, 2)}"
        yield f"h:{first}:shares={shares_between(part.node, a, b)}"
    if (
        first == "nd"
        and part.item.order + 1 == base.item.order
        and a.first < b.first < asked.stated.mention.first
    ):
        yield f"h:nd:cue={_cue_of_base(asked.text.prose.reading_of(part.node.index), b)}"


def _join(text: Text, node: Node, one: Mention, other: Mention) -> str:
    """What stands between two figures that follow each other."""
    reading = text.prose.reading_of(node.index)
    cues = reading.cues_between(one.last, other.first)
    tags = {tag for cue in cues for tag in cue.tags}
    found = next((tag for tag in _JOINS if tag in tags), "")
    tokens = reading.tokens[one.last : min(other.first, one.last + 40)]
    marks = {t.key for t in tokens if t.kind is TokenKind.MARK}
    mark = next((key for key in ".;:(,=" if key in marks), "")
    return f"{mark}{found}"


def _unit(one: Item, other: Item) -> str:
    a, b = one.mention, other.mention
    if a.unit_is_near and b.unit_is_near:
        return "same" if a.unit == b.unit else "group" if a.group == b.group else "other"
    if a.noun and a.noun == b.noun:
        return "noun"
    if not same_unit(one, other):
        return "clash"
    return f"unknown{'n' if not a.unit_is_near else ''}{'d' if not b.unit_is_near else ''}"


def _roles_of_pair(asked: Asked, part: Place, base: Place) -> Iterator[str]:
    book = asked.text.book
    n, d = part.item, base.item
    mine = n.roles | (asked.lead_roles & book.telling)
    wanted = frozenset([role for parts, of in book.bases if mine & parts for role in of])
    if wanted:
        yield f"h:role_base={'yes' if wanted & d.roles else 'no'}"
    telling = d.roles & book.telling
    if telling:
        yield "h:roles=" + (
            "narrower" if telling < n.roles else "same" if telling == n.roles & book.telling else "other"
        )
    stop = asked.text.prose.lexicon.stop
    own, other = {w for w in n.lead if w not in stop}, {w for w in d.lead if w not in stop}
    if own and other:
        met = len(own & other)
        yield f"h:lead={'all' if met == len(own) or met == len(other) else 'some' if met else 'none'}"


# ── beside others ────────────────────────────────────────────────────────────────────────────────


def traits_of_kin(pair: Candidate, kin: Sequence[Guess]) -> Iterator[str]:
    """What the other percentages of the passage or list are of, the nearest first, says of a pair."""
    if not kin:
        yield "k:alone"
        return
    part, base = pair.part.keys, pair.base.keys
    way = pair.form, pair.part.where, min(pair.part.steps, 3), pair.base.where
    agreeing = sum([guess.base.keys == base for guess in kin])
    alike = sum([guess.way_there == way for guess in kin])
    many = "m" if len(kin) > 1 else "1"
    yield f"k:base={min(agreeing, 3)}of{many}"
    yield f"k:rel={min(alike, 3)}of{many}"
    if agreeing == len(kin):
        yield f"k:base=all{many}"
    if alike == len(kin):
        yield f"k:rel=all{many}"
    if any(guess.part.keys == part for guess in kin):
        yield "k:taken"
    if any(guess.part.keys == base for guess in kin):
        yield "k:chain"
    if any(guess.base.keys == part for guess in kin):
        yield "k:part_is_base"
