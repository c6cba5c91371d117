"""How two versions differ: as tables, in sentences, or as JSON."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from validator.diagnostics.message import message
from validator.render.colour import paint
from validator.render.json import diagnostic_data, json_text, label_data
from validator.render.layout import clean, pad, share_out, wrap
from validator.render.place import place

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from validator.model.comparison import ChangedFigure, Comparison, Dropped
    from validator.model.diagnostic import Diagnostic, FileResult, Label
    from validator.render.option import Options

FORMATS = ("table", "plain", "json")
_STATES = ("remaining", "fresh", "dropped", "corrected")
_COUNTED = ("corrected", "remaining", "fresh", "dropped", "changed")
_GAP = "  "


def render_comparison(compared: Comparison, form: str, options: Options, exit_code: int | None = None) -> str:
    """Render in one of ``FORMATS``: first what is to be done, then what was done.

    *exit_code* is what the command ends with, for programs.
    """
    if form == "json":
        ended = {} if exit_code is None else {"exit_code": exit_code}
        return json_text(_data(compared, options.lang) | ended)
    lines = [_word("heading", options, old=compared.old, new=compared.new)]
    lines += [f"{_word('note', options)}: {note.title}. {note.help}" for note in compared.notes]
    if compared.unread:
        lines += [_word("unread", options), *_unread(compared.unread, options)]
    else:
        body = _tables if form == "table" else _sentences
        lines += ["", *body(compared, options), _word("summary", options, **_counts(compared))]
    if form != "table":
        return "".join(_line(line) + "\n" for line in lines)
    return "".join(line.rstrip() + "\n" for line in lines)


def _word(key: str, options: Options, **args: object) -> str:
    return message(f"compare/{key}", options.lang, args)


def _line(line: str) -> str:
    text = line.lstrip(" ")
    return " " * (len(line) - len(text)) + clean(text).rstrip()


def _counts(compared: Comparison) -> dict[str, int]:
    return {key: len(getattr(compared, key)) for key in _COUNTED}


def _unread(files: Sequence[FileResult], options: Options) -> Iterator[str]:
    for file in files:
        yield f"{clean(file.path)}:"
        for found in file.diagnostics:
            where = place(found.location, options.lang)
            yield clean(f"  {found.title}{f' ({where})' if where else ''} {found.help}".rstrip())


# Findings of every state, as pairs of what was and what is


def _of_state(compared: Comparison, state: str) -> list[tuple[Diagnostic, Diagnostic | None, Dropped | None]]:
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
    for state in _STATES:
        shown = _of_state(compared, state)
        yield _section(state, len(shown), options)
        for found, earlier, why in shown:
            severity = options.word(found.severity.value)
            yield f"  {severity[:1].upper()}{severity[1:]}: {found.title or found.explanation or found.id}"
            yield f"    {options.word('rule')}: {found.id}"
            where = place(found.location, options.lang)
            yield f"    {options.word('place')}: {where or options.word('whole-file')}"
            yield from (f"    {line}" for line in _about(found, earlier, why, options))
    yield _section("changed", len(compared.changed), options)
    yield from (f"  {_change(each, options)}" for each in compared.changed)
    yield ""


def _section(state: str, count: int, options: Options) -> str:
    title = _word(state, options)
    if not count:
        return f"{title}: {_word('none', options)}."
    return _word("section", options, title=title, count=count) + ":"


def _about(
    found: Diagnostic, earlier: Diagnostic | None, why: Dropped | None, options: Options
) -> Iterator[str]:
    if earlier is not None and _words(earlier) != _words(found):
        yield f"{_word('before', options)}: {_words(earlier)}"
        yield f"{_word('after', options)}: {_words(found)}"
    elif found.title and found.explanation:
        yield f"{options.word('explanation')}: {found.explanation}"
    if why is not None:
        yield f"{_word('why', options)}: {why_dropped(why, options.lang)}"
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
    old, new = _both(each, options)
    label = each.new or each.old
    where = place(label.location, options.lang) if label else ""
    return _word("change-at" if where else "change", options, label=each.label, old=old, new=new, place=where)


def _both(each: ChangedFigure, options: Options) -> tuple[str, str]:
    """Return what the versions state; what was not read is told from what is not there."""
    lacking = _word("not-read" if each.is_unread else "not-stated", options)
    old, new = (lacking if label is None else label.raw for label in (each.old, each.new))
    return old, new


# Tables


def _tables(compared: Comparison, options: Options) -> Iterator[str]:
    rows = []
    styles = []
    for state in _STATES:
        for found, earlier, why in _of_state(compared, state):
            about = tuple(_about(found, earlier, why, options)) or (_words(found),)
            where = place(found.location, options.lang) or options.word("whole-file")
            severity = options.word(found.severity.value)
            rows.append(((_word(state, options),), (severity,), (found.id,), (where,), (found.title, *about)))
            styles.append(found.severity.value if state in ("remaining", "fresh") else "faint")
    if rows:
        keys = [_word("state", options), *map(options.word, ("severity", "rule", "place", "explanation"))]
        yield from _grid(keys, rows, styles, options)
        yield ""
    if compared.changed:
        heading = [_word("figure", options), _word("before", options), _word("after", options)]
        changes = [_changed_row(each, options) for each in compared.changed]
        yield paint(_section("changed", len(changes), options), "heading", colour=options.colour)
        yield from _grid([*heading, options.word("place")], changes, [""] * len(changes), options)
        yield ""


def _changed_row(each: ChangedFigure, options: Options) -> tuple[tuple[str, ...], ...]:
    label = each.new or each.old
    where = place(label.location, options.lang) if label else ""
    old, new = _both(each, options)
    return ((each.label,), (old,), (new,), (where,))


def _grid(
    heading: Sequence[str],
    rows: Sequence[tuple[tuple[str, ...], ...]],
    styles: Sequence[str],
    options: Options,
) -> Iterator[str]:
    top = tuple((text,) for text in heading)
    widths = share_out([top, *rows], options.width)
    rule = "─" * (sum(widths) + len(_GAP) * (len(widths) - 1))
    yield rule
    yield from (paint(line, "heading", colour=options.colour) for line in _cells(top, widths))
    yield rule
    for row, style in zip(rows, styles, strict=True):
        for number, line in enumerate(_cells(row, widths)):
            yield paint(line, style, colour=options.colour) if not number and style else line
    yield rule


def _cells(row: tuple[tuple[str, ...], ...], widths: Sequence[int]) -> Iterator[str]:
    columns = [
        [line for paragraph in cell for line in wrap(paragraph, width)]
        for cell, width in zip(row, widths, strict=True)
    ]
    for number in range(max(map(len, columns))):
        yield _GAP.join(
            pad(column[number] if number < len(column) else "", width)
            for column, width in zip(columns, widths, strict=True)
        ).rstrip()


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
