"""Totals of two opposites that nothing announces: ``40 schools. Public 31, not public 9``."""

from __future__ import annotations

from itertools import pairwise
from typing import TYPE_CHECKING

from validator.claims.opposite import denied_words, is_base_of, is_in, is_to_do, words_about, words_under_way
from validator.claims.structure import Node, Text, is_countable, is_total, same_unit
from validator.claims.sum_division import heads_before
from validator.claims.sum_list import Listed

if TYPE_CHECKING:
    from collections.abc import Iterator

    from validator.text.item import Item

OPPOSITE = "opposite"


def find_opposites(text: Text) -> Iterator[Listed]:
    """Yield the total, in their sentence or the one before, of two neighbours that count opposites."""
    for node in text.nodes.values():
        outer = [item for item in node.items if not item.mention.depth]
        for one, other in pairwise(outer):
            if not _are_alike(one, other):
                continue
            denied = denied_words(text, one, other)
            doing = () if denied else words_under_way(text, one, other)
            total, alone = _total(node, one, other) if denied or doing else (None, False)
            if total is None or total.base is not None:
                continue
            counted = alone and total.mention.unit_is_near
            if doing and total.roles & text.book.telling:
                continue  # What was carried over may be done besides what came in: see the families.
            if doing:
                # Some may not be begun: only more than there are is a fault.
                to_do = is_to_do(text, total, doing)
                if to_do or not _says(text, total, doing):
                    disjoint = (counted or (alone and to_do)) and _count_as(total, one, other)
                    yield Listed(
                        total=total, parts=(one, other), sure=False, disjoint=disjoint, announced=OPPOSITE
                    )
            elif not _says(text, total, denied):
                sure = counted and _adds_nothing(text, total, one, denied)
                yield Listed(total=total, parts=(one, other), sure=sure, disjoint=sure, announced=OPPOSITE)


def _are_alike(one: Item, other: Item) -> bool:
    """Whether two figures of one sentence count the same, and neither is a fraction of another."""
    if one.mention.sentence != other.mention.sentence or not same_unit(one, other):
        return False
    return all(is_countable(each) and each.base is None and not is_base_of(each) for each in (one, other))


def _count_as(total: Item, *parts: Item) -> bool:
    """Whether figures are counted in the unit of their total, or no word stands behind them."""
    return all(
        part.mention.unit == total.mention.unit if part.mention.unit_is_near else not part.trail
        for part in parts
    )


def _says(text: Text, total: Item, denied: tuple[str, ...]) -> bool:
    """Whether a figure is one more of the same sort: very satisfied, satisfied, not satisfied."""
    return is_in(denied, words_about(text, total))


def _total(node: Node, one: Item, other: Item) -> tuple[Item | None, bool]:
    """The figure before both that counts the same, and whether it is the only one that may."""
    here = [
        item
        for item in node.before(one)
        if not item.mention.depth and item.mention.sentence == one.mention.sentence and is_total(item)
    ]
    if any(item.announced for item in here[1:]):
        return None, False  # These are some of a longer list.
    found = [item for item in here if same_unit(item, one) and same_unit(item, other)]
    if not here:
        found = heads_before(node, one, (one, other))
    return (found[-1], len(found) == 1 and len(here) <= 1) if found else (None, False)


def _adds_nothing(text: Text, total: Item, one: Item, denied: tuple[str, ...]) -> bool:
    """Whether the first of two opposites is said of all of the total: its words narrow it no further."""
    known = {*words_about(text, total), *denied, *text.prose.lexicon.stop}
    known |= {text.prose.lexicon.fold(word) for word in total.mention.unit.split()}
    known |= {word for phrase in text.book.lists["filler"] for word in phrase}
    return known.issuperset(one.lead)
