"""What differs between two versions of one report."""

from __future__ import annotations

from typing import TYPE_CHECKING

from validator.model.record import record

if TYPE_CHECKING:
    from validator.model.diagnostic import Diagnostic, FileResult, Label


@record
class ChangedFigure:
    """A field that the versions state differently; None where a version does not state it.

    ``path`` is the field's path; of a table's row also ``table[row].column``. With ``is_unread`` it was
    only not recognised in that version, though it may stand there.
    """

    path: str
    label: str
    old: Label | None
    new: Label | None
    is_unread: bool = False


@record
class Dropped:
    """A finding of the old version that the new one has not, though nothing shows that it was corrected.

    ``gone`` are the figures it rested on that the new version no longer states. ``reason`` is
    ``figure-gone``, ``figure-unread`` (it may stand there and was not recognised), ``passage-gone`` (of
    prose) or ``not-decided`` (the rule no longer applies, or something else that it needs is missing).
    """

    finding: Diagnostic
    reason: str
    gone: tuple[Label, ...] = ()


@record
class Comparison:
    """The findings of two versions, told apart by rule and field, and the figures that changed.

    ``corrected`` are findings of the old version that the new one no longer has, ``remaining``
    pairs of the old and the new form of a finding that is still there, ``fresh`` those that only
    the new version has, ``dropped`` those that merely cannot be found any more. ``changed`` are
    all figures whose exact values differ. ``notes`` are about the pair; where a file of ``unread``
    could not be judged, nothing is compared.
    """

    old: str
    new: str
    corrected: tuple[Diagnostic, ...] = ()
    remaining: tuple[tuple[Diagnostic, Diagnostic], ...] = ()
    fresh: tuple[Diagnostic, ...] = ()
    dropped: tuple[Dropped, ...] = ()
    changed: tuple[ChangedFigure, ...] = ()
    notes: tuple[Diagnostic, ...] = ()
    unread: tuple[FileResult, ...] = ()
