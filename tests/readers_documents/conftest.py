import io
import zipfile
from pathlib import Path

import pytest

from validator.model.document import Block, Table
from validator.readers.document import read_document

W = "http://schemas.openxmlformats.org/wordprocessingml/2006/main"
S = "http://schemas.openxmlformats.org/spreadsheetml/2006/main"
R = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
P = "http://schemas.openxmlformats.org/package/2006/relationships"
CORPUS = Path(__file__).parents[3] / "shared" / "corpus"


def write_zip(path, parts):
    with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as package:
        for name, content in parts.items():
            package.writestr(name, content)
    return path


def rewritten(path, changes):
    """Return a copy of a package with some of its parts replaced."""
    with zipfile.ZipFile(path) as package:
        parts = {name: package.read(name) for name in package.namelist()}
    return write_zip(path.with_name(f"changed-{path.name}"), parts | changes)


def xml(name, body, **namespaces):
    spaces = "".join(f' xmlns:{key}="{uri}"' for key, uri in namespaces.items())
    return f'<?xml version="1.0" encoding="UTF-8"?><{name}{spaces}>{body}</{name}>'


def relationships(**targets):
    lines = "".join(
        f'<Relationship Id="r{place}" Type="{R}/{kind}" Target="{target}"/>'
        for place, (kind, target) in enumerate(targets.items(), start=1)
    )
    return f'<?xml version="1.0"?><Relationships xmlns="{P}">{lines}</Relationships>'


def content_types(sheets):
    """Say what the parts of a workbook are, which other office programs ask for."""
    kind = "application/vnd.openxmlformats-officedocument.spreadsheetml"
    parts = {"xl/workbook.xml": "sheet.main", "xl/styles.xml": "styles"}
    parts |= {f"xl/worksheets/s{place}.xml": "worksheet" for place in range(1, sheets + 1)}
    lines = "".join(
        f'<Override PartName="/{name}" ContentType="{kind}.{part}+xml"/>' for name, part in parts.items()
    )
    rels = "application/vnd.openxmlformats-package.relationships+xml"
    return (
        '<?xml version="1.0"?><Types xmlns="http://schemas.openxmlformats.org/package/2006/content-types">'
        f'<Default Extension="rels" ContentType="{rels}"/>{lines}</Types>'
    )


@pytest.fixture
def make_docx(tmp_path):
    """Write a Word file from the inside of its body, and optionally of its other parts."""

    def make(body, *, name="report.docx", **parts):
        content = {
            "[Content_Types].xml": "<Types/>",
            "_rels/.rels": relationships(officeDocument="word/document.xml"),
            "word/_rels/document.xml.rels": relationships(**{part: f"{part}.xml" for part in parts}),
            "word/document.xml": xml(
                "w:document",
                f"<w:body>{body}</w:body>",
                w=W,
                mc="http://schemas.openxmlformats.org/markup-compatibility/2006",
                wps="http://schemas.microsoft.com/office/word/2010/wordprocessingShape",
                v="urn:schemas-microsoft-com:vml",
            ),
        }
        for part, inside in parts.items():
            content[f"word/{part}.xml"] = xml(f"w:{part}", inside, w=W)
        return write_zip(tmp_path / name, content)

    return make


@pytest.fixture
def make_xlsx(tmp_path):
    """Write a workbook from rows of cell XML per sheet; ``formats`` are the styles 1, 2, …"""

    def make(sheets, *, formats=(), after="", states=None, columns="", name="report.xlsx", **book):
        texts, struck = book.pop("texts", ()), book.pop("struck_styles", ())
        entries = "".join(
            f'<sheet name="{title}" sheetId="{place}" r:id="r{place}"'
            f' state="{(states or {}).get(title, "visible")}"/>'
            for place, title in enumerate(sheets, start=1)
        )
        own = "".join(
            f'<numFmt numFmtId="{164 + place}" formatCode="{code}"/>' for place, code in enumerate(formats)
        )
        related = f'<Relationship Id="styles" Type="{R}/styles" Target="styles.xml"/>' + "".join(
            f'<Relationship Id="r{place}" Type="{R}/worksheet" Target="worksheets/s{place}.xml"/>'
            for place in range(1, len(sheets) + 1)
        )
        used = "".join(
            f'<xf numFmtId="{164 + place}" fontId="{int(place + 1 in struck)}"/>'
            for place in range(len(formats))
        )
        content = {
            "[Content_Types].xml": content_types(len(sheets)),
            "_rels/.rels": relationships(officeDocument="xl/workbook.xml"),
            "xl/workbook.xml": xml(
                "workbook", f"<sheets>{entries}</sheets>{book.get('calculation', '')}", r=R
            ).replace("<workbook", f'<workbook xmlns="{S}"'),
            "xl/_rels/workbook.xml.rels": f'<Relationships xmlns="{P}">{related}</Relationships>',
            "xl/styles.xml": f'<styleSheet xmlns="{S}"><numFmts>{own}</numFmts>'
            f"<fonts><font/><font><strike/></font></fonts>"
            f'<cellXfs><xf numFmtId="0"/>{used}</cellXfs></styleSheet>',
            "xl/sharedStrings.xml": f'<sst xmlns="{S}">'
            + "".join(f"<si>{text}</si>" for text in texts)
            + "</sst>",
        }
        for place, rows in enumerate(sheets.values(), start=1):
            data = "".join(row if row.startswith("<row") else f"<row>{row}</row>" for row in rows)
            inside = f"<cols>{columns}</cols><sheetData>{data}</sheetData>{after}"
            content[f"xl/worksheets/s{place}.xml"] = f'<worksheet xmlns="{S}">{inside}</worksheet>'
        return write_zip(tmp_path / name, content)

    return make


@pytest.fixture
def make_pdf(tmp_path):
    """Write a PDF whose pages are given as drawing commands; /F1 is Helvetica, /F2 its bold."""

    def make(pages, *, name="report.pdf", extra=""):
        objects = ["<< /Type /Catalog /Pages 2 0 R >>", ""]
        kids = []
        for content in pages:
            data = content.encode("latin-1")
            stream = f"<< /Length {len(data)} >>\nstream\n{content}\nendstream"
            objects.append(stream)
            objects.append(
                f"<< /Type /Page /Parent 2 0 R /MediaBox [0 0 595 842] /Contents {len(objects)} 0 R "
                "/Resources << /Font << "
                "/F1 << /Type /Font /Subtype /Type1 /BaseFont /Helvetica "
                "/Encoding /WinAnsiEncoding >> "
                "/F2 << /Type /Font /Subtype /Type1 /BaseFont /Helvetica-Bold >> >> "
                f"{extra} >> >>"
            )
            kids.append(f"{len(objects)} 0 R")
        objects[1] = f"<< /Type /Pages /Kids [{' '.join(kids)}] /Count {len(kids)} >>"
        out = io.BytesIO()
        out.write(b"%PDF-1.4\n")
        offsets = []
        for number, body in enumerate(objects, start=1):
            offsets.append(out.tell())
            out.write(f"{number} 0 obj\n{body}\nendobj\n".encode("latin-1"))
        start = out.tell()
        out.write(f"xref\n0 {len(objects) + 1}\n0000000000 65535 f \n".encode())
        out.write("".join(f"{offset:010d} 00000 n \n" for offset in offsets).encode())
        out.write(f"trailer << /Size {len(objects) + 1} /Root 1 0 R >>\nstartxref\n{start}\n%%EOF".encode())
        path = tmp_path / name
        path.write_bytes(out.getvalue())
        return path

    return make


class Read:
    """A read document in the short forms that tests compare."""

    def __init__(self, path, **options):
        result = read_document(path, **options)
        self.document = result.document
        self.problems = result.problems
        self.all = result.document.blocks if result.document else ()

    @property
    def blocks(self):
        return [block for block in self.all if isinstance(block, Block)]

    @property
    def tables(self):
        return [block for block in self.all if isinstance(block, Table)]

    @property
    def texts(self):
        return [f"{block.marker} {block.text}".strip() for block in self.blocks]

    @property
    def codes(self):
        return [problem.code for problem in self.problems]

    def rows(self, table=0):
        found = {}
        for cell in self.tables[table].cells:
            found.setdefault(cell.row, {})[cell.column] = cell.text
        return [list(row.values()) for row in found.values()]

    def cell(self, text, table=0):
        return next(cell for cell in self.tables[table].cells if cell.text == text)


@pytest.fixture
def read():
    return Read


@pytest.fixture
def write(tmp_path):
    """Write a text or bytes file."""

    def write_file(content, name="report.txt"):
        path = tmp_path / name
        path.write_bytes(content if isinstance(content, bytes) else content.encode("utf-8"))
        return path

    return write_file


@pytest.fixture
def corpus():
    """The folder of real documents, which not every checkout has beside it."""
    if not CORPUS.is_dir():
        pytest.skip("the documents to try are not there")
    return CORPUS
