"""Which packs and rules a run uses: the ids chosen, by name or pattern, and what is given besides."""

from __future__ import annotations

import fnmatch
from typing import TYPE_CHECKING

from validator.model.record import field, record
from validator.readers.given import Given

if TYPE_CHECKING:
    from collections.abc import Iterable

    from validator.packs.pack import Rule

RESTATED = "restated-differently"


def matches(names: Iterable[str], patterns: Iterable[str]) -> bool:
    """Whether one of *names* is, or fits, one of *patterns*."""
    every = tuple(patterns)
    return any(fnmatch.fnmatchcase(name, pattern) for name in names for pattern in every)


def names_of_rule(rule: Rule) -> tuple[str, ...]:
    """Return the names that a rule is known by: with its pack and without, and its old ones."""
    return (rule.full_id, rule.id, *rule.aliases, *(f"{rule.pack}/{each}" for each in rule.aliases))


def names_of_code(code: str) -> tuple[str, ...]:
    """Return the names that a code, or the id of statements that differ, is known by."""
    return (code, code.rpartition("/")[2])


@record
class Choice:
    """Folders of packs, rules by id or pattern; empty means the packs of each report's form, and all rules.

    It holds names only, so that it can be handed to another process. ``archive`` is the folder of
    earlier reports that rules on other periods look at, ``units`` the list through which a unit is
    recognised for that. With ``ticks`` every figure of a document is told with what it was compared with.
    """

    packs: tuple[str, ...] = ()
    select: tuple[str, ...] = ()
    ignore: tuple[str, ...] = ()
    undecided: bool = True
    claims: bool = True
    ticks: bool = False
    archive: str = ""
    units: str = ""
    given: Given = field(default_factory=Given)

    def wants_rule(self, rule: Rule) -> bool:
        """Whether the rule is to be run."""
        return self._wants(names_of_rule(rule))

    def wants_finding(self, code: str) -> bool:
        """Whether what was noticed of a file is to be shown; `select` chooses among what is compared."""
        return not matches(names_of_code(code), self.ignore)

    def wants_comparison(self, code: str) -> bool:
        """Whether a claim of the prose, or a field stated differently, is to be checked."""
        return self._wants(names_of_code(code))

    @property
    def wants_claims(self) -> bool:
        """Whether the prose is to be checked: for any of its codes."""
        if not self.claims or not (self.select or self.ignore):
            return self.claims
        from validator.diagnostics.code_reference import diagnostic_codes

        return any(map(self.wants_comparison, diagnostic_codes("claims")))

    def _wants(self, names: tuple[str, ...]) -> bool:
        chosen = not self.select or matches(names, self.select)
        return chosen and not matches(names, self.ignore)
