"""Where and why a parse stopped, told by the examples in ``grammar/syntax_errors.yaml``."""

from __future__ import annotations

import re
from functools import cache
from typing import TYPE_CHECKING, Any, NamedTuple

from validator.model.problem import Problem
from validator.resources import grammar_folder

if TYPE_CHECKING:
    from collections.abc import Callable

    from lark.exceptions import UnexpectedInput

    from validator.lang.source import Source

_TOLD_OF_WORD_BEFORE = frozenset({"keyword-as-name"})
_AT_END = {"missing-operand": "missing-operand-at-end", "unexpected": "unfinished"}


class _Stop(NamedTuple):
    """Where the parser stood when it stopped, at what, and what it would have taken instead."""

    position: object
    kind: str
    text: str
    accepted: frozenset[str]


def syntax_problem(error: UnexpectedInput, source: Source, parse: Callable[[str], Any]) -> Problem:
    """Return the problem ``syntax/…`` that *error* is, at its place in *source*."""
    from lark.exceptions import UnexpectedCharacters

    text = source.text
    stop = _span(error, text)
    token = getattr(error, "token", None)
    sign = None if getattr(token, "type", "") == "TEXT" else _written(text, *stop)
    label, start, end = _around(text, stop[0]) or sign or (_parsed(error, parse), *stop)
    if label is None:
        label = "odd-character" if isinstance(error, UnexpectedCharacters) else "unexpected"
    if label in _TOLD_OF_WORD_BEFORE:
        start, end = _word_before(text, start)
    found = text[start:end].strip()
    if not found:
        label = _AT_END.get(label, label)
    digits = found.replace(".", "")
    args = {"found": found, "instead": digits.replace(",", "."), "plain": digits}
    return Problem(code=f"syntax/{label}", location=source.locate(start, end), args=args)


@cache
def error_examples() -> dict[str, dict[str, list[str]]]:
    """Return the examples by how they are told and by label."""
    import yaml

    text = (grammar_folder() / "syntax_errors.yaml").read_text(encoding="utf-8")
    labels: dict[str, dict[str, list[str]]] = yaml.safe_load(text)
    return labels


def _around(text: str, start: int) -> tuple[str, int, int] | None:
    """Return the label of a pattern whose match covers the place where reading stopped."""
    for label, patterns in error_examples()["around"].items():
        for pattern in patterns:
            for match in re.finditer(pattern, text):
                if match.start() <= start < match.end():
                    return label, match.start(), match.end()
    return None


def _written(text: str, start: int, end: int) -> tuple[str, int, int] | None:
    """Return the label of a sign that ends or begins where reading stopped, or is what stands there."""
    for label, signs in error_examples()["written"].items():
        for sign in signs:
            begin = start + 1 - len(sign)
            if begin >= 0 and text.startswith(sign, begin):
                return label, begin, start + 1
            if text.startswith(sign, start) or text[start:end] == sign:
                return label, start, start + len(sign)
    return None


def _word_before(text: str, start: int) -> tuple[int, int]:
    words = list(re.finditer(r"\w+", text[:start]))
    return words[-1].span() if words else (start, start + 1)


def _parsed(error: UnexpectedInput, parse: Callable[[str], Any]) -> str | None:
    """Return the label of the example that stops most alike: same token, then same continuations."""
    stop = _stop(error)
    best: tuple[int, str] | None = None
    for label, known in _known_stops(parse):
        if (known.position, known.kind) == (stop.position, stop.kind):
            likeness = 2 * (known.accepted == stop.accepted) + (known.text == stop.text)
            if best is None or likeness > best[0]:
                best = likeness, label
    return best[1] if best else None


@cache
def _known_stops(parse: Callable[[str], Any]) -> tuple[tuple[str, _Stop], ...]:
    from lark.exceptions import UnexpectedInput

    stops: list[tuple[str, _Stop]] = []
    for label, snippets in error_examples()["parsed"].items():
        for snippet in snippets:
            try:
                parse(snippet)
            except UnexpectedInput as error:
                stops.append((label, _stop(error)))
    return tuple(stops)


def _stop(error: UnexpectedInput) -> _Stop:
    state = getattr(error, "state", None)
    token = getattr(error, "token", None)
    return _Stop(
        position=getattr(state, "position", state),
        kind=getattr(token, "type", ""),
        text=str(token) if token is not None else "",
        accepted=frozenset(getattr(error, "accepts", None) or ()),
    )


def _span(error: UnexpectedInput, text: str) -> tuple[int, int]:
    found = getattr(error, "pos_in_stream", None)
    start = len(text) if found is None else found
    token = getattr(error, "token", None)
    if start < 0 or start >= len(text) or getattr(token, "type", "") == "$END":
        stripped = len(text.rstrip())
        return stripped, stripped + 1
    if token is not None:
        return start, start + len(token)
    word = re.compile(r"\w+|\S").match(text, start)
    return start, word.end() if word else start + 1
