"""The Language Server Protocol 3.17, over pygls: what :mod:`~dl4es_bib.server.analysis` says, sent to an editor.

It needs the extra ``lsp``. Nothing is written by the server itself: an editor makes the changes that are offered.
"""

from __future__ import annotations

import asyncio
import threading
from collections.abc import Callable
from contextlib import suppress
from pathlib import Path
from typing import Any, Final, TypeVar

from lsprotocol import types
from pygls.lsp.server import LanguageServer
from pygls.uris import to_fs_path

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
from dl4es_bib.server.positions import Positions
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
    """The server, and the problems of what is open.

    Whatever takes long is done in a thread, so that the server hears of each keystroke meanwhile. An editor sends whole
    texts: pygls counts more characters as line ends than the protocol does, and would put changes into wrong places.
    """

    def __init__(self) -> None:
        super().__init__("dl4es-bib", __version__, types.TextDocumentSyncKind.Full)
        self.files = Workspace(self._text_of)
        #: The problems of each document, with the text that has them.
        self.problems: dict[str, tuple[str, tuple[Problem, ...]]] = {}
        self.verified: dict[str, tuple[str, tuple[Problem, ...]]] = {}
        self.waiting: dict[str, asyncio.TimerHandle] = {}
        self.busy: set[str] = set()
        self.again: set[str] = set()
        self.tasks: set[asyncio.Task[None]] = set()

    def _text_of(self, path: Path) -> str | None:
        for uri, document in list(self.workspace.text_documents.items()):
            if _path(uri) == path:
                return str(document.source)
        return None

    def positions(self, text: str) -> Positions:
        """The lines of a text, counted as the editor counts."""
        return Positions(text, str(getattr(self.workspace.position_encoding, "value", "utf-16")))

    async def look(self, uri: str) -> None:
        """Find what is wrong in a document, and send it; once more when it changed meanwhile."""
        if uri in self.busy:
            self.again.add(uri)
            return
        self.busy.add(uri)
        try:
            await self._look(uri)
            while uri in self.again:
                self.again.discard(uri)
                await self._look(uri)
        finally:
            self.busy.discard(uri)

    async def _look(self, uri: str) -> None:
        document = self.workspace.text_documents.get(uri)
        path = _path(uri)
        if document is None or path is None or len(document.source) > _MAX_TEXT:
            return
        text, version = document.source, document.version
        verified, more = self.verified.get(uri, ("", ()))
        try:
            found, sent = await _in_thread(lambda: self._found(path, text, more if verified == text else ()))
        except (DL4ESBibError, OSError) as error:
            self.window_log_message(types.LogMessageParams(types.MessageType.Warning, str(error)))
            return
        document = self.workspace.text_documents.get(uri)
        if document is None or document.source != text:
            return  # what is there now is looked at in its turn
        self.problems[uri] = (text, found)
        self.text_document_publish_diagnostics(types.PublishDiagnosticsParams(uri, sent, version))

    def _found(
        self, path: Path, text: str, more: tuple[Problem, ...]
    ) -> tuple[tuple[Problem, ...], list[types.Diagnostic]]:
        library = self.files.library_of(path)
        kind = kind_of(path.name)
        if _is_bibliography(path):
            found = problems_in_bibliography(library)
        else:
            found = problems_in_document(text, kind, library) if kind is not None else ()
        found = (*found, *more)
        positions = self.positions(text)
        return found, [_diagnostic(positions, problem) for problem in found]

    def look_soon(self, uri: str, pause: float = _PAUSE) -> None:
        """Find what is wrong once nobody types any more."""
        if (timer := self.waiting.pop(uri, None)) is not None:
            timer.cancel()

        def begin() -> None:
            task = asyncio.ensure_future(self.look(uri))
            self.tasks.add(task)
            task.add_done_callback(self.tasks.discard)

        self.waiting[uri] = asyncio.get_running_loop().call_later(pause, begin)


async def _in_thread(function: Callable[[], Result]) -> Result:
    """What a function gives, computed in a thread that does not keep the server from ending."""
    loop = asyncio.get_running_loop()
    future: asyncio.Future[Result] = loop.create_future()

    def told(tell: Callable[[Any], None], value: object) -> None:
        if not future.done():
            tell(value)

    def run() -> None:
        try:
            outcome: tuple[Callable[[Any], None], object] = future.set_result, function()
        except Exception as error:
            outcome = future.set_exception, error
        with suppress(RuntimeError):  # the server ended meanwhile
            loop.call_soon_threadsafe(told, *outcome)

    threading.Thread(target=run, daemon=True).start()
    return await future


def make_server() -> LanguageServer:
    """The server, ready to be started with ``start_io``."""
    server = _Server()

    @server.feature(types.TEXT_DOCUMENT_DID_OPEN)
    def opened(params: types.DidOpenTextDocumentParams) -> None:
        server.look_soon(params.text_document.uri, 0)

    @server.feature(types.TEXT_DOCUMENT_DID_CHANGE)
    def changed(params: types.DidChangeTextDocumentParams) -> None:
        server.look_soon(params.text_document.uri)

    @server.feature(types.TEXT_DOCUMENT_DID_SAVE)
    def saved(params: types.DidSaveTextDocumentParams) -> None:
        for uri in list(server.workspace.text_documents):  # a saved library changes what is missing elsewhere
            server.look_soon(uri, 0)

    @server.feature(types.TEXT_DOCUMENT_DID_CLOSE)
    def closed(params: types.DidCloseTextDocumentParams) -> None:
        uri = params.text_document.uri
        server.problems.pop(uri, None)
        server.verified.pop(uri, None)
        if (timer := server.waiting.pop(uri, None)) is not None:
            timer.cancel()
        server.text_document_publish_diagnostics(types.PublishDiagnosticsParams(uri, []))

    @server.feature(types.TEXT_DOCUMENT_HOVER)
    async def hovered(params: types.HoverParams) -> types.Hover | None:
        def find() -> types.Hover | None:
            found = _key(server, params.text_document.uri, params.position)
            if found is None:
                return None
            text, positions, (start, end), path = found
            said = hover(text[start:end], server.files.library_of(path))
            content = types.MarkupContent(types.MarkupKind.Markdown, said)
            return types.Hover(content, _range(positions, start, end)) if said else None

        return await _in_thread(find)

    @server.feature(types.TEXT_DOCUMENT_DEFINITION)
    async def defined(params: types.DefinitionParams) -> types.Location | None:
        def find() -> types.Location | None:
            found = _key(server, params.text_document.uri, params.position)
            if found is None:
                return None
            text, _, (start, end), path = found
            held = server.files.library_of(path).find(text[start:end])
            if held is None:
                return None
            file, entry = held
            name, line = file.place_of(entry)
            place = types.Position(line - 1, 0)
            return types.Location(Path(name).absolute().as_uri(), types.Range(place, place))

        return await _in_thread(find)

    @server.feature(types.TEXT_DOCUMENT_COMPLETION, types.CompletionOptions(trigger_characters=["@", "`", ","]))
    async def completed(params: types.CompletionParams) -> types.CompletionList | None:
        # Editors for LaTeX complete keys there (texlab); in Markdown, Quarto and MyST none does.
        path = _path(params.text_document.uri)
        if path is None or kind_of(path.name) not in {"markdown", "rst", "org"}:
            return None
        text = server.workspace.get_text_document(params.text_document.uri).source
        before = text[: _offset(server.positions(text), params.position)]

        def find() -> types.CompletionList:
            items = []
            for key, entry in keys_begun(before.rpartition("\n")[2], server.files.library_of(path)):
                title = " ".join(entry.values().get("title", "").split())[:100]
                items.append(types.CompletionItem(key, kind=types.CompletionItemKind.Reference, detail=title))
            return types.CompletionList(False, items)

        return await _in_thread(find)

    @server.feature(types.TEXT_DOCUMENT_CODE_ACTION, types.CodeActionOptions([types.CodeActionKind.QuickFix]))
    def acted(params: types.CodeActionParams) -> list[types.CodeAction]:
        uri = params.text_document.uri
        text, problems = server.problems.get(uri, ("", ()))
        if text != server.workspace.get_text_document(uri).source:
            return []  # what is known is known of an earlier text
        positions = server.positions(text)
        start, end = (_offset(positions, each) for each in (params.range.start, params.range.end))
        return [
            types.CodeAction(
                fix.title,
                kind=types.CodeActionKind.QuickFix,
                diagnostics=[_diagnostic(positions, problem)],
                is_preferred=fix.is_safe,
                edit=types.WorkspaceEdit({uri: [_edit(positions, change) for change in fix.changes]}),
            )
            for problem in problems
            if problem.start <= end and start <= problem.end
            for fix in problem.fixes
        ]

    @server.command(VERIFY)
    async def verified(uri: str) -> int:
        """Verify the references of a file as it is on the disk; how many findings there are."""
        from dl4es_bib.server.verifying import problems_of

        path = _path(uri)
        if path is None:
            return 0
        text = server.workspace.get_text_document(uri).source
        config, base = server.files.configuration(path)
        try:
            found = await _in_thread(lambda: problems_of(path, text, config, base))
        except (DL4ESBibError, OSError) as error:
            server.window_show_message(types.ShowMessageParams(types.MessageType.Warning, str(error)))
            return 0
        server.verified[uri] = (text, found)
        await server.look(uri)
        return len(found)

    return server


def _key(server: _Server, uri: str, position: types.Position) -> tuple[str, Positions, tuple[int, int], Path] | None:
    """The key at a position: the text, its lines, the key's place there, and the path."""
    path = _path(uri)
    if path is None:
        return None
    text = server.workspace.get_text_document(uri).source
    positions = server.positions(text)
    file = server.files.bibliography(path) if _is_bibliography(path) else None
    kind: Kind | None = kind_of(path.name)
    span = key_at(text, kind, _offset(positions, position), file)
    return (text, positions, span, path) if span is not None else None


def _path(uri: str) -> Path | None:
    name = to_fs_path(uri) if uri.startswith("file:") else None
    return Path(name) if name else None


def _is_bibliography(path: Path) -> bool:
    return path.suffix.lower() in {".bib", ".bibtex"}


def _offset(positions: Positions, position: types.Position) -> int:
    return positions.offset(position.line, position.character)


def _range(positions: Positions, start: int, end: int) -> types.Range:
    return types.Range(types.Position(*positions.at(start)), types.Position(*positions.at(end)))


def _edit(positions: Positions, change: Replacement) -> types.TextEdit:
    return types.TextEdit(_range(positions, change.start, change.end), change.text)


def _diagnostic(positions: Positions, problem: Problem) -> types.Diagnostic:
    return types.Diagnostic(
        _range(positions, problem.start, problem.end),
        problem.message,
        severity=_SEVERITIES[problem.severity],
        code=problem.code,
        source=_SOURCE,
    )
