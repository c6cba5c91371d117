"""Gives an explanation of one finding: finds it, and files the explanation beside the report."""

from __future__ import annotations

import unicodedata
from typing import TYPE_CHECKING

from validator.checking.explanation import Judged, known_rules
from validator.checking.file import check_sent
from validator.checking.reasons import Reason, file_reasons, refusal
from validator.diagnostics.waiver import is_open_to_explanation
from validator.engine.join import sources_of
from validator.lang.scope import CHILDREN
from validator.model.record import record
from validator.model.suggestion import nearest
from validator.model.verdict import Verdict
from validator.model.words import say, together
from validator.packs.forms import load_pack, packs_for
from validator.readers.kind import is_document
from validator.submissions.gathering import Sent
from validator.submissions.reading import read

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence
    from datetime import date
    from pathlib import Path

    from validator.diagnostics.waiver import Rules
    from validator.model.diagnostic import Diagnostic, FileResult
    from validator.model.explanation import Explanation
    from validator.packs.pack import RulePack
    from validator.submissions.choice import Choice

_MOST_SHOWN = 12
_MOST_TRIES = 10


@record
class Wanted:
    """What a person explains: the rule by any of its names, which finding, why, who and when.

    ``which`` is the path of a figure, its place in the report (``scores[3].deducted``), the code
    of a row, or the number of the finding; it may be empty where the rule has one finding.
    ``replace`` puts the explanation in the place of one that is there for the same finding.
    """

    rule: str
    which: str = ""
    reason: str
    author: str = ""
    given_on: date | None = None
    replace: bool = False


def explain(path: Path, wanted: Wanted, choice: Choice, told: FileResult | None = None) -> Path:
    """File an explanation of a finding on the report at *path*; return the file that holds it.

    The findings are those of *told* if the report was judged together with others, else of the
    report by itself.

    Raises `ValidatorError` if there is no such finding, if it must be corrected or is explained
    already, and if the file of explanations cannot be written.
    """
    reason = one_line(wanted.reason)
    if not reason:
        raise refusal("waiver/no-reason")
    result = told or check_sent(Sent(name=str(path), source=path), choice).result
    if not result.judged:
        detail = next((each.title for each in result.diagnostics), "")
        raise refusal("waiver/not-judged", path=str(path), detail=detail)
    packs = packs_for(result.form, choice.packs)
    rules = known_rules(Judged(packs=packs), choice)
    if told is None:
        _refuse_alone(result, wanted, rules.ids(wanted.rule), packs)
    among = _findings(result, wanted, rules)
    found = _chosen(among, wanted)
    given = Reason(
        report=path,
        found=found,
        among=tuple(among),
        rules=rules,
        text=reason,
        author=one_line(wanted.author),
        given_on=wanted.given_on,
        path=_path(found, wanted),
        in_report=in_report(path, choice),
    )
    return file_reasons((given,), replace=wanted.replace).files[0]


def _refuse_alone(result: FileResult, wanted: Wanted, ids: Sequence[str], packs: Iterable[RulePack]) -> None:
    """Refuse a rule that decides nothing because the reports that it looks at are not at hand."""
    verdicts = {each.verdict for each in result.diagnostics if each.id in ids}
    if verdicts - {Verdict.UNDECIDED} or not {*ids}.isdisjoint(result.passed):
        return
    rules = (rule for pack in packs for rule in pack.rules if rule.full_id in ids)
    sources = frozenset(source for rule in rules for source in sources_of(rule))
    if sources & {CHILDREN, "parent"}:
        raise refusal("waiver/needs-company", rule=wanted.rule, path=result.path)
    if sources:
        raise refusal("waiver/needs-periods", rule=wanted.rule, path=result.path)


def _findings(result: FileResult, wanted: Wanted, rules: Rules) -> list[Diagnostic]:
    """Return the findings of the rule, or refuse a rule that has none."""
    ids = rules.ids(wanted.rule)
    _refuse_notes(result, wanted, rules)
    told = [each for each in result.diagnostics if each.id in ids]
    failed = [each for each in told if each.verdict is Verdict.FAIL]
    if failed:
        return failed
    if told:
        detail = told[0].explanation
        raise refusal("waiver/undecided", rule=wanted.rule, path=result.path, detail=detail)
    if wanted.rule not in rules.names:
        near = nearest(wanted.rule, rules.names)
        code = "cli/unknown-rule" if near else "cli/unknown-rule-plain"
        raise refusal(code, rule=wanted.rule, suggestion=near)
    raise refusal("waiver/agrees", rule=wanted.rule, path=result.path)


def _refuse_notes(result: FileResult, wanted: Wanted, rules: Rules) -> None:
    """Refuse what the program remarks and no rule finds; what may be explained instead is named."""
    names = {each.id for each in result.diagnostics if each.topic == "joined"}
    names |= {each.partition("/")[2] for each in names}
    if wanted.rule in rules.names or wanted.rule not in names:
        return
    softened = dict.fromkeys(each.id for each in result.diagnostics if each.reason == "corrected")
    raise refusal("waiver/is-a-note", rule=wanted.rule, suggestion=", ".join(softened))


def _chosen(among: list[Diagnostic], wanted: Wanted) -> Diagnostic:
    """Return the one finding that is meant, or refuse one that may not be explained."""
    meant = [each for each in among if wanted.which in ("", *_names(each))]
    if not meant and wanted.which.isascii() and wanted.which.isdigit():
        meant = among[int(wanted.which) - 1 : int(wanted.which)] if int(wanted.which[:9]) else []
    if not meant:
        args = {"rule": wanted.rule, "field": wanted.which, "known": _listed(among, among)}
        raise refusal("waiver/agrees-there", **args)
    soft = [each for each in meant if is_open_to_explanation(each)]
    if not soft:
        raise refusal("waiver/must-be-corrected", detail=_words(meant[0]))
    if len(soft) > 1:
        raise refusal(
            "waiver/which",
            rule=wanted.rule,
            count=len(soft),
            known=_listed(soft, among),
            example=_name(soft[0], among),
        )
    return soft[0]


def _names(found: Diagnostic) -> list[str]:
    """Return what a finding may be called by, the path of its first figure first."""
    places = [label.location for label in found.fields]
    pointers = [place.pointer for place in places if place.pointer]
    rows = [place.row_code for place in places if place.row_code]
    return [*(label.path for label in found.of_fields), *pointers, *rows]


def _name(found: Diagnostic, among: list[Diagnostic]) -> str:
    """Return the shortest name that no other finding of the rule has, else its number."""
    others = {name for each in among if each is not found for name in _names(each)}
    return next((name for name in _names(found) if name not in others), str(among.index(found) + 1))


def _listed(shown: list[Diagnostic], among: list[Diagnostic]) -> str:
    lines = [
        say("waiver/which-line", {"field": _name(each, among), "detail": _words(each)})
        for each in shown[:_MOST_SHOWN]
    ]
    more = len(shown) - _MOST_SHOWN
    return together([*lines, f"… (+{more})" if more > 0 else ""], "; ")


def _words(found: Diagnostic) -> str:
    return found.explanation or found.title


def _path(found: Diagnostic, wanted: Wanted) -> str:
    paths = [label.path for label in found.fields]
    return wanted.which if wanted.which in paths else next(iter(paths), "")


def in_report(path: Path, choice: Choice) -> tuple[Explanation, ...]:
    """Return the explanations that a structured report holds itself."""
    if is_document(path):
        return ()
    packs = tuple(load_pack(folder) for folder in choice.packs)
    report = read(path, str(path), packs, choice.given).report
    return report.explanations if report else ()


def one_line(text: str) -> str:
    """Return *text* on one line, composed, with nothing in it that is no character of a text."""
    line = unicodedata.normalize("NFC", " ".join(text.split()))
    return "".join(each if each.isprintable() else "\ufffd" for each in line)
