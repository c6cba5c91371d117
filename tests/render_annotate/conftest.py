"""Documents, findings at their numbers, and what an annotated copy holds."""

from __future__ import annotations

import io
import re
import zipfile
from pathlib import Path

import pytest
from lxml import etree

from validator.binding.found import excerpt
from validator.model.diagnostic import Diagnostic, FileResult, Label
from validator.model.document import Table
from validator.model.location import Location
from validator.model.record import evolve
from validator.model.verdict import Severity, Verdict
from validator.readers.document import read_document
from validator.readers.media_type import media_type_of
from validator.render.annotate import annotated_copy

W = "http://schemas.openxmlformats.org/wordprocessingml/2006/main"
S = "http://schemas.openxmlformats.org/spreadsheetml/2006/main"
R = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
P = "http://schemas.openxmlformats.org/package/2006/relationships"
T = "http://schemas.openxmlformats.org/package/2006/content-types"
CORPUS = Path(__file__).parents[3] / "shared" / "corpus"
WORD = "application/vnd.openxmlformats-officedocument.wordprocessingml"
SPACES = (
    f'xmlns:w="{W}" xmlns:r="{R}" xmlns:mc="http://schemas.openxmlformats.org/markup-compatibility/2006"'
    ' xmlns:wps="http://schemas.microsoft.com/office/word/2010/wordprocessingShape"'
    ' xmlns:m="http://schemas.openxmlformats.org/officeDocument/2006/math"'
)


def run(text, properties=""):
    return f'<w:r><w:rPr>{properties}</w:rPr><w:t xml:space="preserve">{text}</w:t></w:r>'


def p(*runs, properties=""):
    inside = "".join(each if each.startswith("<") else run(each) for each in runs)
    return f"<w:p><w:pPr>{properties}</w:pPr>{inside}</w:p>"


def tc(content, properties=""):
    inside = content if content.startswith(("<w:p>", "<w:tbl>")) else p(content)
    return f"<w:tc><w:tcPr>{properties}</w:tcPr>{inside}</w:tc>"


def table(*rows):
    return "<w:tbl>" + "".join(f"<w:tr>{''.join(row)}</w:tr>" for row in rows) + "</w:tbl>"


@pytest.fixture
def make_docx(tmp_path):
    """Write a Word file from the inside of its body, and optionally of its other parts."""

    def make(*body, name="report.docx", **parts):
        overrides = "".join(
            f'<Override PartName="/word/{part}.xml" ContentType="{WORD}.{part}+xml"/>' for part in parts
        )
        lines = "".join(
            f'<Relationship Id="r{part}" Type="{R}/{part}" Target="{part}.xml"/>' for part in parts
        )
        content = {
            "[Content_Types].xml": f'<Types xmlns="{T}"><Default Extension="rels" ContentType='
            '"application/vnd.openxmlformats-package.relationships+xml"/><Default Extension="xml"'
            f' ContentType="application/xml"/><Override PartName="/word/document.xml" ContentType='
            f'"{WORD}.document.main+xml"/>{overrides}</Types>',
            "_rels/.rels": f'<Relationships xmlns="{P}"><Relationship Id="r1"'
            f' Type="{R}/officeDocument" Target="word/document.xml"/></Relationships>',
            "word/_rels/document.xml.rels": f'<Relationships xmlns="{P}">{lines}</Relationships>',
            "word/document.xml": f"<w:document {SPACES}><w:body>{''.join(body)}</w:body></w:document>",
        }
        for part, inside in parts.items():
            content[f"word/{part}.xml"] = f"<w:{part} {SPACES}>{inside}</w:{part}>"
        path = tmp_path / name
        with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as package:
            for part, text in content.items():
                package.writestr(part, text)
        return path

    return make


class Submitted:
    """A document, and findings at the numbers in it."""

    def __init__(self, path):
        self.path = path
        self.document = read_document(path).document
        self.found = []

    def at(self, raw, *, block=None):
        """Return the label of a number in a block or cell, with the place that binding gives it."""
        for each in self.document.blocks:
            for holder in each.cells if isinstance(each, Table) else (each,):
                if raw in holder.text and block in {None, holder.text}:
                    start = holder.text.index(raw)
                    around = excerpt(holder.text, start, start + len(raw))
                    return self.label(raw, evolve(holder.location, excerpt=around))
        raise LookupError(raw)

    def label(self, raw, location):
        return Label(path="hoso.received", label="Hồ sơ", raw=raw, location=location)

    def finding(self, *labels, location=None, **values):
        """Add a finding; the first label is its place."""
        told = {
            "id": f"cchc/rule-{len(self.found) + 1}",
            "severity": Severity.ERROR,
            "verdict": Verdict.FAIL,
            "title": f"Không khớp lần {len(self.found) + 1}",
            "explanation": "794 ≠ 793",
            "fields": labels,
            "location": location or (labels[0].location if labels else Location(file=str(self.path))),
        }
        self.found.append(Diagnostic(**(told | values)))
        return self

    @property
    def result(self):
        return FileResult(path=str(self.path), unit="Xã An Lạc", diagnostics=tuple(self.found))

    def annotated(self, lang="vi"):
        """Return the copy, after making sure that it reads as the original does."""
        data = self.path.read_bytes()
        copy = annotated_copy(data, media_type_of(self.path), self.result, lang).data
        assert self.path.read_bytes() == data
        self.path.write_bytes(copy)
        assert read_document(self.path).document == self.document
        self.path.write_bytes(data)
        return Copy(copy, data)


class Copy:
    """What stands in a copy."""

    def __init__(self, data, original):
        self.data = data
        self.package = zipfile.ZipFile(io.BytesIO(data))
        self.original = zipfile.ZipFile(io.BytesIO(original))

    @property
    def changed(self):
        """The parts of the original that are not as they were."""
        names = self.original.namelist()
        return {name for name in names if self.original.read(name) != self.package.read(name)}

    def tree(self, name):
        return etree.fromstring(self.package.read(name))

    def part(self, word):
        """Return the tree of the one part with *word* in its name."""
        (name,) = [each for each in self.package.namelist() if word in each and "rels" not in each]
        return self.tree(name)

    @property
    def comments(self):
        """The lines of each comment of a Word file by its id."""
        return {
            each.get(f"{{{W}}}id"): ["".join(line.itertext()) for line in each.iter(f"{{{W}}}p")]
            for each in self.part("/comments").iter(f"{{{W}}}comment")
        }

    @property
    def covered(self):
        """The text that each comment of a Word file stands at, by its id."""
        found, open_ids = {}, set()
        for each in self.tree("word/document.xml").iter():
            name, key = etree.QName(each).localname, each.get(f"{{{W}}}id")
            if name == "commentRangeStart":
                open_ids.add(key)
                found[key] = ""
            elif name == "commentRangeEnd":
                open_ids.remove(key)
            elif name == "t":
                found |= {key: found[key] + (each.text or "") for key in open_ids}
        assert not open_ids
        return found

    @property
    def notes(self):
        """The texts that stand at each piece of a Word file's text; the summary is left out."""
        pieces, comments = {}, self.comments
        for key, text in self.covered.items():
            if not comments[key][0].startswith("Kết quả kiểm tra"):
                pieces.setdefault(text, []).append("\n".join(comments[key]))
        return pieces

    @property
    def marked(self):
        """The texts that are shaded, without a comment."""
        every = self.tree("word/document.xml").iter(f"{{{W}}}r")
        runs = [run for run in every if run.find(f"{{{W}}}rPr/{{{W}}}shd") is not None]
        return ["".join(text.text or "" for text in run.iter(f"{{{W}}}t")) for run in runs]

    @property
    def summary(self):
        return next("\n".join(each) for each in self.comments.values() if each[0].startswith("Kết quả kiểm"))

    def cells(self, part="xl/comments"):
        """The text of each comment of a workbook's only commented sheet, by cell."""
        root = self.part(part)
        return {
            each.get("ref"): re.sub("_x005F_", "_", "".join(each.find(f"{{{S}}}text").itertext()))
            for each in root.iter(f"{{{S}}}comment")
        }


@pytest.fixture
def submitted():
    return Submitted


@pytest.fixture
def corpus():
    """The folder of real documents, which not every checkout has beside it."""
    if not CORPUS.is_dir():
        pytest.skip("the documents to try are not there")
    return CORPUS / "office"
