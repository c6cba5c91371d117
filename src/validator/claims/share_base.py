"""Of what a percentage is a share: the numerator and the possible bases, by structure, roles and words."""

from __future__ import annotations

from typing import TYPE_CHECKING

from validator.claims.share_before import Base, base_above, bases_before
from validator.claims.share_doubt import follows_another
from validator.claims.share_part import Part, back_from, loosely_meant, part_of, roles_in, said_of
from validator.claims.share_scope import can_be_of, parts_anew
from validator.claims.structure import Node, Text, is_result, same_unit
from validator.model.record import evolve, record

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence

    from validator.claims.claim import MentionKey
    from validator.claims.share_part import Said
    from validator.claims.sum_list import Listed
    from validator.text.item import Item, Stated
    from validator.text.role import Role

_MOST = 24
_WORDED = frozenset({"said", "words"})
"""How a base is known by the words of the percentage itself."""


@record
class Share:
    """A percentage, its numerator and the bases it may have, the likeliest first.

    ``other`` is a number that may be the numerator as well.
    """

    stated: Stated
    part: Part
    said: Said
    bases: tuple[Base, ...]
    node: Node
    other: Part | None = None


def share_of_item(text: Text, node: Node, stated: Stated, lists: Mapping[MentionKey, Listed]) -> Share | None:
    """Find what a percentage is said of, and of what it may be a share; None if nothing is near."""
    said = said_of(text, stated)
    part = part_of(text, node, stated, said)
    if part is None or part.item.mention.odd or "closing" in stated.roles:
        return None
    owned = part.item.mention.passage == node.index and not said.part
    other = (
        _whole_list(node, stated, part.item, lists) if owned else loosely_meant(text, node, stated, said.part)
    )
    bases: list[Base] = []
    places: dict[int, int] = {}
    for base in _bases(text, node, stated, part, said, lists):
        if not _may_be(base, part, said):
            continue
        # Of a scanned text little is sure but what one construction says.
        scanned = text.prose.degraded and base.why != "named"
        weak = scanned or (base.why not in _WORDED and _is_others(text, stated, part, base))
        found = evolve(base, strong=False) if weak and base.strong else base
        known = places.setdefault(id(base.mention), len(bases))
        if known == len(bases):
            bases.append(found)
        elif found.strong and not bases[known].strong:
            bases[known] = found
        if len(bases) == _MOST:
            break
    return Share(stated=stated, part=part, said=said, other=other, bases=tuple(bases), node=node)


def _is_others(text: Text, stated: Stated, part: Part, base: Base) -> bool:
    """Whether the percentage of this figure in its base is another one that stands before."""
    here = part.item.mention.passage == stated.mention.passage
    if base.mention.role == "over":
        return True  # "45/50 tasks, 5 of them late (10 %)": of 45, or of 50.
    if not here or part.addends or base.mention.first > stated.mention.first:
        return False
    return follows_another(text, part.item.mention, stated.mention)


def _may_be(base: Base, part: Part, said: Said) -> bool:
    mention, numerator = base.mention, part.item.mention
    if said.base and base.why not in {"named", "within", "said"} and not said.base & base.roles:
        return False
    if mention.amount == 0 or mention is numerator or mention in part.addends:
        return False
    return mention.kind is numerator.kind and can_be_of(numerator, mention)


def _whole_list(node: Node, stated: Stated, part: Item, lists: Mapping[MentionKey, Listed]) -> Part | None:
    """``T, made up of a … and b …, or p %``: after the last part, the share may be the total's."""
    found = lists.get(part.mention.key)
    if found is None or found.parts[-1] is not part or stated.mention.depth != part.mention.depth:
        return None
    shared = {other.owner for other in node.stated_near(part)}
    return None if any(each.order in shared for each in found.parts[:-1]) else Part(item=found.total)


def _bases(
    text: Text, node: Node, stated: Stated, numerator: Part, said: Said, lists: Mapping[MentionKey, Listed]
) -> Iterator[Base]:
    part = numerator.item
    if numerator.plan is not None:
        yield Base(mention=numerator.plan.mention, strong=True, why="named", roles=numerator.plan.roles)
    if part.base is not None:
        yield Base(mention=part.base, strong=True, why="named")
    yield from _named(text, node, stated, part)
    yield from _within(node, part)
    yield from _announcing(node, stated, part)
    yield from _by_words_said(text, node, stated, part, said)
    found = lists.get(part.mention.key)
    if found is not None and found.announced != "closed" and not numerator.addends:
        yield Base(mention=found.total.mention, strong=found.sure, why="list", roles=found.total.roles)
    yield from _by_role(text, node, stated, part)
    yield from base_above(text, node, part)
    yield from bases_before(text, node, stated, part)


def _announcing(node: Node, stated: Stated, part: Item) -> Iterator[Base]:
    """``T cases were resolved, of which early p %``: the figure of the sentence, the part being elsewhere."""
    if part.mention.passage == node.index:
        return
    before = [
        i for i in node.items_before(stated.mention.first) if i.mention.sentence == stated.mention.sentence
    ]
    if before and same_unit(before[-1], part) and is_result(before[-1]):
        last = before[-1]
        alone = len(before) == 1 and last.mention.depth == stated.mention.depth
        yield Base(mention=last.mention, strong=alone, why="announcing", roles=last.roles)


def _by_words_said(text: Text, node: Node, stated: Stated, part: Item, said: Said) -> Iterator[Base]:
    """The figure whose role the words name as the base: ``p % of all that were resolved``."""
    if not said.base:
        return
    around = [*back_from(text, node, stated.mention.first), *_ahead(node, part)]
    found = [
        item
        for item in around
        if said.base <= item.roles
        and item is not part
        and is_result(item)
        and same_unit(item, part)
        and not _is_narrow(text, item, said.base)
    ]
    alone = len({item.mention.amount for item in found}) == 1
    for position, item in enumerate(found[:2]):
        near = _is_near(text, node, part, item)
        yield Base(
            mention=item.mention, strong=position == 0 and (alone or near), why="said", roles=item.roles
        )


def _is_near(text: Text, node: Node, part: Item, item: Item) -> bool:
    """Whether a base stands in the passage of the percentage or of its numerator, or above or beside one."""
    own = text.nodes.get(part.mention.passage, node)
    places = {node.index, own.index}
    return item.mention.passage in places or _is_kin(text, node, item) or _is_kin(text, own, item)


def _named(text: Text, node: Node, stated: Stated, part: Item) -> Iterator[Base]:
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
            yield Base(mention=base.mention, strong=tied or not _is_of_part(text, stated), why="named")
    elif tied and base.mark in {"", ","} and not base.shares:
        yield Base(
            mention=base.mention, strong="explicit_base" in _tags(cues) or base.mark == "", why="named"
        )


def _is_of_part(text: Text, stated: Stated) -> bool:
    """Whether the words after a percentage say what was done, not of what: ``90 % spent (1,350)``."""
    named = roles_in(text, stated.trail)
    return any(named & parts and not named.intersection(of) for parts, of in text.book.bases)


def _tags(cues: Sequence[object]) -> set[str]:
    return {tag for cue in cues for tag in getattr(cue, "tags", ())}


def _within(node: Node, part: Item) -> Iterator[Base]:
    """``Of T cases a …``, ``a out of T``: the number that the sentence takes apart."""
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
        if parts_anew(reading, item.mention.last, part.mention.first):
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
    around = [*back_from(text, node, part.mention.first), *_ahead(node, part)]
    for role, parts in wanted:
        nearest = [
            item
            for item in around
            if role in item.roles
            and not item.roles & parts
            and is_result(item)
            and same_unit(item, part)
            and not _is_narrow(text, item, frozenset({role}))
        ]
        for position, item in enumerate(nearest[:2]):
            here = item.mention.passage == part.mention.passage or _is_kin(text, node, item)
            strong = (here or role in part.scope) and position == 0
            yield Base(mention=item.mention, strong=strong, why="role", roles=item.roles)


def _is_narrow(text: Text, item: Item, roles: frozenset[Role]) -> bool:
    """Whether a base has roles of other dimensions, so that it counts only some of what its role says."""
    own = {name for role in roles for name in text.book.dimension_of.get(role, frozenset())}
    for other in item.roles - roles:
        names = text.book.dimension_of.get(other, frozenset())
        if names and not names & own and not names & _NOT_NARROWING and other != "new":
            return True
    return False


_NOT_NARROWING = frozenset({"stage", "dueness"})


def _is_kin(text: Text, node: Node, item: Item) -> bool:
    """Whether an item stands in the parent of a node, or in a list item beside it."""
    other = text.nodes.get(item.mention.passage)
    if other is None:
        return False
    return other.index == node.parent or (node.parent is not None and other.parent == node.parent)


def _ahead(node: Node, part: Item) -> Iterator[Item]:
    for item in node.after(part):
        if item.mention.sentence == part.mention.sentence:
            yield item
