"""``dl4es-bib.yaml``: what it may say, and what holds when it says nothing.

Precedence: command line, then environment (``DL4ES_BIB_CROSSREF_URL`` and its like), then the file, then
defaults. Relative paths are relative to the file.
"""

from __future__ import annotations

import difflib
import os
import re
from collections.abc import Collection, Mapping
from pathlib import Path
from typing import Annotated, Any, Final, Literal

from pydantic import (
    BeforeValidator,
    Field,
    PrivateAttr,
    ValidationError,
    field_validator,
)

from dl4es_bib.config.sections import Chapters, Index, Keys, Page, Section, Service, Services, listed
from dl4es_bib.disk.bounded import read_bytes
from dl4es_bib.disk.safe_yaml import YamlError, load_yaml
from dl4es_bib.export.targets import TARGETS
from dl4es_bib.model.errors import ConfigError, UnreadableInput
from dl4es_bib.resolver.http.settings import MAILTO_VARIABLE, checked_mailto, checked_url
from dl4es_bib.resolver.providers.rows import PROVIDERS

FILE_NAME: Final = "dl4es-bib.yaml"
_MAX_BYTES: Final = 1024 * 1024
#: What the library may be called, too: as the option that names it.
_OTHER_NAME: Final = "bib"

#: What pydantic says in Python's terms.
_MESSAGES: Final = {
    "tuple_type": "must be a name or a list of names",
    "dict_type": "must be a mapping, 'key: value' lines",
    "model_type": "must be a mapping, 'key: value' lines",
    "string_type": "must be text",
    "too_short": "must name at least one",
}


class Config(Section):
    """The whole file.

    Attributes:
        source: the document or documents with the references.
        library: the .bib file, or several that are one database; new entries go to the first. ``bib`` means the same.
        lock: what is known about its entries.
        output: folder for the exported bibliographies.
        dialect: which BibTeX the library speaks.
        styles: CSL styles for the formatted lists.
        formats: which kinds of files are exported.
        locale: language of the formatted lists.
        titles: ``keep`` titles as they are, or show them in ``sentence`` case in the formatted lists.
        journals: ``keep`` names of journals, or give those without a short name one, which styles that shorten
            journals print: from a list of your own (``journals.csv``), after ``iso4``, or both.
        marks: whether the formatted lists say in words what no record confirmed, such as ``[not checked]``.
        links: whether plain web addresses become entries too.
        retractions: exports of the Retraction Watch database, which ``verify`` looks into.
        page: the page that ``publish`` writes.
        decisions: entry key → identifier of the record that it is, or ``none`` for no record.
    """

    source: Annotated[tuple[str, ...], BeforeValidator(listed)] = ("README.md",)
    library: Annotated[tuple[str, ...], BeforeValidator(listed), Field(min_length=1)] = ("references.bib",)
    lock: str = "dl4es-bib.lock"
    output: str = "build/bibliographies"
    dialect: Literal["biblatex", "bibtex"] = "biblatex"
    styles: Annotated[tuple[str, ...], BeforeValidator(listed)] = ("apa", "ieee")
    formats: Annotated[tuple[str, ...], BeforeValidator(listed)] = Field(
        default_factory=lambda: tuple(target.name for target in TARGETS if target.by_default)
    )
    locale: str = Field(default="en-US", pattern=r"^[A-Za-z]{2,3}(-[A-Za-z]{2,8})?$")
    titles: Literal["keep", "sentence"] = "keep"
    journals: Annotated[tuple[str, ...], BeforeValidator(listed)] = ("keep",)
    marks: bool = True
    links: bool = True
    chapters: Chapters = Chapters()
    keys: Keys = Keys()
    index: Index = Index()
    services: Services = Services()
    retractions: Annotated[tuple[str, ...], BeforeValidator(listed)] = ()
    page: Page = Page()
    decisions: dict[str, str] = Field(default_factory=dict)
    _file: str = PrivateAttr(default="")
    _given: frozenset[str] = PrivateAttr(default=frozenset())

    def __eq__(self, other: object) -> bool:
        return isinstance(other, Config) and self.__dict__ == other.__dict__

    __hash__ = None  # type: ignore[assignment]

    @property
    def file(self) -> str:
        """The file that the settings were read from; ``""`` for a configuration that was made in Python."""
        return self._file

    @property
    def given(self) -> frozenset[str]:
        """The settings that the command line gave in place of the file's, such as ``library``."""
        return self._given

    @field_validator("library")
    @classmethod
    def _is_bib(cls, value: tuple[str, ...]) -> tuple[str, ...]:
        for name in value:
            if not name.lower().endswith((".bib", ".bibtex")):
                raise ValueError(f"the library must end in .bib or .bibtex, and '{_shown(name)}' does not")
        return value

    @field_validator("journals")
    @classmethod
    def _known_journals(cls, value: tuple[str, ...]) -> tuple[str, ...]:
        for name in value:
            if name not in ("keep", "iso4") and not name.lower().endswith((".csv", ".txt", ".tsv")):
                raise ValueError(f"write keep, iso4 or a list that ends in .csv, .txt or .tsv, not '{_shown(name)}'")
        if "keep" in value and len(value) > 1:
            raise ValueError("keep stands alone; leave it out to shorten names of journals")
        return value

    @field_validator("formats")
    @classmethod
    def _known_formats(cls, value: tuple[str, ...]) -> tuple[str, ...]:
        for name in value:
            if name not in TARGETS.names:
                near = difflib.get_close_matches(name, TARGETS.names, 1)
                hint = f"did you mean '{near[0]}'?" if near else f"known are {', '.join(TARGETS.names)}"
                raise ValueError(f"there is no format named '{_shown(name)}'; {hint}")
        return value


def load_config(path: Path, environ: Mapping[str, str] | None = None) -> Config:
    """Read a configuration file; what the environment says of the services goes before it.

    Arguments:
        path: the file.
        environ: the environment, ``os.environ`` by default.

    Raises:
        ConfigError: missing, not YAML, not a mapping, an unknown key or a wrong value; with file and line.
    """
    name = str(path)
    try:
        data = read_bytes(path, limit=_MAX_BYTES, cure="A configuration is a page.")
    except UnreadableInput as error:
        raise ConfigError(f"{error.message} Run 'dl4es-bib init' to make one, or name it with --config.") from None
    try:
        text = data.decode("utf-8-sig").replace("\r\n", "\n")
    except UnicodeDecodeError as error:
        line = data.count(b"\n", 0, error.start) + 1
        raise ConfigError(f"{name}:{line}: not UTF-8. Save the file as UTF-8.") from None
    return with_environment(parse_config(text, name), os.environ if environ is None else environ)


def with_environment(config: Config, environ: Mapping[str, str]) -> Config:
    """A configuration with the services' addresses and the mail address of the environment in place of its own.

    Raises:
        ConfigError: a variable holds something else than an address.
    """
    changes: dict[str, Any] = {}
    for row in PROVIDERS:
        if url := environ.get(row.url_variable, ""):
            service: Service = getattr(config.services, row.name)
            changes[row.name] = service.model_copy(
                update={
                    "url": checked_url(url, row.title, row.url_variable),
                    "enabled": service.enabled or not row.by_default,
                }
            )
    if mailto := environ.get(MAILTO_VARIABLE, ""):
        changes["mailto"] = checked_mailto(mailto)
    if not changes:
        return config
    return config.model_copy(update={"services": config.services.model_copy(update=changes)})


def parse_config(text: str, name: str = FILE_NAME) -> Config:
    """Read the text of a configuration file; see :func:`load_config`."""
    try:
        data = load_yaml(text, name)
    except YamlError as error:
        raise ConfigError(f"{error} Mend the line, or start anew with 'dl4es-bib init'.") from None
    if data is None:
        data = {}
    if not isinstance(data, dict):
        kind = "a list" if isinstance(data, list) else "a single value"
        raise ConfigError(
            f"{name}:1: the configuration is {kind}; it must be 'key: value' lines, such as 'source: README.md'."
        )
    return checked_config(data, name, text)


def checked_config(
    data: dict[Any, Any], name: str, text: str = "", *, file: str | None = None, given: Collection[str] = ()
) -> Config:
    """A configuration of plain data.

    Arguments:
        data: the mapping.
        name: for messages.
        text: what it was read from, to find the lines of mistakes; ``""`` when it was no file.
        file: the file that the settings come from, when that is not ``name``.
        given: settings that the command line gave in place of the file's.

    Raises:
        ConfigError: an unknown key or a wrong value.
    """
    if _OTHER_NAME in data:
        if "library" in data:
            place = f"{name}:{_line_of([_OTHER_NAME], text)}" if text else name
            raise ConfigError(f"{place}: 'bib' and 'library' mean the same. Write one of them.")
        data = {"library" if key == _OTHER_NAME else key: value for key, value in data.items()}
    try:
        config = Config.model_validate(data)
    except RecursionError:
        raise ConfigError(f"{name}:1: the file refers to itself. Write the values out.") from None
    except ValidationError as error:
        raise ConfigError(_explained(error, text, name)) from None
    config._file = name if file is None else file
    config._given = frozenset(given)
    return config


def _explained(error: ValidationError, text: str, name: str) -> str:
    sentences = []
    for problem in error.errors(include_url=False, include_context=False, include_input=False)[:10]:
        path = [str(part) for part in problem["loc"]]
        place = f"{name}:{_line_of(path, text)}" if text else name
        if problem["type"] == "extra_forbidden":
            near = difflib.get_close_matches(path[-1], _known_keys(path[:-1]), 1)
            hint = f" Did you mean '{near[0]}'?" if near else f" Known are: {', '.join(_known_keys(path[:-1]))}."
            sentences.append(f"{place}: unknown key '{_shown('.'.join(path))}'.{hint}")
        else:
            message = _shown(_MESSAGES.get(problem["type"], problem["msg"].removeprefix("Value error, ")), 600)
            sentences.append(f"{place}: '{_shown('.'.join(path))}': {message[:1].lower()}{message[1:]}.")
    return "\n".join(sentences)


def _known_keys(path: list[str]) -> list[str]:
    model: Any = Config
    for part in path:
        field = model.model_fields.get(part) if hasattr(model, "model_fields") else None
        model = field.annotation if field is not None else None
    return sorted(model.model_fields) if hasattr(model, "model_fields") else []


def _line_of(path: list[str], text: str) -> int:
    """The line of a key: each step is looked for below the step before it."""
    line = 0
    lines = text.split("\n")
    for part in path:
        names = f"library|{_OTHER_NAME}" if part == "library" else re.escape(part)
        pattern = re.compile(rf"\s*['\"]?(?:{names})['\"]?\s*:")
        line = next((i for i in range(line, len(lines)) if pattern.match(lines[i])), line)
    return line + 1


def _shown(text: str, longest: int = 200) -> str:
    return "".join(char if char.isprintable() else "?" for char in text[:longest])
