"""What speaks for a percentage's being of one figure and another: order, marks, words and roles, never size.

The names are those of the weights in ``rules/claims/choosing.yaml``.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from validator.claims.grown import DOWN, UP, way_of
from validator.claims.share_label import telling_words
from validator.claims.share_place import TOLD as ELSEWHERE
from validator.claims.share_place import stated_near
from validator.claims.structure import is_result
from validator.model.record import record
from validator.text.mention import MentionKind
from validator.text.qualifier import CHANGED, DOWNWARD, EARLIER, HEDGED, PLANNED, UPWARD
from validator.text.token import TokenKind

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence

    from validator.claims.claim import MentionKey
    from validator.claims.share_place import Place
    from validator.claims.structure import Node, Text
    from validator.claims.sum_list import Listed
    from validator.text.item import Item, Stated
    from validator.text.mention import Mention, Reading

_CUES = ("growth", "part_share", "rate", "share", "plan", "aim", "vague", "period_base", "link", "total")
_MARKS = frozenset(",;:.()=-–/")
TOLD = ("change", "compared", "other_period", "aim", "whole", "assigned", "average", "closing")
WINDOW = 20
_SIGNED = ((UPWARD, UP), (DOWNWARD, DOWN))


@record
class Asked:
    """A percentage with what is looked at for every figure that it may be of."""

    text: Text
    node: Node
    stated: Stated
    cue: str
    trail: str
    kind: str
    lead_words: frozenset[str]
    trail_words: frozenset[str]
    lead_roles: frozenset[str]
    trail_roles: frozenset[str]
    lists: Mapping[MentionKey, Listed]
    way: str


def asked_of(text: Text, node: Node, stated: Stated, lists: Mapping[MentionKey, Listed]) -> Asked:
    """Look at the words of a percentage once."""
    reading = text.prose.reading_of(node.index)
    m = stated.mention
    way = way_of(stated.roles) or next((each for tag, each in _SIGNED if tag in m.tags), "")
    grown = bool(way) or CHANGED in m.tags or "at:growth" in m.tags
    if grown and not way:
        way = way_of(text.book.named(stated.lead))
    return Asked(
        text=text,
        node=node,
        stated=stated,
        cue=_cue_before(reading, m.first),
        trail=_trail(text, reading, stated),
        kind="grown" if grown else "aim" if m.tags & {PLANNED, "at:aim"} else "plain",
        lead_words=telling_words(text, stated.lead),
        trail_words=telling_words(text, stated.trail[:8]),
        lead_roles=text.book.named(stated.lead),
        trail_roles=text.book.named(stated.trail[:8]),
        lists=lists,
        way=way,
    )


def _cue_before(reading: Reading, first: int) -> str:
    """What stands right before a figure: a cue, a mark or a word."""
    if not first:
        return "start"
    cues = reading.cues_between(max(0, first - 5), first)
    if cues and cues[-1].last == first:
        return next((tag for tag in _CUES if tag in cues[-1].tags), "cue")
    token = reading.tokens[first - 1]
    if token.kind is TokenKind.MARK:
        return token.key
    return "word"


def _trail(text: Text, reading: Reading, stated: Stated) -> str:
    """What follows a percentage."""
    after = stated.mention.last
    cues = reading.cues_between(after, after + 2)
    tags = cues[0].tags if cues else frozenset[str]()
    for tag in ("period_base", "explicit_base", "total", "within", "plan", "base"):
        if tag in tags:
            return tag
    if not stated.trail:
        following = reading.tokens[after : after + 1]
        return following[0].key if following and following[0].kind is TokenKind.MARK else "end"
    return "compared" if "compared" in text.book.named(stated.trail[:3]) else "words"


# ── none ─────────────────────────────────────────────────────────────────────────────────────────


def traits_of_none(asked: Asked, parts: Sequence[Place]) -> Iterator[str]:
    """What speaks for a percentage's being stated alone."""
    m = asked.stated.mention
    near = sum([place.where.startswith("own") for place in parts])
    labelled = "label" if asked.lead_words else "bare"
    yield "none"
    yield f"none:kind={asked.kind}"
    yield f"none:cue={asked.cue}:{labelled}"
    yield f"none:trail={asked.trail}"
    yield f"none:depth={min(m.depth, 1)}:{asked.kind}"
    yield f"none:figures={min(near, 3)}"
    yield f"none:trail={asked.trail}:figures={min(near, 1)}:{labelled}"
    told = min([place.steps for place in parts if place.where == ELSEWHERE], default=None)
    if told is not None:
        yield f"none:told={told}:{asked.kind}"
    if HEDGED in m.tags:
        yield "none:hedged"
    if EARLIER in m.tags:
        yield "none:earlier"
    if asked.stated.roles & {"other_period", "compared"}:
        yield "none:compared"
    if "aim" in asked.stated.roles or "aim" in m.tags:
        yield "none:aim"
    if asked.stated.owner is None:
        yield f"none:no_owner:{labelled}"


# ── the numerator ────────────────────────────────────────────────────────────────────────────────


def traits_of_part(asked: Asked, place: Place) -> Iterator[str]:
    """What speaks for a figure's being the numerator."""
    item, where, p = place.item, place.where, asked.stated.mention
    n = item.mention
    steps = min(place.steps, 3)
    yield f"n:{where}{steps}"
    yield f"n:{where}:cue={asked.cue}"
    yield f"n:{where}{min(steps, 1)}:kind={asked.kind}"
    yield f"n:{where}:trail={asked.trail}"
    if where == "own>" and not asked.text.book.causes.isdisjoint(_between(asked, p, n)):
        yield "n:behind_cause"
    if place.node is asked.node and not place.addends and not place.afar:
        yield from _place_of_part(asked, place, item, steps)
    yield from _words_of_part(asked, place, item)
    for role in TOLD:
        if role in item.roles:
            yield f"n:role={role}:{asked.kind}"
    if item.base is not None and not place.under:
        yield f"n:fraction:{where}"
    yield from named_true(
        {
            "n:no_result": not is_result(item),
            "n:under": place.under,
            "n:no_unit": not n.unit_is_near and n.kind is MentionKind.COUNT,
            "n:total": "total" in n.tags,
        }
    )


def named_true(facts: Mapping[str, bool]) -> list[str]:
    """The names of what holds."""
    return [name for name, holds in facts.items() if holds]


def _place_of_part(asked: Asked, place: Place, item: Item, steps: int) -> Iterator[str]:
    """What stands between a numerator and the percentage in one passage."""
    node, where, n, p = asked.node, place.where, item.mention, asked.stated.mention
    yield f"n:{where}{min(steps, 1)}:depth={depth_of(n, p)}:cue={asked.cue}"
    yield f"n:{where}:{min(steps, 2)}:shares={shares_between(node, n, p)}"
    yield f"n:gap={_gap(asked, n, p)}:{min(steps, 1)}"
    following = node.items[item.order + 1 : item.order + 2]
    if asked.stated.owner == item.order:
        yield f"n:owner:{asked.kind}"
    yield from named_true(
        {
            "n:has_another": _shared_already(node, item, p),
            "n:before_colon": bool(following) and following[0].mark == ":",
            "n:joined": bool(item.order) and item.mark == "and",
        }
    )


def _words_of_part(asked: Asked, place: Place, item: Item) -> Iterator[str]:
    where = place.where.rstrip("+")
    if not asked.lead_words:
        yield f"n:unlabelled:{where}"
    else:
        met = len(asked.lead_words & set(item.words))
        some = (
            "all" if met == len(asked.lead_words) else "most" if 2 * met >= len(asked.lead_words) else "some"
        )
        yield f"n:label={some if met else 'none'}:{where}"
        yield f"n:label={some if met else 'none'}"
    mine = {r for r in asked.lead_roles if r in asked.text.book.telling}
    if mine:
        held = mine & item.roles
        yield f"n:roles={'all' if held == mine else 'some' if held else 'none'}"
    if asked.trail_words:
        met = len(asked.trail_words & set(item.words))
        yield f"n:trail={'all' if met == len(asked.trail_words) else 'some' if met else 'none'}"


def depth_of(one: Mention, other: Mention) -> str:
    """How the bracket of one figure lies to that of another."""
    if one.bracket == other.bracket:
        return "same"
    return "in" if one.depth > other.depth else "out" if one.depth < other.depth else "beside"


def shares_between(node: Node, one: Mention, other: Mention) -> int:
    """How many percentages stand between two figures of a passage, as far as is counted."""
    first, last = sorted((one.first, other.first))
    return min(2, sum([first < s.mention.first < last for s in stated_near(node, last, WINDOW)]))


def _shared_already(node: Node, item: Item, stated: Mention) -> bool:
    """Whether another percentage stands nearer to a figure."""
    for other in stated_near(node, stated.first, WINDOW):
        m = other.mention
        if m is not stated and other.owner == item.order and item.mention.first < m.first < stated.first:
            return True
    return False


def _between(asked: Asked, one: Mention, other: Mention) -> list[str]:
    reading = asked.text.prose.reading_of(asked.node.index)
    return [token.key for token in reading.tokens[one.last : min(other.first, one.last + 40)]]


def _gap(asked: Asked, one: Mention, other: Mention) -> str:
    """The marks and the number of words between two figures of a passage."""
    reading = asked.text.prose.reading_of(asked.node.index)
    first, last = (one.last, other.first) if one.first < other.first else (other.last, one.first)
    tokens = reading.tokens[first : min(last, first + 40)]
    marks = {t.key for t in tokens if t.kind is TokenKind.MARK and t.key in _MARKS}
    mark = next((key for key in ".;:,(=–-" if key in marks), "")
    words = sum(t.kind is TokenKind.WORD for t in tokens)
    return f"{mark}{0 if words < 2 else 1 if words < 5 else 2 if words < 12 else 3}"
