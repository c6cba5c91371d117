"""Every lint by its id."""

from __future__ import annotations

from validator.engine.lint.never_applies import NEVER_APPLIES
from validator.engine.lint.one_outcome import NEVER_FAILS, NEVER_PASSES
from validator.packs.lint.registry import LINTS as PLAIN

LINTS = tuple(sorted((*PLAIN, NEVER_APPLIES, NEVER_FAILS, NEVER_PASSES), key=lambda lint: lint.id))
