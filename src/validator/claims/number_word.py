"""Numbers written out in words beside their figures: twenty-five (25), 25 (twenty-five)."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from validator.claims.claim import Claim, ClaimKind, ClaimVerdict
from validator.text.mention import MentionKind

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from validator.claims.prose import Prose
    from validator.text.mention import Mention, Reading
    from validator.text.number_word import NumberWords

_WORD = re.compile(r"[^\W\d_]+")
# The longest number in words has fewer words and letters than these.
_MOST_WORDS = 24
_MOST_LETTERS = 180
# A bracket with words alone, after a number and up to two words of its unit.
_BRACKET = re.compile(r"(?:\s{1,3}[^\W\d_]{1,12}){0,2}\s{0,3}\(([^()0-9.,;]{2,180})\)")
_MOST_AFTER = 3
_YEARS = range(1900, 2100)


def find_number_words(prose: Prose) -> Iterator[Claim]:
    """Yield a restatement for each number that stands in words and in figures side by side.

    Texts without reliable diacritics are left out: too many words look like numbers there.
    """
    if prose.degraded or prose.vocabulary.number_words is None:
        return
    for reading in prose.readings.values():
        for mention in reading.mentions:
            if mention.decimals == 0 and mention.value.denominator == 1:
                yield from _in_brackets(prose, reading, mention, prose.vocabulary.number_words)
                yield from _before_brackets(prose, reading, mention, prose.vocabulary.number_words)


def _in_brackets(prose: Prose, reading: Reading, mention: Mention, known: NumberWords) -> Iterator[Claim]:
    """The words before a bracket that holds nothing but a number."""
    text = reading.passage.text
    # "of the year (50 %)": of a percentage the words say that it is one.
    if (
        mention.scale
        or mention.kind is MentionKind.PERCENT
        or not text[mention.end : mention.end + 2].lstrip().startswith(")")
    ):
        return
    before = text[: mention.start].rstrip()
    if not before.endswith("("):
        return
    near = before[:-1][-_MOST_LETTERS:]
    found = list(_WORD.finditer(near))[-_MOST_WORDS - 1 :]
    words = [prose.lexicon.fold(each[0]) for each in found]
    if not found or near[found[-1].end() :].strip():
        return
    seen = known.at_end(words)
    if seen is None:
        return
    value, length = seen
    lead = words[-length - 1] if len(words) > length else ""
    if value != mention.value and _is_doubtful(words[-length:], lead, mention, known):
        return
    first = found[-length].start()
    start = len(before) - 1 - len(near) + first
    yield _claim(reading, mention, value, near[first:].strip(), (start, mention.end + 1))


def _is_doubtful(words: Sequence[str], lead: str, mention: Mention, known: NumberWords) -> bool:
    """Whether words that differ from the figure may be no number at all."""
    is_year = mention.kind is MentionKind.NAME and mention.value in _YEARS
    if mention.kind is MentionKind.PERCENT and len(words) == 1:
        return True  # "of the plan of the year (50 %)", where the word for a year is that for five.
    return is_year or lead in known.naming or (len(words) == 1 and words[0] in known.doubtful and not lead)


def _before_brackets(prose: Prose, reading: Reading, mention: Mention, known: NumberWords) -> Iterator[Claim]:
    """The words in a bracket behind a number and its unit."""
    found = _BRACKET.match(reading.passage.text, mention.end)
    if found is None or mention.kind is MentionKind.PERCENT:
        return
    shown = inner = found[1].strip()
    for lead in known.leads:
        inner = inner[len(lead) :] if inner.casefold().startswith(lead) else inner
    words = [prose.lexicon.fold(each[0]) for each in _WORD.finditer(inner)]
    seen = known.at_start(words)
    if seen is None or len(words) - seen[1] > _MOST_AFTER:
        return
    value, length = seen
    if value == mention.amount or length == len(words) or length > 1:
        yield _claim(reading, mention, value, shown, (mention.start, found.end()))


def _claim(reading: Reading, mention: Mention, value: int, words: str, span: tuple[int, int]) -> Claim:
    amount = mention.amount if mention.scale else mention.value
    holds = value == amount
    return Claim(
        kind=ClaimKind.RESTATEMENT,
        verdict=ClaimVerdict.PASS if holds else ClaimVerdict.FAIL,
        quote=reading.quote(*span),
        location=reading.passage.place(mention.start, mention.end),
        numbers={"values": (str(value), str(amount))},
        reason="" if holds else "words-differ-from-figures",
        help={"words": words, "figures": mention.text, "value": str(value)},
        used=frozenset({mention.key}),
        figures=(reading.passage.place(mention.start, mention.end),),
    )
