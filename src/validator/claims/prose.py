"""A document read: its passages with their mentions, and how to move among them."""

from __future__ import annotations

from typing import TYPE_CHECKING

from validator.claims.claim import Claim, ClaimKind, ClaimVerdict
from validator.claims.identity_word import load_identity
from validator.model.record import field, record

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence

    from validator.claims.day import Day
    from validator.model.location import Location
    from validator.text.mention import Mention, Reading
    from validator.text.passage import Passage
    from validator.text.vocabulary import Lexicon, Vocabulary

_QUOTE = 160
_LEAD = 48


@record
class Prose:
    """The passages of a document and the readings of those that hold numbers, by passage.

    ``foreign``: the text is of another language, whose words and numbers are only guessed at.
    """

    passages: tuple[Passage, ...]
    readings: Mapping[int, Reading]
    lexicon: Lexicon
    vocabulary: Vocabulary
    days: Mapping[int, tuple[Day, ...]]
    foreign: bool = False
    cells: Mapping[int, Reading] = field(default_factory=dict)
    quotes: dict[int, str] = field(default_factory=dict, compare=False)
    places: dict[tuple[int, int, int], Location] = field(default_factory=dict, compare=False)

    @property
    def months(self) -> Mapping[str, int]:
        """The months that the language calls by names, folded."""
        return load_identity(self.vocabulary.name, degraded=self.degraded).months

    def reading_of(self, index: int) -> Reading:
        """The reading of a passage, whether of prose or of a cell."""
        return self.readings.get(index) or self.cells[index]

    @property
    def degraded(self) -> bool:
        """Whether the text has no reliable diacritics."""
        return self.lexicon.degraded

    def place(self, mention: Mention) -> Location:
        """Where a number stands."""
        key = mention.passage, mention.start, mention.end
        found = self.places.get(key)
        if found is None:
            found = self.places[key] = self.passages[mention.passage].place(mention.start, mention.end)
        return found

    def days_of(self, reading: Reading) -> tuple[Day, ...]:
        """The full dates of a passage."""
        return self.days.get(reading.index, ())

    def around(self, index: int, *, back: int, ahead: int) -> Iterator[Reading]:
        """The readings near passage *index*, in its section; itself first, then nearest first."""
        section = self.passages[index].section
        steps = [0, *range(-1, -back - 1, -1), *range(1, ahead + 1)]
        for step in steps:
            reading = self.readings.get(index + step)
            if reading is not None and reading.passage.section == section:
                yield reading


def make_claim(
    prose: Prose,
    kind: ClaimKind,
    verdict: ClaimVerdict,
    mentions: Sequence[Mention],
    numbers: Mapping[str, str | tuple[str, ...]],
    *,
    reason: str = "",
    cure: Mapping[str, str] | None = None,
) -> Claim:
    """Make a claim from the numbers it rests on, the first passage of which it is quoted from."""
    first = min(mentions, key=lambda mention: (mention.passage, mention.first))
    here = [mention for mention in mentions if mention.passage == first.passage]
    start, end = min(m.start for m in here), max(m.end for m in here)
    reading = prose.reading_of(first.passage)
    text = reading.passage.text
    start = _quote_start(text, start)
    quote = prose.quotes.get(first.passage) or reading.quote(
        start, min(max(end, start + 1), start + 4 * _QUOTE)
    )
    return Claim(
        kind=kind,
        verdict=verdict,
        quote=quote if len(quote) <= _QUOTE else quote[: _QUOTE - 1] + "…",
        location=reading.passage.place(here[0].start, end),
        numbers=numbers,
        reason=reason,
        help=cure or {},
        used=frozenset((mention.passage, mention.first) for mention in mentions),
        figures=tuple(map(prose.place, mentions)),
    )


def _quote_start(text: str, position: int) -> int:
    """Where the label before *position* may begin: after a full stop, or some words back."""
    if position <= _LEAD:
        return 0
    stop = text.rfind(". ", position - _LEAD, position)
    if stop >= 0:
        return stop + 2
    blank = text.find(" ", position - _LEAD, position)
    return blank + 1 if blank >= 0 else position


def same_kind(one: Mention, other: Mention) -> bool:
    """Whether two numbers may count the same sort of thing."""
    if one.kind is not other.kind:
        return False
    return not one.group or not other.group or one.group == other.group
