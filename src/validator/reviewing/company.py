"""One report judged as a review judges it: together with the other reports of its folders."""

from __future__ import annotations

from typing import TYPE_CHECKING

from validator.checking.file import check_sent
from validator.engine.period import period_key
from validator.model.location import Location
from validator.model.problem import Problem, ValidatorError
from validator.model.record import evolve
from validator.readers.regular import is_same_file
from validator.reviewing.review import Order, review_folders
from validator.submissions.gathering import Sent
from validator.submissions.reading import read_sent

if TYPE_CHECKING:
    from collections.abc import Sequence
    from pathlib import Path

    from validator.model.diagnostic import FileResult
    from validator.model.unit_list import UnitList
    from validator.submissions.choice import Choice


def judged_in_company(
    path: Path, folders: Sequence[str | Path], choice: Choice, units: UnitList | None
) -> FileResult:
    """Return what a review of *folders* tells of the report at *path*, of the period of that report.

    Raises `ValidatorError` if a folder does not exist, or if another version of the report counts.
    """
    sent = Sent(name=str(path), source=path)
    report = read_sent(sent, evolve(choice, claims=False)).report
    if report is None:
        return check_sent(sent, choice).result
    period = report.period if period_key(report.period) else None
    order = Order(units=units, period=period, form=report.form)
    review = review_folders([*folders, path], choice, order)
    for row in review.units:
        if row.current is None or row.key not in review.details:
            continue
        if is_same_file(row.current.path, path):
            return evolve(review.details[row.key].result, path=str(path))
        if any(is_same_file(each.path, path) for each in row.older):
            raise _refusal("waiver/other-version", path=str(path), current=row.current.path)
    raise _refusal("waiver/not-reviewed", path=str(path))


def _refusal(code: str, **args: str) -> ValidatorError:
    return ValidatorError(Problem(code=code, location=Location(file=args["path"]), args=args))
