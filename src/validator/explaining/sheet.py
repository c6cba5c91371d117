"""A sheet of the findings that wait for an explanation, with room for the reason and for who (.xlsx)."""

from __future__ import annotations

import io
from hashlib import sha256
from typing import TYPE_CHECKING

from validator.diagnostics.fingerprint import fingerprint
from validator.explaining.many import is_of
from validator.render.package import require, stamp
from validator.render.request import request
from validator.wording.in_language import in_language

if TYPE_CHECKING:
    from validator.explaining.explainable import Explainable, Looked
    from validator.model.diagnostic import Diagnostic
    from validator.render.workbook import Book

COLUMNS = (
    ("number", 5),
    ("unit", 20),
    ("matter", 38),
    ("figures", 38),
    ("place", 30),
    ("reason", 40),
    ("by", 22),
    ("file", 24),
    ("code", 28),
)
"""The columns of the sheet: the key of the words at their head, and their width."""
FILLED = frozenset({"reason", "by"})
_CODE = 8
_IDENTITY = 8


def explanation_sheet(looked: Looked, rule: str, lang: str) -> tuple[bytes, int]:
    """Return the workbook and how many findings it lists; alike ones stand together.

    The same reports give the same bytes. Raises ValidatorError if the extra ``documents`` is not installed.
    """
    require("xlsxwriter")
    from validator.render.workbook import Book, Entry

    rows = [
        (report, found)
        for report in looked.reports
        for found in report.soft
        if not found.waiver and is_of(found, rule, report)
    ]
    order = list(dict.fromkeys(found.id for _, found in rows))
    rows.sort(key=lambda row: order.index(row[1].id))
    target = io.BytesIO()
    book = Book(target, lang, stamp(None).replace(tzinfo=None), area="answers")
    columns = [(book.say(f"column-{name}"), width) for name, width in COLUMNS]
    head = [book.say("title"), book.say("how"), book.say("how-not")]
    sheet = book.sheet(book.say("sheet"), columns, head=head, printed=_CODE)
    sheet.fold([_CODE])
    sheet.freeze(0)
    for number, (report, found) in enumerate(rows, start=1):
        texts = _texts(report, found, book)
        cells = (
            Entry(texts.get(name, ""), "answer" if name in FILLED else "text") for name, _ in COLUMNS[1:]
        )
        sheet.write([Entry(number, "number"), *cells])
    sheet.close()
    book.close()
    return target.getvalue(), len(rows)


def code_of(found: Diagnostic) -> str:
    """Return what binds a row to its finding and to the values of that, and to the finding by itself."""
    return f"{fingerprint(found)}-{identity_of(found)}"


def identity_of(found: Diagnostic) -> str:
    """Return what stays the same of a finding when its values change: its rule and its first figure."""
    names = [f"{label.path}\0{label.location.row_code or ''}" for label in found.fields[:1]]
    return sha256("\0".join((found.id, *names)).encode("utf-8", "surrogatepass")).hexdigest()[:_IDENTITY]


def figures_of(report: Explainable, found: Diagnostic, lang: str) -> str:
    """Return the figures of a finding as a row shows them."""
    return "\n".join(request(in_language(found, lang), lang, report.result.path).figures)


def _texts(report: Explainable, found: Diagnostic, book: Book) -> dict[str, str]:
    told = request(in_language(found, book.lang), book.lang, report.result.path)
    difference = book.say("difference", difference=told.difference) if told.difference else ""
    return {
        "unit": in_language(report.result.unit, book.lang),
        "matter": "\n".join(filter(None, (told.title, told.explanation, difference))),
        "figures": "\n".join(told.figures),
        "place": told.place + (f"\n“{told.excerpt}”" if told.excerpt else ""),
        "file": report.name,
        "code": code_of(found),
    }
