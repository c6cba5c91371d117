"""Tick marks in words: the sum of the kinds, what each means, and each comparison with its figures."""

from __future__ import annotations

from typing import TYPE_CHECKING

from validator.diagnostics.shown import file_name
from validator.model.tick import TickKind
from validator.render.annotate_words import brief, harmless
from validator.render.place import place, place_in
from validator.wording.message import message

if TYPE_CHECKING:
    from collections.abc import Iterator

    from validator.model.location import Location
    from validator.model.tick import Tick, Ticks, Tie

MOST_TIES = 500
_MOST_FIGURES = 12
_MOST_TITLES = 5


def tick_sum(ticks: Ticks, lang: str) -> str:
    """How many figures there are, and the kinds that add up to them."""
    counts: dict[str, object] = {kind.value: ticks.count(kind) for kind in TickKind}
    return message("ticks/sum", lang, {"all": len(ticks.figures)} | counts)


class TickWords:
    """The words about the tick marks of one document, harmless in any XML part."""

    def __init__(self, ticks: Ticks, lang: str) -> None:
        self.lang = lang
        self._ticks = ticks

    def word(self, key: str, **args: object) -> str:
        """The words of ``ticks/key``."""
        return harmless(message(f"ticks/{key}", self.lang, args))

    @property
    def title(self) -> str:
        """What is shown, and of which file."""
        return self.word("title", file=file_name(self._ticks.document.file))

    @property
    def sum(self) -> str:
        """The kinds, which add up to all figures."""
        return harmless(tick_sum(self._ticks, self.lang))

    @property
    def count(self) -> str:
        """How many comparisons there are."""
        return self.word("ties", count=len(self._ticks.ties))

    def legend(self) -> Iterator[tuple[TickKind, str]]:
        """Yield each kind with its count and meaning."""
        for kind in TickKind:
            about = self.word(f"about-{kind.value}")
            yield kind, f"{self._ticks.count(kind)} {self.word(kind.value)}: {about}"

    def ties(self) -> Iterator[tuple[TickKind, str, str]]:
        """Yield comparisons, those that fail first: their sign, what they are, and their figures."""
        for tie in self._ticks.ties[:MOST_TIES]:
            kind = TickKind.TIED if tie.holds else TickKind.DIFFERS
            yield kind, harmless(tie.title), harmless("; ".join(self._figures(tie)))

    @property
    def more_ties(self) -> str:
        """How many comparisons are not listed, nothing if all are."""
        more = len(self._ticks.ties) - MOST_TIES
        return self.word("more-ties", count=more) if more > 0 else ""

    def told(self, figure: Tick) -> str:
        """What a figure was compared with, or why it was not."""
        number = next((at for at in figure.comparisons), None)
        if number is None:
            return self.word(figure.kind.value)
        lines = []
        for at in figure.comparisons[:_MOST_TITLES]:
            tie = self._ticks.ties[at]
            others = "; ".join(self._figures(tie, figure))
            key = f"{'tied' if tie.holds else 'differs'}-{'with' if others else 'alone'}"
            lines.append(self.word(key, what=tie.title, others=others))
        more = len(figure.comparisons) - _MOST_TITLES
        return " | ".join(lines + ([self.word("more-in", count=more)] if more > 0 else []))

    def _figures(self, tie: Tie, but: Tick | None = None) -> Iterator[str]:
        """Yield the figures of a comparison with their places."""
        shown = [self._ticks.figures[at] for at in tie.figures[: _MOST_FIGURES + 1]]
        named = [self._placed(each.text, each.location) for each in shown if each is not but]
        yield from named[:_MOST_FIGURES]
        more = len(tie.figures) - (but is not None) - len(named[:_MOST_FIGURES])
        if more > 0:
            yield self.word("more-figures", count=more)
        for each in tie.outside[:_MOST_FIGURES]:
            where = place_in(brief(each.location), "-", self.lang)
            yield self.word("figure", text=each.text, place=where)

    def _placed(self, text: str, location: Location) -> str:
        where = place(brief(location), self.lang)
        return self.word("figure", text=text, place=where) if where else harmless(text)
