"""A copy of a checked document in which every figure bears a tick mark."""

from __future__ import annotations

from importlib import import_module
from importlib.util import find_spec
from pathlib import PurePath
from typing import TYPE_CHECKING, cast

from validator.model.location import Location
from validator.model.problem import Problem, ValidatorError
from validator.readers.formats import FORMATS
from validator.readers.reader import missing_extra

if TYPE_CHECKING:
    from validator.model.tick import Ticks

PAGES = frozenset({".html", ".htm"})
OFFICE = {each.suffixes[0]: name for name, each in FORMATS.items() if each.writer}
SUFFIXES = (*OFFICE, *sorted(PAGES))


def takes(suffix: str, media_type: str) -> bool:
    """Whether a document of *media_type* can be copied into a file whose name ends in *suffix*."""
    return suffix.lower() in PAGES or OFFICE.get(suffix.lower()) == media_type


def ticked_copy(data: bytes, name: str, ticks: Ticks, lang: str) -> bytes:
    """Return a copy of the document *data* with tick marks, in the format that *name* ends in.

    An office document changes in nothing but its marks, the list of comparisons, and what could act in
    it, which is left out; a page shows the text that was read. The same input gives the same bytes.
    Raises `ValidatorError` for a format that the document cannot be copied to, for a package that
    cannot be written back, and where a library is missing.
    """
    suffix = PurePath(name).suffix.lower()
    if not takes(suffix, ticks.document.media_type):
        raise _wrong("copy-format", path=name, file=ticks.document.file, option="--ticks")
    library = "jinja2" if suffix in PAGES else "lxml"
    if find_spec(library) is None:
        raise missing_extra("documents", library)
    if suffix in PAGES:
        from validator.render.tick_html import tick_html

        return tick_html(ticks, lang).encode("utf-8", "replace")
    from validator.readers.reader import Unreadable

    try:
        writer = import_module(f"validator.render.tick_{FORMATS[OFFICE[suffix]].writer}")
        return cast("bytes", writer.tick(data, ticks, lang))
    except Unreadable as fault:
        part = str(fault.values.get("part", ""))
        raise _wrong("ticks-not-written", file=ticks.document.file, part=part) from fault


def _wrong(code: str, **args: object) -> ValidatorError:
    return ValidatorError(Problem(code=f"cli/{code}", location=Location(), args=args))
