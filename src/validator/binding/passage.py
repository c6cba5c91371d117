"""The running text of a document as passages: each with its headings and its numbers."""

from __future__ import annotations

from typing import TYPE_CHECKING

from validator.binding.number import Masked, mask
from validator.model.document import Block, BlockKind
from validator.model.record import record
from validator.text.fold import folded

if TYPE_CHECKING:
    from collections.abc import Sequence

    from validator.binding.recognition import Recognition
    from validator.model.document import Document
    from validator.readers.notation import Notation


_INSIDE_HEADINGS = 100


@record
class Passage:
    """One block of text; ``order`` is its place.

    ``headings`` are the folded headings and list items above it, outermost first, ``sections`` the
    headings alone; ``rank`` is how far in it stands itself, None if nothing stands below it.
    """

    block: Block
    masked: Masked
    headings: tuple[str, ...]
    order: int
    sections: tuple[str, ...] = ()
    rank: int | None = None

    def is_in(self, sections: Sequence[str]) -> bool:
        """Whether a heading, or the passage itself, has the words of one of *sections*."""
        if not sections:
            return True
        places = (*self.headings, self.masked.text)
        return any(section in place for section in sections for place in places)


def passages(
    document: Document, known: Recognition, notation: Notation, *, noisy: bool = False
) -> tuple[Passage, ...]:
    """Return the blocks of *document* that are text, in reading order."""
    found: list[Passage] = []
    above: list[tuple[int, str]] = []
    for order, block in enumerate(document.blocks):
        if not isinstance(block, Block):
            above = [each for each in above if each[0] < _INSIDE_HEADINGS]
            continue
        rank = _rank(block)
        if rank is not None:
            above = [each for each in above if each[0] < rank]
        found.append(
            Passage(
                block=block,
                masked=mask(block.text, known, notation, noisy=noisy),
                headings=tuple(text for _, text in above),
                order=order,
                sections=tuple(text for each, text in above if each < _INSIDE_HEADINGS),
                rank=rank,
            )
        )
        if rank is not None:
            above.append((rank, known.abbreviations.shorten(folded(block.text))))
    return tuple(found)


def _rank(block: Block) -> int | None:
    """Return how far in a block stands; None if nothing stands below it."""
    if block.kind is BlockKind.HEADING:
        return block.level or 1
    if block.kind is BlockKind.LIST_ITEM:
        return _INSIDE_HEADINGS + (block.level or 1)
    leads = block.kind is BlockKind.PARAGRAPH and block.text.rstrip().endswith(":")
    return _INSIDE_HEADINGS if leads else None
