"""Explanations in bulk, as programs and the command line ask for them."""

from __future__ import annotations

from datetime import UTC, date, datetime
from pathlib import Path
from typing import TYPE_CHECKING

from validator.checking.explaining import Wanted
from validator.explaining.explainable import Where, looked_at
from validator.explaining.filled import file_answers
from validator.explaining.many import explain_all
from validator.explaining.sheet import explanation_sheet
from validator.model.record import record
from validator.packs.forms import folders_of, load_pack
from validator.readers.given import Given
from validator.readers.kind import units_beside
from validator.submissions.choice import Choice

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    from validator.checking.reasons import Filed
    from validator.explaining.filled import Taken
    from validator.packs.pack import RulePack


@record
class SheetMade:
    """A sheet of explanations: its bytes, how many findings of how many reports it lists.

    Besides, how many errors there are, which nobody can explain, the reports in zips and the unread ones.
    """

    data: bytes
    findings: int
    reports: int
    errors: int = 0
    packed: tuple[str, ...] = ()
    unread: tuple[str, ...] = ()


def where(
    path: str | Path,
    *,
    packs: Sequence[RulePack | str | Path] = (),
    archive: str | Path = "",
    units: str | Path = "",
    beside: Sequence[str | Path] | str | Path = (),
    given: Given | None = None,
    progress: Callable[[int, int], None] | None = None,
) -> Where:
    """Return which reports are meant, a file or a folder, and how they are judged.

    The options are those of `validator.explain_finding`.
    """
    folders = (beside,) if isinstance(beside, str | Path) else tuple(beside)
    loaded = folders_of(load_pack(each) if isinstance(each, str | Path) else each for each in packs)
    choice = Choice(packs=loaded, archive=str(archive), units=str(units), given=given or Given())
    declared = (units or units_beside(folders)) if folders else ""
    listed = None
    if declared:
        from validator.submissions.recognition import load_units

        listed = load_units(declared)
    return Where(source=Path(path), choice=choice, beside=folders, units=listed, progress=progress)


def explain_findings(
    source: str | Path | Where,
    rule: str,
    *,
    reason: str,
    by: str = "",
    on: date | None = None,
    field: str = "",
    replace: bool = False,
) -> Filed:
    """File one explanation for all soft findings of *rule*, an id or a pattern (``cchc/*``), all or none.

    *field* is the path of a figure that they are about. What is explained already is left as it is unless
    *replace*. Raises `ValidatorError` if there is no such finding or a file cannot be written.
    """
    wanted = Wanted(
        rule=rule, which=field, reason=reason, author=by, given_on=on or _today(), replace=replace
    )
    return explain_all(_asked(source), wanted)


def sheet_of_findings(source: str | Path | Where, *, rule: str = "", lang: str = "vi") -> SheetMade:
    """Return an Excel workbook of the findings that wait for an explanation, to be filled in.

    Those of one *rule*, or of rules by a pattern, if it is given. Raises `ValidatorError` if no report can
    be judged or the extra ``documents`` is not installed.
    """
    at = _asked(source)
    if rule:
        from validator.checking.ids import require_known

        require_known((rule,), [load_pack(each) for each in at.choice.packs])
    looked = looked_at(at)
    data, findings = explanation_sheet(looked, rule, lang)
    return SheetMade(
        data=data,
        findings=findings,
        reports=len(looked.reports),
        errors=sum(each.errors for each in looked.reports),
        packed=looked.packed,
        unread=looked.unread,
    )


def explain_from_sheet(
    source: str | Path | Where,
    sheet: str | Path,
    *,
    by: str = "",
    on: date | None = None,
    replace: bool = False,
) -> Taken:
    """File the explanations of a *sheet* that was filled in, all that can be taken or none.

    A row whose finding has other figures by now is not taken and told in ``problems``. Raises
    `ValidatorError` for what is no such sheet, and if a file cannot be written.
    """
    return file_answers(_asked(source), Path(sheet), by=by, given_on=on or _today(), replace=replace)


def _asked(source: str | Path | Where) -> Where:
    return source if isinstance(source, Where) else where(source)


def _today() -> date:
    return datetime.now(tz=UTC).astimezone().date()
