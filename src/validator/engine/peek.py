"""A quick look at conditions put together from plain ones: ``and``, ``or``, ``missing``, ``first``.

Like `screen.py`, this recognises what whole-number arithmetic settles at once and leaves the rest to
the evaluator, whose meaning it must share: the tests hold the two to the same verdicts.
"""

from __future__ import annotations

from fractions import Fraction
from typing import TYPE_CHECKING, Any

from validator.engine import truth as t
from validator.engine.screen import HOLDS, is_natural, is_open_share, look, shape_of_condition
from validator.lang.ir import Call, Compare, Constant, FieldRef, Logic, Named, Product, Sum, walk
from validator.lang.types import Kind
from validator.model.verdict import Verdict

if TYPE_CHECKING:
    from collections.abc import Callable

    from validator.engine.truth import Truth
    from validator.lang.ir import Node
    from validator.packs.pack import Rule

    Get = Callable[[str], Any]
    Peek = Callable[[Get], "Truth | None"]
    Term = tuple[int, tuple["str | int", ...]]
    """A sign, and the fields of which the first that is given counts (a number is always given)."""

_TRUTHS: dict[Verdict | None, Truth] = {Verdict.PASS: t.TRUE, Verdict.FAIL: t.FALSE}


def nothing_seen(get: Get) -> Truth | None:  # noqa: ARG001 - what every look is called with
    """Leave the condition to the evaluator."""
    return None


def looks_of(rule: Rule) -> tuple[Peek, Peek] | None:
    """Return quick looks at the guard and the assertion of *rule*, None if they would see nothing."""
    if any(isinstance(node, FieldRef) and node.policy == "fail" for node in _nodes(rule)):
        return None
    guard = _always if rule.guard is None else peek_of(rule.guard)
    assertion = peek_of(rule.assertion)
    return None if guard is assertion is nothing_seen else (guard, assertion)


def own_fields(rule: Rule) -> frozenset[str] | None:
    """Return the fields whose values alone decide *rule*, None if anything else plays a part."""
    found = set()
    for node in _nodes(rule):
        match node:
            case FieldRef(source="report"):
                found.add(node.field.path)
            case Call() | Compare() | Constant() | Logic() | Named() | Product() | Sum():
                continue
            case _:
                return None
    return frozenset(found)


def _nodes(rule: Rule) -> tuple[Node, ...]:
    return (*walk(rule.assertion), *(() if rule.guard is None else walk(rule.guard)))


def _always(get: Get) -> Truth | None:  # noqa: ARG001 - what every look is called with
    return t.TRUE


def peek_of(node: Node) -> Peek:
    """Return a look at *node*: the outcomes it can have, None where that takes the evaluator."""
    match node:
        case Named():
            return peek_of(node.body)
        case Call(name="missing" | "present" as name, arguments=(FieldRef(source="report") as found,)):
            path, if_given = found.field.path, t.of(name == "present")
            return lambda get: t.negation(if_given) if get(path) is None else if_given
        case Logic(operator="not"):
            return _opposite(peek_of(node.operands[0]))
        case Logic(operator="implies"):
            given, then = map(peek_of, node.operands)
            return _combined((_opposite(given), then), is_and=False)
        case Logic():
            return _combined(tuple(map(peek_of, node.operands)), is_and=node.operator == "and")
        case Compare() if node.slack is None and node.left.type.kind is Kind.NUMBER:
            return _of_shape(node) or _of_share(node) or _of_limit(node) or _of_sum(node) or nothing_seen
        case _:
            return nothing_seen


def _opposite(part: Peek) -> Peek:
    def opposite(get: Get) -> Truth | None:
        found = part(get)
        return None if found is None else t.negation(found)

    return nothing_seen if part is nothing_seen else opposite


def _combined(parts: tuple[Peek, ...], *, is_and: bool) -> Peek:
    """Return a look at ``and`` or ``or``: one part that settles it is enough, else all must be seen."""
    settles, combine = (t.FALSE, t.conjunction) if is_and else (t.TRUE, t.disjunction)
    neutral = t.TRUE if is_and else t.FALSE

    def combined(get: Get) -> Truth | None:
        result: Truth | None = neutral
        for part in parts:
            found = part(get)
            if found == settles:
                return settles
            result = None if found is None or result is None else combine(result, found)
        return result

    return nothing_seen if all(part is nothing_seen for part in parts) else combined


def _of_shape(node: Compare) -> Peek | None:
    shape = shape_of_condition(node)
    if shape is None:
        return None
    # A sum with blanks is true or false; a share may be without meaning as well.
    truths: dict[Verdict | None, Truth] = _TRUTHS | (
        {} if node.operator == "=" and _of_share(node) else {Verdict.UNDECIDED: t.UNKNOWN}
    )
    return lambda get: truths.get(look(shape, get))


def _of_share(node: Compare) -> Peek | None:
    """Return a look at ``percent = sum / sum`` that sees only what is given."""
    if node.operator != "=":
        return None
    for share, fraction in ((node.left, node.right), (node.right, node.left)):
        match share, fraction:
            case FieldRef(source="report", policy="unknown"), Product(factors=((_, top), ("/", bottom))):
                tops, bottoms = _terms(top), _terms(bottom)
                if is_open_share(share.field) and tops and bottoms:
                    return _share(share.field.path, tops, bottoms)
    return None


def _share(path: str, tops: tuple[Term, ...], bottoms: tuple[Term, ...]) -> Peek:
    def share(get: Get) -> Truth | None:
        percent, top, base = get(path), _total(tops, get), _total(bottoms, get)
        if type(percent) is not tuple or top is None or base is None or base <= 0:
            return None
        digits, scale = percent
        return t.of(-base <= 2 * (digits * base - top * scale) <= base)

    return share


def _of_limit(node: Compare) -> Peek | None:
    """Return a look at ``percent ≤ limit``: true if the percentage may have been rounded up from it."""
    match node.left, node.right:
        case (
            FieldRef(source="report") as share,
            Constant(value=Fraction() as limit),
        ) if node.operator == "≤" and is_open_share(share.field) and limit > 0:
            path, top, bottom = share.field.path, limit.numerator, limit.denominator
            of_blank = t.TRUE if share.policy == "zero" else t.UNKNOWN

            def within(get: Get) -> Truth | None:
                percent = get(path)
                if percent is None:
                    return of_blank
                if type(percent) is not tuple:
                    return None
                digits, scale = percent
                return t.of((2 * digits - 1) * bottom <= 2 * scale * top)

            return within
    return None


def _of_sum(node: Compare) -> Peek | None:
    """Return a look at a comparison of sums that sees only what is given."""
    left, right = _terms(node.left), _terms(node.right)
    if not left or not right:
        return None
    terms = (*left, *((-sign, each) for sign, each in right))
    holds = HOLDS[node.operator]

    def compared(get: Get) -> Truth | None:
        total = _total(terms, get)
        return None if total is None else t.of(holds(total, 0))

    return compared


def _terms(node: Node, sign: int = 1) -> tuple[Term, ...]:
    """Return the terms of a sum of whole numbers, nothing if it is another thing."""
    match node:
        case Named():
            return _terms(node.body, sign)
        case Sum():
            parts = [_terms(term, sign * each) for each, term in node.terms]
            return tuple(term for part in parts for term in part) if all(parts) else ()
        case Call(name="first") if not any(_counts_as_zero(each) for each in node.arguments):
            parts = [_terms(argument) for argument in node.arguments]
            if any(len(part) != 1 or part[0][0] != 1 for part in parts):
                return ()
            return ((sign, tuple(name for part in parts for name in part[0][1])),)
        case FieldRef(source="report", policy="unknown") if is_natural(node.field):
            return ((sign, (node.field.path,)),)
        case FieldRef(source="report", policy="zero") if is_natural(node.field):
            return ((sign, (node.field.path, 0)),)
        case Constant(value=Fraction() as value) if value.denominator == 1:
            return ((sign, (value.numerator,)),)
        case _:
            return ()


def _counts_as_zero(node: Node) -> bool:
    """Whether a blank in *node* counts as zero, which ``first`` does not take for a given value."""
    return any(isinstance(each, FieldRef) and each.policy == "zero" for each in walk(node))


def _total(terms: tuple[Term, ...], get: Get) -> int | None:
    """Return the sum of what is given, None if a term is blank or no exact whole number."""
    total = 0
    for sign, names in terms:
        value: Any = None
        for name in names:
            value = name if isinstance(name, int) else get(name)
            if value is not None:
                break
        if type(value) is not int:
            return None
        total += sign * value
    return total
