"""The faults noticed while a tree is walked: those of its values and those of its shape."""

from __future__ import annotations

from typing import TYPE_CHECKING

from validator.model.problem import Problem
from validator.model.suggestion import nearest
from validator.model.verdict import Severity
from validator.readers.tree import MOST_FAULTS, kind_of, location_of

if TYPE_CHECKING:
    from collections.abc import Collection

    from validator.readers.tree import Node


class Faults:
    """Collects the problems of one file in the order in which they are met."""

    def __init__(self, file: str) -> None:
        self.file = file
        self.problems: list[Problem] = []
        self.odd_shape = False

    def add(
        self,
        code: str,
        node: Node,
        pointer: str,
        severity: Severity = Severity.ERROR,
        /,
        **args: object,
    ) -> None:
        """Note a fault at *node*; when there are too many, say so once and note no more."""
        if len(self.problems) > MOST_FAULTS:
            return
        if len(self.problems) == MOST_FAULTS:
            code, severity, args = "too-many-faults", Severity.ERROR, {"limit": MOST_FAULTS}
        place = location_of(node, self.file, pointer)
        self.problems.append(Problem(code=f"read/{code}", location=place, severity=severity, args=args))

    def shape(self, code: str, node: Node, path: str) -> None:
        """Note that another kind of node was expected at *path*."""
        self.odd_shape = True
        self.add(code, node, path, path=path, found=kind_of(node))

    def unknown(
        self, code: str, node: Node, pointer: str, name: str, known: Collection[str], /, **args: object
    ) -> None:
        """Warn of a name that is not known, with the nearest that is."""
        if ":" in name:
            self.add("colon-without-space", node, pointer, name=name)
        elif len(self.problems) <= MOST_FAULTS:
            guess = nearest(name, known)
            self.add(code, node, pointer, Severity.WARNING, name=name, suggestion=guess, **args)
