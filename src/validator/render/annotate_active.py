"""What of an office package can act, or reaches out of it: left out of a copy that goes on to others.

Macros, controls, embedded objects, templates and data from elsewhere, and fields and formulas that start
programs or fetch something. What they showed last stays. Signatures go too: a copy is not what was signed.
"""

from __future__ import annotations

import posixpath
import re
from typing import TYPE_CHECKING, cast

from validator.readers.safe_xml import local
from validator.render.annotate_package import Package, relations_of, resolved

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from lxml.etree import _Element

_KINDS = {
    "vbaproject": "macros",
    "vbaprojectsignature": "macros",
    "wordvbadata": "macros",
    "keymapcustomizations": "macros",
    "attachedtoolbars": "macros",
    "extensibility": "macros",
    "xlmacrosheet": "macros",
    "xlintlmacrosheet": "macros",
    "control": "controls",
    "activexcontrolbinary": "controls",
    "webextensiontaskpanes": "controls",
    "oleobject": "objects",
    "package": "objects",
    "afchunk": "objects",
    "externallink": "links",
    "connections": "links",
    "querytable": "links",
    "attachedtemplate": "template",
    "origin": "signatures",
}
"""Relations within a package, by the last word of their type: what is left out with them."""
_HARMLESS = ("http://", "https://", "mailto:", "#")
"""Where links may lead that somebody has to click on; others hand over names and passwords."""
_ELEMENTS = frozenset(
    {
        "attachedTemplate", "OLEObject", "oleObject", "objectEmbed", "objectLink", "control", "altChunk",
        "subDoc", "externalReference", "externalData", "sheet", "dataSource", "headerSource", "hlinkClick",
        "hlinkHover", "hyperlink",
    }
)  # fmt: skip
"""Elements that are nothing without what they refer to; of others only the reference goes."""
_HOLDERS = frozenset({"externalReferences", "oleObjects", "controls", "hyperlinks", "mailMerge"})
"""Elements that may not be without those within."""
_FIELD = re.compile(
    r"\s*(dde|ddeauto|includetext|includepicture|include|link|import|database|rd)\b", re.IGNORECASE
)
_REACHING = re.compile(
    r"\[\d+\]|\|[^!\"]*!|\b(webservice|image|call|register(\.id)?|rtd|exec|_xlfn\.(webservice|image))\s*\(",
    re.IGNORECASE,
)
"""What a formula has that takes something from elsewhere, or starts a program."""
_STORIES = ("document", "header", "footer", "footnotes", "endnotes", "comments", "glossaryDocument")
_MACRO_TYPES = {
    "application/vnd.ms-word.document.macroEnabled.main+xml": (
        "application/vnd.openxmlformats-officedocument.wordprocessingml.document.main+xml"
    ),
    "application/vnd.ms-word.template.macroEnabledTemplate.main+xml": (
        "application/vnd.openxmlformats-officedocument.wordprocessingml.document.main+xml"
    ),
    "application/vnd.ms-excel.sheet.macroEnabled.main+xml": (
        "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet.main+xml"
    ),
    "application/vnd.ms-excel.template.macroEnabled.main+xml": (
        "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet.main+xml"
    ),
}


def leave_out_what_acts(package: Package, main: str) -> tuple[str, ...]:
    """Take out of *package*, whose main part is *main*, what can act; return the kinds of what was taken."""
    found: set[str] = set()
    before = _reachable(package)
    for name in sorted(each for each in package.names if each.endswith(".rels")):
        found |= _cut_relations(package, name)
    for name in _stories(package, main):
        found |= _still_fields(package, name)
    if main.startswith("xl/"):
        for name in sorted(
            each for each in package.names if each.startswith("xl/worksheets/") and each.endswith(".xml")
        ):
            found |= _still_formulas(package, name)
        found |= _still_names(package, main)
    package.drop(before - _reachable(package))
    package.retype(_MACRO_TYPES)
    return tuple(sorted(found))


def _cut_relations(package: Package, name: str) -> set[str]:
    """Cut the relations of one part that lead to what acts, and what refers to them."""
    root = package.tree(name)
    source = _source_of(name)
    cut = {
        str(each.get("Id")): kind for each in (root if root is not None else ()) if (kind := _kind_of(each))
    }
    if not cut or root is None:
        return set()
    root = cast("_Element", package.edited(name))
    for each in [each for each in root if str(each.get("Id")) in cut]:
        root.remove(each)
    if source and package.is_xml(source):
        _cut_references(cast("_Element", package.edited(source)), frozenset(cut))
    return set(cut.values())


def _kind_of(relation: _Element) -> str:
    """Return what is left out with a relation, nothing if it stays."""
    kind = str(relation.get("Type")).rpartition("/")[2].casefold()
    if kind in _KINDS:
        return _KINDS[kind]
    if str(relation.get("TargetMode")).casefold() != "external":
        return ""
    target = str(relation.get("Target")).strip().casefold()
    return "" if kind == "hyperlink" and target.startswith(_HARMLESS) else "links"


def _cut_references(root: _Element, cut: frozenset[str]) -> None:
    for element in list(root.iter("{*}*")):
        names = [name for name, value in element.attrib.items() if _is_reference(str(name)) and value in cut]
        # The text of a link stays without it; in a workbook it stands elsewhere.
        is_empty = local(element.tag) in _ELEMENTS and not (
            local(element.tag) == "hyperlink" and len(element)
        )
        if names and is_empty:
            _remove(element)
        else:
            for name in names:
                del element.attrib[name]
    if local(root.tag) == "table":
        root.attrib.pop("tableType", "")


def _remove(element: _Element) -> None:
    """Remove an element, and those around it that may not be without it."""
    holder = next((each for each in element.iterancestors() if local(each.tag) in _HOLDERS), None)
    parent = element.getparent()
    if parent is not None:
        parent.remove(element)
    left = holder is not None and any(local(each.tag) in _ELEMENTS for each in holder.iter("{*}*"))
    if holder is not None and not left and (above := holder.getparent()) is not None:
        above.remove(holder)


def _is_reference(name: str) -> bool:
    return name.startswith("{") and name.partition("}")[0].endswith("/relationships")


def _still_fields(package: Package, name: str) -> set[str]:
    """Empty the instructions of fields that start programs or fetch something; their last text stays."""
    root = package.tree(name)
    found = [] if root is None else [*_simple_fields(root), *_complex_fields(root)]
    if not found:
        return set()
    package.edited(name)
    for element, attribute in found:
        if attribute:
            element.set(attribute, "QUOTE")
        else:
            element.text = ""
    return {"fields"}


def _simple_fields(root: _Element) -> Iterator[tuple[_Element, str]]:
    for element in root.iter("{*}fldSimple"):
        for name, value in element.attrib.items():
            if local(str(name)) == "instr" and _FIELD.match(str(value)):
                yield element, str(name)


def _complex_fields(root: _Element) -> Iterator[tuple[_Element, str]]:
    """Yield the pieces of instructions, which are often parted, of fields within fields as well."""
    open_fields: list[list[_Element]] = []
    for element in root.iter("{*}fldChar", "{*}instrText"):
        if local(element.tag) == "instrText":
            if open_fields:
                open_fields[-1].append(element)
            elif _FIELD.match(element.text or ""):
                yield element, ""
            continue
        kind = next(
            (value for name, value in element.attrib.items() if local(str(name)) == "fldCharType"), ""
        )
        if kind == "begin":
            open_fields.append([])
        elif kind == "end" and open_fields:
            pieces = open_fields.pop()
            if _FIELD.match("".join(each.text or "" for each in pieces)):
                yield from ((each, "") for each in pieces)


def _still_formulas(package: Package, name: str) -> set[str]:
    """Take formulas that reach out of their cells; the values that they gave last stay."""
    root = package.tree(name)
    found = [] if root is None else [each for each in root.iter("{*}f") if _REACHING.search(each.text or "")]
    if not found or root is None:
        return set()
    root = cast("_Element", package.edited(name))
    shared = {each.get("si") for each in found if each.get("t") == "shared"}
    found += [each for each in root.iter("{*}f") if each.get("si") in shared and each not in found]
    for each in found:
        parent = each.getparent()
        if parent is not None:
            parent.remove(each)
    return {"formulas"}


def _still_names(package: Package, main: str) -> set[str]:
    root = package.tree(main)
    names = () if root is None else tuple(root.iter("{*}definedName"))
    found = [
        each
        for each in names
        if _REACHING.search(each.text or "") or each.get("xlm") or each.get("vbProcedure")
    ]
    if not found:
        return set()
    package.edited(main)
    for each in found:
        parent = each.getparent()
        if parent is not None:
            parent.remove(each)
            if not len(parent) and (above := parent.getparent()) is not None:
                above.remove(parent)
    return {"formulas"}


def _stories(package: Package, main: str) -> Iterator[str]:
    """Yield the parts of a document that hold text."""
    if not main.startswith("xl/"):
        yield main
        root = package.tree(relations_of(main))
        for each in root if root is not None else ():
            if str(each.get("Type")).rpartition("/")[2] in _STORIES and each.get("TargetMode") != "External":
                name = resolved(main, str(each.get("Target")))
                if name in package.names:
                    yield name


def _reachable(package: Package) -> frozenset[str]:
    """Return the parts that are led to from the package, with their lists of relations."""
    seen: set[str] = set()
    waiting = [""]
    while waiting:
        part = waiting.pop()
        name = relations_of(part) if part else "_rels/.rels"
        root = package.tree(name) if name in package.names else None
        if root is None:
            continue
        seen.add(name)
        targets: Iterable[str] = (
            resolved(part, str(each.get("Target"))) for each in root if each.get("TargetMode") != "External"
        )
        fresh = {each for each in targets if each not in seen}
        seen |= fresh
        waiting += fresh
    return frozenset(seen)


def _source_of(relations: str) -> str:
    """Return the part that a list of relations is of, nothing for that of the package."""
    folder, name = posixpath.split(relations)
    return posixpath.join(posixpath.dirname(folder), name.removesuffix(".rels"))
