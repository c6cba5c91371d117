"""What goes back: to each unit its slip and a commented copy, to the reviewer a page and a workbook."""

from __future__ import annotations

import gc
import hashlib
from pathlib import Path
from typing import TYPE_CHECKING

from validator.checking.archive import unit_folder
from validator.diagnostics.message import message
from validator.model.location import Location
from validator.model.problem import Problem, ValidatorError
from validator.model.record import record
from validator.readers.encoding import read_bytes
from validator.writing import replace_file

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from validator.model.review import Review, UnitDetail, UnitReview

_PAGE, _WORKBOOK = "review.html", "review.xlsx"
_LONGEST = 80
_LARGEST = 200 * 1024 * 1024


@record
class Returned:
    """The files that were written, in order, and what could not be made of a submission."""

    paths: tuple[Path, ...]
    problems: tuple[Problem, ...] = ()


def return_files(review: Review, folder: Path, sources: Sequence[str | Path]) -> Returned:
    """Write what goes back of *review* into *folder*, each file whole or not at all.

    Files of an earlier run are replaced, submissions never touched. Raises `ValidatorError` if the
    folder lies among the *sources*, if a library is missing, or if a file cannot be written; what
    was written before is whole then.
    """
    from validator.render.matrix_xlsx import matrix_xlsx
    from validator.render.review_html import review_html

    _keep_apart(folder, sources)
    writer = _Writer(folder)
    links: dict[str, str] = {}
    for row in review.units:
        links[row.key] = writer.unit(row, review)
        # Documents are full of cycles: left to the usual pace, hundreds of them lie in memory.
        gc.collect(1)
    writer.put(folder / _WORKBOOK, matrix_xlsx(review, links))
    writer.put(folder / _PAGE, (part.encode("utf-8", "replace") for part in review_html(review)))
    return Returned(paths=tuple(writer.paths), problems=tuple(writer.problems))


def _keep_apart(folder: Path, sources: Sequence[str | Path]) -> None:
    """Refuse to write among the reports: commented copies would be read as reports next time."""
    target = folder.resolve()
    for source in map(Path, sources):
        place = source.resolve()
        if source.is_dir() and (target == place or place in target.parents):
            raise _wrong("review/output-in-input", folder)


class _Writer:
    """Writes the files of each unit into a folder of its own."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        self.paths: list[Path] = []
        self.problems: list[Problem] = []
        self._taken: set[Path] = set()

    def unit(self, row: UnitReview, review: Review) -> str:
        """Write what goes back to one unit; return the path of its slip from the folder."""
        from validator.render.slip_docx import slip_docx

        detail = review.details.get(row.key)
        place = self.folder / unit_folder(row.unit.id or row.unit.name or row.key)
        words = message("review/file-slip", review.lang)
        slip = self._free(place / f"{words}-{unit_folder(row.form or 'report')}.docx")
        self.put(slip, slip_docx(row, detail, review))
        if row.current is not None and detail is not None:
            self._copy(place, detail, review)
        return slip.relative_to(self.folder).as_posix()

    def _copy(self, place: Path, detail: UnitDetail, review: Review) -> None:
        """Write the copy of a submission with comments at its numbers."""
        if detail.document is None:
            return
        from validator.render.annotate import annotated_copy

        path = Path(detail.result.path)
        data = read_bytes(str(path), limit=_LARGEST)
        if isinstance(data, Problem) or hashlib.sha256(data).hexdigest() != detail.digest:
            self._note("changed-since", path)
            return
        copy = annotated_copy(data, detail.document.media_type, detail.result, review.lang)
        if copy is None:
            self._note("no-copy", path)
            return
        words = message("review/file-copy", review.lang)
        self.put(self._free(place / f"{path.stem[:_LONGEST]}.{words}{path.suffix.lower()}"), copy)

    def _note(self, code: str, path: Path) -> None:
        place = Location(file=str(path))
        self.problems.append(Problem(code=f"review/{code}", location=place, args={"path": str(path)}))

    def _free(self, path: Path) -> Path:
        """Return *path*, numbered if this run has written a file of that name."""
        found, number = path, 2
        while found in self._taken:
            found, number = path.with_name(f"{path.stem}-{number}{path.suffix}"), number + 1
        self._taken.add(found)
        return found

    def put(self, path: Path, data: bytes | Iterable[bytes]) -> None:
        """Write a file. Raises `ValidatorError` if it cannot be written."""
        try:
            path.parent.mkdir(parents=True, exist_ok=True)
            replace_file(path, data)
        except OSError as fault:
            detail = fault.strerror or str(fault)
            raise _wrong("review/cannot-write", path, detail) from fault
        self.paths.append(path)


def _wrong(code: str, path: Path, detail: str = "") -> ValidatorError:
    args = {"path": str(path), "detail": detail}
    return ValidatorError(Problem(code=code, location=Location(file=str(path)), args=args))
