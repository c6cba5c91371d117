"""Paragraphs whose writer parted lines by line breaks: each line that is an item of its own."""

from __future__ import annotations

import re
from dataclasses import replace
from typing import TYPE_CHECKING

from validator.readers.bounds import MOST_OF_ONE
from validator.readers.numbering import split_marker
from validator.readers.paragraph import RawItem, RawParagraph

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

_ENDS = (".", ";", ":")
_ENTRY = re.compile(r"[^:\n]{2,80}:\s*[0-9]")


def lines_apart(items: Iterable[RawItem]) -> Iterator[RawItem]:
    """Yield *items*, paragraphs parted at the line breaks that begin an item or end a sentence.

    A break in the middle of a sentence only lays the text out. Text files say by themselves where
    their paragraphs end.
    """
    for item in items:
        if isinstance(item, RawParagraph) and _has_lines(item):
            yield from _parted(item)
        else:
            yield item


def _has_lines(raw: RawParagraph) -> bool:
    return not raw.anchors and "\n" in raw.text and len(raw.text) <= MOST_OF_ONE


def _parted(raw: RawParagraph) -> list[RawParagraph]:
    lines = raw.text.split("\n")
    parts = [replace(raw, text=lines[0])]
    for line in lines[1:]:
        before = parts[-1].text.rstrip()
        if before and line.strip() and _begins_anew(before, line):
            parts.append(replace(raw, text=line, marker="", heading=0))
        else:
            parts[-1].text = f"{parts[-1].text}\n{line}"
    return parts


def _begins_anew(before: str, line: str) -> bool:
    """Whether *line* is an item of its own: it has a marker, or the one before it ends or is one."""
    if before.endswith(_ENDS) or split_marker(line)[0] is not None:
        return True
    last = before[before.rfind("\n") + 1 :]
    return all(_ENTRY.match(each.strip()) for each in (last, line))
