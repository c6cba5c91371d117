"""``validator claims FILE``: the arithmetic, dates and citations that a document states by itself."""

from __future__ import annotations

import shutil
import sys
from pathlib import Path
from typing import Any

_NARROWEST, _WIDEST = 60, 200


def run(options: Any) -> int:
    """Run the command: 0 if nothing fails, 1 if a claim does, 2 if the file cannot be read."""
    from validator.claims import claim_problems, find_claims, load_vocabulary
    from validator.cli.main import CLEAN, FINDINGS, UNUSABLE
    from validator.cli.problems import problems_text
    from validator.readers.document import read_document
    from validator.render.claims import render_claims

    read = read_document(Path(options.file))
    if read.problems:
        sys.stderr.write(problems_text(read.problems, options.lang))
    if read.document is None:
        return UNUSABLE
    result = find_claims(read.document, load_vocabulary())
    form = options.format or ("table" if sys.stdout.isatty() else "plain")
    columns = max(_NARROWEST, min(_WIDEST, shutil.get_terminal_size((120, 24)).columns))
    sys.stdout.write(render_claims(result, form, options.lang, columns, unchecked=options.unchecked))
    return FINDINGS if claim_problems(result.claims) else CLEAN
