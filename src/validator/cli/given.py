"""What the options of a command say of a report: form, unit, period, OCR."""

from __future__ import annotations

import os
from typing import TYPE_CHECKING, Any

from validator.model.limits import limits_of
from validator.model.location import Location
from validator.model.problem import Problem, ValidatorError
from validator.readers.given import Given, given_period

if TYPE_CHECKING:
    from collections.abc import Iterable

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


def require_archive(folder: str) -> None:
    """Raise `ValidatorError` for an archive that is no folder; without one nothing is required."""
    if folder and not os.path.isdir(folder):  # noqa: PTH112 - a name too long is no folder, and no exception
        raise _wrong("no-archive", path=folder)


def require_form(form: str | None, packs: Iterable[str]) -> None:
    """Raise `ValidatorError` for a form that neither *packs* (names or folders) nor the shipped ones know."""
    if form is None:
        return
    from validator.packs.forms import load_pack
    from validator.packs.library import forms_on_offer

    known = dict.fromkeys((*forms_on_offer(), *(load_pack(each).form.name for each in packs)))
    if form not in known:
        raise _wrong("unknown-form", form=form, known=", ".join(sorted(known)))


def _wrong(code: str, **args: object) -> ValidatorError:
    return ValidatorError(Problem(code=f"cli/{code}", location=Location(), args=args))
