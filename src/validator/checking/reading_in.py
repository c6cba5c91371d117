"""One file → all that judging it needs, read once: the report, what was noticed, what its prose claims."""

from __future__ import annotations

import os
from pathlib import Path
from typing import TYPE_CHECKING

from validator.checking.forms import folders_of, load_pack
from validator.checking.reading import read
from validator.model.location import Location
from validator.model.problem import Problem, ValidatorError
from validator.model.record import record
from validator.readers.kind import is_document

if TYPE_CHECKING:
    from validator.checking.choice import Choice
    from validator.checking.gathering import Sent
    from validator.checking.worker import Loss
    from validator.claims import ClaimsResult
    from validator.model.document import Document
    from validator.model.reach import Reach
    from validator.model.report import Report
    from validator.model.review import Part
    from validator.packs.pack import RulePack

_LONGEST = 300


@record
class Reading:
    """A file that was read; without a report it cannot be judged and ``problems`` say why.

    ``source`` is where it lies, None for bytes. ``claims`` are those of a document's prose, None
    where they are not asked for. ``digest`` is that of a document's bytes, where somebody asks for it.
    ``parts`` are other files whose figures are in the report.
    """

    path: str
    source: Path | None = None
    report: Report | None = None
    problems: tuple[Problem, ...] = ()
    reach: Reach | None = None
    document: Document | None = None
    claims: ClaimsResult | None = None
    digest: str = ""
    parts: tuple[Part, ...] = ()

    @property
    def sources(self) -> tuple[Path, ...]:
        """Where it lies with all its parts."""
        own = () if self.source is None else (self.source,)
        return (*own, *(Path(each.source) for each in self.parts if each.source))

    @property
    def is_readable(self) -> bool:
        """Whether there is anything to check: a report, or a document without a known form."""
        return self.report is not None or (self.document is not None and not self._is_refused)

    @property
    def _is_refused(self) -> bool:
        return any(problem.code == "document/unknown-form" for problem in self.problems)


def read_sent(sent: Sent, packs: tuple[RulePack, ...], choice: Choice) -> Reading:
    """Read a file that was handed in, with its appendices, or say why a zip does not give it away."""
    if sent.problem is not None:
        return Reading(path=sent.name, source=sent.source, problems=(sent.problem,))
    found = read_in(sent.source, sent.name, packs, choice)
    if sent.beside:
        from validator.checking.appendix import with_appendix

        for each in sent.beside:
            found = with_appendix(found, read_sent(each, packs, choice))
    return found


def read_in(source: Path | bytes, name: str, packs: tuple[RulePack, ...], choice: Choice) -> Reading:
    """Read a file, or bytes called *name*; a document behind a wall, with all that its claims cost.

    A fault of this program that a file brings to light is a problem of that file, so that all others
    are still judged; with ``VALIDATOR_DEBUG`` set it is raised. Raises `ValidatorError` for wrong use.
    """
    if not is_document(source, name):
        return _unless_faulty(source, name, packs, choice)
    from validator.checking.wall import behind_wall, file_cost, loss_problem

    cost = file_cost(source, choice.given)

    def lost(loss: Loss) -> Reading:
        return _unread(source, name, loss_problem(loss, name, cost))

    return behind_wall(_read_document, (source, name, folders_of(packs), choice), cost, lost)


def _read_document(source: Path | bytes, name: str, folders: tuple[str, ...], choice: Choice) -> Reading:
    return _unless_faulty(source, name, tuple(map(load_pack, folders)), choice)


def _unless_faulty(source: Path | bytes, name: str, packs: tuple[RulePack, ...], choice: Choice) -> Reading:
    try:
        return _read(source, name, packs, choice)
    except ValidatorError:
        raise
    except Exception as error:
        if os.environ.get("VALIDATOR_DEBUG") or (isinstance(error, MemoryError) and _is_limited()):
            raise
        told = f"{type(error).__name__}: {error}"[:_LONGEST]
    problem = Problem(code="read/unexpected", location=Location(file=name), args={"error": told})
    return _unread(source, name, problem)


def _is_limited() -> bool:
    from validator.checking.worker import is_inside

    return is_inside()


def _unread(source: Path | bytes, name: str, problem: Problem) -> Reading:
    return Reading(path=name, source=source if isinstance(source, Path) else None, problems=(problem,))


def _read(source: Path | bytes, name: str, packs: tuple[RulePack, ...], choice: Choice) -> Reading:
    found = read(source, name, packs, choice.given)
    claims = None
    if found.document is not None and choice.wants_claims:
        from validator.claims import find_claims, load_vocabulary

        claims = find_claims(found.document, load_vocabulary())
    return Reading(
        path=name,
        source=source if isinstance(source, Path) else None,
        report=found.report,
        problems=(*found.problems, *(claims.problems if claims else ())),
        reach=found.reach,
        document=found.document,
        claims=claims,
    )
