"""What the reviewer is told of the reports of many units."""

from __future__ import annotations

import os

import pytest

from validator import ValidatorError, review
from validator.model.problem import FileError
from validator.model.review import Standing

from .conftest import BAD, GOOD, LAST_YEAR, QUARTER, UNITS, file_of, findings, notes, report, rows


class TestUnits:
    def test_without_a_list_whoever_has_sent_is_a_row(self, desk):
        desk.put("a.yaml", report("xa-a"))
        desk.put("b.yaml", report("xa-b"))
        found = review(desk.folder)
        assert list(rows(found)) == ["xa-a", "xa-b"]
        assert found.missing == ()

    def test_a_list_at_the_top_of_the_folder_is_found(self, desk):
        desk.put("units.yaml", UNITS)
        desk.put("a.yaml", report("xa-a"))
        found = review(desk.folder)
        assert list(rows(found)) == ["huyen", "xa-a", "xa-b", "xa-c"]
        assert [row.unit.id for row in found.missing] == ["huyen", "xa-b", "xa-c"]

    def test_a_unit_is_recognised_by_its_name(self, desk):
        desk.put("a.yaml", report("{name: UBND xã Bắc Lý}"))
        desk.put("units.yaml", UNITS)
        assert rows(review(desk.folder))["xa-a"].standing is Standing.SUBMITTED

    def test_who_is_not_on_the_list_has_a_row_and_its_findings(self, desk):
        desk.put("units.yaml", UNITS)
        desk.put("la.yaml", report("xa-la", BAD, name="Xã Lạ"))
        found = review(desk.folder)
        assert notes(rows(found)["xa-la"]) == ["undeclared-unit"]
        assert "resolved-exceed-received" in findings(found, "xa-la")
        assert list(rows(found))[-1] == "xa-la"

    def test_who_names_no_unit_has_a_row_of_its_own_and_its_findings(self, desk):
        for name in ("mot.yaml", "hai.yaml"):
            desk.put(name, report("{level: commune}", BAD))
        found = review(desk.folder)
        assert sorted(rows(found)) == ["hai.yaml", "mot.yaml"]
        assert notes(found.units[0]) == ["no-unit"]
        assert "resolved-exceed-received" in findings(found, "mot.yaml")

    def test_two_units_of_one_name_are_told_apart_by_their_superior(self, desk):
        desk.put("units.yaml", SAME_NAMES)
        desk.put("h1/mot.yaml", report("{name: Xã Tân Lập}"))
        desk.put("h2/hai.yaml", report("{name: Xã Tân Lập}", BAD))
        found = rows(review(desk.folder))
        assert {file_of(found[each].current) for each in ("lap-1", "lap-2")} == {"mot.yaml", "hai.yaml"}

    def test_between_units_of_one_name_nothing_is_guessed_and_no_report_is_lost(self, desk):
        desk.put("units.yaml", SAME_NAMES)
        desk.put("mot.yaml", report("{name: Xã Tân Lập}"))
        desk.put("hai.yaml", report("{name: Xã Tân Lập}", BAD))
        found = review(desk.folder)
        theirs = [row for row in found.units if row.standing is Standing.SUBMITTED]
        assert sorted(file_of(row.current) for row in theirs) == ["hai.yaml", "mot.yaml"]
        assert [notes(row) for row in theirs] == [["ambiguous-unit"]] * 2
        assert "Xã Tân Lập (lap-1), Xã Tân Lập (lap-2)" in theirs[0].notes[0].title
        assert {row.unit.id for row in found.missing} == {"h1", "h2", "lap-1", "lap-2"}

    def test_a_document_between_units_of_one_name_is_taken_for_neither(self, desk):
        lines = "\n".join(TEXT_REPORT)
        desk.put("units.yaml", SAME_NAMES.replace("lap-1", "tan-lap"))
        desk.put("mot.txt", lines)
        found = review(desk.folder)
        assert found.unread == ()
        assert "tan-lap" in {row.unit.id for row in found.missing}

    def test_a_unit_that_is_its_own_ancestor_is_a_fault_of_the_list(self, desk):
        desk.put("a.yaml", report("xa-a"))
        lines = "units:\n  - {id: a, name: Xã A, parent: b}\n  - {id: b, name: Xã B, parent: a}\n"
        desk.put("units.yaml", lines)
        with pytest.raises(FileError) as told:
            review(desk.folder)
        assert told.value.problems[0].location.line == 2

    def test_a_list_that_does_not_exist_is_told(self, desk):
        desk.put("a.yaml", report("xa-a"))
        with pytest.raises(FileError):
            review(desk.folder, units=desk.folder / "khong-co.yaml")


TEXT_REPORT = (
    "ỦY BAN NHÂN DÂN XÃ TÂN LẬP",
    "BÁO CÁO",
    "Kết quả công tác cải cách hành chính 6 tháng đầu năm 2024",
    "Tổng số hồ sơ đã tiếp nhận: 10 hồ sơ.",
)
SAME_NAMES = """\
units:
  - {id: h1, name: Huyện Một, level: district}
  - {id: h2, name: Huyện Hai, level: district}
  - {id: lap-1, name: Xã Tân Lập, level: commune, parent: h1}
  - {id: lap-2, name: Xã Tân Lập, level: commune, parent: h2}
"""


class TestVersions:
    def test_the_newest_counts_and_older_ones_are_kept(self, desk):
        desk.put("z-cu.yaml", report("xa-a", BAD, submitted="2024-06-10"))
        desk.put("a-moi.yaml", report("xa-a", submitted="2024-06-20"))
        row = rows(found := review(desk.folder))["xa-a"]
        assert (file_of(row.current), [file_of(each) for each in row.older]) == ("a-moi.yaml", ["z-cu.yaml"])
        assert notes(row) == []
        assert findings(found, "xa-a") == {}

    def test_what_changed_since_the_version_before_is_told(self, desk):
        desk.put("lan-1.yaml", report("xa-a", BAD, submitted="2024-06-10"))
        desk.put("lan-2.yaml", report("xa-a", submitted="2024-06-20"))
        found = review(desk.folder)
        compared = found.details[rows(found)["xa-a"].key].comparison
        assert "cchc/resolved-exceed-received" in [each.id for each in compared.corrected]
        assert [each.path for each in compared.changed] == ["hoso.resolved", "hoso.pending"]

    def test_of_two_of_one_day_that_which_sorts_last_counts_and_doubt_is_told(self, desk):
        desk.put("bao-cao-2.yaml", report("xa-a", BAD, submitted="2024-06-20"))
        desk.put("bao-cao-10.yaml", report("xa-a", submitted="2024-06-20"))
        row = rows(review(desk.folder))["xa-a"]
        assert file_of(row.current) == "bao-cao-10.yaml"
        assert notes(row) == ["versions-same-date"]

    def test_undated_versions_are_in_doubt(self, desk):
        desk.put("mot.yaml", report("xa-a", BAD))
        desk.put("hai.yaml", report("xa-a", submitted="2024-06-20"))
        row = rows(review(desk.folder))["xa-a"]
        assert file_of(row.current) == "hai.yaml"
        assert notes(row) == ["versions-undated"]

    def test_the_same_figures_twice_are_no_second_version(self, desk):
        desk.put("mot.yaml", report("xa-a", "hoso: {received: 1000}\n"))
        desk.put("sao.yaml", report("xa-a", 'hoso: {received: "1.000"}\n'))
        row = rows(found := review(desk.folder))["xa-a"]
        assert notes(row) == ["repeated"]
        assert [bool(each.same_as) for each in row.older] == [True]
        assert found.details[row.key].comparison is None

    def test_several_forms_are_rows_of_their_own(self, desk):
        desk.put("units.yaml", UNITS)
        desk.put("cchc.yaml", report("xa-a"))
        desk.put("cchc-b.yaml", report("xa-b"))
        desk.put("demo.yaml", report("xa-a", "hoso: {received: 3, resolved: 2}\n", form="demo"))
        found = review(desk.folder)
        assert [row.form for row in found.units if row.unit.id == "xa-a"] == ["cchc", "demo"]
        assert [row.unit.id for row in found.missing] == ["huyen", "xa-c"]


class TestPeriods:
    def test_the_period_that_most_reports_are_of_is_reviewed(self, desk):
        desk.put("units.yaml", UNITS)
        desk.put("a.yaml", report("xa-a"))
        desk.put("b.yaml", report("xa-b"))
        desk.put("c.yaml", report("xa-c", period=QUARTER))
        found = review(desk.folder)
        assert found.period.kind == "half_year"
        assert notes(rows(found)["xa-c"]) == ["sent-other-period"]
        assert rows(found)["xa-c"].standing is Standing.MISSING
        assert [(file_of(each), note.id) for each, note in found.aside] == [("c.yaml", "review/other-period")]

    def test_the_period_can_be_named(self, desk):
        desk.put("a.yaml", report("xa-a"))
        desk.put("b.yaml", report("xa-b"))
        desk.put("c.yaml", report("xa-c", period=QUARTER))
        assert list(rows(review(desk.folder, period="2024-Q1"))) == ["xa-c"]

    @pytest.mark.parametrize("text", ["quý 1", "2024-Q5", "2024-06-30..2024-01-01", ""])
    def test_a_period_that_cannot_be_understood_is_wrong_use(self, desk, text):
        desk.put("a.yaml", report("xa-a"))
        with pytest.raises(ValidatorError) as told:
            review(desk.folder, period=text)
        assert told.value.problem.code == "cli/bad-period"

    def test_other_days_of_the_same_period_are_noted(self, desk):
        for unit in ("xa-a", "xa-b"):
            desk.put(f"{unit}.yaml", report(unit))
        other = "{kind: half_year, from: 2024-01-01, to: 2024-06-30}"
        desk.put("c.yaml", report("xa-c", period=other))
        found = rows(review(desk.folder))
        assert [notes(found[unit]) for unit in ("xa-a", "xa-b", "xa-c")] == [[], [], ["other-window"]]

    def test_notes_name_files_as_seen_from_the_folder(self, desk):
        desk.put("units.yaml", UNITS)
        desk.put("a/a.yaml", report("xa-a"))
        desk.put("b/b.yaml", report("xa-b"))
        desk.put("c/c.yaml", report("xa-c", period=QUARTER))
        (note,) = rows(review(desk.folder))["xa-c"].notes
        assert note.title.endswith(": c/c.yaml")

    def test_a_report_without_a_period_is_reviewed_and_that_is_noted(self, desk):
        desk.put("a.yaml", report("xa-a"))
        desk.put("b.yaml", "report: {form: cchc, unit: {id: xa-b, name: Xã B}}\n" + BAD)
        found = review(desk.folder)
        assert notes(rows(found)["xa-b"]) == ["no-period"]
        assert "resolved-exceed-received" in findings(found, "xa-b")


class TestFiles:
    def test_a_file_that_cannot_be_read_marks_the_unit_that_its_name_names(self, desk):
        desk.put("units.yaml", UNITS)
        desk.put("a.yaml", report("xa-a"))
        desk.put("Báo cáo xã Đồng Văn.docx", b"PK\x03\x04 broken")
        found = review(desk.folder)
        assert rows(found)["xa-b"].standing is Standing.UNREADABLE
        assert [row.unit.id for row in found.missing] == ["huyen", "xa-c"]
        assert len(found.unread) == 1

    def test_a_folder_without_reports_is_wrong_use(self, desk):
        with pytest.raises(ValidatorError) as told:
            review(desk.folder)
        assert told.value.problem.code == "cli/no-reports"

    def test_a_folder_named_like_a_report_is_no_report(self, desk):
        desk.put("a.yaml", report("xa-a"))
        desk.put("thu-muc.yaml/b.yaml", report("xa-b"))
        found = review(desk.folder)
        assert list(rows(found)) == ["xa-a", "xa-b"]
        assert found.unread == ()

    def test_a_pipe_is_told_and_not_waited_for(self, desk):
        desk.put("a.yaml", report("xa-a"))
        os.mkfifo(desk.folder / "ong.yaml")
        found = review(desk.folder)
        assert list(rows(found)) == ["xa-a"]
        assert [each.path.endswith("ong.yaml") for each in found.unread] == [True]

    def test_a_file_named_twice_is_taken_once(self, desk, monkeypatch):
        monkeypatch.chdir(desk.folder.parent)
        path = desk.put("a.yaml", report("xa-a"))
        found = review(["in", desk.folder, path, "in/../in/a.yaml"])
        assert found.files == 1
        assert rows(found)["xa-a"].older == ()

    def test_what_is_told_is_the_same_on_several_processes(self, desk):
        desk.put("units.yaml", UNITS)
        for number in range(70):
            body = BAD if number % 7 == 0 else GOOD
            desk.put(f"{number}.yaml", report(f"xa-{number}", body) if number % 9 else "hỏng: [")
        pooled = review(desk.folder)
        alone = {name: review(desk.folder / name) for name in ("7.yaml", "8.yaml", "35.yaml")}
        assert pooled.files == 70
        assert len(pooled.unread) == 8
        for name, each in alone.items():
            row = each.units[0]
            same = next(one for one in pooled.units if one.current and file_of(one.current) == name)
            assert same.tallies == row.tallies


class TestArchive:
    def test_the_archive_says_what_was_pending_before(self, desk):
        desk.put("a.yaml", report("xa-a", "hoso: {received: 10, carried_over: 3}\n"))
        desk.keep("xa-a/cchc_2022-12-15_2023-12-14.yaml", PENDING_2)
        found = review(desk.folder, archive=desk.archive)
        assert findings(found, "xa-a")[CARRIED].explanation.startswith("3 ≠ 2")

    def test_the_version_that_was_submitted_counts_and_its_correction_is_named(self, desk):
        desk.put("a.yaml", report("xa-a", "hoso: {received: 10, carried_over: 2}\n"))
        desk.keep("xa-a/cchc_2022-12-15_2023-12-14.yaml", PENDING_2)
        desk.keep("xa-a/cchc_2022-12-15_2023-12-14_v2.yaml", PENDING_2.replace("pending: 2", "pending: 3"))
        told = findings(review(desk.folder, archive=desk.archive), "xa-a")
        assert list(told) == ["prior-corrected"]
        assert "2" in told["prior-corrected"].explanation
        assert "3" in told["prior-corrected"].explanation

    def test_a_period_before_that_lies_in_the_folder_serves_as_well(self, desk):
        desk.put("a.yaml", report("xa-a", "hoso: {received: 10, carried_over: 3}\n"))
        desk.put("b.yaml", report("xa-b"))
        desk.put("nam-truoc.yaml", PENDING_2)
        assert CARRIED in findings(review(desk.folder), "xa-a")

    def test_the_archive_goes_before_the_folder(self, desk):
        desk.put("a.yaml", report("xa-a", "hoso: {received: 10, carried_over: 2}\n"))
        desk.put("b.yaml", report("xa-b"))
        desk.put("nam-truoc.yaml", PENDING_2.replace("pending: 2", "pending: 7"))
        desk.keep("xa-a/cchc_2022-12-15_2023-12-14.yaml", PENDING_2)
        assert findings(review(desk.folder, archive=desk.archive), "xa-a") == {}

    def test_a_cumulative_figure_that_fell_is_told(self, desk):
        desk.put("a.yaml", report("xa-a", "hoso: {received: 10, resolved: 8}\n"))
        quarter = report("xa-a", "hoso: {received: 11, resolved: 8}\n", period=QUARTER)
        desk.keep("xa-a/cchc_2023-12-15_2024-03-14.yaml", quarter)
        found = review(desk.folder, archive=desk.archive)
        assert "10 < 11" in findings(found, "xa-a")["received-fell-within-year"].explanation

    def test_versions_that_conflict_are_told_and_not_used(self, desk):
        desk.put("a.yaml", report("xa-a", "hoso: {received: 10, carried_over: 3}\n"))
        desk.keep("mot/x.yaml", PENDING_2)
        desk.keep("hai/y.yaml", PENDING_2.replace("pending: 2", "pending: 3"))
        found = review(desk.folder, archive=desk.archive)
        assert [each.id for each in found.notes] == ["archive/conflict"]
        assert findings(found, "xa-a") == {}

    def test_an_archive_that_is_not_there_is_told(self, desk):
        desk.put("a.yaml", report("xa-a"))
        found = review(desk.folder, archive=desk.archive / "khong-co")
        assert [each.id for each in found.notes] == ["read/unreadable-file"]


CARRIED = "carried-over-differs-from-prior-pending"
PENDING_2 = report("xa-a", "hoso: {received: 9, resolved: 7, pending: 2}\n", period=LAST_YEAR)


class TestChildren:
    """Sums over the units below: who is missing is unknown, not nothing."""

    def district(self, desk, total, **received):
        desk.put("units.yaml", UNITS)
        desk.put("huyen.yaml", report("huyen", f"hoso: {{commune: {{received: {total}}}}}\n"))
        for unit, count in received.items():
            desk.put(f"{unit}.yaml", report(f"xa-{unit}", f"hoso: {{received: {count}}}\n"))
        return findings(review(desk.folder), "huyen").get("commune-received-differs-from-reports")

    def test_all_there_and_agreed(self, desk):
        assert self.district(desk, 30, a=10, b=15, c=5) is None

    def test_all_there_and_not_agreed(self, desk):
        told = self.district(desk, 31, a=10, b=15, c=5)
        assert (told.verdict.value, told.explanation.partition(";")[0]) == ("fail", "31 ≠ 10 + 15 + 5 = 30")

    def test_who_is_missing_bounds_what_is_left(self, desk):
        told = self.district(desk, 42, a=10, b=15)
        assert told.verdict.value == "undecided"
        assert "1/3 đơn vị chưa nộp: Xã Hòa Bình" in told.explanation
        assert "phần còn lại 17 hồ sơ phải là của đơn vị này" in told.explanation

    def test_two_that_are_missing_are_named(self, desk):
        told = self.district(desk, 42, a=10)
        assert "2/3 đơn vị chưa nộp: Xã Đồng Văn, Xã Hòa Bình" in told.explanation
        assert "phần còn lại 32 hồ sơ phải là của 2 đơn vị này" in told.explanation

    def test_those_there_may_exceed_the_total_already(self, desk):
        told = self.district(desk, 20, a=10, b=15)
        assert told.verdict.value == "fail"
        assert "các đơn vị đã nộp đã vượt tổng 5 hồ sơ" in told.explanation

    def test_what_is_left_may_be_the_figure_of_one_unit(self, desk):
        told = self.district(desk, 20, a=10, b=15, c=5)
        assert "bằng đúng số của Xã Bắc Lý" in told.explanation

    def test_a_unit_below_that_reports_another_period_is_missing(self, desk):
        desk.put("c.yaml", report("xa-c", "hoso: {received: 5}\n", period=QUARTER))
        told = self.district(desk, 30, a=10, b=15)
        assert told.verdict.value == "undecided"
        assert "chỉ có báo cáo kỳ khác: Xã Hòa Bình" in told.explanation

    def test_a_unit_below_that_cannot_be_read_is_missing(self, desk):
        desk.put("xa-hoa-binh.docx", b"PK\x03\x04 broken")
        assert "có tệp không đọc được: Xã Hòa Bình" in self.district(desk, 30, a=10, b=15).explanation

    def test_only_the_version_that_counts_is_added_up(self, desk):
        desk.put("a-cu.yaml", report("xa-a", "hoso: {received: 99}\n", submitted="2024-06-01"))
        desk.put("a-moi.yaml", report("xa-a", "hoso: {received: 10}\n", submitted="2024-06-02"))
        assert self.district(desk, 30, b=15, c=5) is None


class TestExplanations:
    PLAN = "plan: {tasks: 21, done: 13, pct: '61%'}\n"

    def explained(self, desk, body, **changes):
        from validator import explain_finding

        path = desk.put("a.yaml", report("xa-a", self.PLAN))
        explain_finding(path, "cchc/plan-share-differs", reason="Chỉ ghi phần nguyên.", by="Hà")
        desk.put("a.yaml", report("xa-a", body, **changes))
        return review(desk.folder)

    def test_a_valid_one_is_listed_and_counted_apart(self, desk):
        found = self.explained(desk, self.PLAN)
        told = findings(found, "xa-a")
        assert list(told) == ["plan-share-differs"]
        assert "Chỉ ghi phần nguyên." in told["plan-share-differs"].waiver
        tally = rows(found)["xa-a"].tallies["plan"]
        assert (tally.warnings, tally.errors, tally.explained) == (0, 0, 1)

    def test_one_whose_figures_changed_has_lapsed(self, desk):
        found = self.explained(desk, self.PLAN.replace("13", "14").replace("61", "66"))
        told = findings(found, "xa-a")
        assert set(told) == {"plan-share-differs", "lapsed"}
        assert told["plan-share-differs"].waiver == ""

    def test_one_that_answers_nothing_is_told(self, desk):
        assert set(findings(self.explained(desk, self.PLAN.replace("61%", "62%")), "xa-a")) == {"unused"}

    def test_what_must_be_corrected_cannot_be_explained_away(self, desk):
        desk.put("a.yaml", report("xa-a", BAD))
        text = "explanations:\n  - {rule: cchc/resolved-exceed-received, reason: Vì thế.}\n"
        desk.put("a.giai-trinh.yaml", text)
        told = findings(review(desk.folder), "xa-a")
        assert told["resolved-exceed-received"].waiver == ""
        assert any(each.startswith("hard") for each in told)


class TestFaultsOfTheArchive:
    @pytest.fixture
    def notes(self, desk):
        def look(**files):
            desk.put("a.yaml", report("xa-a"))
            for name, text in files.items():
                desk.keep(f"{name}.yaml", text)
            return review(desk.folder, archive=desk.archive).notes

        return look

    def test_each_names_its_file(self, notes):
        (note,) = notes(hong="a: [")
        assert note.title.startswith(note.location.file + ": ")

    def test_a_file_that_is_named_already_is_not_named_twice(self, notes):
        (note,) = notes(vodanh=report("{name: Xã A}").replace("unit: {name: Xã A}", "unit: {}"))
        assert note.title.count("vodanh.yaml") == 1

    def test_the_same_words_are_said_once_for_all_files(self, notes):
        (note,) = notes(**{f"hong{number}": "a: [" for number in range(3)})
        assert all(f"hong{number}.yaml" in note.title for number in range(3))

    def test_of_many_the_first_are_named_and_the_others_counted(self, notes):
        (note,) = notes(**{f"hong{number:03}": "a: [" for number in range(50)})
        assert "hong019.yaml … và 30 tệp khác: " in note.title
        assert "hong020" not in note.title

    def test_so_are_those_whose_words_name_the_file(self, notes):
        text = report("{name: Xã A}").replace("unit: {name: Xã A}", "unit: {}")
        found = notes(**{f"vodanh{number:03}": text for number in range(50)})
        assert len(found) == 21
        assert found[-1].title == "… và 30 tệp khác có vấn đề cùng loại"
