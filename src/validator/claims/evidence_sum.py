"""What speaks for a total's being the sum of figures, beside its adding up: each piece of evidence by name.

The names are those of the weights in ``rules/claims/ranking.yaml``. Words, roles, units, marks and
nearness speak; so does how small the chance is that a guess as simple as this one adds up.
"""

from __future__ import annotations

from collections import Counter
from itertools import pairwise
from typing import TYPE_CHECKING

from validator.claims.match_sum import HUNDRED, halvings
from validator.claims.partition import look_at
from validator.claims.structure import is_result, same_unit
from validator.model.record import record
from validator.text.item import ALL, COLON, SOME

if TYPE_CHECKING:
    from collections.abc import Hashable, Iterator, Mapping, Sequence

    from validator.claims.figure import Figure
    from validator.claims.match_sum import Match
    from validator.claims.structure import Text

_BITS = (2, 3, 5, 8, 11)
_SKIPS, _PASSAGES = (1, 2, 4), (1, 3, 8)
_SMALL, _MANY = 20, 3
_EARLIER = frozenset({"compared", "other_period"})


@record
class Surroundings:
    """What the matches of a document say of each other, and which figures follow which."""

    text: Text
    figures: Sequence[Figure]
    templates: Mapping[Hashable, int]
    in_rows: Mapping[Hashable, int]
    rows: Mapping[int, int]
    inner: Mapping[Hashable, tuple[frozenset[object], ...]]


def surroundings_of(text: Text, figures: Sequence[Figure], matches: Sequence[Match]) -> Surroundings:
    """Look at all matches of a document together."""
    inner: dict[Hashable, list[frozenset[object]]] = {}
    for match in matches:
        keys = frozenset([part.key for part in match.parts])
        for part in (match.parts[0], match.parts[-1]):
            inner.setdefault(part.key, []).append(keys)
    return Surroundings(
        text=text,
        figures=figures,
        templates=Counter(_template(match) for match in matches if match.total is not None),
        in_rows=Counter(row for match in matches if (row := _row(match)) is not None),
        rows=Counter(table for table, _ in {figure.cell[:2] for figure in figures if figure.cell}),
        inner={key: tuple(found) for key, found in inner.items()},
    )


def evidence_of_sum(match: Match, around: Surroundings) -> list[str]:
    """What speaks for and against a match."""
    found = [f"shape_{match.shape}", *_of_chance(match), *_of_parts(match, around)]
    if match.total is not None:
        found += _of_place(match, match.total, around)
        found += _of_words(match, match.total)
        found += _of_roles(match, match.total, around.text)
        found += _of_others(match, match.total, around)
    elif match.shape == HUNDRED:
        found += _of_hundred(match, around.text)
    return found


def _true(facts: Mapping[str, bool]) -> Iterator[str]:
    return (name for name, holds in facts.items() if holds)


def _of_chance(match: Match) -> Iterator[str]:
    made = halvings(match)
    yield from (f"bits_{least}" for least in _BITS if made >= least)
    total = match.total
    if total is not None and made < _BITS[0]:
        yield f"likely_{match.shape}"
        if any(part.mention.passage != total.mention.passage for part in match.parts):
            yield "likely_elsewhere"


def _of_place(match: Match, total: Figure, around: Surroundings) -> Iterator[str]:
    m, first, last = total.mention, match.parts[0], match.parts[-1]
    sentences = {_sentence(part) for part in match.parts}
    here = {part.mention.passage for part in match.parts} == {m.passage}
    in_table = all(part.cell is not None for part in match.parts)
    near = min(abs(first.mention.passage - m.passage), abs(last.mention.passage - m.passage))
    if match.tried == 1:
        yield f"first_{match.shape}"
    yield from (f"skipped_{least}" for least in _SKIPS if match.skipped >= least)
    if not in_table:
        yield from (f"apart_{least}" for least in _PASSAGES if near >= least)
    brackets = {part.mention.bracket for part in match.parts}
    yield from _true(
        {
            "before": last.at < total.at,
            "same_passage": here,
            "same_sentence": sentences == {_sentence(total)},
            "one_sentence": len(sentences) == 1,
            "in_bracket": here and len(brackets) == 1 and first.mention.depth > m.depth,
            "in_table": in_table and total.cell is not None,
            "text_and_table": in_table != (total.cell is not None),
            "another_section": _section(around.text, first) != _section(around.text, total),
            "degraded": around.text.prose.degraded,
        }
    )


def _sentence(figure: Figure) -> tuple[int, int]:
    return figure.mention.passage, figure.mention.sentence


def _section(text: Text, figure: Figure) -> int:
    return text.prose.passages[figure.mention.passage].section


def _of_words(match: Match, total: Figure) -> Iterator[str]:
    first, follows = match.parts[0], match.parts[0].at > total.at
    announced = first.item.announced if follows else ""
    near = total.mention.unit if total.mention.unit_is_near else ""
    kind = total.mention.group if near else ""
    units = {part.mention.unit for part in match.parts if part.mention.unit_is_near}
    yield from _true(
        {
            "announced_all": announced == ALL,
            "announced_some": announced == SOME,
            "announced_colon": announced == COLON,
            "closes": not follows and total.item.closes,
            "nested": any(part.item.announced for part in match.parts[1:]),
            "change": any("change" in figure.roles for figure in match.figures),
            "earlier": any(_EARLIER & figure.roles for figure in match.figures),
            "no_result": any(not is_result(figure.item) for figure in match.figures if not figure.is_percent),
            "unit_agrees": all(same_unit(total.item, part.item) for part in match.parts),
            "unit_differs": bool(near) and any(unit != near for unit in units),
            "kind_differs": bool(kind) and any(p.mention.group not in ("", kind) for p in match.parts),
            "called_total": "total" in total.mention.tags or "whole" in total.roles,
            "total_is_base": total.item.base is total.mention,
        }
    )


def _of_roles(match: Match, total: Figure, text: Text) -> Iterator[str]:
    roles = [part.roles for part in match.parts]
    looked = look_at(roles, total.roles, text.book)
    common = frozenset.intersection(*roles)
    yield from _true(
        {
            "whole": looked.whole,
            "clash": looked.clash,
            "common": bool(common),
            "common_with_total": bool(common & total.roles),
            "total_role_in_some": not common & total.roles and any(total.roles & each for each in roles),
        }
    )


def _of_parts(match: Match, around: Surroundings) -> Iterator[str]:
    parts, last = match.parts, match.parts[-1]
    after = around.figures[last.at + 1] if last.at + 1 < len(around.figures) else None
    m = last.mention
    yield from _true(
        {
            "three": len(parts) == _MANY,
            "many": len(parts) > _MANY,
            "same_label": bool(parts[0].item.lead) and len({part.item.lead[:1] for part in parts}) == 1,
            "same_trail": bool(parts[0].item.trail) and len({part.item.trail[:1] for part in parts}) == 1,
            "same_units": len({part.mention.unit for part in parts}) == 1,
            "neighbours": all(right.at - left.at == 1 for left, right in pairwise(parts)),
            "same_depth": len({part.mention.depth for part in parts}) == 1,
            "ends": after is None
            or _sentence(after) != _sentence(last)
            or after.mention.bracket != m.bracket,
            "joined": last.item.mark == "and",
            "rest": "rest" in last.roles,
        }
    )


def _of_others(match: Match, total: Figure, around: Surroundings) -> Iterator[str]:
    """What other matches say: the same template elsewhere, in rows of a table, or a sum within this one."""
    keys = frozenset([part.key for part in match.parts])
    ends = (match.parts[0].key, match.parts[-1].key)
    row, alike = _row(match), around.templates[_template(match)]
    held = around.in_rows[row] if row is not None else 0
    rows = around.rows[total.cell[0]] if row is not None and total.cell is not None else 0
    yield from _true(
        {
            "alike_2": alike > 1,
            "alike_3": alike > 2,
            "most_rows": held > 2 and 3 * held >= 2 * rows,
            "few_rows": 2 * held < rows,
            "holds_another": len(keys) > 2
            and any(inner < keys for end in ends for inner in around.inner[end]),
        }
    )


def _of_hundred(match: Match, text: Text) -> Iterator[str]:
    parts = match.parts
    yield from _true(
        {
            "hundred_one_sentence": len({_sentence(part) for part in parts}) == 1,
            "hundred_change": any("change" in p.roles or "at:growth" in p.mention.tags for p in parts),
            "hundred_whole": look_at([part.roles for part in parts], frozenset(), text.book).whole,
            "hundred_owned": all(part.item.order >= 0 for part in parts),
        }
    )


def _template(match: Match) -> Hashable:
    """Where the parts stand around their total, and as what: the same in every unit, month or level."""
    if match.total is None:
        return None
    at = match.total.at
    places = tuple([(part.at - at, part.item.lead[-1:]) for part in match.parts])
    return match.total.item.lead[-1:], match.total.roles, places


def _row(match: Match) -> Hashable:
    """The table and the columns of a sum within a row."""
    cells = [figure.cell for figure in match.figures]
    if match.total is None or any(cell is None or cell[:2] != cells[0][:2] for cell in cells if cells[0]):
        return None
    return (cells[0][0], *[cell[2] for cell in cells if cell]) if cells[0] else None
