"""What must change no verdict: names, order, scale, company, files, language.

Packs and reports are drawn from a seed and go the whole way, from YAML to the result.
"""

from __future__ import annotations

import importlib.util
import random
import re
from pathlib import Path

import pytest
import yaml

from validator import check

SEEDS = range(12)
RULES = 30
ROOM = Path(__file__).resolve().parents[1] / "engine"
KINDS = {
    **dict.fromkeys(("a", "b", "c", "d", "e", "few", "about"), "count"),
    **dict.fromkeys(("p", "q", "share", "exact"), "percent"),
    **dict.fromkeys(("x", "y", "z"), "money"),
    "flag": "boolean",
    "word": "text",
}
MORE = {
    "few": {"min": 2, "max": 5},
    "about": {"rounded": True},
    "share": {"min": 0, "max": 100},
    "exact": {"rounded": False},
}
COLUMNS = {"code": "text", "k": "count", "m": "count", "s": "percent", "w": "money", "ok": "boolean"}
PERIOD = {"kind": "year", "from": "2024-01-01", "to": "2024-12-31"}
HEAD = {"form": "small", "unit": {"id": "u"}, "period": PERIOD}


def author(seed):
    spec = importlib.util.spec_from_file_location("author", ROOM / "author.py")
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module.Author(seed)


class Case:
    """A pack and a report as data, so that they can be put in another way."""

    def __init__(self, seed):
        drawn = author(seed)
        self.fields = {name: {"type": kind, **MORE.get(name, {})} for name, kind in KINDS.items()}
        self.rules = [self.rule(f"r{at}", drawn.rule(), **drawn.settings()) for at in range(RULES)]
        self.values = drawn.values()
        self.rows = self.values.pop("rows")
        self.in_millions = False
        self.files = 1

    @staticmethod
    def rule(name, text, when=None, policies=None):
        found = {"id": name, "title": {"vi": name}, "help": {"vi": name}, "assert": text}
        return found | ({"when": when} if when else {}) | ({"missing": policies} if policies else {})

    def written(self, kind, value):
        """Return a value as people write it; money in the scale of the case."""
        if value is None or kind not in ("percent", "money"):
            return value
        whole, _, decimals = str(value).partition(".")
        if kind == "percent":
            return f"{whole},{decimals}%" if decimals else f"{whole}%"
        if self.in_millions:  # as many digits as with three decimals in the larger unit
            return f"{int(whole) * 1000 + int(decimals.ljust(3, '0') or 0):,} triệu đồng".replace(",", ".")
        return f"{whole},{decimals.ljust(3, '0')} tỷ đồng"

    def report(self):
        data = {"report": HEAD}
        data |= {
            name: self.written(KINDS.get(self.meant(name)), each)
            for name, each in self.values.items()
            if each is not None
        }
        if self.rows is not None:
            data["rows"] = [
                {name: self.written(COLUMNS[name], each) for name, each in row.items() if each is not None}
                for row in self.rows
            ]
        return yaml.safe_dump(data, allow_unicode=True, sort_keys=False).encode()

    def meant(self, name):
        return name.removesuffix("_renamed")

    def verdicts(self, folder, lang="vi"):
        """Return what becomes of each rule, the company left out."""
        folder.mkdir(parents=True)
        tables = {"rows": {"columns": {name: {"type": kind} for name, kind in COLUMNS.items()}}}
        head = {"pack": "small", "version": "1.0.0", "form": "small", "fields": self.fields, "tables": tables}
        (folder / "pack.yaml").write_text(yaml.safe_dump(head, allow_unicode=True, sort_keys=False))
        for at in range(self.files):
            rules = {"rules": self.rules[at :: self.files]}
            (folder / f"r{at}.yaml").write_text(yaml.safe_dump(rules, allow_unicode=True, sort_keys=False))
        return told(check([("u.yaml", self.report())], packs=[folder], lang=lang).files[0])


def told(result):
    assert result.judged
    found = dict.fromkeys(result.passed, "pass") | dict.fromkeys(result.undecided, "undecided")
    for each in result.diagnostics:
        found.setdefault(each.id, f"{each.verdict.value} {each.severity.value} {each.reason}")
        assert found[each.id].startswith(each.verdict.value), each
    return {
        name: verdict
        for name, verdict in found.items()
        if "company" not in name and not name.startswith("read/")
    }


def renamed(case, _):
    names = re.compile(rf"(?<!\")\b({'|'.join(KINDS)})\b")

    def new(text):
        return names.sub(r"\1_renamed", text)

    case.fields = {new(name): each for name, each in case.fields.items()}
    case.values = {new(name): each for name, each in case.values.items()}
    for each in case.rules:
        each |= {key: new(each[key]) for key in ("assert", "when") if key in each}
        if "missing" in each:
            each["missing"] = {new(name): policy for name, policy in each["missing"].items()}


def reordered(case, chance):
    def shuffled(pairs):
        return dict(chance.sample(list(pairs.items()), len(pairs)))

    case.fields, case.values = shuffled(case.fields), shuffled(case.values)
    chance.shuffle(case.rules)
    case.rows = case.rows and [shuffled(row) for row in case.rows]


def rows_reordered(case, chance):
    case.rows = case.rows and chance.sample(list(case.rows), len(case.rows))


def in_millions(case, _):
    case.in_millions = True


def in_company(case, chance):
    for at in range(5):
        case.fields[f"company{at}"] = {"type": "count"}
        case.values[f"company{at}"] = chance.randint(0, 9)
        case.rules.insert(chance.randrange(RULES), case.rule(f"company{at}", f"company{at} = a"))


def rules_in_three_files(case, _):
    case.files = 3


def implied_by_what_holds(case, _):
    for each in case.rules:
        each["assert"] = f"1 = 1 implies ({each['assert']})"


CHANGES = (
    renamed,
    reordered,
    rows_reordered,
    in_millions,
    in_company,
    rules_in_three_files,
    implied_by_what_holds,
)


@pytest.mark.parametrize("seed", SEEDS)
def test_no_verdict_changes(seed, tmp_path):
    wanted = Case(seed).verdicts(tmp_path / "plain")
    assert len({verdict.split()[0] for verdict in wanted.values()}) == 3
    for change in CHANGES:
        case = Case(seed)
        change(case, random.Random(seed))  # noqa: S311 - a seed, not a secret
        assert case.verdicts(tmp_path / change.__name__) == wanted, change.__name__


@pytest.mark.parametrize("seed", SEEDS)
def test_no_verdict_depends_on_the_language(seed, tmp_path):
    case = Case(seed)
    assert case.verdicts(tmp_path / "vi") == case.verdicts(tmp_path / "en", lang="en")


def test_no_verdict_depends_on_which_files_come_together(tmp_path):
    Case(0).verdicts(tmp_path / "small")
    sources = [(f"u{seed:02}.yaml", Case(seed).report()) for seed in SEEDS]
    together = check(sources, packs=[tmp_path / "small"]).files
    for source, result in zip(sources, together, strict=True):
        assert told(check([source], packs=[tmp_path / "small"]).files[0]) == told(result)


NARRATIVE = """\
UBND XÃ AN LẠC
BÁO CÁO
Công tác cải cách hành chính năm 2024
II. CẢI CÁCH THỦ TỤC HÀNH CHÍNH
- Tổng số hồ sơ đã tiếp nhận: 10 hồ sơ.
- Số hồ sơ đã giải quyết: 12 hồ sơ.
"""
APPENDIX = """\
UBND XÃ AN LẠC
BIỂU THỐNG KÊ SỐ LIỆU VỀ KẾT QUẢ THỰC HIỆN CÔNG TÁC CCHC NĂM 2024
STT,Chỉ tiêu,Đơn vị tính,Số liệu
4.2.1,Tổng số biên chế được giao trong năm,Người,21
4.2.2,Tổng số biên chế có mặt tại thời điểm báo cáo,Người,25
"""
WHOLE = """\
report:
  form: cchc
  unit: {name: Xã An Lạc, level: commune}
  period: {kind: year, from: 2024-01-01, to: 2024-12-31}
hoso: {received: 10, resolved: 12}
staff: {assigned: 21, present: 25}
"""


def test_no_verdict_depends_on_a_report_being_one_file_or_two(tmp_path):
    for name, text in (("loi-van.txt", NARRATIVE), ("phu-luc.csv", APPENDIX), ("u.yaml", WHOLE)):
        (tmp_path / name).write_text(text, encoding="utf-8")
    (two,) = check([tmp_path / "loi-van.txt", tmp_path / "phu-luc.csv"]).files
    (one,) = check([tmp_path / "u.yaml"]).files
    assert told(two) == told(one)
    assert any(verdict.startswith("fail") for verdict in told(two).values())
