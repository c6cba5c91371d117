"""What the terminal there is may be given: how wide, and whether in colour; the same for every command."""

from __future__ import annotations

import os
import sys
from typing import Any

from validator.render.option import Options
from validator.render.terminal import is_colour_wanted, terminal_width

_NARROWEST, _WIDEST = 40, 200


def screen(options: Any, *, terminal: bool | None = None, narrowest: int = _NARROWEST) -> Options:
    """Return the language, width and colour of what is shown: on the terminal there is, or in a file."""
    terminal = sys.stdout.isatty() if terminal is None else terminal
    return Options(
        lang=options.lang,
        width=max(narrowest, min(_WIDEST, terminal_width())),
        colour=is_colour_wanted(no_color=options.no_color, is_terminal=terminal, environment=os.environ),
    )
