"""A file that was handed in → all that judging it needs, read once: report, unit, what the prose claims."""

from __future__ import annotations

import os
from typing import TYPE_CHECKING

from validator.model.location import Location
from validator.model.problem import NO_FORM, Problem, ValidatorError
from validator.model.record import evolve
from validator.packs.forms import folders_of, load_pack, packs_of_form, packs_of_tree, packs_on_offer
from validator.readers.formats import TEXTS
from validator.readers.kind import is_document
from validator.readers.structured import ReadResult, read_structured, read_tree
from validator.submissions.entry import Reading

if TYPE_CHECKING:
    from collections.abc import Iterable
    from pathlib import Path

    from validator.packs.pack import RulePack
    from validator.readers.given import Given
    from validator.submissions.choice import Choice
    from validator.submissions.gathering import Sent
    from validator.submissions.worker import Loss

NO_HEADER = "read/no-header"
_LONGEST = 300


def read(source: Path | bytes, name: str, packs: tuple[RulePack, ...], given: Given) -> ReadResult:
    """Return the report in a file or in bytes called *name*, with what was noticed on the way.

    A document is read behind a wall, within the limits that are *given*.
    """
    if is_document(source, name):
        from validator.submissions.wall import behind_wall, file_cost, loss_problem

        cost = file_cost(source, given)

        def lost(loss: Loss) -> ReadResult:
            return ReadResult(report=None, problems=(loss_problem(loss, name, cost),))

        return behind_wall(_read_document, (source, name, folders_of(packs), given), cost, lost)
    tree = read_tree(source, name)
    chosen = packs or (packs_of_form(given.form) if given.form else packs_of_tree(tree, name))
    forms = {pack.form.name: pack.form for pack in chosen}
    return _as_given(read_structured(tree, forms, form=given.form, file=name), given)


def _read_document(source: Path | bytes, name: str, folders: tuple[str, ...], given: Given) -> ReadResult:
    from validator.binding.submitted import read_submitted

    chosen = tuple(map(load_pack, folders)) or packs_on_offer(given.form)
    return read_submitted(source, name, {pack.form.name: pack.form for pack in chosen}, given)


def _as_given(found: ReadResult, given: Given) -> ReadResult:
    if found.report is None or (given.unit is None and given.period is None):
        return found
    unit, period = given.unit or found.report.unit, given.period or found.report.period
    return evolve(found, report=evolve(found.report, unit=unit, period=period))


def read_sent(sent: Sent, choice: Choice) -> Reading:
    """Read a file that was handed in, with its appendices, or say why a zip does not give it away.

    Its unit is as the list of units of *choice* has it; a document is read behind a wall, with all that its
    claims cost. A fault of this program that a file brings to light is a problem of that file, so that all
    others are still judged; with ``VALIDATOR_DEBUG`` set it is raised. Raises `ValidatorError` for wrong use.
    """
    if sent.problem is not None:
        return _unread(sent, sent.problem)
    found = _as_declared(_behind_wall(sent, choice), choice)
    if sent.beside:
        from validator.submissions.appendix import with_appendix

        for each in sent.beside:
            found = with_appendix(found, read_sent(each, choice))
    return found


def _as_declared(reading: Reading, choice: Choice) -> Reading:
    """Return a file with its unit as the list of units of a run has it."""
    if not choice.units or reading.report is None:
        return reading
    from validator.submissions.recognition import finder_of, recognised

    return recognised(reading, finder_of(choice.units))


def _behind_wall(sent: Sent, choice: Choice) -> Reading:
    if not is_document(sent.content, sent.name):
        return _unless_faulty(sent, choice)
    from validator.submissions.wall import behind_wall, file_cost, loss_problem

    cost = file_cost(sent.content, choice.given)

    def lost(loss: Loss) -> Reading:
        return _unread(sent, loss_problem(loss, sent.name, cost))

    return behind_wall(_unless_faulty, (evolve(sent, beside=()), choice), cost, lost)


def _unless_faulty(sent: Sent, choice: Choice) -> Reading:
    try:
        return _read(sent, choice)
    except ValidatorError:
        raise
    except Exception as error:
        if os.environ.get("VALIDATOR_DEBUG") or (isinstance(error, MemoryError) and _is_limited()):
            raise
        told = f"{type(error).__name__}: {error}"[:_LONGEST]
    problem = Problem(code="read/unexpected", location=Location(file=sent.name), args={"error": told})
    return _unread(sent, problem)


def _is_limited() -> bool:
    from validator.submissions.worker import is_inside

    return is_inside()


def _unread(sent: Sent, problem: Problem) -> Reading:
    return evolve(_nothing_of(sent), problems=(problem,))


def _nothing_of(sent: Sent) -> Reading:
    return Reading(path=sent.name, source=sent.source if sent.data is None else None, place=sent.place)


def _read(sent: Sent, choice: Choice) -> Reading:
    packs = tuple(load_pack(folder) for folder in choice.packs)
    found = read(sent.content, sent.name, packs, choice.given)
    claims = None
    if found.document is not None and choice.wants_claims:
        from validator.claims import find_claims, load_vocabulary

        claims = find_claims(found.document, load_vocabulary())
    return evolve(
        _nothing_of(sent),
        report=found.report,
        problems=(*found.problems, *(claims.problems if claims else ())),
        reach=found.reach,
        document=found.document,
        claims=claims,
    )


def is_no_report(path: str, codes: Iterable[str]) -> bool:
    """Whether a file of which *codes* are told has neither a report's header, nor one misspelt.

    Nor has a text of no known form anything of one; an office document without a known form may be one.
    """
    return set(codes) <= {NO_HEADER, *((NO_FORM,) if path.lower().endswith(TEXTS) else ())}
