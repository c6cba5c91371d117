"""A workbook for people who review: texts that stay texts, tables with frozen heads, filters, print setup."""

from __future__ import annotations

import re
from datetime import date
from typing import IO, TYPE_CHECKING

from xlsxwriter import Workbook
from xlsxwriter.url import Url

from validator.model.record import record
from validator.render.bulk_sheet import MOST_TEXT, BulkWorksheet, cut
from validator.render.terminal import clean
from validator.wording.message import message

if TYPE_CHECKING:
    from collections.abc import Sequence
    from datetime import datetime

    from xlsxwriter.format import Format
    from xlsxwriter.worksheet import Worksheet

    from validator.model.location import Location

_MOST_NAME = 31
_MOST_LINKS = 65_000  # Excel takes 65,530 a sheet
_LAST_ROW = 1_048_575
_NOT_IN_NAMES = re.compile(r"[\[\]:*?/\\]")
_NOT_IN_LINKS = re.compile(r"""[%#"<>\[\]^`{}?* ]""")
_RESERVED = frozenset({"history"})
_A4 = 9
_BEFORE_EXCEL = 1900  # days of that year and before are texts
_LINE, _AIR, _HIGHEST = 15, 3, 409  # points
# Fill and ink; each kind has words of its own in the cell, colour is never the only sign.
_LOOKS: dict[str, dict[str, object]] = {
    "text": {},
    "head": {"bold": True, "bg_color": "#DDE6F0", "align": "center", "valign": "vcenter"},
    "title": {"bold": True, "font_size": 14, "text_wrap": False, "border": 0},
    "note": {"italic": True, "text_wrap": False, "border": 0},
    "number": {"align": "center"},
    "day": {"align": "center", "num_format": "dd/mm/yyyy"},
    "error": {"bg_color": "#F8D0CC", "font_color": "#7A0C00"},
    "warning": {"bg_color": "#FFEDB8", "font_color": "#5C4300"},
    "explained": {"bg_color": "#D6E4F7", "font_color": "#173E75"},
    "info": {"bg_color": "#EDEDED", "font_color": "#333333"},
    "fine": {"bg_color": "#DDF0DA", "font_color": "#1C4D17"},
    "missing": {"bg_color": "#D9D9D9", "font_color": "#222222", "bold": True},
    "unreadable": {"bg_color": "#F4CFA8", "font_color": "#5E2E00", "bold": True},
    "answer": {"bg_color": "#FFFBE0"},
    "none": {"font_color": "#666666", "align": "center"},
}
# What lies over a fill, which it leaves as it is.
_SIGNS: dict[str, dict[str, object]] = {
    "low": {"italic": True, "font_color": "#9C5700"},
    "very-low": {"bold": True, "italic": True, "font_color": "#C00000"},
}

Value = str | int | date | None


@record(kw_only=False)
class Entry:
    """What a cell holds, how it looks, and where it leads (``internal:…`` or ``external:…``) if anywhere."""

    value: Value
    look: str = "text"
    target: str = ""


class Book:
    """A workbook under construction, row by row; what is written leaves the memory."""

    def __init__(self, target: IO[bytes], lang: str, created: datetime, area: str = "matrix") -> None:
        """Write to *target* in words of an *area* of the catalogue; *created* is the time the file bears."""
        self.lang, self._area = lang, area
        # Sheets are kept on disk while they grow, and no text is taken for anything but text.
        self._book = Workbook(
            target,
            {
                "constant_memory": True,
                "strings_to_formulas": False,
                "strings_to_urls": False,
                "strings_to_numbers": False,
            },
        )
        self._book.set_properties({"created": created, "title": self.say("title"), "comments": ""})
        self._names = set(_RESERVED)
        self._formats = {
            (name, link): self._format(look, link=link)
            for name, look in _LOOKS.items()
            for link in (False, True)
        }

    def say(self, key: str, **args: object) -> str:
        """Return a message of the workbook's area in its language; values are made harmless."""
        harmless = {name: clean(value) if isinstance(value, str) else value for name, value in args.items()}
        return message(f"{self._area}/{key}", self.lang, harmless)

    def look(self, name: str, *, link: bool = False) -> Format:
        """Return how a cell of a kind looks."""
        return self._formats[name, link]

    def sheet(
        self,
        title: str,
        columns: Sequence[tuple[str, int]],
        *,
        head: Sequence[str] = (),
        printed: int | None = None,
    ) -> Sheet:
        """Add a sheet: *head* are lines above the table, *columns* its heads and their widths.

        The first *printed* columns go on paper, all of them unless said.
        """
        name = self._name(title)
        return Sheet(self, self._book.add_worksheet(name), name, columns, head, printed)

    def bulk(self, title: str) -> BulkWorksheet:
        """Add a sheet of very many cells, which is set up and filled by whoever asks for it."""
        found: BulkWorksheet = self._book.add_worksheet(self._name(title), BulkWorksheet)
        return found

    def made_look(self, name: str, **changes: object) -> Format:
        """Return a look like the one called *name*, with some properties changed."""
        return self._format(_LOOKS[name] | changes, link=False)

    def sign(self, name: str) -> Format:
        """Return the look that a condition lays over a cell."""
        return self._book.add_format(_SIGNS[name])

    def low_look(self, name: str) -> Format:
        """Return how a text looks that lies under such a condition."""
        return self._format(_LOOKS["text"] | _SIGNS[name], link=False)

    def mark(self, name: str, value: str) -> None:
        """Note in the properties of the file what the program knows it by."""
        self._book.set_custom_property(name, value)

    def close(self) -> None:
        """Write everything out."""
        self._book.close()

    def _format(self, look: dict[str, object], *, link: bool) -> Format:
        base: dict[str, object] = {"font_name": "Times New Roman", "font_size": 11, "text_wrap": True}
        # The prefix keeps a text a text even when somebody edits the cell.
        base |= {"valign": "top", "border": 1, "border_color": "#A6A6A6", "quote_prefix": True}
        return self._book.add_format(base | look | ({"underline": 1} if link else {}))

    def _name(self, title: str) -> str:
        """Return a name for a sheet that Excel takes and no other sheet has."""
        plain = _NOT_IN_NAMES.sub(" ", clean(title)).strip(" '") or "–"
        name, number = cut(plain, _MOST_NAME).strip(" '"), 1
        while name.casefold() in self._names:
            number += 1
            ending = f" ({number})"
            name = cut(plain, _MOST_NAME - len(ending)).strip(" '") + ending
        self._names.add(name.casefold())
        return name


class Sheet:
    """A sheet with one table, filled from top to bottom."""

    def __init__(
        self,
        book: Book,
        sheet: Worksheet,
        name: str,
        columns: Sequence[tuple[str, int]],
        head: Sequence[str],
        printed: int | None,
    ) -> None:
        """Write the head of the table and set the sheet up for screen and paper."""
        self._book, self._sheet, self.name = book, sheet, name
        self._links = 0
        self._widths = tuple(width for _, width in columns)
        self._printed = len(columns) if printed is None else printed
        self._head = len(head)
        self.row = self._head + 1
        for row, text in enumerate(head):
            self._text(row, 0, text, "note" if row else "title")
        lines = max(_lines(title, width) for title, width in columns)
        sheet.set_row(self._head, lines * _LINE + 2 * _AIR)
        for column, (title, width) in enumerate(columns):
            sheet.set_column(column, column, width)
            self._text(self._head, column, title, "head")
        sheet.set_landscape()
        sheet.set_paper(_A4)
        sheet.set_margins(left=0.4, right=0.4, top=0.6, bottom=0.6)
        sheet.fit_to_pages(1, 0)
        sheet.repeat_rows(self._head)
        sheet.set_footer("&C&P/&N")

    @property
    def is_full(self) -> bool:
        """Whether Excel takes no further row."""
        return self.row > _LAST_ROW

    def fold(self, columns: Sequence[int]) -> None:
        """Fold columns away, to be unfolded by the sign above them; paper has room for the others."""
        for column in columns:
            options = {"level": 1, "hidden": True}
            self._sheet.set_column(column, column, self._widths[column], None, options)

    def freeze(self, columns: int) -> None:
        """Keep the head and the first *columns* in view."""
        self._sheet.freeze_panes(self._head + 1, columns)

    def write(self, entries: Sequence[Entry]) -> None:
        """Write the next row, as high as its longest text needs."""
        lines = max(_lines(entry.value, width) for entry, width in zip(entries, self._widths, strict=True))
        self._sheet.set_row(self.row, min(lines * _LINE + _AIR, _HIGHEST))
        for column, entry in enumerate(entries):
            if not (entry.target and self._link(column, entry)):
                self._plain(column, entry)
        self.row += 1

    def _plain(self, column: int, entry: Entry) -> None:
        value = entry.value
        if isinstance(value, int):
            self._sheet.write_number(self.row, column, value, self._book.look(entry.look))
        elif isinstance(value, date) and value.year > _BEFORE_EXCEL:
            self._sheet.write_datetime(self.row, column, value, self._book.look("day"))
        else:
            self._text(self.row, column, str(value or ""), entry.look)

    def _link(self, column: int, entry: Entry) -> bool:
        """Make a cell of the row a link; say whether that was possible."""
        if self._links >= _MOST_LINKS:
            return False
        try:
            url = Url(entry.target)
        except ValueError:
            return False
        self._links += 1
        url.text = cut(clean(str(entry.value)), MOST_TEXT)
        self._sheet.write_url(self.row, column, url, self._book.look(entry.look, link=True))
        return True

    def close(self) -> None:
        """Set the filter over what was written."""
        last = self.row - 1
        self._sheet.autofilter(self._head, 0, last, len(self._widths) - 1)
        self._sheet.print_area(0, 0, last, self._printed - 1)

    def _text(self, row: int, column: int, text: str, look: str) -> None:
        harmless = "\n".join(map(clean, text.split("\n")))
        self._sheet.write_string(row, column, cut(harmless, MOST_TEXT), self._book.look(look))


def _lines(value: Value, width: int) -> int:
    """Return about how many lines a cell of *width* characters needs."""
    if not isinstance(value, str):
        return 1
    return sum(1 + len(part) // width for part in value.split("\n"))


def file_link(path: str) -> str:
    """Return the link to a file by its *path* relative to the workbook, whatever characters are in it."""
    return "external:./" + _NOT_IN_LINKS.sub(lambda found: f"%{ord(found[0]):02X}", clean(path))


def place_link(path: str, location: Location) -> str:
    """Return the link to the place of a figure in a file; of a workbook it leads to the cell."""
    if not (location.sheet and location.cell):
        return file_link(path)
    sheet = clean(location.sheet).replace("'", "''")
    return f"{file_link(path)}#'{sheet}'!{location.cell}"
