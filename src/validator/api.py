"""What a program can do with reports and packs; the command line does no more than this.

Nothing here prints. A fault of a file is told in the result; `ValidatorError` is raised for a
wrong call only, such as a pack that does not exist.
"""

from __future__ import annotations

from datetime import UTC, date, datetime
from pathlib import Path
from typing import TYPE_CHECKING

from validator.checking.choice import Choice
from validator.checking.explanation import Judged, explained
from validator.checking.file import judge
from validator.checking.folder import SUFFIXES, report_files
from validator.checking.forms import PackError, folders_of, form_of, load_pack, packs_of_form
from validator.checking.many import STDIN, check_all
from validator.checking.reading import read
from validator.diagnostics.period import period_text
from validator.readers.given import Given

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    from validator.model.diagnostic import Diagnostic, RunResult
    from validator.model.report import Report
    from validator.packs.pack import RulePack
    from validator.readers.structured import ReadResult

__all__ = [
    "STDIN",
    "SUFFIXES",
    "PackError",
    "check",
    "check_report_object",
    "explain_finding",
    "form_of",
    "load_pack",
    "period_text",
    "read_report",
    "report_files",
    "version",
]


def read_report(path: str | Path, pack: RulePack | None = None, *, given: Given | None = None) -> ReadResult:
    """Return the report in a YAML or JSON file or in a document, with what was noticed on the way.

    The form is the one that the file names, or that of *pack*; what is *given* counts more.
    """
    return read(Path(path), str(path), (pack,) if pack else (), given or Given())


def check(  # noqa: PLR0913 - options of a run, all by keyword
    sources: Sequence[str | Path | bytes] | str | Path,
    *,
    packs: Sequence[RulePack | str | Path] = (),
    select: Sequence[str] = (),
    ignore: Sequence[str] = (),
    lang: str = "vi",
    undecided: bool = True,
    claims: bool = True,
    given: Given | None = None,
    progress: Callable[[int, int], None] | None = None,
) -> RunResult:
    """Check files, folders and bytes and return what was found, worded in *lang*.

    Each report is checked by those of *packs* (loaded, or by name or folder) that are for its
    form, or by the shipped packs for it. *select* and *ignore* are rule ids or patterns
    (``cchc/*``). Rules that could not be decided are worded too unless *undecided* is false; they
    are counted in any case. Of documents the *claims* of the prose are checked as well. What is
    *given* (form, unit, period) counts more than what the files say. *progress* is told how many
    of how many files are done.

    Raises `PackError` if a pack has faults: reports are not judged by a broken pack.
    """
    named = (packs,) if isinstance(packs, str | Path) else packs
    loaded = [load_pack(each) if isinstance(each, str | Path) else each for each in named]
    choice = Choice(
        packs=folders_of(loaded),
        select=tuple(select),
        ignore=tuple(ignore),
        undecided=undecided,
        lang=lang,
        claims=claims,
        given=given or Given(),
    )
    return check_all((sources,) if isinstance(sources, str | Path) else sources, choice, progress)


def check_report_object(
    report: Report, *, packs: Sequence[RulePack] = (), lang: str = "vi"
) -> tuple[Diagnostic, ...]:
    """Return the findings on a report that is already read, those marked that it explains itself."""
    chosen, choice = tuple(packs) or packs_of_form(report.form), Choice(lang=lang)
    found, results = judge(report, chosen, choice)
    return explained(found, report, b"", Judged(packs=chosen, results=results), choice)


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
    lang: str = "vi",
    given: Given | None = None,
) -> Path:
    """File an explanation of a soft finding of *rule* beside the report at *path*; return its file.

    It is given by somebody *by* name, *on* a day (today), for the values that the report has now.
    *field* tells findings of one rule apart: the path of a figure, its place such as
    ``scores[3].deducted``, the code of a row. *replace* puts it in the place of an explanation that
    is there for the same finding. The report itself is never changed.

    Raises `ValidatorError` if there is no such finding or it must be corrected, if it is explained
    already, and if the file cannot be written.
    """
    from validator.checking.explaining import Wanted, explain

    loaded = [load_pack(each) if isinstance(each, str | Path) else each for each in packs]
    choice = Choice(packs=folders_of(loaded), lang=lang, given=given or Given())
    wanted = Wanted(
        rule=rule, which=field, reason=reason, author=by, given_on=on or _today(), replace=replace
    )
    return explain(Path(path), wanted, choice)


def _today() -> date:
    return datetime.now(tz=UTC).astimezone().date()


def version() -> str:
    """Return the version of the program."""
    from validator import __version__

    return __version__
