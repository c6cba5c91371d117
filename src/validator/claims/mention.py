"""Tokens → mentions: each number with its unit, its label, and where it stands in the sentence."""

from __future__ import annotations

import re
from bisect import bisect_left
from enum import Enum
from fractions import Fraction
from typing import TYPE_CHECKING

from validator.claims.token import Token, TokenKind, tokenise
from validator.model.record import evolve, record

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    from validator.claims.passage import Passage
    from validator.claims.vocabulary import Lexicon, Vocabulary

_OPEN, _CLOSE = frozenset("([{"), frozenset(")]}")
_STOPS = frozenset(".!?")
_BREAKS = frozenset(".!?,;()")
_LABEL_WORDS = 24
_LONGEST_PHRASE = 8
_ZERO = Fraction(0)
_GLUE = frozenset("-–:")
_LABEL_ENDS = frozenset(",;().!?|[]{}")
_LISTING = frozenset(",-–&")
_YEAR = re.compile(r"(?:19|20)[0-9]{2}")


class MentionKind(Enum):
    """What a number counts."""

    COUNT = "count"
    MONEY = "money"
    PERCENT = "percent"
    POINTS = "points"
    NAME = "name"


@record
class Cue:
    """Words that signal something: the tokens from ``first`` up to ``last`` (exclusive)."""

    first: int
    last: int
    tags: frozenset[str]


@record
class Mention:
    """A number in its sentence.

    ``value`` is as written, ``scale`` the power of ten of its scale word, ``amount`` both together. ``first`` and ``last``
    are token indexes, ``start`` and ``end`` characters. ``is_quantity``: it counts things or money. ``before`` and ``after`` are the folded
    words around it up to the next boundary. ``role`` is ``over`` or ``under`` in ``a/b``.
    """

    passage: int
    first: int
    last: int
    start: int
    end: int
    kind: MentionKind
    value: Fraction
    decimals: int
    text: str
    scale: int = 0
    odd: bool = False
    unit: str = ""
    group: str = ""
    noun: str = ""
    unit_is_near: bool = False
    before: tuple[str, ...] = ()
    after: tuple[str, ...] = ()
    tags: frozenset[str] = frozenset()
    is_quantity: bool = False
    depth: int = 0
    bracket: int = 0
    sentence: int = 0
    clause: int = 0
    role: str = ""
    amount: Fraction = _ZERO

    @property
    def step(self) -> Fraction:
        """What one more in the last written place would add, in base units."""
        return Fraction(10) ** (self.scale - self.decimals)

    @property
    def is_garbled(self) -> bool:
        """Whether the digits and separators make no number."""
        return self.kind is MentionKind.NAME and self.text.count(",") > 1


@record
class Reading:
    """A passage read: its tokens, cues and mentions.

    Depths and sentences are by token, and empty where there is no mention.
    """

    passage: Passage
    index: int
    tokens: tuple[Token, ...]
    cues: tuple[Cue, ...]
    mentions: tuple[Mention, ...] = ()
    depths: tuple[int, ...] = ()
    sentences: tuple[int, ...] = ()

    def quote(self, start: int, end: int) -> str:
        """The words of the passage from *start* to *end*, blanks collapsed."""
        return " ".join(self.passage.text[start:end].split())

    def mentions_from(self, first: int) -> Iterator[Mention]:
        """The mentions at or after a token."""
        start = bisect_left(self.mentions, first, key=lambda mention: mention.first)
        for index in range(start, len(self.mentions)):
            yield self.mentions[index]

    def mentions_between(self, first: int, last: int) -> tuple[Mention, ...]:
        """The mentions from one token up to another (exclusive)."""
        start = bisect_left(self.mentions, first, key=lambda mention: mention.first)
        end = bisect_left(self.mentions, last, key=lambda mention: mention.first)
        return self.mentions[start:end]

    def cues_between(self, first: int, last: int) -> tuple[Cue, ...]:
        """The cues that begin at a token from *first* up to *last* (exclusive)."""
        start = bisect_left(self.cues, first, key=lambda cue: cue.first)
        end = bisect_left(self.cues, last, key=lambda cue: cue.first)
        return self.cues[start:end]


def read_passage(passage: Passage, index: int, lexicon: Lexicon, vocabulary: Vocabulary) -> Reading:
    """Read one passage."""
    tokens = tokenise(passage.text, lexicon)
    cues = find_cues(tokens, lexicon)
    if not any(token.kind is TokenKind.NUMBER for token in tokens):
        return Reading(passage=passage, index=index, tokens=tokens, cues=cues)
    depths, brackets = _nesting(tokens)
    sentences, clauses = _boundaries(tokens, depths)
    frame = _Frame(depths=depths, brackets=brackets, sentences=sentences, clauses=clauses, passage=index)
    mentions = _Reader(tokens, cues, lexicon, vocabulary, frame).mentions()
    return Reading(
        passage=passage,
        index=index,
        tokens=tokens,
        cues=cues,
        mentions=tuple(_with_ratios(mentions, tokens)),
        depths=depths,
        sentences=sentences,
    )


def find_cues(tokens: tuple[Token, ...], lexicon: Lexicon) -> tuple[Cue, ...]:
    """Find the phrases of the lexicon, longest first, none overlapping."""
    cues: list[Cue] = []
    keys = tuple([token.key for token in tokens])
    phrases, covered = lexicon.phrases, 0
    for position, key in enumerate(keys):
        if position < covered or key not in phrases:
            continue
        for phrase in phrases[key]:
            covered = position + len(phrase.words)
            if keys[position:covered] == phrase.words and phrase.may_be(tokens[position].text):
                cues.append(Cue(first=position, last=covered, tags=phrase.tags))
                break
        else:
            covered = position + 1
    return tuple(cues)


def cue_at(tokens: tuple[Token, ...], position: int, lexicon: Lexicon) -> Cue | None:
    """The longest phrase of the lexicon that begins at a token."""
    keys = tuple([token.key for token in tokens[position : position + _LONGEST_PHRASE]])
    for phrase in lexicon.phrases.get(keys[0], ()):
        if keys[: len(phrase.words)] == phrase.words and phrase.may_be(tokens[position].text):
            return Cue(first=position, last=position + len(phrase.words), tags=phrase.tags)
    return None


def _nesting(tokens: tuple[Token, ...]) -> tuple[tuple[int, ...], tuple[int, ...]]:
    """For each token the depth of brackets around it and the innermost one's number."""
    depths: list[int] = []
    brackets: list[int] = []
    open_ones, made = [0], 0
    for position, token in enumerate(tokens):
        if token.kind is not TokenKind.MARK:
            continue
        if token.key in _OPEN or token.key in _CLOSE:
            last = position + (token.key in _CLOSE)
            depths.extend([len(open_ones) - 1] * (last - len(depths)))
            brackets.extend([open_ones[-1]] * (last - len(brackets)))
            if token.key in _OPEN:
                made += 1
                open_ones.append(made)
            elif len(open_ones) > 1:
                open_ones.pop()
    depths.extend([len(open_ones) - 1] * (len(tokens) - len(depths)))
    brackets.extend([open_ones[-1]] * (len(tokens) - len(brackets)))
    return tuple(depths), tuple(brackets)


def _boundaries(
    tokens: tuple[Token, ...], depths: tuple[int, ...]
) -> tuple[tuple[int, ...], tuple[int, ...]]:
    """For each token the number of its sentence and of its clause."""
    sentences: list[int] = []
    clauses: list[int] = []
    sentence = clause = 0
    for position, token in enumerate(tokens):
        if token.kind is not TokenKind.MARK or token.key not in _BREAKS:
            continue
        sentences.extend([sentence] * (position + 1 - len(sentences)))
        clauses.extend([clause] * (position + 1 - len(clauses)))
        follower = tokens[position + 1] if position + 1 < len(tokens) else None
        if token.key not in _STOPS:
            clause += 1
        elif follower is not None and _starts_sentence(token, follower):
            sentence += depths[position] == 0
            clause += 1
    sentences.extend([sentence] * (len(tokens) - len(sentences)))
    clauses.extend([clause] * (len(tokens) - len(clauses)))
    return tuple(sentences), tuple(clauses)


def _starts_sentence(stop: Token, follower: Token) -> bool:
    return follower.start > stop.end and not follower.text[:1].islower()


def _with_ratios(mentions: list[Mention], tokens: tuple[Token, ...]) -> list[Mention]:
    """Mark the two numbers of each ``a/b``; unit words may stand between ``a`` and the stroke."""
    made = list(mentions)
    for index in range(len(made) - 1):
        over, under = made[index], made[index + 1]
        if not (over.is_quantity and under.is_quantity) or over.role == "under":
            continue
        between = tokens[over.last : under.first]
        if not (between and between[-1].key == "/" and len(between) <= 9 and _only_words(between[:-1])):
            continue
        if len(between) == 1 and _is_day_and_month(over, under, tokens):
            made[index] = evolve(over, kind=MentionKind.NAME, is_quantity=False)
            made[index + 1] = evolve(under, kind=MentionKind.NAME, is_quantity=False)
        else:
            unit = under if under.unit else over
            scale = over.scale or under.scale
            shared = {"unit": unit.unit, "group": unit.group, "unit_is_near": unit.unit_is_near}
            over_amount = over.value * 10**scale
            made[index] = evolve(over, role="over", scale=scale, amount=over_amount, kind=unit.kind, **shared)
            made[index + 1] = evolve(
                under,
                role="under",
                scale=under.scale or scale,
                amount=under.value * 10 ** (under.scale or scale),
                kind=unit.kind,
                before=over.before,
                tags=over.tags,
                **shared,
            )
    return made


def _is_day_and_month(over: Mention, under: Mention, tokens: tuple[Token, ...]) -> bool:
    """Whether ``a/b`` is a day without a year: after a word of time, or where nothing is counted."""
    if over.value > 31 or under.value > 12 or over.decimals or under.decimals:
        return False
    if over.tags & {"at:from_word", "at:to_word", "at:day_before"} or "next:to_word" in under.tags:
        return True
    follower = tokens[under.last] if under.last < len(tokens) else None
    shared = "next:share" in under.tags or (follower is not None and follower.key in {"(", "="})
    return not (under.unit_is_near or shared)


def _only_words(tokens: tuple[Token, ...]) -> bool:
    return all(token.kind is TokenKind.WORD for token in tokens)


@record
class _Frame:
    """Where each token of a passage stands: brackets, sentence, clause."""

    depths: tuple[int, ...]
    brackets: tuple[int, ...]
    sentences: tuple[int, ...]
    clauses: tuple[int, ...]
    passage: int


class _Reader:
    """Makes the mentions of one passage."""

    def __init__(
        self,
        tokens: tuple[Token, ...],
        cues: tuple[Cue, ...],
        lexicon: Lexicon,
        vocabulary: Vocabulary,
        frame: _Frame,
    ) -> None:
        self._frame = frame
        self._tokens = tokens
        self._lexicon = lexicon
        self._data = vocabulary.notation.data
        self._fold = lexicon.fold
        self._starting: Mapping[int, Cue] = {cue.first: cue for cue in cues}
        self._ending: Mapping[int, Cue] = {cue.last: cue for cue in cues}
        self._covered = {position for cue in cues for position in range(cue.first, cue.last)}

    def mentions(self) -> list[Mention]:
        """Every number of the passage."""
        found: list[Mention] = []
        edge = 0
        for position, token in enumerate(self._tokens):
            if token.kind is not TokenKind.NUMBER or position < edge:
                continue
            mention = self._mention(position, token, edge)
            if found and self._goes_on_naming(found[-1], mention):
                mention = evolve(mention, kind=MentionKind.NAME, is_quantity=False)
            found.append(mention)
            edge = mention.last
        return found

    def _goes_on_naming(self, before: Mention, mention: Mention) -> bool:
        """Whether the number is one more of a row of names: "Articles 2, 3 and 4"."""
        if before.kind is not MentionKind.NAME or mention.kind is not MentionKind.COUNT:
            return False
        between = self._tokens[before.last : mention.first]
        joined = self._ending.get(mention.first)
        listed = len(between) == 1 and (
            between[0].key in _LISTING or (joined is not None and "and" in joined.tags)
        )
        if mention.last < len(self._tokens) and self._tokens[mention.last].key == "/":
            return False
        return listed and not mention.unit_is_near and mention.value < 100 and not mention.scale

    def _mention(self, position: int, token: Token, edge: int) -> Mention:
        numeral, frame = token.numeral, self._frame
        last, scale, kind = self._tail(position + 1)
        if numeral is None or (kind is MentionKind.COUNT and self._is_name(position, last, scale)):
            kind = MentionKind.NAME
        counted = kind is MentionKind.COUNT or kind is MentionKind.MONEY
        unit, group, near, noun = self._unit(position, last, edge, kind) if counted else ("", "", False, "")
        return Mention(
            passage=frame.passage,
            first=position,
            last=last,
            start=token.start,
            end=self._tokens[last - 1].end,
            kind=kind,
            is_quantity=counted,
            value=numeral.value if numeral else _ZERO,
            amount=numeral.value * 10**scale if numeral else _ZERO,
            decimals=numeral.decimals if numeral else 0,
            text=token.text,
            scale=scale,
            odd=bool(numeral and numeral.odd and not scale and kind is MentionKind.COUNT),
            unit=unit,
            group=group,
            unit_is_near=near,
            noun=noun,
            before=self._label_before(position, edge),
            after=self._label_after(last),
            tags=self._tags_around(position, last, edge),
            depth=frame.depths[position],
            bracket=frame.brackets[position],
            sentence=frame.sentences[position],
            clause=frame.clauses[position],
        )

    def _tail(self, position: int) -> tuple[int, int, MentionKind]:
        """Read what follows the digits: a percent sign, scale words, a currency."""
        tokens, count = self._tokens, len(self._tokens)
        if position < count and tokens[position].text in self._data.percent:
            return position + 1, 0, MentionKind.PERCENT
        for length in (3, 2):
            words = " ".join(token.text.casefold() for token in tokens[position : position + length])
            if words in self._data.percent:
                kind = MentionKind.PERCENT if length == 2 and "%" not in words else MentionKind.POINTS
                return position + length, 0, kind
        scale, kind = 0, MentionKind.COUNT
        while position < count and (power := self._data.scales.get(tokens[position].text.casefold())):
            if self._is_longer_phrase(position):
                break
            scale += power
            position += 1
            kind = MentionKind.MONEY
        if (
            position < count
            and tokens[position].text.casefold() in self._data.currency
            and not self._is_longer_phrase(position)
        ):
            return position + 1, scale, MentionKind.MONEY
        if scale and (cue := self._starting.get(position)) and _unit_of(cue):
            kind = MentionKind.COUNT
        return position, scale, kind

    def _is_longer_phrase(self, position: int) -> bool:
        """Whether the word is the beginning of a known phrase, such as a rate or a comrade."""
        cue = self._starting.get(position)
        return cue is not None and cue.last > position + 1

    def _is_name(self, position: int, last: int, scale: int) -> bool:
        """Whether the number names a thing (a year, an article, a section) and counts nothing."""
        if scale:
            return False
        previous = self._ending.get(position)
        if (
            previous is not None
            and previous.tags & {"name_before", "number_word"}
            and not self._counts(previous)
        ):
            # A word for a year may be the number five: a number that is no year may come after it and count.
            return "year_word" not in previous.tags or not self._counts_after(position, last)
        if position and self._tokens[position - 1].key in _GLUE and self._is_glued(position - 1):
            return True
        if position and _YEAR.fullmatch(self._tokens[position].text) and self._follows_date_word(position):
            return True
        following = self._starting.get(last)
        if following is not None and "name_after" in following.tags:
            return True
        bare = previous is not None and "name_before_bare" in previous.tags and not self._counts(previous)
        counted = following is not None and _unit_of(following) is not None
        return bare and not counted and not self._tokens[position].text.startswith("0")

    def _counts_after(self, position: int, last: int) -> bool:
        """Whether a number that is no year has a unit of counting after it."""
        following = self._starting.get(last)
        counted = following is not None and _unit_of(following) is not None
        return counted and not _YEAR.fullmatch(self._tokens[position].text)

    def _follows_date_word(self, position: int) -> bool:
        """Whether a year-like number comes after a stroke, or after words that end in one of time."""
        before = self._tokens[position - 1]
        if before.key in {"/", "-", "–"}:
            return True
        words = self._lexicon.phrases.get(before.key, ())
        return any(len(phrase.words) == 1 and "name_before" in phrase.tags for phrase in words)

    def _counts(self, cue: Cue) -> bool:
        """Whether a word that often names is here part of a count: "tổng số 23"."""
        return "total" in cue.tags or "base" in cue.tags

    def _is_glued(self, position: int) -> bool:
        """Whether a dash stands between a word or number and the next without blanks."""
        if position == 0:
            return False
        dash, left = self._tokens[position], self._tokens[position - 1]
        right = self._tokens[position + 1]
        return left.end == dash.start and dash.end == right.start and left.kind is not TokenKind.MARK

    def _unit(self, first: int, last: int, edge: int, kind: MentionKind) -> tuple[str, str, bool, str]:
        """The unit, its group, whether it follows the number, and a following noun that is no unit.

        The unit is the words right after the number, else a unit of its label.
        """
        if kind is MentionKind.MONEY:
            return "money", "money", True, ""
        for position in (last, last + 1):
            cue = self._starting.get(position)
            if cue and (unit := _unit_of(cue)):
                return *unit, True, ""
            if position >= len(self._tokens) or self._tokens[position].kind is not TokenKind.WORD:
                break
        word = self._tokens[last] if last < len(self._tokens) else None
        is_noun = word is not None and word.kind is TokenKind.WORD and last not in self._covered
        unit = self._unit_of_label(first, edge) or ("", "")
        return *unit, False, word.key if word is not None and is_noun else ""

    def _unit_of_label(self, position: int, edge: int) -> tuple[str, str] | None:
        """The unit that "the number of …" names, else the unit nearest before the number."""
        nearest = None
        for index in self._label(position, edge):
            cue = self._starting.get(index)
            if cue is None or not (unit := _unit_of(cue)):
                continue
            nearest = nearest or unit
            counted = self._ending.get(index)
            if counted and counted.tags & {"total", "number_word"}:
                return unit
        return nearest

    def _label(self, position: int, edge: int) -> Iterator[int]:
        """Token indexes of the label before a number, backwards; remarks in brackets are passed over."""
        index, skipped = position - 1, 0
        while index >= max(edge, position - _LABEL_WORDS - skipped):
            key = self._tokens[index].key
            if key == ")" and (opening := self._opening(index, edge)) is not None:
                skipped += index - opening
                index = opening - 1
                continue
            if key in _LABEL_ENDS:
                return
            yield index
            index -= 1

    def _opening(self, position: int, edge: int) -> int | None:
        """The bracket that the one at *position* closes, if it is near and holds no other."""
        for index in range(position - 1, max(edge, position - _LABEL_WORDS) - 1, -1):
            if self._tokens[index].key in _CLOSE:
                return None
            if self._tokens[index].key in _OPEN:
                return index
        return None

    def _label_before(self, position: int, edge: int) -> tuple[str, ...]:
        words = [
            self._tokens[index].key
            for index in self._label(position, edge)
            if self._tokens[index].kind is TokenKind.WORD
        ]
        return tuple(reversed(words))

    def _label_after(self, position: int) -> tuple[str, ...]:
        words: list[str] = []
        for token in self._tokens[position : position + 8]:
            if token.kind is not TokenKind.WORD:
                break
            words.append(token.key)
        return tuple(words)

    def _tags_around(self, position: int, last: int, edge: int) -> frozenset[str]:
        """The tags of the cues of the label, prefixed ``at:`` when the cue touches the number."""
        tags: set[str] = set()
        for index in self._label(position, edge):
            if cue := self._starting.get(index):
                tags |= cue.tags
        touching = self._ending.get(position)
        if touching:
            tags |= {f"at:{tag}" for tag in touching.tags}
        if following := self._starting.get(last):
            tags |= {f"next:{tag}" for tag in following.tags}
        for index in range(last, min(last + 7, len(self._tokens))):
            if self._tokens[index].kind is not TokenKind.WORD:
                break
            if cue := self._starting.get(index):
                tags |= {f"after:{tag}" for tag in cue.tags}
        return frozenset(tags)


def _unit_of(cue: Cue) -> tuple[str, str] | None:
    """The unit word and its group, if the cue is one."""
    group = next((tag for tag in sorted(cue.tags) if tag.startswith("unit:")), None)
    if group is None:
        return None
    return next((tag for tag in sorted(cue.tags) if tag.startswith("is:")), "is:")[3:], group
