"""Which verdicts and which branches of a rule its runs reached."""

from __future__ import annotations

from typing import TYPE_CHECKING

from validator.engine.run import run_rule
from validator.engine.trace import trace_of
from validator.exact import truth as t
from validator.lang.ir import Aggregate, If, Logic, Quantifier, walk
from validator.model.record import record
from validator.model.verdict import Verdict

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from validator.engine.context import Context
    from validator.lang.ir import Collection, Node
    from validator.packs.pack import Rule


@record
class Branch:
    """One way through a rule: ``kind`` (``verdict``, ``true``, ``empty`` …) of a part of its text."""

    kind: str
    part: str
    text: str
    node: Node | Collection | None = None

    @property
    def key(self) -> tuple[int, str]:
        """What tells the branch from the others of its rule."""
        return id(self.node), self.kind


@record
class RuleCoverage:
    """The branches of a rule, and those of them that no run reached."""

    rule: Rule
    verdicts: frozenset[Verdict]
    branches: tuple[Branch, ...]
    missed: tuple[Branch, ...]


def cover(rule: Rule, contexts: Iterable[Context]) -> RuleCoverage:
    """Run *rule* on *contexts* and return what they reached."""
    reached: set[tuple[int, str]] = set()
    verdicts: set[Verdict] = set()
    for context in contexts:
        result = run_rule(rule, context)
        verdicts.add(result.verdict)
        if result.verdict is Verdict.ERROR:
            continue
        seen = trace_of(result).seen
        reached |= {
            (node, kind)
            for (node, _), found in seen.truths.items()
            for outcome, kind in ((t.TRUE, "true"), (t.FALSE, "false"))
            if found == outcome
        }
        reached |= {(node, "some" if is_some else "empty") for node, is_some in seen.collections}
    branches = tuple(_branches(rule))
    known = {verdict.value for verdict in verdicts}
    missed = tuple(
        branch
        for branch in branches
        if (branch.text not in known if branch.kind == "verdict" else branch.key not in reached)
    )
    return RuleCoverage(rule=rule, verdicts=frozenset(verdicts), branches=branches, missed=missed)


def _branches(rule: Rule) -> Iterator[Branch]:
    """Yield what the runs of a rule should reach: both verdicts, and its guard false if it has one."""
    wanted = [Verdict.PASS, Verdict.FAIL]
    if rule.guard is not None or rule.levels or rule.periods or rule.since or rule.until:
        wanted.append(Verdict.NOT_APPLICABLE)
    yield from (Branch(kind="verdict", part="", text=verdict.value) for verdict in wanted)
    for part, root, text in (
        ("when", rule.guard, rule.guard_text or ""),
        ("assert", rule.assertion, rule.assert_text),
    ):
        for node in walk(root) if root is not None else ():
            yield from _of_node(node, part, text)


def _of_node(node: Node, part: str, text: str) -> Iterator[Branch]:
    match node:
        case Logic():
            conditions: tuple[Node, ...] = node.operands
        case If():
            conditions = (node.condition,)
        case Quantifier() | Aggregate():
            conditions = () if node.condition is None else (node.condition,)
            for kind in ("some", "empty"):
                yield Branch(kind=kind, part=part, text=node.collection.name, node=node.collection)
        case _:
            return
    for condition in conditions:
        start, end = condition.span
        for kind in ("true", "false"):
            yield Branch(kind=kind, part=part, text=text[start:end], node=condition)
