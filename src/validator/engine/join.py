"""Which reports a report is joined to: the periods before it, the unit above, the units below.

Candidates are records of any sort that know their period (see `HasPeriod`), so that reports need not
be in memory to be chosen.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Protocol, TypeVar

from validator.engine.period import extends, follows, period_key
from validator.lang.ir import Aggregate, Collection, FieldRef, HeaderRef, Quantifier, walk
from validator.lang.scope import CHILDREN, JOINED, SELF
from validator.model.record import evolve
from validator.packs.pack import rule_nodes

if TYPE_CHECKING:
    from collections.abc import Iterable

    from validator.lang.ir import Node
    from validator.model.report import Period
    from validator.packs.pack import Rule


class HasPeriod(Protocol):
    """Whatever is of a period."""

    @property
    def period(self) -> Period:
        """The period of the report that this stands for."""


T = TypeVar("T", bound=HasPeriod)


def choose_prior(period: Period, candidates: Iterable[T]) -> T | None:
    """Return the report of the period that ended before *period* began; None if there is none.

    Of several that ended then (a year and its last quarter) the one of the same kind counts, else
    the longest: what was pending at the end is the same in all of them.
    """
    fitting = [each for each in candidates if follows(period, each.period)]
    return max(fitting, key=lambda each: _prior_rank(each.period, period), default=None)


def choose_earlier(period: Period, candidates: Iterable[T]) -> T | None:
    """Return the longest report that counts from the same day as *period* and ended before it did."""
    fitting = [each for each in candidates if extends(period, each.period)]
    return max(fitting, key=lambda each: each.period.end.toordinal() if each.period.end else 0, default=None)


def choose_last_year(period: Period, candidates: Iterable[T]) -> T | None:
    """Return the report of the same period of the year before; None if there is none."""
    own = period_key(period)
    if own is None:
        return None
    wanted = evolve(own, year=own.year - 1)
    return next((each for each in candidates if period_key(each.period) == wanted), None)


def _prior_rank(found: Period, period: Period) -> tuple[int, bool, int]:
    if found.start is None or found.end is None:
        return 0, False, 0
    return found.end.toordinal(), found.kind == period.kind, (found.end - found.start).days


def sources_of(rule: Rule) -> frozenset[str]:
    """Return which joined reports a rule looks at: ``prior``, ``earlier``, ``parent``, ``children``."""
    return frozenset(source for node in rule_nodes(rule) for source in _sources(node))


def own_names(rule: Rule) -> frozenset[str]:
    """Return the fields and tables of the report itself that a rule asserts something of."""
    found: set[str] = set()
    for node in walk(rule.assertion):
        if isinstance(node, FieldRef) and node.source == SELF:
            found.add(node.field.path)
        elif isinstance(node, Aggregate | Quantifier) and node.collection.is_table:
            found.add(node.collection.name)
    return frozenset(found)


def _sources(node: Node) -> tuple[str, ...]:
    match node:
        case FieldRef() | HeaderRef():
            return (node.source,) if node.source in JOINED else ()
        case Aggregate() | Quantifier():
            return _source_of_members(node.collection)
        case _:
            return ()


def _source_of_members(collection: Collection) -> tuple[str, ...]:
    if not collection.is_table:
        return (CHILDREN,)
    return (collection.source,) if collection.source in JOINED else ()
