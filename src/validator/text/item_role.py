"""The roles of a figure by the words before and after it."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterable

    from validator.text.role import Role, RoleBook


def roles_of(lead: tuple[str, ...], trail: tuple[str, ...], own: int, book: RoleBook) -> frozenset[Role]:
    """The roles of a figure's own words; of two that exclude each other the nearer one.

    The first *own* words after it are its unit.
    """
    size = len(lead)
    near = [
        (size - end, roles if size - end <= _CLOSE else roles - {"compared"})
        for _, end, roles in book.find(_before_cause(lead, book))
    ]
    near = [(away, roles) for away, roles in near if "rest" not in roles or size - away <= _FIRST]
    trail = _before_cause(trail, book)
    for first, end, roles in book.find(trail):
        if "rest" not in roles or first <= own or end == len(trail):
            near.append((first, roles - _ONLY_BEFORE))
    settled = _settled(near, book)
    return settled - {"closing_after"} | {"closing"} if "closing_after" in settled else settled


_NONE: frozenset[Role] = frozenset()
_ONLY_BEFORE = frozenset(
    {"aim", "average", "overlap", "other_period", "minus", "change", "compared", "closing"}
)


_CLOSE, _FIRST = 3, 4


def _before_cause(words: tuple[str, ...], book: RoleBook) -> tuple[str, ...]:
    """The words up to one of cause, unless it stands first."""
    if book.causes.isdisjoint(words):
        return words
    at = next((index for index, word in enumerate(words) if index and word in book.causes), None)
    return words if at is None else words[:at]


def roles_in(found: Iterable[tuple[int, int, frozenset[Role]]], book: RoleBook) -> frozenset[Role]:
    """The roles of phrases found in a run of words; of two that exclude each other the first one."""
    return _settled([(first, roles) for first, _, roles in found], book)


def _settled(near: list[tuple[int, frozenset[Role]]], book: RoleBook) -> frozenset[Role]:
    if not near:
        return _NONE
    taken: set[str] = set()
    kept: set[Role] = set()
    for _, roles in sorted(near, key=lambda each: each[0]):
        lying = set().union(*(book.dimension_of.get(role, frozenset()) for role in roles))
        if not lying & taken or not lying:
            kept |= roles
        taken |= lying
    return frozenset(kept - {"nothing", "join", "plus", "announcing", "making"})
