"""Which of the figures of a list are parts of its total: not what only narrows, holds or divides another."""

from __future__ import annotations

from itertools import pairwise
from typing import TYPE_CHECKING

from validator.model.record import evolve
from validator.text.mention import MentionKind

if TYPE_CHECKING:
    from collections.abc import Sequence

    from validator.claims.structure import Text
    from validator.text.item import Item
    from validator.text.role import RoleBook

_PAIR = 2


def own_parts(text: Text, total: Item, parts: Sequence[Item]) -> tuple[Item, ...]:
    """The figures of a list that are parts of its total, the others left out."""
    kept = _without_holders(text, total, _without_narrower(text, parts))
    return kept[:_PAIR] if _are_all(text, kept[:_PAIR]) else kept


def in_units_of(total: Item, parts: Sequence[Item]) -> Sequence[Item]:
    """The parts of an amount of money in its unit, where none says one: ``61 million: a 40, b 21``."""
    m = total.mention
    bare = all(
        part.mention.kind is MentionKind.COUNT
        and not (part.mention.unit_is_near or part.mention.scale or part.mention.noun)
        for part in parts
    )
    if m.kind is not MentionKind.MONEY or not bare:
        return parts
    return [
        evolve(
            part,
            mention=evolve(part.mention, kind=m.kind, scale=m.scale, amount=part.mention.value * 10**m.scale),
        )
        for part in parts
    ]


def _without_narrower(text: Text, parts: Sequence[Item]) -> tuple[Item, ...]:
    """The parts without those whose label only narrows an earlier one's: "scanned", "fully scanned"."""
    kept: list[Item] = []
    labels: list[tuple[frozenset[str], frozenset[str]]] = []
    stop = text.prose.lexicon.stop
    for part in parts:
        label = frozenset(word for word in part.words if word not in stop)
        narrow = "narrowing" in part.mention.tags or "after:narrowing" in part.mention.tags
        own = text.book.telling & part.roles
        # Two roles are two parts, whatever words they share: in time, and not in time.
        if narrow and any(other and other < label and not (own and roles - own) for other, roles in labels):
            continue
        kept.append(part)
        labels.append((label, text.book.telling & part.roles))
    return tuple(kept)


def _without_holders(text: Text, total: Item, parts: tuple[Item, ...]) -> tuple[Item, ...]:
    """The parts without those of another unit that only hold the next one: ``3 communes with 21 hamlets``."""
    own = total.mention.unit
    if not total.mention.unit_is_near or all(part.mention.unit == own for part in parts):
        return parts
    held = (*(_holds(text, one, other) for one, other in pairwise(parts)), False)
    return tuple(
        [part for part, holds in zip(parts, held, strict=True) if not holds or part.mention.unit == own]
    )


def _are_all(text: Text, parts: Sequence[Item]) -> bool:
    """Whether two parts are what is and what is not: what follows divides the second one."""
    labels = [
        part.lead or part.trail[len(part.mention.unit.split()) * part.mention.unit_is_near :]
        for part in parts
    ]
    if len(labels) != _PAIR or not labels[0]:
        return False
    one, other = labels
    return other[-len(one) :] == one and text.book.is_said("denied", other[: -len(one)])


def _holds(text: Text, one: Item, other: Item) -> bool:
    """Whether a figure follows another's words without a mark or an *and*, counted in units of its own."""
    a, b = one.mention, other.mention
    if other.mark not in {"", "and"} or not (a.unit_is_near and b.unit_is_near) or a.unit == b.unit:
        return False
    if a.passage != b.passage or (a.sentence, a.bracket) != (b.sentence, b.bracket):
        return False
    cues = text.prose.reading_of(a.passage).cues_between(a.last, b.first)
    return not any("and" in cue.tags for cue in cues)


def is_general(text: Text, total: Item, parts: Sequence[Item]) -> bool:
    """Whether the total's unit counts many kinds of things, or one of several kinds of part is its own."""
    m = total.mention
    if m.unit and tuple(map(text.prose.lexicon.fold, m.unit.split())) in text.book.lists["general"]:
        return True
    units = [part.mention.unit for part in parts if part.mention.unit_is_near]
    heads = {unit.split()[0] for unit in units}
    return bool(m.unit) and m.unit.split()[0] in heads and len(heads) > 1


def holds_others(part: Item, head: str) -> bool:
    """Whether a part is named by what its total counts, and counts something else."""
    return part.lead[:1] == (head,) and part.mention.unit_is_near and part.trail[:1] != (head,)


def names_kinds(parts: Sequence[Item], book: RoleBook) -> bool:
    """Whether all parts are named alike: no kind beside something that is done or had."""
    names = {part.mention.naming for part in parts if part.mention.naming}
    if names == {"kind", "predicate"}:
        return False
    if any("traits" in part.mention.tags or "after:traits" in part.mention.tags for part in parts):
        return False
    return not any(_is_foreign(part, book) for part in parts)


def _is_foreign(part: Item, book: RoleBook) -> bool:
    """Whether a part counts things by a word that is no unit: "5 activities"."""
    m = part.mention
    bare = not m.unit_is_near and not part.lead and not part.roles
    return bool(m.noun) and bare and not book.starts("of", part.trail)
