"""The ``*.test.yaml`` files of a pack → test cases: a rule, a report, the verdict expected."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

from validator.lang.scope import CHILDREN, JOINED
from validator.model.field import Form
from validator.model.record import evolve, field, record
from validator.model.suggestion import nearest
from validator.model.verdict import Severity, Verdict
from validator.packs.case_table import TABLE_KEYS, expanded
from validator.packs.files import TEST_SUFFIX, pack_files
from validator.packs.load import file_tree
from validator.packs.pack import RulePack
from validator.readers.tree import MappingNode, SequenceNode, location_of

if TYPE_CHECKING:
    from collections.abc import Mapping

    from validator.model.location import Location
    from validator.model.problem import Problem
    from validator.packs.pack import PackFile, Rule
    from validator.packs.reading import PackReading
    from validator.readers.tree import Node

TEST_KEYS = (
    "rule", "expect", "says", "says_en", "at", "report", *JOINED, CHILDREN,
    "why", "name", "todo", *TABLE_KEYS,
)  # fmt: skip
VERDICTS = tuple(verdict.value for verdict in Verdict if verdict is not Verdict.ERROR)


@record
class RuleTest:
    """One case: what *rule* is expected to say of the report in ``report``.

    ``joined`` holds the reports it is compared with, ``children`` those of the units below.
    ``says`` are parts of the explanation (``says_en`` of the English one), ``at`` paths of values
    that the finding names. ``todo`` tells of a known gap: the case may give something else.
    """

    rule: Rule
    expect: Verdict
    report: MappingNode
    location: Location
    joined: Mapping[str, MappingNode] = field(default_factory=dict)
    children: tuple[MappingNode, ...] | None = None
    says: tuple[str, ...] = ()
    says_en: tuple[str, ...] = ()
    at: tuple[str, ...] = ()
    todo: str = ""
    why: str = ""
    name: str = ""


@record
class RuleTests:
    """The cases of a pack, and the faults of the files they stand in."""

    cases: tuple[RuleTest, ...] = ()
    problems: tuple[Problem, ...] = ()

    @property
    def is_broken(self) -> bool:
        """Whether a fault keeps the cases from being run."""
        return any(problem.severity is Severity.ERROR for problem in self.problems)


def read_rule_tests(pack: RulePack, only: str | None = None) -> RuleTests:
    """Return the test cases of *pack* with every fault of its test files, or of the *only* one named."""
    files, unreadable = pack_files(Path(pack.folder))
    found = tests_in(tuple(file for file in files if only in (None, file.name)), pack)
    return evolve(found, problems=(*unreadable, *found.problems))


def tests_in(files: tuple[PackFile, ...], pack: RulePack) -> RuleTests:
    """Return the test cases of *pack* that the test files among *files* hold."""
    problems: list[Problem] = []
    cases: list[RuleTest] = []
    for file in files:
        if file.name.endswith(TEST_SUFFIX):
            cases.extend(_cases(file, pack, problems))
    return RuleTests(cases=tuple(cases), problems=tuple(problems))


def read_test_faults(folder: str) -> tuple[Problem, ...]:
    """Return the faults of the test files of a pack that cannot be used; rule names are not looked up."""
    files, unreadable = pack_files(Path(folder))
    return (*unreadable, *test_faults(files))


def test_faults(files: tuple[PackFile, ...]) -> tuple[Problem, ...]:
    """Return the faults of the test files among *files* without looking up the names of rules."""
    form = Form(name="", fields={}, tables={})
    unknown = RulePack(name="", version="", title={}, form=form, rules=(), folder="")
    found = tests_in(files, unknown).problems
    return tuple(problem for problem in found if not problem.code.startswith("pack/test-unknown-rule"))


def _cases(file: PackFile, pack: RulePack, problems: list[Problem]) -> list[RuleTest]:
    root, reading = file_tree(file, problems)
    if root is None:
        return []
    reading.keys(root, ("tests",))
    entries = root.get("tests")
    found: list[RuleTest] = []
    if entries is None:
        reading.note("missing-key", root, key="tests")
    elif not isinstance(entries, SequenceNode):
        reading.note("expected-list", entries, key="tests")
    else:
        found = [
            case
            for item in entries.items
            for each in expanded(item, reading)
            if (case := _case(each, pack, reading)) is not None
        ]
    problems.extend(reading.problems)
    return found


def _case(node: Node, pack: RulePack, reading: PackReading) -> RuleTest | None:
    if not isinstance(node, MappingNode):
        reading.note("expected-mapping", node, key="tests")
        return None
    before = len(reading.problems)
    reading.keys(node, TEST_KEYS)
    for key in ("rule", "expect", "report"):
        if node.get(key) is None:
            reading.note("missing-key", node, key=key)
    rule = _rule(node.get("rule"), pack, reading)
    expect = reading.choice(node.get("expect"), "expect", VERDICTS, "pass")
    report = reading.mapping(node.get("report"), "report")
    joined = {name: reading.mapping(node.get(name), name) for name in JOINED}
    children = _children(node.get(CHILDREN), reading)
    says, at = reading.names(node.get("says"), "says"), reading.names(node.get("at"), "at")
    words = {key: reading.text(node.get(key), key) or "" for key in ("why", "name", "todo")}
    if rule is None or len(reading.problems) > before:
        return None
    return RuleTest(
        rule=rule,
        expect=Verdict(expect),
        report=report or MappingNode(entries=(), line=node.line, column=node.column),
        location=location_of(node, reading.file),
        joined={name: found for name, found in joined.items() if found is not None},
        children=children,
        says=says,
        says_en=reading.names(node.get("says_en"), "says_en"),
        at=at,
        **words,
    )


def _children(node: Node | None, reading: PackReading) -> tuple[MappingNode, ...] | None:
    if node is None:
        return None
    if not isinstance(node, SequenceNode):
        reading.note("expected-list", node, key=CHILDREN)
        return None
    found = (reading.mapping(item, CHILDREN) for item in node.items)
    return tuple(each for each in found if each is not None)


def _rule(node: Node | None, pack: RulePack, reading: PackReading) -> Rule | None:
    name = reading.text(node, "rule")
    if name is None or node is None:
        return None
    found = next((rule for rule in pack.rules if rule.is_named(name)), None)
    if found is None:
        near = nearest(name, [rule.id for rule in pack.rules])
        code = "test-unknown-rule-near" if near else "test-unknown-rule"
        reading.note(code, node, rule=name, pack=pack.name, near=near)
    return found
