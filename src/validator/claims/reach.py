"""How far the claims reach: which numbers of the running text were checked, and which were not."""

from __future__ import annotations

from typing import TYPE_CHECKING

from validator.model.record import record
from validator.text.mention import MentionKind

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from validator.claims.claim import Claim, MentionKey
    from validator.claims.prose import Prose
    from validator.model.location import Location
    from validator.text.mention import Mention, Reading

_AROUND = 40


@record
class Reach:
    """Numbers in running text, how many of them take part in decided claims, and in how many."""

    numbers: int
    checked: int
    claims: int

    @property
    def unchecked(self) -> int:
        """How many numbers no decided claim holds."""
        return self.numbers - self.checked


@record
class Unchecked:
    """A number that no decided claim holds: its text, the words around it, its place."""

    text: str
    quote: str
    location: Location


def measure_reach(prose: Prose, claims: Iterable[Claim]) -> tuple[Reach, tuple[Unchecked, ...]]:
    """Count the numbers of the running text and list those that were not checked."""
    used: set[MentionKey] = set()
    decided = 0
    for claim in claims:
        in_text = any(not prose.passages[passage].in_table for passage, _ in claim.used)
        if in_text and claim.verdict.is_decided:
            decided += 1
            used |= claim.used
    numbers = checked = 0
    unchecked: list[Unchecked] = []
    for mention in numbers_of_text(prose):
        numbers += 1
        if mention.key in used:
            checked += 1
        else:
            unchecked.append(_unchecked(prose.readings[mention.passage], mention))
    return Reach(numbers=numbers, checked=checked, claims=decided), tuple(unchecked)


def numbers_of_text(prose: Prose) -> Iterator[Mention]:
    """Yield the numbers of the running text that count or measure something."""
    passages = prose.passages
    yield from (each for each in quantities_of(prose) if not passages[each.passage].in_table)


def quantities_of(prose: Prose) -> Iterator[Mention]:
    """Yield the numbers that count or measure something, those in the words of a table's cells too."""
    for reading in prose.readings.values():
        yield from (each for each in reading.mentions if each.kind is not MentionKind.NAME)


def _unchecked(reading: Reading, mention: Mention) -> Unchecked:
    start, end = max(0, mention.start - _AROUND), mention.end + _AROUND
    return Unchecked(
        text=reading.quote(mention.start, mention.end),
        quote=reading.quote(start, end),
        location=reading.passage.place(mention.start, mention.end),
    )
