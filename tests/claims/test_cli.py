import json

import pytest

from validator.cli.main import main


@pytest.fixture
def report(tmp_path):
    path = tmp_path / "report.txt"
    path.write_text("Hoàn thành 26/32 chỉ tiêu, đạt 82,15%. Có 17 cuộc họp.\n", encoding="utf-8")
    return path


def test_a_failing_claim_makes_the_exit_code_one(report, capsys):
    assert main(["claims", str(report), "--format", "json"]) == 1
    kinds = [claim["kind"] for claim in json.loads(capsys.readouterr().out)["claims"]]
    assert kinds == ["percent", "leq"]


def test_plain_output_says_what_does_not_agree_and_how_far_it_looked(report, capsys):
    main(["claims", str(report), "--format", "plain", "--lang", "vi"])
    out = capsys.readouterr().out
    assert "không khớp" in out
    assert "81,25" in out
    assert "4 con số: 0 khớp, 3 không khớp, 1 chưa đối chiếu được." in out
    assert "Trong đó 4 con số ở thuyết minh: 3 thuộc" in out


def test_the_figures_are_those_that_check_counts(tmp_path, capsys):
    path = tmp_path / "report.txt"
    table = "Thôn\tHộ\nA\t25\nB\t16\nTổng\t40\n"
    path.write_text(f"Hoàn thành 26/32 chỉ tiêu, đạt 82,15%. Có 17 cuộc họp.\n\n{table}", "utf-8")
    main(["claims", str(path), "--format", "json"])
    claims = json.loads(capsys.readouterr().out)
    main(["check", str(path), "--format", "json"])
    (file,) = json.loads(capsys.readouterr().out)["files"]
    assert claims["figures"] == file["figures"]
    assert claims["figures"]["total"] == 7 > claims["reach"]["numbers"] == 4


def test_a_table_is_no_wider_than_the_terminal(report, capsys, monkeypatch):
    monkeypatch.setenv("COLUMNS", "100")
    main(["claims", str(report), "--format", "table", "--lang", "en"])
    assert all(len(line) <= 130 for line in capsys.readouterr().out.splitlines())


def test_unchecked_numbers_are_listed_when_asked_for(report, capsys):
    main(["claims", str(report), "--format", "plain", "--lang", "en", "--unchecked"])
    assert "17" in capsys.readouterr().out


def test_a_file_that_is_not_there_is_told_and_makes_the_exit_code_two(tmp_path, capsys):
    assert main(["claims", str(tmp_path / "none.txt")]) == 2
    assert capsys.readouterr().err


def test_what_does_not_agree_comes_first_and_json_keeps_the_order_of_reading(tmp_path, capsys):
    path = tmp_path / "report.md"
    path.write_text(
        "Hoàn thành 16/32 chỉ tiêu, đạt 50%.\n\nHoàn thành 26/32 nhiệm vụ, đạt 82,15%.\n", "utf-8"
    )
    main(["claims", str(path), "--format", "plain", "--lang", "vi"])
    assert "26/32 ≠ 82,15%" in capsys.readouterr().out.splitlines()[0]
    main(["claims", str(path), "--format", "json"])
    verdicts = [claim["verdict"] for claim in json.loads(capsys.readouterr().out)["claims"]]
    assert verdicts[0] == "pass"
    assert "fail" in verdicts


@pytest.mark.parametrize("name", ["broken.docx", "broken.xlsx", "broken.pdf", "broken.odt"])
def test_a_file_that_cannot_be_read_is_told_once(tmp_path, capsys, name):
    path = tmp_path / name
    path.write_bytes(b"PK\x03\x04 no archive")
    assert main(["claims", str(path), "--lang", "vi"]) == 2
    told = capsys.readouterr()
    assert told.out == ""
    assert told.err.count("lỗi:") == 1
    assert "Traceback" not in told.err


@pytest.mark.parametrize(
    ("text", "code"),
    [
        ("Có 16 đoàn viên, gồm 9 nam và 7 nữ.", 0),
        ("Có 17 đoàn viên, gồm 9 nam và 7 nữ.", 1),
        ("Họp ngày 31/02/2024 tại nhà văn hóa.", 1),
        ("Họp ngày 28/02/2024 tại nhà văn hóa.", 2),
        ("Trân trọng kính mời các thôn về dự.", 2),
    ],
)
def test_where_nothing_was_compared_nothing_agrees(tmp_path, capsys, text, code):
    path = tmp_path / "report.txt"
    path.write_text(text + "\n", encoding="utf-8")
    assert main(["claims", str(path), "--lang", "en"]) == code
    assert ("cannot be taken to agree" in capsys.readouterr().out) == (code == 2)
    assert main(["claims", str(path), "--format", "json"]) == code
    assert json.loads(capsys.readouterr().out)["exit_code"] == code
    assert main(["check", str(path), "--quiet"]) == code
