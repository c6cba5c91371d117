"""One form for typed trees that mean the same: order of terms, sides and names of variables do not count."""

from __future__ import annotations

from fractions import Fraction
from typing import TYPE_CHECKING

from validator.lang.ir import (
    Aggregate,
    Call,
    ColumnRef,
    Compare,
    Constant,
    FieldRef,
    HeaderRef,
    If,
    InSet,
    Logic,
    Named,
    Node,
    Product,
    Quantifier,
    Sum,
    VariableRef,
)
from validator.lang.types import Kind
from validator.model.record import record

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

Key = tuple[object, ...]
_FLIPPED = {">": "<", "≥": "≤"}
_ONE: Key = ("one",)
_NUMERIC = frozenset({Kind.NUMBER, Kind.DATE})


def canonical(node: Node, *, policies: bool = True) -> Key:
    """Return a value that is equal for expressions of one meaning.

    Without *policies* it does not count what a rule says of missing operands.
    """
    return _Canonical(policies=policies).key(node, {})


def equality(total: Key, parts: Iterable[tuple[int, Key]]) -> Key:
    """Return the canonical form of ``total = ± part ± part …``."""
    terms: dict[Key, Fraction] = {total: Fraction(1)}
    for sign, part in parts:
        terms[part] = terms.get(part, Fraction(0)) - sign
    return _comparison("=", terms, None)


def field_key(path: str) -> Key:
    """Return the canonical form of a field of the report, without policies."""
    return ("field", "report", path, "")


def column_key(path: str) -> Key:
    """Return the canonical form of a column of the row bound outermost, without policies."""
    return ("column", 0, path, "")


@record
class _Canonical:
    """Writes trees; variables are known by how deep they are bound."""

    policies: bool

    def key(self, node: Node, depth: Mapping[str, int]) -> Key:
        match node:
            case Constant():
                plain = isinstance(node.value, bool | str)
                return ("constant", node.value) if plain else self._number(node, depth)
            case FieldRef():
                return ("field", depth.get(node.source, node.source), node.field.path, self._policy(node))
            case ColumnRef():
                return ("column", depth.get(node.variable, 0), node.field.path, self._policy(node))
            case HeaderRef():
                return ("header", depth.get(node.source, node.source), node.name)
            case VariableRef():
                return ("variable", depth.get(node.variable, node.variable))
            case Sum() | Product():
                return self._number(node, depth)
            case Compare():
                return self._compare(node, depth)
            case Logic():
                return self._logic(node, depth)
            case Named():
                return self.key(node.body, depth)
            case _:
                return self._compound(node, depth)

    def _compound(self, node: Node, depth: Mapping[str, int]) -> Key:
        match node:
            case InSet():
                options = _sorted(self.key(each, depth) for each in node.options)
                return ("in", self.key(node.item, depth), *options)
            case If():
                return ("if", *(self.key(each, depth) for each in (node.condition, node.yes, node.no)))
            case Call():
                return ("call", node.name, *(self.key(each, depth) for each in node.arguments))
            case Quantifier() | Aggregate():
                source = depth.get(node.collection.source, node.collection.source)
                inner = {**depth, node.variable: len(depth)}
                condition = self.key(node.condition, inner) if node.condition else ()
                return (node.name, source, node.collection.name, condition, self.key(node.body, inner))
            case _:
                raise TypeError(node)

    def _policy(self, node: FieldRef | ColumnRef) -> str:
        return node.policy if self.policies else ""

    def _compare(self, node: Compare, depth: Mapping[str, int]) -> Key:
        left, right = node.left, node.right
        if left.type.kind not in _NUMERIC:
            return ("compare", node.operator, *_sorted((self.key(left, depth), self.key(right, depth))))
        if node.operator in _FLIPPED:
            left, right = right, left
        terms = dict(self._terms(left, depth))
        for part, factor in self._terms(right, depth).items():
            terms[part] = terms.get(part, Fraction(0)) - factor
        slack = self.key(node.slack, depth) if node.slack else None
        return _comparison(_FLIPPED.get(node.operator, node.operator), terms, slack)

    def _logic(self, node: Logic, depth: Mapping[str, int]) -> Key:
        parts = [self.key(each, depth) for each in node.operands]
        if node.operator == "implies":
            return ("or", *_sorted({("not", parts[0]), parts[1]}))
        if node.operator == "not":
            return ("not", parts[0])
        flat = {each for part in parts for each in (part[1:] if part[0] == node.operator else (part,))}
        return (node.operator, *_sorted(flat))  # type: ignore[arg-type]

    def _number(self, node: Node, depth: Mapping[str, int]) -> Key:
        terms = {part: factor for part, factor in self._terms(node, depth).items() if factor}
        if len(terms) == 1 and next(iter(terms.values())) == 1:
            return next(iter(terms))
        return ("sum", *_sorted((part, factor) for part, factor in terms.items()))

    def _terms(self, node: Node, depth: Mapping[str, int]) -> dict[Key, Fraction]:
        """Return what a number is the sum of, each with its factor."""
        match node:
            case Constant():
                number = node.value if isinstance(node.value, Fraction) else Fraction(node.value.toordinal())  # type: ignore[union-attr]
                return {_ONE: number}
            case Named():
                return self._terms(node.body, depth)
            case Sum():
                total: dict[Key, Fraction] = {}
                for sign, term in node.terms:
                    for part, factor in self._terms(term, depth).items():
                        total[part] = total.get(part, Fraction(0)) + sign * factor
                return total
            case Product():
                return self._product(node, depth)
            case _:
                return {self.key(node, depth): Fraction(1)}

    def _product(self, node: Product, depth: Mapping[str, int]) -> dict[Key, Fraction]:
        scale = Fraction(1)
        above: list[Key] = []
        below: list[Key] = []
        linear: list[dict[Key, Fraction]] = []
        for operator, factor in node.factors:
            terms = self._terms(factor, depth)
            if set(terms) <= {_ONE} and (number := terms.get(_ONE, Fraction(0))):
                scale = scale / number if operator == "/" else scale * number
                continue
            (below if operator == "/" else above).append(self._number(factor, depth))
            linear.append(terms)
        if len(linear) == 1 and not below:
            return {part: number * scale for part, number in linear[0].items()}
        if not linear:
            return {_ONE: scale}
        return {("product", _sorted(above), _sorted(below)): scale}


def _comparison(operator: str, terms: Mapping[Key, Fraction], slack: Key | None) -> Key:
    """Return ``Σ factor × part operator 0``, for ``=`` and ``≠`` with the first factor positive."""
    kept = sorted(((part, factor) for part, factor in terms.items() if factor), key=repr)
    if operator in ("=", "≠") and kept and kept[0][1] < 0:
        kept = [(part, -factor) for part, factor in kept]
    return ("compare", operator, tuple(kept), slack)


def _sorted(parts: Iterable[Key]) -> Key:
    return tuple(sorted(parts, key=repr))
