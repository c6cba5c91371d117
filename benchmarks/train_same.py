"""Learn which earlier figure a later one tells again, and measure it with documents left out.

usage: python benchmarks/train_same.py FOLDER... [--bank SCORER TEMPLATES...] [--write]

Each FOLDER holds documents, and ``relations.yaml`` if relations were read by hand (``kind: restatement``,
with ``quote`` and ``other_quotes``). A pair of figures of a document is right if a relation says so, or if
both are the same figure of three digits or more; equal figures of fewer digits that no relation names are
left aside, all other pairs are wrong. TEMPLATES are wordings as ``score_paraphrases.py`` (SCORER) draws
them. Digits serve for telling right from wrong here, and are no part of what is learnt from
(``claims/same_evidence.py``).

Printed for each folder, of weights learnt from all other folders (documents that are right, and wordings, in
thirds): from which chances on how many choices are right and wrong, how many planted errors are told, and how
many right figures accused. With ``--write`` weights learnt from everything go to ``rules/claims/same.yaml``.
"""

from __future__ import annotations

import argparse
import math
import re
import tempfile
from collections import Counter, defaultdict
from dataclasses import dataclass
from fractions import Fraction
from pathlib import Path
from typing import TYPE_CHECKING, Any

import yaml
from log_linear import Example, learnt
from training import drawn, scorer_of, templates_of, text_of, write_weights

from validator.claims import load_vocabulary
from validator.claims.claim import ClaimVerdict
from validator.claims.find import read_text
from validator.claims.identity_word import load_identity
from validator.claims.precision import is_same_value
from validator.claims.said import said_in_tables
from validator.claims.same_choice import choices, choosing_of, corpus_of, questions, values_in, verdict_of
from validator.claims.same_evidence import Corpus, group_of
from validator.claims.teller import said_of
from validator.readers.document import read_document

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping, Sequence

    from validator.claims.structure import Text
    from validator.claims.told import Told
    from validator.text.mention import Mention

SAME = Path(__file__).resolve().parent.parent / "rules" / "claims" / "same.yaml"
CHANCES = {"likely": 200, "sure": 300, "telling": 600, "certain": 800, "swapped": 100}
RIDGE, ROUNDS, KEPT = 6.0, 10, 3
DIGITS, HEDGE, TRIES, FOLDS = 3, 20, 30, 3
BINARY = 1 / math.log(2)
"""Weights are learnt as logarithms of the base e and written as such of the base two."""
Pair = tuple[int, int]


@dataclass
class Read:
    """A document or text: its figures, the pairs that are right, and those of them that were planted."""

    group: str
    name: str
    corpus: Corpus
    right: set[Pair]
    false: set[Pair]
    is_document: bool

    def examples(self) -> Iterator[Example]:
        """One question for each later figure; of those without an answer some, weighing more."""
        for view, others, found in questions(self.corpus):
            kept = [
                (group_of(view, other), names, value)
                for other, names in zip(others, found, strict=True)
                if (value := self.is_right(other.told, view.told, (other.at, view.at))) is not None
            ]
            right = frozenset(at for at, (_, _, value) in enumerate(kept) if value)
            if kept and (right or view.at % KEPT == 0):
                yield Example([each[:2] for each in kept], right, 1.0 if right else float(KEPT))

    def is_right(self, one: Told, other: Told, pair: Pair) -> bool | None:
        """Whether two figures are the same; None if nobody knows."""
        if pair in self.right:
            return True
        a, b = one.mention, other.mention
        hedged = "hedged" in one.traits | other.traits and abs(a.amount - b.amount) * HEDGE < b.amount
        if not is_same_value(a, b):
            return None if hedged else False
        return True if self.is_document and _is_rare(a) and _is_rare(b) else None


def _is_rare(mention: Mention) -> bool:
    digits = str(int(mention.value * 10**mention.decimals)).rstrip("0")
    return len(digits) >= DIGITS


# ── documents ────────────────────────────────────────────────────────────────────────────────────


def read_corpus(path: Path) -> tuple[Text, Corpus] | None:
    """The figures of a file."""
    document = read_document(path).document
    if document is None:
        return None
    text, grids = read_text(document, load_vocabulary())
    words = load_identity(text.prose.vocabulary.name, degraded=text.prose.degraded)
    return text, corpus_of(text, grids, [*said_in_tables(text, grids, words), *said_of(text, words)], words)


def of_folder(folder: Path) -> Iterator[Read]:
    """The documents of a folder, each once, in whichever format."""
    relations: dict[str, list[dict[str, Any]]] = defaultdict(list)
    if (folder / "relations.yaml").exists():
        listed = yaml.load((folder / "relations.yaml").read_text(encoding="utf-8"), Loader=yaml.CSafeLoader)
        for relation in listed["relations"]:
            if relation.get("kind") == "restatement":
                relations[relation["doc"]].append(relation)
    kind = folder.name if relations else ""
    seen: set[str] = set()
    files = [path for path in folder.iterdir() if path.suffix in {".txt", ".docx", ".xlsx"}]
    for path in sorted(files, key=lambda path: (path.stem, path.suffix != ".txt", path.suffix)):
        read = None if path.stem in seen else read_corpus(path)
        if read is None:
            continue
        seen.add(path.stem)
        text, corpus = read
        right, false = set(), set()
        for relation in relations[path.name]:
            pairs = set(_located(text, corpus, relation))
            right |= pairs
            false |= pairs if not relation["holds"] else set()
        group = kind or f"right {sum(map(ord, path.stem)) % FOLDS}"
        yield Read(group, path.stem, corpus, right, false, is_document=True)


def _located(text: Text, corpus: Corpus, relation: Mapping[str, Any]) -> Iterator[Pair]:
    """The figures that the quotes of a relation hold."""
    try:
        values = {Fraction(str(value)) for value in relation["numbers"].get("values", ())}
    except ValueError:
        return
    quotes = [relation["quote"], *(relation.get("other_quotes") or [relation["quote"]])]
    held = [
        [view.at for view in corpus.views if _is_quoted(text, view.told, quote, values)] for quote in quotes
    ]
    for at, ones in enumerate(held):
        for others in held[at + 1 :]:
            yield from ((min(a, b), max(a, b)) for a in ones for b in others if a != b)


def _is_quoted(text: Text, told: Told, quote: str, values: set[Fraction]) -> bool:
    m = told.mention
    if not any(
        m.amount in (value, value * 1000, value * 10**6, value * 10**9) or m.value == value
        for value in values
    ):
        return False
    passage = text.prose.passages[m.passage]
    wanted = _plain(quote).lstrip("-+* ")
    if passage.in_table:
        return wanted in _plain(text.prose.quotes.get(m.passage, ""))
    return wanted in _plain(passage.text[max(0, m.start - len(quote) - 5) : m.end + len(quote) + 5])


def _plain(text: str) -> str:
    return re.sub(r"[\s|;]+", " ", text).strip()


# ── wordings ─────────────────────────────────────────────────────────────────────────────────────


def of_templates(scorer: Path, templates: Path) -> Iterator[Read]:
    """The true texts of templates, in which no two figures are equal that are not said to be."""
    draw = scorer_of(scorer)
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "text.txt"
        for item in templates_of(templates):
            same = [tuple(each[1:]) for each in item["rel"] if each[0] == "restatement"]
            names = _drawn(draw, item, same)
            path.write_text(text_of(item, names), encoding="utf-8")
            read = read_corpus(path)
            if read is not None:
                right = {pair for a, b in same for pair in _valued(read[1], names[a].value, names[b].value)}
                fold = sum(map(ord, item["id"])) % FOLDS
                yield Read(f"wordings {fold}", item["id"], read[1], right, set(), is_document=False)


def _drawn(draw: Any, item: dict[str, Any], same: Sequence[tuple[str, str]]) -> dict[str, Any]:
    alike = {b: a for a, b in same}
    names: dict[str, Any] = {}
    for turn in range(TRIES):
        names = drawn(draw, item, turn)
        values = defaultdict(set)
        for name, number in names.items():
            values[number.value].add(alike.get(name, name))
        if all(len(found) == 1 for found in values.values()):
            break
    return names


def _valued(corpus: Corpus, one: Any, other: Any) -> Iterator[Pair]:
    def has(told: Told, value: Any) -> bool:
        return Fraction(value) in (told.mention.amount, Fraction(told.mention.value)) or any(
            told.mention.amount == Fraction(value) * scale for scale in (1000, 10**6)
        )

    for a in corpus.views:
        for b in corpus.views:
            if a.at < b.at and (
                (has(a.told, one) and has(b.told, other)) or (has(a.told, other) and has(b.told, one))
            ):
                yield a.at, b.at


# ── the report ───────────────────────────────────────────────────────────────────────────────────


def report(read: Sequence[Read], data: Mapping[str, int]) -> Counter[str]:
    """Count what is chosen by weights: right, wrong, planted falsehoods told, right figures accused."""
    choosing = choosing_of(data, CHANCES)
    count: Counter[str] = Counter()
    for each in read:
        places = {id(view.told): view.at for view in each.corpus.views}
        values = values_in(each.corpus)
        for choice in choices(each.corpus, choosing.weights):
            pair = places[id(choice.other)], places[id(choice.later)]
            right = each.is_right(choice.other, choice.later, pair)
            verdict = verdict_of(choice, values, choosing)
            for name, least in CHANCES.items():
                if choice.chance >= least and right is not None:
                    count[f"{name} {'right' if right else 'wrong'}"] += 1
            if verdict is ClaimVerdict.FAIL:
                count["told" if pair in each.false else "accused" if right is False else "other"] += 1
                if right is False:
                    figures = choice.later.mention.text, choice.other.mention.text
                    print("accused:", each.group, each.name, choice.chance, *figures)
    return count


def main() -> None:
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("folders", type=Path, nargs="+")
    parser.add_argument("--bank", type=Path, nargs="+", default=[])
    parser.add_argument("--write", action="store_true")
    given = parser.parse_args()
    read = [each for folder in given.folders for each in of_folder(folder)]
    read += [each for bank in given.bank[1:] for each in of_templates(given.bank[0], bank)]
    examples = {id(each): list(each.examples()) for each in read}
    total: Counter[str] = Counter()
    for group in sorted({each.group for each in read}):
        data = scaled([example for each in read if each.group != group for example in examples[id(each)]])
        count = report([each for each in read if each.group == group], data)
        total.update(count)
        print(f"{group:16}" + _row(count), flush=True)
    print(f"{'all':16}" + _row(total))
    if given.write:
        data = scaled([example for each in read for example in examples[id(each)]])
        made = {"chances": CHANCES, "weights": data}
        write_weights(SAME, HEAD, made)


def scaled(examples: Iterable[Example]) -> dict[str, int]:
    """The weights to the base of two, without those that weigh next to nothing."""
    data = learnt(list(examples), rounds=ROUNDS, ridge=RIDGE)
    return {name: value for name, weight in data.items() if abs(value := round(weight * BINARY)) >= KEPT}


def _row(count: Counter[str]) -> str:
    said = [f"{name} {count[f'{name} right']:3} right {count[f'{name} wrong']:3} wrong" for name in CHANCES]
    return " | ".join((*said, f"planted errors told {count['told']}, accused {count['accused']}"))


HEAD = """Whether a later figure tells an earlier one again: how much each piece of evidence weighs
(hundredths of log-odds to the base of two; `sum:` where figures are summed up, `in_table:` of text after
a table and so on), and the chances in thousandths from which on something is said. Written by
`python benchmarks/train_same.py … --write`; see docs/finding.md."""


if __name__ == "__main__":
    main()
