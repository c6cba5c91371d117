"""The typed tree of a rule, which every interpreter reads; nodes know their span in the source.

Only checked expressions become nodes, so interpreters need no type checks of their own.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from validator.model.record import record

if TYPE_CHECKING:
    from collections.abc import Callable
    from datetime import date
    from fractions import Fraction

    from validator.lang.types import Type
    from validator.model.field import FieldDef

Span = tuple[int, int]


@record(kw_only=False)
class Constant:
    """A number, text, date or truth written in the rule; ``raw`` as written."""

    value: Fraction | str | date | bool
    raw: str
    type: Type
    span: Span


@record(kw_only=False)
class FieldRef:
    """A field of a report. ``source`` is ``report``, a joined report or a bound variable."""

    source: str
    field: FieldDef
    policy: str
    type: Type
    span: Span


@record(kw_only=False)
class ColumnRef:
    """A column of the row bound to ``variable``."""

    variable: str
    table: str
    field: FieldDef
    policy: str
    type: Type
    span: Span


@record(kw_only=False)
class HeaderRef:
    """A part of a report's header, such as ``unit.level``."""

    source: str
    name: str
    type: Type
    span: Span


@record(kw_only=False)
class VariableRef:
    """A bound row or report taken whole, as in ``count(row for row in scores)``."""

    variable: str
    type: Type
    span: Span


@record(kw_only=False)
class Sum:
    """Terms with their signs (1 or -1)."""

    terms: tuple[tuple[int, Node], ...]
    type: Type
    span: Span


@record(kw_only=False)
class Product:
    """Factors from left to right, each with ``*`` or ``/`` before it."""

    factors: tuple[tuple[str, Node], ...]
    type: Type
    span: Span


@record(kw_only=False)
class Compare:
    """``left operator right``, for ``=`` within ``slack`` if given; operators: = ≠ < ≤ > ≥."""

    left: Node
    operator: str
    right: Node
    slack: Node | None
    type: Type
    span: Span


@record(kw_only=False)
class InSet:
    """Whether ``item`` equals one of ``options``."""

    item: Node
    options: tuple[Node, ...]
    type: Type
    span: Span


@record(kw_only=False)
class Logic:
    """``operator`` (and, or, implies, not) over its operands."""

    operator: str
    operands: tuple[Node, ...]
    type: Type
    span: Span


@record(kw_only=False)
class If:
    """``if condition then yes else no``."""

    condition: Node
    yes: Node
    no: Node
    type: Type
    span: Span


@record(kw_only=False)
class Collection:
    """What a variable runs over: a table of a report, or the reports joined to this one."""

    source: str
    name: str
    is_table: bool
    span: Span


@record(kw_only=False)
class Quantifier:
    """``all`` or ``any`` member of the collection (that meets ``condition``) satisfies ``body``."""

    name: str
    variable: str
    collection: Collection
    condition: Node | None
    body: Node
    type: Type
    span: Span


@record(kw_only=False)
class Aggregate:
    """``sum count min max unique`` of ``body`` over the members that meet ``condition``."""

    name: str
    variable: str
    collection: Collection
    condition: Node | None
    body: Node
    type: Type
    span: Span


@record(kw_only=False)
class Call:
    """A function of the registry on its arguments."""

    name: str
    arguments: tuple[Node, ...]
    type: Type
    span: Span


@record(kw_only=False)
class Named:
    """A name of ``define:`` standing for its expression; kept so that messages can name it."""

    name: str
    body: Node
    type: Type
    span: Span


Node = (
    Constant
    | FieldRef
    | ColumnRef
    | HeaderRef
    | VariableRef
    | Sum
    | Product
    | Compare
    | InSet
    | Logic
    | If
    | Quantifier
    | Aggregate
    | Call
    | Named
)


# By their types: a chain of cases, the leaves last, would be the longest part of a walk.
_OPERANDS: dict[type, Callable[[Any], tuple[Node, ...]]] = {
    Sum: lambda node: tuple([term for _, term in node.terms]),
    Product: lambda node: tuple([factor for _, factor in node.factors]),
    Compare: lambda node: (node.left, node.right, *((node.slack,) if node.slack else ())),
    InSet: lambda node: (node.item, *node.options),
    Logic: lambda node: node.operands,
    If: lambda node: (node.condition, node.yes, node.no),
    Quantifier: lambda node: (*((node.condition,) if node.condition else ()), node.body),
    Aggregate: lambda node: (*((node.condition,) if node.condition else ()), node.body),
    Call: lambda node: node.arguments,
    Named: lambda node: (node.body,),
}


def children(node: Node) -> tuple[Node, ...]:
    """Return the direct operands of *node* in reading order."""
    operands = _OPERANDS.get(type(node))
    return operands(node) if operands else ()


def is_larger(node: Node, limit: int) -> bool:
    """Whether *node* with everything below it, named expressions put in, has more than *limit* nodes."""
    count = 0
    waiting = [node]
    while waiting and count <= limit:
        count += 1
        waiting.extend(children(waiting.pop()))
    return count > limit


def is_deeper(node: Node, limit: int) -> bool:
    """Whether more than *limit* nodes stand within each other, named expressions put in."""
    level: list[Node] = [node]
    for _ in range(limit):
        level = [child for each in level for child in children(each)]
    return bool(level)


def unnamed(node: Node) -> Node:
    """Return what a definition stands for, other nodes as they are."""
    while isinstance(node, Named):
        node = node.body
    return node


def walk(node: Node) -> tuple[Node, ...]:
    """Return *node* and everything below it, parents first."""
    found: list[Node] = []
    waiting = [node]
    while waiting:
        current = waiting.pop()
        found.append(current)
        waiting.extend(children(current)[::-1])
    return tuple(found)
