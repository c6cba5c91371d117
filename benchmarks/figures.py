"""How long the sheet of figures of 3,300 units and 150 indicators takes, and what it holds of memory.

``python benchmarks/figures.py [UNITS] [INDICATORS]``. Figures are made as a review puts them aside, read back
from disk unit by unit; half of them stand in two places. The ratio is to half as many units: flat memory
and time that grows with the units give about 1.0 and 2.0.
"""

from __future__ import annotations

import resource
import sys
import tempfile
import time
from fractions import Fraction
from pathlib import Path

from validator.model.figure import FigureState, UnitFigure, UnitFigures, packed
from validator.model.location import Location
from validator.model.quantity import Quantity
from validator.model.report import Period, Unit
from validator.model.review import Review, UnitReview
from validator.outgoing.figures import write_figures
from validator.packs.forms import load_pack
from validator.reviewing.shelf import Details, Figures

_STATES = tuple(FigureState)


def _figures(unit: int, paths: tuple[str, ...], shares: frozenset[str]) -> UnitFigures:
    found = {}
    for at, path in enumerate(paths):
        number = (unit * 7919 + at * 104_729) % 10_000
        value = Quantity(Fraction(number, 10_000), Fraction(1, 10_000), "%") if path in shares else None
        value = value or Quantity(Fraction(number), Fraction(1))
        quote = f"trong kỳ là {number} hồ sơ, thứ {at}"
        places = [
            Location(file=f"{unit}.docx", section="II.2.c", paragraph=at, start=12, end=16, quote=quote)
        ]
        if at % 2:
            row = f"Số hồ sơ {at}"
            places.append(
                Location(file=f"{unit}.docx", table=3, row=at, row_label=row, column_name="Số liệu")
            )
        # One in fifty does not agree.
        state = _STATES[1] if (unit + at) % 50 == 0 else _STATES[0 if at % 3 else 3]
        found[path] = UnitFigure(
            value=value, state=state, raws=(str(number),) * len(places), places=tuple(places)
        )
    return UnitFigures(figures=found)


def _review(units: int, indicators: int) -> Review:
    form = load_pack("cchc").form
    paths = tuple(path for path, each in form.fields.items() if each.type.is_numeric)[:indicators]
    shares = frozenset(path for path in paths if form.fields[path].type.value == "percent")
    details = Details()
    rows = []
    for unit in range(units):
        key = f"{unit:06}"
        details.shelf.put(f"figures-{key}", packed(_figures(unit, paths, shares)))
        who = Unit(id=f"xa-{unit}", name=f"Xã số {unit}", level="commune", parent="tinh")
        rows.append(UnitReview(key=key, unit=who, form="cchc"))
    details.keys_known = tuple(each.key for each in rows)
    return Review(
        version="",
        lang="vi",
        period=Period(),
        units=tuple(rows),
        indicators={"cchc": paths},
        details=details,
        figures=Figures(details),
    )


def _measure(units: int, indicators: int, target: Path) -> tuple[float, float]:
    review = _review(units, indicators)
    started = time.process_time()
    write_figures(review, target)
    return time.process_time() - started, resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024


def main() -> int:
    """Measure half as many units, then all."""
    units = int(sys.argv[1]) if len(sys.argv) > 1 else 3_300
    indicators = int(sys.argv[2]) if len(sys.argv) > 2 else 150
    with tempfile.TemporaryDirectory() as folder:
        half, held = _measure(units // 2, indicators, Path(folder) / "half.xlsx")
        seconds, most = _measure(units, indicators, Path(folder) / "whole.xlsx")
        size = (Path(folder) / "whole.xlsx").stat().st_size / 1e6
        again, _ = _measure(units, indicators, Path(folder) / "whole.xlsx")
    print(f"{units} units × {indicators} indicators: {seconds:.1f} s, {most:.0f} MB, file {size:.1f} MB")
    print(f"again, over the file: {again:.1f} s")
    print(f"to half as many: time {seconds / half:.2f}, memory {most / held:.2f}")
    return 0


if __name__ == "__main__":
    raise SystemExit(main())
