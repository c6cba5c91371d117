"""The data that ships with the program: where the grammar and the rules lie, and how words are read."""

from __future__ import annotations

from pathlib import Path
from typing import Any

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


def load_words(path: Path) -> dict[str, Any]:
    """Return what a file of words in ``rules/`` holds.

    Raises `OSError` if it cannot be opened, `ValueError` if it is no YAML, `TypeError` if it is no mapping.
    """
    import yaml

    loader = getattr(yaml, "CSafeLoader", yaml.SafeLoader)
    try:
        data = yaml.load(path.read_text(encoding="utf-8"), Loader=loader)  # noqa: S506 - a safe loader
    except yaml.YAMLError as fault:
        raise ValueError(str(fault)) from fault
    if not isinstance(data, dict):
        raise TypeError(type(data).__name__)
    return data
