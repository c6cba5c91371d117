"""Learn which figures are the parts of a total, and measure it with documents and wordings left out.

usage: python benchmarks/train_parts.py [--documents FOLDER...] [--right FOLDER...] [--wordings FILE...]
           [--folds N] [--without FOLDER...] [--write]

FOLDER of ``--documents`` holds texts and their ``relations.yaml``, relations read by hand; those of
``--right`` hold texts that are right throughout. Wordings are templates as `benchmarks/wordings/sums.yaml`.
Every list of figures that stands where parts stand is a candidate of its total
(`validator.claims.part_list`), with what structure and words say of it (`part_evidence`), never what it adds
up to. Right is what the relations say, whether it holds or not; of right documents, what adds up. What adds
up and nobody wrote down is no example.

Printed for each folder, by weights learnt from the documents and wordings of all other folds: totals and
parts that structure can tell at all, told from the least margin on, told as sure, and those told as sure
that do not agree though nobody wrote so: wrong accusations. ``--write`` learns from all of it and writes
``rules/claims/parts.yaml``; ``--without`` leaves folders out of that.
"""

from __future__ import annotations

import argparse
import ast
import hashlib
import random
import tempfile
from collections import Counter, defaultdict
from decimal import ROUND_HALF_UP, Decimal
from pathlib import Path
from typing import TYPE_CHECKING, Any

import yaml
from log_linear import Example, learnt
from training import templates_of, write_weights

from validator.claims import load_vocabulary
from validator.claims.addition import sum_claim
from validator.claims.claim import ClaimVerdict
from validator.claims.find import read_text
from validator.claims.judge import adds_up
from validator.claims.part_choice import chosen, doubts, is_sure, margins_of
from validator.claims.part_evidence import GROUPS, evidence_of
from validator.claims.part_list import PartList, PartLists, may_total
from validator.claims.slip import unless_no_slip
from validator.readers.document import read_document

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence

    from validator.claims.part_choice import Margins

PARTS = Path(__file__).resolve().parent.parent / "rules" / "claims" / "parts.yaml"
SURE, LEAST = 125, 75
"""Margins: seldom a wrong accusation from the first on, three in four right from the second."""
OF_WORDINGS = 3.0
BIG = 20
Key = tuple[Decimal, tuple[Decimal, ...]]
Doubted = tuple[str, int, str]
OPEN = frozenset({"some", "open"})
"""A list that may leave something out is never sure, however well it is chosen."""
STEPS, FEWEST, SELDOM = range(150, 601, 50), 5, 50
"""The margins tried for a doubt, how many right lists bear one out, and how many to each that is none."""


class Read:
    """A text with its totals, their candidates and which of them are right."""

    def __init__(
        self, path: Path, name: str, folder: str, truth: dict[Key, bool], weight: float = 1.0
    ) -> None:
        self.name, self.folder, self.truth = name, folder, truth
        document = read_document(path).document
        if document is None:
            raise SystemExit(f"{path} cannot be read")
        self.text, _ = read_text(document, load_vocabulary())
        self.lists = PartLists(self.text)
        self.examples: list[Example] = []
        self.seen: set[Key] = set()
        for node in self.lists.outline.nodes:
            for item in node.items:
                found = self.lists.of(node, item) if may_total(item) else []
                rows = [(each, self.label(each)) for each in found]
                self.seen |= {self.key(each) for each, right in rows if right}
                rows = [row for row in rows if row[1] is not None]
                if rows:
                    self.examples.append(
                        Example(
                            [(GROUPS[each.shape], evidence_of(each, self.lists)) for each, _ in rows],
                            frozenset(at for at, (_, right) in enumerate(rows) if right),
                            weight,
                        )
                    )

    def key(self, each: PartList) -> Key:
        """What a list says, as relations say it."""
        numbers = sum_claim(self.text.prose, each.total.mention, [p.mention for p in each.parts]).numbers
        return _number(numbers["total"]), tuple(sorted(map(_number, numbers["parts"])))

    def label(self, each: PartList) -> bool | None:
        """Whether a list is right; None where it adds up and nobody says so."""
        if self.key(each) in self.truth:
            return True
        parts = [part.mention for part in each.parts]
        return None if adds_up(each.total.mention, parts) else False

    def told(self, margins: Margins) -> Iterator[tuple[PartList, bool, bool]]:
        """The lists that weights choose, whether they are sure, and whether one would be accused of them."""
        for margin, each, evidence in chosen(self.lists, margins, {}):
            sure = is_sure(margins, margin, evidence, doubts(self.text, each, evidence))
            yield each, sure, sure and self.is_accused(each)

    def is_accused(self, each: PartList) -> bool:
        """Whether a list would be said not to match."""
        parts = [part.mention for part in each.parts]
        if adds_up(each.total.mention, parts):
            return False
        claim = sum_claim(self.text.prose, each.total.mention, parts, ClaimVerdict.FAIL)
        return unless_no_slip(claim).verdict is ClaimVerdict.FAIL

    def doubted(self, margins: Margins) -> Iterator[Doubted]:
        """The lists that one doubt speaks against: by how much they were chosen, and what comes of them."""
        for margin, each, evidence in chosen(self.lists, margins, {}):
            found = doubts(self.text, each, evidence)
            if len(found) == 1:
                right = self.key(each) in self.truth
                agrees = adds_up(each.total.mention, [part.mention for part in each.parts])
                wrong = "" if right or agrees else "accused" if self.is_accused(each) else "wrong"
                yield min(found), margin, "right" if right else wrong


class Right(Read):
    """A text that is right throughout: what adds up is right, unless it is small enough to be an accident."""

    def label(self, each: PartList) -> bool | None:
        """Whether a list is right: it adds up."""
        parts = [part.mention for part in each.parts]
        if not adds_up(each.total.mention, parts):
            return False
        if max(part.amount for part in parts) < BIG and len(parts) == 2:
            return None
        self.truth[self.key(each)] = True
        return True


def _number(value: object) -> Decimal:
    return Decimal(str(value)).normalize()


def read_documents(folder: Path) -> Iterator[Read]:
    """The texts of a folder with their relations."""
    listed = yaml.load((folder / "relations.yaml").read_text(encoding="utf-8"), Loader=yaml.CSafeLoader)
    truth: dict[str, dict[Key, bool]] = defaultdict(dict)
    for relation in listed["relations"]:
        numbers = relation["numbers"]
        if relation["kind"] == "sum":
            key = _number(numbers["total"]), tuple(sorted(map(_number, numbers["parts"])))
            truth[relation["doc"]][key] = relation["holds"]
    for name in sorted(name for name in truth if name.endswith(".txt")):
        yield Read(folder / name, name, folder.name, truth[name])


def read_right(folder: Path) -> Iterator[Read]:
    """The right texts of a folder."""
    for path in sorted(folder.glob("*.txt")):
        yield Right(path, path.name, folder.name, {})


def read_wordings(path: Path) -> Iterator[Read]:
    """One text of each template."""
    with tempfile.TemporaryDirectory() as folder:
        for item in templates_of(path):
            names = _drawn(item)
            text = item["text"].rstrip("\n").format(**{name: _Shown(value) for name, value in names.items()})
            file = Path(folder) / "text.txt"
            file.write_text(text + "\n", encoding="utf-8")
            truth = {
                (names[total].normalize(), tuple(sorted(names[part].normalize() for part in parts))): True
                for kind, total, *parts in item["rel"]
                if kind == "sum"
            }
            yield Read(file, item["id"], path.stem, truth, OF_WORDINGS)


class _Shown(Decimal):
    def __format__(self, spec: str) -> str:
        if spec == "02":
            return f"{int(self):02d}"
        digits = max(0, -int(self.as_tuple().exponent))
        return format(Decimal(self), f",.{digits}f").translate(str.maketrans(",.", ".,"))


def _drawn(item: dict[str, Any]) -> dict[str, Decimal]:
    """The numbers of a template, drawn by its id."""
    chance = random.Random(item["id"])
    names: dict[str, Decimal] = {}
    for name, span in item["n"].items():
        low, high = map(int, str(span).split("-"))
        names[name] = Decimal(chance.randint(low, high))
    for name, formula in item.get("let", {}).items():
        names[name] = _value(ast.parse(str(formula), mode="eval").body, names)
    return names


def _value(node: ast.expr, names: dict[str, Decimal]) -> Decimal:
    if isinstance(node, ast.Constant):
        return Decimal(str(node.value))
    if isinstance(node, ast.Name):
        return names[node.id]
    if isinstance(node, ast.BinOp):
        left, right = _value(node.left, names), _value(node.right, names)
        return (
            left + right
            if isinstance(node.op, ast.Add)
            else left - right
            if isinstance(node.op, ast.Sub)
            else left * right
        )
    if not (isinstance(node, ast.Call) and isinstance(node.func, ast.Name)):
        raise SystemExit(ast.dump(node))
    one, other, *rest = [_value(each, names) for each in node.args]
    if node.func.id == "near":
        return (one / other).quantize(Decimal(1), ROUND_HALF_UP) * other
    return (one * 100 / other).quantize(Decimal(1).scaleb(-int(rest[0])), ROUND_HALF_UP)


def despite_of(found: Sequence[Doubted]) -> dict[str, int]:
    """The least margin for each doubt above which nobody is accused wrongly, and hardly a list is wrong."""
    least: dict[str, int] = {}
    for name in sorted({name for name, _, _ in found} - OPEN):
        for step in reversed(STEPS):
            above = Counter(came for each, margin, came in found if each == name and margin >= step)
            if above["accused"] or SELDOM * above["wrong"] > above["right"]:
                break
            if above["right"] >= FEWEST:
                least[name] = step
    return least


def report(texts: Sequence[Read], folds: int) -> dict[str, int]:
    """Print what is told of each folder by weights learnt without its texts; return margins for doubts."""
    rows: dict[str, Counter[str]] = defaultdict(Counter)
    learnt_by = [
        learnt([e for text in texts if _fold(text, folds) != fold for e in text.examples])
        for fold in range(folds)
    ]
    plain = [margins_of(weights, SURE, LEAST, {}) for weights in learnt_by]
    despite = despite_of([each for text in texts for each in text.doubted(plain[_fold(text, folds)])])
    print(f"despite: {despite}")
    for fold in range(folds):
        margins = margins_of(learnt_by[fold], SURE, LEAST, despite)
        for text in [text for text in texts if _fold(text, folds) == fold]:
            row = rows[text.folder]
            row["true"] += len(text.truth)
            row["seen"] += len(text.seen)
            found = {text.key(each): (sure, accused) for each, sure, accused in text.told(margins)}
            row["told"] += len(found)
            row["right"] += sum(key in text.truth for key in found)
            row["sure"] += sum(sure for key, (sure, _) in found.items() if key in text.truth)
            for key, (_, accused) in found.items():
                if accused and key not in text.truth:
                    row["accused"] += 1
                    print(f"accused: {text.folder}/{text.name}: {key[0]} = {' + '.join(map(str, key[1]))}")
    names = ("true", "seen", "told", "right", "sure", "accused")
    print(f"{'folder':20}" + "".join(f"{name:>9}" for name in names))
    for folder, row in rows.items():
        print(f"{folder:20}" + "".join(f"{row[name]:>9}" for name in names))
    return despite


def _fold(text: Read, folds: int) -> int:
    return int(hashlib.sha256(f"{text.folder}/{text.name}".encode()).hexdigest(), 16) % folds


def main() -> None:
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("--documents", type=Path, nargs="+", default=[])
    parser.add_argument("--right", type=Path, nargs="+", default=[])
    parser.add_argument("--wordings", type=Path, nargs="+", default=[])
    parser.add_argument("--folds", type=int, default=5)
    parser.add_argument("--without", nargs="+", default=[], help="names of folders that are not learnt from")
    parser.add_argument("--write", action="store_true")
    parser.add_argument("--output", type=Path, default=PARTS)
    given = parser.parse_args()
    texts = [text for folder in given.documents for text in read_documents(folder)]
    texts += [text for folder in given.right for text in read_right(folder)]
    texts += [text for path in given.wordings for text in read_wordings(path)]
    despite = report(texts, given.folds)
    if given.write:
        write(given.output, [text for text in texts if text.folder not in given.without], despite)


def write(path: Path, texts: Iterable[Read], despite: dict[str, int]) -> None:
    """Learn from all texts and write the weights."""
    weights = learnt([example for text in texts for example in text.examples])
    made = {"sure": SURE, "least": LEAST, "despite": despite, "weights": dict(sorted(weights.items()))}
    write_weights(path, HEAD, made)


HEAD = """How much each piece of evidence weighs for figures' being parts of a total, in general and in one
group of shapes (hundredths of log-odds), and the margins over all other lists from which on one is sure, is
told at all, and is sure despite a doubt. Written by `python benchmarks/train_parts.py … --write`; see
docs/finding.md. What adds up is judged exactly, and these numbers see no value: they choose what is looked
at."""


if __name__ == "__main__":
    main()
