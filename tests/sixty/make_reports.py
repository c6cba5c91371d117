"""Make what a reviewer of a province gets: sixty files of 57 communes, and what comes after the letters.

Run it to look at them: ``python tests/sixty/make_reports.py FOLDER`` (``--examples`` writes those of
examples/documents anew). Units, people and figures are invented;
the same run gives the same bytes. ``danh-sach-don-vi.xlsx`` lists the units, ``lan-1`` is what came first –
whole reports in Word, narratives with an appendix in Excel, broken files, a picture, seven units silent –,
``lan-2`` what came later.
"""

from __future__ import annotations

import io
import sys
import zipfile
from dataclasses import dataclass, field, replace
from datetime import UTC, datetime
from decimal import ROUND_HALF_UP, Decimal
from pathlib import Path
from xml.sax.saxutils import escape

MADE = (2026, 6, 20, 8, 0, 0)
PROVINCE, OFFICE = "Tỉnh Nam Sơn", "Sở Nội vụ tỉnh Nam Sơn"
FIRST = ("An", "Bình", "Cẩm", "Đông", "Hòa", "Kim", "Long", "Minh", "Phú", "Quang", "Tân", "Vĩnh")
SECOND = ("Lạc", "Giang", "Hải", "Phong", "Thọ")
# By number: what a unit did. All others sent one whole report in Word, without a fault.
SPLIT = range(35, 45)
ONLY_TABLE = (45, 46)
HALF_A_FILE, EMPTY, PICTURE = 47, 48, 49
SILENT = range(50, 57)
CORRECTED_NOT, SENT_LATE = (3, 41), (47, 50, 51, 52)


@dataclass(frozen=True)
class Report:
    """One report: who, the day it bears, its figures as text and appendix state them."""

    number: int
    name: str
    day: int = 15
    text: dict[str, int | str] = field(default_factory=dict)
    rows: dict[str, int | str] = field(default_factory=dict)

    @property
    def slug(self) -> str:
        """The name of its files, without diacritics and with the level, as clerks name them."""
        return f"{self.number:02}-{_plain(self.name)}"


def names() -> list[str]:
    """The 57 communes; two share a name and differ by their level, one's name begins another's."""
    plain = [f"{first} {second}" for second in SECOND for first in FIRST][:54]
    levels = ["Phường" if number % 5 == 2 else "Xã" for number in range(54)]
    return [f"{level} {name}" for level, name in zip(levels, plain, strict=True)] + [
        "Phường An Lạc", "Xã An Giang Hạ", "Xã Kim Sơn",
    ]  # fmt: skip


def figures(number: int) -> dict[str, int | str]:
    """Figures that agree, of a unit by its number."""
    received = 1_204 + 37 * number + number * number % 97
    in_person, by_post, carried = received // 4 + number, 3 + number % 7, 5 + number % 11
    pending, overdue, late = 12 + number % 9, number % 3, 1 + number % 4
    resolved = received - pending
    early = resolved * 2 // 3
    online = received - in_person - by_post - carried
    digitised = online - 5 - number
    tasks = 20 + number % 13
    return {
        "received": received, "in_person": in_person, "online": online, "by_post": by_post,
        "carried": carried,
        "resolved": resolved, "early": early, "on_time": resolved - early - late, "late": late,
        "on_time_pct": percent(resolved - late, resolved, 2),
        "pending": pending, "not_due": pending - overdue, "overdue": overdue,
        "digitised": digitised, "digitised_pct": percent(digitised, online, 1),
        "directives": 14 + number % 17, "tasks": tasks, "done": tasks - 3,
        "plan_pct": percent(tasks - 3, tasks, 2), "assigned": 30 + number % 5, "present": 28 + number % 5,
    }  # fmt: skip


def percent(part: int, whole: int, places: int) -> str:
    """A share as it is printed: 98,97%."""
    shown = (Decimal(100 * part) / whole).quantize(Decimal(1).scaleb(-places), ROUND_HALF_UP)
    return f"{shown}%".replace(".", ",")


def planted() -> dict[int, dict[str, int | str]]:
    """What is written otherwise, by the number of the unit: a figure of the text, ``row:`` of the table."""
    sure = {number: figures(number) for number in range(57)}

    def one(number: int, name: str, more: int) -> dict[str, int | str]:
        value = sure[number][name]
        assert isinstance(value, int)
        return {name: value + more}

    return {
        3: one(3, "online", 10) | {"row:online": int(sure[3]["online"]) + 10},
        8: {"on_time_pct": "97,31%", "row:on_time_pct": "97,31%"},
        11: {"digitised_pct": "81,4%"},
        17: one(17, "late", 20) | {"row:late": int(sure[17]["late"]) + 20},
        22: {"present": 52, "row:present": 52},
        26: {"plan_pct": "68,12%", "row:plan_pct": "68,12%"},
        30: {"row:directives": 41},
        36: {"row:received": int(f"{str(sure[36]['received'])[:-1]}")},
        41: one(41, "early", -100) | {"row:early": int(sure[41]["early"]) - 100},
    }


def reports(*, corrected: bool = False) -> list[Report]:
    """All 57 as they would be; those not *corrected* with what is planted."""
    told = {} if corrected else planted()
    found = []
    for number, name in enumerate(names()):
        own, changes = figures(number), told.get(number, {})
        text = own | {key: value for key, value in changes.items() if ":" not in key}
        rows = own | {key[4:]: value for key, value in changes.items() if ":" in key}
        found.append(Report(number, name, text=text, rows=rows))
    return found


def first() -> dict[str, bytes]:
    """The sixty files that came first, by their names."""
    found: dict[str, bytes] = {}
    for each in reports():
        number = each.number
        if number in SILENT:
            continue
        if number == PICTURE:
            found[f"{each.slug}.jpg"] = b"\xff\xd8\xff\xe0 no picture"
        elif number == EMPTY:
            found[f"{each.slug}.pdf"] = b""
        elif number in ONLY_TABLE:
            found[f"{each.slug}.xlsx"] = workbook(each)
        elif number in SPLIT:
            found |= {f"{each.slug}-loi-van.docx": word(each, appendix=False)}
            found |= {f"{each.slug}-phu-luc.xlsx": workbook(each)}
        else:
            data = word(each)
            found[f"{each.slug}.docx"] = data[: len(data) // 2] if number == HALF_A_FILE else data
    return found


def second() -> dict[str, bytes]:
    """What came after the letters: corrections, and reports that were broken or missing."""
    found: dict[str, bytes] = {}
    for each in reports(corrected=True):
        wanted = each.number in planted() and each.number not in CORRECTED_NOT
        later = replace(each, day=25)
        if wanted and each.number in SPLIT:
            found |= {f"{each.slug}-loi-van-lan-2.docx": word(later, appendix=False)}
            found |= {f"{each.slug}-phu-luc-lan-2.xlsx": workbook(later)}
        elif wanted or each.number in SENT_LATE:
            found[f"{each.slug}-lan-2.docx"] = word(later)
    return found


def examples() -> dict[str, bytes]:
    """The reports of the guide for drafters: one with planted faults, the same mended, one in two files."""
    told, right = reports(), reports(corrected=True)
    return {
        "dong-lac-6-thang-2026.docx": word(told[3]),
        "dong-lac-6-thang-2026-da-sua.docx": word(replace(right[3], day=17)),
        "an-phong-loi-van.docx": word(told[36], appendix=False),
        "an-phong-phu-luc.xlsx": workbook(told[36]),
    }


# The list of units


def units() -> bytes:
    """The list as an office keeps it: a title, a header of two rows, merged cells, the superior below."""
    import xlsxwriter

    saved = io.BytesIO()
    with xlsxwriter.Workbook(saved, {"in_memory": True}) as book:
        book.set_properties({"created": datetime(*MADE, tzinfo=UTC)})
        sheet = book.add_worksheet("Danh sách")
        sheet.write(0, 0, "DANH SÁCH CÁC ĐƠN VỊ BÁO CÁO")
        for area, text in (
            ("A3:A4", "TT"),
            ("B3:B4", "Tên đơn vị"),
            ("C3:C4", "Cấp trên"),
            ("D3:E3", "Liên hệ"),
        ):
            sheet.merge_range(area, text)
        sheet.write_row(3, 3, ("Địa chỉ", "Thư công vụ"))
        for row, name in enumerate(names(), start=4):
            address = f"Trung tâm {name[:1].lower()}{name[1:]}, {PROVINCE[:1].lower()}{PROVINCE[1:]}"
            sheet.write_row(row, 0, (row - 3, f"UBND {name[:1].lower()}{name[1:]}", OFFICE, address))
            sheet.write(row, 4, f"{_plain(name)}@namson.example")
        sheet.write_row(61, 1, (OFFICE, PROVINCE))
        sheet.write(62, 1, PROVINCE)
    return saved.getvalue()


# Word and Excel


def lines(report: Report) -> list[str]:
    """The narrative, line by line."""
    name = report.name[:1].lower() + report.name[1:]
    say = {
        key: value if isinstance(value, str) else f"{value:02,}".replace(",", ".")
        for key, value in report.text.items()
    }
    told = [
        f"Kính gửi: {OFFICE}.",
        f"Theo chế độ báo cáo định kỳ, UBND {name} báo cáo kết quả như sau:",
        *LINES,
    ]
    return [each.format(**say) for each in told]


LINES = """\
I. CÔNG TÁC CHỈ ĐẠO, ĐIỀU HÀNH
Từ đầu kỳ, UBND đã ban hành {directives} văn bản chỉ đạo công tác cải cách hành chính.
Đã hoàn thành {done}/{tasks} nhiệm vụ của kế hoạch cải cách hành chính năm 2026, đạt {plan_pct}.
II. CẢI CÁCH THỦ TỤC HÀNH CHÍNH
- Tổng số hồ sơ TTHC đã tiếp nhận: {received} hồ sơ, trong đó:
+ Tiếp nhận trực tiếp: {in_person} hồ sơ;
+ Tiếp nhận trực tuyến: {online} hồ sơ;
+ Tiếp nhận qua bưu chính công ích: {by_post} hồ sơ;
+ Từ kỳ trước chuyển qua: {carried} hồ sơ.
- Số hồ sơ đã giải quyết: {resolved} hồ sơ, trong đó:
+ Giải quyết trước hạn: {early} hồ sơ;
+ Giải quyết đúng hạn: {on_time} hồ sơ;
+ Giải quyết quá hạn: {late} hồ sơ.
- Số hồ sơ đang giải quyết: {pending} hồ sơ, trong đó:
+ Chưa đến hạn: {not_due} hồ sơ;
+ Đang giải quyết quá hạn: {overdue} hồ sơ.
Trong số hồ sơ nộp trực tuyến, đã số hóa {digitised}/{online} hồ sơ, đạt {digitised_pct}.
III. CẢI CÁCH TỔ CHỨC BỘ MÁY
Biên chế được giao: {assigned} người; biên chế có mặt: {present} người.
""".splitlines()
ROWS = (
    ("1.1", "Số văn bản chỉ đạo CCHC đã ban hành", "Văn bản", "directives"),
    ("1.2", "Tỷ lệ hoàn thành kế hoạch CCHC", "%", "plan_pct"),
    ("1.2.1", "Số nhiệm vụ đề ra trong kế hoạch", "Nhiệm vụ", "tasks"),
    ("1.2.2", "Số nhiệm vụ đã hoàn thành", "Nhiệm vụ", "done"),
    ("3.2", "Tổng số hồ sơ đã tiếp nhận", "Hồ sơ", "received"),
    ("3.2.1", "Hồ sơ tiếp nhận trực tiếp", "Hồ sơ", "in_person"),
    ("3.2.2", "Hồ sơ tiếp nhận trực tuyến", "Hồ sơ", "online"),
    ("3.2.3", "Hồ sơ tiếp nhận qua bưu chính công ích", "Hồ sơ", "by_post"),
    ("3.2.4", "Hồ sơ từ kỳ trước chuyển qua", "Hồ sơ", "carried"),
    ("3.3", "Tỷ lệ hồ sơ TTHC tiếp nhận được giải quyết đúng hạn", "%", "on_time_pct"),
    ("3.3.1", "Hồ sơ đã giải quyết", "Hồ sơ", "resolved"),
    ("3.3.2", "Hồ sơ giải quyết trước hạn", "Hồ sơ", "early"),
    ("3.3.3", "Số hồ sơ TTHC giải quyết đúng hạn", "Hồ sơ", "on_time"),
    ("3.3.4", "Hồ sơ giải quyết quá hạn", "Hồ sơ", "late"),
    ("3.4", "Hồ sơ đang giải quyết", "Hồ sơ", "pending"),
    ("3.4.1", "Hồ sơ đang giải quyết, chưa đến hạn", "Hồ sơ", "not_due"),
    ("3.4.2", "Hồ sơ đang giải quyết, quá hạn", "Hồ sơ", "overdue"),
    ("4.1", "Tổng số biên chế được giao trong năm", "Người", "assigned"),
    ("4.2", "Tổng số biên chế có mặt tại thời điểm báo cáo", "Người", "present"),
)
COLUMNS = ("STT", "Chỉ tiêu", "Đơn vị tính", "Số liệu")
TITLE = "Kết quả công tác cải cách hành chính 6 tháng đầu năm 2026"
DAYS = "(Số liệu tính từ ngày 15/12/2025 đến ngày 14/6/2026)"
APPENDIX = "Thống kê số liệu về kết quả thực hiện công tác CCHC 6 tháng đầu năm 2026"
_TYPES = (
    '<?xml version="1.0" encoding="UTF-8"?><Types xmlns="http://schemas.openxmlformats.org/package/2006/content-types">'
    '<Default Extension="rels" ContentType="application/vnd.openxmlformats-package.relationships+xml"/>'
    '<Override PartName="/word/document.xml" ContentType='
    '"application/vnd.openxmlformats-officedocument.wordprocessingml.document.main+xml"/></Types>'
)
_LINKS = (
    '<?xml version="1.0" encoding="UTF-8"?><Relationships xmlns="http://schemas.openxmlformats.org/package/2006/relationships">'
    '<Relationship Id="rId1" Type="http://schemas.openxmlformats.org/officeDocument/2006/relationships/officeDocument"'
    ' Target="word/document.xml"/></Relationships>'
)
_OPEN = (
    '<?xml version="1.0" encoding="UTF-8"?>'
    '<w:document xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main"><w:body>'
)
_FONT = '<w:rFonts w:ascii="Times New Roman" w:hAnsi="Times New Roman" w:cs="Times New Roman"/>'
_WIDTHS = (900, 5400, 1500, 1500)
_CLOSE = (
    '<w:p/><w:sectPr><w:pgSz w:w="11906" w:h="16838"/>'
    '<w:pgMar w:top="1134" w:right="1134" w:bottom="1134" w:left="1417"/></w:sectPr></w:body></w:document>'
)


def word(report: Report, *, appendix: bool = True) -> bytes:
    """The report in Word: letterhead, narrative, and the appendix if it is not sent apart."""
    place = report.name.partition(" ")[2]
    day = f"{place}, ngày {report.day} tháng 6 năm 2026"
    head = ["ỦY BAN NHÂN DÂN", report.name.upper(), day, "BÁO CÁO", TITLE, DAYS]
    body = [_paragraph(each, bold=number in (0, 1, 3, 4), centred=True) for number, each in enumerate(head)]
    body += [_paragraph(each, bold=each.startswith("I")) for each in lines(report)]
    if appendix:
        body += [
            _paragraph("PHỤ LỤC", bold=True, centred=True),
            _paragraph(APPENDIX, centred=True),
            _table(report),
        ]
    text = _OPEN + "".join(body) + _CLOSE
    saved = io.BytesIO()
    with zipfile.ZipFile(saved, "w", zipfile.ZIP_DEFLATED) as packed:
        for name, part in (
            ("[Content_Types].xml", _TYPES),
            ("_rels/.rels", _LINKS),
            ("word/document.xml", text),
        ):
            packed.writestr(zipfile.ZipInfo(name, MADE), part, zipfile.ZIP_DEFLATED)
    return saved.getvalue()


def _paragraph(text: str, *, bold: bool = False, centred: bool = False) -> str:
    place = '<w:jc w:val="center"/>' if centred else ""
    return (
        f'<w:p><w:pPr><w:spacing w:before="20" w:after="20"/>{place}</w:pPr>'
        f"<w:r><w:rPr>{_FONT}{'<w:b/>' * bold}"
        f'<w:sz w:val="24"/></w:rPr><w:t xml:space="preserve">{escape(text)}</w:t></w:r></w:p>'
    )


def _table(report: Report) -> str:
    grid = [COLUMNS, *((code, label, unit, _printed(report.rows[key])) for code, label, unit, key in ROWS)]
    rows = "".join(
        "<w:tr>"
        + "".join(
            f'<w:tc><w:tcPr><w:tcW w:w="{width}" w:type="dxa"/></w:tcPr>'
            f"{_paragraph(text, bold=not number)}</w:tc>"
            for text, width in zip(row, _WIDTHS, strict=True)
        )
        + "</w:tr>"
        for number, row in enumerate(grid)
    )
    sides = ("top", "left", "bottom", "right", "insideH", "insideV")
    borders = "".join(f'<w:{side} w:val="single" w:sz="4"/>' for side in sides)
    columns = "".join(f'<w:gridCol w:w="{width}"/>' for width in _WIDTHS)
    look = f"<w:tblPr><w:tblBorders>{borders}</w:tblBorders></w:tblPr><w:tblGrid>{columns}</w:tblGrid>"
    return f"<w:tbl>{look}{rows}</w:tbl>"


def _printed(value: int | str) -> str:
    return value if isinstance(value, str) else f"{value:,}".replace(",", ".")


def workbook(report: Report) -> bytes:
    """The appendix in Excel."""
    import xlsxwriter

    saved = io.BytesIO()
    with xlsxwriter.Workbook(saved, {"in_memory": True}) as book:
        book.set_properties({"created": datetime(*MADE, tzinfo=UTC)})
        sheet = book.add_worksheet("Phụ lục")
        place = report.name.partition(" ")[2]
        day = f"{place}, ngày {report.day} tháng 6 năm 2026"
        for row, text in enumerate(
            (f"UBND {report.name.upper()}", day, f"PHỤ LỤC: {APPENDIX.upper()}", DAYS)
        ):
            sheet.write(row, 0, text)
        sheet.write_row(5, 0, COLUMNS)
        for row, (code, label, unit, key) in enumerate(ROWS, start=6):
            value = report.rows[key]
            sheet.write_row(row, 0, (code, label, unit, value))
    return saved.getvalue()


def _plain(name: str) -> str:
    import unicodedata

    bare = unicodedata.normalize("NFD", name.lower().replace("đ", "d"))
    return "-".join("".join(each for each in bare if not unicodedata.combining(each)).split())


def write(folder: Path) -> None:
    """Write everything below *folder*."""
    for place, files in (("", {"danh-sach-don-vi.xlsx": units()}), ("lan-1", first()), ("lan-2", second())):
        (folder / place).mkdir(parents=True, exist_ok=True)
        for name, data in files.items():
            (folder / place / name).write_bytes(data)


if __name__ == "__main__":
    if sys.argv[1:] == ["--examples"]:
        for name, data in examples().items():
            (Path(__file__).resolve().parents[2] / "examples" / "documents" / name).write_bytes(data)
    else:
        write(Path(sys.argv[1]))
