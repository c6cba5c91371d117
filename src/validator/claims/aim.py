"""Aims and results in two sentences or lines: "Target: 80 %. Reached: 78 %, below the target."."""

from __future__ import annotations

from typing import TYPE_CHECKING

from validator.claims.addition import sum_claim
from validator.claims.at_most import compared, is_at_most
from validator.claims.claim import ClaimVerdict
from validator.claims.grown import DOWN, UP, is_sort, sum_of_change, way_of
from validator.claims.held import MET, UNMET, words_of_aim
from validator.claims.judge import adds_up
from validator.model.record import record
from validator.text.item import Item, Stated
from validator.text.mention import MentionKind
from validator.text.qualifier import CHANGED, EARLIER, HEDGED, PLANNED
from validator.text.token import TokenKind

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from validator.claims.claim import Claim
    from validator.claims.structure import Node, Text
    from validator.text.mention import Mention, Reading

Figure = Item | Stated
_NO_ROLES = frozenset({"change", "other_period", "average", "lacking"})
_PLANNED = frozenset({"aim", "assigned"})
_MOST_BACK, _MOST_SENTENCES, _NEAR = 3, 2, 24
_STOPS, _MARKS = frozenset(".;!?"), frozenset(",()")


@record
class _Judged:
    """A figure with the words behind it that say how it stands to an aim: above it, below it, at it.

    ``by``: the difference, where they name it.
    """

    figure: Figure
    way: str
    said: str
    by: Mention | None = None


def find_aims(text: Text) -> Iterator[Claim]:
    """Yield results with their aims, which another sentence or line states, where words judge them."""
    for node in text.nodes.values():
        reading = node.found.reading
        figures = _figures(node) if reading is not None else ()
        for at, figure in enumerate(figures):
            if reading is None or (judged := _judged(text, reading, figure)) is None:
                continue
            runs = _runs_before(text, node, figures[:at])
            if _is_plan(text, reading, figure):
                result = _nearest(text, figure, runs, planned=False)
                if (
                    result is not None
                    and runs
                    and result not in runs[0]
                    and not _shares_word(text, figure, result)
                ):
                    result = None
                pair = (figure, result) if result is not None else None
            else:
                plan = _nearest(text, figure, runs, planned=True)
                pair = (plan, figure) if plan is not None else None
            if pair is not None and not _is_same_sentence(*pair):
                yield _claim(text, *pair, judged)
                if judged.by is not None:
                    yield _difference(text, *pair, judged)


def _figures(node: Node) -> tuple[Figure, ...]:
    """The counts and percentages of a passage outside brackets, in order."""
    found: list[Figure] = [item for item in node.items if not item.mention.depth]
    found += [stated for stated in node.found.stated if not stated.mention.depth]
    return tuple(sorted(found, key=lambda each: each.mention.first))


def _is_same_sentence(one: Figure, other: Figure) -> bool:
    a, b = one.mention, other.mention
    return (a.passage, a.sentence) == (b.passage, b.sentence)


def _judged(text: Text, reading: Reading, figure: Figure) -> _Judged | None:
    """How the words behind a figure judge it, up to the next figure or the end of its clause."""
    m = figure.mention
    if not _may_stand(text, figure):
        return None
    by = None
    worded = words_of_aim(text, reading, m.last)
    if worded is None and (worded := _by_so_much(text, reading, m.last)) is not None:
        by = next((each for each in reading.mentions_from(m.last) if is_sort(each, m)), None)
    worded = worded or _without_aim(text, reading, m)
    return _Judged(figure=figure, way=worded[0], said=worded[1], by=by) if worded is not None else None


def _may_stand(text: Text, figure: Figure) -> bool:
    """Whether a figure may be an aim or a result: no change, and no part of a plan in per cent."""
    m = figure.mention
    if m.odd or m.role or CHANGED in m.tags or figure.roles & _NO_ROLES:
        return False
    if EARLIER in m.tags and not _is_plan(text, text.prose.reading_of(m.passage), figure):
        return False  # "the target of the year 2026 is 90 %" is none of another time.
    return not (isinstance(figure, Stated) and text.book.starts("aims", figure.trail)) and not text.book.ends(
        "that_is", figure.lead
    )


def _clause(reading: Reading, first: int) -> Sequence[str]:
    tokens = reading.tokens[first : first + _NEAR]
    end = next(
        (at for at, token in enumerate(tokens) if token.kind is TokenKind.NUMBER or token.key in _STOPS),
        len(tokens),
    )
    return [token.key for token in tokens[:end]]


def _by_so_much(text: Text, reading: Reading, first: int) -> tuple[str, str] | None:
    """``…, over the plan by 744 tons``: the words lead to the difference."""
    keys = _clause(reading, first)
    at = text.book.place_of("beyond", keys)
    if at is None:
        return None
    named = {key for phrase in text.book.lists["aims"] for key in phrase}
    stop = text.prose.lexicon.stop
    if any(key not in named and key not in stop for key in keys[at[1] :]):
        return None
    ways = {way for _, _, roles in text.book.find(keys[at[0] :]) if (way := way_of(roles))}
    way = ways.pop() if len(ways) == 1 else DOWN if text.book.says("short", keys) else ""
    return (way, " ".join(keys[at[0] : at[1]])) if way else None


def _without_aim(text: Text, reading: Reading, m: Mention) -> tuple[str, str] | None:
    """Words that judge a result and name no aim: "in time for the year", "within what is allowed".

    Right behind a count they say of what there are so many: "1 item fell short".
    """
    keys = _clause(reading, m.last)
    if m.kind is MentionKind.COUNT:
        marked = next((at for at, key in enumerate(keys) if key in _MARKS), len(keys))
        keys = keys[marked:]
    for name, way in (("missed", UNMET), ("kept", MET)):
        place = text.book.place_of(name, keys)
        if place is None:
            continue
        # "108 short of the standard for teachers" names what it is short of; ", 3 of them …" goes on.
        rest = _up_to_mark(keys[place[1] :])
        known = {at for begin, end, roles in text.book.find(rest) if roles for at in range(begin, end)}
        if all(at in known or key in text.prose.lexicon.stop for at, key in enumerate(rest)):
            return way, " ".join(keys[place[0] : place[1]])
    return None


def _up_to_mark(keys: Sequence[str]) -> Sequence[str]:
    return keys[: next((at for at, key in enumerate(keys) if key in _MARKS), len(keys))]


def _runs_before(text: Text, node: Node, own: Sequence[Figure]) -> list[list[Figure]]:
    """The figures before one, sentence by sentence, then line by line, the nearest first."""
    sentences: dict[int, list[Figure]] = {}
    for figure in own:
        sentences.setdefault(figure.mention.sentence, []).append(figure)
    runs = [sentences[number] for number in sorted(sentences, reverse=True)][: _MOST_SENTENCES + 1]
    for back in range(1, _MOST_BACK + 1):
        before = text.nodes.get(node.index - back)
        if before is None or (node.parent not in {before.index, before.parent}):
            break
        if figures := _figures(before):
            runs.append(list(figures))
    return runs


def _nearest(text: Text, figure: Figure, runs: Sequence[Sequence[Figure]], *, planned: bool) -> Figure | None:
    """The one figure of a sort in the nearest sentence or line that has any; None if there are several."""
    for run in runs:
        found = [
            each
            for each in run
            if is_sort(each.mention, figure.mention)
            and _may_stand(text, each)
            and _is_plan(text, text.prose.reading_of(each.mention.passage), each) is planned
        ]
        if found:
            return found[0] if len(found) == 1 or (not planned and _is_list(found)) else None
    return None


def _is_list(found: Sequence[Figure]) -> bool:
    """Whether a figure heads the list of the others: "27 prizes: 4 first, 9 second, 14 third"."""
    second = found[1]
    return isinstance(second, Item) and bool(second.announced)


def _is_plan(text: Text, reading: Reading, figure: Figure) -> bool:
    """Whether the words before a figure say that it was planned, set or allowed."""
    m = figure.mention
    if PLANNED in m.tags or figure.roles & _PLANNED or _is_limit(text, reading, figure):
        return True
    return text.book.says("aims", figure.lead) and not text.book.says("to_words", figure.lead[-1:])


def _is_limit(text: Text, reading: Reading, figure: Figure) -> bool:
    """Whether a figure is the most that is allowed."""
    first = figure.mention.first
    return text.book.ends("at_most", [token.key for token in reading.tokens[max(0, first - 4) : first]])


def _claim(text: Text, plan: Figure, result: Figure, judged: _Judged) -> Claim:
    then, now = plan.mention, result.mention
    is_limit = _is_limit(text, text.prose.reading_of(then.passage), plan)
    above = judged.way == UP or (judged.way == MET and not is_limit) or (judged.way == UNMET and is_limit)
    small, large = (then, now) if above else (now, then)
    holds = is_at_most(small, large)
    certain = judged.way != MET or is_limit
    certain = certain and HEDGED not in now.tags and (is_limit or HEDGED not in then.tags)
    certain = certain and not _is_of_another(text, plan, result)
    verdict = ClaimVerdict.PASS if holds else ClaimVerdict.FAIL if certain else ClaimVerdict.UNDECIDED
    return compared(text.prose, now, then, verdict, above=above, said=judged.said)


def _difference(text: Text, plan: Figure, result: Figure, judged: _Judged) -> Claim:
    """The claim that the aim and what it was passed by, or the result and what it lacks, add up."""
    then, now, by = plan.mention, result.mention, judged.by or result.mention
    total, parts = sum_of_change(then, now, by, UP if judged.way == UP else DOWN)
    if adds_up(total, parts):
        return sum_claim(text.prose, total, parts)
    sure = HEDGED not in now.tags | then.tags | by.tags and not _is_of_another(text, plan, result)
    verdict = ClaimVerdict.FAIL if sure else ClaimVerdict.UNDECIDED
    return sum_claim(text.prose, total, parts, verdict, "parts-differ-from-total" if sure else "")


def _is_of_another(text: Text, plan: Figure, result: Figure) -> bool:
    """Whether both have words of their own and share none: "140 ha of forest", "208 ha of rice"."""
    one, other = _content(text, plan), _content(text, result)
    # "Of land 8. 2 tasks are not done as planned": what has no unit may be of anything.
    apart = plan.mention.unit_is_near != result.mention.unit_is_near and bool(one or other)
    return (apart or bool(one and other)) and not one & other


def _shares_word(text: Text, plan: Figure, result: Figure) -> bool:
    return bool(_content(text, plan) & _content(text, result))


def _content(text: Text, figure: Figure) -> set[str]:
    words = [*figure.lead, *figure.trail]
    known = {at for first, end, roles in text.book.find(words) if roles for at in range(first, end)}
    for name in ("aims", "outcome", "to_words", "at_most", "done", "filler", "setters", "happening"):
        for phrase in text.book.lists[name]:
            known |= {
                at + step
                for at in range(len(words))
                if tuple(words[at : at + len(phrase)]) == phrase
                for step in range(len(phrase))
            }
    unit = {text.prose.lexicon.fold(word) for word in figure.mention.unit.split()}
    stop = text.prose.lexicon.stop
    return {word for at, word in enumerate(words) if at not in known and word not in stop} - unit
