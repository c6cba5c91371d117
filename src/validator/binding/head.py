"""Who reports, when and by which form: from the head of a document, its title and its last sentence."""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING

from validator.binding.head_period import read_period
from validator.binding.head_unit import read_unit, with_whole_names
from validator.binding.targets import strings
from validator.model.document import Block, BlockKind, Table
from validator.model.record import evolve, record
from validator.text.fold import fold, folded, words

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping, Sequence

    from validator.binding.recognition import Recognition
    from validator.model.document import Document
    from validator.model.field import Form
    from validator.model.report import Period, Unit
    from validator.readers.notation import Notation

_HEAD_BLOCKS = 15
_LONGEST = 1500
# The name of the agency and the motto stand side by side above all else, often in a table without lines.
_LETTERHEAD_BLOCKS = 3
_MOST_ROWS = 3


@record
class Head:
    """What the head says; what it does not say is empty."""

    unit: Unit
    period: Period
    signed: Block | None = None
    signed_on: date | None = None
    signed_raw: str = ""


def read_head(document: Document, known: Recognition, notation: Notation) -> Head:
    """Return the unit and the period of *document*."""
    blocks = with_whole_names([_beginning_of(each) for each in with_letterhead(document)], known)
    head = _head_of(blocks)
    closing = [each for each in blocks if folded(each.text).startswith(known.closing)][-1:]
    unit = read_unit(head, closing, blocks[:_HEAD_BLOCKS], known)
    period = read_period(head, document, known, notation)
    signed = _signed(head, known)
    if signed is None:
        return Head(unit=unit, period=period)
    block, day, raw = signed
    return Head(unit=unit, period=period, signed=block, signed_on=day, signed_raw=raw)


def _beginning_of(block: Block) -> Block:
    """Return a block as far as a head is looked for in it."""
    return block if len(block.text) <= _LONGEST else evolve(block, text=block.text[:_LONGEST])


def with_letterhead(document: Document) -> list[Block]:
    """Return the blocks of running text, with the lines of a table that sets the head of the page."""
    found: list[Block] = []
    for each in document.blocks:
        if isinstance(each, Block):
            found.append(each)
        elif len(found) < _LETTERHEAD_BLOCKS and each.rows <= _MOST_ROWS and each.columns <= _MOST_ROWS:
            found += [
                Block(kind=BlockKind.PARAGRAPH, text=line, location=cell.location)
                for cell in each.cells
                for line in cell.text.splitlines()
            ]
    return found


def _signed(head: Sequence[Block], known: Recognition) -> tuple[Block, date, str] | None:
    """Return the block of the dateline, its day and the day as written; None if it has no full date."""
    for block in head:
        seen = fold(block.text)
        for found in known.signed.finditer(seen.text):
            day, month, year = map(int, found.groups())
            start, end = seen.span(*found.span())
            try:
                return block, date(year, month, day), block.text[start:end].strip(" ,")
            except ValueError:
                continue
    return None


def _head_of(blocks: Sequence[Block]) -> list[Block]:
    """Return the blocks before the first numbered heading, and no more than a page's worth."""
    found: list[Block] = []
    for block in blocks[:_HEAD_BLOCKS]:
        if block.kind is BlockKind.HEADING and block.marker:
            break
        found.append(block)
    return found


def choose_form(document: Document, forms: Iterable[Form], known: Recognition) -> str | None:
    """Return the name of the form whose titles and columns the document has; None if none or two."""
    blocks = [each for each in document.blocks if isinstance(each, Block)]
    tables = [each for each in document.blocks if isinstance(each, Table)]
    titles = [known.abbreviations.shorten(folded(each.text)) for each in _head_of(blocks)]
    titles += [known.abbreviations.shorten(folded(each.title)) for each in tables if each.title]
    titles += [
        known.abbreviations.shorten(folded(each.text))
        for each in blocks
        if each.kind is BlockKind.HEADING and not each.marker
    ]
    cells = {words(cell.text) for table in tables for cell in table.cells if cell.row <= _HEADER_DEPTH}
    weights = {form.name: _weight(form.binding, titles, cells, known) for form in forms}
    best = max(weights.values(), default=0)
    names = [name for name, weight in weights.items() if weight == best]
    return names[0] if best and len(names) == 1 else None


_HEADER_DEPTH = 3


def _weight(
    binding: Mapping[str, object], titles: Sequence[str], cells: set[tuple[str, ...]], known: Recognition
) -> int:
    """Return how much speaks for a form: a column that only it has counts more than its title."""
    wanted = [known.abbreviations.shorten(folded(each)) for each in strings(binding.get("titles"))]
    columns = [words(each) for each in strings(binding.get("columns"))]
    named = max((len(each.split()) for each in wanted if any(each in title for title in titles)), default=0)
    return named + 20 * sum(any(cell[: len(each)] == each for cell in cells) for each in columns)
