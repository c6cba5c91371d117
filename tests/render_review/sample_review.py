"""A made-up review: one district and five communes, the first half of 2024, every kind of trouble.

An Lạc (district)    a Word document; a rule over the communes that waits for the missing one
Bình Minh            a structured report; explanations accepted, lapsed and unused
Phú Lộc              a workbook; two versions, compared
Đông Hà              has not reported
Tân Tiến             a file that cannot be read
Hostile              names and texts that try to be formulas, markup, paths, control characters
"""

from __future__ import annotations

from datetime import date

from validator.model.comparison import ChangedFigure, Comparison, Dropped
from validator.model.diagnostic import Diagnostic, FileResult, Label
from validator.model.document import Block, BlockKind, Document, Table, TableCell
from validator.model.location import Location
from validator.model.report import Period, Unit
from validator.model.review import Review, Standing, Submission, Tally, Topic, UnitDetail, UnitReview
from validator.model.verdict import Severity, Verdict

FORM = "cchc"
HALF = Period(kind="half_year", start=date(2023, 12, 15), end=date(2024, 6, 14))
HALF_TEXT = "báo cáo 6 tháng (15/12/2023 – 14/06/2024)"
FORMULA = "=cmd|' /C calc'!A0"
MARKUP = "<script>alert(1)</script>"
CONTROL = "tab\tbell\x07 null\x00 escape\x1b[31m"
TURNED = "\u202e4202 gnáht 6\u202c \u200f12"
HOSTILE = (FORMULA, MARKUP, CONTROL, TURNED)
HOSTILE_NAME = "Xã ../../x <b>& \"'\x07"
TOPICS = (
    Topic(id="hoso", title="Hồ sơ thủ tục hành chính"),
    Topic(id="staff", title="Biên chế"),
    Topic(id="online", title="Dịch vụ công trực tuyến"),
    Topic(id="claims", title="Lời văn"),
    Topic(id="read", title="Tệp"),
    Topic(id="waiver", title="Giải trình"),
)


def finding(rule, severity, title, labels=(), **more):
    """A failed rule; it stands where its first figure stands unless said."""
    place = more.pop("location", None) or (labels[0].location if labels else Location())
    more.setdefault("verdict", Verdict.FAIL)
    return Diagnostic(id=rule, severity=severity, title=title, fields=tuple(labels), location=place, **more)


def submission(path, unit, submitted, **more):
    return Submission(
        path=path, unit=unit, form=FORM, period=HALF, period_text=HALF_TEXT, submitted=submitted, **more
    )


# --- An Lạc: a Word document ---------------------------------------------------------------------

AN_LAC = Unit(id="an-lac", name="Huyện An Lạc", level="district", parent="tinh")
AN_LAC_FILE = "an-lac/bao-cao-6-thang.docx"
APPENDIX_TITLE = "Phụ lục: số liệu cải cách hành chính"
NARRATIVE = (
    (BlockKind.HEADING, "", "BÁO CÁO", "", 1),
    (BlockKind.PARAGRAPH, "", "Kết quả cải cách hành chính 6 tháng đầu năm 2024", "", 0),
    (BlockKind.HEADING, "I.", "CÔNG TÁC CHỈ ĐẠO", "I", 1),
    (BlockKind.PARAGRAPH, "", "Huyện đã ban hành 12 văn bản và kiểm tra 3/5 xã, đạt 50%.", "I", 0),
    (BlockKind.HEADING, "II.", "KẾT QUẢ", "II", 1),
    (BlockKind.HEADING, "1.", "Giải quyết hồ sơ", "II.1", 2),
    (
        BlockKind.PARAGRAPH,
        "",
        (
            "Toàn huyện tiếp nhận 3.480 hồ sơ, đã giải quyết 3.402 hồ sơ (trước hạn 2.950, đúng hạn 430, "
            "quá hạn 12); đang giải quyết 78 hồ sơ."
        ),
        "II.1",
        0,
    ),
    (BlockKind.LIST_ITEM, "-", "Hồ sơ trực tuyến: 2.610 hồ sơ, chiếm tỷ lệ 75%.", "II.1", 1),
    (BlockKind.HEADING, "2.", "Tổ chức bộ máy", "II.2", 2),
    (BlockKind.PARAGRAPH, "", "Biên chế được giao 86, có mặt 88 người.", "II.2", 0),
)
APPENDIX = (
    ("STT", "Chỉ tiêu", "Đơn vị tính", "Số liệu", "Ghi chú"),
    ("1", "Tổng số hồ sơ đã tiếp nhận", "Hồ sơ", "3.480", ""),
    ("1.1", "Hồ sơ tiếp nhận của các xã", "Hồ sơ", "1.240", "5 xã"),
    ("2", "Hồ sơ đã giải quyết", "Hồ sơ", "3.402", ""),
    ("3", "Biên chế được giao", "Người", "86", ""),
    ("4", "Biên chế có mặt", "Người", "88", FORMULA),
)


def an_lac_document():
    blocks = tuple(
        Block(
            kind=kind,
            text=text,
            marker=marker,
            level=level,
            location=Location(file=AN_LAC_FILE, section=section or None, paragraph=number),
        )
        for number, (kind, marker, text, section, level) in enumerate(NARRATIVE, start=1)
    )
    cells = tuple(
        TableCell(text=text, row=row, column=column, location=_in_table(row + 1, column))
        for row, texts in enumerate(APPENDIX)
        for column, text in enumerate(texts)
    )
    table = Table(
        cells=cells,
        rows=len(APPENDIX),
        columns=len(APPENDIX[0]),
        location=Location(file=AN_LAC_FILE, table=1, table_title=APPENDIX_TITLE),
        title=APPENDIX_TITLE,
        header_rows=(0,),
    )
    return Document(
        file=AN_LAC_FILE,
        media_type="application/vnd.openxmlformats-officedocument.wordprocessingml.document",
        blocks=(*blocks, table),
    )


def _in_table(row, column):
    return Location(
        file=AN_LAC_FILE,
        table=1,
        table_title=APPENDIX_TITLE,
        row=row,
        column_name=APPENDIX[0][column],
    )


def _in_text(path, label, raw, paragraph, value=""):
    text, section = NARRATIVE[paragraph - 1][2], NARRATIVE[paragraph - 1][3]
    at = Location(file=AN_LAC_FILE, section=section, paragraph=paragraph, excerpt=text)
    return Label(path=path, label=label, raw=raw, location=at, value=value or raw.replace(".", ""))


def _in_appendix(path, row):
    code, label, _, raw, _ = APPENDIX[row]
    at = Location(
        file=AN_LAC_FILE,
        table=1,
        table_title=APPENDIX_TITLE,
        row=row + 1,
        row_code=code,
        row_label=label,
        column_name="Số liệu",
        excerpt=" | ".join(APPENDIX[row]),
    )
    return Label(path=path, label=label, raw=raw, location=at, value=raw.replace(".", ""))


def an_lac_result():
    resolved = _in_text("hoso.resolved", "Hồ sơ đã giải quyết", "3.402", 7)
    parts = (
        _in_text("hoso.early", "Giải quyết trước hạn", "2.950", 7),
        _in_text("hoso.on_time", "Giải quyết đúng hạn", "430", 7),
        _in_text("hoso.late", "Giải quyết quá hạn", "12", 7),
    )
    inspected = _in_text("inspection.pct", "Tỷ lệ xã được kiểm tra", "50%", 4, "1/2")
    found = (
        finding(
            "claims/ratio-differs",
            Severity.WARNING,
            "Tỷ lệ nêu trong lời văn không khớp",
            (inspected,),
            explanation="3/5 = 60%, báo cáo ghi 50%",
            difference="10 điểm phần trăm",
            help="Tính lại tỷ lệ hoặc xem lại hai số.",
            topic="claims",
        ),
        finding(
            "cchc/resolved-differs-from-parts",
            Severity.ERROR,
            "Hồ sơ đã giải quyết không bằng tổng trước hạn, đúng hạn và quá hạn",
            (resolved, *parts),
            explanation="3.402 ≠ 2.950 + 430 + 12 = 3.392",
            difference="10 hồ sơ",
            help="Kiểm tra ba số trước hạn, đúng hạn, quá hạn.",
            basis="Biểu II.06a/VPCP/KSTT (Thông tư 01/2020/TT-VPCP): (7) = (8) + (9) + (10)",
            topic="hoso",
        ),
        finding(
            "cchc/staff-exceed-quota",
            Severity.ERROR,
            "Biên chế có mặt nhiều hơn biên chế được giao",
            (_in_appendix("staff.present", 5), _in_appendix("staff.quota", 4)),
            explanation="88 > 86",
            difference="2 người",
            help="Đối chiếu với quyết định giao biên chế.",
            topic="staff",
        ),
        finding(
            "cchc/commune-received-differs-from-reports",
            Severity.ERROR,
            "Hồ sơ tiếp nhận của các xã không bằng tổng báo cáo của các xã",
            (_in_appendix("hoso.commune.received", 2),),
            verdict=Verdict.UNDECIDED,
            reason="children-missing",
            explanation="2/5 xã chưa có báo cáo đọc được: Xã Đông Hà, Xã Tân Tiến; "
            "phần chênh 212 hồ sơ phải nằm trong hai xã này",
            help="Chờ báo cáo của các xã còn thiếu.",
            topic="hoso",
        ),
        finding(
            "cchc/online-share-differs",
            Severity.INFO,
            "Tỷ lệ dịch vụ công trực tuyến không khớp",
            (Label(path="online.pct", label="Tỷ lệ trực tuyến toàn trình", raw="", location=Location()),),
            verdict=Verdict.UNDECIDED,
            reason="missing",
            explanation="chưa đủ dữ liệu: thiếu Tỷ lệ trực tuyến toàn trình",
            location=Location(file=AN_LAC_FILE, pointer="online.pct"),
            topic="online",
        ),
        finding(
            "document/hidden-text",
            Severity.INFO,
            "Tệp bao-cao-6-thang.docx có 2 đoạn chữ ẩn; phần này không được đọc.",
            location=Location(file=AN_LAC_FILE),
            help="Nếu cần dùng phần chữ ẩn, cho hiện lên rồi lưu lại.",
            topic="read",
        ),
    )
    return FileResult(
        path=AN_LAC_FILE,
        unit="Huyện An Lạc",
        period=HALF_TEXT,
        form=FORM,
        diagnostics=found,
        reach="Phụ lục: 5/5 dòng có số liệu nhận diện được",
    )


def an_lac():
    row = UnitReview(
        key="an-lac",
        unit=AN_LAC,
        form=FORM,
        current=submission(AN_LAC_FILE, AN_LAC, date(2024, 6, 20)),
        tallies={
            "hoso": Tally(errors=1, decided=6, undecided=1),
            "staff": Tally(errors=1, decided=2),
            "online": Tally(undecided=1),
            "claims": Tally(warnings=1, decided=2),
            "read": Tally(infos=1),
        },
    )
    return row, UnitDetail(result=an_lac_result(), document=an_lac_document())


# --- Bình Minh: a structured report with explanations ---------------------------------------------

BINH_MINH = Unit(id="binh-minh", name="Xã Bình Minh", level="commune", parent="an-lac")
BINH_MINH_FILE = "binh-minh.yaml"
BINH_MINH_LINES = (
    "report:",
    "  form: cchc",
    "  unit: {id: binh-minh, name: Xã Bình Minh, level: commune}",
    "  period: {kind: half_year, from: 2023-12-15, to: 2024-06-14}",
    "hoso:",
    "  received: 412",
    "  resolved: 405",
    "  pending: 9",
    '  on_time_pct: "99,8%"',
    "online:",
    "  received: 300",
    '  pct: "70%"',
    "staff: {quota: 21, present: 20}",
)


def _in_lines(path, label, raw, line, value=""):
    column = BINH_MINH_LINES[line - 1].index(raw) + 1
    at = Location(file=BINH_MINH_FILE, line=line, column=column, end_column=column + len(raw), pointer=path)
    return Label(path=path, label=label, raw=raw, location=at, value=value or raw)


def binh_minh_result():
    received = _in_lines("hoso.received", "Tổng số hồ sơ đã tiếp nhận", "412", 6)
    resolved = _in_lines("hoso.resolved", "Hồ sơ đã giải quyết", "405", 7)
    pending = _in_lines("hoso.pending", "Hồ sơ đang giải quyết", "9", 8)
    online = _in_lines("online.received", "Hồ sơ tiếp nhận trực tuyến", "300", 11)
    share = _in_lines("online.pct", "Tỷ lệ hồ sơ trực tuyến", "70%", 12, "7/10")
    found = (
        finding(
            "cchc/received-differs-from-resolved-and-pending",
            Severity.WARNING,
            "Hồ sơ tiếp nhận không bằng đã giải quyết cộng đang giải quyết",
            (received, resolved, pending),
            explanation="412 ≠ 405 + 9 = 414",
            difference="2 hồ sơ",
            help="Xem hồ sơ bị trả lại, xin rút đã tính vào đâu.",
            waiver="02 hồ sơ của kỳ trước được mở lại theo yêu cầu của công dân; đã ghi sổ ngày 03/6/2024 "
            "(Nguyễn Thị Hoa, 18/06/2024)",
            topic="hoso",
        ),
        finding(
            "cchc/online-share-differs",
            Severity.WARNING,
            "Tỷ lệ hồ sơ trực tuyến không khớp",
            (share, online, received),
            explanation="70% ≠ 300 / 412 = 72,8%",
            difference="2,8 điểm phần trăm",
            help="Tính lại tỷ lệ từ hai số.",
            topic="online",
        ),
        finding(
            "waiver/lapsed",
            Severity.WARNING,
            "Giải trình cho cchc/online-share-differs không còn hiệu lực: số liệu đã thay đổi",
            explanation="Hồ sơ tiếp nhận trực tuyến: 288 → 300",
            location=Location(file="binh-minh.giai-trinh.yaml", line=9),
            help="Xem lại số liệu mới, giải trình lại nếu vẫn cần.",
            topic="waiver",
        ),
        finding(
            "waiver/unused",
            Severity.WARNING,
            "Giải trình cho cchc/staff-exceed-quota không dùng đến: không có phát hiện này",
            location=Location(file="binh-minh.giai-trinh.yaml", line=17),
            help="Bỏ giải trình này.",
            topic="waiver",
        ),
    )
    return FileResult(
        path=BINH_MINH_FILE, unit="Xã Bình Minh", period=HALF_TEXT, form=FORM, diagnostics=found
    )


def binh_minh():
    row = UnitReview(
        key="binh-minh",
        unit=BINH_MINH,
        form=FORM,
        current=submission(BINH_MINH_FILE, BINH_MINH, date(2024, 6, 18)),
        tallies={
            "hoso": Tally(explained=1, decided=5),
            "staff": Tally(decided=1),
            "online": Tally(warnings=1, decided=1),
            "waiver": Tally(warnings=2),
        },
    )
    return row, UnitDetail(result=binh_minh_result(), lines=BINH_MINH_LINES)


# --- Phú Lộc: a workbook in two versions ----------------------------------------------------------

PHU_LOC = Unit(id="phu-loc", name="Thị trấn Phú Lộc", level="commune", parent="an-lac")
PHU_LOC_OLD, PHU_LOC_NEW = "phu-loc-lan-1.xlsx", "phu-loc-lan-2.xlsx"
SHEET = "Biểu 1"
PHU_LOC_ROWS = (
    ("STT", "Chỉ tiêu", "Số liệu"),
    ("1", "Hồ sơ đã tiếp nhận", "980"),
    ("2", "Hồ sơ đã giải quyết", "951"),
    ("3", "Hồ sơ đang giải quyết", "25"),
    ("4", "Hồ sơ số hóa", "610"),
    ("5", "Tỷ lệ số hóa", "60%"),
)


def _in_sheet(file, path, row, raw=None):
    code, label, written = PHU_LOC_ROWS[row]
    text = written if raw is None else raw
    at = Location(
        file=file,
        sheet=SHEET,
        cell=f"C{row + 1}",
        row=row + 1,
        row_code=code,
        row_label=label,
        column_name="Số liệu",
        excerpt=f"{code} | {label} | {text}",
    )
    return Label(path=path, label=label, raw=text, location=at, value=text)


def phu_loc_document():
    cells = tuple(
        TableCell(
            text=text,
            row=row,
            column=column,
            location=Location(
                file=PHU_LOC_NEW,
                sheet=SHEET,
                cell=f"{'ABC'[column]}{row + 1}",
                row=row + 1,
                column_name=PHU_LOC_ROWS[0][column],
            ),
        )
        for row, texts in enumerate(PHU_LOC_ROWS)
        for column, text in enumerate(texts)
    )
    table = Table(
        cells=cells,
        rows=len(PHU_LOC_ROWS),
        columns=3,
        location=Location(file=PHU_LOC_NEW, sheet=SHEET),
        header_rows=(0,),
    )
    return Document(
        file=PHU_LOC_NEW,
        media_type="application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
        blocks=(table,),
    )


def _received_finding(file, received, difference):
    labels = (
        _in_sheet(file, "hoso.received", 1, received),
        _in_sheet(file, "hoso.resolved", 2),
        _in_sheet(file, "hoso.pending", 3),
    )
    return finding(
        "cchc/received-differs-from-resolved-and-pending",
        Severity.ERROR,
        "Hồ sơ tiếp nhận không bằng đã giải quyết cộng đang giải quyết",
        labels,
        explanation=f"{received} ≠ 951 + 25 = 976",
        difference=difference,
        help="Mỗi hồ sơ đã tiếp nhận hoặc đã giải quyết, hoặc đang giải quyết.",
        topic="hoso",
    )


def phu_loc_comparison():
    corrected = finding(
        "cchc/staff-exceed-quota",
        Severity.ERROR,
        "Biên chế có mặt nhiều hơn biên chế được giao",
        (
            Label(
                path="staff.present", label="Biên chế có mặt", raw="24", location=Location(file=PHU_LOC_OLD)
            ),
        ),
        explanation="24 > 22",
        difference="2 người",
        topic="staff",
    )
    return Comparison(
        old=PHU_LOC_OLD,
        new=PHU_LOC_NEW,
        corrected=(corrected,),
        remaining=(
            (
                _received_finding(PHU_LOC_OLD, "990", "14 hồ sơ"),
                _received_finding(PHU_LOC_NEW, "980", "4 hồ sơ"),
            ),
        ),
        fresh=(phu_loc_fresh(),),
        dropped=(_phu_loc_dropped(),),
        changed=(
            ChangedFigure(
                path="hoso.received",
                label="Hồ sơ đã tiếp nhận",
                old=_in_sheet(PHU_LOC_OLD, "hoso.received", 1, "990"),
                new=_in_sheet(PHU_LOC_NEW, "hoso.received", 1),
            ),
            ChangedFigure(
                path="digital.pct",
                label="Tỷ lệ số hóa",
                old=None,
                new=_in_sheet(PHU_LOC_NEW, "digital.pct", 5),
            ),
        ),
    )


def _phu_loc_dropped():
    pending = _in_sheet(PHU_LOC_OLD, "hoso.pending", 3, "1.017")
    found = finding(
        "cchc/pending-exceeds-received",
        Severity.ERROR,
        "Hồ sơ đang giải quyết nhiều hơn hồ sơ đã tiếp nhận",
        (pending,),
        explanation="1.017 > 990",
        topic="hoso",
    )
    return Dropped(finding=found, reason="figure-gone", gone=(pending,))


def phu_loc_fresh():
    return finding(
        "cchc/digitised-share-differs",
        Severity.WARNING,
        "Tỷ lệ số hóa hồ sơ không khớp",
        (
            _in_sheet(PHU_LOC_NEW, "digital.pct", 5),
            _in_sheet(PHU_LOC_NEW, "digital.count", 4),
            _in_sheet(PHU_LOC_NEW, "hoso.received", 1),
        ),
        explanation="60% ≠ 610 / 980 = 62,2%",
        difference="2,2 điểm phần trăm",
        help="Tính lại: số đã số hóa chia cho số thuộc diện số hóa.",
        topic="online",
    )


def phu_loc():
    found = (_received_finding(PHU_LOC_NEW, "980", "4 hồ sơ"), phu_loc_fresh())
    row = UnitReview(
        key="phu-loc",
        unit=PHU_LOC,
        form=FORM,
        current=submission(PHU_LOC_NEW, PHU_LOC, date(2024, 6, 24)),
        older=(submission(PHU_LOC_OLD, PHU_LOC, date(2024, 6, 17)),),
        tallies={
            "hoso": Tally(errors=1, decided=4),
            "staff": Tally(decided=1),
            "online": Tally(warnings=1, decided=2),
        },
        notes=(
            finding(
                "review/several-versions",
                Severity.INFO,
                "Thị trấn Phú Lộc gửi 2 bản; bản mới nhất được tính",
                location=Location(file=PHU_LOC_NEW),
            ),
        ),
    )
    result = FileResult(
        path=PHU_LOC_NEW, unit="Thị trấn Phú Lộc", period=HALF_TEXT, form=FORM, diagnostics=found
    )
    return row, UnitDetail(result=result, document=phu_loc_document(), comparison=phu_loc_comparison())


# --- Đông Hà: missing; Tân Tiến: unreadable -------------------------------------------------------

DONG_HA = Unit(id="dong-ha", name="Xã Đông Hà", level="commune", parent="an-lac")
TAN_TIEN = Unit(id="tan-tien", name="Xã Tân Tiến", level="commune", parent="an-lac")
TAN_TIEN_FILE = "tan-tien.docx"


def dong_ha():
    return UnitReview(key="dong-ha", unit=DONG_HA, form=FORM, standing=Standing.MISSING)


def tan_tien_result():
    return FileResult(
        path=TAN_TIEN_FILE,
        unit="Xã Tân Tiến",
        form=FORM,
        judged=False,
        diagnostics=(
            finding(
                "document/encrypted",
                Severity.ERROR,
                "Tệp tan-tien.docx có đặt mật khẩu nên không đọc được.",
                verdict=Verdict.ERROR,
                location=Location(file=TAN_TIEN_FILE),
                help="Mở tệp, bỏ mật khẩu rồi lưu lại.",
                topic="read",
            ),
        ),
    )


def tan_tien():
    row = UnitReview(
        key="tan-tien",
        unit=TAN_TIEN,
        form=FORM,
        standing=Standing.UNREADABLE,
        current=submission(TAN_TIEN_FILE, TAN_TIEN, None),
        tallies={"read": Tally(errors=1)},
    )
    return row, UnitDetail(result=tan_tien_result())


# --- Hostile --------------------------------------------------------------------------------------

HOSTILE_UNIT = Unit(id="../../x", name=HOSTILE_NAME, level="commune", parent="an-lac")
HOSTILE_FILE = "http://example.org/=1+1.csv"


def hostile():
    labels = tuple(
        Label(
            path=f"hoso.hostile_{number}",
            label=text,
            raw=text,
            location=Location(file=HOSTILE_FILE, line=number, column=1, excerpt=text),
        )
        for number, text in enumerate(HOSTILE, start=1)
    )
    found = (
        finding(
            "cchc/received-differs-from-resolved-and-pending",
            Severity.ERROR,
            FORMULA,
            labels,
            explanation=f"{MARKUP} ≠ {CONTROL}",
            difference="-2+3",
            help="http://example.org/?q=<a href='javascript:alert(2)'>",
            topic="hoso",
        ),
        finding("cchc/no-place", Severity.WARNING, TURNED, explanation="@SUM(A1:A9)", topic="staff"),
    )
    row = UnitReview(
        key="x-1",
        unit=HOSTILE_UNIT,
        form=FORM,
        current=submission(HOSTILE_FILE, HOSTILE_UNIT, date(2024, 6, 21)),
        tallies={"hoso": Tally(errors=1, decided=1), "staff": Tally(warnings=1, decided=1)},
    )
    result = FileResult(path=HOSTILE_FILE, unit=HOSTILE_NAME, period=HALF_TEXT, form=FORM, diagnostics=found)
    return row, UnitDetail(result=result, lines=HOSTILE)


# --- The whole ------------------------------------------------------------------------------------


def sample_review(lang="vi"):
    judged = (an_lac(), binh_minh(), phu_loc(), tan_tien(), hostile())
    rows = [row for row, _ in judged]
    stray = Unit(id="ba-vi", name="Xã Ba Vì")
    return Review(
        version="1.2.3",
        lang=lang,
        period=HALF,
        period_text=HALF_TEXT,
        form_titles={FORM: "Báo cáo kết quả cải cách hành chính"},
        topics=TOPICS,
        units=(*rows[:3], dong_ha(), *rows[3:]),
        unread=(_broken(),),
        aside=(
            (
                submission("cu/phu-loc-2023.yaml", PHU_LOC, date(2023, 12, 20)),
                finding(
                    "review/other-period",
                    Severity.INFO,
                    "Tệp phu-loc-2023.yaml là báo cáo của kỳ khác: báo cáo năm (15/12/2022 – 14/12/2023)",
                    location=Location(file="cu/phu-loc-2023.yaml"),
                ),
            ),
            (
                submission(FORMULA, stray, None),
                finding(
                    "review/unknown-unit",
                    Severity.WARNING,
                    "Không có đơn vị “Xã Ba Vì” trong danh sách đơn vị",
                    location=Location(file=FORMULA),
                    help="Thêm đơn vị vào units.yaml nếu đơn vị phải báo cáo.",
                ),
            ),
        ),
        notes=(
            finding(
                "review/units-missing",
                Severity.WARNING,
                "1 đơn vị chưa gửi báo cáo: Xã Đông Hà",
                location=Location(file="units.yaml"),
            ),
        ),
        files=8,
        rules_loaded=212,
        applicable=40,
        decided=22,
        undecided=2,
        never_applied=("cchc/carried-over-differs-from-prior-pending",),
        passed_over=("ghi-chu.txt", "anh.png"),
        details={row.key: detail for row, detail in judged},
    )


def _broken():
    return FileResult(
        path="hong/bao-cao.pdf",
        judged=False,
        diagnostics=(
            finding(
                "document/needs-ocr",
                Severity.ERROR,
                "Tệp PDF bao-cao.pdf là bản chụp (12 trang), không có lớp chữ; cần nhận dạng chữ (OCR).",
                verdict=Verdict.ERROR,
                location=Location(file="hong/bao-cao.pdf"),
                help="Gửi bản Word hoặc Excel gốc.",
                topic="read",
            ),
        ),
    )


def many_findings(count=2000, lang="vi"):
    """A review of one unit with *count* findings in one topic."""
    row, detail = binh_minh()
    label = detail.result.diagnostics[0].fields[0]
    found = tuple(
        finding(
            f"cchc/rule-{number}",
            Severity.WARNING if number % 3 else Severity.ERROR,
            f"Số liệu thứ {number} không khớp",
            (label,),
            explanation=f"412 ≠ {number}",
            difference=f"{abs(412 - number)} hồ sơ",
            topic="hoso",
        )
        for number in range(1, count + 1)
    )
    errors = sum(each.severity is Severity.ERROR for each in found)
    tally = Tally(errors=errors, warnings=count - errors, decided=count)
    unit = UnitReview(key=row.key, unit=row.unit, form=FORM, current=row.current, tallies={"hoso": tally})
    result = FileResult(path=BINH_MINH_FILE, unit="Xã Bình Minh", form=FORM, diagnostics=found)
    return Review(
        version="1.2.3",
        lang=lang,
        period=HALF,
        period_text=HALF_TEXT,
        form_titles={FORM: "Báo cáo kết quả cải cách hành chính"},
        topics=TOPICS[:1],
        units=(unit,),
        files=1,
        details={unit.key: UnitDetail(result=result, lines=detail.lines)},
    )
