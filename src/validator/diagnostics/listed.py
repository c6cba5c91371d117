"""A list of names in a sentence: the first ones, and how many more there are."""

from __future__ import annotations

from typing import TYPE_CHECKING

from validator.model.words import together

if TYPE_CHECKING:
    from collections.abc import Sequence

_MOST = 30


def listed(names: Sequence[str], most: int = _MOST) -> str:
    """Return the first *most* of *names*, and the number of the others."""
    more = f"… (+{len(names) - most})" if len(names) > most else ""
    return together([together(names[:most], ", "), more], " ")
