"""One entry under ``rules:`` → a checked rule."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Any

from validator.lang.check import compile_expression
from validator.lang.ir import Call, ColumnRef, FieldRef, Node, children, is_deeper, is_larger, walk
from validator.lang.scope import Scope, normal
from validator.lang.source import Source
from validator.lang.types import Kind
from validator.model.field import Form, TableDef
from validator.model.record import evolve, record
from validator.model.suggestion import nearest
from validator.model.verdict import Severity
from validator.packs.pack import Rule
from validator.packs.scalar_source import scalar_source
from validator.packs.word import check_expression, check_levels, check_periods
from validator.readers.tree import MappingNode, ScalarNode, location_of
from validator.readers.tree import Node as TreeNode

if TYPE_CHECKING:
    from collections.abc import Iterator

    from validator.packs.reading import PackReading

RULE_KEYS = (
    "id", "title", "assert", "when", "missing", "severity", "basis", "help",
    "applies", "since", "until", "tags", "aliases",
)  # fmt: skip
_ID = re.compile(r"[a-z0-9]+(-[a-z0-9]+)*")
LARGEST = 2_000
"""Most nodes of an expression with the definitions that it uses put in."""
DEEPEST = 120
"""Most nodes of an expression that stand within each other, definitions put in."""
_STAND_IN = "first"
"""The function that takes its next argument where one is missing."""
POLICIES = ("zero", "unknown", "fail")
_SEVERITIES = tuple(severity.value for severity in Severity)


@record
class RuleFile:
    """What the rules of one file share."""

    pack: str
    topic: str
    scope: Scope


def read_rule(node: TreeNode, shared: RuleFile, reading: PackReading) -> Rule | None:
    """Return the rule that *node* describes; None if it has a fault, which is noted."""
    body = reading.mapping(node, "rules")
    if body is None:
        return None
    before = len(reading.problems)
    reading.keys(body, RULE_KEYS)
    name = _rule_id(body, reading)
    scope = _with_policies(body, shared.scope, reading)
    assertion, assert_source = _expression(body, "assert", scope, reading)
    guard, guard_source = _expression(body, "when", scope, reading)
    if assertion is not None:
        _check_policies(body, scope, (assertion, guard), reading)
    rule = _assemble(body, name, shared, reading)
    failed = any(problem.severity is Severity.ERROR for problem in reading.problems[before:])
    if failed or assertion is None or assert_source is None:
        return None
    return Rule(
        **rule,
        assertion=assertion,
        assert_text=assert_source.text,
        guard=guard,
        guard_text=guard_source.text if guard_source else None,
        asked_of=asked_of(assertion),
    )


def asked_of(assertion: Node) -> tuple[tuple[str, tuple[str, ...]], ...]:
    """Return the fields that a rule waits for and that only reports of some levels have, with the levels."""
    return tuple({ref.field.path: ref.field.levels for ref in _needed(assertion)}.items())


def _needed(node: Node) -> Iterator[FieldRef]:
    """Yield the own fields below *node* that only some levels have and that nothing stands in for."""
    if isinstance(node, FieldRef):
        if node.source == "report" and node.field.levels and node.policy == "unknown":
            yield node
    elif not (isinstance(node, Call) and node.name == _STAND_IN):
        for each in children(node):
            yield from _needed(each)


def is_rule_id(name: str) -> bool:
    """Whether a rule may have *name* as its id: small letters, digits and single hyphens."""
    return _ID.fullmatch(name) is not None


def _rule_id(body: MappingNode, reading: PackReading) -> str:
    node = body.get("id")
    if node is None:
        reading.note("rule-without-id", body)
        return ""
    name = reading.text(node, "id") or ""
    if name and not is_rule_id(name):
        reading.note("odd-id", node, id=name[:80])
    return name


def _expression(
    body: MappingNode, key: str, scope: Scope, reading: PackReading
) -> tuple[Node | None, Source | None]:
    node = body.get(key)
    if node is None:
        if key == "assert":
            reading.note("rule-without-assert", body)
        return None, None
    if not isinstance(node, ScalarNode):
        reading.note("expected-expression", node, key=key)
        return None, None
    source = expression_source(node, reading)
    checked, problems = compile_expression(source, scope, Kind.TRUTH)
    reading.problems.extend(problems)
    if checked is not None and is_too_large(checked, node, key, reading):
        return None, source
    if checked is not None:
        check_expression(checked, source, reading)
    return checked, source


def is_too_large(found: Node, place: TreeNode, name: str, reading: PackReading) -> bool:
    """Note an expression that is too large or too deep once the definitions that it uses are put in."""
    if is_larger(found, LARGEST):
        reading.note("expression-too-large", place, name=name, limit=LARGEST)
        return True
    if is_deeper(found, DEEPEST):
        reading.note("expression-too-deep", place, name=name, limit=DEEPEST)
        return True
    return False


def expression_source(node: ScalarNode, reading: PackReading) -> Source:
    """Return the expression in *node* in NFC if that keeps its length, with its places."""
    source = scalar_source(node, reading.lines, reading.file)
    composed = normal(source.text)
    if composed == source.text:
        return source
    return _compose(source)


def _compose(source: Source) -> Source:
    """Return *source* in NFC: a combining mark shares the place of the letter it stands on."""
    text: list[str] = []
    places: list[tuple[int, int]] = []
    for character, place in zip(source.text, source.places, strict=False):
        joined = normal(text[-1] + character) if text else character
        if text and len(joined) == 1:
            text[-1] = joined
        else:
            text.append(character)
            places.append(place)
    found = (*places, source.places[-1])
    return Source(text="".join(text), file=source.file, find_places=lambda: found)


def _with_policies(body: MappingNode, scope: Scope, reading: PackReading) -> Scope:
    node = reading.mapping(body.get("missing"), "missing")
    if node is None:
        return scope
    policies: dict[str, str] = {}
    for entry in node.entries:
        policy = reading.choice(entry.value, "missing", POLICIES, "unknown")
        path = _operand_path(entry.name, scope.form, scope)
        if path is None and entry.name in scope.broken:
            continue
        if path is None:
            near = nearest(entry.name, scope.names())
            code = "missing-names-no-field-near" if near else "missing-names-no-field"
            reading.note(code, entry.key, name=entry.name, near=near)
        else:
            policies[path] = policy
    return evolve(scope, policies=policies)


def _operand_path(name: str, form: Form, scope: Scope) -> str | None:
    place = scope.find(tuple(name.split(".")))
    if place is not None and not isinstance(place.target, TableDef):
        return place.name
    table, _, column = name.rpartition(".")
    if table in form.tables and column in form.tables[table].columns:
        return name
    return None


def _check_policies(
    body: MappingNode, scope: Scope, nodes: tuple[Node | None, ...], reading: PackReading
) -> None:
    used = {
        each.field.path
        for node in nodes
        if node is not None
        for each in walk(node)
        if isinstance(each, FieldRef | ColumnRef)
    }
    for path in scope.policies:
        if path not in used:
            reading.note("missing-not-used", body.get("missing") or body, Severity.WARNING, name=path)


def _assemble(body: MappingNode, name: str, shared: RuleFile, reading: PackReading) -> dict[str, Any]:
    applies = reading.mapping(body.get("applies"), "applies")
    if applies is not None:
        reading.keys(applies, ("level", "period"))
        check_levels(applies.get("level"), "level", reading)
        check_periods(applies.get("period"), "period", reading)
    severity = reading.choice(body.get("severity"), "severity", _SEVERITIES, "error")
    return {
        "id": name,
        "pack": shared.pack,
        "topic": shared.topic,
        "title": reading.texts(body.get("title"), "title"),
        "location": location_of(body, reading.file),
        "severity": Severity(severity),
        "help": reading.texts(body.get("help"), "help"),
        "basis": reading.texts(body.get("basis"), "basis"),
        "levels": reading.names(applies.get("level"), "level") if applies else (),
        "periods": reading.names(applies.get("period"), "period") if applies else (),
        "since": reading.day(body.get("since"), "since"),
        "until": reading.day(body.get("until"), "until"),
        "tags": reading.names(body.get("tags"), "tags"),
        "aliases": reading.names(body.get("aliases"), "aliases"),
    }
