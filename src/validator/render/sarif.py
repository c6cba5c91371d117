"""A run as SARIF 2.1.0, which code scanning services and editors show."""

from __future__ import annotations

import hashlib
import json
import re
from collections import Counter
from pathlib import PurePath
from typing import TYPE_CHECKING, Any
from urllib.parse import quote

from validator.model.verdict import Severity
from validator.render.detail import sentence
from validator.render.finding import findings, is_finding, undecided
from validator.render.json import Items
from validator.render.place import place
from validator.wording.message import message, message_help

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from validator.model.diagnostic import Diagnostic, FileResult, RunResult
    from validator.model.location import Location
    from validator.render.option import Options

SCHEMA = "https://docs.oasis-open.org/sarif/sarif/v2.1.0/errata01/os/schemas/sarif-schema-2.1.0.json"
_UNUSABLE = 2
"""The exit code of a command that could not do what it was asked to."""
FINGERPRINT = "validatorFinding/v1"
_VALUES = re.compile(r"\{\w*\}")
_OPEN = {"kind": "open", "level": "none"}
_LEVELS = {Severity.ERROR: "error", Severity.WARNING: "warning", Severity.INFO: "note"}


class SarifWriter:
    """The findings of a run as a SARIF log with one run; what passed is left out.

    What could not be decided is told where it is asked for, as results of the kind ``open``.

    A file that could not be judged is told as a notification of the tool as well: the others were judged
    all the same, so that the run was no failure unless none was.
    """

    def __init__(self, options: Options) -> None:
        self._options = options
        self._items = Items(spaces=8)
        self._rules: dict[str, Diagnostic] = {}
        self._unread: list[tuple[str, Diagnostic]] = []
        self._is_judged = False

    def file(self, file: FileResult) -> str:
        """Return the results of a file."""
        self._is_judged |= file.judged
        for found in _told(file, self._options):
            self._rules.setdefault(found.id, found)
            if not file.judged and is_finding(found):
                self._unread.append((file.path, found))
        order = {name: number for number, name in enumerate(self._rules)}
        return "".join(self._items.add(_text(each)) for each in _results(file, order, self._options))

    def head(self, run: RunResult) -> str:
        """Return what stands before the results."""
        return self._items.around(_text(self._log(run)))[0]

    def tail(self, run: RunResult) -> str:
        """Return what stands after them."""
        return self._items.around(_text(self._log(run)))[1] + "\n"

    def _log(self, run: RunResult) -> dict[str, Any]:
        lang = self._options.lang
        rules = [_rule(found, lang) for found in self._rules.values()]
        driver: dict[str, Any] = {"name": "validator", "version": run.version, "rules": rules}
        if self._unread:
            driver["notifications"] = [_rule(found, lang) for found in self._faults().values()]
        one = {
            "tool": {"driver": driver},
            "columnKind": "unicodeCodePoints",
            "language": lang,
            "invocations": [self._invocation(run)],
            "results": [Items.mark()],
        }
        return {"$schema": SCHEMA, "version": "2.1.0", "runs": [one]}

    def _faults(self) -> dict[str, Diagnostic]:
        return {found.id: found for _, found in reversed(self._unread)}

    def _invocation(self, run: RunResult) -> dict[str, Any]:
        ended = {} if run.exit_code is None else {"exitCode": run.exit_code}
        told: dict[str, Any] = {
            "executionSuccessful": self._is_judged and run.exit_code != _UNUSABLE,
            **ended,
        }
        faults = list(self._faults())
        if faults:
            told["toolExecutionNotifications"] = [
                {
                    "level": "error",
                    "message": {"text": sentence(found, self._options)},
                    "descriptor": {"id": found.id, "index": faults.index(found.id)},
                    "locations": [_location(found.location, path, self._options)],
                }
                for path, found in self._unread
            ]
        return told


def _text(data: Any) -> str:
    # Lone surrogates cannot be written as UTF-8; ASCII escapes can hold whatever a file held.
    return json.dumps(data, ensure_ascii=True, indent=2)


def _rule(found: Diagnostic, lang: str) -> dict[str, Any]:
    """What is said of a rule once, without the values of one finding."""
    general = message(found.id, lang)
    if general != found.id:
        # The code of a fault of a file: its words have gaps for what each file wrote.
        title, cure = _VALUES.sub("…", general), _VALUES.sub("…", message_help(found.id, lang))
    else:
        title, cure = found.title or found.id, found.help
    full = ". ".join(part for part in (title, found.basis) if part)
    return {
        "id": found.id,
        "shortDescription": {"text": title},
        "fullDescription": {"text": full},
        "help": {"text": cure or title},
        "defaultConfiguration": {"level": _LEVELS[found.severity]},
    }


def _told(file: FileResult, options: Options) -> tuple[Diagnostic, ...]:
    return (*findings(file), *(undecided(file) if options.shows_undecided else ()))


def _results(file: FileResult, order: dict[str, int], options: Options) -> Iterator[dict[str, Any]]:
    told = _told(file, options)
    for found, fingerprint in zip(told, fingerprints(file.path, told), strict=True):
        result: dict[str, Any] = {
            "ruleId": found.id,
            "ruleIndex": order[found.id],
            **({"level": _LEVELS[found.severity]} if is_finding(found) else _OPEN),
            "message": {"text": sentence(found, options)},
            "locations": [_location(found.location, file.path, options)],
            "partialFingerprints": {FINGERPRINT: fingerprint},
        }
        others = [label for label in found.fields if label.raw and label.location != found.location]
        if others:
            result["relatedLocations"] = [
                {
                    "id": number,
                    **_location(label.location, file.path, options),
                    "message": {"text": f"{label.label or label.path}: {label.raw}"},
                }
                for number, label in enumerate(others, start=1)
            ]
        if found.waiver:
            suppression = {"kind": "external", "status": "accepted", "justification": found.waiver}
            result["suppressions"] = [suppression]
        yield result


def _location(location: Location, path: str, options: Options) -> dict[str, Any]:
    physical: dict[str, Any] = {"artifactLocation": {"uri": uri(location.file or path)}}
    if location.line is not None:
        region = {"startLine": location.line}
        if location.column is not None:
            region |= {"startColumn": location.column}
            if location.end_column is not None:
                region |= {"endColumn": max(location.end_column, location.column + 1)}
        physical["region"] = region
    found: dict[str, Any] = {"physicalLocation": physical}
    name = location.pointer or place(location, options.lang)
    if name:
        found["logicalLocations"] = [{"fullyQualifiedName": name}]
    return found


def uri(path: str) -> str:
    """A file's name as a reference: relative as it was given, or ``file:`` if it is absolute."""
    pure = PurePath(path)
    return pure.as_uri() if pure.is_absolute() else quote(path.replace("\\", "/"), errors="replace")


def fingerprints(path: str, found: Iterable[Diagnostic]) -> Iterator[str]:
    """Yield a fingerprint for each finding of a file: of its rule and figures, not of lines and texts.

    Findings alike in all of this are told apart by their order.
    """
    seen: Counter[tuple[str, ...]] = Counter()
    for each in found:
        labels = (part for label in each.fields for part in (label.path, *_stable(label.location)))
        key = (path, each.id, *_stable(each.location), *labels)
        seen[key] += 1
        text = "\0".join((*key, str(seen[key])))
        yield hashlib.sha256(text.encode("utf-8", "replace")).hexdigest()[:32]


def _stable(place: Location) -> tuple[str, ...]:
    """Return the parts of a place that name something."""
    excerpt = place.excerpt if place.pointer is None else None
    names = (
        place.pointer,
        place.sheet,
        place.table_title,
        place.row_code,
        place.row_label,
        place.column_name,
    )
    return tuple(part or "" for part in (*names, excerpt))
