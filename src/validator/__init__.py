"""Checks that the numbers of a submitted report agree with each other.

The names below are the public interface. They are fetched when first used, so that importing the
package costs next to nothing.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from validator.version import __version__

if TYPE_CHECKING:
    from validator.api import (
        PackError,
        accept,
        accept_all,
        check,
        check_report_object,
        compare,
        explain_finding,
        load_pack,
        load_units,
        read_report,
        review,
        rollup,
        write_review,
    )
    from validator.engine.plan import Plan
    from validator.explaining.public import explain_findings, explain_from_sheet, sheet_of_findings
    from validator.model.comparison import Comparison
    from validator.model.diagnostic import Diagnostic, FileResult, RunResult
    from validator.model.limits import Limits
    from validator.model.problem import Problem, ValidatorError
    from validator.model.report import Report
    from validator.model.review import Review
    from validator.model.rollup import Rollup
    from validator.model.unit_list import UnitList
    from validator.model.verdict import Severity, Verdict
    from validator.outgoing.figures import write_figures
    from validator.packs.pack import Rule, RulePack
    from validator.wording.in_language import in_language

_HOMES = {
    "PackError": "api",
    "accept": "api",
    "accept_all": "api",
    "check": "api",
    "check_report_object": "api",
    "compare": "api",
    "explain_finding": "api",
    "load_pack": "api",
    "load_units": "api",
    "read_report": "api",
    "review": "api",
    "write_review": "api",
    "write_figures": "outgoing.figures",
    "explain_findings": "explaining.public",
    "explain_from_sheet": "explaining.public",
    "sheet_of_findings": "explaining.public",
    "Plan": "engine.plan",
    "Review": "model.review",
    "UnitList": "model.unit_list",
    "rollup": "api",
    "Comparison": "model.comparison",
    "Diagnostic": "model.diagnostic",
    "FileResult": "model.diagnostic",
    "RunResult": "model.diagnostic",
    "Limits": "model.limits",
    "Problem": "model.problem",
    "ValidatorError": "model.problem",
    "Report": "model.report",
    "Rollup": "model.rollup",
    "Severity": "model.verdict",
    "Verdict": "model.verdict",
    "Rule": "packs.pack",
    "RulePack": "packs.pack",
    "in_language": "wording.in_language",
}

__all__ = [
    "Comparison",
    "Diagnostic",
    "FileResult",
    "Limits",
    "PackError",
    "Plan",
    "Problem",
    "Report",
    "Review",
    "Rollup",
    "Rule",
    "RulePack",
    "RunResult",
    "Severity",
    "UnitList",
    "ValidatorError",
    "Verdict",
    "__version__",
    "accept",
    "accept_all",
    "check",
    "check_report_object",
    "compare",
    "explain_finding",
    "explain_findings",
    "explain_from_sheet",
    "in_language",
    "load_pack",
    "load_units",
    "read_report",
    "review",
    "rollup",
    "sheet_of_findings",
    "write_figures",
    "write_review",
]


def __getattr__(name: str) -> Any:
    home = _HOMES.get(name)
    if home is None:
        raise AttributeError(name)
    from importlib import import_module

    return getattr(import_module(f"validator.{home}"), name)
