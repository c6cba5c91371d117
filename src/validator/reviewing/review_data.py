"""What a review goes by beside rules: when many alike are noise, how many are ranked, what is low."""

from __future__ import annotations

from functools import cache
from typing import TYPE_CHECKING, Any

from validator.model.field import FieldType
from validator.model.record import record
from validator.readers.notation import load_notation
from validator.resources import load_words, rules_folder

if TYPE_CHECKING:
    from collections.abc import Mapping
    from fractions import Fraction


@record
class Threshold:
    """Below ``low`` a share is marked, below ``very_low`` strongly."""

    low: Fraction
    very_low: Fraction


@record
class ReviewData:
    """``noise_units`` and ``noise_part`` say how many units make a finding one to ask the rule about."""

    noise_units: int
    noise_part: Fraction
    ranked: int
    thresholds: Mapping[str, Mapping[str, Threshold]]


@cache
def load_review_data() -> ReviewData:
    """Return the data of ``rules/review``, read once."""
    data = load_words(rules_folder() / "review" / "review.yaml")
    noise = data["noise"]
    return ReviewData(
        noise_units=int(noise["units"]),
        noise_part=_share(noise["of_asked"]),
        ranked=int(data["ranked"]),
        thresholds={
            form: {
                path: Threshold(low=_share(each["low"]), very_low=_share(each["very_low"]))
                for path, each in fields.items()
            }
            for form, fields in data["thresholds"].items()
        },
    )


def _share(text: Any) -> Fraction:
    found = load_notation().parse(str(text), FieldType.PERCENT)
    if found is None:
        raise ValueError(text)
    return found.value
