"""What one place says and another denies: no late case here, a number of them there."""

from __future__ import annotations

from typing import TYPE_CHECKING

from validator.claims.claim import Claim, ClaimKind, ClaimVerdict
from validator.claims.judge import number_of
from validator.text.cue import find_cues
from validator.text.mention import MentionKind
from validator.text.read import read_passage
from validator.text.token import TokenKind, tokenise

if TYPE_CHECKING:
    from collections.abc import Iterator

    from validator.claims.prose import Prose
    from validator.claims.structure import Text
    from validator.text.mention import Cue, Mention, Reading

_REACH = 9
_HEADING = 120
_STAGED, _CHANNELS = frozenset({"pending", "carried"}), frozenset({"online", "direct", "post"})
"""Roles of what is only a part of all cases."""


def find_contradictions(text: Text) -> Iterator[Claim]:
    """Yield statements of none against a count: no case is late, it says here; so many are, it says there."""
    prose = text.prose
    late = [
        mention
        for reading in prose.readings.values()
        for mention in reading.mentions
        if mention.kind is MentionKind.COUNT and _is_late(mention)
    ]
    # A count of none agrees, where no other one is left.
    late = [mention for mention in late if mention.value > 0] or late
    if not late:
        return
    words = prose.vocabulary.late
    for index, passage in enumerate(prose.passages[: outlook_of(prose)]):
        lower = passage.text.casefold()
        if not prose.degraded and not any(word in lower for word in words):
            continue
        reading = prose.readings.get(index) or read_passage(passage, index, prose.lexicon, prose.vocabulary)
        for cue in reading.cues:
            if "none" not in cue.tags:
                continue
            near = [other for other in reading.cues if cue.last <= other.first <= cue.last + _REACH]
            tags = {tag for other in near for tag in other.tags}
            if "state_late" in tags and not tags & {"scope"}:
                yield from _denied(text, reading, cue, tags, late)


def outlook_of(prose: Prose) -> int:
    """The passage from which the report speaks of what is to come: "no late cases" is an aim there."""
    count = len(prose.passages)
    for index in range(count // 2, count):
        passage = prose.passages[index]
        if passage.heading:
            cues = find_cues(tokenise(passage.text[:_HEADING], prose.lexicon), prose.lexicon)
            if any("outlook" in cue.tags for cue in cues):
                return index
    return count


def _is_late(mention: Mention) -> bool:
    return bool(mention.tags & {"state_late", "after:state_late"}) and not mention.role


def _denied(text: Text, reading: Reading, cue: Cue, tags: set[str], late: list[Mention]) -> Iterator[Claim]:
    counted = next((m for m in late if m.group and m.group in tags and m.unit), None)
    if counted is None:
        return
    last = min(cue.last + _REACH, len(reading.tokens)) - 1
    start, end = reading.tokens[cue.first].start, reading.tokens[last].end
    scoped = bool(counted.tags & {"scope", "after:scope"})
    denied = ClaimVerdict.FAIL if _is_of_all(text, reading, cue) else ClaimVerdict.UNDECIDED
    denied = denied if counted.value else ClaimVerdict.PASS
    verdict = ClaimVerdict.UNDECIDED if scoped else denied
    yield Claim(
        kind=ClaimKind.RESTATEMENT,
        verdict=verdict,
        quote=reading.quote(start, end),
        location=reading.passage.place(start, end),
        numbers={"values": ("0", number_of(counted))},
        reason="none-against-some" if verdict is ClaimVerdict.FAIL else "",
        help={"count": counted.text},
        used=frozenset({counted.key}),
        figures=(reading.passage.place(start, end), text.prose.place(counted)),
        labels=text.prose.labels_of((counted,), ("said",)),
    )


def _is_of_all(text: Text, reading: Reading, cue: Cue) -> bool:
    """Whether "none" is said of everything: nothing before it names figures, a scope or a stage it is of.

    What is pending and not late says nothing of what was resolved late.
    """
    node = text.nodes.get(reading.index)
    if node is None or node.parent is not None:
        return False
    if any(mention.is_quantity for mention in reading.mentions):
        return False
    begins, ends = _sentence(reading, cue)
    if cue.first > begins and reading.tokens[cue.first - 1].key != ",":
        return False  # Somebody has none, or is to have none.
    scoped = any("scope" in other.tags for other in reading.cues_between(begins, cue.first))
    return not scoped and not _is_of_a_part(text, reading, cue, range(begins, ends))


def _sentence(reading: Reading, cue: Cue) -> tuple[int, int]:
    """Where the sentence of a cue begins and ends: where there is no figure, nothing else tells."""
    stops = [at + 1 for at, token in enumerate(reading.tokens) if token.key == "."]
    before = [stop for stop in stops if stop <= cue.first]
    after = [stop for stop in stops if stop > cue.first]
    return (before[-1] if before else 0), (after[0] if after else len(reading.tokens))


def _is_of_a_part(text: Text, reading: Reading, cue: Cue, sentence: range) -> bool:
    """Whether the sentence speaks of a stage, or says of its cases how they came: not so of a system."""
    late = next(
        other.last for other in reading.cues if "state_late" in other.tags and other.first >= cue.last
    )
    units = {other.last for other in reading.cues if any(tag.startswith("unit:") for tag in other.tags)}
    behind = reading.tokens[late] if late < len(reading.tokens) else None
    is_at_end = behind is None or behind.kind is TokenKind.MARK
    if not is_at_end and not any(
        late == other.first and any(tag.startswith("unit:") for tag in other.tags) for other in reading.cues
    ):
        return True  # None of those that are late and something more.
    for first, _, roles in text.book.find([reading.tokens[at].key for at in sentence]):
        at = sentence.start + first
        if roles & _STAGED or (roles & _CHANNELS and (at < late or at in units)):
            return True
    return False
