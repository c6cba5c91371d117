"""Who reports, when and by which form: from the head of a document, its title and its last sentence."""

from __future__ import annotations

import re
from calendar import monthrange
from collections import Counter
from datetime import date
from typing import TYPE_CHECKING

from validator.model.document import Block, BlockKind, Table
from validator.model.record import record
from validator.model.report import Period, Unit
from validator.readers.binding.fold import Folded, fold, folded, words
from validator.readers.binding.targets import strings
from validator.readers.given import kind_of_days

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping, Sequence

    from validator.model.document import Document
    from validator.model.field import Form
    from validator.readers.binding.recognition import Recognition
    from validator.readers.notation import Notation

_HEAD_BLOCKS = 15
# The name of the agency and the motto stand side by side above all else, often in a table without lines.
_LETTERHEAD_BLOCKS = 3
_MOST_ROWS = 3
_NAME = r"((?:\w+[ -]){0,3}?\w+)"
_MONTHS = {"quarter": 3, "half_year": 6, "nine_months": 9, "year": 12}
_ROMAN = {"i": 1, "ii": 2, "iii": 3, "iv": 4}
_LEAST = 4


@record
class Head:
    """What the head says; what it does not say is empty."""

    unit: Unit
    period: Period
    signed: Block | None = None
    signed_on: date | None = None
    signed_raw: str = ""


def read_head(document: Document, known: Recognition, notation: Notation) -> Head:
    """Return the unit and the period of *document*."""
    blocks = with_letterhead(document)
    head = _head_of(blocks)
    closing = [each for each in blocks if folded(each.text).startswith(known.closing)][-1:]
    unit, period = _unit(head, closing, blocks, known), _period(head, document, known, notation)
    signed = _signed(head, known)
    if signed is None:
        return Head(unit=unit, period=period)
    block, day, raw = signed
    return Head(unit=unit, period=period, signed=block, signed_on=day, signed_raw=raw)


def with_letterhead(document: Document) -> list[Block]:
    """Return the blocks of running text, with the lines of a table that sets the head of the page."""
    found: list[Block] = []
    for each in document.blocks:
        if isinstance(each, Block):
            found.append(each)
        elif len(found) < _LETTERHEAD_BLOCKS and each.rows <= _MOST_ROWS and each.columns <= _MOST_ROWS:
            found += [
                Block(kind=BlockKind.PARAGRAPH, text=line, location=cell.location)
                for cell in each.cells
                for line in cell.text.splitlines()
            ]
    return found


def _signed(head: Sequence[Block], known: Recognition) -> tuple[Block, date, str] | None:
    """Return the block of the dateline, its day and the day as written; None if it has no full date."""
    for block in head:
        seen = fold(block.text)
        for found in known.signed.finditer(seen.text):
            day, month, year = map(int, found.groups())
            start, end = seen.span(*found.span())
            try:
                return block, date(year, month, day), block.text[start:end].strip(" ,")
            except ValueError:
                continue
    return None


def _head_of(blocks: Sequence[Block]) -> list[Block]:
    """Return the blocks before the first numbered heading, and no more than a page's worth."""
    found: list[Block] = []
    for block in blocks[:_HEAD_BLOCKS]:
        if block.kind is BlockKind.HEADING and block.marker:
            break
        found.append(block)
    return found


def _unit(
    head: Sequence[Block], closing: Sequence[Block], blocks: Sequence[Block], known: Recognition
) -> Unit:
    """Return the unit that most in the head speaks for; none if little does."""
    levels = "|".join(word for word, _ in known.levels)
    day, name = _dateline(head, known)
    scores: Counter[tuple[str, str]] = Counter()
    speaking: Counter[str] = Counter()
    written: dict[tuple[str, str], str] = {}
    for block in (*head, *closing, *blocks[:_HEAD_BLOCKS]):
        seen = fold(block.text)
        is_addressed = seen.text.startswith(known.addressed)
        for found in re.finditer(rf"\b({levels})(?: |$)", seen.text):
            rest = seen.text[found.end() :]
            if rest.startswith((*known.speaks, ".", ";", ",")):
                speaking[found[1]] += 3 if rest.startswith(known.speaks) or block in closing else 0
            proper = _proper_name(block.text, seen, found.end())
            if proper is None:
                continue
            key = (found[1], folded(proper))
            written.setdefault(key, proper)
            after = seen.text[found.end() + len(key[1]) :].lstrip()
            scores[key] += 1
            scores[key] -= 5 if is_addressed else 0
            scores[key] += 5 if seen.text.startswith(known.reporter) else 0
            scores[key] += 4 if after.startswith(known.speaks) or block in closing else 0
    for key in scores:
        scores[key] += 6 if key[1] == name and day in ("", key[0]) else 0
        scores[key] += speaking[key[0]]
    if not scores:
        return Unit()
    best, weight = max(scores.items(), key=lambda each: (each[1], each[0]))
    return _named(best, written[best], known) if weight >= _LEAST else Unit()


def _dateline(head: Sequence[Block], known: Recognition) -> tuple[str, str]:
    """Return the level word (or nothing) and the folded name before the day of signing."""
    levels = "|".join(word for word, _ in known.levels)
    days = "|".join(known.day)
    for block in head:
        seen = fold(block.text)
        found = re.search(rf"((?:[a-z]+ ){{0,5}}[a-z]+), ?(?:{days})\b", seen.text)
        if found is None:
            continue
        start = found.start(1)
        for word in re.finditer(r"[a-z]+", found[1]):
            if block.text[seen.starts[start + word.start()]].isupper():
                start += word.start()
                break
        name = seen.text[start : found.end(1)]
        level = re.match(rf"({levels}) ", name)
        return (level[1], name[level.end() :]) if level else ("", name)
    return "", ""


def _proper_name(text: str, seen: Folded, start: int) -> str | None:
    """Return the capitalised words that begin at a folded place, four at most."""
    if start >= len(seen.starts):
        return None
    rest = text[seen.starts[start] :]
    found: list[str] = []
    for word in re.split(r"(?<=\w)(?=[\s,.;:()])|\s+", rest)[:9]:
        if not word.strip():
            continue
        if not (word[0].isupper() and word.isalpha()) or len(found) == 4:
            break
        found.append(word)
    return " ".join(found) or None


def _named(key: tuple[str, str], name: str, known: Recognition) -> Unit:
    level_word, plain = key
    level = dict(known.levels)[level_word]
    shown = known.level_words.get(level_word, level_word)
    title = name.title() if name.isupper() else name
    return Unit(id="-".join(words(plain)), name=f"{shown[:1].upper()}{shown[1:]} {title}", level=level)


def _period(head: Sequence[Block], document: Document, known: Recognition, notation: Notation) -> Period:
    """Return the period of the title, with the days of the data where the head gives them."""
    days = rf"(?:{'|'.join(known.day)})\b"
    lines = [folded(each.text) for each in head if not re.search(rf", ?{days}", folded(each.text))]
    titles = [folded(each.title) for each in document.blocks if isinstance(each, Table) and each.title]
    text = " ".join(lines)
    read = 0
    for line in lines:
        start, read = read, read + len(line) + 1
        if named := _named_period(text[:read], start, known):
            return _with_days(*named, text, known, notation)
    for title in titles:
        if named := _named_period(title, 0, known):
            return _with_days(*named, text, known, notation)
    return Period()


def _named_period(text: str, last_line: int, known: Recognition) -> tuple[str, re.Match[str]] | None:
    """Return the period that the last line of *text* names or ends to name, as a title may break."""
    for each in known.periods:
        for found in each.pattern.finditer(text):
            if found.end() > last_line:
                return each.kind, found
    return None


def _with_days(kind: str, found: re.Match[str], text: str, known: Recognition, notation: Notation) -> Period:
    for pattern in known.window:
        if window := pattern.search(text):
            start, end = (notation.parse_date(each) for each in window.groups()[:2])
            if start and end and start <= end:
                # A title may name the year of a plan; the days of the data say how long the period is.
                return Period(kind=kind_of_days(start, end) or kind, start=start, end=end)
    year = int(found.groups()[-1])
    first, last = _month_range(kind, found.groups())
    return Period(kind=kind, start=date(year, first, 1), end=date(year, last, monthrange(year, last)[1]))


def _month_range(kind: str, groups: tuple[str, ...]) -> tuple[int, int]:
    if kind == "quarter":
        quarter = _ROMAN.get(groups[0]) or int(groups[0])
        return 3 * quarter - 2, 3 * quarter
    if kind == "month":
        month = min(12, max(1, int(groups[0])))
        return month, month
    return 1, _MONTHS.get(kind, 12)


def choose_form(document: Document, forms: Iterable[Form], known: Recognition) -> str | None:
    """Return the name of the form whose titles and columns the document has; None if none or two."""
    blocks = [each for each in document.blocks if isinstance(each, Block)]
    tables = [each for each in document.blocks if isinstance(each, Table)]
    titles = [known.abbreviations.shorten(folded(each.text)) for each in _head_of(blocks)]
    titles += [known.abbreviations.shorten(folded(each.title)) for each in tables if each.title]
    titles += [
        known.abbreviations.shorten(folded(each.text))
        for each in blocks
        if each.kind is BlockKind.HEADING and not each.marker
    ]
    cells = {words(cell.text) for table in tables for cell in table.cells if cell.row <= _HEADER_DEPTH}
    weights = {form.name: _weight(form.binding, titles, cells, known) for form in forms}
    best = max(weights.values(), default=0)
    names = [name for name, weight in weights.items() if weight == best]
    return names[0] if best and len(names) == 1 else None


_HEADER_DEPTH = 3


def _weight(
    binding: Mapping[str, object], titles: Sequence[str], cells: set[tuple[str, ...]], known: Recognition
) -> int:
    """Return how much speaks for a form: a column that only it has counts more than its title."""
    wanted = [known.abbreviations.shorten(folded(each)) for each in strings(binding.get("titles"))]
    columns = [words(each) for each in strings(binding.get("columns"))]
    named = max((len(each.split()) for each in wanted if any(each in title for title in titles)), default=0)
    return named + 20 * sum(any(cell[: len(each)] == each for cell in cells) for each in columns)
