"""A narrative and its appendix, sent as two files: one report, whose figures are held against each other."""

from __future__ import annotations

from typing import TYPE_CHECKING

from validator.model.record import evolve
from validator.model.review import Part
from validator.readers import media_type as media
from validator.readers.binding.reach import reach_of

if TYPE_CHECKING:
    from validator.checking.reading_in import Reading
    from validator.model.report import Report

_SHEETS = frozenset({media.XLSX, media.XLS, media.XLSB, media.ODS, media.CSV})


def is_appendix(reading: Reading) -> bool:
    """Whether a file is rows of figures without a narrative, as offices send beside one."""
    if reading.document is None or reading.reach is None:
        return False
    return reading.document.media_type in _SHEETS and not reading.reach.figures


def is_narrative(reading: Reading) -> bool:
    """Whether a file is a document with figures in running text."""
    return reading.reach is not None and reading.reach.figures > 0


def with_appendix(main: Reading, appendix: Reading) -> Reading:
    """Return *main* with what its *appendix* states: each field's statements of the narrative come first."""
    if main.report is None or appendix.report is None or appendix.document is None:
        return main
    part = Part(
        path=appendix.path,
        media_type=appendix.document.media_type,
        digest=appendix.digest,
        source=str(appendix.source or ""),
    )
    reaches = [each.reach for each in (main, appendix) if each.reach is not None]
    return evolve(
        main,
        report=_joined(main.report, appendix.report),
        problems=(*main.problems, *appendix.problems),
        reach=reach_of(reaches),
        parts=(*main.parts, part),
    )


def _joined(main: Report, appendix: Report) -> Report:
    paths = dict.fromkeys((*main.cells, *appendix.cells))
    cells = {path: (*main.cells.get(path, ()), *appendix.cells.get(path, ())) for path in paths}
    return evolve(main, cells=cells, tables={**appendix.tables, **main.tables})
