"""What the options of a command say of a report: form, unit, period, OCR."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from validator.cli.wrong_use import require_form
from validator.model.limits import limits_of
from validator.readers.given import Given, given_period

if TYPE_CHECKING:
    from validator.model.report import Unit


def given_by(options: Any) -> Given:
    """Return what the person at the command line knows better than the file.

    Raises `ValidatorError` for a form that no pack is for, and for a period or a limit that cannot be
    understood.
    """
    require_form(options.form, options.pack)
    return Given(
        form=options.form,
        unit=_unit(options.unit) if options.unit else None,
        period=given_period(options.period) if options.period else None,
        ocr=options.ocr,
        limits=limits_of(options.limit_seconds, options.limit_memory),
    )


def _unit(text: str) -> Unit:
    from validator.binding.given_unit import given_unit

    return given_unit(text)
