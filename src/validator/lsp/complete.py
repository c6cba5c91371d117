"""A place in an expression → the names that may be written there."""

from __future__ import annotations

from typing import TYPE_CHECKING

from validator.lang.function import AGGREGATES, FUNCTIONS
from validator.lang.types import Type
from validator.lsp.expression import spot_at
from validator.lsp.hover import about, about_function, span
from validator.lsp.name import Column, Named, names_before, typed_before, words_for
from validator.model.field import TableDef
from validator.model.record import record
from validator.wording.message import message

if TYPE_CHECKING:
    from validator.lsp.name import Meaning, Written
    from validator.lsp.position import Point, Stretch
    from validator.lsp.view import Shown, View

KEYWORDS = (
    "all", "and", "any", "else", "false", "for", "if", "implies", "in", "not", "or", "then", "true",
)  # fmt: skip


@record
class Offer:
    """A name that may be written in the place of ``stretch``, of a kind, with words about it."""

    name: str
    kind: str
    detail: str
    stretch: Stretch
    more: str = ""


def offers(view: View, file: Shown, point: Point, lang: str) -> tuple[Offer, ...]:
    """Return what may be written at *point*: nearest names first, then functions and keywords."""
    spot = spot_at(view, file, point)
    typed = typed_before(spot.source.text, spot.offset) if spot else None
    if spot is None or typed is None:
        return ()
    place = span(spot, typed)
    names = names_before(typed, spot.source.text, spot.scope)
    found = [
        Offer(name=name, kind=_kind(each), detail=about(name, each, lang), stretch=place)
        for name, each in names.items()
        if name.startswith(typed.text.rpartition(".")[0])
    ]
    if "." in typed.text:
        return tuple(found)
    return (*found, *_language(typed, place, lang))


def _language(typed: Written, place: Stretch, lang: str) -> list[Offer]:
    collection, keyword = message("lsp/joined", lang), message("lsp/keyword", lang)
    return [
        *(Offer(name=name, kind="joined", detail=collection, stretch=place) for name in words_for(typed)),
        *(
            Offer(name=name, kind="function", detail="", stretch=place, more=about_function(name))
            for name in dict.fromkeys((*FUNCTIONS, *AGGREGATES))
        ),
        *(Offer(name=name, kind="keyword", detail=keyword, stretch=place) for name in KEYWORDS),
    ]


def _kind(found: Meaning | Type) -> str:
    match found:
        case TableDef():
            return "table"
        case Column():
            return "column"
        case Named():
            return "definition"
        case Type():
            return "header"
        case _:
            return "field"
