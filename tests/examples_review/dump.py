"""Office files as text, so that golden files can be read and compared by people."""

from __future__ import annotations

import io
import re
import zipfile

from docx import Document
from docx.oxml.ns import qn
from lxml import etree

SHEET = "{http://schemas.openxmlformats.org/spreadsheetml/2006/main}"


def slip_text(data):
    """Paragraphs and tables of a Word file in the order of the page."""
    lines = []
    for item in Document(io.BytesIO(data)).iter_inner_content():
        if hasattr(item, "rows"):
            lines += [
                " | ".join(cell.text.strip().replace("\n", " / ") for cell in row.cells) for row in item.rows
            ]
        else:
            lines.append(item.text)
    return "".join(line.rstrip() + "\n" for line in lines)


def docx_comments(data):
    """Each comment of a Word file: the words it is anchored to, and what it says."""
    with zipfile.ZipFile(io.BytesIO(data)) as package:
        body = etree.fromstring(package.read("word/document.xml"))
        comments = etree.fromstring(package.read("word/comments.xml"))
    anchors, running = {}, []
    for node in body.iter():
        if node.tag == qn("w:commentRangeStart"):
            running.append(node.get(qn("w:id")))
            anchors[running[-1]] = ""
        elif node.tag == qn("w:commentRangeEnd"):
            running.remove(node.get(qn("w:id")))
        elif node.tag == qn("w:t"):
            for each in running:
                anchors[each] += node.text or ""
    lines = []
    for comment in comments:
        paragraphs = comment.iter(qn("w:p"))
        said = ["".join(text.text or "" for text in each.iter(qn("w:t"))) for each in paragraphs]
        lines += [f"[{anchors.get(comment.get(qn('w:id')), '?')}]", *(f"  {line}" for line in said)]
    return "".join(line.rstrip() + "\n" for line in lines)


def xlsx_comments(data):
    """Each comment of a workbook: its cell, and what it says."""
    with zipfile.ZipFile(io.BytesIO(data)) as package:
        parts = sorted(name for name in package.namelist() if re.fullmatch(r"xl/comments\d*\.xml", name))
        trees = [etree.fromstring(package.read(name)) for name in parts]
    lines = []
    for comment in (each for tree in trees for each in tree.iter(f"{SHEET}comment")):
        said = "".join(text.text or "" for text in comment.iter(f"{SHEET}t"))
        lines += [f"[{comment.get('ref')}]", *(f"  {line}" for line in said.splitlines())]
    return "".join(line.rstrip() + "\n" for line in lines)


def workbook_text(data):
    """The cells of a workbook, a line for each row, sheet by sheet."""
    with zipfile.ZipFile(io.BytesIO(data)) as package:
        book = etree.fromstring(package.read("xl/workbook.xml"))
        names = [each.get("name") for each in book.iter(f"{SHEET}sheet")]
        sheets = [
            etree.fromstring(package.read(f"xl/worksheets/sheet{number}.xml"))
            for number in range(1, len(names) + 1)
        ]
    lines = []
    for name, sheet in zip(names, sheets, strict=True):
        lines.append(f"== {name}")
        for row in sheet.iter(f"{SHEET}row"):
            cells = ["".join(cell.itertext()).replace("\n", " / ") for cell in row.iter(f"{SHEET}c")]
            if any(cells):
                lines.append(" | ".join(cells))
    return "".join(line.rstrip() + "\n" for line in lines)
