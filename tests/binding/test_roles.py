"""What the fields of a form and the figures of running text mean: measure, roles, level, time."""

import time

import pytest

from validator.binding.meaning import PERCENT, load_meanings
from validator.binding.role_field import Meaning, role_fields
from validator.text.fold import accented

HEAD = "UBND XÃ AN LẠC\n\nAn Lạc, ngày 12 tháng 12 năm 2024\n\n# BÁO CÁO\n\nCông tác CCHC năm 2024\n\n"


@pytest.fixture
def fields(pack_form):
    return {
        name: role_fields(pack_form(name), load_meanings(), "district", "commune")
        for name in ("cchc", "kstt", "demo")
    }


@pytest.mark.parametrize(
    ("form", "measure", "traits", "path"),
    [
        ("cchc", "case", {"late", "pending"}, "hoso.overdue"),
        ("cchc", "case", {"received", "district"}, "hoso.district.received"),
        ("cchc", "case", {"online", PERCENT}, "hoso.online_pct"),
        ("cchc", "case", {"timely", PERCENT}, "hoso.on_time_pct"),
        ("kstt", "case", {"direct_post"}, "ho_so.in_person_or_post"),
        ("demo", "case", {"carried"}, "hoso.carried_over"),
    ],
)
def test_a_field_means_what_its_label_says(fields, form, measure, traits, path):
    found = fields[form].find(Meaning(measure=measure, traits=frozenset(traits)), "district")
    assert found is not None
    assert found.path == path


def test_a_part_of_one_level_is_not_the_whole(fields):
    part = Meaning(measure="case", traits=frozenset({"full", "district"}))
    assert fields["cchc"].find(part, "district") is None


@pytest.mark.parametrize(
    ("text", "traits"),
    [
        ("giải quyết trước hạn", {"early"}),
        ("tiếp nhận trực tuyến toàn trình", {"full"}),
        ("tiếp nhận trực tiếp hoặc nhận từ bưu tá", {"direct_post"}),
        ("đang giải quyết quá hạn", {"pending", "late"}),
    ],
)
def test_of_two_traits_that_say_the_same_one_is_kept(text, traits):
    meanings = load_meanings()
    said = meanings.read([accented(word) for word in text.split()])
    assert meanings.settled("case", said.traits) == traits


def test_a_paragraph_of_many_figures_takes_no_longer_a_figure(read_text):
    def seconds(count):
        text = HEAD + "## II. KẾT QUẢ\n\n" + "tiếp nhận 12 hồ sơ, đúng hạn 5 hồ sơ (trực tuyến 3), " * count
        start = time.perf_counter()
        read_text(text)
        return time.perf_counter() - start

    seconds(5)
    assert seconds(400) < 12 * seconds(100) + 1
