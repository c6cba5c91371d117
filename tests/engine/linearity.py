"""Which rules the engine must judge exactly: those in which what varies only is added up."""

from __future__ import annotations

from fractions import Fraction

from oracle import NoValue

from validator.lang.ir import Aggregate, Call, Compare, If, InSet, Product, Quantifier, children
from validator.lang.types import Kind
from validator.model.field import FieldType


def must_be_exact(oracle):
    """Whether each blank occurs in one condition, and every comparison is linear and even."""
    alone = all(len(set(where)) == 1 and where[0] is not None for where in oracle.seen_in.values())
    return (
        alone
        and is_linear(oracle, oracle.rule, {})
        and all(_even(oracle, node, bindings) for node, bindings in oracle.comparisons)
    )


def is_linear(oracle, node, bindings):
    """Whether what varies is only added, subtracted and multiplied by what does not."""
    inner = [bindings]
    if isinstance(node, Quantifier | Aggregate):
        inner = [{**bindings, node.variable: each} for each in oracle.members(node, bindings)]
    if isinstance(node, Compare) and _is_of_one_quotient(oracle, node, bindings):
        return True
    if isinstance(node, Product):
        varying = [_varies(oracle, factor, bindings) for _, factor in node.factors]
        divisors = [_varies(oracle, factor, bindings) for operator, factor in node.factors if operator == "/"]
        if sum(varying) > 1 or any(divisors):
            return False
    if isinstance(node, InSet) and len(node.options) > 1 and _varies(oracle, node.item, bindings):
        return False
    if isinstance(node, Compare) and node.slack and _varies(oracle, node.slack, bindings):
        return False
    if (
        isinstance(node, Call)
        and node.name in ("abs", "round", "min", "max", "year")
        and _varies(oracle, node, bindings)
    ):
        return False
    if isinstance(node, If) and node.type.kind is not Kind.TRUTH and _varies(oracle, node, bindings):
        return False
    if isinstance(node, Aggregate):
        doubtful = node.condition is not None and any(_varies(oracle, node.condition, each) for each in inner)
        if doubtful or (node.name in ("min", "max", "unique") and _varies(oracle, node, bindings)):
            return False
    return all(is_linear(oracle, child, each) for each in inner for child in children(node))


def _is_of_one_quotient(oracle, node, bindings):
    """Whether a comparison has one blank, a count, and that in one quotient with nothing rounded in it."""
    if node.left.type.kind is not Kind.NUMBER or (node.slack and _varies(oracle, node.slack, bindings)):
        return False
    for one, other in ((node.left, node.right), (node.right, node.left)):
        if not isinstance(one, Product) or [operator for operator, _ in one.factors] != ["*", "/"]:
            continue
        inside = oracle.slots(one, bindings)
        blanks = [each for each in inside if each in oracle.blanks]
        return (
            len(blanks) == 1
            and oracle.blanks[blanks[0]].type is FieldType.COUNT
            and not any(each in oracle.written for each in inside)
            and not any(each in oracle.blanks for each in oracle.slots(other, bindings))
            and all(is_linear(oracle, each, bindings) for each in (*children(one), other))
        )
    return False


def _varies(oracle, node, bindings):
    return any(slot in oracle.blanks or slot in oracle.written for slot in oracle.slots(node, bindings))


def _even(oracle, node, bindings):
    """Whether whole blanks all count the same, so that any whole multiple can be reached."""
    values = {**oracle.anything(), **{each: value for each, (value, _) in oracle.written.items()}}
    sizes = set()
    for slot in oracle.slots(node, bindings):
        if slot in oracle.blanks and oracle.blanks[slot].type is FieldType.COUNT:
            try:
                one, two = (
                    oracle.difference(node, bindings, {**values, slot: Fraction(each)}) for each in (3, 4)
                )
            except NoValue:
                return False
            sizes.add(abs(two - one))
    return len(sizes - {0}) <= 1
