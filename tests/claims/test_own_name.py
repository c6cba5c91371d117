"""Names of units left in from another text, in a report written for the purpose."""

import pytest

HEAD = """ỦY BAN NHÂN DÂN
PHƯỜNG SÔNG MÂY

BÁO CÁO

Công tác cải cách hành chính năm 2024

Kính gửi: Ủy ban nhân dân tỉnh Tân Giang

UBND phường Sông Mây báo cáo kết quả thực hiện như sau:
"""
FILLER = "\n".join(
    f"\nNội dung thứ {number} đã thực hiện theo kế hoạch năm 2024.\n" for number in range(1, 16)
)
CLOSING = "\nTrên đây là báo cáo của UBND phường Sông Mây, kính gửi UBND tỉnh Tân Giang.\n"


def told(find, text):
    return [
        (claim.reason, claim.numbers["values"][1])
        for claim in find(text).claims
        if claim.reason in ("unit-level-differs", "unit-name-differs")
    ]


@pytest.mark.parametrize(
    ("body", "closing", "expected"),
    [
        ("Phường Sông Mây đã ban hành 03 kế hoạch.", CLOSING, []),
        (
            "Trong kỳ, huyện Sông Mây không ban hành văn bản.",
            CLOSING,
            [("unit-level-differs", "huyện Sông Mây")],
        ),
        # The name goes on: another unit.
        ("Trong kỳ, huyện Sông Mây Thượng không ban hành văn bản.", CLOSING, []),
        # A commune that was joined to others and gave them its name.
        ("Sáp nhập xã Sông Mây và xã Bình Lâm thành phường Sông Mây.", CLOSING, []),
        ("Xã Sông Mây (cũ) có 05 thôn.", CLOSING, []),
        # One among others, not who acts.
        ("Nhiều hồ sơ nhất là huyện Sông Mây (52 hồ sơ), xã Tân Hà (41 hồ sơ).", CLOSING, []),
        ("Thứ nhất xã Tân Hà 52 hồ sơ; huyện Sông Mây 41 hồ sơ.", CLOSING, []),
        # A page breaks lines within a name.
        (
            "Phường Sông Mây đã ban hành 03 kế hoạch.",
            "\nTrên đây là báo cáo của UBND phường Sông\nMây, kính gửi UBND tỉnh Tân Giang.\n",
            [],
        ),
        (
            "Phường Sông Mây đã ban hành 03 kế hoạch.",
            "\nTrên đây là báo cáo của UBND phường Sông\n\nMây, kính gửi UBND tỉnh Tân Giang.\n",
            [],
        ),
        # Other units of the level are neighbours in the text, but not in the last sentence.
        ("Học tập kinh nghiệm của phường Hòa Bình.", CLOSING, []),
        (
            "Phường Sông Mây đã ban hành 03 kế hoạch.",
            "\nTrên đây là báo cáo của UBND phường Hòa Bình, kính gửi UBND tỉnh Tân Giang.\n",
            [("unit-name-differs", "phường Hòa Bình")],
        ),
    ],
)
def test_a_name_left_in_is_told(find, body, closing, expected):
    assert told(find, HEAD + FILLER + "\n" + body + "\n" + closing) == expected


def test_a_superior_of_the_same_name_is_no_slip(find):
    head = (
        HEAD.replace("tỉnh Tân Giang", "huyện Sông Mây")
        .replace("PHƯỜNG", "THỊ TRẤN")
        .replace("phường", "thị trấn")
    )
    body = "\nTheo chỉ đạo của huyện Sông Mây, đã ban hành 03 kế hoạch.\n"
    closing = "\nTrên đây là báo cáo của UBND thị trấn Sông Mây, kính gửi UBND huyện Sông Mây.\n"
    assert told(find, head + FILLER + body + closing) == []


@pytest.mark.parametrize(
    "body",
    [
        "Thị trấn Sông Mây tiếp nhận nhiều hồ sơ nhất huyện.",
        "UBND thị trấn Sông Mây đã ban hành kế hoạch.",
        "Dẫn đầu là xã Tân Hà (2.308 hồ sơ); thị trấn Sông Mây 2.117 hồ sơ.",
    ],
)
def test_the_seat_of_a_district_may_bear_its_name(find, body):
    district = HEAD.replace("PHƯỜNG", "HUYỆN").replace("phường", "huyện") + FILLER + "\n" + body + "\n"
    closing = "\nTrên đây là báo cáo của UBND huyện Sông Mây, kính gửi UBND tỉnh Tân Giang.\n"
    assert told(find, district + closing) == []
    slip = closing.replace("huyện Sông", "thị trấn Sông")
    assert told(find, district + slip) == [("unit-level-differs", "thị trấn Sông Mây")]
