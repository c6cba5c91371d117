"""Any record as what JSON can hold, so that a program that is not ours can keep or send it."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from decimal import Decimal
from enum import Enum
from fractions import Fraction
from pathlib import PurePath
from typing import Any

from validator.model.record import record_fields


def as_dict(found: Any) -> Any:
    """Return *found* with records and mappings as dicts, tuples and sets as lists.

    Numbers stay exact: one that is no whole number is a text (``"1/3"``, ``"0.5"``), never a binary float.
    Texts are plain ones, in the language that they are said in.
    """
    match found:
        case None | bool() | int():
            return found
        case str():
            return str(found)
        case Enum():
            return found.value
        case Fraction() | Decimal() | PurePath():
            return str(found)
        case date():
            return found.isoformat()
        case tuple() | list():
            return [as_dict(each) for each in found]
        case set() | frozenset():
            return sorted(map(as_dict, found))
        case Mapping():
            return {str(as_dict(name)): as_dict(each) for name, each in found.items()}
    return {name: as_dict(getattr(found, name)) for name in record_fields(found)}
