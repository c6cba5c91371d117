"""The findings of a slip: the table to answer in, what is explained already, what changed."""

from __future__ import annotations

from typing import TYPE_CHECKING

from validator.model.verdict import Severity
from validator.render import word_page as page
from validator.render.comparison import why_dropped
from validator.render.finding import is_finding
from validator.render.finding_table import explained_table, open_table, points
from validator.render.request import request, sort_out
from validator.render.terminal import clean

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping

    from docx.document import Document as WordDocument

    from validator.model.comparison import ChangedFigure, Comparison
    from validator.model.diagnostic import Diagnostic, Label
    from validator.model.review import UnitDetail
    from validator.render.request import Request, Sorted
    from validator.render.slip_frame import Words

_WIDTHS = (11, 40, 74, 52, 38, 42)
_EXPLAINED = (11, 40, 100, 106)
_MOST_CHANGES = 40


def findings(document: WordDocument, words: Words, detail: UnitDetail | None) -> None:
    """Say what was found in a report that could be judged."""
    told = sort_out(detail.result.diagnostics if detail else ())
    _opening(document, words, told, detail.result.reach if detail else "")
    if told.open:
        page.heading(document, words.say("open-heading"))
        _open_table(document, words, told.open)
        page.sentence(document, words.say("no-blame"), italic=True)
    if told.explained:
        page.heading(document, words.say("explained-heading"))
        _explained_table(document, words, told.explained)
    # What to do with explanations is asked below; nobody has to know the commands for it.
    points(document, words.say("explanations-heading"), _told(told.explanations, words, helped=False))
    if detail and detail.comparison:
        _comparison(document, words, detail.comparison, told.open)
    points(document, words.say("waiting-heading"), _told(told.waiting, words, helped=False))
    notes = tuple(filter(is_finding, words.unit.notes))
    points(document, words.say("remarks-heading"), _told((*told.remarks, *notes), words))
    if told.open or told.explanations:
        page.sentence(document, words.say("ask" if told.open else "ask-explanations"))


def unreadable(document: WordDocument, words: Words, detail: UnitDetail | None) -> None:
    """Say why the file could not be read, or what of one of no known form, and ask for another."""
    current = words.unit.current
    file = words.file(current) if current else words.say("report")
    key = "form-unknown" if words.unit.state == "form-unknown" else "unreadable"
    page.sentence(document, words.say(key, report=words.report, file=file))
    found = (*(detail.result.diagnostics if detail else ()), *words.unit.notes)
    points(document, words.say("unreadable-heading"), _told(filter(is_finding, found), words))
    page.sentence(document, words.say("unreadable-ask"))


def _opening(document: WordDocument, words: Words, told: Sorted, reach: str) -> None:
    current = words.unit.current
    file = words.file(current) if current else words.say("report")
    page.sentence(document, words.say("opening", report=words.report, unit=words.name, file=file))
    errors = sum(found.severity is Severity.ERROR for found in told.open)
    counts = (
        ("count-errors", errors),
        ("count-warnings", len(told.open) - errors),
        ("count-explained", len(told.explained)),
        ("count-explanations", len(told.explanations)),
        ("count-waiting", len(told.waiting)),
    )
    said = "; ".join(words.say(key, count=count) for key, count in counts if count)
    page.sentence(document, words.say("counts", counts=said) if said else words.say("nothing-found"))
    if reach:
        page.sentence(document, words.say("reach", reach=clean(reach)), italic=True)


def _open_table(document: WordDocument, words: Words, found: Iterable[Diagnostic]) -> None:
    names = ("number", "place", "matter", "figures", "ask", "answer")
    titles = [words.say(f"column-{name}") for name in names]
    open_table(document, _WIDTHS, titles, _requests(found, words), words.say)


def _explained_table(document: WordDocument, words: Words, found: Iterable[Diagnostic]) -> None:
    titles = [words.say(f"column-{name}") for name in ("number", "place", "matter", "explained")]
    explained_table(document, _EXPLAINED, titles, _requests(found, words), words.say)


def _requests(found: Iterable[Diagnostic], words: Words) -> Iterator[Request]:
    return (request(each, words.review.lang) for each in found)


def _told(found: Iterable[Diagnostic], words: Words, *, helped: bool = True) -> Iterator[str]:
    """Findings in a sentence each: title, numbers, what to do (if *helped*)."""
    for each in found:
        told = request(each, words.review.lang)
        said = told.sentence
        ending = "" if said.endswith((".", "!", "?")) else "."
        yield " ".join(filter(None, (said + ending, told.help if helped else "")))


def _comparison(
    document: WordDocument, words: Words, comparison: Comparison, asked: tuple[Diagnostic, ...]
) -> None:
    """Say what was corrected since the version before, what is still there or new, what is gone."""
    older = words.unit.older
    before = words.file(older[0]) if older else comparison.old.rpartition("/")[2]
    page.heading(document, words.say("comparison-heading", file=before))
    numbers: dict[Diagnostic, int] = {found: number for number, found in enumerate(asked, start=1)}
    remaining = tuple(new for _, new in comparison.remaining)
    if comparison.corrected:
        page.point(document, words.say("corrected", count=len(comparison.corrected)))
        for text in _told(comparison.corrected, words, helped=False):
            page.point(document, text, inner=True)
    for key, found in (("remaining", remaining), ("fresh", comparison.fresh)):
        if found:
            page.point(document, words.say(key, count=len(found), items=_items(found, numbers, words)))
    if comparison.dropped:
        page.point(document, words.say("dropped", count=len(comparison.dropped)))
        for each in comparison.dropped:
            (told,) = _told((each.finding,), words, helped=False)
            why = why_dropped(each, words.review.lang)
            page.point(document, words.say("why-dropped", finding=told, why=why), inner=True)
    if comparison.changed:
        page.point(document, words.say("changed", changes=_changes(comparison.changed, words)))


def _items(found: Iterable[Diagnostic], numbers: Mapping[Diagnostic, int], words: Words) -> str:
    """Findings by their number in the table, or by their title where they are not in it."""
    return "; ".join(
        words.say("item", number=numbers[each]) if each in numbers else clean(each.title or each.id)
        for each in found
    )


def _changes(changed: tuple[ChangedFigure, ...], words: Words) -> str:
    said = [
        words.say(
            "change",
            label=each.label or each.path,
            old=_raw(each.old, each, words),
            new=_raw(each.new, each, words),
        )
        for each in changed
    ]
    # A figure of the text and of the appendix that changed alike is named once.
    once = tuple(dict.fromkeys(said))
    more = len(once) - _MOST_CHANGES
    return "; ".join([*once[:_MOST_CHANGES], *([words.say("more-figures", count=more)] if more > 0 else [])])


def _raw(label: Label | None, each: ChangedFigure, words: Words) -> str:
    if label and label.raw:
        return clean(label.raw)
    return words.say("not-read" if label is None and each.is_unread else "blank")
