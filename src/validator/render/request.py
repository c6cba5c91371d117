"""What a finding asks of a unit, in words: the place, the matter, its figures, what is to be done."""

from __future__ import annotations

from typing import TYPE_CHECKING

from validator.diagnostics.shown import file_name
from validator.model.record import evolve, record
from validator.model.verdict import Severity, Verdict
from validator.render.finding import is_finding
from validator.render.place import near, place
from validator.render.terminal import clean
from validator.wording.message import message

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from validator.model.diagnostic import Diagnostic, Label
    from validator.model.location import Location

_MOST_FIGURES = 12
_MOST_EXCERPT = 90
EXPLANATIONS = "waiver"
"""The topic of what is told of explanations."""


@record
class Request:
    """A finding as a unit is told of it; every text is on one line and harmless.

    ``excerpt`` are the words around the figure, ``waiver`` is the explanation that was accepted.
    """

    rule: str
    place: str
    excerpt: str
    title: str
    explanation: str
    difference: str
    figures: tuple[str, ...]
    ask: str
    help: str
    basis: str
    waiver: str

    @property
    def sentence(self) -> str:
        """The matter with its numbers; the rule where it has no title."""
        title = self.title or self.rule
        return f"{title.rstrip('.')}: {self.explanation}" if self.explanation else title


@record
class Sorted:
    """The findings of one report by what becomes of them, each kind in the order of the form.

    ``open`` ones are to be corrected or explained, ``explained`` ones have been; ``explanations``
    are faults of explanations (lapsed, unused); ``waiting`` rules need reports that are missing;
    ``remarks`` ask for nothing.
    """

    open: tuple[Diagnostic, ...] = ()
    explained: tuple[Diagnostic, ...] = ()
    explanations: tuple[Diagnostic, ...] = ()
    waiting: tuple[Diagnostic, ...] = ()
    remarks: tuple[Diagnostic, ...] = ()


def sort_out(diagnostics: Iterable[Diagnostic]) -> Sorted:
    """Tell apart what a unit is asked for and what it is only told; leave out what nobody can act on."""
    kinds: dict[str, list[Diagnostic]] = {}
    for found in diagnostics:
        kind = kind_of(found)
        if kind:
            kinds.setdefault(kind, []).append(found)
    return Sorted(**{name: tuple(found) for name, found in kinds.items()})


def kind_of(found: Diagnostic) -> str:
    """Return the name of the part of `Sorted` that a finding belongs to, or nothing."""
    if found.verdict is Verdict.UNDECIDED:
        # Values that the report itself leaves out are no disagreement; reports of others will come.
        return "waiting" if found.reason.endswith("-missing") else ""
    if not is_finding(found):
        return ""
    if found.topic == EXPLANATIONS:
        return "explanations"
    if found.waiver:
        return "explained"
    return "remarks" if found.severity is Severity.INFO else "open"


def request(found: Diagnostic, lang: str, file: str = "") -> Request:
    """Return *found* in words of *lang*; the place of a finding without one is the whole report.

    In a report of several files, of which *file* is the first, the place names another one.
    """
    at = _untitled(found.location) if file else found.location
    where = clean(place(at, lang))
    if file and found.location.file not in ("", file):
        where = ", ".join(filter(None, (clean(file_name(found.location.file)), where)))
    else:
        where = where[:1].upper() + where[1:]
    # A fault of an explanation is no fault of the figures.
    kind = Severity.INFO.value if found.topic == EXPLANATIONS else found.severity.value
    settled = found.waiver or found.verdict is Verdict.UNDECIDED
    return Request(
        rule=clean(found.id),
        place=where or message("slip/whole-report", lang),
        excerpt=_excerpt(found),
        title=clean(found.title),
        explanation=clean(found.explanation),
        difference=clean(found.difference),
        figures=tuple(map(clean, _figures(found, lang, is_whole=bool(file)))),
        ask="" if settled else message(f"slip/ask-{kind}", lang),
        help=clean(found.help),
        basis=clean(found.basis),
        waiver=clean(found.waiver),
    )


def _figures(found: Diagnostic, lang: str, *, is_whole: bool) -> Iterator[str]:
    for label in found.fields[:_MOST_FIGURES]:
        yield _figure(label, found, lang, is_whole=is_whole)
    more = len(found.fields) - _MOST_FIGURES
    if more > 0:
        yield message("slip/more-figures", lang, {"count": more})


def _figure(label: Label, found: Diagnostic, lang: str, *, is_whole: bool) -> str:
    words = {"label": label.label or label.path, "raw": label.raw}
    if not label.raw:
        return message("slip/figure-unread" if label.is_unread else "slip/figure-blank", lang, words)
    if label.location.file != found.location.file:
        if not is_whole:
            return message("slip/figure", lang, words)  # whose it is stands in its words
        parts = (file_name(label.location.file), place(_elsewhere(label.location), lang))
        return message("slip/figure-at", lang, words | {"place": ", ".join(filter(None, parts))})
    # Where all stands in one place the row says it once.
    here = place(found.location, lang)
    brief = _brief(label.location, found.location)
    where = near(_untitled(brief) if is_whole else brief, found.location, lang)
    if label.location == found.location or not where or where == here:
        return message("slip/figure", lang, words)
    return message("slip/figure-at", lang, words | {"place": where})


def _brief(where: Location, other: Location) -> Location:
    """A place without what the figure's own words or the place of the finding say already."""
    brief = evolve(where, row_label=None)
    if (where.sheet, where.table) != (other.sheet, other.table):
        return brief
    if where.cell:
        return evolve(brief, sheet=None, row=None, row_code=None, column_name=None)
    if where.table and (where.row_code or where.row):
        column = None if where.column_name == other.column_name else where.column_name
        # Rows without a code are not counted by anybody; their words are those of the figure.
        row = where.row if where.row_code else None
        return evolve(
            brief, page=None, section=None, table=None, table_title=None, row=row, column_name=column
        )
    return brief


def _untitled(where: Location) -> Location:
    """A place in a workbook without the title of the table, which may be long: the cell says it exactly."""
    return evolve(where, table=None, table_title=None) if where.cell else where


def _elsewhere(where: Location) -> Location:
    """A place in another file without what the figure's own words say already."""
    brief = evolve(_untitled(where), row_label=None)
    return evolve(brief, row=None, row_code=None, column_name=None) if where.cell else brief


def _excerpt(found: Diagnostic) -> str:
    """The words around the first figure, where nothing but a paragraph's number tells the place."""
    where = found.location
    if where.paragraph is None or where.quote or not where.excerpt:
        return ""
    text = clean(where.excerpt)
    if len(text) <= _MOST_EXCERPT:
        return text
    raw = clean(found.fields[0].raw) if found.fields else ""
    start = max(0, text.find(raw) - _MOST_EXCERPT // 2)
    start = text.find(" ", start) + 1 if start else 0
    end = text.rfind(" ", start, start + _MOST_EXCERPT)
    end = end if end > start else start + _MOST_EXCERPT
    return ("… " if start else "") + text[start:end] + (" …" if end < len(text) else "")
