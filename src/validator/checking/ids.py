"""The one registry of ids: what can be reported can be selected, ignored and explained by its id.

Ids are those of the rules of packs (also by their short names and old ones), of statements that
differ, and the codes of the message catalogues for what is found in files, archives and explanations.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from validator.diagnostics.code_reference import code_areas, diagnostic_codes
from validator.model.location import Location
from validator.model.problem import Problem, ValidatorError
from validator.model.suggestion import nearest
from validator.packs.forms import load_pack
from validator.packs.library import pack_folders
from validator.submissions.choice import RESTATED, matches, names_of_code, names_of_rule

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence

    from validator.packs.pack import Rule, RulePack

AREAS = ("read", "document", "check", "claims", "archive", "joined", "waiver")
"""The areas of the catalogues whose codes a run can report beside the ids of rules."""


def reported_codes() -> Iterator[str]:
    """Yield the codes that a run can report, besides the ids of rules."""
    for area in AREAS:
        yield from diagnostic_codes(area)


def packs_or_shipped(packs: Sequence[RulePack]) -> tuple[RulePack, ...]:
    """Return *packs*, or all that ship if there are none."""
    return tuple(packs) or tuple(load_pack(folder) for folder in pack_folders())


def require_known(patterns: Iterable[str], packs: Sequence[RulePack]) -> None:
    """Raise `ValidatorError`, with the nearest id, for the first pattern that no id fits.

    What is misspelt would select nothing, or hide nothing, in silence.
    """
    wanted = tuple(patterns)
    codes = [name for code in reported_codes() for name in names_of_code(code)] if wanted else []
    for pattern in wanted:
        if matches(codes, (pattern,)):
            continue
        if not any(matches(names, (pattern,)) for names in _of_packs(packs)):
            raise _unknown(pattern, [*codes, *(name for names in _of_packs(packs) for name in names)])


def find_rule(name: str, packs: Sequence[RulePack]) -> tuple[RulePack, Rule]:
    """Return the rule called *name* and its pack; raises `ValidatorError` with the nearest name."""
    searched = packs_or_shipped(packs)
    for pack in searched:
        for rule in pack.rules:
            if rule.is_named(name):
                return pack, rule
    known = [each for pack in searched for rule in pack.rules for each in (rule.id, rule.full_id)]
    raise _unknown(name, [*known, *reported_codes()])


def find_code(name: str) -> str | None:
    """Return the code of the catalogues called *name*, also of packs and calls; None if there is none."""
    codes = tuple(code for area in code_areas() for code in diagnostic_codes(area))
    if name in codes:
        return name
    short = [code for code in codes if code.rpartition("/")[2] == name]
    return short[0] if len(short) == 1 else None


def _of_packs(packs: Sequence[RulePack]) -> Iterator[tuple[str, ...]]:
    for pack in packs_or_shipped(packs):
        yield names_of_code(f"{pack.name}/{RESTATED}")
        yield from map(names_of_rule, pack.rules)


def _unknown(name: str, known: Iterable[str]) -> ValidatorError:
    near = nearest(name.strip("*?"), tuple(known)) if name else ""
    code = "cli/unknown-rule" if near else "cli/unknown-rule-plain"
    return ValidatorError(Problem(code=code, location=Location(), args={"rule": name, "suggestion": near}))
