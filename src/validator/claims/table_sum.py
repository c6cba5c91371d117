"""Sums of tables: across the columns of a row, down the rows of a column, and in notes beside a figure.

Which columns and rows belong together is told by printed formulas, by the roles of headers and labels, by
rows of totals and by codes; or by a template that holds in the other rows of the same table.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from validator.claims.addition import sum_claim
from validator.claims.claim import ClaimVerdict
from validator.claims.judge import adds_up
from validator.claims.partition import look_at
from validator.claims.sum_family import families_of
from validator.claims.sum_list import BRACKET, Listed, listed
from validator.model.record import evolve, record
from validator.text.item import SOME, Item, items_of

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from validator.claims.claim import Claim
    from validator.claims.structure import Text
    from validator.text.grid import Column, Grid, Row
    from validator.text.mention import Mention

_LEAST = 2
_MOST_RUN = 14
_MOST_SEARCHED = 16
_QUARTERS = 4


@record
class Addends:
    """A total and its parts in a table; ``sure`` where the structure says that they are all of it."""

    total: Mention
    parts: tuple[Mention, ...]
    sure: bool


def find_table_sums(text: Text, grids: Sequence[Grid]) -> Iterator[Claim]:
    """Yield the sums of every table."""
    seen: set[object] = set()
    for grid in grids:
        for addends in (*_across(text, grid), *_down(text, grid)):
            key = (addends.total.key, frozenset([part.key for part in addends.parts]))
            if key in seen:
                continue
            seen.add(key)
            if adds_up(addends.total, addends.parts):
                yield sum_claim(text.prose, addends.total, addends.parts)
            else:
                told = (ClaimVerdict.FAIL,) if addends.sure else (ClaimVerdict.UNDECIDED, "")
                yield sum_claim(text.prose, addends.total, addends.parts, *told)


# ── across ───────────────────────────────────────────────────────────────────────────────────────


def _across(text: Text, grid: Grid) -> Iterator[Addends]:
    """Rows: what holds in the other rows must hold in each."""
    found = [_tried(grid, *each) for each in _column_sets(text, grid)]
    for each in found:
        rivals = [other for other in found if other.total == each.total and other.held > each.held]
        if not each.told and (not each.is_template or rivals):
            continue
        # Of two ways to divide the same columns the one is meant that holds more often.
        beaten = each.held * 2 < len(each.rows) or any(set(each.parts) & set(o.parts) for o in rivals)
        if each.told and not each.is_printed and len(each.rows) > _LEAST and beaten:
            continue
        for row in each.rows:
            yield Addends(
                total=row.figures[each.total],
                parts=tuple(row.figures[part] for part in each.parts),
                sure=each.is_template or each.told,
            )


@record
class _Columns:
    """Columns that may add up to one: in which rows they stand, and in how many of them they do."""

    total: int
    parts: tuple[int, ...]
    told: bool
    rows: tuple[Row, ...]
    held: int
    telling: int
    is_printed: bool

    @property
    def is_template(self) -> bool:
        """Whether it holds in nearly all rows, and tells something in two of them."""
        return self.telling >= _LEAST and self.held * _QUARTERS >= (len(self.rows) - 1) * (_QUARTERS - 1)


PRINTED, BY_ROLES = "printed", "by roles"
"""How it is told which columns add up."""


def _tried(grid: Grid, total: int, parts: tuple[int, ...], told: str) -> _Columns:
    wanted = (total, *parts)
    rows = [row for row in grid.rows if "%" not in row.unit and all(each in row.figures for each in wanted)]
    held = telling = 0
    for row in rows:
        if adds_up(row.figures[total], [row.figures[part] for part in parts]):
            held += 1
            telling += sum(row.figures[part].amount != 0 for part in parts) >= _LEAST
    return _Columns(
        total=total,
        parts=parts,
        told=bool(told),
        rows=tuple(rows),
        held=held,
        telling=telling,
        is_printed=told == PRINTED,
    )


def _column_sets(text: Text, grid: Grid) -> Iterator[tuple[int, tuple[int, ...], str]]:
    """Columns that may add up to one: by formula, by roles, and every run beside it."""
    for column in grid.columns:
        if column.formula is not None and column.formula[0] in "+-":
            sign, parts = column.formula
            if sign == "+":
                yield column.index, parts, PRINTED
            elif len(parts) == _LEAST:
                yield parts[0], (column.index, parts[1]), PRINTED
    counts = [column for column in grid.counts() if column.added]
    told: set[tuple[int, tuple[int, ...]]] = set()
    for total, parts in _by_roles(text, counts):
        told.add((total, parts))
        yield total, parts, BY_ROLES
    if len(grid.rows) > _LEAST and len(counts) <= _MOST_SEARCHED:
        for total, parts in _runs(counts):
            if (total, parts) not in told:
                yield total, parts, ""


def _by_roles(text: Text, counts: Sequence[Column]) -> Iterator[tuple[int, tuple[int, ...]]]:
    """Columns whose headers are a total and a complete family of its parts."""
    made = {column.index: _header_item(column) for column in counts}
    items = [item for item in made.values() if item is not None]
    for family in families_of(text, items):
        yield family.total.order, tuple(part.order for part in family.parts)


def _header_item(column: Column) -> Item | None:

    from validator.text.mention import Mention, MentionKind

    mention = Mention(
        passage=0,
        first=column.index,
        last=column.index + 1,
        start=0,
        end=0,
        kind=MentionKind.COUNT,
        is_quantity=True,
        value=0,
        decimals=0,
        text="",
    )
    return Item(mention=mention, lead=column.words, trail=(), roles=column.roles, order=column.index)


def _runs(counts: Sequence[Column]) -> Iterator[tuple[int, tuple[int, ...]]]:
    """Each column with each run of columns right after or right before it."""
    order = [column.index for column in counts]
    for place, total in enumerate(order):
        for size in range(_LEAST, min(_MOST_RUN, len(order))):
            if place + size < len(order):
                yield total, tuple(order[place + 1 : place + 1 + size])
            if place - size >= 0:
                yield total, tuple(order[place - size : place])


# ── down ─────────────────────────────────────────────────────────────────────────────────────────


def _down(text: Text, grid: Grid) -> Iterator[Addends]:
    columns = [column.index for column in grid.counts() if column.added]
    for total, parts, told in _row_sets(text, grid):
        found: list[tuple[Addends, bool]] = []
        for column in columns:
            addends = tuple(part.figures[column] for part in parts if column in part.figures)
            if column in total.figures and len(addends) >= _LEAST:
                full = all(column in part.figures or column in part.blanks for part in parts)
                found.append((Addends(total=total.figures[column], parts=addends, sure=full), full))
        holds = [adds_up(each.total, each.parts) for each, _ in found]
        other = sum(holds) >= 1 and sum(holds) * 2 >= len(holds)
        alone = len(found) == 1 and told
        for (each, full), held in zip(found, holds, strict=True):
            yield evolve(each, sure=full and (alone or other or held))


def _row_sets(text: Text, grid: Grid) -> Iterator[tuple[Row, tuple[Row, ...], bool]]:
    """Totals with the rows that they add up, and whether structure alone says so."""
    rows = [row for row in grid.rows if row.figures and "%" not in row.unit]
    yield from _total_rows(rows)
    for position, row in enumerate(rows):
        children = _children(rows, position)
        if len(children) >= _LEAST and not children[0].of_which:
            seen = look_at([child.roles for child in children], row.roles, text.book)
            if not seen.clash:
                yield row, children, seen.whole


def _total_rows(rows: Sequence[Row]) -> Iterator[tuple[Row, tuple[Row, ...], bool]]:
    start = 0
    for position, row in enumerate(rows):
        if not row.is_total:
            continue
        block = [other for other in rows[start:position] if not other.is_total]
        if not block and position == 0:
            end = next((at for at, other in enumerate(rows) if at and other.is_total), len(rows))
            block = list(rows[1:end])
        top = _top(block)
        if len(top) >= _LEAST and all(part.unit == row.unit for part in top):
            yield row, top, True
        start = position + 1


def _top(block: Sequence[Row]) -> tuple[Row, ...]:
    """The rows of the outermost level of a block."""
    levels = {row.level for row in block if row.level >= 0}
    if not levels or any(row.level < 0 for row in block):
        coded = [row for row in block if row.level >= 0]
        return tuple(block) if not coded or len(levels) == 1 else ()
    return tuple(row for row in block if row.level == min(levels))


def _children(rows: Sequence[Row], position: int) -> tuple[Row, ...]:
    """The rows right under a row, one level further in."""
    level = rows[position].level
    if level < 0:
        return ()
    children: list[Row] = []
    for row in rows[position + 1 :]:
        if row.is_total or row.level <= level:
            break
        if not children or row.level == children[0].level:
            children.append(row)
    return tuple(children)


# ── lists of items made of rows and notes ────────────────────────────────────────────────────────


def lists_of_tables(text: Text, grids: Sequence[Grid]) -> Iterator[Listed]:
    """Yield the families of roles that the rows of a column make up, and the parts that notes name."""
    for grid in grids:
        columns = [column for column in grid.counts() if column.added]
        if len(columns) <= _LEAST:
            for column in columns:
                for rows in chapters_of(grid):
                    yield from families_of(text, row_items(rows, column.index))
        yield from _notes(text, grid)


_BULLETS = frozenset("-–+*•")


def chapters_of(grid: Grid) -> list[list[Row]]:
    """The rows of a table by family: a row with those whose codes lie right under its own.

    Rows without a code, or with a dash for one, are of the row before them.
    """
    chapters: dict[str, list[Row]] = {}
    code = ""
    for row in grid.rows:
        if row.code and row.code not in _BULLETS:
            code = row.code
            chapters.setdefault(code.rpartition(".")[0], []).append(row)
            chapters.setdefault(code, []).append(row)
        else:
            chapters.setdefault(code, []).append(row)
    return [rows for rows in chapters.values() if len(rows) > 1]


def row_items(rows: Sequence[Row], column: int) -> list[Item]:
    """The figures of some rows in one column as items, for those who look at roles."""
    made: list[Item] = []
    for row in rows:
        mention = row.figures.get(column)
        if mention is None or not mention.is_quantity:
            continue
        unit = " ".join(row.unit)
        if unit:
            mention = evolve(mention, unit=unit, group=f"row:{unit}", unit_is_near=True)
        made.append(Item(mention=mention, lead=row.words, trail=(), roles=row.roles, order=len(made)))
    return made


def _notes(text: Text, grid: Grid) -> Iterator[Listed]:
    """``province = 12; districts = 30`` beside a figure."""
    counts = {column.index for column in grid.counts()}
    for row in grid.rows:
        values = [mention for column, mention in row.figures.items() if column in counts]
        if len(values) != 1 or "%" in row.unit:
            continue
        for place in row.notes:
            reading = text.prose.readings.get(place)
            if reading is None:
                continue
            items = items_of(reading, text.book).items
            parts = [item for item in items if item.mention.depth == 0]
            if len(parts) < _LEAST or any(part.base for part in parts):
                continue
            total = Item(mention=values[0], lead=row.words, trail=(), roles=row.roles)
            kind = SOME if parts[0].announced == SOME else BRACKET
            found = listed(text, total, parts, kind)
            if found is not None:
                named = all(part.lead for part in parts)
                yield evolve(found, sure=found.sure and named)
