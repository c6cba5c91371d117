"""Tokens and cues → mentions: each number with its unit, its label, and where it stands."""

from __future__ import annotations

import re
from functools import lru_cache
from typing import TYPE_CHECKING

from validator.model.record import evolve
from validator.text.cue import covers
from validator.text.frame import CLOSE, OPEN, Frame
from validator.text.mention import Cue, Mention, MentionKind, is_one_amount
from validator.text.ordinal import ordinals
from validator.text.qualifier import CHANGED, HEDGED, qualities
from validator.text.token import Token, TokenKind, exact, past_words, words_at

if TYPE_CHECKING:
    from collections.abc import Mapping

    from validator.text.vocabulary import Lexicon, Vocabulary

_LABEL_WORDS = 24
_GLUE = frozenset("-–:")
_LABEL_ENDS = frozenset(",;().!?|[]{}")
_LISTING = frozenset(",-–&")
_YEAR = re.compile(r"(?:19|20)[0-9]{2}")


class MentionReader:
    """Makes the mentions of one passage."""

    def __init__(
        self,
        passage: int,
        tokens: tuple[Token, ...],
        cues: tuple[Cue, ...],
        frame: Frame,
        lexicon: Lexicon,
        vocabulary: Vocabulary,
    ) -> None:
        self._passage = passage
        self._frame = frame
        self._tokens = tokens
        self._lexicon = lexicon
        self._data = vocabulary.notation.data
        self._fold = lexicon.fold
        self._percent_begins = {written.split()[0] for written in self._data.percent}
        self._starting: Mapping[int, Cue] = {cue.first: cue for cue in cues}
        self._ending: Mapping[int, Cue] = {cue.last: cue for cue in cues}
        self._cues = cues
        self._ordinals = ordinals(tokens)

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
            if found and is_one_amount(found[-1], mention):
                mention = self._joined(found.pop(), mention)
            found.append(mention)
            edge = mention.last
        return found

    def _joined(self, high: Mention, low: Mention) -> Mention:
        """One amount in two scales ("2 billion 500 million"), written in the smaller one."""
        amount = high.amount + low.amount
        return evolve(
            high,
            last=low.last,
            end=low.end,
            kind=low.kind,
            value=exact(amount, 10**low.scale),
            amount=amount,
            decimals=low.decimals,
            scale=low.scale,
            text=" ".join(token.text for token in self._tokens[high.first : low.last]),
            unit=low.unit,
            group=low.group,
            unit_is_near=low.unit_is_near,
            after=low.after,
            tags=high.tags | {tag for tag in low.tags if tag.startswith(("after:", "next:"))},
        )

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
        # Nobody asks for the label of a year or an article; of what cannot be read, somebody does.
        told = kind is not MentionKind.NAME or numeral is None
        label = self._label(position, edge) if told else []
        named = [cue for index in label if (cue := self._starting.get(index)) is not None]
        unit, group, near, noun = self._unit(named, last, kind) if counted else ("", "", False, "")
        tags = self._tags_around(position, last, named) if told else frozenset[str]()
        return Mention(
            passage=self._passage,
            first=position,
            last=last,
            start=token.start,
            end=self._tokens[last - 1].end,
            kind=kind,
            is_quantity=counted and CHANGED not in tags,
            value=numeral.value if numeral else 0,
            amount=exact(numeral.value * 10**scale) if numeral else 0,
            decimals=numeral.decimals if numeral else 0,
            text=token.text,
            scale=scale,
            odd=bool(numeral and numeral.odd and not scale and kind is MentionKind.COUNT),
            unit=unit,
            group=group,
            unit_is_near=near,
            noun=noun,
            before=words_at(self._tokens, reversed(label)),
            after=self._label_after(last) if told else (),
            naming=self._naming(last) if near else "",
            tags=tags,
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
        may_be_words = position < count and tokens[position].text.casefold() in self._percent_begins
        for length in (3, 2) if may_be_words else ():
            words = " ".join(token.text.casefold() for token in tokens[position : position + length])
            if words in self._data.percent and position + length <= count:
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
        if position in self._ordinals and (previous is None or not self._counts(previous)):
            return True
        if (
            previous is not None
            and previous.tags & {"name_before", "number_word"}
            and not self._counts(previous)
        ):
            if self._counts_after(position, last) and (
                self._tokens[position].text.count(".") or "name_before" not in previous.tags
            ):
                return False  # Nobody names a day or a chapter by a number of thousands.
            if self._counts_after(position, last) and self._is_each(previous):
                return False  # "each month 120 cases"
            # A word for a year may be the number five: a number that is no year may come after it and count.
            return "year_word" not in previous.tags or not self._counts_after(position, last)
        if position and self._tokens[position - 1].key in _GLUE and self._is_glued(position - 1):
            return True
        if position and _YEAR.fullmatch(self._tokens[position].text) and self._follows_date_word(position):
            return True
        if self._lexicon.point and _YEAR.fullmatch(self._tokens[position].text):
            return True
        following = self._starting.get(last)
        if following is not None and "name_after" in following.tags:
            return True
        bare = previous is not None and "name_before_bare" in previous.tags and not self._counts(previous)
        counted = following is not None and _unit_of(following) is not None
        numeral = self._tokens[position].numeral
        whole = numeral is not None and not numeral.decimals
        return bare and whole and not counted and not self._tokens[position].text.startswith("0")

    def _is_each(self, cue: Cue) -> bool:
        """Whether a word such as "month" is one that something falls on: "each month"."""
        before = self._ending.get(cue.first)
        return before is not None and "vague" in before.tags and not before.tags & {"from_word", "to_word"}

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
        """Whether a word that often names is here part of a count: "in all 23"."""
        return "total" in cue.tags or "base" in cue.tags

    def _is_glued(self, position: int) -> bool:
        """Whether a dash stands between a word or number and the next without blanks."""
        if position == 0:
            return False
        dash, left = self._tokens[position], self._tokens[position - 1]
        right = self._tokens[position + 1]
        return left.end == dash.start and dash.end == right.start and left.kind is not TokenKind.MARK

    def _unit(self, label: list[Cue], last: int, kind: MentionKind) -> tuple[str, str, bool, str]:
        """The unit, its group, whether it follows the number, and a following noun that is no unit.

        The unit is the words right after the number, else a unit of its label.
        """
        if kind is MentionKind.MONEY:
            return "money", "money", True, ""
        last = past_words(self._tokens, last)
        for position in (last, last + 1):
            cue = self._starting.get(position)
            if cue and (unit := _unit_of(cue)):
                return *unit, True, ""
            if position >= len(self._tokens) or self._tokens[position].kind is not TokenKind.WORD:
                break
        word = self._tokens[last] if last < len(self._tokens) else None
        is_noun = word is not None and word.kind is TokenKind.WORD and not covers(self._cues, last)
        unit = self._unit_of_label(label) or ("", "")
        return *unit, False, word.key if word is not None and is_noun else ""

    def _unit_of_label(self, label: list[Cue]) -> tuple[str, str] | None:
        """The unit that "the number of …" names, else the unit nearest before the number."""
        nearest = None
        for cue in label:
            if not (unit := _unit_of(cue)):
                continue
            nearest = nearest or unit
            counted = self._ending.get(cue.first)
            if counted and counted.tags & {"total", "number_word"}:
                return unit
        return nearest

    def _label(self, position: int, edge: int) -> list[int]:
        """Token indexes of the label before a number, backwards; remarks in brackets are passed over."""
        found: list[int] = []
        index, least = position - 1, max(edge, position - _LABEL_WORDS)
        while index >= least:
            key = self._tokens[index].key
            if key == ")" and (opening := self._opening(index, edge)) is not None:
                least = max(edge, least - index + opening)
                index = opening - 1
                continue
            if key in _LABEL_ENDS:
                break
            found.append(index)
            index -= 1
        return found

    def _opening(self, position: int, edge: int) -> int | None:
        """The bracket that the one at *position* closes, if it is near and holds no other."""
        for index in range(position - 1, max(edge, position - _LABEL_WORDS) - 1, -1):
            if self._tokens[index].key in CLOSE:
                return None
            if self._tokens[index].key in OPEN:
                return index
        return None

    def _label_after(self, position: int) -> tuple[str, ...]:
        words: list[str] = []
        for token in self._tokens[position : position + 8]:
            if token.kind is not TokenKind.WORD:
                break
            words.append(token.key)
        return tuple(words)

    def _naming(self, last: int) -> str:
        """Whether what follows the unit is the name of a kind or says what the things do."""
        unit = self._starting.get(last) or self._starting.get(last + 1)
        place = unit.last if unit is not None else last
        if place >= len(self._tokens) or self._tokens[place].kind is not TokenKind.WORD:
            return ""
        following = self._starting.get(place)
        if following is None:
            return "kind"
        return "predicate" if "predicate" in following.tags else ""

    def _tags_around(self, position: int, last: int, label: list[Cue]) -> frozenset[str]:
        """The tags of the cues of the label, prefixed ``at:`` when the cue touches the number."""
        tags = set(qualities(self._tokens, self._ending, position))
        tags.update(*[cue.tags for cue in label])
        touching = self._ending.get(position)
        if touching:
            tags |= _prefixed("at:", touching.tags)
        if following := self._starting.get(last):
            tags |= _prefixed("next:", following.tags)
        for index in range(last, min(last + 7, len(self._tokens))):
            if self._tokens[index].kind is not TokenKind.WORD:
                break
            if cue := self._starting.get(index):
                tags |= _prefixed("after:", cue.tags)
        if "after:vague_after" in tags:
            tags.add(HEDGED)
        return frozenset(tags)


@lru_cache(maxsize=4096)
def _prefixed(prefix: str, tags: frozenset[str]) -> frozenset[str]:
    return frozenset([prefix + tag for tag in tags])


def _unit_of(cue: Cue) -> tuple[str, str] | None:
    """The unit word and its group, if the cue is one."""
    return _unit_among(cue.tags)


@lru_cache(maxsize=1024)
def _unit_among(tags: frozenset[str]) -> tuple[str, str] | None:
    group = next((tag for tag in sorted(tags) if tag.startswith("unit:")), None)
    if group is None:
        return None
    return next((tag for tag in sorted(tags) if tag.startswith("is:")), "is:")[3:], group
