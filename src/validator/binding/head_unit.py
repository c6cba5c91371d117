"""The unit of a report: by its letterhead, its dateline, its title and where it speaks of itself."""

from __future__ import annotations

import re
from collections import Counter
from typing import TYPE_CHECKING

from validator.binding.head_period import title_lines
from validator.model.record import evolve, record
from validator.model.report import Unit
from validator.text.fold import Folded, fold, folded, words

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from validator.binding.recognition import Recognition
    from validator.model.document import Block

_LEAST = 4
_MOST_WORDS = 4
_LETTERHEAD = 6
_SPEECH = 200
_WORD = re.compile(r"[^\W\d_](?:[\w-]|['\u2018\u2019\u02bc](?=\w))*")
_JOINED = re.compile(r"\s+[-\u2013]\s+")
_NUMBER = re.compile(r"0?[1-9][0-9]?(?![\w%/]|[.,][0-9])")

_Key = tuple[str, str]
"""The folded word of a level and a folded name."""


@record(kw_only=False)
class _Naming:
    """A unit as a block names it: ``start`` and ``end`` of the whole name in the folded text."""

    key: _Key
    proper: str
    start: int
    end: int


def read_unit(
    head: Sequence[Block], closing: Sequence[Block], blocks: Sequence[Block], known: Recognition
) -> Unit:
    """Return the unit that most in the head speaks for; none if little does.

    *head* are the blocks before the first section, *closing* the last sentence, *blocks* the first of all.
    """
    scores: Counter[_Key] = Counter()
    speaking: Counter[str] = Counter()
    written: dict[_Key, str] = {}
    title = set(title_lines([folded(each.text) for each in head], known))
    letterhead = _letterhead(head, known)
    for block in (*head, *closing, *blocks):
        seen = fold(block.text)
        for naming in _namings(block, seen, known):
            if naming.proper:
                written[naming.key] = _better(written.get(naming.key), naming.proper)
                scores[naming.key] += _weight(naming, seen, known, ends=block in closing)
                scores[naming.key] += 4 * (naming.key in letterhead and block in head)
                is_title = folded(block.text) in title
                scores[naming.key] += 3 * (is_title and _is_of(seen, naming, known))
            elif block in closing or _speaks(seen, naming.end, known):
                speaking[naming.key[0]] += 3
    day, name = _dateline(head, known)
    for key in scores:
        scores[key] += 6 if key[1] == name and day in ("", key[0]) else 0
        scores[key] += speaking[key[0]]
    if not scores:
        return Unit()
    best, weight = max(scores.items(), key=lambda each: (each[1], each[0]))
    return _named(best, written[best], known) if weight >= _LEAST else Unit()


def with_whole_names(blocks: Sequence[Block], known: Recognition) -> list[Block]:
    """Return blocks with the names of the letterhead whole that a line's end parts from their level."""
    levels = tuple(f" {word}" for word, _ in known.levels)
    found: list[Block] = []
    for block in blocks:
        before = found[-1].text.strip() if found and len(found) < _LETTERHEAD else ""
        if before.isupper() and block.text.strip().isupper() and f" {folded(before)}".endswith(levels):
            found[-1] = evolve(found[-1], text=f"{before} {block.text.strip()}")
        else:
            found.append(block)
    return found


def _namings(block: Block, seen: Folded, known: Recognition) -> Iterator[_Naming]:
    """Yield what a block names, and the words of levels that stand alone, with no name."""
    levels = "|".join(word for word, _ in known.levels)
    for found in re.finditer(rf"\b({levels})(?: |$)", seen.text):
        if known.example.search(seen.text[: found.start()]):
            return
        proper = _proper_name(block.text, seen, found, known)
        plain = folded(proper)
        end = found.end() + len(plain)
        yield _Naming((found[1], plain), proper, found.start(), end)


def _weight(naming: _Naming, seen: Folded, known: Recognition, *, ends: bool) -> int:
    """Return how much one place speaks for the unit that it names."""
    weight = 1
    weight -= 5 * seen.text.startswith(known.addressed)
    weight += 5 * seen.text.startswith(known.reporter)
    weight += 4 * (ends or _speaks(seen, naming.end, known))
    is_attached = seen.text.lstrip("( ").startswith(known.attached)
    return weight + 4 * (is_attached and _is_of(seen, naming, known))


def _speaks(seen: Folded, end: int, known: Recognition) -> bool:
    """Whether the unit says here that it reports: what it reports follows."""
    rest = seen.text[end : end + _SPEECH].lstrip()
    return rest.startswith(known.speaks) and (":" in rest or any(each in rest for each in known.follows))


def _is_of(seen: Folded, naming: _Naming, known: Recognition) -> bool:
    """Whether "of" stands before the unit, or before its committee."""
    before = seen.text[: naming.start].rstrip()
    for office in known.committee:
        before = before.removesuffix(office).rstrip()
    return before.endswith(tuple(f" {each}" for each in known.of_word))


def _letterhead(head: Sequence[Block], known: Recognition) -> set[_Key]:
    """Return the unit whose committee the last line of the letterhead names, if no office of it follows."""
    found: set[_Key] = set()
    is_committee = False
    for block in head[:_LETTERHEAD]:
        seen = fold(block.text)
        text = seen.text.strip()
        if text.startswith(known.titles):
            break
        if found and text.startswith(known.offices):
            return set()
        named = next((each for each in _namings(block, seen, known) if each.proper), None)
        before = "" if named is None else seen.text[: named.start].strip()
        if named is not None and (before in known.committee or (is_committee and not before)):
            found = {named.key}
        is_committee = text in known.committee
    return found


def _better(known: str | None, other: str) -> str:
    """Of two writings of one name, the one that is not all capitals."""
    return other if known is None or (known.isupper() and not other.isupper()) else known


def _dateline(head: Sequence[Block], known: Recognition) -> tuple[str, str]:
    """Return the level word (or nothing) and the folded name before the day of signing."""
    levels = "|".join(word for word, _ in known.levels)
    days = "|".join(known.day)
    for block in head:
        seen = fold(block.text)
        found = re.search(rf"\b((?:[a-z0-9'-]{{1,20}} ){{0,6}}[a-z0-9'-]{{1,20}}), ?(?:{days})\b", seen.text)
        if found is None:
            continue
        start = found.start(1)
        for word in re.finditer(r"[a-z0-9'-]+", found[1]):
            if block.text[seen.starts[start + word.start()]].isupper():
                start += word.start()
                break
        name = seen.text[start : found.end(1)]
        level = re.match(rf"({levels}) ", name)
        return (level[1], name[level.end() :]) if level else ("", name)
    return "", ""


def _proper_name(text: str, seen: Folded, found: re.Match[str], known: Recognition) -> str:
    """Return the name behind the word of a level: capitalised words, four at most, or a number."""
    if found.end() >= len(seen.starts):
        return ""
    start = seen.starts[found.end()]
    number = _NUMBER.match(text, start)
    if number is not None:
        is_title = text[seen.starts[found.start()]].isupper()
        is_office = seen.text[: found.start()].rstrip().endswith(known.committee)
        return number[0] if is_title or is_office else ""
    end = _end_of_words(text, start, _MOST_WORDS)
    joined = _JOINED.match(text, end)
    if end > start and joined is not None and dict(known.levels)[found[1]] != known.lowest:
        last = _end_of_words(text, joined.end(), 2)
        follows_level = folded(text[joined.end() : last]).startswith(tuple(word for word, _ in known.levels))
        end = end if follows_level or text[last : last + 2].strip()[:1].isupper() else last
    return " ".join(text[start:end].split())


def _end_of_words(text: str, start: int, most: int) -> int:
    """Return where the capitalised words that begin at *start* end."""
    end = start
    for _ in range(most):
        blank = re.compile(r"\s*").match(text, end)
        word = _WORD.match(text, blank.end() if blank and end > start else end)
        if word is None or not word[0][0].isupper():
            break
        end = word.end()
    return end


def _named(key: _Key, name: str, known: Recognition) -> Unit:
    level_word, plain = key
    level = dict(known.levels)[level_word]
    shown = known.level_words.get(level_word, level_word)
    title = name.title() if name.isupper() else name
    return evolve(
        Unit(), id="-".join(words(plain)), name=f"{shown[:1].upper()}{shown[1:]} {title}", level=level
    )
