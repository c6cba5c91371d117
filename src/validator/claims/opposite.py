"""Whether two figures count opposites, which are all there is together: with a card and without one."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from validator.claims.structure import Text
    from validator.text.item import Item

_OF = frozenset({"at:base", "at:of_whole", "at:within"})
_TELLING = 2
"""So many words after a word of denial say what is denied."""


def denied_words(text: Text, one: Item, other: Item) -> tuple[str, ...]:
    """The words that one of two figures has and the other denies; empty if they are no opposites."""
    return _denied_in(text, one, other) or _denied_in(text, other, one)


def words_under_way(text: Text, one: Item, other: Item) -> tuple[str, ...]:
    """What was done with so many, and is being done with others: "9 surveyed, 2 being surveyed"."""
    return _denied_in(text, one, other, "under_way")


def is_to_do(text: Text, item: Item, words: tuple[str, ...]) -> bool:
    """Whether a figure is of what is still to be done in those words: ``143 to be surveyed``."""
    own = words_about(text, item)
    phrases = text.book.lists["to_do"]
    return any(is_in((*phrase, *words), own) for phrase in phrases)


def _denied_in(text: Text, said: Item, denying: Item, by: str = "negation") -> tuple[str, ...]:
    """What the words of the second deny of the first: "9 who have signed, 2 who have not signed"."""
    words = words_about(text, said)
    if any(text.book.says(by, (word,)) for word in words):
        return ()
    for run in (denying.lead, _behind(denying)):
        denied = _after_denial(text, run, by)
        for size in range(len(denied), 0, -1):
            if is_in(denied[:size], words) and _is_telling(text, denied[:size], said):
                return denied[:size]
    return ()


def _behind(item: Item) -> tuple[str, ...]:
    """The words behind a figure and its unit."""
    words = item.trail
    unit = len(item.mention.unit.split()) if item.mention.unit_is_near or item.base is not None else 0
    return words[unit:]


def _after_denial(text: Text, words: tuple[str, ...], by: str) -> tuple[str, ...]:
    """The first words after one of denial, if there is just one of those."""
    found: list[tuple[str, ...]] = []
    phrases = [each for each in text.book.lists[by] if each[0] in words]
    for place in range(len(words) if phrases else 0):
        sizes = (len(each) for each in phrases if words[place : place + len(each)] == each)
        if size := next(sizes, 0):
            found.append(words[place + size : place + size + _TELLING])
    return found[0] if len(found) == 1 else ()


def _is_telling(text: Text, denied: tuple[str, ...], said: Item) -> bool:
    """Whether denied words say something by themselves, or are just what the other figure is said to do."""
    bare = all(word in text.prose.lexicon.stop for word in denied)
    return not bare or _behind(said)[: len(denied)] == denied


def is_in(wanted: tuple[str, ...], words: tuple[str, ...]) -> bool:
    """Whether some words stand one after the other among others."""
    size = len(wanted)
    return any(words[at : at + size] == wanted for at in range(len(words) - size + 1))


def words_about(text: Text, item: Item) -> tuple[str, ...]:
    """The words of a figure, and of what it is a fraction of: ``a out of T cases have signed``."""
    node = text.nodes.get(item.mention.passage)
    after = next(iter(node.after(item)), None) if node is not None else None
    return item.words + after.words if after is not None and is_base_of(after) else item.words


def is_base_of(item: Item) -> bool:
    """Whether a figure is said to be what the one right before it is a part of: ``a out of T``."""
    of = "compared" in item.roles or item.mention.tags & _OF
    return bool(of) and not item.mark
