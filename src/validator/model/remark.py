"""What a reviewer has written into the sheet of figures, by unit: it outlives the run that made the sheet."""

from __future__ import annotations

from typing import TYPE_CHECKING

from validator.model.record import field, record

if TYPE_CHECKING:
    from collections.abc import Mapping


@record
class Remark:
    """What people wrote in the row of a unit; ``others`` is by the heads of the columns that they added."""

    name: str = ""
    status: str = ""
    text: str = ""
    others: Mapping[str, str] = field(default_factory=dict)

    @property
    def is_empty(self) -> bool:
        """Whether nobody has written anything."""
        return not (self.status or self.text or any(self.others.values()))


@record
class Remarks:
    """The remarks of one sheet by the key of the unit, and the heads of people's own columns in order."""

    rows: Mapping[str, Remark] = field(default_factory=dict)
    columns: tuple[str, ...] = ()
