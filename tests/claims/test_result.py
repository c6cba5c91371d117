import pytest

from validator.claims import claim_problems, claims_json, find_claims, load_vocabulary
from validator.diagnostics.problem import explain_problem
from validator.model.document import Document
from validator.model.verdict import Severity
from validator.wording.in_language import in_language

TEXT = "Hoàn thành 26/32 chỉ tiêu, đạt 82,15%. Đã có 52/212 thủ tục phát sinh (24%). Có 17 cuộc họp."


def test_numbers_are_decimal_strings_with_a_point(find):
    first = claims_json(find(TEXT))["claims"][0]
    assert first["kind"] == "percent"
    assert first["verdict"] == "fail"
    assert (first["numerator"], first["denominator"], first["stated"]) == ("26", "32", "82.15")
    assert first["location"]["line"] == 1


def test_a_failing_share_is_helped_by_the_right_one_and_by_the_numerators_that_would_fit(find):
    claim = find(TEXT).claims[0]
    assert claim.help["right"] == "81,25"
    assert find("Hoàn thành 25/32 chỉ tiêu, đạt 81%.").claims[0].help["inverse"] == "26"


@pytest.mark.parametrize(
    ("text", "inverse"),
    [
        ("Đã giải ngân 25,16/55,036 tỷ đồng, đạt 50,28% kế hoạch.", "27,67"),
        ("Đã giải ngân 25/55,036 tỷ đồng, đạt 50,28% kế hoạch.", ""),
        ("Đã giải ngân 2.516/5.036 triệu đồng, đạt 50,28%.", "2.532"),
        ("Đã giải ngân 120 triệu đồng/1,2 tỷ đồng, đạt 12%.", "133–156"),
        ("Đã hoàn thành 3/7 nhiệm vụ, đạt 50%.", ""),
        ("Đã hoàn thành 300/700 nhiệm vụ, đạt 50%.", "347–353"),
    ],
)
def test_the_numerators_that_would_fit_are_written_as_finely_as_the_one_given(find, text, inverse):
    assert find(text).claims[0].help["inverse"] == inverse


def test_reach_counts_the_numbers_of_the_text_and_lists_those_left_out(find):
    result = find(TEXT)
    assert (result.reach.numbers, result.reach.checked, result.reach.unchecked) == (7, 6, 1)
    assert [number.text for number in result.unchecked] == ["17"]


def test_failing_claims_are_problems_and_a_cut_off_share_is_only_a_warning(find):
    problems = claim_problems(find(TEXT).claims)
    assert [(p.code, p.severity) for p in problems] == [
        ("claims/share-differs", Severity.ERROR),
        ("claims/share-cut-off", Severity.WARNING),
    ]


def test_every_problem_is_worded_in_both_languages_with_nothing_left_open(find):
    text = (
        TEXT + " Ngày 31/11/2022. Công văn số 366/VUND-VP. Tổng số 25 văn bản (14 quyết định, 10 kế hoạch)."
    )
    for problem in claim_problems(find(text).claims):
        for language in ("vi", "en"):
            told = in_language(explain_problem(problem), language)
            assert told.title != problem.code
            assert "{" not in told.title + told.help


def test_an_empty_document_makes_no_claims():
    document = Document(file="text", media_type="text/plain", blocks=())
    result = find_claims(document, load_vocabulary())
    assert (result.claims, result.unchecked, result.reach.numbers) == ((), (), 0)


def test_a_number_so_long_that_nobody_wrote_it_is_no_claim(find):
    assert find(f"Hoàn thành {'9' * 5000}/{'9' * 5001} chỉ tiêu, đạt 10%.").claims == ()


def test_decomposed_letters_are_read_like_composed_ones(find):
    import unicodedata

    text = "Tổng số 25 văn bản, trong đó 14 quyết định, 11 kế hoạch."
    assert len(find(unicodedata.normalize("NFD", text)).claims) == len(find(text).claims) > 0
