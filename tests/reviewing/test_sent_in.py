"""Everything that was sent in is accounted for, and nobody is reminded of a report that lies there."""

from __future__ import annotations

import io
import zipfile
from pathlib import Path

import pytest

from validator import check, review, rollup, write_review
from validator.cli.main import main
from validator.model.review import Standing

from .conftest import BAD, GOOD, QUARTER, UNITS, report, rows


def zipped(**files):
    made = io.BytesIO()
    with zipfile.ZipFile(made, "w") as target:
        for name, text in files.items():
            target.writestr(name.replace("__", "/"), text)
    return made.getvalue()


@pytest.fixture
def units(desk):
    desk.put("units.yaml", UNITS)
    return desk


def standings(found):
    return {name: row.standing for name, row in rows(found).items()}


def test_a_report_in_a_zip_is_reviewed(units):
    units.put("Xã Bắc Lý.zip", zipped(**{"bao cao__bc.yaml": report("xa-a", BAD)}))
    found = review(units.folder)
    row = rows(found)["xa-a"]
    assert (row.standing, Path(row.current.path).parts[-3:]) == (
        Standing.SUBMITTED,
        ("Xã Bắc Lý.zip", "bao cao", "bc.yaml"),
    )
    assert any(tally.errors for tally in row.tallies.values())
    assert found.details[row.key].lines


@pytest.mark.parametrize(
    ("name", "data"),
    [
        ("Xã Bắc Lý.zip", b"PK\x03\x04 broken"),
        ("Xã Bắc Lý.zip", zipped(**{"trong.zip": zipped(a="b")})),
        ("Xã Bắc Lý.zip", zipped(**{"anh.png": "x"})),
        ("Xã Bắc Lý.zip", zipped(**{"sau__bao cao__bc.docx": "PK broken"})),
        ("Xã Bắc Lý.rar", b"Rar!"),
        ("Xã Bắc Lý/scan 1.jpg", b"\xff\xd8"),
        ("Xã Bắc Lý.docx", b"PK\x03\x04 broken"),
        ("Xã Bắc Lý.txt", "Kính gửi quý cơ quan.".encode()),
        ("Xã Bắc Lý.yaml", b"a: 1"),
    ],
)
def test_whoever_sent_what_cannot_be_read_is_not_reminded(units, name, data, tmp_path):
    units.put(name, data)
    found = review(units.folder)
    assert standings(found) == {
        "huyen": Standing.MISSING,
        "xa-a": Standing.UNREADABLE,
        "xa-b": Standing.MISSING,
        "xa-c": Standing.MISSING,
    }
    (unread,) = found.unread
    assert unread.path.startswith(str(units.folder / name))


def test_what_lies_beside_a_report_is_passed_over(units):
    units.put("Xã Bắc Lý/bc.yaml", report("xa-a"))
    units.put("Xã Bắc Lý/anh hoi nghi.jpg", b"\xff\xd8")
    units.put("Xã Bắc Lý/ghi chu.txt", "Kính gửi.".encode())
    found = review(units.folder)
    assert (found.unread, len(found.passed_over), accounted(found)) == ((), 2, 3)


def accounted(found):
    """How many files are told of, each once: in a row, as unread, set aside, or passed over."""
    told = [each.path for each in found.unread]
    told += [each.path for each, _ in found.aside]
    told += found.passed_over
    for row in found.units:
        if row.standing is Standing.SUBMITTED:
            told += [row.current.path, *(each.path for each in row.older)]
            told += [part.path for part in found.details[row.key].parts]
    assert len(told) == len(set(told))
    return len(told)


def test_files_in_are_files_judged_and_files_told(units):
    units.put("a.yaml", report("xa-a"))
    units.put("a-2.yaml", report("xa-a", BAD, submitted="2024-06-20"))
    units.put("a-3.yaml", report("xa-a", BAD, submitted="2024-06-20"))
    units.put("quy.yaml", report("xa-b", period=QUARTER))
    units.put("la.yaml", report("xa-z", name="Xã Không Có"))
    units.put("hong.docx", b"PK\x03\x04 broken")
    units.put("ghi chu.txt", "Kính gửi.".encode())
    units.put("anh.png", b"\x89PNG")
    units.put("nop.zip", zipped(a=GOOD, **{"c.yaml": report("xa-c"), "anh.png": "x", "t.zip": "x"}))
    found = review(units.folder)
    assert accounted(found) == 12


def test_a_commented_copy_is_made_of_a_document_in_a_zip(units, tmp_path):
    pytest.importorskip("lxml")
    word = Path(__file__).parents[2] / "examples" / "documents" / "an-lac-2024.docx"
    units.put("Xã Bắc Lý.zip", zipped(**{"bc.docx": word.read_bytes()}))
    done = write_review(review(units.folder), tmp_path / "out", sources=units.folder)
    assert "bc.chu-thich.docx" in {path.name for path in done.paths}
    assert done.problems == ()


def test_rollup_tells_who_sent_what_cannot_be_read_from_who_sent_nothing(units):
    units.put("b.yaml", report("xa-b"))
    units.put("Xã Bắc Lý.rar", b"Rar!")
    rolled = rollup(units.folder, units=units.folder / "units.yaml", parent="huyen")
    assert [each.id for each in rolled.unread] == ["xa-a"]
    assert [each.id for each in rolled.missing] == ["xa-c"]
    reasons = {each.unit.id: each.reason for how in rolled.figures.values() for each in how.lacking}
    assert reasons == {"xa-a": "not-read", "xa-c": "not-submitted"}


def test_a_document_of_no_known_form_has_its_arithmetic_checked_and_is_not_called_unreadable(units, tmp_path):
    word = pytest.importorskip("docx")
    made = word.Document()
    for line in ("XÃ BẮC LÝ", "THÔNG BÁO", "Kết quả thu hoạch của xã", "Đã xử lý 47/50 việc, đạt 84%."):
        made.add_paragraph(line)
    made.save(str(units.folder / "Xã Bắc Lý.docx"))
    units.put("b.yaml", report("xa-b"))
    found = review(units.folder)
    row = rows(found)["xa-a"]
    assert (row.standing, row.state) == (Standing.UNREADABLE, "form-unknown")
    assert "claims/share-differs" in [each.id for each in row.notes]
    write_review(found, tmp_path / "out", sources=units.folder)
    (slip,) = (tmp_path / "out" / "gui-don-vi" / "xa-a").glob("*.docx")
    text = "\n".join(each.text for each in word.Document(str(slip)).paragraphs)
    assert "chưa nhận ra mẫu báo cáo" in text
    assert "không đọc được" not in text


LETTER = "XÃ BẮC LÝ\nTHÔNG BÁO\nKết quả thu hoạch của xã\nĐã xử lý 47/50 việc, đạt 84%.\n"


def test_a_unit_whose_document_names_it_in_its_head_alone_has_sent_something(units):
    units.put("bao-cao.txt", LETTER.encode())
    units.put("b.yaml", report("xa-b"))
    found = review(units.folder)
    assert {name: row.state for name, row in rows(found).items()} == {
        "huyen": "missing",
        "xa-a": "form-unknown",
        "xa-b": "submitted",
        "xa-c": "missing",
    }
    (checked,) = check(units.folder / "bao-cao.txt").files
    assert rows(found)["xa-a"].compared == checked.compared
    assert checked.compared.figures == 3


def test_what_was_found_in_a_document_of_no_known_form_counts_in_the_heading_and_the_exit_code(units, capsys):
    units.put("bao-cao.txt", LETTER.encode())
    units.put("b.yaml", report("xa-b"))
    arguments = ["review", str(units.folder), "--format", "plain"]
    assert main(arguments) == 1
    heading = capsys.readouterr().out.splitlines()[0]
    assert heading.endswith(
        "2 đơn vị đã nộp (trong đó 1 chưa xét được), 2 chưa nộp, 1 tệp không kiểm tra được; "
        "1 lỗi, 0 cảnh báo, 0 đã giải trình"
    )
    (units.folder / "b.yaml").unlink()
    assert main(arguments) == 1


def test_a_rule_that_was_given_up_makes_every_command_exit_with_two(desk, monkeypatch, capsys):
    pack = desk.archive / "pack"
    (pack / "pack.yaml").parent.mkdir()
    (pack / "pack.yaml").write_text(
        "pack: x\nversion: 1\nform: x\nfields: {a: {type: count}}\n"
        "tables: {t: {columns: {x: {type: count}}}}\n"
    )
    (pack / "r.yaml").write_text(
        "rules:\n  - {id: slow, assert: 'all r in t: (all o in t: r.x + o.x < 1000)'}\n"
        "  - {id: fine, assert: a ≥ 1}\n"
    )
    body = "a: 1\nt:\n" + "".join(f"  - {{x: {each}}}\n" for each in range(60))
    old, new = (desk.put(name, report("xa-a", body, form="x")) for name in ("a.yaml", "moi/a.yaml"))
    commands = (["check", str(old)], ["review", str(old)], ["compare", str(old), str(new)])
    for limit, code in (("500000", 0), ("5000", 2)):
        monkeypatch.setenv("VALIDATOR_MAX_STEPS", limit)
        assert [main([*each, "--pack", str(pack)]) for each in commands] == [code] * 3
        capsys.readouterr()
