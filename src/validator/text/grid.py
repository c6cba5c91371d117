"""Tables, and tables flattened to lines of text, as rows and columns of figures with their labels."""

from __future__ import annotations

import re
from itertools import pairwise
from typing import TYPE_CHECKING

from validator.model.document import Table, TableCell
from validator.model.record import evolve, field, record
from validator.tables.grid import filled, is_numbering, rows_of
from validator.text.mention import Mention, MentionKind, Reading
from validator.text.row_code import CODE, level_of, split_code
from validator.text.token import TokenKind, tokenise

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from validator.text.passage import Passage
    from validator.text.role import Role, RoleBook
    from validator.text.vocabulary import Lexicon

MOST_ROWS = 2_000
MOST_COLUMNS = 40
_HEADER_ROWS = 4
_FORMULA = re.compile(r"\(?(\d{1,2})\)?\s*=\s*((?:\(?\d{1,2}\)?\s*[+/:-]?\s*)+)(?:[x*×]\s*100\s*%?)?")
_NUMBERED = re.compile(r"\(?(\d{1,2})\)?")
_OWN_NUMBER = re.compile(r"\((\d{1,2})\)\s*\Z")
_ADDED = re.compile(r"\([^()]*\+[^()]*\)")
_DASHES = frozenset("-–—")


@record
class Column:
    """A column: its header's folded words and roles, and what it holds.

    ``kind`` is ``code``, ``label``, ``unit``, ``note``, ``share`` or ``count``; ``added`` says whether its
    figures may be added up; ``formula`` gives the columns and the sign of a printed ``(3)=(4)+(5)``.
    """

    index: int
    words: tuple[str, ...]
    roles: frozenset[Role]
    kind: str
    added: bool = True
    formula: tuple[str, tuple[int, ...]] | None = None


@record
class Row:
    """A row: its label, its code and depth, and its figures by column."""

    label: str
    code: str
    words: tuple[str, ...]
    roles: frozenset[Role]
    level: int
    is_total: bool
    unit: tuple[str, ...]
    figures: Mapping[int, Mention]
    notes: tuple[int, ...] = ()
    of_which: bool = False
    blanks: frozenset[int] = frozenset()


@record
class Grid:
    """A table as figures."""

    columns: tuple[Column, ...]
    rows: tuple[Row, ...]
    quotes: Mapping[int, str] = field(default_factory=dict, compare=False)

    def counts(self) -> list[Column]:
        """The columns of figures that are no shares."""
        return [column for column in self.columns if column.kind == "count"]

    def shares(self) -> list[Column]:
        """The columns of percentages."""
        return [column for column in self.columns if column.kind == "share"]


def _keys(text: str, lexicon: Lexicon) -> tuple[str, ...]:
    return tuple([token.key for token in tokenise(text, lexicon) if token.kind is not TokenKind.NUMBER])


def _words(keys: Sequence[str]) -> tuple[str, ...]:
    return tuple([key for key in keys if key and (key[0].isalpha() or key == "%")])


def _roles(keys: Sequence[str], book: RoleBook) -> frozenset[Role]:
    return book.named(_words(keys))


# ── tables ───────────────────────────────────────────────────────────────────────────────────────


def grid_of_table(
    table: Table,
    places: range,
    passages: Sequence[Passage],
    readings: Mapping[int, Reading],
    cells: Mapping[int, Reading],
    book: RoleBook,
    lexicon: Lexicon,
) -> Grid | None:
    """The rows and columns of a table whose cells are the passages at *places*; None if it has no figures."""
    if table.columns > MOST_COLUMNS or table.columns < 2:
        return None
    by_row = rows_of(table.cells, most=MOST_ROWS)
    figures, notes = _held(places, passages, readings, cells)
    first = _first_body_row(table, by_row, figures)
    columns = _columns(table, by_row, first, figures, book, lexicon)
    body = [number for number in sorted(by_row) if number >= first]
    numbering = next((at for at in sorted(by_row) if at <= first and is_numbering(filled(by_row[at]))), None)
    if numbering is not None:
        columns = _with_formulas(columns, by_row[numbering])
        body = [number for number in body if number != numbering]
    rows = tuple(_row(by_row[number], number, columns, figures, notes, book, lexicon) for number in body)
    rows = tuple(row for row in rows if row.figures or row.label)
    quotes = {
        mention.passage: "\t".join(" ".join(cell.text.split()) for _, cell in sorted(by_row[at[0]].items()))
        for at, mention in figures.items()
        if at[0] in by_row
    }
    return Grid(columns=columns, rows=rows, quotes=quotes) if any(row.figures for row in rows) else None


def _held(
    places: range,
    passages: Sequence[Passage],
    readings: Mapping[int, Reading],
    cells: Mapping[int, Reading],
) -> tuple[dict[tuple[int, int], Mention], dict[tuple[int, int], int]]:
    """The figures of cells that hold no more, and the passages of cells that say more, by row and column."""
    figures: dict[tuple[int, int], Mention] = {}
    notes: dict[tuple[int, int], int] = {}
    for place in places:
        source, reading = passages[place].source, cells.get(place) or readings.get(place)
        if not isinstance(source, TableCell) or reading is None:
            continue
        real = [m for m in reading.mentions if m.kind is not MentionKind.NAME]
        if len(real) == 1 and (place in cells or _is_bare(reading, real[0])):
            figures[source.row, source.column] = real[0]
        elif real:
            notes[source.row, source.column] = place
    return figures, notes


def _is_bare(reading: Reading, mention: Mention) -> bool:
    """Whether a cell holds a figure and at most its unit."""
    after = reading.tokens[mention.last : mention.last + 1]
    is_code = bool(after) and after[0].key in {".", ")"}  # "6. Others" is a label.
    return mention.first == 0 and not is_code and len(reading.tokens) - mention.last <= 3


def _first_body_row(
    table: Table, by_row: Mapping[int, Mapping[int, TableCell]], figures: Mapping[tuple[int, int], Mention]
) -> int:
    """The first row with figures beyond a numbering."""
    told = max(table.header_rows, default=-1) + 1
    for number in sorted(by_row):
        if number < told:
            continue
        row = by_row[number]
        if number - told > _HEADER_ROWS:
            break
        if is_numbering(filled(row)):
            return number
        held = [column for column in row if (number, column) in figures]
        if held and (len(row) < 2 or held != [min(row)]):
            return number
        if row and CODE.fullmatch(row[min(row)].text.strip() or "·") and number > 0:
            return number
    return told


def _columns(
    table: Table,
    by_row: Mapping[int, Mapping[int, TableCell]],
    first: int,
    figures: Mapping[tuple[int, int], Mention],
    book: RoleBook,
    lexicon: Lexicon,
) -> tuple[Column, ...]:
    texts: dict[int, list[str]] = {column: [] for column in range(table.columns)}
    for number in sorted(by_row):
        if number >= first:
            break
        for cell in by_row[number].values():
            if cell.column_span >= table.columns:
                continue
            for column in range(cell.column, min(cell.column + cell.column_span, table.columns)):
                texts[column].append(cell.text)
    percents = [0] * table.columns
    counts = [0] * table.columns
    for (row, column), mention in figures.items():
        if row >= first and column < table.columns:
            counts[column] += 1
            percents[column] += mention.kind is MentionKind.PERCENT
    made = tuple(
        column_of(column, texts[column], counts[column], percents[column], book, lexicon)
        for column in range(table.columns)
    )
    return _numbered(made, texts)


def _numbered(columns: tuple[Column, ...], texts: Mapping[int, Sequence[str]]) -> tuple[Column, ...]:
    """The columns with formulas by column index: the numbers are those that the headers print."""
    if not any(column.formula for column in columns):
        return columns
    number_of: dict[int, int] = {}
    for column in columns:
        text = " ".join(texts[column.index])
        found = _FORMULA.search(text) or _OWN_NUMBER.search(text)
        if found is not None:
            number_of.setdefault(int(found[1]), column.index)
    return tuple([evolve(column, formula=_placed(column.formula, number_of)) for column in columns])


def column_of(
    index: int, texts: Sequence[str], filled: int, percents: int, book: RoleBook, lexicon: Lexicon
) -> Column:
    """A column by the texts of its header, the count of its figures and of those with a percent sign."""
    text = " ".join(texts)
    keys = _keys(text, lexicon)
    words = _words(keys)
    formula = _formula(text)
    if words and book.starts("code_column", words) and len(words) <= 3:
        kind = "code"
    elif book.starts("unit_column", words) or (
        index > 1 and not filled and book.is_said("unit_header", words)
    ):
        kind = "unit"
    elif book.says("note_column", words):
        kind = "note"
    elif not filled:
        kind = "label"
    elif percents * 2 > filled or book.says("share_column", words):
        kind = "share"
    else:
        kind = "count"
    return Column(
        index=index,
        words=words,
        roles=book.named(words),
        kind=kind,
        added=not (book.says("not_added", words) or _is_per_unit(keys, lexicon)),
        formula=formula,
    )


def _is_per_unit(keys: Sequence[str], lexicon: Lexicon) -> bool:
    """Whether a header names what falls on one of a unit: ``pupils/class``."""
    after = [other for one, other in pairwise(keys) if one == "/"]
    units = (phrase for word in after for phrase in lexicon.phrases.get(word, ()) if len(phrase.words) == 1)
    return any(tag.startswith("unit:") for phrase in units for tag in phrase.tags)


def _formula(text: str) -> tuple[str, tuple[int, ...]] | None:
    found = _FORMULA.search(text)
    if found is None:
        return None
    numbers = tuple(int(number) for number in re.findall(r"\d{1,2}", found[2]))
    signs = set(re.findall(r"[+/:-]", found[2]))
    if len(numbers) < 2 or len(signs) != 1:
        return None
    sign = signs.pop()
    return ("/" if sign == ":" else sign), numbers


def _with_formulas(columns: tuple[Column, ...], row: Mapping[int, TableCell]) -> tuple[Column, ...]:
    """The columns with what the numbering row says of them, by column index."""
    number_of: dict[int, int] = {}
    stated: dict[int, tuple[str, tuple[int, ...]]] = {}
    for index, cell in row.items():
        text = cell.text.strip()
        found = _FORMULA.fullmatch(text) or _NUMBERED.fullmatch(text)
        if found is None:
            continue
        number_of[int(found[1])] = index
        formula = _formula(text)
        if formula is not None:
            stated[index] = formula
    return tuple([evolve(column, formula=_placed(stated.get(column.index), number_of)) for column in columns])


def _placed(
    told: tuple[str, tuple[int, ...]] | None, number_of: Mapping[int, int]
) -> tuple[str, tuple[int, ...]] | None:
    """A formula of printed numbers as one of column indexes; None where a number is not printed."""
    if told is None or not all(number in number_of for number in told[1]):
        return None
    return told[0], tuple([number_of[number] for number in told[1]])


def _row(
    row: Mapping[int, TableCell],
    number: int,
    columns: Sequence[Column],
    figures: Mapping[tuple[int, int], Mention],
    notes: Mapping[tuple[int, int], int],
    book: RoleBook,
    lexicon: Lexicon,
) -> Row:
    code, unit = "", ""
    labels: list[str] = []
    held: dict[int, Mention] = {}
    noted: list[int] = []
    for column, cell in sorted(row.items()):
        if column >= len(columns):
            continue
        kind, text = columns[column].kind, cell.text.strip()
        if kind == "code" or (not code and not labels and kind == "label" and CODE.fullmatch(text)):
            code = code or text
        elif kind in {"count", "share"}:
            mention = figures.get((number, column))
            if mention is not None:
                held[column] = mention
            elif not held and text and text not in _DASHES:
                labels.append(text)
        elif kind == "unit":
            unit = text
        elif kind == "label" and text:
            labels.append(text)
        if kind in {"note", "label"} and (number, column) in notes:
            noted.append(notes[number, column])
    held = {c: _as_share(m) if columns[c].kind == "share" else m for c, m in held.items()}
    label = " ".join(labels)
    if not code:
        code, label = split_code(label)
    made = row_of(label, code, _keys(unit, lexicon), held, tuple(noted), book, lexicon)
    blanks = frozenset(column for column, cell in row.items() if cell.text.strip() in _DASHES)
    return evolve(made, blanks=blanks) if blanks else made


def _as_share(mention: Mention) -> Mention:
    """The figure of a column or row of percentages: one itself, though the sign stands at its head only."""
    if mention.kind is not MentionKind.COUNT:
        return mention
    return evolve(mention, kind=MentionKind.PERCENT, is_quantity=False)


def row_of(
    label: str,
    code: str,
    unit: tuple[str, ...],
    figures: Mapping[int, Mention],
    notes: tuple[int, ...],
    book: RoleBook,
    lexicon: Lexicon,
) -> Row:
    """A row by its label, code and figures; in per cent if its unit or its label says so."""
    words = _words(_keys(_ADDED.sub("", label), lexicon))
    if "%" not in unit and ("%" in words or book.starts("share_row", words)):
        unit = (*unit, "%")
    if not code and label[:1] in "-–+*•" and label:
        code = "-"
    total = bool(words) and (
        book.is_said("sum_row", words)
        or (
            book.starts("sum_row", words)
            and len(words) <= 4
            and not _roles(words, book) - {"whole", "closing"}
        )
    )
    return Row(
        label=label,
        code=code.strip().rstrip("."),
        words=words,
        roles=_roles(words, book),
        level=level_of(code),
        is_total=total,
        unit=unit,
        figures={c: _as_share(m) for c, m in figures.items()} if "%" in unit else figures,
        notes=notes,
        of_which=bool(words) and book.starts("of_which", words),
    )
