"""``examples/ci`` as an outsider would use it: a copy of it, and the package installed from its wheel."""

from __future__ import annotations

import json
import os
import shutil
import subprocess
import sys
import xml.etree.ElementTree as ET
import zipfile
from pathlib import Path

import pytest
import yaml

ROOT = Path(__file__).parents[2]
pytest.importorskip("hatchling")


@pytest.fixture(scope="module")
def site(tmp_path_factory):
    """The files of the wheel with its metadata, as an installer lays them out."""
    folder = tmp_path_factory.mktemp("wheel")
    build = [sys.executable, "-m", "hatchling", "build", "-t", "wheel", "-d", str(folder)]
    subprocess.run(build, cwd=ROOT, check=True, capture_output=True)
    zipfile.ZipFile(next(folder.glob("*.whl"))).extractall(folder / "site")
    return folder / "site"


@pytest.fixture
def project(tmp_path):
    return Path(shutil.copytree(ROOT / "examples" / "ci", tmp_path / "project"))


@pytest.fixture
def python(site, project):
    """Run Python in the project with the installed package."""

    def start(*arguments):
        kept = {
            name: value for name, value in os.environ.items() if not name.startswith(("PYTEST", "VALIDATOR"))
        }
        environment = {**kept, "PYTHONPATH": str(site), "VALIDATOR_CACHE": "off", "PYTHONUTF8": "1"}
        return subprocess.run(
            [sys.executable, *arguments],
            cwd=project,
            env=environment,
            capture_output=True,
            text=True,
            check=False,
        )

    return start


@pytest.fixture
def validator(python):
    script = "from validator.cli.main import entry_point; entry_point()"
    return lambda *arguments: python("-c", script, *arguments)


def test_pytest_runs_rule_tests_reports_and_own_tests(python, project):
    done = python("-m", "pytest", "--junitxml", "junit.xml", "-rs")
    assert done.returncode == 1, done.stdout + done.stderr
    assert "1 failed, 16 passed" in done.stdout
    assert "97 ≠ 61 + 35 = 96" in done.stdout
    assert "Traceback" not in done.stdout
    suite = ET.parse(project / "junit.xml").getroot()[0]  # noqa: S314 - written by pytest
    (failed,) = [case for case in suite if case.find("failure") is not None]
    assert failed.get("name") == "one-stop/received-differs-from-channels"


def test_one_rule_can_be_chosen(python):
    done = python("-m", "pytest", "-k", "received and reports")
    assert "1 failed, 1 passed" in done.stdout, done.stdout


def test_sarif_and_junit_of_a_run(validator, project):
    done = validator(
        "check", "reports", "--pack", "rules/one-stop", "--lang", "en",
        "--format", "plain", "--format", "sarif=out.sarif", "--format", "junit=out.xml",
    )  # fmt: skip
    assert done.returncode == 1, done.stderr
    assert "97 ≠ 61 + 35 = 96" in done.stdout
    (result,) = json.loads((project / "out.sarif").read_text(encoding="utf-8"))["runs"][0]["results"]
    place = result["locations"][0]["physicalLocation"]
    assert place["artifactLocation"]["uri"] == "reports/ward-b.yaml"
    assert place["region"] == {"startLine": 2, "startColumn": 11, "endColumn": 13}
    assert ET.parse(project / "out.xml").getroot().get("failures") == "1"  # noqa: S314 - written by ourselves


def test_the_hooks_of_the_project_run(validator, project):
    config = yaml.safe_load((project / ".pre-commit-config.yaml").read_text(encoding="utf-8"))
    hooks = {hook["id"]: hook["entry"].split()[1:] for hook in config["repos"][0]["hooks"]}
    assert validator(*hooks["validator-check"], "reports/ward-a.yaml").returncode == 0
    assert validator(*hooks["validator-check"], "reports/ward-b.yaml").returncode == 1
    done = validator(*hooks["validator-test"])
    assert done.returncode == 0, done.stdout + done.stderr


def test_the_hooks_on_offer_name_commands():
    hooks = yaml.safe_load((ROOT / ".pre-commit-hooks.yaml").read_text(encoding="utf-8"))
    assert {hook["id"] for hook in hooks} >= {"validator-check", "validator-lint", "validator-fmt"}
    for hook in hooks:
        assert hook["entry"].split()[0] == "validator"
        assert {"id", "name", "language", "files"} <= hook.keys()
