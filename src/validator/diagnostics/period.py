"""The period of a report in words."""

from __future__ import annotations

from typing import TYPE_CHECKING

from validator.model.words import say, together

if TYPE_CHECKING:
    from validator.model.report import Period


def period_text(period: Period) -> str:
    """Return a period as people write it: its kind and its days."""
    days = " – ".join(f"{day:%d/%m/%Y}" for day in (period.start, period.end) if day)
    if not period.kind:
        return days
    kind = say(f"render/period-{period.kind}", otherwise=period.kind)
    return together([kind, f"({days})" if days else ""], " ")
