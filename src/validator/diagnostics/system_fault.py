"""What the operating system refuses, in words."""

from __future__ import annotations

from validator.diagnostics.message import message
from validator.model.system_fault import MARK, fault_detail

_AREA = f"{MARK}system/"


def fault_words(fault: BaseException, lang: str) -> str:
    """Return what is wrong in the words of *lang*; what has no words there in those of the system."""
    return system_words(fault_detail(fault), lang)


def system_words(detail: str, lang: str) -> str:
    """Return *detail* as it is, or its words if it is a code of ``system``."""
    return message(detail.removeprefix(MARK), lang) if detail.startswith(_AREA) else detail
