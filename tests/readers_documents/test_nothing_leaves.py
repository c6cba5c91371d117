"""What a document names elsewhere – pictures, sections, templates, data – is never fetched."""

from __future__ import annotations

import shutil
import subprocess
import threading
import zipfile
from socketserver import BaseRequestHandler, ThreadingTCPServer

import pytest

ODT = "application/vnd.oasis.opendocument.text"
ODS = "application/vnd.oasis.opendocument.spreadsheet"
OASIS = "urn:oasis:names:tc:opendocument:xmlns"
NAMES = " ".join(
    [
        *(f'xmlns:{each}="{OASIS}:{each}:1.0"' for each in ("office", "text", "table", "meta")),
        f'xmlns:draw="{OASIS}:drawing:1.0" xmlns:svg="{OASIS}:svg-compatible:1.0"',
        'xmlns:xlink="http://www.w3.org/1999/xlink"',
    ]
)
FRAME = '<draw:frame svg:width="2cm" svg:height="2cm">{}</draw:frame>'
LINK = 'xlink:href="{}" xlink:type="simple" xlink:show="embed" xlink:actuate="onLoad"'


class Ears:
    """A server on this machine that remembers whatever it is told."""

    def __init__(self):
        heard = self.heard = []

        class Handler(BaseRequestHandler):
            def handle(self):
                heard.append(self.request.recv(1000))
                self.request.sendall(b"HTTP/1.0 404 Not Found\r\n\r\n")

        self.server = ThreadingTCPServer(("127.0.0.1", 0), Handler)
        self.url = f"http://127.0.0.1:{self.server.server_address[1]}"
        threading.Thread(target=self.server.serve_forever, daemon=True).start()


@pytest.fixture
def ears():
    found = Ears()
    yield found
    found.server.shutdown()
    found.server.server_close()


def open_document(path, kind, body, meta=""):
    with zipfile.ZipFile(path, "w") as package:
        package.writestr("mimetype", kind)
        entries = "".join(
            f'<m:file-entry m:full-path="{name}" m:media-type="{media}"/>'
            for name, media in (("/", kind), ("content.xml", "text/xml"), ("meta.xml", "text/xml"))
        )
        listed = f'<m:manifest xmlns:m="{OASIS}:manifest:1.0">{entries}</m:manifest>'
        package.writestr("META-INF/manifest.xml", listed)
        head = f'{NAMES} office:version="1.2"'
        content = (
            f"<office:document-content {head}><office:body>{body}</office:body></office:document-content>"
        )
        package.writestr("content.xml", content)
        told = f"<office:document-meta {head}><office:meta>{meta}</office:meta></office:document-meta>"
        package.writestr("meta.xml", told)
    return path


def text_with(url):
    """Return a body that has pictures, objects, frames and a section elsewhere."""
    parts = [
        f"<draw:image {LINK.format(url + '/picture.png')}/>",
        f"<draw:object {LINK.format(url + '/object.odt')}/>",
        f"<draw:floating-frame {LINK.format(url + '/frame.html')}/>",
        f"<draw:plugin {LINK.format(url + '/film.mp4')}/>",
    ]
    frames = "".join(f"<text:p>{FRAME.format(part)}</text:p>" for part in parts)
    source = f'<text:section-source xlink:href="{url}/section.odt" xlink:type="simple"/>'
    section = f'<text:section text:name="S">{source}<text:p>old</text:p></text:section>'
    return f"<office:text><text:p>Heard</text:p>{frames}{section}</office:text>"


def sheet_with(url):
    """Return a body whose cells, picture and whole table come from elsewhere."""
    picture = FRAME.format(f"<draw:image {LINK.format(url + '/picture.png')}/>")
    cells = [
        f'<table:table-cell table:formula="of:=WEBSERVICE(&quot;{url}/web&quot;)"/>',
        f'<table:table-cell table:formula="of:=\'{url}/cell.ods\'#$T.A1" office:value-type="string"/>',
        f"<table:table-cell>{picture}</table:table-cell>",
        '<table:table-cell office:value-type="string"><text:p>Heard</text:p></table:table-cell>',
    ]
    row = f"<table:table-row>{''.join(cells)}</table:table-row>"
    source = f'<table:table-source xlink:href="{url}/table.ods" table:table-name="X" table:mode="copy-all"/>'
    first = f'<table:table table:name="T">{source}{row}</table:table>'
    return f"<office:spreadsheet>{first}</office:spreadsheet>"


def rich_text(url):
    picture = rf'{{\field{{\*\fldinst INCLUDEPICTURE "{url}/picture.png" \\d}}{{\fldrslt x}}}}'
    text = rf'{{\field{{\*\fldinst INCLUDETEXT "{url}/text.docx"}}{{\fldrslt x}}}}'
    return rf"{{\rtf1\ansi{{\*\template {url}/template.dot}}{picture}{text} Heard\par}}"


def old(path, suffix):
    """Write the document at *path* in an old binary format, links and all, by LibreOffice itself."""
    profile = f"-env:UserInstallation={(path.parent / 'writer').as_uri()}"
    command = ["soffice", profile, "--headless", "--convert-to", suffix, "--outdir", path.parent, path]
    subprocess.run(command, check=True, capture_output=True, timeout=100)
    return path.with_suffix(f".{suffix}")


@pytest.fixture
def linking(tmp_path, make_docx, ears):
    """Write a document of each kind that names files of a server."""

    def make(kind, url):
        match kind:
            case "odt":
                meta = f'<meta:template xlink:href="{url}/t.ott" xlink:type="simple"/>'
                again = f'<meta:auto-reload xlink:href="{url}/again.odt" meta:delay="PT0S"/>'
                return open_document(tmp_path / "a.odt", ODT, text_with(url), meta + again)
            case "ods":
                return open_document(tmp_path / "a.ods", ODS, sheet_with(url))
            case "doc" | "xls":
                body, media, name = (text_with, ODT, "a.odt") if kind == "doc" else (sheet_with, ODS, "a.ods")
                made = old(open_document(tmp_path / name, media, body(url)), kind)
                ears.heard.clear()  # what writing it fetched is no matter
                assert url.encode() in made.read_bytes().replace(b"\x00", b"")
                return made
            case "rtf":
                (tmp_path / "a.rtf").write_text(rich_text(url), encoding="ascii")
                return tmp_path / "a.rtf"
            case _:
                field = f'<w:r><w:instrText>INCLUDEPICTURE "{url}/p.png" \\d</w:instrText></w:r>'
                return make_docx(f"<w:p><w:r><w:t>Heard</w:t></w:r>{field}</w:p>")

    return make


@pytest.mark.slow
@pytest.mark.skipif(shutil.which("soffice") is None, reason="LibreOffice is not installed")
@pytest.mark.parametrize("kind", ["odt", "ods", "rtf", "docx", "doc", "xls"])
def test_nothing_is_heard(read, linking, ears, kind):
    found = read(linking(kind, ears.url))
    assert found.document is not None, found.codes
    assert any("Heard" in repr(each) for each in found.document.blocks)
    assert ears.heard == []


@pytest.mark.slow
@pytest.mark.skipif(shutil.which("soffice") is None, reason="LibreOffice is not installed")
def test_it_would_be_heard_without_the_profile(read, linking, ears, monkeypatch):
    from validator.readers import office

    monkeypatch.setattr(office, "_SETTINGS", ())
    read(linking("odt", ears.url))
    assert ears.heard != []
