"""Learn how much each piece of evidence weighs for what fits, and measure it with documents left out.

usage: python benchmarks/train_ranking.py FOLDER... [--held FOLDER...] [--write]

Each FOLDER holds documents and their ``relations.yaml``, relations read by hand (``doc``, ``kind``,
``numbers``, ``holds``). Every match that the search finds in a document is an example: right if a relation
that holds says the same. The weights are those of a logistic regression (Newton's method, ridge), written
in whole hundredths to ``rules/claims/ranking.yaml`` with ``--write``.

Printed for sums and shares: what is told by weights learnt from all *other* documents (documents whose
names begin with the same number are one), beyond what structure decides; and for each ``--held`` folder, of
which nothing is learnt, what the weights of all documents tell. Precision counts a true relation that the
folder does not name as wrong.
"""

from __future__ import annotations

import argparse
import math
import re
from collections import Counter, defaultdict
from decimal import Decimal, InvalidOperation
from pathlib import Path
from typing import TYPE_CHECKING, Any

import yaml
from training import write_weights

from validator.claims import find_claims, load_vocabulary
from validator.claims.claim import ClaimKind, ClaimVerdict
from validator.claims.figure import figures_of
from validator.claims.find import read_text
from validator.claims.fits import (
    SHARES,
    SUMS,
    chosen_shares,
    chosen_sums,
    claim_of_share,
    claim_of_sum,
    shares_with_evidence,
    sums_with_evidence,
)
from validator.readers.document import read_document

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Sequence

    from validator.claims.claim import Claim

RANKING = Path(__file__).resolve().parent.parent / "rules" / "claims" / "ranking.yaml"
LEAST = {SUMS: 140, SHARES: 130}
"""The scores from which on matches are told: so that nine in ten are right in documents left out."""
KINDS = {SUMS: ClaimKind.SUM, SHARES: ClaimKind.PERCENT}
RIDGE, ROUNDS, CLOSE = 8.0, 30, 1e-3

Example = tuple[list[str], bool]
Key = tuple[object, ...]


class Read:
    """A document with its matches: the examples to learn from, and those that structure leaves over."""

    def __init__(self, folder: Path, name: str, relations: Iterable[dict[str, Any]]) -> None:
        self.name = name
        self.group = folder.name, re.match(r"\d*", name)[0] or name
        self.truth = {kind: _truth(relations, KINDS[kind].value) for kind in KINDS}
        document = read_document(folder / name).document
        claims = [] if document is None else find_claims(document, load_vocabulary()).claims
        self.known = [claim for claim in claims if claim.verdict is not ClaimVerdict.FITS]
        self.examples: dict[str, list[Example]] = {SUMS: [], SHARES: []}
        self.left: dict[str, list[tuple[Any, list[str]]]] = {SUMS: [], SHARES: []}
        if document is None:
            return
        self.text, grids = read_text(document, load_vocabulary())
        figures = figures_of(self.text, grids)
        for kind, search in ((SUMS, sums_with_evidence), (SHARES, shares_with_evidence)):
            self.left[kind] = search(self.text, figures, self.known)
            self.examples[kind] = [
                (evidence, self.key(kind, match) in self.truth[kind])
                for match, evidence in search(self.text, figures, ())
            ]

    def key(self, kind: str, match: Any) -> Key:
        """What a match says, as the relations say it."""
        return _key(claim_of_sum(self.text, match) if kind == SUMS else claim_of_share(self.text, match))

    def told(self, kind: str, weights: dict[str, int]) -> set[Key]:
        """What the weights tell of what structure leaves over."""
        ranked = [(_score(weights, evidence), match) for match, evidence in self.left[kind]]
        ranked = [each for each in ranked if each[0] >= LEAST[kind]]
        if kind == SUMS:
            return {self.key(kind, match) for match in chosen_sums(ranked)}
        return {self.key(kind, match) for match, _ in chosen_shares(ranked)}


def _score(weights: dict[str, int], evidence: Iterable[str]) -> int:
    return weights["start"] + sum(weights.get(name, 0) for name in evidence)


def _number(value: object) -> object:
    """A number as written; a claim may have something else where a numerator stands."""
    try:
        return Decimal(str(value)).normalize()
    except InvalidOperation:
        return str(value)


def _truth(relations: Iterable[dict[str, Any]], kind: str) -> set[Key]:
    found: set[Key] = set()
    for relation in relations:
        numbers = relation["numbers"]
        if relation["kind"] != kind or not relation["holds"]:
            continue
        if kind == "sum":
            found.add((kind, _number(numbers["total"]), *sorted(map(_number, numbers["parts"]))))
        else:
            stated = numbers.get("stated_percent", numbers.get("stated_token"))
            found.add((kind, *map(_number, (numbers["numerator"], numbers["denominator"], stated))))
    return found


def _key(claim: Claim) -> Key:
    numbers = claim.numbers
    if claim.kind is ClaimKind.SUM:
        return claim.kind.value, _number(numbers["total"]), *sorted(map(_number, numbers["parts"]))
    return claim.kind.value, *(_number(numbers[name]) for name in ("numerator", "denominator", "stated"))


def learnt(examples: Sequence[Example]) -> dict[str, int]:
    """The weights of a logistic regression over named evidence, in hundredths."""
    names = ["start", *sorted({name for evidence, _ in examples for name in evidence})]
    place = {name: at for at, name in enumerate(names)}
    rows = [([0, *[place[name] for name in evidence]], right) for evidence, right in examples]
    weights = [0.0] * len(names)
    for _ in range(ROUNDS):
        slope = [-RIDGE * weight for weight in weights]
        bend = [[RIDGE * (row == column) for column in range(len(names))] for row in range(len(names))]
        for held, right in rows:
            score = sum(weights[at] for at in held)
            chance = 1 / (1 + math.exp(-max(-30.0, min(30.0, score))))
            for at in held:
                slope[at] += right - chance
                row = bend[at]
                for other in held:
                    row[other] += chance * (1 - chance)
        step = _solved(bend, slope)
        weights = [weight + change for weight, change in zip(weights, step, strict=True)]
        if max(map(abs, step)) < CLOSE:
            break
    return {name: round(100 * weight) for name, weight in zip(names, weights, strict=True)}


def _solved(matrix: list[list[float]], right: list[float]) -> list[float]:
    """The solution of linear equations whose matrix is symmetric and positive, by Gauss."""
    rows = [[*row, value] for row, value in zip(matrix, right, strict=True)]
    for at, pivot in enumerate(rows):
        for row in rows[at + 1 :]:
            if factor := row[at] / pivot[at]:
                row[at:] = [value - factor * above for value, above in zip(row[at:], pivot[at:], strict=True)]
    found = [0.0] * len(rows)
    for at in reversed(range(len(rows))):
        known = sum(rows[at][other] * found[other] for other in range(at + 1, len(rows)))
        found[at] = (rows[at][-1] - known) / rows[at][at]
    return found


def read_folder(folder: Path) -> list[Read]:
    """The documents of a folder of relations."""
    by_name: dict[str, list[dict[str, Any]]] = defaultdict(list)
    listed = yaml.load((folder / "relations.yaml").read_text(encoding="utf-8"), Loader=yaml.CSafeLoader)
    for relation in listed["relations"]:
        by_name[relation["doc"]].append(relation)
    return [Read(folder, name, relations) for name, relations in sorted(by_name.items())]


def report(
    title: str, documents: Sequence[Read], kind: str, weights_of: Callable[[Read], dict[str, int]]
) -> None:
    """Print what is told of each document and of all."""
    total: Counter[str] = Counter()
    print(
        f"\n{title}: {kind}\n{'document':36}{'true':>6}{'structure':>11}{'told':>6}{'right':>7}{'either':>8}"
    )
    for document in documents:
        truth, told = document.truth[kind], document.told(kind, weights_of(document))
        known = {_key(c) for c in document.known if c.kind is KINDS[kind] and c.verdict.is_decided} & truth
        row = {
            "true": len(truth),
            "structure": len(known),
            "told": len(told),
            "right": len(told & truth),
            "either": len(known | (told & truth)),
        }
        total.update(row)
        print(f"{document.name[:35]:36}" + _columns(row))
    print(f"{'all':36}" + _columns(total))
    precision = total["right"] / total["told"] if total["told"] else 1.0
    print(
        f"precision {precision:.0%}, recall {total['either'] / max(1, total['true']):.0%}"
        f" (structure alone {total['structure'] / max(1, total['true']):.0%})"
    )


def _columns(row: dict[str, int]) -> str:
    widths = {"true": 6, "structure": 11, "told": 6, "right": 7, "either": 8}
    return "".join(f"{row[name]:>{width}}" for name, width in widths.items())


def main() -> None:
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("folders", type=Path, nargs="+")
    parser.add_argument("--held", type=Path, nargs="+", default=[])
    parser.add_argument("--write", action="store_true")
    given = parser.parse_args()
    documents = [document for folder in given.folders for document in read_folder(folder)]
    held = {folder: read_folder(folder) for folder in given.held}
    made: dict[str, Any] = {}
    for kind in KINDS:
        without = {
            group: learnt([e for d in documents if d.group != group for e in d.examples[kind]])
            for group in sorted({document.group for document in documents})
        }
        for folder in given.folders:
            own = [document for document in documents if document.group[0] == folder.name]
            report(f"left out, {folder.name}", own, kind, lambda document: without[document.group])  # noqa: B023
        weights = learnt([example for document in documents for example in document.examples[kind]])
        for folder, others in held.items():
            report(f"held, {folder.name}", others, kind, lambda _: weights)  # noqa: B023
        made[kind] = {
            "start": weights.pop("start"),
            "least": LEAST[kind],
            "weights": {name: weight for name, weight in weights.items() if weight},
        }
    if given.write:
        write_weights(RANKING, HEAD, made)


HEAD = """How much each piece of evidence weighs for a sum or a share that fits (hundredths of log-odds), and
the score from which on it is told. Written by `python benchmarks/train_ranking.py … --write`; see
docs/finding.md. No verdict depends on these numbers: what adds up is judged exactly, and what fits is never
counted as checked."""


if __name__ == "__main__":
    main()
