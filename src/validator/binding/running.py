"""The running text of a document as it was read: each passage with its headings and its numbers."""

from __future__ import annotations

from typing import TYPE_CHECKING

from validator.binding.masked import Masked, mask
from validator.model.document import Block, BlockKind, Document
from validator.model.location import Location
from validator.model.record import record
from validator.text.fold import folded
from validator.text.passage import Passage, split_passages, with_blank_groups
from validator.text.read import read_passage
from validator.text.vocabulary import load_vocabulary

if TYPE_CHECKING:
    from collections.abc import Sequence

    from validator.binding.recognition import Recognition
    from validator.model.document import Table

_INSIDE_HEADINGS = 100


@record
class Running:
    """A passage of running text; ``order`` is its place.

    ``headings`` are the folded headings and list items above it, outermost first.
    """

    passage: Passage
    block: Block
    masked: Masked
    headings: tuple[str, ...]
    order: int

    def is_in(self, sections: Sequence[str]) -> bool:
        """Whether a heading, or the passage itself, has the words of one of *sections*."""
        if not sections:
            return True
        places = (*self.headings, self.masked.text)
        return any(section in place for section in sections for place in places)


def running_text(
    blocks: Sequence[Block | Table], known: Recognition, *, noisy: bool = False
) -> tuple[Running, ...]:
    """Return the passages of *blocks* that are text, in reading order."""
    vocabulary = load_vocabulary()
    lexicon = vocabulary.lexicon(degraded=noisy)
    found: list[Running] = []
    above: list[tuple[int, str]] = []
    document = Document(file="", media_type="", blocks=tuple(blocks))
    for order, passage in enumerate(with_blank_groups(split_passages(document))):
        block = passage.source
        if not isinstance(block, Block):
            above = [each for each in above if each[0] < _INSIDE_HEADINGS]
            continue
        rank = _rank(block, passage)
        if rank is not None:
            above = [each for each in above if each[0] < rank]
        reading = read_passage(passage, order, lexicon, vocabulary)
        headings = tuple(text for _, text in above)
        masked = mask(reading, known)
        found.append(Running(passage=passage, block=block, masked=masked, headings=headings, order=order))
        if rank is not None:
            above.append((rank, known.abbreviations.shorten(folded(passage.text))))
    return tuple(found)


def mask_text(text: str, known: Recognition) -> Masked:
    """Return a text that stands by itself, such as a remark, with a mask in the place of each number."""
    return running_of(Block(kind=BlockKind.PARAGRAPH, text=text, location=Location()), known).masked


def running_of(block: Block, known: Recognition, headings: tuple[str, ...] = ()) -> Running:
    """Return a text that stands by itself as a passage."""
    vocabulary = load_vocabulary()
    passage = Passage(text=block.text, source=block)
    masked = mask(read_passage(passage, 0, vocabulary.lexicon(degraded=False), vocabulary), known)
    return Running(passage=passage, block=block, masked=masked, headings=headings, order=0)


def _rank(block: Block, passage: Passage) -> int | None:
    """Return how far in a passage stands; None if nothing stands below it."""
    if block.kind is BlockKind.HEADING:
        return block.level or 1
    if block.kind is BlockKind.LIST_ITEM:
        return _INSIDE_HEADINGS + (block.level or 1)
    leads = block.kind is BlockKind.PARAGRAPH and passage.text.rstrip().endswith(":")
    return _INSIDE_HEADINGS if leads else None
