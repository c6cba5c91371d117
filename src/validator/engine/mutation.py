"""A rule → rules that differ from it in one small thing, as a slip of its author might have made them."""

from __future__ import annotations

from datetime import date, timedelta
from fractions import Fraction
from typing import TYPE_CHECKING

from validator.lang.function import FUNCTIONS
from validator.lang.ir import (
    Aggregate,
    Call,
    ColumnRef,
    Compare,
    Constant,
    FieldRef,
    If,
    InSet,
    Logic,
    Named,
    Node,
    Product,
    Quantifier,
    Sum,
    children,
)
from validator.lang.types import Kind
from validator.model.record import evolve, record

if TYPE_CHECKING:
    from collections.abc import Iterator

    from validator.lang.ir import Span
    from validator.packs.pack import Rule

_ORDERED = {"=": "≤≥", "≠": "=", "≤": "<≥", "<": "≤>", "≥": ">≤", ">": "≥<"}
_OPPOSITE = {"all": "any", "any": "all", "min": "max", "max": "min"}


@record
class Change:
    """A node in the place of another; ``kind`` names what was done (``operator``, ``term`` …)."""

    kind: str
    node: Node
    span: Span
    before: str = ""
    after: str = ""


@record
class Mutant:
    """A changed rule; ``part`` is ``assert`` or ``when``, ``source`` the text that was changed."""

    rule: Rule
    part: str
    kind: str
    source: str
    before: str = ""
    after: str = ""


def mutants(rule: Rule) -> Iterator[Mutant]:
    """Yield every mutant of *rule*."""
    for change in changes(rule.assertion):
        source = _slice(rule.assert_text, rule.assertion, change)
        yield _mutant(evolve(rule, assertion=change.node), "assert", source, change)
    if rule.guard is None or rule.guard_text is None:
        return
    for change in changes(rule.guard):
        source = _slice(rule.guard_text, rule.guard, change)
        yield _mutant(evolve(rule, guard=change.node), "when", source, change)
    yield Mutant(rule=evolve(rule, guard=None), part="when", kind="guard", source=rule.guard_text)


def _mutant(rule: Rule, part: str, source: str, change: Change) -> Mutant:
    return Mutant(
        rule=rule, part=part, kind=change.kind, source=source, before=change.before, after=change.after
    )


def _slice(text: str, root: Node, change: Change) -> str:
    """Return the text that was changed, the whole expression if it stands in a definition."""
    start, end = change.span
    inside = {each.span for each in _outside_definitions(root)}
    return text[start:end] if change.span in inside else text


def _outside_definitions(node: Node) -> Iterator[Node]:
    yield node
    if not isinstance(node, Named):
        for each in children(node):
            yield from _outside_definitions(each)


def changes(node: Node) -> Iterator[Change]:
    """Yield *node* with one thing changed in it or below it."""
    yield from _own(node)
    operands = children(node)
    for index in _open_operands(node):
        for change in changes(operands[index]):
            changed = (*operands[:index], change.node, *operands[index + 1 :])
            yield evolve(change, node=with_children(node, changed))


def _open_operands(node: Node) -> list[int]:
    """Return which operands are changed: not those whose value does not matter or is dropped whole."""
    match node:
        case Call() if FUNCTIONS[node.name].of_presence:
            return []
        case Call() if FUNCTIONS[node.name].skips_blanks:
            # Only a field that is given is taken from the first ones: how a blank counts is no matter.
            *early, last = range(len(node.arguments))
            fields = (FieldRef, ColumnRef)
            return [*(index for index in early if not isinstance(node.arguments[index], fields)), last]
        case InSet():
            return [0]
        case _:
            return list(range(len(children(node))))


def with_children(node: Node, operands: tuple[Node, ...]) -> Node:
    """Return *node* with other operands, in the order of `children`."""
    match node:
        case Sum():
            return evolve(node, terms=tuple(zip((sign for sign, _ in node.terms), operands, strict=True)))
        case Product():
            return evolve(node, factors=tuple(zip((each for each, _ in node.factors), operands, strict=True)))
        case Compare():
            slack = operands[2] if node.slack is not None else None
            return evolve(node, left=operands[0], right=operands[1], slack=slack)
        case InSet():
            return evolve(node, item=operands[0], options=operands[1:])
        case Logic():
            return evolve(node, operands=operands)
        case If():
            return evolve(node, condition=operands[0], yes=operands[1], no=operands[2])
        case Quantifier() | Aggregate():
            condition = operands[0] if node.condition is not None else None
            return evolve(node, condition=condition, body=operands[-1])
        case Call():
            return evolve(node, arguments=operands)
        case Named():
            return evolve(node, body=operands[0])
        case _:
            return node


def _own(node: Node) -> Iterator[Change]:
    """Yield the changes of *node* itself."""
    match node:
        case Compare():
            yield from _compare(node)
        case Sum():
            yield from _sum(node)
        case Product():
            yield from _product(node)
        case Logic():
            yield from _logic(node)
        case Constant():
            yield from _constant(node)
        case If():
            yield _change("branch", node, evolve(node, yes=node.no, no=node.yes))
        case InSet() if len(node.options) > 1:
            for index, option in enumerate(node.options):
                rest = (*node.options[:index], *node.options[index + 1 :])
                yield _change("option", node, evolve(node, options=rest), before=_raw(option))
        case Quantifier() | Aggregate():
            yield from _collection(node)
        case Call():
            yield from _call(node)
        case FieldRef() | ColumnRef() if node.policy != "unknown":
            yield _change(
                "missing", node, evolve(node, policy="unknown"), before=node.policy, after="unknown"
            )
        case _:
            pass


def _change(kind: str, node: Node, changed: Node, before: str = "", after: str = "") -> Change:
    return Change(kind=kind, node=changed, span=node.span, before=before, after=after)


def _raw(node: Node) -> str:
    return node.raw if isinstance(node, Constant) else ""


def _compare(node: Compare) -> Iterator[Change]:
    ordered = node.left.type.kind in (Kind.NUMBER, Kind.DATE)
    for operator in _ORDERED[node.operator] if ordered else ("≠" if node.operator == "=" else "="):
        # Within a slack nothing but equality has a meaning.
        if node.slack is None:
            yield _change("operator", node, evolve(node, operator=operator), node.operator, operator)
    if node.slack is not None:
        yield _change("slack", node, evolve(node, slack=None), "±", "")


def _sum(node: Sum) -> Iterator[Change]:
    for index, (sign, term) in enumerate(node.terms):
        if index:
            flipped = (*node.terms[:index], (-sign, term), *node.terms[index + 1 :])
            signs = ("+", "-") if sign > 0 else ("-", "+")
            yield _change("sign", node, evolve(node, terms=flipped), *signs)
        rest = (*node.terms[:index], *node.terms[index + 1 :])
        if rest:
            yield _change("term", node, _lone(evolve(node, terms=rest)), before=str(index + 1))


def _lone(node: Sum) -> Node:
    (sign, term), *others = node.terms
    return term if sign > 0 and not others else node


def _product(node: Product) -> Iterator[Change]:
    (_, first), *others = node.factors
    if len(others) == 1 and others[0][0] == "/":
        swapped = (("*", others[0][1]), ("/", first))
        yield _change("fraction", node, evolve(node, factors=swapped))
        return
    for index, (operator, factor) in enumerate(node.factors):
        if index:
            other = "/" if operator == "*" else "*"
            factors = (*node.factors[:index], (other, factor), *node.factors[index + 1 :])
            yield _change("factor", node, evolve(node, factors=factors), operator, other)


def _logic(node: Logic) -> Iterator[Change]:
    match node.operator:
        case "not":
            yield _change("logic", node, node.operands[0], "not", "")
        case "implies":
            yield _change("logic", node, node.operands[1], "implies", "")
        case operator:
            other = "or" if operator == "and" else "and"
            yield _change("logic", node, evolve(node, operator=other), operator, other)
            for index in range(len(node.operands)):
                rest = (*node.operands[:index], *node.operands[index + 1 :])
                left = rest[0] if len(rest) == 1 else evolve(node, operands=rest)
                yield _change("operand", node, left, before=str(index + 1))


def _constant(node: Constant) -> Iterator[Change]:
    match node.value:
        case bool() | str():
            return
        case date():
            values: tuple[Fraction | date, ...] = (node.value + timedelta(1), node.value - timedelta(1))
        case _:
            step = _last_place(node.raw)
            values = (node.value + step, node.value - step)
    for value, sign in zip(values, ("+1", "-1"), strict=True):
        changed = evolve(node, value=value, raw=f"{node.raw}{sign}")
        yield _change("constant", node, changed, node.raw, changed.raw)


def _last_place(raw: str) -> Fraction:
    """Return what one more in the last digit of a written number adds."""
    digits = raw.removesuffix("%").strip()
    step = Fraction(1, 10 ** len(digits.partition(".")[2]))
    return step / 100 if raw.endswith("%") else step


def _collection(node: Quantifier | Aggregate) -> Iterator[Change]:
    other = _OPPOSITE.get(node.name)
    if other is not None:
        yield _change("quantifier", node, evolve(node, name=other), node.name, other)
    if node.condition is not None:
        yield _change("condition", node, evolve(node, condition=None), before="if")


def _call(node: Call) -> Iterator[Change]:
    function = FUNCTIONS[node.name]
    if function.skips_blanks:
        rest = node.arguments[1:]
        left = rest[0] if len(rest) == 1 else evolve(node, arguments=rest)
        yield _change("argument", node, left, before="1")
    elif function.can_be_left_out:
        yield _change("function", node, node.arguments[0], before=node.name)
    elif function.opposite:
        yield _change("function", node, evolve(node, name=function.opposite), node.name, function.opposite)
