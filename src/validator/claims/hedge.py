"""Bounds in words, and places among many: "more than 2.700" where 2.746 stands, "4th of 26"."""

from __future__ import annotations

from typing import TYPE_CHECKING

from validator.claims.claim import Claim, ClaimKind, ClaimVerdict
from validator.claims.identity_word import find_phrase
from validator.claims.judge import number_of, written
from validator.claims.prose import make_claim
from validator.model.diagnostic import Label
from validator.model.words import say
from validator.text.qualifier import HEDGED

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from validator.claims.identity_word import IdentityWords
    from validator.claims.said import Said
    from validator.claims.structure import Text
    from validator.text.mention import Mention, Reading
    from validator.text.token import Exact, Token

_TEN, _REACH = 10, 200


def find_hedges(text: Text, said: Sequence[Said], words: IdentityWords) -> Iterator[Claim]:
    """Yield what is said to be more or less than a round number, with the exact figure of the same roles."""
    for at, each in enumerate(said):
        above = _is_behind(text, each, words.more_than)
        if not above and not _is_behind(text, each, words.less_than):
            continue
        for other in said[max(0, at - _REACH) : at + _REACH]:
            if HEDGED not in other.mention.tags and _is_rounded_to(other, each, above=above):
                yield _claim(text, each, other, above=above)
                break
    for reading in text.prose.readings.values():
        yield from _ranks(reading, words)


def _is_behind(text: Text, said: Said, phrases: tuple[tuple[str, ...], ...]) -> bool:
    """Whether one of some phrases stands right before a figure."""
    m = said.mention
    tokens = text.prose.reading_of(m.passage).tokens
    last = tokens[m.first - 1].key if m.first else ""
    near = [phrase for phrase in phrases if phrase[-1] == last]
    return any(
        tuple([token.key for token in tokens[max(0, m.first - len(phrase)) : m.first]]) == phrase
        for phrase in near
    )


def _is_rounded_to(exact: Said, bound: Said, *, above: bool) -> bool:
    """Whether a figure is of the same sort as a bound, and what the bound rounds down or up."""
    one, other = exact.mention, bound.mention
    if one.kind is not other.kind and exact.kind and bound.kind:
        return False
    if exact.kind and bound.kind and exact.kind != bound.kind:
        return False
    if exact.roles != bound.roles and exact.roles and bound.roles and not exact.roles & bound.roles:
        return False
    if not exact.is_when(bound) or not (
        exact.roles & bound.roles or exact.meaning & bound.meaning or exact.kind
    ):
        return False
    away = one.amount - other.amount if above else other.amount - one.amount
    return 0 < away < _step(other) and exact.mention.step < _step(other)


def _step(mention: Mention) -> Exact:
    """The last place that is not nought: of 2.700 a hundred."""
    step = mention.step
    while mention.amount and mention.amount % (step * _TEN) == 0:
        step *= _TEN
    return step


def _claim(text: Text, bound: Said, exact: Said, *, above: bool) -> Claim:
    small, large = (bound.mention, exact.mention) if above else (exact.mention, bound.mention)
    same = small.scale == large.scale
    return make_claim(
        text.prose,
        ClaimKind.LEQ,
        ClaimVerdict.FITS,
        (small, large),
        {"smaller": _shown(small, same=same), "larger": _shown(large, same=same)},
    )


def _shown(mention: Mention, *, same: bool) -> str:
    return number_of(mention) if same else written(mention.amount, max(0, mention.decimals - mention.scale))


def _ranks(reading: Reading, words: IdentityWords) -> Iterator[Claim]:
    """A place among so many: no later than the last one."""
    if "/" not in reading.passage.text:
        return
    tokens = reading.tokens
    for at in [place - 1 for place, token in enumerate(tokens[:-1]) if token.key == "/" and place > 1]:
        one, other = tokens[at], tokens[at + 2]
        if one.numeral is None or other.numeral is None:
            continue
        found = find_phrase([tokens[at - 1].key], words.rank)
        if found is None or (tokens[at + 3 : at + 4] and tokens[at + 3].key == "/"):
            continue
        holds = one.numeral.value <= other.numeral.value
        place = reading.passage.place(one.start, other.end)
        yield Claim(
            kind=ClaimKind.LEQ,
            verdict=ClaimVerdict.PASS if holds else ClaimVerdict.FAIL,
            quote=reading.quote(max(0, one.start - 40), other.end),
            location=place,
            numbers={"smaller": str(one.numeral.value), "larger": str(other.numeral.value)},
            reason="" if holds else "part-exceeds-whole",
            help={} if holds else {"smaller": one.text, "larger": other.text},
            figures=(place,),
            labels=() if holds else (_place(reading, one, "smaller"), _place(reading, other, "larger")),
        )


def _place(reading: Reading, token: Token, role: str) -> Label:
    """A place among so many, or how many there are."""
    where = reading.passage.place(token.start, token.end)
    words = say(f"claims/role-{role}")
    return Label(path="", label=words, raw=token.text, location=where, value=token.text, role=role)
