"""Where a piece of rule text stands in its pack file, character by character."""

from __future__ import annotations

from typing import TYPE_CHECKING

from validator.model.location import Location
from validator.model.record import record

if TYPE_CHECKING:
    from collections.abc import Callable

Places = tuple[tuple[int, int], ...]


@record
class Source:
    """Rule text with the place of each of its characters.

    ``find_places`` gives the 1-based (line, column) in *file* of each character of ``text``, and
    one more for the end; it is asked only when there is a fault to locate. Without it the text is
    taken to be the file itself.
    """

    text: str
    file: str = ""
    find_places: Callable[[], Places] | None = None

    @property
    def places(self) -> Places:
        """The place of each character and of the end."""
        return self.find_places() if self.find_places else ()

    def locate(self, start: int, end: int) -> Location:
        """Return the place of ``text[start:end]``; a span over several lines ends with its first."""
        line, column = self._place(start)
        last_line, last_column = self._place(max(start, end - 1))
        next_line, next_column = self._place(end)
        # The place of what follows counts letters of several characters whole (a mark, an escape).
        after = next_column if next_line == last_line and next_column > last_column else last_column + 1
        end_column = after if last_line == line else None
        return Location(
            file=self.file,
            line=line,
            column=column,
            end_column=end_column,
            excerpt=self.text[start:end][:80] or None,
        )

    def _place(self, offset: int) -> tuple[int, int]:
        places = self.places
        if places:
            return places[min(offset, len(places) - 1)]
        before = self.text[:offset]
        return before.count("\n") + 1, offset - (before.rfind("\n") + 1) + 1
