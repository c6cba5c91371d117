"""The reviewer's list of what goes to whom: each unit with its address, its letter and its files (.xlsx)."""

from __future__ import annotations

import io
from typing import TYPE_CHECKING

from validator.model.record import record
from validator.render.package import require, stamp

if TYPE_CHECKING:
    from collections.abc import Sequence

    from validator.model.review import Review, UnitReview

_COLUMNS = (
    ("number", 5),
    ("unit", 24),
    ("email", 30),
    ("address", 32),
    ("letter", 28),
    ("matters", 10),
    ("folder", 26),
    ("files", 36),
    ("sent-on", 12),
    ("remark", 18),
)
_LOOKS = {"missing": "missing", "unreadable": "unreadable", "findings": "warning", "clean": "fine"}


@record
class Letter:
    """What goes to a unit: the kind of its slip, how much it asks for, its files below the list's folder."""

    unit: UnitReview
    kind: str
    matters: int = 0
    files: tuple[str, ...] = ()


def letters_xlsx(letters: Sequence[Letter], review: Review) -> bytes:
    """Return the list as a workbook; the same letters give the same bytes.

    Raises ValidatorError if the extra ``documents`` is not installed.
    """
    require("xlsxwriter")
    from validator.render.workbook import Book, Entry, file_link

    target = io.BytesIO()
    day = stamp(review.period.end or review.period.start)
    book = Book(target, review.lang, day.replace(tzinfo=None))
    columns = [(book.say(f"letters-{name}"), width) for name, width in _COLUMNS]
    sheet = book.sheet(book.say("letters-sheet"), columns)
    sheet.freeze(2)
    for number, each in enumerate(letters, start=1):
        unit = each.unit
        folder = each.files[0].rpartition("/")[0] if each.files else ""
        names = "\n".join(path.rpartition("/")[2] for path in each.files)
        sheet.write(
            (
                Entry(number, "number"),
                Entry(unit.unit.name or unit.unit.id or ""),
                Entry(unit.email),
                Entry(unit.address),
                Entry(book.say(f"letters-kind-{each.kind}"), _LOOKS[each.kind]),
                Entry(each.matters or None, "number"),
                Entry(folder, "text", file_link(folder) if folder else ""),
                Entry(names),
                Entry(None),
                Entry(None),
            )
        )
    sheet.close()
    book.close()
    return target.getvalue()
