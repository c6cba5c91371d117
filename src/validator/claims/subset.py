"""Parts of a whole that words or brackets set apart: "120, of which 30", "120 (women: 30)"."""

from __future__ import annotations

from typing import TYPE_CHECKING

from validator.claims.at_most import ALIKE, UNLIKE, at_most, likeness
from validator.claims.judge import bounds
from validator.model.record import record
from validator.text.mention import MentionKind
from validator.text.qualifier import CHANGED, EARLIER, HEDGED, PLANNED
from validator.text.token import TokenKind

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from validator.claims.claim import Claim
    from validator.claims.structure import Node, Text
    from validator.text.item import Item

_NOT_ONE = frozenset({CHANGED, EARLIER, PLANNED})
_NO_ROLES = frozenset({"change", "compared", "other_period", "aim", "average"})
_THEN = frozenset({"other_period"})
_FARTHEST, _OPENING = 24, 6
_MOST_BACK = 3
_GOES_ON = frozenset({",", "and"})
_SEXES, _PEOPLE = frozenset({"female", "male"}), "unit:person"
_TRAITS = frozenset({"traits", "after:traits"})
_LABEL = 3
_OF_BRACKET = frozenset({"female", "male", "late", "online", "early", "on_time", "full", "partial", "valid"})


@record
class _Of:
    """What a part is of; ``sure``: the words leave no doubt. ``others``: what it may be of as well.

    ``alike``: both count the same things, whatever their units are.
    """

    whole: Item
    sure: bool
    others: tuple[Item, ...] = ()
    alike: bool = False


def find_subsets(text: Text) -> Iterator[Claim]:
    """Yield each part that the words say to be of a whole, as at most the whole."""
    for node in text.nodes.values():
        last: _Of | None = None
        for item in node.items:
            if not may_be_part(item):
                last = None
                continue
            found = _of_these(text, node, item)
            if found is None and last is not None and _goes_on(node, item, last.whole):
                found = _Of(whole=last.whole, sure=False)
            last = found
            found = found or _unsaid(text, node, item)
            if found is not None and (alike := likeness(text, item, found.whole)) != UNLIKE:
                yield _claim(text, item, found, is_alike=alike == ALIKE or found.alike)


def _unsaid(text: Text, node: Node, item: Item) -> _Of | None:
    """What a part is of where no word such as "of these" says so."""
    for finder in (_in_bracket, _by_name, _within, _before_rest, _narrower):
        if (found := finder(text, node, item)) is not None:
            return found
    return None


def may_be_part(item: Item, *, is_base: bool = False) -> bool:
    """Whether a figure may be a part or a whole: a count or money, of this time, no change.

    ``is_base``: words such as "out of" before it say what others are of.
    """
    m = item.mention
    if not m.is_quantity or m.odd or m.role == "under":
        return False
    barred = _NO_ROLES - {"compared"} if is_base else _NO_ROLES
    return not m.tags & _NOT_ONE and not (item.roles | item.passing & _THEN) & barred


def _claim(text: Text, part: Item, found: _Of, *, is_alike: bool) -> Claim:
    one, other = part.mention, found.whole.mention
    # "122 first, 29 again; of these 146 …" may be of both together.
    most = sum(bounds(each.mention)[1] for each in (found.whole, *found.others))
    alone = not found.others or bounds(one)[0] > most
    is_guess = HEDGED in one.tags or HEDGED in other.tags
    return at_most(text.prose, one, other, firm=found.sure and is_alike and alone and not is_guess)


def _of_these(text: Text, node: Node, item: Item) -> _Of | None:
    """``120 …, of which 30``: of the nearest figure before the words that may be the whole."""
    reading = node.found.reading
    if reading is None:
        return None
    before = [each for each in node.before(item) if each.mention.sentence == item.mention.sentence]
    start = before[-1].mention.last if before else _start_of(reading.sentences, item)
    if item.mention.first - start > _FARTHEST:
        return None
    keys = [token.key for token in reading.tokens[start : item.mention.first]]
    place = text.book.place_of("of_these", keys) or _pointed(text, keys)
    if place is None or text.book.says("with_these", keys):
        return None
    if before:
        return _nearest(text, item, [each for each in before if each.mention.depth <= item.mention.depth])
    if place[0] > _OPENING:
        return None
    return _nearest(text, item, _just_before(text, node, item))


def _pointed(text: Text, keys: Sequence[str]) -> tuple[int, int] | None:
    """Where words such as "of the members named above" stand."""
    opened = text.book.place_of("inside", keys)
    if opened is None or opened[0]:
        return None
    marked = next((at for at, key in enumerate(keys) if key == ","), len(keys))
    told = text.book.place_of("pointing", keys[opened[1] : marked])
    return opened if told is not None else None


def _start_of(sentences: Sequence[int], item: Item) -> int:
    at = item.mention.first
    while at and sentences[at - 1] == item.mention.sentence:
        at -= 1
    return at


def _just_before(text: Text, node: Node, item: Item) -> list[Item]:
    """The figures of the sentence before, of the line above or of what a list item stands under."""
    if item.mention.sentence:
        return [each for each in node.before(item) if not each.mention.depth]
    if node.parent is not None:
        # The first item of a list may speak of what it stands under, any other of the one before it.
        above = text.nodes[node.parent]
        return _of_last_sentence(above)
    for back in range(1, _MOST_BACK):
        before = text.nodes.get(node.index - back)
        if before is not None:
            return _of_last_sentence(before) if before.level <= node.level else []
    return []


def _of_last_sentence(node: Node) -> list[Item]:
    if not node.items:
        return []
    last = node.items[-1].mention.sentence
    return [each for each in node.items if each.mention.sentence == last and not each.mention.depth]


def _nearest(text: Text, item: Item, before: Sequence[Item]) -> _Of | None:
    """The nearest figure before that may be the whole, and those farther off that may be it as well."""
    near = [each for each in before if likeness(text, item, each) != UNLIKE]
    able = [each for each in near if may_be_part(each)]
    if not able or any(_is_of_then(each) for each in near[near.index(able[-1]) :]):
        return None  # "45 this month, 230 so far, of which 200".
    alike = [each for each in able if likeness(text, item, each) == ALIKE] or able
    whole = _head(alike, item)
    # "347 came in, against the 490 planned (of these 22 …)": either may be meant.
    sure = near[-1] is able[-1]
    return _Of(whole=whole, sure=sure, others=tuple(each for each in able if each is not whole))


def _is_of_then(item: Item) -> bool:
    """Whether a figure is of another time."""
    return EARLIER in item.mention.tags or bool((item.roles | item.passing) & _THEN)


def _head(able: Sequence[Item], item: Item) -> Item:
    """The nearest one, or of the sentence before the one that a list is announced behind."""
    nearest = able[-1]
    if nearest.mention.sentence == item.mention.sentence and nearest.mention.passage == item.mention.passage:
        return nearest
    here = [each for each in able if each.mention.sentence == nearest.mention.sentence]
    is_list = len(here) > 1 and bool(here[1].announced)
    return here[0] if is_list else nearest


def _goes_on(node: Node, item: Item, whole: Item) -> bool:
    """Whether a figure goes on with a list of parts: behind a comma or "and", within the sentence."""
    m = item.mention
    if item.mark not in _GOES_ON or m.sentence != node.items[item.order - 1].mention.sentence:
        return False
    return m.bracket == node.items[item.order - 1].mention.bracket and m.depth >= whole.mention.depth


def _in_bracket(text: Text, node: Node, item: Item) -> _Of | None:
    """``120 people (women: 30)``: the one figure of a bracket, of a kind that is always a part."""
    if not item.mention.depth or not node.alone(item) or not item.roles & _OF_BRACKET:
        return None
    before = [each for each in node.before(item) if each.mention.depth == item.mention.depth - 1]
    if not before or before[-1].mention.sentence != item.mention.sentence or not may_be_part(before[-1]):
        return None
    whole = before[-1]
    if whole.roles & item.roles or _is_parted(node, whole, item):
        return None
    return _Of(whole=whole, sure=likeness(text, item, whole) == ALIKE)


def _by_name(text: Text, node: Node, item: Item) -> _Of | None:
    """``108 staff …; women: 34``: a label that names nothing but a part of people."""
    named = text.book.find(item.lead)
    if not item.roles & _SEXES or len(named) != 1 or not item.lead:
        return None
    first, end, _ = named[0]
    stop = text.prose.lexicon.stop
    rest = (*item.lead[:first], *item.lead[end:], *item.trail)
    before = [each for each in node.before(item) if each.mention.sentence == item.mention.sentence]
    people = [each for each in before if each.mention.group == _PEOPLE and may_be_part(each)]
    if len(people) != 1 or people[0].roles & _SEXES or any(word not in stop for word in rest):
        return None
    if people[0].mention.tags & _TRAITS:
        return None  # "Party members 46, women 51": both of the staff.
    return _Of(whole=people[0], sure=True, alike=True)


def _before_rest(text: Text, node: Node, item: Item) -> _Of | None:
    """``2.930 vehicles are due; 894 vehicles came, the others …``: the rest is spoken of without a figure."""
    reading, m = node.found.reading, item.mention
    if reading is None or not m.unit_is_near or m.depth:
        return None
    whole = node.items[item.order - 1] if item.order else _line_above(text, node)
    if whole is None or not may_be_part(whole) or whole.mention.unit != m.unit:
        return None
    if item.order > 1 or whole.mention.sentence != m.sentence or not text.book.says("done", item.lead):
        return None  # "29 cases of speed, 23 cases of drink, the others …" are parts of something else.
    if any(each.first >= m.last and each.sentence == m.sentence for each in reading.mentions_from(m.last)):
        return None
    keys = [token.key for token in reading.tokens[m.last :]]
    marked = next((at for at, key in enumerate(keys) if key in {",", ";"}), len(keys))
    if text.book.starts("rest_words", keys[marked + 1 :]) or (
        marked == len(keys) and _is_followed_by_rest(text, node)
    ):
        return _Of(whole=whole, sure=True)
    return None


def _line_above(text: Text, node: Node) -> Item | None:
    """The one figure of the list item right above one."""
    above = text.nodes.get(node.index - 1)
    if above is None or not node.is_item or (above.level, above.parent) != (node.level, node.parent):
        return None
    return above.items[0] if len(above.items) == 1 else None


def _is_followed_by_rest(text: Text, node: Node) -> bool:
    """Whether the list item right below speaks of the rest and gives no figure."""
    below = text.nodes.get(node.index + 1)
    if below is None or below.items or (below.level, below.parent) != (node.level, node.parent):
        return False
    words = [text.prose.lexicon.fold(word) for word in below.passage.text.strip("-+*•–: ").split()[:_OPENING]]
    return text.book.starts("rest_words", words)


def _narrower(text: Text, node: Node, item: Item) -> _Of | None:
    """``farms with animals: 70`` and ``farms with animals and a digester: 9`` in the line below."""
    whole = _line_above(text, node) if not item.order else None
    if whole is None or not may_be_part(whole):
        return None
    one, other = item.lead, whole.lead
    told = text.book.place_of("of_these", other)
    label = other[told[1] :] if told is not None and not told[0] else other
    is_more = len(label) >= _LABEL and len(one) > len(label) and one[: len(label)] == label
    return _Of(whole=whole, sure=False) if is_more else None


def _is_parted(node: Node, whole: Item, item: Item) -> bool:
    """Whether a mark stands between a figure and the bracket behind it."""
    reading = node.found.reading
    tokens = reading.tokens[whole.mention.last : item.mention.first] if reading is not None else ()
    keys = [token.key for token in tokens if token.kind is TokenKind.MARK]
    return bool(keys) and keys[0] not in {"(", "["}


def _within(text: Text, node: Node, item: Item) -> _Of | None:
    """``of 150 complaints, 120 were …``; ``17 cases have 11 cases of …``; ``120 cases out of 150``."""
    if not item.order:
        return None
    whole, reading = node.items[item.order - 1], node.found.reading
    m = item.mention
    is_inside = text.book.ends("inside", whole.lead)
    if reading is None or not may_be_part(whole, is_base=is_inside) or whole.mention.bracket != m.bracket:
        return None
    if whole.mention.sentence != m.sentence or m.first - whole.mention.last > _FARTHEST:
        return None
    if likeness(text, item, whole) != ALIKE or not (m.unit_is_near or m.kind is MentionKind.MONEY):
        return None
    between = reading.tokens[whole.mention.last : m.first]
    keys = [token.key for token in between]
    marks = [token.key for token in between if token.kind is TokenKind.MARK]
    is_inside = is_inside and set(marks) <= {","}
    if is_inside or (not marks and text.book.ends("having", keys)):
        return _Of(whole=whole, sure=is_inside)
    return None
