"""One explanation for all findings of a rule, in a report or a whole folder."""

from __future__ import annotations

from typing import TYPE_CHECKING

from validator.checking.explaining import one_line
from validator.checking.ids import require_known
from validator.checking.reasons import file_reasons, refusal
from validator.diagnostics.waiver import is_about, is_open_to_explanation
from validator.explaining.explainable import looked_at
from validator.model.verdict import Verdict
from validator.packs.forms import load_pack
from validator.submissions.choice import matches, names_of_code

if TYPE_CHECKING:
    from validator.checking.explaining import Wanted
    from validator.checking.reasons import Filed
    from validator.explaining.explainable import Explainable, Looked, Where
    from validator.model.diagnostic import Diagnostic


def explain_all(where: Where, wanted: Wanted) -> Filed:
    """File one explanation for all findings of a rule, or of rules by a pattern, all or none.

    ``wanted.which`` narrows them to those about one figure. What is explained is left as it is, unless
    ``wanted.replace`` says otherwise.

    Raises `ValidatorError` if there is no such finding, or a file cannot be written.
    """
    reason = one_line(wanted.reason)
    if not reason:
        raise refusal("waiver/no-reason")
    require_known((wanted.rule,), [load_pack(each) for each in where.choice.packs])
    looked = looked_at(where)
    given = [
        report.reason(found, reason, one_line(wanted.author), wanted.given_on)
        for report in looked.reports
        for found in report.soft
        if is_of(found, wanted.rule, report) and is_about(found, wanted.which)
    ]
    if not given:
        raise _nothing(looked, where, wanted)
    return file_reasons(given, replace=wanted.replace, skips=True)


def is_of(found: Diagnostic, rule: str, report: Explainable) -> bool:
    """Whether a finding is of a rule, by any name of it or by a pattern; no rule means any."""
    return not rule or found.id in report.rules.ids(rule) or matches(names_of_code(found.id), (rule,))


def _nothing(looked: Looked, where: Where, wanted: Wanted) -> Exception:
    """Return why there is nothing to explain."""
    found = [
        each
        for report in looked.reports
        for each in report.result.diagnostics
        if each.verdict is Verdict.FAIL and is_of(each, wanted.rule, report)
    ]
    if not found:
        return refusal("waiver/agrees", rule=wanted.rule, path=str(where.source))
    soft = [each for each in found if is_open_to_explanation(each)]
    if not soft:
        return refusal("waiver/must-be-corrected", detail=found[0].explanation or found[0].title)
    known = sorted({label.path for each in soft for label in each.of_fields})
    return refusal("waiver/agrees-there", rule=wanted.rule, field=wanted.which, known=", ".join(known[:12]))
