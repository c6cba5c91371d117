"""Shading and underlining of a run of a Word document; its other properties stay."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, cast

from lxml import etree

from validator.readers.safe_xml import child, local

if TYPE_CHECKING:
    from lxml.etree import _Element

_BEFORE_UNDERLINE = frozenset(
    {
        "rStyle", "rFonts", "b", "bCs", "i", "iCs", "caps", "smallCaps", "strike", "dstrike", "outline",
        "shadow", "emboss", "imprint", "noProof", "snapToGrid", "vanish", "webHidden", "color", "spacing",
        "w", "kern", "position", "sz", "szCs", "highlight",
    }
)  # fmt: skip
_BEFORE_SHADE = _BEFORE_UNDERLINE | {"u", "effect", "bdr"}
"""Properties of a run stand in an order."""


def shade_run(run: _Element, namespace: str, fill: str, line: str = "none") -> None:
    """Shade a run with the colour *fill* (RRGGBB) and underline it with *line*, as Word names its lines."""
    properties = cast("_Element | None", child(cast("Any", run), "rPr"))
    if properties is None:
        properties = etree.Element(f"{{{namespace}}}rPr")
        run.insert(0, properties)
    if line != "none":
        underline = {f"{{{namespace}}}val": line}
        _put(properties, etree.Element(f"{{{namespace}}}u", underline), _BEFORE_UNDERLINE)
    shade = {f"{{{namespace}}}val": "clear", f"{{{namespace}}}color": "auto", f"{{{namespace}}}fill": fill}
    _put(properties, etree.Element(f"{{{namespace}}}shd", shade), _BEFORE_SHADE)


def _put(properties: _Element, made: _Element, before: frozenset[str]) -> None:
    """Put a property where it belongs, in the place of one of its name."""
    for each in [each for each in properties if each.tag == made.tag]:
        properties.remove(each)
    at = max((at for at, each in enumerate(properties, start=1) if local(each.tag) in before), default=0)
    properties.insert(at, made)
