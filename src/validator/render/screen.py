"""What a person's terminal is given: drawn by rich, returned as text.

Only the readable tables import this; plain, piped and machine formats never load rich.
"""

from __future__ import annotations

import io
from typing import TYPE_CHECKING

from rich.box import ROUNDED
from rich.console import Console
from rich.measure import Measurement
from rich.padding import Padding
from rich.segment import Segment
from rich.table import Table
from rich.text import Text

from validator.render.terminal import clean

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from rich.console import ConsoleOptions, RenderableType, RenderResult

    from validator.render.option import Options

_STYLES = {"error": "bold red", "warning": "yellow", "info": "cyan", "heading": "bold", "faint": "dim"}


def drawn(parts: Iterable[RenderableType], options: Options) -> str:
    """Return *parts* one below the other, no line wider than the terminal nor with spaces at its end."""
    out = io.StringIO()
    console = Console(
        file=out,
        width=options.width,
        force_terminal=options.colour,
        no_color=not options.colour,
        color_system="standard" if options.colour else None,
        highlight=False,
        emoji=False,
        markup=False,
        legacy_windows=False,
    )
    for part in parts:
        console.print(part)
    return "".join(line.rstrip() + "\n" for line in out.getvalue().splitlines())


def styled(text: str, style: str = "", *, link: str = "") -> Text:
    """Return *text* in one of our styles (or of rich's), with nothing in it that a terminal would obey.

    With *link*, terminals that know of links open that address.
    """
    name = _STYLES.get(style, style)
    return Text(clean(text), style=f"{name} link {link}".strip() if link else name, overflow="fold")


def preformatted(line: str) -> Text:
    """Return a line that keeps its columns, such as one of carets; what is too long for the screen is cut."""
    return Text(line, no_wrap=True, overflow="ellipsis")


def indented(text: str, first: str = "  ", style: str = "") -> RenderableType:
    """Return *text* after a lead that only its first line has; the others stand below its start."""
    if not first.strip():
        return Padding(styled(text, style), (0, 0, 0, len(first)))
    return _Hanging(first, styled(text, style))


class _Hanging:
    """A text after a lead. A grid of two columns would do the same, and measure each cell over and over."""

    def __init__(self, lead: str, text: Text) -> None:
        self._lead, self._text = lead, text

    def __rich_console__(self, console: Console, options: ConsoleOptions) -> RenderResult:
        lead = self._lead
        for line in self._text.wrap(console, max(1, options.max_width - len(lead)), overflow="fold"):
            yield Segment(lead)
            yield from line.render(console, end="\n")
            lead = " " * len(lead)

    def __rich_measure__(self, console: Console, options: ConsoleOptions) -> Measurement:
        least, most = Measurement.get(console, options, self._text)
        return Measurement(least + len(self._lead), most + len(self._lead))


def table(headings: Sequence[str]) -> Table:
    """Return a table with *headings* and no row; every cell may wrap, none is cut."""
    made = Table(box=ROUNDED, header_style="bold", expand=False)
    for heading in headings:
        made.add_column(styled(heading), overflow="fold")
    return made
