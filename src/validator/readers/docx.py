"""Word documents (.docx, .docm) → `Document`, straight from their XML, part by part."""

from __future__ import annotations

import posixpath
from contextlib import suppress
from dataclasses import dataclass, field, replace
from functools import partial
from typing import IO, TYPE_CHECKING, Self, TypeVar
from xml.etree.ElementTree import Element

from validator.model.document import BlockKind, Document
from validator.model.location import Location
from validator.model.verdict import Severity
from validator.readers.archive import Archive, open_archive
from validator.readers.assembly import assemble
from validator.readers.bounds import Bounds, clipped
from validator.readers.compartment import Compartments
from validator.readers.docx_numbering import Numbering
from validator.readers.docx_style import Style, Styles, paragraph_style
from validator.readers.docx_table import read_table
from validator.readers.docx_text import Runs, Story, chosen
from validator.readers.paragraph import RawItem, RawParagraph
from validator.readers.reader import DocumentResult, Input, Unreadable
from validator.readers.safe_xml import attribute, child, elements, local, root_of

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from validator.model.problem import Problem

T = TypeVar("T")

_MAIN_PART = "word/document.xml"
_MOST_TEXT = 200_000_000
_MOST_PART = 40_000_000
_MOST_JOINED = 1_000
_WRAPPERS = frozenset({"sdt", "sdtContent", "ins", "moveTo", "customXml", "smartTag"})


def read(given: Input) -> DocumentResult:
    """Read a Word document."""
    apart, bounds = Compartments(given.file), Bounds()
    with open_archive(given.path) as archive:
        main = main_part(archive)
        unrelated: dict[str, str] = {}
        parts = apart.part(f"{main}.rels", Location(), partial(related_parts, archive, main), unrelated)
        walk = Walk.of(archive, parts, apart)
        if _mentions(archive, main, b"lastRenderedPageBreak"):
            walk.story.page = 1
        with archive.stream(main, _MOST_TEXT) as stream:
            sound = apart.sound(main, _body(stream))
            items = bounds.items(item for element in sound for item in walk.block(element))
    blocks = assemble(given.file, items, apart)
    document = Document(file=given.file, media_type=given.media_type, blocks=blocks)
    problems = (*apart.told(), *bounds.problems(given), *_notices(given, walk.story))
    return DocumentResult(document=document, problems=problems)


@dataclass(slots=True)
class Walk:
    """Goes through the body in reading order."""

    styles: Styles
    numbering: Numbering
    notes: dict[tuple[str, str], Element]
    apart: Compartments
    story: Story = field(default_factory=Story)
    carried: str = ""
    carried_sources: tuple[int, ...] = ()
    count: int = 0
    tables: int = 0

    @classmethod
    def of(cls, archive: Archive, parts: dict[str, str], apart: Compartments) -> Self:
        """Return a walk that knows the styles, numbering and notes among *parts*."""

        def tree(kind: str) -> Element | None:
            name = parts.get(kind)
            return apart.part(name or kind, Location(), partial(_tree, archive, name), None)

        def known(kind: str, make: Callable[[Element | None], T]) -> T:
            return apart.one(Location(), partial(make, tree(kind)), make(None))

        return cls(
            styles=known("styles", Styles.of),
            numbering=known("numbering", Numbering.of),
            notes=known("footnotes", partial(notes_of, "footnote"))
            | known("endnotes", partial(notes_of, "endnote")),
            apart=apart,
        )

    def passed(self, element: Element, runs: Runs) -> None:
        """Take notice of a paragraph that was read, the ``count``-th; for those who follow the walk."""

    def block(self, element: Element) -> list[RawItem]:
        """Return what one element of the body holds; a fault costs that element alone."""
        is_table = local(element.tag) == "tbl"
        self.tables += is_table
        place = Location(
            page=self.story.page,
            table=self.tables if is_table else None,
            paragraph=None if is_table else self.count + 1,
        )
        nothing: list[RawItem] = []
        return self.apart.one(place, partial(self.items, element), nothing)

    def items(self, element: Element) -> list[RawItem]:
        """Return the paragraphs and tables of one element of the body."""
        name = local(element.tag)
        if name == "p":
            return self.paragraph(element)
        if name == "tbl":
            return read_table(element, self.contents, lambda: self.story.page)
        if name == "AlternateContent":
            return self.contents(chosen(element))
        if name in _WRAPPERS:
            return self.contents(element)
        return []

    def contents(self, container: Element) -> list[RawItem]:
        """Return the paragraphs and tables of everything inside *container*."""
        return [item for element in container for item in self.items(element)]

    def paragraph(self, element: Element) -> list[RawItem]:
        """Return what a paragraph gives: its lines, what stands in its boxes, its notes."""
        properties = child(element, "pPr")
        own = paragraph_style(properties)
        named = None if properties is None else child(properties, "pStyle")
        style = own.over(self.styles.get(None if named is None else attribute(named, "val")))
        page = self.story.page
        runs = Runs(self.styles, self.story, style)
        runs.read(element)
        self.passed(element, runs)
        text, self.carried = clipped(self.carried + runs.text), ""
        sources, self.carried_sources = (*self.carried_sources, self.count), ()
        self.count += 1
        if _is_mark_deleted(properties) and len(sources) < _MOST_JOINED:
            self.carried, self.carried_sources = text, sources
            return []
        raw = RawParagraph(
            text=text,
            heading=style.heading or 0,
            marker=self._marker(style, text),
            indent=style.depth or 0,
            strong=runs.all_strong,
            centred=bool(style.centred),
            page=page,
            sources=sources,
        )
        return [raw, *self._boxes(runs.boxes), *self._footnotes(runs.notes)]

    def _marker(self, style: Style, text: str) -> str:
        """Return the automatic number of a paragraph; Word prints it on empty ones too."""
        if style.number_id in {None, "0"}:
            return ""
        marker = self.numbering.next_marker(style.number_id or "", style.depth or 0)
        return marker if text.strip() or marker[:1].isalnum() else ""

    def _boxes(self, boxes: list[Element]) -> Iterator[RawItem]:
        """Yield what stands in text boxes."""
        for box in boxes:
            for item in self.contents(box):
                if isinstance(item, RawParagraph) and item.kind is None:
                    yield replace(item, kind=BlockKind.TEXT_BOX)
                else:
                    yield item

    def _footnotes(self, references: list[tuple[str, str]]) -> Iterator[RawItem]:
        """Yield the notes at the foot that a paragraph refers to."""
        for reference in references:
            note = self.notes.pop(reference, None)
            if note is None:
                continue
            marker = str(self.story.noted[reference])
            for item in self.contents(note):
                if isinstance(item, RawParagraph):
                    yield replace(item, kind=BlockKind.FOOTNOTE, marker=marker)
                    marker = ""
                else:
                    yield item


def _is_mark_deleted(properties: Element | None) -> bool:
    """Whether a tracked change joins a paragraph to the next."""
    mark = child(properties, "rPr")
    return child(mark, "del") is not None or child(mark, "moveFrom") is not None


def _body(stream: IO[bytes]) -> Iterator[Element]:
    """Yield the elements of the body one after the other, each let go when it is read.

    Of a table in which the damage begins that raises Unreadable, the rows before it come first.
    """
    path: list[Element] = []
    try:
        for event, element in elements(stream):
            if event == "start":
                path.append(element)
                continue
            path.pop()
            if len(path) == 2 and local(path[1].tag) == "body":
                yield element
                path[1].clear()
    except Unreadable as fault:
        if fault.code == "damaged" and len(path) > 3 and local(path[2].tag) == "tbl":
            path[2].remove(path[3])
            yield path[2]
        raise


def main_part(archive: Archive) -> str:
    """Return the name of the part that holds the text."""
    with suppress(Unreadable):
        for target in _relations(archive, "_rels/.rels", "").items():
            if target[0] == "officeDocument" and target[1] in archive.names:
                return target[1]
    if _MAIN_PART in archive.names:
        return _MAIN_PART
    raise Unreadable("damaged")


def related_parts(archive: Archive, main: str) -> dict[str, str]:
    """Return the parts that the main part names, by kind."""
    folder, name = posixpath.split(main)
    return _relations(archive, f"{folder}/_rels/{name}.rels", folder)


def _relations(archive: Archive, name: str, folder: str) -> dict[str, str]:
    """Return kind → part of a part that lists relations; parts of other files are left out."""
    root = _tree(archive, name)
    found: dict[str, str] = {}
    for relation in root if root is not None else ():
        if relation.get("TargetMode") == "External":
            continue
        target = relation.get("Target", "")
        path = target[1:] if target.startswith("/") else posixpath.join(folder, target)
        found.setdefault(relation.get("Type", "").rpartition("/")[2], posixpath.normpath(path))
    return found


def notes_of(kind: str, root: Element | None) -> dict[tuple[str, str], Element]:
    """Return the notes of one kind by kind and id."""
    return {
        (kind, attribute(note, "id") or ""): note
        for note in (root if root is not None else ())
        if attribute(note, "type") in {None, "normal"}
    }


def _tree(archive: Archive, name: str | None) -> Element | None:
    """Return the tree of a part, or None where there is no such part."""
    if name is None or name not in archive.names:
        return None
    with archive.stream(name, _MOST_PART) as stream:
        return root_of(stream)


def _mentions(archive: Archive, name: str, word: bytes) -> bool:
    """Whether *word* occurs in a part, before any damage."""
    tail = b""
    with suppress(Unreadable), archive.stream(name, _MOST_TEXT) as stream:
        while chunk := stream.read(1 << 18):
            if word in tail + chunk:
                return True
            tail = chunk[-len(word) :]
    return False


def _notices(given: Input, story: Story) -> tuple[Problem, ...]:
    """Return what is to be said of a document that was read."""
    notices = [
        given.problem("legacy-font", Severity.INFO, encoding=encoding.upper(), count=count)
        for encoding, count in sorted(story.converted.items())
    ]
    left_out = {
        "hidden-text": story.hidden_text,
        "struck-text": story.struck_text,
    }
    notices += [given.problem(code, Severity.INFO, count=count) for code, count in left_out.items() if count]
    return tuple(notices)
