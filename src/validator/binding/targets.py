"""The form's fields as the binder looks for them in rows: label words, codes, units, parents."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from validator.binding.once import once
from validator.model.record import field, record
from validator.text.fold import words as plain_words

if TYPE_CHECKING:
    from collections.abc import Mapping

    from validator.binding.recognition import Recognition
    from validator.model.field import FieldDef, Form


@record
class RowTarget:
    """A field that a row may hold; ``plain_labels`` are its labels with long forms as written."""

    definition: FieldDef
    labels: tuple[tuple[str, ...], ...]
    plain_labels: tuple[tuple[str, ...], ...] = ()
    codes: frozenset[str] = frozenset()
    under: tuple[str, ...] = ()
    units: frozenset[tuple[str, ...]] = frozenset()
    levels: frozenset[str] = frozenset()
    values: Mapping[str, str] = field(default_factory=dict)

    @property
    def path(self) -> str:
        """The field's path."""
        return self.definition.path


@record
class NoteTarget:
    """A field whose number stands among the remarks of the row of another field."""

    definition: FieldDef
    under: tuple[str, ...]
    phrases: tuple[str, ...]


def strings(data: Any) -> tuple[str, ...]:
    """Return a text, or each of a list of them."""
    if data is None:
        return ()
    return tuple(str(each) for each in data) if isinstance(data, list | tuple) else (str(data),)


@once
def row_targets(form: Form, known: Recognition) -> tuple[RowTarget, ...]:
    """Return the fields that the pack says stand in rows."""
    found = []
    named = _named(form, known)
    for definition in form.fields.values():
        bind = definition.binding
        if not bind.keys() & {"codes", "labels", "under", "units", "values"}:
            continue
        labels = [*strings(bind.get("labels")), *definition.label.values()]
        found.append(
            RowTarget(
                definition=definition,
                labels=tuple(
                    dict.fromkeys(
                        words
                        for each in labels
                        if each
                        for place, words in enumerate(known.label_variants(each))
                        if not place or named.get(words, {definition.path}) == {definition.path}
                    )
                ),
                plain_labels=tuple(dict.fromkeys(plain_words(each) for each in labels if each)),
                codes=frozenset(strings(bind.get("codes"))),
                under=strings(bind.get("under")),
                units=frozenset(plain_words(each) for each in strings(bind.get("units"))),
                levels=frozenset(strings(bind.get("levels"))),
                values={str(key): str(value) for key, value in (bind.get("values") or {}).items()},
            )
        )
    return tuple(found)


def _named(form: Form, known: Recognition) -> dict[tuple[str, ...], set[str]]:
    """Return the fields that have a label as it is; what stands in brackets tells others from them."""
    found: dict[tuple[str, ...], set[str]] = {}
    for definition in form.fields.values():
        for each in (*definition.label.values(), *strings(definition.binding.get("labels"))):
            found.setdefault(known.abbreviations.words(each), set()).add(definition.path)
    return found


@once
def note_targets(form: Form) -> tuple[NoteTarget, ...]:
    """Return the fields that the pack says stand in remarks."""
    return tuple(
        NoteTarget(
            definition=definition,
            under=strings(each.get("under")),
            phrases=strings(each.get("phrases")),
        )
        for definition in form.fields.values()
        for each in definition.binding.get("notes") or ()
    )
