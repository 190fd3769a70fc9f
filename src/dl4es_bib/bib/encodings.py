"""In which encoding a .bib file is, told from its bytes and from what JabRef writes into its first lines.

JabRef keeps the encoding of a library in a comment, ``% Encoding: ISO8859_2``, by the name that Java has for it, and
reads the file by it; early versions wrote the line without ``%``. The line is believed where the bytes are not UTF-8: a
file that is UTF-8 throughout was saved by another program that left the line as it was.
"""

from __future__ import annotations

import codecs
import re
from dataclasses import dataclass
from typing import Final

__all__ = ["WESTERN", "Stated", "decoded", "looks_misread", "stated"]

#: What a file is taken for that does not say in which encoding it is.
WESTERN: Final = frozenset(("cp1252", "latin-1"))
_BEYOND_WORDS: Final = re.compile("[\xc0-\xd6\xd8-\xf6\xf8-\xff]{5,}")
_KINDS: Final = 3

_UTF8_CHARACTER = re.compile(rb"[\xc2-\xdf][\x80-\xbf]|[\xe0-\xef][\x80-\xbf]{2}|[\xf0-\xf4][\x80-\xbf]{3}")
_BEYOND_ASCII = re.compile(rb"[\x80-\xff]+")
#: Byte order marks; that of UTF-32 begins like that of UTF-16.
_WIDE_MARKS: Final = (
    (b"\xff\xfe\0\0", "utf-32-le"),
    (b"\0\0\xfe\xff", "utf-32-be"),
    (b"\xff\xfe", "utf-16-le"),
    (b"\xfe\xff", "utf-16-be"),
)
#: JabRef's line stands among the first ones; so many characters are looked through.
_HEAD: Final = 2000
_LINE: Final = re.compile(r"^[% \t]*Encoding:[ \t]*([A-Za-z][\w.:+-]{0,40})[ \t]*$", re.M)
#: Java's names that Python does not know or that mean another codec there, without "-" and "_".
_JAVA: Final = {
    "ms932": "cp932", "windows31j": "cp932", "ms936": "gbk", "ms949": "cp949", "ms950": "cp950", "euccn": "gb2312",
    "xmacroman": "mac-roman", "macroman": "mac-roman", "xmaccentraleurope": "mac-latin2",
    "xmaccyrillic": "mac-cyrillic", "xmacgreek": "mac-greek",
    "xmacturkish": "mac-turkish", "tis620": "tis-620", "xwindows874": "cp874",
}  # fmt: skip
#: Codecs in which ASCII is ASCII, so that braces and commas are where they seem to be.
_FAMILIES: Final = re.compile(
    r"utf-8|ascii|iso8859-\d+|cp(?:12[0-9]{2}|437|7[37]\d|8[0-9]{2}|932|949|950)|koi8-[rut]|mac-\w+|gbk|gb2312|gb18030"
    r"|big5|big5hkscs|euc_jp|euc_kr|euc_jis_2004|shift_jis|tis-620|hp-roman8|ptcp154|kz1048"
)


@dataclass(frozen=True, slots=True)
class Stated:
    """What a file says of its encoding.

    Attributes:
        name: as it stands there.
        codec: Python's name for it; ``""`` when it is not known.
        line: where it stands.
    """

    name: str
    codec: str
    line: int


def looks_misread(text: str) -> bool:
    """Whether a text that was read as Windows-1252 or Latin-1 is most likely in another encoding.

    Five letters beyond ASCII in a row, of three kinds at least, stand in no Western word; Icelandic comes to four
    (*þjóðíþrótt*), Estonian repeats one (*jäääär*).
    """
    return any(len(set(run.lower())) >= _KINDS for run in _BEYOND_WORDS.findall(text))


def stated(text: str) -> Stated | None:
    """What JabRef's line says, or ``None`` when there is none before the first entry."""
    head = text[:_HEAD]
    found = _LINE.search(head, 0, head.index("@") if "@" in head else len(head))
    if found is None:
        return None
    return Stated(found[1], _codec(found[1]), head.count("\n", 0, found.start()) + 1)


def _codec(name: str) -> str:
    plain = re.sub(r"[-_ ]", "", name.lower())
    try:
        codec = codecs.lookup(_JAVA.get(plain) or re.sub(r"^iso8859", "iso8859-", plain.replace("isoiec", "iso"))).name
    except LookupError:
        try:
            codec = codecs.lookup(name).name
        except (LookupError, ValueError):
            return ""
    return codec if _FAMILIES.fullmatch(codec) and codec != "ascii" else ""


def decoded(data: bytes) -> tuple[str, str, str]:
    """The text of a file, its encoding and the error handler that make the same bytes of it again."""
    for wide in _wide_encodings(data):
        try:
            text = data.decode(wide)
            if text.encode(wide) == data:
                return text, wide, "strict"
        except UnicodeError:
            pass
    try:
        return data.decode("utf-8"), "utf-8", "strict"
    except UnicodeDecodeError:
        pass
    said = stated(data[:_HEAD].decode("latin-1"))
    if said is not None and said.codec not in ("", "utf-8"):
        try:
            text = data.decode(said.codec)
            if text.encode(said.codec) == data:
                return text, said.codec, "strict"
        except UnicodeError:
            pass
    beyond_ascii = sum(map(len, _BEYOND_ASCII.findall(data)))
    if 2 * sum(map(len, _UTF8_CHARACTER.findall(data))) >= beyond_ascii:
        return data.decode("utf-8", "surrogateescape"), "utf-8", "surrogateescape"
    try:
        return data.decode("cp1252"), "cp1252", "strict"
    except UnicodeDecodeError:
        return data.decode("latin-1"), "latin-1", "strict"


def _wide_encodings(data: bytes) -> tuple[str, ...]:
    """``utf-16-le``, ``utf-32-be`` … when the bytes look like it, the most likely first."""
    marked = tuple(encoding for mark, encoding in _WIDE_MARKS if data.startswith(mark))
    if marked:
        return marked
    guessed = _unmarked_encoding(data)
    return (guessed,) if guessed else ()


def _unmarked_encoding(data: bytes) -> str:
    """An encoding of two or four bytes a character that the zero bytes of a file show, or ``""``."""
    head = data[:4096]
    if len(head) < 4 or not head.count(0):
        return ""
    columns = [head[place::4].count(0) / len(head[place::4]) for place in range(4)]
    if len(data) % 4 == 0:
        if columns[3] == 1 and columns[2] > 0.9 and not columns[0]:
            return "utf-32-le"
        if columns[0] == 1 and columns[1] > 0.9 and not columns[3]:
            return "utf-32-be"
    if len(data) % 2 == 0:
        if columns[1] + columns[3] > 0.8 and not columns[0] + columns[2]:
            return "utf-16-le"
        if columns[0] + columns[2] > 0.8 and not columns[1] + columns[3]:
            return "utf-16-be"
    return ""
