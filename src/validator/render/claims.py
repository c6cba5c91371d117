"""Claims of a document as a table, in sentences, or as JSON."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from validator.claims.claim import Claim, ClaimKind, ClaimVerdict
from validator.claims.finding import claim_problems, claim_reason
from validator.claims.output import claims_json
from validator.diagnostics.problem import explain_problem
from validator.render.json import diagnostic_data, figures_data, json_text
from validator.render.option import Options
from validator.render.place import place
from validator.render.summary import figures
from validator.render.terminal import clean
from validator.wording.in_language import in_language
from validator.wording.message import message

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from validator.claims.find import ClaimsResult
    from validator.model.problem import Problem

_COLUMNS = ("verdict", "kind", "place", "numbers", "quote")


def claims_text(
    result: ClaimsResult | None,
    problems: Sequence[Problem],
    lang: str,
    exit_code: int,
    *,
    unchecked: bool = False,
) -> str:
    """Render as JSON; of a file that cannot be read (None) the *problems* say why."""
    told = [diagnostic_data(in_language(explain_problem(each), lang), lang) for each in problems]
    found: dict[str, Any] = {"claims": []} if result is None else claims_json(result, unchecked=unchecked)
    if result is not None and result.compared is not None:
        found["figures"] = figures_data(result.compared)
    return json_text({**found, "problems": told, "exit_code": exit_code})


def render_claims(result: ClaimsResult, form: str, options: Options, *, unchecked: bool = False) -> str:
    """Render in one of the forms ``table`` and ``plain``."""
    lang = options.lang
    lines = [*_ending(result, lang), *(_unchecked(result, lang) if unchecked else ())]
    if form == "table":
        return _table(result, lines, options)
    return "".join(line.rstrip() + "\n" for line in [*_plain(result, lang), *lines])


def _table(result: ClaimsResult, lines: list[str], options: Options) -> str:
    from validator.render.screen import drawn, styled, table

    made = table([_word(f"heading-{name}", options.lang) for name in _COLUMNS])
    for claim in _worst_first(result):
        row = _row(claim, options.lang)
        style = _STYLES.get(claim.verdict, "")
        made.add_row(*(styled(row[name], style if name == "verdict" else "") for name in _COLUMNS))
    return drawn([*([made] if result.claims else []), *map(styled, lines)], options)


_STYLES = {ClaimVerdict.FAIL: "error", ClaimVerdict.TRUNCATED: "warning", ClaimVerdict.FITS: "faint"}
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


def _plain(result: ClaimsResult, lang: str) -> Iterator[str]:
    for claim in _worst_first(result):
        row = _row(claim, lang)
        yield f"{row['place']}: {row['verdict']}, {row['kind']}: {row['numbers']} — “{row['quote']}”"
        if (reason := claim_reason(claim)) is not None:
            told = in_language(explain_problem(reason), lang)
            yield f"  {told.said}. {told.help}"


def _ending(result: ClaimsResult, lang: str) -> Iterator[str]:
    if not result.claims:
        yield _word("none-found", lang)
    failing = len(claim_problems(result.claims))
    if result.claims and not failing and not result.is_of_figures:
        yield _word("none-compared", lang)
    yield _word("failing", lang, failing=failing, total=len(result.claims))
    if result.compared is not None and (words := figures(result.compared, Options(lang=lang))):
        yield f"{words}."
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
