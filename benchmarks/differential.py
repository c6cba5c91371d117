"""The evaluator, the plan and a naive oracle on random packs and reports: verdicts that differ.

Packs, reports and what is joined to them are drawn from a seed. Every rule is judged on every report by
the evaluator (`run_rule`), by a plan of the whole pack (`Plan`), from plain values where a report has no
more than these, and by the oracle of ``tests/engine``, which tries values one after another and shares no
code with them. Where a rule is so put that the evaluator may be more lenient than the exact answer
(language.md, "Written digits are the tolerance"), only a stricter one counts as different. Where the oracle
would have to try too much, the rule is held against the plan alone, and counted; of those that take it
long, it tries a part, drawn as well.

usage: python benchmarks/differential.py [PAIRS] [SEED]      (1,000,000 pairs: half an hour on two cores)
"""

from __future__ import annotations

import os
import sys
import time
from collections import Counter
from concurrent.futures import ProcessPoolExecutor
from pathlib import Path

sys.path.insert(0, str(Path(__file__).resolve().parents[1] / "tests" / "engine"))

from author import Author
from linearity import is_linear, must_be_exact
from oracle import FALSE, TRUE, UNDEFINED, Oracle
from small_world import FORM, report, rule

from validator.engine.context import Context
from validator.engine.evaluate import Evaluator
from validator.engine.plan import Plan
from validator.engine.run import run_rule
from validator.exact import truth as t
from validator.model.record import evolve
from validator.packs.pack import RulePack

PAIRS, SEED, SHARE = 1_000_000, 20240614, 5_000
"""Pairs of a rule and a report, the first seed, and how many pairs are drawn from one seed."""
RULES, REPORTS, PREPARED = 12, 24, 9
"""Rules of a pack, reports held against it, and reports after which a plan makes its function."""
MOST_BLANKS, MOST_WRITTEN = 2, 4
TRIED = {1: 0.2, 2: 0.02}
"""Which part of the pairs with so many blanks and a division the oracle tries: they take it long."""
BITS = {TRUE: t.TRUE, FALSE: t.FALSE, UNDEFINED: t.UNDEFINED}


def differing(pairs: int, seed: int) -> tuple[Counter[str], list[str]]:
    """Judge *pairs* of a rule and a report; return what was counted, and what differs."""
    author, counts, found = Author(seed), Counter[str](), list[str]()
    while counts["pairs"] < pairs:
        rules = tuple(
            evolve(rule(author.rule(), **author.settings()), id=f"r{number}") for number in range(RULES)
        )
        pack = RulePack(name="small", version="1", form=FORM, title={}, rules=rules, folder="")
        plan = Plan(pack)
        for _ in range(PREPARED):
            plan.check(Context(report=report(), children=()))
        for _ in range(REPORTS):
            _judge(pack, plan, author, counts, found)
            if counts["pairs"] >= pairs:
                break
    return counts, found


def _judge(pack, plan, author, counts, found) -> None:  # noqa: ANN001
    values, prior, below = author.values(), author.joined(), author.children()
    context = Context(
        report=report(**values),
        joined={} if prior is None else {"prior": report(**prior)},
        children=tuple(report(**each) for is_there, each in below if is_there),
        absent=tuple(report() for is_there, _ in below if not is_there),
    )
    alone = Context(report=context.report)
    looked = plan.check(context).results
    plain = {path: cells[0].value for path, cells in context.report.cells.items()}
    of_plain = plan.verdicts(plain) if values["rows"] is None else None
    for number, each in enumerate(pack.rules):
        exact = run_rule(each, context)
        counts["pairs"] += 1
        counts[exact.verdict.value] += 1
        where = f"{each.assert_text} when {each.guard} on {values}, prior {prior}, below {below}"
        if _outcome(looked[number]) != _outcome(exact):
            found.append(f"plan {_outcome(looked[number])}, evaluator {_outcome(exact)}: {where}")
        if of_plain is not None:
            counts["plain values"] += 1
            if of_plain[number] is not (wanted := run_rule(each, alone).verdict):
                found.append(f"plain {of_plain[number].value}, evaluator {wanted.value}: {where}")
        for node in filter(None, (each.guard, each.assertion)):
            if (fault := _against_oracle(node, context, counts, author.chance)) is not None:
                found.append(f"{fault}: {where}")


def _outcome(result) -> tuple[str, str, str]:  # noqa: ANN001
    return result.verdict.value, result.reason, result.severity.value


def _against_oracle(node, stated, counts, chance) -> str | None:  # noqa: ANN001
    """Return how the outcomes of the evaluator differ from those of the oracle, None if they do not."""
    context = stated
    if "rows" not in stated.report.tables:
        # To the oracle a table that is not there is one without rows: nothing is said of either.
        context = evolve(context, report=evolve(context.report, tables={"rows": ()}))
    oracle = Oracle(node, context)
    blanks = len(oracle.blanks)
    share = TRIED.get(blanks, 1) if oracle.divides() else 1
    if blanks > MOST_BLANKS or len(oracle.written) > MOST_WRITTEN or chance.random() > share:
        counts["oracle: too much to try"] += 1
        return None
    engine = Evaluator(stated).truth(node, {})
    tried = sum(BITS[each] for each in oracle.outcomes())
    if must_be_exact(oracle):
        counts["oracle: exact"] += 1
        return None if engine == tried else f"evaluator {engine:03b}, oracle {tried:03b}"
    counts["oracle: not stricter"] += 1
    if not is_linear(oracle, node, {}) and oracle.written:
        lenient = engine != t.FALSE or not tried & t.TRUE
        return None if lenient or oracle.denies() else "stricter"
    return None if tried & ~engine == 0 else f"evaluator {engine:03b} leaves out of {tried:03b}"


def run(pairs: int, seed: int) -> tuple[Counter[str], list[str]]:
    """Judge *pairs* on all cores, each share of them from a seed of its own."""
    counts, found = Counter[str](), list[str]()
    shares = [min(SHARE, pairs - start) for start in range(0, pairs, SHARE)]
    with ProcessPoolExecutor(os.cpu_count()) as cores:
        for counted, differ in cores.map(differing, shares, range(seed, seed + len(shares))):
            counts += counted
            found += differ
    return counts, found


def main() -> None:
    """Print the counts, and every verdict that differs; exit with 1 if one does."""
    pairs, seed = (int(each) for each in (sys.argv[1:] + [str(PAIRS), str(SEED)][len(sys.argv) - 1 :])[:2])
    start = time.perf_counter()
    counts, found = run(pairs, seed)
    for name, count in counts.most_common():
        print(f"{count:9,} {name}")
    print(f"{len(found):9,} different, in {time.perf_counter() - start:.0f} s")
    print("\n".join(found[:20]))
    sys.exit(1 if found else 0)


if __name__ == "__main__":
    main()
