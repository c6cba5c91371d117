"""The language server: the only file that knows the protocol and its library."""

from __future__ import annotations

import asyncio
import os
import sys
from importlib.util import find_spec
from typing import TYPE_CHECKING, Any

from validator.diagnostics.problem import explain_problem
from validator.lsp.buffer import faults_by_file, files_shown, pack_folder, text_of
from validator.lsp.complete import offers
from validator.lsp.declaration import declaration
from validator.lsp.hover import hover
from validator.lsp.position import from_editor, lines_of, stretch_of, to_editor
from validator.lsp.rename import renamable, rename
from validator.lsp.view import view_of
from validator.model.location import Location
from validator.model.problem import Problem, ValidatorError
from validator.model.verdict import Severity
from validator.version import __version__
from validator.wording.in_language import in_language
from validator.wording.message import message

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

    from lsprotocol import types
    from pygls.lsp.server import LanguageServer

    from validator.lsp.position import Point, Stretch
    from validator.lsp.view import Shown, View

_KINDS = {
    "field": "Field",
    "column": "Field",
    "header": "Property",
    "table": "Struct",
    "definition": "Constant",
    "joined": "Variable",
    "function": "Function",
    "keyword": "Keyword",
}
QUIET_SECONDS = 0.15
"""How long nothing must be typed before the pack is read again."""


def serve(lang: str) -> None:
    """Serve an editor over standard input and output, in the words of *lang*, until it leaves.

    Raises ValidatorError where the extra is missing.
    """
    if find_spec("pygls") is None:
        raise ValidatorError(Problem(code="lsp/missing-extra", location=Location()))
    # The library closes what it writes to; the command still flushes its own output at the end.
    with os.fdopen(os.dup(sys.stdout.fileno()), "wb") as output:
        _server(lang).start_io(stdout=output)


def _server(lang: str) -> LanguageServer:
    from lsprotocol import types
    from pygls.lsp.server import LanguageServer

    server = LanguageServer("validator", __version__)
    session = _Session(server, lang)
    handlers: dict[str, Callable[[Any], Any]] = {
        types.TEXT_DOCUMENT_DID_OPEN: session.opened,
        types.TEXT_DOCUMENT_DID_SAVE: session.opened,
        types.TEXT_DOCUMENT_DID_CLOSE: session.opened,
        types.TEXT_DOCUMENT_DID_CHANGE: session.changed,
        types.WORKSPACE_DID_CHANGE_WATCHED_FILES: session.files_changed,
        types.TEXT_DOCUMENT_HOVER: session.hover,
        types.TEXT_DOCUMENT_DEFINITION: session.definition,
        types.TEXT_DOCUMENT_COMPLETION: session.complete,
        types.TEXT_DOCUMENT_PREPARE_RENAME: session.prepare_rename,
        types.TEXT_DOCUMENT_RENAME: session.rename,
    }
    options: dict[str, Any] = {
        types.TEXT_DOCUMENT_COMPLETION: types.CompletionOptions(trigger_characters=["."]),
        types.TEXT_DOCUMENT_RENAME: types.RenameOptions(prepare_provider=True),
    }
    for method, handler in handlers.items():
        server.feature(method, options.get(method))(_function(handler))
    return server


def _function(handler: Callable[[Any], Any]) -> Callable[[Any], Any]:
    """Return *handler* as a function of its own, on which the library may set attributes."""

    def handle(params: Any) -> Any:
        return handler(params)

    return handle


class _Session:
    """What an editor has open, and the faults that it was last told of."""

    def __init__(self, server: LanguageServer, lang: str) -> None:
        self._server = server
        self._lang = lang
        self._waiting: dict[Path, asyncio.TimerHandle] = {}
        self._told: dict[Path, set[str]] = {}

    def opened(self, params: Any) -> None:
        """Tell the faults of the pack of a file that was opened, saved or closed."""
        self._look_at(params.text_document.uri, delay=0)

    def changed(self, params: types.DidChangeTextDocumentParams) -> None:
        """Tell the faults of the pack of a file that is being typed in, once typing pauses."""
        self._look_at(params.text_document.uri, delay=QUIET_SECONDS)

    def files_changed(self, params: types.DidChangeWatchedFilesParams) -> None:
        """Tell the faults of the packs whose files changed on disk."""
        for event in params.changes:
            self._look_at(event.uri, delay=QUIET_SECONDS)

    def hover(self, params: types.HoverParams) -> types.Hover | None:
        """Return what is to be known of what stands at a place."""
        from lsprotocol import types

        asked = self._asked(params)
        found = hover(*asked, self._lang) if asked else None
        if asked is None or found is None:
            return None
        words = types.MarkupContent(kind=types.MarkupKind.Markdown, value=found[0])
        return types.Hover(contents=words, range=self._range(found[1], asked[1].lines))

    def definition(self, params: types.DefinitionParams) -> types.Location | None:
        """Return where what is named at a place is declared."""
        from lsprotocol import types

        asked = self._asked(params)
        found = declaration(*asked) if asked else None
        if found is None:
            return None
        file, stretch = found
        return types.Location(uri=self._uri_of(file.path), range=self._range(stretch, file.lines))

    def complete(self, params: types.CompletionParams) -> list[types.CompletionItem]:
        """Return what may be written at a place, best first."""
        from lsprotocol import types

        asked = self._asked(params)
        found = offers(*asked, self._lang) if asked else ()
        lines = asked[1].lines if asked else []
        return [
            types.CompletionItem(
                label=each.name,
                kind=types.CompletionItemKind[_KINDS[each.kind]],
                detail=each.detail or None,
                documentation=types.MarkupContent(kind=types.MarkupKind.Markdown, value=each.more)
                if each.more
                else None,
                sort_text=f"{rank:05}",
                text_edit=types.TextEdit(range=self._range(each.stretch, lines), new_text=each.name),
            )
            for rank, each in enumerate(found)
        ]

    def prepare_rename(self, params: types.PrepareRenameParams) -> types.PrepareRenamePlaceholder | None:
        """Return the rule's id at a place, which alone can be renamed."""
        from lsprotocol import types

        asked = self._asked(params)
        found = renamable(*asked) if asked else None
        if asked is None or found is None:
            return None
        place = self._range(found[1], asked[1].lines)
        return types.PrepareRenamePlaceholder(range=place, placeholder=found[0])

    def rename(self, params: types.RenameParams) -> types.WorkspaceEdit | None:
        """Return the edits that give a rule another id; an error tells why it cannot have it."""
        from lsprotocol import types
        from pygls.exceptions import JsonRpcInvalidParams

        asked = self._asked(params)
        found = rename(*asked, params.new_name) if asked else ()
        if isinstance(found, Problem):
            raise JsonRpcInvalidParams(message(found.code, self._lang, found.args))
        changes: dict[str, list[types.TextEdit]] = {}
        for edit in found:
            place = self._range(edit.stretch, edit.file.lines)
            changes.setdefault(self._uri_of(edit.file.path), []).append(types.TextEdit(place, edit.text))
        if not self._knows_versions():
            return types.WorkspaceEdit(changes=changes)
        # An editor refuses what was worked out from an older text than it has by now.
        return types.WorkspaceEdit(
            document_changes=[
                types.TextDocumentEdit(
                    types.OptionalVersionedTextDocumentIdentifier(uri, self._version_of(uri)), list(edits)
                )
                for uri, edits in changes.items()
            ]
        )

    def _knows_versions(self) -> bool:
        found = self._server.client_capabilities.workspace
        return bool(found and found.workspace_edit and found.workspace_edit.document_changes)

    def _version_of(self, uri: str) -> int | None:
        document = self._server.workspace.text_documents.get(uri)
        return None if document is None else document.version

    def _asked(self, params: Any) -> tuple[View, Shown, Point] | None:
        """Return the pack, the file and the point that a request is about; None if it is no pack's file."""
        path = _path_of(params.text_document.uri)
        folder = pack_folder(path, self._buffers()) if path else None
        if path is None or folder is None:
            return None
        view = view_of(folder, files_shown(folder, self._buffers())[0])
        file = view.files.get(path)
        if file is None:
            return None
        at = params.position
        return view, file, from_editor(at.line, at.character, file.lines, self._encoding())

    def _look_at(self, uri: str, delay: float) -> None:
        path = _path_of(uri)
        folder = pack_folder(path, self._buffers()) if path else None
        if folder is None:
            return
        waiting = self._waiting.pop(folder, None)
        if waiting is not None:
            waiting.cancel()
        loop = asyncio.get_running_loop()
        self._waiting[folder] = loop.call_later(delay, self._tell, folder)

    def _tell(self, folder: Path) -> None:
        """Publish the faults of each file of a pack; files that had some and have none now as well."""
        self._waiting.pop(folder, None)
        files, unreadable = files_shown(folder, self._buffers())
        found = faults_by_file(folder, files, unreadable)
        texts = {file.path: lines_of(text_of(file)) for file in files}
        told = self._told.get(folder, set())
        self._told[folder] = {path for path, problems in found.items() if problems}
        for path in sorted(found.keys() | told):
            self._publish(path, found.get(path, ()), texts.get(path, []))

    def _publish(self, path: str, problems: tuple[Problem, ...], lines: list[str]) -> None:
        from lsprotocol import types

        diagnostics = [self._diagnostic(problem, lines) for problem in problems]
        params = types.PublishDiagnosticsParams(uri=self._uri_of(path), diagnostics=diagnostics)
        self._server.text_document_publish_diagnostics(params)

    def _diagnostic(self, problem: Problem, lines: list[str]) -> types.Diagnostic:
        from lsprotocol import types

        told = in_language(explain_problem(problem), self._lang)
        severities = {
            Severity.ERROR: types.DiagnosticSeverity.Error,
            Severity.WARNING: types.DiagnosticSeverity.Warning,
            Severity.INFO: types.DiagnosticSeverity.Information,
        }
        return types.Diagnostic(
            range=self._range(stretch_of(problem.location, lines), lines),
            message="\n".join(part for part in (told.title, told.help) if part),
            severity=severities[problem.severity],
            code=problem.code,
            source="validator",
        )

    def _range(self, stretch: Stretch, lines: list[str]) -> types.Range:
        from lsprotocol import types

        encoding = self._encoding()
        start = types.Position(*to_editor(stretch.start, lines, encoding))
        return types.Range(start=start, end=types.Position(*to_editor(stretch.end, lines, encoding)))

    def _encoding(self) -> str:
        encoding = self._server.workspace.position_encoding
        return str(getattr(encoding, "value", encoding))

    def _buffers(self) -> dict[str, str]:
        """Return the texts that are open, by path."""
        documents = self._server.workspace.text_documents
        paths = {uri: _path_of(uri) for uri in documents}
        return {path: documents[uri].source for uri, path in paths.items() if path}

    def _uri_of(self, path: str) -> str:
        """Return the address of a file, as the editor writes it if it has the file open."""
        from pygls.uris import from_fs_path

        for uri in self._server.workspace.text_documents:
            if _path_of(uri) == path:
                return str(uri)
        return str(from_fs_path(path) or "")


def _path_of(uri: str) -> str | None:
    """Return the path of a file's address, None for what is no file."""
    from pygls.uris import to_fs_path

    return to_fs_path(uri)
