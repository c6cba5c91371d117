"""What speaks for two figures' telling one thing, and against it; never their digits.

The names are those of the weights in ``rules/claims/same.yaml``.
"""

from __future__ import annotations

from collections import defaultdict
from itertools import islice
from typing import TYPE_CHECKING

from validator.model.record import record
from validator.text.mention import MentionKind

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping, Sequence

    from validator.claims.told import Told, Words
    from validator.text.role import RoleBook

_SPREAD, _MANY, _NEAR, _FEW = 20, 3, 5, 2
_STEPS = (30, 50, 75, 100)
_WHOLE = "=whole"
_LEVELS = frozenset({"=province", "=district", "=commune", _WHOLE})
_INTAKE = frozenset({"=received", "=gross", "=new"})
_UNLIKE = ("outlook", "under", "over", "growth", "aside", "total", "other_time", "part_share")
_CANDIDATES, _POSTED = 5, 60


@record
class View:
    """A figure as it is compared: the words that say ``what`` it counts, its roles, level, all ``about`` it.

    ``before``, ``behind`` and ``label`` are the telling words next to it.
    """

    at: int
    told: Told
    what: Words
    roles: Words
    named: Words
    words: Words
    all_roles: Words
    about: Words
    before: Words
    behind: Words
    label: Words
    scope: Words
    levels: Words
    is_share: bool


class Corpus:
    """The figures of a document by the words about them, and how much each word tells."""

    def __init__(self, told: Sequence[Told], plain: Words, book: RoleBook) -> None:
        self.plain = plain
        self.dimensions = [frozenset(f"={role}" for role in each.roles) for each in book.dimensions]
        self.views = [_view(at, one, plain) for at, one in enumerate(told)]
        held: dict[str, list[int]] = defaultdict(list)
        own: dict[str, list[int]] = defaultdict(list)
        places: dict[str, set[tuple[int, int]]] = defaultdict(set)
        for view in self.views:
            place = view.told.mention.passage, view.told.mention.sentence
            for word in view.what | view.roles | view.told.unit:
                own[word].append(view.at)
            for word in view.words | view.roles | view.all_roles | view.what | view.told.unit:
                held[word].append(view.at)
                places[word].add(place)
        self._held, self._own = held, own
        self.rare = frozenset(word for word, found in places.items() if len(found) <= _FEW)
        size = 8 * (len(told) + _SPREAD)
        self._weight = {word: (size // (len(found) + 1)).bit_length() for word, found in held.items()}
        self.weights = [self.weigh(view.named) for view in self.views]

    def weigh(self, words: Iterable[str]) -> int:
        """How much words tell together."""
        return sum([self._weight[word] for word in words])

    def candidates(self, later: View) -> list[View]:
        """The earlier figures of one's sort that share the most telling words with it."""
        found: dict[int, int] = {}
        own = later.what | later.roles | later.told.unit
        about = later.about - own
        for words, index, factor in ((own, self._own, 4), (own, self._held, 2), (about, self._own, 1)):
            for word in words:
                value = factor * self._weight[word]
                for at in index.get(word, ())[:_POSTED]:
                    if at >= later.at:
                        break
                    found[at] = found.get(at, 0) + value
        ranked = (self.views[at] for at in sorted(found, key=lambda at: (-found[at], at)))
        return list(islice((other for other in ranked if _may_tell_one(later, other)), _CANDIDATES))

    def is_clash(self, one: Words, other: Words) -> bool:
        """Whether there are roles of one dimension that exclude each other."""
        if not one or not other:
            return False
        return any((a := one & each) and (b := other & each) and not a & b for each in self.dimensions)


def _view(at: int, told: Told, plain: Words) -> View:
    everything = told.own | told.near | told.above
    roles = frozenset(word for word in everything if word[0] == "=")
    close = told.own if told.cell is not None else told.own | told.label | told.above
    what, own_roles = told.own - roles - plain - told.unit, (told.own & roles) - _LEVELS
    words, all_roles, skip = everything - roles - plain, roles - _LEVELS, plain | told.unit
    return View(
        at=at,
        told=told,
        what=what,
        roles=own_roles,
        named=what | own_roles,
        words=words,
        all_roles=all_roles,
        about=words | all_roles,
        before=told.before - skip,
        behind=told.behind - skip,
        label=told.label - skip,
        scope=(told.near if told.cell is not None else told.above | told.names) - plain,
        levels=close & _LEVELS or everything & _LEVELS,
        is_share="share" in told.traits,
    )


def _may_tell_one(one: View, other: View) -> bool:
    """Whether two figures may tell one thing at all: of one sort, and not side by side."""
    a, b = one.told.mention, other.told.mention
    points = MentionKind.POINTS
    if one.is_share is not other.is_share or (a.kind is points) is not (b.kind is points):
        return False
    if (a.kind is MentionKind.MONEY) is not (b.kind is MentionKind.MONEY) and (a.group or b.group):
        return False
    here, there = one.told.cell, other.told.cell
    if here is not None and there is not None and here[0] == there[0]:
        return False
    return a.passage != b.passage or a.sentence != b.sentence


GROUPS = ("sum", "end", "text", "in_table", "of_table", "tables")
_AGAIN = frozenset({"sums_up", "back", "with"})


def group_of(later: View, other: View) -> str:
    """The sort of a pair: of text or tables, and whether the later one stands where others are told again."""
    if later.told.cell is not None:
        return "tables" if other.told.cell is not None else "of_table"
    if other.told.cell is not None:
        return "in_table"
    traits = later.told.traits
    return "sum" if traits & _AGAIN else "end" if "late" in traits else "text"


def evidence_of(later: View, others: Sequence[View], corpus: Corpus) -> list[list[str]]:
    """What speaks for each candidate's being told again by a later figure."""
    found = [["pair", *_of_pair(later, other, corpus)] for other in others]
    fits = [_fits(frozenset(names)) for names in found]
    full = [
        fit and "role_other_nowhere" not in names and "other_uncovered_0" in names
        for fit, names in zip(fits, found, strict=True)
    ]
    for name, those in (("fits", fits), ("full", full)):
        places = [other.at for other, holds in zip(others, those, strict=True) if holds]
        for names, other, holds in zip(found, others, those, strict=True):
            if holds:
                ends = {f"{name}_first": other.at == min(places), f"{name}_last": other.at == max(places)}
                names.extend((f"{name}_{min(len(places), _MANY)}", *_true(ends)))
            elif places:
                names.append(f"{name}_else")
    return found


_MISFITS = frozenset({"role_later_nowhere", "clash", "head_other", "time_clash"})


def _fits(names: Words) -> bool:
    """Whether all that is said of the later figure is said about the other."""
    return "later_uncovered_0" in names and not names & _MISFITS


def _of_pair(a: View, b: View, corpus: Corpus) -> Iterator[str]:
    yield from _of_words(a, b, corpus)
    yield from _of_nearest(a, b)
    yield from _of_roles(a, b, corpus)
    yield from _of_levels(a.levels, b.levels)
    yield from _of_units(a, b)
    yield from _of_traits(a.told, b.told)
    yield from _of_place(a.told, b.told)
    yield from _of_digits(a, b)
    if a.told.cell is not None:
        yield from _of_cell(a, b, corpus.plain)
    elif b.told.cell is not None:
        yield from _of_cell(b, a, corpus.plain)


class _Counts(dict[str, tuple[str, ...]]):
    """The names of a piece of evidence by how many words there are, put together once."""

    def __missing__(self, name: str) -> tuple[str, ...]:
        self[name] = found = tuple(f"{name}_{size}" for size in range(_MANY + 1))
        return found


_COUNTS = _Counts()


def _count(name: str, words: Words) -> str:
    return _COUNTS[name][min(len(words), _MANY)]


def _true(facts: Mapping[str, object]) -> list[str]:
    return [name for name, holds in facts.items() if holds]


def _of_words(a: View, b: View, corpus: Corpus) -> Iterator[str]:
    shared = (a.what & b.what) | (a.roles & b.roles)
    yield _count("later_uncovered", a.what - b.words)
    yield _count("other_uncovered", b.what - a.words)
    yield _count("shared", shared)
    yield _count("later_size", a.named)
    yield _count("other_size", b.named)
    yield _count("later_scope", a.scope - b.words)
    yield _count("other_scope", b.scope - a.words)
    yield _count("later_name", a.told.names - b.words)
    yield _count("other_name", b.told.names - a.words)
    one, two = corpus.weights[a.at], corpus.weights[b.at]
    both = 100 * corpus.weigh(shared)
    for step in _STEPS if both else ():
        if both >= step * min(one, two):
            yield f"least_{step}"
        if both >= step * max(one, two):
            yield f"most_{step}"
    yield f"rare_{min(len(shared & corpus.rare), _FEW)}"
    if a.what and a.what == b.what:
        yield "what_equal"


def _of_nearest(a: View, b: View) -> Iterator[str]:
    """Of the few words next to the figures, those that are not about the other one, and those shared."""
    for name, mine, other in (("later", a, b), ("other", b, a)):
        theirs = other.about | other.told.unit
        yield _count(f"{name}_before", mine.before - theirs)
        yield _count(f"{name}_behind", mine.behind - theirs)
        yield _count(f"{name}_label", mine.label - theirs)
    before, behind = a.before - b.told.unit, a.behind - b.told.unit
    yield _count("tight", (before | behind) & (b.told.before | b.told.behind))
    yield from _true({"behind_shared": behind & b.told.behind, "before_shared": before & b.told.before})


def _of_roles(a: View, b: View, corpus: Corpus) -> Iterator[str]:
    mine, theirs = a.roles - _INTAKE, b.roles - _INTAKE
    yield from _true(
        {
            "role_later_nowhere": mine - b.all_roles,
            "role_other_nowhere": theirs - a.all_roles,
            "role_later_about": (a.roles & b.all_roles) - b.roles,
            "role_other_about": (b.roles & a.all_roles) - a.roles,
            "intake_later": (a.roles & _INTAKE) - b.all_roles,
            "intake_other": (b.roles & _INTAKE) - a.all_roles,
            "intake_same": a.roles & b.roles & _INTAKE,
            "gross": ("=gross" in a.roles) is not ("=gross" in b.roles),
            "roles_equal": a.roles and a.roles == b.roles,
            "roles_none": not a.roles and not b.roles,
            "clash": corpus.is_clash(a.roles, b.roles),
            "clash_about": corpus.is_clash(a.roles or a.all_roles, b.roles or b.all_roles),
        }
    )
    yield _count("about_later", a.all_roles - b.all_roles)
    yield _count("about_other", b.all_roles - a.all_roles)


def _of_levels(one: Words, other: Words) -> Iterator[str]:
    if one and other:
        yield "levels_same" if one == other else "levels_meet" if one & other else "levels_apart"
    elif one:
        yield "level_later_whole" if _WHOLE in one else "level_later"
    elif other:
        yield "level_other_whole" if _WHOLE in other else "level_other"
    else:
        yield "levels_none"


def _of_units(later: View, earlier: View) -> Iterator[str]:
    one, other = later.told, earlier.told
    if not one.head and not other.head:
        yield "head_none"
    elif not one.head or not other.head:
        head, rest = (one.head, earlier.about) if one.head else (other.head, later.about)
        yield "head_about" if head in rest else "head_lacking"
    else:
        yield "head_same" if one.head == other.head else "head_other"
        a, b = one.mention, other.mention
        yield from _true({"unit_other": a.unit != b.unit, "group_other": a.group != b.group})
    if not one.said.is_when(other.said):
        yield "time_clash"
    elif one.said.times or other.said.times:
        both = one.said.times and other.said.times
        yield "time_same" if both else "time_later" if one.said.times else "time_other"


def _of_traits(one: Told, other: Told) -> Iterator[str]:
    yield from (f"later.{trait}" for trait in one.traits)
    yield from (f"other.{trait}" for trait in other.traits)
    unlike = one.traits ^ other.traits
    states = [trait for trait in unlike if trait.startswith("is.")]
    yield from (f"unlike.{trait}" for trait in states)
    yield from (f"unlike.{trait}" for trait in _UNLIKE if trait in unlike)
    if states:
        yield "states_unlike"
    if {"under", "over"} <= unlike:
        yield "under_over"


def _of_place(one: Told, other: Told) -> Iterator[str]:
    if one.said.parent is not None and one.said.parent == other.said.parent:
        yield "siblings"
    away = abs(one.mention.passage - other.mention.passage)
    yield "same_passage" if not away else "next_passage" if away == 1 else "near" if away <= _NEAR else "far"


def _of_digits(a: View, b: View) -> Iterator[str]:
    """How many decimals are written, and of what sort the figure is."""
    one, other = a.told.mention, b.told.mention
    unlike = one.decimals != other.decimals and one.scale == other.scale
    rounds = a.is_share or "hedged" in a.told.traits or one.scale
    yield from _true({"decimals_other": unlike, "decimals_rounded": unlike and rounds, "percent": a.is_share})


def _of_cell(cell: View, rest: View, plain: Words) -> Iterator[str]:
    """What a cell's row and column say that is not said of the figure that it may tell."""
    label = cell.told.near
    missing = label - plain - rest.about
    if "total" not in cell.told.traits:
        yield "row_unnamed" if not label or missing - _LEVELS else "row_named"
        yield "row_own" if label and label - plain <= rest.told.own else "row_not_own"
        yield _count("row_missing", missing - _LEVELS)
    yield _count("column_missing", cell.told.own - label - plain - rest.about - _INTAKE - _LEVELS)
