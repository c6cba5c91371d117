"""What the source must and must not hold."""

from __future__ import annotations

import ast
import os
import subprocess
import sys
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[2]
SOURCES = sorted((ROOT / "src").rglob("*.py"))
VIETNAMESE = set("ăâđêôơưàảãáạằẳẵắặầẩẫấậèẻẽéẹềểễếệìỉĩíịòỏõóọồổỗốộờởỡớợùủũúụừửữứựỳỷỹýỵ")
HEAVY = {
    "docx", "jinja2", "jsonschema", "lark", "lxml", "pypdfium2", "rapidfuzz", "rich", "xlsxwriter", "yaml",
}  # fmt: skip
LONGEST_FILE, LONGEST_FUNCTION = 400, 40


@pytest.fixture(scope="module", params=SOURCES, ids=lambda path: str(path.relative_to(ROOT / "src")))
def source(request):
    return request.param


def test_a_file_holds_one_idea(source):
    assert source.stem not in {"utils", "util", "helpers", "helper", "common", "misc", "manager"}
    assert len(source.read_text(encoding="utf-8").splitlines()) <= LONGEST_FILE


def test_functions_are_short(source):
    for node in ast.walk(ast.parse(source.read_text(encoding="utf-8"))):
        if isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef):
            assert node.end_lineno - node.lineno < LONGEST_FUNCTION, node.name


def test_no_binary_float(source):
    # Elsewhere words are compared, too, as suggestions are.
    exact = source.parent.name in {"engine", "model"} and source.name != "suggestion.py"
    for node in ast.walk(ast.parse(source.read_text(encoding="utf-8"))):
        assert not (exact and isinstance(node, ast.Constant) and isinstance(node.value, float)), node.lineno
        assert not (isinstance(node, ast.Call) and getattr(node.func, "id", "") == "float"), node.lineno


def test_vietnamese_is_data(source):
    for number, line in enumerate(source.read_text(encoding="utf-8").splitlines(), start=1):
        # The unit that money is counted in may be named in docstrings.
        assert not VIETNAMESE & set(line.casefold()) or "đồng" in line, number


SLOW_TO_LOAD = frozenset({"dataclasses", "inspect", "tempfile", "zipfile", "lzma", "pickle", "hashlib"})


def test_checking_a_structured_report_loads_only_what_it_takes(tmp_path):
    report = ROOT / "examples" / "ha-trung-2023.yaml"
    script = (
        "import sys; from validator.cli.main import main\n"
        f"main(['check', {str(report)!r}, '--quiet']); print(*sorted(sys.modules))"
    )
    folders = {"VALIDATOR_CACHE": str(tmp_path / "packs"), "XDG_STATE_HOME": str(tmp_path / "state")}
    environment = {**os.environ, **folders}
    for _ in range(2):  # What compiles a pack takes more; the second run finds it compiled.
        command = [sys.executable, "-c", script]
        run = subprocess.run(command, capture_output=True, text=True, check=True, env=environment)
    assert not SLOW_TO_LOAD & set(run.stdout.splitlines()[-1].split())


def test_importing_the_package_is_light():
    script = "import sys, validator; print(*sorted({name.partition('.')[0] for name in sys.modules}))"
    run = subprocess.run([sys.executable, "-c", script], capture_output=True, text=True, check=True)
    assert not HEAVY & set(run.stdout.split())
