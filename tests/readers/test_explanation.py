"""Explanations are read from a file beside the report or from the report; what is odd has its place."""

from __future__ import annotations

from datetime import date

import pytest

from validator.readers.explanation import LARGEST, MOST, read_sidecar
from validator.readers.kind import sidecars

WHOLE = """\
explanations:
  - rule: cchc/restated-differently
    field: hoso.received
    reason: Hai phạm vi khác nhau
    by: Nguyễn Văn A
    date: 20/6/2024
    values: {hoso.received: "520; 525"}
    fingerprint: 6F1C0D0000000000
"""


@pytest.fixture
def sidecar(tmp_path):
    def read(text):
        path = tmp_path / "report.giai-trinh.yaml"
        path.write_bytes(text if isinstance(text, bytes) else text.encode())
        return read_sidecar(path)

    return read


def codes(found):
    return [(each.code, each.location.line) for each in found.problems]


def test_an_explanation_has_all_its_parts(sidecar):
    found = sidecar(WHOLE)
    assert found.problems == ()
    (given,) = found.explanations
    assert (given.rule, given.path, given.author) == (
        "cchc/restated-differently",
        "hoso.received",
        "Nguyễn Văn A",
    )
    assert (given.reason, given.given_on) == ("Hai phạm vi khác nhau", date(2024, 6, 20))
    assert (given.fingerprint, given.values) == ("6f1c0d0000000000", {"hoso.received": "520; 525"})
    assert given.location.line == 2


ODD = [
    ("explanations: 5", "not-a-list", 1, 0),
    ("explanations: {rule: a}", "not-a-list", 1, 0),
    ("explanation:\n  - {rule: a, reason: b}", "unknown-part", 1, 0),
    ("x: 1", "no-list", 1, 0),
    ("explanations:\n  - text", "not-an-entry", 2, 0),
    ("explanations:\n  - {reason: b}", "missing-key", 2, 0),
    ("explanations:\n  - {rule: a}", "missing-key", 2, 0),
    ("explanations:\n  - {rule: a, reason: ' '}", "missing-key", 2, 0),
    ("explanations:\n  - {rule: a, reason: null}", "missing-key", 2, 0),
    ("explanations:\n  - {rule: [a], reason: b}", "not-a-text", 2, 0),
    ("explanations:\n  - {rule: a, reason: b, by: {x: y}}", "not-a-text", 2, 0),
    ("explanations:\n  - {rule: a, reason: b, raeson: c}", "unknown-key", 2, 1),
    ("explanations:\n  - {rule: a, reason: b, date: 31/11/2022}", "bad-date", 2, 1),
    ("explanations:\n  - {rule: a, reason: b, values: 5}", "not-values", 2, 1),
    ("explanations:\n  - {rule: a, reason: b, values: {x: [1]}}", "not-values", 2, 1),
]


@pytest.mark.parametrize(("text", "code", "line", "kept"), ODD)
def test_a_fault_is_told_at_its_line(sidecar, text, code, line, kept):
    found = sidecar(text)
    assert (f"waiver/{code}", line) in codes(found)
    assert len(found.explanations) == kept


@pytest.mark.parametrize("text", ["explanations:", "explanations: []", "explanations: null"])
def test_an_empty_list_is_no_fault(sidecar, text):
    assert (sidecar(text).explanations, codes(sidecar(text))) == ((), [])


def test_one_faulty_explanation_stops_no_other(sidecar):
    found = sidecar(WHOLE + "  - {rule: a}\n  - {rule: b, reason: c}\n")
    assert [each.rule for each in found.explanations] == ["cchc/restated-differently", "b"]


@pytest.mark.parametrize(
    ("text", "code"),
    [
        ('explanations: ["', "read/yaml-open-quote"),
        ("", "read/empty"),
        (b"\x00\x01", "read/binary"),
        ("[" * 200, "read/too-deep"),
        (b"#" * (LARGEST + 1), "read/too-large"),
    ],
)
def test_a_file_that_is_none_is_told(sidecar, text, code):
    found = sidecar(text)
    assert found.explanations == ()
    assert [each.code for each in found.problems] == [code]


def test_no_more_is_read_than_anybody_writes(sidecar):
    found = sidecar("explanations:\n" + "- {rule: a}\n" * (MOST + 5))
    assert len(found.problems) == MOST + 1
    assert found.problems[-1].code == "waiver/too-many"


def test_the_file_of_the_full_name_comes_first(tmp_path):
    report = tmp_path / "bao-cao.docx"
    assert sidecars(report) == ()
    for name in ("bao-cao.giai-trinh.yaml", "bao-cao.docx.giai-trinh.yaml", "other.giai-trinh.yaml"):
        (tmp_path / name).touch()
    names = [path.name for path in sidecars(report)]
    assert names == ["bao-cao.docx.giai-trinh.yaml", "bao-cao.giai-trinh.yaml"]


def test_a_report_may_hold_its_explanations_itself(read):
    found = read("hoso: {received: 5}\n" + WHOLE)
    assert found.problems == ()
    assert [each.path for each in found.report.explanations] == ["hoso.received"]
    assert found.report.cells.keys() == {"hoso.received"}


def test_in_json_too(read):
    text = b'{"report": {"form": "demo"}, "explanations": [{"rule": "a", "reason": "b"}, {"rule": "c"}]}'
    found = read(text, name="report.json")
    assert [each.rule for each in found.report.explanations] == ["a"]
    assert [each.code for each in found.problems] == ["waiver/missing-key"]
