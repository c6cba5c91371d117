"""What the options of a command say of a report: form, unit, period, OCR."""

from __future__ import annotations

from typing import Any

from validator.binding.given_unit import given_unit
from validator.cli.wrong_use import require_form
from validator.model.limits import limits_of
from validator.readers.given import Given, given_period


def given_by(options: Any) -> Given:
    """Return what the person at the command line knows better than the file.

    Raises `ValidatorError` for a form that no pack is for, and for a period or a limit that cannot be
    understood.
    """
    require_form(options.form, options.pack)
    return Given(
        form=options.form,
        unit=given_unit(options.unit) if options.unit else None,
        period=given_period(options.period) if options.period else None,
        ocr=options.ocr,
        limits=limits_of(options.limit_seconds, options.limit_memory),
    )
