"""``init``: a configuration to start from."""

from __future__ import annotations

from pathlib import Path

import click

from dl4es_bib.cli import console
from dl4es_bib.cli.options import diff_option, dry_run_option
from dl4es_bib.export.starts import STARTS

_TEMPLATE = """\
# What dl4es-bib does here. Every line is optional; 'dl4es-bib config' shows all settings.
source: {source}
library: references.bib
output: build/bibliographies

# biblatex, or bibtex for the classic styles.
dialect: biblatex

# Any CSL style by name, such as apa, ieee, nature, chicago-author-date.
styles: [apa, ieee]

# Your address gets faster answers from Crossref.
# services:
#   mailto: you@example.org

# What needs review is decided here, by key: an identifier, or none.
# decisions:
#   somekey2020: 10.1234/example
"""


@click.command("init")
@click.argument("source", required=False, metavar="[SOURCE]")
@click.option("--for", "start", type=click.Choice(STARTS.names), help="Write a working start: a small document with "
              "citations, its library and its configuration.")  # fmt: skip
@click.option("--force", is_flag=True, help="Overwrite files that are there.")
@dry_run_option
@diff_option
def command(source: str | None, start: str | None, force: bool, dry_run: bool, diff: bool) -> int:
    """Write a dl4es-bib.yaml here for the document SOURCE (default README.md); one that cannot be read is refused.

    With --for all files of a small project are written that is ready to be built with Quarto, MyST, LaTeX, Typst or
    Sphinx, or for a README that lists papers. Files of yours are not replaced.
    """
    if start is not None:
        return _start(start, source, force=force, dry_run=dry_run, diff=diff)
    from dl4es_bib.config.settings import FILE_NAME
    from dl4es_bib.disk.atomic import save
    from dl4es_bib.disk.safe_yaml import dump_yaml
    from dl4es_bib.identify.books.formats import open_book
    from dl4es_bib.read.readers import suffix_of
    from dl4es_bib.read.unread import unread_by_name
    from dl4es_bib.tasks.project import scan

    path = Path(FILE_NAME)
    if path.is_symlink():
        console.error(f"{path} is a symbolic link; it was left alone. Remove it first.")
        return 2
    if path.exists() and not force:
        console.error(f"{path} exists already; it was left alone. Edit it, or overwrite it with --force.")
        return 2
    # Without a name it is the book whose chapters are listed here, if there is one.
    book = open_book(Path(source or "."))
    source = source or ("." if book else "README.md")
    if book is None and Path(source).is_dir():
        console.error(f"{source} is a folder that lists no chapters; nothing was written. Name a document inside it.")
        return 2
    items = None
    if book is None and source != "-" and Path(source).exists():
        # What no build could read is refused here, with the same cure.
        items = sum(1 for _ in scan(source).items)
    elif book is None and (kind := unread_by_name(suffix_of(source))) is not None:
        console.error(f"{source} would be {kind.name}, which is not read; nothing was written. {kind.cure}")
        return 3
    quoted = dump_yaml(source).strip().removesuffix("...").strip()
    content = _TEMPLATE.format(source=quoted).encode()
    if diff:
        console.print_diff(str(path), path.read_text("utf-8", "replace") if path.is_file() else "", content.decode())
    if dry_run or diff:
        same = path.is_file() and path.read_bytes() == content
        console.out(f"{path} is as it would be written." if same else f"Would write {path}.")
        return 0 if same else 1
    save(path, content, follow_links=False)
    console.done(f"Wrote {path}. Next: dl4es-bib build")
    if book is not None:
        named = ", ".join(str(database) for database in book.databases) or "no .bib file"
        console.say(f"{book.file} lists {console.counted(len(book.chapters), 'chapter')}, and names {named}.")
    elif items == 0:
        console.say(f"{source} holds no reference yet.")
    elif items is None:
        console.say(f"{source} does not exist yet; write it, or name another file in {path}.")
    return 0


def _start(name: str, source: str | None, *, force: bool, dry_run: bool, diff: bool) -> int:
    import shutil

    from dl4es_bib.tasks.init import write_start

    if source is not None:
        console.error(f"--for {name} writes a document of its own, so {source} cannot be named beside it.")
        return 2
    done = write_start(name, Path(), force=force, dry_run=dry_run or diff)
    if dry_run or diff:
        return console.changes(done.changes, diff=diff)
    for path in done.files:
        console.out(str(path))
    console.out(f"Wrote {console.counted(len(done.changes), 'file')}. Next: {done.start.next}")
    if done.start.tool and shutil.which(done.start.tool) is None:
        console.say(f"{done.start.tool} is not installed here. Install it: {done.start.install}")
    return 0
