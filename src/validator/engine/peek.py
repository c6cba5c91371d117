"""A quick look at conditions put together from plain ones: ``and``, ``or``, ``missing``, ``first``.

Like `screen.py`, this recognises what whole-number arithmetic settles at once and leaves the rest to
the evaluator, whose meaning it must share: the tests hold the two to the same verdicts.
"""

from __future__ import annotations

from fractions import Fraction
from typing import TYPE_CHECKING, Any

from validator.engine import truth as t
from validator.engine.screen import HOLDS, is_natural, is_open_share, settled, shape_of_condition
from validator.lang.ir import (
    Aggregate,
    Call,
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
from validator.lang.scope import JOINED
from validator.lang.types import Kind
from validator.model.record import record
from validator.model.verdict import Verdict
from validator.packs.pack import rule_nodes

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping

    from validator.engine.context import Context
    from validator.engine.truth import Truth
    from validator.lang.ir import Node
    from validator.packs.pack import Rule

    Get = Callable[[str], Any]
    Peek = Callable[[Get], "Truth | None"]
    Term = tuple[int, tuple["str | int", ...]]
    """A sign, and the fields of which the first that is given counts (a number is always given)."""

_REPORTS = frozenset({"report", *JOINED})
_TRUTHS: dict[Verdict | None, Truth] = {
    Verdict.PASS: t.TRUE,
    Verdict.FAIL: t.FALSE,
    Verdict.UNDECIDED: t.UNKNOWN,
}


def nothing_seen(get: Get) -> Truth | None:  # noqa: ARG001 - what every look is called with
    """Leave the condition to the evaluator."""
    return None


def looks_of(rule: Rule) -> tuple[Peek, Peek] | None:
    """Return quick looks at the guard and the assertion of *rule*, None if they would see too little."""
    nodes = tuple(rule_nodes(rule))
    if any(isinstance(node, FieldRef) and node.policy == "fail" for node in nodes):
        return None
    # Whether there is anything to run over settles a rule before its guard does.
    if any(isinstance(node, Aggregate | Quantifier) for node in nodes):
        return None
    guard = _always if rule.guard is None else peek_of(rule.guard)
    assertion = peek_of(rule.assertion)
    return None if guard is assertion is nothing_seen else (guard, assertion)


@record
class Parts:
    """What a rule looks at: values by report and path, tables, whether at the units below, and headers."""

    fields: tuple[tuple[str, frozenset[str]], ...]
    tables: tuple[tuple[str, str], ...]
    members: bool
    headers: tuple[tuple[str, str], ...]


def parts_of(rule: Rule) -> Parts:
    """Return what *rule* looks at, besides the members of tables and the units below."""
    fields: dict[str, set[str]] = {}
    tables, headers, members = set(), set(), False
    for node in rule_nodes(rule):
        match node:
            case FieldRef() if node.source in _REPORTS:
                fields.setdefault(node.source, set()).add(node.field.path)
            case HeaderRef() if node.source in _REPORTS:
                headers.add((node.source, node.name))
            case Aggregate() | Quantifier():
                if node.collection.is_table:
                    tables.add((node.collection.source, node.collection.name))
                else:
                    members = True
    return Parts(
        fields=tuple((source, frozenset(paths)) for source, paths in fields.items()),
        tables=tuple(tables),
        members=members,
        headers=tuple(headers),
    )


def blank_key(parts: Parts, values: Mapping[str, Any], context: Context) -> tuple[object, ...] | None:
    """Return the headers that a rule asks for if they are all that it is given, else None.

    Two reports of equal keys get one verdict: everything else that the rule looks at is missing.
    """
    for source, paths in parts.fields:
        if source == "report":
            if not paths.isdisjoint(values):
                return None
        elif (joined := context.joined.get(source)) is not None and not paths.isdisjoint(joined.cells):
            return None
    if parts.members and context.children is not None:
        return None
    for source, name in parts.tables:
        report = context.report if source == "report" else context.joined.get(source)
        if report is not None and report.tables.get(name) is not None:
            return None
    # In a report that is there a blank may count as zero, or be demanded.
    there = tuple(source in context.joined for source, _ in parts.fields)
    return (*there, *(_header(source, name, context) for source, name in parts.headers))


def _header(source: str, name: str, context: Context) -> object:
    report = context.report if source == "report" else context.joined.get(source)
    if report is None:
        return None
    match name:
        case "period.from":
            return report.period.start
        case "period.to":
            return report.period.end
        case "period.kind":
            return report.period.kind
        case "form":
            return report.form
        case _:
            return getattr(report.unit, name.partition(".")[2])


def _always(get: Get) -> Truth | None:  # noqa: ARG001 - what every look is called with
    return t.TRUE


def peek_of(node: Node) -> Peek:
    """Return a look at *node*: the outcomes it can have, None where that takes the evaluator."""
    match node:
        case Named():
            return peek_of(node.body)
        case Call(name="missing" | "present" as name, arguments=(FieldRef(source="report") as found,)):
            path, if_given = found.field.path, t.of(name == "present")
            return lambda get: t.negation(if_given) if get(path) is None else if_given
        case Logic(operator="not"):
            return _opposite(peek_of(node.operands[0]))
        case Logic(operator="implies"):
            given, then = map(peek_of, node.operands)
            return _combined((_opposite(given), then), is_and=False)
        case Logic():
            return _combined(tuple(map(peek_of, node.operands)), is_and=node.operator == "and")
        case Compare() if node.slack is None and node.left.type.kind is Kind.NUMBER:
            return _of_share(node) or _of_shape(node) or _of_limit(node) or _of_sum(node) or nothing_seen
        case _:
            return nothing_seen


def _opposite(part: Peek) -> Peek:
    def opposite(get: Get) -> Truth | None:
        found = part(get)
        return None if found is None else t.negation(found)

    return nothing_seen if part is nothing_seen else opposite


def _combined(parts: tuple[Peek, ...], *, is_and: bool) -> Peek:
    """Return a look at ``and`` or ``or``: one part that settles it is enough, else all must be seen."""
    settles, combine = (t.FALSE, t.conjunction) if is_and else (t.TRUE, t.disjunction)
    neutral = t.TRUE if is_and else t.FALSE

    def combined(get: Get) -> Truth | None:
        result: Truth | None = neutral
        for part in parts:
            found = part(get)
            if found == settles:
                return settles
            result = None if found is None or result is None else combine(result, found)
        return result

    return nothing_seen if all(part is nothing_seen for part in parts) else combined


def _of_shape(node: Compare) -> Peek | None:
    shape = shape_of_condition(node)
    if shape is None:
        return None
    return lambda get: _TRUTHS.get(settled(shape, get))


def _of_share(node: Compare) -> Peek | None:
    """Return a look at ``percent = sum / sum`` that sees only what is given."""
    if node.operator != "=":
        return None
    for share, fraction in ((node.left, node.right), (node.right, node.left)):
        match share, fraction:
            case FieldRef(source="report", policy="unknown"), Product(factors=((_, top), ("/", bottom))):
                tops, bottoms = _terms(top), _terms(bottom)
                if is_open_share(share.field) and tops and bottoms:
                    return _share(share.field.path, tops, bottoms)
    return None


def _share(path: str, tops: tuple[Term, ...], bottoms: tuple[Term, ...]) -> Peek:
    def share(get: Get) -> Truth | None:
        percent, top, base = get(path), _total(tops, get), _total(bottoms, get)
        if top is None or base is None or base <= 0:
            return None
        if percent is None:
            return t.UNKNOWN
        if type(percent) is not tuple:
            return None
        digits, scale = percent
        return t.of(-base <= 2 * (digits * base - top * scale) <= base)

    return share


def _of_limit(node: Compare) -> Peek | None:
    """Return a look at ``percent ≤ limit``: true if the percentage may have been rounded up from it."""
    match node.left, node.right:
        case (
            FieldRef(source="report") as share,
            Constant(value=Fraction() as limit),
        ) if node.operator == "≤" and is_open_share(share.field) and limit > 0:
            path, top, bottom = share.field.path, limit.numerator, limit.denominator
            of_blank = t.TRUE if share.policy == "zero" else t.UNKNOWN

            def within(get: Get) -> Truth | None:
                percent = get(path)
                if percent is None:
                    return of_blank
                if type(percent) is not tuple:
                    return None
                digits, scale = percent
                return t.of((2 * digits - 1) * bottom <= 2 * scale * top)

            return within
    return None


def _of_sum(node: Compare) -> Peek | None:
    """Return a look at a comparison of sums that sees only what is given."""
    left, right = _terms(node.left), _terms(node.right)
    if not left or not right:
        return None
    terms = (*left, *((-sign, each) for sign, each in right))
    holds = HOLDS[node.operator]

    def compared(get: Get) -> Truth | None:
        total = _total(terms, get)
        return None if total is None else t.of(holds(total, 0))

    return compared


def _terms(node: Node, sign: int = 1) -> tuple[Term, ...]:
    """Return the terms of a sum of whole numbers, nothing if it is another thing."""
    match node:
        case Named():
            return _terms(node.body, sign)
        case Sum():
            parts = [_terms(term, sign * each) for each, term in node.terms]
            return tuple(term for part in parts for term in part) if all(parts) else ()
        case Call(name="first"):
            names = tuple(name for each in node.arguments[:-1] for name in _given(each))
            last = _terms(node.arguments[-1])
            is_plain = len(last) == 1 and last[0][0] == 1 and all(map(_given, node.arguments[:-1]))
            return ((sign, (*names, *last[0][1])),) if is_plain else ()
        case FieldRef(source="report", policy="unknown") if is_natural(node.field):
            return ((sign, (node.field.path,)),)
        case FieldRef(source="report", policy="zero") if is_natural(node.field):
            return ((sign, (node.field.path, 0)),)
        case Constant(value=Fraction() as value) if value.denominator == 1:
            return ((sign, (value.numerator,)),)
        case _:
            return ()


def _given(node: Node) -> tuple[str | int, ...]:
    """Return what ``first`` takes if it is given, nothing if that is another thing than a field or number."""
    match node:
        case FieldRef(source="report") if is_natural(node.field):
            return (node.field.path,)
        case Constant(value=Fraction() as value) if value.denominator == 1:
            return (value.numerator,)
        case _:
            return ()


def _total(terms: tuple[Term, ...], get: Get) -> int | None:
    """Return the sum of what is given, None if a term is blank or no exact whole number."""
    total = 0
    for sign, names in terms:
        value: Any = None
        for name in names:
            value = name if isinstance(name, int) else get(name)
            if value is not None:
                break
        if type(value) is not int:
            return None
        total += sign * value
    return total
