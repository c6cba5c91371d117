"""What was found is data: it can be said in each language, as often as wanted, without judging again."""

import pickle
from pathlib import Path

import pytest

from validator.api import check, compare, review
from validator.model.location import Location
from validator.model.problem import Problem
from validator.model.words import by_language, cure, say, together
from validator.render.json import render_json
from validator.render.option import Options
from validator.wording.in_language import in_language

EXAMPLES = Path(__file__).resolve().parents[2] / "examples"
REPORTS = sorted(str(path) for path in EXAMPLES.glob("*.yaml"))
LANGUAGES = ("vi", "en")


def shown(run, lang):
    return render_json(run, Options(lang=lang))


@pytest.mark.parametrize("path", REPORTS, ids=lambda path: Path(path).name)
def test_a_result_said_again_is_the_one_of_a_run_in_that_language(path):
    one, other = (check([path], lang=lang) for lang in LANGUAGES)
    assert shown(in_language(one, "en"), "en") == shown(other, "en")
    assert shown(in_language(in_language(one, "en"), "vi"), "vi") == shown(one, "vi")


def test_so_is_that_of_a_review_with_its_details(tmp_path):
    folder = tmp_path / "reports"
    folder.mkdir()
    for path in REPORTS[:2]:
        (folder / Path(path).name).write_bytes(Path(path).read_bytes())
    one, other = (review([folder], lang=lang) for lang in LANGUAGES)
    again = in_language(one, "en")
    assert (again.units, again.topics, again.period_text) == (other.units, other.topics, other.period_text)
    assert {key: again.details[key].result for key in again.details} == {
        key: other.details[key].result for key in other.details
    }


def test_and_that_of_a_comparison():
    one, other = (compare(REPORTS[0], REPORTS[-1], lang=lang) for lang in LANGUAGES)
    assert in_language(one, "en") == other


def test_words_of_words_are_put_in():
    inner = by_language({"vi": "Hồ sơ", "en": "Files"})
    words = say("explain/missing", {"fields": together([inner, "b"], ", ")})
    assert "Hồ sơ, b" in in_language(words, "vi")
    assert "Files, b" in in_language(words, "en")


def test_a_problem_and_a_word_of_the_catalogue_are_put_in_as_words():
    fault = Problem(code="read/empty", location=Location(), args={})
    detail = in_language(say("read/empty"), "en").rstrip(".")
    assert detail in in_language(say("waiver/unreadable", {"detail": fault}), "en")
    refused = say("cli/cannot-write-file", {"path": "a", "detail": "@system/no-space"})
    assert in_language(refused, "vi") == "Không ghi được tệp a: ổ đĩa hết chỗ trống"


def test_what_nobody_has_words_for_is_left_out_or_said_otherwise():
    assert in_language(cure("explain/missing"), "vi") == ""
    assert by_language({}, "otherwise") == "otherwise"
    assert in_language(by_language({"en": "only"}), "vi") == "only"
    assert in_language(say("render/period-fortnight", otherwise="fortnight"), "vi") == "fortnight"
    assert together(["", "a", ""], "; ") == "a"


def test_words_travel_between_processes():
    words = together([say("explain/missing", {"fields": "a"}), by_language({"vi": "b"})], "; ")
    again = pickle.loads(pickle.dumps(words))  # noqa: S301 - our own
    assert again == words
    assert in_language(again, "vi") == in_language(words, "vi")


def test_the_same_message_with_other_figures_is_another():
    assert say("explain/missing", {"fields": "a"}) != say("explain/missing", {"fields": "b"})
    assert hash(say("explain/missing", {"fields": "a"})) == hash(say("explain/missing", {"fields": "a"}))
