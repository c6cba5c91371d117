"""The ``validator`` command: finds the subcommand, and turns what goes wrong into words and exit codes.

Exit codes: 0 clean, 1 findings, 2 wrong use or could not run; 128 and its number after a signal.
"""

from __future__ import annotations

import gc
import os
import signal
import sys
from pathlib import Path
from typing import TYPE_CHECKING, Any

from validator.cli.arguments import LANGUAGES, Usage, parser

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    from validator.model.diagnostic import Diagnostic

CLEAN, FINDINGS, UNUSABLE = 0, 1, 2
_INTERRUPTED = 130


def entry_point() -> None:
    """Run the command that the shell named and leave the process with its exit code."""
    # One short run makes no cycles worth looking for; looking costs a tenth of its time.
    gc.set_threshold(100_000, 50, 50)
    _open_streams()
    _heed_signals()
    code = main(sys.argv[1:])
    # The end of the process clears memory; looking through it for cycles first would take a twentieth.
    gc.freeze()
    sys.exit(code)


def main(arguments: Sequence[str]) -> int:
    """Run a command line and return its exit code."""
    for stream in (sys.stdout, sys.stderr):
        reconfigure = getattr(stream, "reconfigure", None)
        if reconfigure is not None:
            reconfigure(encoding="utf-8", errors="replace")
    lang = _language(arguments)
    try:
        code = _run(arguments, lang)
        sys.stdout.flush()
    except KeyboardInterrupt:
        _complain("cli/interrupted", lang, {})
        return _INTERRUPTED
    except BrokenPipeError:
        # Whoever read the output has seen enough (`| head`); nothing more can be said to them.
        _forget_output()
        return UNUSABLE
    except OSError as fault:
        from validator.wording.in_language import fault_words

        _forget_output()
        _complain("cli/cannot-write", lang, {"detail": fault_words(fault, lang)})
        return UNUSABLE
    return code


def _run(arguments: Sequence[str], lang: str) -> int:
    from validator.model.problem import ValidatorError

    try:
        wanted = arguments[0] if arguments and not arguments[0].startswith("-") else ""
        options = parser(lang, wanted).parse_args(list(arguments) or ["--help"])
    except Usage as usage:
        _complain("cli/usage", lang, {"error": str(usage)})
        return UNUSABLE
    try:
        return _command(options.command)(options)
    except ValidatorError as error:
        _show_problems(error, options.lang)
        return UNUSABLE
    except Exception as error:
        # A fault of the system that names no file is one of the output: told by the caller.
        if os.environ.get("VALIDATOR_DEBUG") or (isinstance(error, OSError) and error.filename is None):
            raise
        _complain("cli/bug", lang, {"error": f"{type(error).__name__}: {error}"[:300]})
        return UNUSABLE


def _command(name: str) -> Callable[[Any], int]:
    """Return the function of a subcommand; only its module is imported."""
    from importlib import import_module

    run: Callable[[Any], int] = import_module(f"validator.cli.{name.replace('-', '_')}").run
    return run


def _language(arguments: Sequence[str]) -> str:
    """Return the language asked for, before the command line is parsed, for its own messages."""
    wanted = os.environ.get("VALIDATOR_LANG", "vi")
    for index, argument in enumerate(arguments):
        if argument.startswith("--lang="):
            wanted = argument.partition("=")[2]
        if argument == "--lang" and index + 1 < len(arguments):
            wanted = arguments[index + 1]
    return wanted if wanted in LANGUAGES else "vi"


def _show_problems(error: Any, lang: str) -> None:
    from validator.cli.problems import problems_text

    problems = getattr(error, "problems", (error.problem,))
    sys.stderr.write(problems_text(problems, lang))


def _complain(code: str, lang: str, args: dict[str, object]) -> None:
    from validator.wording.message import message, message_help

    help_text = message_help(code, lang, args)
    from validator.render.terminal import clean

    parts = (message(code, lang, args), help_text)
    sys.stderr.write("".join(clean(part) + "\n" for part in parts if part))


def _open_streams() -> None:
    """Put an empty file in the place of each stream that the shell closed."""
    for name, mode in (("stdin", "r"), ("stdout", "w"), ("stderr", "w")):
        if getattr(sys, name) is None:
            setattr(sys, name, Path(os.devnull).open(mode, encoding="utf-8"))  # noqa: SIM115 - until the end


def _heed_signals() -> None:
    """Let a signal that ends the process unwind it, so that no temporary file is left."""
    for name in ("SIGTERM", "SIGHUP"):
        number = getattr(signal, name, None)
        if number is not None and signal.getsignal(number) is signal.SIG_DFL:
            signal.signal(number, _stop)


def _stop(number: int, _frame: object) -> None:
    # Some send it twice, to the process and to its group; clearing up is not to be interrupted.
    signal.signal(number, signal.SIG_IGN)
    raise SystemExit(128 + number)


def _forget_output() -> None:
    """Send what is still to be written nowhere, so that the end of the process does not fail on it."""
    os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())


def is_given_up(diagnostic: Diagnostic) -> bool:
    """Whether this tells of a rule that was given up."""
    from validator.engine.result import TOO_MANY_STEPS

    return diagnostic.reason == TOO_MANY_STEPS
