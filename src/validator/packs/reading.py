"""Reading values out of a pack file's tree, noting what is not of the expected shape."""

from __future__ import annotations

from datetime import date
from difflib import get_close_matches
from fractions import Fraction
from typing import TYPE_CHECKING, Any

from validator.model.location import Location
from validator.model.problem import Problem
from validator.model.record import field, record
from validator.model.verdict import Severity
from validator.readers.tree import MappingNode, Node, ScalarNode, SequenceNode, location_of

if TYPE_CHECKING:
    from collections.abc import Mapping

    from validator.packs.pack import Texts


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

    def unknown_key(self, key: ScalarNode, known: tuple[str, ...]) -> None:
        """Note a key that is not *known*, with the nearest that is."""
        near = get_close_matches(key.text, known, n=1, cutoff=0.6)
        self.note("unknown-key", key, key=key.text, known=", ".join(near or known))

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
            return Fraction(text.removesuffix("%")) / (100 if text.endswith("%") else 1)
        except (ValueError, ZeroDivisionError):
            self.note("expected-number", node, key=key, text=text)  # type: ignore[arg-type]
            return None

    def choice(self, node: Node | None, key: str, known: tuple[str, ...], default: str) -> str:
        """Return one of the *known* words."""
        text = self.text(node, key)
        if text is None or text in known:
            return text or default
        self.note("unknown-word", node, key=key, text=text, known=", ".join(known))  # type: ignore[arg-type]
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
