"""Web pages, whatever the name they were saved under (.doc, .xls, .html, .mht) → `Document`.

Portals offer pages as office files, and office programs save as pages. Nothing is fetched, and no
script is run: what a page shows by them is not read.
"""

from __future__ import annotations

from email import message_from_bytes
from typing import TYPE_CHECKING

from validator.model.document import Document
from validator.model.verdict import Severity
from validator.readers import formats as media
from validator.readers.assembly import assemble
from validator.readers.bounds import Bounds
from validator.readers.compartment import Compartments
from validator.readers.html_block import MOST_CELLS, Page
from validator.readers.reader import DocumentResult, Input, Unreadable
from validator.readers.text import bytes_of, decode_text

if TYPE_CHECKING:
    from lxml.etree import _Element

    from validator.model.problem import Problem
    from validator.readers.encoding import TextResult


def read(given: Input) -> DocumentResult:
    """Read a web page."""
    result = _text_of(given)
    if result.text is None:
        return DocumentResult(document=None, problems=result.problems)
    apart, bounds = Compartments(given.file), Bounds()
    page = Page(apart)
    page.read(_tree(bounds.text(result.text)))
    blocks = assemble(given.file, bounds.items(page.items), apart)
    document = Document(file=given.file, media_type=given.media_type, blocks=blocks)
    problems = (*result.problems, *_notices(given, page), *apart.told(), *bounds.problems(given))
    return DocumentResult(document=document, problems=problems)


def _text_of(given: Input) -> TextResult:
    """Return the text of the page; that of an archive of a page and its pictures is its first part."""
    data = bytes_of(given)
    if given.media_type == media.MHTML:
        parts = message_from_bytes(data).walk()
        page = next((part for part in parts if part.get_content_type() == "text/html"), None)
        content = page.get_payload(decode=True) if page is not None else None
        if not isinstance(content, bytes):
            raise Unreadable("damaged")
        data = content
    return decode_text(data, given)


def _tree(text: str) -> _Element:
    from lxml import etree

    parser = etree.HTMLParser(encoding="utf-8", no_network=True, remove_comments=True, remove_pis=True)
    try:
        root = etree.fromstring(text.encode("utf-8", "replace"), parser)
    except etree.LxmlError as fault:
        raise Unreadable("damaged") from fault
    if root is None:
        raise Unreadable("damaged")
    if any(each.type == etree.ErrorTypes.ERR_RESOURCE_LIMIT for each in parser.error_log):
        raise Unreadable("unsafe-xml")  # what lies deeper than the library reads would be lost
    return root


def _notices(given: Input, page: Page) -> list[Problem]:
    """Return what is to be said of a page that was read."""
    left_out = {"hidden-text": page.hidden_text, "struck-text": page.struck_text}
    found = [given.problem(code, Severity.INFO, count=count) for code, count in left_out.items() if count]
    if page.is_cut:
        code, args = "too-many-cells", {"sheet": given.path.name, "most": MOST_CELLS, "row": page.last_row}
        found.append(given.problem(code, Severity.WARNING, **args))
    return found
