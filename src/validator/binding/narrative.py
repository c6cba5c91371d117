"""Running text → fields: phrases around a number, in the right section and passage.

Of several phrases that fit a number the longest is meant; if two fields have it, neither is taken.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from validator.binding.masked import OTHER, NumberKind
from validator.binding.once import once
from validator.binding.phrase import YEARS, Phrase, compile_phrase
from validator.binding.targets import strings
from validator.model.document import BlockKind
from validator.model.field import FieldType
from validator.model.record import record
from validator.text.fold import folded

if TYPE_CHECKING:
    from collections.abc import Sequence

    from validator.binding.masked import Masked, Number
    from validator.binding.recognition import Recognition
    from validator.binding.running import Running
    from validator.model.field import FieldDef, Form

_ENDS = ".;"
_MOST_OVERLAPPING = 20
_FEW_LETTERS, _LONGEST_SENTENCE = 12, 1000
KINDS = {
    FieldType.COUNT: NumberKind.PLAIN,
    FieldType.NUMBER: NumberKind.PLAIN,
    FieldType.PERCENT: NumberKind.PERCENT,
    FieldType.MONEY: NumberKind.MONEY,
    FieldType.DATE: NumberKind.DATE,
}


@record
class TextTarget:
    """A field that running text may state."""

    definition: FieldDef
    phrases: tuple[Phrase, ...]
    sections: tuple[str, ...] = ()
    lines: tuple[str, ...] = ()


@record
class NumberBinding:
    """What was decided about one number of a passage; ``close`` are the fields in doubt."""

    passage: Running
    number: Number
    definition: FieldDef | None = None
    why: str = ""
    close: tuple[str, ...] = ()


@once
def text_targets(form: Form, known: Recognition) -> tuple[TextTarget, ...]:
    """Return the fields that have phrases."""
    return tuple(
        TextTarget(
            definition=each,
            phrases=phrases_of(strings(each.binding.get("phrases")), each.type, known),
            sections=shortened(each.binding.get("section"), known),
            lines=shortened(each.binding.get("lines"), known),
        )
        for each in form.fields.values()
        if each.binding.get("phrases")
    )


def phrases_of(texts: Sequence[str], kind: FieldType, known: Recognition) -> tuple[Phrase, ...]:
    """Return the compiled phrases for a field of one type."""
    return tuple(compile_phrase(each, known.copula, known, is_date=kind is FieldType.DATE) for each in texts)


def shortened(data: object, known: Recognition) -> tuple[str, ...]:
    """Return texts folded, with the short forms of names."""
    return tuple(known.abbreviations.shorten(folded(each)) for each in strings(data))


Claim = tuple[tuple[int, bool, bool], "FieldDef"]


class TextBinder:
    """Binds the numbers of the passages of one document."""

    def __init__(self, targets: Sequence[TextTarget], year: int | None = None) -> None:
        self.year = year
        self.targets = targets
        self.seen: list[tuple[Running, tuple[tuple[int, frozenset[str]], ...]]] = []
        """The passages that were bound, and from where on which opening words hold in each."""
        self.openers = sorted({line for each in self.targets for line in each.lines})

    def bind(self, passages: Sequence[Running]) -> tuple[NumberBinding, ...]:
        """Return what was decided about every number, in reading order."""
        found: list[NumberBinding] = []
        carried: frozenset[str] = frozenset()
        for passage in passages:
            if passage.block.kind is BlockKind.HEADING:
                carried = frozenset()
            openings = self._openings(passage.masked.text)
            claims = self._claims(passage, openings, carried)
            found += [_decide(passage, each, claims.get(each.start, [])) for each in passage.masked.numbers]
            self.seen.append((passage, ((0, carried), *_held(openings))))
            if openings:
                carried = _last(openings, len(passage.masked.text))
        return tuple(found)

    def _is_number(self, raw: str, wanted: str) -> bool:
        """Whether a number is the one that a phrase asks for, or the year that it means."""
        if wanted in YEARS:
            return self.year is not None and raw == str(self.year - YEARS[wanted])
        return raw == wanted

    def _is_intended(self, masked: Masked, start: int) -> bool:
        """Whether the sentence of a phrase begins with a year that is still to come."""
        near = max(0, start - _LONGEST_SENTENCE)
        begin = max(masked.text.rfind(sign, near, start) for sign in _ENDS) + 1
        place = masked.text.find(OTHER, begin, min(start, begin + _FEW_LETTERS))
        if place < 0 or self.year is None:
            return False
        number = masked.number_at(place)
        return number.other == "year" and number.raw.isdigit() and int(number.raw) > self.year

    def _openings(self, text: str) -> list[tuple[int, int, str]]:
        """Return where the words that open passages stand."""
        found = []
        for line in self.openers:
            start = text.find(line)
            while start >= 0:
                found.append((start, start + len(line), line))
                start = text.find(line, start + 1)
        return sorted(found)

    def _claims(
        self, passage: Running, openings: list[tuple[int, int, str]], carried: frozenset[str]
    ) -> dict[int, list[Claim]]:
        """Return the fields that each number may be, by where the number starts."""
        claims: dict[int, list[Claim]] = {}
        masked = passage.masked
        if not masked.numbers:
            return claims
        inside: dict[tuple[str, ...], bool] = {}
        for target in self.targets:
            if target.sections not in inside:
                inside[target.sections] = passage.is_in(target.sections)
            if not inside[target.sections]:
                continue
            for phrase in target.phrases:
                for match in phrase.matches(masked.text):
                    number = masked.number_at(match.start("n"))
                    if not all(
                        self._is_number(masked.number_at(match.start(name)).raw, wanted)
                        for name, wanted in phrase.digits
                    ):
                        continue
                    if not fits(number, target.definition) or self._is_intended(masked, match.start()):
                        continue
                    if target.lines and not (
                        (_last(openings, match.start("n")) or carried) & frozenset(target.lines)
                    ):
                        continue
                    rank = (phrase.weight, bool(target.lines), bool(target.sections))
                    claims.setdefault(number.start, []).append((rank, target.definition))
        return claims


def fits(number: Number, definition: FieldDef) -> bool:
    """Whether a number is written as the field's type is; a garbled one may be any."""
    if number.kind is NumberKind.GARBLED:
        return definition.type.is_numeric
    return number.kind is KINDS.get(definition.type)


def _last(openings: list[tuple[int, int, str]], before: int) -> frozenset[str]:
    """Return the words of the opening nearest before a place, with those that overlap it."""
    earlier = [each for each in openings if each[1] <= before]
    if not earlier:
        return frozenset()
    start, end, _ = max(earlier, key=lambda each: (each[1], -each[0]))
    return frozenset(line for first, last, line in earlier if first < end and last > start)


def _held(openings: list[tuple[int, int, str]]) -> list[tuple[int, frozenset[str]]]:
    """Return from where on which openings hold; only a few stand so near that they overlap."""
    ended = sorted(openings, key=lambda each: (each[1], -each[0]))
    return [
        (end, _last(ended[max(0, place - _MOST_OVERLAPPING) : place + 1], end))
        for place, (_, end, _) in enumerate(ended)
    ]


def _decide(passage: Running, number: Number, claims: list[Claim]) -> NumberBinding:
    if not claims:
        return NumberBinding(passage=passage, number=number, why=number.other or "no-field")
    best = max(rank for rank, _ in claims)
    fields = {each.path: each for rank, each in claims if rank == best}
    if len(fields) > 1:
        return NumberBinding(passage=passage, number=number, why="close", close=tuple(sorted(fields)))
    return NumberBinding(passage=passage, number=number, definition=next(iter(fields.values())))
