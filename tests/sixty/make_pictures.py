"""Make the pictures of the guides: an annotated copy, a letter and the list of letters, as pages on a screen.

Run it to make them anew: ``python tests/sixty/make_pictures.py``. It needs LibreOffice, pdftoppm, Chromium
and ImageMagick. Comments stand beside the page, as Word shows them: LibreOffice does not print them there.
"""

from __future__ import annotations

import base64
import html
import re
import struct
import subprocess
import sys
import tempfile
import zipfile
import zlib
from pathlib import Path

sys.path.insert(0, str(Path(__file__).parent))

import make_reports as made

from validator import review, write_review

DOCS = Path(__file__).resolve().parents[2] / "docs"
UNIT = 3
_STYLE = (
    "body{margin:0;background:#e8e8e8;font:13px/1.35 'Liberation Sans',sans-serif;display:flex;gap:10px}"
    "body{padding:10px}img{border:1px solid #bbb;background:#fff}aside{width:330px}aside p{background:#fff;"
    "border-left:4px solid #b5651d;margin:0 0 10px;padding:7px 9px;white-space:pre-line}"
)


def main() -> None:
    """Make all pictures in a folder that goes, and put them into docs."""
    with tempfile.TemporaryDirectory() as name:
        room = Path(name)
        made.write(room)
        units = room / "danh-sach-don-vi.xlsx"
        found = review(room / "lan-1", units=units)
        write_review(found, room / "ket-qua", sources=room / "lan-1")
        unit = room / "ket-qua" / "gui-don-vi" / found.units[UNIT].unit.id
        copy, slip = next(unit.glob("*.chu-thich.docx")), next(unit.glob("phieu-*.docx"))
        page = image(pdf(copy, room), 88, (0, 0, 728, 700))
        picture(f"{page}<aside>{balloons(copy)}</aside>", "copy", room, 1100, 725)
        letter = pdf(slip, room)
        both = image(letter, 80, (0, 40, 936, 380)) + image(letter, 80, (0, 60, 936, 360), page=2)
        picture(f"<div>{both}</div>", "letter", room, 960, 775)
        listed = pdf(room / "ket-qua" / "danh-sach-gui.xlsx", room)
        picture(image(listed, 110, (30, 60, 1230, 420)), "letters", room, 1255, 445)


def pdf(path: Path, room: Path) -> Path:
    """Print a file as LibreOffice does."""
    profile = f"-env:UserInstallation={(room / 'profile').as_uri()}"
    command = ["soffice", "--headless", profile, "--convert-to", "pdf", "--outdir", str(room), str(path)]
    subprocess.run(command, check=True, stdout=subprocess.DEVNULL)
    return room / f"{path.stem}.pdf"


def image(path: Path, dots: int, box: tuple[int, int, int, int], *, page: int = 1) -> str:
    """Return a page of a file as an image in a web page, cut to *box*: left, top, width, height."""
    left, top, width, height = map(str, box)
    cut = ["-x", left, "-y", top, "-W", width, "-H", height]
    command = ["pdftoppm", "-r", str(dots), "-f", str(page), "-l", str(page), "-png", "-singlefile", *cut]
    subprocess.run([*command, str(path), str(path.with_suffix(""))], check=True, stderr=subprocess.DEVNULL)
    data = base64.b64encode(path.with_suffix(".png").read_bytes()).decode()
    return f'<img src="data:image/png;base64,{data}">'


def balloons(copy: Path) -> str:
    """Return the comments of a copy in Word, as they stand in it."""
    with zipfile.ZipFile(copy) as file:
        text = file.read("word/comments.xml").decode("utf-8")
    told = []
    for each in re.findall(r"<w:comment\b.*?</w:comment>", text, re.DOTALL):
        lines = (re.sub(r"<[^>]*>", "", line) for line in re.split(r"</w:p>|<w:br ?/>", each))
        told.append("\n".join(html.unescape(line).strip() for line in lines if line.strip()))
    return "".join(f"<p>{html.escape(each)}</p>" for each in told)


def picture(body: str, name: str, room: Path, width: int, height: int) -> None:
    """Photograph a page of the browser in few colours."""
    page, shot = room / f"{name}.html", room / f"{name}.shot.png"
    page.write_text(f'<meta charset="utf-8"><style>{_STYLE}</style>{body}', encoding="utf-8")
    command = ["chromium", "--headless", "--no-sandbox", "--disable-gpu", "--hide-scrollbars"]
    options = [f"--window-size={width},{height}", f"--screenshot={shot}", page.as_uri()]
    subprocess.run([*command, *options], check=True, stderr=subprocess.DEVNULL)
    (DOCS / f"desk-{name}.png").write_bytes(few_colours(shot))


def few_colours(shot: Path) -> bytes:
    """Return a picture with at most 216 colours, which is a quarter of its size."""
    raw = subprocess.run(["convert", str(shot), "ppm:-"], check=True, stdout=subprocess.PIPE).stdout
    kind, width, height, _, data = raw.split(maxsplit=4)
    assert kind == b"P6"
    steps = bytes(round(value / 51) for value in range(256))
    red, green, blue = (data[at::3].translate(steps) for at in range(3))
    pixels = bytes(36 * r + 6 * g + b for r, g, b in zip(red, green, blue, strict=True))
    across = int(width)
    rows = b"".join(b"\0" + pixels[at : at + across] for at in range(0, len(pixels), across))
    palette = bytes(51 * level for r in range(6) for g in range(6) for b in range(6) for level in (r, g, b))
    head = struct.pack(">IIBBBBB", across, int(height), 8, 3, 0, 0, 0)
    parts = ((b"IHDR", head), (b"PLTE", palette), (b"IDAT", zlib.compress(rows, 9)), (b"IEND", b""))
    return b"\x89PNG\r\n\x1a\n" + b"".join(
        struct.pack(">I", len(part)) + name + part + struct.pack(">I", zlib.crc32(name + part))
        for name, part in parts
    )


if __name__ == "__main__":
    main()
