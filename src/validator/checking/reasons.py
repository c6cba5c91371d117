"""Files explanations beside their reports: one or very many, all of them or none."""

from __future__ import annotations

from contextlib import ExitStack
from pathlib import Path
from typing import TYPE_CHECKING

from validator.checking.sidecar import explanations_in, with_explanations
from validator.diagnostics.fingerprint import fingerprint, values_of
from validator.diagnostics.problem import explain_problem
from validator.diagnostics.waiver import changes, is_about, is_open_to_explanation
from validator.model.explanation import Explanation
from validator.model.location import Location
from validator.model.problem import Problem, ValidatorError, fault_detail
from validator.model.record import field, record
from validator.model.verdict import Severity
from validator.readers.encoding import read_bytes
from validator.readers.explanation import LARGEST
from validator.readers.kind import sidecar_names, sidecars
from validator.readers.value import shown
from validator.readers.yaml_file import yaml_tree
from validator.writing import locked, update_files

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence
    from datetime import date

    from validator.diagnostics.waiver import Rules
    from validator.model.diagnostic import Diagnostic

_MOST_TRIES = 10


@record
class Reason:
    """Why a finding of the report at ``report`` is as it should be.

    ``among`` are the findings of its rule there, ``path`` is that of the figure by which it was named,
    ``in_report`` are the explanations that the report holds itself. ``place`` is where the reason was read.
    A reason that ``renews`` takes the place of one whose figures have changed.
    """

    report: Path
    found: Diagnostic
    among: tuple[Diagnostic, ...]
    rules: Rules
    text: str
    author: str = ""
    given_on: date | None = None
    path: str = ""
    in_report: tuple[Explanation, ...] = ()
    place: Location = field(default_factory=Location)
    renews: bool = False

    @property
    def explanation(self) -> Explanation:
        """What is written into the file."""
        return Explanation(
            rule=self.found.id,
            path=self.path or next((label.path for label in self.found.fields), ""),
            reason=self.text,
            author=self.author,
            given_on=self.given_on,
            fingerprint=fingerprint(self.found),
            values=values_of(self.found),
            location=Location(),
        )


@record
class Filed:
    """The files that explanations were written to, how many, and how many stood there already."""

    files: tuple[Path, ...] = ()
    written: int = 0
    already: int = 0


def file_reasons(reasons: Sequence[Reason], *, replace: bool, skips: bool = False) -> Filed:
    """Write explanations beside their reports, all or none; what is there for a finding needs *replace*.

    With *skips* a finding that is explained is left as it is; so is, of reasons that renew, one that says the
    same.

    Raises `ValidatorError` where something is in the way, or a file cannot be written.
    """
    folders = sorted({each.report.resolve().parent for each in reasons})
    try:
        with ExitStack() as stack:
            for folder in folders:
                stack.enter_context(locked(folder))
            for _ in range(_MOST_TRIES):
                pages = _Pages(replace=replace, skips=skips)
                for each in reasons:
                    pages.add(each)
                others = update_files(pages.changes())
                if not others:
                    return pages.filed()
    except (OSError, ValueError) as fault:
        at = str(getattr(fault, "filename", None) or (reasons[0].report if reasons else ""))
        raise refusal("cli/cannot-write-file", path=at, detail=fault_detail(fault)) from fault
    raise refusal("cli/changed-meanwhile", path=str(others[0]))


class _Pages:
    """Files of explanations as they are and as they are to be; nothing is written here."""

    def __init__(self, *, replace: bool, skips: bool) -> None:
        self._replace, self._skips = replace, skips
        self._before: dict[Path, bytes] = {}
        self._now: dict[Path, bytes] = {}
        self._added: dict[Path, list[Explanation]] = {}
        self._given: dict[tuple[Path, str], Reason] = {}
        self._there: dict[Path, tuple[Explanation, ...]] = {}
        self._written = self._already = 0

    def add(self, reason: Reason) -> None:
        """Take one more explanation, or refuse it."""
        key = (reason.report, fingerprint(reason.found))
        if key in self._given:
            # The same rule finds fault with two rows alike in everything: one explanation is for both.
            if self._given[key].text != reason.text:
                raise refusal("waiver/two-reasons", reason.place, detail=_cells(self._given[key], reason))
            return
        self._given[key] = reason
        files = sidecars(reason.report)
        there = [one for file in files for one in self._in(file)]
        old = _in_the_way((*there, *reason.in_report), reason)
        given = reason.explanation
        if old is None:
            target = files[0] if files else sidecar_names(reason.report)[1]
            self._open(target, is_there=bool(files))
            self._added.setdefault(target, []).append(given)
        elif not self._is_known(old, reason):
            self._put_in_place(old, reason)
        else:
            self._already += 1
            return
        self._written += 1

    def changes(self) -> tuple[tuple[Path, bytes, bytes], ...]:
        """Return each file with what stands there and what shall."""
        for target, given in self._added.items():
            self._now[target] = _made(self._now[target], given, None, target)
        self._added.clear()
        return tuple(
            (target.resolve(), self._before[target], now)
            for target, now in self._now.items()
            if now != self._before[target]
        )

    def filed(self) -> Filed:
        """Return what was written."""
        files = tuple(target for target, now in self._now.items() if now != self._before[target])
        return Filed(files=files, written=self._written, already=self._already)

    def _is_known(self, old: Explanation, reason: Reason) -> bool:
        """Whether what is there will do; refuse what may not take its place."""
        place, is_valid = _place(old), old.fingerprint == fingerprint(reason.found)
        is_same = reason.renews and (old.reason, old.author) == (reason.text, reason.author)
        if is_valid and (is_same or self._skips):
            return not self._replace
        if is_valid and not self._replace:
            detail = f"{shown(old.reason)} ({place})"
            raise refusal("waiver/explained-already", reason.place, detail=detail)
        if not is_valid and not (self._replace or reason.renews):
            raise refusal("waiver/has-lapsed", reason.place, rule=old.rule, place=place)
        if Path(old.location.file) == reason.report:
            raise refusal("waiver/in-report", reason.place, place=place)
        return False

    def _put_in_place(self, old: Explanation, reason: Reason) -> None:
        target = Path(old.location.file)
        self._open(target, is_there=True)
        self._now[target] = _made(self._now[target], [reason.explanation], old, target)
        self._there.pop(target, None)

    def _in(self, file: Path) -> tuple[Explanation, ...]:
        if file not in self._there:
            data = self._now[file] if file in self._now else read_bytes(str(file), limit=LARGEST)
            self._there[file] = explanations_in(data, str(file)) if isinstance(data, bytes) else ()
        return self._there[file]

    def _open(self, target: Path, *, is_there: bool) -> None:
        if target not in self._now:
            self._before[target] = self._now[target] = _sound(target) if is_there else b""


def _made(data: bytes, given: Sequence[Explanation], old: Explanation | None, target: Path) -> bytes:
    made = with_explanations(data, given, old)
    if made is None:
        raise refusal("waiver/cannot-append", path=str(target))
    return made


def _sound(target: Path) -> bytes:
    """Return what stands in a file, or refuse one that has faults."""
    data = read_bytes(str(target), limit=LARGEST)
    problems = (data,) if isinstance(data, Problem) else yaml_tree(data, str(target)).problems
    broken = [each for each in problems if each.severity is Severity.ERROR and each.code != "read/empty"]
    if broken or isinstance(data, Problem):
        told, line = explain_problem(broken[0]), broken[0].location.line
        where = f"{target}:{line}" if line else str(target)
        raise refusal("waiver/broken-file", path=where, detail=told.title)
    return data


def _in_the_way(there: Iterable[Explanation], reason: Reason) -> Explanation | None:
    """Return the explanation that is there already for the finding, valid or lapsed, if any."""
    found, among = reason.found, reason.among
    prints = {fingerprint(each) for each in among}
    about = [each for each in there if found.id in reason.rules.ids(each.rule) and is_about(found, each.path)]
    same = [each for each in about if each.fingerprint == fingerprint(found)]
    if same:
        return same[-1]
    lapsed = [each for each in about if each.fingerprint not in prints]
    if len([each for each in among if is_open_to_explanation(each)]) > 1:
        # One rule finds fault with many rows: an explanation that shares no value is of another row.
        lapsed = [each for each in lapsed if len(changes(each, found)) < len(values_of(found))]
    return min(lapsed, key=lambda each: len(changes(each, found)), default=None)


def _place(old: Explanation) -> str:
    return f"{old.location.file}:{old.location.line}"


def _cells(*reasons: Reason) -> str:
    return ", ".join(each.place.cell or str(each.report) for each in reasons)


def refusal(code: str, at: Location | None = None, /, **args: object) -> ValidatorError:
    """Return why nothing was written."""
    return ValidatorError(Problem(code=code, location=at or Location(), args=args))
