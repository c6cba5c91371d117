"""Long forms that are compared as short ones: what a recognition file calls by several names."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from validator.model.record import record
from validator.text.fold import WORD, folded, words

if TYPE_CHECKING:
    from collections.abc import Mapping


@record(kw_only=False)
class Abbreviations:
    """Long forms and the short ones that they are compared as."""

    pattern: re.Pattern[str]
    short: Mapping[str, str]

    def shorten(self, text: str) -> str:
        """Replace the long forms in a folded text."""
        return self.pattern.sub(lambda found: self.short[found[0]], text)

    def words(self, text: str) -> tuple[str, ...]:
        """Return the words of *text* with long forms shortened."""
        spaced = " ".join(WORD.findall(folded(text)))
        return tuple(self.shorten(spaced).split())


def abbreviations(data: Mapping[str, list[str]]) -> Abbreviations:
    """Build the abbreviations of a recognition file."""
    short = {" ".join(words(each)): "".join(words(name)) for name, longs in data.items() for each in longs}
    # A long form with a comma is found in running text as well.
    listed = [(name, each) for name, longs in data.items() for each in longs if "," in each]
    short |= {folded(each): "".join(words(name)) for name, each in listed}
    longest = sorted(short, key=len, reverse=True)
    pattern = rf"\b(?:{'|'.join(map(re.escape, longest))})\b" if longest else r"(?!)"
    return Abbreviations(re.compile(pattern), short)
