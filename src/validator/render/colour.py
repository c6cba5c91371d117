"""Colour for terminals, and when to use it."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Mapping

_CODES = {"error": "1;31", "warning": "33", "info": "36", "heading": "1", "faint": "2"}


def paint(text: str, style: str, *, colour: bool) -> str:
    """*text* in the colours of *style*, or as it is."""
    code = _CODES.get(style)
    return f"\x1b[{code}m{text}\x1b[0m" if colour and code and text else text


def is_colour_wanted(*, no_color: bool, is_terminal: bool, environment: Mapping[str, str]) -> bool:
    """Whether to use colour: on a terminal, unless the user or ``NO_COLOR`` says no."""
    return (
        is_terminal and not no_color and not environment.get("NO_COLOR") and environment.get("TERM") != "dumb"
    )
