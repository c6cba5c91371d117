"""Text of a rule → Lark tree, or the fault that stopped it, named by example."""

from __future__ import annotations

import re
from functools import cache
from typing import TYPE_CHECKING, Any

from validator.model.problem import Problem
from validator.resources import grammar_folder

if TYPE_CHECKING:
    from collections.abc import Callable

    from lark import Lark, Tree
    from lark.exceptions import UnexpectedInput

    from validator.lang.source import Source

MAX_LENGTH = 5_000
MAX_DEPTH = 60

_OPENING = re.compile(r"[(\[{]|\bnot\b|\bif\b|\bimplies\b|:")
_QUOTED = re.compile(r'"[^"\n]*"')


@cache
def _parser() -> Lark:
    from lark import Lark

    grammar = (grammar_folder() / "rule.lark").read_text(encoding="utf-8")
    return Lark(grammar, parser="lalr", propagate_positions=True, maybe_placeholders=True)


@cache
def _error_examples() -> dict[str, list[str]]:
    import yaml

    text = (grammar_folder() / "syntax_errors.yaml").read_text(encoding="utf-8")
    labels: dict[str, list[str]] = yaml.safe_load(text)
    return labels


def parse(source: Source) -> Tree[Any] | Problem:
    """Return the tree of *source*, or one problem ``syntax/…`` at the place where it stops."""
    text = source.text
    if not text.strip():
        return Problem(code="syntax/empty", location=source.locate(0, 1))
    if len(text) > MAX_LENGTH:
        args = {"length": len(text), "limit": MAX_LENGTH}
        return Problem(code="syntax/too-long", location=source.locate(0, 1), args=args)
    depth = len(_OPENING.findall(_QUOTED.sub("", text)))
    if depth > MAX_DEPTH or "--" * MAX_DEPTH in text.replace(" ", ""):
        return Problem(code="syntax/too-deep", location=source.locate(0, 1), args={"limit": MAX_DEPTH})
    from lark.exceptions import UnexpectedInput

    try:
        return _parser().parse(text)
    except UnexpectedInput as error:
        return _fault(error, source)


def _fault(error: UnexpectedInput, source: Source) -> Problem:
    start, end = _span(error, source.text)
    found = source.text[start:end]
    parse_example: Callable[[str], Any] = _parser().parse
    label = error.match_examples(parse_example, _error_examples(), use_accepts=True)
    return Problem(
        code=f"syntax/{label or 'unexpected'}",
        location=source.locate(start, end),
        args={"found": found},
    )


def _span(error: UnexpectedInput, text: str) -> tuple[int, int]:
    start = error.pos_in_stream if error.pos_in_stream is not None else len(text)
    if start < 0 or start >= len(text) or getattr(getattr(error, "token", None), "type", "") == "$END":
        stripped = len(text.rstrip())
        return stripped, stripped + 1
    word = re.compile(r"\w+|\S").match(text, start)
    return start, word.end() if word else start + 1
