"""What surrounds the findings of a slip: letterhead, addressee, reminder, signatures."""

from __future__ import annotations

from typing import TYPE_CHECKING

from validator.model.record import record
from validator.render import word_page as page
from validator.render.terminal import clean
from validator.wording.message import message

if TYPE_CHECKING:
    from datetime import date

    from docx.document import Document as WordDocument
    from docx.table import _Cell

    from validator.model.report import Unit
    from validator.model.review import Review, Submission, UnitReview

_HEAD = (112, 145)
_MOTTO_INSET = 40
_SIGNATURES = (87, 85, 85)
_ROOM = 5


@record
class Words:
    """The words of the slip of one unit."""

    unit: UnitReview
    review: Review

    def say(self, key: str, **args: object) -> str:
        """Return ``slip/key`` in the language of the review; values are made harmless."""
        harmless = {name: clean(value) if isinstance(value, str) else value for name, value in args.items()}
        return message(f"slip/{key}", self.review.lang, harmless)

    @property
    def name(self) -> str:
        """The name of the unit, else its id, else that it is not known."""
        return clean(self.unit.unit.name or self.unit.unit.id or "") or self.say("unknown-unit")

    @property
    def addressee(self) -> str:
        """The unit as it is addressed: a level of administration by its committee."""
        return self._office(self.unit.unit) or self.name

    @property
    def senders(self) -> tuple[str, str]:
        """The two lines of who writes: a committee, and an office of it, to be filled in if not known."""
        above = [self._office(each) or clean(each.name or "") for each in self.unit.above]
        blank = self.say("superior"), self.say("agency")
        if not above:
            return blank
        if self._office(self.unit.above[0]):
            return above[0].upper(), blank[1]
        return (above[1].upper() if above[1:] else blank[0]), above[0].upper()

    def _office(self, unit: Unit) -> str:
        """Return the committee of a level of administration, nothing for any other unit."""
        key = f"addressee-{unit.level}"
        name = clean(unit.name or "")
        worded = self.say(key, unit=name[:1].lower() + name[1:]) if name and unit.level else f"slip/{key}"
        return "" if worded == f"slip/{key}" else worded

    @property
    def report(self) -> str:
        """The report in words: its form and the period."""
        form = self.review.form_titles.get(self.unit.form) or self.say("report")
        current = self.unit.current
        period = (current.period_text if current else "") or self.review.period_text
        return self.say("report-of-period", form=form, period=period) if period else clean(form)

    def day(self, day: date) -> str:
        """Return a day as people write it."""
        return self.say("day", day=f"{day.day:02}", month=f"{day.month:02}", year=day.year)

    def file(self, sent: Submission) -> str:
        """A file that was sent and the day it bears."""
        name = sent.path.rpartition("/")[2] or sent.path
        return self.say("file-of", file=name, day=self.day(sent.submitted)) if sent.submitted else clean(name)


def letterhead(document: WordDocument, words: Words, kind: str) -> None:
    """Add the agency (to be filled in), the motto of the country, the title and the addressee."""
    left, right = page.columns(document, _HEAD)
    _lines(
        left,
        (words.senders[0], False, False),
        (words.senders[1], True, False),
        (words.say("number"), False, False),
    )
    _lines(
        right,
        (words.say("country"), True, False),
        (words.say("motto"), True, False),
        (words.say("place-and-day"), False, True),
    )
    page.rule_below(right.paragraphs[1], _MOTTO_INSET)
    page.write(
        document.add_paragraph(), words.say(f"title-{kind}"), size=14, bold=True, align=page.CENTRE, before=14
    )
    subtitle = words.report
    page.write(document.add_paragraph(), subtitle, italic=True, align=page.CENTRE, before=2)
    page.write(document.add_paragraph(), words.say("to", unit=words.addressee), align=page.CENTRE, before=10)
    for key, text in (("to-address", words.unit.address), ("to-email", words.unit.email)):
        if text:
            line = words.say(key, text=text)
            page.write(document.add_paragraph(), line, size=page.TABLE, italic=True, align=page.CENTRE)


def _lines(cell: _Cell, *lines: tuple[str, bool, bool]) -> None:
    for number, (text, bold, italic) in enumerate(lines):
        paragraph = cell.add_paragraph() if number else cell.paragraphs[0]
        before = 6 if number == len(lines) - 1 else 0
        page.write(paragraph, text, bold=bold, italic=italic, align=page.CENTRE, before=before)


def reminder(document: WordDocument, words: Words) -> None:
    """Say that the report has not come, and ask for it."""
    page.sentence(document, words.say("reminder", report=words.report, unit=words.name))
    for note in words.unit.notes:
        page.point(document, clean(note.title))
    if words.unit.unit.parent:
        page.sentence(document, words.say("reminder-why"))
    page.sentence(document, words.say("reminder-ask"))


def signatures(document: WordDocument, words: Words, *, answered: bool) -> None:
    """Add room for whoever signs, and for the unit where it is to answer on the slip."""
    document.add_paragraph()
    receivers, answer, signer = page.columns(document, _SIGNATURES)
    page.write(receivers.paragraphs[0], words.say("receivers"), size=12, bold=True, italic=True)
    for key in ("receiver-unit", "receiver-file"):
        page.write(receivers.add_paragraph(), words.say(key), size=page.TABLE)
    if answered:
        _signature(answer, words.say("unit-signs"), words.say("unit-signs-how"))
    _signature(signer, words.say("agency-signs"), words.say("agency-signs-how"))


def _signature(cell: _Cell, who: str, how: str) -> None:
    page.write(cell.paragraphs[0], who, bold=True, align=page.CENTRE)
    page.write(cell.add_paragraph(), how, size=12, italic=True, align=page.CENTRE)
    for _ in range(_ROOM):
        cell.add_paragraph()
    for paragraph in cell.paragraphs[:-1]:
        paragraph.paragraph_format.keep_with_next = True
