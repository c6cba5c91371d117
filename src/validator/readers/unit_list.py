"""``units.yaml`` → the units that are to report, with every fault of the file at its place."""

from __future__ import annotations

from collections import Counter
from typing import TYPE_CHECKING

from validator.model.problem import Problem
from validator.model.record import evolve, record
from validator.model.report import Unit
from validator.model.suggestion import nearest
from validator.model.unit_list import DeclaredUnit, UnitList
from validator.model.verdict import Severity
from validator.readers.encoding import LARGEST_FILE
from validator.readers.notation import load_notation
from validator.readers.tree import MappingNode, ScalarNode, SequenceNode, location_of
from validator.readers.yaml_file import yaml_file_tree

if TYPE_CHECKING:
    from pathlib import Path

    from validator.readers.tree import Node

_KEYS = ("id", "name", "level", "parent", "synonyms", "predecessors", "address", "email")
MOST_UNITS = 20_000
# What is said of the top of a report is not true of this file.
_OF_REPORTS = ("read/empty", "read/top-is-a-list", "read/top-is-a-value")
_LONGEST = 200
_MOST_FAULTS = 50
_MOST_SUGGESTIONS = 5
_LONGEST_RING = 10


@record
class UnitListResult:
    """The units, or None if the file cannot be used; warnings come with units too."""

    units: UnitList | None
    problems: tuple[Problem, ...] = ()


def read_units(path: str | Path) -> UnitListResult:
    """Return the units declared in the file at *path*."""
    name = str(path)
    tree = yaml_file_tree(name, limit=LARGEST_FILE)
    faults = [
        evolve(each, code="units/no-units") if each.code in _OF_REPORTS else each for each in tree.problems
    ]
    reading = _Reading(name, faults)
    units = () if tree.root is None else reading.units(tree.root)
    problems = tuple(sorted((*reading.problems, *reading.rest()), key=lambda each: each.location.sort_key))
    if any(each.severity is Severity.ERROR for each in problems):
        return UnitListResult(units=None, problems=problems)
    return UnitListResult(units=UnitList(units=units, file=name), problems=problems)


class _Reading:
    """The problems found so far while the file is read."""

    def __init__(self, file: str, problems: list[Problem]) -> None:
        self.file = file
        self.problems = problems
        self._counts: Counter[str] = Counter()
        self._rest: dict[str, Problem] = {}

    def note(self, code: str, node: Node, severity: Severity = Severity.ERROR, **args: object) -> None:
        """Record a problem ``units/<code>`` at *node*; those of a kind beyond the first are counted."""
        place = location_of(node, self.file)
        self._counts[code] += 1
        if self._counts[code] <= _MOST_FAULTS:
            self.problems.append(Problem(code=f"units/{code}", location=place, severity=severity, args=args))
        else:
            self._rest.setdefault(code, Problem(code="units/more", location=place, severity=severity))

    def rest(self) -> tuple[Problem, ...]:
        """Return, for each kind, how many problems were not told one by one."""
        return tuple(
            evolve(each, args={"count": self._counts[code] - _MOST_FAULTS, "code": f"units/{code}"})
            for code, each in self._rest.items()
        )

    def units(self, root: MappingNode) -> tuple[DeclaredUnit, ...]:
        """Return the entries under ``units:``, each id once."""
        for entry in root.entries:
            if entry.name != "units":
                self.note("unknown-key", entry.key, Severity.WARNING, key=entry.name, known="units")
        items = root.get("units")
        if not isinstance(items, SequenceNode) or not items.items:
            self.note("no-units", items or root)
            return ()
        if len(items.items) > MOST_UNITS:
            self.note("too-many-units", items, most=MOST_UNITS)
            return ()
        found: dict[str, DeclaredUnit] = {}
        nodes: dict[str, MappingNode] = {}
        for item in items.items:
            unit = self._unit(item)
            if unit is None or not isinstance(item, MappingNode):
                continue
            if unit.id in found:
                self.note("duplicate-id", item, id=unit.id, line=found[unit.id].location.line or 0)
                continue
            found[unit.id], nodes[unit.id] = unit, item
        self._parents(found, nodes)
        self._names(found, nodes)
        return tuple(found.values())

    def _unit(self, item: Node) -> DeclaredUnit | None:
        if not isinstance(item, MappingNode):
            self.note("not-a-unit", item)
            return None
        for entry in item.entries:
            if entry.name not in _KEYS:
                known = ", ".join(_KEYS)
                self.note("unknown-key", entry.key, Severity.WARNING, key=entry.name, known=known)
        keys = ("id", "name", "level", "parent", "address", "email")
        texts = {key: self._text(item.get(key), key) for key in keys}
        if not texts["id"] or not texts["name"]:
            self.note("unit-without-id" if not texts["id"] else "unit-without-name", item)
            return None
        level = texts["level"]
        known_level = load_notation().data.levels.get(level.casefold(), level) if level else None
        return DeclaredUnit(
            unit=Unit(id=texts["id"], name=texts["name"], level=known_level, parent=texts["parent"]),
            synonyms=self._names_under(item, "synonyms"),
            predecessors=self._names_under(item, "predecessors"),
            address=texts["address"] or "",
            email=texts["email"] or "",
            location=location_of(item, self.file),
        )

    def _names_under(self, unit: MappingNode, key: str) -> tuple[str, ...]:
        node = unit.get(key)
        items = node.items if isinstance(node, SequenceNode) else (node,) if node is not None else ()
        return tuple(text for item in items if (text := self._text(item, key)))

    def _text(self, node: Node | None, key: str) -> str | None:
        if node is None or (isinstance(node, ScalarNode) and node.is_null):
            return None
        if not isinstance(node, ScalarNode) or len(node.text) > _LONGEST:
            self.note("not-a-text", node, key=key)
            return None
        return " ".join(load_notation().clean(node.text).split()) or None

    def _parents(self, found: dict[str, DeclaredUnit], nodes: dict[str, MappingNode]) -> None:
        """Note parents that are no units, and units that are above themselves, each ring once."""
        unknown = 0
        for name, unit in found.items():
            parent = unit.unit.parent
            if parent is not None and parent not in found:
                # Each look for the nearest goes through all ids.
                unknown += 1
                near = nearest(parent, found) if unknown <= _MOST_SUGGESTIONS else ""
                node = nodes[name].get("parent") or nodes[name]
                self.note("unknown-parent", node, parent=parent, suggestion=near)
        for ring in rings(found):
            self.note("own-ancestor", nodes[ring[0]], units=ring_text(ring))

    def _names(self, found: dict[str, DeclaredUnit], nodes: dict[str, MappingNode]) -> None:
        """Warn of two units of one name below one parent: no document tells them apart."""
        seen: dict[tuple[str, str | None], DeclaredUnit] = {}
        for name, unit in found.items():
            for each in (unit.name, *unit.synonyms):
                other = seen.setdefault((each.casefold(), unit.unit.parent), unit)
                if other is not unit:
                    args = {"name": each, "one": other.id, "other": unit.id}
                    self.note("same-name", nodes[name], Severity.WARNING, **args)
                    break


def ring_text(ring: tuple[str, ...]) -> str:
    """Return units that are above themselves in a line, a long ring in short."""
    whole = (*ring, ring[0])
    return " → ".join(whole if len(ring) <= _LONGEST_RING else (*whole[:_LONGEST_RING], "…", ring[0]))


def rings(found: dict[str, DeclaredUnit]) -> list[tuple[str, ...]]:
    """Return the units that are above themselves, each ring once, from its first unit on."""
    done: set[str] = set()
    told: list[tuple[str, ...]] = []
    for name in found:
        path: dict[str, int] = {}
        above: str | None = name
        while above in found and above not in done and above not in path:
            path[above] = len(path)
            above = found[above].unit.parent
        if above in path:
            told.append(tuple(path)[path[above] :])
        done.update(path)
    return told
