"""From one level to another: ``fell from 24 to 19, by 5 or 20.8 %``: its way, and by how much."""

from __future__ import annotations

from itertools import pairwise
from typing import TYPE_CHECKING

from validator.claims.addition import sum_claim
from validator.claims.at_most import is_at_most, numbers_of
from validator.claims.claim import ClaimKind, ClaimVerdict
from validator.claims.grown import DOWN, UP, Change, grown_by_share, is_sort, sum_of_change, way_of
from validator.claims.identity_word import load_identity
from validator.claims.judge import adds_up
from validator.claims.prose import make_claim
from validator.claims.stretch import find_stretches
from validator.model.record import record
from validator.text.mention import MentionKind
from validator.text.qualifier import HEDGED

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from validator.claims.claim import Claim
    from validator.claims.identity_word import IdentityWords
    from validator.claims.structure import Text
    from validator.text.mention import Mention, Reading

_STOPS = frozenset(".;!?")
_MOST_BETWEEN, _MOST_AFTER, _MOST_BEFORE = 12, 14, 16
_PASSED = frozenset(",:(–-")


@record
class _Move:
    """Two levels, which way the words around them go, and where in the sentence they stand."""

    start: Mention
    end: Mention
    way: str


def find_moved(text: Text) -> Iterator[Claim]:
    """Yield what is said of the way from one level to another."""
    words = load_identity(text.prose.vocabulary.name, degraded=text.prose.degraded)
    for node in text.nodes.values():
        reading = node.found.reading
        if reading is None or len(reading.mentions) < 2:
            continue
        figures = [m for m in reading.mentions if m.kind is not MentionKind.NAME]
        for at, (one, other) in enumerate(pairwise(figures)):
            move = _move(text, reading, one, other, figures[at - 1] if at else None)
            if move is None:
                continue
            if move.way:
                yield _directed(text, move)
            yield from _changes(text, reading, words, move, figures, at)


def _keys(reading: Reading, first: int, last: int) -> list[str]:
    return [token.key for token in reading.tokens[first:last]]


def _move(text: Text, reading: Reading, one: Mention, other: Mention, before: Mention | None) -> _Move | None:
    """Two levels: "from" stands right before the first, "to" right before the second."""
    if one.sentence != other.sentence or one.bracket != other.bracket or one.role or other.role:
        return None
    if not is_sort(one, other) or one.odd or other.odd or MentionKind.POINTS in {one.kind, other.kind}:
        return None
    between = _keys(reading, one.last, other.first)
    start = before.last if before is not None and before.sentence == one.sentence else 0
    lead = _keys(reading, max(start, one.first - _MOST_BEFORE), one.first)
    if len(between) > _MOST_BETWEEN or not text.book.ends("from_words", lead):
        return None
    if not text.book.ends("to_words", between) or _STOPS & set(between):
        return None
    if text.book.says("ranked", lead + between) or "after:vague_after" in one.tags:
        return None
    if "," in between and not _goes_on(text, between):
        return None
    return _Move(start=one, end=other, way=_way_between(text, _after_stop(lead), between))


def _goes_on(text: Text, between: Sequence[str]) -> bool:
    """Whether nothing new is named behind a comma: ``from 45 in 2023, up to 52``."""
    rest = between[len(between) - list(reversed(between)).index(",") :]
    known = {at for first, end, _ in text.book.find(rest) for at in range(first, end)}
    known |= {len(rest) - 1, len(rest) - 2}
    stop = text.prose.lexicon.stop
    return all(at in known or key in stop for at, key in enumerate(rest))


def _after_stop(keys: Sequence[str]) -> list[str]:
    """The words behind the last mark that ends a statement."""
    at = max((place for place, key in enumerate(keys) if key in _STOPS or key == ","), default=-1)
    return list(keys[at + 1 :])


def _way_between(text: Text, lead: Sequence[str], between: Sequence[str]) -> str:
    """The way that the word before the second level says, else that of all words around both, if one.

    Before them may stand what is done, not which way the figure went: "work faster, from 10 days down to 7".
    """
    for name, way in (("rise_words", UP), ("fall_words", DOWN)):
        if text.book.ends(name, between):
            return way
    roles = [roles for keys in (lead, between) for _, _, roles in text.book.find(keys)]
    ways = {way for each in roles if (way := way_of(each))}
    ways |= {DOWN} if text.book.ends("left_words", between) else set()
    return next(iter(ways)) if len(ways) == 1 else ""


def _directed(text: Text, move: _Move) -> Claim:
    small, large = (move.start, move.end) if move.way == UP else (move.end, move.start)
    holds = is_at_most(small, large)
    return make_claim(
        text.prose,
        ClaimKind.LEQ,
        ClaimVerdict.PASS if holds else ClaimVerdict.FAIL,
        (move.start, move.end),
        numbers_of(small, large),
        reason="" if holds else "goes-the-other-way",
        cure={} if holds else {"before": move.start.text, "now": move.end.text},
        roles=("before", "now"),
    )


# ── by how much ──────────────────────────────────────────────────────────────────────────────────


def _changes(
    text: Text, reading: Reading, words: IdentityWords, move: _Move, figures: Sequence[Mention], at: int
) -> Iterator[Claim]:
    if at and (way := _announces(text, reading, figures[at - 1], move)):
        yield from _by(text, move, figures[at - 1], way, sure=True)
    last, way, sure = move.end, "", True
    for by in figures[at + 2 : at + 4]:
        if by.sentence != last.sentence or by.depth - move.end.depth not in {0, 1}:
            return
        way = _way_before(text, reading, last, by, after=way)
        if not way:
            return
        sure = sure and _is_of_move(text, reading, words, move, by)
        yield from _by(text, move, by, way, sure=sure)
        last = by


def _announces(text: Text, reading: Reading, by: Mention, move: _Move) -> str:
    """The way of a change right before its levels: ``up 20 %: from 1.500 to 1.800``."""
    if by.sentence != move.start.sentence or move.start.depth - by.depth not in {0, 1}:
        return ""
    between = [key for key in _keys(reading, by.last, move.start.first) if key not in _PASSED]
    own = len(by.unit.split()) if by.unit_is_near and by.kind is MentionKind.COUNT else 0
    if not any(tuple(between[own:]) == phrase for phrase in text.book.lists["from_words"]):
        return ""
    near = _keys(reading, max(0, by.first - _MOST_BEFORE), by.first)
    found = text.book.find(_after_stop(near))
    return way_of(found[-1][2]) if found and found[-1][1] == len(_after_stop(near)) else ""


def _way_before(text: Text, reading: Reading, last: Mention, by: Mention, *, after: str) -> str:
    """The way of the words right before a figure; of a second one that repeats the first, its way."""
    keys = _keys(reading, last.last, by.first)
    if len(keys) > _MOST_AFTER or _STOPS & set(keys):
        return ""
    plain = [key for key in keys if key not in _PASSED]
    found = text.book.find(plain)
    if any("compared" in roles or ("join" in roles and "change" not in roles) for _, _, roles in found):
        return ""
    if text.book.says("of_which", plain) or ("," in keys and not _goes_on(text, [*keys, ""])):
        return ""
    ways = [(end, way) for _, end, roles in found if (way := way_of(roles))]
    if ways:
        return ways[-1][1] if ways[-1][0] == len(plain) else ""
    own = len(last.unit.split()) if last.unit_is_near else 0
    said = plain[own:]
    repeats = by.kind is MentionKind.PERCENT and (not said or text.book.is_said("that_is", said))
    return after if repeats else ""


def _is_of_move(text: Text, reading: Reading, words: IdentityWords, move: _Move, by: Mention) -> bool:
    """Whether a change is not said to be against something else than the level that it began at."""
    if HEDGED in by.tags:
        return False
    own = by.last + (len(by.unit.split()) if by.unit_is_near and by.kind is MentionKind.COUNT else 0)
    after = reading.tokens[own : own + _MOST_AFTER]
    stop = next((at for at, token in enumerate(after) if token.key in _STOPS | {",", ")"}), len(after))
    keys = [token.key for token in after[:stop]]
    if not any("compared" in roles for _, _, roles in text.book.find(keys)):
        return not keys  # "up 30 % of the pupils": of something else.
    if any("plan" in cue.tags for cue in reading.cues_between(own, own + stop)):
        return False
    began = {each for _, each in find_stretches(reading.tokens[move.start.last : move.end.first], words)}
    named = {each for _, each in find_stretches(after[:stop], words)}
    return not began or any(one.may_be(other) for one in began for other in named)


def _by(text: Text, move: _Move, by: Mention, way: str, *, sure: bool) -> Iterator[Claim]:
    """A change between two levels: by a count, in points, or in per cent."""
    one, other = move.start, move.end
    levels_are_shares = one.kind is MentionKind.PERCENT
    if is_sort(by, one) or (by.kind is MentionKind.POINTS and levels_are_shares):
        total, parts = sum_of_change(one, other, by, way)
        holds = adds_up(total, parts)
        change = Change(now=other, before=one, way=way, sure=sure)
        if levels_are_shares and by.kind is MentionKind.PERCENT and not holds:
            # Per cent of per cent: points are meant, or a share of what it was.
            claim = grown_by_share(text, change, by)
            if claim.verdict is ClaimVerdict.PASS:
                yield claim
                return
        failed = ClaimVerdict.FAIL if sure else ClaimVerdict.UNDECIDED
        yield sum_claim(text.prose, total, parts, ClaimVerdict.PASS if holds else failed)
    elif by.kind is MentionKind.PERCENT:
        yield grown_by_share(text, Change(now=other, before=one, way=way, sure=sure), by)
