"""Text of a rule → Lark tree, or the fault that stopped it, named by example."""

from __future__ import annotations

import re
from functools import cache
from typing import TYPE_CHECKING, Any

from validator.model.problem import Problem
from validator.resources import grammar_folder

if TYPE_CHECKING:
    from lark import Lark, Tree

    from validator.lang.source import Source

MAX_LENGTH = 5_000
MAX_DEPTH = 60
MAX_DIGITS = 40
"""Most digits of a number; no report holds a longer one."""

_OPENING = re.compile(r"[(\[{]|\bnot\b|\bif\b|\bimplies\b|:")
_QUOTED = re.compile(r'"[^"\n]*"')
_SIGNS = re.compile(rf"(?:[+\-−]\s*){{{MAX_DEPTH}}}")
_LONG_NUMBER = re.compile(rf"[0-9](?:\.?[0-9]){{{MAX_DIGITS},}}")


@cache
def _parser() -> Lark:
    from lark import Lark

    grammar = (grammar_folder() / "rule.lark").read_text(encoding="utf-8")
    return Lark(grammar, parser="lalr", propagate_positions=True, maybe_placeholders=True)


def parse(source: Source) -> Tree[Any] | Problem:
    """Return the tree of *source*, or one problem ``syntax/…`` at the place where it stops."""
    text = source.text
    if not text.strip():
        return Problem(code="syntax/empty", location=source.locate(0, 1))
    if len(text) > MAX_LENGTH:
        args = {"length": len(text), "limit": MAX_LENGTH}
        return Problem(code="syntax/too-long", location=source.locate(0, 1), args=args)
    # Texts keep their length, so that places stay what they are.
    bare = _QUOTED.sub(lambda match: " " * len(match[0]), text)
    number = _LONG_NUMBER.search(bare)
    if number is not None:
        args = {"limit": MAX_DIGITS}
        return Problem(code="syntax/number-too-long", location=source.locate(*number.span()), args=args)
    if len(_OPENING.findall(bare)) > MAX_DEPTH or _SIGNS.search(bare):
        return Problem(code="syntax/too-deep", location=source.locate(0, 1), args={"limit": MAX_DEPTH})
    from lark.exceptions import UnexpectedInput

    try:
        return _parser().parse(text)
    except UnexpectedInput as error:
        from validator.lang.syntax_error import syntax_problem

        return syntax_problem(error, source, _parse_text)


def _parse_text(text: str) -> Tree[Any]:
    return _parser().parse(text)
