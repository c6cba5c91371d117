"""How two versions differ: in sentences, as JSON, or as tables, which `comparison_table` draws."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from validator.render.json import diagnostic_data, json_text, label_data
from validator.render.place import place
from validator.render.terminal import clean
from validator.wording.message import message

if TYPE_CHECKING:
    from collections.abc import Iterator

    from validator.model.comparison import ChangedFigure, Comparison, Dropped
    from validator.model.diagnostic import Diagnostic, Label
    from validator.render.option import Options

STATES = ("remaining", "fresh", "dropped", "corrected")
_COUNTED = ("corrected", "remaining", "fresh", "dropped", "changed")


def comparison_json(compared: Comparison, options: Options, exit_code: int | None) -> str:
    """Return it as JSON; *exit_code* is what the command ends with."""
    ended = {} if exit_code is None else {"exit_code": exit_code}
    return json_text(_data(compared, options.lang) | ended)


def comparison_text(compared: Comparison, options: Options) -> str:
    """Return it in sentences: first what is to be done, then what was done."""
    lines = heading(compared, options)
    if compared.unread:
        lines += unread(compared, options)
    else:
        lines += ["", *_sentences(compared, options), summary(compared, options)]
    return "".join(_line(line) + "\n" for line in lines)


def heading(compared: Comparison, options: Options) -> list[str]:
    """What is compared, and what has to be known before."""
    lines = [compare_word("heading", options, old=compared.old, new=compared.new)]
    lines += [f"{compare_word('note', options)}: {note.title}. {note.help}" for note in compared.notes]
    return lines


def summary(compared: Comparison, options: Options) -> str:
    """How many findings there are of each state."""
    return compare_word("summary", options, **_counts(compared))


def compare_word(key: str, options: Options, **args: object) -> str:
    """The words of ``compare/key`` in the language of the run."""
    return message(f"compare/{key}", options.lang, args)


def _line(line: str) -> str:
    text = line.lstrip(" ")
    return " " * (len(line) - len(text)) + clean(text).rstrip()


def _counts(compared: Comparison) -> dict[str, int]:
    return {key: len(getattr(compared, key)) for key in _COUNTED}


def unread(compared: Comparison, options: Options) -> Iterator[str]:
    """Which versions could not be read, and why."""
    yield compare_word("unread", options)
    for file in compared.unread:
        yield f"{clean(file.path)}:"
        for found in file.diagnostics:
            where = place(found.location, options.lang)
            yield clean(f"  {found.said}{f' ({where})' if where else ''} {found.help}".rstrip())


# Findings of every state, as pairs of what was and what is


def of_state(compared: Comparison, state: str) -> list[tuple[Diagnostic, Diagnostic | None, Dropped | None]]:
    """Return the findings of a state: the form to show, the earlier form, why it was dropped."""
    match state:
        case "remaining":
            return [(new, old, None) for old, new in compared.remaining]
        case "dropped":
            return [(each.finding, None, each) for each in compared.dropped]
        case "fresh":
            return [(each, None, None) for each in compared.fresh]
        case _:
            return [(each, None, None) for each in compared.corrected]


def _words(found: Diagnostic) -> str:
    return found.explanation or found.title


def _sentences(compared: Comparison, options: Options) -> Iterator[str]:
    for state in STATES:
        shown = of_state(compared, state)
        yield section(state, len(shown), options)
        for found, earlier, why in shown:
            severity = options.word(found.severity.value)
            yield f"  {severity[:1].upper()}{severity[1:]}: {found.title or found.explanation or found.id}"
            if options.verbose:
                yield f"    {options.word('rule')}: {found.id}"
            where = place(found.location, options.lang)
            yield f"    {options.word('place')}: {where or options.word('whole-file')}"
            yield from (f"    {line}" for line in about(found, earlier, why, options))
    yield section("changed", len(compared.changed), options)
    yield from (f"  {_change(each, options)}" for each in compared.changed)
    yield ""


def section(state: str, count: int, options: Options) -> str:
    """The heading of the findings of a state."""
    title = compare_word(state, options)
    if not count:
        return f"{title}: {compare_word('none', options)}."
    return compare_word("section", options, title=title, count=count) + ":"


def about(
    found: Diagnostic, earlier: Diagnostic | None, why: Dropped | None, options: Options
) -> Iterator[str]:
    """What is said of a finding: as it was and is, why it was dropped, how it was explained."""
    if earlier is not None and _words(earlier) != _words(found):
        yield f"{compare_word('before', options)}: {_words(earlier)}"
        yield f"{compare_word('after', options)}: {_words(found)}"
    elif found.title and found.explanation:
        yield f"{options.word('explanation')}: {found.explanation}"
    if why is not None:
        yield f"{compare_word('why', options)}: {why_dropped(why, options.lang)}"
    if found.waiver:
        yield f"{options.word('waiver')}: {found.waiver}"


def why_dropped(dropped: Dropped, lang: str) -> str:
    """Return in words why a finding can no longer be checked, with the figures that are gone."""
    figures = "; ".join(_figure(label, lang) for label in dropped.gone)
    return message(f"compare/{dropped.reason}", lang, {"figures": figures})


def _figure(label: Label, lang: str) -> str:
    where = place(label.location, lang) or message("render/whole-file", lang)
    told = {"label": label.label or label.path, "raw": label.raw, "place": where}
    return message("render/value", lang, told)


def _change(each: ChangedFigure, options: Options) -> str:
    old, new = both(each, options)
    label = each.new or each.old
    where = place(label.location, options.lang) if label else ""
    return compare_word(
        "change-at" if where else "change", options, label=each.label, old=old, new=new, place=where
    )


def both(each: ChangedFigure, options: Options) -> tuple[str, str]:
    """Return what the versions state; what was not read is told from what is not there."""
    lacking = compare_word("not-read" if each.is_unread else "not-stated", options)
    old, new = (lacking if label is None else label.raw for label in (each.old, each.new))
    return old, new


# JSON


def _data(compared: Comparison, lang: str) -> dict[str, Any]:
    return {
        "old": compared.old,
        "new": compared.new,
        "summary": _counts(compared),
        "notes": [diagnostic_data(each, lang) for each in compared.notes],
        "unread": [
            {"path": file.path, "diagnostics": [diagnostic_data(each, lang) for each in file.diagnostics]}
            for file in compared.unread
        ],
        "corrected": [diagnostic_data(each, lang) for each in compared.corrected],
        "remaining": [
            {"old": diagnostic_data(old, lang), "new": diagnostic_data(new, lang)}
            for old, new in compared.remaining
        ],
        "fresh": [diagnostic_data(each, lang) for each in compared.fresh],
        "dropped": [dropped_data(each, lang) for each in compared.dropped],
        "changed": [
            {
                "path": each.path,
                "label": each.label,
                "old": label_data(each.old, lang) if each.old else None,
                "new": label_data(each.new, lang) if each.new else None,
            }
            for each in compared.changed
        ],
    }


def dropped_data(dropped: Dropped, lang: str) -> dict[str, Any]:
    """Return a finding that can no longer be checked as JSON has it: why, and the figures that are gone."""
    return {
        "finding": diagnostic_data(dropped.finding, lang),
        "reason": dropped.reason,
        "gone": [label_data(label, lang) for label in dropped.gone],
    }
