"""The period of a report in words."""

from __future__ import annotations

from typing import TYPE_CHECKING

from validator.diagnostics.message import message

if TYPE_CHECKING:
    from validator.model.report import Period


def period_text(period: Period, lang: str) -> str:
    """Return a period as people write it: its kind and its days."""
    days = " – ".join(f"{day:%d/%m/%Y}" for day in (period.start, period.end) if day)
    code = f"render/period-{period.kind}"
    worded = message(code, lang)
    kind = (period.kind or "") if worded == code else worded
    return f"{kind} ({days})" if kind and days else kind or days
