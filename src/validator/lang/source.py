"""Where a piece of rule text stands in its pack file, character by character."""

from __future__ import annotations

from validator.model.location import Location
from validator.model.record import record


@record
class Source:
    """Rule text with the place of each of its characters.

    ``places[i]`` is the 1-based (line, column) in *file* of character *i* of ``text``; one more
    place stands for the end. Without places the text is taken to be the file itself.
    """

    text: str
    file: str = ""
    places: tuple[tuple[int, int], ...] = ()

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
        if self.places:
            return self.places[min(offset, len(self.places) - 1)]
        before = self.text[:offset]
        return before.count("\n") + 1, offset - (before.rfind("\n") + 1) + 1
