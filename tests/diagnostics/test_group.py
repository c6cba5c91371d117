"""Findings that one figure may have caused are shown together, in every run in the same way."""

from __future__ import annotations

from validator.diagnostics.group import grouped
from validator.model.diagnostic import Diagnostic, Label
from validator.model.location import Location
from validator.model.verdict import Severity, Verdict


def finding(*paths):
    fields = tuple(Label(path=path, label=path, raw="1", location=Location(file="a")) for path in paths)
    return Diagnostic(
        id="+".join(paths), severity=Severity.ERROR, verdict=Verdict.FAIL, fields=fields, location=Location()
    )


def groups(*found):
    return [each.group for each in grouped(found)]


def test_the_figure_of_most_findings_names_the_group():
    assert groups(finding("a", "b"), finding("b", "c"), finding("c", "b")) == ["b", "b", "b"]


def test_of_several_figures_the_first_counts():
    many = [f"f{number}" for number in range(20)]
    assert groups(finding(*many), finding(*reversed(many))) == ["f0", "f0"]


def test_a_finding_alone_has_no_group():
    assert groups(finding("a"), finding("b", "c"), finding("c", "d")) == ["", "c", "c"]
