"""What explanations do to findings: a soft one is marked, nothing is hidden, idle ones are told."""

from __future__ import annotations

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from validator.diagnostics.fingerprint import fingerprint, values_of
from validator.diagnostics.waiver import Rules, applied
from validator.model.diagnostic import Diagnostic, Label
from validator.model.explanation import Explanation
from validator.model.location import Location
from validator.model.record import evolve
from validator.model.verdict import Severity, Verdict
from validator.wording.in_language import in_language

RULES = Rules(
    names=dict.fromkeys(("a", "p/a", "old", "p/old"), ("p/a",)) | {"p/b": ("p/b",), "p/c": ("p/c",)},
    ran=frozenset({"p/a", "p/b"}),
)


def label(path, value, *, raw=None, file="r.yaml", line=1):
    place = Location(file=file, line=line)
    return Label(
        path=path, label=path.upper(), raw=value if raw is None else raw, location=place, value=value
    )


def finding(rule="p/a", *labels, severity=Severity.WARNING, verdict=Verdict.FAIL, **more):
    fields = labels or (label("x", "520"), label("y", "525"))
    place = Location(file=fields[0].location.file, line=1)
    return Diagnostic(id=rule, severity=severity, verdict=verdict, fields=fields, location=place, **more)


def reason(found=None, rule="p/a", **more):
    about = {} if found is None else {"fingerprint": fingerprint(found), "values": values_of(found)}
    place = Location(file="r.giai-trinh.yaml", line=3)
    return Explanation(**{"rule": rule, "reason": "vì", "location": place, **about, **more})


def told(*found_and_given, rules=RULES, lang="vi"):
    """Return the waivers of the findings and the codes of what is told of explanations."""
    found = [each for each in found_and_given if isinstance(each, Diagnostic)]
    explanations = [each for each in found_and_given if isinstance(each, Explanation)]
    marked = in_language(applied(found, explanations, rules), lang)
    assert [evolve(each, waiver="") for each in marked[: len(found)]] == found
    return [each.waiver for each in marked[: len(found)]], [each.id for each in marked[len(found) :]]


def test_a_soft_finding_is_marked_with_reason_author_and_day():
    soft = finding()
    words = reason(soft, author="Nguyễn Văn A", given_on=date(2024, 6, 5))
    assert told(soft, words) == (["vì (Nguyễn Văn A, ngày 05/06/2024)"], [])
    assert told(soft, reason(soft)) == (["vì"], [])
    assert told(soft, words, lang="en")[0] == ["vì (Nguyễn Văn A, 05/06/2024)"]


@pytest.mark.parametrize("name", ["a", "p/a", "old", "p/old"])
@pytest.mark.parametrize("path", ["", "x", "y"])
def test_a_rule_may_be_named_in_every_way_and_by_any_of_its_figures(name, path):
    soft = finding()
    assert told(soft, reason(soft, rule=name, path=path)) == (["vì"], [])


def test_a_note_may_be_explained_too():
    note = finding(severity=Severity.INFO)
    assert told(note, reason(note)) == (["vì"], [])


def test_a_changed_value_is_told_with_the_old_and_the_new():
    old, new = finding(), finding("p/a", label("x", "530"), label("y", "525"))
    marked, lapsed = in_language(applied([new], [reason(old, path="x")], RULES), "vi")
    assert (marked.waiver, lapsed.id, lapsed.severity) == ("", "waiver/lapsed", Severity.WARNING)
    assert lapsed.explanation == "X: 520 → 530"
    assert lapsed.location.file == "r.giai-trinh.yaml"
    assert lapsed.topic == "waiver"


def test_without_the_old_values_the_new_ones_are_told():
    (_, lapsed) = in_language(applied([finding()], [reason(fingerprint="0" * 16)], RULES), "en")
    assert lapsed.explanation == "The figures now: X: 520; Y: 525"


@pytest.mark.parametrize(
    ("found", "words", "code"),
    [
        (finding(severity=Severity.ERROR), {}, "hard-finding"),
        (finding(), {"fingerprint": ""}, "no-fingerprint"),
        (finding(severity=Severity.ERROR), {"fingerprint": ""}, "hard-finding"),
        (finding(), {"path": "z"}, "unused"),
        (finding(), {"rule": "p/b"}, "unused"),
        (finding(), {"rule": "p/bb"}, "unknown-rule"),
        (finding(verdict=Verdict.UNDECIDED), {}, "unused"),
        (finding("read/not-a-number"), {"rule": "read/not-a-number"}, "no-rule"),
        (finding("waiver/unused"), {"rule": "waiver/unused"}, "no-rule"),
    ],
)
def test_what_explains_nothing_is_told_and_marks_nothing(found, words, code):
    assert told(found, reason(found, **words)) == ([""], [f"waiver/{code}"])


def test_a_name_that_no_rule_has_is_told_with_the_nearest():
    (unknown,) = in_language(applied([], [reason(rule="p/oldd")], RULES), "vi")
    assert unknown.help == "Có phải ý bạn là p/old?"


def test_nothing_is_said_of_a_rule_that_was_not_run():
    assert told(reason(rule="p/c")) == ([], [])


def test_the_newest_of_two_explanations_counts():
    soft = finding()
    older, newer = (reason(soft, reason=str(year), given_on=date(year, 1, 1)) for year in (2023, 2024))
    undated = reason(soft, reason="?")
    for given_in_order in ([older, newer, undated], [newer, undated, older]):
        waivers, codes = told(soft, *given_in_order)
        assert waivers == ["2024 (ngày 01/01/2024)"]
        assert codes == ["waiver/superseded"] * 2


def test_rows_of_one_rule_are_told_apart_by_their_values():
    one, two = finding("p/a", label("t.x", "1")), finding("p/a", label("t.x", "2", line=2))
    assert told(one, two, reason(two, path="t.x")) == (["", "vì"], [])
    gone = finding("p/a", label("t.x", "3"))
    assert told(one, two, reason(two), reason(gone)) == (["", "vì"], ["waiver/lapsed"])
    assert told(two, reason(two), reason(gone)) == (["vì"], ["waiver/unused"])


def test_an_explained_rule_does_not_excuse_its_hard_findings():
    cut_off, hard = finding("p/a", label("x", "1")), finding("p/a", label("x", "2"), severity=Severity.ERROR)
    assert told(cut_off, hard, reason(cut_off), reason(hard)) == (["vì", ""], ["waiver/hard-finding"])


def test_a_claim_is_known_by_its_figures_in_every_language():
    vi = finding("claims/share", title="26/32 không khớp tỷ lệ 1.034,5%.")
    en = finding("claims/share", title="1034,5% does not match 26/32.")
    vi, en = evolve(vi, fields=()), evolve(en, fields=())
    assert fingerprint(vi) == fingerprint(en)
    assert fingerprint(vi) != fingerprint(evolve(vi, title="27/32 không khớp tỷ lệ 1.034,5%."))
    assert fingerprint(vi) != fingerprint(evolve(vi, id="claims/sum"))


def test_a_day_of_the_period_is_a_value_of_the_finding():
    one = finding("p/a", label("x", "2024-01-02", raw="2/1/2024"), explanation="02/01/2024 > 01/01/2024")
    assert fingerprint(one) != fingerprint(evolve(one, explanation="02/01/2024 > 31/12/2023"))
    assert fingerprint(one) == fingerprint(evolve(one, explanation="01/01/2024 < 02/01/2024"))


def test_what_cannot_be_read_is_a_value_too():
    texts = ("", "7O", "8O")
    assert len({fingerprint(finding("p/a", label("x", "", raw=raw))) for raw in texts}) == 3


def test_the_fingerprint_is_the_same_on_every_machine_and_in_every_version():
    assert fingerprint(finding()) == "fff64f4bfc741025"


PATHS = st.sampled_from(["hoso.received", "hoso.new", "hồ_sơ.đã_trả", "t.x"])
VALUES = st.fractions(min_value=0, max_value=10**6).map(str)
LABELS = st.lists(st.tuples(PATHS, VALUES, st.booleans()), min_size=1, max_size=6)


def spelled(written, chance):
    """Return the labels as another writer might put them: other texts, places, files, another order."""
    own = f"{chance.random()}.docx"
    labels = [
        evolve(
            label(path, value, raw=f"{value} {chance.random()}", line=chance.randrange(1, 99)),
            label=str(chance.random()),
            location=Location(file="prior.yaml" if joined else own, page=chance.randrange(1, 9)),
        )
        for path, value, joined in written
    ]
    chance.shuffle(labels)
    return evolve(
        finding("p/a", *labels, title=str(chance.random())),
        location=Location(file=own),
        explanation=f"≠ {chance.random()}",
    )


@given(written=LABELS, chance=st.randoms())
def test_spelling_place_file_and_order_change_nothing(written, chance):
    one, two = spelled(written, chance), spelled(written, chance)
    assert told(two, reason(one)) == (["vì"], [])


@given(written=LABELS, chance=st.randoms(), data=st.data())
def test_any_changed_value_makes_an_explanation_lapse(written, chance, data):
    index = data.draw(st.integers(0, len(written) - 1))
    path, value, joined = written[index]
    other = data.draw(VALUES.filter(lambda each: each != value))
    changed = [*written[:index], (path, other, joined), *written[index + 1 :]]
    assert told(spelled(changed, chance), reason(spelled(written, chance))) == ([""], ["waiver/lapsed"])


@given(written=LABELS, chance=st.randoms(), verdict=st.sampled_from(Verdict))
def test_a_hard_finding_is_never_explained_away(written, chance, verdict):
    hard = evolve(spelled(written, chance), severity=Severity.ERROR, verdict=verdict)
    waivers, codes = told(hard, reason(hard))
    assert waivers == [""]
    assert codes == ["waiver/hard-finding" if verdict is Verdict.FAIL else "waiver/unused"]


def test_what_a_finding_rests_on_counts_more_than_what_it_shows():
    one = finding(rests_on="one")
    assert told(evolve(one, fields=(label("x", "0"),)), reason(one)) == (["vì"], [])
    (_, lapsed) = in_language(applied([evolve(one, rests_on="two")], [reason(one)], RULES), "en")
    assert lapsed.id == "waiver/lapsed"
    assert lapsed.explanation.startswith("None of the figures shown has changed")


def test_of_very_many_values_the_first_are_told():
    many = finding("p/a", *(label("t.x", str(number)) for number in range(100)))
    (_, lapsed) = in_language(applied([many], [reason(fingerprint="0" * 16)], RULES), "en")
    assert lapsed.explanation.endswith("T.X: 11; … (+88)")


def test_a_reason_of_any_length_is_shown_in_short():
    found = finding()
    (words,), _ = told(found, reason(found, reason="vì " * 400_000, author="A" * 100_000))
    assert words.startswith("vì vì vì")
    assert "…" in words
    assert len(words) < 3000


def test_nor_do_old_values_or_names_of_rules_fill_the_screen():
    found = finding()
    marked = applied(
        [found],
        [
            reason(found, values={"x": "9" * 100_000, "y": "525"}, fingerprint="0" * 16),
            reason(rule="q" * 100_000),
        ],
        RULES,
    )
    assert all(len(each.title) + len(each.explanation) < 1000 for each in marked)
