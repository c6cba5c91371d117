"""Everything that a finding rests on, as one digest: also what it does not show, and whose value is whose.

The digest depends neither on spelling, places and names of files nor on the language. A value is
told apart by the report that it stands in (``prior``, ``child:<unit>``) and by its row: the code of
the row, or its texts if it has none.
"""

from __future__ import annotations

import json
from collections import Counter
from datetime import date
from typing import TYPE_CHECKING

from validator.diagnostics.number import exact_text
from validator.exact.truth import TRUE
from validator.lang.ir import (
    Aggregate,
    ColumnRef,
    FieldRef,
    HeaderRef,
    If,
    Logic,
    Named,
    Node,
    Quantifier,
    children,
    walk,
)
from validator.model.digest import sha256
from validator.model.report import Report
from validator.readers.notation import load_notation

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from validator.engine.context import Bindings, Member
    from validator.engine.result import Decider, Restatement, RuleResult
    from validator.engine.trace import Trace
    from validator.model.field import FieldDef
    from validator.model.report import Cell, Row

_LENGTH = 32
Ground = tuple[str, str, str]
"""Whose value it is, its path, and the exact value."""


def grounds(result: RuleResult, trace: Trace, decided_by: Iterable[Decider]) -> str:
    """Return the digest of what a finding rests on: what decided it, and the conditions it stands under."""
    gatherer = _Gatherer(trace)
    found: dict[object, Ground] = {}
    for decider in decided_by:
        inner = decider.bindings
        found.update(gatherer.members(inner))
        for node in (decider.node, *_conditions(result.rule.assertion, decider)):
            found.update(gatherer.values(node, inner))
    if result.rule.guard is not None:
        found.update(gatherer.values(result.rule.guard, {}))
    return digest(found.values())


def digest(found: Iterable[Ground]) -> str:
    """Return the same text for the same grounds in any order."""
    data = json.dumps(sorted(found)).encode()
    return str(sha256(data).hexdigest()[:_LENGTH])


def restated_grounds(found: Restatement) -> str:
    """Return the digest of statements of one field, of which the first is the one that counts."""
    path, cells = found.field.path, (found.other, *found.also)
    rest = [("other", path, stated(each, found.field)) for each in cells]
    return digest([("first", path, stated(found.first, found.field)), *rest])


def stated(cell: Cell | None, field: FieldDef) -> str:
    """Return the exact value of a cell; what cannot be read is told apart by its text."""
    if cell is None:
        return ""
    if cell.value is not None:
        return exact_text(cell, field)
    return "" if load_notation().is_nothing(cell.raw) else f"? {_folded(cell.raw)}"


def _conditions(node: Node, decider: Decider) -> Iterator[Node]:
    """Yield the conditions between a rule and what decided it."""
    match node:
        case _ if node is decider.node:
            return
        case Named():
            yield from _conditions(node.body, decider)
        case Quantifier() if node.variable in decider.bindings:
            if node.condition is not None:
                yield node.condition
            yield from _conditions(node.body, decider)
        case Logic(operator="implies", operands=(condition, then)):
            yield condition
            yield from _conditions(then, decider)
        case If():
            yield node.condition
            yield from _way(decider, node.yes, node.no)
        case Logic():
            yield from _way(decider, *node.operands)


def _way(decider: Decider, *nodes: Node) -> Iterator[Node]:
    for node in nodes:
        if any(each is decider.node for each in walk(node)):
            yield from _conditions(node, decider)


class _Gatherer:
    """Gathers values by what tells them apart: the same value in two terms is one ground."""

    def __init__(self, trace: Trace) -> None:
        self.trace = trace
        self._rows: dict[int, str] = {}

    def members(self, bindings: Bindings) -> Iterator[tuple[object, Ground]]:
        """Yield the rows and reports that variables stand for."""
        for member in bindings.values():
            yield (id(member), ""), (self._who(member), "", "")

    def values(self, node: Node, bindings: Bindings) -> Iterator[tuple[object, Ground]]:
        """Yield the values at and below *node*, of collections those of the members that may belong."""
        match node:
            case FieldRef() | ColumnRef():
                path, cell = node.field.path, self.trace.statement(node, bindings)
                key = self.trace.origin(node, bindings), path
                yield (
                    key,
                    (
                        self._whose(node, bindings),
                        path,
                        stated(cell, node.field),
                    ),
                )
            case HeaderRef():
                member = bindings.get(node.source)
                key = node.source if member is None else id(member), node.name
                who = node.source if member is None else self._who(member)
                yield key, (who, node.name, self._header(node, bindings))
            case Aggregate() | Quantifier():
                for condition, inner in self.trace.bound(node, bindings) or ():
                    if condition & TRUE:
                        yield from self.members({node.variable: inner[node.variable]})
                        for each in children(node):
                            yield from self.values(each, inner)
            case _:
                for each in children(node):
                    yield from self.values(each, bindings)

    def _whose(self, node: FieldRef | ColumnRef, bindings: Bindings) -> str:
        source = node.variable if isinstance(node, ColumnRef) else node.source
        member = bindings.get(source)
        return source if member is None else self._who(member)

    def _header(self, node: HeaderRef, bindings: Bindings) -> str:
        found = self.trace.heading(node, bindings)
        return found.isoformat() if isinstance(found, date) else _folded(found or "")

    def _who(self, member: Member) -> str:
        if isinstance(member, Report):
            return f"child:{_unit(member)}"
        if not self._rows:
            self._rows = dict(_named_rows(self.trace))
        return self._rows.get(id(member), "")


def _unit(report: Report) -> str:
    return report.unit.id or _folded(report.unit.name or "")


def _named_rows(trace: Trace) -> Iterator[tuple[int, str]]:
    """Yield what tells each row of the reports from others; of rows of one name also which of them it is."""
    context = trace.context
    reports = [("report", context.report), *context.joined.items()]
    reports += [(f"child:{_unit(each)}", each) for each in context.children or ()]
    for source, report in reports:
        for table, rows in report.tables.items():
            seen: Counter[str] = Counter()
            for row in rows:
                name = json.dumps([source, table, _name_of(row)])
                seen[name] += 1
                yield id(row), f"{name} {seen[name]}"


def _name_of(row: Row) -> list[str]:
    """Return the code of a row, or its texts if it has none."""
    places = (row.location, *(cell.location for cell in row.cells.values()))
    code = next((each.row_code for each in places if each.row_code), "")
    if code:
        return [_folded(code).rstrip(".")]
    return [
        f"{name}: {_folded(cell.value)}"
        for name, cell in sorted(row.cells.items())
        if isinstance(cell.value, str)
    ]


def _folded(text: str) -> str:
    return " ".join(text.split()).casefold()
