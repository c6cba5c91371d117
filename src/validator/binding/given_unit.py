"""The unit that the caller names, instead of the one that a file says."""

from __future__ import annotations

from validator.model.report import Unit


def given_unit(name: str) -> Unit:
    """Return the unit called *name*, its level told by its first words."""
    from validator.binding.recognition import load_recognition
    from validator.text.fold import folded, words

    plain = folded(name)
    found = next(((w, level) for w, level in load_recognition().levels if plain.startswith(w + " ")), None)
    if found is None:
        return Unit(id="-".join(words(name)), name=name)
    return Unit(id="-".join(words(plain[len(found[0]) :])), name=name, level=found[1])
