"""The reviewer's workbook: a matrix of units and topics, and a sheet of findings for each topic (.xlsx)."""

from __future__ import annotations

import io
from typing import TYPE_CHECKING

from validator.model.review import Tally, Topic
from validator.render.package import require, stamp
from validator.render.request import kind_of

if TYPE_CHECKING:
    from collections.abc import Mapping

    from validator.model.review import Review, UnitReview
    from validator.render.matrix_topic import TopicSheet
    from validator.render.workbook import Book

_OTHER = "other"


def matrix_xlsx(review: Review, links: Mapping[str, str], copies: Mapping[str, str] | None = None) -> bytes:
    """Return the review as an Excel workbook in its language.

    *links* leads from the key of a unit to the file that goes back to it, *copies* to its commented
    copy, both as paths relative to the workbook. Details are looked up one unit at a time. Every
    text is written as text, never as a formula. The same review gives the same bytes. Raises
    ValidatorError if the extra ``documents`` is not installed.
    """
    require("xlsxwriter")
    from validator.render.matrix_sending import sending_sheet
    from validator.render.matrix_sheet import MatrixSheet
    from validator.render.matrix_topic import TopicSheet
    from validator.render.workbook import Book

    target = io.BytesIO()
    day = stamp(review.period.end or review.period.start)
    book = Book(target, review.lang, day.replace(tzinfo=None))
    matrix = MatrixSheet(book, review, links)
    # Sheets come in the order of the topics; one without a finding would be an empty page.
    topics = {topic.id: TopicSheet(book, topic) for topic in review.topics if _has_findings(topic, review)}
    for unit in review.units:
        matrix.add(unit, _findings(unit, review, topics, book, (copies or {}).get(unit.key, "")))
    matrix.close()
    for sheet in topics.values():
        sheet.close()
    sending_sheet(book, review)
    book.close()
    return target.getvalue()


def _findings(
    unit: UnitReview, review: Review, topics: dict[str, TopicSheet], book: Book, copy: str
) -> Mapping[str, str]:
    """Write the findings of a unit, each to the sheet of its topic; return where the first of each stands."""
    from validator.render.matrix_topic import TopicSheet

    detail = review.details.get(unit.key)
    known = {topic.id: topic for topic in review.topics}
    other = Topic(id=_OTHER, title=book.say("other-topic"))
    first: dict[str, str] = {}
    for found in detail.result.diagnostics if detail else ():
        if not kind_of(found):
            continue
        topic = known.get(found.topic, other)
        if topic.id not in topics:
            topics[topic.id] = TopicSheet(book, topic)
        place = topics[topic.id].add(unit, found, copy)
        first.setdefault(topic.id, place)
    return first


def _has_findings(topic: Topic, review: Review) -> bool:
    tallies = (unit.tallies.get(topic.id, Tally()) for unit in review.units)
    return any(each.has_findings for each in tallies)
