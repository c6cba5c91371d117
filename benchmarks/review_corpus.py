"""Reports for `review.py`: districts of 24 communes each, all reporting, with the periods before.

All figures come from review.yaml, multiplied by a number of the unit's own; 2 % of the reports'
counts are then off by one. The seed is fixed: the same sizes give the same files.
"""

from __future__ import annotations

import random
import sys
from pathlib import Path
from typing import Any

import yaml

HERE = Path(__file__).resolve().parent
GROUP = 25
FIELDS = 120
BROKEN = 0.02
NOW = {"kind": "half_year", "from": "2023-12-15", "to": "2024-06-14"}
EARLIER = {"kind": "quarter", "from": "2023-12-15", "to": "2024-03-14"}
PRIOR = {"kind": "year", "from": "2022-12-15", "to": "2023-12-14"}
Figures = dict[str, int | str]
BASE = yaml.safe_load((HERE / "review.yaml").read_text(encoding="utf-8"))


def write_reports(folder: Path, count: int) -> None:
    """Write *count* structured reports, their units, and an archive of two periods before each."""
    chance = random.Random(20240614)
    reports = folder / "reports"
    reports.mkdir(parents=True)
    units = list(_units(count, chance))
    _write_units(folder, units)
    for unit, factor, below in units:
        figures = _figures(factor, below)
        _report(reports / f"{unit['id']}.yaml", unit, NOW, _broken(figures, chance))
        archive = folder / "archive" / unit["id"]
        archive.mkdir(parents=True)
        halves = {path: value // 2 if isinstance(value, int) else value for path, value in figures.items()}
        for period, values in ((PRIOR, figures), (EARLIER, halves)):
            _report(archive / f"cchc_{period['from']}_{period['to']}.yaml", unit, period, values)


def write_documents(folder: Path, count: int) -> None:
    """Write *count* Word documents like those of examples/review, and their units."""
    sys.path.insert(0, str(HERE.parent / "tests" / "examples_review"))
    import make_documents as made

    chance = random.Random(20240614)
    reports = folder / "reports"
    reports.mkdir(parents=True)
    data, words = (_load(Path(made.HERE) / name) for name in ("district.yaml", "wording.yaml"))
    given = {each["unit"]: each for each in data["reports"]}
    model = {"district": given["tan-son"], "commune": given["an-lac"]}
    units = list(_units(count, chance))
    _write_units(folder, units)
    for unit, factor, below in units:
        report = {
            name: _times(value, factor) if isinstance(value, dict) else value
            for name, value in model[unit["level"]].items()
        }
        if below:
            report["hoso.commune"] |= _times(model["commune"]["hoso"], below)
        elif chance.random() < BROKEN * 10:
            report["appendix"] = {"hoso.resolved": report["hoso"]["resolved"] + 1}
        place = unit["name"].partition(" ")[2]
        known = {**unit, "place": place, "called": f"UBND {unit['name']}"}
        source = made.Source({**data, "units": {report["unit"]: known}}, words, report)
        (reports / f"{unit['id']}.docx").write_bytes(made._docx(source))  # noqa: SLF001 - the examples are made so


def _load(path: Path) -> Any:
    return yaml.safe_load(path.read_text(encoding="utf-8"))


def _units(count: int, chance: random.Random) -> Any:
    """Yield each unit, what its figures are multiplied by, and the sum of that over the units below."""
    for start in range(0, count, GROUP):
        number = start // GROUP
        parent = f"huyen-{number}"
        factors = [chance.randrange(2, 60, 2) for _ in range(min(GROUP, count - start) - 1)]
        named = {"id": parent, "name": f"Huyện Tân Sơn {number}", "level": "district"}
        yield named, chance.randrange(2, 60, 2), sum(factors)
        for place, factor in enumerate(factors):
            name = f"Xã An Lạc {number}.{place}"
            unit = {"id": f"xa-{number}-{place}", "name": name, "level": "commune", "parent": parent}
            yield unit, factor, 0


def _write_units(folder: Path, units: list[Any]) -> None:
    lines = [f"  - {_flow(unit)}" for unit, _, _ in units]
    (folder / "units.yaml").write_text("\n".join(["units:", *lines, ""]), encoding="utf-8")


def _figures(factor: int, below: int) -> Figures:
    """Return 120 figures: of a district those of its own and of its communes, which add up to its total."""
    one = BASE["commune"]["hoso"]
    found: Figures = {}
    if below:
        for group, times in (("hoso", factor + below), ("hoso.district", factor), ("hoso.commune", below)):
            found |= {f"{group}.{name}": value for name, value in _times(one, times).items()}
    else:
        found |= {f"hoso.{name}": value for name, value in _times(one, factor).items()}
    for group, values in BASE["rest"].items():
        found |= {f"{group}.{name}": value for name, value in _times(values, factor).items()}
    return dict(list(found.items())[:FIELDS])


def _times(values: dict[str, Any], factor: int) -> dict[str, Any]:
    return {name: value * factor if isinstance(value, int) else value for name, value in values.items()}


def _broken(figures: Figures, chance: random.Random) -> Figures:
    return {
        path: value + 1 if isinstance(value, int) and chance.random() < BROKEN else value
        for path, value in figures.items()
    }


def _report(path: Path, unit: dict[str, str], period: dict[str, str], figures: Figures) -> None:
    head = {"form": "cchc", "submitted": "2024-06-17", "unit": _flow(unit), "period": _flow(period)}
    lines = ["report:", *(f"  {name}: {value}" for name, value in head.items())]
    tree: dict[str, Any] = {}
    for name, value in figures.items():
        *groups, last = name.split(".")
        node = tree
        for group in groups:
            node = node.setdefault(group, {})
        node[last] = value
    path.write_text("\n".join([*lines, *_lines(tree, ""), ""]), encoding="utf-8")


def _lines(tree: dict[str, Any], indent: str) -> Any:
    for name, value in tree.items():
        if isinstance(value, dict):
            yield f"{indent}{name}:"
            yield from _lines(value, indent + "  ")
        else:
            yield f"{indent}{name}: " + (f'"{value}"' if isinstance(value, str) else str(value))


def _flow(values: dict[str, str]) -> str:
    return "{" + ", ".join(f"{name}: {value}" for name, value in values.items()) + "}"
