"""A passage → its reading: its tokens, cues and mentions, read once whoever asks."""

from __future__ import annotations

from typing import TYPE_CHECKING

from validator.model.record import evolve
from validator.text.cue import find_cues
from validator.text.frame import frame_of
from validator.text.mention import Cue, Mention, MentionKind, Reading
from validator.text.qualifier import with_ranges
from validator.text.ratio import with_ratios
from validator.text.reader import MentionReader
from validator.text.token import TokenKind, tokenise

if TYPE_CHECKING:
    from validator.text.passage import Passage
    from validator.text.vocabulary import Lexicon, Vocabulary


def read_passage(passage: Passage, index: int, lexicon: Lexicon, vocabulary: Vocabulary) -> Reading:
    """Read one passage; one that was read before, as binding does before claims, is not read again."""
    key = (passage.text, id(lexicon), id(vocabulary))
    known = _KEPT.get(key)
    if known is None:
        reading = _read(passage, index, lexicon, vocabulary)
        if len(_KEPT) >= _MOST_KEPT:
            _KEPT.clear()
        if len(passage.text) <= _LONGEST_KEPT:
            _KEPT[key] = (reading, lexicon, vocabulary)
        return reading
    reading = known[0]
    if reading.index == index:
        return evolve(reading, passage=passage)
    mentions = tuple([evolve(mention, passage=index) for mention in reading.mentions])
    return evolve(reading, passage=passage, index=index, mentions=mentions)


_KEPT: dict[tuple[str, int, int], tuple[Reading, Lexicon, Vocabulary]] = {}
"""What texts were read as, by the text and the words it was read with, which are kept so that none takes
their place. A report of fifty pages has some hundred passages; what is kept stays within some 20 MB."""
_MOST_KEPT, _LONGEST_KEPT = 1_500, 4_000


def _read(passage: Passage, index: int, lexicon: Lexicon, vocabulary: Vocabulary) -> Reading:
    tokens = tokenise(passage.text, lexicon)
    cues = find_cues(tokens, lexicon)
    if not any(token.kind is TokenKind.NUMBER for token in tokens):
        return Reading(passage=passage, index=index, tokens=tokens, cues=cues, cue_places=_places(cues))
    frame = frame_of(tokens)
    mentions = MentionReader(index, tokens, cues, frame, lexicon, vocabulary).mentions()
    return Reading(
        passage=passage,
        index=index,
        tokens=tokens,
        cues=cues,
        mentions=tuple(with_ranges(with_ratios(mentions, tokens), tokens)),
        depths=frame.depths,
        sentences=frame.sentences,
        mention_places=tuple([mention.first for mention in mentions]),
        cue_places=_places(cues),
    )


def read_cell(passage: Passage, index: int, lexicon: Lexicon, vocabulary: Vocabulary) -> Reading:
    """Read a cell of a table that holds digits and no words to speak of."""
    tokens = tokenise(passage.text, lexicon)
    if len(tokens) > 2 or not tokens or tokens[0].numeral is None:
        return read_passage(passage, index, lexicon, vocabulary)
    token, numeral = tokens[0], tokens[0].numeral
    percent = len(tokens) > 1 and tokens[1].text in vocabulary.notation.data.percent
    mention = Mention(
        passage=index,
        first=0,
        last=len(tokens),
        start=token.start,
        end=token.end,
        kind=MentionKind.PERCENT if percent else MentionKind.COUNT,
        is_quantity=not percent,
        value=numeral.value,
        amount=numeral.value,
        decimals=numeral.decimals,
        text=token.text,
    )
    return Reading(
        passage=passage, index=index, tokens=tokens, cues=(), mentions=(mention,), mention_places=(0,)
    )


def _places(cues: tuple[Cue, ...]) -> tuple[int, ...]:
    return tuple([cue.first for cue in cues])
