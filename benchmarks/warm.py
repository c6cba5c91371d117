"""Reports a second of the exact engine beside the Rust binding of the Common Expression Language.

10,000 reports and 40 rules (20 sums, 12 bounds, 8 shares); 5 % of the values are missing and 2 % of
the rules that can be are broken on purpose; fixed seed. Both start from Python objects. The failing
pairs of the engine are compared with an exact reference written here with fractions.

usage: python benchmarks/warm.py [REPORTS]      (needs: pip install common-expression-language)
"""

from __future__ import annotations

import random
import sys
import tempfile
import time
from decimal import Decimal
from fractions import Fraction
from pathlib import Path

from validator import Plan, load_pack

SUMS, BOUNDS, SHARES = 20, 12, 8
MISSING, BROKEN = 0.05, 0.02


def write_pack(folder: Path) -> None:
    fields, rules = [], []
    for index in range(SUMS):
        fields += [f"  s{index}.{name}: {{type: count, unit: x}}" for name in ("total", "a", "b", "c")]
        rules.append((f"sum-{index}", f"s{index}.total = s{index}.a + s{index}.b + s{index}.c"))
    for index in range(BOUNDS):
        fields += [f"  l{index}.{name}: {{type: count, unit: x}}" for name in ("part", "whole")]
        rules.append((f"bound-{index}", f"l{index}.part ≤ l{index}.whole"))
    for index in range(SHARES):
        fields += [f"  p{index}.{name}: {{type: count, unit: x}}" for name in ("part", "whole")]
        fields.append(f"  p{index}.pct: {{type: percent}}")
        rules.append((f"share-{index}", f"p{index}.pct = p{index}.part / p{index}.whole"))
    head = "pack: warm\nversion: 1.0.0\nform: warm\ntitle: {vi: x}\nfields:\n"
    (folder / "pack.yaml").write_text(head + "\n".join(fields) + "\n", encoding="utf-8")
    lines = [f"  - {{id: {name}, title: {{vi: x}}, assert: {rule}}}" for name, rule in rules]
    (folder / "rules.yaml").write_text("rules:\n" + "\n".join(lines) + "\n", encoding="utf-8")


def make_report(chance: random.Random) -> dict[str, int | Decimal]:
    values: dict[str, int | Decimal] = {}
    for index in range(SUMS):
        parts = [chance.randrange(2000) for _ in range(3)]
        total = sum(parts) + (chance.choice((-1, 1, 10)) if chance.random() < BROKEN else 0)
        values |= {f"s{index}.total": max(0, total)} | {
            f"s{index}.{name}": part for name, part in zip("abc", parts, strict=True)
        }
    for index in range(BOUNDS):
        whole = chance.randrange(2000)
        part = whole + 1 + chance.randrange(9) if chance.random() < BROKEN else chance.randint(0, whole)
        values |= {f"l{index}.part": part, f"l{index}.whole": whole}
    for index in range(SHARES):
        whole = chance.randrange(1, 2000)
        part = chance.randint(0, whole)
        tenths = (part * 2000 + whole) // (2 * whole)
        tenths += chance.choice((-7, 5, 31)) if chance.random() < BROKEN else 0
        values |= {f"p{index}.part": part, f"p{index}.whole": whole}
        values[f"p{index}.pct"] = Decimal(max(0, tenths)).scaleb(-1)
    return {path: value for path, value in values.items() if chance.random() >= MISSING}


def reference(values: dict[str, int | Decimal]) -> list[str]:
    """Return the rules that fail for every completion, by plain fractions."""
    failing = []
    for index in range(SUMS):
        total, *parts = (values.get(f"s{index}.{name}") for name in ("total", "a", "b", "c"))
        known = sum(part for part in parts if part is not None)
        if total is not None and (known > total or (None not in parts and known != total)):
            failing.append(f"sum-{index}")
    for index in range(BOUNDS):
        part, whole = values.get(f"l{index}.part"), values.get(f"l{index}.whole")
        if part is not None and whole is not None and part > whole:
            failing.append(f"bound-{index}")
    for index in range(SHARES):
        part, whole, pct = (values.get(f"p{index}.{name}") for name in ("part", "whole", "pct"))
        if pct is not None and not share_possible(part, whole, Fraction(pct) / 100):
            failing.append(f"share-{index}")
    return failing


def share_possible(part: int | None, whole: int | None, pct: Fraction) -> bool:
    half = Fraction(1, 2000)
    low, high = pct - half, pct + half
    if part is not None and whole is not None:
        return whole == 0 or low <= Fraction(part, whole) <= high
    if whole is not None:
        return whole == 0 or (high * whole).__floor__() >= max(0, (low * whole).__ceil__())
    if part is not None:
        # A whole of 0 leaves the rule without meaning, so that no known part alone breaks it.
        return True
    return True


def run_cel(reports: list[dict[str, int | Decimal]]) -> tuple[float, int]:
    """Return the seconds taken and the pairs that CEL calls false (missing values are errors there)."""
    import cel

    sources = [f"s{i}_total == s{i}_a + s{i}_b + s{i}_c" for i in range(SUMS)]
    sources += [f"l{i}_part <= l{i}_whole" for i in range(BOUNDS)]
    sources += [
        f"p{i}_pct - double(p{i}_part) / double(p{i}_whole) * 100.0 <= 0.05 && "
        f"double(p{i}_part) / double(p{i}_whole) * 100.0 - p{i}_pct <= 0.05"
        for i in range(SHARES)
    ]
    programs = [cel.compile(source) for source in sources]
    plain = [
        {path.replace(".", "_"): v if isinstance(v, int) else v.__float__() for path, v in each.items()}
        for each in reports
    ]
    failed = 0
    start = time.perf_counter()
    for values in plain:
        context = cel.Context(variables=values)
        for program in programs:
            try:
                failed += program.execute(context) is False
            except (RuntimeError, ValueError, TypeError):
                continue
    return time.perf_counter() - start, failed


def main() -> None:
    count = int(sys.argv[1]) if len(sys.argv) > 1 else 10_000
    chance = random.Random(20231110)
    reports = [make_report(chance) for _ in range(count)]
    with tempfile.TemporaryDirectory() as name:
        write_pack(Path(name))
        plan = Plan(load_pack(name))
    plan.failing(reports[0])
    start = time.perf_counter()
    found = [plan.failing(values) for values in reports]
    ours = time.perf_counter() - start
    expected = [reference(values) for values in reports]
    differ = sum(one != two for one, two in zip(found, expected, strict=True))
    print(
        f"engine: {count / ours:,.0f} reports/s, {sum(map(len, found))} failing pairs, "
        f"{differ} reports differ from the exact reference"
    )
    theirs, failed = run_cel(reports)
    print(f"cel:    {count / theirs:,.0f} reports/s, {failed} pairs false")
    print(f"ratio:  {theirs / ours:.1f}")


if __name__ == "__main__":
    main()
