"""An appendix whose table is lost, as in recognised scans: its lines, and what each may hold."""

from __future__ import annotations

import re
from itertools import pairwise
from typing import TYPE_CHECKING

from validator.binding.similar import noisy_likeness
from validator.model.document import Block, Table
from validator.model.record import evolve, record
from validator.text.fold import folded, words

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from validator.binding.recognition import Recognition
    from validator.model.document import Document
    from validator.model.location import Location

_CODE = re.compile(r"\s{0,9}([0-9]{1,2}(?:\.[0-9]{1,2}){1,4})\.?(?=\s|$)")
_LOST_CODE = re.compile(r"\s{0,9}[0-9]{2,3}\s+(?=\D)")
_NUMBER = re.compile(r"(?<![\w.,=])[0-9](?:[0-9.,]*[0-9])?%?(?!\w)")
_UNIT_LIKENESS = 650
_MOST_UNIT_WORDS = 4


@record
class Reading:
    """One way to read a line: the words of its label, and its value if it has one."""

    words: tuple[str, ...]
    value: str = ""
    unit: str = ""
    at: int = 0


@record
class Line:
    """A line of a lost table: its code if legible, where it stands, and the ways to read it."""

    text: str
    code: str
    location: Location
    readings: tuple[Reading, ...]

    @property
    def is_telling(self) -> bool:
        """Whether the line says enough to be a row of its own."""
        return max((sum(len(word) for word in each.words) for each in self.readings), default=0) >= _LETTERS


_LETTERS, _GARBLED = 12, 28


def loose_blocks(document: Document, known: Recognition) -> tuple[Block, ...]:
    """Return the blocks of an appendix without a table: those after its title, at the end."""
    if any(isinstance(each, Table) for each in document.blocks):
        return ()
    blocks = [each for each in document.blocks if isinstance(each, Block)]
    titles = [place for place, each in enumerate(blocks) if folded(each.text).startswith(known.appendix)]
    return tuple(blocks[titles[-1] + 1 :]) if titles else ()


def without(document: Document, blocks: Sequence[Block]) -> Document:
    """Return the document without some of its blocks."""
    dropped = {id(each) for each in blocks}
    return evolve(document, blocks=tuple(each for each in document.blocks if id(each) not in dropped))


def lines_of(
    blocks: Iterable[Block], units: frozenset[tuple[str, ...]], known: Recognition
) -> tuple[Line, ...]:
    """Return the printed lines of *blocks*."""
    found: list[Line] = []
    for block in blocks:
        offsets = sorted({0, *block.line_starts, len(block.text)})
        for place, (start, end) in enumerate(pairwise(offsets)):
            text = block.text[start:end].strip()
            marker = block.marker if place == 0 else ""
            if text or marker:
                found.append(_line(f"{marker} {text}".strip(), block.location_at(start, end), units, known))
    return tuple(found)


def _line(text: str, location: Location, units: frozenset[tuple[str, ...]], known: Recognition) -> Line:
    code = _CODE.match(text)
    rest = text[code.end() :] if code else _LOST_CODE.sub("", text, count=1)
    readings = [Reading(words=_label(rest))]
    for number in _NUMBER.finditer(rest):
        before, after = rest[: number.start()].rstrip(), rest[number.end() :].strip(" .|_-'’,])")
        label, unit = _without_unit(before, units)
        is_before_unit = bool(after) and not _without_unit(after, units)[0]
        if before and (not after or unit or "|" in before or is_before_unit):
            at = len(text) - len(rest) + number.start()
            raw = number[0].rstrip(".,")
            extra = words(after) if after and not (unit or is_before_unit) else ()
            readings.append(Reading(words=(*label, *extra), value=raw, unit=unit, at=at))
            readings.append(Reading(words=_label(before), value=raw, unit=unit, at=at))
    bare, unit = _without_unit(rest, units)
    if unit:
        readings.append(Reading(words=bare, unit=unit))
    lead = next((len(each) for each in known.of_which if readings[0].words[: len(each)] == each), 0)
    if lead:
        readings += [evolve(each, words=each.words[lead:]) for each in readings]
    if not code and _LOST_CODE.match(text) and len(rest) < _GARBLED:
        readings.append(Reading(words=()))
    unique = {(each.words, each.value): each for each in readings}
    return Line(text=text, code=code[1] if code else "", location=location, readings=tuple(unique.values()))


def _label(text: str) -> tuple[str, ...]:
    """Return the words of a label, without the strokes of a table and single stray letters."""
    parts = [part for part in text.split("|") if len(part.strip()) > 1]
    return tuple(word for word in words(" ".join(parts)) if len(word) > 1 or word.isdigit())


def _without_unit(text: str, units: frozenset[tuple[str, ...]]) -> tuple[tuple[str, ...], str]:
    """Part the words of a unit of measure from the end of a label."""
    head, stroke, tail = text.strip(" |_").rpartition("|")
    if stroke and head.strip() and tail.strip():
        return _label(head), tail.strip()
    found = _label(text)
    for count in range(min(_MOST_UNIT_WORDS, len(found)), 0, -1):
        last = found[-count:]
        if any(len(unit) == count and noisy_likeness(last, unit) >= _UNIT_LIKENESS for unit in units):
            return found[:-count], " ".join(last)
    return found, ""


def is_noisy(document: Document) -> bool:
    """Whether the text was read by a machine that lost most marks over and under the letters."""
    text = "".join(each.text for each in document.blocks if isinstance(each, Block))
    letters = sum(each.isalpha() for each in text)
    marked = sum("\u1ea0" <= each <= "\u1ef9" or each in _MARKED for each in text)
    return letters > 0 and marked * _LEAST_MARKED < letters


_LEAST_MARKED = 20
_MARKED = frozenset("\u0103\u0102\u0111\u0110\u01a1\u01a0\u01b0\u01af")
