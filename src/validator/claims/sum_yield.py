"""Yields: an area, what a hectare bears, and what was brought in, in one clause or row of a table."""

from __future__ import annotations

from fractions import Fraction
from typing import TYPE_CHECKING

from validator.claims.claim import Claim, ClaimKind, ClaimVerdict
from validator.claims.judge import number_of, written
from validator.claims.prose import make_claim
from validator.claims.slip import slips_of
from validator.claims.structure import is_total
from validator.claims.sum_average import AVERAGE
from validator.model.record import record
from validator.text.qualifier import HEDGED

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from validator.claims.structure import Node, Text
    from validator.text.grid import Grid
    from validator.text.item import Item
    from validator.text.mention import Mention

_STROKE, _LONG = "/", 3
_KILOGRAMS = {"kilograms": 1, "hundredweights": 100, "tonnes": 1000}
_NO_RESULT = frozenset({"change", "up", "down", "compared", "aim", "other_period", "minus"})


@record
class _Yield:
    """What stands together, and how many units of the total a unit of the average is."""

    total: Mention
    average: Mention
    area: Mention
    factor: Fraction


def find_yields(text: Text, grids: Sequence[Grid]) -> Iterator[Claim]:
    """Yield every yield whose area and output stand in its clause or row, as a total and an average."""
    for node in text.nodes.values():
        for item in node.items:
            if _is_rate(text, node, item) and (found := _of_clause(text, node, item)) is not None:
                yield _claim(text, found)
    for grid in grids:
        yield from _of_grid(text, grid)


def _weight(text: Text, words: Sequence[str]) -> int:
    """How many kilograms the only unit of weight among some words is; 0 if there is none."""
    found = {kilograms for name, kilograms in _KILOGRAMS.items() if text.book.says(name, words)}
    return found.pop() if len(found) == 1 else 0


def _is_area(text: Text, words: Sequence[str]) -> bool:
    return text.book.says("hectares", words)


def _unit(item: Item) -> list[str]:
    return list(item.trail[: len(item.mention.unit.split())]) if item.mention.unit_is_near else []


def _is_rate(text: Text, node: Node, item: Item) -> bool:
    """Whether a figure is so much weight for each hectare: ``62.5 quintals/ha``."""
    unit, reading = _unit(item), node.found.reading
    if reading is None or not unit or item.roles & _NO_RESULT or not _weight(text, unit):
        return False
    before = node.items[item.order - 1].mention if item.order else None
    if before is not None and before.last + 1 >= item.mention.first:
        return False  # "54 - 55": a range.
    after = [token.key for token in reading.tokens[item.mention.last + len(unit) :][:2]]
    return after[:1] == [_STROKE] and _is_area(text, after[1:])


def _of_clause(text: Text, node: Node, rate: Item) -> _Yield | None:
    """The one area and the one weight that stand with a rate, no stronger mark than a comma between."""
    clause = _clause(node, rate)
    if any(_is_rate(text, node, item) for item in clause):
        return None
    areas = [item for item in clause if _is_area(text, _unit(item))]
    totals = [item for item in clause if _weight(text, _unit(item))]
    if len(areas) != 1 or len(totals) != 1 or not all(map(is_total, (*areas, *totals))):
        return None
    if rate.mention.odd or (HEDGED in rate.mention.tags and AVERAGE not in rate.roles):
        return None
    factor = Fraction(_weight(text, _unit(rate)), _weight(text, _unit(totals[0])))
    return _Yield(total=totals[0].mention, average=rate.mention, area=areas[0].mention, factor=factor)


def _clause(node: Node, rate: Item) -> list[Item]:
    m = rate.mention
    here = [i for i in node.items if (i.mention.sentence, i.mention.bracket) == (m.sentence, m.bracket)]
    at = here.index(rate)
    start = next((back for back in range(at, 0, -1) if here[back].mark == ";"), 0)
    end = next((on for on in range(at + 1, len(here)) if here[on].mark == ";"), len(here))
    return [item for item in here[start:end] if item is not rate and not item.roles & _NO_RESULT]


def _of_grid(text: Text, grid: Grid) -> Iterator[Claim]:
    """The rows of a table that has one column of areas, one of yields and one of weights."""
    heads = {column.index: list(column.words) for column in grid.columns}
    areas = [at for at, words in heads.items() if _is_area(text, words) and not _weight(text, words)]
    rates = [at for at, words in heads.items() if _is_area(text, words) and _weight(text, words)]
    totals = [at for at, words in heads.items() if _weight(text, words) and not _is_area(text, words)]
    if (len(areas), len(rates), len(totals)) != (1, 1, 1):
        return
    factor = Fraction(_weight(text, heads[rates[0]]), _weight(text, heads[totals[0]]))
    for row in grid.rows:
        area, rate, total = (row.figures.get(places[0]) for places in (areas, rates, totals))
        if area is not None and rate is not None and total is not None and not row.is_total:
            yield _claim(text, _Yield(total=total, average=rate, area=area, factor=factor))


def _claim(text: Text, found: _Yield) -> Claim:
    total, average, area = found.total, found.average, found.area
    if _agrees(found, total.amount, average.amount, area.amount):
        verdict = ClaimVerdict.PASS
    else:
        verdict = ClaimVerdict.FAIL if _has_slip(found) else ClaimVerdict.UNDECIDED
    failed = verdict is ClaimVerdict.FAIL
    product = written(Fraction(average.amount * area.amount) * found.factor, total.decimals)
    cure = {"total": _shown(total), "average": _shown(average), "count": _shown(area)}
    cure["product"] = product.replace(".", ",") + _shown(total).removeprefix(total.text)
    return make_claim(
        text.prose,
        ClaimKind.SUM,
        verdict,
        (total, average, area),
        {"total": number_of(total), "parts": (product,)},
        reason="average-differs" if failed else "",
        cure=cure if failed else None,
        roles=("total", "average", "count"),
    )


def _agrees(found: _Yield, total: Fraction | int, average: Fraction | int, area: Fraction | int) -> bool:
    """Whether an area bears so much: the area is rounded, the others are rounded or cut off."""
    rounded, half = _last(found.average), Fraction(_last(found.area), 2)
    least = (average - Fraction(rounded, 2)) * (area - half) * found.factor
    most = (average + rounded) * (area + half) * found.factor
    return least <= total + _last(found.total) and total - _last(found.total) <= most


def _shown(m: Mention) -> str:
    return f"{m.text} {m.unit}" if m.unit_is_near else m.text


def _last(m: Mention) -> Fraction:
    return Fraction(10) ** (m.scale - m.decimals)


def _has_slip(found: _Yield) -> bool:
    """Whether one slip of the pen in one of the three would make them agree.

    A yield of two digits is so round, and short figures have so many slips, that one tells nothing.
    """
    mentions = (found.total, found.average, found.area)
    if _digits(found.average) < _LONG:
        return False
    for place, m in enumerate(mentions):
        for slip in slips_of(number_of(m)) if _digits(m) >= _LONG else ():
            values = [other.amount for other in mentions]
            values[place] = slip * _last(m)
            if _agrees(found, *values):
                return True
    return False


def _digits(m: Mention) -> int:
    return len(number_of(m).replace(".", ""))
