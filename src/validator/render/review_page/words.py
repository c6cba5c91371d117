"""Words of the page in one language."""

from __future__ import annotations

from typing import TYPE_CHECKING

from validator.model.record import record
from validator.render.place import place
from validator.wording.message import message

if TYPE_CHECKING:
    from datetime import date

    from validator.model.location import Location


@record
class Words:
    """The catalogue of the page; ``word`` and ``count`` take keys of its area."""

    lang: str

    def word(self, key: str, **args: object) -> str:
        """The words of a key, with values put in."""
        return message(f"page/{key}", self.lang, args)

    def count(self, key: str, count: int) -> str:
        """How many of something there are, in the singular where there is one."""
        return self.word(f"{key}-one" if count == 1 else f"{key}-many", count=f"{count}")

    def day(self, day: date | None) -> str:
        """A day as people write it."""
        return f"{day:%d/%m/%Y}" if day else ""

    def place(self, location: Location, file: str) -> str:
        """A place within *file*, or with the file it is in."""
        where = place(location, self.lang)
        other = location.file if location.file != file else ""
        return ", ".join(filter(None, [other, where])) or self.word("whole-file")
