"""Citations: a document's type, symbol, date and issuer must go together, here and elsewhere."""

from __future__ import annotations

import re
from collections import defaultdict
from typing import TYPE_CHECKING

from validator.claims.claim import Claim, ClaimKind, ClaimVerdict
from validator.claims.identity_word import load_identity
from validator.claims.stretch import find_stretches
from validator.claims.window import find_dateline
from validator.model.record import record
from validator.text.cue import cue_at
from validator.text.read import read_passage
from validator.text.token import TokenKind

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence

    from validator.claims.day import Day
    from validator.claims.prose import Prose
    from validator.model.location import Location
    from validator.text.mention import Reading
    from validator.text.token import Token
    from validator.text.vocabulary import DocumentTypes, Lexicon

_SYMBOL = re.compile(r"([0-9]+(?:[./-][0-9]{1,2})?[a-z]?)(?:/((?:19|20)[0-9]{2}))?[/–-](.+)", re.DOTALL)
_PARTS = re.compile(r"[^\W_]+")
_SHORTEST = 4
_TITLE = 10
_TYPE_WORDS = 6
_SAME_TITLE, _LEAST_TITLE = 4, 3
_SUBJECT, _LEAST_CODES, _BEFORE = 24, 2, 24


@record
class Citation:
    """A document named by its symbol; ``type`` is the code of the type word, ``letter`` a letter's."""

    symbol: str
    number: str
    year: str
    codes: tuple[str, ...]
    type: str
    type_word: str
    day: Day | None
    issuer: str
    title: frozenset[str]
    about: int
    quote: str
    location: Location


def find_citations(prose: Prose) -> Iterator[Claim]:
    """Yield what is wrong with single citations, and with those of one symbol together."""
    types = prose.vocabulary.documents
    citations = [c for reading in prose.readings.values() for c in _citations(prose, reading)]
    by_symbol: dict[str, list[Citation]] = defaultdict(list)
    for citation in citations:
        by_symbol[citation.symbol].append(citation)
        yield from _single(citation, types, degraded=prose.degraded)
    for group in by_symbol.values():
        if len(group) > 1:
            yield from _together(group)
    yield from _later(citations, find_dateline(prose))
    yield from _unnumbered(prose, citations)


def _later(citations: Iterable[Citation], dateline: Day | None) -> Iterator[Claim]:
    """No report cites what was issued after it."""
    if dateline is None or dateline.value is None:
        return
    for citation in citations:
        if citation.day is None or citation.day.value is None:
            continue
        holds = citation.day.value <= dateline.value
        yield Claim(
            kind=ClaimKind.LEQ,
            verdict=ClaimVerdict.PASS if holds else ClaimVerdict.FAIL,
            quote=citation.quote,
            location=citation.location,
            numbers={"smaller": citation.day.value.isoformat(), "larger": dateline.value.isoformat()},
            reason="" if holds else "cited-before-issued",
            help={}
            if holds
            else {"symbol": citation.symbol, "date": citation.day.text, "dateline": dateline.text},
        )


def _unnumbered(prose: Prose, citations: Sequence[Citation]) -> Iterator[Claim]:
    """Documents of others cited with a symbol that lacks its number: the own one may be yet to come."""
    own = citations[0].codes[:1] if citations else ()
    for index, passage in enumerate(prose.passages):
        if "/" not in passage.text or passage.text.lstrip().startswith("("):
            continue
        reading = prose.readings.get(index) or prose.cells.get(index)
        reading = reading or read_passage(passage, index, prose.lexicon, prose.vocabulary)
        for cue in reading.cues:
            codes = _codes_after(reading.tokens, cue.last) if "number_word" in cue.tags else ()
            if len(codes) < _LEAST_CODES or codes[:1] == own:
                continue
            type_code, type_word = _type_before(reading, cue.last, prose.lexicon)
            if not type_code:
                continue
            symbol = "/" + "-".join(codes)
            start, end = reading.tokens[cue.last].start, reading.tokens[cue.last + 2 * len(codes) - 1].end
            yield Claim(
                kind=ClaimKind.CITATION,
                verdict=ClaimVerdict.FAIL,
                quote=reading.quote(max(0, start - _BEFORE), end),
                location=passage.place(start, end),
                numbers={"symbol": symbol},
                reason="number-missing",
                help={"type": type_word, "symbol": symbol},
            )


def _codes_after(tokens: Sequence[Token], at: int) -> tuple[str, ...]:
    """The codes of a symbol whose number is left out, behind its stroke: "/SNV-CCHC"."""
    found: list[str] = []
    mark = "/"
    while at + 1 < len(tokens) and tokens[at].key == mark and tokens[at + 1].text.isupper():
        found.append(tokens[at + 1].text)
        at, mark = at + 2, "-"
    return tuple(found)


def _citations(prose: Prose, reading: Reading) -> Iterator[Citation]:
    days = {day.first: day for day in prose.days_of(reading)}
    symbols = [at for at, token in enumerate(reading.tokens) if token.kind is TokenKind.SYMBOL]
    for position in symbols:
        token = reading.tokens[position]
        symbol = re.sub(r"\s+", "", token.text).replace("–", "-")
        found = _SYMBOL.fullmatch(symbol)
        if found is None:
            continue
        type_code, type_word = _type_before(reading, position, prose.lexicon)
        day = _day_after(reading, position, days)
        after = day.last if day else position + 1
        end = reading.tokens[after - 1].end
        start = reading.tokens[max(0, position - 3)].start
        yield Citation(
            symbol=symbol,
            number=found[1],
            year=found[2] or "",
            codes=tuple(_PARTS.findall(found[3])),
            type=type_code,
            type_word=type_word,
            day=day,
            issuer=_issuer_after(reading, after),
            title=_title(reading, after),
            about=_year_about(prose, reading, after),
            quote=reading.quote(start, end),
            location=reading.passage.place(token.start, token.end),
        )


def _title(reading: Reading, position: int) -> frozenset[str]:
    """The words right behind a citation, up to the end of their clause."""
    near = reading.tokens[position : position + _TITLE]
    stop = next((at for at, token in enumerate(near) if token.key in {";", "."}), len(near))
    return frozenset(token.key for token in near[:stop] if token.kind is TokenKind.WORD)


def _year_about(prose: Prose, reading: Reading, position: int) -> int:
    """The year that the words behind a citation end its subject with; 0 without one."""
    words = load_identity(prose.vocabulary.name, degraded=prose.degraded)
    near = reading.tokens[position : position + _SUBJECT]
    stop = next((at for at, token in enumerate(near) if token.key in {";", ".", "("}), len(near))
    named = [stretch for _, stretch in find_stretches(near[:stop], words) if stretch.kind == "year"]
    return named[0].year if named else 0


def _day_after(reading: Reading, position: int, days: dict[int, Day]) -> Day | None:
    """The day of issue: right after the symbol, or after the word for a day alone."""
    first = position + 1
    cues = reading.cues_between(first, first + 1)
    if cues and "day_word" in cues[0].tags and not cues[0].tags & {"from_word", "to_word"}:
        first = cues[0].last
    return days.get(first)


def _type_before(reading: Reading, position: int, lexicon: Lexicon) -> tuple[str, str]:
    """The code and the word of the type named right before a symbol."""
    for first in range(position - 1, max(-1, position - _TYPE_WORDS), -1):
        # A longer phrase may have swallowed the word ("under the plan"): look at every token.
        cue = cue_at(reading.tokens, first, lexicon)
        if cue is None or cue.last > position:
            continue
        gap = reading.tokens[cue.last : position]
        if len(gap) > 2 or any(token.kind is not TokenKind.WORD and token.key != ":" for token in gap):
            return "", ""
        word = reading.quote(reading.tokens[first].start, reading.tokens[cue.last - 1].end)
        code = next((tag[5:] for tag in sorted(cue.tags) if tag.startswith("type:")), "")
        if code or "letter" in cue.tags:
            return code or "letter", word
        if "any_document" in cue.tags:
            return "", word
    return "", ""


def _issuer_after(reading: Reading, position: int) -> str:
    """The code of the issuer that "of …" names right after the citation."""
    cues = reading.cues_between(position, position + 3)
    if not any("of_word" in cue.tags for cue in cues):
        return ""
    return next((tag[7:] for cue in cues for tag in sorted(cue.tags) if tag.startswith("issuer:")), "")


def _single(citation: Citation, types: DocumentTypes, *, degraded: bool) -> Iterator[Claim]:
    code = citation.codes[0] if citation.codes else ""
    known = code in types.by_code
    named = citation.type
    if known and named and named != code and not _may_be(code, citation, types):
        yield _claim(citation, "type-differs-from-symbol", {"type": citation.type_word, "code": code})
    elif not known and named not in {"", "letter"} and not citation.year and code in types.known_issuers:
        yield _claim(citation, "", {}, ClaimVerdict.UNDECIDED)
    signer = types.signed_by.get(code)
    if signer and citation.issuer and citation.issuer != signer and named in {"", code}:
        yield _claim(citation, "issuer-differs-from-symbol", {"code": code})
    for part in citation.codes:
        if not degraded and (meant := _misspelt(part, types)):
            yield _claim(citation, "issuer-misspelt", {"code": part, "meant": meant})
    if citation.day and citation.day.value:
        year = str(citation.day.value.year)
        right = types.register.get(citation.symbol)
        if citation.year and citation.year != year:
            yield _claim(
                citation, "year-differs-from-symbol", {"year": citation.year, "date": citation.day.text}
            )
        elif right and right != citation.day.value:
            yield _claim(
                citation,
                "date-differs-from-register",
                {"date": citation.day.text, "right": f"{right.day:02}/{right.month:02}/{right.year}"},
            )


def _may_be(code: str, citation: Citation, types: DocumentTypes) -> bool:
    """Whether a code that looks like a type may be an issuer's instead."""
    if citation.type == "letter" and not types.known_issuers.intersection(citation.codes[1:]):
        return True
    return code in types.ambiguous and (citation.type == "letter" or len(citation.codes) == 1)


def _misspelt(code: str, types: DocumentTypes) -> str:
    """The known issuer that a code all but spells; nothing for a code that is known."""
    if len(code) < _SHORTEST or code in types.known_issuers or code in types.by_code or not code.isupper():
        return ""
    for known in sorted(types.often_misspelt):
        close = len(known) >= _SHORTEST and abs(len(known) - len(code)) <= 1 and known[-1] == code[-1]
        if close and _common(code, known) >= max(len(known), len(code)) - 1:
            return known
    return ""


def _common(one: str, other: str) -> int:
    """The length of the longest common subsequence of two short codes."""
    row = [0] * (len(other) + 1)
    for letter in one:
        before = 0
        for index, match in enumerate(other, start=1):
            before, row[index] = (
                row[index],
                before + 1 if letter == match else max(row[index], row[index - 1]),
            )
    return row[-1]


def _together(group: list[Citation]) -> Iterator[Claim]:
    """One symbol, several dates: a slip if nothing but one part of the date differs."""
    dated = [citation for citation in group if citation.day and citation.day.value]
    first = dated[0] if dated else None
    if first is None or first.day is None or first.day.value is None:
        return
    for citation in dated[1:]:
        if citation.day is None or citation.day.value is None or citation.day.value == first.day.value:
            continue
        one, other = first.day.value, citation.day.value
        same_day = (one.day, one.month) == (other.day, other.month)
        same_month = (one.month, one.year) == (other.month, other.year) and _is_titled_alike(first, citation)
        same_type = first.type == citation.type
        same_year = one.year == other.year and len(citation.title & first.title) >= _SAME_TITLE
        other_subject = citation.about and first.about and citation.about != first.about
        sure = bool(citation.year) or (
            not other_subject
            and (same_day or same_month or same_year)
            and same_type
            and first.issuer == citation.issuer
        )
        verdict = ClaimVerdict.FAIL if sure else ClaimVerdict.UNDECIDED
        yield _claim(
            citation,
            "two-dates" if sure else "",
            {"date": citation.day.text, "other": first.day.text} if sure else {},
            verdict,
        )
        return
    for citation in dated[1:]:
        about = citation.about and first.about and citation.about != first.about
        if about and len(citation.title & first.title) >= _SAME_TITLE:
            years = {"year": str(citation.about), "other": str(first.about)}
            yield _claim(citation, "two-subject-years", years)
            return
    if len(dated) > 1:
        yield _claim(dated[-1], "", {}, ClaimVerdict.PASS)


def _is_titled_alike(one: Citation, other: Citation) -> bool:
    """Whether the words behind one citation go on as those behind the other do, as far as they go."""
    short, long = sorted((one.title, other.title), key=len)
    return len(short) >= _LEAST_TITLE and short <= long


def _claim(
    citation: Citation, reason: str, help_args: dict[str, str], verdict: ClaimVerdict = ClaimVerdict.FAIL
) -> Claim:
    return Claim(
        kind=ClaimKind.CITATION,
        verdict=verdict,
        quote=citation.quote,
        location=citation.location,
        numbers={"symbol": citation.symbol},
        reason=reason,
        help={"symbol": citation.symbol, **help_args} if reason else {},
    )
