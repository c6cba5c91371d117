"""Old and open office formats → `Document`, by way of LibreOffice where it is installed.

The program works on a copy, in a profile of its own that is thrown away: nothing of the user's
settings is touched, macros do not run, and nothing that the file names elsewhere – pictures,
sections, templates, data – is fetched.
"""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
from contextlib import contextmanager
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import TYPE_CHECKING

from validator.leftovers import PREFIX, sweep_folders
from validator.model.record import evolve
from validator.readers import formats as media
from validator.readers.conversion import run_program
from validator.readers.reader import Unreadable, reader_for

if TYPE_CHECKING:
    from collections.abc import Iterator

    from validator.readers.reader import DocumentResult, Input


_PROGRAMS = ("soffice", "libreoffice")
_MAC_PROGRAM = "/Applications/LibreOffice.app/Contents/MacOS/soffice"
# What is set in the profile. The files named in a document are those of a stranger: only documents in
# trusted places, of which there are none, may have them fetched.
_SETTINGS = (
    ("org.openoffice.Office.Common/Security/Scripting", "BlockUntrustedRefererLinks", "true"),
    ("org.openoffice.Office.Common/Security/Scripting", "DisableMacrosExecution", "true"),
    ("org.openoffice.Office.Common/Security/Scripting", "DisableActiveContent", "true"),
    ("org.openoffice.Office.Common/Security/Scripting", "DisablePythonRuntime", "true"),
    ("org.openoffice.Office.Common/Security/Scripting", "MacroSecurityLevel", "3"),
    ("org.openoffice.Office.Common/Security/LoadExchange", "LinkUpdateMode", "2"),
    ("org.openoffice.Office.Writer/Content/Update", "Link", "0"),
    ("org.openoffice.Office.Calc/Content/Update", "Link", "1"),
    ("org.openoffice.Office.Common/Misc", "CrashReport", "false"),
    ("org.openoffice.Inet/Settings", "ooInetProxyType", "2"),
    ("org.openoffice.Inet/Settings", "ooInetHTTPProxyName", "127.0.0.1"),
    ("org.openoffice.Inet/Settings", "ooInetHTTPProxyPort", "9"),
    ("org.openoffice.Inet/Settings", "ooInetHTTPSProxyName", "127.0.0.1"),
    ("org.openoffice.Inet/Settings", "ooInetHTTPSProxyPort", "9"),
)


def read(given: Input) -> DocumentResult:
    """Read a document that LibreOffice has to convert first."""
    form = media.FORMATS[given.media_type]
    suffix, media_type = form.converted_from, form.converted_to
    target = media.FORMATS[media_type].suffixes[0].removeprefix(".")
    program = _program()
    if program is None:
        return given.refusal("needs-libreoffice", format=f".{suffix}")
    seconds = given.limits.conversion_seconds
    with _converted(given.path, program, suffix, target, seconds) as copy:
        reader = reader_for(media_type)
        if reader is None:
            raise Unreadable("unknown-format")
        result = reader(evolve(given, path=copy, media_type=media_type))
    if result.document is None:
        return result
    return evolve(result, document=evolve(result.document, media_type=given.media_type))


def _program() -> str | None:
    """Return where LibreOffice is, or None."""
    for name in _PROGRAMS:
        found = shutil.which(name)
        if found is not None:
            return found
    return _MAC_PROGRAM if sys.platform == "darwin" and Path(_MAC_PROGRAM).exists() else None


@contextmanager
def _converted(path: Path, program: str, suffix: str, target: str, seconds: int) -> Iterator[Path]:
    """Give a converted copy of *path*, and remove all that was made for it afterwards."""
    sweep_folders()
    with TemporaryDirectory(prefix=PREFIX) as folder:
        work = Path(folder)
        # A neutral name: that of the user's file may begin with a dash or hold odd characters.
        source = work / f"document.{suffix}"
        shutil.copyfile(path, source)
        out = work / "out"
        _write_profile(work / "profile")
        command = [
            program,
            f"-env:UserInstallation={(work / 'profile').as_uri()}",
            "--headless",
            "--nologo",
            "--norestore",
            "--convert-to",
            target,
            "--outdir",
            str(out),
            str(source),
        ]
        _run(command, work, seconds)
        converted = out / f"document.{target}"
        if not converted.is_file():
            raise Unreadable("conversion-failed")
        yield converted


def _write_profile(folder: Path) -> None:
    """Write the settings of a profile that fetches nothing and runs nothing."""
    items = "".join(
        f'<item oor:path="/{path}"><prop oor:name="{name}" oor:op="fuse"><value>{value}</value></prop></item>'
        for path, name, value in _SETTINGS
    )
    file = folder / "user" / "registrymodifications.xcu"
    file.parent.mkdir(parents=True)
    file.write_text(
        '<?xml version="1.0" encoding="UTF-8"?><oor:items xmlns:oor="http://openoffice.org/2001/registry">'
        f"{items}</oor:items>",
        encoding="utf-8",
    )


def _run(command: list[str], work: Path, seconds: int) -> None:
    """Run LibreOffice within bounded time."""
    environment = os.environ | {"HOME": str(work), "SAL_USE_VCLPLUGIN": "svp"}
    try:
        run_program(command, seconds, environment)
    except subprocess.TimeoutExpired as fault:
        raise Unreadable("conversion-timeout", seconds=seconds) from fault
