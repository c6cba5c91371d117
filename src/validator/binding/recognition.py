"""The recognition file: what the parts of a document are called, made ready for comparing."""

from __future__ import annotations

import re
from datetime import date
from functools import cache
from typing import TYPE_CHECKING, Any

from validator.binding.abbreviation import Abbreviations, abbreviations
from validator.model.record import record
from validator.resources import load_words, rules_folder
from validator.text.fold import folded, words

if TYPE_CHECKING:
    from collections.abc import Mapping

_DATE = r"([0-9]{1,2} ?[/.-] ?[0-9]{1,2} ?[/.-] ?[12][0-9]{3})"
_BRACKETS = re.compile(r"\([^()]*\)")


@record
class PeriodWords:
    """A wording of the period: the kind that it names and its pattern over folded text."""

    kind: str
    pattern: re.Pattern[str]


@record
class Recognition:
    """Folded words and compiled patterns of one language."""

    abbreviations: Abbreviations
    columns: Mapping[str, frozenset[tuple[str, ...]]]
    of_which: frozenset[tuple[str, ...]]
    appendix: tuple[str, ...]
    appendix_name: re.Pattern[str]
    levels: tuple[tuple[str, str], ...]
    order: tuple[str, ...]
    """The levels, the lowest first."""
    level_words: Mapping[str, str]
    committee: tuple[str, ...]
    speaks: tuple[str, ...]
    closing: tuple[str, ...]
    attached: tuple[str, ...]
    addressed: tuple[str, ...]
    reporter: tuple[str, ...]
    other_columns: tuple[str, ...]
    weak: frozenset[str]
    day: tuple[str, ...]
    quarter_word: tuple[str, ...]
    month_word: tuple[str, ...]
    day_word: tuple[str, ...]
    whole_dates: re.Pattern[str]
    titles: tuple[str, ...]
    grounds: tuple[str, ...]
    offices: tuple[str, ...]
    follows: tuple[str, ...]
    of_word: tuple[str, ...]
    dateline: re.Pattern[str]
    covering: re.Pattern[str]
    whole_day: re.Pattern[str]
    outlook: re.Pattern[str]
    example: re.Pattern[str]
    set_for_year: re.Pattern[str]
    compares: re.Pattern[str]
    window: tuple[re.Pattern[str], ...]
    signed: re.Pattern[str]
    periods: tuple[PeriodWords, ...]
    numbers: tuple[tuple[str, re.Pattern[str]], ...]
    fillers: frozenset[str]
    not_money: frozenset[str]
    copula: tuple[str, ...]
    own_words: Mapping[str, str]
    elsewhere: re.Pattern[str]
    same_units: tuple[frozenset[tuple[str, ...]], ...]
    lowest: str
    begun: Mapping[str, date]
    """The day on which units of a level began their work as they are now."""
    ranks: Mapping[str, int]
    joins_units: re.Pattern[str]

    def label_variants(self, label: str) -> tuple[tuple[str, ...], ...]:
        """Return the words of a label, and of the label without what stands in brackets."""
        whole = self.abbreviations.words(label)
        bare = self.abbreviations.words(_BRACKETS.sub(" ", label))
        return (whole, bare) if bare and bare != whole else (whole,)


@cache
def load_recognition(language: str = "vi") -> Recognition:
    """Return the recognition data of *language*, read once."""
    return _compile(load_words(rules_folder() / "recognition" / f"{language}.yaml"))


def _compile(data: Mapping[str, Any]) -> Recognition:
    short = abbreviations(data["abbreviations"])
    levels = [(folded(word), level) for level, names in data["levels"].items() for word in names]
    return Recognition(
        abbreviations=short,
        columns={role: frozenset(words(each) for each in names) for role, names in data["columns"].items()},
        of_which=frozenset(words(each) for each in data["of_which"]),
        appendix=tuple(folded(each) for each in data["appendix"]),
        appendix_name=re.compile(folded_pattern(data["appendix_name"])),
        level_words={folded(word): word for names in data["levels"].values() for word in names},
        order=tuple(data["levels"]),
        levels=tuple(sorted(levels, key=lambda each: -len(each[0]))),
        committee=tuple(sorted({folded(each) for each in data["committee"]}, key=len, reverse=True)),
        speaks=_folded(data["speaks"]),
        closing=_folded(data["closing"]),
        attached=_folded(data["attached"]),
        addressed=_folded(data["addressed"]),
        reporter=_folded(data["reporter"]),
        other_columns=_folded(data["other_columns"]),
        weak=frozenset(data["weak"]),
        day=_folded(data["day"]),
        quarter_word=tuple(data["quarter_word"]),
        month_word=tuple(data["month_word"]),
        day_word=tuple(data["day_word"]),
        whole_dates=re.compile("|".join(data["whole_dates"])),
        signed=re.compile(data["signed"]),
        window=tuple(re.compile(each.replace("{date}", _DATE)) for each in data["window"]),
        periods=tuple(
            PeriodWords(kind=each["kind"], pattern=re.compile(each["pattern"])) for each in data["periods"]
        ),
        numbers=tuple(
            (kind, re.compile("|".join(f"(?:{each})" for each in patterns)))
            for kind, patterns in data["numbers"].items()
        ),
        not_money=frozenset(folded(each) for each in data["not_money"]),
        copula=tuple(folded(each) for each in data["copula"]),
        fillers=frozenset(word for each in data["fillers"] for word in words(each)),
        **_of_head(data),
        **_of_lists(data, short),
    )


def _of_head(data: Mapping[str, Any]) -> dict[str, Any]:
    """Return the words of titles and letterheads, and the patterns of what in a head is of others."""
    names = ("titles", "grounds", "offices", "follows", "of_word")
    patterns = (
        "dateline",
        "covering",
        "whole_day",
        "outlook",
        "example",
        "set_for_year",
        "compares",
        "joins_units",
    )
    return {
        **{name: _folded(data[name]) for name in names},
        **{name: re.compile(data[name]) for name in patterns},
    }


def _of_lists(data: Mapping[str, Any], short: Abbreviations) -> dict[str, Any]:
    """Return the words around the labels of figures."""
    return {
        "own_words": data["in_period"],
        "elsewhere": re.compile("|".join(rf"\b(?:{each})" for each in data["elsewhere"])),
        "same_units": tuple(frozenset(map(short.words, names)) for names in data["same_units"]),
        "lowest": data["lowest"],
        "begun": {level: date.fromisoformat(day) for level, day in data["begun"].items()},
        "ranks": {word.casefold(): at for at, names in enumerate(data["levels"].values()) for word in names},
    }


def _folded(names: list[str]) -> tuple[str, ...]:
    return tuple(folded(each) for each in names)


def folded_pattern(pattern: str) -> str:
    """Fold the letters of a pattern, leaving its signs alone."""
    from validator.text.fold import fold_character

    return "".join(fold_character(each) if each.isalpha() else each for each in pattern)
