"""What a document calls its own unit: another level or another name is left from an older text."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from validator.claims.claim import Claim, ClaimKind, ClaimVerdict
from validator.model.record import record
from validator.text.fold import Spelled, agree, folded, spelled

if TYPE_CHECKING:
    from collections.abc import Iterator

    from validator.binding.recognition import Recognition
    from validator.claims.prose import Prose
    from validator.text.passage import Passage

# Passages at the head name the superior and the addressee as well.
_HEAD = 15
# A name used more often than this beside the unit's own is no slip, but another unit of that name.
_MOST_SLIPS = 2
_LONGEST_NAME = 5
_CAPITALISED = re.compile(r"[^\W\d_][\w'\u2019\u02bc-]*|[0-9]{1,2}(?![\w.,/])")
_BLANK = re.compile(r"\s+")
_BEGINNING = 60
_AROUND = 50


@record
class _Named:
    """A unit as a passage names it: the word of its level and its own name, up to ``end``."""

    level: str
    name: str
    passage: Passage
    start: int
    end: int

    @property
    def text(self) -> str:
        """The name as written."""
        return " ".join(self.passage.text[self.start : self.end].split())


def find_own_names(prose: Prose, unit: str, known: Recognition) -> Iterator[Claim]:
    """Yield where the text calls *unit*, the one that reports, by another level or another name.

    *unit* is its name with the word of its level, as the head of the document gives it. A superior
    may bear the same name: what the head or an address names is never taken for a slip.
    """
    names = _Names(known)
    own = names.whole(unit)
    if own is None or prose.degraded:
        return
    yield from _other_levels(prose, own, names, known)
    yield from _other_names(prose, own, names, known)


class _Names:
    """Finds names of units: the word of a level and the capitalised words behind it."""

    def __init__(self, known: Recognition) -> None:
        words = sorted(map(re.escape, known.level_words.values()), key=len, reverse=True)
        self._pattern = re.compile(rf"(?<!\w)({'|'.join(words)})\s+", re.IGNORECASE)

    def whole(self, name: str) -> tuple[str, str] | None:
        """The level's word and the own name of a unit's whole name."""
        found = self._pattern.match(name)
        return (
            (found[1].casefold(), name[found.end() :].strip())
            if found and name[found.end() :].strip()
            else None
        )

    def in_passage(self, passage: Passage) -> Iterator[_Named]:
        """All that *passage* names."""
        for found in self._pattern.finditer(passage.text):
            end = found.end()
            for _ in range(_LONGEST_NAME):
                word = _CAPITALISED.match(passage.text, end)
                if word is None or not (word[0][0].isupper() or word[0][0].isdigit()):
                    break
                last = word.end()
                blank = _BLANK.match(passage.text, last)
                end = last if blank is None else blank.end()
                if blank is None:
                    break
            name = passage.text[found.end() : end].strip()
            if name:
                yield _Named(
                    level=found[1].casefold(),
                    name=name,
                    passage=passage,
                    start=found.start(),
                    end=found.end() + len(name),
                )


def _other_levels(prose: Prose, own: tuple[str, str], names: _Names, known: Recognition) -> Iterator[Claim]:
    """The own name behind the word of another level, seldom, and nowhere in the head or an address.

    It is a slip only where the reporting unit itself would stand: as who acts, not among others, and
    in the running text not of a level below, whose seat often bears the same name.
    """
    level, proper = own
    seen, wanted = proper.casefold(), spelled(proper)
    slips: list[_Named] = []
    for index, passage in enumerate(prose.passages):
        if seen not in " ".join(passage.text.split()).casefold():
            continue  # A name may go on in the next line.
        ends = folded(passage.text).startswith((*known.closing, *known.attached))
        for each in names.in_passage(passage):
            if each.level == level or not agree(spelled(each.name), wanted):
                continue
            if index < _HEAD or folded(passage.text).startswith(known.addressed):
                return
            if known.joins_units.search(folded(passage.text)):
                return
            above = known.ranks[each.level] >= known.ranks[level]
            if ends or (above and _acts(each, known)):
                slips.append(each)
    if len(slips) <= _MOST_SLIPS:
        for each in slips:
            yield _claim(each, own, "unit-level-differs")


def _acts(named: _Named, known: Recognition) -> bool:
    """Whether a name begins its sentence, behind no more than a time or a committee, and words go on."""
    text = named.passage.text
    before = folded(text[max(text.rfind(mark, 0, named.start) for mark in ".;:\n") + 1 : named.start]).strip()
    before = before.removesuffix(
        next((each for each in known.committee if before.endswith(each)), "")
    ).strip()
    after = text[named.end : named.end + 2].lstrip()
    return (not before or before.endswith(",") or before[-1:] in "-–+*•") and after[:1].islower()


def _other_names(prose: Prose, own: tuple[str, str], names: _Names, known: Recognition) -> Iterator[Claim]:
    """Another unit of the level in the last sentence or in the line that names the report of a part."""
    level, proper = own
    wanted = spelled(proper)
    for passage in prose.passages[_HEAD:]:
        if not folded(passage.text[:_BEGINNING]).lstrip("( ").startswith((*known.closing, *known.attached)):
            continue
        named = [each for each in names.in_passage(passage) if each.level == level]
        if named and not any(_may_be(spelled(each.name), wanted) for each in named):
            yield _claim(named[0], own, "unit-name-differs")


def _may_be(name: Spelled, wanted: Spelled) -> bool:
    """Whether a name may be the one wanted: one of them may go on where the other is cut at a line's end."""
    shared = min(len(name), len(wanted))
    return agree(name[:shared], wanted[:shared])


def _claim(named: _Named, own: tuple[str, str], reason: str) -> Claim:
    passage, start, end = named.passage, max(0, named.start - _AROUND), named.end + _AROUND
    start = passage.text.find(" ", start, named.start) + 1 if start else 0
    quote = " ".join(passage.text[start : max(named.end, passage.text.rfind(" ", named.end, end))].split())
    return Claim(
        kind=ClaimKind.RESTATEMENT,
        verdict=ClaimVerdict.FAIL,
        quote=quote,
        location=passage.place(named.start, named.end),
        numbers={"values": (" ".join(own), named.text)},
        reason=reason,
        help={"own": " ".join(own), "named": named.text},
        figures=(passage.place(named.start, named.end),),
    )
