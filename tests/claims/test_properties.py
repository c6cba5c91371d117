"""Sentences made from a grammar: what is built to hold holds, what is built to fail is caught."""

from fractions import Fraction

from hypothesis import given, settings
from hypothesis import strategies as st

UNITS = ("hồ sơ", "hộ", "giáo viên", "học sinh", "doanh nghiệp", "văn bản", "xã", "ha", "tấn", "giường bệnh")
NAMES = ("loại một", "loại hai", "loại ba", "loại bốn", "loại năm", "loại sáu")
SOME = ", trong đó: "
ANNOUNCED = (", gồm ", ", bao gồm ")
COMPLETE = (*ANNOUNCED, " (")
CUES = (SOME, *COMPLETE)
SHARES = (", đạt ", ", chiếm ", " (", ", đạt tỷ lệ ", " = ")
settings.register_profile("claims", max_examples=60, deadline=None)
settings.load_profile("claims")


def shown(number):
    return f"{number:,}".replace(",", ".")


def percent_of(part, whole, decimals):
    exact = Fraction(100 * part, whole)
    scaled = int(exact * 10**decimals + Fraction(1, 2))
    whole_part, rest = divmod(scaled, 10**decimals)
    return f"{whole_part},{rest:0{decimals}d}" if decimals else str(whole_part)


def breakdown(total, parts, unit, cue):
    names = (f"{name} {shown(part)} {unit}" for name, part in zip(NAMES, parts, strict=False))
    return f"Toàn huyện có {shown(total)} {unit}{cue}{', '.join(names)}{')' if '(' in cue else ''}."


parts_lists = st.lists(st.integers(10, 50_000), min_size=2, max_size=6)


@given(parts_lists, st.sampled_from(UNITS), st.sampled_from(CUES))
def test_parts_that_add_up_are_a_sum_that_passes_and_nothing_fails(find, parts, unit, cue):
    result = find(breakdown(sum(parts), parts, unit, cue))
    stated = [c for c in result.claims if c.kind.value == "sum" and len(c.numbers["parts"]) == len(parts)]
    assert [c.verdict.value for c in stated] == ["pass"]
    assert not [c for c in result.claims if c.verdict.value == "fail"]


@given(parts_lists, st.sampled_from(UNITS), st.sampled_from(COMPLETE), st.sampled_from((1, -1)))
def test_a_total_that_is_off_by_one_is_caught_where_all_parts_are_announced(find, parts, unit, cue, gap):
    claims = find(breakdown(sum(parts) + gap, parts, unit, cue)).claims
    assert [c.verdict.value for c in claims if c.kind.value == "sum"] == ["fail"]


@given(parts_lists, st.sampled_from(UNITS), st.sampled_from(ANNOUNCED))
def test_a_list_announced_as_complete_that_leaves_out_a_third_is_caught(find, parts, unit, cue):
    claims = find(breakdown(sum(parts) * 3 // 2 + 1, parts, unit, cue)).claims
    assert "fail" in [c.verdict.value for c in claims if c.kind.value == "sum"]


@given(parts_lists, st.sampled_from(UNITS), st.integers(1, 90_000))
def test_a_list_of_some_parts_may_leave_out_any_rest(find, parts, unit, rest):
    claims = find(breakdown(sum(parts) + rest, parts, unit, SOME)).claims
    assert not [c for c in claims if c.verdict.value == "fail"]


@given(st.data(), st.integers(20, 90_000), st.sampled_from(UNITS), st.sampled_from(SHARES), st.integers(0, 2))
def test_a_rounded_percentage_of_a_fraction_passes(find, data, whole, unit, words, decimals):
    part = data.draw(st.integers(1, whole))
    close = ")" if "(" in words else ""
    share = f"{percent_of(part, whole, decimals)}%{close}"
    text = f"Đã hoàn thành {shown(part)}/{shown(whole)} {unit}{words}{share}."
    claims = [c for c in find(text).claims if c.kind.value == "percent"]
    assert [c.verdict.value for c in claims] == ["pass"]


@given(st.data(), st.integers(100, 90_000), st.sampled_from(UNITS))
def test_a_percentage_that_is_off_by_two_points_is_caught_with_the_right_one(find, data, whole, unit):
    part = data.draw(st.integers(whole // 10, whole - whole // 10))
    wrong = percent_of(part, whole, 2).split(",")
    text = f"Đã hoàn thành {shown(part)}/{shown(whole)} {unit}, đạt {int(wrong[0]) + 2},{wrong[1]}%."
    claims = [c for c in find(text).claims if c.kind.value == "percent"]
    assert [c.verdict.value for c in claims] == ["fail"]
    assert claims[0].help["right"] == percent_of(part, whole, 2)


@given(st.text(alphabet="0123456789.,/%()-+:; \nđtổgồmhsơạ", max_size=300))
def test_any_text_is_read_without_a_fault(find, text):
    find(text)
