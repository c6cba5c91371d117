"""The pytest plugin: tests of rule packs and, when asked for, every rule on every report as a test.

It is loaded by every run of pytest where the package is installed. It must cost nothing there, so
everything heavy is imported when a file of ours is collected, and it must never break a run.
"""

from __future__ import annotations

import os
from typing import TYPE_CHECKING, Any

import pytest

from validator.diagnostics.message import message

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator
    from pathlib import Path

    from validator.model.diagnostic import Diagnostic, RunResult
    from validator.model.problem import Problem
    from validator.model.report import Report
    from validator.packs.pack import Rule, RulePack
    from validator.packs.rule_test import RuleTest

_TEST_SUFFIX = ".test.yaml"
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
        for path in _reports(config):
            if not any(os.path.commonpath([str(path), each]) == each for each in within):
                config.args.append(str(path))


def pytest_collect_file(file_path: Path, parent: pytest.Collector) -> pytest.Collector | None:
    """Collect the test files of packs and the reports that the settings name."""
    name = file_path.name
    if name.endswith(_TEST_SUFFIX):
        beside = (file_path.parent / "pack.yaml").is_file()
        return RuleTestFile.from_parent(parent, path=file_path) if beside else None
    if name.endswith((".yaml", ".yml", ".json")) and file_path in _reports(parent.config):
        return ReportFile.from_parent(parent, path=file_path)
    return None


_FOUND = pytest.StashKey[frozenset["Path"]]()


def _reports(config: pytest.Config) -> frozenset[Path]:
    """Return the reports that the settings name, looked for once a run."""
    if _FOUND not in config.stash:
        root = _root(config)
        patterns: list[str] = config.getini("validator_reports")
        found = (path for pattern in patterns for path in root.glob(os.path.relpath(root / pattern, root)))
        config.stash[_FOUND] = frozenset(path for path in found if not path.name.endswith(_TEST_SUFFIX))
    return config.stash[_FOUND]


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

        told = located(explain_problem(problem, self.lang) for problem in problems)
        return self.CollectError(told.replace(f"{self.config.rootpath}{os.sep}", ""))


class RuleTestFile(_OurFile):
    """A ``*.test.yaml`` beside a ``pack.yaml``: each of its cases is a test."""

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
            name = f"{test.rule.id}[{test.name or test.expect.value}]"
            names[name] = count = names.get(name, 0) + 1
            unique = name if count == 1 else f"{name[:-1]}-{count}]"
            yield RuleTestItem.from_parent(self, name=unique, pack=loaded.pack, test=test)


class _OurItem(pytest.Item):
    """A test that fails with an explanation."""

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

    def runtest(self) -> None:
        """Run the case."""
        from validator.diagnostics.rule_test import run_rule_tests
        from validator.render.rule_test import difference

        lang = str(self.config.getini("validator_lang"))
        (result,) = run_rule_tests(self.pack, [self.test], lang)
        if not result.passed:
            raise Unmet(difference(result, lang))

    def reportinfo(self) -> tuple[Path, int, str]:
        """Return where the case stands, for the names of tests."""
        return self.path, (self.test.location.line or 1) - 1, self.name


class ReportFile(_OurFile):
    """A report: reading it is a test, and every rule on it is one."""

    def collect(self) -> Iterator[pytest.Item]:
        """Return the tests of the report; a broken pack is an error of collection."""
        from validator.api import PackError, read_report
        from validator.engine.context import Context
        from validator.model.problem import ValidatorError
        from validator.model.verdict import Severity

        try:
            packs = self._packs()
            read = read_report(self.path, packs[0] if len(packs) == 1 else None, packs=packs)
            chosen = self._for_form(packs, read.report)
        except PackError as error:
            raise self.broken(error.problems) from error
        except ValidatorError as error:
            raise self.broken((error.problem,)) from error
        yield ReadingItem.from_parent(self, name="reading", problems=read.problems)
        grave = any(problem.severity is Severity.ERROR for problem in read.problems)
        if read.report is None:
            return
        context = Context(report=read.report)
        for pack in chosen:
            for rule in pack.rules:
                yield ReportItem.from_parent(self, name=rule.full_id, rule=rule, context=context)
            yield RestatedItem.from_parent(self, name=f"{pack.name}/restated-differently", pack=pack, context=context)
