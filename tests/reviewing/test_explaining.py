"""A finding that rests on other reports is explained in their company, and only while they say the same."""

from __future__ import annotations

import pytest

from validator import ValidatorError, check, explain_finding, load_pack, review
from validator.cli.main import main
from validator.wording.message import message_help

PACK = """\
pack: small
version: 1.0.0
form: small
fields: {a: {type: count}, pending: {type: count}, carried: {type: count}}
"""
RULES = """\
rules:
  - {id: total-differs, severity: warning, title: {vi: T, en: T}, when: unit.level = "district",
     assert: a = sum(child.a for child in children)}
  - {id: carried-differs, severity: error, title: {vi: C, en: C}, when: unit.level = "commune",
     assert: carried = prior.pending}
"""
UNITS = """\
units:
  - {id: d, name: Huyện D, level: district}
  - {id: x, name: Xã X, level: commune, parent: d}
  - {id: y, name: Xã Y, level: commune, parent: d}
"""
YEAR = "kind: year, from: 2023-01-01, to: 2023-12-31"
HALF = "kind: half_year, from: 2024-01-01, to: 2024-06-30"


def put(folder, name, unit, body, *, period=HALF, level="commune", submitted=""):
    folder.mkdir(exist_ok=True)
    path = folder / f"{name}.yaml"
    day = f", submitted: {submitted}" if submitted else ""
    who = f"{{id: {unit}, name: Xã {unit.upper()}, level: {level}, parent: {'' if unit == 'd' else 'd'}}}"
    head = f"report: {{form: small, unit: {who}, period: {{{period}}}{day}}}\n".replace(", parent: }", "}")
    path.write_text(head + body + "\n", encoding="utf-8")
    return path


@pytest.fixture
def pack(tmp_path):
    folder = tmp_path / "small"
    folder.mkdir()
    (folder / "pack.yaml").write_text(PACK, encoding="utf-8")
    (folder / "small.yaml").write_text(RULES, encoding="utf-8")
    return load_pack(folder)


@pytest.fixture
def folder(tmp_path):
    found = tmp_path / "in"
    put(found, "d", "d", "a: 50", level="district")
    put(found, "x", "x", "a: 10")
    put(found, "y", "y", "a: 20")
    (found / "units.yaml").write_text(UNITS, encoding="utf-8")
    return found


def waivers(folder, pack, rule="small/total-differs"):
    found = review(folder, packs=[pack])
    told = [each for row in found.units if row.current for each in found.details[row.key].result.diagnostics]
    return [each.waiver for each in told if each.id == rule]


def refused(path, rule, pack, **options):
    """The code of the refusal, and what it says to do."""
    with pytest.raises(ValidatorError) as refusal:
        explain_finding(path, rule, reason="vì", packs=[pack], **options)
    problem = refusal.value.problem
    return problem.code, message_help(problem.code, "en", problem.args)


def test_a_sum_over_units_is_explained_in_their_company(folder, pack, capsys):
    arguments = ["explain-finding", str(folder / "d.yaml"), "total-differs", "--reason", "vì"]
    assert main([*arguments, "--pack", pack.folder]) == 2
    assert "--with" in capsys.readouterr().err
    assert main([*arguments, "--pack", pack.folder, "--with", str(folder)]) == 0
    (words,) = waivers(folder, pack)
    assert words.startswith("vì")


@pytest.mark.parametrize(("x", "y"), [(20, 10), (10, 21)])
def test_it_lapses_when_units_trade_or_change_their_figures(folder, pack, x, y):
    explain_finding(folder / "d.yaml", "total-differs", reason="vì", packs=[pack], beside=folder)
    put(folder, "x", "x", f"a: {x}")
    put(folder, "y", "y", f"a: {y}")
    assert waivers(folder, pack) == [""]


def test_a_sum_that_agrees_in_company_is_not_explained(folder, pack):
    put(folder, "d", "d", "a: 30", level="district")
    assert refused(folder / "d.yaml", "total-differs", pack, beside=folder)[0] == "waiver/agrees"


def test_a_unit_that_has_not_reported_leaves_the_sum_open(folder, pack):
    (folder / "y.yaml").unlink()
    put(folder, "d", "d", "a: 5", level="district")
    put(folder, "x", "x", "a: 1")
    code, words = refused(folder / "d.yaml", "total-differs", pack, beside=folder)
    assert (code, "Xã Y" in words) == ("waiver/undecided", True)


def test_a_version_that_does_not_count_is_not_explained(folder, pack):
    old = put(folder, "d-1", "d", "a: 70", level="district", submitted="2024-06-01")
    put(folder, "d", "d", "a: 50", level="district", submitted="2024-06-09")
    assert refused(old, "total-differs", pack, beside=folder)[0] == "waiver/other-version"


def test_an_earlier_period_may_lie_in_the_folder_or_in_an_archive(folder, pack, tmp_path):
    path = put(folder, "x", "x", "carried: 30")
    archive = tmp_path / "archive"
    assert refused(path, "carried-differs", pack)[0] == "waiver/needs-periods"
    put(folder, "old", "x", "pending: 30", period=YEAR)
    assert refused(path, "carried-differs", pack, beside=folder)[0] == "waiver/agrees"
    put(archive, "first", "x", "pending: 25", period=YEAR, submitted="2024-01-05")
    assert refused(path, "carried-differs", pack, archive=archive)[0] == "waiver/must-be-corrected"


def test_what_agrees_with_a_later_correction_is_explained_and_the_remark_is_not(folder, pack, tmp_path):
    path = put(folder, "x", "x", "carried: 30")
    archive = tmp_path / "archive"
    put(archive, "first", "x", "pending: 25", period=YEAR, submitted="2024-01-05")
    put(archive, "second", "x", "pending: 30", period=YEAR, submitted="2024-02-05")
    for name in ("prior-corrected", "joined/prior-corrected"):
        code, words = refused(path, name, pack, archive=archive)
        assert (code, "small/carried-differs" in words) == ("waiver/is-a-note", True)
    explain_finding(path, "carried-differs", reason="vì", packs=[pack], archive=archive)
    (told,) = check(path, packs=[pack], archive=archive, undecided=False).files
    found = {each.id: bool(each.waiver) for each in told.diagnostics}
    assert found == {"joined/prior-corrected": False, "small/carried-differs": True}
    put(archive, "first", "x", "pending: 24", period=YEAR, submitted="2024-01-05")
    (told,) = check(path, packs=[pack], archive=archive, undecided=False).files
    assert "waiver/lapsed" in {each.id for each in told.diagnostics}
    put(folder, "x", "x", "carried: 24")
    code, words = refused(path, "prior-corrected", pack, archive=archive)
    assert (code, "nothing" in words.casefold() or "no rule" in words) == ("waiver/is-a-note", True)
