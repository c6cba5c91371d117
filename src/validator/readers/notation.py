"""Exact numbers, dates and yes/no from written text, in the notation that a data file describes.

The words, separators and ignorable characters of a language are in ``rules/notation/*.yaml``.
"""

from __future__ import annotations

import re
import unicodedata
from datetime import date
from enum import Enum
from fractions import Fraction
from functools import cache
from typing import TYPE_CHECKING

from validator.model.field import FieldType
from validator.model.quantity import Quantity
from validator.model.record import record
from validator.readers.notation_data import NotationData, load_notation_data

if TYPE_CHECKING:
    from collections.abc import Mapping

SUPERSCRIPTS = "¹²³⁴⁵⁶⁷⁸⁹⁰"
NOTE_LETTERS = "ᵃᵇᶜᵈᵉᶠᵍʰ"
HARD_BLANKS = "\u00a0\u2007\u2009\u202f"
"""Blanks at which no line may break: between digits they group them, in running text as well."""
LONGEST = 200
"""Longest text, in characters, that is looked at as a number or a date."""
HIGHEST_EXPONENT = 100
_ONE = Fraction(1)
_HUNDREDTH = Fraction(1, 100)
# Patterns that most files never need stay text, for `re` to compile when they do.
_PLAIN = re.compile(r"([+-]?)([0-9]*)(?:\.([0-9]*))?(?:[eE]([+-]?[0-9]{1,6}))?")
_NOT_FINITE = r"(?i:[+-]?\.?(?:inf(?:inity)?|nan))"
# Raised digits after a figure are marks of notes; after a letter they may be of a unit, as in m².
_NOTE_MARKS = re.compile(rf"(?<=[0-9%)])[{SUPERSCRIPTS}{NOTE_LETTERS}]+")
_UNIT = r"[^\W\d_][\w²³/.\-]*(?: [^\W\d_(][\w²³/.\-]*){0,7}"


class Refusal(Enum):
    """Why a text was not read; the value ends the code of the problem's cure."""

    TOO_LONG = "too-long"
    NOT_A_NUMBER = "not-a-number"
    NOT_FINITE = "not-finite"
    AMBIGUOUS = "ambiguous-separator"
    WRONG_UNIT = "wrong-unit"
    NOT_A_DATE = "not-a-date"
    IMPOSSIBLE_DATE = "impossible-date"


def parse_plain(source: str, kind: FieldType, *, scale: Fraction = _ONE) -> Quantity | None:
    """Read a bare YAML or JSON number; None if it is none. See `read_plain`."""
    found = read_plain(source, kind, scale=scale)
    return found if isinstance(found, Quantity) else None


def read_plain(source: str, kind: FieldType, *, scale: Fraction = _ONE) -> Quantity | Refusal:
    """Read the source text of a bare YAML or JSON number: point decimal, exponent allowed.

    The digits count as written (``98.30`` has two decimals) and leading zeros mean nothing
    (``03`` is three, never octal). In a percent field a bare number is in percentage points:
    ``98.8`` is 98.8 %, and so is ``98.8`` in a file that meant the fraction: write ``"0,5%"``
    for half a percent and ``50`` for one half.
    """
    if len(source) > LONGEST:
        return Refusal.TOO_LONG
    found = _PLAIN.fullmatch(source)
    if found is None or not (found[2] or found[3]):
        return Refusal.NOT_FINITE if re.fullmatch(_NOT_FINITE, source) else Refusal.NOT_A_NUMBER
    sign, whole, decimals, power = found.groups(default="")
    exponent = int(power or 0)
    if abs(exponent) > HIGHEST_EXPONENT:
        return Refusal.TOO_LONG
    factor = _power_of_ten(exponent) * scale
    if kind is FieldType.PERCENT:
        factor *= _HUNDREDTH
    return _quantity(whole, decimals, factor, negative=sign == "-", unit=None)


@record
class Notation:
    """A way of writing numbers; build it with `load_notation`."""

    data: NotationData

    def parse(self, raw: str, kind: FieldType, *, unit: str | None = None) -> Quantity | None:
        """Read *raw* as a number of *kind*; None if it cannot be read. See `read`."""
        found = self.read(raw, kind, unit=unit)
        return found if isinstance(found, Quantity) else None

    def read(self, raw: str, kind: FieldType, *, unit: str | None = None) -> Quantity | Refusal:
        """Read *raw* as a number of *kind*, or say why not.

        - A group point must group by threes, so ``12.5`` and ``1.03.4`` are refused for every
          type: a point that is not a group may be meant as a decimal or be a slip of the pen.
        - Percentages are read as a fraction of 1, with or without the sign.
        - Money may carry a scale and a currency word; other words after it are refused.
        - After a count or a plain number a blank must come, then the field's own unit or one of
          the units that the notation file lists, which other words may follow. Anything else
          may be a slip or half a number and is refused: ``7O``, ``5x10``, ``3l``.
        - Words of scale that the notation file lists (thousand, million) are read exactly; other
          words of number (tens, hundreds, a half) are no unit, so they are refused.
        - An amount in falling scales is one: two billions 250 millions are known to the last million.
        - A unit that is not the field's is kept: `is_other_unit` tells of it.
        - *unit* is the field's declared unit: its scale counts when the text names no unit.
        """
        if not kind.is_numeric:
            return Refusal.NOT_A_NUMBER
        if len(raw) > LONGEST:
            return Refusal.TOO_LONG
        found = self.data.number.fullmatch(self.clean(raw))
        if found is None:
            return self._why_not(raw)
        sign, whole, decimals, tail = found.groups(default="")
        negative = sign in self.data.minus
        if not decimals and (compound := self._compound(whole, tail, kind)) is not None:
            return Quantity(-compound.value, compound.step, compound.unit) if negative else compound
        glued = bool(tail) and found.string[found.start(4) - 1] != " "
        scale = self._scale_of_tail(tail, kind, unit, glued=glued)
        if isinstance(scale, Refusal):
            return scale
        return _quantity(_digits(whole), decimals, scale, negative=negative, unit=tail or None)

    def declared_scale(self, unit: str | None) -> Fraction:
        """The factor in a declared unit of measure such as a column in millions."""
        if not unit:
            return _ONE
        scale, _ = self._split_tail(self.clean(unit))
        return scale

    def is_other_unit(self, written: str | None, own: str | None) -> bool:
        """Whether a number counts something else than its field, by the unit written after it."""
        if not written or not own:
            return False
        words, own_unit = self._split_tail(written)[1], self._split_tail(self.clean(own))[1]
        return bool(words) and self._meaning(words, own) != self.data.units.get(own_unit, own_unit)

    def is_nothing(self, raw: str) -> bool:
        """Whether *raw* is blank or a mark that stands where there is no value, however long."""
        text = self.clean(raw)
        return text in self.data.nothing or self.data.nothing_marks.issuperset(text)

    def is_unfilled(self, raw: str) -> bool:
        """Whether *raw* marks a place for a number as one that is not to be filled."""
        return self.clean(raw).rstrip(".").casefold() in self.data.unfilled

    def is_none(self, raw: str) -> bool:
        """Whether *raw* says in words that there is none of what is counted."""
        return self.clean(raw).rstrip(".").casefold() in self.data.none

    def has_no_figure(self, raw: str) -> bool:
        """Whether nothing that could be a number stands in a place for one."""
        return self.is_nothing(raw) or self.is_unfilled(raw) or self.is_none(raw)

    def parse_boolean(self, raw: str) -> bool | None:
        """Read a yes or a no; None if it is neither."""
        text = self.clean(raw).casefold()
        if text in self.data.yes:
            return True
        return False if text in self.data.no else None

    def parse_date(self, raw: str) -> date | None:
        """Read a date; None if it is none or is not in the calendar."""
        found = self.read_date(raw)
        return found if isinstance(found, date) else None

    def read_date(self, raw: str) -> date | Refusal:
        """Read a date, or say why not; a day that the calendar lacks is told apart."""
        if len(raw) > LONGEST:
            return Refusal.TOO_LONG
        text = self.clean(raw).casefold()
        for pattern in self.data.dates:
            if found := re.fullmatch(pattern, text):
                return _date(found.groupdict())
        return Refusal.NOT_A_DATE

    def clean(self, raw: str) -> str:
        """Bring *raw* to NFC, drop ignorable characters, make every run of blanks one blank."""
        if raw.isascii() and " " not in raw and raw.isprintable():
            return raw
        text = unicodedata.normalize("NFC", raw).translate(self.data.folding)
        text = _NOTE_MARKS.sub("", text)
        return " ".join(text.split(" ")).strip() if "  " not in text else " ".join(text.split())

    def _compound(self, whole: str, tail: str, kind: FieldType) -> Quantity | None:
        """Return the one amount that a number is with a smaller one, in a smaller scale, right after it."""
        scale, rest = self._split_tail(tail)
        if scale == 1 or not rest[:1].isdigit():
            return None
        low = self.read(tail[-len(rest) :], kind)
        if not isinstance(low, Quantity) or not _ONE < self.declared_scale(low.unit) < scale > low.value:
            return None
        high = _quantity(_digits(whole), "", scale, negative=False, unit=None)
        return Quantity(high.value + low.value, low.step, low.unit)

    def _why_not(self, raw: str) -> Refusal:
        text = self.clean(raw)
        if re.fullmatch(_NOT_FINITE, text):
            return Refusal.NOT_FINITE
        return Refusal.AMBIGUOUS if re.fullmatch(self.data.two_parts, text) else Refusal.NOT_A_NUMBER

    def _split_tail(self, tail: str) -> tuple[Fraction, str]:
        """Split the words after a number into their scale and the rest."""
        found = self.data.tail.fullmatch(tail.casefold())
        if found is None:
            return _ONE, tail.casefold()
        words = self.data.scale_word.findall(found[1])
        return _power_of_ten(sum(self.data.scales[word] for word in words)), found[2]

    def _scale_of_tail(
        self, tail: str, kind: FieldType, unit: str | None, *, glued: bool
    ) -> Fraction | Refusal:
        """Return what to multiply the digits with, given the words after them."""
        percent = kind is FieldType.PERCENT
        if not tail:
            return _HUNDREDTH if percent else self.declared_scale(unit)
        scale, rest = self._split_tail(tail)
        if rest in self.data.percent:
            return _HUNDREDTH if percent and scale == 1 else Refusal.WRONG_UNIT
        if percent:
            return Refusal.WRONG_UNIT
        if rest in self.data.currency or (kind is FieldType.MONEY and not rest):
            return scale if kind is FieldType.MONEY else Refusal.WRONG_UNIT
        if kind is FieldType.MONEY:
            return Refusal.WRONG_UNIT
        is_unit = not rest or (self._meaning(rest, unit) is not None and re.fullmatch(_UNIT, rest))
        return scale if is_unit and not glued else Refusal.NOT_A_NUMBER

    def _meaning(self, words: str, own: str | None) -> int | str | None:
        """Return what *words* count: the field's *own* unit, or the longest listed one they begin with."""
        if own and _begins_with(words, own_unit := self._split_tail(self.clean(own))[1]):
            return self.data.units.get(own_unit, own_unit)
        parts = words.split(" ")
        starts = (" ".join(parts[:end]) for end in range(len(parts), 0, -1))
        return next((self.data.units[start] for start in starts if start in self.data.units), None)


def load_notation(path: str | None = None) -> Notation:
    """Load the notation file at *path*, or the Vietnamese one that ships; loaded once."""
    return Notation(data=load_notation_data(path))


def _begins_with(words: str, first: str) -> bool:
    return bool(first) and (words == first or words.startswith(first + " "))


@cache
def _power_of_ten(exponent: int) -> Fraction:
    if exponent >= 0:
        return Fraction(10**exponent)
    return Fraction(1, 10**-exponent)


def _digits(whole: str) -> str:
    """Return the digits of a whole number without what groups them."""
    return whole if whole.isdigit() else re.sub("[^0-9]", "", whole)


def _quantity(whole: str, decimals: str, factor: Fraction, *, negative: bool, unit: str | None) -> Quantity:
    """Put digits together; the step is one in the last written place."""
    number = int((whole + decimals) or "0")
    if negative:
        number = -number
    if not decimals and factor == 1:
        return Quantity(Fraction(number), _ONE, unit)
    top, below = factor.numerator, factor.denominator * 10 ** len(decimals)
    return Quantity(Fraction(number * top, below), Fraction(top, below), unit)


def _date(parts: Mapping[str, str]) -> date | Refusal:
    try:
        return date(int(parts["year"]), int(parts["month"]), int(parts["day"]))
    except ValueError:
        return Refusal.IMPOSSIBLE_DATE
