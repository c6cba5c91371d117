"""What the source must and must not hold."""

from __future__ import annotations

import ast
import os
import re
import subprocess
import sys
import unicodedata
from dataclasses import dataclass
from functools import cached_property
from itertools import pairwise
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[2]
VIETNAMESE = set("ăâđêôơưàảãáạằẳẵắặầẩẫấậèẻẽéẹềểễếệìỉĩíịòỏõóọồổỗốộờởỡớợùủũúụừửữứựỳỷỹýỵ")
HEAVY = {
    "docx", "jinja2", "jsonschema", "lark", "lxml", "pypdfium2", "rapidfuzz", "rich", "xlsxwriter", "yaml",
}  # fmt: skip
LONGEST_FILE, LONGEST_FUNCTION = 400, 40
SAYS_NOTHING = {"utils", "util", "helpers", "helper", "common", "misc", "manager"}


@dataclass
class Source:
    path: Path

    @cached_property
    def lines(self):
        return self.path.read_text(encoding="utf-8").splitlines()

    @cached_property
    def nodes(self):
        return list(ast.walk(ast.parse("\n".join(self.lines))))

    def at(self, line, what=""):
        return f"{self.path.relative_to(ROOT)}:{line} {what}".rstrip()


@pytest.fixture(scope="module")
def sources():
    return [Source(path) for path in sorted((ROOT / "src").rglob("*.py"))]


def none_of(offences):
    """Fail with all that is wrong in all files, one a line."""
    if told := "\n".join(offences):
        pytest.fail(told, pytrace=False)


def test_a_file_holds_one_idea(sources):
    none_of(each.at(1, "says nothing") for each in sources if each.path.stem in SAYS_NOTHING)
    none_of(
        each.at(LONGEST_FILE + 1, f"of {len(each.lines)} lines")
        for each in sources
        if len(each.lines) > LONGEST_FILE
    )


def test_functions_are_short(sources):
    none_of(
        each.at(node.lineno, f"{node.name} has {node.end_lineno - node.lineno + 1} lines")
        for each in sources
        for node in each.nodes
        if isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef)
        and node.end_lineno - node.lineno >= LONGEST_FUNCTION
    )


def test_figures_of_a_text_are_divided_by_fraction_alone(sources):
    """They are whole numbers as often as not, and `/` would make a float of two of those."""

    def divides(node):
        is_quotient = isinstance(node, ast.BinOp) and isinstance(node.op, ast.Div)
        return is_quotient and not isinstance(getattr(node.right, "value", node.right), str | ast.JoinedStr)

    read = [each for each in sources if each.path.parent.name in {"claims", "text"}]
    none_of(each.at(node.lineno) for each in read for node in each.nodes if divides(node))


def test_no_binary_float(sources):
    def is_float(each, node):
        # Elsewhere words are compared, too, as suggestions are.
        is_exact = each.path.parent.name in {"engine", "model"} and each.path.name != "suggestion.py"
        is_written = isinstance(node, ast.Constant) and isinstance(node.value, float)
        return (is_exact and is_written) or (
            isinstance(node, ast.Call) and getattr(node.func, "id", "") == "float"
        )

    none_of(each.at(node.lineno) for each in sources for node in each.nodes if is_float(each, node))


def test_vietnamese_is_data(sources):
    none_of(
        each.at(number, line.strip())
        for each in sources
        for number, line in enumerate(each.lines, start=1)
        # The unit that money is counted in may be named in docstrings.
        if VIETNAMESE & set(line.casefold()) and "đồng" not in line
    )


KNOWN_NAMES = {".giai-trinh.yaml"}
"""Names of files that users know; they are written in the source as they are on the disk."""
WORD = re.compile(r"[a-z]+")


def folded_words():
    """Pairs of neighbouring words of the Vietnamese data without accents, and all words of the English."""
    messages, rules = ROOT / "src" / "validator" / "messages", ROOT / "rules"
    texts = {
        language: " . ".join(
            path.read_text(encoding="utf-8").casefold()
            for path in [*messages.glob(f"{language}/*.json"), *rules.glob(f"*/{language}.yaml")]
        )
        for language in ("vi", "en")
    }
    letters = unicodedata.normalize("NFD", texts["vi"]).replace("đ", "d")
    folded = "".join(letter for letter in letters if not unicodedata.combining(letter))
    pairs = {pair for part in re.split(r"[^a-z ]+", folded) for pair in pairwise(part.split())}
    return pairs, set(WORD.findall(texts["en"]))


def test_vietnamese_without_its_accents_is_data_too(sources):
    """No string holds two words in a row of the Vietnamese data, as folded text would be compared with."""
    pairs, english = folded_words()
    assert ("ho", "so") in pairs

    def is_folded(node):
        if not (isinstance(node, ast.Constant) and isinstance(node.value, str)):
            return False
        is_prose = "\n" in node.value or node.value.endswith(".") or node.value in KNOWN_NAMES
        near = set(pairwise(WORD.findall(node.value.casefold())))
        return not is_prose and any(set(pair) - english for pair in pairs & near)

    none_of(
        each.at(node.lineno, repr(node.value)) for each in sources for node in each.nodes if is_folded(node)
    )


SLOW_TO_LOAD = frozenset(
    {
        "dataclasses",
        "inspect",
        "tempfile",
        "zipfile",
        "lzma",
        "pickle",
        "hashlib",
        "calendar",
        "yaml",
        "lark",
        "rich",
    }
)
OF_DOCUMENTS = (
    "validator.claims",
    "validator.binding.",
    "validator.text",
    "validator.reviewing",
    "validator.lsp",
)
MOST_LOADED = 225
"""How many modules a check of a structured report may load, those of Python among them."""


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
    loaded = run.stdout.splitlines()[-1].split()
    assert not SLOW_TO_LOAD & set(loaded)
    assert not [name for name in loaded if name.startswith(OF_DOCUMENTS)]
    assert len(loaded) <= MOST_LOADED


def test_importing_the_package_is_light():
    script = "import sys, validator; print(*sorted({name.partition('.')[0] for name in sys.modules}))"
    run = subprocess.run([sys.executable, "-c", script], capture_output=True, text=True, check=True)
    assert not HEAVY & set(run.stdout.split())
