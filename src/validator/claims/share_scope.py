"""What speaks against a figure's being the base of another: its kind, its clause, words that name another."""

from __future__ import annotations

from itertools import takewhile
from typing import TYPE_CHECKING

from validator.claims.judge import bounds, overlap
from validator.claims.structure import same_unit
from validator.text.mention import MentionKind
from validator.text.token import TokenKind

if TYPE_CHECKING:
    from collections.abc import Iterator

    from validator.claims.structure import Node, Text
    from validator.text.item import Item, Stated
    from validator.text.mention import Cue, Mention, Reading

_WHOLE, _PHRASE, _FARTHEST = 100, 2, 40
_BREAKS = frozenset(";.!?")
_THINGS = frozenset({"unit:place", "unit:person", "unit:household", "unit:case", "unit:task", "unit:event"})
_NAMES_BASE = frozenset({"base", "explicit_base", "within"})


def can_be_of(part: Mention, base: Mention) -> bool:
    """Whether one figure may count some of what another does: ``41 units`` are none of ``88.46 points``."""
    if base.kind is not MentionKind.COUNT or not base.decimals or base.scale or part.decimals:
        return True
    if base.group in _THINGS:
        return False  # Things are whole: with decimals it is what they reach on average.
    return not part.unit_is_near or part.unit == base.unit or part.group == base.group != ""


def is_out_of_scope(text: Text, node: Node, stated: Stated, part: Item, base: Mention) -> bool:
    """Whether a pair is but the nearest at hand: restated, from another clause, or not what words name."""
    m = part.mention
    if m.scale != base.scale and overlap(bounds(m), bounds(base)):
        return True  # "76.5 bn, p % of the plan (76,500 m)": the same money once more.
    own = _own_base(node, stated, part)
    if _is_of_another_clause(node, m, stated.mention):
        if own is not None or (stated.mention.value <= _WHOLE and m.amount > base.amount):
            return True
    elif own is not None and base.first < stated.mention.first and own.amount != base.amount:
        return True
    return _is_named_otherwise(text, node, stated, part, base)


def parts_anew(reading: Reading, first: int, last: int) -> bool:
    """Whether words between two figures name another base: ``of T sent out, got a; of those got, b``."""
    return any(
        cue.last - cue.first >= _PHRASE and _named_after(reading, cue)
        for cue in _withins(reading, first, last)
    )


def _withins(reading: Reading, first: int, last: int) -> list[Cue]:
    return [cue for cue in reading.cues_between(first, last) if "within" in cue.tags]


def _named_after(reading: Reading, cue: Cue) -> set[str]:
    """The words from a cue up to the next mark or number."""
    words = takewhile(lambda each: each.kind is TokenKind.WORD, reading.tokens[cue.last :])
    return {token.key for token in words}


def _is_of_another_clause(node: Node, part: Mention, stated: Mention) -> bool:
    """Whether a numerator stands in another sentence or clause, or has a percentage already."""
    if part.passage != node.index or part.first > stated.first:
        return False
    between = any(
        part.last <= each.mention.first < stated.first and each.mention.kind is MentionKind.PERCENT
        for each in node.found.stated
    )
    return part.sentence != stated.sentence or node.is_parted(part, stated) or between


def _own_base(node: Node, stated: Stated, part: Item) -> Mention | None:
    """The base right after a percentage, tied to it by words: ``p % out of T``."""
    reading, m = node.found.reading, stated.mention
    after = node.items_after(m.last)[:1]
    if reading is None or not after or after[0] is part or not same_unit(after[0], part):
        return None
    base = after[0].mention
    tokens = reading.tokens[m.last : base.first]
    if base.sentence != m.sentence or any(each.kind is not TokenKind.WORD for each in tokens):
        return None
    cues = reading.cues_between(m.last, base.first)
    return base if any(cue.tags & _NAMES_BASE for cue in cues) else None


def _is_named_otherwise(text: Text, node: Node, stated: Stated, part: Item, base: Mention) -> bool:
    """Whether words without a figure name the base, and those of another figure fit them better."""
    reading = node.found.reading
    if reading is None or part.mention.passage != node.index or base.passage != node.index:
        return False
    items = [each for each in node.items if each.mention is not part.mention]
    mine = next((each for each in items if each.mention.key == base.key), None)
    for words, phrase in _naming(text, reading, stated, part):
        fits = {each.mention.key: len(words & _words_of(text, each)) for each in items}
        own = fits[mine.mention.key] if mine is not None else 0
        if max(fits.values(), default=0) > own or (phrase and not own):
            return True
    return False


def _naming(text: Text, reading: Reading, stated: Stated, part: Item) -> Iterator[tuple[set[str], bool]]:
    """The words that name a base, behind the percentage or before the numerator.

    With them, whether they surely name one: more than one word announces them.
    """
    light = text.prose.vocabulary.neutral_words(degraded=text.prose.degraded)
    yield set(stated.trail) - text.prose.lexicon.stop - light, False
    first = part.mention.first
    for cue in _withins(reading, max(0, first - _FARTHEST), first)[-1:]:
        words = _named_after(reading, cue) - text.prose.lexicon.stop
        if words and not any(each.key in _BREAKS for each in reading.tokens[cue.last : first]):
            yield words, cue.last - cue.first >= _PHRASE


def _words_of(text: Text, item: Item) -> set[str]:
    return {*item.words, *map(text.prose.lexicon.fold, item.mention.unit.split())}
