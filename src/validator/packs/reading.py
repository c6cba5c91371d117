"""Reading values out of a pack file's tree, noting what is not of the expected shape."""

from __future__ import annotations

import re
from datetime import date
from fractions import Fraction
from typing import TYPE_CHECKING, Any

from validator.model.location import Location
from validator.model.problem import Problem
from validator.model.record import field, record
from validator.model.suggestion import nearest
from validator.model.verdict import Severity
from validator.readers.tree import MappingNode, Node, ScalarNode, SequenceNode, location_of

if TYPE_CHECKING:
    from collections.abc import Mapping

    from validator.packs.pack import Texts


LANGUAGES = ("vi", "en")
"""The languages in which texts of packs are shown."""
_MOST_SHOWN = 12
# The exponents of Fraction would let eight characters stand for a number that fills the memory.
_NUMBER = re.compile(r"\s*[+-]?[0-9_.]{1,40}(?:/[0-9]{1,40})?(?:e[+-]?[0-9]{1,2})?\s*%?", re.IGNORECASE)


@record(kw_only=False)
class PackReading:
    """The problems found so far while reading one pack file."""

    file: str
    lines: list[str]
    problems: list[Problem] = field(default_factory=list)

    def note(
        self, code: str, node: Node | Location, severity: Severity = Severity.ERROR, **args: object
    ) -> None:
        """Record a problem ``pack/<code>`` at *node*."""
        place = node if isinstance(node, Location) else location_of(node, self.file)
        self.problems.append(Problem(code=f"pack/{code}", location=place, severity=severity, args=args))

    def unknown_key(
        self, key: ScalarNode, known: tuple[str, ...], severity: Severity = Severity.ERROR
    ) -> None:
        """Note a key that is not *known*, with the nearest that is."""
        meant = nearest(key.text, known) or ", ".join(known)
        self.note("unknown-key", key, severity, key=key.text, known=meant)

    def keys(self, body: MappingNode, known: tuple[str, ...]) -> None:
        """Note every key of *body* that is not *known*."""
        for entry in body.entries:
            if entry.name not in known:
                self.unknown_key(entry.key, known)

    def unknown(
        self, place: Node | Location, key: str, text: str, known: tuple[str, ...], near: str = ""
    ) -> None:
        """Note a word that cannot stand under *key*, with the one that is *near* (found if not said)."""
        words = tuple(dict.fromkeys(known))
        meant = near or nearest(text, words)
        if meant:
            self.note("unknown-word-near", place, key=key, text=text[:80], near=meant)
        else:
            self.note("unknown-word", place, key=key, text=text[:80], known=", ".join(words[:_MOST_SHOWN]))

    def text(self, node: Node | None, key: str) -> str | None:
        """Return a scalar's text, None if it is not one (noted) or not there."""
        if node is None:
            return None
        if not isinstance(node, ScalarNode) or node.is_null:
            self.note("expected-text", node, key=key)
            return None
        return node.text

    def texts(self, node: Node | None, key: str) -> Texts:
        """Return words by language; a plain text counts as Vietnamese."""
        if isinstance(node, MappingNode):
            for entry in node.entries:
                if entry.name not in LANGUAGES:
                    self.unknown_key(entry.key, LANGUAGES, Severity.WARNING)
            return {entry.name: self.text(entry.value, key) or "" for entry in node.entries}
        text = self.text(node, key)
        return {} if text is None else {"vi": text}

    def names(self, node: Node | None, key: str) -> tuple[str, ...]:
        """Return a list of texts; a single text is a list of one."""
        if isinstance(node, SequenceNode):
            return tuple(text for item in node.items if (text := self.text(item, key)) is not None)
        text = self.text(node, key)
        return () if text is None else (text,)

    def mapping(self, node: Node | None, key: str) -> MappingNode | None:
        """Return a mapping, None if it is something else (noted) or not there."""
        if node is None or isinstance(node, MappingNode):
            return node
        if not (isinstance(node, ScalarNode) and node.is_null):
            self.note("expected-mapping", node, key=key)
        return None

    def day(self, node: Node | None, key: str) -> date | None:
        """Return an ISO date."""
        text = self.text(node, key)
        try:
            return None if text is None else date.fromisoformat(text)
        except ValueError:
            self.note("expected-date", node, key=key, text=text)  # type: ignore[arg-type]
            return None

    def number(self, node: Node | None, key: str) -> Fraction | None:
        """Return an exact number; ``50%`` is a half."""
        text = self.text(node, key)
        if text is None:
            return None
        try:
            written = text if _NUMBER.fullmatch(text) else ""
            return Fraction(written.removesuffix("%")) / (100 if text.endswith("%") else 1)
        except (ValueError, ZeroDivisionError):
            self.note("expected-number", node, key=key, text=text)  # type: ignore[arg-type]
            return None

    def choice(self, node: Node | None, key: str, known: tuple[str, ...], default: str) -> str:
        """Return one of the *known* words."""
        text = self.text(node, key)
        if text is None or text in known:
            return text or default
        self.unknown(node, key, text, known)  # type: ignore[arg-type]
        return default


def plain(node: Node) -> Any:
    """Return a tree as plain data (texts, lists, mappings), for parts that others interpret."""
    match node:
        case ScalarNode():
            return None if node.is_null else node.text
        case SequenceNode():
            return tuple(plain(item) for item in node.items)
        case MappingNode():
            data: Mapping[str, Any] = {entry.name: plain(entry.value) for entry in node.entries}
            return data
