"""Whether parts are all there is of their total: by their roles, and by how the list was announced."""

from __future__ import annotations

from typing import TYPE_CHECKING

from validator.model.record import record

if TYPE_CHECKING:
    from collections.abc import Sequence

    from validator.text.item import Item
    from validator.text.role import Dimension, Role, RoleBook

_INTAKE = frozenset({"received", "gross", "carried"})
_OUTCOME = frozenset({"resolved", "pending", "returned", "withdrawn"})
_TIMES = frozenset({"early", "on_time", "timely", "late"})
_WAYS = frozenset({"online", "direct", "post", "direct_post"})
_PLACES = frozenset({"level", "holder", "inside", "half_day"})
"""Dimensions of who and where, which a channel or a state may stand beside."""
_PARTIAL = frozenset({"overlap", "aim", "average", "other_period", "minus"})


@record
class Parts:
    """What the roles of parts say: they are a ``whole``, maybe ``open`` to one more, or ``clash``."""

    whole: bool
    clash: bool
    open: bool = False


def look_at(
    parts: Sequence[frozenset[Role]], total: frozenset[Role], book: RoleBook, *, scanned: bool = False
) -> Parts:
    """Look at the roles of parts of one list; what they share with their total says nothing.

    *scanned*: their words may be misread, so that other roles than they have put nothing in doubt.
    """
    if not any(parts):
        return _NOTHING
    if any("carried" in roles for roles in parts):
        # Beside what was carried over, what came in by some way is new.
        parts = [
            roles if roles & {"carried", "new"} or not roles & _WAYS else roles | {"new"} for roles in parts
        ]
    if total & _INTAKE and any("pending" in roles for roles in parts):
        # Beside what is left, what was early or late is done.
        parts = [
            roles | {"resolved"} if roles & _TIMES and not roles & _OUTCOME else roles for roles in parts
        ]
    own = [roles - total for roles in parts]
    whole = any(_is_whole(own, dimension, book) for dimension in book.dimensions) or any(
        _is_whole(list(parts), dimension, book) for dimension in book.dimensions
    )
    if any("rest" in roles for roles in parts[-1:]) and not any(roles & _PARTIAL for roles in own):
        whole = True
    clash = not whole and (_mixes(own) or (_overlaps(own, book) and not scanned))
    named = frozenset(role for roles in parts for role in roles)
    is_open = whole and any(
        dimension.is_open(named & dimension.roles)
        for dimension in book.dimensions
        if all(roles & dimension.roles for roles in parts)
    )
    return Parts(whole=whole, clash=clash, open=is_open and not any("rest" in roles for roles in parts))


_NOTHING = Parts(whole=False, clash=False)


def _is_whole(parts: Sequence[frozenset[Role]], dimension: Dimension, book: RoleBook) -> bool:
    """Whether the parts take each role of a whole once, or divide it further."""
    by_role: dict[Role, list[frozenset[Role]]] = {}
    for roles in parts:
        named = roles & dimension.roles
        if len(named) != 1:
            return False
        by_role.setdefault(next(iter(named)), []).append(roles - dimension.roles)
    if not dimension.is_whole(frozenset(by_role)):
        return False
    others = [other for other in book.dimensions if other is not dimension]
    return all(
        len(group) == 1 or any(_is_whole(group, other, book) for other in others)
        for group in by_role.values()
    )


def _mixes(parts: Sequence[frozenset[Role]]) -> bool:
    """Whether what came in stands beside what was done: two counts of the same things."""
    came = any(roles & _INTAKE and not roles & _OUTCOME for roles in parts)
    done = any(roles & _OUTCOME for roles in parts)
    granted = any("assigned" in roles for roles in parts) and any("present" in roles for roles in parts)
    return (came and done) or granted


def _overlaps(parts: Sequence[frozenset[Role]], book: RoleBook) -> bool:
    """Whether some parts are named in one dimension and others in another, so that they may overlap."""
    if any(roles & _PARTIAL for roles in parts):
        return True
    named = [
        frozenset(name for role in roles for name in book.dimension_of.get(role, frozenset())) - _PLACES
        for roles in parts
    ]
    told = [names for names in named if names]
    if len(told) < 2:
        return False
    return not frozenset.intersection(*told)


def is_uneven(parts: Sequence[frozenset[Role]], book: RoleBook) -> bool:
    """Whether some parts say when they were done, and others nothing of what became of them.

    ``31 ahead of time; 9 with help from others``: what was done with help may be ahead of time too.
    """
    timed = [bool(roles & _TIMES) for roles in parts]
    untold = [not roles & book.telling or _only_places(roles & book.telling, book) for roles in parts]
    return any(timed) and any(untold)


def _only_places(roles: frozenset[Role], book: RoleBook) -> bool:
    named = frozenset(name for role in roles for name in book.dimension_of.get(role, frozenset()))
    return bool(named) and named <= _PLACES


def role_of(item: Item, dimension: Dimension) -> Role | None:
    """The role of an item in a dimension, if it has just one."""
    named = item.roles & dimension.roles
    return next(iter(named)) if len(named) == 1 else None
