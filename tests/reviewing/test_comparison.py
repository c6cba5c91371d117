"""Two versions of one report: what counts as corrected, as still there, as new, and what changed."""

from __future__ import annotations

import json
from fractions import Fraction

import pytest
from hypothesis import given as hypothesis_given
from hypothesis import strategies as st

from validator import compare, explain_finding, review
from validator.cli.main import main
from validator.model.diagnostic import Diagnostic, FileResult, Label
from validator.model.field import FieldDef, FieldType, Form
from validator.model.location import Location
from validator.model.quantity import Quantity
from validator.model.report import Cell, Report
from validator.model.verdict import Severity, Verdict
from validator.packs.forms import form_of
from validator.render.review_json import review_json
from validator.reviewing.changed_figure import changed_figures
from validator.reviewing.comparison import compare_versions

HEADER = """\
report: {form: demo, unit: {id: xa-a, name: Xã A}, period: {kind: year, from: 2023-01-01, to: 2023-12-31}}
"""
SUM = "demo/received-differs-from-parts"
OLD = HEADER + 'hoso: {received: 10, new: 7, carried_over: 2, resolved: 8, on_time: 4, on_time_pct: "40%"}\n'


@pytest.fixture
def versions(tmp_path):
    """Write two versions and return how they differ."""

    def write(old, new, suffix="yaml", **options):
        paths = tmp_path / f"old.{suffix}", tmp_path / f"new.{suffix}"
        for path, text in zip(paths, (old, new), strict=True):
            path.write_text(text, encoding="utf-8")
        return compare(*paths, **options)

    return write


def ids(findings):
    return [each.id for each in findings]


def changes(compared):
    return {
        each.path: tuple(label and label.raw for label in (each.old, each.new)) for each in compared.changed
    }


class TestFindings:
    def test_what_agrees_now_is_corrected(self, versions):
        compared = versions(OLD, OLD.replace("carried_over: 2", "carried_over: 3"))
        assert ids(compared.corrected) == [SUM]
        assert changes(compared) == {"hoso.carried_over": ("2", "3")}

    def test_what_still_disagrees_remains_with_its_old_and_new_figures(self, versions):
        compared = versions(OLD, OLD.replace("carried_over: 2", "carried_over: 1"))
        old, new = next(pair for pair in compared.remaining if pair[0].id == SUM)
        assert (old.explanation, new.explanation) == ("10 ≠ 7 + 2 = 9", "10 ≠ 7 + 1 = 8")

    def test_what_disagrees_for_the_first_time_is_fresh(self, versions):
        compared = versions(OLD, OLD.replace("resolved: 8", "resolved: 11"))
        assert ids(compared.fresh) == ["demo/more-resolved-than-received"]
        assert not compared.corrected

    def test_a_finding_whose_figure_was_deleted_is_not_corrected(self, versions):
        compared = versions(OLD, OLD.replace("carried_over: 2, ", ""))
        (dropped,) = compared.dropped
        assert dropped.finding.id == SUM
        assert dropped.reason == "figure-gone"
        assert [label.path for label in dropped.gone] == ["hoso.carried_over"]
        assert not compared.corrected
        assert changes(compared) == {"hoso.carried_over": ("2", None)}

    def test_a_dash_in_the_place_of_a_figure_deletes_it(self, versions):
        compared = versions(OLD, OLD.replace("carried_over: 2", 'carried_over: "-"'))
        assert [each.reason for each in compared.dropped] == ["figure-gone"]

    def test_a_rule_that_no_longer_applies_corrects_nothing(self, versions):
        compared = versions(
            OLD, OLD.replace("resolved: 8", "resolved: 0").replace("on_time: 4", "on_time: 0")
        )
        assert [(each.finding.id, each.reason) for each in compared.dropped] == [
            ("demo/on-time-share-differs", "not-decided")
        ]

    def test_a_contradiction_solved_by_deleting_one_statement_is_corrected(self, versions):
        compared = versions(OLD.replace("resolved: 8", "resolved: [8, 9]"), OLD)
        assert ids(compared.corrected) == ["demo/restated-differently"]
        assert changes(compared) == {"hoso.resolved": ("9", "8")}

    def test_each_of_two_contradictions_is_matched_by_its_field(self, versions):
        old = OLD.replace("resolved: 8", "resolved: [8, 9]").replace("new: 7", "new: [7, 6]")
        compared = versions(old, OLD.replace("new: 7", "new: [7, 5]"))
        assert [each.fields[0].path for each in compared.corrected] == ["hoso.resolved"]
        restated = [new for _, new in compared.remaining if new.id == "demo/restated-differently"]
        assert [each.fields[0].path for each in restated] == ["hoso.new"]

    def test_of_findings_on_one_field_those_that_share_most_figures_are_the_same(self, versions):
        compared = versions(
            OLD.replace("resolved: 8", "resolved: [8, 7, 9]"),
            OLD.replace("resolved: 8", "resolved: [8, 9]"),
        )
        assert [each.fields[1].raw for each in compared.corrected] == ["7"]
        assert [old.fields[1].raw for old, _ in compared.remaining if "restated" in old.id] == ["9"]

    def test_a_figure_that_cannot_be_read_and_is_then_deleted_is_not_corrected(self, versions):
        old = OLD.replace("carried_over: 2", 'carried_over: "hai"')
        compared = versions(old, OLD.replace("carried_over: 2, ", ""))
        assert [(each.finding.location.pointer, each.reason) for each in compared.dropped] == [
            ("hoso.carried_over", "figure-gone")
        ]


SCORES = """\
report: {form: par-index, unit: {id: xa-a}, period: {kind: year, from: 2023-01-01, to: 2023-12-31}}
scores:
  - {code: "1.1", criterion: Kế hoạch, max: 2, awarded: 1, deducted: 0}
  - {code: "1.2", criterion: Báo cáo, max: 3, awarded: 1, deducted: 1}
"""
DEDUCTION = "par-index/deduction-differs-from-scores"


class TestTables:
    def test_rows_are_matched_by_their_code_wherever_they_stand(self, versions):
        first, second = SCORES.splitlines()[2:]
        moved = SCORES.replace(
            f"{first}\n{second}", f"{second}\n{first.replace('deducted: 0', 'deducted: 1')}"
        )
        compared = versions(SCORES, moved)
        assert [each.location.row_code for each in compared.corrected] == ["1.1"]
        assert [new.location.row_code for _, new in compared.remaining] == ["1.2"]
        assert changes(compared) == {"scores[2].deducted": ("0", "1")}

    def test_a_row_that_was_deleted_is_not_corrected(self, versions):
        compared = versions(SCORES, "\n".join(SCORES.splitlines()[:3]) + "\n")
        (dropped,) = compared.dropped
        assert dropped.reason == "figure-gone"
        assert {label.path for label in dropped.gone} == {"scores.max", "scores.awarded", "scores.deducted"}
        assert ("3", None) in changes(compared).values()

    def test_a_row_is_corrected_though_another_one_became_incomplete(self, versions):
        changed = SCORES.replace("deducted: 0", "deducted: 1").replace(
            "awarded: 1, deducted: 1}", "deducted: 1}", 2
        )
        changed = changed.replace("max: 2, deducted", "max: 2, awarded: 1, deducted")
        compared = versions(SCORES, changed)
        assert [each.location.row_code for each in compared.corrected] == ["1.1"]
        assert [each.finding.location.row_code for each in compared.dropped] == ["1.2"]

    def test_a_new_row_is_told_column_by_column(self, versions):
        compared = versions(
            SCORES, SCORES + '  - {code: "1.3", criterion: Kiểm tra, max: 1, awarded: 1, deducted: 0}\n'
        )
        assert changes(compared)["scores[3].max"] == (None, "1")


PROSE = """\
UBND XÃ A
BÁO CÁO
Kết quả công tác cải cách hành chính năm 2023

Trường đã sửa 38/40 phòng học, đạt 92%.

{more}
"""


TABLE = "UBND XÃ A,\nBÁO CÁO,\nKết quả công tác cải cách hành chính năm 2023,\nSố nhiệm vụ,40\n"


def numerator(found):
    return next(each.raw for each in found.fields if each.role == "numerator")


class TestProse:
    def test_a_sentence_with_another_figure_is_corrected(self, versions):
        compared = versions(PROSE.format(more=""), PROSE.format(more="").replace("92%", "95%"), "txt")
        assert ids(compared.corrected) == ["claims/share-differs"]

    def test_a_sentence_that_was_taken_out_is_not(self, versions):
        old = PROSE.format(more="Các đơn vị thực hiện nghiêm túc chế độ thông tin, báo cáo theo quy định.")
        new = old.replace("Trường đã sửa 38/40 phòng học, đạt 92%.", "")
        compared = versions(old, new, "txt")
        assert [(each.finding.id, each.reason) for each in compared.dropped] == [
            ("claims/share-differs", "passage-gone")
        ]

    @pytest.mark.parametrize("suffix", ["yaml", "csv"])
    def test_nor_is_one_that_a_version_without_prose_does_not_have(self, tmp_path, suffix):
        old, new = tmp_path / "old.txt", tmp_path / f"new.{suffix}"
        old.write_text(PROSE.format(more="Trong kỳ có 38/40 nhiệm vụ."), encoding="utf-8")
        texts = {"yaml": HEADER.replace("demo", "cchc") + "tasks: {assigned: 40}\n", "csv": TABLE}
        new.write_text(texts[suffix], encoding="utf-8")
        compared = compare(old, new)
        assert not compared.corrected
        assert [(each.finding.id, each.reason) for each in compared.dropped] == [
            ("claims/share-differs", "passage-gone")
        ]

    def test_sentences_are_matched_by_the_figures_they_share(self, versions):
        second = "Đã xử lý 9/12 kiến nghị của người dân, đạt 80%."
        old = PROSE.format(more=second)
        compared = versions(old, old.replace("38/40", "39/40").replace("đạt 80%", "đạt 75%"), "txt")
        assert [numerator(each) for each in compared.corrected] == ["9"]
        assert [(numerator(one), numerator(two)) for one, two in compared.remaining] == [("38", "39")]


def test_an_explanation_stays_with_its_finding(tmp_path):
    paths = [tmp_path / "old.yaml", tmp_path / "new.yaml"]
    for path in paths:
        path.write_text(OLD.replace("resolved: 8", "resolved: [8, 9]"), encoding="utf-8")
    explain_finding(paths[1], "demo/restated-differently", reason="Hai thời điểm chốt số liệu")
    remaining = [pair for pair in compare(*paths).remaining if pair[0].id == "demo/restated-differently"]
    assert [(old.waiver, "Hai thời điểm" in new.waiver) for old, new in remaining] == [("", True)]


def test_in_a_review_too_a_rule_that_is_undecided_now_corrects_nothing(tmp_path):
    for day, new in ((1, 12), (2, 7)):
        header = HEADER.replace("period:", f"submitted: 2024-01-0{day}, period:")
        (tmp_path / f"v{day}.yaml").write_text(
            f"{header}hoso: {{received: 10, new: {new}}}\n", encoding="utf-8"
        )
    reviewed = review(tmp_path)
    compared = reviewed.details[reviewed.units[0].key].comparison
    assert not compared.corrected
    assert [(each.finding.id, each.reason) for each in compared.dropped] == [(SUM, "not-decided")]
    (unit,) = json.loads("".join(review_json(reviewed)))["units"]
    (dropped,) = unit["since_previous"]["dropped"]
    assert (dropped["finding"]["id"], dropped["reason"], dropped["gone"]) == (SUM, "not-decided", [])


class TestThePair:
    def test_other_units_and_periods_are_told(self, versions):
        other = OLD.replace("id: xa-a, name: Xã A", "id: xa-b, name: Xã B").replace(
            "2023-12-31", "2023-06-30"
        )
        assert ids(versions(OLD, other).notes) == ["compare/other-unit", "compare/other-period"]

    def test_one_file_given_twice_is_told(self, tmp_path):
        path = tmp_path / "a.yaml"
        path.write_text(OLD, encoding="utf-8")
        compared = compare(path, path)
        assert ids(compared.notes) == ["compare/same-file"]
        assert not compared.changed
        assert not compared.fresh

    def test_versions_of_two_forms_are_told(self, versions):
        assert "compare/other-form" in ids(versions(SCORES, OLD).notes)

    def test_a_rule_that_the_other_form_has_not_corrects_nothing(self, versions):
        compared = versions(OLD, OLD.replace("form: demo", "form: cchc"))
        assert SUM in [each.finding.id for each in compared.dropped]
        assert not compared.corrected

    def test_a_file_that_cannot_be_read_is_told_and_nothing_compared(self, versions):
        compared = versions(OLD, "a: [")
        assert [file.path.rpartition("/")[2] for file in compared.unread] == ["new.yaml"]
        assert not compared.corrected
        assert not compared.changed


class TestCommand:
    @pytest.fixture
    def command(self, tmp_path, capsys):
        def run(old, new, *options):
            for name, text in (("old.yaml", old), ("new.yaml", new)):
                (tmp_path / name).write_text(text, encoding="utf-8")
            code = main(["compare", str(tmp_path / "old.yaml"), str(tmp_path / "new.yaml"), *options])
            told = capsys.readouterr()
            return code, told.out, told.err

        return run

    GOOD = OLD.replace("carried_over: 2", "carried_over: 3").replace("40%", "50%")

    def test_exits_with_0_when_nothing_is_open(self, command):
        assert command(OLD, self.GOOD)[0] == 0

    def test_exits_with_1_when_an_error_is_open(self, command):
        assert command(self.GOOD, OLD)[0] == 1

    def test_exits_with_2_when_a_file_cannot_be_used(self, command):
        code, out, _ = command(OLD, "")
        assert code == 2
        assert "Tệp không có nội dung" in out

    @pytest.mark.parametrize("form", ["table", "plain"])
    def test_tells_state_rule_figures_and_counts(self, command, form):
        _, out, _ = command(OLD, OLD.replace("carried_over: 2, ", ""), "--format", form)
        words = " ".join(out.replace("─", "").split())
        for told in ("Không còn căn cứ", "không nêu", "Đã chỉnh sửa: 0, còn tồn tại: 1, mới phát sinh: 0"):
            assert told in words

    def test_json_has_every_part(self, command):
        _, out, _ = command(OLD, self.GOOD, "--format", "json", "--lang", "en")
        data = json.loads(out)
        assert data["summary"] == {"corrected": 2, "remaining": 0, "fresh": 0, "dropped": 0, "changed": 2}
        assert data["changed"][0]["new"]["raw"] == "3"

    def test_text_of_a_report_steers_no_terminal(self, command):
        old = OLD.replace("resolved: 8", 'resolved: "tám\\e[31m"')
        _, out, _ = command(old, OLD.replace("resolved: 8", 'resolved: "chín\\u202e"'), "--format", "plain")
        assert "\x1b" not in out
        assert "\u202e" not in out


FORM = Form(name="f", fields={name: FieldDef(path=name, type=FieldType.COUNT) for name in "abc"}, tables={})
LABELS = st.builds(
    lambda path, raw: Label(path=path, label=path, raw=raw, location=Location(file="x"), value=raw),
    st.sampled_from("abc"),
    st.sampled_from(["1", "2", ""]),
)
FINDINGS = st.lists(
    st.builds(
        lambda rule, labels: Diagnostic(
            id=rule, severity=Severity.ERROR, verdict=Verdict.FAIL, fields=tuple(labels), location=Location()
        ),
        st.sampled_from(["p/one", "p/two", "claims/three"]),
        st.lists(LABELS, max_size=3),
    ),
    max_size=6,
)


@hypothesis_given(FINDINGS, FINDINGS)
def test_every_finding_of_either_version_is_told_exactly_once(old, new):
    results = [FileResult(path=str(n), diagnostics=tuple(each)) for n, each in enumerate((old, new))]
    compared = compare_versions(Report(), results[0], Report(), results[1], FORM)
    told_old = [
        *compared.corrected,
        *(one for one, _ in compared.remaining),
        *(e.finding for e in compared.dropped),
    ]
    told_new = [*compared.fresh, *(two for _, two in compared.remaining)]
    assert sorted(map(repr, told_old)) == sorted(map(repr, old))
    assert sorted(map(repr, told_new)) == sorted(map(repr, new))
    assert all(one.id == two.id for one, two in compared.remaining)


def test_what_was_not_recognised_in_the_later_version_is_not_said_to_be_gone():
    place = Location(file="a.docx", paragraph=3)
    cell = Cell(path="hoso.received", value=Quantity(Fraction(10)), raw="10", location=place)
    old, form = Report(form="cchc", cells={"hoso.received": (cell,)}), form_of(Report(form="cchc"), ())
    for is_whole in (True, False):
        (changed,) = changed_figures(old, Report(form="cchc", is_whole=is_whole), form)
        assert changed.is_unread is not is_whole
