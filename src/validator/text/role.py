"""What a figure may be: roles, the dimensions they lie in, and the words of a language for them.

The data are ``rules/roles``: ``families.yaml`` says which roles make up a whole, one file a language
says by which words a role is known.
"""

from __future__ import annotations

from collections import defaultdict
from functools import cache, lru_cache
from typing import TYPE_CHECKING, Any

from validator.model.record import field, record
from validator.resources import load_words, rules_folder
from validator.text.fold import accented, rough

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Mapping, Sequence

_WORD_LISTS = (
    "cause",
    "filler",
    "general",
    "from_words",
    "to_words",
    "rest_words",
    "minus_words",
    "denied",
    "negation",
    "under_way",
    "to_do",
    "sum_row",
    "not_added",
    "share_column",
    "share_row",
    "code_column",
    "label_column",
    "unit_column",
    "note_column",
    "unit_header",
    "of_which",
    "division",
    "outcome",
    "of",
    "ranked",
    "rise_words",
    "fall_words",
    "left_words",
    "met",
    "unmet",
    "link_words",
    "aims",
    "that_is",
    "against",
    "beyond",
    "of_these",
    "twice",
    "kilograms",
    "hundredweights",
    "tonnes",
    "hectares",
    "with_these",
    "done",
    "regarding",
    "result_column",
    "judged_over",
    "judged_met",
    "judged_under",
    "happening",
    "one",
    "level_words",
    "setters",
    "kept",
    "missed",
    "short",
    "at_most",
    "pointing",
    "having",
    "inside",
)
Role = str
Found = tuple[tuple[int, int, frozenset[str]], ...]
Phrases = dict[str, tuple[tuple[tuple[str, ...], frozenset[str]], ...]]
_NONE: frozenset[Role] = frozenset()
_KEPT = 4_096
"""Runs of words whose roles are kept: the same words are asked about by one question after another."""


@record
class Dimension:
    """Roles that exclude each other, the sets of them that are a whole, and what they are a whole of."""

    name: str
    roles: frozenset[Role]
    whole: tuple[frozenset[Role], ...]
    may_add: frozenset[Role]
    of: frozenset[Role]

    def is_whole(self, roles: frozenset[Role]) -> bool:
        """Whether these roles together are all there is."""
        return (roles - self.may_add) in self.whole or roles in self.whole

    def is_open(self, roles: frozenset[Role]) -> bool:
        """Whether a whole of these roles may have one more part that nobody named."""
        return any(roles < other for other in self.whole)


@record
class Ladder:
    """Steps of one way, by roles or words of their own; ``firm``: a later one of more things is a fault.

    ``firm_of``: it is one where such things are counted, named by a cue.
    """

    steps: tuple[Role, ...]
    firm: bool
    firm_of: str


@record
class RoleBook:
    """The roles of a language: phrases by their first word, longest first, and word lists by name.

    ``telling`` are the roles that tell one figure from another, ``causes`` words that a cause begins with.
    """

    phrases: Mapping[str, tuple[tuple[tuple[str, ...], frozenset[Role]], ...]]
    lists: Mapping[str, tuple[tuple[str, ...], ...]]
    dimensions: tuple[Dimension, ...]
    dimension_of: Mapping[Role, frozenset[str]]
    inside: Mapping[str, frozenset[Role]]
    bases: tuple[tuple[frozenset[Role], tuple[Role, ...]], ...]
    loosely: Mapping[Role, frozenset[Role]]
    finder: Callable[[tuple[str, ...]], Found] = field(compare=False)
    namer: Callable[[tuple[str, ...]], frozenset[Role]] = field(compare=False)
    telling: frozenset[Role]
    causes: frozenset[str]
    ladders: tuple[Ladder, ...]
    stepper: Callable[[tuple[str, ...]], frozenset[Role]] = field(compare=False)

    def find(self, keys: Sequence[str]) -> tuple[tuple[int, int, frozenset[Role]], ...]:
        """The phrases in a run of folded words: first, end (exclusive) and roles; longest first."""
        return self.finder(tuple(keys)) if keys else ()

    def named(self, keys: Sequence[str]) -> frozenset[Role]:
        """All roles that a run of folded words names."""
        return self.namer(tuple(keys)) if keys else _NONE

    def steps_in(self, keys: Sequence[str]) -> frozenset[Role]:
        """The steps of ladders that a run of folded words names."""
        return self.stepper(tuple(keys)) if keys else _NONE

    def says(self, name: str, keys: Sequence[str]) -> bool:
        """Whether a run of words holds one of a list's phrases."""
        return any(_holds(keys, words) for words in self.lists[name] if words[0] in keys)

    def is_said(self, name: str, keys: Sequence[str]) -> bool:
        """Whether a run of words is one of a list's phrases."""
        return tuple(keys) in self.lists[name]

    def starts(self, name: str, keys: Sequence[str]) -> bool:
        """Whether a run of words begins with one of a list's phrases."""
        first = keys[0] if keys else ""
        return any(tuple(keys[: len(words)]) == words for words in self.lists[name] if words[0] == first)

    def place_of(self, name: str, keys: Sequence[str]) -> tuple[int, int] | None:
        """Where in a run of words one of a list's phrases stands first, if any does."""
        for at, key in enumerate(keys):
            for words in self.lists[name]:
                if words[0] == key and tuple(keys[at : at + len(words)]) == words:
                    return at, at + len(words)
        return None

    def ends(self, name: str, keys: Sequence[str]) -> bool:
        """Whether a run of words ends with one of a list's phrases."""
        last = keys[-1] if keys else ""
        return any(tuple(keys[-len(words) :]) == words for words in self.lists[name] if words[-1] == last)


def _holds(keys: Sequence[str], words: tuple[str, ...]) -> bool:
    size = len(words)
    return any(tuple(keys[at : at + size]) == words for at in range(len(keys) - size + 1))


@cache
def load_roles(language: str, *, degraded: bool = False) -> RoleBook:
    """Load the roles of a language; *degraded* for text whose diacritics cannot be relied on."""
    folder = rules_folder() / "roles"
    families, words = load_words(folder / "families.yaml"), load_words(folder / f"{language}.yaml")
    fold = rough if degraded else accented

    def folded(phrase: object) -> tuple[str, ...]:
        return tuple([fold(word) for word in str(phrase).split()])

    merged = _phrases(words["words"], folded, degraded=degraded)
    dimensions = tuple([_dimension(name, data) for name, data in families["dimensions"].items()])
    dimension_of: dict[Role, frozenset[str]] = {}
    for dimension in dimensions:
        for role in dimension.roles:
            dimension_of[role] = dimension_of.get(role, frozenset()) | {dimension.name}
    phrases = _by_first(merged)
    finder = _finder(phrases)
    bases = tuple([(frozenset(base["part"]), tuple(base["of"])) for base in families["bases"]])
    inside = frozenset(role for dimension in dimensions for role in dimension.roles | dimension.of)
    lists = {name: tuple([folded(phrase) for phrase in words[name]]) for name in _WORD_LISTS}
    return RoleBook(
        phrases=phrases,
        causes=frozenset(phrase[0] for phrase in lists["cause"]),
        finder=finder,
        namer=_namer(finder),
        telling=(inside | {role for part, of in bases for role in (*part, *of)}) - {"any"},
        lists=lists,
        dimensions=dimensions,
        dimension_of=dimension_of,
        inside={dimension.name: dimension.roles for dimension in dimensions},
        bases=bases,
        ladders=tuple([_ladder(each) for each in families["ladders"]]),
        stepper=_namer(_finder(_by_first(_phrases(words["steps"], folded, degraded=degraded)))),
        loosely={role: frozenset(all_of) for role, all_of in families["loosely"].items()},
    )


def _phrases(
    words: Mapping[Role, Iterable[str]], folded: Callable[[object], tuple[str, ...]], *, degraded: bool
) -> dict[tuple[str, ...], set[Role]]:
    """The roles of each phrase."""
    merged: dict[tuple[str, ...], set[Role]] = defaultdict(set)
    for role, phrases in words.items():
        for phrase in phrases:
            # Of scanned text a single word says too little: its vowels are not known.
            if not degraded or " " in str(phrase):
                merged[folded(phrase)].add(role)
    return merged


def _finder(phrases: Phrases) -> Callable[[tuple[str, ...]], Found]:
    """Return what finds phrases in a run of words."""

    @lru_cache(maxsize=_KEPT)
    def find(keys: tuple[str, ...]) -> Found:
        found: list[tuple[int, int, frozenset[Role]]] = []
        covered = 0
        for position, key in enumerate(keys):
            if position < covered or key not in phrases:
                continue
            for words, roles in phrases[key]:
                end = position + len(words)
                if keys[position:end] == words:
                    found.append((position, end, roles))
                    covered = end
                    break
        return tuple(found)

    return find


def _namer(find: Callable[[tuple[str, ...]], Found]) -> Callable[[tuple[str, ...]], frozenset[Role]]:
    """Return what tells the roles that a run of words names."""

    @lru_cache(maxsize=_KEPT)
    def named(keys: tuple[str, ...]) -> frozenset[Role]:
        return frozenset([role for _, _, roles in find(keys) for role in roles])

    return named


def _by_first(
    merged: Mapping[tuple[str, ...], Iterable[Role]],
) -> Phrases:
    first: dict[str, list[tuple[tuple[str, ...], frozenset[Role]]]] = defaultdict(list)
    for words, roles in merged.items():
        first[words[0]].append((words, frozenset(roles)))
    return {key: tuple(sorted(group, key=lambda each: -len(each[0]))) for key, group in first.items()}


def _ladder(data: Mapping[str, Any]) -> Ladder:
    return Ladder(steps=tuple(data["steps"]), firm=data["firm"], firm_of=data.get("firm_of", ""))


def _dimension(name: str, data: Mapping[str, Any]) -> Dimension:
    return Dimension(
        name=name,
        roles=frozenset(data["roles"]),
        whole=tuple([frozenset(each) for each in data["whole"]]),
        may_add=frozenset(data.get("may_add", ())),
        of=frozenset(data["of"]),
    )
