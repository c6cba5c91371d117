"""Figures that an assessment gives again, against the one before that its words fit best.

What sums up is worded shorter than what it sums up, so equal words are not asked for: all words of the
figure must stand about one given before – beside it, in its list, its row and column, its heading –, and
of those where they do, the one with the fewest words and roles of its own is meant. It is chosen by words
alone; where several with different values are as near, nobody can tell. That the two differ by one slip of
the pen is asked of an accusation besides.
"""

from __future__ import annotations

from collections import defaultdict
from typing import TYPE_CHECKING

from validator.claims.claim import ClaimVerdict
from validator.claims.judge import number_of
from validator.claims.precision import is_same_value, restated
from validator.claims.said import canonical, family_roles, kind_of, roles_of_columns
from validator.claims.slip import slips_of
from validator.claims.times import sentence_start
from validator.model.record import record
from validator.text.mention import MentionKind
from validator.text.qualifier import HEDGED

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from validator.claims.claim import Claim
    from validator.claims.identity_word import IdentityWords
    from validator.claims.said import Said
    from validator.claims.structure import Text
    from validator.text.grid import Grid
    from validator.text.mention import Mention
    from validator.text.role import Role

_MOST_BEFORE, _MOST_RECALLED, _FEW_DIGITS = 2_000, 200, 10
_PLAN, _PART = "plan", "part"
_OPENING = 12
_INITIALS = frozenset({3, 4})


@record
class _Given:
    """A figure given before: its own words and roles, and all words that stand about it, some in order."""

    mention: Mention
    own: frozenset[str]
    about: frozenset[str]
    order: tuple[str, ...]
    roles: frozenset[Role]
    around: frozenset[Role]
    kind: str
    base: str
    said: Said | None = None


def find_recalled(
    text: Text, grids: Sequence[Grid], said: Sequence[Said], words: IdentityWords
) -> Iterator[Claim]:
    """Yield what assessments give again, agreeing or not."""
    recalled = [each for each in said if _is_recalled(text, each, words)][:_MOST_RECALLED]
    if not recalled:
        return
    pool = _Pool(text, grids, said, words)
    for each in recalled:
        nearest = pool.nearest(each)
        values = {given.mention.amount for given in nearest}
        if not nearest:
            continue
        one = nearest[0]
        if all(is_same_value(given.mention, each.mention) for given in nearest):
            yield _claim(text, each, one, ClaimVerdict.PASS)
        elif len(values) == 1 and not pool.has_equal(each):
            slip = _is_slip(each.mention, one.mention, alike=pool.is_alike(each, one))
            yield _claim(text, each, one, ClaimVerdict.FAIL if slip else ClaimVerdict.UNDECIDED)


def _claim(text: Text, each: Said, given: _Given, verdict: ClaimVerdict) -> Claim:
    told = (each.mention, given.mention)
    return restated(text.prose, told, verdict, "said-twice-differs", ("one", "other"))


def _is_recalled(text: Text, each: Said, words: IdentityWords) -> bool:
    """Whether a figure stands in an assessment, or opens its sentence behind "with"."""
    m = each.mention
    if each.is_aside or HEDGED in m.tags or m.odd or m.role or (each.is_timed and not each.is_of_report):
        return False
    if each.sums_up:
        return each.is_of_report
    reading = text.prose.reading_of(m.passage)
    start = sentence_start(reading, m)
    opening = tuple(token.key for token in reading.tokens[start : m.first])
    return opening in words.recalling


class _Pool:
    """The figures given in what is assessed, with the words about each."""

    def __init__(self, text: Text, grids: Sequence[Grid], said: Sequence[Said], words: IdentityWords) -> None:
        self._text, self._words = text, words
        self._known = family_roles(text.book)
        self._stop = text.prose.lexicon.stop | words.stretch.keys() | words.numbers.keys() | words.plain
        self._passages: dict[int, tuple[tuple[str, ...], frozenset[str]]] = {}
        self._given: list[_Given] = []
        for each in said[:_MOST_BEFORE]:
            if not each.sums_up and not each.is_aside and not self._is_of_other_time(each):
                self._given.append(self._of_prose(each))
        for grid in grids:
            self._given += self._of_table(grid)
        self._values: dict[object, list[_Given]] = defaultdict(list)
        for given in self._given:
            self._values[(given.mention.kind, given.mention.amount)].append(given)

    def has_equal(self, each: Said) -> bool:
        """Whether the figure stands in what is assessed: a small one in words that are like its own."""
        m = each.mention
        equal = self._values[(m.kind, m.amount)]
        others = [given for given in equal if given.mention.key != m.key]
        if m.amount < _FEW_DIGITS**2 and not m.decimals:
            own = self._telling(each.seen) - self._units(m)
            others = [given for given in others if own <= given.about]
        return bool(others)

    def is_alike(self, each: Said, given: _Given) -> bool:
        """Whether two figures are worded alike to the last word."""
        own = self._telling(each.seen) - self._units(each.mention)
        return len(own) > 1 and own == given.own and self._roles(each) == given.roles

    def nearest(self, each: Said) -> list[_Given]:
        """The figures that an assessment's words fit, and of these the ones nearest in words and roles."""
        own = self._telling(each.seen) - self._units(each.mention)
        roles = self._roles(each)
        base = _base(self._text, each.mention)
        if not own and not roles and not each.mention.unit_is_near:
            return []
        best: list[_Given] = []
        least = 0
        for given in self._given:
            if given.mention.passage == each.mention.passage or not _is_sort(each, given, base):
                continue
            if not roles <= given.roles | given.around or not _is_about(given, own):
                continue
            if given.said is not None and each.is_timed and not given.said.is_when(each):
                continue
            away = _away(given, own, roles, each.kind)
            if not best or away < least:
                best, least = [given], away
            elif away == least:
                best.append(given)
        return best if least <= min(len(own) + len(roles), 2) + 1 else []

    def _units(self, mention: Mention) -> frozenset[str]:
        return frozenset(self._text.prose.lexicon.fold(word) for word in mention.unit.split())

    def _telling(self, words: Sequence[str]) -> frozenset[str]:
        covered: set[int] = set()
        for first, end, roles in self._text.book.find(words):
            if roles & self._known or "whole" in roles or "closing" in roles:
                covered.update(range(first, end))
        return frozenset(word for at, word in enumerate(words) if at not in covered) - self._stop

    def _roles(self, each: Said) -> frozenset[Role]:
        """What a percentage is of is no role of its own: "98 % of the plan"."""
        return each.roles - _BASES if each.mention.kind is MentionKind.PERCENT else each.roles

    def _is_of_other_time(self, each: Said) -> bool:
        """Whether the bracket that a figure stands in opens with another time: "(last year 11, 3 dead)"."""
        m = each.mention
        if not m.depth or not each.is_of_report:
            return not each.is_of_report and bool(each.times) and each.is_timed and m.depth > 0
        reading = self._text.prose.reading_of(m.passage)
        first = m.first
        while first and reading.depths[first - 1] >= m.depth:
            first -= 1
        keys = [token.key for token in reading.tokens[max(0, first - _OPENING // 2) : m.first]]
        return any(roles & {"other_period", "compared"} for _, _, roles in self._text.book.find(keys))

    def _of_prose(self, each: Said) -> _Given:
        m = each.mention
        opening, above = self._around_passage(m.passage)
        return _Given(
            mention=m,
            own=self._telling(each.seen) - self._units(m),
            about=frozenset(each.seen) | each.words | each.context | each.heading | above | self._units(m),
            order=(*opening, *each.seen),
            roles=self._roles(each),
            around=self._around(sorted(each.heading | each.context)) | self._around(opening),
            kind=each.kind or self._kind_of_passage(m),
            base=_base(self._text, m),
            said=each,
        )

    def _around_passage(self, passage: int) -> tuple[tuple[str, ...], frozenset[str]]:
        """How a passage begins, and the words of that and of the list items that it stands under."""
        if passage in self._passages:
            return self._passages[passage]
        opening = tuple(t.key for t in self._text.prose.reading_of(passage).tokens[:_OPENING])
        about = set(opening)
        above = self._text.nodes.get(passage)
        while above is not None and above.parent is not None:
            above = self._text.nodes[above.parent]
            about.update(word for item in above.items[:1] for word in item.words)
            if above.found.reading is not None:
                about.update(token.key for token in above.found.reading.tokens[:_OPENING])
        self._passages[passage] = opening, frozenset(about)
        return self._passages[passage]

    def _kind_of_passage(self, mention: Mention) -> str:
        """What the list behind a colon counts: what the figure before it does, where that is said."""
        node = self._text.nodes.get(mention.passage)
        if node is None or not node.items or node.found.reading is None:
            return ""
        first = node.items[0].mention
        between = node.found.reading.tokens[first.last : mention.first]
        return kind_of(first, self._text) if any(token.key == ":" for token in between) else ""

    def _around(self, words: Sequence[str]) -> frozenset[Role]:
        return frozenset(role for _, _, roles in self._text.book.find(words) for role in roles) & self._known

    def _of_table(self, grid: Grid) -> Iterator[_Given]:
        roles = roles_of_columns(grid, self._text.book)
        for row in grid.rows:
            for index, mention in row.figures.items():
                column = grid.columns[index]
                row_words = self._telling(row.words)
                own = row_words | self._telling(column.words)
                is_share = column.kind == "share" or mention.kind is MentionKind.PERCENT
                yield _Given(
                    mention=mention,
                    own=self._telling(row.words)
                    if is_share
                    else own - (row_words if row.is_total else frozenset()),
                    about=frozenset((*row.words, *column.words)),
                    order=row.words,
                    roles=canonical(row.roles | roles[index], self._known)
                    - (_BASES if is_share else frozenset()),
                    around=self._around(column.words),
                    kind=MentionKind.PERCENT.value if is_share else mention.group,
                    base="",
                )


_BASES = frozenset({"granted", "assigned"})


def _is_about(given: _Given, own: frozenset[str]) -> bool:
    """Whether all words stand about a figure, or the words in a row that one has the initials of."""
    missing = own - given.about
    if not missing:
        return True
    sizes = {len(word) for word in missing}
    if not sizes <= _INITIALS:
        return False
    words = given.order
    runs = (words[at : at + size] for size in sizes for at in range(len(words) - size + 1))
    return missing <= {"".join(word[:1] for word in run) for run in runs}


def _is_sort(each: Said, given: _Given, base: str) -> bool:
    """Whether two figures are of one sort, as far as their units and bases say."""
    percent = given.kind == MentionKind.PERCENT.value
    if (each.kind == MentionKind.PERCENT.value) is not percent:
        return False
    if percent:
        return not base or not given.base or base == given.base
    return each.kind == given.kind or not given.kind


def _base(text: Text, mention: Mention) -> str:
    """Of what a percentage is, as far as the words beside it say: of a plan, or of a whole."""
    if mention.kind is not MentionKind.PERCENT:
        return ""
    reading = text.prose.reading_of(mention.passage)
    after = [token.key for token in reading.tokens[mention.last : mention.last + 4]]
    if text.book.says("aims", after):
        return _PLAN
    return _PART if "at:part_share" in mention.tags else ""


def _away(given: _Given, own: frozenset[str], roles: frozenset[Role], kind: str) -> int:
    """How far a figure is from what is said of another: by roles and words of its own, and by its unit."""
    unlike = not own <= given.own
    return (
        3 * len(given.roles - roles)
        + len(roles - given.roles)
        + len(given.own - own)
        + unlike
        + (given.kind != kind)
    )


def _is_slip(one: Mention, other: Mention, *, alike: bool) -> bool:
    """Whether one figure is the other with a slip of the pen; of few digits any is one."""
    if one.decimals != other.decimals or one.scale != other.scale:
        return False
    digits = int(one.value * 10**one.decimals)
    return digits in set(slips_of(number_of(other))) and (digits >= _FEW_DIGITS or alike)
