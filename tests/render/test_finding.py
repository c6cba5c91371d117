"""What counts as a finding, and which findings belong together."""

from __future__ import annotations

from validator.model.diagnostic import Diagnostic, FileResult, Label, RunResult
from validator.model.location import Location
from validator.model.record import evolve
from validator.model.verdict import Severity, Verdict
from validator.render.finding import count_by_severity, files, findings, grouped, undecided

HERE = Location(file="a.yaml", line=1)
TOTAL = Label(path="total", label="Tổng", raw="10", location=HERE)
PART = Label(path="part", label="Phần", raw="7", location=evolve(HERE, line=2))
OTHER = Label(path="other", label="Khác", raw="2", location=evolve(HERE, line=3))


def _diagnostic(name="demo/a", verdict=Verdict.FAIL, severity=Severity.ERROR, group="", fields=()):
    return Diagnostic(id=name, severity=severity, verdict=verdict, location=HERE, group=group, fields=fields)


def test_only_failed_rules_and_problems_are_findings():
    every = tuple(_diagnostic(verdict=verdict) for verdict in Verdict)
    file = FileResult(path="a.yaml", diagnostics=every)
    assert {found.verdict for found in findings(file)} == {Verdict.FAIL, Verdict.ERROR}
    assert {found.verdict for found in undecided(file)} == {Verdict.UNDECIDED}


def test_findings_are_counted_by_severity_and_undecided_rules_are_not():
    diagnostics = (
        _diagnostic(),
        _diagnostic(severity=Severity.WARNING),
        _diagnostic(verdict=Verdict.UNDECIDED),
    )
    run = RunResult(
        version="1", files=(FileResult(path="a.yaml", diagnostics=diagnostics),), notes=(_diagnostic(),)
    )
    assert count_by_severity(run) == {"error": 2, "warning": 1, "info": 0}


def test_a_note_joins_the_file_it_is_about():
    pack = evolve(_diagnostic(), location=Location(file="pack.yaml", line=3))
    run = RunResult(version="1", files=(FileResult(path="a.yaml"),), notes=(_diagnostic(), pack))
    assert [(file.path, len(file.diagnostics)) for file in files(run)] == [("a.yaml", 1), ("pack.yaml", 1)]


def test_a_group_keeps_the_place_of_its_first_finding_and_names_the_shared_cell():
    first = _diagnostic("demo/a", group="g", fields=(PART, TOTAL))
    alone = _diagnostic("demo/b", fields=(TOTAL,))
    second = _diagnostic("demo/c", group="g", fields=(TOTAL, OTHER))
    groups = list(grouped((first, alone, second)))
    assert [[found.id for found in group.findings] for group in groups] == [["demo/a", "demo/c"], ["demo/b"]]
    assert [group.shared for group in groups] == [TOTAL, None]


def test_a_group_named_after_a_cell_shows_that_cell():
    both = {"group": "total", "fields": (PART, TOTAL)}
    (group,) = grouped((_diagnostic("demo/a", **both), _diagnostic("demo/b", **both)))
    assert group.shared == TOTAL


def test_cells_of_one_column_in_two_rows_make_two_groups():
    below = evolve(TOTAL, location=evolve(HERE, line=9))
    found = [_diagnostic(group="total", fields=(cell,)) for cell in (TOTAL, below, TOTAL, below)]
    assert [group.shared for group in grouped(tuple(found))] == [TOTAL, below]


def test_findings_that_share_no_cell_are_grouped_without_one():
    (group,) = grouped(
        (_diagnostic("demo/a", group="g", fields=(PART,)), _diagnostic("demo/b", group="g", fields=(OTHER,)))
    )
    assert group.shared is None
