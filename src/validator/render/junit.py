"""A run as JUnit XML, which CI servers show as tests."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING
from xml.sax.saxutils import escape, quoteattr

from validator.model.verdict import Verdict
from validator.render.finding import files, is_finding
from validator.render.place import place

if TYPE_CHECKING:
    from collections.abc import Iterator

    from validator.model.diagnostic import Diagnostic, FileResult, RunResult
    from validator.render.option import Options

# What XML 1.0 has no way to write.
_FORBIDDEN = re.compile("[^\t\n\r\x20-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")


def render_junit(run: RunResult, options: Options) -> str:
    """Each file as a suite and each finding, open question and passed test as a case of it."""
    suites = [_suite(file, options) for file in files(run)]
    tests, failures, skipped = (
        map(sum, zip(*(counts for _, counts in suites), strict=True)) if suites else (0, 0, 0)
    )
    head = (
        f'<testsuites name="validator" tests="{tests}" failures="{failures}" errors="0" skipped="{skipped}">'
    )
    lines = ['<?xml version="1.0" encoding="UTF-8"?>', head]
    lines += [line for suite, _ in suites for line in suite]
    return "\n".join([*lines, "</testsuites>"]) + "\n"


def _suite(file: FileResult, options: Options) -> tuple[list[str], tuple[int, int, int]]:
    cases = file.diagnostics
    # A file in which all agrees is a test that passed; a suite without tests looks like a mistake.
    whole = file.judged and not any(found.verdict is Verdict.PASS or is_finding(found) for found in cases)
    failures = sum(is_finding(found) and not found.waiver for found in cases)
    skipped = sum(_is_skipped(found) for found in cases)
    total = len(cases) + whole
    name = ", ".join(part for part in (file.path, file.unit, file.period) if part)
    head = f'tests="{total}" failures="{failures}" errors="0" skipped="{skipped}"'
    lines = [f"  <testsuite name={_attribute(name)} {head}>"]
    if whole:
        words = options.word("nothing-found")
        lines.append(f"    <testcase classname={_attribute(file.path)} name={_attribute(words)}/>")
    lines += [line for found in cases for line in _case(found, file, options)]
    return [*lines, "  </testsuite>"], (total, failures, skipped)


def _is_skipped(found: Diagnostic) -> bool:
    return found.verdict in (Verdict.UNDECIDED, Verdict.NOT_APPLICABLE) or bool(found.waiver)


def _case(found: Diagnostic, file: FileResult, options: Options) -> Iterator[str]:
    where = found.location
    label = _what(found) or place(where, options.lang)
    name = f"{found.id} [{label}]" if label else found.id
    attributes = f"classname={_attribute(file.path)} name={_attribute(name)}"
    if where.line is not None:
        attributes += f' file={_attribute(where.file or file.path)} line="{where.line}"'
    if found.verdict is Verdict.PASS:
        yield f"    <testcase {attributes}/>"
        return
    yield f"    <testcase {attributes}>"
    if _is_skipped(found):
        yield f"      <skipped message={_attribute(found.waiver or found.explanation or found.title)}/>"
    else:
        about = f"type={_attribute(found.severity.value)} message={_attribute(_headline(found))}"
        yield f"      <failure {about}>{_text(_body(found, options))}</failure>"
    yield "    </testcase>"


def _what(found: Diagnostic) -> str:
    """Return what tells findings of one rule apart, if possible without lines, which move."""
    if found.reason in ("test", "todo"):
        return found.location.excerpt or ""
    row = found.location.row_code or found.location.row_label or ""
    figure = found.location.pointer or next((label.path for label in found.fields if label.raw), "")
    return " ".join(part for part in (row, figure) if part) if figure else ""


def _headline(found: Diagnostic) -> str:
    return ": ".join(part for part in (found.title, found.explanation) if part) or found.id


def _body(found: Diagnostic, options: Options) -> str:
    """All that is known of a finding, a line each."""
    parts = [
        ("rule", found.id),
        (
            "place",
            ", ".join(part for part in (found.location.file, place(found.location, options.lang)) if part),
        ),
        ("explanation", found.explanation),
        ("difference", found.difference),
        ("help", found.help),
        ("basis", found.basis),
    ]
    return "\n".join([found.title, *(f"{options.word(key)}: {text}" for key, text in parts if text)])


def _text(text: str) -> str:
    return escape(_FORBIDDEN.sub("\ufffd", text))


def _attribute(text: str) -> str:
    return quoteattr(_FORBIDDEN.sub("\ufffd", text), {"\n": "&#10;", "\r": "&#13;", "\t": "&#9;"})
