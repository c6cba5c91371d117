"""Equations as forms print them in the row of column numbers: ``(3)=(4)+(5)``, ``1=2+3+…+7``."""

from __future__ import annotations

import re

from validator.model.record import record

_TOKEN = re.compile(
    r"\s{0,9}(?:\(\s{0,9}([0-9]+[a-z]?)\s{0,9}\)|([0-9]+[a-z]?)|([+=\-−–])|(…|\.{2,}))", re.IGNORECASE
)
_MOST_PARTS = 200


@record(kw_only=False)
class Printed:
    """One equation between codes: a total and its parts with their signs."""

    total: str
    parts: tuple[tuple[int, str], ...]


def parse_printed(text: str) -> tuple[Printed, ...] | None:
    """Return the equations in *text*, None if it is not written as one.

    ``9=11+12 =14+15`` holds two equations of one total. A total may stand on either side.
    """
    marks = _marks(text)
    if marks is None:
        return None
    sides: list[list[str]] = [[]]
    for mark in marks:
        if mark == "=":
            sides.append([])
        else:
            sides[-1].append(mark)
    sums = [_sum(side) for side in sides]
    if len(sums) < 2 or any(each is None for each in sums):
        return None
    return _equations([each for each in sums if each is not None])


def _equations(sums: list[tuple[tuple[int, str], ...]]) -> tuple[Printed, ...] | None:
    ends = (0, len(sums) - 1)
    single = next((index for index in ends if len(sums[index]) == 1 and sums[index][0][0] == 1), None)
    if single is None:
        return None
    total = sums[single][0][1]
    return tuple(Printed(total, each) for index, each in enumerate(sums) if index != single)


def _marks(text: str) -> list[str] | None:
    found: list[str] = []
    place = 0
    stripped = text.strip()
    while place < len(stripped):
        match = _TOKEN.match(stripped, place)
        if match is None:
            return None
        bracketed, bare, sign, dots = match.groups()
        found.append((bracketed or bare or ("…" if dots else "-" if sign in "-−–" else sign)).lower())
        place = match.end()
    return found


def _sum(marks: list[str]) -> tuple[tuple[int, str], ...] | None:
    """Return the parts of one side; ``2+3+…+7`` is written out."""
    parts: list[tuple[int, str]] = []
    sign, wants_code, gap = 1, True, False
    for mark in marks:
        if mark in "+-":
            if wants_code and parts:
                return None
            sign, wants_code = (1 if mark == "+" else -1), True
        elif mark == "…":
            if gap or not parts or not wants_code:
                return None
            gap, wants_code = True, False
        elif not wants_code:
            return None
        else:
            between = _between(parts, mark) if gap else ()
            if between is None or len(parts) + len(between) > _MOST_PARTS:
                return None
            parts.extend((sign, code) for code in between)
            parts.append((sign, mark))
            wants_code, gap = False, False
    return tuple(parts) if parts and not wants_code and not gap else None


def _between(parts: list[tuple[int, str]], last: str) -> tuple[str, ...] | None:
    """Return the codes that an ellipsis stands for."""
    codes = [code for _, code in parts]
    if not (last.isdigit() and codes[-1].isdigit()):
        return None
    start, end = int(codes[-1]), int(last)
    step = start - int(codes[-2]) if len(codes) > 1 and codes[-2].isdigit() else 1
    if step <= 0 or end <= start or (end - start) % step or (end - start) // step > _MOST_PARTS:
        return None
    return tuple(str(code) for code in range(start + step, end, step))
