"""Takes out of a text what a reader of the page does not see, and keeps the places."""

from __future__ import annotations

import re
import unicodedata
from bisect import bisect_left, bisect_right
from operator import itemgetter

from validator.model.record import record
from validator.readers.digit import with_plain_digits

# Zero-width characters, soft hyphen, byte order mark, marks and overrides of direction.
HIDDEN = re.compile("[\u00ad\u061c\u180e\u200b-\u200f\u202a-\u202e\u2060-\u2064\u2066-\u206f\ufeff]")
_CONTROL = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\x7f]")
_CLUSTER = re.compile("[^\u0300-\u036f][\u0300-\u036f]*")
# Tags that a converter has left in the text.
_TAG = re.compile(r"</?(?:i|b|u|em|strong|sub|sup)>")
_MARK_UP = re.compile(
    r"""
    (?P<between>(?<=\w)\*{2,3}(?=\w)) | \*{2,3}
    | (?<![\w*])\*(?=[\w("'\u201c+-])(?!\*)        # opens italics
    | (?<=[\w.,;:)!?%"'\u201d/])\*(?![\w*])        # closes italics
    | </?(?:i|b|u|em|strong|sub|sup|span|p|br)\s*/?>
    | \\[()]
    | \$(?=[^$\n]{1,160}\$)
    | (?<=[\d%)}])\$
    | \\(?P<escaped>[%$&#_{}*+.\[\]~`>-])
    | \\(?P<word>times|cdot|div|approx|leq|geq|le|ge|neq|rightarrow|Rightarrow|to|quad|,|;|!)
    | \\(?:text|mathrm|mathbf)\{(?P<inner>[^{}]*)\}
    | \\d?frac\{(?P<above>[^{}]*)\}\{(?P<below>[^{}]*)\}
    """,
    re.VERBOSE,
)
_SIGNS = {
    "times": "×",
    "cdot": "×",
    "div": ":",
    "approx": "≈",
    "leq": "≤",
    "le": "≤",
    "geq": "≥",
    "ge": "≥",
    "neq": "≠",
    "rightarrow": "→",
    "Rightarrow": "⇒",
    "to": "→",
    "quad": " ",
}


@record(kw_only=False)
class Cleaned:
    """The text and, by rising offset, where its parts stood: (offset now, offset before)."""

    text: str
    shifts: tuple[tuple[int, int], ...] = ((0, 0),)


def clean(text: str) -> str:
    """Return *text* composed (NFC), without characters that have no width, with plain digits."""
    if text.isascii() and text.isprintable():
        return text
    shown = _CONTROL.sub("", HIDDEN.sub("", with_plain_digits(text)))
    if "<" in shown:
        shown = _TAG.sub("", shown)
    return unicodedata.normalize("NFC", shown)


def clean_line(text: str) -> Cleaned:
    """Return a line of a text file without mark-up and hidden characters, with its places."""
    return _composed(_without_mark_up(with_plain_digits(text)))


def _without_mark_up(text: str) -> Cleaned:
    """Take out Markdown emphasis, LaTeX dollars and escapes, simple tags, hidden characters."""
    parts: list[str] = []
    shifts = [(0, 0)]
    length = 0
    last = 0
    for start, end, shown in _removals(text):
        parts += (text[last:start], shown)
        length += start - last
        if shown:
            shifts.append((length, start))
        length += len(shown)
        shifts.append((length, end))
        last = end
    parts.append(text[last:])
    return Cleaned("".join(parts), tuple(shifts))


def _removals(text: str) -> list[tuple[int, int, str]]:
    """Return start, end and replacement of each piece of mark-up, in order."""
    found = [(match.start(), match.end(), "") for match in HIDDEN.finditer(text)]
    found += [(match.start(), match.end(), "") for match in _CONTROL.finditer(text)]
    if any(sign in text for sign in "*<\\$"):
        found += [(match.start(), match.end(), _shown(match)) for match in _MARK_UP.finditer(text)]
    found.sort()
    return found


def _shown(match: re.Match[str]) -> str:
    """Return what a piece of mark-up shows."""
    groups = match.groupdict()
    if groups["above"] is not None:
        return f"{groups['above']}/{groups['below']}"
    if groups["word"] is not None:
        return _SIGNS.get(groups["word"], "")
    if groups["between"] is not None:
        return " "
    return groups["escaped"] or groups["inner"] or ""


def _composed(cleaned: Cleaned) -> Cleaned:
    """Compose letters and their marks (NFC), which moves what follows them."""
    if unicodedata.is_normalized("NFC", cleaned.text):
        return cleaned
    parts: list[str] = []
    moves: list[tuple[int, int]] = [(0, 0)]
    length = 0
    for match in _CLUSTER.finditer(cleaned.text):
        part = unicodedata.normalize("NFC", match.group())
        parts.append(part)
        length += len(part)
        if len(part) != match.end() - match.start():
            moves.append((length, match.end()))
    return Cleaned("".join(parts), _chained(tuple(moves), cleaned.shifts))


def _chained(
    outer: tuple[tuple[int, int], ...], inner: tuple[tuple[int, int], ...]
) -> tuple[tuple[int, int], ...]:
    """Return the shifts of two steps as those of one."""
    inner = tuple(sorted(inner, key=itemgetter(0)))
    keys = [now for now, _ in inner]
    ends = [now for now, _ in outer[1:]] + [None]
    chained: list[tuple[int, int]] = []
    for (now, middle), end in zip(outer, ends, strict=True):
        behind = bisect_right(keys, middle)
        base = inner[bisect_left(keys, keys[behind - 1])]
        chained.append((now, base[1] + middle - base[0]))
        for key, before in inner[behind : None if end is None else bisect_left(keys, end - now + middle)]:
            chained.append((now + key - middle, before))
    return tuple(chained)
