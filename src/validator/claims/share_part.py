"""Of what a percentage is said: the numerator, by place or by role, one figure or several together."""

from __future__ import annotations

from typing import TYPE_CHECKING

from validator.claims.compared import is_compared
from validator.claims.share_doubt import follows_another
from validator.claims.share_label import telling_words
from validator.claims.structure import is_result, same_unit
from validator.model.record import evolve, record
from validator.text.mention import MentionKind

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from validator.claims.structure import Node, Text
    from validator.text.item import Item, Stated
    from validator.text.mention import Mention
    from validator.text.role import Role

_BACK, _NEAR = 14, 40
_BASE_ROLES = frozenset(
    {"new", "received", "gross", "resolved", "due", "collected", "sent", "assigned", "payable", "people"}
)


@record
class Said:
    """What the words about a percentage name: roles of its numerator, and of its base.

    ``base_words`` are the words of a base that is named without its figure.
    """

    part: frozenset[Role]
    base: frozenset[Role]
    base_words: tuple[str, ...] = ()


@record
class Part:
    """A numerator; ``addends`` are the figures that make it up, if they are several.

    ``plan`` is the figure that its own bracket gives as planned.
    ``sure`` if it stands where the percentage stands, or its role is named and no other figure has it.
    """

    item: Item
    sure: bool = True
    addends: tuple[Mention, ...] = ()
    plan: Item | None = None


def said_of(text: Text, stated: Stated) -> Said:
    """Which roles the words before a percentage name, and which those after it or after *out of all*."""
    lead, behind = _parted(text, stated.lead)
    trail = roles_in(text, stated.trail)
    base = roles_in(text, behind) | (trail & _BASE_ROLES)
    part = roles_in(text, lead) | (stated.roles & trail) if behind else stated.roles
    part = _dimensioned(text, part) - ((trail & _BASE_ROLES) - roles_in(text, lead))
    return Said(part=part, base=base & _BASE_ROLES, base_words=behind)


def _parted(text: Text, words: tuple[str, ...]) -> tuple[tuple[str, ...], tuple[str, ...]]:
    """The words up to *out of all*, and those from there to the percentage."""
    for place in range(len(words) - 1, 0, -1):
        for phrase in text.prose.lexicon.phrases.get(words[place], ()):
            is_base = "explicit_base" in phrase.tags or (
                "total" in phrase.tags and _dimensioned(text, roles_in(text, words[:place]))
            )
            if is_base and words[place : place + len(phrase.words)] == phrase.words:
                return words[:place], words[place:]
    return words, ()


def roles_in(text: Text, words: Sequence[str]) -> frozenset[Role]:
    """All roles that words name."""
    return text.book.named(words)


def _dimensioned(text: Text, roles: frozenset[Role]) -> frozenset[Role]:
    return frozenset(role for role in roles if role in text.book.dimension_of)


def part_of(text: Text, node: Node, stated: Stated, said: Said) -> Part | None:
    """The item that the percentage stands after, or the one whose role it names."""
    owner = _outside(node, stated)
    if owner is not None and "change" in owner.roles:
        return None  # "against last year (T) up by a, or p %": see change.py.
    if owner is not None and (planned := _planned_in_bracket(text, node, owner, stated)) is not None:
        return planned
    if owner is not None and _is_held_against(text, node, owner):
        before = node.items[owner.order - 1]
        if follows_another(text, before.mention, owner.mention):
            return Part(item=owner, sure=False)  # "a (p %), of which b (q %)": of what b is, is not told.
        owner = before
    if stated.mark == ";" and not stated.lead:
        owner = None  # "…; 100 % of …": the percentage begins a clause of its own.
    if (
        owner is not None
        and is_result(owner)
        and (not said.part or said.part <= owner.roles or not _dimensioned(text, owner.roles))
    ):
        if _is_of_then(text, node, owner, stated) or _is_joined(node, owner):
            return Part(item=owner, sure=False)
        return _holder(node, owner)
    labels = _joined_labels(text, stated) if owner is None else ()
    if labels and (joined := _by_labels(text, node, labels)) is not None:
        return joined
    found = _by_role(text, node, stated, said.part) if said.part else None
    if found is not None:
        return evolve(found, sure=False) if labels else found
    after = _following(node, stated) if owner is None else None
    return Part(item=after) if after is not None else None


def _is_of_then(text: Text, node: Node, owner: Item, stated: Stated) -> bool:
    """Whether a figure in a bracket closed by then is what was compared: ``against 2023 (T) …; p % of …``."""
    return owner.mention.depth > stated.mention.depth and is_compared(text, node, owner)


def _is_joined(node: Node, owner: Item) -> bool:
    """Whether a figure is joined to the one before it, and a percentage behind may be of both together."""
    before = node.items[owner.order - 1] if owner.order and owner.mark == "and" else None
    return (
        before is not None
        and before.mention.sentence == owner.mention.sentence
        and before.mention.depth == owner.mention.depth
        and before.base is None
        and owner.base is None
        and not before.shares
    )


def _outside(node: Node, stated: Stated) -> Item | None:
    """The figure before a percentage; of one in a bracket with others, closed by then, the one before it."""
    owner = node.items[stated.owner] if stated.owner is not None else None
    if owner is None or owner.mention.depth <= stated.mention.depth or node.alone(owner):
        return owner
    before = (each for each in reversed(node.before(owner)) if each.mention.depth <= stated.mention.depth)
    found = next(before, None)
    return found if found is not None and found.mention.sentence == owner.mention.sentence else owner


def _is_held_against(text: Text, node: Node, owner: Item) -> bool:
    """Whether a figure is the base of the one before it: ``a out of T (p %)``."""
    before = node.items[owner.order - 1] if owner.order else None
    if before is None or "compared" not in owner.roles or not is_result(before):
        return False
    # "fell to b, a reduction of c (p %)": the words must hold it against b from their beginning.
    opens = any("compared" in roles for first, _, roles in text.book.find(owner.lead) if first <= 1)
    return before.mention.sentence == owner.mention.sentence and (opens or not owner.lead)


def _planned_in_bracket(text: Text, node: Node, owner: Item, stated: Stated) -> Part | None:
    """``a done (T planned, or p %)``: the figure before a bracket that holds its plan, and nothing else."""
    vocabulary, degraded = text.prose.vocabulary, text.prose.degraded
    if not vocabulary.share_words(degraded=degraded).issuperset(stated.lead):
        return None
    if not owner.mention.depth or not node.alone(owner) or not _is_plan(text, owner):
        return None
    outer = [
        item
        for item in node.before(owner)
        if item.mention.depth < owner.mention.depth
        and item.mention.sentence == owner.mention.sentence
        and item.mention.kind is owner.mention.kind
        and same_unit(item, owner)
        and "change" not in item.roles
    ]
    bare = vocabulary.neutral_words(degraded=degraded).issuperset(owner.lead)
    return Part(item=outer[-1], sure=bare and len(outer) == 1, plan=owner) if outer else None


def _is_plan(text: Text, item: Item) -> bool:
    """Whether a figure in brackets is a plan: by its own words, or by those before its bracket."""
    if item.mention.tags & _PLANS or item.roles & {"assigned", "aim"}:
        return True
    opened = item.mention.first - 1
    cues = text.prose.reading_of(item.mention.passage).cues_between(opened - _NEAR_PLAN, opened)
    return not item.lead and any(cue.last == opened and "plan" in cue.tags for cue in cues)


_PLANS, _NEAR_PLAN = frozenset({"plan", "planned", "assigned"}), 5


def _holder(node: Node, owner: Item) -> Part:
    """The figure that a percentage is said of: ``a people came c times (p %)`` is said of the people."""
    before = node.items[owner.order - 1] if owner.order else None
    if (
        before is not None
        and not owner.mark
        and not owner.lead
        and before.mention.sentence == owner.mention.sentence
        and before.mention.depth == owner.mention.depth
        and before.mention.group != owner.mention.group
        and is_result(before)
    ):
        return Part(item=before, sure=False)
    return Part(item=owner)


def _by_role(text: Text, node: Node, stated: Stated, named: frozenset[Role]) -> Part | None:
    found = [
        other
        for other in back_from(text, node, stated.mention.first)
        if _meets(text, named, other) and is_result(other) and not _narrower(text, other, named)
    ]
    if not found:
        return _together(text, node, stated, named)
    alone = len({other.mention.amount for other in found}) == 1
    # What words after a percentage say, "p % of people have signed", is too little to go far by.
    told = named <= roles_in(text, stated.lead) and not _is_aim(node, stated)
    here = found[0].mention.passage == node.index
    beside = here and found[0].mention.sentence == stated.mention.sentence
    return Part(item=found[0], sure=beside or (told and (here or alone)))


def _is_aim(node: Node, stated: Stated) -> bool:
    """Whether the sentence of a percentage speaks of aims."""
    beside = (item for item in node.items_before(stated.mention.first))
    return any("aim" in item.scope for item in beside if item.mention.sentence == stated.mention.sentence)


def loosely_meant(text: Text, node: Node, stated: Stated, named: frozenset[Role]) -> Part | None:
    """The figures that a rate may count beside its own: what was early, for the rate of what is on time."""
    for role, whole in text.book.loosely.items():
        if role in named:
            found = _one_each(text, node, stated, whole, named - whole)
            if found is not None:
                return _joint_part(found)
    return None


def _joint_part(items: Sequence[Item]) -> Part:
    return Part(item=joint(items), addends=tuple([item.mention for item in items]))


def _joined_labels(text: Text, stated: Stated) -> tuple[frozenset[str], ...]:
    """The labels of ``claims right and partly right are p %``, where but one of the two names a role."""
    words, _ = _parted(text, stated.lead)
    joins = [(first, end) for first, end, roles in text.book.find(words) if "join" in roles]
    if len(joins) != 1:
        return ()
    sides = (words[: joins[0][0]], words[joins[0][1] :])
    if len({bool(_dimensioned(text, roles_in(text, side))) for side in sides}) == 1:
        return ()
    labels = tuple([telling_words(text, side) for side in sides])
    return labels if all(labels) else ()


def _by_labels(text: Text, node: Node, labels: Sequence[frozenset[str]]) -> Part | None:
    """The figures side by side that are called so, together."""
    around = list(back_from(text, node, len(node.found.reading.tokens) if node.found.reading else 0))
    found: list[Item] = []
    for label in labels:
        named = [item for item in around if telling_words(text, item.lead) == label and is_result(item)]
        if len({item.mention.amount for item in named}) != 1:
            return None
        found.append(named[0])
    return _joint_part(found) if _side_by_side(text, *found) else None


def _meets(text: Text, named: frozenset[Role], item: Item) -> bool:
    """Whether an item has the roles that are named; under a line for a stage it need not name that again.

    The level that its sentence begins with is its own too.
    """
    missing = named - item.roles - (text.book.inside["level"] & item.scope)
    if not missing:
        return True
    stages = _of_stage(text, named)
    if missing - stages or named <= stages:
        return False
    parent = text.nodes[item.mention.passage].parent
    main = text.nodes[parent].main if parent is not None else None
    above = item.scope | (main.roles if main is not None else frozenset()) | _taken_apart(text, item)
    return missing <= above and not _of_stage(text, item.roles) - missing


def _taken_apart(text: Text, item: Item) -> frozenset[Role]:
    """The stage of the figure of its sentence that an item may be some of: the last before that has one."""
    before = text.nodes[item.mention.passage].before(item)
    staged = (
        _of_stage(text, one.roles)
        for one in reversed(before)
        if one.mention.sentence == item.mention.sentence
    )
    return next(filter(None, staged), frozenset())


def _of_stage(text: Text, roles: frozenset[Role]) -> frozenset[Role]:
    return frozenset(role for role in roles if "stage" in text.book.dimension_of.get(role, frozenset()))


def _together(text: Text, node: Node, stated: Stated, named: frozenset[Role]) -> Part | None:
    """Figures side by side whose roles make up the role that is named: early and on time are timely."""
    for dimension in text.book.dimensions:
        if not named & dimension.of or "any" in dimension.of:
            continue
        for whole in dimension.whole:
            found = _one_each(text, node, stated, whole, named - dimension.of)
            if found is not None:
                return _joint_part(found)
    return None


def _one_each(
    text: Text, node: Node, stated: Stated, whole: frozenset[Role], also: frozenset[Role]
) -> list[Item] | None:
    """The nearest items of one list or sentence that have one role of a whole each."""
    found: dict[Role, Item] = {}
    for item in back_from(text, node, stated.mention.first):
        named = item.roles & whole
        if len(named) != 1 or not is_result(item) or named <= found.keys():
            continue
        if not _meets(text, also | named, item):
            continue
        if found and not _side_by_side(text, next(iter(found.values())), item):
            return None
        found[next(iter(named))] = item
        if found.keys() == whole:
            return sorted(found.values(), key=lambda item: item.mention.key)
    return None


def _side_by_side(text: Text, one: Item, other: Item) -> bool:
    """Whether two items are in one sentence or in items of one list, in one unit and counted exactly."""
    a, b = text.nodes[one.mention.passage], text.nodes[other.mention.passage]
    if a is b and one.mention.sentence != other.mention.sentence:
        return False
    if a is not b and (a.parent is None or a.parent != b.parent):
        return False
    exact = all(
        m.kind is MentionKind.COUNT and not m.decimals and not m.scale for m in (one.mention, other.mention)
    )
    return exact and same_unit(one, other)


def joint(items: Sequence[Item]) -> Item:
    """Several counts of one unit taken as one figure."""
    mentions = [item.mention for item in items]
    value = sum((m.value for m in mentions[1:]), mentions[0].value)
    amount = sum((m.amount for m in mentions[1:]), mentions[0].amount)
    together = " + ".join(m.text for m in mentions)
    return evolve(items[0], mention=evolve(mentions[0], value=value, amount=amount, text=together))


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


def back_from(text: Text, node: Node, first: int) -> Iterator[Item]:
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
