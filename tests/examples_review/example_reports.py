"""The documents of examples/review, read once and joined as a review joins them."""

from __future__ import annotations

from functools import cache
from pathlib import Path

from validator import check, load_pack, read_report
from validator.checking.recognition import UnitFinder
from validator.diagnostics.explain import explain
from validator.engine.context import Context
from validator.engine.run import Plan
from validator.model.report import Report
from validator.model.verdict import Verdict
from validator.readers.given import Given
from validator.readers.unit_list import read_units

EXAMPLE = Path(__file__).parents[2] / "examples" / "review"
PERIOD = EXAMPLE / "2024-06-thang"
SIDECAR = ".giai-trinh.yaml"
OLD_VERSIONS = frozenset({"xa-an-lac.docx"})
"""Files of the period that a later one of the same unit stands in for."""


@cache
def units():
    return read_units(EXAMPLE / "units.yaml").units


@cache
def submitted(name):
    """What was read from a file of the period."""
    return read_report(PERIOD / name)


@cache
def unit_of(name):
    found = submitted(name)
    return UnitFinder(units()).find(found.report, found.document, name).unit.unit


@cache
def reports():
    """The files that are reports of the period under review."""
    files = (path.name for path in sorted(PERIOD.iterdir()) if not path.name.endswith(SIDECAR))
    found = {name: submitted(name).report for name in files}
    return tuple(name for name, report in found.items() if report and report.period.kind == "half_year")


@cache
def told(name):
    """The findings on a file and on what it is joined to, apart from explanations."""
    run = check(
        PERIOD / name,
        packs=["cchc"],
        archive=EXAMPLE / "archive",
        given=Given(unit=unit_of(name)),
        undecided=False,
    )
    alone = (each for each in run.files[0].diagnostics if not each.id.startswith("waiver/"))
    return (*alone, *(each for each in sums_over_units(name) if each.verdict is Verdict.FAIL))


@cache
def sums_over_units(name):
    """What is told of the sums over the units below, failed or undecided."""
    below = [each.unit for each in units().below(unit_of(name).id)]
    files = {unit_of(each).id: each for each in reports() if each not in OLD_VERSIONS}
    context = Context(
        report=submitted(name).report,
        children=tuple(submitted(files[each.id]).report for each in below if each.id in files),
        absent=tuple(Report(unit=each) for each in below if each.id not in files),
    )
    pack = load_pack("cchc")
    sums = [rule for rule in pack.rules if rule.id.endswith("-differs-from-reports")]
    results = Plan(pack, sums).check(context).results if below else ()
    return tuple(
        finding
        for each in results
        if each.verdict in (Verdict.FAIL, Verdict.UNDECIDED)
        for finding in explain(each, "vi")
    )
