"""``check --annotate``: each finding a comment on its main figure, the document itself untouched."""

from __future__ import annotations

import re
import shutil
import zipfile
from pathlib import Path

import pytest

from validator.api import check

W = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"


def comments_of(path):
    with zipfile.ZipFile(path) as archive:
        text = archive.read("word/comments.xml").decode()
    return [
        re.sub("<[^>]+>", " ", each) for each in re.findall(r"<w:comment .*?</w:comment>", text, re.DOTALL)
    ]


def test_every_finding_is_one_comment_and_the_document_is_untouched(given, tmp_path, run):
    before = given.read_bytes()
    plain, shown, _ = run("check", given)
    code, out, _ = run("check", given, "--annotate", tmp_path / "out.docx")
    assert code == plain == 1
    assert given.read_bytes() == before
    assert out.removeprefix(shown).strip() == f"Bản sao có nhận xét: {tmp_path / 'out.docx'} – 4 phát hiện"
    told = comments_of(tmp_path / "out.docx")
    for number in (1, 2, 3, 4):
        assert sum(f"[{number}]" in each for each in told) == 1
    # A clerk reads neither ids nor paths.
    assert not [each for each in told if "cchc/" in each or "claims/" in each or str(tmp_path) in each]


def test_the_copy_is_a_report_that_reads_as_its_original(given, tmp_path, run):
    run("check", given, "--annotate", tmp_path / "out.docx")
    first, second = check(given).files[0], check(tmp_path / "out.docx").files[0]
    assert second.compared == first.compared
    assert [each.id for each in second.diagnostics] == [each.id for each in first.diagnostics]


def test_comments_and_tick_marks_can_be_had_at_once(given, tmp_path, run):
    outs = ("--annotate", tmp_path / "a.docx", "--ticks", tmp_path / "b.docx")
    code, _, _ = run("check", given, *outs)
    assert code == 1
    assert [each.is_file() for each in (tmp_path / "a.docx", tmp_path / "b.docx")] == [True, True]
    code, _, err = run("check", given, "--annotate", tmp_path / "c.docx", "--ticks", tmp_path / "c.docx")
    assert (code, "[cli/copy-taken]" in err, (tmp_path / "c.docx").exists()) == (2, True, False)


@pytest.mark.parametrize(
    ("out", "code"),
    [
        ("out.html", "copy-suffix"),
        ("out", "copy-suffix"),
        ("out.xlsx", "copy-format"),
        ("given.docx", "output-is-input"),
        ("nowhere/out.docx", "cannot-write-file"),
    ],
)
def test_what_cannot_be_written_is_refused_before_anything_is_read(given, tmp_path, run, out, code):
    before = given.read_bytes()
    found, shown, err = run("check", given, "--annotate", tmp_path / out)
    assert (found, shown) == (2, "")
    assert f"[cli/{code}]" in err
    assert given.read_bytes() == before


def test_a_broken_document_leaves_no_copy(given, tmp_path, run):
    given.write_bytes(given.read_bytes()[:400])
    code, out, err = run("check", given, "--annotate", tmp_path / "out.docx")
    assert code == 2
    assert "bị hỏng hoặc chưa tải về đủ" in out
    assert "nên không ghi bản sao" in err
    assert not (tmp_path / "out.docx").exists()


OLE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + b"\0" * 512
PACKAGE = "http://schemas.openxmlformats.org/package/2006"
OFFICE = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
SIGNED = f"{PACKAGE}/relationships/digital-signature"
MACROS = "http://schemas.microsoft.com/office/2006/relationships/vbaProject"
MACRO_MAIN = "application/vnd.ms-word.document.macroEnabled.main+xml"


def changed(path, more, change):
    """Write a document anew: parts added, the others changed by name and content."""
    with zipfile.ZipFile(path) as whole:
        parts = {name: change(name, whole.read(name)) for name in whole.namelist()}
    with zipfile.ZipFile(path, "w") as target:
        for name, data in (parts | more).items():
            target.writestr(name, data)
    return path


def related(*relations):
    """Return a list of relations of types to targets."""
    lines = [
        f'<Relationship Id="rIdX{at}" Type="{kind}" Target="{to}"/>'
        for at, (kind, to) in enumerate(relations)
    ]
    return f'<Relationships xmlns="{PACKAGE}/relationships">{"".join(lines)}</Relationships>'.encode()


def same(_name, data):
    return data


def names_in(path):
    with zipfile.ZipFile(path) as package:
        return package.namelist()


def test_a_signature_is_left_out_and_told_since_a_copy_is_not_what_was_signed(given, tmp_path, run):
    more = {
        "_xmlsignatures/origin.sigs": b"",
        "_xmlsignatures/sig1.xml": b"<Signature/>",
        "_xmlsignatures/_rels/origin.sigs.rels": related((f"{SIGNED}/signature", "sig1.xml")),
    }
    origin = f'<Relationship Id="rIdX" Type="{SIGNED}/origin" Target="_xmlsignatures/origin.sigs"/>'
    end = b"</Relationships>"
    changed(given, more, lambda _name, data: data.replace(end, origin.encode() + end))
    before = given.read_bytes()
    code, out, err = run("check", given, "--annotate", tmp_path / "out.docx")
    assert (code, err) == (1, "")
    assert "Bản sao này đã bỏ: chữ ký số" in out
    assert not [each for each in names_in(tmp_path / "out.docx") if "_xmlsignatures/" in each]
    assert len(comments_of(tmp_path / "out.docx")) >= 4
    assert given.read_bytes() == before


def test_a_document_with_macros_is_copied_without_them_and_that_is_told(given, tmp_path, run):
    plain = "application/vnd.openxmlformats-officedocument.wordprocessingml.document.main+xml"
    more = {
        "word/vbaProject.bin": b"macro",
        "word/_rels/document.xml.rels": related((MACROS, "vbaProject.bin")),
    }
    macro = given.rename(tmp_path / "given.docm")
    changed(macro, more, lambda _name, data: data.replace(plain.encode(), MACRO_MAIN.encode()))
    code, out, _ = run("check", macro, "--annotate", tmp_path / "out.docx")
    assert code == 1
    assert "Bản sao này đã bỏ: macro" in out
    assert "word/vbaProject.bin" not in names_in(tmp_path / "out.docx")
    assert "word/vbaProject.bin" in names_in(macro)


def test_a_document_of_which_only_comments_may_be_changed_stays_so(given, tmp_path, run):
    w = "http://schemas.openxmlformats.org/wordprocessingml/2006/main"
    protection = b'<w:documentProtection w:edit="readOnly" w:enforcement="1"/>'
    more = {
        "word/settings.xml": f'<w:settings xmlns:w="{w}">'.encode() + protection + b"</w:settings>",
        "word/_rels/document.xml.rels": related((f"{OFFICE}/settings", "settings.xml")),
    }
    changed(given, more, same)
    code, _, err = run("check", given, "--annotate", tmp_path / "out.docx")
    assert (code, err) == (1, "")
    assert len(comments_of(tmp_path / "out.docx")) >= 4
    with zipfile.ZipFile(tmp_path / "out.docx") as package:
        assert protection in package.read("word/settings.xml")


def test_a_document_behind_a_password_is_told_and_leaves_no_copy(given, tmp_path, run):
    given.write_bytes(OLE + "EncryptedPackage".encode("utf-16-le") + b"\0\0")
    code, out, err = run("check", given, "--annotate", tmp_path / "out.docx")
    assert code == 2
    assert "Tệp given.docx có đặt mật khẩu nên không đọc được." in out
    assert "nên không ghi bản sao" in err
    assert not (tmp_path / "out.docx").exists()


def test_the_input_under_another_name_is_no_output(given, tmp_path, run):
    before = given.read_bytes()
    (tmp_path / "link.docx").symlink_to(given)
    (tmp_path / "hard.docx").hardlink_to(given)
    for name in ("link.docx", "hard.docx"):
        code, _, err = run("check", given, "--annotate", tmp_path / name)
        assert code == 2
        assert "[cli/output-is-input]" in err
    assert given.read_bytes() == before


def test_an_output_that_is_open_elsewhere_stays_and_what_was_found_is_shown(
    given, tmp_path, run, monkeypatch
):
    out = Path(shutil.copy(given, tmp_path / "out.docx"))
    before = out.read_bytes()
    replace = Path.replace

    def refuse(self, target):
        if Path(target) == out:
            raise PermissionError(13, "Permission denied", str(target))
        return replace(self, target)

    monkeypatch.setattr(Path, "replace", refuse)
    code, shown, err = run(
        "check", given, "--annotate", out, "--format", "plain", "--format", f"json={tmp_path}/r.json"
    )
    assert code == 2
    assert "Phát hiện: 3 lỗi, 1 cảnh báo" in shown
    assert '"exit_code": 2' in (tmp_path / "r.json").read_text(encoding="utf-8")
    assert err.count("lỗi: ") == 1
    assert "đóng tệp nếu đang mở trong Word, Excel" in err
    assert out.read_bytes() == before
    assert not list(tmp_path.glob(".*.part"))


def test_a_part_that_takes_no_comment_is_named_and_what_was_found_is_shown(given, tmp_path, run):
    rels = related((f"{OFFICE}/comments", "comments.xml"))
    changed(given, {"word/comments.xml": b"<w:comments", "word/_rels/document.xml.rels": rels}, same)
    code, out, err = run("check", given, "--annotate", tmp_path / "out.docx")
    assert code == 2
    assert "Phát hiện: 3 lỗi, 1 cảnh báo" in out
    assert "word/comments.xml" in err
    assert not (tmp_path / "out.docx").exists()
