"""A report that was read, as a report file: each value with its place and its text as a comment."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from validator.checking.sidecar import entry_lines, quoted
from validator.diagnostics.shown import reach_text, unbound_why
from validator.readers.kind import SECTION
from validator.render.place import place
from validator.render.terminal import clean
from validator.render.written import written_value
from validator.wording.in_language import in_language
from validator.wording.message import message

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    from validator.model.field import Form, TableDef
    from validator.model.reach import Reach
    from validator.model.report import Cell, Report, Row

_LONGEST = 160


def report_yaml(report: Report, form: Form, reach: Reach | None, lang: str) -> str:
    """Return *report* as YAML that reads as the same report."""
    lines = [_comment(message("binding/read-from", lang, {"path": report.file}))]
    if reach is not None:
        lines.append(_comment(in_language(reach_text(reach), lang)))
    lines += [*report_header(report), *_group(field_tree(report.cells), form, lang, 0)]
    for name, rows in report.tables.items():
        lines += _table(name, rows, form.tables[name], lang)
    if report.explanations:
        lines.append(f"{SECTION}:")
        lines += [line for each in report.explanations for line in entry_lines(each, "  ")]
    if reach is not None:
        lines += _left_over(reach, lang)
    return "\n".join(lines) + "\n"


def report_header(report: Report) -> Iterator[str]:
    """Yield the lines of the ``report:`` part."""
    unit, period = report.unit, report.period
    parts = {"id": unit.id, "name": unit.name, "level": unit.level, "parent": unit.parent}
    days = {"kind": period.kind, "from": period.start, "to": period.end}
    yield "report:"
    yield f"  form: {quoted(report.form or '')}"
    if report.submitted:
        yield f"  submitted: {quoted(str(report.submitted))}"
    for name, values in (("unit", parts), ("period", days), ("parts", report.parts)):
        shown = ", ".join(f"{key}: {quoted(str(value))}" for key, value in values.items() if value)
        if shown:
            yield f"  {name}: {{{shown}}}"


def field_tree(cells: Mapping[str, tuple[Cell, ...]]) -> dict[str, Any]:
    """Return the cells by the parts of their names; a name that is also a group stays joined."""
    groups = {path.rpartition(".")[0] for path in cells}
    tree: dict[str, Any] = {}
    for path, found in cells.items():
        *parents, name = path.split(".")
        node = tree
        for each in parents:
            child = node.setdefault(each, {})
            node = child if isinstance(child, dict) else node
        if path in groups or name in node:
            tree[path] = found
        else:
            node[name] = found
    return tree


def _group(tree: Mapping[str, Any], form: Form, lang: str, depth: int) -> Iterator[str]:
    lead = "  " * depth
    for name, found in tree.items():
        if isinstance(found, dict):
            yield f"{lead}{name}:"
            yield from _group(found, form, lang, depth + 1)
        elif len(found) == 1:
            yield f"{lead}{name}: {_statement(found[0], form, lang)}"
        else:
            yield f"{lead}{name}:"
            yield from (f"{lead}  - {_statement(each, form, lang)}" for each in found)


def _statement(cell: Cell, form: Form, lang: str) -> str:
    value = quoted(written_value(cell, form.fields[cell.path]))
    where = place(cell.location, lang)
    about = " · ".join(filter(None, [where, f"[{cell.raw}]", cell.location.excerpt or cell.text]))
    return f"{value}  {_comment(about)}"


def _table(name: str, rows: tuple[Row, ...], table: TableDef, lang: str) -> Iterator[str]:
    yield f"{name}:"
    for row in rows:
        parts = (
            f"{column}: {quoted(written_value(row.cells[column], definition))}"
            for column, definition in table.columns.items()
            if column in row.cells
        )
        yield f"  - {{{', '.join(parts)}}}  {_comment(place(row.location, lang))}"


def _left_over(reach: Reach, lang: str) -> Iterator[str]:
    """List the numbers that were not bound, and count those that are no figures."""
    if reach.unbound:
        yield _comment(message("binding/unbound-heading", lang, {"count": len(reach.unbound)}))
    for each in reach.unbound:
        args = {
            "raw": each.raw,
            "place": place(each.location, lang),
            "text": each.text,
            "why": in_language(unbound_why(each), lang),
        }
        yield _comment("  " + message("binding/unbound-line", lang, args), 2 * _LONGEST)
    if reach.others:
        yield _comment(message("binding/others", lang, {"count": sum(reach.others.values())}))


def _comment(text: str, longest: int = _LONGEST) -> str:
    lead = len(text) - len(text.lstrip(" "))
    plain = " ".join(clean(text).split())
    return "# " + " " * lead + (plain if len(plain) <= longest else plain[: longest - 1] + "…")
