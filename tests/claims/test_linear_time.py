"""Hostile text costs time in proportion to its length."""

import time

import pytest

from validator.text import read

HOSTILE = {
    "digits": "1",
    "grouped digits": "1.000.",
    "blanks": " ",
    "fill-in lines": "_",
    "blank lines": "\n",
    "one word": "a",
    "brackets": "((((1",
    "closed brackets": "(1) ",
    "cue words": "trong đó gồm đạt chiếm tổng số 1 ",
    "totals": "tổng số 10 hồ sơ, trong đó 3 hồ sơ, ",
    "fractions": "1/2 hồ sơ đạt 50%, ",
    "percentages": "50% ",
    "sums": "100 hồ sơ (60 hồ sơ, 40 hồ sơ); ",
    "symbols": "số 12/KH-UBND ngày 1/1/2023 ",
    "list": "+ Số hồ sơ: 5 hồ sơ\n",
    "totals in a list": "- Tổng số hồ sơ: 5 hồ sơ, trong đó:\n",
    "names": "xã Ea A-",
    "periods": "quý 1, kế hoạch ",
    "rounded amounts": "Chi 12 triệu đồng cho 12.034.000 đồng vốn. ",
    "paragraphs": "Tổng số 7 hồ sơ đã giải quyết, đạt 12,5%.\n\n",
}
SMALL, LARGE = 2_000, 16_000


def seconds(find, text):
    read._KEPT.clear()  # what was read before would be for nothing
    start = time.process_time()
    find(text)
    return time.process_time() - start


@pytest.mark.parametrize("name", HOSTILE)
def test_eight_times_the_text_takes_no_more_than_some_twenty_times_as_long(find, name):
    piece = HOSTILE[name]
    find(piece)
    small = min(seconds(find, piece * (SMALL // len(piece))) for _ in range(2))
    large = seconds(find, piece * (LARGE // len(piece)))
    assert large < max(0.2, 20 * small)


def test_a_number_of_ten_thousand_digits_is_no_number(find):
    text = "Có " + "9" * 10_000 + " hộ, gồm " + "1." * 5_000 + " hộ và 5 hộ; đạt " + "7" * 10_000 + "%."
    assert seconds(find, text) < 2
    assert not any(claim.verdict.is_decided for claim in find(text).claims)
