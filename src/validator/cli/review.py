"""``validator review FOLDER…``: one picture of the reports of many units, and what goes back to each."""

from __future__ import annotations

import sys
from pathlib import Path
from typing import TYPE_CHECKING, Any

from validator.api import load_pack, review, write_review
from validator.cli.check import text_layout
from validator.cli.given import require_archive, require_form
from validator.cli.main import CLEAN, FINDINGS, UNUSABLE
from validator.cli.output import outputs, write_outputs
from validator.cli.progress import progress_bar
from validator.cli.target import inputs_of, refuse_inputs
from validator.model.limits import limits_of
from validator.model.review import Standing
from validator.render.terminal import clean
from validator.wording.message import message

if TYPE_CHECKING:
    from validator.cli.output import Content
    from validator.model.review import Review, Tally
    from validator.render.option import Options

FORMATS = ("table", "plain", "json", "html", "xlsx")


def run(options: Any) -> int:
    """Run the command and return its exit code."""
    default = "table" if sys.stdout.isatty() else "plain"
    chosen = outputs(options, FORMATS, default)
    require_archive(options.archive)
    refuse_inputs((*(each.file for each in chosen), options.figures), inputs_of(options))
    if options.output_dir:
        _refuse_submitted(options)
    if options.figures:
        _require_free(options)
    packs = [load_pack(name) for name in options.pack]
    require_form(options.form, options.pack)
    with progress_bar(wanted=not options.quiet) as progress:
        found = review(
            options.paths,
            units=options.units or None,
            archive=options.archive,
            period=options.period or None,
            form=options.form,
            packs=packs,
            select=options.select,
            ignore=options.ignore,
            lang=options.lang,
            claims=not options.no_claims,
            ocr=options.ocr,
            limits=limits_of(options.limit_seconds, options.limit_memory),
            progress=progress,
        )
    code = exit_code(found, options.fail_on)
    shown, filed = text_layout(options), text_layout(options, terminal=False)
    write_outputs(chosen, lambda each: rendered(found, each.format, filed if each.file else shown, code))
    if options.output_dir:
        _return(found, options)
    if options.figures:
        _write_figures(found, options)
    return code


def rendered(found: Review, form: str, options: Options, code: int | None = None) -> Content:
    """Return a review in one of ``FORMATS``; *code* is what the command ends with."""
    match form:
        case "table":
            from validator.render.review_table import review_table

            return review_table(found, options)
        case "plain":
            from validator.render.review_plain import review_plain

            return review_plain(found, options)
        case "json":
            from validator.render.review_json import review_json

            return review_json(found, code)
        case "html":
            from validator.render.review_html import review_html

            return review_html(found)
        case _:
            from validator.render.matrix_xlsx import matrix_xlsx

            return matrix_xlsx(found, {})


def _refuse_submitted(options: Any) -> None:
    from validator.outgoing.returning import refuse_submitted

    refuse_submitted(Path(options.output_dir), options.paths)


def _require_free(options: Any) -> None:
    """Refuse a sheet of figures that cannot be written before the work begins."""
    from validator.outgoing.figures import require_free

    require_free(Path(options.figures))


def _write_figures(found: Review, options: Any) -> None:
    from validator.outgoing.figures import write_figures

    done = write_figures(found, options.figures, packs=options.pack)
    if not options.quiet:
        key = "written-gone" if done.gone else "written-kept" if done.kept else "written"
        args = {"path": options.figures, "count": done.kept, "gone": done.gone}
        sys.stdout.write(clean(message(f"figures/{key}", options.lang, args)) + "\n")


def _return(found: Review, options: Any) -> None:
    done = write_review(found, options.output_dir, sources=options.paths, keep_active=options.keep_active)
    for problem in done.problems:
        sys.stderr.write(clean(message(problem.code, options.lang, problem.args)) + "\n")
    if not options.quiet:
        args = {"count": len(done.paths), "folder": options.output_dir}
        args |= {"letters": str(done.letters), "list": str(done.list)}
        sys.stdout.write(clean(message("review/written", options.lang, args)) + "\n")


def exit_code(found: Review, fail_on: str) -> int:
    """Return 2 if nothing could be judged or a rule not be run, 1 for findings at or over *fail_on*, else 0.

    Files that could not be read are errors, as they are for ``check``; what was explained is no finding.
    """
    besides = found.found_in_unread
    is_judged = any(row.standing is Standing.SUBMITTED for row in found.units) or besides.has_findings
    if found.given_up or not is_judged:
        return UNUSABLE
    kinds = {"error": 1, "warning": 2, "info": 3, "never": 0}[fail_on]
    counts = (_open(tally)[:kinds] for row in found.units for tally in row.tallies.values())
    unread = bool(kinds) and bool(found.unread)
    return FINDINGS if unread or any(map(any, counts)) else CLEAN


def _open(tally: Tally) -> tuple[int, int, int]:
    return tally.errors, tally.warnings, tally.infos
