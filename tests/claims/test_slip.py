"""A slip of the pen is found again, whatever it did to the figure; what no slip explains accuses nobody."""

from __future__ import annotations

import pytest

from validator.claims.slip import slips_of


@pytest.mark.parametrize(
    ("written", "meant"),
    [
        ("125", 1250),  # a digit lost
        ("12500", 1250),  # one doubled
        ("1260", 1250),  # one changed
        ("1520", 1250),  # two swapped
        ("1250000", 1250),  # three zeros too many
        ("12.5", 1250),  # one lost before the point, in units of the last place
        ("5", 0),
    ],
)
def test_what_was_meant_is_among_the_slips(written, meant):
    assert meant in set(slips_of(written))


def test_two_slips_are_no_slip():
    assert 9257 not in set(slips_of("1250"))


@pytest.mark.parametrize(
    ("text", "verdicts"),
    [
        ("Tổng số 1.250 hồ sơ; đã giải quyết 700 hồ sơ, đang giải quyết 560 hồ sơ.", {"fail"}),
        ("Tổng số 9.257 hồ sơ; đã giải quyết 700 hồ sơ, đang giải quyết 550 hồ sơ.", {"undecided"}),
        ("Tổng số 9.257 hồ sơ, gồm 700 hồ sơ hộ tịch và 550 hồ sơ đất đai.", {"fail"}),
    ],
)
def test_prose_is_accused_only_where_a_slip_explains_it_or_it_says_itself_what_belongs_together(
    find, text, verdicts
):
    assert {claim.verdict.value for claim in find(text).claims if claim.kind.value == "sum"} == verdicts
