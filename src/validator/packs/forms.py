"""The packs for a form, a report or a call."""

from __future__ import annotations

import os
from typing import TYPE_CHECKING

from validator.model.location import Location
from validator.model.problem import Problem, ValidatorError
from validator.packs.library import find_folder, forms_on_offer, load_folder

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence
    from pathlib import Path

    from validator.model.field import Form
    from validator.model.report import Report
    from validator.packs.pack import RulePack
    from validator.readers.tree import TreeResult


class PackError(ValidatorError):
    """A pack has faults; ``problems`` holds all of them, each at its place in the pack's files."""

    def __init__(self, problems: tuple[Problem, ...]) -> None:
        super().__init__(problems[0])
        self.problems = problems

    def __reduce__(  # type: ignore[explicit-override]  # typing.override is 3.12's
        self,
    ) -> tuple[type[PackError], tuple[tuple[Problem, ...]]]:
        """Return how to make the same error in another process."""
        return PackError, (self.problems,)


def load_pack(name: str | Path) -> RulePack:
    """Return the pack called *name*, or in the folder *name*.

    Raises `PackError` with every fault of a pack that cannot be used, and `ValidatorError` if
    there is none of that name.
    """
    result = load_folder(find_folder(str(name)))
    if result.pack is None:
        raise PackError(result.problems)
    return result.pack


def packs_of_form(form: str | None) -> tuple[RulePack, ...]:
    """Return the shipped packs for *form*, none if there is none of the kind."""
    return tuple(load_pack(folder) for folder in forms_on_offer().get(form or "", ()))


def packs_for(form: str | None, packs: Iterable[str | Path]) -> tuple[RulePack, ...]:
    """Return those of *packs* that are for *form*, the shipped ones for it if there are none."""
    chosen = tuple(load_pack(name) for name in packs)
    return tuple(pack for pack in chosen if pack.form.name == form) or packs_of_form(form)


def packs_on_offer(form: str | None) -> tuple[RulePack, ...]:
    """Return the shipped packs for *form*, all of them if it is not known."""
    folders = [folder for name, paths in forms_on_offer().items() for folder in paths if form in (None, name)]
    return tuple(load_pack(folder) for folder in folders)


def packs_of_tree(tree: TreeResult, file: str) -> tuple[RulePack, ...]:
    """Return the shipped packs for the form that a report names, all of them if it names none of theirs."""
    from validator.readers.header import read_header

    form = read_header(tree.root, file).form if tree.root is not None else None
    return packs_of_form(form) or packs_on_offer(None)


def form_of(report: Report, packs: Sequence[str | Path] = ()) -> Form:
    """Return the form of a report that was read, as one of *packs* declares it, or a shipped one."""
    found = packs_for(report.form, packs)
    if not found:
        place = Location(file=report.file)
        args = {"form": report.form or "", "known": ", ".join(forms_on_offer())}
        raise ValidatorError(Problem(code="cli/unknown-form", location=place, args=args))
    return found[0].form


def folders_of(packs: Iterable[RulePack]) -> tuple[str, ...]:
    """Return the folders of packs, each once: a finding is told once."""
    return tuple(dict.fromkeys(os.path.abspath(pack.folder) for pack in packs))  # noqa: PTH100
