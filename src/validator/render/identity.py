"""What stays the same of a finding when lines move: for services that compare one run with the next."""

from __future__ import annotations

import hashlib
from collections import Counter
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from validator.model.diagnostic import Diagnostic
    from validator.model.location import Location


def fingerprints(path: str, found: Iterable[Diagnostic]) -> Iterator[str]:
    """Yield a fingerprint for each finding of a file: of its rule and figures, not of lines and texts.

    Findings alike in all of this are told apart by their order.
    """
    seen: Counter[tuple[str, ...]] = Counter()
    for each in found:
        labels = (part for label in each.fields for part in (label.path, *_stable(label.location)))
        key = (path, each.id, *_stable(each.location), *labels)
        seen[key] += 1
        text = "\0".join((*key, str(seen[key])))
        yield hashlib.sha256(text.encode("utf-8", "replace")).hexdigest()[:32]


def _stable(place: Location) -> tuple[str, ...]:
    """Return the parts of a place that name something."""
    excerpt = place.excerpt if place.pointer is None else None
    names = (
        place.pointer,
        place.sheet,
        place.table_title,
        place.row_code,
        place.row_label,
        place.column_name,
    )
    return tuple(part or "" for part in (*names, excerpt))
