"""Totals that a later label divides: "by field: a …, b …", in the sentence after or in items of a list."""

from __future__ import annotations

from bisect import bisect_left
from typing import TYPE_CHECKING

from validator.claims.partition import look_at
from validator.claims.structure import Node, Text, is_countable, is_total, same_unit
from validator.claims.sum_list import BRACKET, Listed, listed
from validator.claims.sum_run import run_of
from validator.model.record import evolve
from validator.text.item import ALL, COLON, SOME

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from validator.text.item import Item

ALIKE, DIVISION = "alike", "division"
_DONE = frozenset({"resolved", "valid"})
_LEAST, _NEAR = 2, 4
_BACK = 2
_LEFT = frozenset({"pending", "lacking", "rest", "late", "change", "compared"})
"""What is left over or compared with is not what the next sentence divides."""


def find_divisions(text: Text) -> Iterator[Listed]:
    """Yield every total that a labelled list in a later sentence or item divides."""
    for node in text.nodes.values():
        if len(node.items) > _LEAST:
            yield from _labelled(text, node)
            yield from _named_alike(text, node)
        if len(node.items) >= _LEAST:
            yield from _named_in_label(text, node)
    for parent, children in text.lists():
        if parent is not None and parent.items:
            yield from _divided_in_items(text, parent, children)


def is_division(text: Text, node: Node, item: Item) -> bool:
    """Whether a list begins at a figure under a label that says by what is divided."""
    return text.book.starts("division", _label_of(node, item))


def _label_of(node: Node, item: Item) -> list[str]:
    """The words from the beginning of its sentence to a figure behind a colon."""
    return _before(node, item) if item.announced == COLON else []


def _before(node: Node, item: Item) -> list[str]:
    """The words from the beginning of its sentence to a figure."""
    reading = node.found.reading
    if reading is None:
        return []
    start = bisect_left(reading.sentences, item.mention.sentence, 0, item.mention.first)
    return [token.key for token in reading.tokens[start : item.mention.first]]


def _labelled(text: Text, node: Node) -> Iterator[Listed]:
    """``T things … . By field: a …, b …``."""
    for first in node.items:
        if first.announced != COLON or first.mention.depth or not _begins_sentence(node, first):
            continue
        run = run_of([o for o in (first, *node.after(first)) if not o.mention.depth], text.book)
        found = heads_before(node, first, run)
        is_outcome = text.book.starts("outcome", _label_of(node, first))
        if is_outcome:
            found = [item for item in found if item.roles & _DONE] or found
        if len(run) < _LEAST or not found:
            continue
        seen = listed(text, found[-1], run, BRACKET)
        if seen is not None:
            sure = seen.sure and len(found) == 1 and (is_outcome or is_division(text, node, first))
            sure = sure and "caused" not in first.scope
            yield evolve(seen, sure=sure, disjoint=sure, announced=DIVISION if sure else seen.announced)


def _named_in_label(text: Text, node: Node) -> Iterator[Listed]:
    """``T people take part … .`` and further on ``By commune, people taking part: a …, b …``."""
    sentence = -1
    for first in node.items:
        begins, sentence = first.mention.sentence != sentence, first.mention.sentence
        label = _before(node, first) if begins and not first.mention.depth else []
        if not text.book.starts("division", label):
            continue
        marks = [label.index(mark) if mark in label else 0 for mark in (",", ":")]
        name = frozenset(label[marks[0] + 1 : marks[1]]) - text.prose.lexicon.stop
        run = run_of([o for o in (first, *node.after(first)) if not o.mention.depth], text.book)
        found = _named(text, node, first, name) if marks[0] and name and len(run) >= _LEAST else []
        seen = listed(text, found[0], run, COLON) if len(found) == 1 else None
        if seen is not None:
            yield evolve(seen, announced=DIVISION)


def _named(text: Text, node: Node, first: Item, name: frozenset[str]) -> list[Item]:
    """The figures of the few passages before with all words of a name next to them."""
    found: list[Item] = []
    for index in range(max(0, node.index - _NEAR), node.index):
        other = text.nodes.get(index)
        for item in other.items if other is not None else ():
            if is_total(item) and not item.mention.depth and name <= {*item.words}:
                found += [item] if _counts_same(item, first) else []
    return found


def _begins_sentence(node: Node, item: Item) -> bool:
    """Whether an item is the first of its sentence, and the sentence is not the first of all."""
    before = node.before(item)
    return bool(before) and before[-1].mention.sentence != item.mention.sentence


def heads_before(node: Node, first: Item, run: Sequence[Item]) -> list[Item]:
    """The figures of the nearest sentence before that a list may divide, the likeliest last."""
    before = [item for item in node.before(first) if not item.mention.depth]
    for back in range(1, _BACK + 1):
        here = [item for item in before if item.mention.sentence == first.mention.sentence - back]
        listed_at = next((at for at, item in enumerate(here) if at and item.announced), len(here))
        here = [item for item in here[:listed_at] if not _is_left(item) and is_total(item)]
        if any("present" in item.roles for item in here):
            here = [item for item in here if "assigned" not in item.roles]  # Those who are there are divided.
        found = [item for item in here if all(_counts_same(item, part) for part in run)]
        if here:
            return found
    return []


def _is_left(item: Item) -> bool:
    return bool(item.roles & _LEFT or "at:rest" in item.mention.tags)


def _counts_same(total: Item, part: Item) -> bool:
    a, b = total.mention, part.mention
    return a.kind is b.kind and same_unit(total, part) and (a.unit_is_near or not b.unit_is_near)


def _named_alike(text: Text, node: Node) -> Iterator[Listed]:
    """``T things, things of one kind a, things of another b``: labels that begin with what is counted."""
    for total in node.items:
        m = total.mention
        if m.depth or not is_total(total) or not (m.unit_is_near or m.noun or "total" in m.tags):
            continue
        counted = m.unit if m.unit_is_near or not m.noun else m.noun
        head = [text.prose.lexicon.fold(word) for word in counted.split()[:1]]
        after = [other for other in node.after(total) if not other.mention.depth]
        if _is_listed(node, total):
            continue
        if after and after[0].announced in {ALL, SOME}:
            after = [other for other in after if other.mention.sentence > m.sentence]
        if not head or not after or after[0].mention.sentence - m.sentence > 1:
            continue
        run: list[Item] = []
        for other in after:
            if list(other.lead[:1]) != head or not is_countable(other):
                break
            if other.mention.sentence - (run[-1] if run else total).mention.sentence > 1:
                break
            run.append(other)
        if len(run) >= _LEAST and not any(
            part.mention.unit_is_near and part.trail[:1] != tuple(head) for part in run
        ):
            seen = listed(text, total, run, ALIKE)
            if seen is not None:
                whole = look_at([part.roles for part in run], total.roles, text.book).whole
                yield evolve(seen, sure=whole, disjoint=whole)


def _is_listed(node: Node, item: Item) -> bool:
    """Whether an item stands in an announced list of its sentence."""
    here = [other for other in (*node.before(item), item) if other.mention.sentence == item.mention.sentence]
    return any(other.announced in {ALL, SOME} for other in here[1:])


def _divided_in_items(text: Text, parent: Node, children: Sequence[Node]) -> Iterator[Listed]:
    """A total in a line, and below it items each of which divides it: "by kind: a, b"; "by field: c, d"."""
    outer = [item for item in parent.items if not item.mention.depth and is_total(item)]
    for child in children:
        first = child.main
        if first is None or first.order or not is_division(text, child, first) or len(outer) != 1:
            continue
        run = run_of([o for o in (first, *child.after(first)) if not o.mention.depth], text.book)
        seen = listed(text, outer[0], run, BRACKET) if len(run) >= _LEAST else None
        if seen is not None:
            yield seen
