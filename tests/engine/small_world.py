"""A small form with its reports and rules, written in as few words as a test needs."""

from __future__ import annotations

from datetime import date
from fractions import Fraction

from validator.engine.context import Context
from validator.engine.evaluate import Evaluator
from validator.engine.run import run_rule
from validator.lang.check import compile_expression
from validator.lang.scope import Scope
from validator.lang.source import Source
from validator.lang.types import Kind
from validator.model.field import FieldDef, FieldType, Form, TableDef
from validator.model.location import Location
from validator.model.quantity import Quantity
from validator.model.report import Cell, Period, Report, Row, Unit
from validator.packs.pack import Rule
from validator.packs.rule import asked_of

BILLION = 10**9


def _fields(**types):
    return {name: FieldDef(path=name, type=FieldType(kind)) for name, kind in types.items()}


FORM = Form(
    name="small",
    fields={
        **_fields(a="count", b="count", c="count", d="count", e="count"),
        **_fields(n="number", p="percent", q="percent", x="money", y="money", z="money"),
        **_fields(word="text", other="text", flag="boolean", on="date", off="date"),
        "few": FieldDef(path="few", type=FieldType.COUNT, minimum=Fraction(2), maximum=Fraction(5)),
        "share": FieldDef(path="share", type=FieldType.PERCENT, minimum=Fraction(0), maximum=Fraction(1)),
        "kind": FieldDef(path="kind", type=FieldType.CHOICE, choices=("one", "two")),
        "about": FieldDef(path="about", type=FieldType.COUNT, rounded=True),
        "below": FieldDef(path="below", type=FieldType.COUNT, levels=("district",)),
        "exact": FieldDef(path="exact", type=FieldType.PERCENT, rounded=False),
    },
    tables={
        "rows": TableDef(
            name="rows",
            columns={
                name: FieldDef(path=f"rows.{name}", type=FieldType(kind))
                for name, kind in {
                    "code": "text",
                    "k": "count",
                    "m": "count",
                    "s": "percent",
                    "w": "money",
                    "ok": "boolean",
                }.items()
            },
        )
    },
)


def percent(written: str) -> Quantity:
    """``98.8`` is 98,8 %, known to a tenth of a percent."""
    return _written(written, Fraction(1, 100))


def money(written: str, of: int = 1) -> Quantity:
    return _written(written, Fraction(of))


def _written(written: str, scale: Fraction) -> Quantity:
    decimals = len(written.partition(".")[2])
    return Quantity(Fraction(written) * scale, scale / 10**decimals)


def cell(path: str, value) -> Cell:
    raw = str(value)
    field = FORM.fields.get(path) or FORM.tables["rows"].columns[path]
    if isinstance(value, str) and field.type is FieldType.PERCENT:
        value = percent(value)
    elif isinstance(value, str) and field.type is FieldType.MONEY:
        value = money(value)
    elif isinstance(value, str) and field.type is FieldType.NUMBER:
        value = _written(value, Fraction(1))
    elif isinstance(value, int) and not isinstance(value, bool):
        value = Quantity(Fraction(value), Fraction(1))
    return Cell(path=path, value=value, raw=raw, location=Location())


def report(rows=(), *, unit=None, period=None, **values) -> Report:
    """A report of the form; ``rows=None`` leaves the table out, a value of None leaves a field out."""
    cells = {path: (cell(path, value),) for path, value in values.items() if value is not None}
    return Report(
        form="small",
        unit=unit or Unit(),
        period=period or Period(),
        cells=cells,
        tables={} if rows is None else {"rows": tuple(row(**each) for each in rows)},
    )


def row(**values) -> Row:
    cells = {name: cell(name, value) for name, value in values.items() if value is not None}
    return Row(cells=cells, location=Location())


def node(text: str, *, policies=None, define=None, kind: Kind | None = Kind.TRUTH):
    """The checked tree of an expression; *define* names expressions that it may use."""
    scope = Scope(form=FORM, policies=policies or {})
    for name, body in (define or {}).items():
        named = node(body, policies=policies, kind=None)
        scope = Scope(form=FORM, policies=policies or {}, definitions={**scope.definitions, name: named})
    found, problems = compile_expression(Source(text=text), scope, kind)
    assert found is not None, (text, problems)
    return found


def rule(text: str, *, when: str | None = None, policies=None, define=None, **settings) -> Rule:
    assertion = node(text, policies=policies, define=define)
    return Rule(
        id="r",
        pack="small",
        topic="t",
        title={},
        assertion=assertion,
        asked_of=asked_of(assertion),
        assert_text=text,
        location=Location(),
        guard=None if when is None else node(when, policies=policies, define=define),
        **settings,
    )


def run(text: str, of: Report | Context | None = None, /, **settings):
    """The result of one rule on one report."""
    context = of if isinstance(of, Context) else Context(report=of or report())
    return run_rule(rule(text, **settings), context)


def verdict(text: str, of: Report | Context | None = None, /, **settings) -> str:
    """The verdict in a word; a reason that is more than "missing" follows after a colon."""
    result = run(text, of, **settings)
    return f"{result.verdict.value}: {result.reason}" if result.reason else result.verdict.value


def truth(text: str, of: Report | Context | None = None, /, *, cut_off: bool = False, **settings) -> int:
    context = of if isinstance(of, Context) else Context(report=of or report())
    return Evaluator(context, cut_off=cut_off).truth(node(text, **settings), {})


def day(text: str) -> date:
    return date.fromisoformat(text)
