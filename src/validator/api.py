"""What a program can do with reports and packs; the command line does no more than this.

Nothing here prints. A fault of a file is told in the result; `ValidatorError` is raised for a
wrong call only, such as a pack that does not exist.
"""

from __future__ import annotations

from datetime import UTC, date, datetime
from pathlib import Path
from typing import TYPE_CHECKING

from validator.checking.many import STDIN, check_all
from validator.diagnostics import shown
from validator.model.location import Location
from validator.model.problem import Problem, ValidatorError
from validator.model.record import evolve
from validator.packs.forms import PackError, folders_of, form_of, load_pack, packs_of_form
from validator.readers.given import Given
from validator.readers.kind import units_beside
from validator.submissions.choice import Choice
from validator.submissions.folder import SUFFIXES, report_files
from validator.submissions.reading import read
from validator.version import __version__
from validator.wording.in_language import in_language

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    from validator.checking.many import Source
    from validator.filing import Acceptance, Accepted
    from validator.model.comparison import Comparison
    from validator.model.diagnostic import Diagnostic, FileResult, RunResult
    from validator.model.limits import Limits
    from validator.model.report import Period, Report
    from validator.model.review import Review
    from validator.model.rollup import Rollup
    from validator.model.unit_list import UnitList
    from validator.outgoing.returning import Returned
    from validator.packs.pack import RulePack
    from validator.readers.structured import ReadResult

__all__ = [
    "STDIN",
    "SUFFIXES",
    "PackError",
    "accept",
    "accept_all",
    "check",
    "check_report_object",
    "compare",
    "explain_finding",
    "form_of",
    "load_pack",
    "load_units",
    "period_text",
    "read_report",
    "report_files",
    "review",
    "rollup",
    "version",
    "write_review",
]


def read_report(path: str | Path, pack: RulePack | None = None, *, given: Given | None = None) -> ReadResult:
    """Return the report in a YAML or JSON file or in a document, with what was noticed on the way.

    The form is the one that the file names, or that of *pack*; what is *given* counts more.
    """
    return read(Path(path), str(path), (pack,) if pack else (), given or Given())


def check(  # noqa: PLR0913 - options of a run, all by keyword
    sources: Sequence[Source] | str | Path | bytes,
    *,
    packs: Sequence[RulePack | str | Path] = (),
    select: Sequence[str] = (),
    ignore: Sequence[str] = (),
    lang: str = "vi",
    undecided: bool = True,
    claims: bool = True,
    ticks: bool = False,
    archive: str | Path = "",
    units: str | Path = "",
    given: Given | None = None,
    progress: Callable[[int, int], None] | None = None,
    told: Callable[[FileResult], None] | None = None,
) -> RunResult:
    """Check files, folders and bytes and return what was found, worded in *lang*.

    Bytes are called ``<bytes 1>`` and so on, or what they are paired with, ``[("xa.docx", data), …]``. Each
    report is checked by those of *packs* (loaded, or by name or folder) for its form, or the shipped ones.
    *select* and *ignore* are ids or patterns (``cchc/*``). Undecided rules are worded if *undecided*, the
    *claims* of a document's prose are checked, and *ticks* asks for all its figures. Rules on earlier periods
    look into *archive*, for the unit as the list *units* has it. What is *given* counts more than what files
    say. *progress* is told how many files are done, *told* each file once judged, in the order of names; the
    result then has no words about them. Raises `PackError` if a pack has faults, `ValidatorError` for an id
    or pattern that nothing fits.
    """
    choice = Choice(
        packs=_folders(_known_packs(packs, select, ignore)),
        select=tuple(select),
        ignore=tuple(ignore),
        undecided=undecided,
        claims=claims,
        ticks=ticks,
        archive=str(archive),
        units=str(units),
        given=given or Given(),
    )
    hand_on = told and (lambda file: told(in_language(file, lang)))
    return in_language(check_all(_several(sources), choice, progress, hand_on), lang)


def _several(sources: Sequence[Source] | str | Path | bytes) -> Sequence[Source]:
    return (sources,) if isinstance(sources, str | Path | bytes) else sources


def accept(
    path: str | Path | Sequence[str | Path],
    archive: str | Path,
    *,
    packs: Sequence[str | Path] = (),
    units: str | Path = "",
    given: Given | None = None,
    lang: str = "vi",
) -> Acceptance:
    """File the report in *path* in the folder *archive*, as the next version of its unit and period.

    It may be several files, such as a narrative and its appendix, or a zip of them. Nothing is
    overwritten, and the same figures are filed once. *units* is a list of units through which the unit
    is recognised; one that is not in it is refused. What is *given* (form, unit, period) counts more
    than what the file says. Raises `ValidatorError` if there is no report that can be filed, or more
    than one, or if it cannot be written.
    """
    sources = (path,) if isinstance(path, str | Path) else path
    found = accept_all(sources, archive, packs=packs, units=units, given=given, lang=lang).reports
    if len(found) != 1:
        args = {"count": len(found), "files": ", ".join(str(each) for each in sources)}
        raise ValidatorError(Problem(code="archive/not-one", location=Location(), args=args))
    if isinstance(found[0], ValidatorError):
        raise found[0]
    return found[0]


def accept_all(
    sources: Sequence[str | Path],
    archive: str | Path,
    *,
    packs: Sequence[str | Path] = (),
    units: str | Path = "",
    given: Given | None = None,
    lang: str = "vi",
    all_or_none: bool = False,
) -> Accepted:
    """File each report in *sources* – files, folders, zips – as `accept` does; of one that cannot be say why.

    A narrative and its appendix are one report; of versions in a folder or a zip the newest is filed. With
    *all_or_none* nothing is filed unless everything can be. Raises `ValidatorError` for wrong use only.
    """
    from validator.filing import Accepted, Filing
    from validator.submissions.whole import delivered

    choice = Choice(packs=tuple(map(str, packs)), claims=False, units=str(units), given=given or Given())
    listed = load_units(units) if units and not choice.given.unit else None
    known = None if listed is None else {each.id for each in listed.units}
    found = delivered(sources, choice if listed else evolve(choice, units=""))
    filing = Filing(Path(archive), choice, lang, known)
    done = (filing.all_or_none if all_or_none else filing.each)(found.reports)
    there = {each.unit.id for each in done if not isinstance(each, ValidatorError)}
    return Accepted(
        reports=done,
        superseded=found.superseded,
        left=found.left,
        absent=() if listed is None else listed.silent(there),
    )


def review(  # noqa: PLR0913 - options of a run, all by keyword
    sources: Sequence[str | Path] | str | Path,
    *,
    units: UnitList | str | Path | None = None,
    archive: str | Path = "",
    period: str | Period | None = None,
    form: str | None = None,
    packs: Sequence[RulePack | str | Path] = (),
    select: Sequence[str] = (),
    ignore: Sequence[str] = (),
    lang: str = "vi",
    claims: bool = True,
    ocr: bool = False,
    limits: Limits | None = None,
    progress: Callable[[int, int], None] | None = None,
) -> Review:
    """Review the reports that units sent in for one period, each held against the others.

    *units* declares who is to report (a ``units.yaml`` at the top of a folder is found by itself),
    *archive* holds the reports of earlier periods. The *period* (``2024-H1``; else the one that
    most reports are of) and the *form* are those under review. *limits* are what reading a file may
    cost. The others are those of `check`. Details in ``Review.details`` lie on disk until the review is
    let go. Raises `FileError` if the list of units has faults, `PackError` if a pack has.
    """
    from validator.reviewing.review import order_of, review_folders

    found = (sources,) if isinstance(sources, str | Path) else tuple(sources)
    choice = Choice(
        packs=_folders(_known_packs(packs, select, ignore)),
        select=tuple(select),
        ignore=tuple(ignore),
        undecided=False,
        claims=claims,
        archive=str(archive),
        given=Given(ocr=ocr, limits=limits),
    )
    declared = units_beside(found) if units is None else units
    listed = load_units(declared) if isinstance(declared, str | Path) else declared
    reviewed = review_folders(found, choice, order_of(listed, period, form), progress)
    return evolve(in_language(reviewed, lang), lang=lang)


def write_review(
    review: Review,
    folder: str | Path,
    *,
    sources: Sequence[str | Path] | str | Path = (),
    keep_active: bool = False,
) -> Returned:
    """Write what goes back of a review into *folder*: slips, commented copies, a page and a workbook.

    *sources* are the folders that were reviewed; the results must not lie among them. Commented copies
    leave out macros, controls, embedded objects and what fetches something from elsewhere, and say so,
    unless *keep_active* is true. Raises `ValidatorError` if results lie among sources, if a library is
    missing, or if a file cannot be written.
    """
    from validator.outgoing.returning import return_files

    found = (sources,) if isinstance(sources, str | Path) else tuple(sources)
    return return_files(review, Path(folder), found, keep_active=keep_active)


def load_units(path: str | Path) -> UnitList:
    """Return the units declared in the file *path*. Raises `FileError` with every fault of it."""
    from validator.submissions.recognition import load_units

    return load_units(path)


def compare(  # noqa: PLR0913 - options of a run, all by keyword
    old: str | Path,
    new: str | Path,
    *,
    packs: Sequence[RulePack | str | Path] = (),
    archive: str | Path = "",
    units: str | Path = "",
    lang: str = "vi",
    claims: bool = True,
    given: Given | None = None,
) -> Comparison:
    """Return how *new* differs from *old*, an earlier version of the same report.

    The options are those of `check`. Files that could not be judged are in ``unread``.
    """
    from validator.reviewing.two_files import compare_files

    choice = Choice(
        packs=_folders(packs),
        claims=claims,
        archive=str(archive),
        units=str(units),
        given=given or Given(),
    )
    return in_language(compare_files(old, new, choice), lang)


def rollup(  # noqa: PLR0913 - options of a run, all by keyword
    sources: Sequence[str | Path] | str | Path,
    *,
    form: str | None = None,
    packs: Sequence[RulePack | str | Path] = (),
    units: UnitList | str | Path | None = None,
    parent: str | None = None,
    period: str | None = None,
    lang: str = "vi",
    ocr: bool = False,
    limits: Limits | None = None,
) -> Rollup:
    """Return the superior's report, computed from those of its units in *sources* (files, folders).

    Counts and money are added up, shares worked out from the sums by the rules of the packs. *form*
    and *period* (as of the command line) are those of most reports if not said, *parent* is the id of
    the superior that the units name. *units* says who is to report, so that it is known who has not.
    *limits* are what reading one file may cost.

    Raises `ValidatorError` if there is nothing to add up, no one superior, or a fault in *units*.
    """
    from validator.readers.given import given_period
    from validator.reviewing.rollup import roll_up
    from validator.reviewing.rollup_gather import Wanted

    wanted = Wanted(
        form=form,
        packs=_folders(packs),
        parent=parent,
        period=given_period(period) if period else None,
        units=load_units(units) if isinstance(units, str | Path) else units,
        ocr=ocr,
        limits=limits,
    )
    found = roll_up((sources,) if isinstance(sources, str | Path) else sources, wanted)
    return in_language(found, lang)


def _known_packs(
    packs: Sequence[RulePack | str | Path] | str | Path, select: Sequence[str], ignore: Sequence[str]
) -> Sequence[RulePack | str | Path]:
    """Return the packs of a call. Raises `ValidatorError` for an id or pattern that nothing fits."""
    named = (packs,) if isinstance(packs, str | Path) else packs
    if select or ignore:
        from validator.checking.ids import require_known

        loaded = [load_pack(each) if isinstance(each, str | Path) else each for each in named]
        require_known((*select, *ignore), loaded)
    return named


def _folders(packs: Sequence[RulePack | str | Path]) -> tuple[str, ...]:
    return folders_of(load_pack(each) if isinstance(each, str | Path) else each for each in packs)


def check_report_object(
    report: Report, *, packs: Sequence[RulePack] = (), lang: str = "vi", undecided: bool = True
) -> tuple[Diagnostic, ...]:
    """Return the findings on a report that is already read, those marked that it explains itself.

    Undecided rules are worded if *undecided*, which takes most of the time.

    A cell may hold an int, a `Decimal`, a `Fraction` or a text in place of a `Quantity`. In a percent
    field a `Decimal` is in percentage points (``Decimal("98.8")`` is 98,8 %), an int or a `Fraction` is a
    share of the whole (1 is 100 %); an int over 1 there is told, ``read/whole-percent``. Where nothing is
    compared, that is a finding, ``check/nothing-compared``. Raises `ValidatorError` for a value that its
    field cannot have, such as a binary float.
    """
    from validator.checking.made_report import judge_made

    found = judge_made(report, tuple(packs) or packs_of_form(report.form), Choice(undecided=undecided))
    return in_language(found, lang)


def explain_finding(  # noqa: PLR0913 - what a person says of a finding, all by keyword
    path: str | Path,
    rule: str,
    *,
    reason: str,
    by: str = "",
    on: date | None = None,
    field: str = "",
    replace: bool = False,
    packs: Sequence[RulePack | str | Path] = (),
    archive: str | Path = "",
    units: str | Path = "",
    beside: Sequence[str | Path] | str | Path = (),
    given: Given | None = None,
) -> Path:
    """File an explanation of a soft finding of *rule* beside the report at *path*; return its file.

    It is given *by* somebody, *on* a day (today), for the values that the report has now. *field*
    tells findings of one rule apart: the path of a figure, its place such as ``scores[3].deducted``,
    the code of a row. *replace* puts it in the place of one that is there. Findings about earlier
    periods need the *archive*, those about other units the folders *beside* which `review` found them.

    Raises `ValidatorError` if there is none, it must be corrected or is explained, or no file is written.
    """
    from validator.checking.explaining import Wanted, explain

    choice = Choice(packs=_folders(packs), archive=str(archive), units=str(units), given=given or Given())
    wanted = Wanted(
        rule=rule, which=field, reason=reason, author=by, given_on=on or _today(), replace=replace
    )
    folders = (beside,) if isinstance(beside, str | Path) else tuple(beside)
    if not folders:
        return explain(Path(path), wanted, choice)
    from validator.reviewing.review import judged_in_company

    listed = load_units(declared) if (declared := units or units_beside(folders)) else None
    return explain(Path(path), wanted, choice, judged_in_company(Path(path), folders, choice, listed))


def period_text(window: Period, lang: str = "vi") -> str:
    """Return a period as people write it in *lang*: its kind and its days."""
    return in_language(shown.period_text(window), lang)


def _today() -> date:
    return datetime.now(tz=UTC).astimezone().date()


def version() -> str:
    """Return the version of the program."""
    return __version__
