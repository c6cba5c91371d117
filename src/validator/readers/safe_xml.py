"""XML of untrusted files: no document types, no entities of its own, bounded depth."""

from __future__ import annotations

from typing import IO, TYPE_CHECKING, Any, cast
from xml.etree.ElementTree import Element, ParseError, XMLPullParser
from xml.parsers import expat

from validator.readers.reader import Unreadable

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

_MOST_DEPTH = 256
_MOST_COUNT = 1_000_000
_CHUNK = 1 << 16


def elements(stream: IO[bytes]) -> Iterator[tuple[str, Element]]:
    """Yield ``start`` and ``end`` events of the elements of *stream*, as it is read.

    The caller clears the elements that it is done with, so that memory stays bounded.
    """
    parser: XMLPullParser[Any] = XMLPullParser(("start", "end"))
    depth = 0
    tail = b""
    try:
        while chunk := stream.read(_CHUNK):
            _refuse_document_type(tail + chunk)
            tail = chunk[-32:]
            parser.feed(chunk)
            for event, element in _events(parser):
                depth += 1 if event == "start" else -1
                if depth > _MOST_DEPTH:
                    raise Unreadable("unsafe-xml")
                yield event, element
        parser.close()
        yield from _events(parser)
    except (ParseError, expat.ExpatError, UnicodeError, LookupError) as fault:
        raise Unreadable("damaged") from fault


def _events(parser: XMLPullParser[Any]) -> Iterator[tuple[str, Element]]:
    """Return the events that came up, for which the library's types are too wide."""
    return cast("Iterator[tuple[str, Element]]", parser.read_events())


def root_of(stream: IO[bytes]) -> Element:
    """Return the whole tree of *stream*, for parts that are small."""
    root: Element | None = None
    for _, element in elements(stream):
        root = element if root is None else root
    if root is None:
        raise Unreadable("damaged")
    return root


def local(tag: object) -> str:
    """Return the name of a tag without its namespace."""
    return str(tag).rpartition("}")[2]


def attribute(element: Element, name: str) -> str | None:
    """Return the attribute with the local *name*, in whatever namespace it stands."""
    for key, value in element.attrib.items():
        if key == name or key.endswith("}" + name):
            return value
    return None


def child(element: Element | None, name: str) -> Element | None:
    """Return the first child with the local *name*."""
    if element is not None:
        for found in element:
            if local(found.tag) == name:
                return found
    return None


def inside(element: Element | None, name: str) -> Iterable[Element]:
    """Return what the first child with the local *name* holds."""
    found = child(element, name)
    return () if found is None else found


def value_of(element: Element | None, name: str) -> str | None:
    """Return the attribute ``val`` of the first child with the local *name*."""
    found = child(element, name)
    return None if found is None else attribute(found, "val")


def integer(text: str | None, default: int = 0) -> int:
    """Return a count written in an attribute, or *default* where it is none."""
    if text is None or not text.isascii() or not text.isdigit() or len(text) > 7:
        return default
    return min(int(text), _MOST_COUNT)


def _refuse_document_type(chunk: bytes) -> None:
    """Give up on document types, which office programs never write and attacks need."""
    plain = chunk.replace(b"\x00", b"") if b"\x00" in chunk else chunk
    if b"<!DOCTYPE" in plain or b"<!ENTITY" in plain:
        raise Unreadable("unsafe-xml")
