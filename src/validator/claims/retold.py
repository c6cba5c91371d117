"""Figures of a table that the text tells again, by the names of their rows or the roles of their columns."""

from __future__ import annotations

from collections import Counter, defaultdict
from typing import TYPE_CHECKING

from validator.claims.claim import ClaimVerdict
from validator.claims.precision import is_same_value, restated
from validator.claims.said import canonical, family_roles, roles_of_columns, telling
from validator.model.record import record
from validator.text.mention import MentionKind
from validator.text.qualifier import HEDGED

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence

    from validator.claims.claim import Claim
    from validator.claims.identity_word import IdentityWords
    from validator.claims.said import Said
    from validator.claims.structure import Text
    from validator.text.grid import Grid, Row
    from validator.text.mention import Mention
    from validator.text.role import Role

_ALIKE = 2
"""So many other figures of one sentence or list agree with a table before one that does not is told."""
_MOST_CELLS = 4_000
_MOST_FIGURES = 400


@record
class _Cell:
    """A figure of a table: of which row and column, and what these say of it.

    ``is_whole_label``: the row's label is its own alone, and no row above is part of what it means.
    """

    mention: Mention
    row: int
    column: int
    label: tuple[str, ...]
    is_total: bool
    roles: frozenset[Role]
    words: frozenset[str]
    is_alone: bool
    unit: tuple[str, ...] = ()
    is_whole_label: bool = True


@record
class _Match:
    said: Said
    cell: _Cell
    is_sure: bool

    @property
    def agrees(self) -> bool:
        return is_same_value(self.said.mention, self.cell.mention)


def find_retold(
    text: Text, grids: Sequence[Grid], said: Sequence[Said], words: IdentityWords
) -> Iterator[Claim]:
    """Yield where a sentence or list tells the figures of a table again."""
    spoken = _Spoken([each for each in said if not each.is_aside] if grids else ())
    for grid in grids:
        cells = _cells(text, grid, words)
        if not cells:
            continue
        inside = {cell.mention.passage for cell in cells}
        values = frozenset(cell.mention.amount for cell in cells)
        groups: dict[object, list[_Match]] = defaultdict(list)
        for each in spoken.about(cells):
            if each.mention.passage not in inside:
                for key, match in _matches(each, cells):
                    groups[key].append(match)
        for group in groups.values():
            yield from _judged(text, group, values)


class _Spoken:
    """The figures of the text by their words: a table is held against those that may tell it again."""

    def __init__(self, said: Sequence[Said]) -> None:
        self._said = said
        self._by_word: dict[str, list[int]] = defaultdict(list)
        self._bare: list[int] = []
        for at, each in enumerate(said):
            if not each.meaning:
                self._bare.append(at)
            for word in {*each.seen, *each.words, *each.mention.unit.split()}:
                self._by_word[word].append(at)

    def about(self, cells: Sequence[_Cell]) -> list[Said]:
        """The figures with all words of a row, or none of their own; the nearest, if there are many."""
        found = set(self._bare)
        wanted = [frozenset(cell.label) for cell in cells]
        wanted += [cell.words - frozenset(cell.unit) for cell in cells if cell.is_alone]
        for words in filter(None, set(wanted)):
            rarest = min(words, key=lambda word: (len(self._by_word.get(word, ())), word))
            found.update(self._by_word.get(rarest, ()))
        places = sorted(found)
        if len(places) > _MOST_FIGURES:
            middle = cells[0].mention.passage
            places.sort(key=lambda at: abs(self._said[at].mention.passage - middle))
            places = sorted(places[:_MOST_FIGURES])
        return [self._said[at] for at in places]


def _cells(text: Text, grid: Grid, words: IdentityWords) -> list[_Cell]:
    known, book = family_roles(text.book), text.book
    counts = {column.index for column in grid.counts()}
    shares = {column.index for column in grid.shares()}
    spoken_roles = roles_of_columns(grid, book)
    found: list[_Cell] = []
    labels = Counter(row.words for row in grid.rows)
    top = min(row.level for row in grid.rows)
    for at, row in enumerate(grid.rows):
        for index, mention in row.figures.items():
            column = grid.columns[index]
            spoken = (*(() if row.is_total else row.words), *column.words)
            found.append(
                _Cell(
                    mention=mention,
                    row=at,
                    column=index,
                    label=_label(row, words),
                    is_total=row.is_total,
                    roles=canonical(row.roles | spoken_roles[index], known),
                    words=telling(spoken, book, known, words.filler),
                    unit=row.unit,
                    is_whole_label=labels[row.words] == 1 and row.level == top,
                    is_alone=len(shares if index in shares else counts) == 1,
                )
            )
            if len(found) > _MOST_CELLS:
                return found
    return found


def _label(row: Row, words: IdentityWords) -> tuple[str, ...]:
    return () if row.is_total or all(word in words.filler for word in row.words) else row.words


def _matches(said: Said, cells: Iterable[_Cell]) -> Iterator[tuple[object, _Match]]:
    """The cells that a figure may tell again, by the sentence or list that it stands in."""
    m = said.mention
    place = ("list", said.parent) if said.parent is not None else ("passage", m.passage)
    percent = m.kind is MentionKind.PERCENT
    best = 0
    named: list[_Cell] = []
    for cell in cells:
        if (cell.mention.kind is MentionKind.PERCENT) is not percent:
            continue
        if cell.is_total:
            if _are_roles_of(said.roles, cell.roles) and not said.meaning:
                yield (place, "row", cell.row), _Match(said=said, cell=cell, is_sure=not said.context)
        elif cell.is_alone and _is_label_of(cell, said):
            yield "table", _Match(said=said, cell=cell, is_sure=not said.context)
        elif cell.label and len(cell.label) >= best and _holds(said.seen, cell.label):
            named = named if len(cell.label) == best else []
            best = len(cell.label)
            named.append(cell)
    for cell in named:
        if not said.roles or not cell.roles or _are_roles_of(said.roles, cell.roles):
            sure = cell.is_alone or bool(said.roles and cell.roles)
            yield (place, "column", cell.column), _Match(said=said, cell=cell, is_sure=sure)


def _are_roles_of(said: frozenset[Role], cell: frozenset[Role]) -> bool:
    """Whether a figure of the text is of the role of a column: what was late was resolved late."""
    if not said or not cell:
        return False
    one, other = (
        frozenset("received" if role == "gross" else role for role in roles) for roles in (said, cell)
    )
    return one == other or (bool(one & other) and one ^ other == {"resolved"})


def _is_label_of(cell: _Cell, said: Said) -> bool:
    """Whether a figure is worded like the label of a row whose only figure this is."""
    alike = cell.roles == said.roles or _are_roles_of(said.roles, cell.roles)
    if not cell.label or not alike or said.mention.role:
        return False
    unit = frozenset(cell.unit) | frozenset(said.mention.unit.split())
    return said.words - unit == cell.words - unit and bool(said.roles or said.words - unit)


def _holds(words: tuple[str, ...], label: tuple[str, ...]) -> bool:
    size, first = len(label), label[0]
    if first not in words:
        return False
    return any(words[at] == first and words[at : at + size] == label for at in range(len(words) - size + 1))


def _judged(text: Text, group: Sequence[_Match], values: frozenset[object]) -> Iterator[Claim]:
    """Judge the matches of one sentence or list with one column, or with one row of totals.

    What stands somewhere in the table, among its *values*, may be told of another row.
    """
    once: dict[tuple[int, int], _Match] = {}
    for match in group:
        once.setdefault((match.cell.row, match.cell.column), match)
    matches = list({m.said.mention.key: m for m in once.values()}.values())
    agreeing = [match for match in matches if match.agrees]
    for match in matches:
        others = len(agreeing) - match.agrees
        if match.agrees:
            verdict = ClaimVerdict.PASS if match.is_sure or others >= _ALIKE else ClaimVerdict.FITS
        elif (others >= _ALIKE and _is_like(match, agreeing)) or (
            match.said.mention.amount not in values and _is_summed_up(match)
        ):
            verdict = ClaimVerdict.FAIL
        elif match.is_sure and others:
            verdict = ClaimVerdict.UNDECIDED
        else:
            continue
        yield _claim(text, match, verdict)


def _is_summed_up(match: _Match) -> bool:
    """Whether an assessment names a row and the role of a column and nothing else."""
    said, cell = match.said, match.cell
    plain = not said.mention.odd and not said.mention.role and HEDGED not in said.mention.tags
    named = (
        cell.is_whole_label
        and bool(cell.label)
        and match.is_sure
        and not said.meaning - frozenset(cell.label) - cell.words
    )
    return said.sums_up and said.is_of_report and plain and named


def _is_like(match: _Match, others: Sequence[_Match]) -> bool:
    """Whether a figure is worded like those that agree: of the same unit, roles and times."""
    said = match.said
    near = [other.said for other in others]
    if said.mention.odd or any(said.kind and one.kind and said.kind != one.kind for one in near):
        return False
    if any(not said.is_when(one) or bool(said.times) != bool(one.times) for one in near):
        return False
    if match.cell.is_total:
        return True
    extra = said.meaning - frozenset(match.cell.label)
    return all(one.roles == said.roles for one in near) and not extra - match.cell.words


def _claim(text: Text, match: _Match, verdict: ClaimVerdict) -> Claim:
    told = (match.said.mention, match.cell.mention)
    return restated(text.prose, told, verdict, "retold-differs", ("said", "table"))
