"""A document whose form is not known → the form that it is nearest to, and what of that it lacks."""

from __future__ import annotations

from fractions import Fraction
from typing import TYPE_CHECKING

from validator.binding.targets import row_targets, strings
from validator.model.document import Block, Table
from validator.model.record import record
from validator.text.fold import words

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from validator.binding.recognition import Recognition
    from validator.binding.targets import RowTarget
    from validator.model.document import Document
    from validator.model.field import Form

Words = tuple[str, ...]
_MOST_LINES = 3000
_LONGEST = 200
_FEWEST_ROWS = 2
_TITLE_SHARE = Fraction(2, 3)
_COLUMN_WEIGHT = 20
"""A column that only this form has says as much as for `choose_form`."""


@record
class Near:
    """A form, and how many words of its title, columns and rows a document has.

    ``missing`` are those that it lacks, as the form writes them, the title's words first.
    """

    form: str
    title_words: int = 0
    title_found: int = 0
    columns: int = 0
    columns_found: int = 0
    rows: int = 0
    rows_found: int = 0
    missing: tuple[str, ...] = ()

    @property
    def weight(self) -> int:
        """How much of the form the document has."""
        return self.title_found + _COLUMN_WEIGHT * self.columns_found + self.rows_found

    @property
    def is_near(self) -> bool:
        """Whether that is more than chance: single words of a title stand in any document."""
        return (
            self.columns_found > 0
            or self.rows_found >= _FEWEST_ROWS
            or 0 < self.title_words * _TITLE_SHARE <= self.title_found
        )


def nearest_form(document: Document, forms: Iterable[Form], known: Recognition) -> Near | None:
    """Return the form of which *document* has most, None if it has no more of any than chance gives."""
    lines = {known.abbreviations.words(text) for text in _lines(document)}
    near = [_near(form, lines, known) for form in forms]
    best = max(near, key=lambda each: each.weight, default=None)
    return best if best is not None and best.is_near else None


def _lines(document: Document) -> Iterator[str]:
    """Yield the short texts of a document: titles, headings, labels and cells."""
    count = 0
    for block in document.blocks:
        texts = (block.text,) if isinstance(block, Block) else _cells(block)
        for text in texts:
            count += 1
            if count > _MOST_LINES:
                return
            yield text[:_LONGEST]


def _cells(table: Table) -> Iterator[str]:
    yield table.title or ""
    yield from (cell.text for cell in table.cells)


def _near(form: Form, lines: set[Words], known: Recognition) -> Near:
    title, title_words, title_found = _title(form, lines, known)
    columns = {each: words(each) for each in strings(form.binding.get("columns"))}
    lacking_columns = [each for each, wanted in columns.items() if not _starts(wanted, lines)]
    rows = row_targets(form, known)
    lacking_rows = [each for each in rows if lines.isdisjoint(each.labels)]
    return Near(
        form=form.name,
        title_words=title_words,
        title_found=title_found,
        columns=len(columns),
        columns_found=len(columns) - len(lacking_columns),
        rows=len(rows),
        rows_found=len(rows) - len(lacking_rows),
        missing=(
            *([title] if title_found < title_words else []),
            *lacking_columns,
            *map(_label, lacking_rows),
        ),
    )


def _title(form: Form, lines: set[Words], known: Recognition) -> tuple[str, int, int]:
    """Return the title that is nearest to a line, how many words it has, and how many the line has."""
    best = ("", 0, 0)
    for title in strings(form.binding.get("titles")):
        wanted = known.abbreviations.words(title)
        found = max((sum(word in line for word in wanted) for line in lines), default=0)
        if not best[0] or (found, -len(wanted)) > (best[2], -best[1]):
            best = (title, len(wanted), found)
    return best


def _label(target: RowTarget) -> str:
    labels = (*strings(target.definition.binding.get("labels")), *target.definition.label.values())
    return next(iter(labels), target.path)


def _starts(wanted: Words, lines: set[Words]) -> bool:
    return any(line[: len(wanted)] == wanted for line in lines)
