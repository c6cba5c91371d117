"""Files, folders and zips → the reports in them, a narrative and its appendix in one."""

from __future__ import annotations

from typing import TYPE_CHECKING

from validator.checking.appendix import file_of, pairs, shape_of, with_appendix, with_part
from validator.checking.file import as_declared, is_something_else, unjudged
from validator.checking.forms import load_pack
from validator.checking.gathering import gathering
from validator.checking.reading_in import read_sent

if TYPE_CHECKING:
    from collections.abc import Sequence
    from pathlib import Path

    from validator.checking.appendix import File
    from validator.checking.choice import Choice
    from validator.checking.gathering import Sent
    from validator.checking.reading import Reading


def whole_reports(sources: Sequence[str | Path], choice: Choice) -> tuple[Reading, ...]:
    """Return what *sources* hold, in their order; what cannot be read says why.

    What a folder or a zip holds besides that is no report is left out. Units are those of the list
    of *choice*.
    """
    packs = tuple(load_pack(folder) for folder in choice.packs)
    files: list[File] = []
    found: dict[str, Reading] = {}
    with gathering(sources) as gathered:
        for sent in gathered.files:
            reading, is_declared = as_declared(read_sent(sent, packs, choice), choice)
            if reading.report is not None:
                shape = shape_of(reading.document, reading.reach)
                files.append(file_of(reading.report, shape, sent.name, sent.place, is_declared=is_declared))
                reading = with_part(reading)
            elif _is_nothing(sent, reading):
                continue
            found[sent.name] = reading
    for narrative, appendix in pairs(files):
        found[narrative.path] = with_appendix(found[narrative.path], found.pop(appendix.path))
    return tuple(found.values())


def _is_nothing(sent: Sent, reading: Reading) -> bool:
    was_named = not (sent.folder or sent.packet)
    return not was_named and is_something_else(unjudged(sent.name, reading.problems))
