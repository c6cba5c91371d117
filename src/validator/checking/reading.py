"""A file of any kind → the report in it, by the packs chosen or on offer."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

from validator.checking.forms import folders_of, load_pack, packs_of_form, packs_of_tree, packs_on_offer
from validator.model.record import evolve, record
from validator.readers.kind import is_document
from validator.readers.structured import ReadResult, read_structured, read_tree

if TYPE_CHECKING:
    from validator.checking.worker import Loss
    from validator.claims import ClaimsResult
    from validator.model.document import Document
    from validator.model.problem import Problem
    from validator.model.reach import Reach
    from validator.model.report import Report
    from validator.model.review import Part
    from validator.packs.pack import RulePack
    from validator.readers.given import Given


@record
class Reading:
    """A file that was read; without a report it cannot be judged and ``problems`` say why.

    ``source`` is where it lies, None for bytes. ``claims`` are those of a document's prose, None
    where they are not asked for. ``digest`` is that of a document's bytes, where somebody asks for it.
    ``parts`` are other files whose figures are in the report, ``beside`` these as they were read.
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
    beside: tuple[Document, ...] = ()

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


def read(source: Path | bytes, name: str, packs: tuple[RulePack, ...], given: Given) -> ReadResult:
    """Return the report in a file or in bytes called *name*, with what was noticed on the way.

    A document is read behind a wall, within the limits that are *given*.
    """
    if is_document(source, name):
        from validator.checking.wall import behind_wall, file_cost, loss_problem

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
