"""Pages that need nothing else: templates that escape all values, and the policy they are under."""

from __future__ import annotations

from base64 import b64encode
from hashlib import sha256
from typing import TYPE_CHECKING

from validator.render.terminal import clean

if TYPE_CHECKING:
    from pathlib import Path

    from jinja2 import Environment

_LONGEST = 4000


def environment(folder: Path, *, longest: int | None = _LONGEST) -> Environment:
    """Return the templates of *folder*, which escape all values and clean them of what could steer text.

    Of a value at most *longest* characters are shown.
    """
    from jinja2 import Environment, FileSystemLoader, StrictUndefined

    def harmless(value: object) -> object:
        """A text on one line, of a length that people read; what is markup already is left as it is."""
        if not isinstance(value, str) or hasattr(value, "__html__"):
            return value
        return clean(value if longest is None or len(value) <= longest else value[:longest].rstrip() + " …")

    return Environment(
        loader=FileSystemLoader(folder),
        autoescape=True,
        undefined=StrictUndefined,
        finalize=harmless,
        trim_blocks=True,
        lstrip_blocks=True,
    )


def policy(style: str, script: str = "") -> str:
    """Return the policy under which a page loads nothing and runs only its own script, if it has one."""
    scripts = f"script-src {_digest(script)}; " if script else ""
    return f"default-src 'none'; style-src {_digest(style)}; {scripts}base-uri 'none'; form-action 'none'"


def _digest(text: str) -> str:
    return f"'sha256-{b64encode(sha256(text.encode()).digest()).decode()}'"
