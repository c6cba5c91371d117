"""The words of one language from which claims are read, loaded from ``rules/claims``."""

from __future__ import annotations

from collections import defaultdict
from datetime import date
from fractions import Fraction
from functools import cache
from pathlib import Path
from typing import TYPE_CHECKING, Any

from validator.model.location import Location
from validator.model.problem import Problem, ValidatorError
from validator.model.record import record
from validator.readers.notation import Notation, load_notation
from validator.resources import load_words, rules_folder
from validator.text.fold import accented, bare, rough
from validator.text.number_word import NumberWords, number_words

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Mapping, Sequence

_PLAIN_SECTIONS = (
    "narrowing",
    "traits",
    "closing",
    "title",
    "data_until",
    "outlook",
    "from_word",
    "to_word",
    "month_word",
    "year_word",
    "day_before",
    "fresh",
)


_STRUCTURAL = frozenset(
    {
        "parts_all",
        "parts_some",
        "share",
        "part_share",
        "from_word",
        "to_word",
        "unit:person",
        "name_before",
        "month_word",
        "year_word",
    }
)


@record(kw_only=False)
class Phrase:
    """Words that follow each other, with what they signal."""

    words: tuple[str, ...]
    tags: frozenset[str]
    bare: str = ""

    def may_be(self, text: str) -> bool:
        """Whether a single word of scanned text is this one: its letters, not only its outline."""
        return not self.bare or bare(text) == self.bare


@record
class Lexicon:
    """Phrases by their first word, longest first; ``fold`` brings a word to the form compared.

    ``by_words`` are the same by their first word, length and words. ``point``: decimals follow a point
    and commas group digits.
    """

    degraded: bool
    phrases: Mapping[str, tuple[Phrase, ...]]
    by_words: Mapping[str, Sequence[tuple[int, Mapping[tuple[str, ...], Sequence[Phrase]]]]]
    stop: frozenset[str]
    fold: Callable[[str], str]
    point: bool = False


@record
class DocumentTypes:
    """Types of document, their codes and issuers, and the well-known ones by symbol."""

    by_code: Mapping[str, frozenset[str]]
    code_of: Mapping[str, str]
    issuer_of: Mapping[str, tuple[str, ...]]
    signed_by: Mapping[str, str]
    ambiguous: frozenset[str]
    known_issuers: frozenset[str]
    register: Mapping[str, date]
    often_misspelt: frozenset[str]


@record(kw_only=False)
class Foreign:
    """Words that another language is known by, and those that say in it that a change follows."""

    words: frozenset[str]
    least: Fraction
    change: frozenset[str]


@record
class Vocabulary:
    """All the words of a language that claims are read from."""

    name: str
    notation: Notation
    reliable_diacritics: Fraction
    marked: Lexicon
    unmarked: Lexicon
    hypernyms: Mapping[str, str]
    documents: DocumentTypes
    late: tuple[str, ...]
    foreign: Foreign
    number_words: NumberWords | None = None
    telling: frozenset[str] = frozenset()
    neutral: tuple[str, ...] = ()
    shares: tuple[str, ...] = ()

    def neutral_words(self, *, degraded: bool) -> frozenset[str]:
        """The folded words that may stand after a percentage without naming another base."""
        return _folded_words(self.neutral, degraded=degraded)

    def share_words(self, *, degraded: bool) -> frozenset[str]:
        """The folded words that say that a share follows."""
        return _folded_words(self.shares, degraded=degraded)

    def lexicon(self, *, degraded: bool) -> Lexicon:
        """The lexicon for a text with reliable diacritics, or for one without."""
        return self.unmarked if degraded else self.marked


@cache
def load_vocabulary(path: str | None = None) -> Vocabulary:
    """Load a vocabulary file, or the Vietnamese one that ships; a file that is none raises."""
    source = Path(path) if path else rules_folder() / "claims" / "vi.yaml"
    try:
        return _build(load_words(source))
    except (OSError, ValueError, KeyError, TypeError, AttributeError) as fault:
        place = Location(file=str(source))
        problem = Problem(code="claims/bad-vocabulary", location=place, args={"detail": str(fault)})
        raise ValidatorError(problem) from fault


@cache
def _folded_words(phrases: tuple[str, ...], *, degraded: bool) -> frozenset[str]:
    fold = rough if degraded else accented
    return frozenset(fold(word) for phrase in phrases for word in phrase.split())


def _build(data: Mapping[str, Any]) -> Vocabulary:
    tagged = _tagged_phrases(data)
    stop = [word for phrase in data["stop_words"] for word in str(phrase).split()]
    notation = load_notation(str(rules_folder() / "notation" / f"{data['claims']}.yaml"))
    point = notation.data.decimal == "."
    return Vocabulary(
        name=str(data["claims"]),
        notation=notation,
        reliable_diacritics=Fraction(data["reliable_diacritics"]),
        marked=_lexicon(tagged, stop, degraded=False, point=point),
        unmarked=_lexicon(tagged, stop, degraded=True, point=point),
        telling=frozenset(map(str, data.get("telling", ()))),
        hypernyms={f"unit:{group}": str(words[0]) for group, words in data["units"].items()},
        foreign=Foreign(
            words=frozenset(map(str, data["foreign"]["words"])),
            least=Fraction(data["foreign"]["least"]),
            change=frozenset(map(str, data["foreign"]["change"])),
        ),
        documents=_document_types(data["documents"]),
        neutral=tuple(map(str, (*data["cues"]["neutral"], *data["cues"]["explicit_base"]))),
        shares=tuple(map(str, (*data["cues"]["share"], *data["cues"]["rate"], *data["cues"]["vague"]))),
        late=tuple(str(word).casefold() for word in data["states"]["late"]),
        number_words=number_words(data.get("number_words"), accented),
    )


def _tagged_phrases(data: Mapping[str, Any]) -> dict[str, set[str]]:
    """Map each phrase as written to its tags."""
    tagged: dict[str, set[str]] = defaultdict(set)
    sections = {
        **data["cues"],
        **{f"name_{side}": words for side, words in data["names"].items()},
        **{f"stage_{stage}": words for stage, words in data["stages"].items()},
        **{f"state_{state}": words for state, words in data["states"].items()},
        **{f"channel_{channel}": words for channel, words in data["channels"].items()},
        **{f"level_{level}": words for level, words in data["levels"].items()},
        **{f"table_{column}": words for column, words in data["table"].items()},
        **{name: data[name] for name in _PLAIN_SECTIONS},
        **{f"issuer:{code}": words for code, words in data["documents"]["issuers"].items()},
        **{f"type:{code}": words for code, words in data["documents"]["types"].items()},
        **{name: data["documents"][name] for name in ("letter", "number_word", "day_word", "of_word")},
        "any_document": data["documents"]["any"],
        **{f"type:{code}": [word] for word, code in data["documents"]["abbreviations"].items()},
    }
    for tag, words in sections.items():
        for phrase in words:
            tagged[str(phrase)].add(tag)
    for code, words in data["documents"]["types"].items():
        for phrase in words:
            tagged[str(phrase)].add(f"type:{code}")
    for group, words in data["units"].items():
        for phrase in words:
            tagged[str(phrase)] |= {f"unit:{group}", f"is:{phrase}"}
    for name, words in data["same_words"].items():
        for phrase in words:
            tagged[str(phrase)].add(f"same:{name}")
    return tagged


def _lexicon(tagged: Mapping[str, set[str]], stop: Iterable[str], *, degraded: bool, point: bool) -> Lexicon:
    merged: dict[tuple[tuple[str, ...], str], set[str]] = defaultdict(set)
    for phrase, tags in tagged.items():
        words = phrase.split()
        folded = tuple((rough if degraded else accented)(word) for word in words)
        # One word whose vowels are uncertain is too weak a signal: its letters must be right,
        # unless it is one of those that carry the structure.
        single = bare(phrase) if degraded and len(words) == 1 else ""
        merged[folded, single] |= set(tags)
        if single and len(single) > 2 and tags & _STRUCTURAL:
            merged[folded, ""] |= {tag for tag in tags if tag in _STRUCTURAL or tag.startswith("is:")}
    by_first: dict[str, list[Phrase]] = defaultdict(list)
    for (folded, single), tags in merged.items():
        by_first[folded[0]].append(Phrase(folded, frozenset(tags), single))
    phrases = {
        first: tuple(sorted(group, key=lambda phrase: (-len(phrase.words), not phrase.bare)))
        for first, group in by_first.items()
    }
    return Lexicon(
        degraded=degraded,
        point=point,
        fold=rough if degraded else accented,
        phrases=phrases,
        by_words={first: _by_words(group) for first, group in phrases.items()},
        stop=frozenset((rough if degraded else accented)(word) for word in stop),
    )


def _by_words(
    phrases: Sequence[Phrase],
) -> Sequence[tuple[int, Mapping[tuple[str, ...], Sequence[Phrase]]]]:
    """Phrases of one first word by length, longest first, and words."""
    found: dict[int, dict[tuple[str, ...], list[Phrase]]] = {}
    for phrase in phrases:
        found.setdefault(len(phrase.words), {}).setdefault(phrase.words, []).append(phrase)
    return tuple(found.items())


def _document_types(data: Mapping[str, Any]) -> DocumentTypes:
    return DocumentTypes(
        by_code={code: frozenset(map(str, words)) for code, words in data["types"].items()},
        code_of={str(word): code for code, words in data["types"].items() for word in words},
        issuer_of={code: tuple(map(str, words)) for code, words in data["issuers"].items()},
        signed_by={str(kind): str(issuer) for kind, issuer in data["signed_by"].items()},
        ambiguous=frozenset(map(str, data["ambiguous"])),
        known_issuers=frozenset(map(str, data["known_issuers"])),
        often_misspelt=frozenset(map(str, data["often_misspelt"])),
        register={str(symbol): _day(day) for symbol, day in data["register"].items()},
    )


def _day(value: Any) -> date:
    return value if isinstance(value, date) else date.fromisoformat(str(value))
