"""What a rule lacks: help, a number to check, tests, one of the languages."""

from __future__ import annotations

from typing import TYPE_CHECKING

from validator.lang.ir import Aggregate, ColumnRef, FieldRef, HeaderRef, walk
from validator.model.verdict import Verdict
from validator.packs.lint.lint import Lint

if TYPE_CHECKING:
    from collections.abc import Iterator

    from validator.packs.lint.lint import Finding
    from validator.packs.lint.subject import Subject


def _no_help(subject: Subject) -> Iterator[Finding]:
    for rule in subject.pack.rules:
        if not any(rule.help.values()):
            yield subject.place(rule), {"rule": rule.id}


NO_HELP = Lint(
    id="lint/no-help",
    find=_no_help,
    why="A clerk who reads that numbers disagree wants to know where to look next.",
)


_SHOWN = Aggregate | ColumnRef | FieldRef | HeaderRef


def _no_number(subject: Subject) -> Iterator[Finding]:
    for rule in subject.pack.rules:
        if not any(isinstance(node, _SHOWN) for node in walk(rule.assertion)):
            yield subject.place(rule, "assert"), {"rule": rule.id}


NO_NUMBER = Lint(
    id="lint/no-number",
    find=_no_number,
    why="The explanation of a finding is made of the values that decided; without one "
    "there is nothing to show.",
)


def _without(subject: Subject, verdict: Verdict) -> Iterator[Finding]:
    tested = {test.rule.id for test in subject.tests if test.expect is verdict}
    for rule in subject.pack.rules:
        if rule.id not in tested:
            yield subject.place(rule), {"rule": rule.id}


NO_PASSING_TEST = Lint(
    id="lint/no-passing-test",
    find=lambda subject: _without(subject, Verdict.PASS),
    why="A rule that nobody has seen pass may accuse every report.",
)
NO_FAILING_TEST = Lint(
    id="lint/no-failing-test",
    find=lambda subject: _without(subject, Verdict.FAIL),
    why="A rule that nobody has seen fail may find nothing, ever.",
)


_LANGUAGES = ("vi", "en")


def _one_language(subject: Subject) -> Iterator[Finding]:
    for rule in subject.pack.rules:
        for key, words in (("title", rule.title), ("help", rule.help)):
            lacking = [lang for lang in _LANGUAGES if not words.get(lang, "").strip()]
            if lacking and (key == "title" or len(lacking) < len(_LANGUAGES)):
                args = {"rule": rule.id, "key": key, "languages": ", ".join(lacking)}
                yield subject.place(rule, key), args


ONE_LANGUAGE = Lint(
    id="lint/one-language",
    find=_one_language,
    why="Findings are told in the reader's language; without words they fall back to the other one. "
    "A rule without any title is told by its id.",
)
