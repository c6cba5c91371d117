"""How long a document takes to be read, bound and checked, beside the libraries that only open it.

Run it on documents of your own: ``python benchmarks/documents.py FILE…``
"""

from __future__ import annotations

import subprocess
import sys
import time

RUNS = 3


def seconds(*command: str) -> float:
    """Return the shortest of a few runs of a command; 0 if it cannot run (exit code 1 is findings)."""
    found = []
    for _ in range(RUNS):
        begun = time.perf_counter()
        done = subprocess.run(command, check=False, capture_output=True)
        if b"ModuleNotFoundError" in done.stderr:
            return 0
        found.append(time.perf_counter() - begun)
    return min(found)


def main(files: list[str]) -> None:
    """Print the time of each file and of the libraries."""
    text = (
        "import sys, pypdfium2; d = pypdfium2.PdfDocument(sys.argv[1]);"
        "[p.get_textpage().get_text_bounded() for p in d]"
    )
    print(f"python3 -c 'import docx'  {seconds(sys.executable, '-c', 'import docx'):.2f} s")
    for file in files:
        if file.endswith(".pdf"):
            print(f"text alone  {seconds(sys.executable, '-c', text, file):.2f} s  {file}")
        print(f"validator check  {seconds('validator', 'check', file):.2f} s  {file}")


if __name__ == "__main__":
    main(sys.argv[1:])
