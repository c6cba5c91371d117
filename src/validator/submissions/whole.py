"""Files, folders and zips → the reports in them, a narrative and its appendix in one."""

from __future__ import annotations

from typing import TYPE_CHECKING

from validator.submissions.appendix import pairs, with_appendix, with_part
from validator.submissions.entry import entry_of
from validator.submissions.gathering import gathering
from validator.submissions.reading import is_no_report, read_sent

if TYPE_CHECKING:
    from collections.abc import Sequence
    from pathlib import Path

    from validator.submissions.choice import Choice
    from validator.submissions.entry import Reading


def whole_reports(sources: Sequence[str | Path], choice: Choice) -> tuple[Reading, ...]:
    """Return what *sources* hold, in their order; what cannot be read says why.

    What a folder or a zip holds besides that is no report is left out. Units are those of the list
    of *choice*.
    """
    found: dict[str, Reading] = {}
    with gathering(sources, units=choice.units) as gathered:
        for sent in gathered.files:
            reading = read_sent(sent, choice)
            codes = [each.code for each in reading.problems]
            if reading.report is not None or sent.was_named or not is_no_report(sent.name, codes):
                found[sent.name] = reading
    files = [entry_of(each) for each in found.values() if each.report is not None]
    found = {name: with_part(each) for name, each in found.items()}
    for narrative, appendix in pairs(files):
        found[narrative.path] = with_appendix(found[narrative.path], found.pop(appendix.path))
    return tuple(found.values())
