"""What was found: one finding with the values it rests on, its texts in no language yet or in one."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from validator.model.record import evolve, field, record
from validator.model.verdict import Verdict

if TYPE_CHECKING:
    from collections.abc import Mapping

    from validator.model.location import Location
    from validator.model.tick import Ticks
    from validator.model.verdict import Severity


@record
class Label:
    """One value that takes part in a finding: field path, words of the form, text, place.

    ``value`` is the exact value in one spelling, whatever the text: two labels whose values are
    the same state the same. It is empty where nothing could be read. ``is_unread`` marks a figure that
    was not recognised in a document, though it may stand there. ``role`` is what the value is in a
    calculation of the prose (``total``, ``part``, ``numerator``, ``base``, ``share`` …), else empty.
    """

    path: str
    label: str
    raw: str
    location: Location
    value: str = ""
    is_unread: bool = False
    role: str = ""


@record
class Diagnostic:
    """A failed or undecided rule, or a problem; its texts may be `validator.model.words.Words`.

    ``reason`` is a code (``truncated``, ``division-by-zero``, ``missing`` …) or empty.
    ``explanation`` holds the numbers put in (``794 ≠ 677 + 113 + 3 = 793``), ``difference`` by
    how much the sides differ, ``help`` what to look at. ``group`` is the id shared by findings
    that one cell may have caused, or empty. ``waiver`` is the explanation that was handed in with
    the report and accepted for the finding, or empty. ``topic`` is the topic of the rule,
    ``claims`` for the prose, ``read`` for faults of reading. ``rests_on`` is a digest of all that a
    finding which may be explained rests on, shown or not; it is for programs and empty elsewhere.
    """

    id: str
    severity: Severity
    verdict: Verdict
    reason: str = ""
    title: str = ""
    explanation: str = ""
    difference: str = ""
    fields: tuple[Label, ...] = ()
    location: Location
    help: str = ""
    basis: str = ""
    group: str = ""
    waiver: str = ""
    topic: str = ""
    rests_on: str = ""

    @property
    def of_fields(self) -> tuple[Label, ...]:
        """The values of fields that take part; the figures of a calculation of the prose are of none."""
        return tuple(label for label in self.fields if label.path)

    @property
    def said(self) -> str:
        """What does not agree and, where it says more, with which figures."""
        return f"{self.title.rstrip('.')}: {self.explanation}" if self.explanation else self.title

    def to_dict(self) -> dict[str, Any]:
        """Return the finding as what JSON can hold; the numbers beside its words stay exact."""
        from validator.model.as_dict import as_dict

        told: dict[str, Any] = as_dict(self)
        return told


@record
class Compared:
    """How many figures there are, each counted once, and what came of comparing them.

    Of ``figures`` those that ``agree`` took part in decided comparisons that all hold, those that
    ``differ`` in one that does not; ``open`` are the others, of which nothing is known.
    """

    figures: int = 0
    agree: int = 0
    differ: int = 0

    @property
    def open(self) -> int:
        """How many figures took part in no decided comparison."""
        return self.figures - self.decided

    @property
    def decided(self) -> int:
        """How many figures took part in a decided comparison."""
        return self.agree + self.differ


@record
class FileResult:
    """What is told about one file; ``reach`` says how much of a document was understood.

    ``parts`` are other files that make one report with it, such as an appendix.
    A document whose form is not known has an empty ``form``: only its text was checked.
    ``verdicts`` has every rule that was looked at by its id, those that hold and those that do not apply too.
    ``ticks`` are the tick marks of a document, where they are asked for.
    """

    path: str
    unit: str = ""
    period: str = ""
    form: str = ""
    diagnostics: tuple[Diagnostic, ...] = ()
    judged: bool = True
    reach: str = ""
    parts: tuple[str, ...] = ()
    compared: Compared = field(default_factory=Compared)
    verdicts: Mapping[str, Verdict] = field(default_factory=dict)
    ticks: Ticks | None = None

    @property
    def passed(self) -> tuple[str, ...]:
        """The ids of the rules that hold."""
        return self._of(Verdict.PASS)

    @property
    def undecided(self) -> tuple[str, ...]:
        """The ids of the rules that lack figures."""
        return self._of(Verdict.UNDECIDED)

    def to_dict(self) -> dict[str, Any]:
        """Return everything but the text of the document as what JSON can hold; numbers stay exact."""
        from validator.model.as_dict import as_dict

        told: dict[str, Any] = as_dict(self if self.ticks is None else evolve(self, ticks=None))
        if self.ticks is not None:
            told["ticks"] = {"figures": as_dict(self.ticks.figures), "ties": as_dict(self.ticks.ties)}
        return told

    def _of(self, verdict: Verdict) -> tuple[str, ...]:
        return tuple(name for name, each in self.verdicts.items() if each is verdict)


@record
class RunResult:
    """What is told about one run; counts of rules are counts of rule × report pairs.

    ``passed_over`` names the files of folders that are no reports. ``exit_code`` is that of the command
    whose run it is, None if it is none.
    """

    version: str
    files: tuple[FileResult, ...]
    rules_loaded: int = 0
    applicable: int = 0
    decided: int = 0
    undecided: int = 0
    never_applied: tuple[str, ...] = ()
    notes: tuple[Diagnostic, ...] = ()
    passed_over: tuple[str, ...] = ()
    exit_code: int | None = None

    @property
    def verdicts(self) -> Mapping[str, Mapping[str, Verdict]]:
        """What every rule says of every file, by path and id: those that hold are in it too."""
        return {file.path: file.verdicts for file in self.files}

    def to_dict(self) -> dict[str, Any]:
        """Return the run as what JSON can hold; numbers stay exact."""
        from validator.model.as_dict import as_dict

        told: dict[str, Any] = as_dict(evolve(self, files=()))
        return told | {"files": [file.to_dict() for file in self.files]}

    @property
    def compared(self) -> Compared:
        """The figures of all files together."""
        every = [file.compared for file in self.files]
        return Compared(
            figures=sum(each.figures for each in every),
            agree=sum(each.agree for each in every),
            differ=sum(each.differ for each in every),
        )
