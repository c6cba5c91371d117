"""A pack folder → a checked rule pack, or every fault in it."""

from __future__ import annotations

import re
from itertools import pairwise
from pathlib import Path, PurePosixPath

from validator.lang.scope import Scope
from validator.model.location import Location
from validator.model.problem import Problem
from validator.model.record import evolve
from validator.model.verdict import Severity
from validator.packs.bind import check_names
from validator.packs.definition import read_definitions
from validator.packs.equation import read_equations
from validator.packs.files import PACK_FILE, TEST_SUFFIX, pack_files
from validator.packs.form import broken_names, read_form
from validator.packs.pack import LoadResult, PackFile, Rule, RulePack, Texts
from validator.packs.reading import PackReading
from validator.packs.rule import RULE_KEYS, RuleFile, read_rule
from validator.readers.encoding import decode
from validator.readers.tree import MappingNode, Node, ScalarNode, SequenceNode
from validator.readers.yaml_tree import parse_yaml

_PACK_KEYS = (
    "pack", "version", "form", "title", "fields", "tables", "define", "bind", "equations", "restated",
    "levels",
)  # fmt: skip
MOST_RULES = 5_000
_FILE_KEYS = ("title", "within", "rules", "define")
_SHAPES = ("empty", "top-is-a-list", "top-is-a-value")
_EXPRESSION = re.compile(r"\b(assert|when|all|any)\b")
_SEVERITIES = tuple(severity.value for severity in Severity)


def load_pack_folder(folder: Path) -> LoadResult:
    """Read and check the pack in *folder*; all of its faults are returned at once."""
    files, problems = pack_files(folder)
    if problems:
        return LoadResult(pack=None, problems=problems)
    return compile_pack(files, str(folder))


def compile_pack(files: tuple[PackFile, ...], folder: str) -> LoadResult:
    """Check the files of a pack (test files are left alone)."""
    problems: list[Problem] = []
    heads = [file for file in files if file.name == PACK_FILE]
    root, reading = file_tree(heads[0], problems)
    if root is None:
        return LoadResult(pack=None, problems=tuple(problems))
    head, scope = read_head(root, folder, reading)
    problems.extend(reading.problems)
    rules: list[Rule] = []
    topics: dict[str, Texts] = {}
    for file in files:
        if file.name != PACK_FILE and not file.name.endswith(TEST_SUFFIX):
            rules.extend(_rules(file, head.name, scope, problems, topics))
        if len(rules) > MOST_RULES:
            problems.append(_too_many(folder))
            break
    problems.extend(_clashes(rules))
    if any(problem.severity is Severity.ERROR for problem in problems):
        return LoadResult(pack=None, problems=tuple(sorted(problems, key=lambda p: p.location.sort_key)))
    return LoadResult(pack=evolve(head, rules=tuple(rules), topics=topics), problems=tuple(problems))


def _too_many(folder: str) -> Problem:
    return Problem(code="pack/too-many-rules", location=Location(file=folder), args={"limit": MOST_RULES})


def read_head(root: MappingNode, folder: str, reading: PackReading) -> tuple[RulePack, Scope]:
    """Return the pack that its head file describes, as yet without rules, and what they can name."""
    _check_head(root, reading)
    name = reading.text(root.get("pack"), "pack") or PurePosixPath(folder).name
    form = read_form(root, reading.text(root.get("form"), "form") or name, reading)
    scope = Scope(form=form, broken=broken_names(root, form))
    check_names(root, form, scope.broken, reading)
    restated = reading.mapping(root.get("restated"), "restated")
    if restated is not None:
        reading.keys(restated, ("severity",))
    wanted = restated.get("severity") if restated else None
    head = RulePack(
        name=name,
        version=reading.text(root.get("version"), "version") or "0",
        title=reading.texts(root.get("title"), "title"),
        form=form,
        rules=(),
        folder=folder,
        equations=read_equations(root.get("equations"), form, reading),
        restated=Severity(reading.choice(wanted, "severity", _SEVERITIES, "warning")),
    )
    return head, read_definitions(root.get("define"), scope, reading)


def file_tree(file: PackFile, problems: list[Problem]) -> tuple[MappingNode | None, PackReading]:
    """Return the tree of a pack's file, None if it has none, and what to read it with."""
    text = decode(file.data, file.path)
    problems.extend(text.problems)
    if text.text is None:
        return None, PackReading(file.path, [])
    result = parse_yaml(text.text, file.path)
    lines = text.text.splitlines()
    problems.extend(_of_pack(_with_quotes(problem, lines)) for problem in result.problems)
    return result.root, PackReading(file.path, lines)


def _of_pack(problem: Problem) -> Problem:
    """Return the problem that speaks of a pack's file where *problem* speaks of a report."""
    area, _, name = problem.code.partition("/")
    if area == "read" and name in _SHAPES:
        return evolve(problem, code=f"pack/{name}")
    return problem


def _with_quotes(problem: Problem, lines: list[str]) -> Problem:
    """Return the problem that tells how to quote, if *problem* is the colon of an expression."""
    line = (problem.location.line or 1) - 1
    if problem.code != "read/yaml-stray-colon" or not _EXPRESSION.search("".join(lines[line : line + 1])):
        return problem
    return Problem(code="pack/stray-colon", location=problem.location, args=problem.args)


def _check_head(root: MappingNode, reading: PackReading) -> None:
    reading.keys(root, _PACK_KEYS)
    for key in ("pack", "version", "form", "fields"):
        if root.get(key) is None and not (key == "fields" and root.get("tables")):
            reading.note("missing-key", root, key=key)


def _rules(
    file: PackFile, pack: str, scope: Scope, problems: list[Problem], topics: dict[str, Texts]
) -> list[Rule]:
    root, reading = file_tree(file, problems)
    if root is None:
        return []
    reading.keys(root, _FILE_KEYS)
    topic = file.name.removesuffix(".yaml")
    topics[topic] = reading.texts(root.get("title"), "title")
    shared = RuleFile(pack=pack, topic=topic, scope=file_scope(root, scope, reading))
    entries = root.get("rules")
    found: list[Rule] = []
    if isinstance(entries, SequenceNode):
        for item in entries.items:
            cut = cut_expression(item)
            if cut is not None:
                reading.note("unquoted-expression", cut, key=cut.text)
                continue
            rule = read_rule(item, shared, reading)
            if rule is not None:
                found.append(rule)
    elif entries is None and root.get("define") is None:
        reading.note("missing-key", root, key="rules")
    elif entries is not None:
        reading.note("expected-list", entries, key="rules")
    problems.extend(reading.problems)
    return found


def file_scope(root: MappingNode, scope: Scope, reading: PackReading) -> Scope:
    """Return what the rules of a file can name, where those of its pack can name *scope*."""
    within = reading.text(root.get("within"), "within") or ""
    return read_definitions(root.get("define"), evolve(scope, within=within), reading)


def cut_expression(item: Node) -> ScalarNode | None:
    """Return what follows a comma that cut an expression in two, as in ``{assert: abs(a, b) > 1}``."""
    entries = item.entries if isinstance(item, MappingNode) else ()
    for before, entry in pairwise(entries):
        is_blank = isinstance(entry.value, ScalarNode) and entry.value.is_null
        if before.name in ("assert", "when") and is_blank and entry.name not in RULE_KEYS:
            return entry.key
    return None


def _clashes(rules: list[Rule]) -> list[Problem]:
    """Return a problem for each rule whose id or alias another rule already has."""
    first: dict[str, Rule] = {}
    problems: list[Problem] = []
    for rule in rules:
        for name in (rule.id, *rule.aliases):
            other = first.setdefault(name, rule)
            if other is not rule:
                args = {"id": name, "file": other.location.file, "line": other.location.line}
                problems.append(Problem(code="pack/duplicate-id", location=rule.location, args=args))
    return problems
