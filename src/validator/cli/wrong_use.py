"""What the options name and is not there: refused before anything is read."""

from __future__ import annotations

import os
from typing import TYPE_CHECKING

from validator.model.location import Location
from validator.model.problem import Problem, ValidatorError

if TYPE_CHECKING:
    from collections.abc import Iterable


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
