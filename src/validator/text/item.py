"""A passage's figures with the words that belong to each: what it counts, and in which role."""

from __future__ import annotations

from bisect import bisect_left
from itertools import pairwise
from typing import TYPE_CHECKING

from validator.model.record import evolve, record
from validator.text.item_role import roles_in, roles_of
from validator.text.joined_name import BREAKS, commas_of_name
from validator.text.mention import Mention, MentionKind, Reading
from validator.text.qualifier import DOWNWARD, UPWARD
from validator.text.token import TokenKind, words_at

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence

    from validator.text.role import Role, RoleBook
    from validator.text.token import Token

_HARD = frozenset(";.!?")
_SHARES = (MentionKind.PERCENT, MentionKind.POINTS)
_LONGEST_LABEL = 30
_FIRST_YEAR, _LAST_YEAR = 1900, 2100
MOST_TOKENS = 40_000
ALL, SOME, COLON = "all", "some", ":"
_OF_BASE = frozenset({"assigned"})
_ANNOUNCERS = {"parts_all": ALL, "parts_some": SOME}


@record
class Item:
    """A figure that counts something, with its own words.

    ``lead`` and ``trail`` are the folded words before and after it up to the next figure or mark;
    ``roles`` what they say it is, ``scope`` the roles that the sentence names for all its figures,
    ``passing`` those of all words since the item before. ``mark`` is what parts it from the item
    before: a mark, ``and``, ``=`` or nothing; ``announced`` how a list that begins here was announced:
    ``all``, ``some``, ``:`` or not. ``shares`` are the percentages said of it, ``base`` the number it
    is a fraction of in ``a/b``. ``order`` is its place among the passage's items; ``closes``: it adds
    up what stands before it.
    """

    mention: Mention
    lead: tuple[str, ...]
    trail: tuple[str, ...]
    roles: frozenset[Role]
    scope: frozenset[Role] = frozenset()
    mark: str = ""
    announced: str = ""
    passing: frozenset[Role] = frozenset()
    shares: tuple[Mention, ...] = ()
    base: Mention | None = None
    order: int = 0
    closes: bool = False

    @property
    def words(self) -> tuple[str, ...]:
        """All words of its own."""
        return self.lead + self.trail


@record
class Stated:
    """A percentage with its words, and the item that it is said of, if one stands before it."""

    mention: Mention
    lead: tuple[str, ...]
    trail: tuple[str, ...]
    roles: frozenset[Role]
    owner: int | None
    mark: str = ""


@record
class Items:
    """The items of a passage in order, and its percentages."""

    reading: Reading | None
    items: tuple[Item, ...]
    stated: tuple[Stated, ...]


def items_of(reading: Reading, book: RoleBook) -> Items:
    """Find the items and the percentages of a passage."""
    if not reading.mentions or len(reading.tokens) > MOST_TOKENS:
        return Items(reading=reading, items=(), stated=())
    scopes = _scopes(reading, book)
    items: list[Item] = []
    stated: list[Stated] = []
    owner: dict[int, int] = {}
    for piece in sorted(_pieces(reading, book), key=lambda piece: piece.mention.first):
        m = piece.mention
        if m.kind in _SHARES:
            stated.append(_stated(piece, items, owner, book))
        elif m.role == "under" and items and items[-1].mention.role == "over" and items[-1].base is None:
            # "a/T cases of the plan": T is what was planned.
            roles = items[-1].roles | (roles_in(book.find(piece.trail), book) - _OF_BASE)
            items[-1] = evolve(items[-1], trail=piece.trail, roles=roles, base=m)
        else:
            owner[m.bracket] = len(items)
            items.append(_item(piece, len(items), scopes.get(m.sentence, frozenset()), book))
    return Items(reading=reading, items=tuple(items), stated=tuple(stated))


def _item(piece: _Piece, order: int, scope: frozenset[Role], book: RoleBook) -> Item:
    roles = _roles_of(piece, book)
    return Item(
        mention=_without_owner(piece, book),
        lead=piece.lead,
        trail=piece.trail,
        roles=roles,
        scope=scope,
        mark=piece.mark,
        announced=piece.announced,
        passing=piece.passing,
        order=order,
        closes="closing" in roles or piece.mark == "=",
    )


def _without_owner(piece: _Piece, book: RoleBook) -> Mention:
    """The mention without a unit that only says whose the things are: "3 of the district"."""
    m = piece.mention
    if m.unit_is_near and m.kind is MentionKind.COUNT and book.starts("of", piece.trail):
        return evolve(m, unit="", group="", unit_is_near=False)
    return m


def _stated(piece: _Piece, items: list[Item], owner: Mapping[int, int], book: RoleBook) -> Stated:
    """A percentage, owned by the last item of its bracket, or else by the last one of its sentence."""
    m = piece.mention
    holder: int | None = owner.get(m.bracket, len(items) - 1)
    if holder is None or holder < 0 or items[holder].mention.sentence != m.sentence:
        holder = None
    return Stated(
        mention=m,
        lead=piece.lead,
        trail=piece.trail,
        roles=_roles_of(piece, book),
        owner=holder,
        mark=piece.mark,
    )


@record
class _Piece:
    mention: Mention
    lead: tuple[str, ...]
    trail: tuple[str, ...]
    mark: str
    announced: str
    passing: frozenset[Role]


def _pieces(reading: Reading, book: RoleBook) -> Iterator[_Piece]:
    """The figures of each bracket's own run of tokens, with the words before and after them."""
    runs: dict[int, list[Mention]] = {}
    for mention in reading.mentions:
        if mention.kind is not MentionKind.NAME:
            runs.setdefault(mention.bracket, []).append(mention)
    places: dict[int, list[int]] = {bracket: [] for bracket in runs}
    inside = [mention.bracket for mention in reading.mentions]
    if len(runs) == 1 and not any(reading.depths) and inside:
        places[inside[0]] = list(range(len(reading.tokens)))
    else:
        _fill(reading, places)
    for bracket, mentions in runs.items():
        yield from _pieces_of_run(reading, book, mentions, places[bracket])


def _fill(reading: Reading, places: dict[int, list[int]]) -> None:
    """The tokens of each bracket, without those of brackets inside it."""
    open_ones, made = [0], 0
    for position, token in enumerate(reading.tokens):
        if token.kind is TokenKind.MARK and token.key in "([{":
            made += 1
            open_ones.append(made)
        elif token.kind is TokenKind.MARK and token.key in ")]}":
            if len(open_ones) > 1:
                open_ones.pop()
        elif open_ones[-1] in places:
            places[open_ones[-1]].append(position)


def _pieces_of_run(
    reading: Reading, book: RoleBook, mentions: list[Mention], places: list[int]
) -> Iterator[_Piece]:
    gaps = _gaps(mentions, places)
    leads: list[list[int]] = []
    trails: list[list[int]] = []
    marks: list[str] = []
    first_lead = _last_stretch(reading, gaps[0])
    leads.append(first_lead)
    marks.append("")
    for (left, right), gap in zip(pairwise(mentions), gaps[1:-1], strict=True):
        trail, lead, mark = _split(reading, book, left, right, gap, has_lead=bool(leads[-1]))
        trails.append(trail)
        leads.append(lead)
        marks.append(mark)
    trails.append(_first_stretch(reading, mentions[-1], gaps[-1]))
    for index, mention in enumerate(mentions):
        yield _Piece(
            mention=mention,
            lead=words_at(reading.tokens, leads[index]),
            trail=words_at(reading.tokens, trails[index]),
            mark=marks[index],
            announced=_announcer(
                reading,
                gaps[index],
                book,
                commas_of_name(reading, mentions[index - 1], gaps[index]) if index else 0,
            ),
            passing=_passing(reading, gaps[index], book),
        )


def _gaps(mentions: list[Mention], places: list[int]) -> list[list[int]]:
    """The token places before, between and after the figures."""
    gaps: list[list[int]] = []
    start = 0
    for mention in mentions:
        end = bisect_left(places, mention.first, start)
        gaps.append(places[start:end])
        start = bisect_left(places, mention.last, end)
    return [*gaps, places[start:]]


def _last_stretch(reading: Reading, gap: list[int]) -> list[int]:
    """The label before the first figure: back to a mark, or the whole label before a colon."""
    tokens = reading.tokens
    at_colon = bool(gap) and tokens[gap[-1]].key == ":"
    end = len(gap) - at_colon
    for index in range(end - 1, -1, -1):
        key = tokens[gap[index]].key if tokens[gap[index]].kind is TokenKind.MARK else ""
        if key in _HARD or (key in BREAKS and not at_colon) or (key == ":" and at_colon):
            return gap[index + 1 : end]
        if at_colon and key == "," and end - index > _LONGEST_LABEL:
            return gap[index + 1 : end]
    return gap[:end]


def _first_stretch(reading: Reading, left: Mention, gap: list[int]) -> list[int]:
    named = commas_of_name(reading, left, gap)
    for index, place in enumerate(gap):
        token = reading.tokens[place]
        if token.kind is TokenKind.MARK and token.key in BREAKS:
            if not named:
                return gap[:index]
            named -= 1
    return gap


def _split(
    reading: Reading, book: RoleBook, left: Mention, right: Mention, gap: list[int], *, has_lead: bool
) -> tuple[list[int], list[int], str]:
    """Share the words between two figures out between them; tell the mark that parts them."""
    tokens = reading.tokens
    marks = [
        index
        for index, place in enumerate(gap)
        if tokens[place].kind is TokenKind.MARK and tokens[place].key in BREAKS
    ]
    if marks:
        marks = marks[commas_of_name(reading, left, gap) :] or marks
        keys = {tokens[gap[index]].key for index in marks}
        mark = next((key for key in (".", "!", "?", ";", ":", ",") if key in keys), ",")
        lead = _last_stretch(reading, gap)
        joins = reading.cues_between(lead[-1], lead[-1] + 1) if len(lead) > 1 else ()
        if mark == "," and any("and" in cue.tags and "vague" not in cue.tags for cue in joins):
            # "17 sent by departments, boards and 8": the mark stands within what is said of the first.
            return gap[: marks[0]], [], "and"
        return gap[: marks[0]], lead, "." if left.sentence != right.sentence else mark
    if right.kind in _SHARES:
        at = _cue_in(reading, gap, "share")
        return (gap[:at], gap[at:], "") if at is not None else (gap, [], "")
    joined = _join_in(tokens, gap, book)
    if joined is not None:
        return gap[: joined[0]], gap[joined[1] :], "=" if joined[2] else "and"
    if has_lead and (dated := _after_year(reading, gap)):
        # "rose from 40 at the end of 2024 to 52": what stands before a year says when the first one was.
        return gap[:dated], gap[dated:], ""
    at = _cue_in(reading, gap, "parts_all", "parts_some", "total", "within")
    if at is not None:
        return gap[:at], gap[at:], ""
    if left.kind in _SHARES or has_lead:
        own = len(left.unit.split()) if left.unit_is_near else 0
        return gap[:own], gap[own:], ""
    return gap, [], ""


def _cue_in(reading: Reading, gap: list[int], *tags: str) -> int | None:
    """Where in a gap a cue with one of the tags begins."""
    if not gap:
        return None
    places = {cue.first for cue in reading.cues_between(gap[0], gap[-1] + 1) if cue.tags & set(tags)}
    return next((index for index, place in enumerate(gap) if place in places), None)


def _after_year(reading: Reading, gap: list[int]) -> int:
    """Where in a gap the last year in it ends; 0 if there is none."""
    names = reading.mentions_between(gap[0], gap[-1] + 1) if gap else ()
    years = [m.last for m in names if m.kind is MentionKind.NAME and _FIRST_YEAR <= m.value <= _LAST_YEAR]
    return next((at + 1 for at, place in enumerate(gap) if years and place == years[-1] - 1), 0)


def _join_in(tokens: Sequence[Token], gap: list[int], book: RoleBook) -> tuple[int, int, bool] | None:
    """Where in a gap a joining word stands, the last one, and whether it says that a total follows."""
    keys = [tokens[place].key for place in gap]
    joins = [
        (first, end, "making" in roles)
        for first, end, roles in book.find(keys)
        if "join" in roles or "making" in roles
    ]
    return joins[-1] if joins else None


def _passing(reading: Reading, gap: list[int], book: RoleBook) -> frozenset[Role]:
    """The roles of all words before a figure since the one before it in its sentence."""
    sentence = reading.sentences[gap[-1]] if gap else 0
    keys = [reading.tokens[place].key for place in gap if reading.sentences[place] == sentence]
    return book.named(keys)


def _announcer(reading: Reading, gap: list[int], book: RoleBook, named: int = 0) -> str:
    """How the words before a figure announce a list; *named*: so many commas part names of a total."""
    if not gap:
        return ""
    found = ""
    for cue in reading.cues_between(gap[0], gap[-1] + 1):
        for tag, kind in _ANNOUNCERS.items():
            if tag in cue.tags:
                found = kind
    if found:
        return found
    breaks = [index for index, place in enumerate(gap) if reading.tokens[place].key in BREAKS][named:]
    if not breaks or reading.tokens[gap[breaks[-1]]].key != ":":
        return COLON if breaks and reading.tokens[gap[breaks[0]]].key == ":" else ""
    if len(breaks) == 1:
        return COLON
    words = [reading.tokens[place].key for place in gap[breaks[-2] + 1 : breaks[-1]]]
    if reading.tokens[gap[breaks[-2]]].key in _HARD and book.starts("division", words):
        return COLON
    return COLON if any("announcing" in roles for _, _, roles in book.find(words)) else ""


def _scopes(reading: Reading, book: RoleBook) -> Mapping[int, frozenset[Role]]:
    """Per sentence, the level and period that the words before its first figure name."""
    scopes: dict[int, frozenset[Role]] = {}
    edge = 0
    for mention in reading.mentions:
        if mention.kind is MentionKind.NAME or mention.sentence in scopes:
            continue
        start = bisect_left(reading.sentences, mention.sentence, edge, mention.first)
        keys = [token.key for token in reading.tokens[start : mention.first]]
        named = book.named(keys)
        scopes[mention.sentence] = named
        edge = mention.first
    return scopes


def _roles_of(piece: _Piece, book: RoleBook) -> frozenset[Role]:
    own = len(piece.mention.unit.split()) if piece.mention.unit_is_near else 0
    roles = roles_of(piece.lead, piece.trail, own, book)
    for sign, way in ((UPWARD, "up"), (DOWNWARD, "down")):
        if sign in piece.mention.tags:
            roles |= {"change", way}
    return roles
