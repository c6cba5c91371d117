"""The documents of examples/review, read once and joined as a review joins them."""

from __future__ import annotations

from functools import cache
from pathlib import Path

from validator.checking.claim import claim_findings
from validator.checking.forms import load_pack
from validator.checking.reading import read
from validator.diagnostics.explain import explain, explain_restatement
from validator.engine.context import Context
from validator.engine.join import choose_earlier, choose_prior
from validator.engine.run import Plan
from validator.model.report import Report
from validator.model.verdict import Verdict
from validator.readers.given import Given
from validator.readers.unit_list import read_units
from validator.reviewing.recognition import UnitFinder

ROOT = Path(__file__).parents[2]
EXAMPLE = ROOT / "examples" / "review"
PERIOD = EXAMPLE / "2024-06-thang"
OLD_VERSIONS = frozenset({"xa-an-lac.docx"})
"""Files of the period that a later one of the same unit stands in for."""

MISSING = "Xã Hợp Tiến"


@cache
def units():
    return read_units(EXAMPLE / "units.yaml").units


@cache
def submitted(name):
    """What was read from a file of the period."""
    path = PERIOD / name
    return read(path, str(path), (load_pack(ROOT / "rules" / "cchc"),), Given())


@cache
def unit_of(name):
    found = submitted(name)
    return UnitFinder(units()).find(found.report, found.document, name).unit.unit


@cache
def archived(unit_id):
    """The first submitted reports of a unit, not their corrections."""
    files = sorted((EXAMPLE / "archive" / unit_id).glob("*.yaml"))
    pack = load_pack(ROOT / "rules" / "cchc")
    return tuple(
        read(each, str(each), (pack,), Given()).report for each in files if not each.stem.endswith("_v2")
    )


def context_of(name):
    report, unit = submitted(name).report, unit_of(name)
    archive = archived(unit.id)
    found = {
        "prior": choose_prior(report.period, archive),
        "earlier": choose_earlier(report.period, archive),
    }
    joined = {source: each for source, each in found.items() if each}
    below = [each.unit for each in units().below(unit.id)]
    files = {unit_of(each).id: each for each in reports() if each not in OLD_VERSIONS}
    return Context(
        report=report,
        joined=joined,
        children=tuple(submitted(files[each.id]).report for each in below if each.id in files) or None,
        absent=tuple(Report(unit=each) for each in below if each.id not in files),
    )


@cache
def reports():
    """The files that are reports of the period under review."""
    found = []
    for path in sorted(PERIOD.iterdir()):
        report = None if path.name.endswith(".giai-trinh.yaml") else submitted(path.name).report
        if report and report.form and report.period.kind == "half_year":
            found.append(path.name)
    return tuple(found)


@cache
def told(name):
    """The findings on a file, and the sums that are undecided because a commune is missing."""
    pack = load_pack(ROOT / "rules" / "cchc")
    result = Plan(pack).check(context_of(name))
    failed = [
        finding for each in result.results if each.verdict is Verdict.FAIL for finding in explain(each, "vi")
    ]
    failed += [explain_restatement(each, pack.name, "vi") for each in result.restated]
    document = submitted(name).document
    if document is not None:
        failed += claim_findings(document, tuple(failed), "vi")
    undecided = [
        finding
        for each in result.results
        if each.verdict is Verdict.UNDECIDED and "-differs-from-reports" in each.rule.id
        for finding in explain(each, "vi")
    ]
    return tuple(failed), tuple(each for each in undecided if MISSING in each.explanation)
