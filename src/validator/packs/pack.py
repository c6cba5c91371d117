"""A rule pack as loaded: a form, its rules, and the names they are known by."""

from __future__ import annotations

from collections.abc import Mapping
from typing import TYPE_CHECKING

from validator.lang.ir import walk
from validator.model.record import field, record
from validator.model.verdict import Severity

if TYPE_CHECKING:
    from collections.abc import Iterator
    from datetime import date

    from validator.lang.ir import Node
    from validator.model.field import Form
    from validator.model.location import Location
    from validator.model.problem import Problem

Texts = Mapping[str, str]


@record
class Rule:
    """One named invariant, checked and ready to run.

    ``levels`` and ``periods`` limit the reports it applies to (empty: all); ``since`` and
    ``until`` are held against the report's period. ``asked_of`` are the fields that the rule needs
    and that only reports of some levels have, with these levels. Texts map a language to words.
    """

    id: str
    pack: str
    topic: str
    title: Texts
    assertion: Node
    assert_text: str
    location: Location
    guard: Node | None = None
    guard_text: str | None = None
    severity: Severity = Severity.ERROR
    help: Texts = field(default_factory=dict)
    basis: Texts = field(default_factory=dict)
    levels: tuple[str, ...] = ()
    periods: tuple[str, ...] = ()
    since: date | None = None
    until: date | None = None
    asked_of: tuple[tuple[str, tuple[str, ...]], ...] = ()
    tags: tuple[str, ...] = ()
    aliases: tuple[str, ...] = ()

    @property
    def full_id(self) -> str:
        """The id with its pack: ``demo/received-differs-from-parts``."""
        return f"{self.pack}/{self.id}"

    def is_named(self, name: str) -> bool:
        """Whether *name* is the rule's id, full id or one of its old ids."""
        short = name.removeprefix(f"{self.pack}/")
        return short == self.id or short in self.aliases


@record
class Equation:
    """A printed equation with the fields (or columns of one table) that its codes stand for."""

    text: str
    total: str
    parts: tuple[tuple[int, str], ...]
    location: Location

    def in_fields(self) -> str:
        """Return the equation with names of fields."""
        words = " ".join(f"{'+' if sign > 0 else '-'} {part}" for sign, part in self.parts)
        return f"{self.total} = {words.removeprefix('+ ')}"


@record
class RulePack:
    """A versioned folder of rules for one form; ``restated`` is how grave differing statements are.

    ``equations`` are those that the form prints; rules check them. ``topics`` gives the words for
    each topic, that is for each file of rules.
    """

    name: str
    version: str
    title: Texts
    form: Form
    rules: tuple[Rule, ...]
    folder: str
    restated: Severity = Severity.WARNING
    equations: tuple[Equation, ...] = ()
    topics: Mapping[str, Texts] = field(default_factory=dict)


@record
class PackFile:
    """A file of a pack: its path as shown to people, its path below the pack, its bytes."""

    path: str
    name: str
    data: bytes


@record
class LoadResult:
    """A pack, or None if it has faults; warnings come with a pack too."""

    pack: RulePack | None
    problems: tuple[Problem, ...] = ()


def rule_nodes(rule: Rule) -> Iterator[Node]:
    """Yield every node of a rule, those of the guard last."""
    yield from walk(rule.assertion)
    if rule.guard is not None:
        yield from walk(rule.guard)
