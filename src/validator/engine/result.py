"""What running rules on a report gives: verdicts with what they rest on, not yet in words."""

from __future__ import annotations

from typing import TYPE_CHECKING

from validator.lang.ir import Collection, ColumnRef, FieldRef, HeaderRef, Node
from validator.model.record import field, record

if TYPE_CHECKING:
    from collections.abc import Mapping

    from validator.engine.context import Bindings, Context
    from validator.engine.evaluate import Evaluator
    from validator.model.field import FieldDef
    from validator.model.report import Cell
    from validator.model.verdict import Severity, Verdict
    from validator.packs.pack import Rule

Reference = FieldRef | ColumnRef | HeaderRef | Collection


TOO_MANY_STEPS = "too-many-steps"
"""The reason of a rule that was given up."""


@record
class Decider:
    """A comparison (or another smallest condition) that decided a verdict, with its variables."""

    node: Node
    bindings: Bindings


@record
class RuleResult:
    """The verdict of one rule on one report.

    ``reason`` is a code: ``truncated``, ``required`` for a failure; ``missing`` for undecided;
    ``division-by-zero``, ``absent`` (no table, no units below, nothing stated), ``condition``, ``level``,
    ``period``, ``date`` for not applicable; ``too-many-steps`` for a rule that was given up.
    ``evaluated`` is what evaluated it, if anything did (see `trace_of`).
    """

    rule: Rule
    verdict: Verdict
    reason: str = ""
    severity: Severity
    context: Context
    evaluated: Evaluator | None = field(default=None, compare=False)
    evaluated_cut_off: Evaluator | None = field(default=None, compare=False)


@record
class Restatement:
    """Two statements of one field that differ; ``reason`` may be ``truncated``.

    ``also`` holds later statements that repeat the other one.
    """

    field: FieldDef
    first: Cell
    other: Cell
    also: tuple[Cell, ...] = ()
    reason: str = ""
    severity: Severity


@record
class ReportResult:
    """All results of one pack on one report, in the order of the rules."""

    pack: str
    results: tuple[RuleResult, ...] = ()
    restated: tuple[Restatement, ...] = ()
    counts: Mapping[Verdict, int] = field(default_factory=dict)
