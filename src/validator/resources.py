"""Where the data that ships with the program lies: the grammar and the rule packs."""

from __future__ import annotations

from pathlib import Path

_PACKAGE = Path(__file__).resolve().parent


def _folder(name: str) -> Path:
    """Return the shipped folder *name*: inside the wheel, or at the top of the checkout."""
    shipped = _PACKAGE / "_data" / name
    return shipped if shipped.is_dir() else _PACKAGE.parent.parent / name


def grammar_folder() -> Path:
    """The folder of the ``.lark`` files and the syntax-error examples."""
    return _folder("grammar")


def rules_folder() -> Path:
    """The folder of the rule packs, one folder a pack."""
    return _folder("rules")
