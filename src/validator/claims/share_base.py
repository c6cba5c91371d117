"""Of what a percentage is a share: the numerator and the possible bases, by structure, roles and words."""

from __future__ import annotations

from functools import lru_cache
from typing import TYPE_CHECKING

from validator.claims.structure import Node, Text, is_result, same_unit
from validator.model.record import evolve, record

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Mapping, Sequence

    from validator.claims.claim import MentionKey
    from validator.claims.sum_list import Listed
    from validator.text.item import Item, Stated
    from validator.text.mention import Mention
    from validator.text.role import Role

_BACK, _NEAR = 14, 40
_MOST = 9
_BASE_ROLES = frozenset(
    {"new", "received", "gross", "resolved", "due", "collected", "sent", "assigned", "payable"}
)


@record
class Base:
    """A number that a percentage may be of; ``strong`` if structure or words leave hardly a doubt."""

    mention: Mention
    strong: bool
    why: str
    roles: frozenset[Role] = frozenset()


@record
class Share:
    """A percentage, its numerator and the bases it may have, the likeliest first.

    ``other`` is a number that may be the numerator as well.
    """

    stated: Stated
    part: Item
    bases: tuple[Base, ...]
    node: Node
    other: Item | None = None


def share_of_item(text: Text, node: Node, stated: Stated, lists: Mapping[MentionKey, Listed]) -> Share | None:
    """Find what a percentage is said of, and of what it may be a share; None if nothing is near."""
    part = _numerator(text, node, stated)
    if part is None or part.mention.odd or "closing" in stated.roles:
        return None
    named = _dimensioned(text, stated.roles)
    other = None if named else _whole_list(node, stated, part, lists)
    bases: list[Base] = []
    asked = _asked(text, stated)
    for base in _bases(text, node, stated, part, lists):
        mention = base.mention
        if asked and base.why not in {"named", "within"} and not asked & base.roles:
            continue
        if mention.amount == 0 or mention is part.mention or any(mention is b.mention for b in bases):
            continue
        if mention.kind is not part.mention.kind:
            continue
        # Of a scanned text little is sure but what one construction says.
        scanned = text.prose.degraded and base.why != "named"
        bases.append(evolve(base, strong=False) if scanned and base.strong else base)
        if len(bases) == _MOST:
            break
    return Share(stated=stated, part=part, other=other, bases=tuple(bases), node=node)


def _whole_list(node: Node, stated: Stated, part: Item, lists: Mapping[MentionKey, Listed]) -> Item | None:
    """``T, made up of a … and b …, or p %``: after the last part, the share may be the total's."""
    found = lists.get((part.mention.passage, part.mention.first))
    if found is None or found.parts[-1] is not part or stated.mention.depth != part.mention.depth:
        return None
    shared = {other.owner for other in node.stated_near(part)}
    return None if any(each.order in shared for each in found.parts[:-1]) else found.total


def _asked(text: Text, stated: Stated) -> frozenset[Role]:
    """The roles that the words after a percentage ask of its base: ``p % of new cases``."""
    found = frozenset(role for _, _, roles in text.book.find(stated.trail) for role in roles)
    return found & _BASE_ROLES


def _numerator(text: Text, node: Node, stated: Stated) -> Item | None:
    """The item that the percentage stands after, or the one whose role it names."""
    owner = node.items[stated.owner] if stated.owner is not None else None
    if owner is not None and owner.order and "compared" in owner.roles:
        before = node.items[owner.order - 1]
        if before.mention.sentence == owner.mention.sentence and is_result(before):
            owner = before
    if stated.mark == ";" and not stated.lead:
        owner = None  # "…; 100 % of …": the percentage begins a clause of its own.
    named = _dimensioned(text, stated.roles)
    if (
        owner is not None
        and is_result(owner)
        and (not named or named <= owner.roles or not _dimensioned(text, owner.roles))
    ):
        return owner
    if named:
        for other in _back(text, node, stated.mention.first):
            if named <= other.roles and is_result(other) and not _narrower(text, other, named):
                return other
    return _following(node, stated) if owner is None else None


def _narrower(text: Text, item: Item, named: frozenset[Role]) -> bool:
    dims = {name for role in named for name in text.book.dimension_of.get(role, frozenset())}
    extra = {name for role in item.roles - named for name in text.book.dimension_of.get(role, frozenset())}
    return bool(extra - dims - {"stage"})


def _following(node: Node, stated: Stated) -> Item | None:
    """``p % of cases (a cases)``: a single figure in brackets right after."""
    after = node.items_after(stated.mention.last)
    if not after or after[0].mention.depth != stated.mention.depth + 1 or after[0].base is not None:
        return None
    alone = [item for item in after if item.mention.bracket == after[0].mention.bracket]
    return after[0] if len(alone) == 1 and after[0].mention.sentence == stated.mention.sentence else None


def _dimensioned(text: Text, roles: frozenset[Role]) -> frozenset[Role]:
    return frozenset(role for role in roles if role in text.book.dimension_of)


def _bases(
    text: Text, node: Node, stated: Stated, part: Item, lists: Mapping[MentionKey, Listed]
) -> Iterator[Base]:
    if part.base is not None:
        yield Base(mention=part.base, strong=True, why="named")
    yield from _named(node, stated, part)
    yield from _within(text, node, part)
    found = lists.get((part.mention.passage, part.mention.first))
    if found is not None and found.announced != "closed":
        yield Base(mention=found.total.mention, strong=found.sure, why="list", roles=found.total.roles)
    yield from _by_role(text, node, stated, part)
    yield from _above(text, node, part)
    yield from _before(text, node, stated, part)


def _named(node: Node, stated: Stated, part: Item) -> Iterator[Base]:
    """A base that stands after the percentage: ``p % of the budget (28.6)``, ``of T cases due``."""
    after = node.items_after(stated.mention.last)
    if not after or after[0] is part:
        return
    base = after[0]
    reading = node.found.reading
    if reading is None or base.mention.sentence != stated.mention.sentence:
        return
    cues = reading.cues_between(stated.mention.last, base.mention.first)
    tied = any(cue.tags & {"base", "explicit_base", "neutral", "within", "base_word"} for cue in cues)
    inner = base.mention.depth > stated.mention.depth
    between = [
        m for m in reading.mentions_between(stated.mention.last, base.mention.first) if m.kind.value != "name"
    ]
    if between or base.base is not None or not same_unit(part, base):
        return
    if inner:
        alone = sum(item.mention.bracket == base.mention.bracket for item in after) == 1
        if alone and (tied or stated.trail):
            yield Base(mention=base.mention, strong=True, why="named")
    elif tied and base.mark in {"", ","} and not base.shares:
        yield Base(
            mention=base.mention, strong="explicit_base" in _tags(cues) or base.mark == "", why="named"
        )


def _tags(cues: Sequence[object]) -> set[str]:
    return {tag for cue in cues for tag in getattr(cue, "tags", ())}


def _within(text: Text, node: Node, part: Item) -> Iterator[Base]:
    """``Of T cases a …``, ``a out of T``: the number that the sentence takes apart."""
    del text
    after = node.items[part.order + 1] if part.order + 1 < len(node.items) else None
    if (
        after is not None
        and "compared" in after.roles
        and after.mention.sentence == part.mention.sentence
        and same_unit(after, part)
        and after.mention.depth <= part.mention.depth
    ):
        yield Base(mention=after.mention, strong=True, why="within", roles=after.roles)
    reading = node.found.reading
    if reading is None:
        return
    for item in node.before(part):
        if item.mention.sentence != part.mention.sentence:
            continue
        if item.order and node.items[item.order - 1].mention.sentence == item.mention.sentence:
            continue
        near = reading.cues_between(max(0, item.mention.first - 4), item.mention.first)
        if any("within" in cue.tags and cue.last == item.mention.first for cue in near) and same_unit(
            item, part
        ):
            yield Base(mention=item.mention, strong=True, why="within")


def _by_role(text: Text, node: Node, stated: Stated, part: Item) -> Iterator[Base]:
    """The nearest numbers whose role is a base of the numerator's role."""
    roles = part.roles | (stated.roles & frozenset(text.book.dimension_of))
    wanted: list[tuple[Role, frozenset[Role]]] = []
    for parts, of in text.book.bases:
        if roles & parts:
            wanted += [(role, parts) for role in of]
    if not wanted:
        return
    around = [*_back(text, node, part.mention.first), *_ahead(node, part)]
    for role, parts in wanted:
        nearest = [
            item
            for item in around
            if role in item.roles
            and not item.roles & parts
            and is_result(item)
            and same_unit(item, part)
            and not _is_narrow(text, item, role)
        ]
        for position, item in enumerate(nearest[:2]):
            here = item.mention.passage == part.mention.passage or _is_kin(text, node, item)
            strong = (here or role in part.scope) and position == 0
            yield Base(mention=item.mention, strong=strong, why="role", roles=item.roles)


def _is_narrow(text: Text, item: Item, role: Role) -> bool:
    """Whether a base has roles of other dimensions, so that it counts only some of what its role says."""
    own = text.book.dimension_of.get(role, frozenset())
    for other in item.roles - {role}:
        names = text.book.dimension_of.get(other, frozenset())
        if names and not names & own and "stage" not in names and "dueness" not in names:
            return True
    return False


def _is_kin(text: Text, node: Node, item: Item) -> bool:
    """Whether an item stands in the parent of a node, or in a list item beside it."""
    other = text.nodes.get(item.mention.passage)
    if other is None:
        return False
    return other.index == node.parent or (node.parent is not None and other.parent == node.parent)


def _above(text: Text, node: Node, part: Item) -> Iterator[Base]:
    """The figure of the line that the item stands under."""
    if node.parent is None or part.order:
        return
    parent = text.nodes[node.parent]
    main = parent.main
    if main is not None and same_unit(main, part) and is_result(main):
        yield Base(mention=main.mention, strong=False, why="above", roles=main.roles)


def _before(text: Text, node: Node, stated: Stated, part: Item) -> Iterator[Base]:
    """Figures before in the sentence, then in the paragraph, then totals before it."""
    earlier = [item for item in node.before(part) if same_unit(item, part) and is_result(item)]
    beside = [each for each in earlier if each.mention.sentence == part.mention.sentence]
    for item in (*reversed(earlier[-3:]), *earlier[:1]):
        close = beside == [item] and part.mark != ";" and not _share_between(node, item, stated)
        yield Base(mention=item.mention, strong=close and not item.shares, why="before", roles=item.roles)
    yield from _by_words(text, node, stated, part)
    yield from _beside(text, node, part)
    for item in _back(text, node, 0):
        whole = "total" in item.mention.tags or "received" in item.roles
        outer = item.mention.passage != node.index and item.mention.depth == 0
        if whole and outer and same_unit(item, part) and is_result(item):
            yield Base(mention=item.mention, strong=False, why="far", roles=item.roles)


def _share_between(node: Node, item: Item, stated: Stated) -> bool:
    """Whether another percentage stands between a figure and a percentage."""
    first, last = item.mention.last, stated.mention.first
    return any(first <= other.mention.first < last for other in node.stated_near(item))


def _by_words(text: Text, node: Node, stated: Stated, part: Item) -> Iterator[Base]:
    """``p % of all inland revenue``: a figure before whose own words are those after the percentage."""
    stop = text.prose.lexicon.stop
    wanted = {word for word in stated.trail if word not in stop}
    if not wanted:
        return
    fold = text.prose.lexicon.fold
    found = [
        item
        for item in _back(text, node, part.mention.first)
        if not wanted.difference(item.lead, item.trail, _unit_words(item.mention.unit, fold))
        and item is not part
        and same_unit(item, part)
        and is_result(item)
    ]
    for item in sorted(found, key=lambda item: not _is_overall(item)):
        here = item.mention.passage == part.mention.passage
        yield Base(mention=item.mention, strong=here, why="words", roles=item.roles)


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


def _back(text: Text, node: Node, first: int) -> Iterator[Item]:
    """Items before a token of a passage, the nearest first, then those of passages before."""
    yield from reversed(node.items_before(first))
    steps = 0
    for index in range(node.index - 1, max(-1, node.index - 3 * _BACK), -1):
        other = text.nodes.get(index)
        if other is None:
            continue
        steps += 1
        if steps > _BACK:
            return
        yield from reversed(other.items[-_NEAR:])


def _ahead(node: Node, part: Item) -> Iterator[Item]:
    for item in node.after(part):
        if item.mention.sentence == part.mention.sentence:
            yield item
