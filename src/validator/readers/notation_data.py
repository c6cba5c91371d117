"""Notation files: the YAML that says how a language writes numbers, made ready for reading."""

from __future__ import annotations

import re
from functools import cache
from pathlib import Path
from typing import TYPE_CHECKING, Any

from validator.model.location import Location
from validator.model.problem import Problem, ValidatorError
from validator.model.record import record
from validator.readers.digit import PLAIN
from validator.readers.tree import MappingNode, Node, SequenceNode
from validator.readers.yaml_tree import parse_yaml
from validator.resources import rules_folder

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

_DATE_PARTS = {
    "{day}": "(?P<day>[0-9]{1,2})",
    "{month}": "(?P<month>[0-9]{1,2})",
    "{year}": "(?P<year>[0-9]{4})",
}
_DATE_TOKEN = re.compile(r"(\{day\}|\{month\}|\{year\})")


@record
class NotationData:
    """Compiled patterns and word sets of one notation; words are in lower case.

    ``number`` has the groups sign, whole, decimals, tail; ``tail`` has scales and rest;
    ``units`` gives each word that may follow a count the number of its meaning;
    ``nothing`` are the marks for no value, ``nothing_marks`` the characters of them; ``unfilled`` and
    ``none`` are the words for no number; ``number_words`` begin the rest of a number in words;
    ``levels`` and ``periods`` give each word for a unit's level or a kind of period the one that
    rules use; ``two_parts``, not yet compiled like ``dates``, is a number whose separators do not agree.
    """

    decimal: str
    group: str
    number: re.Pattern[str]
    two_parts: str
    tail: re.Pattern[str]
    scale_word: re.Pattern[str]
    scales: Mapping[str, int]
    minus: frozenset[str]
    currency: frozenset[str]
    percent: frozenset[str]
    units: Mapping[str, int]
    nothing: frozenset[str]
    nothing_marks: frozenset[str]
    unfilled: frozenset[str]
    none: frozenset[str]
    number_words: frozenset[str]
    yes: frozenset[str]
    no: frozenset[str]
    folding: Mapping[int, str]
    dates: tuple[str, ...]
    levels: Mapping[str, str]
    periods: Mapping[str, str]


@cache
def load_notation_data(path: str | None = None) -> NotationData:
    """Load a notation file; a file that is none is a wrong use and raises."""
    source = Path(path) if path else rules_folder() / "notation" / "vi.yaml"
    try:
        return _compile(_words(source))
    except (OSError, ValueError, KeyError, TypeError, AttributeError) as fault:
        place = Location(file=str(source))
        raise ValidatorError(
            Problem(code="read/bad-notation", location=place, args={"detail": str(fault)})
        ) from fault


def _words(path: Path) -> dict[str, Any]:
    """Return what a notation file holds, every value as it is written."""
    found = parse_yaml(path.read_text(encoding="utf-8"), str(path))
    if found.root is None or found.problems:
        raise ValueError(", ".join(each.code for each in found.problems))
    words: dict[str, Any] = _plain(found.root)
    return words


def _plain(node: Node) -> Any:
    match node:
        case MappingNode():
            return {entry.name: _plain(entry.value) for entry in node.entries}
        case SequenceNode():
            return [_plain(each) for each in node.items]
        case _:
            return node.text


def _compile(data: Mapping[str, Any]) -> NotationData:
    group = "[" + re.escape("".join(data["group"])) + "]"
    decimal = re.escape(data["decimal"])
    signs = "[" + re.escape("".join([*data["plus"], *data["minus"]])) + "]"
    scales = {str(word).casefold(): int(power) for word, power in data["scales"].items()}
    currency = _folded(data["currency"])
    scale = f"(?!{_alternatives(_folded(data['not_scales']))}){_alternatives(scales)}"
    return NotationData(
        decimal=data["decimal"],
        group="".join(data["group"]),
        number=re.compile(
            rf"({signs}?)([1-9][0-9]{{0,2}}(?:{group}[0-9]{{3}})+|[1-9][0-9]{{0,2}}(?: [0-9]{{3}})+"
            rf"|[0-9]+)(?:{decimal}([0-9]+))?(?: ?((?![0-9., ]|[eE][0-9+-]).*))?"
        ),
        two_parts=rf"{signs}?[0-9]+(?:(?:{group}|{decimal}| )[0-9]+)+(?: ?[^0-9]*)",
        tail=re.compile(rf"((?:{scale}(?=$| |(?:{_alternatives(currency)})(?:$| )) ?){{0,2}})(.*)"),
        scale_word=re.compile(scale),
        scales=scales,
        minus=frozenset(data["minus"]),
        currency=currency,
        percent=_folded(data["percent"]),
        units={
            str(word).casefold(): meaning
            for meaning, words in enumerate(data.get("units", ()))
            for word in words
        },
        nothing=frozenset(data["nothing"]),
        nothing_marks=frozenset("".join(data["nothing"])) | {" "},
        unfilled=_folded(data.get("unfilled", ())),
        none=_folded(data.get("none", ())),
        number_words=_folded(data.get("number_words", ())),
        yes=_folded(data["affirmative"]),
        no=_folded(data["negative"]),
        folding=_folding(data),
        dates=tuple(_date_pattern(template) for template in data["dates"]),
        levels=_canonical(data.get("levels", {})),
        periods=_canonical(data.get("periods", {})),
    )


def _folded(words: Iterable[str]) -> frozenset[str]:
    return frozenset(word.casefold() for word in words)


def _canonical(words: Mapping[str, Iterable[str]]) -> dict[str, str]:
    """Return name by word: each name stands for itself and for the words listed under it."""
    return {str(word).casefold(): name for name, others in words.items() for word in (name, *others)}


def _alternatives(words: Iterable[str]) -> str:
    """Return a pattern of any of *words*, the longest first."""
    return "(?:" + "|".join(re.escape(w) for w in sorted(words, key=len, reverse=True)) + ")"


def _folding(data: Mapping[str, Any]) -> dict[int, str]:
    dropped = dict.fromkeys(map(ord, data["ignored"]), "")
    return {**PLAIN, **dict.fromkeys(map(ord, data["blanks"]), " "), **dropped}


def _date_pattern(template: str) -> str:
    """Turn ``{day}/{month}/{year}`` into a pattern that allows blanks around the parts."""
    parts = (
        _DATE_PARTS.get(part) or re.escape(part.strip().casefold()) for part in _DATE_TOKEN.split(template)
    )
    return " ?".join(part for part in parts if part)
