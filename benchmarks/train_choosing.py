"""Learn of which two figures a percentage is said, and measure it with documents left out.

usage: python benchmarks/train_choosing.py FOLDER... [--right FOLDER...]
                                           [--templates SCORER BANK...] [--write]

Each FOLDER holds documents and their ``relations.yaml``, relations read by hand. Those after ``--right``
hold documents that are right throughout: where one pair near a percentage gives it, it is of that pair. A
BANK holds templates, of which SCORER (score_paraphrases.py) draws texts. What is looked at of a pair of
figures never depends on their size (``validator.claims.share_trait``); the arithmetic serves to label
examples only.

A log-linear model chooses among all pairs of one percentage and "stated alone" (AdaGrad, ridge). The
documents and templates are parted in folds; what is printed of each is told by weights learnt of all other
folds: how many percentages have a pair that is known, for how many the best is right, from which chance on
how many are said, how many of them rightly, and how many would not agree and are wrong. ``--write`` learns of
everything and writes ``rules/claims/choosing.yaml``, whole hundredths of log-odds.
"""

from __future__ import annotations

import argparse
import math
import random
import tempfile
from collections import Counter, defaultdict
from decimal import Decimal
from fractions import Fraction
from pathlib import Path
from typing import TYPE_CHECKING, Any

import yaml
from training import drawn, scorer_of, templates_of, text_of, write_weights

from validator.claims import load_vocabulary
from validator.claims.claim import ClaimVerdict
from validator.claims.find import read_text
from validator.claims.share_choice import GROWN, SHARE, all_around, bases_among, may_be, parts_among
from validator.claims.share_judge import judged_pair, numbers_of_pair
from validator.claims.share_place import Candidate, Guess, places_in
from validator.claims.share_told import Told
from validator.claims.share_trait import asked_of, traits_of_none, traits_of_part
from validator.claims.share_trait_base import traits_of_base, traits_of_kin, traits_of_pair
from validator.claims.sum_find import candidates, parts_of
from validator.claims.table_sum import lists_of_tables
from validator.readers.document import read_document
from validator.text.mention import MentionKind

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence

    from validator.claims.share_place import Places

CHOOSING = Path(__file__).resolve().parent.parent / "rules" / "claims" / "choosing.yaml"
FOLDS, EPOCHS, RATE, RIDGE, LEAST, KEPT, ROUNDS = 5, 14, 0.25, 1.0, 5, 900, 4
WEIGHT = {"documents": 1.0, "right": 0.7, "templates": 0.5}
UNITS = (Decimal(1), Decimal(10**6), Decimal(10**9))
"""Amounts of money were read by hand in dong, and are compared in the scale that both are written in."""
SLIGHT, RIVAL = 1e-4, 0.005
SURE, LIKELY = (0.5, 0.8, 0.85, 0.9), 0.35
Key = tuple[Decimal, Decimal]


class Example:
    """A percentage with its pairs: which of them are right, or none; None if that is not known."""

    def __init__(self, source: Any, name: str, group: str, sort: str) -> None:
        self.name, self.group, self.sort = name, group, sort
        self.source = source
        self.alone: list[str] = source.alone
        self.parts: list[list[str]] = source.parts
        self.bases: list[list[str]] = source.bases
        self.pairs: list[tuple[str, int, int, list[str]]] = source.pairs
        self.keys: list[Key] = source.keys
        self.verdicts: list[ClaimVerdict] = source.verdicts
        self.kin: list[Example] = []
        self.right: list[int] | None = []
        self.scores: list[float] = []
        self.score_alone = 0.0
        self.first: Guess | None = None
        self.others: list[list[str]] = []

    def label(self, truth: Sequence[Key]) -> None:
        """Tell which pairs are right: those read by hand, else in a right document those that give it."""
        fits = [at for at, verdict in enumerate(self.verdicts) if verdict is ClaimVerdict.PASS]
        keys = {self.keys[at] for at in fits}
        if truth:
            self.right = [at for at, key in enumerate(self.keys) if key in truth]
        elif not fits:
            self.right = []
        elif (
            self.sort == "right"
            and self.source.digits != "100"
            and len(keys) <= (3 if len(self.source.digits) > 2 else 1)
        ):
            self.right = fits
        else:
            self.right = None


class _Source:
    """What the program sees of one percentage."""

    def __init__(self, places: Places, told: Told, lists: Any, node: Any, stated: Any) -> None:
        m = stated.mention
        asked = asked_of(places.text, node, stated, lists)
        around = all_around(places, told, asked)
        parts, bases = parts_among(around), bases_among(around)
        self.alone = list(traits_of_none(asked, parts))
        self.parts = [list(traits_of_part(asked, each)) for each in parts]
        self.bases = [list(traits_of_base(asked, each)) for each in bases]
        self.pairs: list[tuple[str, int, int, list[str]]] = []
        self.candidates: list[Candidate] = []
        for form in (SHARE, GROWN) if asked.way else (SHARE,):
            for i, part in enumerate(parts):
                for j, base in enumerate(bases):
                    if may_be(part, base, form):
                        self.pairs.append((form, i, j, list(traits_of_pair(asked, part, base))))
                        self.candidates.append(Candidate(form=form, part=part, base=base, score=0))
        self.stated, self.node = stated, node
        self.digits = (
            m.text.replace(",", "").replace(".", "").lstrip("0").rstrip("%") if m.value != 100 else "100"
        )
        self.value = _decimal(m.value)
        self.keys = [
            tuple(map(_decimal, numbers_of_pair(each.form, each.part.mention, each.base.mention)))
            for each in self.candidates
        ]
        self.verdicts = [
            judged_pair(each.form, each.part.mention, each.base.mention, m, asked.way)
            for each in self.candidates
        ]


def _decimal(value: Any) -> Decimal:
    exact = Fraction(value)
    return (Decimal(exact.numerator) / Decimal(exact.denominator)).normalize()


def read_examples(
    path: Path, name: str, group: str, sort: str, truth: Iterable[tuple[Decimal, ...]]
) -> list[Example]:
    """All percentages of the running text of a document."""
    document = read_document(path).document
    if document is None:
        return []
    text, grids = read_text(document, load_vocabulary())
    places, lists = places_in(text), parts_of((*candidates(text), *lists_of_tables(text, grids)))
    told = Told(text, grids)
    known: dict[Decimal, list[Key]] = defaultdict(list)
    for part, base, stated in truth:
        known[stated] += [(part / unit, base / unit) for unit in UNITS]
    made: dict[int, Example] = {}
    kin: list[tuple[Example, list[int]]] = []
    for node in text.nodes.values():
        for stated in node.found.stated:
            if stated.mention.kind is MentionKind.PERCENT and node.found.reading is not None:
                example = Example(_Source(places, told, lists, node, stated), name, group, sort)
                example.label(known.get(example.source.value, []))
                made[id(stated)] = example
                kin.append((example, [id(other) for _, other in places.kin_of(node, stated)]))
    for example, others in kin:
        example.kin = [made[other] for other in others if other in made]
    return list(made.values())


def _number(value: object) -> Decimal:
    return Decimal(str(value)).normalize()


def of_folder(folder: Path) -> Iterator[Example]:
    """The percentages of documents whose relations were read by hand."""
    by_name: dict[str, list[tuple[Decimal, ...]]] = defaultdict(list)
    listed = yaml.load((folder / "relations.yaml").read_text(encoding="utf-8"), Loader=yaml.CSafeLoader)
    for relation in listed["relations"]:
        found = by_name[relation["doc"]]
        numbers = relation["numbers"]
        if relation["kind"] == "percent" and "stated_percent" in numbers:
            found.append(tuple(_number(numbers[k]) for k in ("numerator", "denominator", "stated_percent")))
    for name, truth in sorted(by_name.items()):
        if not (Path(name).suffix != ".txt" and Path(name).with_suffix(".txt").name in by_name):
            yield from read_examples(
                folder / name, folder.name, f"{folder.name}/{Path(name).stem}", "documents", truth
            )


def of_right(folder: Path) -> Iterator[Example]:
    """The percentages of documents that are right."""
    for path in sorted(folder.iterdir()):
        if path.suffix in {".txt", ".docx"} and not (
            path.suffix != ".txt" and path.with_suffix(".txt").exists()
        ):
            yield from read_examples(path, folder.name, f"{folder.name}/{path.stem}", "right", ())


def of_templates(scorer: Path, bank: Path) -> Iterator[Example]:
    """The percentages of texts drawn of templates."""
    draw = scorer_of(scorer)
    with tempfile.TemporaryDirectory() as folder:
        for item in templates_of(bank):
            for turn in range(ROUNDS if "%" in item["text"] else 0):
                names = drawn(draw, item, turn)
                path = Path(folder) / "text.txt"
                path.write_text(text_of(item, names), encoding="utf-8")
                truth = [
                    tuple(_number(names[a].value) for a in r[1:]) for r in item["rel"] if r[0] == "percent"
                ]
                yield from read_examples(path, bank.stem, f"{bank.stem}/{item['id']}", "templates", truth)


# ── the model ────────────────────────────────────────────────────────────────────────────────────

Weights = dict[str, float]


class Model:
    """Names as places in a list of weights, and the examples in them."""

    def __init__(self, names: Iterable[str]) -> None:
        self.place = {name: at for at, name in enumerate(sorted(names))}
        self.weights = [0.0] * len(self.place)
        self._coded: dict[int, Any] = {}

    def coded(self, example: Example) -> Any:
        """The traits of an example as places; those of rows that are shared once."""
        found = self._coded.get(id(example))
        if found is None:
            place = self.place

            def code(traits: Iterable[str], form: str = "") -> list[int]:
                return [place[form + name] for name in traits if form + name in place]

            forms = {form for form, *_ in example.pairs}
            rows = [code(example.alone)]
            parts: dict[str, range] = {}
            for form in sorted(forms):
                parts[form] = range(len(rows), len(rows) + len(example.parts))
                rows += [code([*traits, ":grown"] if form else traits, form) for traits in example.parts]
            bases: dict[str, range] = {}
            for form in sorted(forms):
                bases[form] = range(len(rows), len(rows) + len(example.bases))
                rows += [code(traits, form) for traits in example.bases]
            pairs = [
                (parts[form][i], bases[form][j], code(traits, form)) for form, i, j, traits in example.pairs
            ]
            found = self._coded[id(example)] = rows, pairs
        return found

    def scores(self, example: Example) -> tuple[list[float], list[float]]:
        """The score of each pair, and those of the rows, the first of which is "alone"."""
        weights = self.weights
        rows, pairs = self.coded(example)
        worth = [sum([weights[at] for at in row]) for row in rows]
        return [worth[i] + worth[j] + sum([weights[at] for at in own]) for i, j, own in pairs], worth

    def learn(self, examples: Sequence[Example]) -> None:
        """Fit the weights to the examples whose pair is known."""
        steps = [1e-3] * len(self.weights)
        order = list(examples)
        rng = random.Random(7)
        for epoch in range(EPOCHS):
            rng.shuffle(order)
            rate = RATE * (1 if epoch < EPOCHS // 2 else 0.4)
            for example in order:
                self._step(example, steps, rate, RIDGE / len(order))

    def _step(self, example: Example, steps: list[float], rate: float, ridge: float) -> None:
        scores, worth = self.scores(example)
        rows, pairs = self.coded(example)
        slopes, alone = _slopes(scores, worth[0], example)
        of_rows = [0.0] * len(rows)
        of_rows[0] = alone
        weights = self.weights
        slope: dict[int, float] = defaultdict(float)
        for (i, j, own), value in zip(pairs, slopes, strict=True):
            if abs(value) > SLIGHT:
                of_rows[i] += value
                of_rows[j] += value
                for at in own:
                    slope[at] += value
        for row, value in zip(rows, of_rows, strict=True):
            if abs(value) > SLIGHT:
                for at in row:
                    slope[at] += value
        scale = WEIGHT[example.sort]
        for at, value in slope.items():
            step = scale * value - ridge * weights[at] * 20
            steps[at] += step * step
            weights[at] += rate * step / math.sqrt(steps[at])


def _chances(scores: Sequence[float], alone: float) -> tuple[list[float], float]:
    top = max(alone, *scores) if scores else alone
    raised = [math.exp(score - top) for score in scores]
    own = math.exp(alone - top)
    total = sum(raised) + own
    return [value / total for value in raised], own / total


def _slopes(scores: Sequence[float], alone: float, example: Example) -> tuple[list[float], float]:
    """By how much the score of each pair, and of being stated alone, should rise."""
    chances, own = _chances(scores, alone)
    if not example.right:
        return [-value for value in chances], 1 - own
    held = sum(chances[at] for at in example.right) + 1e-12
    slopes = [-value for value in chances]
    for at in example.right:
        slopes[at] += chances[at] / held
    return slopes, -own


def learnt(examples: Sequence[Example]) -> Model:
    """The model of the traits that matter, of all examples whose pair is known."""
    known = [example for example in examples if example.right is not None]
    counts: Counter[str] = Counter()
    for example in known:
        counts.update(_names(example))
    first = Model(name for name, count in counts.items() if count >= LEAST)
    first.learn(known)
    telling = sorted(
        first.place, key=lambda n: -abs(first.weights[first.place[n]]) * math.sqrt(min(counts[n], 300))
    )
    model = Model(telling[:KEPT])
    model.learn(known)
    return model


def _names(example: Example) -> set[str]:
    forms = {form for form, *_ in example.pairs}
    found = set(example.alone)
    for form in forms:
        found.update(form + name for traits in (*example.parts, *example.bases) for name in traits)
        if form:
            found.add(form + ":grown")
    found.update(form + name for form, _, _, traits in example.pairs for name in traits)
    return found


# ── the second look: what other percentages beside it are of ───────────────────────────────────


def look_again(examples: Sequence[Example]) -> None:
    """Add to each pair what the first choices for the percentages beside it say of it."""
    for example in examples:
        chances, _ = _chances(example.scores, example.score_alone)
        best = max(range(len(chances)), key=chances.__getitem__, default=None)
        example.first = None
        if (
            best is not None
            and sum(c for c, k in zip(chances, example.keys, strict=True) if k == example.keys[best]) > LIKELY
        ):
            pair = example.source.candidates[best]
            example.first = Guess(form=pair.form, part=pair.part, base=pair.base, chance=0)
    for example in examples:
        kin = [other.first for other in example.kin if other.first is not None]
        example.others = [list(traits_of_kin(pair, kin)) for pair in example.source.candidates]


def learnt_again(examples: Sequence[Example]) -> Weights:
    """The weights of what others say, the first scores being given."""
    known = [e for e in examples if e.right is not None and e.scores]
    weights: Weights = defaultdict(float)
    steps: Weights = defaultdict(lambda: 1e-3)
    for epoch in range(EPOCHS):
        for example in known:
            scores = again(example, weights)
            slopes, _ = _slopes(scores, example.score_alone, example)
            slope: Weights = defaultdict(float)
            for traits, value in zip(example.others, slopes, strict=True):
                if abs(value) > SLIGHT:
                    for name in traits:
                        slope[name] += value
            for name, value in slope.items():
                steps[name] += value * value
                weights[name] += RATE * (1 if epoch < EPOCHS // 2 else 0.3) * value / math.sqrt(steps[name])
    return weights


def again(example: Example, weights: Weights) -> list[float]:
    """The scores of the second look."""
    return [
        score + sum([weights.get(name, 0.0) for name in traits])
        for score, traits in zip(example.scores, example.others, strict=True)
    ]


# ── the report ───────────────────────────────────────────────────────────────────────────────────


def report(examples: Sequence[Example], told: dict[int, list[float]]) -> None:
    """Print what is chosen in documents and templates left out."""
    rows: dict[str, Counter[object]] = defaultdict(Counter)
    for example in examples:
        for row in (rows[example.name], rows["all"]):
            _count(example, told[id(example)], row)
    print(
        "\nset              percentages  with a pair  best  "
        + "".join(f"{f'from {sure}':>22}" for sure in SURE)
    )
    print(" " * 52 + f"{'said, right, wrong':>22}" * len(SURE))
    for name, row in rows.items():
        said = "".join(
            f"{row[sure, 'said']:>10}{row[sure, 'right']:>6}{row[sure, 'accused']:>6}" for sure in SURE
        )
        print(f"{name:16}{row['all']:>12}{row['pair']:>13}{row['best']:>6}  {said}")


def _count(example: Example, scores: Sequence[float], row: Counter[object]) -> None:
    row["all"] += 1
    row["pair"] += bool(example.right)
    chances, alone = _chances(scores, example.score_alone)
    together: dict[Key, float] = defaultdict(float)
    fitting: dict[Key, bool] = defaultdict(bool)
    for key, chance, verdict in zip(example.keys, chances, example.verdicts, strict=True):
        together[key] += chance
        fitting[key] |= verdict is not ClaimVerdict.FAIL
    if not together:
        return
    key = max(together, key=together.__getitem__)
    right = {example.keys[at] for at in example.right or ()}
    is_right = key in right or (example.right is None and fitting[key])
    row["best"] += is_right and together[key] > alone
    for sure in SURE:
        if together[key] >= sure:
            row[sure, "said"] += 1
            row[sure, "right"] += is_right
            rival = any(fitting[other] and chance >= RIVAL for other, chance in together.items())
            row[sure, "accused"] += not is_right and not fitting[key] and not rival


def main() -> None:
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("folders", type=Path, nargs="+")
    parser.add_argument("--right", type=Path, nargs="+", default=[])
    parser.add_argument("--templates", type=Path, nargs="+", default=[])
    parser.add_argument("--write", action="store_true")
    given = parser.parse_args()
    examples = [e for folder in given.folders for e in of_folder(folder)]
    examples += [e for folder in given.right for e in of_right(folder)]
    examples += [e for bank in given.templates[1:] for e in of_templates(given.templates[0], bank)]
    groups = sorted({example.group for example in examples})
    random.Random(3).shuffle(groups)
    fold = {group: at % FOLDS for at, group in enumerate(groups)}
    for number in range(FOLDS):
        model = learnt([e for e in examples if fold[e.group] != number])
        for example in examples:
            if fold[example.group] == number:
                example.scores, worth = model.scores(example)
                example.score_alone = worth[0]
        print(f"fold {number + 1} of {FOLDS}", flush=True)
    look_again(examples)
    told: dict[int, list[float]] = {}
    for number in range(FOLDS):
        weights = learnt_again([e for e in examples if fold[e.group] != number])
        told |= {id(e): again(e, weights) for e in examples if fold[e.group] == number}
    report(examples, told)
    if given.write:
        weights = learnt_again(examples)
        model = learnt(examples)
        weights |= {name: model.weights[at] for name, at in model.place.items()}
        whole = {name: round(100 * weight) for name, weight in sorted(weights.items()) if round(100 * weight)}
        write_weights(CHOOSING, HEAD, {"bases": whole}, width=200)


HEAD = """Of which two figures a percentage is said: how much each trait of the percentage, of a numerator, of
a base and of both weighs (hundredths of log-odds). Written by `python benchmarks/train_choosing.py --write`
with its folders; see docs/finding.md. These numbers choose what is looked at; whether it agrees is judged
exactly."""


if __name__ == "__main__":
    main()
