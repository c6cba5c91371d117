"""The hooks for pre-commit: what they look at is what the program reads, with what reading needs."""

from __future__ import annotations

import re
import tomllib
from pathlib import Path

import pytest
import yaml

from validator.readers.kind import PACKETS
from validator.submissions.folder import SUFFIXES, may_be_report

ROOT = Path(__file__).parents[2]
HOOKS = {hook["id"]: hook for hook in yaml.safe_load((ROOT / ".pre-commit-hooks.yaml").read_text("utf-8"))}


@pytest.mark.parametrize("suffix", [*SUFFIXES, *PACKETS])
def test_each_kind_of_report_is_given_to_the_hook(suffix):
    hook = HOOKS["validator-check"]
    # Types are what pre-commit guesses of a file; no guess is needed where the name tells.
    assert {"types", "types_or", "exclude_types"} & set(hook) == set()
    for name in (f"reports/xa{suffix}", f"reports/2024/Q1/Xã An Lạc{suffix.upper()}"):
        assert re.search(hook["files"], name), name
        assert not re.search(hook.get("exclude", "$^"), name), name


@pytest.mark.parametrize(
    "name",
    [
        "reports/xa.png",
        "src/xa.docx",
        "reports/xa.docx.giai-trinh.yaml",
        "reports/units.yaml",
        "reports/xa.test.yaml",
    ],
)
def test_what_is_no_report_is_not_given_to_the_hook(name):
    hook = HOOKS["validator-check"]
    assert not re.search(hook["files"], name) or re.search(hook["exclude"], name)
    assert name.startswith("src") or not may_be_report(Path(name).name)


def test_the_hook_is_installed_with_what_reading_documents_needs():
    extras = tomllib.loads((ROOT / "pyproject.toml").read_text("utf-8"))["project"]["optional-dependencies"]
    assert HOOKS["validator-check"]["additional_dependencies"] == [".[documents]"]
    assert "documents" in extras
