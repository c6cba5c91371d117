"""A Word document read once more, which tells what part of its XML each block was made of."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING
from xml.etree.ElementTree import Element

from validator.model.record import record
from validator.readers.assembly import assemble_traced
from validator.readers.bounds import Bounds
from validator.readers.compartment import Compartments
from validator.readers.docx import Walk, notes_of, related_parts

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

    from validator.model.document import Block, Table
    from validator.readers.archive import Archive
    from validator.readers.docx_text import Runs
    from validator.readers.paragraph import RawItem


@record
class Passed:
    """A paragraph that was read: its parts of text, and the element that each came from.

    ``host`` is the paragraph of the body that holds it, where it stands in a box or a note.
    """

    element: Element
    parts: tuple[str, ...]
    origins: tuple[Element, ...]
    host: Element | None = None


@record
class Trace:
    """The blocks with what they were made of; sources count in ``passed``."""

    blocks: tuple[tuple[Block | Table, RawItem], ...]
    passed: tuple[Passed, ...]


@dataclass(slots=True)
class _Followed(Walk):
    found: list[Passed] = field(default_factory=list)
    around: list[Element] = field(default_factory=list)

    def passed(  # type: ignore[explicit-override]  # typing.override is 3.12's
        self, element: Element, runs: Runs
    ) -> None:
        host = self.around[0] if len(self.around) > 1 else None
        parts, origins = tuple(runs.parts), tuple(runs.origins)
        self.found.append(Passed(element=element, parts=parts, origins=origins, host=host))

    def paragraph(  # type: ignore[explicit-override]  # typing.override is 3.12's
        self, element: Element
    ) -> list[RawItem]:
        self.around.append(element)
        items = Walk.paragraph(self, element)
        self.around.pop()
        return items


def trace(
    archive: Archive, main: str, body: Iterable[Element], notes: Mapping[str, Element] | None = None
) -> Trace:
    """Return what the elements of the *body* of the part *main* are read as.

    *notes* are the parts of notes by kind (``footnote``, ``endnote``), if they are to be told apart from
    those of *archive*.
    """
    apart = Compartments("")
    walk = _Followed.of(archive, related_parts(archive, main), apart)
    for kind, root in (notes or {}).items():
        walk.notes |= notes_of(kind, root)
    items = [item for element in body for item in walk.block(element)]
    blocks = assemble_traced("", Bounds().items(items), apart)
    return Trace(blocks=tuple(blocks), passed=tuple(walk.found))
