"""The language server, spoken to as an editor does: over standard input and output."""

from __future__ import annotations

import asyncio
import sys
from collections.abc import Awaitable, Callable
from pathlib import Path
from typing import Any

import pytest
from lsprotocol import types
from pygls.lsp.client import LanguageClient

BIB = """\
@article{ode2004,
  author = {Ode, Ada},
  title = {Tides of the Öresund 🌊},
  journal = {Harbour Letters},
  year = {2004},
  volumne = {3},
}

@article{bell1999,
  author = {Bell, Bo},
  title = {Fog},
  journal = {Harbour Letters},
  year = {1999},
}
"""
Talk = Callable[[Callable[["Editor"], Awaitable[None]]], None]


class Editor:
    """A client that keeps what the server says."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        self.client = LanguageClient("editor", "1")
        self.problems: dict[str, list[types.Diagnostic]] = {}
        self.told = asyncio.Event()

        @self.client.feature(types.TEXT_DOCUMENT_PUBLISH_DIAGNOSTICS)
        def published(params: types.PublishDiagnosticsParams) -> None:
            self.problems[params.uri.rpartition("/")[2]] = list(params.diagnostics)
            self.told.set()

    def uri(self, name: str) -> str:
        return (self.folder / name).as_uri()

    async def open(self, name: str, text: str) -> list[types.Diagnostic]:
        """Open a document; what the server finds in it."""
        self.told.clear()
        item = types.TextDocumentItem(self.uri(name), "text", 1, text)
        self.client.text_document_did_open(types.DidOpenTextDocumentParams(item))
        await asyncio.wait_for(self.told.wait(), 60)
        return self.problems[name]

    async def change(self, name: str, text: str) -> list[types.Diagnostic]:
        self.told.clear()
        document = types.VersionedTextDocumentIdentifier(2, self.uri(name))
        whole = types.TextDocumentContentChangeWholeDocument(text)
        self.client.text_document_did_change(types.DidChangeTextDocumentParams(document, [whole]))
        await asyncio.wait_for(self.told.wait(), 60)
        return self.problems[name]

    def at(self, name: str, line: int, character: int) -> dict[str, Any]:
        return {
            "text_document": types.TextDocumentIdentifier(self.uri(name)),
            "position": types.Position(line, character),
        }


@pytest.fixture
def talk(project: Path) -> Talk:
    """Runs a conversation with a server of its own, in the small project."""

    async def run(conversation: Callable[[Editor], Awaitable[None]]) -> None:
        editor = Editor(project)
        await editor.client.start_io(sys.executable, "-m", "dl4es_bib", "server")
        workspace = types.InitializeParams(types.ClientCapabilities(), root_uri=project.as_uri())
        await editor.client.initialize_async(workspace)
        editor.client.initialized(types.InitializedParams())
        try:
            await conversation(editor)
        finally:
            await editor.client.shutdown_async(None)
            editor.client.exit(None)
            await editor.client.stop()

    return lambda conversation: asyncio.run(run(conversation))


def test_what_check_finds_is_shown_while_typing_and_mended_on_request(talk: Talk) -> None:
    async def conversation(editor: Editor) -> None:
        found = await editor.open("references.bib", BIB)
        (misspelt,) = [each for each in found if each.code == "misspelt-field"]
        assert (misspelt.range.start.line, misspelt.severity) == (5, types.DiagnosticSeverity.Warning)
        actions = await editor.client.text_document_code_action_async(
            types.CodeActionParams(
                types.TextDocumentIdentifier(editor.uri("references.bib")),
                misspelt.range,
                types.CodeActionContext([misspelt]),
            )
        )
        assert actions
        edits = [edit for action in actions for edit in action.edit.changes[editor.uri("references.bib")]]
        assert "volume" in [edit.new_text for edit in edits]
        found = await editor.change("references.bib", BIB.replace("volumne", "volume"))
        assert "misspelt-field" not in [each.code for each in found]

    talk(conversation)


@pytest.mark.parametrize(
    ("name", "text"),
    [
        ("paper.tex", "\\documentclass{article}\n\\begin{document}\n\\cite{ode2004,bell1998}\n\\end{document}\n"),
        ("paper.md", "# Fog\n\nAs said before [@ode2004; @bell1998].\n"),
        ("paper.qmd", "# Fog\n\nAs said before [@ode2004] and by @bell1998.\n"),
    ],
)
def test_a_cited_key_that_the_library_lacks_is_shown_with_the_nearest(
    name: str, text: str, talk: Talk, project: Path
) -> None:
    (project / "references.bib").write_text(BIB)
    (project / name).write_text(text)

    async def conversation(editor: Editor) -> None:
        (missing,) = await editor.open(name, text)
        assert missing.code == "missing-entry"
        assert missing.message == "The library has no entry bell1998."
        lines = text.splitlines()
        said = lines[missing.range.start.line][missing.range.start.character : missing.range.end.character]
        assert said == "bell1998"
        document = types.TextDocumentIdentifier(editor.uri(name))
        actions = await editor.client.text_document_code_action_async(
            types.CodeActionParams(document, missing.range, types.CodeActionContext([missing]))
        )
        assert next(action.title for action in actions) == "Cite bell1999"

    talk(conversation)


def test_a_hover_formats_the_entry_and_a_jump_leads_to_it(talk: Talk, project: Path) -> None:
    (project / "references.bib").write_text(BIB)
    text = "Größe 🌊 [@ode2004].\n"
    (project / "paper.md").write_text(text)

    async def conversation(editor: Editor) -> None:
        await editor.open("paper.md", text)
        place = editor.at("paper.md", 0, 14)
        hover = await editor.client.text_document_hover_async(types.HoverParams(**place))
        assert "Ode, A. (2004)" in hover.contents.value
        assert hover.range.start.character == 11  # of UTF-16: the wave counts two
        location = await editor.client.text_document_definition_async(types.DefinitionParams(**place))
        assert (location.uri, location.range.start.line) == (editor.uri("references.bib"), 0)
        nothing = await editor.client.text_document_hover_async(types.HoverParams(**editor.at("paper.md", 0, 2)))
        assert nothing is None

    talk(conversation)


def test_keys_are_completed_in_markdown_from_the_library_as_it_is_open(talk: Talk, project: Path) -> None:
    (project / "references.bib").write_text("")

    async def conversation(editor: Editor) -> None:
        await editor.open("references.bib", BIB)
        await editor.open("paper.md", "See @be and {cite:p}`ode2004, be` and me@be.\n")
        for character, expected in ((7, ["bell1999"]), (32, ["bell1999"])):
            found = await editor.client.text_document_completion_async(
                types.CompletionParams(**editor.at("paper.md", 0, character))
            )
            assert [item.label for item in found.items] == expected
        (project / "paper.tex").write_text("\\cite{be}")
        await editor.open("paper.tex", "\\cite{be}")
        assert (
            await editor.client.text_document_completion_async(types.CompletionParams(**editor.at("paper.tex", 0, 8)))
            is None
        )

    talk(conversation)


def test_verify_on_request_shows_what_differs_from_the_record(talk: Talk, project: Path) -> None:
    text = (
        "@article{tides,\n  author = {Ode, Ann and Bell, Bo},\n"
        "  title = {Tides of the northern shelf seas revisited},\n"
        "  journal = {Sea Letters},\n  volume = {12},\n  pages = {15--29},\n  year = {1987},\n}\n"
    )
    (project / "references.bib").write_text(text)
    settings = project / "dl4es-bib.yaml"
    settings.write_text(settings.read_text() + "services:\n  crossref: {enabled: false}\n  datacite: {enabled: false}\n"
                        "  arxiv: {enabled: false}\n  doi: {enabled: false}\n")  # fmt: skip

    async def conversation(editor: Editor) -> None:
        await editor.open("references.bib", text)
        editor.told.clear()
        number = await editor.client.workspace_execute_command_async(
            types.ExecuteCommandParams("dl4es-bib.verify", [editor.uri("references.bib")])
        )
        await asyncio.wait_for(editor.told.wait(), 60)
        assert number == 1
        (found,) = [each for each in editor.problems["references.bib"] if each.code in {"differs", "other-work"}]
        assert "1987" in found.message

    talk(conversation)


def test_hostile_documents_do_not_end_the_server(talk: Talk) -> None:
    async def conversation(editor: Editor) -> None:
        for number, text in enumerate(
            ["@article{", "\x00" * 50, "{" * 5000, "@a{b, c = {" + "x" * 10000, "\ud7ff\r\r\n@"]
        ):
            await editor.open(f"odd{number}.bib", text)
        await editor.open("odd.md", "[@" * 3000)
        assert "misspelt-field" in [each.code for each in await editor.open("good.bib", BIB)]

    talk(conversation)
