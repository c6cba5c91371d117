"""How much of a document was understood, in a sentence."""

from __future__ import annotations

from typing import TYPE_CHECKING

from validator.diagnostics.message import message

if TYPE_CHECKING:
    from validator.model.reach import Reach, Unbound


def reach_text(reach: Reach, lang: str) -> str:
    """Return how many rows and numbers were bound."""
    parts = []
    if reach.rows:
        args: dict[str, object] = {"bound": reach.rows_bound, "total": reach.rows}
        parts.append(message("binding/reach-rows", lang, args))
    if reach.table_rows:
        parts.append(message("binding/reach-table", lang, {"rows": reach.table_rows}))
    if reach.figures:
        args = {"bound": reach.figures_bound, "total": reach.figures}
        parts.append(message("binding/reach-text", lang, args))
    doubts = sum(each.why == "close" for each in reach.unbound)
    if doubts:
        parts.append(message("binding/reach-doubts", lang, {"count": doubts}))
    return "; ".join(parts) or message("binding/reach-nothing", lang)


def unbound_why(found: Unbound, lang: str) -> str:
    """Return why a number was not bound."""
    return message(f"binding/why-{found.why}", lang, {"fields": ", ".join(found.close)})
