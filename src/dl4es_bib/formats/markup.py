"""Markup in the texts of records (HTML, JATS, MathML, entities) → plain Unicode text on one line.

Titles at Crossref carry face markup and MathML (Crossref documentation, "Face markup" and "Including
MathML in deposits"); 2.4 % of real titles do. Depositors escape it once more (``10.5194/cp-2020-95``
holds ``&amp;lt;sup&amp;gt;13``), pretty-print it over lines, or put blanks around it.
"""

from __future__ import annotations

import html
import re
import unicodedata
from typing import Final

from dl4es_bib.model.richtext import TAGS, Face

#: Longest text kept of one value, in characters; real titles end below 2,000.
MAX_TEXT: Final = 5_000
# MathML takes some 40 characters of markup for one that is shown.
_MAX_RAW: Final = 40_000
_MAX_UNESCAPES: Final = 3

_TAG: Final = re.compile(r"<(/?)([A-Za-z][\w:.-]{0,60})(\s[^<>]{0,3000})?(/?)>")
_COMMENT: Final = re.compile(
    r"<!--[^>]{0,2000}-->|<!\[CDATA\[|\]\]>|<\?[^>]{0,2000}\?>|"
    r"<!(?i:DOCTYPE|ELEMENT|ENTITY|ATTLIST|NOTATION)\s[^<>]{0,2000}>"
)
# Terminal commands: operating system commands (titles, links), control sequences (colours), lone ESC.
_ANSI: Final = re.compile(r"\x1b\][^\x07\x1b]{0,500}(?:\x07|\x1b\\)|\x1b\[[0-9;?]{0,32}[ -/]?[@-~]|[\x1b\x9b]")

#: C0 and C1 controls but those that are blanks to str.split (tab, line ends, U+001C to U+001F, U+0085).
_CONTROLS: Final = re.compile("[\x00-\x08\x0e-\x1b\x7f-\x84\x86-\x9f]")

_KNOWN_TAGS: Final = frozenset(
    """a abbr article-title b bold br break center cite code dd del dfn div dl dt em emphasis fn font formula
    h1 h2 h3 h4 h5 h6 hr html i img inf inline-formula ins italic kbd li list list-item math mark monospace
    ol overline p pre q roman s sans-serif sc scp script sec small span strike strong style styled-content sub
    sup svg table tbody td tex-math th title tr tt u ul underline var xref alternatives semantics iframe body
    object embed input form button video audio link meta head""".split()
)
_NAMESPACES: Final = frozenset("jats mml m xhtml html".split())
#: Elements whose content is not shown.
_HIDDEN: Final = frozenset("script style annotation annotation-xml tex-math head".split())
_BREAKS: Final = frozenset("br break p div li tr title hr list-item td h1 h2 h3".split())

_SUPERSCRIPTS: Final = dict(zip("0123456789+-−=()niaehjrsxylo", "⁰¹²³⁴⁵⁶⁷⁸⁹⁺⁻⁻⁼⁽⁾ⁿⁱᵃᵉʰʲʳˢˣʸˡᵒ", strict=True))
_SUBSCRIPTS: Final = dict(zip("0123456789+-−=()aeoxhklmnpstiruv", "₀₁₂₃₄₅₆₇₈₉₊₋₋₌₍₎ₐₑₒₓₕₖₗₘₙₚₛₜᵢᵣᵤᵥ", strict=True))
# Letters are raised only where a reader meets them: ordinals and exponents ("nᵗʰ" is left as "nth").
_RAISED: Final = frozenset("0123456789+-−=()n")
_LOWERED: Final = frozenset("0123456789+-−=()x")

# Stand-ins while a text is rendered: around a superscript that may be a footnote mark, around a formula.
_MARK, _MARK_END, _MATH, _MATH_END = "\ue000", "\ue001", "\ue002", "\ue003"
_FOOTNOTE: Final = re.compile(r"[*†‡]|\d{1,2}[a-z]?(?:, ?\d{1,2}[a-z]?){0,3}")
_MARK_AT_END: Final = re.compile(rf"(?<=[^\W\d_]{{4}}){_MARK}[^{_MARK_END}]{{0,20}}{_MARK_END}\s*\Z")
_MARK_AFTER_STOP: Final = re.compile(rf"(?<=[.,]){_MARK}[^{_MARK_END}]{{0,20}}{_MARK_END}(?=\s|\Z)")
_WORD_BEFORE_MATH: Final = re.compile(rf"(?<![^\W_])([a-z]{{2,30}}){_MATH}")
_WORD_AFTER_MATH: Final = re.compile(rf"{_MATH_END}(?=[A-Za-z][a-z]{{2}})")
_STAND_INS: Final = re.compile("[\ue000-\ue003]")
#: Elements that set a face → the face; each face has a stand-in for its beginning and its end.
_FACES: Final[dict[str, Face]] = {
    "i": "i", "italic": "i", "em": "i", "emphasis": "i", "b": "b", "bold": "b", "strong": "b", "sc": "sc", "scp": "sc",
    "sub": "sub", "inf": "sub", "sup": "sup", "nocase": "nocase", "small-caps": "sc",
}  # fmt: skip
_OPENING: Final[dict[str, Face]] = {chr(0xE010 + place): face for place, face in enumerate(TAGS)}
_CLOSING: Final[dict[str, Face]] = {chr(0xE020 + place): face for place, face in enumerate(TAGS)}
_BEGINS: Final = {face: character for character, face in _OPENING.items()}
_ENDS: Final = {face: character for character, face in _CLOSING.items()}
_FACE_MARKS: Final = re.compile("[\ue010-\ue02f]")
_WHOLE: Final = re.compile("\ue010([^\ue010\ue020]+)\ue020|\ue011([^\ue011\ue021]+)\ue021", re.S)

#: Bidirectional controls (they reorder what a terminal or a reviewer sees), zero-width marks, soft
#: hyphen, noncharacters. Joiners (U+200C, U+200D) spell words in Persian and Indic scripts and stay.
_INVISIBLE: Final = re.compile(
    "[\u00ad\u061c\u180e\u200b\u200e\u200f\u202a-\u202e\u2060-\u2064\u2066-\u206f\ufeff\ufff0-\uffff\ud800-\udfff]"
)


def text_of(value: object) -> str:
    """A JSON scalar as raw text; ``""`` for anything that is no text or number."""
    if isinstance(value, str):
        return value
    if isinstance(value, bool) or not isinstance(value, int | float):
        return ""
    if isinstance(value, int):
        # Printing an int of over 4,300 digits is refused by Python, and no value of ours is that long.
        return str(value) if value.bit_length() < 256 else ""
    return str(int(value)) if value.is_integer() and abs(value) < 1e15 else str(value)


def plain(value: object, limit: int = MAX_TEXT) -> str:
    """Clean a value of a record: no markup, entities, control or bidirectional characters; one line.

    Subscripts and superscripts become Unicode where every character has a form (``CO<sub>2</sub>`` →
    ``CO₂``), else their text stays in line. Spaces of any width become one blank. What only looks like
    a tag (``p < 0.05``, ``List<T>``) stays. Texts over ``limit`` characters are cut and end in ``…``.
    """
    if value is None or value == "":
        return ""
    if isinstance(value, str) and len(value) <= limit and _is_plain(value):
        return " ".join(value.split())
    return _cut(_FACE_MARKS.sub("", _cleaned(text_of(value)[:_MAX_RAW])), limit)


def _is_plain(text: str) -> bool:
    """Whether there is nothing to clean, as in most values of most records; a search reads many of them."""
    return text.isascii() and text.isprintable() and "<" not in text and "&" not in text


def rich(value: object, limit: int = MAX_TEXT) -> str:
    """Clean a value of a record as :func:`plain` does, but for its faces: they become CSL's markup.

    Italics, bold, small capitals, and what is raised or lowered without a Unicode form (``n<sup>th</sup>``) are kept
    (see :mod:`~dl4es_bib.model.richtext`). A face over the whole text says nothing and goes.
    """
    text = _without_whole_face(_cleaned(text_of(value)[:_MAX_RAW]))
    if len(text) > limit:
        return _cut(_FACE_MARKS.sub("", text), limit)
    return tagged(text)


def _cut(text: str, limit: int) -> str:
    return text if len(text) <= limit else text[: limit - 1].rstrip() + "…"


def html_to_markup(text: str) -> str:
    """Text of any length with HTML or JATS in it → text with CSL's markup; blanks are left as they are."""
    return tagged(_without_whole_face(with_faces(text))) if "<" in text or "&" in text else text


def tagged(text: str) -> str:
    """Text with stand-ins for faces (see :func:`with_faces`) → CSL's markup."""
    return _FACE_MARKS.sub(_tag_of, text)


def _without_whole_face(text: str) -> str:
    """Without italics or bold that stand around the whole text, also several of them."""
    while whole := _WHOLE.fullmatch(text.strip()):
        text = whole[1] or whole[2] or ""
    return text


def _tag_of(match: re.Match[str]) -> str:
    character = match.group()
    if character in _OPENING:
        return TAGS[_OPENING[character]][0]
    return TAGS[_CLOSING[character]][1] if character in _CLOSING else ""


def with_faces(text: str) -> str:
    """Text without entities and elements, with stand-ins for its faces; blanks are left as they are."""
    for _ in range(_MAX_UNESCAPES):
        if "&" not in text:
            break
        decoded = html.unescape(text)
        if decoded == text:
            break
        text = decoded
    if "<" in text:
        text = _without_tags(_COMMENT.sub("", _FACE_MARKS.sub("", _STAND_INS.sub("", text))))
    return text


def _cleaned(text: str) -> str:
    return unicodedata.normalize("NFC", visible(with_faces(text)))


def visible(text: str) -> str:
    """The text on one line without control, escape, bidirectional and zero-width characters."""
    if text.isascii() and text.isprintable():
        return " ".join(text.split())
    text = _CONTROLS.sub("", _INVISIBLE.sub("", _ANSI.sub("", text)))
    return " ".join(text.split())


def _without_tags(text: str) -> str:
    """Render the elements of a text. Iterative: nesting costs no stack; linear but for joins."""
    stack: list[tuple[str, list[str]]] = [("", [])]
    position = 0
    for match in _TAG.finditer(text):
        closing, tag, attributes, empty = match.groups()
        local = tag.rpartition(":")[2].lower()
        namespace = tag.partition(":")[0].lower() if ":" in tag else ""
        known = local in _KNOWN_TAGS or namespace in _NAMESPACES or _in_math(stack, local)
        if not known and not (attributes and "=" in attributes):
            continue
        stack[-1][1].append(text[position : match.start()])
        position = match.end()
        if closing:
            if any(_element_of(open_tag) == local for open_tag, _ in stack[-40:]):
                while len(stack) > 1:
                    open_tag, parts = stack.pop()
                    _append(stack[-1][1], open_tag, parts)
                    if _element_of(open_tag) == local:
                        break
        elif empty:
            _append(stack[-1][1], local, [])
        elif local in ("br", "hr", "img", "input", "link", "meta", "break"):
            stack[-1][1].append(" " if local in _BREAKS else "")
        else:
            stack.append((_face_of_span(local, attributes or ""), []))
    stack[-1][1].append(text[position:])
    while len(stack) > 1:
        open_tag, parts = stack.pop()
        _append(stack[-1][1], open_tag, parts)
    return _settle("".join(stack[0][1]))


def _face_of_span(local: str, attributes: str) -> str:
    """``<span class="nocase">`` counts as an element ``nocase``, one in small capitals as ``small-caps``."""
    if local in ("span", "styled-content", "font"):
        for face in ("nocase", "small-caps"):
            if face in attributes:
                return f"{face} {local}"
    return local


def _element_of(open_tag: str) -> str:
    return open_tag.rpartition(" ")[2]


def _settle(text: str) -> str:
    """Decide about footnote marks and blanks around formulas, which needs the whole text.

    Titles of the older Journal of the American Chemical Society end in the mark of their footnote
    (``10.1021/ja00948a023``); those of the Physical Review and of Hindawi lack the blanks around MathML
    (``10.1103/physrevc.91.057301``: "in the<mml:math>").
    """
    text = _MARK_AFTER_STOP.sub("", _MARK_AT_END.sub("", text))
    text = _WORD_AFTER_MATH.sub(" ", _WORD_BEFORE_MATH.sub(r"\1 ", text))
    return _STAND_INS.sub("", text)


def _in_math(stack: list[tuple[str, list[str]]], local: str) -> bool:
    return local.startswith(("m", "annotation", "none")) and any(tag == "math" for tag, _ in stack[-40:])


def _append(parent: list[str], tag: str, parts: list[str]) -> None:
    """Put a closed element into its parent as one part, so that MathML can count its children."""
    if tag in _HIDDEN:
        return
    tag = tag.partition(" ")[0]
    if tag in ("sub", "inf", "sup"):
        body = "".join(parts).strip()
        if tag != "sup" or body.endswith(("+", "-", "−")) or not _starts_word(parent):
            _strip_end(parent)
        if tag != "sup":
            parent.append(_lower(body))
        elif _FOOTNOTE.fullmatch(body):
            parent.append(f"{_MARK}{_raise(body)}{_MARK_END}")
        else:
            parent.append(_raise(body))
        return
    children = [part for part in parts if part.strip()] if tag.startswith("m") else parts
    match tag, len(children):
        case "msub" | "munder", 2:
            body = children[0] + _lower(children[1].strip())
        case "msup" | "mover", 2:
            body = children[0] + _raise(children[1].strip())
        case "msub", 1:
            body = _lower(children[0].strip())
        case "msup", 1:
            body = _raise(children[0].strip())
        case "msubsup" | "munderover", 3:
            body = children[0] + _lower(children[1].strip()) + _raise(children[2].strip())
        case "mfrac", 2:
            body = "/".join(child.strip() for child in children)
        case "msqrt", _:
            body = f"√({''.join(children)})" if len(children) > 1 else "√" + "".join(children)
        case (("mi" | "mn" | "mo" | "mtext" | "ms"), _):
            body = "".join(children).strip(" \t\r\n")
        case "mspace", _:
            body = " "
        case "math", _:
            body = _MATH + "".join(child.strip("\t\r\n") for child in children) + _MATH_END
        case (("mrow" | "mstyle" | "mpadded" | "mphantom" | "semantics"), _):
            body = "".join(child.strip("\t\r\n") for child in children)
        case _:
            body = "".join(parts)
            if tag in _BREAKS:
                body = f" {body} "
            elif tag in _FACES:
                body = _faced(body, _FACES[tag])
    parent.append(body)


def _starts_word(parent: list[str]) -> bool:
    """Whether a superscript after this stands before its letters, as in "of ¹³C"."""
    before = "".join(parent[-2:])
    return not before or before[-1].isspace()


def _strip_end(parts: list[str]) -> None:
    """Take the blanks off the end: "TiO <sub>2</sub>" of figshare is "TiO₂"."""
    while parts and not parts[-1].strip():
        parts.pop()
    if parts:
        parts[-1] = parts[-1].rstrip()


def _faced(text: str, face: Face) -> str:
    """The text between the stand-ins of a face; blanks stay outside."""
    core = text.strip()
    if not core:
        return text
    start = text.index(core)
    return f"{text[:start]}{_BEGINS[face]}{core}{_ENDS[face]}{text[start + len(core) :]}"


def _raise(text: str) -> str:
    if text and _RAISED.issuperset(text):
        return "".join(_SUPERSCRIPTS[c] for c in text)
    return _faced(text, "sup")


def _lower(text: str) -> str:
    if text and _LOWERED.issuperset(text):
        return "".join(_SUBSCRIPTS[c] for c in text)
    return _faced(text, "sub")
