"""A file of a review as far as joining needs to know it; its figures wait on the shelf."""

from __future__ import annotations

from typing import TYPE_CHECKING

from validator.checking.appendix import Shape
from validator.model.record import field, record
from validator.model.report import Period, Unit

if TYPE_CHECKING:
    from datetime import date

    from validator.model.diagnostic import FileResult


@record
class Entry:
    """One file that was taken in.

    ``key`` names its records on the shelf; it is empty where there is no report, and ``unread``
    says why. ``candidates`` are the units between which nothing decided, ``by_file`` is another
    unit that the name of the file names. ``digest`` is that of the figures. ``shape`` tells
    a narrative from its appendix, ``place`` is where the file lay. ``is_other`` marks a file of a
    folder that is no report at all.
    """

    path: str
    key: str = ""
    unit: Unit = field(default_factory=Unit)
    is_declared: bool = False
    candidates: tuple[str, ...] = ()
    by_file: str = ""
    shape: Shape = field(default_factory=Shape)
    place: str = ""
    form: str = ""
    period: Period = field(default_factory=Period)
    submitted: date | None = None
    digest: str = ""
    unread: FileResult | None = None
    is_other: bool = False
