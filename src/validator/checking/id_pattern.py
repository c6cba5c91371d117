"""The names that an id is known by, and whether a pattern fits one of them."""

from __future__ import annotations

import fnmatch
from typing import TYPE_CHECKING

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
