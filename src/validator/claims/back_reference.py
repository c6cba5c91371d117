"""Figures said to have been given before: "the 5.246 cases mentioned above" must stand above."""

from __future__ import annotations

from typing import TYPE_CHECKING

from validator.claims.claim import ClaimVerdict
from validator.claims.identity_word import find_phrase
from validator.claims.precision import is_same_value, restated
from validator.claims.said import canonical, family_roles, roles_of_columns
from validator.model.record import evolve
from validator.text.qualifier import HEDGED

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from validator.claims.claim import Claim
    from validator.claims.identity_word import IdentityWords
    from validator.claims.said import Said
    from validator.claims.structure import Text
    from validator.text.grid import Grid
    from validator.text.mention import Mention

_MOST_BEFORE = 400
_MOST_TRIED = 40


def find_back_references(
    text: Text, grids: Sequence[Grid], said: Sequence[Said], words: IdentityWords
) -> Iterator[Claim]:
    """Yield the figures that refer back: agreeing, or failing where what they refer to has another value."""
    cells = _cells(text, grids)
    for at, each in enumerate(said):
        if each.is_aside or find_phrase(each.seen, words.back) is None:
            continue
        m = each.mention
        before = [other for other in said[max(0, at - _MOST_BEFORE) : at] if not other.is_aside]
        figures = [other.mention for other in before] + [c for c, _ in cells if c.passage < m.passage]
        same = next((other for other in figures if _is_sort(other, m) and is_same_value(other, m)), None)
        if same is not None:
            yield _claim(text, (m, same), ClaimVerdict.PASS)
            continue
        meant = _meant(each, before, cells)
        if meant is not None:
            sure = meant[1] and not _is_sum(m, figures) and HEDGED not in m.tags and not m.odd
            yield _claim(text, (m, meant[0]), ClaimVerdict.FAIL if sure else ClaimVerdict.UNDECIDED)


def _is_sort(one: Mention, other: Mention) -> bool:
    if one.kind is not other.kind:
        return False
    return not one.group or not other.group or one.group == other.group


def _meant(
    each: Said, before: Sequence[Said], cells: Sequence[tuple[Mention, frozenset[str]]]
) -> tuple[Mention, bool] | None:
    """The nearest one of the same roles, unit and time said before, and whether it is the only one."""
    if not each.roles:
        return None
    near = [
        other.mention
        for other in reversed(before)
        if other.roles == each.roles
        and other.kind == each.kind
        and other.meaning <= each.meaning
        and other.times <= each.times
        and not other.mention.role
    ]
    near = near or [c for c, roles in cells if roles == each.roles and c.passage < each.mention.passage]
    return (near[0], len({m.amount for m in near}) == 1) if near else None


def _cells(text: Text, grids: Sequence[Grid]) -> list[tuple[Mention, frozenset[str]]]:
    """The figures of the rows of totals, with their roles."""
    known = family_roles(text.book)
    spoken = [(grid, roles_of_columns(grid, text.book)) for grid in grids]
    return [
        (evolve(mention, group=""), canonical(roles[index], known))
        for grid, roles in spoken
        for row in grid.rows
        for index, mention in row.figures.items()
        if row.is_total
    ]


def _is_sum(mention: Mention, before: Sequence[Mention]) -> bool:
    """Whether a figure is the sum of two given before: then it may have been given in parts."""
    near = before[-_MOST_TRIED:]
    amounts = [other.amount for other in near]
    wanted = {mention.amount - amount for amount in amounts}
    return any(amount in wanted for amount in amounts)


def _claim(text: Text, told: tuple[Mention, Mention], verdict: ClaimVerdict) -> Claim:
    return restated(text.prose, told, verdict, "back-reference-differs", ("said", "before"))
