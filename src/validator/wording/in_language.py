"""Whatever was found → the same in the words of one language, as often and in as many as are wanted."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any, TypeVar

from validator.model.problem import MARK, Problem, fault_detail
from validator.model.record import evolve, record_fields
from validator.model.words import ByLanguage, Message, Words, text_in
from validator.wording.message import catalogue, message, message_help, message_part

T = TypeVar("T")
_SYSTEM = f"{MARK}system/"
# Of what there is a great deal of, only this holds words.
# By their names, since most runs come by none of them and need not load what they are.
_WITH_WORDS: dict[str, tuple[str, ...]] = {
    "Document": (),
    "Location": ("column_name",),
    "Outside": (),
    "Tick": (),
    "UnitFigures": (),  # hundreds of thousands: who shows one of them words it
}


def in_language(found: T, lang: str) -> T:
    """Return *found*, a text or any record, tuple or mapping that holds texts, in the words of *lang*.

    What is no `Words` stays as it is; what was said in one language can be said in another.
    """
    result: Any = found
    match found:
        case Words():
            result = _told(found, lang)
        case str() | None:
            pass
        case tuple():
            result = _each(found, lang)
        case dict():
            told = {name: in_language(each, lang) for name, each in found.items()}
            result = told if any(told[name] is not each for name, each in found.items()) else found
        case Mapping():
            result = _LookedUp(found, lang)
        case _ if hasattr(found, "__record_fields__"):
            result = _record(found, lang)
    return result  # type: ignore[no-any-return]


def fault_words(fault: BaseException, lang: str) -> str:
    """Return what the operating system refuses in the words of *lang*, else in those of the system."""
    return str(_argument(fault_detail(fault), "", lang))


def _each(found: tuple[Any, ...], lang: str) -> tuple[Any, ...]:
    told = tuple(in_language(each, lang) for each in found)
    return told if any(one is not other for one, other in zip(told, found, strict=True)) else found


def _record(found: Any, lang: str) -> Any:
    names = _WITH_WORDS.get(type(found).__name__)
    changed = {}
    for name in record_fields(found) if names is None else names:
        value = getattr(found, name)
        told = in_language(value, lang)
        if told is not value:
            changed[name] = told
    return evolve(found, **changed) if changed else found


class _LookedUp(Mapping[Any, Any]):
    """A mapping whose values are put into words when they are looked up."""

    # typing.override is 3.12's

    def __init__(self, found: Mapping[Any, Any], lang: str) -> None:
        self._found, self._lang = found, lang

    def __getitem__(self, name: Any) -> Any:  # type: ignore[explicit-override]
        return in_language(self._found[name], self._lang)

    def __iter__(self) -> Iterator[Any]:  # type: ignore[explicit-override]
        return iter(self._found)

    def __len__(self) -> int:  # type: ignore[explicit-override]
        return len(self._found)


def _told(words: Words, lang: str) -> Words:
    match words.recipe:
        case Message():
            text = _message(words.recipe, lang)
        case ByLanguage() as said:
            text = text_in(said.texts, lang) or said.otherwise
        case said:
            text = said.between.join(filter(None, (in_language(each, lang) for each in said.parts)))
    return Words(text, words.recipe)


def _message(said: Message, lang: str) -> str:
    area = said.code.partition("/")[0]
    args = {name: _argument(value, area, lang) for name, value in said.args.items()}
    if said.part == "help":
        return message_help(said.code, lang, args)
    if said.part != "text":
        return message_part(said.code, lang, said.part, args)
    text = message(said.code, lang, args)
    return said.otherwise if said.otherwise and text == said.code else text


def _argument(value: object, area: str, lang: str) -> object:
    """Return what is put into a message, in words."""
    match value:
        case Words():
            return _told(value, lang)
        case Problem(code=code, args=args):
            return _message(Message(code=code, args=args), lang).rstrip(".")
        case str() if value.startswith(_SYSTEM):
            return message(value.removeprefix(MARK), lang)
        case str() if value.startswith(MARK):
            return catalogue(lang, area).get(value, {}).get("text", value[len(MARK) :])
    return value
