"""A quick first look at the rules whose numbers are plain: sums, bounds and shares of exact counts.

`run.py` means what `language.md` says; this module only recognises the verdicts that whole-number
arithmetic settles at once, and leaves every other rule to the evaluator. The property tests hold
the two to the same verdicts.
"""

from __future__ import annotations

import operator as operators
from collections.abc import Callable, Iterable, Mapping
from fractions import Fraction
from typing import TYPE_CHECKING, Any

from validator.lang.ir import Compare, Constant, FieldRef, Named, Node, Product, Sum
from validator.lang.types import Kind
from validator.model.field import FieldDef, FieldType
from validator.model.quantity import Quantity
from validator.model.record import record
from validator.model.verdict import Verdict

if TYPE_CHECKING:
    from validator.model.report import Report, Scalar
    from validator.packs.pack import Rule

# Looked up once: the members of an enumeration are slow to get, beside what a rule takes here.
_PASS, _FAIL, _UNDECIDED = Verdict.PASS, Verdict.FAIL, Verdict.UNDECIDED
Screened = Verdict | None
Values = Mapping[str, Any]
_MIRRORED = {"=": "=", "≠": "≠", "<": ">", "≤": "≥", ">": "<", "≥": "≤"}
HOLDS = {
    "=": operators.eq,
    "≠": operators.ne,
    "<": operators.lt,
    "≤": operators.le,
    ">": operators.gt,
    "≥": operators.ge,
}
_PYTHON = {"=": "==", "≠": "!=", "<": "<", "≤": "<=", ">": ">", "≥": ">="}


@record
class Linear:
    """``Σ sign × field + constant  operator  0`` over whole, exact fields of the report itself."""

    plus: tuple[str, ...]
    minus: tuple[str, ...]
    constant: int
    operator: str


@record
class Share:
    """``percent = Σ numerator / Σ denominator``."""

    percent: str
    numerator: tuple[str, ...]
    denominator: tuple[str, ...]


def shape_of(rule: Rule) -> Linear | Share | None:
    """Return what the rule asks if it is plain enough for a quick look, else None."""
    return shape_of_condition(rule.assertion) if rule.guard is None else None


def shape_of_condition(node: Node) -> Linear | Share | None:
    """Return what a condition asks if it is plain enough for a quick look, else None."""
    if not isinstance(node, Compare) or node.slack is not None:
        return None
    if node.left.type.kind is not Kind.NUMBER:
        return None
    share = _share(node)
    if share is not None:
        return share
    plus: list[str] = []
    minus: list[str] = []
    constants: list[int] = []
    if not (
        _gather(node.left, 1, plus, minus, constants) and _gather(node.right, -1, plus, minus, constants)
    ):
        return None
    if not plus + minus or len(set(plus + minus)) < len(plus) + len(minus):
        return None
    return Linear(plus=tuple(plus), minus=tuple(minus), constant=sum(constants), operator=node.operator)


def _gather(node: Node, sign: int, plus: list[str], minus: list[str], constants: list[int]) -> bool:
    """Add the terms of *node* to the lists; False if it is not a plain sum of whole fields."""
    match node:
        case Named():
            return _gather(node.body, sign, plus, minus, constants)
        case FieldRef(source="report", policy="unknown") if is_natural(node.field):
            (plus if sign > 0 else minus).append(node.field.path)
            return True
        case Constant(value=Fraction() as value) if value.denominator == 1:
            constants.append(sign * value.numerator)
            return True
        case Sum():
            return all(_gather(term, sign * each, plus, minus, constants) for each, term in node.terms)
        case _:
            return False


def is_natural(field: FieldDef) -> bool:
    """Whether a missing value may be any whole number from 0 and a given one is exact."""
    unbounded = field.minimum is None and field.maximum is None
    return field.type is FieldType.COUNT and not field.is_rounded and unbounded


def _share(node: Compare) -> Share | None:
    if node.operator != "=":
        return None
    for share, fraction in ((node.left, node.right), (node.right, node.left)):
        match share, fraction:
            case (
                FieldRef(source="report", policy="unknown"),
                Product(factors=((_, top), ("/", bottom))),
            ) if is_open_share(share.field):
                parts = (_fields(top), _fields(bottom))
                if parts[0] and parts[1]:
                    return Share(percent=share.field.path, numerator=parts[0], denominator=parts[1])
    return None


def is_open_share(field: FieldDef) -> bool:
    """Whether a missing value may be any percentage and a given one is rounded."""
    unbounded = field.minimum is None and field.maximum is None
    return field.type is FieldType.PERCENT and field.is_rounded and unbounded


def _fields(node: Node) -> tuple[str, ...]:
    plus: list[str] = []
    minus: list[str] = []
    constants: list[int] = []
    plain = _gather(node, 1, plus, minus, constants) and not minus and not constants
    return tuple(plus) if plain and len(set(plus)) == len(plus) else ()


def look(shape: Linear | Share, get: Callable[[str], Any]) -> Screened:
    """Return the verdict that a quick look at one rule settles, None if it needs the evaluator.

    Where nothing is stated nothing is decided, even if it holds whatever the values are.
    """
    if isinstance(shape, Linear) and all(get(path) is None for path in (*shape.plus, *shape.minus)):
        return _UNDECIDED
    return settled(shape, get)


def settled(shape: Linear | Share, get: Callable[[str], Any]) -> Screened:
    """Return what a quick look at a condition settles: whether it holds for all values, some or none."""
    if isinstance(shape, Linear):
        return _with_blanks(shape, get)
    percent = get(shape.percent)
    bottoms, tops = ([get(path) for path in paths] for paths in (shape.denominator, shape.numerator))
    if type(percent) is not tuple or not all(type(value) is int for value in (*bottoms, *tops)):
        return _share_with_blanks(shape, get)
    base, (digits, scale) = sum(bottoms), percent
    if base <= 0:
        return None
    return _PASS if -base <= 2 * (digits * base - sum(tops) * scale) <= base else _FAIL


def compile_screen(rules: Iterable[Rule]) -> Callable[[Values], list[Screened]]:
    """Return a function from values (see `screen_values`) to the verdict of each rule, None if open."""
    shapes = [shape_of(rule) for rule in rules]
    names = {path: f"v{index}" for index, path in enumerate(_paths(shapes))}
    lines = ["def screen(values):", " get = values.get", f" out = [None] * {len(shapes)}"]
    if names:
        lines.append(f" ({', '.join(names.values())},) = map(get, paths)")
    for index, shape in enumerate(shapes):
        if isinstance(shape, Linear):
            lines += _linear_code(index, shape, names)
        elif isinstance(shape, Share):
            lines += _share_code(index, shape, names)
    lines.append(" return out")
    scope: dict[str, Any] = {
        "P": _PASS,
        "F": _FAIL,
        "U": _UNDECIDED,
        "shapes": shapes,
        "paths": tuple(names),
        "open_verdict": _open_verdict,
        "share_with_blanks": _share_with_blanks,
    }
    exec("\n".join(lines), scope)  # noqa: S102 - made of field paths in quotes and numbers only
    screen: Callable[[Values], list[Screened]] = scope["screen"]
    return screen


def _paths(shapes: list[Linear | Share | None]) -> list[str]:
    found: dict[str, None] = {}
    for shape in shapes:
        if isinstance(shape, Linear):
            found.update(dict.fromkeys((*shape.plus, *shape.minus)))
        elif isinstance(shape, Share):
            found.update(dict.fromkeys((shape.percent, *shape.numerator, *shape.denominator)))
    return list(found)


def _linear_code(index: int, shape: Linear, names: Mapping[str, str]) -> list[str]:
    # A blank or rounded value is no int, so that the sum raises TypeError and the slower way decides.
    left = [*(names[path] for path in shape.plus), *([str(shape.constant)] if shape.constant > 0 else [])]
    right = [*(names[path] for path in shape.minus), *([str(-shape.constant)] if shape.constant < 0 else [])]
    # Comparing two values never raises, adding does for what is no number: a lone value gets a 0.
    sides = [" + ".join([*side, "0"] if len(side) == 1 else side) or "0" for side in (left, right)]
    holds = f"{sides[0]} {_PYTHON[shape.operator]} {sides[1]}"
    known = " + ".join(f"({name} or 0)" for name in left if name in names.values()) or "0"
    known += "".join(f" - ({names[path]} or 0)" for path in shape.minus)
    blank = [
        " or ".join(f"{names[path]} is None" for path in paths) or "False"
        for paths in (shape.plus, shape.minus)
    ]
    nothing = " is ".join([*(names[path] for path in (*shape.plus, *shape.minus)), "None"])
    return [
        " try:",
        f"  out[{index}] = P if {holds} else F",
        " except TypeError:",
        "  try:",
        f"   total = {known} + {shape.constant}",
        f"   known = open_verdict(total, {shape.operator!r}, {blank[0]}, {blank[1]})",
        f"   out[{index}] = U if {nothing} else known",
        "  except TypeError:",
        "   pass",
    ]


def _share_code(index: int, shape: Share, names: Mapping[str, str]) -> list[str]:
    # percent n/d with step 1/d holds if |n/d - a/b| ≤ 1/2d, that is |2(nb - ad)| ≤ b for b > 0.
    top = " + ".join(names[path] for path in shape.numerator)
    bottom = " + ".join(names[path] for path in shape.denominator)
    return [
        " try:",
        f"  n, d = {names[shape.percent]}",
        f"  b = {bottom}",
        f"  if b > 0: out[{index}] = P if -b <= 2 * (n * b - ({top}) * d) <= b else F",
        " except TypeError:",
        f"  out[{index}] = share_with_blanks(shapes[{index}], get)",
    ]


def _with_blanks(shape: Linear, get: Callable[[str], Any]) -> Screened:
    """Return the verdict of a sum or bound some of whose fields are blank: any whole number from 0."""
    total = shape.constant
    blank_plus = blank_minus = False
    for path in shape.plus:
        value = get(path)
        if value is None:
            blank_plus = True
        elif type(value) is int:
            total += value
        else:
            return None
    for path in shape.minus:
        value = get(path)
        if value is None:
            blank_minus = True
        elif type(value) is int:
            total -= value
        else:
            return None
    return _open_verdict(total, shape.operator, blank_plus, blank_minus)


def _share_with_blanks(shape: Share, get: Callable[[str], Any]) -> Screened:
    """Return the verdict of a share some of whose fields are blank, None if it needs a closer look."""
    percent = get(shape.percent)
    bottoms = [get(path) for path in shape.denominator]
    tops = [get(path) for path in shape.numerator]
    if not all(value is None or type(value) is int for value in (*bottoms, *tops)):
        return None
    if None in bottoms:
        # The blank may be 0, which leaves the share without meaning, or not: nothing is decided.
        return _UNDECIDED if not any(bottoms) else None
    base = sum(bottoms)
    if base <= 0:
        return None
    if percent is None:
        return _UNDECIDED
    if type(percent) is not tuple:
        return None
    # The least whole t from what is known that |2(nb - td)| ≤ b allows; the one after it may not be.
    digits, scale = percent
    known = sum(value for value in tops if value is not None)
    least = max(known, -(-(2 * digits * base - base) // (2 * scale)))
    possible = 2 * least * scale <= 2 * digits * base + base
    return _UNDECIDED if possible else _FAIL


def _open_verdict(total: int, operator: str, blank_plus: bool, blank_minus: bool) -> Screened:  # noqa: FBT001
    """Return the verdict of ``total + u - w operator 0`` for unknown u, w ≥ 0 (0 where not blank)."""
    if blank_plus and blank_minus:
        return _UNDECIDED
    if not blank_plus and not blank_minus:
        return _PASS if HOLDS[operator](total, 0) else _FAIL
    if blank_minus:
        total, operator = -total, _MIRRORED[operator]
    match operator:
        case "=":
            return _UNDECIDED if total <= 0 else _FAIL
        case "≠":
            return _UNDECIDED if total <= 0 else _PASS
        case "≤":
            return _UNDECIDED if total <= 0 else _FAIL
        case "<":
            return _UNDECIDED if total < 0 else _FAIL
        case "≥":
            return _PASS if total >= 0 else _UNDECIDED
        case _:
            return _PASS if total > 0 else _UNDECIDED


def screen_values(report: Report, fields: Mapping[str, FieldDef]) -> dict[str, Any]:
    """Return the values of a report as the screen takes them.

    An exact whole number is an int, a rounded percentage the pair of its digits and their
    divisor (98,8% is 988 and 1000); anything else is kept as it is, and is left to the evaluator.
    """
    found: dict[str, Any] = {}
    for path, cells in report.cells.items():
        if not cells or cells[0].value is None:
            continue
        value = cells[0].value
        found[path] = screen_value(value, fields[path]) if path in fields else value
    return found


def screen_value(value: Scalar | None, field: FieldDef) -> Any:
    """Return one value of a report as the screen takes it (see `screen_values`)."""
    if not isinstance(value, Quantity):
        return value
    if field.is_rounded and value.step:
        if field.type is FieldType.PERCENT and value.step.numerator == 1:
            scale = value.step.denominator
            return int(value.value * scale), scale
        return value
    return value.value.numerator if value.value.denominator == 1 else value
