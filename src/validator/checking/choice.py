"""Which packs and rules a run uses, and how what it finds is worded."""

from __future__ import annotations

import fnmatch
from typing import TYPE_CHECKING

from validator.model.record import field, record
from validator.readers.given import Given

if TYPE_CHECKING:
    from collections.abc import Iterable

    from validator.packs.pack import Rule


@record
class Choice:
    """Folders of packs, rules by id or pattern; empty means the packs of each report's form, and all rules.

    It holds names only, so that it can be handed to another process. ``archive`` is the folder of
    earlier reports that rules on other periods look at, ``units`` the list through which a unit is
    recognised for that.
    """

    packs: tuple[str, ...] = ()
    select: tuple[str, ...] = ()
    ignore: tuple[str, ...] = ()
    undecided: bool = True
    lang: str = "vi"
    claims: bool = True
    archive: str = ""
    units: str = ""
    given: Given = field(default_factory=Given)

    def wants_rule(self, rule: Rule) -> bool:
        """Whether the rule is to be run."""
        names = (rule.full_id, rule.id, *rule.aliases)
        if self.select and not any(_matches(name, self.select) for name in names):
            return False
        return not any(_matches(name, self.ignore) for name in names)

    def wants_finding(self, code: str) -> bool:
        """Whether a fault of reading is to be shown; `select` chooses among rules only."""
        return not any(_matches(name, self.ignore) for name in (code, code.rpartition("/")[2]))

    def wants_restatement(self, code: str) -> bool:
        """Whether a field stated differently is to be shown."""
        names = (code, code.rpartition("/")[2])
        chosen = not self.select or any(_matches(name, self.select) for name in names)
        return chosen and self.wants_finding(code)


def _matches(name: str, patterns: Iterable[str]) -> bool:
    return any(fnmatch.fnmatchcase(name, pattern) for pattern in patterns)
