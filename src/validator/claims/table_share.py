"""Shares of tables: a column of percentages, and rows that state one."""

from __future__ import annotations

from itertools import permutations
from typing import TYPE_CHECKING

from validator.claims.claim import ClaimVerdict
from validator.claims.judge import adds_up, judge_share
from validator.claims.share_claim import Pair, share_claim
from validator.claims.structure import same_unit
from validator.claims.sum_family import families_of
from validator.claims.table_sum import chapters_of, row_items
from validator.text.mention import MentionKind

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from validator.claims.claim import Claim
    from validator.claims.structure import Text
    from validator.claims.sum_list import Listed
    from validator.text.grid import Column, Grid, Row
    from validator.text.item import Item
    from validator.text.mention import Mention
    from validator.text.role import Role, RoleBook

_LEAST = 2
_MOST_SEARCHED = 10
_FAR = 8
_HOLDS = (ClaimVerdict.PASS, ClaimVerdict.TRUNCATED)
Triple = tuple["Mention", "Mention", "Mention"]


def find_table_shares(text: Text, grids: Sequence[Grid]) -> Iterator[Claim]:
    """Yield the shares of every table."""
    for grid in grids:
        for column in grid.shares():
            yield from _column(text, grid, column)
        yield from _rows(text, grid)


def _column(text: Text, grid: Grid, stated: Column) -> Iterator[Claim]:
    """A column of percentages: of the one pair of columns that the header or most of the rows give."""
    best: tuple[list[Triple], bool] | None = None
    most = 0
    for found, told in _pairings(text, grid, stated):
        triples = [each for each in found if each[1].amount != 0]
        held = [judge_share(*each) in _HOLDS for each in triples]
        telling = sum(
            h and each[0].amount != 0 and each[0].amount != each[1].amount
            for h, each in zip(held, triples, strict=True)
        )
        if told and (sum(held) * 2 > len(held) or (len(held) <= _LEAST and (telling or len(held) == 1))):
            best = (triples, True)
            break
        if telling > most and telling >= _LEAST and sum(held) * 2 >= len(held):
            best, most = (triples, True), telling
        elif told and best is None:
            best = (triples, False)
    if best is None:
        return
    triples, sure = best
    for part, whole, share in triples:
        verdict = judge_share(part, whole, share)
        if verdict is ClaimVerdict.FAIL and not sure:
            verdict = ClaimVerdict.UNDECIDED
        yield share_claim(text.prose, Pair(part=part, whole=whole), share, verdict)


def _pairings(text: Text, grid: Grid, stated: Column) -> Iterator[tuple[list[Triple], bool]]:
    counts = grid.counts()
    if stated.formula is not None and stated.formula[0] == "/" and len(stated.formula[1]) == _LEAST:
        part, whole = stated.formula[1]
        yield _by_columns(grid, part, whole, stated.index), True
    for part, whole in _by_role(text.book, counts, stated.roles):
        yield _by_columns(grid, part, whole, stated.index), True
    left = [column for column in counts if column.index < stated.index]
    if left:
        alone = len(counts) == 1
        yield _of_total(grid, left[-1].index, stated.index), alone
    for part, whole in permutations([column.index for column in counts[:_MOST_SEARCHED]], 2):
        yield _by_columns(grid, part, whole, stated.index), False
    for column in counts[:_MOST_SEARCHED]:
        yield _of_total(grid, column.index, stated.index), False


def _by_columns(grid: Grid, part: int, whole: int, stated: int) -> list[Triple]:
    return [
        (row.figures[part], row.figures[whole], row.figures[stated])
        for row in grid.rows
        if part in row.figures and whole in row.figures and stated in row.figures
    ]


def _of_total(grid: Grid, part: int, stated: int) -> list[Triple]:
    """Each row's figure as a share of the row of totals."""
    totals = [row for row in grid.rows if row.is_total and part in row.figures]
    if len(totals) != 1:
        return []
    whole = totals[0].figures[part]
    return [
        (row.figures[part], whole, row.figures[stated])
        for row in grid.rows
        if part in row.figures and stated in row.figures
    ]


def _by_role(book: RoleBook, counts: Sequence[Column], roles: frozenset[Role]) -> Iterator[tuple[int, int]]:
    """Pairs of columns by the roles that the header of the percentages names."""
    named = frozenset(role for role in roles if role in book.dimension_of)
    if not named:
        return
    parts = [column for column in counts if _meets(named, column.roles)]
    for part in parts:
        for of_parts, of in book.bases:
            if not part.roles & of_parts:
                continue
            for role in of:
                for whole in counts:
                    if role in whole.roles and not whole.roles & of_parts:
                        yield part.index, whole.index


def _meets(named: frozenset[Role], roles: frozenset[Role]) -> bool:
    return named <= roles or ("on_time" in named and "timely" in roles)


# ── a row that states a percentage ───────────────────────────────────────────────────────────────


def _rows(text: Text, grid: Grid) -> Iterator[Claim]:
    counts = grid.counts()
    if len(counts) > _LEAST:
        return
    for column in counts:
        families = [row_items(rows, column.index) for rows in chapters_of(grid)]
        for row in grid.rows:
            stated = row.figures.get(column.index)
            if stated is None or stated.kind is not MentionKind.PERCENT:
                continue
            near = [items for items in families if items and _is_near(grid, row, items)]
            yield from _row(text, near, row, stated)


def _is_near(grid: Grid, row: Row, items: Sequence[Item]) -> bool:
    """Whether a family of rows stands right before or after a row, in its chapter or in the one before."""
    places = {each.figures[c].passage: at for at, each in enumerate(grid.rows) for c in each.figures}
    at = grid.rows.index(row)
    return any(abs(places.get(item.mention.passage, -_FAR) - at) <= _FAR for item in items)


def _row(text: Text, families: Sequence[Sequence[Item]], row: Row, stated: Mention) -> Iterator[Claim]:
    """A percentage with a role that its label names: of a family that is whole and adds up, it must agree."""
    named = frozenset(role for role in row.roles if role in text.book.dimension_of) - {"resolved"}
    pairs: list[tuple[Item, Item, bool]] = []
    for items in families:
        wholes = [family for family in families_of(text, items) if _adds(family)]
        for part in items:
            if not named or not _meets(named, part.roles):
                continue
            for whole in _bases(text.book, items, part):
                sure = any(whole is family.total and part in family.parts for family in wholes)
                pairs.append((part, whole, sure))
    verdicts = [judge_share(part.mention, whole.mention, stated) for part, whole, _ in pairs]
    for (part, whole, _), verdict in zip(pairs, verdicts, strict=True):
        if verdict in _HOLDS:
            yield share_claim(text.prose, Pair(part=part.mention, whole=whole.mention), stated, verdict)
            return
    if pairs:
        part, whole, sure = max(pairs, key=lambda pair: pair[2])
        sure = sure and not any("early" in item.roles for items in families for item in items)
        verdict = ClaimVerdict.FAIL if sure else ClaimVerdict.UNDECIDED
        yield share_claim(text.prose, Pair(part=part.mention, whole=whole.mention), stated, verdict)


def _adds(family: Listed) -> bool:
    return adds_up(family.total.mention, [part.mention for part in family.parts])


def _bases(book: RoleBook, items: Sequence[Item], part: Item) -> Iterator[Item]:
    """The rows that a row's figure may be a share of, by their roles."""
    for of_parts, of in book.bases:
        if not part.roles & of_parts:
            continue
        for role in of:
            for item in items:
                plain = role in item.roles and not item.roles & of_parts and item is not part
                if plain and item.mention.amount and same_unit(item, part):
                    yield item
