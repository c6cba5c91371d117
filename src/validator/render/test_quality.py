"""Mutants that no test kills and branches that no test reaches, in words."""

from __future__ import annotations

from typing import TYPE_CHECKING

from validator.model.verdict import Verdict
from validator.wording.message import message

if TYPE_CHECKING:
    from collections.abc import Sequence

    from validator.diagnostics.mutation_test import MutationResult
    from validator.engine.coverage import Branch, RuleCoverage
    from validator.engine.mutation import Mutant
    from validator.packs.pack import Rule

_VERDICTS = (Verdict.PASS, Verdict.FAIL, Verdict.UNDECIDED, Verdict.NOT_APPLICABLE)


def percentage(part: int, whole: int) -> str:
    """Return a share of 100, cut off to one decimal: what is not all is never shown as 100."""
    thousandths = 1000 if not whole else part * 1000 // whole
    return f"{thousandths // 10}.{thousandths % 10}"


def mutation_text(results: Sequence[MutationResult], lang: str) -> str:
    """Return the mutants that no test kills by rule, and how many are killed."""
    lines: list[str] = []
    for result in results:
        if result.survivors:
            lines.append(_heading(result.rule, lang))
            lines += [f"  - {_mutant(each, lang)}" for each in result.survivors]
    killed, total = sum(each.killed for each in results), sum(each.total for each in results)
    alike = sum(len(each.equivalent) for each in results)
    args = {"killed": killed, "total": total, "share": percentage(killed, total), "alike": alike}
    return "\n".join([*lines, message("ci/mutation-summary", lang, args)]) + "\n"


def _mutant(mutant: Mutant, lang: str) -> str:
    args = {"before": mutant.before, "after": mutant.after, "part": mutant.part}
    return f"{mutant.part}: `{mutant.source}` – {message(f'ci/mutant-{mutant.kind}', lang, args)}"


def coverage_text(found: Sequence[RuleCoverage], lang: str) -> str:
    """Return for each rule the verdicts that its tests reach and the branches that they do not."""
    lines: list[str] = []
    for each in found:
        reached = len(each.branches) - len(each.missed)
        verdicts = ", ".join(verdict.value for verdict in _VERDICTS if verdict in each.verdicts) or "–"
        args = {
            "rule": each.rule.full_id,
            "reached": reached,
            "total": len(each.branches),
            "verdicts": verdicts,
        }
        lines.append(message("ci/coverage-rule", lang, args))
        lines += [f"  - {_branch(branch, lang)}" for branch in each.missed]
    total = sum(len(each.branches) for each in found)
    reached = total - sum(len(each.missed) for each in found)
    args = {"reached": reached, "total": total, "share": percentage(reached, total)}
    return "\n".join([*lines, message("ci/coverage-summary", lang, args)]) + "\n"


def _branch(branch: Branch, lang: str) -> str:
    return message(f"ci/branch-{branch.kind}", lang, {"part": branch.part, "text": branch.text})


def _heading(rule: Rule, lang: str) -> str:
    args = {"file": rule.location.file, "line": rule.location.line, "rule": rule.full_id}
    return message("ci/mutants-of", lang, args)
