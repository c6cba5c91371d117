"""A list of units as it was understood: for people line by line, and as ``units.yaml``."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING

from validator.render.terminal import clean, width
from validator.wording.message import message

if TYPE_CHECKING:
    from validator.model.unit_list import DeclaredUnit, UnitList

_COLUMNS = ("name", "superior", "id", "email", "address")


def units_text(units: UnitList, lang: str) -> str:
    """Return the units in columns, and how many there are."""
    rows = [tuple(message(f"units/column-{each}", lang) for each in _COLUMNS)]
    rows += [_told(each, units) for each in units.units]
    kept = [at for at in range(len(_COLUMNS)) if any(row[at] for row in rows[1:])]
    widths = {at: max(width(row[at]) for row in rows) for at in kept}
    lines = ["  ".join(row[at] + " " * (widths[at] - width(row[at])) for at in kept).rstrip() for row in rows]
    at_top = sum(each.unit.parent is None for each in units.units)
    args = {"count": len(units.units), "top": at_top, "former": sum(len(u.predecessors) for u in units.units)}
    return "\n".join([*lines, "", clean(message("units/counted", lang, args))]) + "\n"


def _told(unit: DeclaredUnit, units: UnitList) -> tuple[str, ...]:
    above = units.get(unit.unit.parent)
    parts = (unit.name, above.name if above else "", unit.id, unit.email, unit.address)
    return tuple(clean(each) for each in parts)


def units_yaml(units: UnitList) -> str:
    """Return the units as a file that declares them, each in a line."""
    lines = ["units:"]
    for each in units.units:
        said = {
            "id": each.id,
            "name": each.name,
            "level": each.unit.level,
            "parent": each.unit.parent,
            "synonyms": list(each.synonyms),
            "predecessors": list(each.predecessors),
            "address": each.address,
            "email": each.email,
        }
        told = ", ".join(
            f"{key}: {json.dumps(value, ensure_ascii=False)}" for key, value in said.items() if value
        )
        lines.append(f"  - {{{told}}}")
    return "\n".join(lines) + "\n"
