"""A YAML or JSON report → a Report whose every value knows its text and its place."""

from __future__ import annotations

import re
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING

from validator.model.problem import Problem
from validator.model.record import evolve, record
from validator.model.report import Cell, Report, Row
from validator.model.suggestion import nearest
from validator.readers.compartment import Compartments
from validator.readers.encoding import decode, read_bytes, too_large
from validator.readers.header import HEADER, Header, read_header
from validator.readers.kind import SECTION
from validator.readers.missing_header import groups_of, missing_header
from validator.readers.notation import Notation, load_notation
from validator.readers.shape import Faults
from validator.readers.statement import Slot, is_statement, read_statement
from validator.readers.table import read_table
from validator.readers.tree import Entry, MappingNode, ScalarNode, SequenceNode, TreeResult, location_of

if TYPE_CHECKING:
    from collections.abc import Mapping

    from validator.model.document import Document
    from validator.model.explanation import Explanation
    from validator.model.field import FieldDef, Form
    from validator.model.reach import Reach
    from validator.readers.tree import Node

_LIKE_JSON = re.compile(r'\s*(?:\{\s*["}]|\[\s*["{\]])')


@record
class ReadResult:
    """A report, or None if the file is none, and all that was noticed while reading.

    ``document`` is what an office file holds, ``reach`` how much of it was understood.
    """

    report: Report | None
    problems: tuple[Problem, ...] = ()
    reach: Reach | None = None
    document: Document | None = None


def read_structured(
    source: str | Path | bytes | TreeResult,
    forms: Mapping[str, Form],
    *,
    form: str | None = None,
    file: str = "",
    notation: Notation | None = None,
) -> ReadResult:
    """Read a report from a path, the bytes of a file, or a tree that was read before.

    *form* names the form to read by whatever the file says; a file may then lack a header.
    """
    tree = source if isinstance(source, TreeResult) else read_tree(source, file)
    if tree.root is None:
        return ReadResult(report=None, problems=tree.problems)
    name = file or (str(source) if isinstance(source, str | Path) else "")
    written = notation or load_notation()
    header = read_header(tree.root, name, written)
    chosen, doubts = _choose_form(header, forms, form, tree.root, name)
    problems = (*tree.problems, *header.problems, *doubts)
    if chosen is None:
        return ReadResult(report=None, problems=problems)
    walker = _Walker(chosen, written, name)
    walker.group(tree.root, "")
    explanations, odd = _explanations(walker, name)
    report = Report(
        form=chosen.name,
        unit=header.unit,
        period=header.period,
        submitted=header.submitted,
        parts=header.parts,
        cells={path: tuple(cells) for path, cells in walker.cells.items()},
        tables=walker.tables,
        file=name,
        explanations=explanations,
    )
    problems = (*problems, *walker.faults.problems, *walker.apart.told(), *odd)
    if walker.faults.odd_shape or header.odd_shape:
        problems = _with_shape(tree.root, chosen, problems, name)
    return ReadResult(report=report, problems=problems)


def _explanations(walker: _Walker, name: str) -> tuple[tuple[Explanation, ...], tuple[Problem, ...]]:
    """Return the explanations in a report, which few have, and what is odd about them."""
    if not walker.explanations:
        return (), ()
    from validator.readers.explanation import read_section

    found = read_section(walker.explanations, name)
    return found.explanations, found.problems


def read_tree(source: str | Path | bytes, file: str = "") -> TreeResult:
    """Read a path or the bytes of a file as JSON or YAML, by its name or its first characters."""
    name = file or (str(source) if isinstance(source, str | Path) else "")
    data = too_large(source, name) or source if isinstance(source, bytes) else read_bytes(str(source))
    if isinstance(data, Problem):
        place = evolve(data.location, file=name)
        return TreeResult(root=None, problems=(evolve(data, location=place),))
    decoded = decode(data, name)
    if decoded.text is None:
        return TreeResult(root=None, problems=decoded.problems)
    parsed = _parse(decoded.text, name)
    return evolve(parsed, problems=(*decoded.problems, *parsed.problems))


def _parse(text: str, name: str) -> TreeResult:
    """Read *text* by the name of its file; without a telling name, by how it begins."""
    suffix = Path(name).suffix.lower()
    if suffix == ".json" or (suffix not in (".yaml", ".yml") and _LIKE_JSON.match(text)):
        from validator.readers.json_tree import parse_json

        return parse_json(text, name)
    from validator.readers.yaml_tree import parse_yaml

    return parse_yaml(text, name)


def _choose_form(
    header: Header, forms: Mapping[str, Form], wanted: str | None, root: MappingNode, file: str
) -> tuple[Form | None, tuple[Problem, ...]]:
    """Return the form to read by, if any, and what is odd about it."""
    faults = Faults(file)
    name = wanted or header.form
    known = ", ".join(sorted(forms))
    if name in forms and name is not None:
        if header.form_node and header.form not in (None, name):
            faults.add("other-form", header.form_node, f"{HEADER}.form", form=header.form, chosen=name)
        return forms[name], tuple(faults.problems)
    if name is None and header.node is None:
        if not any(problem.location.pointer == HEADER for problem in header.problems):
            code, node, told = missing_header(root, forms)
            faults.add(code, node, HEADER, known=known, **told)
    elif name is None:
        faults.add("no-form", header.node or root, f"{HEADER}.form", known=known)
    else:
        node = header.form_node or header.node or root
        guess = nearest(name, forms)
        faults.add("unknown-form", node, f"{HEADER}.form", form=name, known=known, suggestion=guess)
    return None, tuple(faults.problems)


def _with_shape(
    root: MappingNode, form: Form, problems: tuple[Problem, ...], file: str
) -> tuple[Problem, ...]:
    """Add what the schema says of the shape at places that nothing was said of yet."""
    from validator.readers.schema import report_schema
    from validator.readers.shape_check import SHAPE_CODES, check_shape

    said = tuple(problem.location.pointer or "" for problem in problems)
    found = check_shape(root, report_schema(form), file, codes=SHAPE_CODES)
    fresh = (problem for problem in found if (problem.location.pointer or "") not in said)
    return (*problems, *fresh)


class _Walker:
    """Walks a tree along the fields and tables of a form."""

    def __init__(self, form: Form, notation: Notation, file: str) -> None:
        self.form = form
        self.notation = notation
        self.faults = Faults(file)
        self.apart = Compartments(file)
        self.cells: dict[str, list[Cell]] = {}
        self.tables: dict[str, tuple[Row, ...]] = {}
        self.lines: dict[str, int] = {}
        self.groups = groups_of(form)
        self.explanations: Node | None = None

    def group(self, node: MappingNode, prefix: str) -> None:
        """Read the entries of a group; their names go on from *prefix*."""
        for entry in node.entries:
            path = prefix + entry.name
            if path == HEADER:
                continue
            if path in self.form.tables:
                self._table(entry, path)
            elif path in self.form.fields and not self._is_group(entry.value, path):
                self._field(entry, path, self.form.fields[path])
            elif path in self.groups:
                self._enter(entry.value, path)
            elif path == SECTION:
                self.explanations = entry.value
            else:
                self._unknown(entry, path)

    def _is_group(self, node: Node, path: str) -> bool:
        """Whether a name that is both a field and a group is used as a group."""
        return path in self.groups and isinstance(node, MappingNode) and not is_statement(node)

    def _enter(self, node: Node, path: str) -> None:
        if isinstance(node, MappingNode):
            self.group(node, path + ".")
        elif not (isinstance(node, ScalarNode) and node.is_null):
            self.faults.shape("not-a-group", node, path)

    def _unknown(self, entry: Entry, path: str) -> None:
        """Warn of a name that the form does not have."""
        known = [*self.form.fields, *self.form.tables, *self.groups]
        if isinstance(entry.value, MappingNode):
            known = [*self.groups]
        groups = ", ".join(
            dict.fromkeys(name.partition(".")[0] for name in (*self.form.fields, *self.form.tables))
        )
        known = known or [*self.form.fields]
        self.faults.unknown("unknown-field", entry.key, path, path, known, groups=groups)

    def _is_repeated(self, entry: Entry, path: str) -> bool:
        """Note a path that was met before, nested at one place and joined at another."""
        first = self.lines.setdefault(path, entry.key.line)
        if first == entry.key.line and path not in self.cells and path not in self.tables:
            return False
        self.faults.add("duplicate-field", entry.key, path, name=path, first_line=first)
        return True

    def _table(self, entry: Entry, path: str) -> None:
        if not self._is_repeated(entry, path):
            read = partial(read_table, entry.value, self.form.tables[path], self.notation, self.faults)
            rows = self.apart.one(partial(location_of, entry.value, "", path), read, None)
            if rows is not None:
                self.tables[path] = rows

    def _field(self, entry: Entry, path: str, definition: FieldDef) -> None:
        """Read the one statement of a field, or each of its several ones."""
        if self._is_repeated(entry, path):
            return
        value = entry.value
        slot = Slot(pointer=path)
        nodes = value.items if isinstance(value, SequenceNode) else (value,)
        for node in nodes:
            read = partial(read_statement, node, definition, slot, self.notation, self.faults)
            cell = self.apart.one(partial(location_of, node, "", path), read, None)
            if cell is not None:
                self.cells.setdefault(path, []).append(cell)
