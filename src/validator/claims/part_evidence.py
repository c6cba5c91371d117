"""What the structure says for and against figures' being the parts of a total: each piece by name.

No value is looked at: the same is found whatever the digits are. The names are those of the weights in
``rules/claims/parts.yaml``; what stands where, and behind which marks, is told by `part_place`.
"""

from __future__ import annotations

from itertools import pairwise
from typing import TYPE_CHECKING

from validator.claims.list_part import holds_others, is_general, names_kinds
from validator.claims.open_list import may_be_open
from validator.claims.opposite import denied_words
from validator.claims.part_list import (
    ABOVE,
    AFTER,
    AROUND,
    BEFORE,
    BELOW,
    BESIDE,
    BRACKET,
    FAR,
    FRACTION,
    INSIDE,
    SUBTOTALS,
)
from validator.claims.part_place import of_lines, of_marks, of_way_to
from validator.claims.partition import look_at
from validator.claims.structure import is_result, is_total
from validator.text.qualifier import EARLIER

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence

    from validator.claims.part_list import PartList, PartLists
    from validator.claims.structure import Text
    from validator.text.item import Item
    from validator.text.mention import Mention
    from validator.text.role import Role

GROUPS = {
    AFTER: "after",
    BRACKET: "bracket",
    FRACTION: "after",
    AROUND: "around",
    BEFORE: "before",
    BELOW: "lines",
    BESIDE: "lines",
    ABOVE: "above",
    SUBTOTALS: "above",
    FAR: "far",
    INSIDE: "inside",
}
"""Shapes that are weighed together: a piece of evidence weighs in general, and more or less in each group."""
_BACKWARD = frozenset({BEFORE, AROUND, ABOVE, SUBTOTALS})
_FEW, _PAIR, _MANY = 3, 2, 5
_CAME = frozenset({"received", "gross"})
_TOTALS = frozenset(
    {
        "gross",
        "received",
        "resolved",
        "pending",
        "assigned",
        "present",
        "whole",
        "closing",
        "aim",
        "granted",
        "change",
        "other_period",
        "due",
        "new",
        "carried",
    }
)
"""Roles of a total that say whether it is one of all there is, or of what became of it."""
_MINUS = frozenset({"minus"})
_KNOWN = ("whole", "opposites", "rest_last", "roles_all")
_UNITS = ("unit_same", "unit_group", "unit_other", "units_none", "unit_of_parts_only")
_LABELS = ("labels_all", "labels_behind", "labels_none")
_WITH_SIZE = ("overlap", "open", "clash", "names_mixed", "unheld_alike", "nearer_alike")


def evidence_of(each: PartList, lists: PartLists) -> list[str]:
    """The names of what is seen of a total and a list."""
    text = lists.text
    total, parts = each.total, each.parts
    found = ["any", f"shape_{each.shape}", f"way_{each.way}"]
    found += _of_total(text, each)
    found += _of_units(text, total, parts)
    found += _of_labels(text, total, parts)
    found += _of_roles(text, total, parts)
    found += _of_passing(total, parts)
    if (each.lines is None or each.shape == FAR) and each.shape != SUBTOTALS:
        found += of_marks(lists, each)
    if each.lines is not None:
        found += of_lines(each, each.lines, lists)
    found += _of_rest(text, each)
    if each.shape not in _BACKWARD:
        found += of_way_to(text, each)
    found += _together(tuple(found))
    return found


def _true(facts: Mapping[str, object]) -> list[str]:
    return [name for name, holds in facts.items() if holds]


def _of_total(text: Text, each: PartList) -> Iterator[str]:
    total, m = each.total, each.total.mention
    near = (*each.node.before(total), total, *each.node.after(total))
    outer = [item.mention for item in near if item.mention.depth == m.depth]
    here = [other.first for other in outer if other.sentence == m.sentence]
    yield f"skipped_{min(_FEW, each.skipped)}"
    yield from _true(
        {
            "total_first": here and here[0] == m.first,
            "total_last": here and here[-1] == m.first,
            "total_alone": len(outer) == 1,
            "called_total": "total" in m.tags or "at:total" in m.tags,
            "total_in_bracket": m.depth,
            "total_closes": total.closes,
            "total_in_heading": each.node.passage.heading,
            "no_result": not is_total(total),
            "so_far": "so_far" in m.tags or "at:so_far" in m.tags,
            "total_announced": total.announced,
            "total_unmarked": total.mark == "",
            "total_joined": total.mark in {"=", "and"},
            "total_has_share": total.shares,
        }
    )
    yield from (f"total_{role}" for role in sorted(_TOTALS & total.roles))
    yield from _before_total(text, m)


def _before_total(text: Text, m: Mention) -> list[str]:
    """What ends right before a total: *of all*, *is*."""
    reading = text.prose.readings.get(m.passage)
    near = reading.cues_between(max(0, m.first - 4), m.first) if reading is not None else ()
    tags = {tag for cue in near if cue.last == m.first for tag in cue.tags}
    return _true(
        {"within": "within" in tags, "total_linked": "link" in tags, "total_based": "explicit_base" in tags}
    )


def _of_units(text: Text, total: Item, parts: Sequence[Item]) -> Iterator[str]:
    m = total.mention
    near = [part.mention for part in parts if part.mention.unit_is_near]
    units, own = {part.unit for part in near}, m.unit_is_near
    if not near:
        yield "units_none" if own else "units_nowhere"
    elif len(near) < len(parts):
        yield "units_mixed"
    if near:
        yield "units_differ" if len(units) > 1 else "units_alike" if len(near) == len(parts) else "units_some"
    if own and near:
        same_group = all(part.group == m.group for part in near)
        yield "unit_same" if units == {m.unit} else "unit_group" if same_group else "unit_other"
    elif near:
        yield "unit_of_parts_only"
    yield from _true(
        {
            "kind_other": m.kind is not parts[0].mention.kind,
            "nouns": any(part.mention.noun and not part.mention.unit_is_near for part in parts),
            "total_noun": m.noun and not own,
            "general": is_general(text, total, parts),
            "decimals_differ": bool(m.decimals) != any(part.mention.decimals for part in parts),
            "scales_differ": len({part.mention.scale for part in (total, *parts)}) > 1,
        }
    )


def _of_labels(text: Text, total: Item, parts: Sequence[Item]) -> Iterator[str]:
    labelled = sum(bool(part.lead) for part in parts)
    size = min(_PAIR, len(total.lead))
    own = [text.prose.lexicon.fold(word) for word in total.mention.unit.split()[:1]]
    trails = [_behind(part) for part in parts]
    labels = [part.lead for part in parts] if labelled else trails
    if labelled == len(parts):
        yield "labels_all"
    elif not labelled:
        yield "labels_behind" if all(trails) else "labels_none"
    else:
        yield "labels_mixed"
    yield from _true(
        {
            "labels_head": labelled == len(parts) and len({part.lead[0] for part in parts}) == 1,
            "labels_twice": all(labels) and len(set(labels)) < len(labels),
            "label_of_total": size and any(part.lead[-size:] == total.lead[-size:] for part in parts),
            "holds_others": total.trail and all(holds_others(part, total.trail[0]) for part in parts),
            "labels_counted": own and all(list(part.lead[:1]) == own for part in parts),
            "names_mixed": not names_kinds(parts, text.book),
            "opposites": len(parts) == _PAIR and denied_words(text, *parts),
            "narrowing": any(p.mention.tags & {"narrowing", "after:narrowing"} for p in parts),
        }
    )


def _behind(item: Item) -> tuple[str, ...]:
    own = len(item.mention.unit.split()) if item.mention.unit_is_near else 0
    return item.trail[own:]


def _of_roles(text: Text, total: Item, parts: Sequence[Item]) -> Iterator[str]:
    book = text.book
    # What is abolished is taken off what there is, and one of the things done in an announced list.
    taken_off = _MINUS if parts[0].announced else frozenset()
    roles = [part.roles - taken_off for part in parts]
    seen = look_at(roles, total.roles, book)
    told = [bool(each & book.telling - total.roles) for each in roles]
    yield from _true(
        {
            "whole": seen.whole,
            "whole_open": seen.open,
            "clash": seen.clash,
            "roles_all": all(told),
            "roles_apart": all(told) and len(set(roles)) == len(roles),
            "roles_some": any(told) and not all(told),
        }
    )
    yield from _of_dimension(text, total.roles, roles)


def _of_dimension(text: Text, total: frozenset[Role], roles: Sequence[frozenset[Role]]) -> list[str]:
    """What is said of the first dimension in which all parts are told."""
    for dimension in text.book.dimensions:
        named = [each & dimension.roles for each in roles]
        if all(named):
            mine = total & dimension.roles
            beside = mine and not any(mine & each for each in named)
            found = {"one_dimension": True, "total_beside": beside}
            return _true({**found, "dimension_of_total": dimension.of & total})
    return []


def _of_passing(total: Item, parts: Sequence[Item]) -> list[str]:
    """What the words between the parts say of them."""
    passing = [part.passing for part in parts]
    both = [part.passing | part.roles for part in parts]
    last = parts[-1]
    return _true(
        {
            "rest_last": "rest" in last.roles or last.mention.tags & {"rest", "at:rest"},
            "rest_inside": any("rest" in part.roles for part in parts[:-1]),
            "overlap": any("overlap" in each for each in both),
            "overlap_first": "overlap" in both[0],
            "part_change": any("change" in part.roles for part in parts),
            "caused": any("caused" in each for each in passing),
            "earlier_part": any("other_period" in p.roles or EARLIER in p.mention.tags for p in parts),
            "earlier_total": EARLIER in total.mention.tags,
            "change_near": any("change" in each for each in passing),
            "part_came_in": any(part.roles & _CAME for part in parts),
            "part_carried": any("carried" in part.roles for part in parts),
            "aim_near": any("aim" in each for each in passing),
        }
    )


def _of_rest(text: Text, each: PartList) -> Iterator[str]:
    parts, total = each.parts, each.total
    size = len(parts)
    shares = sum(bool(part.shares) for part in parts)
    bases = sum(part.base is not None for part in parts)
    passages = text.prose.passages
    sections = [passages[item.mention.passage].section for item in (total, *parts)]
    yield "two" if size == _PAIR else "three" if size == _FEW else "many" if size > _MANY else "some"
    yield from _true(
        {
            "shares_each": shares == size,
            "shares_some": 0 < shares < size,
            "bases_each": bases == size,
            "bases": 0 < bases < size,
            "no_results": not all(is_result(part) for part in parts),
            "depths_differ": len({part.mention.depth for part in parts}) > 1,
            "open": may_be_open(text, total, parts),
            "degraded": text.prose.degraded,
            "sections": any(one != other for one, other in pairwise(sections)),
        }
    )


def _together(evidence: Sequence[str]) -> Iterator[str]:
    """Pieces that say more beside each other than each by itself."""
    found = frozenset(evidence)
    size = "two" if "two" in found else "more"
    known = next((name for name in _KNOWN if name in found), "plain")
    yield f"{size}_{known}"
    for name in evidence:
        if name.startswith("announced_") and name != "announced_inside":
            yield f"{name}_{size}"
            yield f"{name}_{known}"
        elif name.startswith("ends_") and name.endswith("like"):
            yield f"{name}_{known}"
    yield from (f"{name}_{size}" for name in _WITH_SIZE if name in found)
    unit = next((name for name in _UNITS if name in found), "unit_no")
    label = next((name for name in _LABELS if name in found), "labels_mixed")
    yield f"{unit}_{label}"
    if "total_first" in found:
        yield f"first_{unit}"
