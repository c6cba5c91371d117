"""The command line: subcommands and their options, worded from the catalogues."""

from __future__ import annotations

import argparse
import re
from collections.abc import Callable
from typing import Any, NoReturn, cast

from validator.render.terminal import terminal_width
from validator.wording.message import message

# What argparse says → the key of our words; the named parts are put into them.
_FAULTS = (
    (r"the following arguments are required: (?P<names>.*)", "usage-required"),
    (
        r"argument (?P<name>\S+): invalid choice: (?P<given>'.*') \(choose from (?P<known>.*)\)",
        "usage-choice",
    ),
    (r"unrecognized arguments: (?P<names>.*)", "usage-unknown"),
    (r"one of the arguments (?P<names>.*) is required", "usage-one-of"),
    (r"argument (?P<name>\S+): expected (?:one|at least one) argument", "usage-no-value"),
    (r"argument (?P<name>\S+): not allowed with argument (?P<other>.*)", "usage-not-together"),
    (r"argument (?P<name>\S+): ignored explicit argument (?P<given>'.*')", "usage-takes-none"),
    (r"ambiguous option: (?P<name>\S+) could match (?P<known>.*)", "usage-ambiguous"),
)


def reworded(fault: str, word: Callable[..., str]) -> str:
    """Return what argparse complains of in our words; in its own where it says something new."""
    for pattern, key in _FAULTS:
        if found := re.fullmatch(pattern, fault, re.DOTALL):
            return word(key, **found.groupdict())
    return fault


def word_help(parser: argparse.ArgumentParser, word: Callable[..., str]) -> None:
    """Put our words into the headings of *parser*'s help and beside its help option."""
    parser._positionals.title = word("help-arguments")  # noqa: SLF001 - argparse has no other way
    parser._optionals.title = word("help-options")  # noqa: SLF001
    for action in parser._actions:  # noqa: SLF001
        if action.dest == "help":
            action.help = word("help-help")
        if action.dest == "version":
            action.help = word("help-version")


LANGUAGES = ("vi", "en")
COMPARED = ("table", "plain", "json")
"""The formats in which two versions are shown."""


class Usage(Exception):  # noqa: N818 - wrong use of the command line, told and left by exit code 2
    """The command line cannot be understood; the text says why."""


Word = Callable[..., str]


class _Parser(argparse.ArgumentParser):
    """A parser whose own words are those of the catalogue; *lang* is the language of them."""

    lang = "vi"
    late = ""
    """The last argument where it may be left out; argparse takes that before options only."""

    def parse_known_args(self, args: Any = None, namespace: Any = None) -> Any:  # type: ignore[explicit-override]
        found, rest = super().parse_known_args(args, namespace)
        if self.late and rest and not getattr(found, self.late) and not rest[0].startswith("-"):
            setattr(found, self.late, rest.pop(0))
        return found, rest

    def error(self, message: str) -> NoReturn:  # type: ignore[explicit-override]  # typing.override is 3.12's
        raise Usage(reworded(message, _word(self.lang)))

    def _get_formatter(self) -> argparse.HelpFormatter:  # type: ignore[explicit-override]
        # Each option asks for a formatter, which would load `shutil` to learn the width.
        return self.formatter_class(prog=self.prog, width=terminal_width(80) - 2)  # type: ignore[call-arg]

    def format_help(self) -> str:  # type: ignore[explicit-override]
        word_help(self, _word(self.lang))
        usage = super().format_usage()
        return super().format_help().replace(usage, self.format_usage(), 1)

    def format_usage(self) -> str:  # type: ignore[explicit-override]
        first = _word(self.lang)("help-usage") + " "
        return super().format_usage().replace("usage: ", first, 1)


def _word(lang: str) -> Word:
    def word(key: str, **args: str) -> str:
        return message(f"cli/{key}", lang, args)

    return word


def parser(lang: str, wanted: str = "") -> argparse.ArgumentParser:
    """Return the parser of the command line; only the options of the *wanted* subcommand are made."""
    word = _word(lang)
    main = _Parser(prog="validator", description=word("about"))
    main.lang = lang
    from validator.version import __version__

    main.add_argument("--version", action="version", version=f"validator {__version__}")
    commands = main.add_subparsers(dest="command", metavar="COMMAND", required=True)
    # Of a subcommand that is named, no other is asked for: not even their names are shown.
    made = {wanted: _COMMANDS[wanted]} if wanted in _COMMANDS else _COMMANDS
    for name, add_options in made.items():
        about = word(f"about-{name}")
        found = commands.add_parser(name, help=about, description=about)
        found.lang = lang
        if wanted in (name, ""):
            default = lang if lang in LANGUAGES else "vi"
            found.add_argument("--lang", choices=LANGUAGES, default=default, help=word("option-lang"))
            add_options(found, word)
    return main


def _check(found: argparse.ArgumentParser, word: Word) -> None:
    found.add_argument("paths", nargs="+", metavar="PATH", help=word("option-paths"))
    _packs_option(found, word)
    _choice_options(found, word)
    found.add_argument("--undecided", action="store_true", help=word("option-undecided"))
    _output_options(found, word)
    found.add_argument("--since", metavar="OLD", default="", help=word("option-since"))
    found.add_argument("--annotate", metavar="OUT", default="", help=word("option-annotate"))
    found.add_argument("--ticks", metavar="OUT", default="", help=word("option-ticks"))
    _archive_options(found, word)
    _given_options(found, word)


def _choice_options(found: argparse.ArgumentParser, word: Word) -> None:
    """Add which rules are run, from which severity on it matters, and how much is shown."""
    found.add_argument("--select", action="append", default=[], metavar="RULE", help=word("option-select"))
    found.add_argument("--ignore", action="append", default=[], metavar="RULE", help=word("option-ignore"))
    levels = ("error", "warning", "info", "never")
    found.add_argument("--fail-on", choices=levels, default="error", help=word("option-fail-on"))
    found.add_argument("--verbose", "-v", action="store_true", help=word("option-verbose"))
    found.add_argument("--quiet", "-q", action="store_true", help=word("option-quiet"))
    found.add_argument("--no-color", action="store_true", help=word("option-no-color"))
    found.add_argument("--no-claims", action="store_true", help=word("option-no-claims"))


def _read(found: argparse.ArgumentParser, word: Word) -> None:
    found.add_argument("path", metavar="FILE", help=word("option-document"))
    _packs_option(found, word)
    _given_options(found, word)
    found.add_argument("--format", choices=("yaml", "json"), default="yaml", help=word("option-read-format"))


def _output_options(found: argparse.ArgumentParser, word: Word) -> None:
    name = "FORMAT[=FILE]"
    found.add_argument("--format", action="append", default=[], metavar=name, help=word("option-formats"))
    found.add_argument("--output", metavar="FILE", default="", help=word("option-output"))


def _test(found: argparse.ArgumentParser, word: Word) -> None:
    found.add_argument("packs", nargs="*", metavar="PACK", help=word("option-packs"))
    _output_options(found, word)
    found.add_argument("--coverage", action="store_true", help=word("option-coverage"))
    found.add_argument("--mutate", action="store_true", help=word("option-mutate"))
    found.add_argument("--goal", type=int, default=0, metavar="PERCENT", help=word("option-goal"))


def _rules(found: argparse.ArgumentParser, word: Word) -> None:
    found.add_argument("packs", nargs="*", metavar="PACK", help=word("option-packs"))
    _packs_option(found, word)
    found.add_argument("--format", choices=("table", "json"), default="table", help=word("option-format"))


def _explain(found: argparse.ArgumentParser, word: Word) -> None:
    found.add_argument("rule", metavar="RULE", help=word("option-rule"))
    _packs_option(found, word)


def _explain_finding(found: argparse.ArgumentParser, word: Word) -> None:
    found.add_argument("path", metavar="PATH", help=word("option-explained-source"))
    found.add_argument("rule", nargs="?", default="", metavar="RULE", help=word("option-rule"))
    cast("_Parser", found).late = "rule"
    found.add_argument("--reason", default="", metavar="TEXT", help=word("option-reason"))
    found.add_argument("--all", action="store_true", help=word("option-explain-all"))
    found.add_argument("--sheet", default="", metavar="OUT.xlsx", help=word("option-sheet"))
    found.add_argument("--from", dest="filled", default="", metavar="SHEET.xlsx", help=word("option-from"))
    found.add_argument("--by", default="", metavar="NAME", help=word("option-by"))
    found.add_argument("--date", default="", metavar="YYYY-MM-DD", help=word("option-date"))
    found.add_argument("--field", default="", metavar="PATH", help=word("option-field"))
    found.add_argument("--replace", action="store_true", help=word("option-replace"))
    found.add_argument(
        "--with", dest="beside", action="append", default=[], metavar="FOLDER", help=word("option-beside")
    )
    _packs_option(found, word)
    _archive_options(found, word)
    _given_options(found, word)


def _schema(found: argparse.ArgumentParser, word: Word) -> None:
    which = found.add_mutually_exclusive_group(required=True)
    which.add_argument("--pack", metavar="NAME|DIR", help=word("option-schema-pack"))
    which.add_argument("--packs", action="store_true", help=word("option-schema-packs"))
    which.add_argument("--result", action="store_true", help=word("option-schema-result"))


def _lint(found: argparse.ArgumentParser, word: Word) -> None:
    found.add_argument("packs", nargs="*", metavar="PACK", help=word("option-packs"))
    found.add_argument("--fix", action="store_true", help=word("option-fix"))
    found.add_argument("--format", choices=("table", "plain", "json"), help=word("option-format"))
    found.add_argument(
        "--explanations", action="append", default=[], metavar="PATH", help=word("option-explanations")
    )
    levels = ("error", "warning", "info", "never")
    found.add_argument("--fail-on", choices=levels, default="warning", help=word("option-fail-on"))
    found.add_argument("--verbose", "-v", action="store_true", help=word("option-lint-verbose"))
    found.add_argument("--no-color", action="store_true", help=word("option-no-color"))
    found.add_argument("--reference", action="store_true", help=word("option-reference"))


def _fmt(found: argparse.ArgumentParser, word: Word) -> None:
    found.add_argument("packs", nargs="*", metavar="PACK", help=word("option-packs"))
    found.add_argument("--check", action="store_true", help=word("option-fmt-check"))


def _new(found: argparse.ArgumentParser, word: Word) -> None:
    found.add_argument("what", choices=("pack", "rule"), help=word("option-new-what"))
    found.add_argument("names", nargs="+", metavar="NAME", help=word("option-new-names"))
    found.add_argument("--from-form", metavar="FILE", help=word("option-from-form"))


def _functions(found: argparse.ArgumentParser, word: Word) -> None:
    """Take no options of its own."""


def _reference(found: argparse.ArgumentParser, word: Word) -> None:
    found.add_argument("page", metavar="PAGE", help=word("option-page"))


def _lsp(found: argparse.ArgumentParser, word: Word) -> None:
    """Take the option that editors give every language server."""
    found.add_argument("--stdio", action="store_true", help=word("option-stdio"))


def _archive_options(found: argparse.ArgumentParser, word: Word) -> None:
    """Add where earlier periods are, and through which list a unit is known there."""
    found.add_argument("--archive", metavar="DIR", default="", help=word("option-archive"))
    found.add_argument("--units", metavar="FILE", default="", help=word("option-units"))


def _given_options(found: argparse.ArgumentParser, word: Word) -> None:
    """Add what a person may know better than the file."""
    found.add_argument("--form", metavar="NAME", help=word("option-form"))
    found.add_argument("--unit", metavar="NAME", help=word("option-unit"))
    found.add_argument("--period", metavar="PERIOD", help=word("option-period"))
    found.add_argument("--ocr", action="store_true", help=word("option-ocr"))
    _limit_options(found, word)


def _limit_options(found: argparse.ArgumentParser, word: Word) -> None:
    """Add what reading one file may cost."""
    found.add_argument("--limit-seconds", metavar="SECONDS", help=word("option-limit-seconds"))
    found.add_argument("--limit-memory", metavar="MEGABYTES", help=word("option-limit-memory"))


def _claims(found: argparse.ArgumentParser, word: Word) -> None:
    found.add_argument("file", metavar="FILE", help=word("option-file"))
    found.add_argument("--format", choices=("table", "plain", "json"), help=word("option-format"))
    found.add_argument("--unchecked", action="store_true", help=word("option-unchecked"))
    found.add_argument("--no-color", action="store_true", help=word("option-no-color"))
    found.add_argument("--ocr", action="store_true", help=word("option-ocr"))
    _limit_options(found, word)


def _review(found: argparse.ArgumentParser, word: Word) -> None:
    found.add_argument("paths", nargs="+", metavar="FOLDER", help=word("option-folders"))
    found.add_argument("--units", metavar="FILE", default="", help=word("option-units"))
    found.add_argument("--archive", metavar="DIR", default="", help=word("option-archive"))
    found.add_argument("--period", metavar="PERIOD", default="", help=word("option-review-period"))
    found.add_argument("--form", metavar="NAME", help=word("option-review-form"))
    found.add_argument("--output-dir", metavar="DIR", default="", help=word("option-output-dir"))
    found.add_argument("--figures", metavar="OUT", default="", help=word("option-figures"))
    found.add_argument("--keep-active", action="store_true", help=word("option-keep-active"))
    found.add_argument("--ocr", action="store_true", help=word("option-ocr"))
    _limit_options(found, word)
    _packs_option(found, word)
    _choice_options(found, word)
    name = "FORMAT[=FILE]"
    found.add_argument(
        "--format", action="append", default=[], metavar=name, help=word("option-review-formats")
    )
    found.add_argument("--output", metavar="FILE", default="", help=word("option-output"))


def _accept(found: argparse.ArgumentParser, word: Word) -> None:
    found.add_argument("files", nargs="+", metavar="FILE", help=word("option-document"))
    found.add_argument("--archive", metavar="DIR", required=True, help=word("option-archive"))
    found.add_argument("--units", metavar="FILE", default="", help=word("option-units"))
    found.add_argument("--all-or-none", action="store_true", help=word("option-all-or-none"))
    _packs_option(found, word)
    _given_options(found, word)


def _units(found: argparse.ArgumentParser, word: Word) -> None:
    found.add_argument("list", metavar="LIST", help=word("option-list"))
    found.add_argument("--out", metavar="FILE", default="", help=word("option-units-out"))


def _compare(found: argparse.ArgumentParser, word: Word) -> None:
    found.add_argument("old", metavar="OLD", help=word("option-old"))
    found.add_argument("new", metavar="NEW", help=word("option-new"))
    _packs_option(found, word)
    found.add_argument("--format", choices=COMPARED, help=word("option-format"))
    found.add_argument("--no-claims", action="store_true", help=word("option-no-claims"))
    found.add_argument("--no-color", action="store_true", help=word("option-no-color"))
    _archive_options(found, word)
    _given_options(found, word)


def _rollup(found: argparse.ArgumentParser, word: Word) -> None:
    found.add_argument("paths", nargs="+", metavar="PATH", help=word("option-rollup-paths"))
    found.add_argument("--form", metavar="NAME", help=word("option-rollup-form"))
    _packs_option(found, word)
    found.add_argument("--units", metavar="FILE", help=word("option-rollup-units"))
    found.add_argument("--parent", metavar="UNIT_ID", help=word("option-rollup-parent"))
    found.add_argument("--period", metavar="PERIOD", help=word("option-rollup-period"))
    found.add_argument("--out", metavar="FILE", default="-", help=word("option-rollup-out"))
    found.add_argument("--form-file", metavar="BLANK", default="", help=word("option-rollup-form-file"))
    found.add_argument("--force", action="store_true", help=word("option-rollup-force"))
    found.add_argument("--ocr", action="store_true", help=word("option-ocr"))
    _limit_options(found, word)


def _packs_option(found: argparse.ArgumentParser, word: Word) -> None:
    found.add_argument("--pack", action="append", default=[], metavar="NAME|DIR", help=word("option-pack"))


_COMMANDS: dict[str, Callable[[argparse.ArgumentParser, Word], None]] = {
    "check": _check,
    "compare": _compare,
    "rollup": _rollup,
    "read": _read,
    "review": _review,
    "accept": _accept,
    "units": _units,
    "claims": _claims,
    "test": _test,
    "lint": _lint,
    "fmt": _fmt,
    "new": _new,
    "rules": _rules,
    "explain": _explain,
    "explain-finding": _explain_finding,
    "schema": _schema,
    "functions": _functions,
    "reference": _reference,
    "lsp": _lsp,
}
