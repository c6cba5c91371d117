"""Puts back together the paragraphs that a page end or a converter has cut in two."""

from __future__ import annotations

from typing import TYPE_CHECKING

from validator.model.document import Anchor, BlockKind
from validator.model.record import evolve
from validator.readers.notation import NOTE_LETTERS, SUPERSCRIPTS
from validator.readers.numbering import split_marker
from validator.readers.paragraph import RawItem, RawParagraph

if TYPE_CHECKING:
    from collections.abc import Iterable

_RAISED = str.maketrans("1234567890", SUPERSCRIPTS)
_RAISED_LETTERS = str.maketrans("abcdefgh", NOTE_LETTERS)
_ENDS = frozenset({"", *".;:!?…"})
_LONG = 90
# Each join copies the text, so that an endless paragraph would take endless time.
_LONGEST = 30_000


def join_cut_off(items: Iterable[RawItem]) -> list[RawItem]:
    """Return *items* with sentences that were cut off made whole again.

    What goes on begins with a small letter, or stands after a page end; footnotes at the foot
    of the page may stand between.
    """
    joined: list[RawItem] = []
    for item in items:
        before = _goes_on_from(joined, item) if isinstance(item, RawParagraph) else None
        if before is not None and isinstance(item, RawParagraph):
            join(before, item)
        else:
            joined.append(item)
    return joined


def join(before: RawParagraph, after: RawParagraph, glue: str = " ") -> None:
    """Add the text of *after* to the end of *before*, each part keeping its place."""
    lead = len(after.text) - len(after.text.lstrip())
    head = before.text.rstrip()
    start = len(head) + len(glue)
    moved: list[Anchor] = []
    anchors = after.anchors or (Anchor(0, page=after.page),)
    if anchors[0].seen is not None and after.page != before.page:
        anchors = (Anchor(0, page=after.page), *anchors)
    for anchor in anchors:
        if anchor.offset <= lead:
            column = None if anchor.column is None else anchor.column + lead - anchor.offset
            moved = [evolve(anchor, offset=start, column=column)]
        else:
            moved.append(evolve(anchor, offset=start + anchor.offset - lead))
    if before.anchors or after.anchors or after.page != before.page:
        own = before.anchors or (Anchor(0, page=before.page),)
        before.anchors = own + tuple(moved)
    before.text = f"{head}{glue}{after.text.lstrip()}"
    before.sources += after.sources


def is_full(raw: RawParagraph) -> bool:
    """Whether a paragraph is so long that nothing more is joined to it."""
    return len(raw.text) > _LONGEST


def is_footnote(raw: RawParagraph) -> bool:
    """Whether a paragraph is a footnote, by the file's word or by its raised number."""
    return raw.kind is BlockKind.FOOTNOTE or raw.text.lstrip()[:1] in set(SUPERSCRIPTS)


def _goes_on_from(joined: list[RawItem], raw: RawParagraph) -> RawParagraph | None:
    """Return the paragraph that *raw* is the rest of, or None."""
    text = raw.text.lstrip()
    if not text or raw.heading or raw.marker or raw.kind or raw.strong or raw.centred:
        return None
    if is_footnote(raw) or split_marker(text)[0] is not None:
        return None
    before, passed_note = _last_body(joined)
    if before is None or is_full(before) or before.strong or before.heading or before.text[-1:] in _ENDS:
        return None
    long = len(before.text) >= _LONG
    if text[0].islower():
        return before if long or before.text.endswith(",") else None
    page_ended = raw.after_page_break or passed_note
    return before if page_ended and long and not text.isupper() else None


def _last_body(joined: list[RawItem]) -> tuple[RawParagraph | None, bool]:
    """Return the last paragraph before any footnotes, and whether there were some."""
    passed = False
    for item in reversed(joined[-6:]):
        if not isinstance(item, RawParagraph) or item.kind is BlockKind.TEXT_BOX:
            return None, False
        if not is_footnote(item):
            return item, passed
        passed = True
    return None, False


def raised(text: str) -> str:
    """Return text that is set high as raised signs: digits and single letters are marks of notes.

    A mark is never part of the number or word that it stands at.
    """
    marks = text.translate(_RAISED)
    return marks.translate(_RAISED_LETTERS) if len(text.strip()) == 1 else marks
