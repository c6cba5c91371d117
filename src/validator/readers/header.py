"""The ``report:`` part of a structured file: which form, which unit, which period."""

from __future__ import annotations

from typing import TYPE_CHECKING

from validator.model.record import field, record
from validator.model.report import Period, Unit
from validator.model.verdict import Severity
from validator.readers.notation import Notation, Refusal, load_notation
from validator.readers.shape import Faults
from validator.readers.tree import MappingNode, ScalarNode
from validator.readers.value import composed, shown

if TYPE_CHECKING:
    from collections.abc import Mapping
    from datetime import date

    from validator.model.problem import Problem
    from validator.readers.tree import Node

HEADER = "report"
HEADER_KEYS = ("form", "unit", "period", "submitted", "parts")
UNIT_KEYS = ("id", "name", "level", "parent")
PERIOD_KEYS = ("kind", "from", "to")
PART_KEYS = ("narrative", "appendix")


@record
class Header:
    """What the header says; *node* is the header itself, None if the file has none."""

    form: str | None = None
    unit: Unit = field(default_factory=Unit)
    period: Period = field(default_factory=Period)
    submitted: date | None = None
    parts: Mapping[str, str] = field(default_factory=dict)
    node: MappingNode | None = None
    form_node: ScalarNode | None = None
    problems: tuple[Problem, ...] = ()
    odd_shape: bool = False


def read_header(tree: MappingNode, file: str = "", notation: Notation | None = None) -> Header:
    """Read the header of *tree*; a file without one gets an empty header and no problem here."""
    faults = Faults(file)
    found = tree.get(HEADER)
    if found is None or (isinstance(found, ScalarNode) and found.is_null):
        return Header()
    if not isinstance(found, MappingNode):
        faults.shape("header-not-a-mapping", found, HEADER)
        return Header(problems=tuple(faults.problems), odd_shape=True)
    parts = _parts(found, HEADER_KEYS, HEADER, faults)
    form, written = parts.get("form"), notation or load_notation()
    return Header(
        form=_text(form, f"{HEADER}.form", faults),
        unit=_unit(parts.get("unit"), written, faults),
        period=_period(parts.get("period"), written, faults),
        submitted=_day(parts.get("submitted"), f"{HEADER}.submitted", written, faults),
        parts=_files(parts.get("parts"), faults),
        node=found,
        form_node=form if isinstance(form, ScalarNode) else None,
        problems=tuple(faults.problems),
        odd_shape=faults.odd_shape,
    )


def _files(node: Node | None, faults: Faults) -> dict[str, str]:
    """Return which file is which part of the report."""
    path = f"{HEADER}.parts"
    if not isinstance(node, MappingNode):
        if not (node is None or (isinstance(node, ScalarNode) and node.is_null)):
            faults.shape("header-not-a-mapping", node, path)
        return {}
    parts = _parts(node, PART_KEYS, path, faults)
    return {key: _text(value, f"{path}.{key}", faults) or "" for key, value in parts.items()}


def _parts(node: MappingNode, known: tuple[str, ...], path: str, faults: Faults) -> dict[str, Node]:
    """Return the known entries of a mapping by name; warn of the others."""
    parts: dict[str, Node] = {}
    for entry in node.entries:
        if entry.name in known:
            parts[entry.name] = entry.value
            continue
        at = f"{path}.{entry.name}"
        names = ", ".join(known)
        faults.unknown("unknown-header-key", entry.key, at, entry.name, known, known=names)
    return parts


def _text(node: Node | None, path: str, faults: Faults) -> str | None:
    """Return the text of a scalar; nothing if it is blank."""
    if node is None:
        return None
    if not isinstance(node, ScalarNode):
        faults.shape("header-not-a-value", node, path)
        return None
    return None if node.is_null else composed(node.text.strip()) or None


def _unit(node: Node | None, notation: Notation, faults: Faults) -> Unit:
    """Read the unit: a mapping, or its name alone."""
    path = f"{HEADER}.unit"
    if not isinstance(node, MappingNode):
        return Unit(name=_text(node, path, faults))
    parts = _parts(node, UNIT_KEYS, path, faults)
    texts = {key: _text(parts.get(key), f"{path}.{key}", faults) for key in UNIT_KEYS}
    return Unit(**texts | {"level": _known(parts.get("level"), texts["level"], notation, faults, "level")})


def _period(node: Node | None, notation: Notation, faults: Faults) -> Period:
    """Read the period and see that it does not end before it begins."""
    path = f"{HEADER}.period"
    if node is None or (isinstance(node, ScalarNode) and node.is_null):
        return Period()
    if not isinstance(node, MappingNode):
        faults.shape("period-not-a-mapping", node, path)
        return Period()
    parts = _parts(node, PERIOD_KEYS, path, faults)
    start = _day(parts.get("from"), f"{path}.from", notation, faults)
    end = _day(parts.get("to"), f"{path}.to", notation, faults)
    if start and end and start > end:
        faults.add("period-reversed", parts["to"], f"{path}.to", start=start, end=end)
    kind = _text(parts.get("kind"), f"{path}.kind", faults)
    return Period(kind=_known(parts.get("kind"), kind, notation, faults, "period-kind"), start=start, end=end)


def _known(node: Node | None, text: str | None, notation: Notation, faults: Faults, what: str) -> str | None:
    """Return the word that rules use for *text*; warn of one that no rule can know, and keep it."""
    if text is None or node is None:
        return None
    words = notation.data.levels if what == "level" else notation.data.periods
    found = words.get(notation.clean(text).casefold())
    if found is None and words:
        path = f"{HEADER}.unit.level" if what == "level" else f"{HEADER}.period.kind"
        known = ", ".join(dict.fromkeys(words.values()))
        args = {"path": path, "raw": shown(text), "known": known}
        faults.add(f"unknown-{what}", node, path, Severity.WARNING, **args)
    return found or text


def _day(node: Node | None, path: str, notation: Notation, faults: Faults) -> date | None:
    text = _text(node, path, faults)
    if text is None or node is None:
        return None
    found = notation.read_date(text)
    if isinstance(found, Refusal):
        impossible = found is Refusal.IMPOSSIBLE_DATE
        code = "impossible-date" if impossible else "unreadable-date"
        faults.add(code, node, path, path=path, raw=shown(text))
        return None
    return found
