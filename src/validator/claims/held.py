"""What is said to be above or below something: last year's figure, the plan, an aim."""

from __future__ import annotations

from itertools import pairwise
from typing import TYPE_CHECKING

from validator.claims.at_most import compared, is_at_most
from validator.claims.claim import ClaimVerdict
from validator.claims.grown import DOWN, UP, is_sort, way_of
from validator.model.record import record
from validator.text.mention import MentionKind
from validator.text.qualifier import CHANGED, EARLIER, HEDGED, PLANNED
from validator.text.token import TokenKind

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from validator.claims.claim import Claim
    from validator.claims.structure import Text
    from validator.text.mention import Mention, Reading
    from validator.text.token import Token

_STOPS = frozenset(".;!?:")
_MOST_BETWEEN, _MOST_UNKNOWN = 24, 3
_NOT_NOW = frozenset({CHANGED, EARLIER, PLANNED})
MET, UNMET = "met", "unmet"


@record
class _Held:
    """A figure, what it is held against, and how the words say it stands to it.

    ``sure``: nothing else in the sentence may be meant; ``explicit``: what it is held against is said to
    be a level, and not a difference.
    """

    now: Mention
    then: Mention
    way: str
    said: str
    sure: bool
    explicit: bool
    is_bound: bool = False


def find_held(text: Text) -> Iterator[Claim]:
    """Yield the figures that are said to be above or below another one of their sentence."""
    for node in text.nodes.values():
        reading = node.found.reading
        if reading is None or len(reading.mentions) < 2:
            continue
        figures = [m for m in reading.mentions if m.kind is not MentionKind.NAME]
        pairs = [*pairwise(figures), *_around_shares(figures), *_around_others(figures)]
        for one, other in dict.fromkeys(pairs):
            if one.sentence != other.sentence or not is_sort(one, other) or one.kind is MentionKind.POINTS:
                continue
            if one.role or other.role or one.odd or other.odd:
                continue
            held = _against(text, reading, one, other) or _after_plan(text, reading, one, other)
            if held is not None and not held.now.tags & _NOT_NOW:
                alone = not any(
                    each.sentence == one.sentence and each.first < one.first and is_sort(each, one)
                    for each in figures
                )
                yield _claim(text, held, sure=held.sure and alone)


def _around_shares(figures: Sequence[Mention]) -> list[tuple[Mention, Mention]]:
    """Figures with one percentage between them: "46 ha, 92 % of the 50 ha planned"."""
    return [
        (one, other)
        for one, share, other in zip(figures, figures[1:], figures[2:], strict=False)
        if share.kind is MentionKind.PERCENT and one.kind is not MentionKind.PERCENT
    ]


def _around_others(figures: Sequence[Mention]) -> list[tuple[Mention, Mention]]:
    """Figures with none between them but bracketed ones, shares and changes: what is held against the last.

    ``78 % (39/50 units), below the target of 80 %``; ``39 schools, 3 more than (36), over the plan (41)``.
    """
    pairs: list[tuple[Mention, Mention]] = []
    last: Mention | None = None
    for one, other in pairwise(figures):
        is_aside = one.depth or one.tags & _NOT_NOW or one.role
        if not is_aside and (last is None or last.sentence != one.sentence or is_sort(one, last)):
            last = one
        if last is not None and last is not one:
            pairs.append((last, other))
    return pairs


def _against(text: Text, reading: Reading, now: Mention, then: Mention) -> _Held | None:
    """``154, more than last year (141)``; ``78,4 %, above the target of 80 %``."""
    if then.depth - now.depth not in {0, 1} and not _closes(reading, now, then):
        return None
    between = reading.mentions_between(now.last, then.first)
    start = max((m.last for m in between if m.kind is not MentionKind.NAME), default=now.last)
    if then.first - start > _MOST_BETWEEN or reading.sentences[start - 1] != now.sentence:
        return None
    tokens = reading.tokens[start : then.first]
    keys = [token.key for token in tokens]
    if _STOPS & set(keys) or (start != now.last and not _may_skip(text, between, keys)):
        return None
    found = _worded(text, keys)
    if found is None:
        return None
    way, first, end = found
    sure = not _has_subject(text, keys[:first]) and _is_whole(text, reading, then)
    is_bound = HEDGED in now.tags
    if end == len(keys) - 1 and text.book.ends("from_words", keys):
        base, explicit = len(keys), True  # "up from 141 last year"
    else:
        reached = _end_of_base(text, keys, first, end)
        base = max(end, reached)
        if text.book.ends("level_words", keys) and not reached and len(keys) - end <= _MOST_UNKNOWN:
            base = reached = len(keys)  # "above the level of 95 %"
        if not reached or "," in keys[first:] or not _leads_to(text, tokens[base:]):
            return None
        is_level = (
            text.book.ends("link_words", keys)
            or text.book.ends("level_words", keys)
            or _is_timed(text, keys[base:])
        )
        explicit = way in {MET, UNMET} or is_level or _is_rate_of_aim(text, reading, now, then, keys[first:])
        is_bound = is_bound or HEDGED in then.tags
    said = " ".join(token.text for token in tokens[first:base])
    return _Held(now=now, then=then, way=way, said=said, sure=sure, explicit=explicit, is_bound=is_bound)


def _is_rate_of_aim(text: Text, reading: Reading, now: Mention, then: Mention, keys: Sequence[str]) -> bool:
    """``98 %, above the target of 95 %``: a rate and an aim, unless the first is a part of a plan itself."""
    if now.kind is not MentionKind.PERCENT or then.kind is not MentionKind.PERCENT:
        return False
    behind = [token.key for token in reading.tokens[now.last : now.last + _MOST_UNKNOWN]]
    return text.book.says("aims", keys) and not text.book.starts("aims", behind)


def _may_skip(text: Text, between: Sequence[Mention], keys: Sequence[str]) -> bool:
    """Whether an aim is meant, of a figure farther off: another time, or what is so far, is of the last."""
    is_aim = text.book.says("aims", keys) or text.book.ends("level_words", keys)
    return is_aim and not any("so_far" in m.tags for m in between)


def _closes(reading: Reading, now: Mention, then: Mention) -> bool:
    """Whether a percentage stands at the end of a bracket, and what it is held against behind it."""
    is_end = reading.tokens[now.last : now.last + 1] and reading.tokens[now.last].key == ")"
    return bool(is_end) and now.kind is MentionKind.PERCENT and now.depth == then.depth + 1


def _leads_to(text: Text, tokens: Sequence[Token]) -> bool:
    """Whether the words between what a figure is held against and its figure name little else."""
    keys = [token.key for token in tokens]
    stop = text.prose.lexicon.stop
    unknown = [token for token in tokens if token.kind is TokenKind.WORD and token.key not in stop]
    return len(unknown) <= _MOST_UNKNOWN and not _way_in(text, keys)


def _after_plan(text: Text, reading: Reading, one: Mention, other: Mention) -> _Held | None:
    """``the target was 80 %, 78,4 % were reached, above the target``; ``46 of the 50 planned, over plan``."""
    plans = [m for m in (one, other) if _is_planned(text, reading, m)]
    if len(plans) != 1 or one.bracket != other.bracket:
        return None
    worded = words_of_aim(text, reading, other.last)
    if worded is None:
        return None
    way, said = worded
    plan, now = plans[0], other if plans[0] is one else one
    is_bound = HEDGED in now.tags or "at:vague" in plan.tags
    return _Held(now=now, then=plan, way=way, said=said, sure=True, explicit=True, is_bound=is_bound)


def _is_planned(text: Text, reading: Reading, m: Mention) -> bool:
    before = [token.key for token in reading.tokens[max(0, m.first - 2) : m.first]]
    return PLANNED in m.tags or text.book.ends("aims", before)


def words_of_aim(text: Text, reading: Reading, first: int) -> tuple[str, str] | None:
    """How the words from a token up to the end of the sentence, with no figure among them, stand to an aim.

    The aim is the one spoken of before: words that say whose it is may mean another one.
    """
    after = reading.tokens[first : first + _MOST_BETWEEN]
    stop = next((at for at, token in enumerate(after) if token.key in _STOPS), len(after))
    following = next((m for m in reading.mentions_from(first) if m.kind is not MentionKind.NAME), None)
    if following is not None and following.first < first + stop:
        return None
    keys = [token.key for token in after[:stop]]
    found = _worded(text, keys)
    if found is None:
        return None
    way, begin, end = found
    base = max(end, _end_of_base(text, keys, begin, end))
    rest = keys[base:]
    known = {at for a, b, roles in text.book.find(rest) if "assigned" in roles for at in range(a, b)}
    known |= {at for at, key in enumerate(rest) if text.book.says("setters", (key,))}
    stops = text.prose.lexicon.stop
    own = all(at in known or key in stops for at, key in enumerate(rest))
    if not own or not _end_of_base(text, keys, begin, end):
        return None
    return way, " ".join(token.text for token in after[begin:base])


def _has_subject(text: Text, keys: Sequence[str]) -> bool:
    """Whether something else is named behind a comma: "154, of these the urgent ones fewer than …"."""
    clause = keys[max((at for at, key in enumerate(keys) if key in ",()"), default=-1) + 1 :]
    return "," in keys and any(key not in text.prose.lexicon.stop for key in clause)


def _is_whole(text: Text, reading: Reading, then: Mention) -> bool:
    """Whether nothing behind a figure says that it is of a part: "80 % of the communes"."""
    first = then.last + (
        len(then.unit.split()) if then.unit_is_near and then.kind is MentionKind.COUNT else 0
    )
    after = reading.tokens[first : first + _MOST_BETWEEN]
    end = next((at for at, token in enumerate(after) if token.kind is not TokenKind.WORD), len(after))
    keys = [token.key for token in after[:end]]
    found = text.book.find(keys)
    if any("assigned" in roles and close == end for _, close, roles in found):
        return True  # "80 % that the province has set"
    known = {at for begin, close, roles in found if "other_period" in roles for at in range(begin, close)}
    stop = text.prose.lexicon.stop
    if text.book.starts("regarding", keys) and any(key not in stop for key in keys):
        return False  # "80 % for communes"
    return all(
        at in known or key in stop or text.book.says("aims", (key,)) or text.book.says("setters", (key,))
        for at, key in enumerate(keys)
    )


def _worded(text: Text, keys: Sequence[str]) -> tuple[str, int, int] | None:
    """How some words say that a figure stands to another one, and from where to where they say it."""
    for name in (UNMET, MET):
        if (found := text.book.place_of(name, keys)) is not None:
            return name, *found
    ways = [(way, first, end) for first, end, roles in text.book.find(keys) if (way := way_of(roles))]
    if len(ways) != 1:
        return None
    way, first, end = ways[0]
    if first and (keys[first - 1],) in text.book.lists["denied"]:
        return (DOWN if way == UP else UP), first - 1, end
    return way, first, end


def _way_in(text: Text, keys: Sequence[str]) -> bool:
    return any(way_of(roles) for _, _, roles in text.book.find(keys))


def _end_of_base(text: Text, keys: Sequence[str], first: int, end: int) -> int:
    """Where the words end that name what a figure is held against; 0 if none stand near words up to *end*.

    An aim may be named within these words: "over plan".
    """
    named = [
        (at, at + len(phrase))
        for name, start in (("aims", first + 1), ("against", end))
        for phrase in text.book.lists[name]
        for at in range(start, len(keys) - len(phrase) + 1)
        if tuple(keys[at : at + len(phrase)]) == phrase
    ]
    reached = 0
    for at, close in sorted(named):
        if at <= max(reached, end) + 1:
            reached = max(reached, close)
    times = [
        (at, close)
        for at, close, roles in text.book.find(keys[max(reached, end) :])
        if "other_period" in roles
    ]
    return max(reached, end) + times[0][1] if times and times[0][0] < 2 else reached


def _is_timed(text: Text, keys: Sequence[str]) -> bool:
    """Whether words name another time: "(in 2023: 161)"."""
    return any("other_period" in roles for _, _, roles in text.book.find(keys))


def _claim(text: Text, held: _Held, *, sure: bool) -> Claim:
    now, then = held.now, held.then
    above = held.way in {UP, MET}
    small, large = (then, now) if above else (now, then)
    if is_at_most(small, large):
        verdict = ClaimVerdict.PASS if held.explicit else ClaimVerdict.FITS
    else:
        # Below something "(12)" may be below it by 12; more than all of it nothing rises by.
        level = held.explicit or held.way == UP
        certain = sure and level and not held.is_bound and held.way != MET
        verdict = ClaimVerdict.FAIL if certain else ClaimVerdict.UNDECIDED
    return compared(text.prose, now, then, verdict, above=above, said=held.said)
