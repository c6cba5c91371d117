"""Results → diagnostics: a verdict in the words of one language, built from the numbers that decided."""

from __future__ import annotations

from typing import TYPE_CHECKING

from validator.diagnostics.difference import difference_words, gap_words
from validator.diagnostics.formula import BLANK, Formula, references, style_of
from validator.diagnostics.inverse import inverse, rounded_side
from validator.diagnostics.number import exact_text
from validator.diagnostics.shown import listed
from validator.engine.context import most_steps
from validator.engine.result import Decider
from validator.engine.trace import cut_off_trace_of, deciders, missing_values, trace_of
from validator.exact.linear import Undefined
from validator.exact.truth import TRUE
from validator.lang.ir import (
    Aggregate,
    Collection,
    ColumnRef,
    Compare,
    FieldRef,
    HeaderRef,
    Logic,
    Node,
    Quantifier,
    unnamed,
)
from validator.lang.scope import JOINED, SELF
from validator.lang.types import type_of_field
from validator.model.diagnostic import Diagnostic, Label
from validator.model.location import Location
from validator.model.quantity import Quantity
from validator.model.record import evolve
from validator.model.verdict import Severity, Verdict
from validator.model.words import by_language, say, together
from validator.readers.notation import load_notation

if TYPE_CHECKING:
    from collections.abc import Iterable

    from validator.engine.result import Reference, Restatement, RuleResult
    from validator.engine.trace import Trace
    from validator.model.field import FieldDef
    from validator.model.report import Cell, Report

_MOST_ROWS = 200
_MOST_COMPARISONS = 3
_MOST_MISSING = 8


def explain(result: RuleResult) -> tuple[Diagnostic, ...]:
    """Return the diagnostics of a rule that failed, is undecided or was given up; one a row of a table."""
    if result.verdict is Verdict.ERROR:
        words = say(f"explain/{result.reason}", {"limit": most_steps()})
        grave = evolve(result, severity=Severity.ERROR)
        return (_diagnostic(grave, explanation=words, fields=(), help=""),)
    if result.verdict not in (Verdict.FAIL, Verdict.UNDECIDED):
        return ()
    trace = trace_of(result)
    if result.verdict is Verdict.UNDECIDED or result.reason == "required":
        return (_undecided(result, trace),)
    groups: dict[object, list[Decider]] = {}
    for decider in deciders(result):
        groups.setdefault(trace.identity(decider.bindings), []).append(decider)
    # A table may have thousands of rows: the first ones are told, and how many more there are.
    told = [_failure(result, trace, group) for group in list(groups.values())[:_MOST_ROWS]]
    if len(groups) > _MOST_ROWS:
        more = say("explain/more-rows", {"count": len(groups) - _MOST_ROWS})
        told[-1] = evolve(told[-1], explanation=together([told[-1].explanation, more]))
    return tuple(told)


def _of_units_below(result: RuleResult) -> str:
    """Return what is to be said of the units below; most runs know of none, and need no words for them."""
    if result.context.children is None:
        return ""
    from validator.diagnostics.member_words import member_words

    return member_words(result)


def _failure(result: RuleResult, trace: Trace, group: list[Decider]) -> Diagnostic:
    formulas = [Formula(trace, decider.bindings, decider.node) for decider in group]
    every = (_worded(decider.node, formula) for decider, formula in zip(group, formulas, strict=True))
    lines = list(dict.fromkeys(every))
    more = len(lines) - _MOST_COMPARISONS
    shown = [*lines[:_MOST_COMPARISONS], f"… (+{more})" if more > 0 else ""]
    explanation = together(shown, "; ")
    cut_off = [
        formula for decider, formula in zip(group, formulas, strict=True) if _holds_cut_off(result, decider)
    ]
    if _is_truncated(result, group[0]):
        explanation = together([explanation, _rounded(cut_off or formulas)])
        result = evolve(result, reason="truncated", severity=_at_most_warning(result.severity))
    besides = [_of_units_below(result)]
    if result.reason == "corrected":
        besides.append(say("explain/agrees-with-correction"))
    explanation = together([explanation, *besides], "; ")
    labels = _labels((pair for formula in formulas for pair in formula.references), result)
    return _diagnostic(
        result,
        explanation=explanation,
        difference=difference_words(group[0].node, formulas[0]) if len(group) == 1 else "",
        fields=labels,
        help=_help(result, group[0].node, formulas[0]),
        rests_on=_rests_on(result, trace, group),
    )


def _rests_on(result: RuleResult, trace: Trace, group: list[Decider]) -> str:
    """Return what a finding rests on if it may be explained; few may, and no other needs it."""
    if result.verdict is not Verdict.FAIL or result.severity is Severity.ERROR:
        return ""
    from validator.diagnostics.grounds import grounds

    return grounds(result, trace, group)


def _is_truncated(result: RuleResult, decider: Decider) -> bool:
    """Whether the rule, or the row of a table rule, agrees once written digits may be cut off."""
    node = unnamed(result.rule.assertion)
    if (
        result.reason == "truncated"
        or not isinstance(node, Quantifier)
        or node.variable not in decider.bindings
    ):
        return result.reason == "truncated"
    trace = cut_off_trace_of(result)
    return bool(trace.truth(node.body, {node.variable: decider.bindings[node.variable]}) & TRUE)


def _holds_cut_off(result: RuleResult, decider: Decider) -> bool:
    return bool(cut_off_trace_of(result).truth(decider.node, decider.bindings) & TRUE)


def _at_most_warning(severity: Severity) -> Severity:
    return Severity.WARNING if severity is Severity.ERROR else severity


def _worded(node: Node, formula: Formula) -> str:
    match node:
        case Compare():
            return formula.compare(node, holds=False)
        case Logic(operator="not", operands=(Compare() as inner,)):
            return formula.compare(inner, holds=True)
        case Aggregate(name="unique"):
            return _repeated(node, formula)
        case Quantifier():
            return say("explain/none-of", {"collection": node.collection.name})
        case _:
            cells = "; ".join(f"{cell.path}: {cell.raw.strip()}" for cell in formula.cells)
            return cells or say("explain/condition-false")


def _repeated(node: Aggregate, formula: Formula) -> str:
    """Return the values that occur more than once."""
    counts: dict[str, int] = {}
    for _, inner in formula.trace.bound(node, formula.bindings) or ():
        text = Formula(formula.trace, inner, node.body).write(node.body)
        counts[text] = counts.get(text, 0) + 1
    repeated = [f"{text} (×{count})" for text, count in counts.items() if count > 1 and text != BLANK]
    return say("explain/repeated", {"values": ", ".join(repeated)})


def _rounded(formulas: list[Formula]) -> str:
    """Return that digits were cut off, and what rounding would have given where one figure says it."""
    for formula in formulas:
        right = rounded_side(formula)
        if right:
            return say("explain/rounded", {"right": right})
    return say("explain/cut-off")


def _help(result: RuleResult, node: Node, formula: Formula) -> str:
    parts = [by_language(result.rule.help)]
    try:
        found = inverse(node, formula)
    except Undefined:
        found = None
    if found is not None:
        key = "explain/inverse" if found.needed else "explain/inverse-none"
        args = {
            "numerator": found.numerator,
            "denominator": found.denominator,
            "right": found.right,
            "stated": found.stated,
            "needed": found.needed,
        }
        parts.append(say(key, args))
    return together(parts, " ")


def _undecided(result: RuleResult, trace: Trace) -> Diagnostic:
    names = list(dict.fromkeys(_missing_label(each, result) for each in missing_values(result)))
    shown = listed(names, _MOST_MISSING)
    key = "explain/required" if result.reason == "required" else "explain/missing"
    open_sum = _of_units_below(result)
    if open_sum:
        result = evolve(result, reason="children-missing")
    pairs = (
        (reference, trace.cell(reference, inner))
        for reference, inner in references(trace, result.rule.assertion, {})
        if isinstance(reference, FieldRef)
    )
    return _diagnostic(
        result,
        explanation=open_sum or say(key, {"fields": shown}),
        fields=_labels(pairs, result),
        rests_on=_rests_on(result, trace, [Decider(node=result.rule.assertion, bindings={})]),
    )


def _missing_label(reference: Reference, result: RuleResult) -> str:
    """Return the words for something missing; what is written but could not be read is told apart."""
    words, cell = reference_label(reference), _unread(reference, result)
    if cell is None:
        return words
    return say("explain/unreadable", {"field": words, "raw": " ".join(cell.raw.split())[:60]})


def _unread(reference: Reference, result: RuleResult) -> Cell | None:
    """Return the statement of a field of the report that stands in the file but could not be read."""
    if not isinstance(reference, FieldRef) or reference.source != "report":
        return None
    cells = result.context.report.cells.get(reference.field.path, ())
    is_nothing = load_notation().is_nothing
    return next((cell for cell in cells[:1] if cell.value is None and not is_nothing(cell.raw)), None)


def reference_label(reference: Reference) -> str:
    """Return the words of the form for something a rule refers to."""
    match reference:
        case FieldRef():
            words = by_language(reference.field.label, reference.field.path)
            if reference.source == "report":
                return words
            return say("explain/of-report", {"field": words, "report": _source(reference.source)})
        case ColumnRef():
            return by_language(reference.field.label, reference.field.path)
        case HeaderRef():
            words = say(f"explain/header-{reference.name.replace('.', '-')}")
            if reference.source == "report":
                return words
            return say("explain/of-report", {"field": words, "report": _source(reference.source)})
        case Collection():
            return (
                say("explain/table", {"table": reference.name})
                if reference.is_table
                else (say("explain/children"))
            )


def _source(source: str) -> str:
    key = source if source in ("prior", "earlier", "parent") else "child"
    return say(f"explain/source-{key}")


def _labels(
    pairs: Iterable[tuple[FieldRef | ColumnRef, Cell | None]], result: RuleResult
) -> tuple[Label, ...]:
    found: dict[object, Label] = {}
    owners = _owners(result)
    for reference, known in pairs:
        words = by_language(reference.field.label, reference.field.path)
        cell = known or _unread(reference, result)
        if cell is None and isinstance(reference, FieldRef) and reference.source not in (SELF, *JOINED):
            continue  # who of the units below lacks the figure is said by name
        owner = "" if cell is None else owners.get(cell.location.file, "")
        if owner:
            words = say("explain/of-report", {"field": words, "report": owner})
        if cell is None:
            place = Location(file=result.context.report.file, pointer=reference.field.path)
            is_unread = not _asked(reference, result).is_whole
            label = Label(path=reference.field.path, label=words, raw="", location=place, is_unread=is_unread)
        else:
            place = cell.location
            if place.column_name == reference.field.path.rpartition(".")[2]:
                # A structured report has the bare name of its column; a document the words of its own.
                place = evolve(place, column_name=by_language(reference.field.label, place.column_name or ""))
            label = _label(cell, words, place, reference.field)
        found.setdefault((label.path, label.location, label.raw), label)
    return tuple(found.values())


def _asked(reference: FieldRef | ColumnRef, result: RuleResult) -> Report:
    """Return the report that was asked for a figure."""
    source = reference.source if isinstance(reference, FieldRef) else SELF
    return result.context.joined.get(source, result.context.report)


def _owners(result: RuleResult) -> dict[str, str]:
    """Return by their files whose the joined reports are: a period's, or a unit's."""
    context = result.context
    owners = {each.file: each.unit.name or each.unit.id or "" for each in context.children or ()}
    owners |= {each.file: _source(name) for name, each in context.joined.items()}
    owners.pop(context.report.file, None)
    return owners


def _label(cell: Cell, words: str, place: Location, field: FieldDef) -> Label:
    raw = " ".join(cell.raw.split())
    return Label(path=cell.path, label=words, raw=raw, location=place, value=exact_text(cell, field))


def _diagnostic(
    result: RuleResult,
    *,
    explanation: str,
    fields: tuple[Label, ...],
    difference: str = "",
    help: str | None = None,  # noqa: A002 - the field's name
    rests_on: str = "",
) -> Diagnostic:
    rule = result.rule
    own = [label for label in fields if label.raw and label.location.file == result.context.report.file]
    return Diagnostic(
        id=rule.full_id,
        # What could not be decided accuses nobody, however grave the rule is.
        severity=Severity.INFO if result.verdict is Verdict.UNDECIDED else result.severity,
        verdict=result.verdict,
        reason=result.reason,
        title=by_language(rule.title, rule.id),
        explanation=explanation,
        difference=difference,
        fields=fields,
        location=own[0].location if own else Location(file=result.context.report.file),
        help=by_language(rule.help) if help is None else help,
        basis=by_language(rule.basis),
        topic=rule.topic,
        rests_on=rests_on,
    )


def explain_restatement(found: Restatement, pack: str) -> Diagnostic:
    """Return the diagnostic of two statements of one field that differ."""
    from validator.diagnostics.grounds import restated_grounds

    words = by_language(found.field.label, found.field.path)
    one, two = (" ".join(cell.raw.split()) for cell in (found.first, found.other))
    kind = "restated-cut-off" if found.reason else "restated"
    return Diagnostic(
        id=f"{pack}/restated-differently",
        severity=found.severity,
        verdict=Verdict.FAIL,
        reason=found.reason,
        title=say(f"explain/{kind}-title"),
        explanation=say("explain/restated", {"field": words, "first": one, "other": two}),
        difference=_gap(found),
        fields=tuple(
            _label(cell, words, cell.location, found.field)
            for cell in (found.first, found.other, *found.also)
        ),
        location=found.first.location,
        help=say(f"explain/{kind}-help"),
        topic="restated",
        rests_on=restated_grounds(found),
    )


def _gap(found: Restatement) -> str:
    one, two = found.first.value, found.other.value
    if not isinstance(one, Quantity) or not isinstance(two, Quantity):
        return ""
    style = style_of(found.field, (found.first, found.other))
    return gap_words(abs(one.value - two.value), type_of_field(found.field), style)
