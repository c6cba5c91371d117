"""Periods, lists of names, paths and how much was understood, as people tell them."""

from __future__ import annotations

import os
from typing import TYPE_CHECKING

from validator.model.words import say, together

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from validator.model.reach import Reach, Unbound
    from validator.model.report import Period

_MOST = 30


def listed(names: Sequence[str], most: int = _MOST) -> str:
    """Return the first *most* of *names*, and the number of the others."""
    more = f"… (+{len(names) - most})" if len(names) > most else ""
    return together([together(names[:most], ", "), more], " ")


def period_text(period: Period) -> str:
    """Return a period as people write it: its kind and its days."""
    days = " – ".join(f"{day:%d/%m/%Y}" for day in (period.start, period.end) if day)
    if not period.kind:
        return days
    kind = say(f"render/period-{period.kind}", otherwise=period.kind)
    return together([kind, f"({days})" if days else ""], " ")


def reach_text(reach: Reach) -> str:
    """Return how many rows and numbers were bound."""
    parts = []
    if reach.rows:
        args: dict[str, object] = {"bound": reach.rows_bound, "total": reach.rows}
        parts.append(say("binding/reach-rows", args))
    if reach.table_rows:
        parts.append(say("binding/reach-table", {"rows": reach.table_rows}))
    if reach.figures:
        args = {"bound": reach.figures_bound, "total": reach.figures}
        parts.append(say("binding/reach-text", args))
    doubts = sum(each.why == "close" for each in reach.unbound)
    if doubts:
        parts.append(say("binding/reach-doubts", {"count": doubts}))
    return together(parts, "; ") or say("binding/reach-nothing")


def unbound_why(found: Unbound) -> str:
    """Return why a number was not bound."""
    return say(f"binding/why-{found.why}", {"fields": ", ".join(found.close)})


def file_name(path: str) -> str:
    """Return the name of a file alone: what leaves the office tells nobody where it lay."""
    return path.replace("\\", "/").rpartition("/")[2]


def common_folder(paths: Iterable[str]) -> str:
    """Return the innermost folder that all *paths* lie in, empty if there is none."""
    folders = {os.path.dirname(path) for path in paths}  # noqa: PTH120 - as they were given
    try:
        return os.path.commonpath(folders)
    except ValueError:  # some absolute, some not; or none at all
        return ""


def short_path(path: str, folder: str) -> str:
    """Return *path* as seen from *folder*; one that lies elsewhere as it is."""
    start = os.path.join(folder, "")  # noqa: PTH118 - ends with a separator
    return path.removeprefix(start) if folder else path
