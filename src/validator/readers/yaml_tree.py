"""YAML text → a tree with places, from libyaml's events, so that nothing is built or run.

What is written as most reports are is read without it, see `usual_yaml.py`.
"""

from __future__ import annotations

import re
from typing import Any

from validator.model.location import Location
from validator.model.problem import Problem
from validator.readers.tree import ScalarNode, TreeBuilder, TreeFault, TreeResult
from validator.readers.usual_yaml import parse_usual

_STANDARD_TAG = "tag:yaml.org,2002:"
_HARMLESS_TAGS = frozenset(
    _STANDARD_TAG + name for name in ("str", "int", "float", "bool", "null", "timestamp", "map", "seq")
)
_TEXT_TAGS = frozenset({"!", _STANDARD_TAG + "str"})
# What libyaml says → the fault as we name it; the first that occurs in its words counts.
_FAULTS = (
    ("'\\t'", "tab"),
    ("tab character", "tab"),
    ("mapping values are not allowed", "yaml-stray-colon"),
    ("could not find expected ':'", "yaml-missing-colon"),
    ("unexpected end of stream", "yaml-open-quote"),
    ("expected ',' or", "yaml-open-bracket"),
    ("did not find expected node content", "yaml-open-bracket"),
    ("escape", "yaml-backslash"),
    ("did not find expected", "yaml-indentation"),
    ("expected <block end>", "yaml-indentation"),
    ("block sequence entries are not allowed", "yaml-indentation"),
    ("control characters", "control-character"),
    ("special characters", "control-character"),
    ("maximum nesting", "too-deep"),
)


def parse_yaml(text: str, file: str = "") -> TreeResult:
    """Read the first document of *text*; every fault is a problem at its line and column."""
    return parse_usual(text, file) or parse_any(text, file)


def parse_any(text: str, file: str = "") -> TreeResult:
    """Read *text* as libyaml does."""
    import yaml

    builder = TreeBuilder(file)
    loader: Any = getattr(yaml, "CSafeLoader", yaml.SafeLoader)
    try:
        _build(builder, yaml.parse(text, Loader=loader))
    except TreeFault as fault:
        return TreeResult(root=None, problems=(*builder.problems, fault.problem))
    except yaml.YAMLError as fault:
        problem = _syntax_problem(fault, text, file)
        return TreeResult(root=None, problems=(*builder.problems, problem))
    return builder.result()


def _build(builder: TreeBuilder, events: Any) -> None:
    import yaml

    documents = 0
    for event in events:
        match event:
            case yaml.ScalarEvent():
                builder.add(_scalar(builder, event))
            case yaml.MappingStartEvent() | yaml.SequenceStartEvent():
                _check_tag(builder, event)
                mapping = isinstance(event, yaml.MappingStartEvent)
                mark: Any = event.start_mark
                builder.begin(mapping=mapping, line=mark.line + 1, column=mark.column + 1)
            case yaml.MappingEndEvent() | yaml.SequenceEndEvent():
                builder.end()
            case yaml.AliasEvent():
                _refuse_alias(builder, event)
            case yaml.DocumentStartEvent():
                documents += 1
                if documents > 1:
                    builder.note("several-documents", _at(event, builder))
                    return


def _scalar(builder: TreeBuilder, event: Any) -> ScalarNode:
    """Make a node of a scalar event; nothing but quotes and tags decides what it is."""
    start, end = event.start_mark, event.end_mark
    if event.tag is not None:
        _check_tag(builder, event)
    return ScalarNode(
        text=event.value,
        quoted=event.style not in (None, "") or event.tag in _TEXT_TAGS,
        line=start.line + 1,
        column=start.column + 1,
        end_column=end.column + 1 if end.line == start.line else None,
    )


def _check_tag(builder: TreeBuilder, event: Any) -> None:
    """Note a tag that asks for more than the plain types; the value itself is kept as text."""
    tag = event.tag
    if tag is None or tag in _HARMLESS_TAGS or tag in _TEXT_TAGS:
        return
    written = tag.replace(_STANDARD_TAG, "!!")
    builder.note("custom-tag", _at(event, builder), tag=written)


def _refuse_alias(builder: TreeBuilder, event: Any) -> None:
    """Refuse an alias: a few lines of them can stand for billions of values."""
    key = builder.pending_key
    code = "merge-key" if key is not None and key.text == "<<" else "alias"
    raise TreeFault(builder.problem(code, _at(event, builder), name=str(event.anchor)))


def _at(event: Any, builder: TreeBuilder) -> Location:
    mark = event.start_mark
    return Location(file=builder.file, line=mark.line + 1, column=mark.column + 1)


def _syntax_problem(fault: Any, text: str, file: str) -> Problem:
    """Name the fault that libyaml describes, at the place it complains of."""
    words = str(getattr(fault, "problem", None) or getattr(fault, "reason", None) or fault)
    mark = getattr(fault, "problem_mark", None) or getattr(fault, "context_mark", None)
    line, column = (mark.line + 1, mark.column + 1) if mark else _place_of_offset(fault, text)
    begun = getattr(fault, "context_mark", None)
    name = next((name for sign, name in _FAULTS if sign in words), "invalid-yaml")
    glued = _colon_without_space(text, begun.line + 1 if begun else line - 1, line)
    if glued and name in ("yaml-stray-colon", "yaml-missing-colon", "yaml-indentation"):
        name, (line, column) = "colon-without-space", glued
    if name != "too-deep" and _has_tab_indent(text, line):
        name = "tab"
    return Problem(
        code=f"read/{name}",
        location=Location(file=file, line=line, column=column),
        args={
            "name": _line(text, line).strip()[:60],
            "detail": words,
            "first_line": begun.line + 1 if begun else line,
            "limit": 0,
        },
    )


def _colon_without_space(text: str, first: int, last: int) -> tuple[int, int] | None:
    """Return where, from line *first* to *last*, a value follows the colon of its name at once."""
    for number in range(max(1, min(first, last - 1)), last + 1):
        found = re.match(r"\s*(?:- )?([^\s:#'\"{\[]+:)[^\s:/]", _line(text, number))
        if found:
            return number, found.start(1) + 1
    return None


def _line(text: str, number: int) -> str:
    lines = text.split("\n", number)
    return lines[number - 1] if number <= len(lines) else ""


def _has_tab_indent(text: str, line: int) -> bool:
    written = _line(text, line)
    return "\t" in written[: len(written) - len(written.lstrip())]


def _place_of_offset(fault: Any, text: str) -> tuple[int, int]:
    """Return line and column of a character that YAML does not allow."""
    position = getattr(fault, "position", 0) or 0
    before = text[:position] if isinstance(position, int) else ""
    return before.count("\n") + 1, len(before) - before.rfind("\n")
