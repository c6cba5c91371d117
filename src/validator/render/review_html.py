"""A review as one page that needs nothing else: the matrix, and each unit's findings beside its text."""

from __future__ import annotations

from functools import cache
from importlib.util import find_spec
from pathlib import Path
from typing import TYPE_CHECKING

from validator.model.review import Standing
from validator.readers.reader import missing_extra
from validator.render.comparison import why_dropped
from validator.render.page import environment, policy
from validator.render.review_page.matrix import matrix
from validator.render.review_page.selection import allowance
from validator.render.review_page.unit_view import unit_view
from validator.render.review_page.words import Words

if TYPE_CHECKING:
    from collections.abc import Iterator

    from jinja2 import Environment

    from validator.model.review import Review

_FOLDER = Path(__file__).resolve().parent / "review_page"
_MANY = 30


def review_html(review: Review) -> Iterator[str]:
    """Return the page for *review* in chunks, one a unit, to be written as UTF-8.

    Details are looked up when their unit's chunk is asked for and not kept. The page shows a bounded
    part of very long documents and says what it leaves out. Raises ValidatorError where Jinja2 is
    not installed.
    """
    if find_spec("jinja2") is None:
        raise missing_extra("documents", "jinja2")
    return _chunks(review)


def _chunks(review: Review) -> Iterator[str]:
    words = Words(lang=review.lang)
    templates = _environment(words)
    templates.globals["has_forms"] = len({unit.form for unit in review.units}) > 1
    style, script = _source("page.css"), _source("page.js")
    yield templates.get_template("head.html.j2").render(
        review=review,
        matrix=matrix(review),
        style=style,
        script=script,
        policy=policy(style, script),
        is_long=len(review.units) > _MANY,
    )
    template = templates.get_template("unit.html.j2")
    most = allowance(sum(unit.standing is not Standing.MISSING for unit in review.units))
    for number, unit in enumerate(review.units, start=1):
        view = unit_view(number, unit, review.details.get(unit.key), review.topics, words, most)
        yield template.render(view=view, review=review, last=number == len(review.units))
    yield templates.get_template("foot.html.j2").render(review=review, script=script)


def _environment(words: Words) -> Environment:
    made = environment(_FOLDER)
    made.globals.update(w=words.word, n=words.count, day=words.day, where=words.place)
    made.globals["why"] = lambda dropped: why_dropped(dropped, words.lang)
    return made


@cache
def _source(name: str) -> str:
    return (_FOLDER / name).read_text(encoding="utf-8")
