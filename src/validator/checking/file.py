"""One file → what is told about it."""

from __future__ import annotations

from collections import Counter
from functools import lru_cache, partial
from typing import TYPE_CHECKING

from validator.checking.compared import account
from validator.checking.explanation import Judged, explained
from validator.checking.joins import JoinResult, Joins
from validator.checking.outcome import Outcome
from validator.diagnostics.explain import explain, explain_restatement
from validator.diagnostics.group import grouped
from validator.diagnostics.problem import explain_problem
from validator.diagnostics.shown import period_text
from validator.engine.plan import Plan
from validator.lang.scope import CHILDREN
from validator.model.diagnostic import Diagnostic, FileResult
from validator.model.location import Location
from validator.model.problem import NO_FORM, Problem
from validator.model.record import evolve, record
from validator.model.report import Report
from validator.model.verdict import Severity, Verdict
from validator.packs.forms import load_pack, packs_for
from validator.submissions.entry import entry_of
from validator.submissions.reading import is_no_report, read_sent

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from validator.checking.last_year import Against
    from validator.checking.ledger import Ledger
    from validator.claims import ClaimsResult
    from validator.engine.result import ReportResult, RuleResult
    from validator.model.tick import Ticks
    from validator.packs.pack import RulePack
    from validator.submissions.choice import Choice
    from validator.submissions.entry import Reading
    from validator.submissions.gathering import Sent


_OF_ARCHIVE = "archive/"
_WORDED = (Verdict.FAIL, Verdict.UNDECIDED, Verdict.ERROR)
NOTHING_COMPARED = "check/nothing-compared"


@record
class Judgement:
    """What is told about a file, with the results and the account of its figures behind it.

    ``notes`` are about other files.
    """

    result: FileResult
    results: tuple[ReportResult, ...] = ()
    notes: tuple[Diagnostic, ...] = ()
    ledger: Ledger | None = None


def check_sent(sent: Sent, choice: Choice) -> Outcome:
    """Return what is told about a file that was handed in."""
    reading = read_sent(sent, choice)
    told = judge_alone(_with_parts_told(reading), choice)
    is_piece = reading.report is not None and reading.document is not None and not reading.parts
    result = _with_silence_told(told.result, choice)
    return evolve(
        outcome_of(result, told.results), notes=told.notes, entry=entry_of(reading) if is_piece else None
    )


def _with_parts_told(reading: Reading) -> Reading:
    """Return *reading* with a note of each file that is one report with it."""
    if not reading.parts:
        return reading
    place = Location(file=reading.path)
    notes = (
        Problem(code="read/with-appendix", location=place, severity=Severity.INFO, args={"other": each.path})
        for each in reading.parts
    )
    return evolve(reading, problems=(*reading.problems, *notes))


def _with_silence_told(result: FileResult, choice: Choice) -> FileResult:
    """Return what is told about a file, and if nothing in it was compared, that."""
    if not result.judged or result.compared.decided or not choice.wants_finding(NOTHING_COMPARED):
        return result
    args = {"figures": result.compared.figures}
    problem = Problem(code=NOTHING_COMPARED, location=Location(file=result.path), args=args)
    told = explain_problem(problem, verdict=Verdict.ERROR)
    return evolve(result, diagnostics=(*result.diagnostics, told))


def judge_alone(reading: Reading, choice: Choice) -> Judgement:
    """Return what is told about a file that was read, held against earlier periods if there is an archive."""
    joins = JoinResult(joins=Joins())
    if choice.archive and reading.report is not None:
        from validator.checking.joined import joins_from_archive

        report, packs = reading.report, choice.packs
        joins = joins_from_archive(choice.archive, report, packs, is_declared=reading.is_declared)
    return judge_file(reading, choice, joins)


def judge_file(reading: Reading, choice: Choice, joined: JoinResult) -> Judgement:
    """Return what is told about a file that was read, together with the reports it is joined to."""
    if not reading.is_readable:
        return Judgement(result=unjudged(reading.path, reading.problems))
    report = reading.report or Report(file=reading.path)
    problems, notes = _told_apart(reading, joined.problems, choice)
    chosen = packs_for(report.form, choice.packs)
    judged, results = judge(report, chosen, choice, joined.joins)
    diagnostics = (*problems, *judged, *_corrections(report, joined.joins, chosen, choice))
    before: tuple[Against, ...] = ()
    if reading.claims is not None:
        from validator.checking.claim import claim_findings

        before = _of_last_year(reading.claims, report, joined.joins, chosen)
        told = (*claim_findings(reading.claims, diagnostics, report), *_differing(before, choice))
        diagnostics = (*diagnostics, *(each for each in told if choice.wants_comparison(each.id)))
    ran = Judged(packs=chosen, results=results, claims=reading.claims is not None)
    diagnostics = explained(diagnostics, report, reading.sources, ran, choice)
    ledger = account(reading, results, chosen, choice.wants_comparison, before)
    result = FileResult(
        path=reading.path,
        unit=report.unit.name or report.unit.id or "",
        period=period_text(report.period),
        form=report.form or "",
        diagnostics=tuple(sorted(grouped(diagnostics), key=_reading_order)),
        parts=tuple(each.path for each in reading.parts),
        reach=_reach_told(reading) if report.form else "",
        compared=ledger.compared,
        verdicts=_verdicts(results),
        ticks=_ticks(reading, results, chosen, before, choice) if choice.ticks else None,
    )
    return Judgement(result=result, results=results, notes=notes, ledger=ledger)


def _ticks(
    reading: Reading,
    results: tuple[ReportResult, ...],
    packs: tuple[RulePack, ...],
    before: tuple[Against, ...],
    choice: Choice,
) -> Ticks | None:
    from validator.checking.ticking import tick_marks

    return tick_marks(reading, results, packs, choice.wants_comparison, before)


def _told_apart(
    reading: Reading, joined: Iterable[Problem], choice: Choice
) -> tuple[tuple[Diagnostic, ...], tuple[Diagnostic, ...]]:
    """Return what is told of the file itself, and of the files it was to be held against.

    Of the latter the file only hears; who answers for them is told once for the run.
    """
    every = (*map(_as_note, reading.problems), *joined)
    wanted = [each for each in every if choice.wants_finding(each.code)]
    about = tuple(each for each in wanted if each.code.startswith(_OF_ARCHIVE))
    notes = tuple(explain_problem(each) for each in about if each.severity is not Severity.INFO)
    heard = (
        evolve(each, severity=Severity.INFO) if each.code.startswith(_OF_ARCHIVE) else each for each in wanted
    )
    return tuple(explain_problem(each) for each in heard), notes


def _reach_told(reading: Reading) -> str:
    if reading.reach is None:
        return ""
    from validator.diagnostics.shown import reach_text

    return reach_text(reading.reach)


def _as_note(problem: Problem) -> Problem:
    """Return that the form is not known as a note: what else can be checked is checked."""
    return evolve(problem, severity=Severity.INFO) if problem.code == NO_FORM else problem


def _of_last_year(
    found: ClaimsResult, report: Report, joins: Joins, packs: tuple[RulePack, ...]
) -> tuple[Against, ...]:
    """Return what the text says of last year against last year's report, if there is where to look."""
    if joins.last_year is None or not found.last_year:
        return ()
    from validator.checking.last_year import held_against

    return tuple(held_against(found.last_year, report, joins.last_year, packs))


def _differing(before: tuple[Against, ...], choice: Choice) -> Iterator[Diagnostic]:
    if before:
        from validator.checking.last_year import last_year_findings

        found = last_year_findings(before)
        yield from (each for each in found if choice.undecided or each.verdict is not Verdict.UNDECIDED)


def _corrections(
    report: Report, joins: Joins, packs: tuple[RulePack, ...], choice: Choice
) -> Iterator[Diagnostic]:
    if joins.corrections:
        from validator.checking.joined import correction_findings

        found = correction_findings(report, joins, packs)
        yield from (each for each in found if choice.wants_finding(each.id))


def judge(
    report: Report, packs: tuple[RulePack, ...], choice: Choice, joins: Joins
) -> tuple[tuple[Diagnostic, ...], tuple[ReportResult, ...]]:
    """Run the chosen rules of *packs* on a report; return the findings and the results behind them."""
    found: list[Diagnostic] = []
    results: list[ReportResult] = []
    for pack in packs:
        result = _plan(pack.folder, choice.select, choice.ignore).check(joins.context(report))
        results.append(result)
        waiting = _rules_on_children(pack.folder) if joins.children is not None else frozenset()
        for each in map(partial(_softened, joins=joins), result.results):
            if each.verdict not in _WORDED:
                continue
            if choice.undecided or each.verdict is not Verdict.UNDECIDED or each.rule.id in waiting:
                told = explain(each)
                found.extend(one for one in told if choice.undecided or _is_told(one))
        for restated in result.restated:
            diagnostic = explain_restatement(restated, pack.name)
            if choice.wants_comparison(diagnostic.id):
                found.append(diagnostic)
    return tuple(found), tuple(results)


def _softened(result: RuleResult, joins: Joins) -> RuleResult:
    """Return a failure as one that may be explained if it agrees with a later correction."""
    if result.verdict is not Verdict.FAIL or not joins.corrections or result.severity is not Severity.ERROR:
        return result
    from validator.checking.joined import agrees_with_correction

    if not agrees_with_correction(result, joins):
        return result
    return evolve(result, severity=Severity.WARNING, reason="corrected")


def _is_told(diagnostic: Diagnostic) -> bool:
    """Whether a finding says more than that figures are missing."""
    return diagnostic.verdict is not Verdict.UNDECIDED or diagnostic.reason == "children-missing"


@lru_cache(maxsize=16)
def _rules_on_children(folder: str) -> frozenset[str]:
    """Return the rules whose open verdicts are told: who has not reported, and what must be theirs."""
    from validator.engine.join import sources_of

    return frozenset(rule.id for rule in load_pack(folder).rules if CHILDREN in sources_of(rule))


@lru_cache(maxsize=16)
def _plan(folder: str, select: tuple[str, ...], ignore: tuple[str, ...]) -> Plan:
    """Return the plan for the pack in *folder*, made once for all files of a run."""
    from validator.submissions.choice import Choice

    choice, pack = Choice(select=select, ignore=ignore), load_pack(folder)
    return Plan(pack, (rule for rule in pack.rules if choice.wants_rule(rule)))


def _verdicts(results: tuple[ReportResult, ...]) -> dict[str, Verdict]:
    """Return what each rule says, in the order of the packs."""
    every = (one for each in results for one in each.results)
    return {_full_id(one.rule.pack, one.rule.id): one.verdict for one in every}


def outcome_of(result: FileResult, results: tuple[ReportResult, ...]) -> Outcome:
    """Return what is told about a file with the rules that were run on it."""
    counts: Counter[Verdict] = Counter()
    for each in results:
        counts.update(each.counts)
    every = [one for each in results for one in each.results]
    names = [_full_id(one.rule.pack, one.rule.id) for one in every]
    applied = (
        name for name, one in zip(names, every, strict=True) if one.verdict is not Verdict.NOT_APPLICABLE
    )
    return Outcome(result=result, rules=frozenset(names), applied=frozenset(applied), counts=counts)


@lru_cache(maxsize=4096)
def _full_id(pack: str, name: str) -> str:
    """Return the id of a rule with its pack: one text for all files of a run."""
    return f"{pack}/{name}"


def unjudged(path: str, problems: tuple[Problem, ...]) -> FileResult:
    """Return what is told about a file that could not be judged."""
    diagnostics = tuple(explain_problem(problem, verdict=Verdict.ERROR) for problem in problems)
    return FileResult(path=path, diagnostics=diagnostics, judged=False)


def is_something_else(result: FileResult) -> bool:
    """Whether a file is no report, and nothing in it was found to hold or not to hold."""
    told = {each.id for each in result.diagnostics}
    if result.judged:
        # Judged without a form, whether or not that is told.
        told = told - {NOTHING_COMPARED} | {NO_FORM}
    return is_no_report(result.path, told) and not result.form and not result.compared.decided


def _reading_order(diagnostic: Diagnostic) -> tuple[object, ...]:
    # What is told of explanations comes after what is told of the report; what is explained is settled.
    is_aside = diagnostic.topic == "waiver"
    return (
        is_aside,
        bool(diagnostic.waiver),
        diagnostic.severity.rank,
        *diagnostic.location.sort_key,
        diagnostic.id,
        diagnostic.explanation,
    )
