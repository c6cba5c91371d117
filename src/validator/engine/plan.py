"""The rules of a pack as one plan, for one report or for a million of them.

A rule of which a report states nothing is undecided if it is simple, else it comes to what it came to on
the last such report; what whole numbers settle is settled by one function for the whole pack (`settle.py`);
the rest is evaluated.
"""

from __future__ import annotations

from collections import Counter, defaultdict
from typing import TYPE_CHECKING, Any

from validator.engine.context import Context
from validator.engine.lookup import header_of
from validator.engine.restate import restatements
from validator.engine.result import ReportResult, RuleResult
from validator.engine.run import by_header, failed, judge, of_level, result_of
from validator.lang.ir import (
    Aggregate,
    Compare,
    Constant,
    FieldRef,
    HeaderRef,
    Logic,
    Named,
    Product,
    Quantifier,
    Sum,
)
from validator.lang.scope import CHILDREN, SELF
from validator.model.verdict import Verdict
from validator.packs.pack import rule_nodes

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping

    from validator.engine.given import Given
    from validator.engine.settle import Settled, Settler
    from validator.lang.ir import Node
    from validator.model.report import Report
    from validator.model.verdict import Severity
    from validator.packs.pack import Rule, RulePack
    from validator.readers.plain_value import PlainValue

    Blank = tuple[Verdict, str, Severity]
    """A verdict with its reason and its severity."""

_ENOUGH = 8
"""Making the function takes as long as it saves on about so many reports."""
_MOST_HEADERS = 1000
"""How many headers the verdict of a rule of which nothing is stated is kept for."""
# Looked up once: the members of an enumeration are slow to get, beside what a rule takes here.
_FAIL = Verdict.FAIL


class Plan:
    """Runs rules of one pack on reports, or on plain values by field: see `verdicts`."""

    def __init__(self, pack: RulePack, rules: Iterable[Rule] | None = None) -> None:
        """Plan to run the *rules* of *pack*, all of them if not said."""
        self.pack = pack
        self.rules = pack.rules if rules is None else tuple(rules)
        self._ids = tuple(rule.id for rule in self.rules)
        self._limited = frozenset(
            number
            for number, rule in enumerate(self.rules)
            if rule.levels or rule.periods or rule.since or rule.until
        )
        self._index = _Index(self.rules)
        self._blank: tuple[dict[object, Blank], ...] = tuple({} for _ in self.rules)
        self._settler: Settler | None = None
        self._given: Given | None = None
        self._checked = 0

    def check(self, context: Context) -> ReportResult:
        """Run the rules on the report of *context*."""
        self._checked += 1
        settled: list[Settled] = [None] * len(self.rules)
        if self._checked > _ENOUGH:
            settled = self._settling()(_plain_values(context.report, self.pack.form.fields))
        results = tuple(self._results(context, settled))
        return ReportResult(
            pack=self.pack.name,
            results=results,
            restated=restatements(self.pack, context.report),
            counts=Counter(result.verdict for result in results),
        )

    def verdicts(self, values: Mapping[str, PlainValue]) -> list[Verdict]:
        """Return the verdict of every rule on plain *values*, a mapping of field paths to numbers.

        An int or a `Fraction` is exact, and in a percent field 1 is 100 % and 98 is 9800 %; a `Decimal`
        keeps its written digits, in percentage points for a percent field (``Decimal("98.8")`` is 98,8 %);
        a text is read in Vietnamese notation; a missing field or None is unknown. What cannot be a value of
        its field – a binary float, which has lost digits, a truth value for a number, an infinity, a path
        that the form does not have – raises `ValidatorError`.
        """
        found = self._settling()((self._given or self._giving()).plain(values))
        if None in found:
            results = self._results(Context(report=self.report(values)), found)
            return [result.verdict for result in results]
        return found  # type: ignore[return-value]  # none of them is None

    def failing(self, values: Mapping[str, PlainValue]) -> list[str]:
        """Return the ids of the rules that fail on plain *values*."""
        verdicts = self.verdicts(values)
        return [name for name, each in zip(self._ids, verdicts, strict=True) if each is _FAIL]

    def report(self, values: Mapping[str, PlainValue]) -> Report:
        """Return plain *values* as a report."""
        return self._giving().report(values)

    def _giving(self) -> Given:
        if self._given is None:
            from validator.engine.given import Given  # one report from a file needs neither this nor the next

            self._given = Given(self.pack.form)
        return self._given

    def _settling(self) -> Settler:
        if self._settler is None:
            from validator.engine.settle import settler

            self._settler = settler(self.rules, but=self._limited)
        return self._settler

    def _results(self, context: Context, settled: list[Settled]) -> Iterator[RuleResult]:
        stated = self._index.stated(context)
        for number, (rule, verdict) in enumerate(zip(self.rules, settled, strict=True)):
            found = by_header(rule, context) if number in self._limited else None
            if found is None:
                if number not in stated:
                    found = self._of_blank(number, rule, context)
                elif verdict is None:
                    found = judge(rule, context)
                elif verdict is _FAIL:
                    found = failed(rule, context)
                else:
                    found = result_of(rule, context, verdict, _REASONS[verdict])
            yield of_level(found)

    def _of_blank(self, number: int, rule: Rule, context: Context) -> RuleResult:
        """Return the verdict of a rule of which nothing is stated; only headers can make a difference."""
        if number in self._index.simple:
            return result_of(rule, context, Verdict.UNDECIDED, "missing")
        known, key = self._blank[number], self._index.headers(number, context)
        if key in known:
            verdict, reason, severity = known[key]
            return RuleResult(rule=rule, verdict=verdict, reason=reason, severity=severity, context=context)
        found = judge(rule, context)
        if len(known) < _MOST_HEADERS:
            known[key] = found.verdict, found.reason, found.severity
        return found


_REASONS = {Verdict.PASS: "", Verdict.UNDECIDED: "missing"}


# Whatever such nodes say of blank fields, it is not known.
_SIMPLE = frozenset({Compare, Constant, FieldRef, Logic, Named, Product, Sum})


class _Index:
    """Which rules look at a field or table of the report, at a joined report, and at headers.

    ``simple`` are the rules that can only be undecided on a report that states nothing of them: they have
    no condition, ask for no more than fields of the report, and divide by nothing that must be zero.
    """

    def __init__(self, rules: tuple[Rule, ...]) -> None:
        self._of_name: defaultdict[str, set[int]] = defaultdict(set)
        self._of_source: defaultdict[str, set[int]] = defaultdict(set)
        headers: list[set[str]] = [set() for _ in rules]
        simple = set()
        for number, rule in enumerate(rules):
            nodes = tuple(rule_nodes(rule))
            if _is_simple(rule, nodes):
                simple.add(number)
            for node in nodes:
                self._note(number, node, headers[number])
        self._headers = tuple(tuple(sorted(each)) for each in headers)
        self.simple = frozenset(simple)

    def _note(self, number: int, node: Node, headers: set[str]) -> None:
        match node:
            case FieldRef(source="report"):
                self._of_name[node.field.path].add(number)
            case HeaderRef(source="report"):
                headers.add(node.name)
            case FieldRef() | HeaderRef():
                self._of_source[node.source].add(number)
            case Aggregate() | Quantifier() if not node.collection.is_table:
                self._of_source[CHILDREN].add(number)
            case Aggregate() | Quantifier() if node.collection.source == SELF:
                self._of_name[node.collection.name].add(number)
            case Aggregate() | Quantifier():
                self._of_source[node.collection.source].add(number)

    def stated(self, context: Context) -> set[int]:
        """Return the rules of which something is stated, or may be: of whatever looks at a joined report."""
        found: set[int] = set()
        for names in (context.report.cells, context.report.tables):
            for name in self._of_name.keys() & names.keys():
                found |= self._of_name[name]
        sources = (*context.joined, *(() if context.children is None else (CHILDREN,)))
        for source in sources:
            found |= self._of_source.get(source, set())
        return found

    def headers(self, number: int, context: Context) -> object:
        """Return what the header says of that which a rule asks it."""
        return tuple(header_of(context.report, name) for name in self._headers[number])


def _is_simple(rule: Rule, nodes: tuple[Node, ...]) -> bool:
    """Whether a rule is undecided whenever nothing of it is stated, so that nobody need evaluate it."""
    fields = [node for node in nodes if isinstance(node, FieldRef)]
    return (
        rule.guard is None
        and bool(fields)
        and all(type(node) in _SIMPLE for node in nodes)
        and all(node.source == SELF and node.policy == "unknown" for node in fields)
        and all(_may_have_value(node) for node in nodes if isinstance(node, Product))
    )


def _may_have_value(node: Product) -> bool:
    """Whether a product of blanks has a value for some of their values: nothing that must be 0 divides."""
    divisors = [factor for operator, factor in node.factors[1:] if operator == "/"]
    return all(
        isinstance(each, FieldRef) and (each.field.maximum is None or each.field.maximum > 0)
        for each in divisors
    )


def _plain_values(report: Report, fields: Mapping[str, Any]) -> dict[str, Any]:
    """Return the values of a report as a `Settler` takes them."""
    from validator.engine.settle import plain

    return {
        path: plain(cells[0].value, fields[path])
        for path, cells in report.cells.items()
        if cells and cells[0].value is not None and path in fields
    }
