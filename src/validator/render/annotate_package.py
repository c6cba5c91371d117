"""An office package (a zip file) with some parts changed and all others as they were."""

from __future__ import annotations

import io
import posixpath
import zipfile
from contextlib import contextmanager
from typing import TYPE_CHECKING, Any, cast

from lxml import etree

from validator.readers.archive import FAULTS, Archive
from validator.readers.reader import Unreadable
from validator.readers.safe_xml import elements

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping

    from lxml.etree import _Element

_RELATIONS = "http://schemas.openxmlformats.org/package/2006/relationships"
_TYPES = "http://schemas.openxmlformats.org/package/2006/content-types"
_TYPES_PART = "[Content_Types].xml"
# A tree takes many times the room of its text.
_MOST_PART = 64_000_000
_FIXED_DATE = (1980, 1, 1, 0, 0, 0)
_FILE_MODE = 0o644 << 16
_CHUNK = 1 << 18


class Package:
    """The parts of a package, some of them to be written anew. Raises Unreadable as readers do."""

    def __init__(self, data: bytes) -> None:
        try:
            self._zip = zipfile.ZipFile(io.BytesIO(data))
        except FAULTS as fault:
            raise Unreadable("damaged") from fault
        self.archive = Archive(self._zip)
        self._changed: dict[str, bytes] = {}
        self._trees: dict[str, _Element] = {}
        self._edited: set[str] = set()
        self._dropped: set[str] = set()

    @property
    def names(self) -> frozenset[str]:
        """The names of all parts."""
        return (self.archive.names | self._changed.keys() | self._trees.keys()) - self._dropped

    def drop(self, names: Iterable[str]) -> None:
        """Leave parts out, and what is said of their types."""
        self._dropped |= set(names)
        root = self.tree(_TYPES_PART) if self._dropped else None
        gone = [each for each in (root if root is not None else ()) if self._is_of_dropped(each)]
        if gone:
            types = self._types()
            for each in gone:
                types.remove(each)

    def _is_of_dropped(self, declared: _Element) -> bool:
        return str(declared.get("PartName", "")).removeprefix("/") in self._dropped

    def retype(self, types: Mapping[str, str]) -> bool:
        """Declare parts of some types as of others; whether there were any."""
        root = self.tree(_TYPES_PART)
        found = [each for each in (root if root is not None else ()) if each.get("ContentType") in types]
        if found:
            self._types()
        for each in found:
            each.set("ContentType", types[str(each.get("ContentType"))])
        return bool(found)

    def is_xml(self, name: str) -> bool:
        """Whether a part is there and its name is that of XML."""
        return name in self.names and name.casefold().endswith((".xml", ".vml"))

    def latest(self, name: str) -> bytes | None:
        """Return the content of a part that is no tree as it is to be written."""
        return self._changed[name] if name in self._changed else self.part(name)

    def part(self, name: str) -> bytes | None:
        """Return the content of a part as it came, None where there is none."""
        with _named(name):
            return self.archive.part(name, _MOST_PART)

    def put(self, name: str, content: bytes) -> None:
        """Write a part anew."""
        self._changed[name] = content

    def tree(self, name: str) -> _Element | None:
        """Return the tree of a part to look at, None where there is no such part."""
        if name not in self._trees:
            content = self.part(name)
            if content is None:
                return None
            with _named(name):
                self._trees[name] = parsed(content)
        return self._trees[name]

    def edited(self, name: str) -> _Element | None:
        """Return the tree of a part to be changed in place, None where there is no such part."""
        root = self.tree(name)
        if root is not None:
            self._edited.add(name)
        return root

    def add_tree(self, name: str, root: _Element) -> None:
        """Add a part that did not exist."""
        self._trees[name] = root
        self._edited.add(name)

    def new_name(self, pattern: str) -> str:
        """Return a part name that is free; *pattern* holds ``{}`` where a number may go."""
        names = {name.casefold() for name in self.names}
        numbers = ("", *range(1, len(names) + 2))
        return next(name for name in map(pattern.format, numbers) if name.casefold() not in names)

    def related(self, part: str, kind: str) -> tuple[str, str] | None:
        """Return id and target of the first relation of *part* whose type ends in *kind*."""
        root = self.tree(relations_of(part))
        for relation in root if root is not None else ():
            is_internal = relation.get("TargetMode") != "External"
            if is_internal and str(relation.get("Type")).rpartition("/")[2] == kind:
                return str(relation.get("Id")), resolved(part, str(relation.get("Target")))
        return None

    def target(self, part: str, key: str) -> str | None:
        """Return the target of the relation of *part* with the id *key*."""
        root = self.tree(relations_of(part))
        for relation in root if root is not None else ():
            if relation.get("Id") == key and relation.get("TargetMode") != "External":
                return resolved(part, str(relation.get("Target")))
        return None

    def relate(self, part: str, base: str, kind: str, target: str) -> str:
        """Add a relation from *part* to *target*; return its id."""
        name = relations_of(part)
        root = self.edited(name)
        if root is None:
            root = etree.Element(f"{{{_RELATIONS}}}Relationships", nsmap=cast("Any", {None: _RELATIONS}))
            self.add_tree(name, root)
        taken = {relation.get("Id") for relation in root}
        number = len(taken) + 1
        while f"rId{number}" in taken:
            number += 1
        path = posixpath.relpath(target, posixpath.dirname(part) or ".")
        attributes = {"Id": f"rId{number}", "Type": f"{base}/{kind}", "Target": path}
        etree.SubElement(root, f"{{{_RELATIONS}}}Relationship", attributes)
        return f"rId{number}"

    def declare(self, part: str, content_type: str) -> None:
        """Say of what type a new part is."""
        attributes = {"PartName": f"/{part}", "ContentType": content_type}
        etree.SubElement(self._types(), f"{{{_TYPES}}}Override", attributes)

    def declare_extension(self, extension: str, content_type: str) -> None:
        """Say of what type parts with an extension are, unless that is said."""
        root = self._types()
        if not any(str(each.get("Extension")).casefold() == extension for each in root):
            attributes = {"Extension": extension, "ContentType": content_type}
            root.insert(0, etree.Element(f"{{{_TYPES}}}Default", attributes))

    def _types(self) -> _Element:
        root = self.edited(_TYPES_PART)
        if root is None:
            raise Unreadable("damaged", part=_TYPES_PART)
        return root

    def written(self) -> bytes:
        """Return the package: parts that were not touched keep their content, date and order."""
        trees = {name: self._trees[name] for name in self._trees if name in self._edited}
        changed = self._changed | {name: serialised(root) for name, root in trees.items()}
        members = {member.filename: member for member in self._zip.infolist()}
        out = io.BytesIO()
        with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as target:
            for member in members.values():
                if member.filename.replace("\\", "/") in self._dropped:
                    continue
                self._copy(target, member, changed.pop(member.filename.replace("\\", "/"), None))
            for name, content in changed.items():
                if name in self._dropped:
                    continue
                info = zipfile.ZipInfo(name, _FIXED_DATE)
                info.compress_type = zipfile.ZIP_DEFLATED
                info.external_attr = _FILE_MODE
                target.writestr(info, content)
        return out.getvalue()

    def _copy(self, target: zipfile.ZipFile, member: zipfile.ZipInfo, content: bytes | None) -> None:
        info = zipfile.ZipInfo(member.filename, max(member.date_time, _FIXED_DATE))
        is_stored = member.compress_type == zipfile.ZIP_STORED
        info.compress_type = zipfile.ZIP_STORED if is_stored else zipfile.ZIP_DEFLATED
        info.external_attr = member.external_attr
        if content is not None or member.is_dir():
            target.writestr(info, content or b"")
            return
        info.file_size = member.file_size
        with (
            _named(member.filename),
            self.archive.stream(member.filename.replace("\\", "/")) as stream,
            target.open(info, "w") as sink,
        ):
            while chunk := stream.read(_CHUNK):
                sink.write(chunk)


@contextmanager
def _named(part: str) -> Iterator[None]:
    """Name the part that cannot be read, in what is raised."""
    try:
        yield
    except Unreadable as fault:
        raise Unreadable(fault.code, part=part) from fault


def parsed(content: bytes) -> _Element:
    """Parse a part as readers do: no document type, no entities, nothing from elsewhere."""
    for _, element in elements(io.BytesIO(content)):
        element.clear()
    parser = etree.XMLParser(
        resolve_entities=False,
        no_network=True,
        load_dtd=False,
        huge_tree=False,
        remove_comments=True,
        remove_pis=True,
    )
    try:
        return cast("_Element", etree.fromstring(content, parser))
    except (etree.XMLSyntaxError, ValueError) as fault:
        raise Unreadable("damaged") from fault


def serialised(root: _Element) -> bytes:
    """Return a part as office programs write it."""
    return etree.tostring(root, xml_declaration=True, encoding="UTF-8", standalone=True)


def relations_of(part: str) -> str:
    """Return the name of the part that lists the relations of *part*."""
    folder, name = posixpath.split(part)
    return posixpath.join(folder, "_rels", f"{name}.rels")


def resolved(part: str, target: str) -> str:
    """Return the name of the part that *target* means within *part*."""
    path = target[1:] if target.startswith("/") else posixpath.join(posixpath.dirname(part), target)
    return posixpath.normpath(path)
