"""What the operating system refuses is said in the language of the run."""

from __future__ import annotations

import errno
import os

import pytest

from validator.cli.main import main
from validator.diagnostics.problem import explain_problem
from validator.model.location import Location
from validator.model.problem import Problem, fault_detail
from validator.wording.in_language import fault_words, in_language


def refused(number):
    return OSError(number, os.strerror(number))


USUAL = (
    *(errno.ENOENT, errno.EACCES, errno.EPERM, errno.ENOSPC, errno.EISDIR),
    *(errno.ENOTDIR, errno.ENAMETOOLONG, errno.EROFS, errno.EEXIST, errno.ELOOP),
)


@pytest.mark.parametrize("number", USUAL, ids=errno.errorcode.get)
def test_the_usual_faults_have_words_in_both_languages(number):
    fault = refused(number)
    vietnamese, english = fault_words(fault, "vi"), fault_words(fault, "en")
    assert os.strerror(fault.errno) not in (vietnamese, english)
    assert not vietnamese.isascii()
    assert english.isascii()


def test_the_others_keep_the_words_of_the_system():
    assert fault_words(refused(errno.EIO), "vi") == os.strerror(errno.EIO)
    assert fault_words(ValueError("embedded null byte"), "vi") == "embedded null byte"


def test_a_problem_is_worded_with_them():
    args = {"path": "a", "detail": fault_detail(refused(errno.ENOSPC))}
    problem = Problem(code="cli/cannot-write-file", location=Location(), args=args)
    assert in_language(explain_problem(problem), "vi").title == "Không ghi được tệp a: ổ đĩa hết chỗ trống"


@pytest.mark.parametrize("target", ["no/such/folder.json", ".", "x" * 300])
def test_no_english_stands_in_a_vietnamese_message(tmp_path, monkeypatch, capsys, target):
    monkeypatch.chdir(tmp_path)
    (tmp_path / "a.yaml").write_text("report: {form: demo}\n", encoding="utf-8")
    assert main(["check", "a.yaml", "--format", f"json={target}", "--lang", "vi"]) == 2
    told = capsys.readouterr().err
    assert "Không ghi được" in told
    assert not [number for number in errno.errorcode if os.strerror(number) in told]
