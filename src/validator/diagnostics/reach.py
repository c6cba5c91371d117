"""How much of a document was understood, in a sentence."""

from __future__ import annotations

from typing import TYPE_CHECKING

from validator.model.words import say, together

if TYPE_CHECKING:
    from validator.model.reach import Reach, Unbound


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
