"""Verdicts that whole numbers settle: sums, bounds and shares of exact counts, as one Python function.

`evaluate.py` means what the language means; this recognises the rules whose numbers are plain, and makes
a function of all of them together. What it is not sure of it leaves open. The differential run holds both
to the same verdicts.
"""

from __future__ import annotations

from fractions import Fraction
from typing import TYPE_CHECKING, Any

from validator.lang.ir import Compare, Constant, FieldRef, Named, Product, Sum
from validator.lang.operator import COMPARISONS
from validator.lang.types import Kind
from validator.model.field import FieldType
from validator.model.quantity import Quantity
from validator.model.record import record
from validator.model.verdict import Verdict

if TYPE_CHECKING:
    from collections.abc import Callable, Collection, Iterable, Mapping, Sequence

    from validator.lang.ir import Node
    from validator.model.field import FieldDef
    from validator.model.report import Scalar
    from validator.packs.pack import Rule

    Settler = Callable[[Mapping[str, Any]], list["Settled"]]

# Looked up once: the members of an enumeration are slow to get, beside what a rule takes here.
_PASS, _FAIL, _UNDECIDED = Verdict.PASS, Verdict.FAIL, Verdict.UNDECIDED
Settled = Verdict | None


@record
class Linear:
    """``Σ plus - Σ minus + constant  operator  0`` over whole, exact fields of the report itself."""

    plus: tuple[str, ...]
    minus: tuple[str, ...]
    constant: int
    operator: str

    @property
    def paths(self) -> tuple[str, ...]:
        """The fields that take part."""
        return (*self.plus, *self.minus)

    def code(self, names: Mapping[str, str]) -> str:
        """Return the verdict as an expression of Python; an unsettled value in it raises `TypeError`."""
        left, right = ([names[path] for path in paths] for paths in (self.plus, self.minus))
        if self.constant:
            (left if self.constant > 0 else right).append(str(abs(self.constant)))
        # Comparing two values for equality never raises, adding does for what is no number.
        sides = (" + ".join(side if len(side) > 1 else [*side, "0"]) for side in (left, right))
        return f"P if {COMPARISONS[self.operator].python.join(sides)} else F"

    def with_blanks(self, values: Sequence[Any]) -> Settled:
        """Return the verdict on the values of `paths`, each of which may be None: any whole number from 0."""
        total, more, less, given = self.constant, False, False, False
        for number, value in enumerate(values):
            is_plus = number < len(self.plus)
            if value is not None:
                given = True
                total += value if is_plus else -value
            elif is_plus:
                more = True
            else:
                less = True
        if (more and less) or not given:
            return _UNDECIDED
        comparison = COMPARISONS[self.operator]
        if less:
            total, comparison = -total, COMPARISONS[comparison.mirror]
        holds = comparison.holds(total, 0)
        if comparison.sign in ("≥", ">"):
            return _PASS if holds else _UNDECIDED
        if comparison.sign == "≠":
            return _PASS if total > 0 else _UNDECIDED
        return _UNDECIDED if holds or (comparison.sign == "=" and total < 0) else _FAIL


@record
class Share:
    """``percent = Σ numerator / Σ denominator``; the percentage n/d is known to half of 1/d."""

    percent: str
    numerator: tuple[str, ...]
    denominator: tuple[str, ...]

    @property
    def paths(self) -> tuple[str, ...]:
        """The fields that take part."""
        return (self.percent, *self.numerator, *self.denominator)

    def code(self, names: Mapping[str, str]) -> str:
        """Return the verdict as an expression of Python; an unsettled value in it raises `TypeError`."""
        # |n/d - a/b| ≤ 1/2d, that is |2(nb - ad)| ≤ b for b > 0.
        top, bottom = (
            " + ".join(names[path] for path in paths) for paths in (self.numerator, self.denominator)
        )
        percent = names[self.percent]
        holds = f"-b <= 2 * ({percent}[0] * b - ({top}) * {percent}[1]) <= b"
        return f"(P if {holds} else F) if (b := {bottom}) > 0 else None"

    def with_blanks(self, values: Sequence[Any]) -> Settled:
        """Return the verdict on the values of `paths`, each of which may be None: anything from 0."""
        percent, *wholes = values
        tops, bottoms = wholes[: len(self.numerator)], wholes[len(self.numerator) :]
        known, base = (sum(value or 0 for value in part) for part in (tops, bottoms))
        if None in bottoms:
            # The blank may be 0, which leaves the share without meaning, or not: nothing is decided.
            return _UNDECIDED if base == 0 else None
        if base <= 0:
            return None
        if percent is None:
            return _UNDECIDED
        # The least whole t from what is known that |2(nb - td)| ≤ b allows; the one after it may not be.
        digits, scale = percent
        least = max(known, -(-(2 * digits * base - base) // (2 * scale)))
        return _UNDECIDED if 2 * least * scale <= 2 * digits * base + base else _FAIL


def settler(rules: Iterable[Rule], but: Collection[int] = ()) -> Settler:
    """Return a function from values (see `plain`) to the verdict of each rule, None where it is open.

    The rules whose numbers are in *but* are open.
    """
    shapes = tuple(None if number in but else shape_of(rule) for number, rule in enumerate(rules))
    paths = tuple(dict.fromkeys(path for shape in shapes if shape for path in shape.paths))
    names = {path: f"v{index}" for index, path in enumerate(paths)}
    lines = ["def settle(values):", f" out = [None] * {len(shapes)}"]
    if names:
        lines.append(f" ({', '.join(names.values())},) = map(values.get, paths)")
    for index, shape in enumerate(shapes):
        if shape is not None:
            # What is blank or no whole number cannot be added: a closer look is taken, or it is left open.
            own = ", ".join(names[path] for path in shape.paths)
            lines += [" try:", f"  out[{index}] = {shape.code(names)}"]
            lines += [" except TypeError:", f"  out[{index}] = closer(shapes[{index}], ({own},))"]
    scope: dict[str, Any] = {"P": _PASS, "F": _FAIL, "paths": paths, "shapes": shapes, "closer": _closer}
    exec("\n".join([*lines, " return out"]), scope)  # noqa: S102 - made of numbers and names of ours only
    settle: Settler = scope["settle"]
    return settle


def _closer(shape: Linear | Share, values: Sequence[Any]) -> Settled:
    try:
        return shape.with_blanks(values)
    except TypeError:
        return None


def shape_of(rule: Rule) -> Linear | Share | None:
    """Return what the rule asks if whole numbers can settle it, else None."""
    node = rule.assertion
    if rule.guard is not None or not isinstance(node, Compare) or node.slack is not None:
        return None
    if node.left.type.kind is not Kind.NUMBER:
        return None
    return _share(node) or _linear(node)


def _linear(node: Compare) -> Linear | None:
    terms = _Terms()
    if not (terms.add(node.left, 1) and terms.add(node.right, -1) and terms.are_told_apart):
        return None
    return Linear(
        plus=tuple(terms.plus), minus=tuple(terms.minus), constant=terms.constant, operator=node.operator
    )


def _share(node: Compare) -> Share | None:
    if node.operator != "=":
        return None
    for share, fraction in ((node.left, node.right), (node.right, node.left)):
        match share, fraction:
            case (
                FieldRef(source="report", policy="unknown"),
                Product(factors=((_, top), ("/", bottom))),
            ) if _is_open_share(share.field):
                parts = (_fields(top), _fields(bottom))
                if parts[0] and parts[1]:
                    return Share(percent=share.field.path, numerator=parts[0], denominator=parts[1])
    return None


def _fields(node: Node) -> tuple[str, ...]:
    terms = _Terms()
    is_plain = terms.add(node, 1) and terms.are_told_apart and not terms.minus and not terms.constant
    return tuple(terms.plus) if is_plain else ()


class _Terms:
    """The terms of a sum."""

    def __init__(self) -> None:
        self.plus: list[str] = []
        self.minus: list[str] = []
        self.constant = 0

    @property
    def are_told_apart(self) -> bool:
        """Whether there are terms, and no field occurs twice."""
        every = self.plus + self.minus
        return bool(every) and len(set(every)) == len(every)

    def add(self, node: Node, sign: int) -> bool:
        """Add the terms of *node*; False if it is not a plain sum of whole fields."""
        match node:
            case Named():
                return self.add(node.body, sign)
            case FieldRef(source="report", policy="unknown") if _is_natural(node.field):
                (self.plus if sign > 0 else self.minus).append(node.field.path)
                return True
            case Constant(value=Fraction() as value) if value.denominator == 1:
                self.constant += sign * value.numerator
                return True
            case Sum():
                return all(self.add(term, sign * each) for each, term in node.terms)
            case _:
                return False


def _is_natural(field: FieldDef) -> bool:
    """Whether a missing value may be any whole number from 0 and a given one is exact."""
    is_unbounded = field.minimum is None and field.maximum is None
    return field.type is FieldType.COUNT and not field.is_rounded and is_unbounded


def _is_open_share(field: FieldDef) -> bool:
    """Whether a missing value may be any percentage and a given one is rounded."""
    is_unbounded = field.minimum is None and field.maximum is None
    return field.type is FieldType.PERCENT and field.is_rounded and is_unbounded


def plain(value: Scalar, field: FieldDef) -> Any:
    """Return a value as a `Settler` takes it.

    A whole number is an int, a percentage as written the pair of its digits and their divisor
    (98,8% is 988 and 1000); anything else is kept as it is, and leaves its rules open.
    """
    if not isinstance(value, Quantity):
        return value
    if field.is_rounded and value.step:
        if field.type is FieldType.PERCENT and value.step.numerator == 1:
            scale = value.step.denominator
            return int(value.value * scale), scale
        return value
    return value.value.numerator if value.value.denominator == 1 else value
