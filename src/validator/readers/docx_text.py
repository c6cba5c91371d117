"""The text of a Word paragraph as its page shows it, with all tracked changes accepted."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING
from xml.etree.ElementTree import Element

from validator.readers.docx_style import Style, Styles, run_style
from validator.readers.joining import raised
from validator.readers.legacy_encoding import decoded, encoding_of_font
from validator.readers.safe_xml import attribute, child, integer, local

if TYPE_CHECKING:
    from collections.abc import Iterator

# Contents that an accepted document no longer has.
_DROPPED = frozenset({"del", "moveFrom", "pPr", "rPr", "instrText", "delText", "delInstrText"})
_SYMBOL_DASHES = {"F02D": "-", "F0B7": "•", "F0FC": "✓"}


@dataclass(slots=True)
class Story:
    """What one document says in passing while its text is read."""

    page: int | None = None
    hidden_text: int = 0
    struck_text: int = 0
    noted: dict[tuple[str, str], int] = field(default_factory=dict)
    converted: dict[str, int] = field(default_factory=dict)


@dataclass(slots=True)
class Runs:
    """The text of one paragraph while it is gathered, and what hangs on it.

    ``origins`` holds the element that each of ``parts`` came from.
    """

    styles: Styles
    story: Story
    style: Style
    parts: list[str] = field(default_factory=list)
    origins: list[Element] = field(default_factory=list)
    strong: bool = True
    boxes: list[Element] = field(default_factory=list)
    notes: list[tuple[str, str]] = field(default_factory=list)
    fields: list[bool] = field(default_factory=list)

    @property
    def text(self) -> str:
        """The text so far."""
        return "".join(self.parts)

    @property
    def all_strong(self) -> bool:
        """Whether there is text and all of it is bold."""
        return self.strong and any(part.strip() for part in self.parts)

    def read(self, container: Element) -> None:
        """Gather the text of everything inside *container*."""
        for element in container:
            name = local(element.tag)
            if name == "r":
                self._read_run(element)
            elif name == "AlternateContent":
                self.read(chosen(element))
            elif name == "t":  # of an equation
                self._add(element.text or "", self.style, element)
            elif name not in _DROPPED:
                self.read(element)

    def _read_run(self, run: Element) -> None:
        properties = child(run, "rPr")
        style = self.style
        if properties is not None:
            named = child(properties, "rStyle")
            own = run_style(properties)
            if named is not None:
                own = own.over(self.styles.get(attribute(named, "val")))
            style = own.over(self.style)
        self._read_contents(run, style)

    def _read_contents(self, run: Element, style: Style) -> None:
        for element in run:
            name = local(element.tag)
            match name:
                case "t":
                    text = element.text or ""
                    self._add(raised(text) if style.raised else text, style, element)
                case "fldChar":
                    self._turn_field(attribute(element, "fldCharType"))
                case "footnoteReference" | "endnoteReference":
                    self._refer((name[:-9], attribute(element, "id") or ""), style, element)
                case "drawing" | "pict" | "object":
                    self.boxes.extend(boxes_in(element))
                case "AlternateContent":
                    self._read_contents(chosen(element), style)
                case "lastRenderedPageBreak":
                    if self.story.page is not None:
                        self.story.page += 1
                case _:
                    self._add(_sign(name, element), style, element)

    def _refer(self, note: tuple[str, str], style: Style, element: Element) -> None:
        """Take down a reference to a note, and put the mark of the note where it stands."""
        self.notes.append(note)
        number = self.story.noted.setdefault(note, len(self.story.noted) + 1)
        if attribute(element, "customMarkFollows") not in {"1", "true"}:
            self._add(raised(str(number)), style, element)

    def _turn_field(self, kind: str | None) -> None:
        """Follow a field: its instruction is not shown, its result is."""
        match kind:
            case "begin":
                self.fields.append(False)
            case "separate" if self.fields:
                self.fields[-1] = True
            case "end" if self.fields:
                self.fields.pop()
            case _:
                pass

    def _add(self, text: str, style: Style, origin: Element) -> None:
        if not text or not all(self.fields):
            return
        if style.hidden or style.struck:
            is_told = bool(text.strip())
            self.story.hidden_text += bool(style.hidden) and is_told
            self.story.struck_text += not style.hidden and is_told
            return
        encoding = encoding_of_font(style.font)
        if encoding is not None and text.strip():
            text = decoded(text, encoding, capitals=(style.font or "").endswith("H"))
            self.story.converted[encoding] = self.story.converted.get(encoding, 0) + 1
        self.parts.append(text)
        self.origins.append(origin)
        if not style.bold and text.strip():
            self.strong = False


def boxes_in(element: Element) -> Iterator[Element]:
    """Yield the contents of the text boxes in a drawing, each once."""
    for found in element:
        name = local(found.tag)
        if name == "txbxContent":
            yield found
        elif name == "AlternateContent":
            yield from boxes_in(chosen(found))
        else:
            yield from boxes_in(found)


def chosen(alternatives: Element) -> Element:
    """Return the one of several alternatives that is to be read."""
    choice = child(alternatives, "Choice")
    if choice is None:
        choice = child(alternatives, "Fallback")
    return alternatives if choice is None else choice


def _sign(name: str, element: Element) -> str:
    """Return what an element of a run other than text shows."""
    match name:
        case "tab" | "ptab":
            return "\t"
        case "br" | "cr":
            return "\n"
        case "noBreakHyphen":
            return "-"
        case "sym":
            code = (attribute(element, "char") or "").upper()
            return _SYMBOL_DASHES.get(code, "•" if code.startswith("F0") else "")
        case _:
            return ""


def grid_span(properties: Element | None) -> int:
    """Return over how many columns a cell goes."""
    found = child(properties, "gridSpan")
    span = 1 if found is None else integer(attribute(found, "val"), 1)
    return min(max(span, 1), 1000)
