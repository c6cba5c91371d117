"""The command line: subcommands and their options, worded from the catalogues."""

from __future__ import annotations

import argparse
from typing import NoReturn

from validator.diagnostics.message import message

LANGUAGES = ("vi", "en")


class Usage(Exception):  # noqa: N818 - wrong use of the command line, told and left by exit code 2
    """The command line cannot be understood; the text says why."""


class _Parser(argparse.ArgumentParser):
    def error(self, message: str) -> NoReturn:
        raise Usage(message)


def parser(lang: str) -> argparse.ArgumentParser:
    """Return the parser of the whole command line."""

    def word(key: str) -> str:
        return message(f"cli/{key}", lang)

    main = _Parser(prog="validator", description=word("about"))
    from validator import __version__

    main.add_argument("--version", action="version", version=f"validator {__version__}")
    commands = main.add_subparsers(dest="command", metavar="COMMAND", required=True)

    def command(name: str) -> argparse.ArgumentParser:
        about = word(f"about-{name}")
        found = commands.add_parser(name, help=about, description=about)
        found.add_argument("--lang", choices=LANGUAGES, default=lang if lang in LANGUAGES else "vi", help=word("option-lang"))
        return found

    check = command("check")
    check.add_argument("paths", nargs="+", metavar="PATH", help=word("option-paths"))
    _add_packs(check, word("option-pack"))
    check.add_argument("--select", action="append", default=[], metavar="RULE", help=word("option-select"))
    check.add_argument("--ignore", action="append", default=[], metavar="RULE", help=word("option-ignore"))
    check.add_argument(
        "--fail-on", choices=("error", "warning", "info", "never"), default="error", help=word("option-fail-on")
    )
    check.add_argument("--format", choices=("table", "plain", "json"), default=None, help=word("option-format"))
    check.add_argument("--verbose", "-v", action="store_true", help=word("option-verbose"))
    check.add_argument("--quiet", "-q", action="store_true", help=word("option-quiet"))
    check.add_argument("--no-color", action="store_true", help=word("option-no-color"))

    test = command("test")
    test.add_argument("packs", nargs="*", metavar="PACK", help=word("option-packs"))
    rules = command("rules")
    rules.add_argument("packs", nargs="*", metavar="PACK", help=word("option-packs"))
    rules.add_argument("--format", choices=("table", "json"), default="table", help=word("option-format"))
    explain = command("explain")
    explain.add_argument("rule", metavar="RULE", help=word("option-rule"))
    _add_packs(explain, word("option-pack"))
    schema = command("schema")
    which = schema.add_mutually_exclusive_group(required=True)
    which.add_argument("--pack", metavar="NAME|DIR", help=word("option-schema-pack"))
    which.add_argument("--packs", action="store_true", help=word("option-schema-packs"))
    which.add_argument("--result", action="store_true", help=word("option-schema-result"))
    command("functions")

    from validator.cli.claims import add_parser as add_claims

    add_claims(commands, lang)
    return main


def _add_packs(found: argparse.ArgumentParser, help_text: str) -> None:
    found.add_argument("--pack", action="append", default=[], metavar="NAME|DIR", help=help_text)
