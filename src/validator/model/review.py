"""What a reviewer is told of the reports of many units for one period."""

from __future__ import annotations

from enum import Enum
from typing import TYPE_CHECKING

from validator.model.diagnostic import Compared
from validator.model.problem import NO_FORM
from validator.model.record import field, record, record_fields
from validator.model.verdict import Severity, Verdict

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping
    from datetime import date

    from validator.model.comparison import Comparison
    from validator.model.diagnostic import Diagnostic, FileResult
    from validator.model.document import Document
    from validator.model.figure import UnitFigures
    from validator.model.report import Period, Unit


@record
class Topic:
    """A column of the matrix: a topic of a pack, the prose (``claims``) or the file (``read``)."""

    id: str
    title: str


@record
class Tally:
    """How many findings there are of one unit and topic; ``explained`` ones are not among the others.

    Of the rules about a figure that the report states, and of the claims of its prose, so many were
    ``decided`` and so many are ``undecided``.
    """

    errors: int = 0
    warnings: int = 0
    infos: int = 0
    explained: int = 0
    decided: int = 0
    undecided: int = 0

    @property
    def asked(self) -> int:
        """How many rules and claims there are to be decided."""
        return self.decided + self.undecided

    @property
    def has_findings(self) -> bool:
        """Whether there is anything but agreement."""
        return bool(self.errors or self.warnings or self.infos or self.explained)


def summed(tallies: Iterable[Tally]) -> Tally:
    """Return all tallies in one."""
    every = tuple(tallies)
    return Tally(**{kind: sum(getattr(each, kind) for each in every) for kind in record_fields(Tally)})


class Standing(Enum):
    """Where a unit stands in the period under review."""

    SUBMITTED = "submitted"
    MISSING = "missing"
    UNREADABLE = "unreadable"


@record
class Submission:
    """A file that somebody sent in. ``submitted`` is the day it bears; ``same_as`` a file it repeats."""

    path: str
    unit: Unit
    form: str
    period: Period
    period_text: str = ""
    submitted: date | None = None
    same_as: str = ""


@record
class UnitReview:
    """A row of the matrix: one unit and form, in the period under review.

    ``current`` is the version that counts (the newest), ``older`` the other ones, newest first.
    ``tallies`` are by the id of the topic. ``notes`` are about the submission, not its figures.
    ``compared`` are the figures of the version that counts. ``key`` leads to the `UnitDetail` in
    ``Review.details``. Of a unit that is listed, ``address`` and ``email`` say where letters go, ``above``
    are its superior and that one's, and ``is_top`` says that it has units below it and no superior.
    """

    key: str
    unit: Unit
    form: str = ""
    standing: Standing = Standing.SUBMITTED
    current: Submission | None = None
    older: tuple[Submission, ...] = ()
    tallies: Mapping[str, Tally] = field(default_factory=dict)
    compared: Compared = field(default_factory=Compared)
    notes: tuple[Diagnostic, ...] = ()
    address: str = ""
    email: str = ""
    above: tuple[Unit, ...] = ()
    is_top: bool = False

    @property
    def state(self) -> str:
        """By what word its standing is called: what was read and is of no known form is not unreadable."""
        if self.standing is Standing.UNREADABLE and any(note.id == NO_FORM for note in self.notes):
            return "form-unknown"
        return self.standing.value


@record
class Part:
    """A file that a report came in: its path, its format, the digest of its bytes.

    ``source`` is where the bytes lie of one that came in a zip.
    """

    path: str
    media_type: str
    digest: str = ""
    source: str = ""


@record
class UnitDetail:
    """What is told of one unit's current version, in the order of the form.

    ``document`` is the text of an office document as it was read, None for structured reports,
    of which ``lines`` holds the source. ``comparison`` is with the version before. ``digest`` is
    that of the file's bytes, empty for structured reports, ``source`` where they lie. ``parts`` are
    the other files that the report came in, such as an appendix.
    """

    result: FileResult
    document: Document | None = None
    lines: tuple[str, ...] = ()
    comparison: Comparison | None = None
    digest: str = ""
    source: str = ""
    parts: tuple[Part, ...] = ()


@record
class Review:
    """The whole picture of a period. Details are looked up one by one, so that memory stays flat.

    ``unread`` are files that could not be judged; ``aside`` are readable files that count for no
    row (another period, unit not known), each with a note that says why. ``sources`` are the files
    and folders that were reviewed. ``given_up`` rules could not be run to their end. ``figures`` are
    those of each unit, looked up like details; ``indicators`` are by form the fields that a unit states,
    superiors apart, in the order of the form.
    """

    version: str
    lang: str = ""
    period: Period
    period_text: str = ""
    form_titles: Mapping[str, str] = field(default_factory=dict)
    topics: tuple[Topic, ...] = ()
    units: tuple[UnitReview, ...] = ()
    unread: tuple[FileResult, ...] = ()
    aside: tuple[tuple[Submission, Diagnostic], ...] = ()
    notes: tuple[Diagnostic, ...] = ()
    sources: tuple[str, ...] = ()
    files: int = 0
    rules_loaded: int = 0
    applicable: int = 0
    decided: int = 0
    undecided: int = 0
    given_up: int = 0
    never_applied: tuple[str, ...] = ()
    passed_over: tuple[str, ...] = ()
    details: Mapping[str, UnitDetail] = field(default_factory=dict, compare=False)
    figures: Mapping[str, UnitFigures] = field(default_factory=dict, compare=False)
    indicators: Mapping[str, tuple[str, ...]] = field(default_factory=dict)

    @property
    def found_in_unread(self) -> Tally:
        """What was found in the text of files of no known form, whose faults of reading are none of it."""
        every = (one for each in self.unread for one in each.diagnostics)
        found = [one for one in every if one.verdict is Verdict.FAIL and one.severity is not Severity.INFO]
        errors = sum(one.severity is Severity.ERROR for one in found)
        return Tally(errors=errors, warnings=len(found) - errors)

    @property
    def superiors(self) -> frozenset[str]:
        """The ids of the units that others report to."""
        return frozenset(each.unit.parent for each in self.units if each.unit.parent)

    @property
    def missing(self) -> tuple[UnitReview, ...]:
        """The units that have not reported."""
        return tuple(each for each in self.units if each.standing is Standing.MISSING)
