"""A Word document → a copy with comments, made by changing its XML in place."""

from __future__ import annotations

import posixpath
import re
from copy import deepcopy
from itertools import count
from typing import TYPE_CHECKING, Any, cast

from lxml import etree

from validator.readers.docx import main_part
from validator.readers.docx_trace import Passed, trace
from validator.readers.reader import Unreadable
from validator.readers.safe_xml import attribute, child, local
from validator.render.annotate_active import leave_out_what_acts
from validator.render.annotate_package import Package
from validator.render.annotate_place import Anchor, Places
from validator.render.annotate_plan import plan_comments
from validator.render.annotate_shade import shade_run
from validator.wording.message import message

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from lxml.etree import _Element

    from validator.model.diagnostic import FileResult
    from validator.render.annotate_words import Lines

    _Sign = tuple[_Element, int]

_XML_SPACE = "{http://www.w3.org/XML/1998/namespace}space"
_STRICT = "http://purl.oclc.org/ooxml"
_TYPE = "application/vnd.openxmlformats-officedocument.wordprocessingml.comments+xml"
_RELATION = {
    False: "http://schemas.openxmlformats.org/officeDocument/2006/relationships",
    True: "http://purl.oclc.org/ooxml/officeDocument/relationships",
}
_FIGURE = re.compile("[0-9.,/%]")
_MARKED = "FFF2CC"
_MARKS = frozenset({"commentRangeStart", "commentRangeEnd", "commentReference"})


def annotate(
    data: bytes, result: FileResult, lang: str, *, keep_active: bool = False
) -> tuple[bytes, tuple[str, ...]]:
    """Return a copy of the document *data* with comments, and what was left out of it.

    Raises Unreadable as the reader does.
    """
    package = Package(data)
    main = main_part(package.archive)
    left_out = () if keep_active else leave_out_what_acts(package, main)
    root = package.edited(main)
    body = None if root is None else _child(root, "body")
    if root is None or body is None or not _namespace(root):
        raise Unreadable("damaged", part=main)
    passed = trace(package.archive, main, cast("Any", body))
    plan = plan_comments(result, lang, Places(passed).find, left_out)
    notes = sorted(
        cast("dict[Anchor, tuple[Lines, ...]]", plan.notes).items(), key=lambda each: _key(each[0])
    )
    comments = _Comments.of(package, main, root, lang)
    first = next((cast("_Element", each.element) for each in passed.passed if each.host is None), None)
    writer = _Writer(_namespace(root))
    writer.mark_paragraph(_new_paragraph(body) if first is None else first, comments.add(plan.summary))
    for anchor, lines in notes:
        writer.mark(passed.passed[anchor.paragraph], anchor, comments.add(lines))
    for anchor in sorted(cast("tuple[Anchor, ...]", plan.marks), key=_key):
        writer.shade(passed.passed[anchor.paragraph], anchor)
    return package.written(), left_out


class _Comments:
    """The part that holds the comments, and the ids that are free in it."""

    def __init__(self, root: _Element, taken: set[str], lang: str) -> None:
        self._root = root
        self._w = _namespace(root)
        self._ids = (str(number) for number in count() if str(number) not in taken)
        self._author = message("annotate/author", lang)
        self._initials = message("annotate/initials", lang)

    @classmethod
    def of(cls, package: Package, main: str, document: _Element, lang: str) -> _Comments:
        """Return the comments of a document, in a new part where it has none."""
        w = _namespace(document)
        taken = {_id(each) for each in document.iter() if local(each.tag) in _MARKS}
        found = package.related(main, "comments")
        root = None if found is None else package.edited(found[1])
        if root is None or not _namespace(root):
            root = etree.Element(f"{{{w}}}comments", nsmap={"w": w})
            name = package.new_name(posixpath.join(posixpath.dirname(main), "comments{}.xml"))
            package.add_tree(name, root)
            package.declare(name, _TYPE)
            package.relate(main, _RELATION[w.startswith(_STRICT)], "comments", name)
        taken |= {_id(each) for each in root}
        return cls(root, taken, lang)

    def add(self, notes: Iterable[Lines]) -> str:
        """Add a comment; return its id."""
        key = next(self._ids)
        names = {"id": key, "author": self._author, "initials": self._initials}
        attributes = {f"{{{self._w}}}{name}": value for name, value in names.items()}
        comment = etree.SubElement(self._root, f"{{{self._w}}}comment", attributes)
        for number, lines in enumerate(notes):
            for place, line in enumerate(lines):
                self._add_line(comment, line, strong=place == 0, first=number == 0 and place == 0)
        return key

    def _add_line(self, comment: _Element, line: str, *, strong: bool, first: bool) -> None:
        paragraph = etree.SubElement(comment, f"{{{self._w}}}p")
        if first:
            run = etree.SubElement(paragraph, f"{{{self._w}}}r")
            etree.SubElement(run, f"{{{self._w}}}annotationRef")
        run = etree.SubElement(paragraph, f"{{{self._w}}}r")
        if strong:
            etree.SubElement(etree.SubElement(run, f"{{{self._w}}}rPr"), f"{{{self._w}}}b")
        text = etree.SubElement(run, f"{{{self._w}}}t")
        text.set(_XML_SPACE, "preserve")
        text.text = line


class _Writer:
    """Sets the marks of comments into the text; runs are parted where a number begins and ends."""

    def __init__(self, namespace: str) -> None:
        self._w = namespace
        self._signs: dict[int, list[_Sign | None]] = {}

    def mark(self, passed: Passed, anchor: Anchor, key: str) -> None:
        """Mark the characters of *anchor*, or the whole paragraph where they cannot be parted."""
        runs = self._runs(passed, anchor)
        if not runs:
            self.mark_paragraph(cast("_Element", passed.element), key)
            return
        runs[0].addprevious(self._mark("commentRangeStart", key))
        runs[-1].addnext(self._reference(key))
        runs[-1].addnext(self._mark("commentRangeEnd", key))

    def shade(self, passed: Passed, anchor: Anchor) -> None:
        """Shade the characters of *anchor* lightly; where they cannot be parted nothing is marked."""
        for run in self._runs(passed, anchor):
            shade_run(run, self._w, _MARKED)

    def _runs(self, passed: Passed, anchor: Anchor) -> list[_Element]:
        """Return the runs of the characters of *anchor* alone, none where they cannot be parted."""
        paragraph = cast("_Element", passed.element)
        if id(paragraph) not in self._signs:
            self._signs[id(paragraph)] = list(signs_of(passed))
        signs = self._signs[id(paragraph)]
        within = signs[anchor.start : anchor.end]
        if not anchor.is_exact or any(sign is None or not self._is_text(sign[0]) for sign in within):
            return []
        self._part(signs, *cast("_Sign", signs[anchor.start]))
        element, offset = cast("_Sign", signs[anchor.end - 1])
        self._part(signs, element, offset + 1)
        return list(dict.fromkeys(_run_of(sign) for sign in signs[anchor.start : anchor.end]))

    def mark_paragraph(self, paragraph: _Element, key: str) -> None:
        """Mark all of a paragraph."""
        properties = _child(paragraph, "pPr")
        start = 0 if properties is None else paragraph.index(properties) + 1
        paragraph.insert(start, self._mark("commentRangeStart", key))
        paragraph.append(self._mark("commentRangeEnd", key))
        paragraph.append(self._reference(key))

    def _part(self, signs: list[_Sign | None], element: _Element, offset: int) -> None:
        """Part the run of a text before its character number *offset*, or behind it if it has no more."""
        run = _run_of((element, offset))
        parts = list(run)
        text = element.text or ""
        cut = parts.index(element) + (offset > 0)
        before, rest = parts[:cut], parts[cut:]
        if 0 < offset < len(text):
            rest.insert(0, self._cut(signs, element, offset))
        before = [each for each in before if local(each.tag) != "rPr"]
        if not rest or not before:
            return
        new = _like(run)
        properties = _child(run, "rPr")
        if properties is not None:
            new.append(deepcopy(properties))
        new.extend(rest)
        run.addnext(new)

    def _cut(self, signs: list[_Sign | None], element: _Element, offset: int) -> _Element:
        """Cut the text of *element* at *offset*; return an element with the rest of it."""
        rest = _like(element)
        text = element.text or ""
        element.text, rest.text = text[:offset], text[offset:]
        for each in (element, rest):
            each.set(_XML_SPACE, "preserve")
        for number, sign in enumerate(signs):
            if sign is not None and sign[0] is element and sign[1] >= offset:
                signs[number] = (rest, sign[1] - offset)
        return rest

    def _is_text(self, element: _Element) -> bool:
        """Whether *element* is a text right in a run, where a run can be parted."""
        run = element.getparent()
        return element.tag == f"{{{self._w}}}t" and run is not None and run.tag == f"{{{self._w}}}r"

    def _mark(self, name: str, key: str) -> _Element:
        return etree.Element(f"{{{self._w}}}{name}", {f"{{{self._w}}}id": key})

    def _reference(self, key: str) -> _Element:
        run = etree.Element(f"{{{self._w}}}r")
        run.append(self._mark("commentReference", key))
        return run


def _like(element: _Element) -> _Element:
    """Return an empty element with the name and attributes of another."""
    return etree.Element(element.tag, cast("dict[str, str]", dict(element.attrib)))


def signs_of(passed: Passed) -> Iterator[_Sign | None]:
    """Yield the element and place that each character of a paragraph came from, None if not sure."""
    for part, origin in zip(passed.parts, passed.origins, strict=True):
        text = origin.text or ""
        places: dict[int, int] = {}
        if len(part) == len(text):
            places = dict(zip(range(len(part)), range(len(text)), strict=True))
        elif _figures(part) == _figures(text):
            # In an old font letters may be of several characters; figures are of one.
            places = dict(zip(_places(part), _places(text), strict=True))
        for place in range(len(part)):
            yield (cast("_Element", origin), places[place]) if place in places else None


def _figures(text: str) -> list[str]:
    return _FIGURE.findall(text)


def _places(text: str) -> list[int]:
    return [match.start() for match in _FIGURE.finditer(text)]


def _run_of(sign: _Sign | None) -> _Element:
    return cast("_Element", cast("_Sign", sign)[0].getparent())


def _key(anchor: Anchor) -> tuple[int, int, int]:
    return anchor.paragraph, anchor.start, anchor.end


def _new_paragraph(body: _Element) -> _Element:
    """Begin an empty body with a paragraph, so that there is something to comment on."""
    paragraph = etree.Element(f"{{{_namespace(body)}}}p")
    body.insert(0, paragraph)
    return paragraph


def _namespace(element: _Element) -> str:
    return etree.QName(element).namespace or ""


def _child(element: _Element, name: str) -> _Element | None:
    return cast("_Element | None", child(cast("Any", element), name))


def _id(element: _Element) -> str:
    return attribute(cast("Any", element), "id") or ""
