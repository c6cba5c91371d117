"""The reports that a report is joined to when it is judged, and what later corrected them."""

from __future__ import annotations

from functools import lru_cache
from pathlib import Path
from typing import TYPE_CHECKING

from validator.checking.joins import JoinResult, Joins
from validator.diagnostics.number import exact_text
from validator.engine.join import choose_earlier, choose_last_year, choose_prior, sources_of
from validator.engine.run import run_rule
from validator.lang.ir import FieldRef, walk
from validator.model.diagnostic import Diagnostic, Label
from validator.model.location import Location
from validator.model.problem import Problem
from validator.model.record import evolve
from validator.model.verdict import Severity, Verdict
from validator.model.words import by_language, cure, say
from validator.packs.forms import load_pack
from validator.submissions.archive import (
    Filed,
    conflicts,
    filed_reports,
    folder_state,
    load_filed,
    plain_form,
    unit_folder,
    versions_of,
)
from validator.text.fold import same_name

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from validator.engine.result import RuleResult
    from validator.model.field import FieldDef
    from validator.model.report import Report
    from validator.packs.pack import RulePack

_LAST_YEAR = "last_year"


def joins_from_archive(
    folder: str, report: Report, packs: tuple[str, ...] = (), *, is_declared: bool = False
) -> JoinResult:
    """Return the periods before *report*, from the archive in *folder*.

    Of a unit that is not declared the name is held against that in the archive: an id that was
    made from a name may be that of others.
    """
    if not report.unit.id or not report.form:
        return JoinResult(joins=Joins())
    filed, faults = _filed(folder, packs)
    place = unit_folder(report.unit.id), plain_form(report.form)
    problems = conflicts(each for each in filed if (each.folder, each.form) == place)
    periods = versions_of(filed, report.unit.id, report.form)
    prior, earlier = prior_of(periods, report), earlier_of(periods, report)
    last_year = last_year_of(periods, report)
    if not (prior or earlier or problems or faults):
        code = "nothing-before" if periods else "nothing-of-unit"
        problems += (_remark(code, report),)
    name = None if is_declared else report.unit.name
    return load_joins(prior, earlier, packs, problems, name=name, last_year=last_year)


def archive_problems(folder: str, packs: tuple[str, ...] = ()) -> tuple[Problem, ...]:
    """Return what is wrong with an archive as a whole: told once for a run, not of each report."""
    return tuple(evolve(each, severity=Severity.WARNING) for each in _filed(folder, packs)[1])


def _remark(code: str, report: Report) -> Problem:
    unit = report.unit.name or report.unit.id or ""
    args = {"unit": unit, "folder": unit_folder(report.unit.id or "")}
    place = Location(file=report.file)
    return Problem(code=f"archive/{code}", location=place, severity=Severity.INFO, args=args)


def prior_of(periods: Sequence[tuple[Filed, ...]], report: Report) -> tuple[Filed, ...]:
    """Return the versions of the report of the period before *report*, the submitted one first."""
    chosen = choose_prior(report.period, (versions[0] for versions in periods))
    return next((versions for versions in periods if versions[0] is chosen), ())


def earlier_of(periods: Sequence[tuple[Filed, ...]], report: Report) -> tuple[Filed, ...]:
    """Return the versions of the shorter cumulative report of the same year."""
    chosen = choose_earlier(report.period, (versions[0] for versions in periods))
    return next((versions for versions in periods if versions[0] is chosen), ())


def last_year_of(periods: Sequence[tuple[Filed, ...]], report: Report) -> tuple[Filed, ...]:
    """Return the versions of the report of the same period of last year."""
    chosen = choose_last_year(report.period, (versions[0] for versions in periods))
    return next((versions for versions in periods if versions[0] is chosen), ())


def load_joins(
    prior: tuple[Filed, ...],
    earlier: tuple[Filed, ...],
    packs: tuple[str, ...],
    problems: tuple[Problem, ...] = (),
    *,
    name: str | None = None,
    last_year: tuple[Filed, ...] = (),
) -> JoinResult:
    """Read the chosen reports of an archive; those of a unit called otherwise than *name* are told."""
    loaded = tuple(load_pack(each) for each in packs)
    told = list(problems)
    joined: dict[str, Report] = {}
    corrections: dict[str, tuple[Report, ...]] = {}
    sources = (("prior", prior), ("earlier", earlier), (_LAST_YEAR, last_year))
    for source, versions in sources:
        for number, each in enumerate(versions):
            found, faults = load_filed(each, loaded)
            told += (evolve(fault, severity=Severity.WARNING) for fault in faults)
            if found is not None and not same_name(found.unit.name, name):
                args = {"path": str(each.path), "unit": found.unit.name, "ours": name}
                place = Location(file=str(each.path))
                told.append(Problem(code="archive/other-unit", location=place, args=args))
            elif found is not None and number == 0:
                joined[source] = found
            elif found is not None and source in joined:
                corrections[source] = (*corrections.get(source, ()), found)
    submitted = (joined.pop(_LAST_YEAR),) if _LAST_YEAR in joined else ()
    before = (*submitted, *corrections.pop(_LAST_YEAR, ()))
    joins = Joins(joined=joined, corrections=corrections, last_year=before)
    return JoinResult(joins=joins, problems=tuple(_each_once(told)))


def _each_once(problems: Sequence[Problem]) -> Iterator[Problem]:
    """The year before may be the period before: what is wrong with its files is told once."""
    for at, each in enumerate(problems):
        if each not in problems[:at]:
            yield each


def _filed(folder: str, packs: tuple[str, ...]) -> tuple[tuple[Filed, ...], tuple[Problem, ...]]:
    """Return what an archive holds, looked up once for all files of a run while nothing is filed in it."""
    return _looked_up(folder, packs, folder_state(Path(folder)))


@lru_cache(maxsize=4)
def _looked_up(
    folder: str, packs: tuple[str, ...], _state: object
) -> tuple[tuple[Filed, ...], tuple[Problem, ...]]:
    return filed_reports(Path(folder), tuple(load_pack(each) for each in packs))


def correction_findings(report: Report, joins: Joins, packs: Sequence[RulePack]) -> tuple[Diagnostic, ...]:
    """Return the figures of earlier periods that rules use and that were corrected later."""
    return tuple(
        told
        for source in joins.corrections
        for pack in packs
        for path in _fields_of(source, pack.folder)
        for told in _corrected(report, joins, source, pack.form.fields[path])
    )


def agrees_with_correction(result: RuleResult, joins: Joins) -> bool:
    """Whether a rule that fails would hold with a later correction of an earlier period."""
    context = result.context
    return any(
        run_rule(result.rule, evolve(context, joined={**context.joined, source: each})).verdict
        is Verdict.PASS
        for source, corrections in joins.corrections.items()
        if source in sources_of(result.rule)
        for each in corrections
    )


@lru_cache(maxsize=32)
def _fields_of(source: str, folder: str) -> tuple[str, ...]:
    """Return the fields that rules of a pack take from an earlier period."""
    nodes = (node for rule in load_pack(folder).rules for node in walk(rule.assertion))
    paths = (node.field.path for node in nodes if isinstance(node, FieldRef) and node.source == source)
    return tuple(dict.fromkeys(paths))


def _corrected(
    report: Report,
    joins: Joins,
    source: str,
    definition: FieldDef,
) -> tuple[Diagnostic, ...]:
    path, later = definition.path, reversed(joins.corrections[source])
    first = next(iter(joins.joined[source].cells.get(path, ())), None)
    last = next((cells[0] for each in later if (cells := each.cells.get(path))), None)
    if first is None or last is None or exact_text(first, definition) == exact_text(last, definition):
        return ()
    words = by_language(definition.label, path)
    args = {"field": words, "first": first.raw.strip(), "last": last.raw.strip()}
    labels = tuple(
        Label(
            path=path,
            label=say(f"joined/{key}", {"field": words}),
            raw=" ".join(cell.raw.split()),
            location=cell.location,
            value=exact_text(cell, definition),
        )
        for key, cell in (("as-submitted", first), ("as-corrected", last))
    )
    told = Diagnostic(
        id=f"joined/{source}-corrected",
        severity=Severity.INFO,
        verdict=Verdict.FAIL,
        title=say(f"joined/{source}-corrected", args),
        explanation=say("joined/prior-corrected-from-to", args),
        fields=labels,
        location=Location(file=report.file),
        help=cure(f"joined/{source}-corrected", args),
        topic="joined",
    )
    return (told,)
