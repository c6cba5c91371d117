"""Make the documents of examples/review out of district.yaml (the figures) and wording.yaml (the words).

Run it to write them anew: ``python tests/examples_review/make_documents.py``. The same data give the
same files, byte for byte with the same libraries. Sidecars, ``units.yaml`` and the README are written
by hand and not touched.
"""

from __future__ import annotations

import io
import re
import zipfile
from datetime import UTC, date, datetime
from pathlib import Path
from typing import Any

import yaml

HERE = Path(__file__).parent
OUT = HERE.parents[1] / "examples" / "review"
PERIOD = "half_year"
FOLDER = "2024-06-thang"
ZIP_TIME = (2024, 6, 17, 8, 0, 0)
MADE = datetime(*ZIP_TIME, tzinfo=UTC)
SPARE = ("/stylesWithEffects", "/thumbnail")
"""Parts of the library's template that nobody needs."""
FONT = "Times New Roman"
RESERVED = frozenset({"file", "unit", "named", "number", "date", "signed", "period", "version", "appendix"})


def make(out: Path = OUT) -> dict[str, bytes]:
    """Write every document below ``out``; return the contents by path."""
    files = contents()
    for path, content in files.items():
        target = out / path
        target.parent.mkdir(parents=True, exist_ok=True)
        target.write_bytes(content)
    return files


def contents() -> dict[str, bytes]:
    """The documents by path below examples/review."""
    data = _load("district.yaml")
    words = _load("wording.yaml")
    writers = {".docx": _docx, ".xlsx": _xlsx, ".txt": _txt, ".yaml": _structured}
    files = {}
    for report in data["reports"]:
        write = writers[Path(report["file"]).suffix]
        files[f"{FOLDER}/{report['file']}"] = write(Source(data, words, report))
    files[f"{FOLDER}/bao-cao-cchc.docx"] = files[f"{FOLDER}/xa-an-lac.docx"][:9000]
    files[f"{FOLDER}/don-xin-nghi-phep.docx"] = _leave_request(words)
    for report in data["archive"]:
        files[_archived(data, report)] = _structured(Source(data, words, report))
    return files


def _load(name: str) -> dict[str, Any]:
    return yaml.safe_load((HERE / name).read_text(encoding="utf-8"))


def _archived(data: dict[str, Any], report: dict[str, Any]) -> str:
    period = data[report["period"]]
    version = f"_v{report['version']}" if "version" in report else ""
    return f"archive/{report['unit']}/cchc_{period['from']}_{period['to']}{version}.yaml"


class Source:
    """One report with the words for it; figures are given as they are printed."""

    def __init__(self, data: dict[str, Any], words: dict[str, Any], report: dict[str, Any]) -> None:
        self.words = words
        self.report = report
        self.unit = data["units"][report["unit"]]
        self.period = data[report.get("period", PERIOD)]
        self.figures = {
            f"{group}.{name}": value
            for group, values in report.items()
            if group not in RESERVED
            for name, value in values.items()
        }
        self.names = self._names()

    def _names(self) -> dict[str, str]:
        day, level = self.report["date"], self.unit["level"]
        name = self.report.get("named", self.unit["name"])
        return {
            "unit": name[0].lower() + name[1:],
            "UNIT": name.upper(),
            "called": self.unit["called"],
            "place": name.split(" ", 2 if name.startswith("Thị trấn") else 1)[-1],
            "parent": self.words["parents"][level],
            "number": self.report.get("number", ""),
            "day": f"ngày {day.day:02d} tháng {day.month} năm {day.year}",
            "signed": self.report.get("signed", ""),
        }

    def say(self, template: str) -> str:
        """The sentence with the figures of the narrative; a name that opens it gets a capital."""
        text = re.sub(r"\{([^}]+)\}", lambda match: self._said(match[1]), template)
        return text[:1].upper() + text[1:] if template.startswith("{") else text

    def _said(self, name: str) -> str:
        return self.names[name] if name in self.names else printed(self.figures[name])

    def lines(self) -> list[tuple[str, str]]:
        """The narrative as (style, text)."""
        level = self.unit["level"]
        return [
            (style, self.say(text)) for line in self.words["narrative"][level] for style, text in line.items()
        ]

    def rows(self) -> list[tuple[str, str, str, int | str | None]]:
        """The rows of the appendix: code, label, unit of measure and figure (None in a row of words)."""
        stated = self.figures | self.report.get("appendix", {})
        rows = self.words["rows"][self.unit["level"]]
        return [
            (row[0], row[1], "", None) if len(row) == 2 else (row[0], row[1], row[2], stated[row[3]])
            for row in rows
        ]

    def block(self, name: str) -> list[str]:
        """A block of lines such as the title, with the names put in."""
        return [self.say(line) for line in self.words[name]]


def printed(value: int | str) -> str:
    """A figure in Vietnamese notation: 1.198, 05, 98,97%."""
    return value if isinstance(value, str) else f"{value:02,}".replace(",", ".")


# Word


def _docx(source: Source) -> bytes:
    document = _blank()
    _heads(document, source.block("header"), source.block("nation"))
    for number, line in enumerate(source.block("title")):
        _paragraph(document, line, centred=True, bold=number < 2, italic=number == 2)
    for style, line in source.lines():
        _paragraph(
            document, line, centred=style == "to", bold=style in {"h1", "h2"}, indent=style in {"p", "li"}
        )
    _heads(document, source.block("recipients"), source.block("signature"), left_aligned=True)
    document.add_page_break()
    for number, line in enumerate(source.block("appendix")):
        _paragraph(document, line, centred=True, bold=number == 0, italic=number == 2)
    _table(document, source)
    return _packed_docx(document)


def _blank() -> Any:
    import docx
    from docx.oxml.ns import qn
    from docx.shared import Cm, Pt

    document = docx.Document()
    for links in (document.part.rels, document.part.package.rels):
        for key in [key for key, link in links.items() if link.reltype.endswith(SPARE)]:
            links.pop(key)
    font = document.styles["Normal"].font
    font.name, font.size = FONT, Pt(13)
    document.styles["Normal"].element.rPr.rFonts.set(qn("w:eastAsia"), FONT)
    document.styles["Normal"].paragraph_format.space_after = Pt(4)
    section = document.sections[0]
    section.page_width, section.page_height = Cm(21), Cm(29.7)
    section.left_margin, section.right_margin = Cm(3), Cm(2)
    section.top_margin = section.bottom_margin = Cm(2)
    properties = document.core_properties
    properties.author = properties.last_modified_by = "Văn phòng"
    properties.title = properties.comments = ""
    properties.created = properties.modified = MADE
    return document


def _paragraph(document: Any, text: str, **look: bool) -> Any:
    from docx.enum.text import WD_ALIGN_PARAGRAPH
    from docx.shared import Cm

    paragraph = document.add_paragraph()
    run = paragraph.add_run(text)
    run.bold, run.italic = look.get("bold"), look.get("italic")
    if look.get("centred"):
        paragraph.alignment = WD_ALIGN_PARAGRAPH.CENTER
    elif look.get("indent"):
        paragraph.alignment = WD_ALIGN_PARAGRAPH.JUSTIFY
        paragraph.paragraph_format.first_line_indent = Cm(1)
    return paragraph


def _heads(document: Any, left: list[str], right: list[str], *, left_aligned: bool = False) -> None:
    """Two columns without lines: who writes and the nation, or the recipients and the signature."""
    from docx.enum.text import WD_ALIGN_PARAGRAPH
    from docx.shared import Cm, Pt

    table = _grid(document, 1, (Cm(6), Cm(10.5)))
    for cell, lines in zip(table.rows[0].cells, (left, right), strict=True):
        for number, line in enumerate(lines):
            paragraph = cell.paragraphs[0] if number == 0 else cell.add_paragraph()
            run = paragraph.add_run(line)
            run.font.size = Pt(12)
            to_the_left = left_aligned and lines is left
            run.bold = number < 2 if not to_the_left else number == 0
            run.italic = not to_the_left and not left_aligned and number == 2 and lines is right
            if not to_the_left:
                paragraph.alignment = WD_ALIGN_PARAGRAPH.CENTER
            paragraph.paragraph_format.space_after = Pt(0)
    document.add_paragraph()


def _grid(document: Any, rows: int, widths: tuple[Any, ...]) -> Any:
    table = document.add_table(rows=rows, cols=len(widths))
    table.autofit = False
    for column, width in zip(table.columns, widths, strict=True):
        column.width = width
        for cell in column.cells:
            cell.width = width
    return table


def _table(document: Any, source: Source) -> None:
    from docx.enum.text import WD_ALIGN_PARAGRAPH
    from docx.shared import Cm, Pt

    widths = (Cm(1.5), Cm(8.2), Cm(2.2), Cm(2), Cm(2.1))
    rows = [tuple(source.words["columns"]), *source.rows()]
    table = _grid(document, len(rows), widths)
    table.style = "Table Grid"
    for number, row in enumerate(rows):
        texts = ["" if each is None else printed(each) for each in row] + [""] * (len(widths) - len(row))
        for column, (cell, text) in enumerate(zip(table.rows[number].cells, texts, strict=True)):
            paragraph = cell.paragraphs[0]
            run = paragraph.add_run(text)
            run.font.size = Pt(11)
            run.bold = number == 0 or row[3] is None
            paragraph.paragraph_format.space_after = Pt(0)
            if column != 1 or number == 0:
                paragraph.alignment = WD_ALIGN_PARAGRAPH.CENTER


def _leave_request(words: dict[str, Any]) -> bytes:
    document = _blank()
    for style, line in words["leave_request"]:
        _paragraph(document, line, centred=style != "p", bold=style != "p", indent=style == "p")
    return _packed_docx(document)


def _packed_docx(document: Any) -> bytes:
    """The document as a file whose entries bear one time and come in one order, without the thumbnail."""
    saved = io.BytesIO()
    document.save(saved)
    packed = io.BytesIO()
    with zipfile.ZipFile(saved) as old, zipfile.ZipFile(packed, "w", zipfile.ZIP_DEFLATED) as new:
        for entry in old.infolist():
            info = zipfile.ZipInfo(entry.filename, ZIP_TIME)
            info.compress_type = zipfile.ZIP_DEFLATED
            new.writestr(info, old.read(entry))
    return packed.getvalue()


# Excel


def _xlsx(source: Source) -> bytes:
    import xlsxwriter

    saved = io.BytesIO()
    book = xlsxwriter.Workbook(saved, {"in_memory": True})
    book.set_properties({"author": "Văn phòng", "created": MADE})
    sheet = book.add_worksheet("Phụ lục")
    look = {"font_name": FONT, "font_size": 12}
    sheet.set_column("A:A", 8)
    sheet.set_column("B:B", 52)
    sheet.set_column("C:E", 14)
    head = book.add_format(look | {"bold": True, "align": "center"})
    lines = [
        *source.block("header"),
        source.block("nation")[2],
        *source.block("appendix")[:2],
        source.block("title")[2],
    ]
    for number, line in enumerate(lines):
        sheet.merge_range(number, 0, number, 4, line, head)
    _sheet_rows(book, sheet, source, len(lines) + 1, look | {"border": 1})
    sheet.set_paper(9)
    sheet.fit_to_pages(1, 0)
    book.close()
    return saved.getvalue()


def _sheet_rows(book: Any, sheet: Any, source: Source, first: int, look: dict[str, Any]) -> None:
    bold = book.add_format(look | {"bold": True})
    plain = book.add_format(look)
    counted = book.add_format(look | {"num_format": "#,##0"})
    sheet.write_row(first, 0, source.words["columns"], bold)
    for number, (code, label, unit, figure) in enumerate(source.rows(), start=first + 1):
        sheet.write_row(number, 0, (code, label, unit), plain if figure is not None else bold)
        sheet.write_blank(number, 4, None, plain)
        if figure is None:
            sheet.write_blank(number, 3, None, plain)
        elif isinstance(figure, int):
            sheet.write_number(number, 3, figure, counted)
        else:
            decimals = len(figure.rstrip("%").partition(",")[2])
            shown = book.add_format(look | {"num_format": "0." + "0" * decimals + "%" if decimals else "0%"})
            sheet.write_number(number, 3, float(figure.rstrip("%").replace(",", ".")) / 100, shown)


# Text and structured reports


def _txt(source: Source) -> bytes:
    blocks = [source.block("header"), source.block("nation"), source.block("title")]
    head = ["\n".join(block) for block in blocks]
    body = [line for _, line in source.lines()]
    tail = ["\n".join(line for line in source.block(name) if line) for name in ("recipients", "signature")]
    return ("\n\n".join([*head, "\n".join(body), *tail]) + "\n").encode()


def _structured(source: Source) -> bytes:
    unit = {"id": source.report["unit"]} | {
        key: source.unit[key] for key in ("name", "level", "parent") if key in source.unit
    }
    period = source.period
    lines = [
        "report:",
        "  form: cchc",
        f"  submitted: {source.report['date']}",
        f"  unit: {_flow(unit)}",
        f"  period: {_flow(period)}",
    ]
    tree: dict[str, Any] = {}
    for path, value in source.figures.items():
        *groups, name = path.split(".")
        node = tree
        for group in groups:
            node = node.setdefault(group, {})
        node[name] = value
    return "\n".join([*lines, *_tree(tree, ""), ""]).encode()


def _tree(tree: dict[str, Any], indent: str) -> list[str]:
    lines: list[str] = []
    for key, value in tree.items():
        if isinstance(value, dict):
            lines += [f"{indent}{key}:", *_tree(value, indent + "  ")]
        else:
            lines.append(f"{indent}{key}: " + (f'"{value}"' if isinstance(value, str) else str(value)))
    return lines


def _flow(values: dict[str, str | date]) -> str:
    return "{" + ", ".join(f"{key}: {value}" for key, value in values.items()) + "}"


if __name__ == "__main__":
    make()
