"""Lark tree → canonical text: one spelling of operators, single spaces, no bracket that is not needed."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from validator.lang.parse import parse
from validator.lang.source import Source
from validator.model.problem import Problem
from validator.model.record import record

if TYPE_CHECKING:
    from collections.abc import Callable

SPELLING = {
    "==": "=", "!=": "≠", "<=": "≤", ">=": "≥",
    "×": "*", "÷": "/", "−": "-",
}  # fmt: skip
# How tightly each construct binds; an operand that binds less tightly than its place asks for is bracketed.
_EXPR, _OR, _AND, _NOT, _COMPARISON, _SUM, _PRODUCT, _UNARY, _ATOM = range(9)


@record(kw_only=False)
class _Text:
    """Written text, how tightly it binds, and whether it would take in what follows (``all``, ``if``)."""

    text: str
    level: int = _ATOM
    is_open: bool = False


def canonical_text(text: str) -> str | None:
    """Return an expression in its canonical spelling, None if it cannot be read."""
    tree = parse(Source(text=text))
    return None if isinstance(tree, Problem) else print_tree(tree)


def print_tree(tree: Any) -> str:
    """Return the canonical text of a tree that the parser made; brackets of the source do not count."""
    return _write(tree.children[0] if tree.data == "start" else tree).text


def _write(tree: Any) -> _Text:
    writer: Callable[[list[Any]], _Text] = _WRITERS[str(tree.data)]
    return writer(tree.children)


def _operand(tree: Any, least: int, *, last: bool = True) -> _Text:
    """Return an operand for a place that needs at least the level *least*."""
    found = _write(tree)
    if found.level < least or (found.is_open and not last):
        return _Text(f"({found.text})")
    return found


def _inside(tree: Any) -> str:
    return _write(tree).text


def _word(token: Any) -> str:
    return SPELLING.get(str(token), str(token))


def _path(tree: Any) -> str:
    """Return a dotted name, as itself or as the collection it names."""
    inner = tree.children[0] if tree.data == "collection" else tree
    return ".".join(str(token) for token in inner.children)


def _joined(word: str, least: int, children: list[Any], level: int) -> _Text:
    # The last operand is bracketed like the others, though `all` and `if` could do without there.
    parts = [_operand(each, least, last=False).text for each in children]
    return _Text(f" {word} ".join(parts), level)


def _implies(children: list[Any]) -> _Text:
    left, right = _operand(children[0], _OR, last=False), _write(children[1])
    return _Text(f"{left.text} implies {right.text}", _EXPR, right.is_open)


def _not(children: list[Any]) -> _Text:
    operand = _operand(children[0], _NOT)
    return _Text(f"not {operand.text}", _NOT, operand.is_open)


def _quantifier(children: list[Any]) -> _Text:
    word, name, collection, condition, body = children
    limit = f" if {_operand(condition, _EXPR, last=False).text}" if condition is not None else ""
    return _Text(f"{word} {name} in {_path(collection)}{limit}: {_inside(body)}", _NOT, is_open=True)


def _if(children: list[Any]) -> _Text:
    condition, yes, no = children
    head = f"if {_operand(condition, _EXPR, last=False).text} then {_operand(yes, _EXPR, last=False).text}"
    return _Text(f"{head} else {_inside(no)}", _NOT, is_open=True)


def _compare(children: list[Any]) -> _Text:
    text = _operand(children[0], _SUM).text
    for link in children[1:]:
        operator, side, slack = link.children
        text += f" {_word(operator)} {_operand(side, _SUM).text}"
        if slack is not None:
            text += f" ± {_operand(slack, _SUM).text}"
    return _Text(text, _COMPARISON)


def _in_set(word: str, children: list[Any]) -> _Text:
    item, *options = (_operand(each, _SUM).text for each in children)
    return _Text(f"{item} {word} {{{', '.join(options)}}}", _COMPARISON)


def _chain(children: list[Any], operand: int, level: int) -> _Text:
    text = _operand(children[0], operand).text
    for sign, term in zip(children[1::2], children[2::2], strict=True):
        text += f" {_word(sign)} {_operand(term, operand).text}"
    return _Text(text, level)


def _signed(children: list[Any]) -> _Text:
    # A sign before a sign is bracketed: `+-` would be read as ±.
    return _Text(f"{_word(children[0])}{_operand(children[1], _ATOM).text}", _UNARY)


def _call(children: list[Any]) -> _Text:
    name, *arguments = children
    return _Text(f"{name}({', '.join(_inside(each) for each in arguments if each is not None)})")


def _aggregate(children: list[Any]) -> _Text:
    name, body, variable, collection, condition = children
    limit = f" if {_inside(condition)}" if condition is not None else ""
    text = _operand(body, _EXPR, last=False).text
    return _Text(f"{name}({text} for {variable} in {_path(collection)}{limit})")


def _token(children: list[Any]) -> _Text:
    return _Text(str(children[0]))


_WRITERS: dict[str, Callable[[list[Any]], _Text]] = {
    "implies": _implies,
    "or_": lambda children: _joined("or", _AND, children, _OR),
    "and_": lambda children: _joined("and", _NOT, children, _AND),
    "not_": _not,
    "quantifier": _quantifier,
    "if_": _if,
    "compare": _compare,
    "in_set": lambda children: _in_set("in", children),
    "not_in_set": lambda children: _in_set("not in", children),
    "add": lambda children: _chain(children, _PRODUCT, _SUM),
    "multiply": lambda children: _chain(children, _UNARY, _PRODUCT),
    "signed": _signed,
    "percent": _token,
    "number": _token,
    "date": _token,
    "text": _token,
    "truth": _token,
    "name": lambda children: _Text(_path(children[0])),
    "call": _call,
    "aggregate": _aggregate,
    "group": lambda children: _write(children[0]),
}
