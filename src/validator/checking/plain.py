"""A document by itself, without any form: its text and tables, and what its prose claims."""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING

from validator.model.record import evolve
from validator.readers.document import read_document
from validator.readers.given import Given
from validator.readers.reader import DocumentResult
from validator.submissions.entry import Reading
from validator.submissions.wall import behind_wall, file_cost, loss_problem

if TYPE_CHECKING:
    from pathlib import Path

    from validator.claims import ClaimsResult
    from validator.model.limits import Limits
    from validator.model.problem import Problem
    from validator.submissions.worker import Loss


def read_plain(path: Path, limits: Limits) -> DocumentResult:
    """Return the document at *path*, read behind a wall within *limits*."""
    cost = file_cost(path, Given(limits=limits))

    def lost(loss: Loss) -> DocumentResult:
        return DocumentResult(document=None, problems=(loss_problem(loss, str(path), cost),))

    return behind_wall(partial(read_document, limits=limits), (path,), cost, lost)


def read_claims(
    path: Path, limits: Limits, *, ocr: bool = False
) -> tuple[tuple[Problem, ...], ClaimsResult | None]:
    """Return what is to be said of the document at *path*, and its claims, None if it cannot be read."""
    given = Given(limits=limits, ocr=ocr)
    cost = file_cost(path, given)

    def lost(loss: Loss) -> tuple[tuple[Problem, ...], ClaimsResult | None]:
        return (loss_problem(loss, str(path), cost),), None

    return behind_wall(_claims, (path, given), cost, lost)


def _claims(path: Path, given: Given) -> tuple[tuple[Problem, ...], ClaimsResult | None]:
    from validator.checking.compared import compared_figures
    from validator.claims import find_claims, load_vocabulary

    read = read_document(path, ocr=given.ocr, limits=given.limits)
    if read.document is None:
        return read.problems, None
    found = find_claims(read.document, load_vocabulary())
    reading = Reading(path=str(path), document=read.document, claims=found)
    compared = compared_figures(reading, (), (), lambda _: True)
    return (*read.problems, *found.problems), evolve(found, compared=compared)
