"""What one slip of the pen would mend: offered to whoever looks, never as the truth.

A digit lost, doubled or changed with its neighbour is the commonest slip. Where exactly one figure of a
claim, written without such a slip, makes it agree, that figure is worth looking at first.
"""

from __future__ import annotations

import re
from fractions import Fraction
from functools import partial
from itertools import pairwise
from operator import eq
from typing import TYPE_CHECKING

from validator.claims.claim import ClaimKind, ClaimVerdict
from validator.claims.slip import places_of, with_one_more, with_two_swapped
from validator.model.words import say

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from validator.claims.claim import Claim
    from validator.model.diagnostic import Label

_HUNDRED = 100
_NUMBER = re.compile(r"[0-9]+(?:[.,\u00a0 ][0-9]+)*")
_MOST_DIGITS, _MOST_FIGURES = 12, 30
_SUMS = frozenset({"parts-differ-from-total", "balance-differs"})
_SHARES = ("numerator", "base", "share")


def mending_words(claim: Claim) -> str:
    """Say which figure without one slip would make a failing claim agree; empty unless it is one alone."""
    found = {(label.raw, meant) for label, meant in _mended(claim)}
    if len(found) != 1:
        return ""
    ((raw, meant),) = found
    return say("claims/may-be-slip", {"written": raw, "meant": meant})


def _mended(claim: Claim) -> Iterator[tuple[Label, str]]:
    if claim.verdict is not ClaimVerdict.FAIL or not 1 < len(claim.labels) <= _MOST_FIGURES:
        return
    if claim.kind is ClaimKind.SUM and claim.reason in _SUMS:
        yield from _in_sum(claim)
    elif claim.reason == "share-differs" and tuple(each.role for each in claim.labels) == _SHARES:
        yield from _in_share(claim)


def _in_sum(claim: Claim) -> Iterator[tuple[Label, str]]:
    """Parts that add up to their total exactly once one figure is what it may have been meant to be."""
    total, *parts = (Fraction(each.value) for each in claim.labels)
    missing = total - sum(parts)
    for at, label in enumerate(claim.labels):
        value = Fraction(label.value)
        meant = value - missing if not at else value + missing
        yield from _meant(label, partial(eq, meant))


def _in_share(claim: Claim) -> Iterator[tuple[Label, str]]:
    part, base, share = claim.labels
    a, b, p = (Fraction(each.value) for each in claim.labels)
    half = Fraction(1, 2 * 10 ** places_of(share.value))

    def agree(one: Fraction, whole: Fraction, stated: Fraction) -> bool:
        return whole > 0 and abs(Fraction(_HUNDRED * one, whole) - stated) <= half

    yield from _meant(part, lambda one: one <= b and agree(one, b, p))
    yield from _meant(base, lambda one: a <= one and agree(a, one, p))
    yield from _meant(share, lambda one: agree(a, b, one))


def _meant(label: Label, fits: Callable[[Fraction], bool]) -> Iterator[tuple[Label, str]]:
    """What a figure may have been meant to be, one slip apart, where that fits; as the text writes it."""
    number = _NUMBER.match(label.raw)
    written = [sign for sign in number[0] if sign.isdigit()] if number else []
    places = places_of(label.value)
    digits = label.value.replace(".", "").lstrip("0")
    if number is None or not digits or "".join(written).lstrip("0") != digits or len(digits) > _MOST_DIGITS:
        return
    for meant in dict.fromkeys(_slips(digits)):
        if meant[:1] != "0" and meant != digits and fits(Fraction(int(meant), 10**places)):
            yield label, _like(number[0], meant, places)


def _slips(digits: str) -> Iterator[str]:
    """A digit that was lost, doubled or changed with its neighbour, put right."""
    yield from with_one_more(digits)
    yield from with_two_swapped(digits)
    for at, (one, other) in enumerate(pairwise(digits)):
        if one == other:
            yield digits[:at] + digits[at + 1 :]


def _like(raw: str, digits: str, places: int) -> str:
    """Write digits with the separators of the text that they are put for."""
    marks = [sign for sign in raw if sign in ".,"]
    point = marks[-1] if places and marks else ""
    groups = next((mark for mark in marks if mark != point or not places), "")
    whole, rest = (digits[:-places] or "0", digits[-places:]) if places else (digits, "")
    if groups:
        whole = f"{int(whole):,}".replace(",", groups)
    elif len(whole) > len("999") and len(marks) == (1 if places else 0) and len(raw) <= len(digits):
        whole = f"{int(whole):,}".replace(",", "." if point != "." else ",")
    return f"{whole}{point}{rest}" if places else whole
