"""Steps of one way: who was invited and came, what was inspected and fined, sent out and collected."""

from __future__ import annotations

from itertools import pairwise
from typing import TYPE_CHECKING

from validator.claims.at_most import ALIKE, at_most, likeness
from validator.claims.subset import may_be_part
from validator.model.record import record
from validator.text.mention import MentionKind
from validator.text.qualifier import HEDGED

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence

    from validator.claims.claim import Claim
    from validator.claims.structure import Node, Text
    from validator.text.item import Item
    from validator.text.role import Ladder, Role

_MOST_BACK = 3
_AHEAD, _BEFORE = 40, 12
_NO_STEP = frozenset({"gross", "received", "new", "any", "assigned", "carried", "whole", "closing"})


@record
class _Step:
    """A figure with the steps that its words name, and the distance of its sentence from another one."""

    item: Item
    steps: frozenset[Role]


def find_ladders(text: Text) -> Iterator[Claim]:
    """Yield each figure of a step as at most that of the step before, in its sentence or just above."""
    above = _above(text)
    own = {node.index: _steps(text, node) for node in text.nodes.values()}
    for node in text.nodes.values():
        for at, step in enumerate(own[node.index]):
            found = _before(text, step, own[node.index][:at], own.get(above.get(node.index, -1), ()))
            if found is not None:
                yield found


def _above(text: Text) -> Mapping[int, int]:
    """For each passage the line above it: of its own list, or the paragraph before."""
    nodes = [node for node in text.nodes.values() if any(not item.mention.depth for item in node.items)]
    above: dict[int, int] = {}
    for before, node in pairwise(nodes):
        beside = before.parent == node.parent and before.level == node.level
        if (beside or before.index == node.parent) and node.index - before.index < _MOST_BACK:
            above[node.index] = before.index
    return above


def _steps(text: Text, node: Node) -> list[_Step]:
    steps = [
        _Step(item=item, steps=item.roles | _named(text, node, item))
        for item in node.items
        if may_be_part(item) and not item.mention.depth
    ]
    return [step for step in steps if step.steps]


def _named(text: Text, node: Node, item: Item) -> frozenset[Role]:
    """The steps that a figure's own words name, or all words of its clause back to a semicolon."""
    own = text.book.steps_in(item.lead) | text.book.steps_in(item.trail)
    reading = node.found.reading
    if own or reading is None or not item.order or item.mark == ".":
        return own
    start = node.items[item.order - 1].mention.last
    keys = [token.key for token in reading.tokens[start : item.mention.first]]
    marked = max((at for at, key in enumerate(keys) if key == ";"), default=-1)
    return text.book.steps_in(keys[marked + 1 :]) if marked >= 0 else own


def _before(text: Text, step: _Step, own: Sequence[_Step], above: Sequence[_Step]) -> Claim | None:
    """The claim of a step against the nearest one before that a ladder has right above it."""
    sentence = step.item.mention.sentence
    here = [each for each in own if sentence - each.item.mention.sentence <= 1]
    # Of the line above its first figure; where it has more, they may be what the step is of.
    is_first = not sentence and not any(each.item.mention.sentence == sentence for each in own)
    there = above[:1] if is_first and above and not above[0].item.order else ()
    for ladder in text.book.ladders:
        for upper, lower in pairwise(ladder.steps):
            if lower not in step.steps or upper in step.steps:
                continue
            for run, is_alone in ((here[::-1], True), (there, len(above) == 1)):
                wholes = [each for each in run if upper in each.steps and lower not in each.steps]
                if wholes and _is_of(text, step, wholes[0], {upper, lower}):
                    alone = is_alone and len(wholes) == 1
                    return _claim(text, step.item, wholes[0].item, ladder, alone=alone)
    return None


def _claim(text: Text, part: Item, whole: Item, ladder: Ladder, *, alone: bool) -> Claim:
    one, other = part.mention, whole.mention
    firm = ladder.firm and _is_same(text, part, whole)
    if ladder.firm_of:
        firm = _is_named(text, whole, ladder.firm_of)
        firm = firm and not _is_surplus(text, part) and one.unit in {"", other.unit}
    guess = HEDGED in one.tags | other.tags
    return at_most(text.prose, one, other, firm=firm and alone and not guess)


def _is_named(text: Text, item: Item, name: str) -> bool:
    """Whether a cue of a name stands behind a figure, or before it in its sentence."""
    m = item.mention
    reading = text.prose.reading_of(m.passage)
    near = reading.cues_between(max(0, m.first - _BEFORE), m.first)
    return f"after:{name}" in m.tags or any(
        name in cue.tags and reading.sentences[cue.first] == m.sentence for cue in near
    )


def _is_surplus(text: Text, item: Item) -> bool:
    """Whether the text itself says that there are more than were set."""
    cues = text.prose.reading_of(item.mention.passage).cues_between(0, item.mention.last + _AHEAD)
    return any("surplus" in cue.tags for cue in cues)


def _is_of(text: Text, part: _Step, whole: _Step, steps: set[Role]) -> bool:
    """Whether both are counted alike, and the whole is told apart by nothing that the part is not."""
    one, other = part.item, whole.item
    if one.mention.kind is not other.mention.kind:
        return False
    both_bare = not one.mention.unit_is_near and not other.mention.unit_is_near
    if not both_bare and likeness(text, one, other) != ALIKE:
        return False
    if text.book.says("of_these", one.trail):
        return False  # "135 were done, those of last year included".
    telling = (whole.item.roles & text.book.telling) - _NO_STEP - steps - text.book.inside["level"]
    return telling <= one.roles and not _levels(text, one) ^ _levels(text, other)


def _levels(text: Text, item: Item) -> frozenset[Role]:
    return (item.roles | item.scope) & text.book.inside["level"]


def _is_same(text: Text, part: Item, whole: Item) -> bool:
    """Whether the words behind a part name nothing that those behind the whole do not."""
    if part.mention.kind is not MentionKind.COUNT or part.mention.unit != whole.mention.unit:
        return False
    stop = text.prose.lexicon.stop
    own = len(part.mention.unit.split()) if part.mention.unit_is_near else 0
    rest = [word for word in part.trail[own:] if word not in stop and word not in whole.words]
    return not rest or bool(text.book.steps_in(rest)) or bool(text.book.named(rest))
