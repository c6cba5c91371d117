"""One file → all that judging it needs, read once: the report, what was noticed, what its prose claims."""

from __future__ import annotations

import os
from pathlib import Path
from typing import TYPE_CHECKING

from validator.checking.forms import folders_of, load_pack
from validator.checking.reading import Reading, read
from validator.model.location import Location
from validator.model.problem import Problem, ValidatorError
from validator.readers.kind import is_document

if TYPE_CHECKING:
    from validator.checking.choice import Choice
    from validator.checking.gathering import Sent
    from validator.checking.worker import Loss
    from validator.packs.pack import RulePack

_LONGEST = 300


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
