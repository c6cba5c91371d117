"""What goes back: to each unit its slip and a commented copy, to the reviewer a page and a workbook."""

from __future__ import annotations

import gc
import hashlib
import os
from contextlib import ExitStack, contextmanager, suppress
from pathlib import Path
from typing import TYPE_CHECKING

from validator.model.location import Location
from validator.model.problem import Problem, ValidatorError, fault_detail
from validator.model.record import evolve, record
from validator.model.review import Part, Standing
from validator.outgoing.manifest import NAME, Manifest
from validator.readers.encoding import read_bytes
from validator.readers.formats import FORMATS
from validator.submissions.archive import unit_folder
from validator.wording.message import message
from validator.writing import locked, replace_file

if TYPE_CHECKING:
    from collections.abc import Collection, Iterable, Iterator, Sequence

    from validator.model.diagnostic import FileResult
    from validator.model.review import Review, UnitDetail, UnitReview
    from validator.render.letters_xlsx import Letter

_PAGE, _WORKBOOK = "review.html", "review.xlsx"
_LONGEST = 80
_LARGEST = 200 * 1024 * 1024


@record
class Returned:
    """The files that were written, in order, and what could not be made of a submission.

    ``letters`` is the folder in which all is that goes to units, ``list`` the workbook that says to whom.
    """

    paths: tuple[Path, ...]
    letters: Path
    list: Path
    problems: tuple[Problem, ...] = ()


def return_files(
    review: Review, folder: Path, sources: Sequence[str | Path], *, keep_active: bool = False
) -> Returned:
    """Write what goes back of *review* into *folder*, each file whole or not at all.

    Commented copies pass on what can act, such as macros, only with *keep_active*. Files of an earlier
    run are replaced unless somebody has changed them since: then the new ones
    stand beside them. Submissions are never touched. Raises `ValidatorError` if the folder lies
    among the *sources*, if a library is missing, or if a file cannot be written; what was written
    before is whole then.
    """
    refuse_submitted(folder, (*review.sources, *sources))
    with _alone_in(folder):
        return _returned(review, folder, sources, keep_active=keep_active)


@contextmanager
def _alone_in(folder: Path) -> Iterator[None]:
    """Keep other runs from writing into the folder: each would take what the other writes for its own."""
    with ExitStack() as stack:
        try:
            folder.mkdir(parents=True, exist_ok=True)
            stack.enter_context(locked(folder))
        except OSError as fault:
            raise _wrong("review/cannot-write", folder, fault_detail(fault)) from fault
        yield


def _returned(review: Review, folder: Path, sources: Sequence[str | Path], *, keep_active: bool) -> Returned:
    from validator.render.letters_xlsx import letters_xlsx
    from validator.render.matrix_xlsx import matrix_xlsx
    from validator.render.review_html import review_html

    writer = _Writer(folder, _places((*review.sources, *sources)), review.lang, keep_active=keep_active)
    try:
        for row in review.units:
            writer.unit(row, review)
            # Documents are full of cycles: left to the usual pace, hundreds of them lie in memory.
            gc.collect(1)
        writer.put(writer.free(folder / _WORKBOOK), matrix_xlsx(review, writer.slips, writer.copies))
        book = writer.free(folder / writer.list_name)
        writer.put(book, letters_xlsx(writer.letters, review))
        page = (part.encode("utf-8", "replace") for part in review_html(review))
        writer.put(writer.free(folder / _PAGE), page)
    except ValidatorError:
        writer.note_what_is_there()
        raise
    writer.close()
    return Returned(
        paths=tuple(writer.paths), letters=writer.outside, list=book, problems=tuple(writer.problems)
    )


def refuse_submitted(folder: Path, sources: Sequence[str | Path]) -> None:
    """Raise `ValidatorError` if *folder* is one of the *sources* or lies among them."""
    if _is_among(folder, _places(sources)):
        raise _wrong("review/output-in-input", folder)


def _places(sources: Sequence[str | Path]) -> frozenset[Path]:
    resolved = (Path(os.path.realpath(source)) for source in sources)
    return frozenset(
        place if os.path.isdir(place) else place.parent  # noqa: PTH112 - a name too long is no folder
        for place in resolved
    )


def _is_among(path: Path, places: Collection[Path]) -> bool:
    place = Path(os.path.realpath(path))
    return any(each in places for each in (place, *place.parents))


class _Writer:
    """Writes the files of each unit into a folder of its own."""

    def __init__(self, folder: Path, sources: Collection[Path], lang: str, *, keep_active: bool) -> None:
        self.folder, self.sources, self.keep_active = folder, sources, keep_active
        self.outside = folder / message("review/folder-letters", lang)
        self.list_name = f"{message('review/file-letters', lang)}.xlsx"
        self.letters: list[Letter] = []
        self.paths: list[Path] = []
        self.problems: list[Problem] = []
        self.slips: dict[str, str] = {}
        self.copies: dict[str, str] = {}
        self._taken: set[Path] = set()
        self._manifest = Manifest(folder)

    def is_submitted(self, path: Path) -> bool:
        """Whether *path* is or lies among the reports: what is written there would be read as a report."""
        return _is_among(path, self.sources)

    def unit(self, row: UnitReview, review: Review) -> None:
        """Write what goes back to one unit; who is at the top writes letters, and is reminded by nobody."""
        from validator.render.letters_xlsx import Letter
        from validator.render.slip_docx import kind_of_slip, matters_of, slip_docx

        if row.is_top and row.standing is Standing.MISSING:
            return
        detail = review.details.get(row.key)
        before = len(self.paths)
        place = self.outside / unit_folder(row.unit.id or row.unit.name or row.key)
        words = message("review/file-slip", review.lang)
        slip = self.free(place / f"{words}-{unit_folder(row.form or 'report')}.docx")
        self.put(slip, slip_docx(row, detail, review))
        self.slips[row.key] = slip.relative_to(self.folder).as_posix()
        if (
            row.current is not None
            and detail is not None
            and detail.document is not None
            and _is_told(detail)
        ):
            media_type, digest = detail.document.media_type, detail.digest
            own = Part(path=detail.result.path, media_type=media_type, digest=digest, source=detail.source)
            for part in (own, *detail.parts):
                self._copy(row.key, place, part, evolve(detail.result, path=part.path), review)
        files = tuple(path.relative_to(self.folder).as_posix() for path in self.paths[before:])
        kind = kind_of_slip(row, detail)
        self.letters.append(Letter(unit=row, kind=kind, matters=matters_of(detail), files=files))

    def _copy(self, key: str, place: Path, part: Part, result: FileResult, review: Review) -> None:
        """Write the copy of a file that was sent, with comments at its numbers."""
        from validator.render.annotate import NotAnnotatedError, annotated_copy
        from validator.render.terminal import clean

        path = Path(part.path)
        data = read_bytes(part.source or part.path, limit=_LARGEST)
        if isinstance(data, Problem) or hashlib.sha256(data).hexdigest() != part.digest:
            self._note("changed-since", path)
            return
        try:
            copy = annotated_copy(data, part.media_type, result, review.lang, keep_active=self.keep_active)
        except NotAnnotatedError as fault:
            self.problems.append(fault.problem)
            return
        if copy is None:
            self._note("no-copy", path)
            return
        if copy.left_out:
            what = ", ".join(message(f"annotate/{each}", review.lang) for each in copy.left_out)
            self._note("left-out-of-copy", path, what=what)
        words = message("review/file-copy", review.lang)
        suffix = path.suffix.lower() if self.keep_active else FORMATS[part.media_type].suffixes[0]
        target = self.free(place / f"{clean(path.stem)[:_LONGEST]}.{words}{suffix}")
        self.put(target, copy.data)
        self.copies.setdefault(key, target.relative_to(self.folder).as_posix())

    def _note(self, code: str, path: Path, **args: str) -> None:
        place = Location(file=str(path))
        args = {"path": str(path), **args}
        self.problems.append(Problem(code=f"review/{code}", location=place, args=args))

    def free(self, path: Path) -> Path:
        """Return *path*, numbered if this run has written a file of that name, or people have changed it."""
        found, number = path, 2
        while found in self._taken or not self._manifest.is_ours(found):
            if found not in self._taken:
                self._note("kept-changed", found)
            found, number = path.with_name(f"{path.stem}-{number}{path.suffix}"), number + 1
        self._taken.add(found)
        return found

    def put(self, path: Path, data: bytes | Iterable[bytes]) -> None:
        """Write a file. Raises `ValidatorError` if it cannot be written, or would replace a submission."""
        if self.is_submitted(path):
            raise _wrong("review/output-in-input", path)
        try:
            path.parent.mkdir(parents=True, exist_ok=True)
            replace_file(path, self._manifest.noting(path, data))
        except OSError as fault:
            raise _wrong("review/cannot-write", path, fault_detail(fault)) from fault
        self.paths.append(path)

    def note_what_is_there(self) -> None:
        """Write down what was written before a fault, if that is still possible."""
        with suppress(OSError):
            replace_file(self.folder / NAME, self._manifest.data())

    def close(self) -> None:
        """Remove what an earlier run left over, and write down what this one has written."""
        path = self.folder / NAME
        try:
            for left in self._manifest.stale():
                left.unlink(missing_ok=True)
            replace_file(path, self._manifest.data())
        except OSError as fault:
            raise _wrong("review/cannot-write", path, fault_detail(fault)) from fault


def _is_told(detail: UnitDetail) -> bool:
    """Whether there is anything to be said in a copy: one without a comment would be what the unit has."""
    from validator.render.request import kind_of

    return any(map(kind_of, detail.result.diagnostics))


def _wrong(code: str, path: Path, detail: str = "") -> ValidatorError:
    args = {"path": str(path), "detail": detail}
    return ValidatorError(Problem(code=code, location=Location(file=str(path)), args=args))
