"""Lines of the language tables: the form they speak of, and what their rules say of their values."""

from __future__ import annotations

import unicodedata
from pathlib import Path

import pytest

from validator.engine.context import Context
from validator.engine.run import run_rule
from validator.packs.load import compile_pack
from validator.packs.pack import PackFile
from validator.readers.structured import read_structured
from validator.readers.tree import MappingNode, TreeResult
from validator.readers.yaml_tree import parse_yaml

HERE = Path(__file__).parent
FORM = PackFile(path="pack.yaml", name="pack.yaml", data=(HERE / "form.yaml").read_bytes())


def table(name):
    """The lines of a table as trees, so that numbers keep the digits they are written with."""
    text = (HERE / name).read_text(encoding="utf-8")
    tree = parse_yaml("cases:\n" + "".join(f"  {line}\n" for line in text.splitlines()), name)
    assert tree.problems == ()
    return [
        pytest.param(case, id=f"{case.line - 1}: {word(case, 'expr')}")
        for case in tree.root.get("cases").items
    ]


def word(case, key, default=None):
    found = case.get(key)
    return default if found is None else found.text


def load(case):
    """The pack whose one rule is that of a line."""
    lines = ["rules:", "  - id: the-rule", *(f"    {line}" for line in _rule(case))]
    for key in ("define", "within"):
        if case.get(key) is not None:
            lines.insert(0, f"{key}: {_flow(case.get(key))}")
    text = "\n".join(lines) + "\n"
    if word(case, "compose"):
        text = unicodedata.normalize(word(case, "compose"), text)
    return compile_pack((FORM, PackFile(path="rule.yaml", name="rule.yaml", data=text.encode())), "language")


def _rule(case):
    yield f"assert: {_quoted(word(case, 'expr'))}"
    if case.get("when") is not None:
        yield f"when: {_quoted(word(case, 'when'))}"
    if case.get("missing") is not None:
        yield f"missing: {_flow(case.get('missing'))}"


def _quoted(text):
    return "'" + text.replace("'", "''") + "'"


def _flow(node):
    if isinstance(node, MappingNode):
        return "{" + ", ".join(f"{_quoted(each.name)}: {_flow(each.value)}" for each in node.entries) + "}"
    return _quoted(node.text)


def judge(case):
    """The result of a line's rule on the line's values."""
    loaded = load(case)
    assert loaded.problems == ()
    form = loaded.pack.form
    faults = []

    def report(node):
        read = read_structured(TreeResult(root=node), {form.name: form}, form=form.name)
        faults.extend(read.problems)
        return read.report

    context = Context(
        report=report(case.get("values")),
        joined={"prior": report(case.get("prior"))} if case.get("prior") else {},
        children=tuple(map(report, case.get("children").items)) if case.get("children") else None,
    )
    assert bool(faults) == bool(word(case, "faults")), faults
    return run_rule(loaded.pack.rules[0], context)
