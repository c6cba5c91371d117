"""A Word document → a copy with tick marks: shaded and underlined figures, and what they were tied to."""

from __future__ import annotations

from copy import deepcopy
from itertools import groupby
from typing import TYPE_CHECKING, Any, cast

from lxml import etree

from validator.model.tick import TickKind
from validator.readers.docx import main_part
from validator.readers.docx_trace import trace
from validator.readers.reader import Unreadable
from validator.readers.safe_xml import child, local
from validator.render.annotate_active import leave_out_what_acts
from validator.render.annotate_docx import signs_of
from validator.render.annotate_package import Package
from validator.render.annotate_place import Places
from validator.render.annotate_shade import shade_run
from validator.render.tick_words import TickWords

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from lxml.etree import _Element

    from validator.model.tick import Ticks
    from validator.readers.docx_trace import Trace

    _Cut = tuple[int, int, TickKind]
    _Cuts = dict[int, tuple[_Element, list[_Cut]]]

_XML_SPACE = "{http://www.w3.org/XML/1998/namespace}space"
_SHADES = {
    TickKind.TIED: ("D9EAD3", "single"),
    TickKind.DIFFERS: ("F4C7C3", "double"),
    TickKind.OPEN: ("FFF2CC", "dotted"),
    TickKind.NAME: ("E7E6E6", "none"),
}
_NOTES = ("footnote", "endnote")


def tick(data: bytes, ticks: Ticks, lang: str) -> bytes:
    """Return a copy of the document *data* with tick marks. Raises Unreadable as the reader does."""
    package = Package(data)
    main = main_part(package.archive)
    leave_out_what_acts(package, main)
    root = package.edited(main)
    body = None if root is None else cast("_Element | None", child(cast("Any", root), "body"))
    namespace = "" if root is None else etree.QName(root).namespace or ""
    if body is None or not namespace:
        raise Unreadable("damaged", part=main)
    notes = {kind: tree for kind in _NOTES if (tree := _notes(package, main, kind)) is not None}
    found = trace(package.archive, main, cast("Any", body), cast("Any", notes))
    cuts, unmarked = _cuts(found, ticks, namespace)
    for run in dict.fromkeys(cast("_Element", element.getparent()) for element, _ in cuts.values()):
        _part(run, cuts, namespace)
    words, writer = TickWords(ticks, lang), _Writer(namespace)
    for at, paragraph in enumerate(writer.head(words, unmarked)):
        body.insert(at, paragraph)
    last = len(body) - (len(body) > 0 and local(body[-1].tag) == "sectPr")
    for at, paragraph in enumerate(writer.ties(words), start=last):
        body.insert(at, paragraph)
    return package.written()


def _notes(package: Package, main: str, kind: str) -> _Element | None:
    found = package.related(main, f"{kind}s")
    return None if found is None else package.edited(found[1])


def _cuts(found: Trace, ticks: Ticks, namespace: str) -> tuple[_Cuts, int]:
    """Return where each text is to be cut, and how many figures cannot be marked."""
    places = Places(found)
    signs: dict[int, list[tuple[_Element, int] | None]] = {}
    cuts: _Cuts = {}
    unmarked = 0
    for figure in ticks.figures:
        found_signs = []
        for number, at in places.characters(figure.location):
            if number not in signs:
                signs[number] = list(signs_of(found.passed[number]))
            found_signs.append(signs[number][at])
        texts = [each for each in found_signs if each is not None and _is_text(each[0], namespace)]
        for element, group in groupby(texts, key=lambda each: each[0]):
            places_in_text = [each[1] for each in group]
            span = (min(places_in_text), max(places_in_text) + 1, figure.kind)
            cuts.setdefault(id(element), (element, []))[1].append(span)
        unmarked += not texts
    return cuts, unmarked


def _is_text(element: _Element, namespace: str) -> bool:
    """Whether *element* is a text right in a run, where a run can be parted."""
    run = element.getparent()
    return element.tag == f"{{{namespace}}}t" and run is not None and run.tag == f"{{{namespace}}}r"


def _part(run: _Element, cuts: _Cuts, namespace: str) -> None:
    """Part a run so that each of its figures is a run of its own."""
    properties = cast("_Element | None", child(cast("Any", run), "rPr"))
    parts: list[tuple[TickKind | None, list[_Element]]] = []
    for element in [each for each in run if each is not properties]:
        for kind, piece in _pieces(element, cuts):
            if parts and parts[-1][0] is kind:
                parts[-1][1].append(piece)
            else:
                parts.append((kind, [piece]))
    after = run
    for number, (kind, pieces) in enumerate(parts):
        new = run if number == 0 else etree.Element(run.tag, cast("dict[str, str]", dict(run.attrib)))
        if number == 0:
            for element in [each for each in run if each is not properties]:
                run.remove(element)
            plain = None if properties is None else deepcopy(properties)
        elif plain is not None:
            new.append(deepcopy(plain))
        new.extend(pieces)
        if kind is not None:
            shade_run(new, namespace, *_SHADES[kind])
        if number:
            after.addnext(new)
        after = new


def _pieces(element: _Element, cuts: _Cuts) -> Iterator[tuple[TickKind | None, _Element]]:
    """Yield an element of a run, or the parts of a text with figures in it."""
    if id(element) not in cuts:
        yield None, element
        return
    text, at = element.text or "", 0
    for start, end, kind in sorted(cuts[id(element)][1], key=lambda cut: cut[:2]):
        if start > at:
            yield None, _text(element, text[at:start])
        if end > max(at, start):
            yield kind, _text(element, text[max(at, start) : end])
        at = max(at, end)
    if at < len(text):
        yield None, _text(element, text[at:])


def _text(like: _Element, text: str) -> _Element:
    made = etree.Element(like.tag, cast("dict[str, str]", dict(like.attrib)))
    made.set(_XML_SPACE, "preserve")
    made.text = text
    return made


class _Writer:
    """Writes the paragraphs that a copy has before and behind its text."""

    def __init__(self, namespace: str) -> None:
        self._w = namespace

    def head(self, words: TickWords, unmarked: int) -> Iterator[_Element]:
        """Yield what stands first: the sum, and what each mark means."""
        yield self._paragraph([(words.title, None, True)])
        yield self._paragraph([(words.sum, None, True)])
        for kind, about in words.legend():
            yield self._paragraph([(f" {kind.sign} ", kind, False), (f" {about}", None, False)])
        if unmarked:
            yield self._paragraph([(words.word("unmarked", count=unmarked), None, False)])

    def ties(self, words: TickWords) -> Iterator[_Element]:
        """Yield the list of comparisons."""
        listed = list(words.ties())
        heading = words.count if listed else words.word("no-ties")
        yield self._paragraph([(heading, None, True)])
        for number, (kind, what, figures) in enumerate(listed, start=1):
            mark = [(f"{number}. ", None, False), (f" {kind.sign} ", kind, False)]
            yield self._paragraph([*mark, (f" {words.word('tie', what=what, figures=figures)}", None, False)])
        if words.more_ties:
            yield self._paragraph([(words.more_ties, None, False)])

    def _paragraph(self, runs: Iterable[tuple[str, TickKind | None, bool]]) -> _Element:
        paragraph = etree.Element(f"{{{self._w}}}p")
        properties = etree.SubElement(paragraph, f"{{{self._w}}}pPr")
        spacing = {f"{{{self._w}}}before": "0", f"{{{self._w}}}after": "40"}
        etree.SubElement(properties, f"{{{self._w}}}spacing", spacing)
        for text, kind, strong in runs:
            run = etree.SubElement(paragraph, f"{{{self._w}}}r")
            style = etree.SubElement(run, f"{{{self._w}}}rPr")
            if strong:
                etree.SubElement(style, f"{{{self._w}}}b")
            for name in ("sz", "szCs"):
                etree.SubElement(style, f"{{{self._w}}}{name}", {f"{{{self._w}}}val": "20"})
            run.append(_text(etree.Element(f"{{{self._w}}}t"), text))
            if kind is not None:
                shade_run(run, self._w, *_SHADES[kind])
        return paragraph
