"""Styles of Word documents: what they say of headings, weight, alignment, lists and fonts."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from validator.model.record import evolve, record
from validator.readers.safe_xml import attribute, child, integer, local, value_of

if TYPE_CHECKING:
    from xml.etree.ElementTree import Element

_MOST_BASES = 12
_BODY_LEVEL = 9


@record
class Style:
    """What a paragraph or run inherits; None where nothing is said."""

    heading: int | None = None
    bold: bool | None = None
    hidden: bool | None = None
    struck: bool | None = None
    raised: bool | None = None
    centred: bool | None = None
    font: str | None = None
    number_id: str | None = None
    depth: int | None = None

    def over(self, base: Style) -> Style:
        """Return this style with what it leaves open taken from *base*."""
        return Style(
            heading=base.heading if self.heading is None else self.heading,
            bold=base.bold if self.bold is None else self.bold,
            hidden=base.hidden if self.hidden is None else self.hidden,
            struck=base.struck if self.struck is None else self.struck,
            raised=base.raised if self.raised is None else self.raised,
            centred=base.centred if self.centred is None else self.centred,
            font=base.font if self.font is None else self.font,
            number_id=base.number_id if self.number_id is None else self.number_id,
            depth=base.depth if self.depth is None else self.depth,
        )


@dataclass(slots=True)
class Styles:
    """The styles of one document by id, resolved when first asked for."""

    default: Style = field(default_factory=Style)
    default_paragraph: str = ""
    _own: dict[str, tuple[Style, str]] = field(default_factory=dict)
    _resolved: dict[str, Style] = field(default_factory=dict)

    @classmethod
    def of(cls, root: Element | None) -> Styles:
        """Return the styles that the part *root* defines."""
        styles = cls()
        for element in root if root is not None else ():
            match local(element.tag):
                case "style":
                    styles._add(element)
                case "docDefaults":
                    run = child(child(element, "rPrDefault"), "rPr")
                    styles.default = run_style(run)
                case _:
                    pass
        return styles

    def get(self, key: str | None) -> Style:
        """Return the style *key* with all that it inherits, the default style for None."""
        key = key or self.default_paragraph
        if key not in self._resolved:
            style, base = self._own.get(key, (Style(), ""))
            steps = 0
            while base in self._own and steps < _MOST_BASES:
                own, base = self._own[base]
                style = style.over(own)
                steps += 1
            self._resolved[key] = style.over(self.default)
        return self._resolved[key]

    def _add(self, element: Element) -> None:
        key = attribute(element, "styleId") or ""
        paragraph, run = child(element, "pPr"), child(element, "rPr")
        style = paragraph_style(paragraph).over(run_style(run))
        name = (value_of(element, "name") or "").casefold()
        if name.startswith("heading ") and name[8:].isdigit():
            style = evolve(style, heading=integer(name[8:], 1))
        elif name == "title":
            style = evolve(style, heading=1)
        elif name.startswith("toc "):
            style = evolve(style, heading=0)
        self._own[key] = (style, value_of(element, "basedOn") or "")
        if attribute(element, "default") in {"1", "true"} and (attribute(element, "type") == "paragraph"):
            self.default_paragraph = key


def paragraph_style(properties: Element | None) -> Style:
    """Return what paragraph *properties* themselves say."""
    if properties is None:
        return Style()
    level = value_of(properties, "outlineLvl")
    number = child(properties, "numPr")
    align = value_of(properties, "jc")
    depth = value_of(number, "ilvl")
    heading = None if level is None else integer(level, _BODY_LEVEL) + 1
    return Style(
        heading=0 if heading is not None and heading > _BODY_LEVEL else heading,
        centred=None if align is None else align == "center",
        number_id=value_of(number, "numId"),
        depth=None if depth is None else integer(depth),
    )


def run_style(properties: Element | None) -> Style:
    """Return what run *properties* themselves say."""
    if properties is None:
        return Style()
    fonts = child(properties, "rFonts")
    font = None
    if fonts is not None:
        font = attribute(fonts, "ascii") or attribute(fonts, "hAnsi")
    strikes = [_switch(properties, "strike"), _switch(properties, "dstrike")]
    position = value_of(properties, "vertAlign")
    return Style(
        bold=_switch(properties, "b"),
        hidden=_switch(properties, "vanish"),
        struck=None if strikes == [None, None] else any(strikes),
        raised=None if position is None else position == "superscript",
        font=font,
    )


def _switch(properties: Element, name: str) -> bool | None:
    """Return whether a switch such as ``w:b`` is on, off or not there."""
    found = child(properties, name)
    if found is None:
        return None
    return attribute(found, "val") not in {"0", "false", "off"}
