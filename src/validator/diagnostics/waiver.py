"""Explanations held against the findings they were given for.

An explanation silences nothing: a soft finding whose values are those that it was given for is
listed as explained, and every explanation that explains nothing is a finding of its own.
"""

from __future__ import annotations

from collections import defaultdict
from typing import TYPE_CHECKING

from validator.diagnostics.fingerprint import fingerprint, in_one_spelling, values_of
from validator.diagnostics.problem import explain_problem
from validator.model.problem import Problem
from validator.model.record import evolve, field, record
from validator.model.suggestion import nearest
from validator.model.verdict import Severity, Verdict
from validator.model.words import say, together
from validator.readers.value import shown

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping, Sequence

    from validator.model.diagnostic import Diagnostic
    from validator.model.explanation import Explanation

_NEVER = ("read", "document", "waiver", "binding", "joined", "archive")
_LONGEST = 1000
_MOST_GUESSES = 20
_MOST_SHOWN = 12


@record
class Rules:
    """What a run knows of rules: every name to the ids it stands for, and the ids that were run.

    Of a rule that was not run nothing is said: its findings might be there.
    """

    names: Mapping[str, tuple[str, ...]] = field(default_factory=dict)
    ran: frozenset[str] = frozenset()

    def ids(self, name: str) -> tuple[str, ...]:
        """Return the ids that *name* stands for; a name that no rule has stands for itself."""
        return self.names.get(name, (name,))


def applied(
    found: Sequence[Diagnostic],
    explanations: Iterable[Explanation],
    rules: Rules,
) -> tuple[Diagnostic, ...]:
    """Return the findings on one report, the explained ones marked, and one for each idle explanation."""
    board = _Board(found, rules)
    given = list(explanations)
    accepted = {number: board.accepts(each) for number, each in enumerate(given)}
    board.decide({number: indices for number, indices in accepted.items() if indices}, given)
    for number, each in enumerate(given):
        board.tell(number, each, accepts=bool(accepted[number]))
    return (*board.found, *board.told)


def is_open_to_explanation(found: Diagnostic) -> bool:
    """Whether a finding may be explained instead of corrected."""
    soft = found.verdict is Verdict.FAIL and found.severity is not Severity.ERROR
    return soft and found.id.partition("/")[0] not in _NEVER


def is_about(found: Diagnostic, path: str) -> bool:
    """Whether *path* is one of the figures of a finding; an empty path is about any."""
    return not path or any(label.path == path for label in found.fields)


class _Board:
    """The findings of one report while explanations are held against them."""

    def __init__(self, found: Sequence[Diagnostic], rules: Rules) -> None:
        self.found = list(found)
        self.rules = rules
        self.told: list[Diagnostic] = []
        self._winners: dict[int, int] = {}
        self._guesses: dict[str, str] = {}
        self._by_id: dict[str, list[int]] = defaultdict(list)
        self._prints: dict[int, str] = {}
        for index, each in enumerate(self.found):
            if each.verdict is Verdict.FAIL:
                self._by_id[each.id].append(index)
                self._prints[index] = fingerprint(each)

    def accepts(self, given: Explanation) -> tuple[int, ...]:
        """Return the findings that an explanation was given for, values and all."""
        return tuple(
            index
            for index in self._about(given)
            if is_open_to_explanation(self.found[index]) and self._prints[index] == given.fingerprint
        )

    def decide(self, accepted: Mapping[int, tuple[int, ...]], given: Sequence[Explanation]) -> None:
        """Mark every finding with the newest of its explanations, of one day with the last."""
        for number, indices in sorted(accepted.items(), key=lambda item: (_day(given[item[0]]), item[0])):
            for index in indices:
                self._winners[index] = number
        for index, number in self._winners.items():
            self.found[index] = evolve(self.found[index], waiver=_words(given[number]))

    def tell(self, number: int, given: Explanation, *, accepts: bool) -> None:
        """Tell of an explanation that explains nothing, and why."""
        if accepts:
            if number not in self._winners.values():
                self._add("superseded", given)
            return
        about = [self.found[index] for index in self._about(given)]
        soft = [each for each in about if is_open_to_explanation(each)]
        still_open = [each for each in soft if not each.waiver]
        if given.rule.partition("/")[0] in _NEVER:
            self._add("no-rule", given)
        elif still_open and not given.fingerprint:
            self._add("no-fingerprint", given)
        elif still_open:
            self._lapsed(given, still_open)
        elif len(soft) < len(about):
            self._add("hard-finding", given)
        else:
            self._unused(given)

    def _about(self, given: Explanation) -> list[int]:
        ids = self.rules.ids(given.rule)
        candidates = (index for each in ids for index in self._by_id.get(each, ()))
        return [index for index in candidates if is_about(self.found[index], given.path)]

    def _lapsed(self, given: Explanation, found: Sequence[Diagnostic]) -> None:
        """Tell old and new values; of several findings, those of the one that changed least.

        What changed may not be among the values shown: whose they are, or one of very many.
        """
        fewest = min((changes(given, each) for each in found), key=len)
        if given.values:
            now = together(fewest, "; ") or say("waiver/changed-elsewhere")
        else:
            shown = found[0].fields[:_MOST_SHOWN]
            every = [together([label.label, f": {label.raw or '–'}"]) for label in shown]
            more = len(found[0].fields) - len(shown)
            values = together([*every, f"… (+{more})" if more else ""], "; ")
            now = say("waiver/now", {"values": values or found[0].explanation})
        self._add("lapsed", given, now=now)

    def _unused(self, given: Explanation) -> None:
        ids = self.rules.ids(given.rule)
        if given.rule in self.rules.names:
            if self.rules.ran.intersection(ids):
                self._add("unused", given)
            return
        self._add("unknown-rule", given, suggestion=self._guess(given.rule))

    def _guess(self, name: str) -> str:
        if name not in self._guesses and len(self._guesses) < _MOST_GUESSES:
            self._guesses[name] = nearest(name, self.rules.names)
        return self._guesses.get(name, "")

    def _add(self, code: str, given: Explanation, *, now: str = "", **args: object) -> None:
        problem = Problem(
            code=f"waiver/{code}",
            location=given.location,
            severity=Severity.WARNING,
            args={"rule": shown(given.rule), **args},
        )
        self.told.append(evolve(explain_problem(problem), explanation=now))


def _day(given: Explanation) -> int:
    return given.given_on.toordinal() if given.given_on else 0


def _words(given: Explanation) -> str:
    """Return an explanation in words: the reason, and who gave it when; what is very long is cut short.

    The whole of it stands in its file.
    """
    day = f"{given.given_on:%d/%m/%Y}" if given.given_on else ""
    parts = (_short(given.author), say("waiver/on", {"day": day}) if day else "")
    who_and_when = together(parts, ", ")
    reason = _short(given.reason)
    return together([reason, " (", who_and_when, ")"]) if who_and_when else reason


def _short(text: str) -> str:
    return text if len(text) <= _LONGEST else text[: _LONGEST - 1].rstrip() + "…"


def changes(given: Explanation, found: Diagnostic) -> list[str]:
    """Return which values are others than those an explanation was given for: ``words: old → new``."""
    words = {label.path: label.label or label.path for label in reversed(found.fields)}
    return [
        together([words[path], f": {shown(given.values.get(path, '')) or '–'} → {new or '–'}"])
        for path, new in values_of(found).items()
        if in_one_spelling(given.values.get(path, "")) != in_one_spelling(new)
    ]
