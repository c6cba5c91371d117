"""The pytest plugin: tests of rule packs and, when asked for, every rule on every report as a test.

It is loaded by every run of pytest where the package is installed. It must cost nothing there, so
everything heavy is imported when a file of ours is collected, and it must never break a run.
"""

from __future__ import annotations

import os
from typing import TYPE_CHECKING, Any

import pytest

from validator.wording.message import message

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator
    from pathlib import Path

    from typing_extensions import override

    from validator.model.diagnostic import Diagnostic, RunResult
    from validator.model.problem import Problem
    from validator.packs.pack import RulePack
    from validator.packs.rule_test import RuleTest
else:

    def override(method: Any) -> Any:
        """Mark a method for the type checker, as typing does from Python 3.12 on."""
        return method


_TEST_SUFFIX = ".test.yaml"
_PLAIN = str.maketrans("[]", "()")
_CHOICES = {
    "validator_lang": ("vi", "en"),
    "validator_fail_on": ("error", "warning", "info", "never"),
}


class Unmet(Exception):  # noqa: N818 - what a test found, told without a traceback
    """A test that fails; its text is the explanation."""


def pytest_addoption(parser: pytest.Parser) -> None:
    """Declare the settings."""

    def words(key: str) -> str:
        return message(f"ci/ini-{key}", "en")

    parser.addini("validator_reports", words("reports"), type="args", default=[])
    parser.addini("validator_packs", words("packs"), type="args", default=[])
    parser.addini("validator_lang", words("lang"), default="vi")
    parser.addini("validator_fail_on", words("fail-on"), default="error")


def pytest_configure(config: pytest.Config) -> None:
    """Refuse settings that mean nothing; collect the reports also where ``testpaths`` leaves them out."""
    for name, known in _CHOICES.items():
        value = config.getini(name)
        if value not in known:
            args = {"name": name, "value": value, "known": ", ".join(known)}
            raise pytest.UsageError(message("ci/unknown-setting", "en", args))
    if config.args_source is pytest.Config.ArgsSource.TESTPATHS:
        within = [os.path.abspath(each) for each in config.args]  # noqa: PTH100 - links are kept
        for path in sorted(_reports(config)):
            if not any(os.path.commonpath([str(path), each]) == each for each in within):
                config.args.append(str(path))


@pytest.hookimpl(tryfirst=True)
def pytest_collection(session: pytest.Session) -> None:
    """Refuse a pattern that names no report: all tests would pass, and nothing would be tested."""
    for pattern in session.config.getini("validator_reports"):
        if not _matched(session.config, pattern):
            from validator.submissions.folder import SUFFIXES

            args = {"pattern": pattern, "known": ", ".join(SUFFIXES)}
            raise pytest.UsageError(message("ci/no-report-matches", "en", args))


def pytest_collect_file(file_path: Path, parent: pytest.Collector) -> pytest.Collector | None:
    """Collect the test files of packs and the reports that the settings name."""
    name = file_path.name
    if name.endswith(_TEST_SUFFIX):
        beside = (file_path.parent / "pack.yaml").is_file()
        return RuleTestFile.from_parent(parent, path=file_path) if beside else None
    if file_path in _reports(parent.config):
        return ReportFile.from_parent(parent, path=file_path)
    return None


_FOUND = pytest.StashKey[frozenset["Path"]]()


def _reports(config: pytest.Config) -> frozenset[Path]:
    """Return the reports that the settings name, looked for once a run."""
    if _FOUND not in config.stash:
        patterns: list[str] = config.getini("validator_reports")
        config.stash[_FOUND] = frozenset(path for pattern in patterns for path in _matched(config, pattern))
    return config.stash[_FOUND]


def _matched(config: pytest.Config, pattern: str) -> list[Path]:
    """Return the reports that a pattern of the settings names."""
    from validator.submissions.folder import may_be_report

    root = _root(config)
    found = root.glob(os.path.relpath(root / pattern, root))
    return [path for path in found if may_be_report(path.name) and path.is_file()]


def _root(config: pytest.Config) -> Path:
    return config.inipath.parent if config.inipath else config.rootpath


class _OurFile(pytest.File):
    """A file whose faults are told with their places, never as a traceback."""

    @property
    def lang(self) -> str:
        """The language of the explanations."""
        return str(self.config.getini("validator_lang"))

    def broken(self, problems: tuple[Problem, ...]) -> pytest.Collector.CollectError:
        """Return the error that tells *problems*."""
        from validator.diagnostics.problem import explain_problem
        from validator.render.located import located
        from validator.wording.in_language import in_language

        told = located(in_language(explain_problem(problem), self.lang) for problem in problems)
        return self.CollectError(told.replace(f"{self.config.rootpath}{os.sep}", ""))


class RuleTestFile(_OurFile):
    """A ``*.test.yaml`` beside a ``pack.yaml``: each of its cases is a test."""

    @override
    def collect(self) -> Iterator[pytest.Item]:
        """Return the cases; a broken pack or test file is an error of collection."""
        from validator.model.verdict import Severity
        from validator.packs.library import load_folder
        from validator.packs.rule_test import read_rule_tests

        loaded = load_folder(self.path.parent)
        if loaded.pack is None:
            raise self.broken(loaded.problems)
        tests = read_rule_tests(loaded.pack, self.path.name)
        if tests.is_broken:
            raise self.broken(tuple(p for p in tests.problems if p.severity is Severity.ERROR))
        names: dict[str, int] = {}
        for test in tests.cases:
            # Brackets would make pytest take the name for that of a parametrized function.
            name = f"{test.rule.id}:{test.name or test.expect.value}".translate(_PLAIN)
            names[name] = count = names.get(name, 0) + 1
            unique = name if count == 1 else f"{name}-{count}"
            yield RuleTestItem.from_parent(self, name=unique, pack=loaded.pack, test=test)


class _OurItem(pytest.Item):
    """A test that fails with an explanation."""

    @override
    def repr_failure(self, excinfo: Any, style: Any = None) -> Any:
        """Return the explanation; a bug of ours keeps its traceback."""
        if isinstance(excinfo.value, Unmet):
            return str(excinfo.value).replace(f"{self.config.rootpath}{os.sep}", "").rstrip("\n")
        return super().repr_failure(excinfo, style)


class RuleTestItem(_OurItem):
    """One case of a rule."""

    def __init__(self, *, pack: RulePack, test: RuleTest, **others: Any) -> None:
        super().__init__(**others)
        self.pack = pack
        self.test = test
        if test.todo:
            self.add_marker(pytest.mark.xfail(reason=test.todo, strict=False))

    @override
    def runtest(self) -> None:
        """Run the case."""
        from validator.diagnostics.rule_test import run_rule_tests
        from validator.render.rule_test import difference

        lang = str(self.config.getini("validator_lang"))
        (result,) = run_rule_tests(self.pack, [self.test])
        if not result.passed:
            raise Unmet(difference(result, lang))

    @override
    def reportinfo(self) -> tuple[Path, int, str]:
        """Return where the case stands, for the names of tests."""
        return self.path, (self.test.location.line or 1) - 1, self.name


class ReportFile(_OurFile):
    """A report: every rule on it is a test, and so is the reading of it."""

    _run: RunResult | None = None

    @override
    def collect(self) -> Iterator[pytest.Item]:
        """Return the tests of the report; a broken pack is an error of collection."""
        from validator.api import PackError
        from validator.model.problem import ValidatorError

        try:
            packs = self._packs()
        except PackError as error:
            raise self.broken(error.problems) from None
        except ValidatorError as error:
            raise self.broken((error.problem,)) from None
        names = [f"{pack.name}/restated-differently" for pack in packs]
        names += [rule.full_id for pack in packs for rule in pack.rules]
        yield ReportItem.from_parent(self, name="reading", rules=frozenset(names))
        for name in names:
            yield ReportItem.from_parent(self, name=name, rules=frozenset({name}))

    def _packs(self) -> tuple[RulePack, ...]:
        """Return the packs for the report's form: of those in the settings, else of those that ship."""
        from validator.api import load_pack, read_report
        from validator.packs.library import forms_on_offer

        chosen = configured_packs(self.config)
        if chosen:
            return tuple(pack for pack in chosen if read_report(self.path, pack).report is not None)
        report = read_report(self.path).report
        return (
            tuple(load_pack(path) for path in forms_on_offer().get(report.form or "", ())) if report else ()
        )

    def findings(self) -> RunResult:
        """Return what the packs find in the report, found out once."""
        from validator.api import check

        if self._run is None:
            packs = configured_packs(self.config)
            self._run = check([str(self.path)], packs=self._packs() or packs, lang=self.lang)
        return self._run


def configured_packs(config: pytest.Config) -> tuple[RulePack, ...]:
    """Return the packs in the settings; a folder that holds packs stands for all of them."""
    from validator.api import load_pack
    from validator.packs.library import pack_folders

    found: list[RulePack] = []
    for name in config.getini("validator_packs"):
        folder = _root(config) / name
        several = pack_folders(folder) if folder.is_dir() and not (folder / "pack.yaml").is_file() else ()
        found += [load_pack(each) for each in several or (folder if folder.is_dir() else name,)]
    return tuple(found)


class ReportItem(_OurItem):
    """One rule on one report, or (called ``reading``) everything found that is of no rule."""

    parent: ReportFile

    def __init__(self, *, rules: frozenset[str], **others: Any) -> None:
        super().__init__(**others)
        self.rules = rules

    @override
    def runtest(self) -> None:
        """Fail for findings that are grave enough, skip what could not be decided or does not apply."""
        from validator.model.verdict import Verdict

        run = self.parent.findings()
        reading = self.name == "reading"
        told = [each for file in run.files for each in file.diagnostics if (each.id in self.rules) != reading]
        grave, mild = _by_weight(told, str(self.config.getini("validator_fail_on")))
        if mild:
            self.add_report_section("call", "validator", explanation(run, mild, self.parent.lang))
        if grave:
            raise Unmet(explanation(run, grave, self.parent.lang))
        for each in told:
            if each.verdict is Verdict.UNDECIDED:
                words = {"explanation": each.explanation}
                pytest.skip(message("ci/undecided", self.parent.lang, words))
        if self.name in run.never_applied:
            pytest.skip(message("ci/not-applicable", self.parent.lang))

    @override
    def reportinfo(self) -> tuple[Path, int | None, str]:
        """Return the report as the place of the test."""
        return self.path, None, self.name


def _by_weight(told: list[Diagnostic], fail_on: str) -> tuple[list[Diagnostic], list[Diagnostic]]:
    """Return the findings that fail a test and those that do not; explained ones do not."""
    from validator.model.verdict import Severity, Verdict

    worst = -1 if fail_on == "never" else Severity(fail_on).rank
    found = [each for each in told if each.verdict in (Verdict.FAIL, Verdict.ERROR)]
    grave = [each for each in found if each.severity.rank <= worst and not each.waiver]
    return grave, [each for each in found if each.severity.rank > worst or each.waiver]


def explanation(run: RunResult, told: list[Diagnostic], lang: str) -> str:
    """Return findings of a run in plain words."""
    from validator.model.record import evolve
    from validator.render.option import Options
    from validator.render.plain import render_plain

    shown = [
        evolve(file, diagnostics=tuple(each for each in file.diagnostics if each in told))
        for file in run.files
    ]
    kept = tuple(file for file in shown if file.diagnostics)
    return render_plain(evolve(run, files=kept), Options(lang=lang, verbose=True, quiet=True))


@pytest.fixture
def check_report(request: pytest.FixtureRequest) -> Callable[..., RunResult]:
    """Check a report and fail with the explanation if something grave is found.

    ``check_report(path, packs=(), select=(), ignore=(), fail_on=…)``: the path is relative to the
    project, packs are names, folders or loaded packs. Returns the result of the run.
    """
    config = request.config

    def run(path: str | Path, *, packs: Any = (), fail_on: str = "", **chosen: Any) -> RunResult:
        from validator.api import check, load_pack
        from validator.diagnostics.problem import explain_problem
        from validator.model.problem import ValidatorError
        from validator.render.located import located
        from validator.wording.in_language import in_language

        lang = str(config.getini("validator_lang"))
        loaded = [_pack(each, config, load_pack) for each in packs] or list(configured_packs(config))
        try:
            result = check([str(_root(config) / path)], packs=loaded, lang=lang, **chosen)
        except ValidatorError as wrong:
            pytest.fail(located([in_language(explain_problem(wrong.problem), lang)]), pytrace=False)
        told = [each for file in result.files for each in file.diagnostics]
        grave, _ = _by_weight(told, fail_on or str(config.getini("validator_fail_on")))
        if grave:
            pytest.fail(explanation(result, grave, lang), pytrace=False)
        return result

    return run


def _pack(given: Any, config: pytest.Config, load: Callable[[Any], RulePack]) -> RulePack:
    if not isinstance(given, str | os.PathLike):
        found: RulePack = given
        return found
    folder = _root(config) / given
    return load(folder if folder.is_dir() else given)
