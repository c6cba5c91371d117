"""Titles and help that are missing in one of the two languages."""

from __future__ import annotations

from typing import TYPE_CHECKING

from validator.packs.lint.lint import Lint

if TYPE_CHECKING:
    from collections.abc import Iterator

    from validator.packs.lint.lint import Finding
    from validator.packs.lint.subject import Subject

_LANGUAGES = ("vi", "en")


def _find(subject: Subject) -> Iterator[Finding]:
    for rule in subject.pack.rules:
        for key, words in (("title", rule.title), ("help", rule.help)):
            lacking = [lang for lang in _LANGUAGES if not words.get(lang, "").strip()]
            if lacking and (key == "title" or len(lacking) < len(_LANGUAGES)):
                args = {"rule": rule.id, "key": key, "languages": ", ".join(lacking)}
                yield subject.place(rule, key), args


ONE_LANGUAGE = Lint(
    id="lint/one-language",
    find=_find,
    why="Findings are told in the reader's language; without words they fall back to the other one. "
    "A rule without any title is told by its id.",
)
