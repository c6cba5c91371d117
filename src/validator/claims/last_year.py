"""Figures that a report gives for the same period of last year, beside its own: which is said of which."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from validator.claims.identity_word import find_phrase, load_identity
from validator.claims.structure import same_unit
from validator.model.record import record
from validator.text.item import Item
from validator.text.mention import MentionKind
from validator.text.qualifier import HEDGED

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from validator.claims.identity_word import IdentityWords
    from validator.claims.structure import Node, Text
    from validator.model.location import Location
    from validator.text.grid import Column, Grid, Row
    from validator.text.item import Stated
    from validator.text.mention import Mention, Reading
    from validator.text.token import Exact, Token

_CHANGES = frozenset({"up", "down", "change", "minus"})
_NO_FIGURE = _CHANGES | {"aim", "average"}
_NEAR, _BACK = 7, 4
_YEAR = re.compile("(?:19|20)[0-9]{2}")
_OPENS = frozenset({"(", "[", ":"})
_STOPS = frozenset(".;")


@record
class LastYear:
    """A figure of the same period of last year, and the places of those of this period that it may be beside.

    ``year`` is the one that the words name, 0 without; ``by_year``: the words are those of a whole year.
    ``amount`` is in base units, per cents as they are written; ``step`` is one more in the last place.
    """

    now: tuple[Location, ...]
    then: Location
    text: str
    quote: str
    amount: Exact
    step: Exact
    is_rounded: bool
    is_percent: bool
    year: int = 0
    by_year: bool = False


def find_last_year(text: Text, grids: Sequence[Grid]) -> Iterator[LastYear]:
    """Yield what is said of the same period of last year, in sentences and in columns of their own."""
    words = load_identity(text.prose.vocabulary.name, degraded=text.prose.degraded)
    for node in text.nodes.values():
        if node.found.reading is not None:
            yield from _said(text, node, node.found.reading, words)
    for grid in grids:
        yield from _in_columns(text, grid, words)


# ── sentences ────────────────────────────────────────────────────────────────────────────────────


def _said(text: Text, node: Node, reading: Reading, words: IdentityWords) -> Iterator[LastYear]:
    there = {token.key or token.text for token in reading.tokens}
    if not any(phrase[0] in there for phrase in (*words.same_period, *words.last_year)):
        return
    figures: list[Item | Stated] = [*node.items, *node.found.stated]
    figures.sort(key=lambda each: each.mention.first)
    for at, each in enumerate(figures):
        m = each.mention
        if not _counts(m) or m.role:
            continue
        named = _named_before(text, reading, each, words) or _named_after(text, reading, each, words)
        now = _beside(reading, figures[max(0, at - _NEAR) : at], each) if named is not None else None
        if named is not None and now is not None:
            year, by_year = named
            yield _made(text, (now.mention,), m, year, by_year=by_year)


def _counts(mention: Mention) -> bool:
    plain = not mention.odd and HEDGED not in mention.tags
    return plain and (mention.is_quantity or mention.kind is MentionKind.PERCENT)


def _named_before(
    text: Text, reading: Reading, figure: Item | Stated, words: IdentityWords
) -> tuple[int, bool] | None:
    """The year and sort of the words right before a figure: ``(the same period: T)``, ``… of 2024 T``."""
    if figure.roles & _NO_FIGURE:
        return None
    m = figure.mention
    start = max(0, m.first - _NEAR)
    start = max(
        (at + 1 for at in range(start, m.first) if reading.tokens[at].key in {*_STOPS, ","}), default=start
    )
    tokens = reading.tokens[start : m.first]
    keys = list(map(_key, tokens))
    found = _phrase(keys, words)
    if found is None:
        return None
    _, last, by_year = found
    year, between = 0, keys[last:]
    for key in between:
        if _YEAR.fullmatch(key):
            year = int(key)
    links = {
        at - start
        for cue in reading.cues_between(start + last, m.first)
        if "link" in cue.tags
        for at in range(cue.first, cue.last)
    }
    rest = [
        key
        for at, key in enumerate(between, start=last)
        if key not in _OPENS
        and not _YEAR.fullmatch(key)
        and words.stretch.get(key) != "year"
        and at not in links
    ]
    roles = text.book.named(rest)
    covered = sum(end - begin for begin, end, _ in text.book.find(rest))
    if rest and (covered != len(rest) or roles & _NO_FIGURE or not roles <= figure.roles):
        return None
    return year, by_year


def _named_after(
    text: Text, reading: Reading, figure: Item | Stated, words: IdentityWords
) -> tuple[int, bool] | None:
    """The same of words right behind a figure that something is compared with: ``against T of …``."""
    m = figure.mention
    if figure.roles & (_NO_FIGURE - _CHANGES):
        return None
    before = [token.key for token in reading.tokens[max(0, m.first - _BACK) : m.first]]
    compared = [end for _, end, roles in text.book.find(before) if "compared" in roles]
    if not compared or compared[-1] != len(before):
        return None
    keys: list[str] = []
    for token in reading.tokens[m.last : m.last + _NEAR + _BACK]:
        if token.key in _STOPS | _OPENS | {",", ")"}:
            break
        keys.append(_key(token))
    found = _phrase(keys, words)
    if found is None or found[0] > _BACK:
        return None
    years = [int(key) for key in keys[found[1] :] if _YEAR.fullmatch(key)]
    return (years[0] if years else 0), found[2]


def _key(token: Token) -> str:
    return token.key or token.text


def _phrase(keys: Sequence[str], words: IdentityWords) -> tuple[int, int, bool] | None:
    """Where words of last year begin and end, and whether they are those of a whole year.

    "The same period" of last month or last quarter is another one.
    """
    for phrases, by_year in ((words.same_period, False), (words.last_year, True)):
        first = find_phrase(keys, phrases)
        if first is None:
            continue
        last = first + max(len(each) for each in phrases if tuple(keys[first : first + len(each)]) == each)
        after = [words.stretch.get(key) for key in keys[last : last + 2]]
        return None if any(kind not in {None, "year"} for kind in after) else (first, last, by_year)
    return None


def _beside(reading: Reading, before: Sequence[Item | Stated], figure: Item | Stated) -> Item | Stated | None:
    """The figure of this period: the one that a bracket stands behind, or the only one of its sort so far."""
    m = figure.mention
    alike = [
        each
        for each in before
        if each.mention.sentence == m.sentence
        and not each.roles & _NO_FIGURE
        and "other_period" not in each.roles
        and _counts(each.mention)
        and (each.mention.kind is MentionKind.PERCENT) is (m.kind is MentionKind.PERCENT)
    ]
    if not alike or not _may_be_of_one(alike[-1], figure):
        return None
    near = alike[-1]
    between = {token.key for token in reading.tokens[near.mention.last : m.first]}
    is_bracketed = m.depth == near.mention.depth + 1 and not between & {*_STOPS, ",", ")"}
    alone = (
        len(alike) == 1 and near.mention.depth == 0 and not (isinstance(near, Item) and near.base is not None)
    )
    return near if is_bracketed or (alone and ";" not in between) else None


def _may_be_of_one(now: Item | Stated, then: Item | Stated) -> bool:
    if isinstance(now, Item) and isinstance(then, Item):
        return now.mention.kind is then.mention.kind and same_unit(now, then)
    return not isinstance(now, Item) and not isinstance(then, Item)


# ── tables ───────────────────────────────────────────────────────────────────────────────────────


def _in_columns(text: Text, grid: Grid, words: IdentityWords) -> Iterator[LastYear]:
    """The figures of a column of last year with those beside them in their rows."""
    columns = [column for column in grid.columns if column.kind in {"count", "share"}]
    named = {column.index: found for column in columns if (found := _of_column(column, words))}
    if len(named) != 1:
        return
    ((index, by_year),) = ((index, found[2]) for index, found in named.items())
    plain = [each for each in columns if not each.roles & (_NO_FIGURE | {"compared", "other_period"})]
    for row in grid.rows:
        yield from _in_row(text, row, index, plain, by_year=by_year)


def _of_column(column: Column, words: IdentityWords) -> tuple[int, int, bool] | None:
    is_change = column.roles & (_NO_FIGURE | {"compared"})
    return None if is_change else _phrase(column.words, words)


def _in_row(
    text: Text, row: Row, index: int, plain: Sequence[Column], *, by_year: bool
) -> Iterator[LastYear]:
    then = row.figures.get(index)
    if then is None or then.odd:
        return
    nows = [row.figures[each.index] for each in plain if each.index != index and each.index in row.figures]
    if nows:
        yield _made(text, nows, then, 0, by_year=by_year)


def _made(text: Text, nows: Sequence[Mention], then: Mention, year: int, *, by_year: bool) -> LastYear:
    reading = text.prose.reading_of(then.passage)
    return LastYear(
        now=tuple(map(text.prose.place, nows)),
        then=text.prose.place(then),
        text=then.text,
        quote=reading.quote(then.start, then.end),
        amount=then.amount,
        step=then.step,
        is_rounded=then.kind is not MentionKind.COUNT or bool(then.scale or then.decimals),
        is_percent=then.kind is MentionKind.PERCENT,
        year=year,
        by_year=by_year,
    )
