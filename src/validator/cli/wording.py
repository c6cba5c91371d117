"""What argparse says of itself, in the words of the catalogue."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    import argparse
    from collections.abc import Callable

# What argparse says → the key of our words; the named parts are put into them.
_FAULTS = (
    (r"the following arguments are required: (?P<names>.*)", "usage-required"),
    (
        r"argument (?P<name>\S+): invalid choice: (?P<given>'.*') \(choose from (?P<known>.*)\)",
        "usage-choice",
    ),
    (r"unrecognized arguments: (?P<names>.*)", "usage-unknown"),
    (r"one of the arguments (?P<names>.*) is required", "usage-one-of"),
    (r"argument (?P<name>\S+): expected (?:one|at least one) argument", "usage-no-value"),
    (r"argument (?P<name>\S+): not allowed with argument (?P<other>.*)", "usage-not-together"),
    (r"argument (?P<name>\S+): ignored explicit argument (?P<given>'.*')", "usage-takes-none"),
    (r"ambiguous option: (?P<name>\S+) could match (?P<known>.*)", "usage-ambiguous"),
)


def reworded(fault: str, word: Callable[..., str]) -> str:
    """Return what argparse complains of in our words; in its own where it says something new."""
    for pattern, key in _FAULTS:
        if found := re.fullmatch(pattern, fault, re.DOTALL):
            return word(key, **found.groupdict())
    return fault


def word_help(parser: argparse.ArgumentParser, word: Callable[..., str]) -> None:
    """Put our words into the headings of *parser*'s help and beside its help option."""
    parser._positionals.title = word("help-arguments")  # noqa: SLF001 - argparse has no other way
    parser._optionals.title = word("help-options")  # noqa: SLF001
    for action in parser._actions:  # noqa: SLF001
        if action.dest == "help":
            action.help = word("help-help")
        if action.dest == "version":
            action.help = word("help-version")
