"""An explanation: why a soft finding is as it should be, for the values it was given for."""

from __future__ import annotations

from typing import TYPE_CHECKING

from validator.model.record import field, record

if TYPE_CHECKING:
    from collections.abc import Mapping
    from datetime import date

    from validator.model.location import Location


@record
class Explanation:
    """One explanation that travels with a report.

    ``rule`` is the id of the finding, ``path`` the path of its first figure (empty: any).
    ``fingerprint`` is that of the values it was given for (see `validator.diagnostics.waiver`);
    ``values`` holds those values as written, by field path, so that people can read them.
    """

    rule: str
    reason: str
    path: str = ""
    author: str = ""
    given_on: date | None = None
    fingerprint: str = ""
    values: Mapping[str, str] = field(default_factory=dict)
    location: Location
