"""What a program can do with reports and packs; the command line does no more than this.

Nothing here prints. A fault of a file is told in the result; `ValidatorError` is raised for a
wrong call only, such as a pack that does not exist.
"""

from __future__ import annotations

import fnmatch
import os
from collections import Counter
from pathlib import Path
from typing import TYPE_CHECKING

from validator.diagnostics.explain import explain, explain_restatement
from validator.diagnostics.group import grouped
from validator.diagnostics.message import message
from validator.diagnostics.problem import explain_problem
from validator.diagnostics.reach import reach_text
from validator.engine.context import Context
from validator.engine.run import Plan
from validator.model.diagnostic import Diagnostic, FileResult, RunResult
from validator.model.location import Location
from validator.model.problem import Problem, ValidatorError
from validator.model.record import evolve, field, record
from validator.model.verdict import Verdict
from validator.packs.library import find_folder, forms_on_offer, load_folder
from validator.readers.given import Given
from validator.readers.kind import DOCUMENTS, STRUCTURED, TEXTS, is_document

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from validator.engine.result import ReportResult
    from validator.model.field import Form
    from validator.model.report import Period, Report
    from validator.packs.pack import Rule, RulePack
    from validator.readers.structured import ReadResult

STDIN = "<stdin>"
SUFFIXES = (*STRUCTURED, *DOCUMENTS)
_NOT_REPORTS = (".test.yaml", ".schema.json")
_LOCKS = ("~$", ".~lock.")


class PackError(ValidatorError):
    """A pack has faults; ``problems`` holds all of them, each at its place in the pack's files."""

    def __init__(self, problems: tuple[Problem, ...]) -> None:
        super().__init__(problems[0])
        self.problems = problems


def load_pack(name: str | Path) -> RulePack:
    """Return the pack called *name*, or in the folder *name*.

    Raises `PackError` with every fault of a pack that cannot be used, and `ValidatorError` if
    there is none of that name.
    """
    result = load_folder(find_folder(str(name)))
    if result.pack is None:
        raise PackError(result.problems)
    return result.pack


def read_report(
    path: str | Path, pack: RulePack | None = None, *, given: Given | None = None
) -> ReadResult:
    """Return the report in a YAML or JSON file or in a document, with what was noticed on the way.

    The form is the one that the file names, or that of *pack*; what is *given* counts more.
    """
    return _read(Path(path), str(path), (pack,) if pack else (), given or Given())


def _packs_of_tree(tree: object, file: str) -> tuple[RulePack, ...]:
    """Return the shipped packs for the form that a report names, all of them if it names none of theirs."""
    from validator.readers.header import read_header
    from validator.readers.tree import TreeResult

    offered = forms_on_offer()
    root = tree.root if isinstance(tree, TreeResult) else None
    form = read_header(root, file).form if root is not None else None
    folders = offered.get(form or "", ()) or tuple(path for paths in offered.values() for path in paths)
    return tuple(load_pack(folder) for folder in folders)


@record
class Choice:
    """Which packs and rules a run uses; empty means the packs of each report's form, and all rules."""

    packs: tuple[RulePack, ...] = ()
    select: tuple[str, ...] = ()
    ignore: tuple[str, ...] = ()
    undecided: bool = True
    given: Given = field(default_factory=Given)

    def wants_rule(self, rule: Rule) -> bool:
        """Whether the rule is to be run."""
        names = (rule.full_id, rule.id, *rule.aliases)
        if self.select and not any(_matches(name, self.select) for name in names):
            return False
        return not any(_matches(name, self.ignore) for name in names)

    def wants_finding(self, code: str) -> bool:
        """Whether a fault of reading is to be shown; `select` chooses among rules only."""
        return not any(_matches(name, self.ignore) for name in (code, code.rpartition("/")[2]))

    def wants_restatement(self, code: str) -> bool:
        """Whether a field stated differently is to be shown."""
        names = (code, code.rpartition("/")[2])
        chosen = not self.select or any(_matches(name, self.select) for name in names)
        return chosen and self.wants_finding(code)


def _matches(name: str, patterns: Iterable[str]) -> bool:
    return any(fnmatch.fnmatchcase(name, pattern) for pattern in patterns)


@record
class _Tally:
    """Counts over the files of a run, and the plans made for its packs."""

    plans: dict[str, Plan] = field(default_factory=dict)

    rules: dict[str, Rule] = field(default_factory=dict)
    applied: set[str] = field(default_factory=set)
    counts: Counter[Verdict] = field(default_factory=Counter)
    passed_over: list[str] = field(default_factory=list)

    def plan(self, pack: RulePack, choice: Choice) -> Plan:
        """Return the plan for *pack*, made once a run."""
        if pack.folder not in self.plans:
            wanted = (rule for rule in pack.rules if choice.wants_rule(rule))
            self.plans[pack.folder] = Plan(pack, wanted)
        return self.plans[pack.folder]


def check(
    sources: Sequence[str | Path | bytes],
    *,
    packs: Sequence[RulePack] = (),
    select: Sequence[str] = (),
    ignore: Sequence[str] = (),
    lang: str = "vi",
    undecided: bool = True,
    given: Given | None = None,
) -> RunResult:
    """Check files, folders and bytes and return what was found, worded in *lang*.

    Rules that could not be decided are worded too unless *undecided* is false; they are counted
    in any case.

    Each report is checked by *packs*, or by the shipped packs for its form. *select* and
    *ignore* are rule ids or patterns (``cchc/*``). What is *given* (form, unit, period) counts
    more than what the files say. Raises `PackError` if a pack has faults: reports are not judged
    by a broken pack.
    """
    choice = Choice(
        packs=_each_once(packs),
        select=tuple(select),
        ignore=tuple(ignore),
        undecided=undecided,
        given=given or Given(),
    )
    tally = _Tally()
    files: list[FileResult] = []
    seen: set[str] = set()
    for source in sources:
        if isinstance(source, bytes):
            if STDIN not in seen:
                files.append(_check_file(source, STDIN, choice, tally, lang))
            seen.add(STDIN)
        elif os.path.isdir(source):  # noqa: PTH112 - a name too long is no folder, and no exception
            files.extend(_check_folder(Path(source), choice, tally, lang, seen))
        elif _is_new(source, seen):
            files.append(_check_file(Path(source), str(source), choice, tally, lang))
    return _run(tuple(files), tally)


def check_report_object(
    report: Report, *, packs: Sequence[RulePack] = (), lang: str = "vi"
) -> tuple[Diagnostic, ...]:
    """Return the findings on a report that is already read."""
    chosen = tuple(packs) or _packs_of_form(report.form)
    return _judge(report, chosen, Choice(), _Tally(), lang)


def _each_once(packs: Sequence[RulePack]) -> tuple[RulePack, ...]:
    """Return the packs without those named twice: a finding is told once."""
    return tuple({os.path.abspath(pack.folder): pack for pack in packs}.values())  # noqa: PTH100


def _check_folder(
    folder: Path, choice: Choice, tally: _Tally, lang: str, seen: set[str]
) -> tuple[FileResult, ...]:
    """Check the reports at or below *folder* that were not checked before."""
    paths, problems = report_files(folder)
    fresh = [path for path in paths if _is_new(path, seen)]
    found = [_check_file(path, str(path), choice, tally, lang) for path in fresh]
    # A folder may hold other YAML too: what has nothing of a report is passed over, not accused.
    reports = [each for each in found if not _is_something_else(each)]
    tally.passed_over.extend(each.path for each in found if _is_something_else(each))
    if not reports and len(fresh) == len(paths) and not problems:
        problems = (_problem("cli/no-reports", str(folder), path=str(folder)),)
    return (*reports, *(_unjudged(problem.location.file, (problem,), lang) for problem in problems))


def _is_new(path: str | Path, seen: set[str]) -> bool:
    """Whether a file is named for the first time in a run; one file is one report."""
    name = os.path.abspath(path)  # noqa: PTH100 - Path.resolve would follow links
    if name in seen:
        return False
    seen.add(name)
    return True


def report_files(folder: Path) -> tuple[tuple[Path, ...], tuple[Problem, ...]]:
    """Return the files to check at or below *folder*, and the folders that cannot be opened.

    Rule tests and schemas are no reports, nor is what is hidden. Links to folders are not followed:
    they may lead back.
    """
    paths: list[Path] = []
    closed: list[Problem] = []

    def note(fault: OSError) -> None:
        name = str(fault.filename)
        closed.append(_problem("read/unreadable-file", name, path=name, detail=str(fault.strerror)))

    for parent, below, names in os.walk(folder, onerror=note):
        below[:] = [name for name in below if not name.startswith(".")]
        paths.extend(
            Path(parent, name)
            for name in names
            if name.lower().endswith(SUFFIXES)
            and not name.endswith(_NOT_REPORTS)
            and not name.startswith((".", *_LOCKS))
        )
    return tuple(sorted(paths)), tuple(closed)


def _packs_of_form(form: str | None) -> tuple[RulePack, ...]:
    return tuple(load_pack(folder) for folder in forms_on_offer().get(form or "", ()))


def _check_file(source: Path | bytes, name: str, choice: Choice, tally: _Tally, lang: str) -> FileResult:
    found = _read(source, name, choice.packs, choice.given)
    report = found.report
    if report is None:
        return _unjudged(name, found.problems, lang)
    packs = choice.packs or _packs_of_form(report.form)
    problems = tuple(
        explain_problem(problem, lang) for problem in found.problems if choice.wants_finding(problem.code)
    )
    diagnostics = (*problems, *_judge(report, packs, choice, tally, lang))
    return FileResult(
        path=name,
        unit=report.unit.name or report.unit.id or "",
        period=period_text(report.period, lang),
        form=report.form or "",
        diagnostics=tuple(sorted(grouped(diagnostics), key=_reading_order)),
        reach="" if found.reach is None else reach_text(found.reach, lang),
    )


def _read(source: Path | bytes, name: str, packs: tuple[RulePack, ...], given: Given) -> ReadResult:
    if is_document(source):
        from validator.readers.submitted import read_submitted

        chosen = packs or _packs_on_offer(given.form)
        return read_submitted(source, name, {pack.form.name: pack.form for pack in chosen}, given)
    from validator.readers.structured import read_structured, read_tree

    tree = read_tree(source, name)
    chosen = packs or (_packs_of_form(given.form) if given.form else _packs_of_tree(tree, name))
    forms = {pack.form.name: pack.form for pack in chosen}
    return _as_given(read_structured(tree, forms, form=given.form, file=name), given)


def form_of(report: Report, packs: Sequence[str | Path] = ()) -> Form:
    """Return the form of a report that was read: of the first of *packs*, or the shipped one."""
    found = tuple(load_pack(name) for name in packs) or _packs_of_form(report.form)
    if not found:
        raise ValidatorError(_problem("cli/unknown-form", report.file, form=report.form or "", known=""))
    return found[0].form


def _packs_on_offer(form: str | None) -> tuple[RulePack, ...]:
    """Return the shipped packs for *form*, all of them if it is not known."""
    folders = [folder for name, paths in forms_on_offer().items() for folder in paths if form in (None, name)]
    return tuple(load_pack(folder) for folder in folders)


def _as_given(found: ReadResult, given: Given) -> ReadResult:
    if found.report is None or (given.unit is None and given.period is None):
        return found
    unit, period = given.unit or found.report.unit, given.period or found.report.period
    return evolve(found, report=evolve(found.report, unit=unit, period=period))


def _judge(
    report: Report, packs: tuple[RulePack, ...], choice: Choice, tally: _Tally, lang: str
) -> tuple[Diagnostic, ...]:
    found: list[Diagnostic] = []
    for pack in packs:
        plan = tally.plan(pack, choice)
        result = plan.check(Context(report=report))
        _count(result, plan.rules, tally)
        for each in result.results:
            if choice.undecided or each.verdict is not Verdict.UNDECIDED:
                found.extend(explain(each, lang))
        for restated in result.restated:
            diagnostic = explain_restatement(restated, pack.name, lang)
            if choice.wants_restatement(diagnostic.id):
                found.append(diagnostic)
    return tuple(found)


def _count(result: ReportResult, rules: tuple[Rule, ...], tally: _Tally) -> None:
    tally.rules.update((rule.full_id, rule) for rule in rules)
    tally.counts.update(result.counts)
    tally.applied.update(
        each.rule.full_id for each in result.results if each.verdict is not Verdict.NOT_APPLICABLE
    )


def _run(files: tuple[FileResult, ...], tally: _Tally) -> RunResult:
    counts = tally.counts
    decided = counts[Verdict.PASS] + counts[Verdict.FAIL]
    return RunResult(
        version=version(),
        files=tuple(sorted(files, key=lambda each: each.path)),
        rules_loaded=len(tally.rules),
        applicable=decided + counts[Verdict.UNDECIDED],
        decided=decided,
        undecided=counts[Verdict.UNDECIDED],
        never_applied=tuple(sorted(set(tally.rules) - tally.applied)),
        passed_over=tuple(sorted(tally.passed_over)),
    )


def _is_something_else(result: FileResult) -> bool:
    """Whether a file has neither a report's header, nor one misspelt, nor anything of a known form."""
    wanted = {"read/no-header"}
    if result.path.lower().endswith(TEXTS):
        wanted.add("document/no-form")
    return not result.judged and all(each.id in wanted for each in result.diagnostics)


def _unjudged(path: str, problems: tuple[Problem, ...], lang: str) -> FileResult:
    diagnostics = tuple(explain_problem(problem, lang, verdict=Verdict.ERROR) for problem in problems)
    return FileResult(path=path, diagnostics=diagnostics, judged=False)


def _problem(code: str, file: str, **args: object) -> Problem:
    return Problem(code=code, location=Location(file=file), args=args)


def _reading_order(diagnostic: Diagnostic) -> tuple[object, ...]:
    return (*diagnostic.location.sort_key, diagnostic.id, diagnostic.explanation)


def period_text(period: Period, lang: str) -> str:
    """Return a period as people write it: its kind and its days."""
    days = " – ".join(f"{day:%d/%m/%Y}" for day in (period.start, period.end) if day)
    code = f"render/period-{period.kind}"
    worded = message(code, lang)
    kind = (period.kind or "") if worded == code else worded
    return f"{kind} ({days})" if kind and days else kind or days


def version() -> str:
    """Return the version of the program."""
    from validator import __version__

    return __version__
