"""What goes to each unit: addressed from the list of units, in its own folder, nothing of others in it."""

from __future__ import annotations

import io
import re
import zipfile

import pytest

from validator import review, write_review

from .conftest import BAD, report

UNITS = """\
units:
  - {id: so-noi-vu, name: Sở Nội vụ, parent: nam-son}
  - {id: nam-son, name: Tỉnh Nam Sơn, level: province}
  - id: bac-ly
    name: Xã Bắc Lý
    level: commune
    parent: so-noi-vu
    address: Thôn Đoài, xã Bắc Lý
    email: bacly@namson.example
  - {id: dong-van, name: Xã Đồng Văn, level: commune, parent: so-noi-vu, email: dongvan@namson.example}
  - {id: hoa-binh, name: Xã Hòa Bình, level: commune, parent: so-noi-vu}
  - {id: yen-phu, name: Phường Yên Phú, level: commune, parent: so-noi-vu}
"""
TOLD_APART = "hoso: {{received: {0}, resolved: {1}}}\n"


def text_of(data):
    with zipfile.ZipFile(io.BytesIO(data)) as file:
        parts = [name for name in file.namelist() if name.endswith(".xml")]
        whole = " ".join(file.read(name).decode("utf-8", "replace") for name in sorted(parts))
    return " ".join(re.sub(r"<[^>]*>", " ", whole).split())


@pytest.fixture
def sent(desk, tmp_path):
    """The folder of what goes back of four units: with findings, without, unreadable, and nothing sent."""
    desk.put("units.yaml", UNITS)
    desk.put("a.yaml", report("bac-ly", TOLD_APART.format(4711, 4712), name="Xã Bắc Lý"))
    desk.put("b.yaml", report("dong-van", "hoso: {received: 8156, resolved: 8156}\n", name="Xã Đồng Văn"))
    desk.put("xa hoa binh.docx", b"PK\x03\x04 half of a file")
    write_review(review(desk.folder), tmp_path / "out", sources=desk.folder)
    return tmp_path / "out"


def letters(sent):
    return {path.parent.name: text_of(path.read_bytes()) for path in sent.glob("gui-don-vi/*/phieu-*.docx")}


def test_the_head_of_a_letter_is_filled_from_the_list(sent):
    text = letters(sent)["bac-ly"]
    assert "ỦY BAN NHÂN DÂN TỈNH NAM SƠN SỞ NỘI VỤ" in text
    assert "Kính gửi: Ủy ban nhân dân xã Bắc Lý (Địa chỉ: Thôn Đoài, xã Bắc Lý)" in text
    assert "(Thư điện tử: bacly@namson.example)" in text


def test_only_who_sent_nothing_is_reminded_and_nobody_writes_to_the_top(sent):
    titles = {unit: re.search(r"PHIẾU [\w ,]+?BÁO CÁO", text)[0] for unit, text in letters(sent).items()}
    assert titles == {
        "bac-ly": "PHIẾU ĐỀ NGHỊ CHỈNH SỬA, GIẢI TRÌNH SỐ LIỆU BÁO CÁO",
        "dong-van": "PHIẾU THÔNG BÁO KẾT QUẢ KIỂM TRA SỐ LIỆU BÁO CÁO",
        "hoa-binh": "PHIẾU ĐỀ NGHỊ GỬI LẠI BÁO CÁO",
        "yen-phu": "PHIẾU ĐÔN ĐỐC GỬI BÁO CÁO",
    }


def test_no_file_of_a_unit_holds_the_name_or_a_figure_of_another(sent):
    own = {"bac-ly": "Bắc Lý", "dong-van": "Đồng Văn", "hoa-binh": "Hòa Bình", "yen-phu": "Yên Phú"}
    figures = {"bac-ly": ("4711", "4.711", "4712", "4.712"), "dong-van": ("8156", "8.156")}
    files = [path for path in sent.glob("gui-don-vi/*/*") if path.parent.name in own]
    assert len(files) == 4
    for path in files:
        text = text_of(path.read_bytes()).casefold()
        for unit, name in own.items():
            if unit != path.parent.name:
                told = (name, *figures.get(unit, ()))
                assert [each for each in told if each.casefold() in text] == [], path


def test_a_report_under_the_name_of_a_predecessor_is_told_and_not_taken_for_one_of_the_unit(desk):
    desk.put(
        "units.yaml", "units:\n  - {id: moi, name: Xã Mới, level: commune, predecessors: [Xã Cũ, Xã Kia]}\n"
    )
    desk.put("a.yaml", report("{name: Ủy ban nhân dân xã Cũ, level: commune}"))
    missing, own = review(desk.folder).units
    assert (missing.unit.name, missing.standing.value) == ("Xã Mới", "missing")
    assert [note.id for note in own.notes] == ["review/former-unit"]
    assert "Xã Mới" in own.notes[0].title


def test_a_list_says_what_goes_to_whom(sent):
    text = text_of((sent / "danh-sach-gui.xlsx").read_bytes())
    for told in ("bacly@namson.example", "Thôn Đoài, xã Bắc Lý", "gui-don-vi/bac-ly", "phieu-cchc.docx"):
        assert told in text
    assert "Đôn đốc gửi báo cáo" in text
    assert not list((sent / "gui-don-vi").glob("*.*"))
    assert all(path.as_posix().isascii() for path in (sent / "gui-don-vi").rglob("*"))


def test_the_same_review_gives_the_same_list(desk, tmp_path):
    desk.put("units.yaml", UNITS)
    desk.put("a.yaml", report("bac-ly", BAD, name="Xã Bắc Lý"))
    found = review(desk.folder)
    for name in ("one", "two"):
        write_review(found, tmp_path / name, sources=desk.folder)
    one, two = ((tmp_path / name / "danh-sach-gui.xlsx").read_bytes() for name in ("one", "two"))
    assert one == two
