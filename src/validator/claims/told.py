"""A figure with all that stands about it: what is looked at when two places may tell one thing.

Only structure and words are here, never digits: which figures are held against each other must be the same
whatever they say.
"""

from __future__ import annotations

from itertools import pairwise
from typing import TYPE_CHECKING

from validator.claims.contradiction import outlook_of
from validator.claims.identity_word import find_phrase
from validator.claims.times import sentence_start
from validator.model.record import record
from validator.text.mention import MentionKind
from validator.text.qualifier import HEDGED
from validator.text.token import TokenKind

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence

    from validator.claims.claim import MentionKey
    from validator.claims.identity_word import IdentityWords
    from validator.claims.said import Said
    from validator.claims.structure import Node, Text
    from validator.text.grid import Grid
    from validator.text.mention import Mention, Reading
    from validator.text.token import Token

Words = frozenset[str]
_NONE: Words = frozenset()
_LONGEST, _OPENING, _LABEL = 60, 14, 120
_BEFORE, _BEHIND = 4, 5
_MOST = 3_000
_STATES = ("negation", "denied", "to_do", "under_way", "left_words", "beyond", "unmet")
_TAGS = ("growth", "compared", "scope", "part_share", "parts_some", "parts_all")
_SHARES = (MentionKind.PERCENT, MentionKind.POINTS)


@record
class Told:
    """A figure and the words about it; phrases of roles stand as ``=role``.

    ``own`` are the words up to the next figure or mark, ``near`` those of its sentence, ``above`` those of
    the items, labels and headings that it stands under, ``before`` and ``behind`` the few next to it,
    ``label`` those that its sentence begins with. ``names`` begin with a capital, ``unit`` is what it counts.
    In a table ``near`` are the words of the row. ``traits`` are what else structure says of it.
    """

    said: Said
    mention: Mention
    own: Words
    near: Words
    above: Words
    names: Words
    unit: Words
    head: str
    traits: Words
    before: Words = _NONE
    behind: Words = _NONE
    label: Words = _NONE
    cell: tuple[int, int, int] | None = None


def told_of(text: Text, grids: Sequence[Grid], said: Iterable[Said], words: IdentityWords) -> list[Told]:
    """The figures of a document in order with the words about them; of very many the first and last.

    Of a figure of which two things are said the first counts.
    """
    cells = {
        mention.key: (number, at, column)
        for number, grid in enumerate(grids)
        for at, row in enumerate(grid.rows)
        for column, mention in row.figures.items()
    }
    found: dict[MentionKey, Said] = {}
    for one in said:
        key = one.mention.key
        if key in cells or not one.mention.odd:
            found.setdefault(key, one)
    keys = sorted(found)
    if len(keys) > _MOST:
        keys = [*keys[: _MOST // 2], *keys[-_MOST // 2 :]]
    reader = _Reader(text, words)
    return [
        reader.of_cell(found[key], grids[cells[key][0]], cells[key])
        if key in cells
        else reader.of_prose(found[key])
        for key in keys
    ]


class _Reader:
    """Reads what stands about the figures of one document."""

    def __init__(self, text: Text, words: IdentityWords) -> None:
        self._text, self._words, self._book = text, words, text.book
        self._telling = text.book.telling | {"whole"}
        self._outlook = outlook_of(text.prose)
        self._above: dict[int, Words] = {}
        self._names: dict[int, Words] = {}

    def tokens(self, words: Sequence[str]) -> Words:
        """Words as they are compared: phrases that name a role as that role."""
        found: set[str] = set()
        place = 0
        for first, end, roles in self._book.find(words):
            if named := roles & self._telling:
                found.update(words[place:first])
                found.update(f"={role}" for role in named)
                place = end
        found.update(words[place:])
        return frozenset(word for word in found if word[:1].isalpha() or word[:1] == "=")

    def of_prose(self, said: Said) -> Told:
        """A figure of running text."""
        m = said.mention
        reading, node = self._text.prose.reading_of(m.passage), self._text.nodes[m.passage]
        start = sentence_start(reading, m)
        last = min(len(reading.tokens), m.last + _LONGEST)
        end = next((at for at in range(m.last, last) if reading.sentences[at] != m.sentence), last)
        roles = frozenset(f"={role}" for role in said.roles)
        return Told(
            said=said,
            mention=m,
            own=(self.tokens(said.seen) - said.unit) | roles | said.words,
            near=self.tokens(_keys(reading.tokens[start:end])),
            above=self._of_parents(node) | said.heading | said.context,
            names=self._capitals(reading) & frozenset(said.seen),
            unit=frozenset(m.unit.split()),
            head=m.unit.split()[0] if m.unit and m.unit_is_near else m.noun,
            traits=frozenset((*self._of_place(said, node), *self._of_words(said, reading, start))),
            before=self.tokens(m.before[-_BEFORE:]),
            behind=self.tokens(m.after[:_BEHIND]),
            label=self._label(reading, start, m),
        )

    def _label(self, reading: Reading, start: int, mention: Mention) -> Words:
        """The words of a sentence before its colon, or before its first figure."""
        first = next((m.first for m in reading.mentions_from(start)), mention.first)
        colon = next((at for at in range(start, mention.first) if reading.tokens[at].key == ":"), 0)
        return self.tokens(_keys(reading.tokens[start : colon or min(first, mention.first)]))

    def _capitals(self, reading: Reading) -> Words:
        """The words of a passage that begin with a capital inside a sentence."""
        if reading.index not in self._names:
            inside = {TokenKind.WORD, TokenKind.NUMBER}
            self._names[reading.index] = frozenset(
                token.key
                for before, token in pairwise(reading.tokens)
                if token.kind is TokenKind.WORD and before.kind in inside and _is_name(token.text)
            )
        return self._names[reading.index]

    def _of_parents(self, node: Node) -> Words:
        """The words that the items begin with under which a passage stands."""
        if node.index not in self._above:
            found: Words = _NONE
            above = node
            while above.parent is not None:
                above = self._text.nodes[above.parent]
                reading = above.found.reading
                if reading is not None:
                    keys = _keys(reading.tokens[:_OPENING])
                else:
                    fold = self._text.prose.lexicon.fold
                    keys = [fold(word.strip(":;,.")) for word in above.passage.text[:_LABEL].split()]
                found |= self.tokens(keys)
            self._above[node.index] = found
        return self._above[node.index]

    def _of_place(self, said: Said, node: Node) -> Iterator[str]:
        passage, count = said.mention.passage, len(self._text.prose.passages)
        facts = {
            "sums_up": said.sums_up,
            "aside": said.is_aside,
            "other_time": not said.is_of_report,
            "heading": node.passage.heading,
            "item": node.parent is not None,
            "parent": bool(node.children),
            "leads": said.order == 0,
            "early": passage * 8 < count,
            "late": passage * 10 > count * 7,
            "outlook": passage >= self._outlook,
            "share": said.mention.kind in _SHARES,
        }
        return (name for name, holds in facts.items() if holds)

    def _of_words(self, said: Said, reading: Reading, start: int) -> Iterator[str]:
        m = said.mention
        opening = tuple(token.key for token in reading.tokens[start : m.first])
        facts = {
            m.role: bool(m.role),
            "bracket": m.depth > 0,
            "hedged": HEDGED in m.tags,
            "scaled": m.scale > 0,
            "back": find_phrase(said.seen, self._words.back) is not None,
            "with": opening in self._words.recalling,
        }
        yield from (name for name, holds in facts.items() if holds)
        close = (*m.before[-_BEFORE - 1 :], *m.after[: _BEHIND + 1])
        yield from (f"is.{name}" for name in _STATES if self._book.says(name, close))
        yield from (tag for tag in _TAGS if tag in m.tags or f"at:{tag}" in m.tags)

    def of_cell(self, said: Said, grid: Grid, cell: tuple[int, int, int]) -> Told:
        """A figure of a table."""
        m = said.mention
        row, head = grid.rows[cell[1]], grid.columns[cell[2]]
        label = self.tokens(row.words)
        share = head.kind == "share" or m.kind in _SHARES
        traits = [name for name, holds in (("total", row.is_total), ("share", share)) if holds]
        roles = frozenset(f"={role}" for role in said.roles)
        return Told(
            said=said,
            mention=m,
            own=self.tokens(head.words) | (_NONE if row.is_total else label) | roles,
            near=label,
            above=_NONE,
            names=_NONE,
            unit=frozenset(m.unit.split()),
            head=m.unit.split()[0] if m.unit else "",
            traits=frozenset(("table", *traits)),
            cell=cell,
        )


def _keys(tokens: Iterable[Token]) -> list[str]:
    return [token.key for token in tokens if token.kind is TokenKind.WORD]


def _is_name(text: str) -> bool:
    return text[:1].isupper() and not text.isupper()
