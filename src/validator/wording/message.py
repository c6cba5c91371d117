"""The words of a code: looked up in the message catalogues, with values put in by name."""

from __future__ import annotations

import json
from functools import cache
from pathlib import Path
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Mapping

_FOLDER = Path(__file__).resolve().parent.parent / "messages"
_FALLBACK = "en"


class _Values(dict[str, object]):
    """Values by name; a name that is not given stays visible in its braces."""

    def __missing__(self, key: str) -> str:
        return "{" + key + "}"


def message(code: str, lang: str, args: Mapping[str, object] | None = None) -> str:
    """The words of *code* in *lang*, else in English, else the code itself."""
    return _worded(code, lang, "text", args) or code


def message_help(code: str, lang: str, args: Mapping[str, object] | None = None) -> str:
    """What to do about *code*, or nothing if the catalogues do not say.

    Where no name is near (``suggestion`` is given and empty), ``help-far`` takes the place of ``help``.
    """
    is_far = args is not None and args.get("suggestion") == ""
    return (is_far and _worded(code, lang, "help-far", args)) or _worded(code, lang, "help", args)


def message_part(code: str, lang: str, part: str, args: Mapping[str, object] | None = None) -> str:
    """Another part of what the catalogues say of *code* (``explanation``, ``difference``), or nothing."""
    return _worded(code, lang, part, args)


def _worded(code: str, lang: str, part: str, args: Mapping[str, object] | None) -> str:
    area, _, key = code.partition("/")
    for language in (lang, _FALLBACK):
        template = catalogue(language, area).get(key, {}).get(part, "")
        if template:
            return template.format_map(_Values(args or {})).rstrip()
    return ""


@cache
def catalogue(lang: str, area: str) -> Mapping[str, Mapping[str, str]]:
    """The messages of one area (``read``, ``pack`` …) in one language; empty if there are none."""
    if not (lang.isidentifier() and area.isidentifier()):
        return {}
    path = _FOLDER / lang / f"{area}.json"
    if not path.is_file():
        return {}
    messages: dict[str, dict[str, str]] = json.loads(path.read_text(encoding="utf-8"))
    return messages
