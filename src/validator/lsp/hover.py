"""A place in a pack → what is to be known of what is named there, as Markdown."""

from __future__ import annotations

from typing import TYPE_CHECKING

from validator.lang.function import AGGREGATES, FUNCTIONS
from validator.lang.types import Type
from validator.lsp.declaration import declared
from validator.lsp.expression import spot_at
from validator.lsp.name import Column, Named, meaning, name_at
from validator.lsp.position import Point, Stretch
from validator.lsp.rule_name import find_rule, rule_name_at, stretch
from validator.lsp.view import text_under
from validator.model.field import FieldDef, TableDef
from validator.model.words import text_in
from validator.readers.tree import ScalarNode
from validator.wording.message import message

if TYPE_CHECKING:
    from validator.lsp.expression import Spot
    from validator.lsp.name import Meaning, Written
    from validator.lsp.view import Shown, View


def hover(view: View, file: Shown, point: Point, lang: str) -> tuple[str, Stretch] | None:
    """Return the words for what is named at *point*, and the stretch that names it."""
    named = rule_name_at(view, file, point)
    if named is not None:
        told = _rule(view, named.text, lang)
        return (told, stretch(named, file.lines)) if told else None
    spot = spot_at(view, file, point)
    written = name_at(spot.source.text, spot.offset) if spot else None
    if spot is None or written is None:
        return None
    told = _name(view, file, spot, written, lang)
    return (told, span(spot, written)) if told else None


def span(spot: Spot, written: Written) -> Stretch:
    """Return where in the file a name of an expression stands."""
    places = spot.source.places
    return Stretch(Point(*places[written.start]), Point(*places[written.end]))


def about(name: str, found: Meaning | Type, lang: str) -> str:
    """Return one line on a field, table, column, definition or header: type, unit, label."""
    match found:
        case FieldDef():
            parts = [found.type.value, found.unit, text_in(found.label, lang)]
        case Column():
            return about(name, found.column, lang)
        case TableDef():
            parts = [message("lsp/table", lang), text_in(found.label, lang)]
        case Named():
            parts = [message("lsp/definition", lang)]
        case Type():
            parts = [found.kind.value, message("lsp/header", lang)]
    return " · ".join(part for part in parts if part)


def about_function(name: str) -> str:
    """Return what the registry tells of a function or aggregate, nothing of another name."""
    entry = FUNCTIONS.get(name) or AGGREGATES.get(name)
    return f"{entry.doc}\n\n{entry.missing}\n\n`{entry.example}`" if entry else ""


def _name(view: View, file: Shown, spot: Spot, written: Written, lang: str) -> str:
    text = spot.source.text
    if text[written.end :].lstrip().startswith("("):
        told = about_function(written.text)
        return f"`{written.text}`\n\n{told}" if told else ""
    found = meaning(written, text, spot.scope)
    if found is None:
        return ""
    lines = [f"`{_full_name(written, found)}`", about(written.text, found, lang)]
    entry = declared(view, file, found)
    if isinstance(found, Named) and entry and isinstance(entry[1].value, ScalarNode):
        lines.append(f"`{entry[1].value.text}`")
    if isinstance(found, TableDef):
        lines.append(", ".join(f"`{column}`" for column in found.columns))
    return "\n\n".join(lines)


def _full_name(written: Written, found: Meaning | Type) -> str:
    match found:
        case FieldDef():
            return found.path
        case Column():
            return found.column.path
        case _:
            return written.text


def _rule(view: View, name: str, lang: str) -> str:
    rule = find_rule(view, name)
    if rule is None:
        return ""
    file, body = rule
    reading = file.reading()
    node, assertion = text_under(body, "id"), text_under(body, "assert")
    title = text_in(reading.texts(body.get("title"), "title"), lang)
    basis = text_in(reading.texts(body.get("basis"), "basis"), lang)
    parts = [
        f"`{view.name}/{node.text if node else name}`",
        f"**{title}**" if title else "",
        f"`{' '.join(assertion.text.split())}`" if assertion else "",
        f"{message('lsp/basis', lang)}: {basis}" if basis else "",
    ]
    return "\n\n".join(part for part in parts if part)
