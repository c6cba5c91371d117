"""Numbers and dates are read exactly as they are written, or refused with a reason."""

from __future__ import annotations

from datetime import date
from fractions import Fraction
from pathlib import Path
from typing import Any

import pytest
import yaml
from hypothesis import given
from hypothesis import strategies as st

from validator.model.field import FieldType
from validator.model.problem import ValidatorError
from validator.model.quantity import Quantity
from validator.readers.notation import (
    LONGEST,
    Refusal,
    load_notation,
    parse_plain,
    read_plain,
)

TABLES: dict[str, list[dict[str, Any]]] = yaml.safe_load(
    Path(__file__).with_name("notation_cases.yaml").read_text(encoding="utf-8")
)
VI = load_notation()


def named(case: dict[str, Any]) -> str:
    return f"{case['raw']!r} as {case.get('type', 'date')}"


def assert_read(found: Quantity | Refusal, case: dict[str, Any]) -> None:
    if case["value"] is None:
        assert found is Refusal(case["reason"])
    else:
        wanted = Quantity(Fraction(case["value"]), Fraction(case["step"]), case.get("unit"))
        assert found == wanted


@pytest.mark.parametrize("case", TABLES["cases"], ids=named)
def test_written_numbers(case: dict[str, Any]) -> None:
    found = VI.read(case["raw"], FieldType(case["type"]), unit=case.get("declared"))
    assert_read(found, case)


@pytest.mark.parametrize("case", TABLES["plain"], ids=named)
def test_bare_numbers(case: dict[str, Any]) -> None:
    assert_read(read_plain(case["raw"], FieldType(case["type"])), case)


@pytest.mark.parametrize("case", TABLES["dates"], ids=named)
def test_dates(case: dict[str, Any]) -> None:
    found = VI.read_date(case["raw"])
    if case["date"] is None:
        assert found is Refusal(case["reason"])
        assert VI.parse_date(case["raw"]) is None
    else:
        assert found == VI.parse_date(case["raw"]) == date.fromisoformat(case["date"])


def test_parse_gives_nothing_for_a_refusal() -> None:
    assert VI.parse("49,14,52", FieldType.MONEY) is None
    assert parse_plain(".nan", FieldType.NUMBER) is None
    assert parse_plain("7", FieldType.COUNT) == Quantity(Fraction(7), Fraction(1))


@pytest.mark.parametrize("raw", ["9" * 5000, "1" + ".000" * 2000, "0," + "1" * 5000, "(" * 100_000])
def test_a_number_of_thousands_of_digits_is_refused_at_once(raw: str) -> None:
    assert VI.read(raw, FieldType.NUMBER) is Refusal.TOO_LONG
    assert read_plain(raw, FieldType.NUMBER) is Refusal.TOO_LONG
    assert VI.read_date(raw) is Refusal.TOO_LONG


def test_the_longest_number_is_read() -> None:
    found = VI.parse("9" * LONGEST, FieldType.COUNT)
    assert found is not None
    assert found.value == 10**LONGEST - 1


@pytest.mark.parametrize("raw", ["", "  ", "-", "–", "…", "...", "\u00a0"])
def test_marks_of_nothing(raw: str) -> None:
    assert VI.is_nothing(raw)


@pytest.mark.parametrize("raw", ["0", "không", "a"])
def test_what_is_written_is_not_nothing(raw: str) -> None:
    assert not VI.is_nothing(raw)


@pytest.mark.parametrize(
    ("raw", "wanted"),
    [("Có", True), ("x", True), ("true", True), ("không", False), ("No", False), ("7", None)],
)
def test_yes_and_no(raw: str, wanted: bool | None) -> None:  # noqa: FBT001
    assert VI.parse_boolean(raw) is wanted


def grouped(digits: str, separator: str) -> str:
    """Write a group separator between every three digits."""
    return f"{int(digits):,}".replace(",", separator)


@given(
    number=st.integers(min_value=0, max_value=10**15),
    decimals=st.text(alphabet="0123456789", max_size=6),
    separator=st.sampled_from([".", " ", "\u00a0", ""]),
    sign=st.sampled_from(["", "-", "−", "+"]),
)
def test_a_number_that_is_written_is_read_back(number: int, decimals: str, separator: str, sign: str) -> None:
    raw = sign + grouped(str(number), separator) + ("," + decimals if decimals else "")
    step = Fraction(1, 10 ** len(decimals))
    value = number + (int(decimals) * step if decimals else 0)
    wanted = Quantity(-value if sign in ("-", "−") else Fraction(value), step)
    assert VI.parse(raw, FieldType.NUMBER) == wanted


@given(
    number=st.integers(min_value=0, max_value=10**9),
    decimals=st.text(alphabet="0123456789", max_size=3),
    scale=st.sampled_from([("nghìn", 3), ("triệu", 6), ("tỷ", 9), ("tỉ", 9)]),
    currency=st.sampled_from(["", " đồng", " đ", " VNĐ"]),
)
def test_money_that_is_written_is_read_back(
    number: int, decimals: str, scale: tuple[str, int], currency: str
) -> None:
    word, power = scale
    raw = f"{number}{',' + decimals if decimals else ''} {word}{currency}"
    step = Fraction(10**power, 10 ** len(decimals))
    found = VI.parse(raw, FieldType.MONEY)
    assert found == Quantity(int(f"{number}{decimals}") * step, step, word + currency)


@given(st.text(max_size=300), st.sampled_from(FieldType))
def test_any_text_is_read_or_refused_and_never_raises(raw: str, kind: FieldType) -> None:
    assert isinstance(VI.read(raw, kind), Quantity | Refusal)
    assert isinstance(read_plain(raw, kind), Quantity | Refusal)
    assert isinstance(VI.read_date(raw), date | Refusal)


def test_a_notation_file_that_is_none_is_a_wrong_use(tmp_path: Path) -> None:
    path = tmp_path / "xx.yaml"
    path.write_text("decimal: ','\n", encoding="utf-8")
    with pytest.raises(ValidatorError) as raised:
        load_notation(str(path))
    assert raised.value.problem.code == "read/bad-notation"


def test_another_notation_is_only_another_file(tmp_path: Path) -> None:
    shipped = (Path(__file__).parents[2] / "rules/notation/vi.yaml").read_text(encoding="utf-8")
    path = tmp_path / "en.yaml"
    swapped = shipped.replace('decimal: ","', 'decimal: "."').replace('group: ["."]', 'group: [","]')
    path.write_text(swapped, encoding="utf-8")
    english = load_notation(str(path))
    assert english.parse("1,034.50", FieldType.NUMBER) == Quantity(Fraction(2069, 2), Fraction(1, 100))
