"""What people wrote into a sheet of explanations: its rows, by the words at the heads of the columns."""

from __future__ import annotations

import unicodedata
from typing import TYPE_CHECKING

from validator.checking.explaining import one_line
from validator.checking.reasons import refusal
from validator.explaining.sheet import COLUMNS
from validator.model.document import Table
from validator.model.location import Location
from validator.model.problem import Problem, ValidatorError
from validator.model.record import evolve, record
from validator.model.verdict import Severity
from validator.readers.document import read_document
from validator.readers.formats import FORMATS
from validator.readers.reader import DocumentResult
from validator.submissions.wall import behind_wall, file_cost, loss_problem
from validator.wording.message import message

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping
    from pathlib import Path

    from validator.model.document import Document
    from validator.readers.given import Given
    from validator.submissions.worker import Loss

LANGUAGES = ("vi", "en")
_NEEDED = ("reason", "file", "code")
_WORKED_OUT = frozenset(
    {"no-cached-value", "stale-value", "cell-error", "cell-unreadable", "more-cell-faults"}
)
_CUT = "document/too-many-cells"


@record
class Cell:
    """A cell of the workbook."""

    text: str
    place: Location
    is_formula: bool = False


Row = dict[int, Cell]


@record
class Answer:
    """A row in which a reason was written; ``figures`` is None where the sheet has lost that column."""

    file: str
    code: str
    reason: str
    by: str
    figures: str | None
    place: Location


@record
class Answers:
    """The rows with a reason, in which language the sheet is, and how many rows are still without one."""

    rows: tuple[Answer, ...]
    lang: str
    blank: int = 0


def read_answers(path: Path, given: Given) -> Answers:
    """Read a sheet that was filled in, behind a wall. Raises `ValidatorError` for what is none."""
    found = _read(path, given)
    document = found.document
    if document is None:
        raise ValidatorError(found.problems[0])
    form = FORMATS.get(document.media_type)
    if form is None or not form.is_sheet:
        raise refusal("waiver/no-workbook", path=str(path))
    for problem in found.problems:
        if problem.code == _CUT:
            raise ValidatorError(evolve(problem, severity=Severity.ERROR))
    for rows in _sheets(document).values():
        for number in sorted(rows):
            for lang in LANGUAGES:
                heads = _heads(rows[number], lang)
                if {*_NEEDED} <= {*heads}:
                    below = {at: row for at, row in rows.items() if at > number}
                    _refuse_formulas(found.problems, below, heads, path)
                    return _answers(below, heads, lang, path)
    raise _no_head(document, path)


def _read(path: Path, given: Given) -> DocumentResult:
    cost = file_cost(path, given)

    def lost(loss: Loss) -> DocumentResult:
        return DocumentResult(document=None, problems=(loss_problem(loss, str(path), cost),))

    return behind_wall(read_document, (path,), cost, lost)


def _sheets(document: Document) -> dict[str, dict[int, Row]]:
    """Return the cells by sheet, row and column, a merged one in each of its rows."""
    sheets: dict[str, dict[int, Row]] = {}
    for cell, span in _cells(document):
        at = _reference(cell.place.cell or "")
        if at is None:
            continue
        rows = sheets.setdefault(cell.place.sheet or "", {})
        for number in range(at[0], at[0] + span):
            rows.setdefault(number, {}).setdefault(at[1], cell)
    return sheets


def _cells(document: Document) -> Iterator[tuple[Cell, int]]:
    for block in document.blocks:
        if not isinstance(block, Table):
            yield Cell(text=block.text, place=block.location), 1
            continue
        for each in block.cells:
            is_formula = each.formula is not None
            yield Cell(text=each.text, place=each.location, is_formula=is_formula), max(1, each.row_span)


def _reference(name: str) -> tuple[int, int] | None:
    """Return row and column of a cell such as ``F7``."""
    letters = name.rstrip("0123456789")
    digits = name[len(letters) :]
    if not (letters.isascii() and letters.isalpha() and digits):
        return None
    column = 0
    for letter in letters.upper():
        column = column * 26 + ord(letter) - ord("A") + 1
    return int(digits), column


def _heads(row: Row, lang: str) -> dict[str, int]:
    """Return which column is which, by the words at their heads."""
    words = {_plain(message(f"answers/column-{key}", lang, {})): key for key, _ in COLUMNS}
    found: dict[str, int] = {}
    for column in sorted(row):
        key = words.get(_plain(row[column].text))
        if key:
            found.setdefault(key, column)
    return found


def _plain(text: str) -> str:
    return " ".join(unicodedata.normalize("NFC", text).split()).casefold()


def _no_head(document: Document, path: Path) -> ValidatorError:
    """Return what a workbook lacks: a column, or all that makes it a sheet of explanations."""
    every = [
        (lang, _heads(row, lang))
        for rows in _sheets(document).values()
        for row in rows.values()
        for lang in LANGUAGES
    ]
    lang, best = max(every, key=lambda each: len(each[1]), default=("", {}))
    if len(best) <= 1:
        return refusal("waiver/no-answers", Location(file=str(path)))
    missing = [message(f"answers/column-{key}", lang, {}) for key in _NEEDED if key not in best]
    return refusal("waiver/column-gone", Location(file=str(path)), names=", ".join(missing))


def _refuse_formulas(
    problems: tuple[Problem, ...], rows: Mapping[int, Row], heads: Mapping[str, int], path: Path
) -> None:
    """Refuse formulas where a text is asked for: nobody knows what they give elsewhere, or tomorrow."""
    columns = {heads[key] for key in (*_NEEDED, "by") if key in heads}
    bad = [
        cell.place.cell or ""
        for number in sorted(rows)
        for column, cell in rows[number].items()
        if column in columns and cell.is_formula
    ]
    for each in problems:
        at = _reference(each.location.cell or "")
        if each.code.rpartition("/")[2] in _WORKED_OUT and at and at[0] in rows and at[1] in columns:
            bad.append(each.location.cell or "")
    if bad:
        raise refusal(
            "waiver/answer-is-formula", Location(file=str(path)), cells=", ".join(dict.fromkeys(bad))
        )


def _answers(rows: Mapping[int, Row], heads: Mapping[str, int], lang: str, path: Path) -> Answers:
    found: list[Answer] = []
    blank = 0
    for number in sorted(rows):
        row = rows[number]
        texts = {key: row[column].text if column in row else "" for key, column in heads.items()}
        reason, code, file = one_line(texts["reason"]), texts["code"].strip(), texts["file"].strip()
        if not reason:
            blank += bool(code)
            continue
        place = evolve(row[heads["reason"]].place, file=str(path))
        if not code or not file:
            raise refusal("waiver/row-without-code", Location(file=str(path)), row=number)
        found.append(
            Answer(
                file=file,
                code=code,
                reason=reason,
                by=one_line(texts.get("by", "")),
                figures=texts.get("figures"),
                place=place,
            )
        )
    return Answers(rows=tuple(found), lang=lang, blank=blank)
