"""A claim: arithmetic, a date or a citation that a document states, with its verdict."""

from __future__ import annotations

from enum import Enum
from typing import TYPE_CHECKING

from validator.model.record import field, record

if TYPE_CHECKING:
    from collections.abc import Mapping

    from validator.model.diagnostic import Label
    from validator.model.location import Location

MentionKey = tuple[int, int]
"""Passage and first token of a mention: which number of the document it is."""


class ClaimKind(Enum):
    """What a claim states."""

    SUM = "sum"
    PERCENT = "percent"
    LEQ = "leq"
    RESTATEMENT = "restatement"
    DATE = "date"
    CITATION = "citation"

    __hash__ = object.__hash__  # that of an enumeration is not compiled


class ClaimVerdict(Enum):
    """Whether the claim holds; ``TRUNCATED`` is a percentage cut off instead of rounded.

    ``FITS``: figures that agree, but nothing beside their agreeing says that they belong together.
    """

    PASS = "pass"  # noqa: S105  (no password)
    TRUNCATED = "truncated"
    FAIL = "fail"
    UNDECIDED = "undecided"
    FITS = "fits"

    __hash__ = object.__hash__  # that of an enumeration is not compiled

    @property
    def is_decided(self) -> bool:
        """Whether the arithmetic was checked to an end."""
        return self is not ClaimVerdict.UNDECIDED and self is not ClaimVerdict.FITS


@record
class Claim:
    """A claim with the words it was read from and the place they stand.

    ``numbers`` are decimal strings with a point, by the names that belong to the kind; ``reason``
    is a code under ``claims/``, ``help`` what its message puts in. ``used`` are the numbers of
    the document that take part, ``figures`` the places of all that was compared. ``labels`` are the
    figures of a claim that does not hold, each with its own words.
    """

    kind: ClaimKind
    verdict: ClaimVerdict
    quote: str
    location: Location
    numbers: Mapping[str, str | tuple[str, ...]]
    reason: str = ""
    help: Mapping[str, str] = field(default_factory=dict)
    used: frozenset[MentionKey] = frozenset()
    figures: tuple[Location, ...] = ()
    labels: tuple[Label, ...] = ()

    @property
    def is_of_figures(self) -> bool:
        """Whether figures were compared to an end, and not dates or citations."""
        return self.verdict.is_decided and self.kind not in (ClaimKind.DATE, ClaimKind.CITATION)

    @property
    def holds(self) -> bool:
        """Whether what is stated agrees."""
        return self.verdict is ClaimVerdict.PASS
