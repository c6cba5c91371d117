"""A new id for a rule → the edits of its file and of its tests; the old id lives on as an alias."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from validator.lsp.position import Point, Stretch
from validator.lsp.rule_name import find_rule, names_of_rules, rule_name_at, stretch
from validator.lsp.view import text_under, texts_under
from validator.model.location import Location
from validator.model.problem import Problem
from validator.model.record import record
from validator.packs.rule import is_rule_id
from validator.readers.tree import SequenceNode

if TYPE_CHECKING:
    from validator.lsp.view import Shown, View
    from validator.readers.tree import MappingNode, ScalarNode


@record
class Edit:
    """The text that takes the place of a stretch of a file."""

    file: Shown
    stretch: Stretch
    text: str


def renamable(view: View, file: Shown, point: Point) -> tuple[str, Stretch] | None:
    """Return the id at *point* and where it stands, None if there is no rule's id."""
    node = rule_name_at(view, file, point)
    if node is None or find_rule(view, node.text) is None:
        return None
    return node.text, stretch(node, file.lines)


def rename(view: View, file: Shown, point: Point, new: str) -> tuple[Edit, ...] | Problem:
    """Return the edits that give the rule at *point* the id *new*, or why it cannot have it."""
    node = rule_name_at(view, file, point)
    rule = find_rule(view, node.text) if node else None
    old = text_under(rule[1], "id") if rule else None
    if rule is None or old is None:
        return _refusal("no-rule-here", file)
    short = new.removeprefix(f"{view.name}/")
    if short == old.text:
        return ()
    refused = _refused(view, rule, short)
    if refused is not None:
        return refused
    edits = [
        _renamed(view, shown, each, short)
        for shown, each in names_of_rules(view)
        if each.text.removeprefix(f"{view.name}/") == old.text
    ]
    return (*edits, _alias(*rule, old, short))


def _refused(view: View, rule: tuple[Shown, MappingNode], new: str) -> Problem | None:
    """Return why the rule cannot be called *new*, None if it can."""
    if not is_rule_id(new):
        return _refusal("odd-id", rule[0], id=new[:80])
    other = find_rule(view, new)
    if other is not None and other[1] is not rule[1]:
        return _refusal("id-taken", rule[0], id=new)
    broken = next((file for file in view.files.values() if file.root is None), None)
    return _refusal("broken-file", broken, name=broken.name) if broken else None


def _refusal(code: str, file: Shown, **args: object) -> Problem:
    return Problem(code=f"lsp/{code}", location=Location(file=file.path), args=args)


def _renamed(view: View, file: Shown, node: ScalarNode, new: str) -> Edit:
    prefix = f"{view.name}/" if node.text.startswith(f"{view.name}/") else ""
    return Edit(file=file, stretch=stretch(node, file.lines), text=prefix + new)


def _alias(file: Shown, body: MappingNode, old: ScalarNode, new: str) -> Edit:
    """Return the edit that adds the old id to ``aliases:``; there the new id has no place any more."""
    known = texts_under(body, "aliases")
    kept = [each.text for each in known if each.text != new]
    names = f"[{', '.join([*kept, old.text])}]"
    entry = next((entry for entry in body.entries if entry.name == "aliases"), None)
    if entry is None:
        return _new_key(file, body, old, names)
    if not known:
        return _first_alias(file, entry.key, names, in_list=_is_list(body))
    first, last = known[0], known[-1]
    line = file.lines[first.line - 1]
    before = line[: first.column - 1]
    if not _is_list(body):
        return Edit(file=file, stretch=stretch(first, file.lines), text=names)
    if re.fullmatch(r"[ ]*- ", before):
        whole = Stretch(Point(first.line, 1), stretch(last, file.lines).end)
        return Edit(file=file, stretch=whole, text="\n".join(before + name for name in (*kept, old.text)))
    inside = Stretch(stretch(first, file.lines).start, stretch(last, file.lines).end)
    return Edit(file=file, stretch=inside, text=names[1:-1])


def _first_alias(file: Shown, key: ScalarNode, names: str, *, in_list: bool) -> Edit:
    """Return the edit that puts *names* behind a key without any, in place of an empty list."""
    start = Point(key.line, (key.end_column or key.column) + 1)
    end = file.lines[key.line - 1].find("]", start.column - 1) if in_list else -1
    place = Stretch(start, Point(key.line, end + 2) if end >= 0 else start)
    return Edit(file=file, stretch=place, text=f" {names}")


def _is_list(body: MappingNode) -> bool:
    return isinstance(body.get("aliases"), SequenceNode)


def _new_key(file: Shown, body: MappingNode, old: ScalarNode, names: str) -> Edit:
    """Return the edit that writes ``aliases:`` behind the id: on a line of its own in a block."""
    place = stretch(old, file.lines).end
    line = file.lines[body.line - 1]
    if line[body.column - 1 : body.column] == "{":
        return Edit(file=file, stretch=Stretch(place, place), text=f", aliases: {names}")
    key = next(entry.key for entry in body.entries if entry.name == "id")
    end = Point(old.line, len(file.lines[old.line - 1]) + 1)
    return Edit(file=file, stretch=Stretch(end, end), text=f"\n{' ' * (key.column - 1)}aliases: {names}")
