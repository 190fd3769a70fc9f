"""Options and arguments that several verbs share."""

from __future__ import annotations

import os
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

if TYPE_CHECKING:
    from dl4es_bib.config.settings import Config
    from dl4es_bib.tasks.project import Places

#: Users whose files are obeyed besides one's own: the system's administrator.
_TRUSTED = frozenset((0,))


def _pattern(ctx: click.Context, parameter: click.Parameter, value: str | None) -> str:
    from dl4es_bib.config.sections import compiled
    from dl4es_bib.read.chapters import CHAPTER_PATTERN

    if value is None:
        return CHAPTER_PATTERN
    try:
        pattern = compiled(value)
    except ValueError as error:
        raise click.BadParameter(str(error)) from None
    if "title" not in pattern.groupindex:
        raise click.BadParameter("it needs a group (?P<title>…), and may have (?P<number>…)")
    return value


source_argument = click.argument("source", metavar="SOURCE")
chapter_pattern_option = click.option(
    "--chapter-pattern", callback=_pattern, metavar="REGEX",
    help="What a chapter heading matches; with groups 'title' and 'number'.",
)  # fmt: skip
config_option = click.option(
    "--config", "config_path", type=click.Path(dir_okay=False, path_type=Path), metavar="FILE",
    help="Configuration file; default is dl4es-bib.yaml here or in a folder above.",
)  # fmt: skip
offline_option = click.option(
    "--offline", is_flag=True, help="Ask nobody: use the local index only. What it lacks is 'not checked'."
)
strict_option = click.option("--strict", is_flag=True, help="Exit with 4 when anything is not confirmed.")


bib_option = click.option(
    "--bib", "libraries", multiple=True, metavar="FILE",
    help="The library; default is that of the configuration, else references.bib. Several are one database.",
)  # fmt: skip
in_option = click.option(
    "--in", "documents", multiple=True, metavar="FILE",
    help="A document whose citations follow, with all that it includes: .tex, .md, .qmd, .rst, .org, .ipynb; "
    "may be repeated.",
)  # fmt: skip
dry_run_option = click.option(
    "--dry-run", is_flag=True, help="Say what would be done, change nothing; exit 1 if anything would change."
)
force_option = click.option("--force", is_flag=True, help="Replace files that dl4es-bib has not written.")
diff_option = click.option(
    "--diff", is_flag=True, help="Show what would change, change nothing; exit 1 if anything would."
)
json_option = click.option("--json", "as_json", is_flag=True, help="Print the result as JSON.")
ids_option = click.option(
    "--ids/--no-ids", "keep_old", default=None,
    help="Keep old keys citable by biblatex's field 'ids'; default is yes with dialect biblatex.",
)  # fmt: skip


def library_of(
    config_path: Path | None, libraries: Sequence[str], documents: Sequence[str] = ()
) -> tuple[Config, Places]:
    """The configuration in force and where the library is; one that is named has its lock beside it.

    Where none is named and that of the configuration is not there, it is those files that ``documents`` name.
    """
    from dl4es_bib.tasks.project import Places

    config, base = configuration(config_path)
    if not libraries and documents and not Places.of(config, base).library.is_file():
        from dl4es_bib.identify.citations.databases import databases_of

        there = [name for name in documents if Path(name).exists() and Path(name).suffix not in {".sty", ".cls"}]
        libraries = [str(path) for path in databases_of(there)]
    config, base = overridden(config, base, {}, library=tuple(libraries))
    return config, Places.of(config, base)


def database_of(named: Sequence[str], documents: Sequence[str], config_path: Path | None) -> tuple[Path, ...]:
    """The .bib files that are one database: those named, else those that documents name, else the library."""
    if named:
        return tuple(Path(name) for name in named)
    from dl4es_bib.identify.citations.databases import databases_of

    if found := databases_of(documents):
        return found
    return library_of(config_path, ())[1].libraries


def refuse_library(output: str | None, libraries: Sequence[Path]) -> None:
    """Refuse to write cited entries over the library that they come from.

    Raises:
        UsageError: the output is one of the libraries.
    """
    from dl4es_bib.model.errors import UsageError

    if output and Path(output).exists() and any(each.exists() and each.samefile(output) for each in libraries):
        raise UsageError(
            f"{output} is the library itself; the cited entries would replace all others. Name another file with -o."
        )


def service_options(function: Any) -> Any:
    """Where the services are and how they are asked; each overrides environment and configuration."""
    from dl4es_bib.resolver.providers.rows import PROVIDERS

    for option in (
        click.option("--cache", metavar="DIR", help="Folder for the cache of answers."),
        click.option("--mailto", metavar="ADDRESS", help="Your address, for Crossref's faster pool."),
        *(
            click.option(row.url_option, url_parameter(row.name), metavar="URL", help=f"Address of {row.title}'s API.")
            for row in reversed(tuple(PROVIDERS))
        ),
    ):
        function = option(function)
    return function


def url_parameter(name: str) -> str:
    """The parameter of a command that holds the address of a service."""
    return f"{name.replace('-', '_')}_url"


def configuration(path: Path | None, *, needed: bool = False) -> tuple[Config, Path]:
    """The configuration in force and the folder its paths are relative to.

    Raises:
        ConfigError: the file named or found cannot be used, or none is there and one is needed.
    """
    from dl4es_bib.config.settings import FILE_NAME, Config, load_config
    from dl4es_bib.model.errors import ConfigError

    if path is not None:
        return load_config(path), path.parent
    here = Path.cwd()
    for folder in (here, *here.parents):
        found = folder / FILE_NAME
        if not found.is_file():
            continue
        if folder == here:
            return load_config(Path(FILE_NAME)), Path()
        _refuse_foreign(found)
        return load_config(found), folder
    if needed:
        raise ConfigError(
            f"There is no {FILE_NAME} here or in a folder above. Run 'dl4es-bib init README.md' to make one."
        )
    return Config(), Path()


def from_option(function: Any) -> Any:
    """The kind of source; its choices are the readers, which only the verbs that read sources import."""
    from dl4es_bib.read.readers import READERS

    option = click.option(
        "--from", "reader", type=click.Choice([reader.name for reader in READERS]), default=None,
        callback=lambda c, p, v: v or "", help="Kind of source, when its name does not tell.",
    )  # fmt: skip
    return option(function)


def _refuse_foreign(found: Path) -> None:
    """Refuse a configuration that somebody else put into a folder above, as git refuses a repository.

    Whoever may write in a folder above, such as the one for temporary files, could else direct where we write.

    Raises:
        ConfigError: the file belongs to another user.
    """
    from dl4es_bib.model.errors import ConfigError

    if not hasattr(os, "geteuid"):
        return
    owner, own = found.stat().st_uid, {os.geteuid(), *_TRUSTED}
    if os.geteuid() == 0 and os.environ.get("SUDO_UID", "").isdigit():
        own.add(int(os.environ["SUDO_UID"]))
    if owner not in own:
        raise ConfigError(
            f"{found} belongs to another user and was not used. If you trust it, name it: --config {found}; "
            "else run in a folder with a dl4es-bib.yaml of your own."
        )


def overridden(
    config: Config,
    base: Path,
    services: Mapping[str, str | None],
    *,
    index: str | None = None,
    page: Mapping[str, str | None] | None = None,
    **values: object,
) -> tuple[Config, Path]:
    """The configuration with the command line's values in place of its own; ``page`` has those of its section.

    Paths on the command line are relative to the current folder, not to the configuration's.

    Raises:
        ConfigError: a value is wrong.
    """
    from dl4es_bib.config.settings import checked_config
    from dl4es_bib.resolver.providers.rows import PROVIDERS

    def placed(value: str) -> str:
        return value if value == "-" or base == Path() else str(Path(value).absolute())

    data = config.model_dump()
    if "dialect" not in config.model_fields_set:
        del data["dialect"]  # nobody has chosen one
    given = set(config.given)
    for name, value in values.items():
        if not value:
            continue
        if name in {"source", "retractions"} and isinstance(value, tuple):
            value = tuple(placed(name) for name in value)
        elif name == "library" and isinstance(value, tuple):
            value = tuple(placed(library) for library in value)
        elif name in {"lock", "output"} and isinstance(value, str):
            value = placed(value)
        elif name == "styles" and isinstance(value, tuple):
            value = tuple(placed(style) if Path(style).is_file() else style for style in value)
        data[name] = value
        given.add(name)
    if values.get("library"):
        # A library named on the command line has its lock beside it.
        from dl4es_bib.library.store.lockfile import lock_beside

        data["lock"] = str(lock_beside(Path(data["library"][0])))
        given.add("lock")
    for name, chosen in (page or {}).items():
        if chosen:
            is_path = name == "output" or (name == "style" and Path(chosen).is_file())
            data["page"][name] = placed(chosen) if is_path else chosen
            given.add(f"page.{name}")
    if index:
        data["index"] |= {"path": placed(index), "records": ()}
        given.add("index.path")
    for name in PROVIDERS.names:
        if url := services.get(url_parameter(name)):
            data["services"][name]["url"] = url
            data["services"][name]["enabled"] |= not PROVIDERS.named(name).by_default
    for name in ("mailto", "cache"):
        if one := services.get(name):
            data["services"][name] = placed(one) if name == "cache" else one
            given.add(f"services.{name}")
    return checked_config(data, "command line", file=config.file, given=given), base
