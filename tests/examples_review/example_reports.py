"""The documents of examples/review, read and reviewed once."""

from __future__ import annotations

from functools import cache
from pathlib import Path

from validator import check, read_report, review
from validator.model.verdict import Verdict
from validator.readers.given import Given
from validator.readers.unit_list import read_units
from validator.submissions.recognition import UnitFinder

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
def reviewed():
    """The findings of the review of the example, by the name of the file that counts."""
    found = review(PERIOD, units=units(), archive=EXAMPLE / "archive")
    rows = [row for row in found.units if row.key in found.details]
    return {Path(row.current.path).name: found.details[row.key].result.diagnostics for row in rows}


@cache
def told(name):
    """The findings on a file: in the review, or alone if another version counts."""
    if name in OLD_VERSIONS:
        given = Given(unit=unit_of(name))
        run = check(PERIOD / name, archive=EXAMPLE / "archive", given=given, undecided=False)
        return run.files[0].diagnostics
    return reviewed()[name]


def failed(name):
    """The findings on the figures of a file."""
    return [each for each in told(name) if each.verdict is Verdict.FAIL and not each.id.startswith("waiver/")]


def waiting(name):
    """What cannot be decided before other reports have come."""
    return [each for each in told(name) if each.verdict is Verdict.UNDECIDED]


def on_explanations(name):
    """The ids of the findings on explanations."""
    return [each.id for each in told(name) if each.id.startswith("waiver/")]
