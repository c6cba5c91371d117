"""A figure that stands in the file but cannot be read is not called missing or blank."""

from __future__ import annotations

from validator.api import check
from validator.render.option import Options
from validator.render.plain import render_plain

REPORT = 'report: {form: demo}\nhoso: {received: 794, new: "7O", carried_over: 11}\n'


def test_an_unreadable_figure_is_called_so():
    told = render_plain(check([REPORT.encode()], lang="en"), Options(lang="en", verbose=True))
    assert "(written `7O`, cannot be read)" in told
    assert "7O" in next(line for line in told.splitlines() if "received-differs-from-parts" in line)


def test_a_mark_for_nothing_is_called_missing():
    told = render_plain(
        check([REPORT.replace("7O", "-").encode()], lang="en"), Options(lang="en", verbose=True)
    )
    assert "cannot be read" not in told
