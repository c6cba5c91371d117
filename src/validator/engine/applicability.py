"""Whether a rule applies to a report, judged by the report's header."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from validator.model.report import Report
    from validator.packs.pack import Rule


def applicability(rule: Rule, report: Report) -> tuple[str, tuple[str, ...]]:
    """Return why the rule does not apply (empty if it may), and the header parts that are not known.

    What a rule asks of the header and the header does not say is unknown, like any missing value.
    """
    unit, period = report.unit, report.period
    unknown: list[str] = []
    for reason, name, wanted, given in (
        ("level", "unit.level", rule.levels, unit.level),
        ("period", "period.kind", rule.periods, period.kind),
    ):
        if wanted and given is None:
            unknown.append(name)
        elif wanted and given not in wanted:
            return reason, ()
    for name, limit, given_day, is_before in (
        ("period.to", rule.since, period.end, True),
        ("period.from", rule.until, period.start, False),
    ):
        if limit and given_day is None:
            unknown.append(name)
        elif limit and given_day and (given_day < limit if is_before else given_day > limit):
            return "date", ()
    return "", tuple(unknown)


def is_of_other_level(rule: Rule, report: Report) -> bool:
    """Whether the rule needs figures that reports of this unit's level do not have, and none is stated."""
    level = report.unit.level
    if not rule.asked_of or level is None or all(level in levels for _, levels in rule.asked_of):
        return False
    return not any(report.cells.get(path) for path, levels in rule.asked_of if level not in levels)
