"""A document read: its passages with their mentions, and how to move among them."""

from __future__ import annotations

from typing import TYPE_CHECKING

from validator.claims.claim import Claim, ClaimKind, ClaimVerdict
from validator.claims.identity_word import load_identity
from validator.claims.label import label_of, roles_of
from validator.model.document import Table, TableCell
from validator.model.record import evolve, field, record

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence

    from validator.claims.day import Day
    from validator.model.diagnostic import Label
    from validator.model.location import Location
    from validator.text.mention import Mention, Reading
    from validator.text.passage import Passage
    from validator.text.vocabulary import Lexicon, Vocabulary

_QUOTE = 160
_LEAD = 48
_BULLETS = "-–+*• "
_SHORTEST_NAME, _LONGEST_NAME = 2, 80


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
    row_words: dict[tuple[int | None, int], str] = field(default_factory=dict, compare=False)

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

    def labels_of(self, mentions: Sequence[Mention], roles: Sequence[str]) -> tuple[Label, ...]:
        """Numbers with their words and places, each with what it is in a claim."""
        places = [self.named(self.place(each), each.passage) for each in mentions]
        columns = {place.column_name for place in places}
        shows_column = len(columns) > 1 or None in columns
        return tuple(
            label_of(self.reading_of(each.passage), each, place, role, shows_column=shows_column)
            for each, place, role in zip(mentions, places, roles, strict=True)
        )

    def named(self, place: Location, passage: int) -> Location:
        """A place; that of a cell with the words of its row."""
        source = self.passages[passage].source
        if place.row_label or not isinstance(source, TableCell):
            return place
        words = self._words_of_row(place.table, source.row)
        return evolve(place, row_label=words) if words else place

    def _words_of_row(self, table: int | None, row: int) -> str:
        """The words that a row of a table begins with."""
        found = self.row_words
        if not found:
            for passage in self.passages:
                for cell in passage.source.cells if isinstance(passage.source, Table) else ():
                    words = " ".join(cell.text.split()).lstrip(_BULLETS)
                    if sum(map(str.isalpha, words)) >= _SHORTEST_NAME:
                        found.setdefault((cell.location.table, cell.row), words[:_LONGEST_NAME])
        return found.get((table, row), "")

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


def make_claim(  # noqa: PLR0913  (what a claim says, by name)
    prose: Prose,
    kind: ClaimKind,
    verdict: ClaimVerdict,
    mentions: Sequence[Mention],
    numbers: Mapping[str, str | tuple[str, ...]],
    *,
    reason: str = "",
    cure: Mapping[str, str] | None = None,
    roles: Sequence[str] = (),
) -> Claim:
    """Make a claim from the numbers it rests on, the first passage of which it is quoted from.

    *roles* say what each number is in it, where its kind does not.
    """
    first = min(mentions, key=lambda mention: mention.key)
    here = [mention for mention in mentions if mention.passage == first.passage]
    start, end = min(m.start for m in here), max(m.end for m in here)
    reading = prose.reading_of(first.passage)
    text = reading.passage.text
    start = _quote_start(text, start)
    quote = prose.quotes.get(first.passage) or reading.quote(
        start, min(max(end, start + 1), start + 4 * _QUOTE)
    )
    place = reading.passage.place(here[0].start, end)
    return Claim(
        kind=kind,
        verdict=verdict,
        quote=quote if len(quote) <= _QUOTE else quote[: _QUOTE - 1] + "…",
        location=prose.named(place, first.passage) if reason else place,
        numbers=numbers,
        reason=reason,
        help=cure or {},
        used=frozenset(mention.key for mention in mentions),
        figures=tuple(map(prose.place, mentions)),
        labels=prose.labels_of(mentions, roles or roles_of(kind, len(mentions))) if reason else (),
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
