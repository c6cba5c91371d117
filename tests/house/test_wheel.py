"""The wheel ships the rules and the grammar that are under version control, and finds them."""

from __future__ import annotations

import email
import os
import re
import subprocess
import sys
import zipfile
from importlib.metadata import distributions
from pathlib import Path

import pytest

from validator.version import __version__

ROOT = Path(__file__).parents[2]
pytest.importorskip("hatchling")


@pytest.fixture(scope="module")
def wheel(tmp_path_factory):
    folder = tmp_path_factory.mktemp("dist")
    build = [sys.executable, "-m", "hatchling", "build", "-t", "wheel", "-d", str(folder)]
    subprocess.run(build, cwd=ROOT, check=True, capture_output=True)
    return next(folder.glob("*.whl"))


@pytest.fixture(scope="module")
def installed(wheel, tmp_path_factory):
    folder = tmp_path_factory.mktemp("site")
    zipfile.ZipFile(wheel).extractall(folder)
    return folder


def _tracked(*folders):
    if not (ROOT / ".git").exists():
        pytest.skip("not a git checkout")
    listing = ["git", "-c", "safe.directory=*", "ls-files", "-z", *folders]
    run = subprocess.run(listing, cwd=ROOT, check=True, capture_output=True)
    return {name for name in run.stdout.decode().split("\0") if name and (ROOT / name).exists()}


def test_grammar_and_rules_are_the_tracked_ones(wheel):
    names = zipfile.ZipFile(wheel).namelist()
    shipped = {name.removeprefix("validator/_data/") for name in names if name.startswith("validator/_data/")}
    tracked = _tracked("grammar", "rules")
    assert tracked - shipped == set()
    untracked = _untracked("grammar", "rules")
    assert shipped - tracked == untracked & shipped


def _untracked(*folders):
    """Files not added yet: a build in a working checkout takes them along."""
    listing = ["git", "-c", "safe.directory=*", "ls-files", "-z", "--others", "--exclude-standard", *folders]
    run = subprocess.run(listing, cwd=ROOT, check=True, capture_output=True)
    return {name for name in run.stdout.decode().split("\0") if name}


def test_every_module_and_message_ships(wheel):
    names = set(zipfile.ZipFile(wheel).namelist())
    assert {name.removeprefix("src/") for name in _tracked("src/validator")} <= names


def test_the_installed_program_finds_its_data_from_another_folder(installed, tmp_path):
    script = """
import validator.resources as data
from validator.wording.message import message
print(data.__file__, message("render/rule", "en"))
print(*(path.name for folder in (data.grammar_folder(), data.rules_folder()) for path in folder.iterdir()))
"""
    environment = os.environ | {"PYTHONPATH": str(installed)}
    run = subprocess.run(
        [sys.executable, "-c", script],
        cwd=tmp_path,
        env=environment,
        check=True,
        capture_output=True,
        text=True,
    )
    place, *names = run.stdout.split()
    assert Path(place).is_relative_to(installed)
    assert {"rule.lark", "demo", "Rule"} <= set(names)


def test_the_distribution_is_not_called_as_the_package_of_a_stranger(wheel, installed):
    assert wheel.name.startswith(f"report_validator-{__version__}-")
    (metadata,) = installed.glob("*.dist-info/METADATA")
    head = email.message_from_string(metadata.read_text(encoding="utf-8"))
    assert (head["Name"], head["Version"]) == ("report-validator", __version__)
    assert {each.name for each in distributions(path=[str(installed)])} == {"report-validator"}
    needed = [line for line in head.get_all("Requires-Dist") if re.match(r"validator\b", line)]
    assert needed == []
