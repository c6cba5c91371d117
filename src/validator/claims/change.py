"""Changes: what a figure was, what it is, and by how much or how many per cent it rose or fell."""

from __future__ import annotations

from typing import TYPE_CHECKING

from validator.claims.addition import sum_claim
from validator.claims.change_span import counts_alike, find_spans
from validator.claims.claim import Claim, ClaimVerdict
from validator.claims.compared import COMPARED, is_compared, opened_against
from validator.claims.grown import DOWN, UP, Change, grown_by_both, grown_by_share, sum_of_change, way_of
from validator.claims.judge import adds_up
from validator.claims.risen import risen_of
from validator.claims.share_part import roles_in
from validator.claims.structure import same_unit
from validator.text.mention import MentionKind
from validator.text.qualifier import CHANGED, DOWNWARD, HEDGED, PLANNED, UPWARD
from validator.text.token import TokenKind

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    from validator.claims.claim import MentionKey
    from validator.claims.share_told import Told
    from validator.claims.structure import Node, Text
    from validator.claims.sum_list import Listed
    from validator.text.item import Item, Stated
    from validator.text.mention import Mention


def find_changes(text: Text, told: Told, lists: Mapping[MentionKey, Listed]) -> Iterator[Claim]:
    """Yield the changes whose figures the words give, whether or not they agree."""
    for node in text.nodes.values():
        for item in node.items:
            if way := way_of(item.roles):
                yield from _by_count(text, told, node, item, way, lists)
        for stated in node.found.stated:
            if way := way_of(stated.roles) or _way_of_count(text, node, stated):
                yield from _by_share(text, told, node, stated, way, lists)
        yield from find_spans(text, node)


def _way_of_count(text: Text, node: Node, stated: Stated) -> str:
    """The way of ``up by C, or p %``: that of the count, if nothing but a word for shares stands between."""
    by = _count_of_change(text, node, stated)
    reading = node.found.reading
    if by is None or reading is None or len(stated.lead) > _FEW:
        return ""
    return way_of(by.roles) if not stated.lead or text.book.is_said("that_is", stated.lead) else ""


_FEW, _NEAR = 4, 3

# ── by so many ───────────────────────────────────────────────────────────────────────────────────


def _by_count(
    text: Text, told: Told, node: Node, by: Item, way: str, lists: Mapping[MentionKey, Listed]
) -> Iterator[Claim]:
    now = _before_in_sentence(text, node, by)
    then = _inside(text, node, by) or _held_against(text, node, by.mention)
    then = then or _stood_before(text, node, by, now) or _was_planned(text, node, by)
    risen = None
    then = then or opened_against(text, node, by)
    if then is not None and (now is None or now is then):
        risen = risen_of(text, told, node, by, then, lists)
        now = risen.now if risen is not None else None
    if now is None or then is None or not (same_unit(now, by) and same_unit(then, by)):
        return
    if now.mention.kind is not by.mention.kind or then.mention.kind is not by.mention.kind:
        return
    if risen is None and node.is_parted(now.mention, by.mention):
        return  # Another statement, of another year perhaps: "52 in 2024; in 2023 down by 3 on 2022 (50)".
    total, parts = sum_of_change(then.mention, now.mention, by.mention, way)
    verdict = ClaimVerdict.PASS if adds_up(total, parts) else ClaimVerdict.FAIL
    several = risen is None and _is_of_several(node, now, by.mention, then, lists)
    if verdict is ClaimVerdict.FAIL and (several or (risen is not None and not risen.sure)):
        verdict = ClaimVerdict.UNDECIDED
    yield sum_claim(text.prose, total, parts, verdict)


def _is_of_several(
    node: Node, now: Item, by: Mention, then: Item | None, lists: Mapping[MentionKey, Listed]
) -> bool:
    """Whether a change may be one of another figure than the nearest.

    Behind the last part of a list it may be the total's; behind ``a cases, b deaths; last year T`` one
    of either.
    """
    listed = lists.get(now.mention.key)
    if listed is not None and listed.parts[-1] is now and by.depth <= now.mention.depth:
        return listed.total.mention.depth == now.mention.depth
    if then is None or then.mark != ";" or then.mention.first > by.first:
        return False
    before = [i for i in node.before(then) if i.mention.sentence == then.mention.sentence]
    return sum(same_unit(each, then) and each.mention.depth == then.mention.depth for each in before) > 1


def _stood_before(text: Text, node: Node, by: Item, now: Item | None) -> Item | None:
    """``last year 320, now 295, down by 25``; ``120 were planned, 126 done, 6 over the plan``."""
    if now is None or now.mention.depth:
        return None
    then = _period_before(text, node, now)
    if then is None and text.book.ends("beyond", by.lead):
        earlier = [i for i in node.before(now) if i.mention.sentence == now.mention.sentence]
        then = earlier[0] if len(earlier) == 1 and PLANNED in earlier[0].mention.tags else None
    return then if then is not None and then.order + 1 == now.order == by.order - 1 else None


def _was_planned(text: Text, node: Node, by: Item) -> Item | None:
    """``a, p % of the plan (T), over by C``: the plan in brackets behind the share that is of it."""
    then = node.items[by.order - 1] if by.order else None
    reading = node.found.reading
    if then is None or reading is None or then.mention.depth != by.mention.depth + 1 or not node.alone(then):
        return None
    if then.mention.sentence != by.mention.sentence or not text.book.is_said("beyond", by.lead):
        return None
    if roles_in(text, by.trail) & COMPARED:
        return None  # "over by C against …": something else.
    near = [stated.mention for stated in node.stated_near(then) if stated.mention.last <= then.mention.first]
    if not near or near[-1].sentence != by.mention.sentence or near[-1].depth != by.mention.depth:
        return None
    words = [token.key for token in reading.tokens[near[-1].last : then.mention.first]]
    return then if text.book.says("aims", words) and not set(words) & _PARTING else None


def _inside(text: Text, node: Node, by: Item) -> Item | None:
    """``more than in August (T) by C``: the figure in brackets between a change and its count.

    One that nothing says to be of another time is an aim, or the same figure in other units.
    """
    before = node.items[by.order - 1] if by.order else None
    if before is None or before.mention.depth != by.mention.depth + 1:
        return None
    if not node.alone(before) or before.mention.sentence != by.mention.sentence:
        return None
    if not _is_bare(text, node, before.mention.last, by.mention.first):
        return None  # "more than in 2015 (T) after C were handed on"
    found = text.book.find(by.lead)
    named = bool(found) and bool(way_of(found[0][2])) and found[0][0] == 0 and found[0][1] < len(by.lead)
    return before if named or is_compared(text, node, before) else None


def _is_bare(text: Text, node: Node, first: int, last: int) -> bool:
    """Whether but marks and words that say nothing stand between the bracket of one place and another."""
    tokens = node.found.reading.tokens[first:last] if node.found.reading is not None else ()
    closed = next((at for at, token in enumerate(tokens) if token.key in _CLOSING), 0)
    vocabulary, degraded = text.prose.vocabulary, text.prose.degraded
    said = text.prose.lexicon.stop | vocabulary.share_words(degraded=degraded)
    said |= {word for phrase in text.book.lists["filler"] for word in phrase}
    return all(token.key in said for token in tokens[closed:] if token.kind is TokenKind.WORD)


def _before_in_sentence(
    text: Text, node: Node, by: Item | Stated, apart_from: Item | None = None
) -> Item | None:
    """The figure that rose or fell: the one right before in the sentence, no change itself."""
    earlier = [
        item
        for item in node.items_before(by.mention.first)
        if item.mention.sentence == by.mention.sentence
        and item is not apart_from
        and item.mention.depth <= by.mention.depth
        and not item.roles & {UP, DOWN, "change", "compared"}
        and CHANGED not in item.mention.tags
        and not text.book.ends("from_words", item.lead)
        and not (item.mention.tags & _OTHER and not item.mark)
    ]
    # What rose is counted like the change; between them may stand in how many groups it falls.
    alike = [item for item in earlier if counts_alike(item.mention, by.mention)]
    if not earlier or "other_period" in (earlier := alike or earlier)[-1].roles:
        return None
    return earlier[-1]


_OTHER = frozenset({PLANNED, "at:base"})
"""A plan, or what a percentage right before it is of, is not what rose."""


def _held_against(text: Text, node: Node, by: Mention) -> Item | None:
    """The figure that the words after a change hold it against: ``against … (T)``, ``against T``."""
    reading = node.found.reading
    if reading is None:
        return None
    after = next(iter(node.items_after(by.last)), None)
    if after is None or after.mention.sentence != by.sentence:
        return None
    cues = reading.cues_between(by.last, after.mention.first)
    words = [token.key for token in reading.tokens[by.last : after.mention.first]]
    if way_of(roles_in(text, words)) or _begins_another(text, words):
        return None  # Another change begins: "by 5 and down on March (17)".
    is_compared = any("compared" in roles for _, _, roles in text.book.find(words))
    tied = is_compared or any(cue.tags & {"period_base", "neutral", "base"} for cue in cues)
    if not tied or way_of(after.roles):
        return None
    is_share = by.kind is MentionKind.PERCENT
    if not is_compared and not is_share and any(cue.tags & {"plan", "aim"} for cue in cues):
        return None  # What was planned beside what rose: "up by 5 (50 were planned)".
    if after.mark == "and" and not any("period_base" in cue.tags for cue in cues):
        return None  # One more that rose or fell: "by 4 offices and 3 units".
    inner = after.mention.depth == by.depth + 1
    near = [item for item in node.after(after)[:_NEAR] if item.mention.bracket == after.mention.bracket]
    near = [item for item in near if same_unit(item, after)]
    if after.mention.depth and after.mention.bracket != by.bracket and near:
        # "(office one T, office two t, in all S)": what closes the bracket, or nothing.
        closing = [item for item in near if item.closes or "closing" in item.roles]
        return closing[-1] if closing else None
    if inner:
        return after
    return after if after.mention.depth == by.depth and after.mark in {"", "and"} else None


def _begins_another(text: Text, words: list[str]) -> bool:
    """Whether a comparison stands after a mark: ``by C against the plan, against last year (T) up p %``."""
    at = next((index for index in range(len(words) - 1, -1, -1) if words[index] in _PARTING), None)
    if at is None:
        return False
    said_before = bool(roles_in(text, words[:at]) & {"compared", "other_period"})
    opened = "compared" in roles_in(text, words[at:])
    return opened and (words[at] == ";" or said_before)


_CLOSING = frozenset(")]")
_PARTING = frozenset({",", ";"})

# ── by so many per cent ──────────────────────────────────────────────────────────────────────────


def _by_share(
    text: Text, told: Told, node: Node, stated: Stated, way: str, lists: Mapping[MentionKey, Listed]
) -> Iterator[Claim]:
    if stated.mention.kind is not MentionKind.PERCENT or stated.mention.tags & {"at:aim"}:
        return
    by = _count_of_change(text, node, stated)
    if by is not None:
        yield from _by_count_and_share(text, node, by, stated, way)
        return
    named = _held_against(text, node, stated.mention)
    then = named or _level_before(text, node, stated) or _period_before(text, node, stated)
    now = _before_in_sentence(text, node, stated, apart_from=then)
    opened = opened_against(text, node, stated) if named is None else None
    risen = risen_of(text, told, node, stated, opened, lists) if opened is not None else None
    now, then = (now, then) if risen is None else (risen.now, opened)
    if now is None:
        return
    sure = (risen is None or risen.sure) and HEDGED not in stated.mention.tags | now.mention.tags
    sure = sure and not _is_of_several(node, now, stated.mention, then, lists)
    if then is None and now.base is None and (by := _opened_by(node, now, stated, way)) is not None:
        change = Change(now=now.mention, before=by.mention, way=way, sure=sure and not stated.trail)
        # Behind "against last year:" the figure in the bracket may be what there was.
        opening = "compared" in now.scope
        yield from grown_by_both(
            text, change, stated.mention, is_change=True, may_be_before=True, was_now=opening
        )
        return
    signed = bool(stated.mention.tags & {UPWARD, DOWNWARD})
    if now.base is not None and (signed or (then is None and _is_of_plan(text, now, stated))):
        change = Change(now=now.mention, before=now.base, way=way, sure=sure)
        yield grown_by_share(text, change, stated.mention)
    elif then is not None and same_unit(now, then) and now.mention.kind is then.mention.kind:
        ends = signed or any(
            end == len(stated.lead) for _, end, roles in text.book.find(stated.lead) if way_of(roles)
        )
        sure = sure and (named is not None or (ends and _is_of_before(text, node, stated)))
        change = Change(now=now.mention, before=then.mention, way=way, sure=sure)
        yield grown_by_share(text, change, stated.mention)


def _opened_by(node: Node, now: Item, stated: Stated, way: str) -> Item | None:
    """``down by C (N, down p %)``: the count before a bracket that holds what there is and the percentage."""
    by = node.items[now.order - 1] if now.order else None
    if by is None or now.mention.bracket != stated.mention.bracket or by.mention.depth >= now.mention.depth:
        return None
    told = way_of(by.roles) == way and same_unit(by, now) and by.mention.kind is now.mention.kind
    return by if told and node.alone(now) else None


def _by_count_and_share(text: Text, node: Node, by: Item, stated: Stated, way: str) -> Iterator[Claim]:
    """``up by C, or p %``: the percentage is of what there was, named or made of what there is."""
    sure = HEDGED not in stated.mention.tags
    then = _held_against(text, node, stated.mention) or _held_against(text, node, by.mention)
    then = then or _level_before(text, node, by) or _period_before(text, node, by)
    if then is not None:
        if same_unit(then, by):
            yield _share(text, by.mention, then.mention, stated, sure=sure)
        return
    now = _before_in_sentence(text, node, by)
    if now is None or not same_unit(now, by) or now.mention.kind is not by.mention.kind:
        return
    if "at:part_share" in stated.mention.tags:
        return  # "up by 300, making up 15 %": a part of something.
    if now.base is not None or node.is_parted(now.mention, by.mention):
        return
    alone = not any(
        item.order < now.order and item.mention.sentence == by.mention.sentence and same_unit(item, by)
        for item in node.before(now)
    )
    sure = sure and alone and _is_of_before(text, node, stated)
    # With no word of change of its own, a percentage may be of what there is.
    is_change = bool(way_of(stated.roles)) or bool(roles_in(text, stated.trail) & COMPARED)
    change = Change(now=now.mention, before=by.mention, way=way, sure=sure)
    yield from grown_by_both(text, change, stated.mention, is_change=is_change)


def _is_of_before(text: Text, node: Node, stated: Stated) -> bool:
    """Whether no other base is named behind a percentage of change than what there was."""
    reading = node.found.reading
    if reading is None or any(
        "plan" in cue.tags for cue in reading.cues_between(stated.mention.last, stated.mention.last + _FEW)
    ):
        return False
    return not stated.trail or bool(roles_in(text, stated.trail) & COMPARED)


def _count_of_change(text: Text, node: Node, stated: Stated) -> Item | None:
    """``up by C (up p %)``, ``up by C on last year (T), or p %``: the count that the percentage repeats."""
    earlier = [
        item
        for item in node.items_before(stated.mention.first)
        if item.mention.depth <= stated.mention.depth and item.mention.sentence == stated.mention.sentence
    ]
    last = earlier[-1] if earlier else None
    if last is None or node.is_parted(last.mention, stated.mention):
        return None  # Another comparison begins: "over by C; on last year up p %".
    if text.book.ends("from_words", last.lead):
        return None  # "up from 20 last year": what it was.
    reading = node.found.reading
    between = reading.tokens[last.mention.last : stated.mention.first] if reading is not None else ()
    if _begins_another(text, [token.key for token in between]):
        return None
    return last if way_of(last.roles) and last.mention.kind is not MentionKind.PERCENT else None


def _period_before(text: Text, node: Node, by: Item | Stated) -> Item | None:
    """The figure of another time that the sentence names before a change: ``against last year (T), …``."""
    earlier = [
        item
        for item in node.items_before(by.mention.first)
        if item.mention.sentence == by.mention.sentence and not way_of(item.roles)
    ]
    own = [item for item in earlier if not node.is_parted(item.mention, by.mention)]
    if own != earlier:
        # What does not open the sentence is said of its own clause; a clause may open with its own.
        opens = is_compared(text, node, earlier[0])
        earlier = own if not opens or any(is_compared(text, node, item) for item in own) else earlier
    against = [item for item in earlier if is_compared(text, node, item)]
    if not against:
        return None
    first = against[0].mention
    beside = [item for item in earlier if item.mention.bracket == first.bracket] if first.depth else against
    named = [item for item in beside if item.roles & by.roles - {"change", UP, DOWN}]
    found = named or beside
    return found[0] if len(found) == 1 else None


def _level_before(text: Text, node: Node, by: Item | Stated) -> Item | None:
    """``From T down to t (down by a, or p %)``, ``t, up from T, …``: the level that the change began at."""
    earlier = [
        item
        for item in node.items_before(by.mention.first)
        if item.mention.sentence == by.mention.sentence
        and item.mention.depth <= by.mention.depth
        and not node.is_parted(item.mention, by.mention)
    ]
    near = earlier[-_FROM_AND_TO:]
    return next((each for each in reversed(near) if text.book.says("from_words", each.lead[-1:])), None)


_FROM_AND_TO = 2


def _is_of_plan(text: Text, now: Item, stated: Stated) -> bool:
    """Whether the words after a change name the plan it is held against, and no percentage is meant."""
    reading, end = text.prose.reading_of(stated.mention.passage), stated.mention.last
    beside = reading.mentions_between(now.mention.last, end + _FAR)
    if any(m.kind is MentionKind.PERCENT and m is not stated.mention for m in beside):
        return False
    return any("plan" in cue.tags for cue in reading.cues_between(end, end + 2))


_FAR = 24


def _share(text: Text, by: Mention, then: Mention, stated: Stated, *, sure: bool) -> Claim:
    from validator.claims.judge import judge_share
    from validator.claims.share_claim import Pair, share_claim

    verdict = judge_share(by, then, stated.mention)
    if verdict is ClaimVerdict.FAIL and not sure:
        verdict = ClaimVerdict.UNDECIDED
    return share_claim(text.prose, Pair(part=by, whole=then), stated.mention, verdict)
