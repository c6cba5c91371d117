"""Mentions → the same with the two numbers of each ``a/b`` marked, and days without a year left out."""

from __future__ import annotations

from typing import TYPE_CHECKING

from validator.model.record import evolve
from validator.text.mention import Mention, MentionKind
from validator.text.token import TokenKind

if TYPE_CHECKING:
    from validator.text.token import Token

_LAST_DAY, _LAST_MONTH = 31, 12
_BETWEEN_DAYS = 2
UNEVEN, _PLACE = "uneven", "unit:place"
"""The two numbers count different things: "3 households/2 villages"."""


def with_ratios(mentions: list[Mention], tokens: tuple[Token, ...]) -> list[Mention]:
    """Mark the two numbers of each ``a/b``; unit words may stand between ``a`` and the stroke."""
    made = list(mentions)
    for index in range(len(made) - 1):
        over, under = made[index], made[index + 1]
        between = tokens[over.last : under.first]
        if over.kind is MentionKind.NAME and under.is_quantity and _is_stroke(between):
            # "on the 2/9": the word before has named the day, the stroke names the month.
            if _may_be_day(over, under):
                made[index + 1] = evolve(under, kind=MentionKind.NAME, is_quantity=False)
            continue
        if not (over.is_quantity and under.is_quantity) or over.role == "under":
            continue
        if not (between and between[-1].key == "/" and len(between) <= 9 and _only_words(between[:-1])):
            continue
        if len(between) == 1 and (
            _is_day_and_month(over, under, tokens) or _goes_on_with_days(made, index, tokens)
        ):
            made[index] = evolve(over, kind=MentionKind.NAME, is_quantity=False)
            made[index + 1] = evolve(under, kind=MentionKind.NAME, is_quantity=False)
        else:
            made[index], made[index + 1] = _fraction(over, under)
    return made


def _fraction(over: Mention, under: Mention) -> tuple[Mention, Mention]:
    """Both numbers with what the words say of one of them."""
    unit = under if under.unit else over
    scale = over.scale or under.scale
    shared = {"unit": unit.unit, "group": unit.group, "unit_is_near": unit.unit_is_near, "kind": unit.kind}
    counted_apart = over.unit_is_near and under.unit_is_near and over.unit != under.unit
    # Places hold places: a commune its hamlets.
    counted_apart = counted_apart and (over.group != under.group or over.group == _PLACE)
    tags = over.tags | {UNEVEN} if counted_apart else over.tags
    amount = under.value * 10 ** (under.scale or scale)
    return (
        evolve(over, role="over", scale=scale, amount=over.value * 10**scale, tags=tags, **shared),
        evolve(
            under,
            role="under",
            scale=under.scale or scale,
            amount=amount,
            before=over.before,
            tags=over.tags,
            **shared,
        ),
    )


def _is_day_and_month(over: Mention, under: Mention, tokens: tuple[Token, ...]) -> bool:
    """Whether ``a/b`` is a day without a year: after a word of time, or where nothing is counted."""
    if not _may_be_day(over, under):
        return False
    if over.value > under.value and not under.unit_is_near:
        return True
    if over.tags & {"at:from_word", "at:to_word", "at:day_before"} or "next:to_word" in under.tags:
        return True
    follower = tokens[under.last] if under.last < len(tokens) else None
    shared = "next:share" in under.tags or (follower is not None and follower.key in {"(", "="})
    return not (under.unit_is_near or shared)


def _goes_on_with_days(made: list[Mention], index: int, tokens: tuple[Token, ...]) -> bool:
    """Whether ``a/b`` follows a day without a year, at most one word or mark between."""
    over, under = made[index], made[index + 1]
    if index < 2 or not _may_be_day(over, under):
        return False
    one, other = made[index - 2], made[index - 1]
    joined = tokens[one.last : other.first]
    is_day = one.kind is other.kind is MentionKind.NAME and _is_stroke(joined)
    return is_day and over.first - other.last <= _BETWEEN_DAYS


def _is_stroke(tokens: tuple[Token, ...]) -> bool:
    return len(tokens) == 1 and tokens[0].key == "/"


def _may_be_day(over: Mention, under: Mention) -> bool:
    within = 0 < over.value <= _LAST_DAY and 0 < under.value <= _LAST_MONTH
    return within and not over.decimals and not under.decimals


def _only_words(tokens: tuple[Token, ...]) -> bool:
    return all(token.kind is TokenKind.WORD for token in tokens)
