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
    from collections.abc import Callable, Collection, Iterable, Mapping

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
        more, less = (" or ".join(f"{name} is None" for name in side) or "False" for side in (left, right))
        total = " + ".join([str(self.constant), *(f"({name} or 0)" for name in left)])
        total += "".join(f" - ({name} or 0)" for name in right)
        nothing = " is ".join([*left, *right, "None"])
        blank = f"U if {nothing} else with_blanks({self.operator!r}, {total}, {more}, {less})"
        if self.constant:
            (left if self.constant > 0 else right).append(str(abs(self.constant)))
        # Comparing two values for equality never raises, adding does for what is no number.
        sides = (" + ".join(side if len(side) > 1 else [*side, "0"]) for side in (left, right))
        holds = COMPARISONS[self.operator].python.join(sides)
        return f"({blank}) if {more} or {less} else P if {holds} else F"


def _with_blanks(operator: str, total: int, more: bool, less: bool) -> Settled:  # noqa: FBT001 - called by code
    """Return the verdict of ``total + u - w operator 0`` for unknown u, w ≥ 0, 0 if not *more*, *less*."""
    if more and less:
        return _UNDECIDED
    comparison = COMPARISONS[operator]
    if less:
        total, comparison = -total, COMPARISONS[comparison.mirror]
    match comparison.sign:
        case "=":
            return _UNDECIDED if total <= 0 else _FAIL
        case "≠":
            return _UNDECIDED if total <= 0 else _PASS
        case "≤" | "<":
            return _UNDECIDED if comparison.holds(total, 0) else _FAIL
        case _:
            return _PASS if comparison.holds(total, 0) else _UNDECIDED


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
        percent, every = names[self.percent], [names[path] for path in self.paths]
        holds = f"-b <= 2 * ({percent}[0] * b - ({top}) * {percent}[1]) <= b"
        tops, bottoms = (
            "".join(f"{names[path]}, " for path in paths) for paths in (self.numerator, self.denominator)
        )
        blank = f"share_with_blanks({percent}, ({tops}), ({bottoms}))"
        given = f"(P if {holds} else F) if (b := {bottom}) > 0 else None"
        return f"{blank} if {' or '.join(f'{name} is None' for name in every)} else {given}"


def _share_with_blanks(
    percent: tuple[int, int] | None, tops: tuple[int | None, ...], bottoms: tuple[int | None, ...]
) -> Settled:
    """Return the verdict of a share where a blank may be anything from 0."""
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
            # What is no whole number cannot be added: its rules are left open.
            lines += [" try:", f"  out[{index}] = {shape.code(names)}", " except TypeError:", "  pass"]
    scope: dict[str, Any] = {"P": _PASS, "F": _FAIL, "U": _UNDECIDED, "paths": paths}
    scope |= {"with_blanks": _with_blanks, "share_with_blanks": _share_with_blanks}
    exec("\n".join([*lines, " return out"]), scope)  # noqa: S102 - made of numbers and names of ours only
    settle: Settler = scope["settle"]
    return settle


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
