"""Findings that one value may have caused, shown as one group with that value first."""

from __future__ import annotations

from collections import defaultdict
from typing import TYPE_CHECKING

from validator.model.record import evolve
from validator.model.verdict import Verdict

if TYPE_CHECKING:
    from validator.model.diagnostic import Diagnostic, Label

Key = tuple[object, ...]


def grouped(diagnostics: tuple[Diagnostic, ...]) -> tuple[Diagnostic, ...]:
    """Return the diagnostics with groups set: the value shared by most failures names the first group."""
    waiting = {
        # In the order of the figures: of several that are shared the first counts, in every run.
        index: dict.fromkeys(_key(label) for label in each.of_fields if label.raw)
        for index, each in enumerate(diagnostics)
        if each.verdict is Verdict.FAIL
    }
    labels = {_key(label): label for each in diagnostics for label in each.fields}
    result = list(diagnostics)
    while waiting:
        shared: dict[Key, list[int]] = defaultdict(list)
        for index, keys in waiting.items():
            for key in keys:
                shared[key].append(index)
        best = max(shared.items(), key=lambda item: (len(item[1]), -min(item[1])), default=None)
        if best is None or len(best[1]) < 2:
            break
        for index in best[1]:
            result[index] = _in_group(result[index], labels[best[0]])
            del waiting[index]
    return tuple(result)


def _key(label: Label) -> Key:
    return (label.path, label.location.block, label.location.start)


def _in_group(diagnostic: Diagnostic, label: Label) -> Diagnostic:
    first = [each for each in diagnostic.fields if _key(each) == _key(label)]
    rest = [each for each in diagnostic.fields if _key(each) != _key(label)]
    return evolve(diagnostic, group=label.path, fields=(*first, *rest))
