"""Which field of the superior is the sum of which field of its units, by the rules of the packs."""

from __future__ import annotations

from typing import TYPE_CHECKING

from validator.engine.applicability import applicability
from validator.engine.context import Context
from validator.engine.evaluate import Evaluator
from validator.exact.truth import TRUE, UNDEFINED
from validator.lang.ir import Aggregate, Compare, FieldRef, Logic, Node, unnamed
from validator.lang.scope import CHILDREN, SELF
from validator.model.field import FieldType
from validator.model.record import evolve, record

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from validator.model.field import Form
    from validator.model.report import Report
    from validator.packs.pack import Rule, RulePack


@record
class Addition:
    """``path`` of the superior is the sum of ``origin`` over the units that meet the condition.

    ``rule`` is the one that says so, if one does.
    """

    path: str
    origin: str
    condition: Node | None = None
    variable: str = ""
    rule: str = ""


@record
class Share:
    """``path`` of the superior is the value of ``body``, by the rule."""

    path: str
    rule: Rule
    body: Node


@record
class Plan:
    """The sums in the order of the form; ``own_part`` are fields of units that have no place in it."""

    additions: tuple[Addition, ...]
    own_part: frozenset[str] = frozenset()


def plan_of(form: Form, packs: Iterable[RulePack], head: Report) -> Plan:
    """Return the sums that make the report with the header of *head*.

    What a rule says comes first. Where rules add up fields of a group (``hoso``) to those of
    another (``hoso.commune``), the superior's own group is more than its units': the other fields of
    the group go the same way, or nowhere. All other additive fields keep their names.
    """
    by_rule: dict[str, Addition] = {}
    for pack in packs:
        for rule in pack.rules:
            found = _addition(rule.assertion)
            if found is not None and _may_be_summed(found, form) and may_apply(rule, head):
                by_rule.setdefault(found.path, evolve(found, rule=rule.full_id))
    groups = {_group(each.origin): _group(each.path) for each in by_rule.values() if each.path != each.origin}
    sums = dict(by_rule)
    taken = {each.origin for each in by_rule.values()} | set(by_rule)
    own_part: set[str] = set()
    for path, field in form.fields.items():
        if path in taken or not field.is_additive:
            continue
        group = groups.get(_group(path))
        target = path if group is None else f"{group}.{path.rpartition('.')[2]}"
        if target not in form.fields or not form.fields[target].is_additive:
            own_part.add(path)
        elif group is not None or path not in sums:
            sums[target] = Addition(path=target, origin=path)
    ordered = tuple(sums[path] for path in form.fields if path in sums)
    return Plan(additions=ordered, own_part=frozenset(own_part))


def _may_be_summed(addition: Addition, form: Form) -> bool:
    """Whether the form has both fields and excepts neither."""
    fields = [form.fields.get(path) for path in (addition.path, addition.origin)]
    return all(field is not None and field.rollup != "none" for field in fields)


def _group(path: str) -> str:
    return path.rpartition(".")[0]


def shares(packs: Iterable[RulePack], head: Report) -> Iterator[Share]:
    """Yield how shares are worked out: each alternative of each rule that states one, in their order.

    A share that the pack excepts is not worked out.
    """
    for pack in packs:
        for rule in pack.rules:
            if applicability(rule, head)[0]:
                continue
            for node in _alternatives(rule.assertion):
                yield from _shares(rule, node)


def may_apply(rule: Rule, report: Report) -> bool:
    """Whether a rule is for reports such as this one, as far as its header tells: not of the units below."""
    if applicability(rule, report)[0]:
        return False
    may = TRUE | UNDEFINED  # what a condition says of units is undefined before they are gathered
    return rule.guard is None or bool(Evaluator(Context(report=report)).truth(rule.guard, {}) & may)


def _addition(assertion: Node) -> Addition | None:
    node = unnamed(assertion)
    if not isinstance(node, Compare) or node.operator != "=" or node.slack is not None:
        return None
    for total, parts in ((node.left, node.right), (node.right, node.left)):
        field, summed = unnamed(total), unnamed(parts)
        if not isinstance(field, FieldRef) or field.source != SELF or not isinstance(summed, Aggregate):
            continue
        body = unnamed(summed.body)
        is_sum = summed.name == "sum" and not summed.collection.is_table
        if is_sum and summed.collection.name == CHILDREN and isinstance(body, FieldRef):
            if body.source != summed.variable:
                continue
            return Addition(
                path=field.field.path,
                origin=body.field.path,
                condition=summed.condition,
                variable=summed.variable,
            )
    return None


def _alternatives(assertion: Node) -> Iterator[Node]:
    node = unnamed(assertion)
    if isinstance(node, Logic) and node.operator == "or":
        for operand in node.operands:
            yield from _alternatives(operand)
    else:
        yield node


def _shares(rule: Rule, node: Node) -> Iterator[Share]:
    if not isinstance(node, Compare) or node.operator != "=":
        return
    for stated, body in ((node.left, node.right), (node.right, node.left)):
        field = unnamed(stated)
        if not isinstance(field, FieldRef) or field.source != SELF or field.field.rollup == "none":
            continue
        if field.field.type is FieldType.PERCENT:
            yield Share(path=field.field.path, rule=rule, body=body)
