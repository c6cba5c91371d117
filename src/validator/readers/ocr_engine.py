"""The library tesseract with the letters of Vietnamese: a picture → its words."""

from __future__ import annotations

import os
import re
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING, Any

from validator.model.record import record
from validator.readers.clean import clean
from validator.readers.joining import raised
from validator.readers.reader import Unreadable

if TYPE_CHECKING:
    from collections.abc import Iterator

LANGUAGE = "vie"
_SHIPPED = Path(__file__).parent / "data" / "tessdata"
_OWN = "TESSDATA_PREFIX"


# The strokes and dots in front of list items are taken for all sorts of signs.
_ODD_BULLET = re.compile(r"[^\w\s+*•(\[\"“‘'/%]{1,2}")
_HIGH = 0.2


@record(kw_only=False)
class Recognised:
    """A word in a picture: its box and base line in dots from the upper left corner, its confidence."""

    text: str
    left: int
    top: int
    right: int
    bottom: int
    base: int
    size: int
    confidence: int


class Engine:
    """Recognises the words of pictures."""

    def __init__(self, api: Any) -> None:
        import tesserocr

        self._api = api
        self._modes = (tesserocr.PSM.AUTO, tesserocr.PSM.SINGLE_BLOCK)
        self._levels = tesserocr.RIL
        self._words = tesserocr.iterate_level

    def skew(self, picture: Any, dots: int) -> Any:
        """Return by what angle the lines of a page are laid askew."""
        self._show(picture, dots, whole=True)
        layout = self._api.AnalyseLayout()
        return layout.Orientation()[3] if layout is not None else 0

    def words(self, picture: Any, dots: int, *, whole: bool) -> Iterator[Recognised]:
        """Yield the words of a *whole* page or of one block, seen at so many dots an inch."""
        self._show(picture, dots, whole=whole)
        self._api.Recognize()
        found = self._api.GetIterator()
        if found is None:
            return
        level, line = self._levels.WORD, self._levels.TEXTLINE
        for word in self._words(found, level):
            if word.Empty(level):
                continue
            text = clean(word.GetUTF8Text(level)).strip()
            box, base = word.BoundingBox(level), word.Baseline(line)
            if not text or box is None or base is None:
                continue
            left, top, right, bottom = box
            height, size = sum(end[1] for end in base) // 2, round(word.RowAttributes()["row_height"])
            if text.isdigit() and height - bottom > size * _HIGH:
                text = raised(text)
            elif word.IsAtBeginningOf(line) and _ODD_BULLET.fullmatch(text):
                text = "-"
            confidence = round(word.Confidence(level))
            yield Recognised(text, left, top, right, bottom, height, size, confidence)

    def _show(self, picture: Any, dots: int, *, whole: bool) -> None:
        self._api.SetPageSegMode(self._modes[0 if whole else 1])
        self._api.SetImage(picture)
        self._api.SetSourceResolution(dots)


@contextmanager
def open_engine() -> Iterator[Engine]:
    """Give an engine; raises `Unreadable` where the package or the letters are missing."""
    try:
        import tesserocr
    except ImportError as fault:
        raise Unreadable("ocr-missing", program="tesserocr") from fault
    folder = Path(os.environ[_OWN]) if os.environ.get(_OWN) else _SHIPPED
    if not (folder / f"{LANGUAGE}.traineddata").is_file():
        raise Unreadable("ocr-missing", program=f"{LANGUAGE}.traineddata ({_OWN}={folder})")
    try:
        api = tesserocr.PyTessBaseAPI(path=str(folder), lang=LANGUAGE)
    except RuntimeError as fault:
        raise Unreadable("ocr-failed") from fault
    with api:
        try:
            yield Engine(api)
        except RuntimeError as fault:
            raise Unreadable("ocr-failed") from fault
