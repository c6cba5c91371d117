"""A document that people submit → the report it is, by the forms on offer."""

from __future__ import annotations

import tempfile
from pathlib import Path
from typing import TYPE_CHECKING

from validator.binding.report import bind_document
from validator.leftovers import PREFIX, sweep_folders
from validator.model.document import Table
from validator.model.problem import Problem
from validator.model.record import evolve
from validator.readers.document import read_document
from validator.readers.structured import ReadResult

if TYPE_CHECKING:
    from collections.abc import Mapping

    from validator.model.document import Block, Document
    from validator.model.field import Form
    from validator.readers.given import Given
    from validator.readers.reader import DocumentResult


def read_submitted(source: Path | bytes, name: str, forms: Mapping[str, Form], given: Given) -> ReadResult:
    """Return the report in an office document, what was noticed, and how much was understood."""
    read = _read(source, name, given)
    if read.document is None:
        return ReadResult(report=None, problems=read.problems)
    bound = bind_document(read.document, forms, given)
    return ReadResult(
        report=bound.report,
        problems=(*read.problems, *bound.problems),
        reach=bound.reach,
        document=read.document,
    )


def _read(source: Path | bytes, name: str, given: Given) -> DocumentResult:
    if isinstance(source, Path):
        return _named(read_document(source, ocr=given.ocr, limits=given.limits), str(source), name)
    sweep_folders()
    with tempfile.TemporaryDirectory(prefix=PREFIX) as folder:
        path = Path(folder, "input")
        path.write_bytes(source)
        return _named(read_document(path, ocr=given.ocr, limits=given.limits), str(path), name)


def _named(result: DocumentResult, path: str, name: str) -> DocumentResult:
    """Call the file by the name that the caller knows it by."""
    if path == name:
        return result
    document = result.document and _renamed(result.document, name)
    problems = tuple(
        Problem(
            code=each.code,
            location=evolve(each.location, file=name),
            severity=each.severity,
            args=each.args,
        )
        for each in result.problems
    )
    return evolve(result, document=document, problems=problems)


def _renamed(document: Document, name: str) -> Document:
    blocks = tuple(_moved(each, name) for each in document.blocks)
    return evolve(document, file=name, blocks=blocks)


def _moved(block: Block | Table, name: str) -> Block | Table:
    """Return *block* with its place, and those of its cells, in the file called *name*."""
    place = evolve(block.location, file=name)
    if not isinstance(block, Table):
        return evolve(block, location=place)
    cells = tuple(evolve(each, location=evolve(each.location, file=name)) for each in block.cells)
    return evolve(block, location=place, cells=cells)
