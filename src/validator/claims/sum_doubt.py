"""What speaks against a total and its parts belonging together, whatever they add up to.

The words that make a list may be read too narrowly: a part may be missed, the list may go on, the
total may be of something else. Where the structure shows a trace of that, nobody is accused.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from validator.claims.sum_division import DIVISION
from validator.claims.sum_family import FAMILY
from validator.claims.sum_list import CLOSED, WITHIN
from validator.claims.sum_opposite import OPPOSITE
from validator.claims.sum_rest import REST
from validator.text.item import SOME
from validator.text.mention import MentionKind
from validator.text.qualifier import CHANGED
from validator.text.token import TokenKind

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from validator.claims.structure import Text
    from validator.claims.sum_list import Listed
    from validator.text.item import Item
    from validator.text.mention import Cue, Mention, Reading

_FIRST_YEAR, _LAST_YEAR = 1900, 2100
_NO_PART = frozenset({CHANGED, "at:from_word"})
_COUNTED = (MentionKind.COUNT, MentionKind.MONEY)
_NARROWING = ("channel", "completeness", "signature", "validity", "issue")
"""Dimensions of which a role makes a total narrower than parts that do not have it."""
_PAIR, _REMARK = 2, 24
"""Of two parts the one mark between them says nothing of where the list ends."""


def is_doubtful(text: Text, listed: Listed) -> bool:
    """Whether the structure leaves a doubt that the parts are those of the total, and all of them."""
    return (
        _is_year(listed.total)
        or _counts_otherwise(text, listed)
        or _is_base(listed)
        or _is_under(text, listed)
        or any(_is_factor(text, part.mention) for part in listed.parts)
        or _names_otherwise(text, listed)
        or _is_narrower(text, listed)
        or _has_other_base(listed)
        or _breaks_off(text, listed)
        or _is_told_of_both(text, listed)
        or _may_have_both(text, listed)
        or _is_of_before(text, listed)
        or _is_rest_of_another(text, listed)
        or any(True for _ in _unaccounted(text, listed))
    )


def _is_rest_of_another(text: Text, listed: Listed) -> bool:
    """Whether what is left stands in a later sentence than the parts, and is not counted like the total.

    ``11 files late, of which land 8. 2 tasks are left``: the tasks are no files.
    """
    total, last = listed.total.mention, listed.parts[-1]
    m, first = last.mention, listed.parts[0].mention
    if (m.passage, m.sentence) == (first.passage, first.sentence) or m.passage != first.passage:
        return False
    if "rest" not in last.roles and not text.book.says("rest_words", last.lead[: _PAIR + 1]):
        return False
    return not (total.unit_is_near and m.unit_is_near and total.unit == m.unit)


def _is_year(total: Item) -> bool:
    """Whether the total may be a year: four digits that count nothing."""
    m = total.mention
    is_whole = m.value.denominator == 1 and "." not in m.text
    return is_whole and not m.unit_is_near and _FIRST_YEAR <= m.value <= _LAST_YEAR


def _counts_otherwise(text: Text, listed: Listed) -> bool:
    """Whether the total is measured (3,42) and the parts are counted (8 and 112)."""
    total = listed.total.mention
    if listed.announced == CLOSED and total.unit_is_near:
        others = {part.mention.group for part in listed.parts if part.mention.unit_is_near}
        if len(others) > 1 and total.group not in others:
            return True
    elif listed.announced == CLOSED and all(part.mention.unit_is_near for part in listed.parts):
        words = {word for part in listed.parts for word in part.words}
        if listed.total.trail[:1] and listed.total.trail[0] not in words | text.prose.lexicon.stop:
            return True
    if total.kind is not MentionKind.COUNT or not total.decimals:
        return False
    return all(part.mention.decimals == 0 for part in listed.parts)


def _is_base(listed: Listed) -> bool:
    """Whether a total that ends a list stands right after something else: ``80 % of a total of 7.670``."""
    total, last = listed.total, listed.parts[-1].mention
    ends = total.mention.passage == last.passage and total.mention.first > last.last
    opens = total.mention.depth > last.depth  # "(T in all)" after the list
    return listed.announced == CLOSED and ends and not total.mark and not opens


def _is_under(text: Text, listed: Listed) -> bool:
    """Whether a total is what a figure is a fraction of, and the list leaves that out: it may be of it.

    ``118/124 systems: level 1: 40, level 2: 66, level 3: 12``.
    """
    m, held = listed.total.mention, {part.mention.key for part in listed.parts}
    reading = text.prose.readings.get(m.passage)
    over = next((o for o in reading.mentions_between(0, m.first)[-1:]), None) if reading is not None else None
    if reading is None or not m.first or reading.tokens[m.first - 1].key != "/":
        return False
    return over is None or over.key not in held


def _is_factor(text: Text, part: Mention) -> bool:
    """Whether a figure is multiplied (``3 printers x 6 million``), or of a written sum: ``27 + 16 = 43``."""
    reading = text.prose.readings.get(part.passage)
    if reading is None or not part.first:
        return False
    before = reading.tokens[max(0, part.first - _PAIR) : part.first]
    return before[-1].key in _TIMES or (before[-1].key in _SIGNS and before[0].kind is TokenKind.NUMBER)


_TIMES, _SIGNS = frozenset({"x", "×", "*"}), frozenset({"+", "-", "−", "="})


def _names_otherwise(text: Text, listed: Listed) -> bool:
    """Whether a total that ends a list is named by words that nothing before it has.

    ``a new permits, b renewed ones; the total of valid permits is T``, ``room one a, the hall T in all``.
    """
    total, reading = listed.total, text.prose.readings.get(listed.total.mention.passage)
    if listed.announced != CLOSED or "closing" not in total.roles or not total.lead or reading is None:
        return False
    start = max(0, total.mention.first - len(total.lead))
    known = {token.key for token in reading.tokens[:start]} | text.prose.lexicon.stop | set(total.trail)
    known |= {word for part in listed.parts for word in part.words}
    known |= {word for phrase in text.book.lists["filler"] for word in phrase}
    narrow = _narrowing(text)
    for first, end, roles in text.book.find(total.lead):
        if roles - narrow:
            known.update(total.lead[first:end])
    for cue in reading.cues_between(start, total.mention.first):
        if "link" in cue.tags or (_is_unit(cue) and not total.mention.unit_is_near):
            known.update(token.key for token in reading.tokens[cue.first : cue.last])
    return not known.issuperset(_without_counted(text, total.lead))


def _without_counted(text: Text, words: Sequence[str]) -> Iterator[str]:
    """The words without what only says how many parts there are: ``both kinds``, ``the three offices``."""
    numbers = text.prose.vocabulary.number_words
    counted = False
    for word in words:
        is_number = numbers is not None and word in numbers.digits
        if not is_number and not counted:
            yield word
        counted = is_number


def _is_unit(cue: Cue) -> bool:
    return any(tag.startswith("unit:") for tag in cue.tags)


def _narrowing(text: Text) -> frozenset[str]:
    return frozenset(role for each in text.book.dimensions if each.name in _NARROWING for role in each.roles)


def _is_narrower(text: Text, listed: Listed) -> bool:
    """Whether the total, in another sentence, is of one channel or kind, and its parts are not said to be."""
    total, first = listed.total, listed.parts[0]
    if (total.mention.passage, total.mention.sentence) == (first.mention.passage, first.mention.sentence):
        return False
    own = _narrowing(text)
    narrow = total.roles & own
    for dimension in text.book.dimensions:
        if all(part.roles & dimension.roles for part in listed.parts):
            narrow -= dimension.of  # Valid answers are what opinions are counted among.
    return bool(narrow) and not any((part.roles | part.scope) & own for part in listed.parts)


def _has_other_base(listed: Listed) -> bool:
    """Whether a part is written as a fraction of another figure than the total: ``37/40``."""
    amount = listed.total.mention.amount
    return any(part.base is not None and part.base.amount != amount for part in listed.parts)


def _breaks_off(text: Text, listed: Listed) -> bool:
    """Whether the marks say that another list begins: a semicolon after commas, or before the first part.

    After a semicolon a comma may part what the last part holds: ``a due; b not, c of them …``. Of two parts
    behind "of which" and no colon the second may be the next thing: ``22 rooms, of which 18 new; 6 labs``.
    """
    marks = [part.mark for part in listed.parts]
    if listed.announced == SOME and marks[1:] == [";"] and not _has_colon(text, listed.parts[0]):
        return True
    if any(_is_among(text, part) for part in listed.parts[1:]):
        return True  # "1,200 came in, including 900 online; 300 of them were old": of all that came in.
    if listed.announced == WITHIN and marks[0] == ";":
        return True
    if ";" in marks[1:] and "," in marks[marks.index(";", 1) + 1 :]:
        return True
    return len(marks) > _PAIR and marks[-1] == ";" and "," in marks[1:-1] and ";" not in marks[1:-1]


def _is_among(text: Text, part: Item) -> bool:
    """Whether words right behind a figure point back, and go on: ``300 of them were old``."""
    behind = _behind_unit(part)
    return text.book.starts("of_these", behind) and not text.book.is_said("of_these", behind)


def _behind_unit(part: Item) -> tuple[str, ...]:
    m = part.mention
    return part.trail[len(m.unit.split()) if m.unit_is_near else 0 :]


def _has_colon(text: Text, first: Item) -> bool:
    """Whether a colon stands before the first part, with nothing but its words between."""
    reading = text.prose.readings.get(first.mention.passage)
    start = first.mention.first - len(first.lead)
    return reading is not None and start > 0 and ":" in {t.key for t in reading.tokens[start - 1 : start + 1]}


def _is_told_of_both(text: Text, listed: Listed) -> bool:
    """Whether some are counted twice, by the words behind a list or a figure that says how many.

    ``4 unannounced visits, 7 planned ones (2 communes were visited both times)``, of 9 communes.
    """
    last = listed.parts[-1].mention
    reading = text.prose.readings.get(last.passage)
    if reading is None:
        return False
    behind = range(last.last, min(len(reading.tokens), last.last + _REMARK))
    keys = [reading.tokens[at].key for at in behind if reading.sentences[at] == last.sentence]
    gap = sum(part.mention.amount for part in listed.parts) - listed.total.mention.amount
    behind_it = reading.mentions_between(last.last, behind.stop) if gap > 0 else ()
    told = any(m.amount == gap for m in behind_it if m.kind is last.kind and m.sentence == last.sentence)
    return told or text.book.says("twice", keys)


def _may_have_both(text: Text, listed: Listed) -> bool:
    """Whether parts are told by what they have: ``of 7 farms, 5 farms have a contract, 3 have a label``."""
    return all(text.book.starts("having", _behind_unit(part)) for part in listed.parts)


def _is_of_before(text: Text, listed: Listed) -> bool:
    """Whether what is left is of something named without its figure: ``of the town's own budget, …``."""
    m = listed.total.mention
    reading = text.prose.readings.get(m.passage)
    if listed.announced != REST or reading is None:
        return False
    before = [cue for cue in reading.cues_between(0, m.first) if reading.sentences[cue.first] == m.sentence]
    return any("within" in cue.tags for cue in before) and not any(
        "within" in cue.tags and cue.last == m.first for cue in before
    )


def _unaccounted(text: Text, listed: Listed) -> Iterator[Mention]:
    """Yield the figures among the parts, or after them in their sentence, that the list does not hold."""
    total, parts = listed.total.mention, [part.mention for part in listed.parts]
    passages = {part.passage for part in parts}
    reading = text.prose.readings.get(parts[0].passage)
    if len(passages) > 1 or reading is None:
        return
    held = {m.key for m in (total, *parts)}
    held |= {part.base.key for part in listed.parts if part.base is not None}
    held |= _told_otherwise(text, listed)
    after_total = total.passage == parts[0].passage and total.first < parts[0].first
    # Opposites and families are known by their words, whatever else the sentence of their total divides.
    known = listed.announced in {OPPOSITE, FAMILY, DIVISION, WITHIN}
    known = known and not any(part.noun and not part.unit_is_near for part in parts)
    after_total = after_total and (not known or total.sentence == parts[0].sentence)
    start = total.last if after_total else parts[0].first
    for mention in reading.mentions_from(start):
        if mention.sentence > parts[-1].sentence or _is_done(reading, parts[-1], mention):
            return
        if mention.key not in held and _may_be_part(mention, parts):
            yield mention


def _told_otherwise(text: Text, listed: Listed) -> set[tuple[int, int]]:
    """The figures that divide the things of a family otherwise: what was late beside what is left."""
    if listed.announced != FAMILY:
        return set()
    told = [[part.roles & each.roles for part in listed.parts] for each in text.book.dimensions]
    # What all parts have in common, such as being done, is not what parts them.
    own = [each for each, named in zip(text.book.dimensions, told, strict=True) if len(set(named)) > 1]
    mine = frozenset(role for dimension in own for role in dimension.roles)
    known = frozenset(text.book.dimension_of)
    node = text.nodes.get(listed.parts[0].mention.passage)
    items = node.items if node is not None else ()
    others = [item.mention for item in items if item.roles & known and not item.roles & mine]
    return {m.key for m in others}


def _is_done(reading: Reading, last: Mention, mention: Mention) -> bool:
    """Whether the list is over before a figure: a bracket closed, or a semicolon or colon stands between."""
    if mention.first < last.first:
        return False
    if mention.depth < last.depth or mention.bracket != last.bracket:
        return mention.depth <= last.depth
    between = reading.tokens[last.last : mention.first]
    return any(token.kind is TokenKind.MARK and token.key in {";", ":", "."} for token in between)


def _may_be_part(mention: Mention, parts: list[Mention]) -> bool:
    """Whether a figure could be one more part: counted like them, at their depth, and no change or bound."""
    like = parts[0]
    if mention.kind not in _COUNTED or mention.depth != like.depth or mention.tags & _NO_PART:
        return False
    if (mention.kind is MentionKind.MONEY) != (like.kind is MentionKind.MONEY):
        return False
    if mention.unit_is_near and like.unit_is_near:
        return mention.unit == like.unit
    return not mention.unit_is_near or mention.group == like.group
