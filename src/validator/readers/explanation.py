"""Explanations that travel with a report: a file beside it, or a part of the report itself."""

from __future__ import annotations

from typing import TYPE_CHECKING

from validator.model.explanation import Explanation
from validator.model.problem import Problem
from validator.model.record import record
from validator.model.suggestion import nearest
from validator.model.verdict import Severity
from validator.readers.kind import SECTION
from validator.readers.notation import Refusal, load_notation
from validator.readers.tree import MappingNode, ScalarNode, SequenceNode, location_of
from validator.readers.value import composed, shown
from validator.readers.yaml_file import yaml_file_tree

if TYPE_CHECKING:
    from datetime import date
    from pathlib import Path

    from validator.readers.tree import Node

KEYS = ("rule", "field", "reason", "by", "date", "values", "fingerprint")
LARGEST = 1024 * 1024
"""Most bytes of a file of explanations that are read."""
MOST = 1000
"""Most explanations of one file that are read, and most faults of it that are told."""


@record
class ExplanationsResult:
    """The explanations of one file in its order, and what is odd about it."""

    explanations: tuple[Explanation, ...] = ()
    problems: tuple[Problem, ...] = ()


def read_sidecar(path: str | Path) -> ExplanationsResult:
    """Read a file of explanations; what cannot be read is told as problems ``read/…`` and ``waiver/…``."""
    tree = yaml_file_tree(path, limit=LARGEST)
    if tree.root is None:
        return ExplanationsResult(problems=tree.problems)
    file, found = str(path), tree.root.get(SECTION)
    problems = list(tree.problems)
    for entry in tree.root.entries:
        if entry.name != SECTION:
            args = {"name": shown(entry.name), "suggestion": nearest(entry.name, (SECTION,))}
            problems.append(_problem("unknown-part", entry.key, file, Severity.WARNING, **args))
    if found is None:
        problems.append(_problem("no-list", tree.root, file))
        return ExplanationsResult(problems=tuple(problems))
    read = read_section(found, file)
    return ExplanationsResult(explanations=read.explanations, problems=(*problems, *read.problems))


def read_section(node: Node, file: str) -> ExplanationsResult:
    """Read the list under ``explanations:``."""
    if isinstance(node, ScalarNode) and node.is_null:
        return ExplanationsResult()
    if not isinstance(node, SequenceNode):
        return ExplanationsResult(problems=(_problem("not-a-list", node, file),))
    entries = [_Entry(item, file) for item in node.items[:MOST]]
    found = tuple(each for each in (entry.explanation() for entry in entries) if each is not None)
    problems = [problem for entry in entries for problem in entry.problems]
    if len(problems) > MOST or len(node.items) > MOST:
        problems = [*problems[:MOST], _problem("too-many", node, file, limit=MOST)]
    return ExplanationsResult(explanations=found, problems=tuple(problems))


class _Entry:
    """One item of the list, read key by key."""

    def __init__(self, node: Node, file: str) -> None:
        self.node = node
        self.file = file
        self.problems: list[Problem] = []

    def explanation(self) -> Explanation | None:
        """Return the explanation, None if it lacks what it cannot be without."""
        if not isinstance(self.node, MappingNode):
            self._note("not-an-entry", self.node)
            return None
        for entry in self.node.entries:
            if entry.name not in KEYS:
                args = {"name": shown(entry.name), "suggestion": nearest(entry.name, KEYS)}
                self._note("unknown-key", entry.key, Severity.WARNING, known=", ".join(KEYS), **args)
        rule, reason = self._needed("rule"), self._needed("reason")
        path, author = self._text("field"), self._text("by")
        given_on, values, fingerprint = self._date(), self._values(), self._text("fingerprint")
        if not rule or not reason or any(each.severity is Severity.ERROR for each in self.problems):
            return None
        return Explanation(
            rule=rule,
            reason=reason,
            path=path,
            author=author,
            given_on=given_on,
            fingerprint=fingerprint.lower(),
            values=values,
            location=location_of(self._get("rule") or self.node, self.file),
        )

    def _get(self, name: str) -> Node | None:
        return self.node.get(name) if isinstance(self.node, MappingNode) else None

    def _needed(self, name: str) -> str:
        node = self._get(name)
        text = self._text(name)
        if not text and (node is None or isinstance(node, ScalarNode)):
            self._note("missing-key", node or self.node, name=name)
        return text

    def _text(self, name: str) -> str:
        """Return the text of a key on one line, empty if nothing is written."""
        node = self._get(name)
        if node is None:
            return ""
        if not isinstance(node, ScalarNode):
            self._note("not-a-text", node, name=name)
            return ""
        return "" if node.is_null else " ".join(composed(node.text).split())

    def _date(self) -> date | None:
        text, node = self._text("date"), self._get("date")
        if not text or node is None:
            return None
        found = load_notation().read_date(text)
        if isinstance(found, Refusal):
            self._note("bad-date", node, Severity.WARNING, raw=shown(text))
            return None
        return found

    def _values(self) -> dict[str, str]:
        """Return the values as written; they are for people and decide nothing."""
        node = self._get("values")
        if node is None or (isinstance(node, ScalarNode) and node.is_null):
            return {}
        entries = node.entries if isinstance(node, MappingNode) else ()
        texts = {each.name: each.value.text for each in entries if isinstance(each.value, ScalarNode)}
        if not isinstance(node, MappingNode) or len(texts) < len(entries):
            self._note("not-values", node, Severity.WARNING)
        return texts

    def _note(self, code: str, node: Node, severity: Severity = Severity.ERROR, **args: object) -> None:
        self.problems.append(_problem(code, node, self.file, severity, **args))


def _problem(
    code: str, node: Node, file: str, severity: Severity = Severity.ERROR, **args: object
) -> Problem:
    place = location_of(node, file)
    return Problem(code=f"waiver/{code}", location=place, severity=severity, args=args)
