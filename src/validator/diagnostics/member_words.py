"""What is said of a total and the units below: who has not reported, where the rest is, whose it is."""

from __future__ import annotations

from typing import TYPE_CHECKING

from validator.diagnostics.formula import Formula
from validator.diagnostics.number import number_text
from validator.diagnostics.shown import listed
from validator.engine.context import ANYBODY
from validator.engine.member_sum import MemberSum, UnitsBelow, units_below
from validator.engine.trace import trace_of
from validator.model.quantity import size
from validator.model.record import evolve
from validator.model.verdict import Verdict
from validator.model.words import say, together

if TYPE_CHECKING:
    from collections.abc import Sequence

    from validator.engine.result import RuleResult
    from validator.exact.interval import Interval
    from validator.model.quantity import Number
    from validator.model.report import Unit

_MOST_NAMES = 12
_GROUPED = 4_000
_MORE_DECIMALS = 6


def member_words(result: RuleResult) -> str:
    """Return the words for a total that cannot be held against all units below, or differs by one of them."""
    found = units_below(result)
    if found is None:
        return ""
    who = _who(found)
    if found.sum is None:
        return together(who, "; ")
    figures = _Figures(found.sum, result, is_open=any(each.id == ANYBODY for each in found.absent))
    if result.verdict is Verdict.UNDECIDED:
        parts = [figures.sums(), *who, figures.rest(len(found.lacking))]
    else:
        parts = [*who, figures.exceeded() if who else "", figures.equal()]
    return together(parts, "; ")


def _who(found: UnitsBelow) -> list[str]:
    """Who has not reported, and who leaves the figure out."""
    some = "" if found.sum is not None else "-some"
    kinds = (
        ("absent", tuple(unit for unit in found.absent if unit.id != ANYBODY)),
        ("anybody", tuple(unit for unit in found.absent if unit.id == ANYBODY)),
        ("unreadable", found.unreadable),
        ("other-period", found.elsewhere),
        (f"unread{some}", found.unread),
        (f"blank{some}", found.blank),
    )
    return [
        say(
            f"explain/children-{kind}",
            {"count": len(units), "units": found.units, "names": _names(units)},
        )
        for kind, units in kinds
        if units
    ]


def _names(units: Sequence[Unit]) -> str:
    return listed([unit.name or unit.id or "?" for unit in units], _MOST_NAMES)


class _Figures:
    """The words for a total and the sum over the units below, in the style of the total."""

    def __init__(self, found: MemberSum, result: RuleResult, *, is_open: bool) -> None:
        self.found = found
        self.is_open = is_open
        style = Formula(trace_of(result), {}, found.node).style
        self.style = evolve(style, grouped=style.grouped or size(found.total) + size(found.known) >= _GROUPED)

    def sums(self) -> str:
        """The total, and what those who state the figure have together."""
        total, known = (_exact(text) for text in map(self._number, (self.found.total, self.found.known)))
        return say("explain/children-sums", {"total": total, "known": known})

    def rest(self, count: int) -> str:
        """Where the rest of the total must be, if the figures are to agree."""
        text = self._range(self.found.rest)
        key = "children-rest-one" if count == 1 else "children-rest"
        if self.is_open:
            key = "children-rest-others"
        return say(f"explain/{key}", {"rest": text, "count": count}) if text else ""

    def exceeded(self) -> str:
        """That those who have reported exceed the total already."""
        text = self._range(self.found.excess)
        return say("explain/children-exceed", {"gap": text}) if text else ""

    def equal(self) -> str:
        """Whose figure the difference is."""
        if not self.found.equal:
            return ""
        key = "children-left-out" if self.found.gap < 0 else "children-counted-twice"
        gap = _exact(self._number(size(self.found.gap)))
        return say(f"explain/{key}", {"gap": gap, "names": _names(self.found.equal)})

    def _range(self, around: Interval | None) -> str:
        """Return the words for a range, nothing if its ends cannot be written exactly."""
        if around is None or around.low is None or around.high is None:
            return ""
        (low, low_exact), (high, high_exact) = self._number(around.low), self._number(around.high)
        if not (low_exact and high_exact):
            return ""
        return low if low == high else say("explain/children-range", {"low": low, "high": high})

    def _number(self, value: Number) -> tuple[str, bool]:
        """Return a number with as many decimals as it needs, and whether that is exact."""
        style, unit = self.style, self.found.type.unit
        text, exact = number_text(value, self.found.type, style)
        for more in range(1, _MORE_DECIMALS + 1):
            if exact:
                break
            finer = evolve(
                style,
                decimals=style.decimals + more,
                percent_decimals=style.percent_decimals + more,
                money_decimals=style.money_decimals + more,
            )
            text, exact = number_text(value, self.found.type, finer)
        return (f"{text} {unit}" if unit and not style.money else text), exact


def _exact(written: tuple[str, bool]) -> str:
    text, exact = written
    return text if exact else f"≈ {text}"
