"""Bases that nothing but their place, their words or the words above them give."""

from __future__ import annotations

from functools import lru_cache
from itertools import islice
from typing import TYPE_CHECKING

from validator.claims.share_part import back_from, roles_in
from validator.claims.structure import Node, Text, is_countable, is_result, same_unit
from validator.model.record import record
from validator.text.item import COLON
from validator.text.mention import MentionKind

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from validator.text.item import Item, Stated
    from validator.text.mention import Mention
    from validator.text.role import Role

_MOST_FAR = 60


@record
class Base:
    """A number that a percentage may be of; ``strong`` if structure or words leave hardly a doubt."""

    mention: Mention
    strong: bool
    why: str
    roles: frozenset[Role] = frozenset()


def base_above(text: Text, node: Node, part: Item) -> Iterator[Base]:
    """The figure of the line that the item stands under."""
    if node.parent is None or part.order:
        return
    parent = text.nodes[node.parent]
    main = parent.main
    if main is not None and same_unit(main, part) and is_result(main):
        others = [
            item
            for item in parent.items
            if item is not main and item.mention.depth == 0 and is_countable(item) and same_unit(item, part)
        ]
        announced = parent.passage.text.rstrip().endswith(":") and not others
        yield Base(mention=main.mention, strong=announced, why="above", roles=main.roles)


def bases_before(text: Text, node: Node, stated: Stated, part: Item) -> Iterator[Base]:
    """Figures before in the sentence, then in the paragraph, then totals before it."""
    earlier = [item for item in node.before(part) if same_unit(item, part) and is_result(item)]
    open_ones = [each for each in earlier if each.mention.depth <= part.mention.depth]
    beside = [each for each in open_ones if each.mention.sentence == part.mention.sentence]
    beside = [each for each in beside if not node.is_parted(each.mention, part.mention)] or beside
    for item in (*reversed(earlier[-3:]), *earlier[:1]):
        alone = beside == [item] or (open_ones == [item] and not beside)
        alone = alone and (_counts(item) or _names_same(item, part))
        strong = alone and not _share_between(node, item, stated) and takes_apart(text, item, part, stated)
        yield Base(mention=item.mention, strong=strong, why="before", roles=item.roles)
    yield from _by_words(text, node, stated, part)
    yield from _beside(text, node, part)
    for item in back_from(text, node, 0):
        whole = "total" in item.mention.tags or "received" in item.roles
        outer = item.mention.passage != node.index and item.mention.depth == 0
        if whole and outer and same_unit(item, part) and is_result(item):
            yield Base(mention=item.mention, strong=False, why="far", roles=item.roles)
    for item in islice(back_from(text, node, part.mention.first), _MOST_FAR):
        if same_unit(item, part) and is_countable(item) and item.mention.depth == 0:
            yield Base(mention=item.mention, strong=False, why="any", roles=item.roles)


def takes_apart(text: Text, whole: Item, part: Item, stated: Stated) -> bool:
    """Whether the words say that a figure is some of one before: by its roles, its words, or its place."""
    book = text.book
    if any(part.roles & parts and whole.roles.intersection(of) for parts, of in book.bases):
        return True
    of_whole = frozenset(role for role in whole.roles if role in book.dimension_of)
    narrowed = of_whole and of_whole < part.roles
    stop = text.prose.lexicon.stop
    named = {word for word in stated.trail if word not in stop}
    if narrowed or (named and named <= {*whole.lead, *whole.trail}):
        return True
    own = {word for word in part.lead if word not in stop}
    if whole.mention.tags & _PLANS and own & set(whole.lead):
        return True
    alike = whole.mention.unit == part.mention.unit and part.mention.unit_is_near
    if whole.mention.sentence != part.mention.sentence:
        return bool(whole.roles & _EVERYBODY)
    if part.mark == ";":
        return alike and not part.lead
    # "Of the damage, fraud alone …", "letters in T, answered a": a bare count is one of what was named.
    if not named and ("overlap" in part.roles or _is_bare(whole, part)):
        return True
    if part.announced or not own or whole.roles & _WHOLES or "total" in whole.mention.tags:
        return True
    # "Letters in: T letters, a letters answered": the label before a colon says what all figures count.
    counts = whole.mention.kind is MentionKind.COUNT
    return whole.announced == COLON and not whole.order and counts and alike


def _is_bare(whole: Item, part: Item) -> bool:
    """Whether a figure says nothing of what it counts, and the one right before it does."""
    a, b = whole.mention, part.mention
    says_nothing = not (b.unit or b.noun or part.trail or part.roles & _PLANNED)
    return bool(a.unit) and says_nothing and part.order == whole.order + 1 and part.mark == ","


def _names_same(whole: Item, part: Item) -> bool:
    """Whether two figures are followed by the same word, though it is no unit that is known."""
    return bool(part.mention.noun) and part.mention.noun == whole.mention.noun


def _counts(whole: Item) -> bool:
    """Whether words tell what a figure counts; "dose 1" counts nothing."""
    m = whole.mention
    return m.unit_is_near or m.kind is not MentionKind.COUNT or bool(whole.roles) or _is_overall(whole)


_EVERYBODY = frozenset({"whole", "people"})
_PLANNED = frozenset({"assigned", "aim"})
_PLANS = frozenset({"plan", "assigned"})
_WHOLES = frozenset({"whole", "closing", "assigned", "received", "gross", "sent", "collected", "compared"})


def _share_between(node: Node, item: Item, stated: Stated) -> bool:
    """Whether another percentage stands between a figure and a percentage."""
    first, last = item.mention.last, stated.mention.first
    return any(first <= other.mention.first < last for other in node.stated_near(item))


def _by_words(text: Text, node: Node, stated: Stated, part: Item) -> Iterator[Base]:
    """``p % of all inland revenue``: a figure before whose own words are those after the percentage."""
    stop = text.prose.lexicon.stop
    wanted = {word for word in stated.trail if word not in stop}
    # "a insured for work, p % of those insured for all": what both are goes without saying.
    wanted = wanted.difference(part.words) or wanted
    if not wanted:
        return
    fold = text.prose.lexicon.fold
    found = [
        item
        for item in back_from(text, node, part.mention.first)
        if not wanted.difference(item.lead, item.trail, _unit_words(item.mention.unit, fold))
        and item is not part
        and same_unit(item, part)
        and is_result(item)
    ]
    # "p % of the plan" is of one's own plan: what another sentence calls a plan is of something else.
    bare = wanted <= text.prose.vocabulary.neutral_words(degraded=text.prose.degraded)
    overall = [item for item in found if _is_overall(item)]
    if _says_total(text, stated):
        found = overall or found
    alone = len({item.mention.amount for item in found}) == 1 and (len(wanted) > 1 or bool(overall))
    for item in sorted(found, key=lambda item: not _is_overall(item)):
        here = item.mention.passage == part.mention.passage
        # "p % of new cases" is not of "new cases by post".
        narrow = any(role in text.book.dimension_of for role in item.roles - roles_in(text, stated.trail))
        beside = here and item.mention.sentence == part.mention.sentence
        sure = (beside if bare else here or alone) and not narrow and item.base is None
        yield Base(mention=item.mention, strong=sure, why="words", roles=item.roles)


def _says_total(text: Text, stated: Stated) -> bool:
    """Whether the words after a percentage begin with one for all there is."""
    after = stated.mention.last
    return any(
        "total" in cue.tags
        for cue in text.prose.reading_of(stated.mention.passage).cues_between(after, after + 2)
    )


@lru_cache(maxsize=1024)
def _unit_words(unit: str, fold: Callable[[str], str]) -> tuple[str, ...]:
    return tuple(map(fold, unit.split()))


def _is_overall(item: Item) -> bool:
    """Whether an item is said to be a total, or of all there is."""
    return "whole" in item.roles or "total" in item.mention.tags or item.closes


def _beside(text: Text, node: Node, part: Item) -> Iterator[Base]:
    """The figures of the list items right before."""
    if node.parent is None:
        return
    before = [other for other in text.siblings(node) if other.index < node.index]
    for other in reversed(before[-2:]):
        if other.main is not None and same_unit(other.main, part) and is_result(other.main):
            yield Base(mention=other.main.mention, strong=False, why="beside", roles=other.main.roles)
