"""Rules by the names people give them on the command line."""

from __future__ import annotations

import fnmatch
from typing import TYPE_CHECKING

from validator.api import load_pack
from validator.model.location import Location
from validator.model.problem import Problem, ValidatorError
from validator.model.suggestion import nearest
from validator.packs.library import pack_folders

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from validator.packs.pack import Rule, RulePack

BUILT_IN = ("restated-differently",)
_WILD = frozenset("*?[")
# Findings of the program itself, which are no rules of a pack.
_OWN_AREAS = frozenset({"read", "claims", "document", "waiver", "archive", "joined"})


def packs_or_shipped(packs: Sequence[RulePack]) -> tuple[RulePack, ...]:
    """Return *packs*, or all that ship if there are none."""
    return tuple(packs) or tuple(load_pack(folder) for folder in pack_folders())


def require_known_rules(given: Iterable[str], packs: Sequence[RulePack]) -> None:
    """Refuse a rule name that no pack knows: a slip in ``--ignore`` would hide nothing, silently."""
    names = [name for name in given if name.partition("/")[0] not in _OWN_AREAS]
    if names:
        require_known(names, packs)


def require_known(names: Iterable[str], packs: Sequence[RulePack]) -> None:
    """Raise `ValidatorError` for the first name or pattern that no rule has."""
    for name in names:
        short = name.rpartition("/")[2]
        if any(fnmatch.fnmatchcase(each, short) for each in BUILT_IN):
            continue
        if set(name) & _WILD:
            _require_match(name, packs)
        else:
            find_rule(name, packs)


def _require_match(pattern: str, packs: Sequence[RulePack]) -> None:
    for pack in packs_or_shipped(packs):
        for rule in pack.rules:
            names = (rule.full_id, rule.id, *rule.aliases)
            if any(fnmatch.fnmatchcase(each, pattern) for each in names):
                return
    args = {"rule": pattern, "suggestion": ""}
    raise ValidatorError(Problem(code="cli/unknown-rule-plain", location=Location(), args=args))


def find_rule(name: str, packs: Sequence[RulePack]) -> tuple[RulePack, Rule]:
    """Return the rule called *name* and its pack; raises `ValidatorError` with the nearest name."""
    searched = packs_or_shipped(packs)
    for pack in searched:
        for rule in pack.rules:
            if rule.is_named(name):
                return pack, rule
    known = [each for pack in searched for rule in pack.rules for each in (rule.id, rule.full_id)]
    near = nearest(name, known)
    code = "cli/unknown-rule" if near else "cli/unknown-rule-plain"
    raise ValidatorError(Problem(code=code, location=Location(), args={"rule": name, "suggestion": near}))
