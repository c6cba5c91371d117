"""What is said of a total and the units below: who has not reported, where the rest is, whose it is."""

from __future__ import annotations

from typing import TYPE_CHECKING

from validator.diagnostics.formula import Formula
from validator.diagnostics.message import message
from validator.diagnostics.number import number_text
from validator.engine.evaluate import Evaluator
from validator.engine.member_sum import MemberSum, member_sum
from validator.model.record import evolve
from validator.model.verdict import Verdict

if TYPE_CHECKING:
    from collections.abc import Sequence
    from fractions import Fraction

    from validator.engine.result import RuleResult
    from validator.model.report import Unit

_MOST_NAMES = 12
_GROUPED = 4_000


def member_words(result: RuleResult, lang: str) -> str:
    """Return the words for a total that cannot be held against all units below, or differs by one of them."""
    found = member_sum(result)
    if found is None:
        return ""
    words = _Words(found, result, lang)
    lacking = words.lacking()
    if result.verdict is Verdict.UNDECIDED:
        return "; ".join([words.sums(), *lacking, words.rest()]) if lacking and found.rest >= 0 else ""
    parts = [*lacking, words.exceeded()] if lacking and found.rest < 0 else lacking
    return "; ".join(part for part in (*parts, words.equal()) if part)


class _Words:
    def __init__(self, found: MemberSum, result: RuleResult, lang: str) -> None:
        self.found = found
        self.lang = lang
        style = Formula(Evaluator(result.context), {}, found.node).style
        self.style = evolve(style, grouped=style.grouped or abs(found.total) + abs(found.known) >= _GROUPED)

    def sums(self) -> str:
        """The total, and what those who state the figure have together."""
        args = {"total": self._number(self.found.total), "known": self._number(self.found.known)}
        return message("explain/children-sums", self.lang, args)

    def lacking(self) -> list[str]:
        """Who has not reported, and who leaves the figure out."""
        kinds = (("absent", self.found.absent), ("blank", self.found.blank))
        return [self._who(kind, units) for kind, units in kinds if units]

    def rest(self) -> str:
        """Where the rest of the total must be."""
        count = len(self.found.absent) + len(self.found.blank)
        key = "children-rest-one" if count == 1 else "children-rest"
        args = {"rest": self._number(self.found.rest), "count": count}
        return message(f"explain/{key}", self.lang, args)

    def exceeded(self) -> str:
        """That those who have reported exceed the total already."""
        return message("explain/children-exceed", self.lang, {"gap": self._number(-self.found.rest)})

    def equal(self) -> str:
        """Whose figure the difference is."""
        if not self.found.equal:
            return ""
        key = "children-left-out" if self.found.rest < 0 else "children-counted-twice"
        units = [unit for unit, _ in self.found.equal]
        args = {"gap": self._number(abs(self.found.rest)), "names": self._names(units)}
        return message(f"explain/{key}", self.lang, args)

    def _who(self, kind: str, units: Sequence[Unit]) -> str:
        args = {"count": len(units), "units": self.found.units, "names": self._names(units)}
        return message(f"explain/children-{kind}", self.lang, args)

    def _names(self, units: Sequence[Unit]) -> str:
        names = [unit.name or unit.id or "?" for unit in units]
        more = f" … (+{len(names) - _MOST_NAMES})" if len(names) > _MOST_NAMES else ""
        return ", ".join(names[:_MOST_NAMES]) + more

    def _number(self, value: Fraction) -> str:
        text = number_text(value, self.found.type, self.style)[0]
        unit = self.found.type.unit
        return f"{text} {unit}" if unit and not self.style.money else text
