"""A place in a pack → where what is named there is declared."""

from __future__ import annotations

from typing import TYPE_CHECKING

from validator.lsp.expression import spot_at
from validator.lsp.name import Column, Named, meaning, name_at
from validator.lsp.rule_name import find_rule, rule_name_at, stretch
from validator.lsp.view import text_under
from validator.model.field import FieldDef, TableDef
from validator.readers.tree import Entry, MappingNode

if TYPE_CHECKING:
    from validator.lang.types import Type
    from validator.lsp.name import Meaning
    from validator.lsp.position import Point, Stretch
    from validator.lsp.view import Shown, View


def declaration(view: View, file: Shown, point: Point) -> tuple[Shown, Stretch] | None:
    """Return the file and the stretch that declare what is named at *point*."""
    named = rule_name_at(view, file, point)
    if named is not None:
        rule = find_rule(view, named.text)
        node = text_under(rule[1], "id") if rule else None
        return (rule[0], stretch(node, rule[0].lines)) if rule and node else None
    spot = spot_at(view, file, point)
    written = name_at(spot.source.text, spot.offset) if spot else None
    if spot is None or written is None:
        return None
    found = declared(view, file, meaning(written, spot.source.text, spot.scope))
    return (found[0], stretch(found[1].key, found[0].lines)) if found else None


def declared(view: View, file: Shown, found: Meaning | Type | None) -> tuple[Shown, Entry] | None:
    """Return the entry that declares a field, table, column or definition, with its file."""
    match found:
        case FieldDef():
            return _in_head(view, ("fields", found.path))
        case TableDef():
            return _in_head(view, ("tables", found.name))
        case Column():
            name = found.column.path.removeprefix(f"{found.table.name}.")
            return _in_head(view, ("tables", found.table.name, "columns", name))
        case Named():
            own = _entry(file, ("define", found.name))
            return (file, own) if own else _in_head(view, ("define", found.name))
        case _:
            return None


def _in_head(view: View, names: tuple[str, ...]) -> tuple[Shown, Entry] | None:
    entry = _entry(view.head, names) if view.head else None
    return (view.head, entry) if view.head and entry else None


def _entry(file: Shown, names: tuple[str, ...]) -> Entry | None:
    """Return the entry reached by *names*, one level of mappings after the other."""
    found: Entry | None = None
    inside = file.root
    for name in names:
        entries = inside.entries if inside else ()
        found = next((entry for entry in entries if entry.name == name), None)
        inside = found.value if found and isinstance(found.value, MappingNode) else None
    return found
