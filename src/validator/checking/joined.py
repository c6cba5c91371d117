"""The reports that a report is joined to when it is judged, and what later corrected them."""

from __future__ import annotations

from functools import lru_cache
from pathlib import Path
from typing import TYPE_CHECKING

from validator.checking.archive import (
    Filed,
    conflicts,
    filed_reports,
    folder_state,
    load_filed,
    plain_form,
    unit_folder,
    versions_of,
)
from validator.checking.forms import load_pack
from validator.checking.joins import JoinResult, Joins
from validator.diagnostics.message import message
from validator.diagnostics.number import exact_text
from validator.engine.join import choose_earlier, choose_prior
from validator.lang.ir import FieldRef, walk
from validator.model.diagnostic import Diagnostic, Label
from validator.model.location import Location
from validator.model.verdict import Severity, Verdict
from validator.packs.pack import texts

if TYPE_CHECKING:
    from collections.abc import Sequence

    from validator.model.problem import Problem
    from validator.model.report import Report
    from validator.packs.pack import RulePack


def joins_from_archive(folder: str, report: Report, packs: tuple[str, ...] = ()) -> JoinResult:
    """Return the periods before *report*, from the archive in *folder*."""
    if not report.unit.id or not report.form:
        return JoinResult(joins=Joins())
    filed, problems = _filed(folder, packs)
    place = unit_folder(report.unit.id), plain_form(report.form)
    problems += conflicts(each for each in filed if (each.folder, each.form) == place)
    periods = versions_of(filed, report.unit.id, report.form)
    return load_joins(prior_of(periods, report), earlier_of(periods, report), packs, problems)


def prior_of(periods: Sequence[tuple[Filed, ...]], report: Report) -> tuple[Filed, ...]:
    """Return the versions of the report of the period before *report*, the submitted one first."""
    chosen = choose_prior(report.period, (versions[0] for versions in periods))
    return next((versions for versions in periods if versions[0] is chosen), ())


def earlier_of(periods: Sequence[tuple[Filed, ...]], report: Report) -> tuple[Filed, ...]:
    """Return the versions of the shorter cumulative report of the same year."""
    chosen = choose_earlier(report.period, (versions[0] for versions in periods))
    return next((versions for versions in periods if versions[0] is chosen), ())


def load_joins(
    prior: tuple[Filed, ...],
    earlier: tuple[Filed, ...],
    packs: tuple[str, ...],
    problems: tuple[Problem, ...] = (),
) -> JoinResult:
    """Read the reports of an archive that were chosen."""
    loaded = tuple(load_pack(each) for each in packs)
    told = list(problems)
    joined: dict[str, Report] = {}
    corrections: list[Report] = []
    for name, versions in (("prior", prior), ("earlier", earlier[:1])):
        for number, each in enumerate(versions):
            found, faults = load_filed(each, loaded)
            told += faults
            if found is None:
                continue
            if number == 0:
                joined[name] = found
            elif name in joined:
                corrections.append(found)
    return JoinResult(joins=Joins(joined=joined, corrections=tuple(corrections)), problems=tuple(told))


def _filed(folder: str, packs: tuple[str, ...]) -> tuple[tuple[Filed, ...], tuple[Problem, ...]]:
    """Return what an archive holds, looked up once for all files of a run while nothing is filed in it."""
    return _looked_up(folder, packs, folder_state(Path(folder)))


@lru_cache(maxsize=4)
def _looked_up(
    folder: str, packs: tuple[str, ...], _state: object
) -> tuple[tuple[Filed, ...], tuple[Problem, ...]]:
    return filed_reports(Path(folder), tuple(load_pack(each) for each in packs))


def correction_findings(
    report: Report, joins: Joins, packs: Sequence[RulePack], lang: str
) -> tuple[Diagnostic, ...]:
    """Return the figures of the prior report that rules use and that were corrected later."""
    prior = joins.joined.get("prior")
    if prior is None or not joins.corrections:
        return ()
    return tuple(
        told
        for pack in packs
        for path in _prior_fields(pack.folder)
        for told in _corrected(report, prior, joins.corrections, pack, path, lang)
    )


@lru_cache(maxsize=16)
def _prior_fields(folder: str) -> tuple[str, ...]:
    nodes = (node for rule in load_pack(folder).rules for node in walk(rule.assertion))
    paths = (node.field.path for node in nodes if isinstance(node, FieldRef) and node.source == "prior")
    return tuple(dict.fromkeys(paths))


def _corrected(
    report: Report,
    prior: Report,
    corrections: Sequence[Report],
    pack: RulePack,
    path: str,
    lang: str,
) -> tuple[Diagnostic, ...]:
    definition = pack.form.fields[path]
    first = next(iter(prior.cells.get(path, ())), None)
    last = next((cells[0] for each in reversed(corrections) if (cells := each.cells.get(path))), None)
    if first is None or last is None or exact_text(first, definition) == exact_text(last, definition):
        return ()
    words = texts(definition.label, lang) or path
    args = {"field": words, "first": first.raw.strip(), "last": last.raw.strip()}
    labels = tuple(
        Label(
            path=path,
            label=message(f"joined/{key}", lang, {"field": words}),
            raw=" ".join(cell.raw.split()),
            location=cell.location,
            value=exact_text(cell, definition),
        )
        for key, cell in (("as-submitted", first), ("as-corrected", last))
    )
    told = Diagnostic(
        id="joined/prior-corrected",
        severity=Severity.INFO,
        verdict=Verdict.FAIL,
        title=message("joined/prior-corrected", lang, args),
        explanation=message("joined/prior-corrected-from-to", lang, args),
        fields=labels,
        location=Location(file=report.file),
        help=message("joined/prior-corrected-help", lang, args),
        topic="joined",
    )
    return (told,)
