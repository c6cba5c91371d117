"""Balances in tables: most − given = deducted in a row, and a row of totals under its column."""

from __future__ import annotations

from fractions import Fraction
from typing import TYPE_CHECKING

from validator.claims.claim import Claim, ClaimKind, ClaimVerdict
from validator.claims.judge import written
from validator.model.diagnostic import Label
from validator.model.document import Table, TableCell
from validator.model.record import record
from validator.model.words import say
from validator.text.cue import find_cues
from validator.text.grid import MOST_ROWS
from validator.text.token import read_numeral, tokenise

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence

    from validator.claims.prose import Prose

_COLUMNS = ("whole", "kept", "lost")
_HEADER_ROWS = 3
_BESIDE, _LEAST_ROWS = 2, 2
"""Most, given and deducted side by side leave no doubt; a column more may hold other scores."""


@record
class _Value:
    """A cell that holds a number alone."""

    cell: TableCell
    value: Fraction
    decimals: int


def find_tables(prose: Prose) -> Iterator[Claim]:
    """Yield the balances that the columns of score tables state."""
    for passage in prose.passages:
        if isinstance(passage.source, Table):
            yield from _score_rows(prose, passage.source)


def _score_rows(prose: Prose, table: Table) -> Iterator[Claim]:
    columns = _columns(prose, table)
    if set(columns) != set(_COLUMNS):
        return
    rows: dict[int, dict[str, _Value]] = {}
    names = {number: name for name, number in columns.items()}
    for cell in table.cells[: MOST_ROWS * max(1, table.columns)]:
        name = names.get(cell.column)
        value = _number(cell) if name else None
        if name and value:
            rows.setdefault(cell.row, {})[name] = value
    full = [row for row in rows.values() if len(row) == len(_COLUMNS)]
    rivals = columns["lost"] - columns["whole"] > _BESIDE and not _is_template(full)
    for row in full if not rivals else ():
        yield _row_claim(row["whole"], row["kept"], row["lost"])


def _is_template(rows: Sequence[Mapping[str, _Value]]) -> bool:
    """Whether most rows bear out that the columns belong together: another of scores may be meant."""
    holding = sum(row["whole"].value - row["kept"].value == abs(row["lost"].value) for row in rows)
    return holding >= _LEAST_ROWS and 2 * holding > len(rows)


def _columns(prose: Prose, table: Table) -> dict[str, int]:
    """Which column is the most, the given and the deducted, by the words of the first rows."""
    found: dict[str, int] = {}
    for cell in table.cells:
        if cell.row >= _HEADER_ROWS:
            break
        cues = find_cues(tokenise(cell.text[:80], prose.lexicon), prose.lexicon)
        tags = {tag for cue in cues for tag in cue.tags}
        for name in _COLUMNS:
            if f"table_{name}" in tags and len(cell.text) <= _LONGEST_HEADING:
                found.setdefault(name, cell.column)
    if "kept" not in found and found.get("lost", 0) - found.get("whole", 0) == len(_COLUMNS) - 1:
        found["kept"] = found["whole"] + 1
    return found if len(set(found.values())) == len(found) else {}


_LONGEST_HEADING = 40


def _number(cell: TableCell) -> _Value | None:
    text = cell.text.strip().replace("−", "-").replace("–", "-")
    negative = text.startswith("-")
    numeral = read_numeral(text.lstrip("-").strip())
    if numeral is None:
        return None
    value = Fraction(-numeral.value if negative else numeral.value)
    return _Value(cell=cell, value=value, decimals=numeral.decimals)


def _row_claim(whole: _Value, kept: _Value, lost: _Value) -> Claim:
    """Score points are exact as written; the deduction may be written with a minus."""
    holds = whole.value - kept.value == abs(lost.value)
    taken = written(abs(lost.value), lost.decimals)
    made = kept.value + abs(lost.value)
    decimals = max(whole.decimals, kept.decimals, lost.decimals)
    parts = (written(kept.value, kept.decimals), taken)
    help_args = {
        "total": whole.cell.text.strip(),
        "parts": f"{kept.cell.text.strip()} + {taken.replace('.', ',')}",
        "sum": written(made, decimals).replace(".", ","),
        "difference": written(abs(made - whole.value), decimals).replace(".", ","),
    }
    return Claim(
        kind=ClaimKind.SUM,
        verdict=ClaimVerdict.PASS if holds else ClaimVerdict.FAIL,
        quote=" | ".join(value.cell.text.strip() for value in (whole, kept, lost)),
        location=lost.cell.location,
        numbers={"total": written(whole.value, whole.decimals), "parts": parts},
        reason="" if holds else "balance-differs",
        help={} if holds else help_args,
        figures=(whole.cell.location, kept.cell.location, lost.cell.location),
        labels=() if holds else (_label(whole, "total"), _label(kept, "part"), _label(lost, "part")),
    )


def _label(value: _Value, role: str) -> Label:
    """A figure of the table with the words of its column."""
    place = value.cell.location
    words = place.column_name or place.row_label or say(f"claims/role-{role}")
    exact = written(abs(value.value), value.decimals)
    return Label(path="", label=words, raw=value.cell.text.strip(), location=place, value=exact, role=role)
