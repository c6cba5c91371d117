"""The codes of rows: ``I``, ``1.2``, ``A.``, ``-``, and how deep each says that its row lies."""

from __future__ import annotations

import re

CODE = re.compile(r"[IVXLC]{1,6}\.?|[0-9]{1,3}(?:\.[0-9]{1,2}){0,3}\.?|[^\W\d_][.)]?|[-–+*•]")
_ROMAN = re.compile(r"[IVXLC]{1,6}\.?")


def split_code(label: str) -> tuple[str, str]:
    """The code that a label begins with, such as ``A.`` or ``1.2``, and the rest of it."""
    head, _, rest = label.strip().partition(" ")
    return (head, rest) if rest and CODE.fullmatch(head) and not head.isalpha() else ("", label.strip())


def level_of(code: str) -> int:
    """How deep a row's code says it lies; -1 where it has none."""
    code = code.strip().rstrip(".")
    if not code:
        return -1
    if _ROMAN.fullmatch(code) or (len(code) == 1 and code.isupper()):
        return 0
    if code[0].isdigit():
        return 1 + code.count(".")
    return 6 if code in {"-", "–", "+", "*", "•"} else 5
