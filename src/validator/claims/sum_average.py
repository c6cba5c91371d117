"""Averages: a total, how many months or things it is of, and what falls on each of them."""

from __future__ import annotations

from fractions import Fraction
from typing import TYPE_CHECKING

from validator.claims.claim import Claim, ClaimKind, ClaimVerdict
from validator.claims.judge import number_of, written
from validator.claims.prose import make_claim
from validator.text.mention import MentionKind
from validator.text.token import TokenKind

if TYPE_CHECKING:
    from collections.abc import Iterator

    from validator.claims.structure import Node, Text
    from validator.text.item import Item
    from validator.text.mention import Mention, Reading

AVERAGE = "average"
_MOST_SHOWN = 12
_MOST = 999
_NEAR = 6
_STROKE = "/"
_NO_MEASURE = frozenset({AVERAGE, "compared", "whole", "closing"})


def find_averages(text: Text) -> Iterator[Claim]:
    """Yield every average whose total and count stand in its sentence."""
    for node in text.nodes.values():
        reading = node.found.reading
        for item in node.items if reading is not None else ():
            if reading is None or item.mention.odd or not (AVERAGE in item.roles or _is_rate(reading, item)):
                continue
            counts = (_count(reading, item.mention, each) for each in _each(text, reading, item.mention))
            count = next((found for found in counts if found is not None), None)
            total = _total(node, item, count) if count is not None else None
            if count is not None and total is not None:
                yield _claim(text, reading, total.mention, item.mention, count, said=AVERAGE in item.roles)


def _is_rate(reading: Reading, item: Item) -> bool:
    """Whether a figure is so much for each of something: "500.000 dong/gift", "4 people/household"."""
    m = item.mention
    own = len(m.unit.split()) if m.unit_is_near and m.kind is MentionKind.COUNT else 0
    after = reading.tokens[m.last + own : m.last + own + 1]
    return m.unit_is_near and not m.role and bool(after) and after[0].key == _STROKE


def _each(text: Text, reading: Reading, m: Mention) -> Iterator[str]:
    """The words that may be for what the average falls on: "each month 120", "120 dossiers/day"."""
    after = reading.tokens[m.last : m.last + _NEAR]
    words: list[str] = []
    for place, token in enumerate(after[:-1]):
        if token.key == _STROKE:
            yield after[place + 1].key
            return
        if token.kind is not TokenKind.WORD:
            break
        words.append(token.key)
    for _, end, roles in text.book.find(words):
        if AVERAGE in roles and end < len(after):
            yield from (after[end].key, words[end - 1])  # "40 dossiers each day", "… a day"
    yield from (words[at + 1] for at, word in enumerate(words[:-1]) if text.book.says("one", (word,)))
    before = [token.key for token in reading.tokens[max(0, m.first - _NEAR) : m.first]]
    for _, end, roles in reversed(text.book.find(before)):
        if AVERAGE in roles:
            # "ward 7, each …": a word that only says that an average follows is nothing to count.
            said = before[end - 1 : end]
            alone = any(AVERAGE in own for _, _, own in text.book.find(said))
            begin = end if alone else end - 1
            yield from before[begin : end + 1]
            if text.book.says("one", before[end : end + 1]):
                yield from before[end + 1 : end + 2]


def _count(reading: Reading, average: Mention, each: str) -> Mention | None:
    """How many of them there are: the one whole number of the sentence before that word."""
    found = [
        m
        for m in reading.mentions
        if m.sentence == average.sentence
        and m.first != average.first
        and m.last < len(reading.tokens)
        and reading.tokens[m.last].key.rstrip("s") == each.rstrip("s")
        and not m.decimals
        and not m.role
    ]
    return found[0] if len(found) == 1 and 1 < found[0].value <= _MOST else None


def _total(node: Node, item: Item, count: Mention) -> Item | None:
    """The one figure of the sentence that counts what the average does."""
    m = item.mention
    found = [
        other
        for other in (*node.before(item), *node.after(item))
        if other.mention.sentence == m.sentence
        and other.mention.first != count.first
        and other.mention.kind is m.kind
        and other.mention.unit.split()[-1:] == m.unit.split()[-1:]
        and not item.roles - other.roles - _NO_MEASURE
        and not other.roles & {AVERAGE, "change", "aim"}
        and other.base is None
    ]
    if len(found) != 1 or not m.unit or "other_period" in found[0].roles:
        return None
    # "50 this month, 450 in 10 months, 45 a month": the figure that stands with the count is meant.
    reading = node.found.reading
    with_count = reading.mentions_between(count.last, m.first) if reading is not None else ()
    return None if found[0].mention.first < count.first and with_count else found[0]


def _claim(
    text: Text, reading: Reading, total: Mention, average: Mention, count: Mention, *, said: bool
) -> Claim:
    """Judge an average; *said*: words tell that it is one, so that nothing else is multiplied with it."""
    made = average.amount * count.value
    step = _step(average)
    quotient = Fraction(total.amount, count.value)
    # An average is rounded, or cut off, at any of its digits.
    holds = average.amount - Fraction(step, 2) <= quotient < average.amount + step
    verdict = ClaimVerdict.PASS if holds else ClaimVerdict.FAIL
    if not holds and (not said or _is_guess(text, reading, average)):
        verdict = ClaimVerdict.UNDECIDED
    many = int(count.value)
    product = _in_scale_of(total, average, Fraction(made))
    is_listed = many <= _MOST_SHOWN and total.scale == average.scale
    numbers: dict[str, str | tuple[str, ...]] = {
        "total": number_of(total),
        "parts": (number_of(average),) * many if is_listed else (product,),
    }
    failed = verdict is ClaimVerdict.FAIL
    cure = {
        "total": _with_unit(reading, total),
        "average": _with_unit(reading, average),
        "count": count.text,
        "product": product.replace(".", ",") + _with_unit(reading, total).removeprefix(total.text),
    }
    mentions = (total, average, count)
    reason = "average-differs" if failed else ""
    return make_claim(
        text.prose,
        ClaimKind.SUM,
        verdict,
        mentions,
        numbers,
        reason=reason,
        cure=cure if failed else None,
        roles=("total", "average", "count"),
    )


def _in_scale_of(total: Mention, average: Mention, made: Fraction) -> str:
    """What an average makes, in the scale of the total, with no more digits than it has."""
    decimals = max(total.decimals, average.decimals + total.scale - average.scale, 0)
    shown = written(Fraction(made, 10**total.scale), decimals)
    while "." in shown and shown.endswith("0") and len(shown.partition(".")[2]) > total.decimals:
        shown = shown[:-1].removesuffix(".")
    return shown


def _with_unit(reading: Reading, m: Mention) -> str:
    """A figure as it stands there, with its scale and what it counts."""
    shown = reading.quote(m.start, m.end)
    return f"{shown} {m.unit}" if m.unit_is_near and m.kind is MentionKind.COUNT else shown


def _step(m: Mention) -> Fraction:
    """The place of the last digit of a figure that is no zero, in base units."""
    step = Fraction(10) ** (m.scale - m.decimals)
    if m.kind is not MentionKind.PERCENT:
        while m.amount and m.amount % (step * 10) == 0:
            step *= 10
    return step


def _is_guess(text: Text, reading: Reading, m: Mention) -> bool:
    """Whether a word beside that for an average makes a guess of it."""
    near = reading.cues_between(max(0, m.first - _NEAR), m.last + 2)
    vague = [cue for cue in near if "vague" in cue.tags or "vague_after" in cue.tags]
    words = ([token.key for token in reading.tokens[cue.first : cue.last]] for cue in vague)
    return any(not any(AVERAGE in roles for *_, roles in text.book.find(each)) for each in words)
