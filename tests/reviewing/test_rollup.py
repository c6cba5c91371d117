"""The superior's report computed from those of its units."""

from __future__ import annotations

import os
import shutil
import tempfile
from fractions import Fraction
from functools import cache
from pathlib import Path

import pytest
import yaml
from hypothesis import given, settings
from hypothesis import strategies as st

import validator
from validator import ValidatorError, check, load_pack, read_report
from validator.cli.main import main
from validator.engine.context import Context
from validator.engine.plan import Plan
from validator.lang.ir import walk
from validator.model.location import Location
from validator.model.report import Cell, Report, Unit
from validator.model.verdict import Verdict
from validator.readers.notation import load_notation
from validator.render.written import written_value
from validator.reviewing.rollup_plan import Addition
from validator.reviewing.rollup_sum import add_up
from validator.submissions import reading

HALF = "{kind: half_year, from: 2024-01-01, to: 2024-06-30}"
YEAR = "{kind: year, from: 2023-01-01, to: 2023-12-31}"
UNITS = """\
units:
  - {id: tan-son, name: Huyện Tân Sơn, level: district}
  - {id: xa-a, name: Xã A, level: commune, parent: tan-son}
  - {id: xa-b, name: Xã B, level: commune, parent: tan-son}
  - {id: xa-c, name: Xã C, level: commune, parent: tan-son}
"""


@cache
def summing():
    """Return the shipped pack with sums of tasks and money, which its form leaves to each unit."""
    folder = Path(tempfile.mkdtemp()) / "cchc"
    shutil.copytree(load_pack("cchc").folder, folder)
    pack = folder / "pack.yaml"
    lines = pack.read_text(encoding="utf-8").splitlines(keepends=True)
    pack.write_text(
        "".join(
            line.replace(" rollup: none,", "") if line.lstrip().startswith(("tasks.", "budget.")) else line
            for line in lines
        ),
        encoding="utf-8",
    )
    return load_pack(folder)


def rollup(sources, **options):
    return validator.rollup(sources, **{"packs": [summing(), "kstt", "par-index"], **options})


def report(name, body, *, period=HALF, parent="tan-son", submitted="", form="cchc"):
    day = f", submitted: {submitted}" if submitted else ""
    unit = f"{{id: xa-{name}, name: Xã {name.upper()}, level: commune, parent: {parent}}}"
    return f"report: {{form: {form}, unit: {unit}, period: {period}{day}}}\n{body}"


@pytest.fixture
def folder(tmp_path):
    """Write files into a folder and return it."""

    def write(**files):
        place = tmp_path / "in"
        place.mkdir(exist_ok=True)
        for name, text in files.items():
            (place / f"{name}.yaml").write_text(text, encoding="utf-8")
        return place

    return write


def values(rolled):
    return {path: cells[0].value.value for path, cells in rolled.report.cells.items()}


def left_out(rolled):
    return {each.path: each.reason for each in rolled.left_out}


def aside(rolled):
    return {os.path.basename(each.path): each.reason.id for each in rolled.aside}  # noqa: PTH119


class TestSums:
    def test_a_field_goes_where_the_rule_about_children_says(self, folder):
        place = folder(a=report("a", "hoso: {received: 120}"), b=report("b", "hoso: {received: 95}"))
        rolled = rollup(place)
        assert values(rolled) == {"hoso.commune.received": 215}
        how = rolled.figures["hoso.commune.received"]
        assert [(each.unit.name, each.cell.raw) for each in how.sources] == [("Xã A", "120"), ("Xã B", "95")]

    def test_what_stands_beside_such_a_field_goes_the_same_way_or_nowhere(self, folder):
        place = folder(
            a=report("a", "hoso: {received: 3, online: 2, returned: 1}"),
            units=UNITS,
        )
        rolled = rollup(place)
        assert values(rolled) == {"hoso.commune.received": 3, "hoso.commune.online": 2}
        assert left_out(rolled) == {"hoso.returned": "own-part"}

    def test_for_a_superior_of_another_level_the_rule_does_not_apply(self, folder):
        units = UNITS.replace("level: district", "level: commune")
        place = folder(a=report("a", "hoso: {received: 3}"))
        (place / "units.yaml").write_text(units, encoding="utf-8")
        assert values(rollup(place, units=place / "units.yaml")) == {"hoso.received": 3}

    def test_other_counts_and_money_keep_their_names(self, folder):
        place = folder(
            a=report("a", "tasks: {assigned: 3}\nbudget: {revenue: {plan: '25,16 tỷ đồng'}}"),
            b=report("b", "tasks: {assigned: 4}\nbudget: {revenue: {plan: '900 triệu đồng'}}"),
        )
        found = values(rollup(place))
        assert found["tasks.assigned"] == 7
        assert found["budget.revenue.plan"] == 26_060_000_000

    def test_money_has_only_the_digits_that_all_parts_have(self, folder):
        place = folder(
            a=report("a", "budget: {revenue: {plan: '25 tỷ đồng'}}"),
            b=report("b", "budget: {revenue: {plan: '1,234 tỷ đồng'}}"),
        )
        rolled = rollup(place)
        assert values(rolled)["budget.revenue.plan"] == 26_000_000_000
        assert rolled.figures["budget.revenue.plan"].total == 26_234_000_000

    def test_words_days_scores_and_what_the_pack_excepts_are_left_out_and_named(self, folder):
        body = "procedures: {total: 100}\nsurvey: {method: Phát phiếu}\ndocument: {date: 2024-06-20}"
        rolled = rollup(folder(a=report("a", body)))
        assert left_out(rolled) == dict.fromkeys(
            ("procedures.total", "survey.method", "document.date"), "not-additive"
        )

    def test_a_unit_that_does_not_state_a_figure_makes_the_sum_a_lower_bound(self, folder):
        place = folder(a=report("a", "hoso: {received: 3}"), b=report("b", "hoso: {received: '-', new: 1}"))
        (place / "units.yaml").write_text(UNITS, encoding="utf-8")
        rolled = rollup(place, units=place / "units.yaml")
        lacking = rolled.figures["hoso.commune.received"].lacking
        assert {(each.unit.id, each.reason) for each in lacking} == {
            ("xa-c", "not-submitted"),
            ("xa-b", "not-stated"),
        }
        assert [unit.id for unit in rolled.missing] == ["xa-c"]

    def test_a_figure_that_cannot_be_read_is_not_zero(self, folder):
        place = folder(a=report("a", "hoso: {received: 3}"), b=report("b", "hoso: {received: ba trăm}"))
        rolled = rollup(place)
        assert [each.reason for each in rolled.figures["hoso.commune.received"].lacking] == ["unreadable"]


class TestShares:
    def test_a_share_is_worked_out_from_the_sums_and_never_averaged(self, folder):
        place = folder(
            a=report("a", "tasks: {assigned: 10, done: 10, done_pct: 100%}"),
            b=report("b", "tasks: {assigned: 22, done: 16, done_pct: '72,73%'}"),
        )
        rolled = rollup(place)
        assert values(rolled)["tasks.done_pct"] == Fraction("0.8125")
        assert rolled.figures["tasks.done_pct"].parts == ("tasks.done", "tasks.assigned")
        assert rolled.figures["tasks.done_pct"].rule == "cchc/task-share-differs"

    @pytest.mark.parametrize(
        ("done", "of", "share"), [(26, 32, "0.8125"), (1, 32, "0.0313"), (2, 3, "0.6667"), (1, 3, "0.3333")]
    )
    def test_has_two_decimals_a_tie_goes_up(self, folder, done, of, share):
        rolled = rollup(folder(a=report("a", f"tasks: {{assigned: {of}, done: {done}}}")))
        assert values(rolled)["tasks.done_pct"] == Fraction(share)

    def test_parts_that_other_units_state_give_no_share(self, folder):
        place = folder(
            a=report("a", "tasks: {assigned: 10, done: 9, done_pct: 90%}"),
            b=report("b", "tasks: {assigned: 22}"),
        )
        assert left_out(rollup(place)) == {"tasks.done_pct": "parts-of-other-units"}

    def test_a_share_without_its_sums_or_without_a_rule_is_left_out(self, folder):
        body = "tasks: {done_pct: 90%}\nsurvey: {satisfied_pct: 95%}"
        rolled = rollup(folder(a=report("a", body)))
        assert left_out(rolled) == {"tasks.done_pct": "parts-missing", "survey.satisfied_pct": "no-rule"}

    def test_a_share_of_nothing_is_left_out(self, folder):
        rolled = rollup(folder(a=report("a", "tasks: {assigned: 0, done: 0, done_pct: 100%}")))
        assert left_out(rolled) == {"tasks.done_pct": "parts-missing"}

    def test_a_share_of_money_is_that_of_the_exact_sums(self, folder):
        place = folder(
            a=report("a", "budget: {revenue: {plan: '25 tỷ đồng', actual: '20 tỷ đồng'}}"),
            b=report("b", "budget: {revenue: {plan: '0,4 tỷ đồng', actual: '0,3 tỷ đồng'}}"),
        )
        assert values(rollup(place))["budget.revenue.pct"] == Fraction("0.7992")


KSTT = """\
linh_vuc:
  - {name: Đất đai, received: 10, online: 4}
  - {name: Hộ tịch, received: 5}
"""


class TestTables:
    def test_rows_go_together_by_their_names(self, folder):
        place = folder(
            a=report("a", KSTT, form="kstt"),
            b=report("b", "linh_vuc:\n  - {name: '  đất   đai', received: 7, online: 1}\n", form="kstt"),
        )
        rolled = validator.rollup(place)
        rows = [
            {
                name: cell.value if isinstance(cell.value, str) else cell.value.value
                for name, cell in row.cells.items()
            }
            for row in rolled.report.tables["linh_vuc"]
        ]
        assert rows == [
            {"name": "Đất đai", "received": 17, "online": 5},
            {"name": "Hộ tịch", "received": 5},
        ]
        assert len(rolled.figures["linh_vuc[1].received"].sources) == 2
        assert [each.unit.id for each in rolled.figures["linh_vuc[2].received"].lacking] == ["xa-b"]

    def test_rows_without_a_name_are_left_out_and_named(self, folder):
        rolled = validator.rollup(folder(a=report("a", KSTT + "  - {received: 3}\n", form="kstt")))
        assert left_out(rolled) == {"linh_vuc": "rows-without-name"}
        assert len(rolled.report.tables["linh_vuc"]) == 2

    def test_scores_are_left_out_and_named(self, folder):
        body = "scores:\n  - {code: '1', criterion: Kế hoạch, max: 2, awarded: 1}\n"
        rolled = validator.rollup(folder(a=report("a", body + "summary: {awarded: 90}", form="par-index")))
        assert left_out(rolled) == {"summary.awarded": "not-additive", "scores": "not-additive"}
        assert not rolled.report.tables


class TestWhatCounts:
    def test_the_newest_version_of_a_unit_counts(self, folder):
        place = folder(
            a1=report("a", "hoso: {received: 1}", submitted="2024-06-20"),
            a2=report("a", "hoso: {received: 2}", submitted="2024-06-10"),
        )
        rolled = rollup(place)
        assert values(rolled) == {"hoso.commune.received": 1}
        assert aside(rolled) == {"a2.yaml": "rollup/older-version"}

    def test_of_versions_that_no_day_tells_apart_the_last_by_name_counts_and_that_is_told(self, folder):
        place = folder(
            **{f"a-{number}": report("a", f"hoso: {{received: {number}}}") for number in (2, 9, 10)}
        )
        rolled = rollup(place)
        assert values(rolled) == {"hoso.commune.received": 10}
        assert aside(rolled) == dict.fromkeys(("a-2.yaml", "a-9.yaml"), "rollup/undated-version")
        assert rolled.unused

    def test_a_copy_of_a_report_is_told_and_troubles_nobody(self, folder):
        text = report("a", "hoso: {received: 1}")
        rolled = rollup(folder(a1=text, a2=text))
        assert aside(rolled) == {"a1.yaml": "rollup/repeated"}
        assert not rolled.unused

    def test_a_fault_that_one_file_brings_to_light_is_told_of_that_file(self, folder, monkeypatch):
        place = folder(a=report("a", "hoso: {received: 1}"), b=report("b", "hoso: {received: 2}"))
        read = reading.read

        def failing(source, name, *rest):
            if Path(name).name == "b.yaml":
                raise KeyError(name)
            return read(source, name, *rest)

        monkeypatch.setattr(reading, "read", failing)
        rolled = rollup(place)
        assert values(rolled) == {"hoso.commune.received": 1}
        assert aside(rolled) == {"b.yaml": "read/unexpected"}

    def test_a_file_named_twice_counts_once(self, folder):
        place = folder(a=report("a", "hoso: {received: 1}"))
        assert values(rollup([place, place / "a.yaml"])) == {"hoso.commune.received": 1}

    def test_reports_of_another_period_superior_or_form_are_set_aside(self, folder):
        place = folder(
            a=report("a", "hoso: {received: 1}"),
            b=report("b", "hoso: {received: 1}"),
            c=report("c", "hoso: {received: 1}", period=YEAR),
            d=report("d", "hoso: {received: 1}", parent="thanh-ba"),
            e=report("e", "ho_so: {received: 1}", form="kstt"),
        )
        rolled = rollup(place, parent="tan-son")
        assert aside(rolled) == {
            "c.yaml": "rollup/other-period",
            "d.yaml": "rollup/other-parent",
            "e.yaml": "rollup/other-form",
        }
        assert values(rolled) == {"hoso.commune.received": 2}
        assert not rolled.unused

    def test_windows_that_differ_by_days_are_one_period(self, folder):
        other = "{kind: half_year, from: 2023-12-15, to: 2024-06-14}"
        place = folder(
            a=report("a", "hoso: {received: 1}"), b=report("b", "hoso: {received: 1}", period=other)
        )
        assert values(rollup(place)) == {"hoso.commune.received": 2}

    def test_days_that_are_no_usual_period_are_compared_as_days(self, folder):
        odd = "{from: 2024-01-01, to: 2024-05-10}"
        place = folder(
            a=report("a", "hoso: {received: 1}", period=odd), b=report("b", "hoso: {received: 2}"), h=OWN
        )
        rolled = rollup(place, period="2024-01-01..2024-05-10")
        assert values(rolled) == {"hoso.commune.received": 1}
        assert aside(rolled) == dict.fromkeys(("b.yaml", "h.yaml"), "rollup/other-period")

    def test_days_that_nobody_has_leave_nothing_to_add_up(self, folder):
        with pytest.raises(ValidatorError) as told:
            rollup(folder(a=report("a", "hoso: {received: 1}")), period="2024-01-01..2024-05-10")
        assert told.value.problem.code == "rollup/no-reports"

    def test_a_broken_file_is_named_and_the_others_are_added_up(self, folder):
        rolled = rollup(folder(a=report("a", "hoso: {received: 1}"), b="a: [", c="no: report"))
        assert values(rolled) == {"hoso.commune.received": 1}
        assert [os.path.basename(each.path) for each in rolled.unused] == ["b.yaml"]  # noqa: PTH119

    def test_a_unit_that_is_not_declared_is_set_aside(self, folder):
        place = folder(a=report("a", "hoso: {received: 1}"), z=report("z", "hoso: {received: 1}"))
        (place / "units.yaml").write_text(UNITS, encoding="utf-8")
        assert aside(rollup(place, units=place / "units.yaml")) == {"z.yaml": "rollup/unit-unknown"}

    def test_the_head_names_the_superior_and_the_period(self, folder):
        place = folder(a=report("a", "hoso: {received: 1}"))
        (place / "units.yaml").write_text(UNITS, encoding="utf-8")
        made = rollup(place, units=place / "units.yaml").report
        assert (made.unit.id, made.unit.name, made.unit.level) == ("tan-son", "Huyện Tân Sơn", "district")
        assert (made.period.kind, str(made.period.end)) == ("half_year", "2024-06-30")

    @pytest.mark.parametrize(
        ("files", "code"),
        [
            ({}, "cli/no-reports"),
            ({"a": report("a", "hoso: {received: 1}", parent="null")}, "rollup/no-parent"),
            (
                {"a": report("a", "hoso: {new: 1}"), "b": report("b", "hoso: {new: 1}", parent="thanh-ba")},
                "rollup/several-parents",
            ),
        ],
    )
    def test_without_one_superior_there_is_nothing_to_compute(self, folder, files, code):
        with pytest.raises(ValidatorError) as told:
            rollup(folder(**files))
        assert told.value.problem.code == code

    @pytest.mark.parametrize(
        ("parent", "units", "code", "near"),
        [
            ("huyen-tan-son", False, "rollup/unknown-parent-reports-near", "tan-son"),
            ("qqq", False, "rollup/unknown-parent-reports", ""),
            ("tan-sonn", True, "rollup/unknown-parent-near", "tan-son"),
            ("qqq", True, "rollup/unknown-parent", ""),
        ],
    )
    def test_a_superior_that_nobody_knows_is_refused(self, folder, parent, units, code, near):
        place = folder(a=report("a", "hoso: {received: 1}"), h=OWN + "hoso: {received: 9}")
        (place / "units.yaml").write_text(UNITS, encoding="utf-8")
        with pytest.raises(ValidatorError) as told:
            rollup(place, parent=parent, units=place / "units.yaml" if units else None)
        assert (told.value.problem.code, told.value.problem.args["near"]) == (code, near)

    def test_of_units_that_name_no_superior_those_of_another_level_are_set_aside(self, folder):
        place = folder(
            a=report("a", "hoso: {received: 1}", parent="null"),
            b=report("b", "hoso: {received: 2}", parent="null"),
            h=OWN + "hoso: {received: 9}",
        )
        rolled = rollup(place, parent="huyen-khac")
        assert aside(rolled) == {"h.yaml": "rollup/other-level"}
        assert [unit.id for unit in rolled.units] == ["xa-a", "xa-b"]
        assert rolled.unused

    def test_what_is_no_report_is_passed_over_by_name(self, folder):
        place = folder(a=report("a", "hoso: {received: 1}"), c="no: report")
        (place / "note.txt").write_text("Xã Phan Rí đã nhận 12 công văn.\n", encoding="utf-8")
        (place / "scan.png").write_bytes(b"")
        for form in (None, "cchc"):
            rolled = rollup(place, form=form)
            names = [os.path.basename(each) for each in rolled.passed_over]  # noqa: PTH119
            assert names == ["c.yaml", "note.txt", "scan.png"]
            assert not rolled.aside

    def test_an_office_document_that_is_no_report_is_set_aside(self, folder):
        place = folder(a=report("a", "hoso: {received: 1}"))
        docx = pytest.importorskip("docx")
        document = docx.Document()
        document.add_paragraph("Đơn xin nghỉ phép")
        document.save(str(place / "don.docx"))
        assert aside(rollup(place, form="cchc")) == {"don.docx": "rollup/no-report"}
        assert aside(rollup(place)) == {"don.docx": "document/no-form"}

    def test_a_list_of_units_with_faults_is_told(self, folder):
        place = folder(a=report("a", "hoso: {received: 1}"))
        (place / "units.yaml").write_text("units: []", encoding="utf-8")
        with pytest.raises(ValidatorError) as told:
            rollup(place, units=place / "units.yaml")
        assert told.value.problem.code == "units/no-units"


OWN = "report: {form: cchc, unit: {id: tan-son, name: Huyện Tân Sơn, level: district}, period: %s}\n" % HALF  # noqa: UP031


class TestTheSuperiorsOwnReport:
    def own(self, folder, body, *, units=False):
        place = folder(
            a=report("a", "hoso: {received: 3}\ntasks: {assigned: 5}"),
            b=report("b", "hoso: {received: 4}"),
            h=OWN + body,
        )
        if units:
            (place / "units.yaml").write_text(UNITS, encoding="utf-8")
        return rollup(place, units=place / "units.yaml" if units else None)

    def test_is_compared_and_not_added(self, folder):
        rolled = self.own(folder, "hoso: {commune: {received: 8}}")
        assert values(rolled)["hoso.commune.received"] == 7
        assert [(each.path, each.own.raw, each.why) for each in rolled.differences] == [
            ("hoso.commune.received", "8", "")
        ]
        assert rolled.contradictions

    def test_every_statement_is_held_against_the_sum_not_the_first_alone(self, folder):
        rolled = self.own(folder, "hoso: {commune: {received: [7, 8, 8]}}")
        assert [(each.own.raw, each.why) for each in rolled.differences] == [("8", "")]

    def test_what_is_more_may_be_with_the_units_that_are_lacking(self, folder):
        rolled = self.own(folder, "hoso: {commune: {received: 8}}", units=True)
        assert [each.why for each in rolled.differences] == ["lacking"]
        assert not rolled.contradictions

    def test_what_is_less_contradicts_the_units_whoever_is_lacking(self, folder):
        assert self.own(folder, "hoso: {commune: {received: 6}}", units=True).contradictions

    def test_a_figure_of_the_same_name_may_hold_a_part_of_its_own(self, folder):
        rolled = self.own(folder, "tasks: {assigned: 9}")
        assert [each.why for each in rolled.differences] == ["lacking"]

    @pytest.mark.parametrize(
        ("own", "parts", "differs"),
        [
            # Ten figures may each be half a step more or less than written.
            ("2,98 tỷ đồng", ["0,30 tỷ đồng"] * 10, False),
            ("2,94 tỷ đồng", ["0,30 tỷ đồng"] * 10, True),
            ("1,9 tỷ đồng", ["1 tỷ đồng", "400 triệu đồng"], False),
            ("0,5 tỷ đồng", ["1 tỷ đồng", "400 triệu đồng"], True),
        ],
    )
    def test_rounded_money_differs_if_no_rounding_of_all_figures_makes_it_agree(
        self, folder, own, parts, differs
    ):
        body = "budget: {{revenue: {{plan: '{}'}}}}"
        units = {f"u{number}": report(f"u{number}", body.format(money)) for number, money in enumerate(parts)}
        rolled = rollup(folder(h=OWN + body.format(own), **units))
        assert bool(rolled.contradictions) is differs

    def test_a_difference_of_money_shows_the_exact_sum(self, folder):
        body = "budget: {{revenue: {{plan: '{}'}}}}"
        place = folder(
            a=report("a", body.format("1 tỷ đồng")),
            b=report("b", body.format("400 triệu đồng")),
            h=OWN + body.format("0,5 tỷ đồng"),
        )
        (told,) = rollup(place).differences
        assert told.computed.value.value == 1_400_000_000
        assert "1,4 tỷ" in written_value(told.computed, load_pack("cchc").form.fields[told.path])

    def test_what_a_rule_makes_equal_holds_no_part_of_its_own(self, folder, tmp_path):
        rolled = rollup(
            folder(a=report("a", "x: {n: 3}", form="own"), h=OWN.replace("cchc", "own") + "x: {n: 4}"),
            packs=[own_pack(tmp_path)],
        )
        assert [(each.path, each.why) for each in rolled.differences] == [("x.n", "")]

    def test_what_the_pack_excepts_is_neither_added_up_nor_compared(self, folder, tmp_path):
        body = "x: {n: 3, m: 2, pct: 60%}"
        rolled = rollup(
            folder(
                a=report("a", body, form="own"), h=OWN.replace("cchc", "own") + "x: {n: 4, m: 2, pct: 50%}"
            ),
            packs=[own_pack(tmp_path, "rollup: none, ")],
        )
        assert set(values(rolled)) == {"x.m"}
        assert left_out(rolled) == {"x.n": "not-additive", "x.pct": "not-additive"}
        assert not rolled.differences


def own_pack(place, rollup=""):
    """Write a pack in which a rule adds up a field to that of the same name."""
    folder = place / "own"
    folder.mkdir()
    (folder / "pack.yaml").write_text(
        f"""\
pack: own
version: 1.0.0
form: own
title: {{vi: Thử, en: Test}}
fields:
  x.n: {{type: count, {rollup}label: {{vi: N, en: N}}}}
  x.m: {{type: count, label: {{vi: M, en: M}}}}
  x.pct: {{type: percent, {rollup}label: {{vi: P, en: P}}}}
""",
        encoding="utf-8",
    )
    (folder / "sums.yaml").write_text(
        """\
rules:
  - {id: n-differs, title: {vi: N, en: N}, assert: 'x.n = sum(child.x.n for child in children)'}
  - {id: pct-differs, title: {vi: P, en: P}, assert: 'x.pct = x.m / x.m'}
""",
        encoding="utf-8",
    )
    return folder


class TestCommand:
    @pytest.fixture
    def command(self, capsys):
        def run(*arguments):
            code = main(["rollup", *map(str, arguments)])
            told = capsys.readouterr()
            return code, told.out, told.err

        return run

    BODY = """\
hoso: {received: 3, resolved: 2}
tasks: {assigned: 32, done: 26}
budget: {revenue: {plan: '25,16 tỷ đồng'}}
"""

    def test_writes_a_report_that_reads_as_the_computed_one(self, folder, command, tmp_path):
        place, target = folder(a=report("a", self.BODY), b=report("b", self.BODY)), tmp_path / "out.yaml"
        code, out, err = command(place, "--out", target)
        assert (code, out) == (0, "")
        assert "2 đơn vị" in err
        made = read_report(target)
        assert not made.problems
        assert values(validator.rollup(place)) == {
            path: cells[0].value.value for path, cells in made.report.cells.items()
        }
        assert not [each for file in check([target], undecided=False).files for each in file.diagnostics]

    def test_says_sources_and_who_is_missing_beside_each_value(self, folder, command):
        place = folder(a=report("a", "hoso: {received: 3}"))
        (place / "units.yaml").write_text(UNITS, encoding="utf-8")
        _, out, _ = command(place)
        assert "# Chưa nộp (2): Xã B, Xã C." in out
        assert "# ≥ 3 (Xã A) (ít nhất); chưa có: Xã B (chưa nộp), Xã C (chưa nộp)" in out

    def test_names_what_was_passed_over(self, folder, command):
        code, out, _ = command(folder(a=report("a", "hoso: {received: 3}"), c="no: report"))
        assert "# Tệp không phải báo cáo hoặc thuộc loại không đọc được (1):" in out
        assert "c.yaml" in out
        assert code == 0

    def test_words_of_reports_end_no_comment(self, folder, command):
        text = report("a", "hoso: {received: 3}").replace(
            "Xã A", '"Xã A\\nbad: 1\\u2028worse: 1\\x85worst: 1\\e[31m"'
        )
        _, out, _ = command(folder(a=text))
        assert set(yaml.safe_load(out)) == {"report", "hoso"}

    def test_never_writes_over_a_file_unless_told_and_never_over_a_source(self, folder, command, tmp_path):
        place, target = folder(a=report("a", "hoso: {received: 3}")), tmp_path / "out.yaml"
        target.write_text("mine", encoding="utf-8")
        assert command(place, "--out", target)[0] == 2
        assert target.read_text(encoding="utf-8") == "mine"
        assert command(place, "--out", target, "--force")[0] == 0
        before = (place / "a.yaml").read_bytes()
        code, _, err = command(place, "--out", place / "a.yaml", "--force")
        assert code == 2
        assert "cli/output-is-input" in err
        assert (place / "a.yaml").read_bytes() == before

    def test_a_target_that_cannot_be_written_leaves_nothing(self, folder, command, tmp_path):
        code, _, err = command(
            folder(a=report("a", "hoso: {received: 3}")), "--out", tmp_path / "no" / "out.yaml"
        )
        assert code == 2
        assert "cli/cannot-write-file" in err
        assert sorted(path.name for path in tmp_path.iterdir()) == ["in"]

    def test_a_name_that_no_system_takes_is_told(self, folder, command):
        place = folder(a=report("a", "hoso: {received: 3}"))
        assert command(place, "--out", "x" * 5000)[0] == 2
        assert command("y" * 5000)[0] == 2

    def test_speaks_english(self, folder, command):
        _, out, err = command(folder(a=report("a", "hoso: {received: 3}")), "--lang", "en")
        assert "# Computed report of tan-son, from the reports of 1 units: Xã A" in out
        assert "Added up 1 units" in err

    def test_exits_with_1_where_somebody_has_to_look(self, folder, command):
        assert command(folder(a=report("a", "hoso: {received: 3}"), b="a: ["))[0] == 1

    def test_exits_with_2_without_a_report_to_add_up(self, folder, command):
        code, out, err = command(folder(h=OWN + "hoso: {commune: {received: 3}}"), "--parent", "tan-son")
        assert (code, out) == (2, "")
        assert "rollup/no-reports" in err


CCHC = load_pack("cchc")
NAMES = (
    "received",
    "new",
    "carried_over",
    "resolved",
    "early",
    "on_time",
    "late",
    "pending",
    "not_due",
    "overdue",
)
OVER_UNITS = tuple(
    rule
    for rule in CCHC.rules
    if any(
        getattr(getattr(node, "collection", None), "name", "") == "children" for node in walk(rule.assertion)
    )
)
COUNTS = st.integers(0, 10_000)


def consistent(early, on_time, late, not_due, overdue, carried_over):
    """Return the applications of a commune, all of whose figures agree."""
    resolved, pending = early + on_time + late, not_due + overdue
    received = resolved + pending
    carried_over = min(carried_over, received)
    figures = (received, received - carried_over, carried_over, resolved, early, on_time, late, pending)
    return dict(zip(NAMES, (*figures, not_due, overdue), strict=True))


COMMUNES = st.lists(st.builds(consistent, *[COUNTS] * 6), min_size=1, max_size=5)


@settings(max_examples=25)
@given(COMMUNES)
def test_the_computed_report_of_consistent_units_agrees_with_them(tmp_path_factory, communes):
    assert len(OVER_UNITS) == 10
    place = tmp_path_factory.mktemp("in")
    paths = []
    for number, figures in enumerate(communes):
        paths.append(place / f"{number}.yaml")
        body = "hoso: {" + ", ".join(f"{name}: {value}" for name, value in figures.items()) + "}\n"
        paths[-1].write_text(report(f"{number}x", body), encoding="utf-8")
    units = [
        f"  - {{id: xa-{number}x, name: Xã {number}, parent: tan-son}}" for number in range(len(communes))
    ]
    (place / "units.yaml").write_text(
        "units:\n  - {id: tan-son, name: Tân Sơn, level: district}\n" + "\n".join(units) + "\n",
        encoding="utf-8",
    )
    rolled = rollup(place, units=place / "units.yaml")
    found = values(rolled)
    for name in NAMES:
        assert found[f"hoso.commune.{name}"] == sum(each[name] for each in communes)
    children = tuple(read_report(path).report for path in paths)
    results = Plan(CCHC).check(Context(report=rolled.report, children=children)).results
    assert not [result.rule.id for result in results if result.verdict is Verdict.FAIL]
    verdicts = {result.rule.id: result.verdict for result in results}
    assert {verdicts[rule.id] for rule in OVER_UNITS} == {Verdict.PASS}


AMOUNTS = st.lists(
    st.one_of(
        st.builds("{},{:02} tỷ đồng".format, st.integers(0, 99), st.integers(0, 99)),
        st.builds("{} triệu đồng".format, st.integers(0, 9999)),
        st.builds("{} đồng".format, st.integers(0, 10**10)),
    ),
    min_size=1,
    max_size=6,
)


@given(AMOUNTS)
def test_a_sum_of_money_shows_no_digit_that_one_of_its_parts_lacks(amounts):
    field = CCHC.form.fields["budget.revenue.plan"]
    members = []
    for number, raw in enumerate(amounts):
        amount = load_notation().parse(raw, field.type, unit=field.unit)
        cell = Cell(path=field.path, value=amount, raw=raw, location=Location())
        unit = Unit(id=str(number))
        members.append(Report(unit=unit, cells={field.path: (cell,)}))
    cell, how = add_up(Addition(path=field.path, origin=field.path), field, members, ())
    parts = [member.cells[field.path][0].value for member in members]
    assert how.total == sum(part.value for part in parts)
    assert cell.value.step == max(part.step for part in parts)
    assert cell.value.value % cell.value.step == 0
    assert abs(cell.value.value - how.total) <= cell.value.step / 2
    written = load_notation().parse(written_value(cell, field), field.type, unit=field.unit)
    assert (written.value, written.step) == (cell.value.value, cell.value.step)
