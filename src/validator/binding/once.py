"""What binding makes of a form, made once however many documents are bound by that form."""

from __future__ import annotations

from functools import wraps
from typing import TYPE_CHECKING, ParamSpec, TypeVar

if TYPE_CHECKING:
    from collections.abc import Callable

    P = ParamSpec("P")
    R = TypeVar("R")

_KEPT = 64


def once(make: Callable[P, R]) -> Callable[P, R]:
    """Keep what *make* returns for its arguments: words are the same if equal, all else if it is one object.

    Forms and rules about words are read once and never changed, and to compare them takes long. What was
    made longest ago is forgotten.
    """
    kept: dict[tuple[object, ...], tuple[tuple[object, ...], R]] = {}

    @wraps(make)
    def made(*args: P.args, **kwargs: P.kwargs) -> R:
        given = (*args, *kwargs.values())
        key = (*kwargs, *[each if isinstance(each, str) else id(each) for each in given])
        found = kept.get(key)
        if found is None:
            found = kept[key] = (given, make(*args, **kwargs))  # with what was given, whose ids stay its own
            if len(kept) > _KEPT:
                del kept[next(iter(kept))]
        return found[1]

    return made
