"""The known name that is nearest to one that is not known."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterable

_LONGEST = 200


def nearest(name: str, known: Iterable[str]) -> str:
    """Return the nearest of *known*, by the whole name or by its last part; empty if none is near."""
    import difflib

    names = list(dict.fromkeys(known))
    wanted = name[:_LONGEST].casefold()
    folded = {option.casefold(): option for option in names}
    found = difflib.get_close_matches(wanted, folded, n=1, cutoff=0.6)
    if found:
        return folded[found[0]]
    tails = {option.rsplit(".", 1)[-1].casefold(): option for option in reversed(names)}
    found = difflib.get_close_matches(wanted.rsplit(".", 1)[-1], tails, n=1, cutoff=0.6)
    return tails[found[0]] if found else ""
