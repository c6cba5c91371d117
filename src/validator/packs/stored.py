"""A compiled pack as JSON and back: a format in which there is nothing but data.

The text is ``[plain, made]``. *plain* holds what JSON can hold as it is; each of *made* is
``[kind, column …]``, things of one kind, each made of the values at the positions that its row of the
columns says. Positions count from the empty tuple (0) over *plain* and *made*; equal things are there once.
A column is a text whose characters are the positions: read in one go, where numbers are read one by one.
Kinds are those listed here, so nothing that a file says names code. Columns, because a thing is
then made without a step of Python between it and the next: this runs at each start.
"""

from __future__ import annotations

import json
from datetime import date
from fractions import Fraction
from typing import TYPE_CHECKING, Any

from validator.lang import ir
from validator.lang.types import Kind, Measure, Type
from validator.model.field import FieldDef, FieldType, Form, TableDef
from validator.model.location import Location
from validator.model.problem import Problem
from validator.model.record import maker, record, record_fields
from validator.model.verdict import Severity
from validator.packs.pack import Equation, LoadResult, Rule, RulePack

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable
    from enum import Enum

_NODES = (
    ir.Constant,
    ir.FieldRef,
    ir.ColumnRef,
    ir.HeaderRef,
    ir.VariableRef,
    ir.Sum,
    ir.Product,
    ir.Compare,
    ir.InSet,
    ir.Logic,
    ir.If,
    ir.Collection,
    ir.Quantifier,
    ir.Aggregate,
    ir.Call,
    ir.Named,
)
_RECORDS: tuple[type, ...] = (
    *_NODES,
    *(Type, FieldDef, TableDef, Form, Location, Problem, Equation, Rule, RulePack, LoadResult),
)
_ENUMS: tuple[type[Enum], ...] = (Kind, Measure, FieldType, Severity)
_SCALARS = (str, int, bool, type(None))


def to_text(result: LoadResult) -> str:
    """Return *result* as JSON. Raises TypeError for a value that no compiled pack holds."""
    writer = _Writer()
    writer.find(result)
    return json.dumps(writer.content(), ensure_ascii=False, separators=(",", ":"))


def from_text(text: str) -> LoadResult:
    """Return what was written as *text*. Raises ValueError, TypeError or a LookupError for any other text."""
    plain, made = json.loads(text)
    known: list[Any] = [(), *plain]
    makers = _makers()
    for kind, *columns in made:
        values = [map(known.__getitem__, map(ord, column)) for column in columns]
        known += zip(*values, strict=True) if kind == "tuple" else map(makers[kind], *values)
    found = known[-1]
    if not isinstance(found, LoadResult):
        raise TypeError(type(found))
    return found


@record(kw_only=False)
class _Made:
    """A thing that is made, and after how many others at least."""

    level: int
    kind: str
    parts: tuple[_Plain | _Made, ...]


@record(kw_only=False)
class _Plain:
    """A value that JSON holds as it is, by its place among those."""

    place: int
    level: int = 0


_EMPTY = _Plain(-1)


class _Writer:
    """Tells equal things from different ones, and puts each after what it is made of."""

    def __init__(self) -> None:
        self._plain: list[Any] = []
        self._scalars: dict[tuple[type, Any], _Plain] = {}
        self._made: dict[tuple[object, ...], _Made] = {}
        self._seen: dict[int, tuple[Any, _Plain | _Made]] = {}

    def find(self, value: Any) -> _Plain | _Made:
        """Return what is to be written for *value*."""
        if type(value) in _SCALARS:
            key = (type(value), value)
            if key not in self._scalars:
                self._scalars[key] = self._add_plain(value)
            return self._scalars[key]
        if value == () and type(value) is tuple:
            return _EMPTY
        if id(value) not in self._seen:
            # The value is kept as well, so that no other can come to have its id.
            self._seen[id(value)] = (value, self._add_plain(value) if _is_plain(value) else self._make(value))
        return self._seen[id(value)][1]

    def _add_plain(self, value: Any) -> _Plain:
        self._plain.append(value)
        return _Plain(len(self._plain) - 1)

    def _make(self, value: Any) -> _Made:
        kind, parts = _parts(value)
        found = tuple(map(self.find, parts))
        # What was found is there once for each different thing, so its identity tells it.
        key = (kind, *map(id, found))
        return self._made.setdefault(key, _Made(1 + max(each.level for each in found), kind, found))

    def content(self) -> list[Any]:
        """Return what is written."""
        groups: dict[tuple[int, str, int], list[_Made]] = {}
        for made in self._made.values():
            groups.setdefault((made.level, made.kind, len(made.parts)), []).append(made)
        order = [groups[key] for key in sorted(groups)]
        first = 1 + len(self._plain)
        places = {id(each): first + n for n, each in enumerate(each for group in order for each in group)}
        return [self._plain, [[group[0].kind, *_columns(group, places)] for group in order]]


def _columns(group: list[_Made], places: dict[int, int]) -> Iterable[str]:
    for column in zip(*(each.parts for each in group), strict=True):
        yield "".join(chr(_place(each, places)) for each in column)


def _place(found: _Plain | _Made, places: dict[int, int]) -> int:
    return found.place + 1 if isinstance(found, _Plain) else places[id(found)]


def _is_plain(value: Any) -> bool:
    """Whether JSON gives back exactly *value*."""
    match value:
        case dict():
            return all(type(key) is str and _is_plain(each) for key, each in value.items())
        case list():
            return all(map(_is_plain, value))
        case _:
            return type(value) in _SCALARS


def _parts(value: Any) -> tuple[str, Iterable[Any]]:
    """Return the kind of *value* and what it is made of."""
    kind = type(value)
    if kind in _RECORDS:
        return kind.__name__, [getattr(value, name) for name in record_fields(value)]
    if kind in _ENUMS:
        return kind.__name__, [value.value]
    match value:
        case tuple():
            return "tuple", value
        case list():
            return "list", value
        case dict():
            return "dict", [each for pair in value.items() for each in pair]
        case Fraction():
            return "Fraction", value.as_integer_ratio()
        case date() if kind is date:
            return "date", [value.isoformat()]
        case _:
            raise TypeError(kind)


def _makers() -> dict[str, Callable[..., Any]]:
    """Return how each kind is made of its parts."""
    found: dict[str, Callable[..., Any]] = {
        "list": lambda *parts: list(parts),
        "dict": lambda *parts: dict(zip(parts[::2], parts[1::2], strict=True)),
        "Fraction": Fraction,
        "date": date.fromisoformat,
    }
    found |= {each.__name__: maker(each) for each in _RECORDS}
    return found | {each.__name__: each for each in _ENUMS}
