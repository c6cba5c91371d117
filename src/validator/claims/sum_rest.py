"""Totals and their parts that nothing announces: what is left, fractions, causes, labels that begin alike."""

from __future__ import annotations

from typing import TYPE_CHECKING

from validator.claims.opposite import denied_words, is_base_of
from validator.claims.structure import Node, Text, is_countable, is_total, same_unit
from validator.claims.sum_list import CLOSED, Listed, listed
from validator.model.record import evolve
from validator.text.qualifier import EARLIER
from validator.text.token import TokenKind

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from validator.text.item import Item
    from validator.text.mention import Mention

REST, CAUSE, IN_TURN = "rest", "cause", "in turn"
_LEAST = 2
_SHORT = 6


def find_rests(text: Text) -> Iterator[Listed]:
    """Yield the totals whose parts stand by them unannounced."""
    for node in text.nodes.values():
        if node.items:
            yield from _fractions(text, node)
            yield from _differences(text, node)
            yield from _of_one_base(text, node)
            yield from _rest(text, node)
            yield from _causes(text, node)
            yield from _in_turn(node)
            yield from _next_sentence(node)
            yield from _left(text, node)


def _fractions(text: Text, node: Node) -> Iterator[Listed]:
    """``a/T …, b … left``, ``a of T …, b not``: what is left of the fraction."""
    for item in node.items:
        whole, after = _whole_of(node, item)
        if whole is None or after is None or after.base is not None or not same_unit(item, after):
            continue
        if not (is_countable(item) and is_countable(after)):
            continue
        reading = node.found.reading
        cues = reading.cues_between(item.mention.last, after.mention.first) if reading is not None else ()
        between = [
            o for o in node.items[item.order + 1 : after.order] if o.mention.bracket == item.mention.bracket
        ]
        is_next = len(between) < _LEAST
        is_rest = is_next and (any("rest" in cue.tags for cue in cues) or "rest" in after.roles)
        is_all = is_rest or bool(not after.lead and denied_words(text, item, after))
        if is_all or _is_denied(text, after):
            yield Listed(total=whole, parts=(item, after), sure=is_all, disjoint=is_all, announced=CLOSED)


def _of_one_base(text: Text, node: Node) -> Iterator[Listed]:
    """``a/T done, b/T under way, c/T not begun``: fractions of one whole that may be all of it.

    Two of them are where one denies the other.
    """
    run: list[Item] = []
    for item in (*node.items, None):
        goes_on = item is not None and item.base is not None and bool(run) and _is_same_base(run[-1], item)
        if item is not None and goes_on:
            run.append(item)
            continue
        opposite = len(run) == _LEAST and bool(denied_words(text, *run))
        if (opposite or len(run) > _LEAST) and run[-1].base is not None:
            whole = _as_item(run[-1].base, run[-1])
            yield Listed(total=whole, parts=tuple(run), sure=opposite, disjoint=opposite, announced=CLOSED)
        run = [item] if item is not None and item.base is not None else []


def _is_same_base(one: Item, other: Item) -> bool:
    a, b = one.base, other.base
    return a is not None and b is not None and a.amount == b.amount and a.sentence == b.sentence


def _whole_of(node: Node, item: Item) -> tuple[Item | None, Item | None]:
    """What an item is a fraction of, and the item after both in their sentence."""
    m = item.mention
    after = [
        o for o in node.after(item) if o.mention.bracket == m.bracket and o.mention.sentence == m.sentence
    ]
    if item.base is not None:
        return _as_item(item.base, item), _next_alike(item, after)
    if len(after) < _LEAST or after[0].mark or not after[0].lead or not same_unit(item, after[0]):
        return None, None
    reading = node.found.reading
    between = reading.tokens[m.last : after[0].mention.first] if reading is not None else ()
    if any(token.kind is TokenKind.MARK and token.key in ";:." for token in between):
        return None, None
    return (after[0], _next_alike(after[0], after[1:])) if is_base_of(after[0]) else (None, None)


def _next_alike(item: Item, after: Sequence[Item]) -> Item | None:
    """The next figure that counts the same things, whatever is measured between, or the next one."""
    unit = item.mention.unit if item.mention.unit_is_near else ""
    alike = (o for o in after if unit and o.mention.unit_is_near and o.mention.unit == unit)
    return next(alike, after[0] if after else None)


def _is_denied(text: Text, item: Item) -> bool:
    """Whether what follows a figure and its unit says that something was not done."""
    own = len(item.mention.unit.split()) if item.mention.unit_is_near else 0
    return text.book.starts("denied", item.trail[own:])


def _differences(text: Text, node: Node) -> Iterator[Listed]:
    """``A minus B, which leaves C``."""
    reading = node.found.reading
    for total, taken, left in zip(node.items, node.items[1:], node.items[2:], strict=False):
        if reading is None or len({i.mention.sentence for i in (total, taken, left)}) > 1:
            continue
        words = [token.key for token in reading.tokens[total.mention.last : taken.mention.first]]
        alike = total.mention.kind is taken.mention.kind is left.mention.kind
        alike = alike and total.mention.bracket == taken.mention.bracket == left.mention.bracket
        if len(words) > _SHORT or not text.book.says("minus_words", words) or not alike:
            continue
        if same_unit(total, taken) and same_unit(total, left) and left.lead:
            yield Listed(total=total, parts=(taken, left), sure=True, disjoint=True, announced=CLOSED)


def _rest(text: Text, node: Node) -> Iterator[Listed]:
    """``T …; a … done, b … left``: what is left closes the list of the sentence's first figure."""
    for item in node.items:
        if not item.lead or not text.book.says("rest_words", item.lead[:3]):
            continue
        here = [
            other
            for other in node.before(item)
            if other.mention.sentence == item.mention.sentence
            and other.mention.bracket == item.mention.bracket
            and not other.roles & {"change"}
        ]
        if len(here) < _LEAST or any(other.announced for other in here[1:]) or item.announced:
            continue
        if any(other.base is not None for other in here) or not all(
            same_unit(here[0], other) for other in here
        ):
            continue
        if _moves(here):
            continue
        found = listed(text, here[0], [*here[1:], item], REST)
        if found is not None:
            sure = bool(here[0].roles & {"assigned", "received", "gross", "new"}) or found.sure
            yield evolve(found, sure=sure and all(o.mention.unit_is_near for o in here[:1]))


def _moves(items: Sequence[Item]) -> bool:
    """``T at the beginning, a came in, b done, c left``: what was there before, with what came since."""
    first, *others = items
    at_start = bool(first.roles & {"carried", "pending"}) or EARLIER in first.mention.tags
    if at_start and not all(item.roles & _GONE for item in others):
        return True
    return not first.roles & _CAME and any("new" in item.roles for item in others)


_CAME = frozenset({"new", "received", "gross"})
_GONE = frozenset({"resolved", "returned", "withdrawn"})


def _causes(text: Text, node: Node) -> Iterator[Listed]:
    """``T …, because of … a, of … b``: one thing may have two causes, so that nothing is sure."""
    for total in node.items:
        rest = [o for o in node.after(total) if o.mention.bracket == total.mention.bracket]
        run: list[Item] = []
        for other in rest:
            if other.mention.sentence != total.mention.sentence or "caused" not in other.passing:
                break
            run.append(other)
        if len(run) >= _LEAST:
            found = listed(text, total, run, CAUSE)
            if found is not None:
                yield evolve(found, sure=False, disjoint=False)


def _in_turn(node: Node) -> Iterator[Listed]:
    """``T people. Those … are a, those … are b``: labels that begin alike after a total."""
    for total in node.items:
        after = [o for o in node.after(total) if o.mention.bracket == total.mention.bracket]
        if not after or after[0].mention.sentence != total.mention.sentence + 1:
            continue
        run = [o for o in after if o.mention.sentence == after[0].mention.sentence]
        heads = {o.lead[:1] for o in run}
        if len(run) < _LEAST or len(heads) != 1 or heads == {()} or any(o.announced or o.closes for o in run):
            continue
        unit = total.mention.unit_is_near and not any(o.mention.unit_is_near for o in run)
        if unit and is_total(total) and all(is_countable(o) for o in run):
            yield Listed(total=total, parts=tuple(run), sure=False, disjoint=False, announced=IN_TURN)


def _next_sentence(node: Node) -> Iterator[Listed]:
    """``T rooms. Solid rooms are a, …, borrowed ones b``: a sentence of figures counted like the one before.

    Nothing says that they are parts: nobody is accused.
    """
    outer = [item for item in node.items if not item.mention.depth]
    for at, total in enumerate(outer):
        run = [o for o in outer[at + 1 :] if o.mention.sentence == total.mention.sentence + 1]
        alone = at == 0 or outer[at - 1].mention.sentence != total.mention.sentence
        if not alone or len(run) <= _LEAST or run[0] is not outer[at + 1] or not total.mention.unit_is_near:
            continue
        head = total.mention.unit.split()[0]
        if not is_total(total) or any(o.announced or o.closes or o.base is not None for o in run):
            continue
        if all(is_countable(o) and o.mention.unit_is_near and o.mention.unit.split()[0] == head for o in run):
            yield Listed(total=total, parts=tuple(run), sure=False, disjoint=False, announced=IN_TURN)


def _left(text: Text, node: Node) -> Iterator[Listed]:
    """``T was granted. A was spent, on …. B is left``: what is left, in a sentence of its own."""
    firsts: dict[int, Item] = {}
    for item in node.items:
        if not item.mention.depth:
            firsts.setdefault(item.mention.sentence, item)
    for sentence, item in firsts.items():
        total, taken = firsts.get(sentence - 2), firsts.get(sentence - 1)
        if total is None or taken is None or not text.book.starts("rest_words", item.lead):
            continue
        if not (is_total(total) and is_countable(taken) and is_countable(item)) or taken.base is not None:
            continue
        alike = total.mention.kind is taken.mention.kind is item.mention.kind
        near = total.mention.unit_is_near and item.mention.unit_is_near
        if alike and near and same_unit(total, taken) and same_unit(total, item):
            yield Listed(total=total, parts=(taken, item), sure=False, disjoint=False, announced=REST)


def _as_item(mention: Mention, like: Item) -> Item:
    return evolve(like, mention=mention, base=None)
