"""Writes random rules and reports of the small form, from a seed."""

from __future__ import annotations

import random

BLANK, TWO_CONDITIONS, DENIED, SLACK = 0.22, 0.25, 0.2, 0.1
"""How often a value is left out, and a rule is of such a kind."""
GUARDED, WITH_POLICIES, WITH_JOINS = 0.2, 0.2, 0.15
OPERATORS = ("=", "=", "≤", "<", "≥", ">", "≠")
COUNTS, MONEYS = ("a", "b", "c", "d", "e", "few", "about"), ("x", "y", "z")
SHARES = ("p", "q", "share", "exact")
BODIES = ("row.k = row.m", "row.k ≤ row.m", "row.s = row.k / row.m", "row.k / row.m ≤ 1", "row.ok")
SIMPLE = ("a", "b", "c", "d")


class Author:
    """Writes random rules and reports."""

    def __init__(self, seed: int) -> None:
        self.chance = random.Random(seed)  # noqa: S311 - a seed, not a secret

    def rule(self) -> str:
        """Return what a rule asserts: mostly one comparison, at times two put together."""
        first = self._condition()
        if self.chance.random() >= TWO_CONDITIONS:
            return first
        second, word = self._condition(), self.chance.choice(("and", "or", "implies"))
        return f"not ({first})" if self.chance.random() < DENIED else f"({first}) {word} ({second})"

    def settings(self) -> dict[str, object]:
        """Return when a rule applies, and what it does with blanks, if it says so."""
        found: dict[str, object] = {}
        if self.chance.random() < GUARDED:
            found["when"] = self.chance.choice((self._presence, self._sums, self._share))()
        if self.chance.random() < WITH_POLICIES:
            names = self.chance.sample((*SIMPLE, "p", "x"), 2)
            found["policies"] = {name: self.chance.choice(("zero", "zero", "fail")) for name in names}
        return found

    def _condition(self) -> str:
        if self.chance.random() < WITH_JOINS:
            return self._joined()
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

    def _joined(self) -> str:
        sign = self.chance.choice(OPERATORS)
        return self.chance.choice(
            (
                f"a {sign} prior.a",
                f"a {sign} prior.b + {self.chance.choice(SIMPLE)}",
                f"x {sign} prior.x",
                f"a {sign} sum(child.a for child in children)",
                f"all child in children: child.a {sign} child.b",
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

    def joined(self) -> dict[str, object] | None:
        """Return the values of the report before, None if there is none."""
        return self.chance.choice((None, self._few_values(), self._few_values()))

    def children(self) -> list[tuple[bool, dict[str, object]]]:
        """Return for each unit below whether it has reported, and its values."""
        return [
            (self.chance.random() > BLANK, self._few_values()) for _ in range(self.chance.choice((0, 1, 2)))
        ]

    def _few_values(self) -> dict[str, object]:
        found: dict[str, object] = {name: self._or_none(self.chance.randint(0, 5)) for name in ("a", "b")}
        return found | {"x": self._or_none(self._written(9))}

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
