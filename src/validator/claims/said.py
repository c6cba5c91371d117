"""A figure with all that tells it from others: what it counts, its roles, where and of when it is said."""

from __future__ import annotations

from typing import TYPE_CHECKING

from validator.model.record import record
from validator.text.mention import MentionKind

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping, Sequence

    from validator.claims.identity_word import IdentityWords
    from validator.claims.stretch import Stretch
    from validator.claims.structure import Text
    from validator.text.grid import Grid
    from validator.text.mention import Mention
    from validator.text.role import Role, RoleBook

_CHANNELS = frozenset({"online", "direct", "post", "direct_post"})
_STAGE, _TIMING = "stage", "timing"
_BEYOND = frozenset({"new", "carried", "resolved", "pending"})
_INTAKE = frozenset({"received", "gross"})


@record
class Said:
    """A figure and what is said of it.

    ``seen`` are its own words in order, ``words`` those of them that tell it from others, ``context``
    those of its sentence, its list and the scope that it stands under, ``heading`` those of its heading.
    ``times`` are the stretches of time that it is of, named in its own sentence if ``is_timed``, and of
    the report's own period if ``is_of_report``. ``is_aside``: it states no result. ``kind``: a percentage,
    money, or the group of its unit. ``sums_up``: it stands where figures given before are summed up.
    ``order`` is 0 for the figure that leads its sentence.
    """

    mention: Mention
    seen: tuple[str, ...]
    words: frozenset[str]
    roles: frozenset[Role]
    context: frozenset[str]
    times: frozenset[Stretch]
    is_timed: bool = False
    is_aside: bool = False
    order: int = 0
    parent: int | None = None
    kind: str = ""
    unit: frozenset[str] = frozenset()
    heading: frozenset[str] = frozenset()
    sums_up: bool = False
    is_of_report: bool = True

    @property
    def meaning(self) -> frozenset[str]:
        """The telling words without those of the unit."""
        return self.words - self.unit

    def is_when(self, other: Said) -> bool:
        """Whether both may be of one time, as far as they say."""
        if not self.times or not other.times:
            return True
        return all(any(one.may_be(each) for each in other.times) for one in self.times)


def family_roles(book: RoleBook) -> frozenset[Role]:
    """The roles that tell one figure from another."""
    return book.telling


def canonical(roles: Iterable[Role], known: frozenset[Role]) -> frozenset[Role]:
    """The roles that tell figures apart; that things came in goes without saying of those done or online."""
    kept = frozenset(roles) & known
    return kept - _INTAKE if kept & (_CHANNELS | _BEYOND) else kept


def telling(
    words: Sequence[str], book: RoleBook, known: frozenset[Role], skip: frozenset[str]
) -> frozenset[str]:
    """The words that are of no role and say what is counted."""
    rest = [word for word in _outside(words, book, known) if word not in skip]
    return frozenset(rest if len(rest) == len(words) else _outside(rest, book, known))


def _outside(words: Sequence[str], book: RoleBook, known: frozenset[Role]) -> list[str]:
    """The words outside phrases that name a role."""
    kept: list[str] = []
    place = 0
    for first, end, roles in book.find(words):
        if roles & known or "whole" in roles or "closing" in roles:
            kept += words[place:first]
            place = end
    return [*kept, *words[place:]]


def said_in_tables(text: Text, grids: Iterable[Grid], words: IdentityWords) -> Iterator[Said]:
    """The figures of tables with what their rows and columns say of them."""
    known, book = family_roles(text.book), text.book
    for grid in grids:
        roles = roles_of_columns(grid, book)
        for row in grid.rows:
            for index, mention in row.figures.items():
                column = grid.columns[index]
                seen = (*row.words, *column.words)
                yield Said(
                    mention=mention,
                    seen=seen,
                    words=telling(seen, book, known, words.filler),
                    roles=canonical(row.roles | roles[index], known),
                    context=frozenset(),
                    times=frozenset(),
                    kind=kind_of(mention, text),
                )


def roles_of_columns(grid: Grid, book: RoleBook) -> list[frozenset[Role]]:
    """The roles of columns; those of a timing behind the total of a stage are of that stage."""
    inside = {dimension.name: dimension.roles for dimension in book.dimensions}
    stage: frozenset[Role] = frozenset()
    found: list[frozenset[Role]] = []
    for column in grid.columns:
        known = column.roles & family_roles(book)
        stage = column.roles & inside[_STAGE] if not known <= inside[_TIMING] else stage
        found.append(column.roles | stage if known and known <= inside[_TIMING] else column.roles)
    return found


def kind_of(mention: Mention, text: Text) -> str:
    """The sort of a figure; of "15 thousand" alone it is not known."""
    if mention.kind is MentionKind.COUNT:
        return mention.group
    if mention.kind is MentionKind.MONEY:
        reading = text.prose.reading_of(mention.passage)
        last = str(reading.tokens[mention.last - 1].text).casefold()
        return mention.kind.value if last not in text.prose.vocabulary.notation.data.scales else ""
    return str(mention.kind.value)


def by_amount(said: Iterable[Said]) -> Mapping[object, list[Said]]:
    """Figures of one sort and one amount together."""
    found: dict[object, list[Said]] = {}
    for each in said:
        found.setdefault((each.mention.kind, each.mention.amount), []).append(each)
    return found
