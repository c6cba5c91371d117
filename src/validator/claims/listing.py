"""Breakdowns over several passages: a total that ends in a colon and the items under it."""

from __future__ import annotations

from functools import lru_cache
from typing import TYPE_CHECKING

from validator.claims.addition import (
    Addition,
    all_runs,
    judge_addition,
    leaves_nothing,
    runs_of,
    sum_claim,
)
from validator.claims.prose import Prose, same_kind

if TYPE_CHECKING:
    from collections.abc import Iterator

    from validator.claims.claim import Claim
    from validator.text.mention import Mention, Reading

_FAMILIES = ("channel", "state", "level")
_MOST_ITEMS = 20
_LOOSE_LEAST = 10
_SHORT = 24
_MOST_IN_ITEM = 6


def find_listings(prose: Prose) -> Iterator[Claim]:
    """Yield the sums of lists, and of totals whose parts stand in the passages that follow."""
    for index, reading in prose.readings.items():
        total = _total_of_list(prose, reading)
        if total is not None:
            yield from _list_claims(prose, index, total)


def _total_of_list(prose: Prose, reading: Reading) -> Mention | None:
    """The number that the items after the passage break down: the passage ends in an announcement."""
    if not reading.mentions:
        return None
    if not (_announces(reading) or _announced_next(prose, reading) or _is_coded_row(reading)):
        return None
    own = [mention for mention in reading.mentions if mention.is_quantity and mention.depth == 0]
    sentence = reading.sentences[-1]
    own = [mention for mention in own if mention.sentence >= sentence - 1]
    own = own[:1] if "total" in (own[0].tags if own else ()) else own[-1:]
    if own and own[0].role == "under":
        # "61/78 accounts: …": the items make up what there is.
        before = [mention for mention in reading.mentions if mention.role == "over"]
        return before[-1]
    return own[0] if own and own[0].role == "" else None


def _announces(reading: Reading) -> bool:
    if reading.tokens[-1].key == ":":
        return True
    last = reading.cues[-1] if reading.cues else None
    return (
        last is not None
        and last.last >= len(reading.tokens)
        and bool(last.tags & {"parts_some", "parts_all"})
    )


def _announced_next(prose: Prose, reading: Reading) -> bool:
    """Whether the announcement stands on a line of its own."""
    place = reading.index + 1
    if place >= len(prose.passages):
        return False
    text = prose.passages[place].text.rstrip()
    return place not in prose.readings and len(text) <= _SHORT and text.endswith(":")


def _is_coded_row(reading: Reading) -> bool:
    """A row of a form that lost its table: a code such as 3.3.1, a label, one number."""
    coded = reading.passage.marker.count(".") >= 2 and reading.passage.marker[0].isdigit()
    return coded and sum(mention.is_quantity for mention in reading.mentions) == 1


def _list_claims(prose: Prose, index: int, total: Mention) -> Iterator[Claim]:
    items, ended = _items(prose, index)
    rows = _is_coded_row(prose.readings[index])
    leads = [lead for item in items if (lead := _value(item) if rows else _lead(item, total)) is not None]
    if len(leads) < 2:
        return
    runs = list(runs_of(total, leads))
    if runs:
        yield from (sum_claim(prose, total, run) for run in runs)
        return
    runs = list(all_runs(total, leads)) if total.amount >= _LOOSE_LEAST else []
    if runs:
        yield from (sum_claim(prose, total, run) for run in runs)
        return
    every = [m for item in items for m in item.mentions[:_MOST_IN_ITEM] if _is_plain(m, total)]
    if not rows and len(every) > len(leads) and all(lead in every for lead in leads):
        runs = list(runs_of(total, every))
        if runs:
            yield from (sum_claim(prose, total, run) for run in runs)
            return
        leads = every
    clean = ended and len(leads) >= len(items) and all(lead.role == "" for lead in leads)
    closed = len(leads) > 2 and (_is_closed_set(leads) or (rows and _are_closed_rows(items)))
    if rows:
        clean = len(leads) == len(items) and closed
    while len(leads) > 2 and not leads[-1].amount:
        leads.pop()
    strong = _is_strong(prose, index)
    addition = Addition(
        total=total,
        parts=tuple(leads),
        strong=strong,
        clean=clean,
        closed=closed,
        open=_names_some(prose.readings[index]) or not (strong or closed or _is_whole(leads)),
    )
    claim = judge_addition(prose, addition)
    if claim is not None:
        yield claim


def _is_closed_set(leads: list[Mention]) -> bool:
    """Whether three in four labels are of one family that makes up a whole: channels, states, levels."""
    found = [_families(lead.tags) for lead in leads]
    return any(4 * sum(family in tags for tags in found) >= 3 * len(leads) for family in _FAMILIES)


def _are_closed_rows(items: list[Reading]) -> bool:
    """The same of whole rows, whose labels hold numbers of their own."""
    families = [{tag.partition("_")[0] for cue in item.cues for tag in cue.tags} for item in items]
    return any(4 * sum(family in found for found in families) >= 3 * len(families) for family in _FAMILIES)


@lru_cache(maxsize=4096)
def _families(tags: frozenset[str]) -> frozenset[str]:
    """The families of which the words of a label name a member."""
    heads = {tag.removeprefix("after:").partition("_")[0] for tag in tags if "_" in tag}
    return frozenset(_FAMILIES) & heads


def _is_whole(leads: list[Mention]) -> bool:
    """Whether items on lines of their own are meant to be all there are: two may be but the chief ones."""
    return len(leads) > 2 or leaves_nothing(leads)


def _names_some(opener: Reading) -> bool:
    return any("open_list" in cue.tags for cue in opener.cues[-3:])


def _is_strong(prose: Prose, index: int) -> bool:
    return any("parts_all" in cue.tags for cue in prose.readings[index].cues[-2:])


def _items(prose: Prose, index: int) -> tuple[list[Reading], bool]:
    """The items under passage *index*, and whether the list plainly ends after them."""
    items: list[Reading] = []
    opener = prose.passages[index]
    marker, level = None, 0
    for place in range(index + 1, min(index + 1 + _MOST_ITEMS, len(prose.passages))):
        passage = prose.passages[place]
        if passage.heading or passage.section != opener.section:
            return items, True
        if marker is None and len(passage.text) <= _SHORT and not passage.has_digits:
            continue
        if marker is None:
            marker, level = _kind(passage.marker), passage.level
        elif passage.level > level and _kind(passage.marker) != marker:
            continue
        elif _kind(passage.marker) != marker:
            return items, bool(marker)
        reading = prose.readings.get(place)
        if reading is None or not any(mention.is_quantity for mention in reading.mentions):
            return items, False
        items.append(reading)
    return items, False


def _kind(marker: str) -> str:
    """The sort of a marker: two numbered items are alike, a dash and a plus are not."""
    if marker and (marker[0].isalnum()):
        return "1" if marker[0].isdigit() else "a"
    return marker[:1]


def _lead(item: Reading, total: Mention) -> Mention | None:
    """The number that stands for an item: its first of the total's kind outside brackets."""
    for mention in item.mentions[:6]:
        if mention.is_quantity and mention.depth == 0 and mention.role != "under":
            return mention if _may_count(total, mention) and mention.kind is total.kind else None
    return None


def _value(row: Reading) -> Mention | None:
    """The number of a row of a form stands at its end."""
    last = row.mentions[-1]
    return last if last.is_quantity and last.last == len(row.tokens) else None


def _is_plain(mention: Mention, total: Mention) -> bool:
    """Whether a number of an item may be one more part of the total."""
    return (
        mention.is_quantity
        and not mention.depth
        and not mention.role
        and mention.kind is total.kind
        and _may_count(total, mention)
    )


def _may_count(total: Mention, part: Mention) -> bool:
    """Whether a part counts the total's things, or does not say what it counts."""
    return same_kind(part, total) or not part.unit_is_near
