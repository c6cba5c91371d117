"""Tells what is said of each figure of the running text: by its words, list, heading and times."""

from __future__ import annotations

import re
import unicodedata
from functools import cached_property, lru_cache
from typing import TYPE_CHECKING

from validator.claims.identity_word import find_phrase
from validator.claims.said import Said, canonical, family_roles, kind_of, telling
from validator.claims.stretch import Stretch, find_stretches
from validator.claims.times import Times, sentence_start
from validator.model.record import evolve
from validator.text.cue import find_cues
from validator.text.qualifier import CHANGED, EARLIER, PLANNED
from validator.text.token import TokenKind, tokenise

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Sequence

    from validator.claims.identity_word import IdentityWords
    from validator.claims.structure import Node, Text
    from validator.text.item import Item, Stated
    from validator.text.mention import Mention, Reading
    from validator.text.role import Role

_ASIDE = frozenset({"aim", "average", "other_period", "change", "minus", "up", "down"})
_UNTRUE = frozenset({CHANGED, EARLIER, PLANNED})
_LEVELS = frozenset({"province", "district", "commune"})
_STAGE, _TIMING, _HOLDER = "stage", "timing", "holder"
_HEAD, _LEAD, _MOST_LEAD = 16, 40, 3
_INTAKE = frozenset({"received", "gross"})
_MOST_CONTEXT = 60
_LONGEST_HEADING = 90
_MOST_NAMING = 6
_WORD = re.compile(r"[^\W\d_]+")


def said_of(text: Text, words: IdentityWords) -> list[Said]:
    """Every figure of the running text with what is said of it."""
    nodes = list(text.nodes.values())
    title = frozenset(
        stretch
        for node in nodes[:_HEAD]
        if node.found.reading is not None and not node.items
        for _, stretch in find_stretches(node.found.reading.tokens, words)
    )
    found: list[Said] = []
    skip = words.filler | words.stretch.keys() | words.numbers.keys()
    heading = _Heading((), text, words, skip)
    for node in nodes:
        told = node.passage.heading or _looks_like_heading(node.passage.text, node.passage.marker)
        if told or _is_of_assessment(node.passage.text, text, words):
            heading = _Heading(_words_of(node.passage.text, text), text, words, skip)
        found += _Teller(text, node, words, heading, title).all()
    return found


class _Heading:
    """The words of a heading, and what they say of all passages below it."""

    def __init__(self, seen: Sequence[str], text: Text, words: IdentityWords, skip: frozenset[str]) -> None:
        self.seen, self.skip = seen, skip
        self._text, self._words = text, words
        self.telling = frozenset(seen) - words.heading - skip

    @cached_property
    def assesses(self) -> bool:
        """Whether it has words of assessment."""
        return find_phrase(self.seen, self._words.assessment) is not None

    @cached_property
    def scope(self) -> frozenset[str]:
        """Its words, if it names a level, a field or a place."""
        if not self.seen:
            return frozenset()
        lexicon = self._text.prose.lexicon
        cues = find_cues(tokenise(" ".join(self.seen), lexicon), lexicon)
        roles = self._text.book.named(self.seen)
        return self.telling if any("scope" in cue.tags for cue in cues) or roles & _LEVELS else frozenset()


class _Teller:
    """Tells what is said of the figures of one passage."""

    def __init__(
        self,
        text: Text,
        node: Node,
        words: IdentityWords,
        heading: _Heading,
        title: frozenset[Stretch],
    ) -> None:
        self._text, self._node, self._words = text, node, words
        self._heading, self._title = heading, title
        self._book = text.book
        self._known = family_roles(text.book)
        self._skip = heading.skip
        reading = node.found.reading
        self._units = {} if reading is None else _counted_in(reading)

    def all(self) -> Iterator[Said]:
        """The figures in order, those of percentages last."""
        node, reading = self._node, self._node.found.reading
        if reading is None or not (node.items or node.found.stated):
            return
        above, times = self._above(), Times(reading, self._words)
        owners: dict[int, Said] = {}
        for item, said in self._in_their_lists(
            [(item, self._said(reading, item, above, times, item.order)) for item in node.items]
        ):
            owners[item.order] = said
            yield said
            if item.base is not None:
                # What a fraction is of is told from others by its unit alone.
                kind = kind_of(item.base, self._text) or said.kind
                yield evolve(said, mention=item.base, roles=frozenset(), kind=kind, is_aside=True)
        for stated in node.found.stated:
            owner = None if stated.owner is None else owners[node.items[stated.owner].order]
            said = self._said(reading, stated, above, times, owner.order + 1 if owner else 0)
            yield said if owner is None or said.words or said.roles else _as_share_of(owner, said)

    def _in_their_lists(self, items: Sequence[tuple[Item, Said]]) -> Iterator[tuple[Item, Said]]:
        """What was late of what was resolved was resolved late; parts are of the roles of their total."""
        stage: frozenset[Role] = frozenset()
        whole: frozenset[Role] = frozenset()
        before: Said | None = None
        for item, plain in items:
            said = plain
            if before is None or item.mention.sentence != before.mention.sentence:
                stage, whole = frozenset(), frozenset()
            elif item.announced or item.mention.depth > before.mention.depth:
                whole = before.roles - _INTAKE
                # What came in is the total: "20 came in, of which 15 were new" tells what 15 of them were.
                said = evolve(said, roles=said.roles - _INTAKE)
            if said.roles and said.roles <= self._inside(_TIMING) and stage:
                said = evolve(said, roles=said.roles | stage)
            else:
                stage = said.roles & self._inside(_STAGE) or stage
            before = evolve(said, context=said.context | whole) if whole - said.roles else said
            yield item, before

    def _inside(self, name: str) -> frozenset[Role]:
        return self._book.inside[name]

    def _uncounted(self, reading: Reading, first: int, last: int) -> list[str]:
        """The words from one token up to another that are no unit of counting that begins there."""
        units = self._units
        return [
            token.key
            for at, token in enumerate(reading.tokens[first:last], start=first)
            if token.kind is TokenKind.WORD and (at not in units or units[at] < first)
        ]

    def _said(
        self, reading: Reading, item: Item | Stated, above: frozenset[str], times: Times, order: int
    ) -> Said:
        m = item.mention
        own = item.lead or _before_bracket(reading, m)
        seen = (*own, *item.trail)
        roles = self._settled(item.roles if item.lead else item.roles | self._roles(own), seen)
        unit = _unit_words(m.unit, self._text.prose.lexicon.fold)
        before = self._uncounted(reading, sentence_start(reading, m), m.first)
        context = telling(before[: max(0, len(before) - len(own))], self._book, self._known, self._skip)
        near = times.near(m)
        when = near or times.before(m)
        return Said(
            mention=m,
            seen=seen,
            words=telling(seen, self._book, self._known, self._skip),
            unit=unit,
            heading=self._heading.telling,
            roles=canonical(roles, self._known),
            context=context | above,
            times=when,
            is_timed=bool(near),
            is_aside=bool(item.roles & _ASIDE or m.tags & _UNTRUE or "aim" in self._roles(before))
            or _is_set(reading, m),
            order=order + m.depth,
            parent=self._node.parent,
            kind=kind_of(m, self._text),
            sums_up=self._sums_up,
            is_of_report=all(any(one.may_be(each) for each in self._title) for one in when),
        )

    @cached_property
    def _sums_up(self) -> bool:
        """Whether the passage stands under, or begins with, words of assessment."""
        if self._heading.assesses:
            return True
        begins = _words_of(self._node.passage.text[:_LEAD], self._text)[:_MOST_LEAD]
        return find_phrase(begins, self._words.assessment) == 0

    def _settled(self, roles: frozenset[Role], seen: Sequence[str]) -> frozenset[Role]:
        """The roles without those that only say when, or that the unit speaks of itself."""
        filler = self._words.filler
        if "new" in roles and "new" not in self._roles([word for word in seen if word not in filler]):
            roles = roles - {"new"} | {"received"}
        if self._words.for_whom.intersection(seen):
            roles -= self._inside(_HOLDER)
        if roles & _LEVELS and not self._roles([word for word in seen if word not in filler]) & _LEVELS:
            roles -= _LEVELS
        return roles

    def _roles(self, words: Sequence[str]) -> frozenset[Role]:
        return self._book.named(words)

    def _above(self) -> frozenset[str]:
        """The telling words of the list items and the heading that a passage stands under."""
        found: set[str] = set()
        node = self._node
        while node.parent is not None:
            node = self._text.nodes[node.parent]
            words = [word for item in node.items[:1] for word in item.words]
            words = words or _words_of(node.passage.text, self._text)
            found |= telling(words, self._book, self._known, self._skip)
            found |= self._roles(words) & self._known
        return frozenset(found | self._heading.scope)


def _as_share_of(owner: Said, share: Said) -> Said:
    """A percentage without words of its own: it is of what stands before it."""
    return evolve(
        share,
        words=owner.words,
        roles=owner.roles,
        context=owner.context,
        unit=owner.unit,
        is_aside=share.is_aside or owner.is_aside,
        order=0,
    )


def _counted_in(reading: Reading) -> dict[int, int]:
    """The tokens of the units of counting of a passage, each with the token that its unit begins at."""
    units = [cue for cue in reading.cues if _is_unit(cue.tags)]
    return {at: cue.first for cue in units for at in range(cue.first, cue.last)}


@lru_cache(maxsize=1024)
def _is_unit(tags: frozenset[str]) -> bool:
    return any(tag.startswith("unit:") for tag in tags)


@lru_cache(maxsize=1024)
def _unit_words(unit: str, fold: Callable[[str], str]) -> frozenset[str]:
    return frozenset(map(fold, unit.split()))


def _words_of(text: str, whole: Text) -> list[str]:
    fold = whole.prose.lexicon.fold
    return [fold(word) for word in _WORD.findall(text[:400])]


def _looks_like_heading(text: str, marker: str) -> bool:
    """Whether a passage is short, numbered or in capitals, and no sentence."""
    plain = text.strip()
    if not plain or len(plain) > _LONGEST_HEADING or plain[-1] in ".;:,":
        return False
    is_marked = bool(marker) or unicodedata.category(plain[0]) == "So"
    return plain.isupper() or (is_marked and not any(c.isdigit() for c in plain))


def _is_set(reading: Reading, mention: Mention) -> bool:
    """Whether the label that opens a sentence says that its figures were set: ``norms a class: …``."""
    start = sentence_start(reading, mention)
    keys = [token.key for token in reading.tokens[start : mention.first]]
    end = start + keys.index(":") if ":" in keys else start
    return any(cue.tags & {"plan", "aim"} for cue in reading.cues_between(start, end))


def _is_of_assessment(passage: str, text: Text, words: IdentityWords) -> bool:
    """Whether a few words without a mark at their end, and nothing else, name an assessment."""
    plain = passage.strip()
    if (
        not plain
        or len(plain) > _LONGEST_HEADING
        or not plain[-1].isalpha()
        or any(c.isdigit() for c in plain)
    ):
        return False
    found = _words_of(plain, text)
    return len(found) <= _MOST_NAMING and find_phrase(found, words.assessment) == 0


def _before_bracket(reading: Reading, mention: Mention) -> tuple[str, ...]:
    """The words before the bracket that a figure begins: what the bracket counts."""
    at = mention.first - 1
    if mention.depth == 0 or at < 0 or reading.tokens[at].key not in {"(", "["}:
        return ()
    found: list[str] = []
    for token in reversed(reading.tokens[max(0, at - _MOST_CONTEXT // 4) : at]):
        if token.kind is not TokenKind.WORD:
            break
        found.append(token.key)
    return tuple(reversed(found))
