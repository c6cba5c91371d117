"""Pack folders → what all lints find in them, with every fault and warning of loading."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

from validator.engine.lint.never_applies import NEVER_APPLIES
from validator.engine.lint.one_outcome import NEVER_FAILS, NEVER_PASSES
from validator.model.record import field, record
from validator.model.verdict import Severity
from validator.packs.lint.registry import LINTS as PLAIN
from validator.packs.lint.subject import Subject, pack_trees
from validator.packs.load import load_pack_folder
from validator.packs.rule_test import read_rule_tests

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from validator.model.problem import Problem
    from validator.packs.pack import RulePack
    from validator.readers.tree import MappingNode

LINTS = tuple(sorted((*PLAIN, NEVER_APPLIES, NEVER_FAILS, NEVER_PASSES), key=lambda lint: lint.id))


@record
class LintResult:
    """What was found, in the order of places; ``broken`` packs could not be looked at by lints."""

    problems: tuple[Problem, ...]
    broken: tuple[str, ...] = ()
    packs: int = 0
    rules: int = 0
    files: tuple[str, ...] = field(default_factory=tuple)


def lint_packs(
    folders: Sequence[str | Path], explanations: Mapping[str, MappingNode] | None = None
) -> LintResult:
    """Return what is to be said of the packs in *folders* and of *explanations* for their rules."""
    loaded = [load_pack_folder(Path(folder)) for folder in folders]
    packs = tuple(result.pack for result in loaded if result.pack is not None)
    problems = [problem for result in loaded for problem in result.problems]
    broken = [str(folder) for folder, result in zip(folders, loaded, strict=True) if result.pack is None]
    for index, pack in enumerate(packs):
        # Explanations belong to the run: they are looked at once, with the rules of all packs.
        told = explanations or {} if index == 0 else {}
        found, whole = _pack(pack, tuple(each for each in packs if each is not pack), told)
        problems.extend(found)
        if not whole:
            broken.append(pack.folder)
    return LintResult(
        problems=tuple(sorted(problems, key=lambda each: (*each.location.sort_key, each.code))),
        broken=tuple(broken),
        packs=len(packs),
        rules=sum(len(pack.rules) for pack in packs),
    )


def _pack(
    pack: RulePack, others: tuple[RulePack, ...], explanations: Mapping[str, MappingNode]
) -> tuple[list[Problem], bool]:
    """Return what is found in one pack, and whether its tests could be read."""
    tests = read_rule_tests(pack)
    problems = list(tests.problems)
    subject = Subject(
        pack=pack,
        tests=tests.cases,
        trees=pack_trees(Path(pack.folder)),
        others=others,
        explanations=explanations,
    )
    for lint in LINTS:
        problems.extend(lint.run(subject))
    return problems, not any(each.severity is Severity.ERROR for each in tests.problems)
