"""What one place says and another denies: no late case here, a number of them there."""

from __future__ import annotations

from typing import TYPE_CHECKING

from validator.claims.claim import Claim, ClaimKind, ClaimVerdict
from validator.claims.judge import number_of
from validator.text.cue import find_cues
from validator.text.mention import Cue, Mention, MentionKind, Reading
from validator.text.reader import read_passage
from validator.text.token import tokenise

if TYPE_CHECKING:
    from collections.abc import Iterator

    from validator.claims.prose import Prose

_REACH = 9
_HEADING = 120


def find_contradictions(prose: Prose) -> Iterator[Claim]:
    """Yield statements of none against a count: no case is late, it says here; so many are, it says there."""
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
    for index, passage in enumerate(prose.passages[: _outlook(prose)]):
        lower = passage.text.casefold()
        if not prose.degraded and not any(word in lower for word in words):
            continue
        tokens = tokenise(passage.text, prose.lexicon) if index not in prose.readings else None
        cues = find_cues(tokens, prose.lexicon) if tokens is not None else prose.readings[index].cues
        for cue in cues:
            if "none" not in cue.tags:
                continue
            near = [other for other in cues if cue.last <= other.first <= cue.last + _REACH]
            tags = {tag for other in near for tag in other.tags}
            if "state_late" in tags and not tags & {"scope"}:
                reading = prose.readings.get(index) or read_passage(
                    passage, index, prose.lexicon, prose.vocabulary
                )
                yield from _denied(prose, reading, cue, tags, late)


def _outlook(prose: Prose) -> int:
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


def _denied(prose: Prose, reading: Reading, cue: Cue, tags: set[str], late: list[Mention]) -> Iterator[Claim]:
    counted = next((m for m in late if m.group and m.group in tags and m.unit), None)
    if counted is None:
        return
    last = min(cue.last + _REACH, len(reading.tokens)) - 1
    start, end = reading.tokens[cue.first].start, reading.tokens[last].end
    scoped = bool(counted.tags & {"scope", "after:scope"})
    denied = ClaimVerdict.FAIL if counted.value else ClaimVerdict.PASS
    verdict = ClaimVerdict.UNDECIDED if scoped else denied
    yield Claim(
        kind=ClaimKind.RESTATEMENT,
        verdict=verdict,
        quote=reading.quote(start, end),
        location=reading.passage.place(start, end),
        numbers={"values": ("0", number_of(counted))},
        reason="none-against-some" if verdict is ClaimVerdict.FAIL else "",
        help={"count": counted.text},
        used=frozenset({(counted.passage, counted.first)}),
        figures=(reading.passage.place(start, end), prose.place(counted)),
    )
