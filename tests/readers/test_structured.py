"""A structured report becomes cells with value, raw text and place; nothing is dropped silently."""

from __future__ import annotations

import json
from datetime import date
from fractions import Fraction

import pytest
import yaml

from validator.diagnostics.problem import explain_problem
from validator.model.field import FieldDef, FieldType, Form
from validator.model.quantity import Quantity
from validator.model.report import Period, Unit
from validator.model.verdict import Severity
from validator.readers.header import read_header
from validator.readers.structured import read_structured, read_tree
from validator.wording.in_language import in_language

DEMO = """\
report:
  form: demo
  unit: {id: ha-trung, name: Thị trấn Hà Trung, level: commune, parent: huyen-ha-trung}
  period: {kind: year, from: 2022-11-10, to: 2023-11-10}
hoso: {received: 794, new: 783, carried_over: 11, resolved: 794, on_time: 339, on_time_pct: "98,8%"}
budget: {plan: "55,036 tỷ đồng", actual: "25,16 tỷ đồng", pct: "50,28%"}
scores:
  - {code: 1.1.3, max: 2, awarded: "1,81", deducted: "0,19"}
"""


def codes(result):
    return [problem.code for problem in result.problems]


def only(result, path):
    (cell,) = result.report.cells[path]
    return cell


def test_the_demo_report_is_read_whole(read):
    result = read(DEMO, header="")
    report = result.report
    assert result.problems == ()
    assert report.form == "demo"
    assert report.unit == Unit(
        id="ha-trung", name="Thị trấn Hà Trung", level="commune", parent="huyen-ha-trung"
    )
    assert report.period == Period(kind="year", start=date(2022, 11, 10), end=date(2023, 11, 10))
    assert len(report.cells) == 9
    assert only(result, "budget.actual").value == Quantity(
        Fraction(25_160_000_000), Fraction(10_000_000), "tỷ đồng"
    )
    (row,) = report.tables["scores"]
    assert row.cells["code"].value == "1.1.3"
    assert row.cells["awarded"].value == Quantity(Fraction(181, 100), Fraction(1, 100))


def test_a_cell_knows_its_text_and_place(read):
    cell = only(read(DEMO, header=""), "hoso.on_time_pct")
    place = cell.location
    assert cell.raw == "98,8%"
    assert (place.file, place.line, place.column, place.end_column) == ("report.yaml", 5, 93, 100)
    assert place.pointer == "hoso.on_time_pct"
    assert DEMO.splitlines()[4][92:99] == '"98,8%"'


def test_a_cell_of_a_table_names_its_row_and_column(read):
    place = read(DEMO, header="").report.tables["scores"][0].cells["max"].location
    assert (place.line, place.row, place.row_code, place.column_name) == (8, 1, "1.1.3", "max")
    assert place.pointer == "scores[1].max"


def test_json_reads_as_yaml_does(read):
    plain = yaml.load(DEMO, Loader=yaml.BaseLoader)  # noqa: S506  (every scalar stays text)
    plain["hoso"] = {key: int(text) if text.isdigit() else text for key, text in plain["hoso"].items()}
    result = read(json.dumps(plain, ensure_ascii=False, indent=1), name="report.json", header="")
    wanted = read(DEMO, header="").report
    assert result.problems == ()
    assert {path: cells[0].value for path, cells in result.report.cells.items()} == {
        path: cells[0].value for path, cells in wanted.cells.items()
    }
    assert result.report.unit == wanted.unit
    assert result.report.period == wanted.period


def test_json_is_known_by_how_it_begins(read):
    body = '{"report": {"form": "demo"}, "hoso": {"new": 98.30}}'
    cell = read(body, name="-", header="").problems
    assert [problem.code for problem in cell] == ["read/not-a-count"]
    assert cell[0].location.column == body.index("98.30") + 1


def test_a_joined_name_is_the_same_field(read):
    assert only(read("hoso.received: 794\n"), "hoso.received").value.value == 794


def test_a_blank_is_no_cell(read):
    result = read("hoso: {received: , new: null, carried_over: ~, resolved: '', on_time: []}\nscores:\n")
    assert result.report.cells == {}
    assert result.report.tables == {}
    assert result.problems == ()


def test_a_mark_of_nothing_is_an_explicit_blank(read):
    result = read('hoso: {received: "-", new: "…"}\nsigned: "–"\n')
    assert only(result, "hoso.received").value is None
    assert only(result, "signed").raw == "–"
    assert result.problems == ()


def test_a_field_may_be_stated_several_times(read):
    result = read(
        "hoso:\n"
        "  received:\n"
        "    - {value: 794, place: 'Mục II.1', text: 'Tổng số: 794 hồ sơ'}\n"
        "    - {value: 792, place: Phụ lục}\n"
        "    - 790\n"
    )
    first, second, third = result.report.cells["hoso.received"]
    assert (first.value.value, first.location.section, first.text) == (794, "Mục II.1", "Tổng số: 794 hồ sơ")
    assert (second.location.section, second.location.line) == ("Phụ lục", 5)
    assert third.value.value == 790
    assert result.problems == ()


def test_the_raw_text_may_be_given_beside_the_value(read):
    cell = only(read('hoso: {received: {value: 794, raw: "794 hồ sơ"}}\n'), "hoso.received")
    assert (cell.value.value, cell.raw) == (794, "794 hồ sơ")
    alone = only(read('hoso: {received: {raw: "794 hồ sơ"}}\n'), "hoso.received")
    assert alone.value == Quantity(Fraction(794), Fraction(1), "hồ sơ")


def test_decimals_of_a_bare_number_are_kept(read):
    assert only(read("score: 98.30\n"), "score").value == Quantity(Fraction(983, 10), Fraction(1, 100))


def test_a_bare_percentage_is_in_percent(read):
    assert only(read("budget: {pct: 98.8}\n"), "budget.pct").value.value == Fraction(988, 1000)


def test_yaml_words_and_times_stay_text(read):
    for written in ("no", "1.1.3", "0123", "12:30:45", "2023-11-10", "1_000", "0x1F", "on"):
        assert only(read(f"note: {written}\n"), "note").value == written


def test_dates_choices_and_yes(read):
    result = read("signed: 10/11/2023\nrating: Tốt\npublished: có\n")
    assert only(result, "signed").value == date(2023, 11, 10)
    assert only(result, "rating").value == "tốt"
    assert only(result, "published").value is True


def test_names_are_compared_in_composed_form(read):
    decomposed = "ho\u0302\u0300_sơ: {đa\u0303_tra\u0309: 5}\n"
    assert only(read(decomposed), "hồ_sơ.đã_trả").value.value == 5


UNREADABLE = [
    ("budget: {plan: '49,14,52 tỷ đồng'}", "budget.plan", "unreadable-number"),
    ("hoso: {new: nhiều}", "hoso.new", "unreadable-number"),
    ("hoso: {new: true}", "hoso.new", "unreadable-number"),
    ("hoso: {new: 12:30:45}", "hoso.new", "unreadable-number"),
    ("hoso: {new: 1_000}", "hoso.new", "unreadable-number"),
    ("score: '12.5'", "score", "unreadable-number"),
    ("score: .nan", "score", "number-not-finite"),
    ("score: -.inf", "score", "number-not-finite"),
    ("score: 'NaN'", "score", "number-not-finite"),
    ("score: 1e999999", "score", "number-too-long"),
    (f"score: {'9' * 5000}", "score", "number-too-long"),
    (f"score: '{'9' * 5000}'", "score", "number-too-long"),
    ("budget: {pct: '2.105%'}", "budget.pct", "unreadable-number"),
    ("hoso: {new: '50%'}", "hoso.new", "number-wrong-unit"),
    ("hoso: {new: 1.034}", "hoso.new", "not-a-count"),
    ("hoso: {new: -1}", "hoso.new", "not-a-count"),
    ("hoso: {new: '12,5'}", "hoso.new", "not-a-count"),
    ("signed: 31/11/2022", "signed", "impossible-date"),
    ("signed: hôm qua", "signed", "unreadable-date"),
    ("rating: tuyệt vời", "rating", "not-a-choice"),
    ("published: có lẽ", "published", "unreadable-boolean"),
]


@pytest.mark.parametrize(("body", "path", "code"), UNREADABLE, ids=lambda value: str(value)[:40])
def test_a_value_that_cannot_be_read_is_a_problem_and_a_cell_without_value(read, body, path, code):
    result = read(body + "\n")
    (problem,) = result.problems
    cell = only(result, path)
    assert problem.code == f"read/{code}"
    assert problem.severity is Severity.ERROR
    assert problem.location.line == 2
    assert problem.location.pointer == path
    assert str(problem.args["raw"])[:60] == cell.raw[:60]
    assert len(str(problem.args["raw"])) <= 61
    assert cell.value is None


def test_a_json_number_of_thousands_of_digits_is_one_problem(read):
    body = '{"report": {"form": "demo"}, "score": %s, "hoso": {"new": NaN}}' % ("9" * 5000)
    result = read(body, name="a.json", header="")
    assert codes(result) == ["read/number-too-long", "read/number-not-finite"]


SHAPES = [
    ("budget: 5", "not-a-group", "budget"),
    ("budget: [1]", "not-a-group", "budget"),
    ("hoso: {new: {a: 1}}", "not-a-value", "hoso.new"),
    ("hoso: {new: [[1]]}", "not-a-value", "hoso.new"),
    ("hoso: {new: {value: [1]}}", "not-a-value", "hoso.new.value"),
    ("scores: {code: 1}", "not-a-table", "scores"),
    ("scores: 5", "not-a-table", "scores"),
    ("scores: [5]", "not-a-row", "scores[1]"),
    ("scores: [{max: [1]}]", "not-a-value", "scores[1].max"),
]


@pytest.mark.parametrize(("body", "code", "pointer"), SHAPES)
def test_a_wrong_shape_is_named_with_its_line(read, body, code, pointer):
    result = read(body + "\n")
    found = [(p.code, p.location.pointer, p.location.line) for p in result.problems]
    assert (f"read/{code}", pointer, 2) in found
    assert {line for _, _, line in found} == {2}
    assert result.report is not None


def test_other_fields_are_read_beside_a_wrong_one(read):
    result = read("budget: 5\nhoso: {received: {x: 1}, new: 7}\n")
    assert only(result, "hoso.new").value.value == 7


UNKNOWN = [
    ("hoso: {recieved: 1}", "unknown-field", "hoso.recieved", "hoso.received"),
    ("hosso: {received: 1}", "unknown-field", "hosso", "hoso"),
    ("received: 1", "unknown-field", "received", "hoso.received"),
    ("scores: [{awardd: 1}]", "unknown-column", "scores[1].awardd", "awarded"),
    ("hoso: {new: {value: 1, plce: x}}", "unknown-statement-key", "hoso.new.plce", "place"),
]


@pytest.mark.parametrize(("body", "code", "pointer", "suggestion"), UNKNOWN)
def test_an_unknown_name_is_a_warning_with_a_suggestion(read, body, code, pointer, suggestion):
    (problem,) = read(body + "\n").problems
    assert problem.code == f"read/{code}"
    assert problem.severity is Severity.WARNING
    assert problem.location.pointer == pointer
    assert problem.args["suggestion"] == suggestion


def test_a_field_written_nested_and_joined_is_reported(read):
    result = read("hoso: {new: 7}\nhoso.new: 8\n")
    (problem,) = result.problems
    assert (problem.code, problem.location.line) == ("read/duplicate-field", 3)
    assert only(result, "hoso.new").value.value == 7


def test_no_header(read):
    result = read("hoso: {new: 7}\n", header="")
    assert result.report is None
    assert codes(result) == ["read/report-without-header"]
    assert result.problems[0].args["known"] == "demo"
    assert codes(read("jobs: {build: {needs: test}}\n", header="")) == ["read/no-header"]
    assert codes(read("scores: [{code: 1.1}]\n", header="")) == ["read/report-without-header"]


@pytest.mark.parametrize("name", ["reprot", "Report", "reports", "raport"])
def test_a_misspelt_header(read, name):
    (problem,) = read(f"hoso: {{new: 7}}\n{name}: {{form: demo}}\n", header="").problems
    assert (problem.code, problem.location.line) == ("read/misspelt-header", 2)


def test_no_header_is_needed_where_the_form_is_given(form):
    result = read_structured(b"hoso: {new: 7}\n", {"demo": form}, form="demo")
    assert only(result, "hoso.new").value.value == 7
    assert result.problems == ()


def test_header_without_form(read):
    result = read("", header="report: {unit: {id: x}}\n")
    assert (result.report, codes(result)) == (None, ["read/no-form"])


def test_an_unknown_form_names_the_known_ones(read):
    result = read("", header="report:\n  form: dmeo\n")
    (problem,) = result.problems
    assert result.report is None
    assert (problem.code, problem.location.line, problem.location.column) == ("read/unknown-form", 2, 9)
    assert problem.args == {"form": "dmeo", "known": "demo", "suggestion": "demo"}


@pytest.mark.parametrize("header", ["report: 5\n", "report: [1]\n"])
def test_a_header_that_is_none(read, header):
    result = read("hoso: {new: 7}\n", header=header)
    assert (result.report, codes(result)) == (None, ["read/header-not-a-mapping"])


def test_faults_of_the_header_keep_the_report(read):
    header = "report:\n  form: demo\n  unti: x\n  unit: [1]\n  period: 2023\n"
    result = read("", header=header)
    found = {(problem.code, problem.location.line) for problem in result.problems}
    assert result.report is not None
    assert found == {
        ("read/unknown-header-key", 3),
        ("read/header-not-a-value", 4),
        ("read/period-not-a-mapping", 5),
    }


def test_a_period_that_ends_before_it_begins(read):
    header = "report: {form: demo, period: {from: 2023-11-10, to: 10/11/2022}}\n"
    (problem,) = read("", header=header).problems
    assert problem.code == "read/period-reversed"
    assert problem.location.pointer == "report.period.to"


def test_an_impossible_day_in_the_period(read):
    result = read("", header="report: {form: demo, period: {from: 31/11/2022, to: 10/11/2023}}\n")
    assert codes(result) == ["read/impossible-date"]
    assert result.report.period == Period(end=date(2023, 11, 10))


def test_a_unit_may_be_a_name_alone(read):
    assert read("", header="report: {form: demo, unit: Xã Ba}\n").report.unit == Unit(name="Xã Ba")


def test_the_header_is_read_before_a_form_is_chosen(form):
    tree = read_tree(DEMO.encode(), "report.yaml")
    assert read_header(tree.root).form == "demo"
    assert read_structured(tree, {"demo": form}, file="report.yaml").report.form == "demo"


def test_a_path_is_read(form, tmp_path):
    path = tmp_path / "report.yaml"
    path.write_text(DEMO, encoding="utf-8")
    result = read_structured(path, {"demo": form})
    assert only(result, "hoso.new").location.file == str(path)


def test_a_form_that_is_not_the_chosen_one_is_said(form):
    result = read_structured(b"report: {form: cchc}\nhoso: {new: 7}\n", {"demo": form}, form="demo")
    (problem,) = result.problems
    assert (problem.code, problem.args) == ("read/other-form", {"form": "cchc", "chosen": "demo"})
    assert result.report.form == "demo"


def test_an_unknown_column_is_told_once(read):
    result = read("scores:\n" + "  - {max: 1, mx: 2}\n" * 120)
    (problem,) = result.problems
    assert (problem.location.line, problem.location.pointer) == (3, "scores[1].mx")
    assert len(result.report.tables["scores"]) == 120


def test_thousands_of_faults_are_not_all_told(read):
    result = read(
        "scores:\n" + "  - {max: x}\n" * 3000 + "hoso:\n" + "".join(f"  a{n}: 1\n" for n in range(3000))
    )
    assert len(result.problems) == 201
    assert result.problems[-1].code == "read/too-many-faults"
    assert len(result.report.tables["scores"]) == 3000


def test_a_bare_point_in_money_is_doubted(read):
    result = read("budget: {plan: 55.036}\n")
    (problem,) = result.problems
    assert (problem.code, problem.severity) == ("read/bare-point", Severity.WARNING)
    assert only(result, "budget.plan").value.value == Fraction(55036, 1000)


@pytest.mark.parametrize("written", ["55036", "'55.036'", "'55,036 tỷ đồng'", "2.516e10"])
def test_money_that_is_clear_is_not_doubted(read, written):
    assert read(f"budget: {{plan: {written}}}\n").problems == ()


def test_text_is_composed_and_its_raw_text_kept(read):
    decomposed = "Xa\u0303 Ba"
    result = read(f"note: {decomposed}\n", header=f"report: {{form: demo, unit: {decomposed}}}\n")
    assert only(result, "note").value == result.report.unit.name == "Xã Ba"
    assert only(result, "note").raw == decomposed


@pytest.mark.parametrize(
    ("written", "told"),
    [
        ("3 hồ sơ", []),
        ("3 HS", []),
        ("3 nghìn", []),
        ("3 thủ tục", ["read/other-unit"]),
        ("3 thủ tục hành chính", ["read/other-unit"]),
    ],
)
def test_a_number_of_something_else_is_kept_and_told(written, told):
    fields = {"hoso.new": FieldDef(path="hoso.new", type=FieldType.COUNT, unit="hồ sơ")}
    form = Form(name="demo", fields=fields, tables={})
    text = f'report: {{form: demo}}\nhoso: {{new: "{written}"}}\n'
    result = read_structured(text.encode(), {"demo": form}, file="report.yaml")
    assert codes(result) == told
    assert only(result, "hoso.new").value.value in (3, 3000)
    assert all(problem.severity is Severity.WARNING for problem in result.problems)


@pytest.mark.parametrize("written", ["7O", "1O34", "5x10", "0x10", "3 trăm", "3 rưỡi", "3l"])
def test_half_a_number_is_never_taken(read, written):
    result = read(f"hoso: {{new: {written}}}\n")
    assert codes(result) == ["read/unreadable-number"]
    assert only(result, "hoso.new").value is None


@pytest.mark.parametrize(
    ("level", "kind", "wanted"),
    [
        ("commune", "year", ("commune", "year")),
        ("xã", "9 tháng", ("commune", "nine_months")),
        ("Thị trấn", "Năm", ("commune", "year")),
        ("quận", "6 tháng", ("district", "half_year")),
        ("tỉnh", "quý", ("province", "quarter")),
        ("cấp huyện", "half", ("district", "half_year")),
    ],
)
def test_levels_and_kinds_of_period_may_be_written_in_vietnamese(read, level, kind, wanted):
    header = f'report: {{form: demo, unit: {{level: {level}}}, period: {{kind: "{kind}"}}}}\n'
    result = read("hoso: {new: 1}\n", header=header)
    assert result.problems == ()
    assert (result.report.unit.level, result.report.period.kind) == wanted


def test_other_levels_and_kinds_of_period_are_kept_and_told(read):
    header = "report: {form: demo, unit: {level: comune}, period: {kind: yearly}}\n"
    result = read("hoso: {new: 1}\n", header=header)
    assert codes(result) == ["read/unknown-level", "read/unknown-period-kind"]
    assert [problem.severity for problem in result.problems] == [Severity.WARNING] * 2
    assert "commune" in result.problems[0].args["known"]
    assert (result.report.unit.level, result.report.period.kind) == ("comune", "yearly")


def test_a_decimal_comma_without_quotes_in_a_row_is_told_and_read_whole(read):
    result = read('scores:\n  - {code: "1", max: 2, awarded: 1,81, deducted: 0,19}\n')
    assert codes(result) == ["read/decimal-comma", "read/decimal-comma"]
    assert [problem.args["raw"] for problem in result.problems] == ["1,81", "0,19"]
    row = result.report.tables["scores"][0]
    assert row.cells["awarded"].value == Quantity(Fraction(181, 100), Fraction(1, 100))


def test_a_decimal_comma_before_words_is_told(read):
    result = read("budget: {plan: 25,16 tỷ đồng, pct: 50,28%}\n")
    assert codes(result) == ["read/decimal-comma", "read/decimal-comma"]
    assert only(result, "budget.plan").value.value == 25_160_000_000


@pytest.mark.parametrize(
    ("body", "line"),
    [
        ("hoso:\n  received:5\n  new: 3\n", 3),
        ("hoso:\n  new: 3\n  received:5\n", 4),
        ("hoso: {received:5, new: 3}\n", 2),
    ],
)
def test_a_colon_without_space_is_told_on_its_line(read, body, line):
    (problem,) = read(body).problems
    assert (problem.code, problem.location.line) == ("read/colon-without-space", line)


def test_names_are_suggested_only_if_near(read):
    (near,) = read("hoso: {recieved: 5}\n").problems
    assert in_language(explain_problem(near), "en").help == "The nearest name: hoso.received."
    (far,) = read("zzz: 5\n").problems
    assert in_language(explain_problem(far), "en").help.startswith("Groups of the form: hoso, budget")


@pytest.mark.parametrize(
    ("written", "says"), [("-2", "negative"), ('"1,034"', "decimal mark"), ("1.034", "put the number in")]
)
def test_the_hint_for_what_is_no_count_fits_it(read, written, says):
    (problem,) = read(f"hoso: {{new: {written}}}\n").problems
    assert problem.code == "read/not-a-count"
    assert says in in_language(explain_problem(problem), "en").help


def test_a_key_that_is_no_text_is_told_once(read):
    (problem,) = read("{[a]: 5}\n", header="").problems[:1]
    assert codes(read("? [a]\n: 5\n")) == ["read/key-not-text"]
    assert problem.code == "read/key-not-text"


def test_the_day_that_a_report_bears(read):
    found = read("hoso: {}\n", header="report: {form: demo, submitted: 17/6/2024}\n")
    assert found.report.submitted == date(2024, 6, 17)
    faulty = read("hoso: {}\n", header="report: {form: demo, submitted: 31/6/2024}\n")
    assert [each.code for each in faulty.problems] == ["read/impossible-date"]


def test_a_value_that_brings_a_fault_to_light_costs_itself_alone(read, monkeypatch):
    from validator.readers import structured

    statement = structured.read_statement

    def faulty(node, definition, *others):
        if definition.path == "hoso.received":
            raise IndexError
        return statement(node, definition, *others)

    monkeypatch.setattr(structured, "read_statement", faulty)
    found = read(DEMO, header="")
    assert [(each.code, each.location.line) for each in found.problems] == [("read/block-lost", 5)]
    assert len(found.report.cells) == 8
