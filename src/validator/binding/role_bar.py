"""Whether a figure is of another time than the report's, or only intended."""

from __future__ import annotations

from typing import TYPE_CHECKING

from validator.binding.role_words import after_brackets, before_bracket, clause_of, comma_after, gap_of

if TYPE_CHECKING:
    from validator.binding.role_reading import RoleReader
    from validator.text.item import Item, Stated
    from validator.text.mention import Mention, Reading

ELSEWHEN = frozenset({"other_period", "aim", "target", "average"})
"""What a figure of another time, or one that is only intended, is said to be."""


class Bar:
    """Follows the figures of a passage: of what is of another time, the rest of the sentence is too."""

    def __init__(self, reader: RoleReader, reading: Reading, *, is_barred: bool) -> None:
        self.reader, self.reading, self.is_all = reader, reading, is_barred
        self.begin()

    def begin(self) -> None:
        """Begin a sentence."""
        self.is_elsewhen = False
        self.change: Mention | None = None

    def is_barred(self, piece: Item | Stated) -> bool:
        """Whether a figure is of another time, or only intended, by what stands about it."""
        if self.is_all or self.is_elsewhen:
            return True
        m = self.reader.meanings
        # With what a change is compared is said of the change alone.
        start = comma_after(self.reading, self.change, piece.mention) if self.change else 0
        start = max(start, after_brackets(self.reading, piece.mention))
        said = self.reader.said(gap_of(self.reading, piece.mention, start))
        clause = clause_of(self.reading, piece.mention, m.beyond, start)
        around = (*before_bracket(self.reading, piece.mention), *clause)
        is_carried = self.reader.is_carried(piece, said)
        is_yearly = bool(said.traits & m.yearly)
        is_other = not is_carried and self.reader.own.time.is_other(around, is_yearly=is_yearly)
        is_elsewhen = is_other or bool(said.traits & ELSEWHEN)
        is_change = bool(self.reader.said(piece.lead).traits & m.aside)
        if not piece.mention.depth:
            self.change = piece.mention if is_change else None
            self.is_elsewhen = is_elsewhen and not is_change
        return is_elsewhen
