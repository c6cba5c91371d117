"""A review as one page that needs nothing else: the matrix, and each unit's findings beside its text."""

from __future__ import annotations

from base64 import b64encode
from functools import cache
from hashlib import sha256
from importlib.util import find_spec
from pathlib import Path
from typing import TYPE_CHECKING

from validator.model.review import Standing
from validator.readers.registry import missing_extra
from validator.render.comparison import why_dropped
from validator.render.layout import clean
from validator.render.review_page.matrix import matrix
from validator.render.review_page.selection import allowance
from validator.render.review_page.unit_view import unit_view
from validator.render.review_page.words import Words

if TYPE_CHECKING:
    from collections.abc import Iterator

    from jinja2 import Environment

    from validator.model.review import Review

_FOLDER = Path(__file__).resolve().parent / "review_page"
_LONGEST = 4000
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
    environment = _environment(words)
    environment.globals["has_forms"] = len({unit.form for unit in review.units}) > 1
    style, script = _source("page.css"), _source("page.js")
    yield environment.get_template("head.html.j2").render(
        review=review,
        matrix=matrix(review),
        style=style,
        script=script,
        policy=_policy(style, script),
        is_long=len(review.units) > _MANY,
    )
    template = environment.get_template("unit.html.j2")
    most = allowance(sum(unit.standing is not Standing.MISSING for unit in review.units))
    for number, unit in enumerate(review.units, start=1):
        view = unit_view(number, unit, review.details.get(unit.key), review.topics, words, most)
        yield template.render(view=view, review=review, last=number == len(review.units))
    yield environment.get_template("foot.html.j2").render(review=review, script=script)


def _environment(words: Words) -> Environment:
    """Templates that escape all values, and clean them of what could steer or turn the text around."""
    from jinja2 import Environment, FileSystemLoader, StrictUndefined

    environment = Environment(
        loader=FileSystemLoader(_FOLDER),
        autoescape=True,
        undefined=StrictUndefined,
        finalize=_harmless,
        trim_blocks=True,
        lstrip_blocks=True,
    )
    environment.globals.update(w=words.word, n=words.count, day=words.day, where=words.place)
    environment.globals["why"] = lambda dropped: why_dropped(dropped, words.lang)
    return environment


def _harmless(value: object) -> object:
    """A text on one line, of a length that people read; what is markup already is left as it is."""
    if not isinstance(value, str) or hasattr(value, "__html__"):
        return value
    return clean(value if len(value) <= _LONGEST else value[:_LONGEST].rstrip() + " …")


@cache
def _source(name: str) -> str:
    return (_FOLDER / name).read_text(encoding="utf-8")


def _policy(style: str, script: str) -> str:
    """The policy under which the page loads nothing and runs only its own script."""
    return (
        f"default-src 'none'; style-src {_digest(style)}; script-src {_digest(script)}; "
        "base-uri 'none'; form-action 'none'"
    )


def _digest(text: str) -> str:
    return f"'sha256-{b64encode(sha256(text.encode()).digest()).decode()}'"
