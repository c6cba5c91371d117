"""The evaluator, the quick looks and a naive oracle on random packs and reports: verdicts that differ.

Every rule of every pack is judged on every report by the evaluator (`run_rule`), by a plan whose quick
looks are prepared (`Plan`), by `Batch` where a report has values alone, and by the oracle of
``tests/engine``, which tries values one after another and shares no code with them. Where a rule is so
put that the evaluator may be more lenient than the exact answer (language.md, "Written digits are the
tolerance"), only a stricter one counts as different; where the oracle would have to try too much, the
rule is held against the quick looks alone, and counted.

usage: python benchmarks/differential.py [VERDICTS] [SEED]      (30,000 verdicts take some minutes)
"""

from __future__ import annotations

import random
import sys
import time
from collections import Counter
from pathlib import Path

sys.path.insert(0, str(Path(__file__).resolve().parents[1] / "tests" / "engine"))

from linearity import is_linear, must_be_exact
from oracle import FALSE, TRUE, UNDEFINED, Oracle
from small_world import FORM, report, rule

from validator.engine import truth as t
from validator.engine.batch import Batch
from validator.engine.context import Context
from validator.engine.evaluate import Evaluator
from validator.engine.run import Plan, run_rule
from validator.model.record import evolve
from validator.packs.pack import RulePack

VERDICTS, SEED = 30_000, 20240614
RULES, REPORTS, PREPARED = 12, 24, 9
"""Rules of a pack, reports held against it, and reports after which a plan has prepared its looks."""
MOST_BLANKS, MOST_WRITTEN = 2, 4
BLANK, TWO_CONDITIONS, DENIED, SLACK = 0.22, 0.25, 0.2, 0.1
"""How often a value is left out, and a rule is of such a kind."""
BITS = {TRUE: t.TRUE, FALSE: t.FALSE, UNDEFINED: t.UNDEFINED}
OPERATORS = ("=", "=", "≤", "<", "≥", ">", "≠")
COUNTS, MONEYS = ("a", "b", "c", "d", "e", "few", "about"), ("x", "y", "z")
SHARES = ("p", "q", "share", "exact")
BODIES = ("row.k = row.m", "row.k ≤ row.m", "row.s = row.k / row.m", "row.k / row.m ≤ 1", "row.ok")


class Author:
    """Writes random rules and reports."""

    def __init__(self, seed: int) -> None:
        self.chance = random.Random(seed)

    def rule(self) -> str:
        """Return what a rule asserts: mostly one comparison, at times two put together."""
        first = self._condition()
        if self.chance.random() >= TWO_CONDITIONS:
            return first
        second, word = self._condition(), self.chance.choice(("and", "or", "implies"))
        return f"not ({first})" if self.chance.random() < DENIED else f"({first}) {word} ({second})"

    def _condition(self) -> str:
        kinds = (self._sums, self._sums, self._amounts, self._share, self._share, self._rows, self._presence)
        return self.chance.choice(kinds)()

    def _sum(self, names: tuple[str, ...], most: int) -> str:
        terms = self.chance.sample(names, self.chance.randint(1, most))
        signs = [self.chance.choice((" + ", " + ", " - ")) for _ in terms[1:]]
        return terms[0] + "".join(sign + term for sign, term in zip(signs, terms[1:], strict=True))

    def _sums(self) -> str:
        right = self._sum(COUNTS, 3) + self.chance.choice(("", "", " + 2", " - 1"))
        slack = self.chance.random() < SLACK
        sign = "=" if slack else self.chance.choice(OPERATORS)
        return f"{self._sum(COUNTS, 2)} {sign} {right}{' ± 2' if slack else ''}"

    def _amounts(self) -> str:
        return f"{self._sum(MONEYS, 2)} {self.chance.choice(OPERATORS)} {self._sum(MONEYS, 3)}"

    def _share(self) -> str:
        share, sign = self.chance.choice(SHARES), self.chance.choice(("=", "=", "=", "≤", ">"))
        top = self.chance.choice(("a", "a + b", "first(a, b, 2)"))
        base = self.chance.choice(("c", "c + d", "2 * c", "c - d", "few", "first(c, d, 0)"))
        return self.chance.choice((f"{share} {sign} ({top}) / ({base})", f"{share} {sign} 50%"))

    def _rows(self) -> str:
        body, filters = self.chance.choice(BODIES), self.chance.choice(("", " if row.k > 1", " if row.ok"))
        return self.chance.choice(
            (
                f"{self.chance.choice(('all', 'any'))} row in rows{filters}: {body}",
                f"a {self.chance.choice(OPERATORS)} sum(row.k for row in rows{filters})",
                f"a {self.chance.choice(OPERATORS)} count(row for row in rows{filters})",
                f"x {self.chance.choice(OPERATORS)} sum(row.w for row in rows)",
                "unique(row.code for row in rows)",
            )
        )

    def _presence(self) -> str:
        return self.chance.choice(("present(a)", "missing(b)", "missing(a) or a = b", "flag", 'word = "w"'))

    def values(self) -> dict[str, object]:
        """Return the values of a report, some of them blank, a third of the tables absent or empty."""
        found: dict[str, object] = {name: self._or_none(self.chance.randint(0, 9)) for name in COUNTS}
        found |= {name: self._or_none(self._written(9)) for name in MONEYS}
        found |= {name: self._or_none(self._written(100)) for name in SHARES}
        found["few"] = self._or_none(self.chance.randint(2, 5))
        found |= {"flag": self._or_none(self.chance.choice((True, False))), "word": self._or_none("w")}
        found["rows"] = self.chance.choice((None, (), *([self._table()] * 4)))
        return found

    def _table(self) -> list[dict[str, object]]:
        return [
            {
                "code": self._or_none(self.chance.choice("vw")),
                "k": self._or_none(self.chance.randint(0, 4)),
                "m": self._or_none(self.chance.randint(0, 4)),
                "s": self._or_none(self._written(100)),
                "w": self._or_none(self._written(9)),
                "ok": self._or_none(self.chance.choice((True, False))),
            }
            for _ in range(self.chance.randint(1, 3))
        ]

    def _written(self, most: int) -> str:
        """Return a number as written, with a decimal or without."""
        decimals = self.chance.choice((0, 1))
        digits = str(self.chance.randint(0, most * 10**decimals)).zfill(decimals + 1)
        return f"{digits[:-1]}.{digits[-1]}" if decimals else digits

    def _or_none(self, value: object) -> object:
        return None if self.chance.random() < BLANK else value


def differing(verdicts: int = VERDICTS, seed: int = SEED) -> tuple[Counter[str], list[str]]:
    """Judge *verdicts* pairs of a rule and a report; return what was counted, and what differs."""
    author, counts, found = Author(seed), Counter[str](), list[str]()
    while counts["verdicts"] < verdicts:
        texts = [author.rule() for _ in range(RULES)]
        rules = tuple(evolve(rule(text), id=f"r{number}") for number, text in enumerate(texts))
        pack = RulePack(name="small", version="1", form=FORM, title={}, rules=rules, folder="")
        plan, batch = Plan(pack), Batch(pack)
        for _ in range(PREPARED):
            plan.check(Context(report=report(), children=()))
        for _ in range(REPORTS):
            _judge(pack, plan, batch, author.values(), counts, found)
            if counts["verdicts"] >= verdicts:
                break
    return counts, found


def _judge(pack, plan, batch, values, counts, found) -> None:  # noqa: ANN001
    context = Context(report=report(**values), children=())
    looked = [each.verdict for each in plan.check(context).results]
    plain = {path: cells[0].value for path, cells in context.report.cells.items()}
    batched = batch.verdicts(plain) if values["rows"] is None else looked
    for number, each in enumerate(pack.rules):
        exact = run_rule(each, context).verdict
        counts["verdicts"] += 1
        counts[exact.value] += 1
        where = f"{each.assert_text} on {values}"
        if looked[number] is not exact:
            found.append(f"plan {looked[number].value}, evaluator {exact.value}: {where}")
        if values["rows"] is None:
            counts["in batch"] += 1
            if batched[number] is not exact:
                found.append(f"batch {batched[number].value}, evaluator {exact.value}: {where}")
        if (fault := _against_oracle(each, context, counts)) is not None:
            found.append(f"{fault}: {where}")


def _against_oracle(one, stated, counts) -> str | None:  # noqa: ANN001
    """Return how the outcomes of the evaluator differ from those of the oracle, None if they do not."""
    context = stated
    if "rows" not in stated.report.tables:
        # To the oracle a table that is not there is one without rows: nothing is said of either.
        counts["table absent"] += "rows" in one.assert_text
        context = evolve(context, report=evolve(context.report, tables={"rows": ()}))
    oracle = Oracle(one.assertion, context)
    if len(oracle.blanks) > MOST_BLANKS or len(oracle.written) > MOST_WRITTEN:
        counts["too much to try"] += 1
        return None
    engine = Evaluator(stated).truth(one.assertion, {})
    tried = sum(BITS[each] for each in oracle.outcomes())
    if must_be_exact(oracle):
        counts["exact"] += 1
        return None if engine == tried else f"evaluator {engine:03b}, oracle {tried:03b}"
    counts["not stricter"] += 1
    if not is_linear(oracle, one.assertion, {}) and oracle.written:
        lenient = engine != t.FALSE or not tried & t.TRUE
        return None if lenient or "≠" in one.assert_text or "not" in one.assert_text else "stricter"
    return None if tried & ~engine == 0 else f"evaluator {engine:03b} leaves out of {tried:03b}"


def main() -> None:
    """Print the counts, and every verdict that differs; exit with 1 if one does."""
    given = [int(each) for each in sys.argv[1:3]]
    start = time.perf_counter()
    counts, found = differing(*given)
    for name, count in counts.most_common():
        print(f"{count:7,} {name}")
    print(f"{len(found):7,} different, in {time.perf_counter() - start:.0f} s")
    print("\n".join(found[:20]))
    sys.exit(1 if found else 0)


if __name__ == "__main__":
    main()
