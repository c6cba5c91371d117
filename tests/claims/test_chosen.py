"""Of which two figures a percentage is said: chosen by words and places, the same whatever the digits are."""

import pytest

from validator.claims.ranking import load_choosing

TEMPLATES = [
    "Tổng số tờ khai phải nộp: {t} tờ khai, đã nộp qua mạng: {a} tờ khai ({p}%).",
    "Tỷ lệ thôn có nhà văn hóa là {p}% - {a} thôn trên tổng số {t} thôn.",
    "Kết quả phân loại {t} giáo viên như sau\nLoại tốt: {a} người, chiếm {p}%\nLoại khá: 211 người",
]


def shown(number):
    return f"{number:,}".replace(",", ".")


@pytest.mark.parametrize("template", TEMPLATES)
def test_the_pair_is_the_same_whatever_the_digits_are(template, find):
    for part, base, verdict in ((1204, 1599, "pass"), (1240, 1599, "fail"), (1204, 1995, "fail")):
        text = template.format(a=shown(part), t=shown(base), p="75,3")
        claims = [claim for claim in find(text).claims if claim.numbers.get("stated") == "75.3"]
        assert [
            (claim.numbers["numerator"], claim.numbers["denominator"], claim.verdict.value)
            for claim in claims
        ] == [(str(part), str(base), verdict)]


def test_weights_are_whole():
    assert load_choosing()
    assert all(isinstance(weight, int) and weight for weight in load_choosing().values())
