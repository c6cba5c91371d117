"""What differs between two versions of one report."""

from __future__ import annotations

from typing import TYPE_CHECKING

from validator.model.record import record

if TYPE_CHECKING:
    from validator.model.diagnostic import Diagnostic, Label


@record
class ChangedFigure:
    """A field that the versions state differently; None where a version does not state it.

    ``path`` is the field's path; of a table's row also ``table[row].column``.
    """

    path: str
    label: str
    old: Label | None
    new: Label | None


@record
class Comparison:
    """The findings of two versions, told apart by rule and field, and the figures that changed.

    ``corrected`` are findings of the old version that the new one no longer has, ``remaining``
    pairs of the old and the new form of a finding that is still there, ``fresh`` those that only
    the new version has. ``changed`` are all figures whose exact values differ.
    """

    old: str
    new: str
    corrected: tuple[Diagnostic, ...] = ()
    remaining: tuple[tuple[Diagnostic, Diagnostic], ...] = ()
    fresh: tuple[Diagnostic, ...] = ()
    changed: tuple[ChangedFigure, ...] = ()
