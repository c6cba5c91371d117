"""The outline of a document: which numbered headings each block stands under."""

from __future__ import annotations

from dataclasses import dataclass, field

from validator.model.document import Block, BlockKind, Document
from validator.model.record import record
from validator.readers.numbering import Marker, Rank, marker_of


@record
class Heading:
    """One step of a heading path: the printed marker, its name in the path, its words."""

    marker: str
    name: str
    title: str
    level: int


@dataclass(slots=True)
class _Step:
    marker: Marker
    title: str
    indent: int = 0


@dataclass(slots=True)
class Outline:
    """Follows the headings, numbered items and bullets of one document in reading order."""

    _steps: list[_Step] = field(default_factory=list)
    _in_title: bool = False

    def enter(self, marker: Marker, title: str, indent: int = 0) -> int:
        """Go to the heading or item *marker* and return its level, 1 for the outermost."""
        step = _Step(self._resolve(marker), title, indent)
        if marker.is_bullet:
            return self._enter_bullet(step)
        if marker.rank == Rank.TITLE:
            return self._enter_title(step)
        while self._steps and self._steps[-1].marker.rank >= step.marker.rank:
            self._steps.pop()
        self._steps.append(step)
        self._in_title = False
        depth = sum(held.marker.rank > Rank.TITLE for held in self._steps)
        # An unnumbered heading below the titles is never outermost, see `_follow`.
        return max(depth, 2) if marker.rank == Rank.UNNUMBERED else depth

    def _enter_title(self, step: _Step) -> int:
        """Leave all numbering; titles on consecutive lines are one title."""
        if self._in_title:
            step.title = f"{self._steps[-1].title} {step.title}"
        self._steps = [step]
        self._in_title = True
        return 1

    def end_list(self) -> None:
        """Leave all bullets: a plain paragraph follows."""
        self._in_title = False
        while self._steps and self._steps[-1].marker.is_bullet:
            self._steps.pop()

    @property
    def path(self) -> str | None:
        """The running numbering, such as ``II.2.c``, or None before the first."""
        names: list[str] = []
        for heading in self.headings:
            if not heading.name:
                continue
            if names and heading.name.startswith(f"{names[-1]}."):
                names.pop()
            names.append(heading.name)
        return ".".join(names) or None

    @property
    def headings(self) -> tuple[Heading, ...]:
        """The headings and numbered items that stand above, outermost first."""
        return tuple(
            Heading(marker=step.marker.text, name=step.marker.name, title=step.title, level=level)
            for level, step in enumerate(self._steps, start=1)
            if not step.marker.is_bullet
        )

    def _enter_bullet(self, step: _Step) -> int:
        """Nest bullets by indent, and at one indent by the order in which signs appear."""
        bullets = [place for place, held in enumerate(self._steps) if held.marker.is_bullet]
        first = bullets[0] if bullets else len(self._steps)
        keep = len(self._steps)
        for place in bullets:
            held = self._steps[place]
            same = held.marker.text == step.marker.text and held.indent == step.indent
            if same or held.indent > step.indent:
                keep = place
                break
        del self._steps[keep:]
        self._steps.append(step)
        return len(self._steps) - first

    def _resolve(self, marker: Marker) -> Marker:
        """Read ``C.`` after ``B.`` and ``i)`` after ``h)`` as letters, other such as numerals."""
        letters = {Rank.ROMAN: Rank.UPPER_LETTER, Rank.SMALL_ROMAN: Rank.LETTER}
        rank = letters.get(Rank(marker.rank)) if marker.rank in letters else None
        if rank is None or len(marker.name) != 1:
            return marker
        for step in self._steps:
            if step.marker.rank == rank and ord(step.marker.name) == ord(marker.name) - 1:
                return Marker(text=marker.text, rank=rank, name=marker.name)
        return marker


def title_marker(*, outermost: bool) -> Marker:
    """Return the empty marker of a heading without number."""
    return Marker(text="", rank=Rank.TITLE if outermost else Rank.UNNUMBERED)


def sections(document: Document) -> tuple[tuple[Heading, ...], ...]:
    """Return for each block of *document* the headings it stands under, its own included."""
    outline = Outline()
    paths: list[tuple[Heading, ...]] = []
    for block in document.blocks:
        if isinstance(block, Block):
            _follow(outline, block)
        paths.append(outline.headings)
    return tuple(paths)


def _follow(outline: Outline, block: Block) -> None:
    """Bring *outline* to *block*, as when the document was assembled."""
    match block.kind:
        case BlockKind.HEADING if not block.marker:
            outline.enter(title_marker(outermost=block.level <= 1), block.text)
        case BlockKind.HEADING | BlockKind.LIST_ITEM:
            outline.enter(marker_of(block.marker), block.text, block.level)
        case BlockKind.PARAGRAPH:
            outline.end_list()
        case _:
            pass
