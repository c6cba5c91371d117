"""``check --annotate``: each finding a comment on its main figure, the document itself untouched."""

from __future__ import annotations

import re
import zipfile

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
    code, _, err = run("check", given, "--annotate", tmp_path / "out.docx")
    assert code == 2
    assert err.count("[cli/") == 1
    assert not (tmp_path / "out.docx").exists()
