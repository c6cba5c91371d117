"""Claims of a document as a table, in sentences, or as JSON."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from validator.claims.claim import Claim, ClaimKind, ClaimVerdict
from validator.claims.finding import claim_problems, claim_reason
from validator.claims.output import claims_json
from validator.diagnostics.message import message
from validator.diagnostics.problem import explain_problem
from validator.render.json import diagnostic_data, json_text
from validator.render.layout import clean, pad, width
from validator.render.place import place

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from validator.claims.find import ClaimsResult
    from validator.model.problem import Problem

_COLUMNS = ("verdict", "kind", "place", "numbers", "quote")
_WIDEST = {"place": 28, "numbers": 44}
_LEAST_QUOTE = 20
_GAP = "  "


def claims_text(
    result: ClaimsResult | None,
    problems: Sequence[Problem],
    lang: str,
    exit_code: int,
    *,
    unchecked: bool = False,
) -> str:
    """Render as JSON; of a file that cannot be read (None) the *problems* say why."""
    told = [diagnostic_data(explain_problem(each, lang), lang) for each in problems]
    found: dict[str, Any] = {"claims": []} if result is None else claims_json(result, unchecked=unchecked)
    return json_text({**found, "problems": told, "exit_code": exit_code})


def render_claims(
    result: ClaimsResult, form: str, lang: str, columns: int, *, unchecked: bool = False
) -> str:
    """Render in one of the forms ``table`` and ``plain``."""
    lines = list(_table(result, lang, columns) if form == "table" else _plain(result, lang))
    lines += _ending(result, lang)
    if unchecked:
        lines += _unchecked(result, lang)
    return "".join(line.rstrip() + "\n" for line in lines)


_ORDER = {
    ClaimVerdict.FAIL: 0,
    ClaimVerdict.TRUNCATED: 1,
    ClaimVerdict.UNDECIDED: 2,
    ClaimVerdict.FITS: 3,
    ClaimVerdict.PASS: 4,
}


def _worst_first(result: ClaimsResult) -> list[Claim]:
    """What a clerk must look at comes first; what agrees comes last, each in reading order."""
    return sorted(result.claims, key=lambda claim: _ORDER[claim.verdict])


def _word(key: str, lang: str, **args: object) -> str:
    return message(f"claims/{key}", lang, args)


def arithmetic(claim: Claim, lang: str) -> str:
    """The numbers of a claim as one line of arithmetic: ``794 ≠ 677 + 113 + 3``."""
    numbers = claim.numbers
    holds = claim.verdict in {ClaimVerdict.PASS, ClaimVerdict.FITS}
    equal = "=" if holds else "≈" if claim.verdict is ClaimVerdict.TRUNCATED else "≠"
    equal = "?" if claim.verdict is ClaimVerdict.UNDECIDED else equal
    match claim.kind:
        case ClaimKind.SUM:
            text = f"{numbers['total']} {equal} {' + '.join(numbers['parts'])}"
        case ClaimKind.PERCENT:
            text = f"{numbers['numerator']}/{numbers['denominator']} {equal} {numbers['stated']}%"
        case ClaimKind.LEQ:
            sign = "≤" if holds else ">"
            text = f"{numbers['smaller']} {sign} {numbers['larger']}"
        case ClaimKind.RESTATEMENT:
            text = f" {equal} ".join(numbers["values"])
        case ClaimKind.DATE:
            return str(numbers["text"])
        case ClaimKind.CITATION:
            return str(numbers["symbol"])
    return text.replace(".", ",") if lang == "vi" and ".." not in text else text


def _row(claim: Claim, lang: str) -> dict[str, str]:
    return {
        "verdict": _word(f"verdict-{claim.verdict.value}", lang),
        "kind": _word(f"kind-{claim.kind.value}", lang),
        "place": place(claim.location, lang),
        "numbers": arithmetic(claim, lang),
        "quote": clean(claim.quote),
    }


def _table(result: ClaimsResult, lang: str, columns: int) -> Iterator[str]:
    if not result.claims:
        return
    rows = [_row(claim, lang) for claim in _worst_first(result)]
    heading = {name: _word(f"heading-{name}", lang) for name in _COLUMNS}
    widths = {name: max(width(row[name]) for row in [heading, *rows]) for name in _COLUMNS}
    widths |= {name: min(widths[name], most) for name, most in _WIDEST.items()}
    rest = columns - sum(widths[name] + len(_GAP) for name in _COLUMNS[:-1])
    widths["quote"] = max(_LEAST_QUOTE, min(widths["quote"], rest))
    for row in [heading, *rows]:
        yield _GAP.join(pad(_cut(row[name], widths[name]), widths[name]) for name in _COLUMNS)
    yield ""


def _cut(text: str, columns: int) -> str:
    return text if width(text) <= columns else text[: columns - 1] + "…"


def _plain(result: ClaimsResult, lang: str) -> Iterator[str]:
    for claim in _worst_first(result):
        row = _row(claim, lang)
        yield f"{row['place']}: {row['verdict']}, {row['kind']}: {row['numbers']} — “{row['quote']}”"
        if (reason := claim_reason(claim)) is not None:
            told = explain_problem(reason, lang)
            yield f"  {told.title}. {told.help}"


def _ending(result: ClaimsResult, lang: str) -> Iterator[str]:
    if not result.claims:
        yield _word("none-found", lang)
    failing = len(claim_problems(result.claims))
    yield _word("failing", lang, failing=failing, total=len(result.claims))
    reach = result.reach
    yield _word(
        "reach",
        lang,
        numbers=reach.numbers,
        checked=reach.checked,
        claims=reach.claims,
        unchecked=reach.unchecked,
    )


def _unchecked(result: ClaimsResult, lang: str) -> Iterator[str]:
    yield _word("unchecked-heading", lang)
    for number in result.unchecked:
        yield f"  {place(number.location, lang)}: {number.text} — “{clean(number.quote)}”"
