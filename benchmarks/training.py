"""What the learners of choices share: texts drawn of templates, and weights written as data."""

from __future__ import annotations

import ast
import importlib.util
import random
from typing import TYPE_CHECKING, Any

import yaml

if TYPE_CHECKING:
    from collections.abc import Mapping
    from pathlib import Path
    from types import ModuleType


def scorer_of(path: Path) -> ModuleType:
    """Load ``score_paraphrases.py``, which knows what the numbers of a template mean and how they look."""
    spec = importlib.util.spec_from_file_location("scorer", path)
    if spec is None or spec.loader is None:
        raise SystemExit(f"{path} is no scorer")
    scorer = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(scorer)
    return scorer


def templates_of(path: Path) -> list[dict[str, Any]]:
    """The templates of a bank of wordings."""
    found: list[dict[str, Any]] = yaml.load(path.read_text(encoding="utf-8"), Loader=yaml.CSafeLoader)[
        "templates"
    ]
    return found


def drawn(scorer: ModuleType, item: Mapping[str, Any], turn: int) -> dict[str, Any]:
    """The numbers of a template in one turn: the same in every run."""
    chance = random.Random(f"{item['id']} {turn}")
    scorer.Number.comma = item.get("lang", "vi") == "vi"
    names: dict[str, Any] = {}
    for name, span in item["n"].items():
        names[name] = scorer.Number(chance.randint(*map(int, str(span).split("-"))))
    for name, expression in item.get("let", {}).items():
        names[name] = scorer.evaluate(ast.parse(str(expression), mode="eval"), names)
    return names


def text_of(item: Mapping[str, Any], names: Mapping[str, Any]) -> str:
    """The text of a template with its numbers put in."""
    shown: str = item["text"].rstrip("\n").format(**names)
    return shown + "\n"


def write_weights(path: Path, head: str, data: Mapping[str, Any], width: int = 80) -> None:
    """Write what was learnt as data of the rules, below a comment that says what it is."""
    comment = "".join(f"# {line}\n" for line in head.splitlines())
    path.write_text(comment + yaml.safe_dump(dict(data), sort_keys=False, width=width), encoding="utf-8")
