"""The figures of a finding in words, and what is missing where a rule could not be decided."""

from __future__ import annotations

from typing import TYPE_CHECKING

from validator.render.finding import is_finding
from validator.render.place import near, place

if TYPE_CHECKING:
    from collections.abc import Iterator

    from validator.model.diagnostic import Diagnostic, Label
    from validator.render.option import Options

_MOST_VALUES = 12


def value_words(label: Label, found: Diagnostic, options: Options) -> str:
    """A figure of a finding with its words of the form, its text and its place."""
    words = label.label or label.path
    if not label.raw:
        return options.word(_no_value(label), label=words)
    file = label.location.file if label.location.file != found.location.file else ""
    where = ", ".join(filter(None, [file, place(label.location, options.lang)]))
    return options.word("value", label=words, raw=label.raw, place=where or options.word("whole-file"))


def _no_value(label: Label) -> str:
    return "not-read" if label.is_unread else "no-value"


def short_values(found: Diagnostic, options: Options) -> Iterator[str]:
    """The figures of a finding, each with its place as seen from the place of the finding."""
    for label in found.fields[:_MOST_VALUES]:
        words = label.label or label.path
        where = near(label.location, found.location, options.lang)
        key = ("value" if where else "value-here") if label.raw else _no_value(label)
        yield options.word(key, label=words, raw=label.raw, place=where)
    more = len(found.fields) - _MOST_VALUES
    if more > 0:
        yield options.word("more-values", count=more)


def undecided_words(found: Diagnostic, options: Options) -> str:
    """A rule and what is missing for it."""
    why = missing_words(found, options)
    return options.word("undecided-line", rule=found.id, explanation=why) if why else found.id


def sentence(found: Diagnostic, options: Options) -> str:
    """A finding, or what could not be decided, in words; with its place where there is no line."""
    title, told = found.title, found.explanation
    if not is_finding(found):
        title, told = f"{options.word('undecided-heading')}: {title}", missing_words(found, options)
    elif found.difference:
        told += f" ({options.word('difference')}: {found.difference})"
    where = place(found.location, options.lang) if found.location.line is None else ""
    return ". ".join(filter(None, (title, told, where))) or found.id


def missing_words(found: Diagnostic, options: Options) -> str:
    """What is missing for a rule that could not be decided."""
    missing = ", ".join(label.label or label.path for label in found.fields if not label.raw)
    return found.explanation or (
        options.word("undecided-missing", fields=missing) if missing else found.reason
    )
