"""How long finding claims takes: a real report in a warm process, and hostile text by size.

usage: python benchmarks/claims.py [REPORT]
"""

from __future__ import annotations

import sys
import time
from pathlib import Path

from validator.claims import find_claims, load_vocabulary
from validator.model.document import Document
from validator.readers.assembly import assemble
from validator.readers.compartment import Compartments
from validator.readers.document import read_document
from validator.readers.text import text_items

CORPUS = Path(__file__).resolve().parent.parent.parent / "shared" / "corpus" / "seeds"
SIZES = (250_000, 500_000, 1_000_000)
HOSTILE = {
    "digits": "1",
    "grouped digits": "1.000.",
    "brackets": "((((",
    "closed brackets": "(1) ",
    "cue words": "trong đó gồm đạt chiếm tổng số ",
    "totals": "tổng số 10 hồ sơ, trong đó 3 hồ sơ, ",
    "fractions": "1/2 hồ sơ đạt 50%, ",
    "percentages": "50% ",
    "one line of sums": "100 hồ sơ (60 hồ sơ, 40 hồ sơ); ",
    "symbols": "số 12/KH-UBND ngày 1/1/2023 ",
    "list": "+ Số hồ sơ: 5 hồ sơ\n",
    "totals in a list": "- Tổng số hồ sơ: 5 hồ sơ, trong đó:\n",
    "paragraphs": "Tổng số 7 hồ sơ đã giải quyết, đạt 12,5%.\n\n",
}


def seconds(document: Document) -> float:
    """Time one run."""
    start = time.process_time()
    find_claims(document, load_vocabulary())
    return time.process_time() - start


def document_of(text: str) -> Document:
    """Make a document of plain text."""
    apart = Compartments("text")
    blocks = assemble("text", text_items(text, apart), apart)
    return Document(file="text", media_type="text/plain", blocks=blocks)


def main() -> None:
    """Print the figures."""
    load_vocabulary()
    given = [Path(name) for name in sys.argv[1:]] or sorted(CORPUS.glob("001*.txt"))
    for path in given:
        document = read_document(path).document
        if document is not None:
            times = sorted(seconds(document) for _ in range(7))
            print(f"{path.name}: {1000 * times[0]:.0f} ms at best, {1000 * times[3]:.0f} ms in the middle")
    for name, piece in HOSTILE.items():
        times = [seconds(document_of(piece * (size // len(piece.encode())))) for size in SIZES]
        print(
            f"{name:18}"
            + "".join(
                f"{size // 1000:>8} kB {taken:6.2f} s" for size, taken in zip(SIZES, times, strict=True)
            )
        )


if __name__ == "__main__":
    main()
