"""What a pack says a report holds: declared fields, tables and their types."""

from __future__ import annotations

from enum import Enum
from typing import TYPE_CHECKING, Any

from validator.model.record import field, record

if TYPE_CHECKING:
    from collections.abc import Mapping
    from fractions import Fraction


class FieldType(Enum):
    """The type of a field or of a table's column."""

    COUNT = "count"
    NUMBER = "number"
    PERCENT = "percent"
    MONEY = "money"
    DATE = "date"
    TEXT = "text"
    BOOLEAN = "boolean"
    CHOICE = "choice"

    @property
    def is_numeric(self) -> bool:
        """Whether values of the type are numbers."""
        return self in _NUMERIC


_NUMERIC = frozenset({FieldType.COUNT, FieldType.NUMBER, FieldType.PERCENT, FieldType.MONEY})
_ADDITIVE = frozenset({FieldType.COUNT, FieldType.MONEY})
_ROUNDED = frozenset({FieldType.PERCENT, FieldType.MONEY})


@record
class FieldDef:
    """A declared field, or a column of a declared table.

    ``label`` maps a language (``vi``, ``en``) to the words of the form. ``binding`` is the
    pack's data for finding the field in documents; only the binder looks into it. ``minimum`` and
    ``maximum`` bound what a missing value may be, in base units. ``rollup`` says whether the values
    of units add up to that of their superior (``sum``) or not (``none``); None leaves it to the type.
    ``levels`` are those of the units whose reports have the field (empty: all).
    """

    path: str
    type: FieldType
    unit: str | None = None
    label: Mapping[str, str] = field(default_factory=dict)
    rounded: bool | None = None
    minimum: Fraction | None = None
    maximum: Fraction | None = None
    choices: tuple[str, ...] = ()
    binding: Mapping[str, Any] = field(default_factory=dict)
    rollup: str | None = None
    levels: tuple[str, ...] = ()

    @property
    def is_additive(self) -> bool:
        """Whether the values of units add up: counts and money do unless the pack says otherwise."""
        return self.type in _ADDITIVE if self.rollup is None else self.rollup == "sum"

    @property
    def is_rounded(self) -> bool:
        """Whether a written value stands for every value that rounds to it."""
        return self.type in _ROUNDED if self.rounded is None else self.rounded


@record
class TableDef:
    """A declared table: its columns by name."""

    name: str
    columns: Mapping[str, FieldDef]
    label: Mapping[str, str] = field(default_factory=dict)
    binding: Mapping[str, Any] = field(default_factory=dict)


@record
class Form:
    """The fields and tables that reports of one form may hold."""

    name: str
    fields: Mapping[str, FieldDef]
    tables: Mapping[str, TableDef]
    binding: Mapping[str, Any] = field(default_factory=dict)
