"""One table says how each format is known, read and written back."""

from importlib import import_module
from pathlib import Path

import pytest

import validator
from validator.readers.formats import DOCUMENTS, FORMATS, STRUCTURED

SOURCE = Path(validator.__file__).parent


@pytest.mark.parametrize("form", FORMATS.values(), ids=FORMATS)
def test_each_format_has_its_reader_and_what_writes_copies(form):
    if form.library:
        pytest.importorskip(form.library)
    assert callable(import_module(f"validator.readers.{form.reader}").read)
    if form.writer:
        assert callable(import_module(f"validator.render.annotate_{form.writer}").annotate)
        assert callable(import_module(f"validator.render.tick_{form.writer}").tick)
    if form.converted_to:
        assert FORMATS[form.converted_to].suffixes
        assert not FORMATS[form.converted_to].converted_to


def test_names_end_for_one_format_each():
    assert len({*DOCUMENTS, *STRUCTURED}) == len(DOCUMENTS) + len(STRUCTURED)


def test_no_other_module_knows_how_names_of_documents_end():
    quoted = {f'"{suffix}"' for suffix in DOCUMENTS}
    others = [path for path in SOURCE.rglob("*.py") if path.name != "formats.py"]
    assert not [path for path in others if any(each in path.read_text(encoding="utf-8") for each in quoted)]
