"""What the page tells of one unit: its findings by topic and cause, and its text with marks."""

from __future__ import annotations

from typing import TYPE_CHECKING

from validator.model.record import field, record
from validator.render.finding import findings, grouped, undecided
from validator.render.review_page.locate import Locator
from validator.render.review_page.marking import Mark, mark_of, merged
from validator.render.review_page.matrix import counts, unit_name
from validator.render.review_page.passage import passages
from validator.render.review_page.text_view import TextView, text_view

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping, Sequence
    from collections.abc import Set as AbstractSet

    from validator.model.diagnostic import Diagnostic, Label
    from validator.model.location import Location
    from validator.model.review import Topic, UnitDetail, UnitReview
    from validator.render.finding import Group
    from validator.render.review_page.locate import Spot
    from validator.render.review_page.words import Words

MOST_FINDINGS, MOST_FIGURES, MOST_UNDECIDED = 300, 12, 60


@record
class Figure:
    """A figure of a finding; ``mark`` is the id of its mark in the text, or empty."""

    label: str
    raw: str
    place: str
    mark: str = ""


@record
class FindingView:
    """A finding, its number among those of the unit, its figures and its place."""

    number: int
    found: Diagnostic
    figures: tuple[Figure, ...] = ()
    more_figures: int = 0
    place: str = ""
    mark: str = ""


@record
class GroupView:
    """Findings that one figure may have caused, which is ``shared``; most findings are alone."""

    findings: tuple[FindingView, ...]
    shared: Figure | None = None


@record
class TopicView:
    """The findings of one topic; ``elsewhere`` are those that stand in a group of another one."""

    id: str
    title: str
    groups: tuple[GroupView, ...] = ()
    elsewhere: tuple[FindingView, ...] = ()


@record
class UnitView:
    """All that is told of one unit."""

    number: int
    id: str
    name: str
    unit: UnitReview
    detail: UnitDetail | None = None
    topics: tuple[TopicView, ...] = ()
    text: TextView = field(default_factory=TextView)
    more_findings: int = 0
    open: tuple[Diagnostic, ...] = ()
    more_open: int = 0

    @property
    def is_decided(self) -> bool:
        """Whether any figure was compared, so that the lack of findings says something."""
        return self.unit.compared.decided > 0


def unit_view(
    number: int,
    unit: UnitReview,
    detail: UnitDetail | None,
    topics: Sequence[Topic],
    words: Words,
    most: int,
) -> UnitView:
    """Return the view of one unit; its document may show about *most* characters."""
    here, name = f"u{number}", unit_name(unit)
    if detail is None:
        told_elsewhere = tuple(_topics((), unit, topics, here, words))
        return UnitView(number=number, id=here, name=name, unit=unit, topics=told_elsewhere)
    found = findings(detail.result)
    told = _arranged(found[:MOST_FINDINGS], topics)
    spots = _Spots(detail, tuple(each for group in told for each in group.findings))
    text = text_view(spots.passages, merged(spots.numbered()), most, f"{here}m")
    views = tuple(_groups(told, spots, text, words))
    waiting = undecided(detail.result)
    return UnitView(
        number=number,
        id=here,
        name=name,
        unit=unit,
        detail=detail,
        topics=tuple(_topics(views, unit, topics, here, words)),
        text=text,
        more_findings=len(found) - min(len(found), MOST_FINDINGS),
        open=waiting[:MOST_UNDECIDED],
        more_open=max(0, len(waiting) - MOST_UNDECIDED),
    )


class _Spots:
    """Where the figures of findings stand in the text; findings count from 1."""

    def __init__(self, detail: UnitDetail, told: tuple[Diagnostic, ...]) -> None:
        self.file = detail.document.file if detail.document else detail.result.path
        self.passages = passages(detail)
        locator = Locator(self.passages, self.file)
        self.figures = [
            tuple(locator.find(label.location, label.raw) for label in each.fields[:MOST_FIGURES])
            for each in told
        ]
        self.places = [
            None if any(spots) else locator.find(each.location, "")
            for each, spots in zip(told, self.figures, strict=True)
        ]

    def numbered(self) -> Iterator[tuple[Spot, int]]:
        """Each spot with the number of its finding."""
        for number, (place, figures) in enumerate(zip(self.places, self.figures, strict=True), start=1):
            yield from ((spot, number) for spot in (place, *figures) if spot is not None)


def _arranged(found: tuple[Diagnostic, ...], topics: Sequence[Topic]) -> list[Group]:
    """The findings in groups, by the topic of a group's first finding, else in the order of the form."""
    order = {topic.id: number for number, topic in enumerate(topics)}
    return sorted(grouped(found), key=lambda group: order.get(group.findings[0].topic, len(order)))


def _groups(told: Iterable[Group], spots: _Spots, text: TextView, words: Words) -> Iterator[GroupView]:
    number = 0
    for group in told:
        views = []
        for found in group.findings:
            views.append(_finding(number, found, spots, text, words))
            number += 1
        shared = group.shared
        first = next(
            (
                figure
                for label, figure in zip(group.findings[0].fields, views[0].figures, strict=False)
                if label is shared
            ),
            None,
        )
        yield GroupView(findings=tuple(views), shared=first)


def _finding(index: int, found: Diagnostic, spots: _Spots, text: TextView, words: Words) -> FindingView:
    figures = zip(found.fields, spots.figures[index], strict=False)
    return FindingView(
        number=index + 1,
        found=found,
        figures=tuple(_figure(label, spot, spots.file, text.marks, words) for label, spot in figures),
        more_figures=max(0, len(found.fields) - MOST_FIGURES),
        place=words.place(found.location, spots.file) if _says(found.location) else "",
        mark=_id(spots.places[index], text.marks),
    )


def _says(location: Location) -> bool:
    return location.file != "" or location.pointer is not None


def _figure(
    label: Label,
    spot: Spot | None,
    file: str,
    marks: Mapping[tuple[int, int], tuple[Mark, ...]],
    words: Words,
) -> Figure:
    return Figure(
        label=label.label or label.path,
        raw=label.raw,
        place=words.place(label.location, file) if _says(label.location) else "",
        mark=_id(spot, marks),
    )


def _id(spot: Spot | None, marks: Mapping[tuple[int, int], tuple[Mark, ...]]) -> str:
    mark = None if spot is None else mark_of(spot, marks)
    return mark.id if mark else ""


def _topics(
    views: tuple[GroupView, ...], unit: UnitReview, topics: Sequence[Topic], here: str, words: Words
) -> Iterator[TopicView]:
    """The topics that the matrix links to, and those that have findings all the same."""
    known = frozenset(topic.id for topic in topics)
    for at, topic in enumerate(topics):
        tally = unit.tallies.get(topic.id)
        view = _topic(f"{here}t{at}", topic.title, views, frozenset([topic.id]))
        if view.groups or view.elsewhere or (tally is not None and counts(tally)):
            yield view
    others = frozenset(each.found.topic for view in views for each in view.findings) - known
    other = _topic(f"{here}o", words.word("other-topic"), views, others)
    if other.groups or other.elsewhere:
        yield other


def _topic(name: str, title: str, views: tuple[GroupView, ...], ids: AbstractSet[str]) -> TopicView:
    """The findings of the topics *ids*: groups that begin with one, and members of other groups."""
    return TopicView(
        id=name,
        title=title,
        groups=tuple(view for view in views if view.findings[0].found.topic in ids),
        elsewhere=tuple(
            each
            for view in views
            if view.findings[0].found.topic not in ids
            for each in view.findings
            if each.found.topic in ids
        ),
    )
