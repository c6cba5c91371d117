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


def _denied_in(text: Text, said: Item, denying: Item) -> tuple[str, ...]:
    """What the words of the second deny of the first: "9 who have signed, 2 who have not signed"."""
    own = len(denying.mention.unit.split()) if denying.mention.unit_is_near else 0
    words = words_about(text, said)
    for run in (denying.lead, denying.trail[own:]):
        denied = _after_denial(text, run)
        for size in range(len(denied), 0, -1) if denied else ():
            if _is_plainly_in(text, denied[:size], words):
                return denied[:size]
    return ()


def _after_denial(text: Text, words: tuple[str, ...]) -> tuple[str, ...]:
    """The first telling words after one of denial, if there is just one of those."""
    stop = text.prose.lexicon.stop
    found: list[tuple[str, ...]] = []
    for place in range(len(words)):
        sizes = (
            len(each) for each in text.book.lists["negation"] if words[place : place + len(each)] == each
        )
        if size := next(sizes, 0):
            found.append(words[place + size : place + size + _TELLING])
    if len(found) != 1 or all(word in stop for word in found[0]):
        return ()
    return found[0]


def _is_plainly_in(text: Text, wanted: tuple[str, ...], words: tuple[str, ...]) -> bool:
    """Whether words stand in a run of words that denies nothing, one after the other."""
    stop, size = text.prose.lexicon.stop, len(wanted)
    if all(word in stop for word in wanted) or any(text.book.says("negation", (word,)) for word in words):
        return False
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
