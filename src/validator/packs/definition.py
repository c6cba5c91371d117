"""``define:`` → named expressions, checked in the order in which they need each other."""

from __future__ import annotations

from typing import TYPE_CHECKING

from validator.lang.check import compile_expression
from validator.lang.parse import parse
from validator.lang.scope import Scope, normal
from validator.model.problem import Problem
from validator.model.record import evolve
from validator.packs.rule import DEEPEST, expression_source, is_too_large
from validator.readers.tree import Entry, ScalarNode
from validator.readers.tree import Node as TreeNode

if TYPE_CHECKING:
    from validator.lang.ir import Node
    from validator.lang.source import Source
    from validator.packs.reading import PackReading


def read_definitions(node: TreeNode | None, scope: Scope, reading: PackReading) -> Scope:
    """Return *scope* with the named expressions under *node*."""
    body = reading.mapping(node, "define")
    done: dict[str, Node] = dict(scope.definitions)
    if body is None:
        return scope
    waiting = {entry.name: entry for entry in body.entries}
    sources = {
        name: expression_source(entry.value, reading)
        for name, entry in waiting.items()
        if isinstance(entry.value, ScalarNode)
    }
    for name, entry in waiting.items():
        if name not in sources:
            reading.note("expected-expression", entry.value, key=name)
        elif not name.replace(".", "_").isidentifier():
            reading.note("odd-name", entry.key, name=name)
    # A definition with a fault is broken until it is done; its uses are not accused as well.
    inner = evolve(scope, broken=scope.broken | frozenset(waiting))
    for name in sources:
        _define(name, waiting, sources, inner, done, [], reading)
    return evolve(inner, definitions=done)


def _define(
    name: str,
    waiting: dict[str, Entry],
    sources: dict[str, Source],
    scope: Scope,
    done: dict[str, Node],
    path: list[str],
    reading: PackReading,
) -> None:
    if name in done or name not in waiting:
        return
    if name in path:
        cycle = " → ".join([*path[path.index(name) :], name])
        reading.note("definition-cycle", waiting[name].key, name=name, cycle=cycle)
        waiting.pop(name)
        return
    if len(path) == DEEPEST:
        reading.note("expression-too-deep", waiting.pop(name).key, name=name, limit=DEEPEST)
        return
    for needed in _names_in(sources[name]):
        if needed in sources:
            _define(needed, waiting, sources, scope, done, [*path, name], reading)
    if name not in waiting:
        return
    entry = waiting.pop(name)
    if any(candidate in scope.form.fields for candidate in scope.candidates(name)):
        reading.note("definition-hides-field", entry.key, name=name)
    checked, problems = compile_expression(sources[name], evolve(scope, definitions=done), None)
    reading.problems.extend(problems)
    if checked is not None and not is_too_large(checked, entry.key, name, reading):
        done[name] = checked


def _names_in(source: Source) -> tuple[str, ...]:
    tree = parse(source)
    if isinstance(tree, Problem):
        return ()
    return tuple(normal(".".join(str(token) for token in path.children)) for path in tree.find_data("path"))
