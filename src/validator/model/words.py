"""Something to be said, as data: the code of a message and what is put in, in no language yet.

It is a text that carries what it was made of, as in zope.i18nmessageid, so that whatever passes it on
need not know of languages. Its letters are those of no language until `validator.wording` has put it
into one, and then it still carries what it was made of: it can be said again in another.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, TypeAlias

from validator.model.record import record

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping
    from typing import Self


@record
class Message:
    """A message of the catalogues; ``part`` is ``text``, ``help``, what to do about it, or another part.

    ``otherwise`` are the words of a code that the catalogues do not have.

    An argument may itself be `Words`, a problem, which stands for its words, or a text that begins
    with ``@``, which is a word of the catalogue of the code's area.
    """

    code: str
    args: Mapping[str, object]
    part: str = "text"
    otherwise: str = ""


@record
class ByLanguage:
    """What a pack says in each language it knows; ``otherwise`` where it says nothing."""

    texts: Mapping[str, str]
    otherwise: str = ""


@record
class Together:
    """Texts one after the other; those that turn out empty are left out with their separator."""

    parts: tuple[str, ...]
    between: str = ""


Recipe: TypeAlias = "Message | ByLanguage | Together"


class Words(str):
    """A text that knows its message. Two are equal if they say the same of the same."""

    __slots__ = ("recipe",)
    recipe: Recipe

    def __new__(cls, text: str, recipe: Recipe) -> Self:
        """Return *recipe* with the letters *text*."""
        made = super().__new__(cls, text)
        made.recipe = recipe
        return made

    def __reduce__(  # type: ignore[explicit-override]  # typing.override is 3.12's
        self,
    ) -> tuple[type[Words], tuple[str, Recipe]]:
        """Return how to make the same words in another process."""
        return Words, (str(self), self.recipe)


def say(code: str, args: Mapping[str, object] | None = None, *, otherwise: str = "") -> Words:
    """Return the message *code* with *args* put in by name; *otherwise* if there is no such message."""
    return _message(Message(code=code, args=args or {}, otherwise=otherwise))


def cure(code: str, args: Mapping[str, object] | None = None) -> Words:
    """Return what to do about *code*; in words it is empty if the catalogues do not say."""
    return _message(Message(code=code, args=args or {}, part="help"))


def more(part: str, code: str, args: Mapping[str, object] | None = None) -> Words:
    """Return another *part* of what is said of *code*: ``explanation`` or ``difference``; it may be empty."""
    return _message(Message(code=code, args=args or {}, part=part))


def _message(recipe: Message) -> Words:
    told = ", ".join(f"{name}: {value}" for name, value in recipe.args.items())
    return Words(f"{recipe.code} ({told})" if told else recipe.code, recipe)


def text_in(texts: Mapping[str, str], lang: str) -> str:
    """Return the words of *lang* among *texts*, else the Vietnamese ones, else any, else nothing."""
    return texts.get(lang) or texts.get("vi") or next(filter(None, texts.values()), "")


def by_language(texts: Mapping[str, str], otherwise: str = "") -> str:
    """Return what a pack says, or *otherwise*, the same in every language."""
    if not any(texts.values()):
        return otherwise
    return Words(next(filter(None, texts.values())), ByLanguage(texts=texts, otherwise=otherwise))


def together(parts: Iterable[str], between: str = "") -> str:
    """Return *parts* as one text, those left out that are empty."""
    kept = tuple(filter(None, parts))
    if len(kept) == 1:
        return kept[0]
    text = between.join(kept)
    if not any(isinstance(each, Words) for each in kept):
        return text
    return Words(text, Together(parts=kept, between=between))
