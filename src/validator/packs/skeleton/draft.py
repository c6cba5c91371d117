"""What a blank form shows of a pack: fields, tables, sums between them, printed equations."""

from __future__ import annotations

from validator.model.record import record


@record
class DraftField:
    """A field or column: its name within the pack or table, the form's words, its code on the form."""

    name: str
    label: str
    type: str = "count"
    unit: str = ""
    code: str = ""


@record
class DraftSum:
    """A total and its signed parts, by names; ``printed`` as the form says it, empty for a formula."""

    total: str
    parts: tuple[tuple[int, str], ...]
    printed: str = ""


@record
class DraftTable:
    """One table of a form: with ``name`` a table of rows, without one fields of the report."""

    name: str = ""
    label: str = ""
    fields: tuple[DraftField, ...] = ()
    sums: tuple[DraftSum, ...] = ()

    @property
    def by_name(self) -> dict[str, DraftField]:
        """The fields by their names."""
        return {field.name: field for field in self.fields}

    def is_sound(self, found: DraftSum) -> bool:
        """Whether both sides of a sum measure the same, so that a rule can compare them."""
        known = self.by_name
        names = (found.total, *(part for _, part in found.parts))
        if not all(name in known and known[name].type != "text" for name in names) or not found.parts:
            return False
        return len({(known[name].type == "percent", known[name].type == "money") for name in names}) == 1
