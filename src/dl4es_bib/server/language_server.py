"""The Language Server Protocol 3.17, over pygls: what :mod:`~dl4es_bib.server.analysis` says, sent to an editor.

It needs the extra ``lsp``. Nothing is written by the server itself: an editor makes the changes that are offered.
"""

from __future__ import annotations

import asyncio
from pathlib import Path
from typing import Final, TypeVar

from lsprotocol import types
from pygls.lsp.server import LanguageServer
from pygls.uris import to_fs_path
from pygls.workspace import TextDocument

from dl4es_bib._version import __version__
from dl4es_bib.check.rule import Replacement
from dl4es_bib.identify.citations.rename import Kind, kind_of
from dl4es_bib.model.errors import DL4ESBibError
from dl4es_bib.server.analysis import (
    Problem,
    hover,
    key_at,
    keys_begun,
    problems_in_bibliography,
    problems_in_document,
)
from dl4es_bib.server.workspace import Workspace

__all__ = ["make_server"]

_SEVERITIES: Final = {
    "error": types.DiagnosticSeverity.Error,
    "warning": types.DiagnosticSeverity.Warning,
    "note": types.DiagnosticSeverity.Information,
}
_SOURCE: Final = "dl4es-bib"
#: Longer documents are not looked at while somebody types.
_MAX_TEXT: Final = 20_000_000
#: Seconds after the last keystroke before a document is looked at.
_PAUSE: Final = 0.3
VERIFY: Final = "dl4es-bib.verify"

Result = TypeVar("Result")


class _Server(LanguageServer):
    """The server, and the problems of what is open."""

    def __init__(self) -> None:
        super().__init__("dl4es-bib", __version__)
        self.files = Workspace(self._text_of)
        self.problems: dict[str, tuple[Problem, ...]] = {}
        self.verified: dict[str, tuple[str, tuple[Problem, ...]]] = {}
        self.waiting: dict[str, asyncio.TimerHandle] = {}

    def _text_of(self, path: Path) -> str | None:
        for uri, document in self.workspace.text_documents.items():
            if to_fs_path(uri) == str(path):
                return str(document.source)
        return None

    def look(self, uri: str) -> None:
        """Find what is wrong in a document, and send it."""
        document = self.workspace.text_documents.get(uri)
        path = _path(uri)
        if document is None or path is None or len(document.source) > _MAX_TEXT:
            return
        kind = kind_of(path.name)
        try:
            library = self.files.library_of(path)
            if _is_bibliography(path):
                found = problems_in_bibliography(library)
            else:
                found = problems_in_document(document.source, kind, library) if kind is not None else ()
        except (DL4ESBibError, OSError) as error:
            self.window_log_message(types.LogMessageParams(types.MessageType.Warning, str(error)))
            return
        text, more = self.verified.get(uri, ("", ()))
        self.problems[uri] = (*found, *(more if text == document.source else ()))
        self.text_document_publish_diagnostics(
            types.PublishDiagnosticsParams(
                uri, [_diagnostic(document, problem) for problem in self.problems[uri]], document.version
            )
        )

    def look_soon(self, uri: str) -> None:
        """Find what is wrong once nobody types any more."""
        if (timer := self.waiting.pop(uri, None)) is not None:
            timer.cancel()
        self.waiting[uri] = asyncio.get_running_loop().call_later(_PAUSE, self.look, uri)


def make_server() -> LanguageServer:
    """The server, ready to be started with ``start_io``."""
    server = _Server()

    @server.feature(types.TEXT_DOCUMENT_DID_OPEN)
    def opened(params: types.DidOpenTextDocumentParams) -> None:
        server.look(params.text_document.uri)

    @server.feature(types.TEXT_DOCUMENT_DID_CHANGE)
    def changed(params: types.DidChangeTextDocumentParams) -> None:
        server.look_soon(params.text_document.uri)

    @server.feature(types.TEXT_DOCUMENT_DID_SAVE)
    def saved(params: types.DidSaveTextDocumentParams) -> None:
        for uri in list(server.workspace.text_documents):  # a saved library changes what is missing elsewhere
            server.look(uri)

    @server.feature(types.TEXT_DOCUMENT_DID_CLOSE)
    def closed(params: types.DidCloseTextDocumentParams) -> None:
        uri = params.text_document.uri
        server.problems.pop(uri, None)
        server.text_document_publish_diagnostics(types.PublishDiagnosticsParams(uri, []))

    @server.feature(types.TEXT_DOCUMENT_HOVER)
    def hovered(params: types.HoverParams) -> types.Hover | None:
        found = _key(server, params.text_document.uri, params.position)
        if found is None:
            return None
        document, (start, end), path = found
        text = hover(document.source[start:end], server.files.library_of(path))
        if not text:
            return None
        content = types.MarkupContent(types.MarkupKind.Markdown, text)
        return types.Hover(content, _range(document, start, end))

    @server.feature(types.TEXT_DOCUMENT_DEFINITION)
    def defined(params: types.DefinitionParams) -> types.Location | None:
        found = _key(server, params.text_document.uri, params.position)
        if found is None:
            return None
        document, (start, end), path = found
        held = server.files.library_of(path).find(document.source[start:end])
        if held is None:
            return None
        file, entry = held
        name, line = file.place_of(entry)
        place = types.Position(line - 1, 0)
        return types.Location(Path(name).absolute().as_uri(), types.Range(place, place))

    @server.feature(types.TEXT_DOCUMENT_COMPLETION, types.CompletionOptions(trigger_characters=["@", "`", ","]))
    def completed(params: types.CompletionParams) -> types.CompletionList | None:
        # Editors for LaTeX complete keys there (texlab); in Markdown, Quarto and MyST none does.
        path = _path(params.text_document.uri)
        if path is None or kind_of(path.name) not in {"markdown", "rst", "org"}:
            return None
        document = server.workspace.get_text_document(params.text_document.uri)
        before = document.source[: document.offset_at_position(params.position)]
        library = server.files.library_of(path)
        items = []
        for key, entry in keys_begun(before.rpartition("\n")[2], library):
            title = " ".join(entry.values().get("title", "").split())[:100]
            items.append(types.CompletionItem(key, kind=types.CompletionItemKind.Reference, detail=title))
        return types.CompletionList(False, items)

    @server.feature(types.TEXT_DOCUMENT_CODE_ACTION, types.CodeActionOptions([types.CodeActionKind.QuickFix]))
    def acted(params: types.CodeActionParams) -> list[types.CodeAction]:
        uri = params.text_document.uri
        document = server.workspace.get_text_document(uri)
        start = document.offset_at_position(params.range.start)
        end = document.offset_at_position(params.range.end)
        return [
            types.CodeAction(
                fix.title,
                kind=types.CodeActionKind.QuickFix,
                diagnostics=[_diagnostic(document, problem)],
                is_preferred=fix.is_safe,
                edit=types.WorkspaceEdit({uri: [_edit(document, change) for change in fix.changes]}),
            )
            for problem in server.problems.get(uri, ())
            if problem.start <= end and start <= problem.end
            for fix in problem.fixes
        ]

    @server.command(VERIFY)
    def verified(uri: str) -> int:
        """Verify the references of a file as it is on the disk; how many findings there are."""
        from dl4es_bib.server.verifying import problems_of

        document = server.workspace.get_text_document(uri)
        path = _path(uri)
        if path is None:
            return 0
        config, base = server.files.configuration(path)
        try:
            found = problems_of(path, document.source, config, base)
        except DL4ESBibError as error:
            server.window_show_message(types.ShowMessageParams(types.MessageType.Warning, error.message))
            return 0
        server.verified[uri] = (document.source, found)
        server.look(uri)
        return len(found)

    return server


def _key(server: _Server, uri: str, position: types.Position) -> tuple[TextDocument, tuple[int, int], Path] | None:
    """The key at a position: its document, its place there, and the path."""
    path = _path(uri)
    if path is None:
        return None
    document = server.workspace.get_text_document(uri)
    file = server.files.bibliography(path) if _is_bibliography(path) else None
    kind: Kind | None = kind_of(path.name)
    span = key_at(document.source, kind, document.offset_at_position(position), file)
    return (document, span, path) if span is not None else None


def _path(uri: str) -> Path | None:
    name = to_fs_path(uri) if uri.startswith("file:") else None
    return Path(name) if name else None


def _is_bibliography(path: Path) -> bool:
    return path.suffix.lower() in {".bib", ".bibtex"}


def _range(document: TextDocument, start: int, end: int) -> types.Range:
    return types.Range(document.client_position_at_offset(start), document.client_position_at_offset(end))


def _edit(document: TextDocument, change: Replacement) -> types.TextEdit:
    return types.TextEdit(_range(document, change.start, change.end), change.text)


def _diagnostic(document: TextDocument, problem: Problem) -> types.Diagnostic:
    return types.Diagnostic(
        _range(document, problem.start, problem.end),
        problem.message,
        severity=_SEVERITIES[problem.severity],
        code=problem.code,
        source=_SOURCE,
    )
