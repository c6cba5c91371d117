"""The columns of the sheet of figures, its looks, and the words around the grid."""

from __future__ import annotations

from typing import TYPE_CHECKING

from validator.model.field import FieldType
from validator.model.figure import FigureState
from validator.model.words import text_in
from validator.readers.remark import HEAD_ROW, KEY_ROW, NAME_KEY, OTHER_KEY, REMARK_KEY, STATUS_KEY, UNIT_KEY
from validator.render.bulk_sheet import Columns, look_of, text_cell
from validator.render.figures_cell import unit_of
from validator.wording.message import message

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence

    from validator.model.field import Form
    from validator.render.bulk_sheet import BulkWorksheet
    from validator.render.workbook import Book

KEYS, HEAD = KEY_ROW, HEAD_ROW
FIRST_ROW = HEAD + 1
_KEY, NUMBER, UNIT, SENT, COMPARED, STATUS, REMARK = range(7)
FIRST = 7
_WIDTHS = (4, 5, 24, 15, 13, 16, 34)
_WIDTH, _OWN_WIDTH = 13, 24
_A3, _LINE, _STATUSES = 8, 15, 4
_FILL = {
    FigureState.AGREES: "fine",
    FigureState.DIFFERS: "error",
    FigureState.EXPLAINED: "explained",
    FigureState.OPEN: "text",
}
# Whoever prints without colours sees the state all the same.
_SIGNS = {FigureState.DIFFERS: " ≠", FigureState.EXPLAINED: " *"}


class Frame:
    """One form's sheet: which columns there are, and the numbers of the looks of their cells."""

    def __init__(self, book: Book, form: Form, paths: Sequence[str], others: Sequence[str]) -> None:
        self.book, self.form, self.paths, self.others = book, form, tuple(paths), tuple(others)
        self.fields = tuple(form.fields[path] for path in paths)
        self.last = FIRST + len(self.paths) + len(self.others) - 1
        self.columns = Columns(self.last + 1).names
        self.plain = {
            name: look_of(book.look(name)) for name in ("text", "number", "none", "missing", "head")
        }
        self.plain |= {
            name: look_of(book.look(name)) for name in ("unreadable", "title", "note", "fine", "error")
        }
        self._numbers: dict[tuple[FigureState, str, bool], int] = {}

    def say(self, key: str, **args: object) -> str:
        """Return ``figures/key`` in the language of the book."""
        return message(f"figures/{key}", self.book.lang, args)

    def text_look(self, state: FigureState) -> int:
        """Return the look of a figure that is a text."""
        return look_of(self.book.look(_FILL[state]))

    def number_look(self, state: FigureState, shape: str, *, bold: bool = False) -> int:
        """Return the look of a number of a state, shown by the format *shape*."""
        key = (state, shape, bold)
        if key not in self._numbers:
            sign = _SIGNS.get(state, "")
            shape = f'{shape}"{sign}"' if sign else shape
            made = self.book.made_look(
                _FILL[state], num_format=shape, align="right", bold=bold, quote_prefix=False
            )
            self._numbers[key] = look_of(made)
        return self._numbers[key]

    def heads(self) -> Iterator[str]:
        """Yield the heads of all columns."""
        yield ""
        for name in ("number", "unit", "sent", "compared", "status", "remark"):
            yield self.say(f"column-{name}")
        for field in self.fields:
            label, unit = text_in(field.label, self.book.lang) or field.path, unit_of(field)
            yield f"{label} ({unit})" if unit else label
        yield from self.others

    def keys(self) -> Iterator[str]:
        """Yield by what the columns are known when the file is read again."""
        yield f"{UNIT_KEY}{self.form.name}"
        yield from ("", NAME_KEY, "", "", STATUS_KEY, REMARK_KEY)
        yield from self.paths
        yield from (OTHER_KEY for _ in self.others)

    def set_up(self, sheet: BulkWorksheet, *, own: bool) -> None:
        """Set widths, panes, paper and what is repeated on each page."""
        for at, width in enumerate(_WIDTHS):
            sheet.set_column(at, at, width, None, {"hidden": at == 0 or (at > UNIT and not own)})
        sheet.set_column(FIRST, FIRST + len(self.paths) - 1, _WIDTH if own else 3 * _WIDTH)
        if self.others:
            sheet.set_column(self.last - len(self.others) + 1, self.last, _OWN_WIDTH)
        sheet.freeze_panes(FIRST_ROW, UNIT + 1)
        sheet.set_landscape()
        sheet.set_paper(_A3)
        sheet.set_margins(left=0.4, right=0.4, top=0.6, bottom=0.6)
        sheet.repeat_rows(HEAD)
        sheet.repeat_columns(_KEY, UNIT)
        sheet.set_footer("&C&P/&N")

    def mark(self, sheet: BulkWorksheet, keys: Iterable[str]) -> None:
        """Write the hidden row by which sheet and columns are known when the file is read again."""
        cells = (
            text_cell(self.columns[at], KEYS, self.plain["text"], key) for at, key in enumerate(keys) if key
        )
        sheet.write_row_xml(KEYS, "".join(cells), 0, hidden=True)

    def head_height(self) -> float:
        """Return how high the row of heads must be for its longest head."""
        return min(16, max(2, *(1 + len(head) // (_WIDTH - 2) for head in self.heads()))) * _LINE

    def statuses(self) -> list[str]:
        """Return the statuses on offer."""
        return [self.say(f"status-{number + 1}") for number in range(_STATUSES)]

    def is_share(self, at: int) -> bool:
        """Whether a column holds shares."""
        return self.fields[at].type is FieldType.PERCENT
