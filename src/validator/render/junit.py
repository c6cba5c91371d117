"""A run as JUnit XML, which CI servers show as tests."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING
from xml.sax.saxutils import escape, quoteattr

from validator.model.record import record, record_fields
from validator.model.verdict import Verdict
from validator.render.finding import is_finding
from validator.render.place import place

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from validator.model.diagnostic import Diagnostic, FileResult, RunResult
    from validator.render.option import Options

# What XML 1.0 has no way to write.
_FORBIDDEN = re.compile("[^\t\n\r\x20-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")


@record
class Counts:
    """How many cases there are, and how many of them did not pass."""

    tests: int = 0
    failures: int = 0
    errors: int = 0
    skipped: int = 0

    def plus(self, other: Counts) -> Counts:
        """Return both together."""
        return Counts(**{name: getattr(self, name) + getattr(other, name) for name in record_fields(self)})

    def attributes(self) -> str:
        """Return the counts as XML has them."""
        return " ".join(f'{name}="{getattr(self, name)}"' for name in record_fields(self))


class JunitWriter:
    """Each file as a suite; each rule that passed, finding and open question is a case of it.

    What fails, fails the run: a finding below ``fail_on`` is a case that passed with words about it, and
    a run that ends badly although no case does has a case that says so.
    """

    def __init__(self, options: Options) -> None:
        self._options = options
        self._total = Counts()

    def file(self, file: FileResult) -> str:
        """Return the suite of a file."""
        name = ", ".join(part for part in (file.path, file.unit, file.period) if part)
        cases = [line for case in _cases(file, self._options) for line in case]
        counts = _counts(file, self._options)
        self._total = self._total.plus(counts)
        head = f"  <testsuite name={_attribute(name)} {counts.attributes()}>"
        return "\n".join([head, *cases, "  </testsuite>"]) + "\n"

    def head(self, run: RunResult) -> str:
        """Return the head with the counts of all files."""
        total = self._total.plus(Counts(tests=1, errors=1)) if self._ends_badly(run) else self._total
        declaration = '<?xml version="1.0" encoding="UTF-8"?>'
        return f'{declaration}\n<testsuites name="validator" {total.attributes()}>\n'

    def tail(self, run: RunResult) -> str:
        """Return the end, before it what no file accounts for."""
        if not self._ends_badly(run):
            return "</testsuites>\n"
        words = _attribute(self._options.word("ended-badly", code=run.exit_code))
        lines = (
            f'  <testsuite name="validator" {Counts(tests=1, errors=1).attributes()}>',
            f'    <testcase classname="validator" name={words}>',
            f"      <error message={words}/>",
            "    </testcase>",
            "  </testsuite>",
            "</testsuites>",
        )
        return "\n".join(lines) + "\n"

    def _ends_badly(self, run: RunResult) -> bool:
        return bool(run.exit_code) and not (self._total.failures or self._total.errors)


def _cases(file: FileResult, options: Options) -> Iterator[Iterable[str]]:
    told = {found.id for found in file.diagnostics}
    for rule in file.passed:
        yield (f"    <testcase {_names(file, rule)}/>",)
    for found in file.diagnostics:
        yield _case(found, file, options)
    for rule in file.undecided:
        if rule not in told:
            yield (f"    <testcase {_names(file, rule)}><skipped/></testcase>",)
    if _is_whole(file):
        yield (f"    <testcase {_names(file, options.word('nothing-found'))}/>",)


def _is_whole(file: FileResult) -> bool:
    """Whether all agrees in a file of which no rule says so; a suite without tests looks like a mistake."""
    passes = file.passed or any(each.verdict is Verdict.PASS or is_finding(each) for each in file.diagnostics)
    return file.judged and not passes


def _counts(file: FileResult, options: Options) -> Counts:
    told = {found.id for found in file.diagnostics}
    untold = sum(rule not in told for rule in file.undecided)
    failing = [found.verdict for found in file.diagnostics if options.fails(found)]
    return Counts(
        tests=len(file.passed) + len(file.diagnostics) + untold + _is_whole(file),
        failures=len(failing) - failing.count(Verdict.ERROR),
        errors=failing.count(Verdict.ERROR),
        skipped=sum(map(_is_skipped, file.diagnostics)) + untold,
    )


def _names(file: FileResult, name: str) -> str:
    return f"classname={_attribute(file.path)} name={_attribute(name)}"


def _is_skipped(found: Diagnostic) -> bool:
    return found.verdict in (Verdict.UNDECIDED, Verdict.NOT_APPLICABLE) or bool(found.waiver)


def _case(found: Diagnostic, file: FileResult, options: Options) -> Iterator[str]:
    where = found.location
    label = _what(found) or place(where, options.lang)
    name = f"{found.id} [{label}]" if label else found.id
    attributes = _names(file, name)
    if where.line is not None:
        attributes += f' file={_attribute(where.file or file.path)} line="{where.line}"'
    if found.verdict is Verdict.PASS:
        yield f"    <testcase {attributes}/>"
        return
    yield f"    <testcase {attributes}>"
    if _is_skipped(found):
        yield f"      <skipped message={_attribute(found.waiver or found.explanation or found.title)}/>"
    elif options.fails(found):
        about = f"type={_attribute(found.severity.value)} message={_attribute(_headline(found))}"
        kind = "error" if found.verdict is Verdict.ERROR else "failure"
        yield f"      <{kind} {about}>{_text(_body(found, options))}</{kind}>"
    else:
        yield f"      <system-out>{_text(_body(found, options))}</system-out>"
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
