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
    start, end = _span(error, text)
    around = _around(text, start)
    if around is not None:
        label, start, end = around
    else:
        odd = "odd-character" if isinstance(error, UnexpectedCharacters) else _parsed(error, parse)
        label = _written(text, start, end) or odd or "unexpected"
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


def _written(text: str, start: int, end: int) -> str | None:
    before, found = text[: start + 1], text[start:end]
    for label, signs in error_examples()["written"].items():
        if any(found == sign or before.endswith(sign) or text.startswith(sign, start) for sign in signs):
            return label
    return None


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
    start = error.pos_in_stream if error.pos_in_stream is not None else len(text)
    if start < 0 or start >= len(text) or getattr(getattr(error, "token", None), "type", "") == "$END":
        stripped = len(text.rstrip())
        return stripped, stripped + 1
    word = re.compile(r"\w+|\S").match(text, start)
    return start, word.end() if word else start + 1
