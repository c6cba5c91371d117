"""The words around a figure, as far as they belong to it."""

from __future__ import annotations

from itertools import takewhile
from typing import TYPE_CHECKING

from validator.text.mention import MentionKind
from validator.text.token import TokenKind

if TYPE_CHECKING:
    from collections.abc import Callable, Collection, Iterable, Sequence

    from validator.text.item import Item
    from validator.text.mention import Mention, Reading
    from validator.text.token import Token

    Joins = Callable[["Words", "Words"], bool]

Words = tuple[str, ...]
_LONGEST = 24
_FAR = 60
_LONGEST_CLAUSE = 200
_ALL = 100
_BRACKETS = ("(", "[", "{")


def words_of(tokens: Iterable[Token]) -> Words:
    """The folded words among some tokens."""
    return tuple([each.key for each in tokens if each.kind is TokenKind.WORD])


def words_before(reading: Reading, mention: Mention) -> Words:
    """The words of the sentence before its first figure."""
    return words_of(reading.tokens[_begin(reading, mention, mention.first) : mention.first])


def subject_of(reading: Reading, mention: Mention) -> Words:
    """The words before a colon that stands before the first figure of a sentence, not right before it."""
    start = _begin(reading, mention, mention.first)
    colons = [place for place in range(start, mention.first - 1) if reading.tokens[place].key == ":"]
    return words_of(reading.tokens[start : colons[-1]]) if colons else ()


def segments_before(reading: Reading, mention: Mention) -> list[Words]:
    """The words before a figure in its sentence or after a semicolon, parted by commas and other marks."""
    found: list[list[str]] = [[]]
    for place in range(_begin(reading, mention, mention.first), mention.first):
        token = reading.tokens[place]
        if token.key == ";":
            found = [[]]
        elif token.kind is TokenKind.WORD:
            found[-1].append(token.key)
        elif token.kind is TokenKind.MARK:
            found.append([])
    return [tuple(each) for each in found if each]


def lead_of(reading: Reading, item: Item, joins: Joins) -> Words:
    """The words before a figure; of one alone in its bracket those before the bracket.

    A comma inside what *joins* calls one name does not begin them.
    """
    tokens, place = reading.tokens, item.mention.first - 1
    if item.lead or not item.mention.depth or tokens[place].key not in "([{":
        return _with_joined(reading, item, joins)
    start = place
    while start and tokens[start - 1].kind is TokenKind.WORD:
        start -= 1
    return words_of(tokens[start:place])


def _with_joined(reading: Reading, item: Item, joins: Joins) -> Words:
    tokens, words = reading.tokens, item.lead
    comma = item.mention.first - len(words) - 1
    if (
        not words
        or comma < 1
        or tokens[comma].key != ","
        or words_of(tokens[comma : item.mention.first]) != words
    ):
        return words
    start = comma
    while start and tokens[start - 1].kind is TokenKind.WORD and comma - start < _LONGEST:
        start -= 1
    before = words_of(tokens[start:comma])
    return before + words if joins(before, words) else words


def is_share_of_base(item: Item) -> bool:
    """Whether what stands after a fraction is said of its base alone: "86 % (40/50 new files)"."""
    return item.base is not None and item.mention.depth > 0 and not item.lead


def trail_of(reading: Reading, item: Item, joins: Joins) -> Words:
    """The words after a figure; a comma inside what *joins* calls one name does not end them."""
    tokens, words, last = reading.tokens, item.trail, _last_of(item)
    end = last + len(words)
    if words_of(tokens[last:end]) != words:
        return words
    while end < len(tokens) and tokens[end].key == ",":
        more = tuple([each.key for each in takewhile(_is_word, tokens[end + 1 : end + _LONGEST])])
        after = end + 1 + len(more)
        # "50 being dealt with, late 4": what stands before a figure is said of that one.
        is_lead = after < len(tokens) and tokens[after].kind is TokenKind.NUMBER
        if is_lead or not joins(words, more):
            break
        words, end = words + more, end + 1 + len(more)
    return words


def _last_of(item: Item) -> int:
    """The token after a figure, or after the one that it is a part of: "20/20 files"."""
    return max(item.mention.last, item.base.last if item.base is not None else 0)


def after_all(reading: Reading, item: Item, trail: Words) -> Words:
    """The words after "100 %" right behind the words after a figure: it says no more than "all of it"."""
    place = _last_of(item) + len(trail)
    following = reading.mentions_between(place, place + 1)
    if (
        not trail
        or not following
        or following[0].kind is not MentionKind.PERCENT
        or following[0].value != _ALL
    ):
        return ()
    return tuple([each.key for each in takewhile(_is_word, reading.tokens[following[0].last :])])


def gap_of(reading: Reading, mention: Mention, start: int = 0) -> Words:
    """The words between a figure and the one before it in its sentence, or a token, brackets crossed."""
    near = reading.mentions_between(max(0, mention.first - _FAR), mention.first)
    place = mention.first
    start = max([start, *(each.last for each in near if _is_figure(each))])
    start = max(start, _begin(reading, mention, mention.first))
    while place > start and reading.tokens[place - 1].key != ";":
        place -= 1
    return words_of(reading.tokens[place : mention.first])


def before_bracket(reading: Reading, mention: Mention) -> Sequence[Token]:
    """The tokens right before the bracket of a figure, back to the mark before them."""
    tokens, first = reading.tokens, _begin(reading, mention, mention.first)
    end = mention.first
    while mention.depth and end > first and tokens[end - 1].key not in _BRACKETS:
        end -= 1
    if not mention.depth or end == first:
        return ()
    start = end - 1
    while start > first and tokens[start - 1].kind is not TokenKind.MARK:
        start -= 1
    return tokens[start : end - 1]


def comma_after(reading: Reading, mention: Mention, other: Mention) -> int:
    """The token after the first comma between a figure and another after it; 0 if there is none."""
    marks = (place for place in range(mention.last, other.first) if reading.tokens[place].key in ",;")
    return next(marks, -1) + 1


def after_brackets(reading: Reading, mention: Mention) -> int:
    """The token after the last bracket before a figure that holds another one, which says nothing of it."""
    near = reading.mentions_between(max(0, mention.first - _FAR), mention.first)
    inside = [each for each in near if each.depth > mention.depth and _is_figure(each)]
    place = inside[-1].last if inside else mention.first
    while place < mention.first and reading.depths[place] > mention.depth:
        place += 1
    return place if inside else 0


def clause_of(reading: Reading, mention: Mention, beyond: Collection[str], start: int = 0) -> Sequence[Token]:
    """The tokens around a figure: from the beginning of its clause to a mark, *beyond* it or a figure."""
    tokens = reading.tokens
    first = max(start, _begin(reading, mention, mention.first))
    start = mention.first
    while start > first and not _begins_clause(tokens[start - 1], mention):
        start -= 1
    following = (
        each.first
        for each in reading.mentions_between(mention.last, mention.last + _FAR)
        if _is_counted(each)
    )
    farthest = next(following, len(tokens))
    end = mention.last
    while end < farthest and tokens[end].kind is not TokenKind.MARK and tokens[end].key not in beyond:
        end += 1
    return (*tokens[start : mention.first], *tokens[mention.last : end])


def _begin(reading: Reading, mention: Mention, place: int) -> int:
    """Where the sentence of a figure begins, or how far back is looked."""
    farthest = max(0, place - _LONGEST_CLAUSE)
    while place > farthest and reading.sentences[place - 1] == mention.sentence:
        place -= 1
    return place


def _begins_clause(token: Token, mention: Mention) -> bool:
    return token.key == ";" or bool(mention.depth and token.key in _BRACKETS)


def _is_figure(mention: Mention) -> bool:
    return mention.kind is not MentionKind.NAME


def _is_counted(mention: Mention) -> bool:
    return mention.is_quantity and mention.unit_is_near


def _is_word(token: Token) -> bool:
    return token.kind is TokenKind.WORD
