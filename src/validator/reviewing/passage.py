"""Whether a passage of one document still stands in another, whatever its figures have become."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from validator.model.document import Block, TableCell

if TYPE_CHECKING:
    from collections.abc import Iterator

    from validator.model.document import Document
    from validator.model.location import Location

_WORD = re.compile(r"[^\W\d_]+")
_ALIKE = 60


def has_passage(place: Location, old: Document, new: Document | None) -> bool:
    """Return whether *new* has a passage with most of the words that stand at a place of *old*.

    What is no document (None) has no passages. True if the passage cannot be found in *old*:
    nothing then shows that it is gone.
    """
    if new is None:
        return False
    words = next((_words(text) for text, where in _passages(old) if _is_at(where, place)), frozenset())
    if not words:
        return True
    return any(
        100 * len(words & other) >= _ALIKE * len(words)
        for other in (_words(text) for text, _ in _passages(new))
    )


def _passages(document: Document) -> Iterator[tuple[str, Location]]:
    for block in document.blocks:
        parts: tuple[Block | TableCell, ...] = (block,) if isinstance(block, Block) else block.cells
        yield from ((part.text, part.location) for part in parts)


def _is_at(where: Location, place: Location) -> bool:
    if place.paragraph is not None or where.paragraph is not None:
        return (where.paragraph, where.table, where.cell) == (place.paragraph, place.table, place.cell)
    if place.line is not None and where.line is not None:
        return where.line == place.line
    return where == place


def _words(text: str) -> frozenset[str]:
    return frozenset(word.casefold() for word in _WORD.findall(text))
